//! A route: where it is, who may call it, what it takes and gives. The description of the interface is made of the
//! same types that the call is read into and answered from.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::body::Bytes;
use axum::http::{HeaderMap, Method, StatusCode};
use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::Serialize;
use serde::de::DeserializeOwned;
use watchkeeper_store::Role;

use super::problem::{Problem, Refusal};
use crate::serve::access::Caller;
use crate::serve::state::App;

/// Who may call a route.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Anybody.
    Nothing,
    /// A caller of at least this role.
    Role(Role),
}

/// A call as it came, its headers checked and its body read.
pub struct Call {
    /// Who calls.
    pub caller: Caller,
    /// The part of the path that names something.
    pub id: String,
    /// The query, without its question mark.
    pub query: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Bytes,
}

/// What goes back.
#[derive(Clone, Debug)]
pub struct Reply {
    /// The status.
    pub status: StatusCode,
    /// What the body is.
    pub content_type: &'static str,
    /// The body.
    pub body: Bytes,
}

/// A call, read.
pub struct Asked<Q> {
    /// Who calls.
    pub caller: Caller,
    /// The part of the path that names something; empty where the path has none.
    pub id: String,
    /// The query, or the body.
    pub with: Q,
}

/// Makes the schema of a type.
pub type Describe = fn(&mut SchemaGenerator) -> Schema;

/// Answers a call. It may block.
pub type Answer = Arc<dyn Fn(&App, Call) -> Result<Reply, Refusal> + Send + Sync>;

/// What a route takes in its body.
#[derive(Clone, Copy, Debug)]
pub enum Takes {
    /// Nothing.
    Nothing,
    /// JSON of this schema.
    Json(Describe),
    /// JSON of this schema, or a form with files.
    JsonOrFiles(Describe),
}

/// What a route gives.
#[derive(Clone, Copy, Debug)]
pub enum Gives {
    /// JSON of this schema.
    Json(Describe),
    /// Something else.
    Other(&'static str),
}

/// A route.
pub struct Route {
    /// The method.
    pub method: Method,
    /// The path, as `/api/incidents/{id}`.
    pub path: &'static str,
    /// Who may call it.
    pub needs: Needs,
    /// What it is for, in one line.
    pub summary: &'static str,
    /// What stands in its query.
    pub query: Option<Describe>,
    /// What stands in its body.
    pub takes: Takes,
    /// What it gives.
    pub gives: Gives,
    /// Whether what it gives depends on the record alone, so that it can be kept until that changes.
    pub is_kept: bool,
    /// Whether it can tell that there is nothing of that name.
    pub may_be_absent: bool,
    /// What answers it.
    pub answer: Answer,
}

fn describe<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

fn answering<A: Serialize>(answered: A) -> Result<Reply, Refusal> {
    json(StatusCode::OK, &answered)
}

/// A reply of JSON.
pub fn json(status: StatusCode, value: &impl Serialize) -> Result<Reply, Refusal> {
    let body = serde_json::to_vec(value).map_err(|error| {
        tracing::error!(%error, "an answer cannot be JSON");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "the answer cannot be written as JSON")
    })?;
    Ok(Reply { status, content_type: "application/json", body: body.into() })
}

/// Reads a query; what it does not know, what stands twice and what has the wrong form is refused.
fn read_query<Q: DeserializeOwned>(query: &str) -> Result<Q, Problem> {
    serde_urlencoded::from_str(query)
        .map_err(|error| Problem::new(StatusCode::BAD_REQUEST, format!("the query: {error}")))
}

fn read_body<B: DeserializeOwned>(call: &Call) -> Result<B, Problem> {
    let content_type = call.headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or("");
    let kind = content_type.split(';').next().unwrap_or("").trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        let detail = "send the body as application/json";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail));
    }
    parse_body(&call.body)
}

/// Reads a body of JSON.
///
/// # Errors
/// 400 where it is no JSON, 422 where it is JSON of another form.
pub fn parse_body<B: DeserializeOwned>(body: &[u8]) -> Result<B, Problem> {
    // A list of values in the order of the fields would be read as an object.
    if body.trim_ascii_start().first() == Some(&b'[') {
        return Err(Problem::unprocessable("the body: expected an object"));
    }
    serde_json::from_slice(body).map_err(|error| {
        let status = match error.classify() {
            serde_json::error::Category::Data => StatusCode::UNPROCESSABLE_ENTITY,
            serde_json::error::Category::Io
            | serde_json::error::Category::Syntax
            | serde_json::error::Category::Eof => StatusCode::BAD_REQUEST,
        };
        Problem::new(status, format!("the body: {error}"))
    })
}

/// A query that is empty.
#[derive(Debug, serde::Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoQuery {}

/// A route that reads.
pub fn read<Q, A>(
    path: &'static str,
    summary: &'static str,
    answer: fn(&App, Asked<Q>) -> Result<A, Refusal>,
) -> Route
where
    Q: DeserializeOwned + JsonSchema + 'static,
    A: Serialize + JsonSchema + 'static,
{
    Route {
        method: Method::GET,
        path,
        needs: Needs::Role(Role::Reader),
        summary,
        query: Some(describe::<Q>),
        takes: Takes::Nothing,
        gives: Gives::Json(describe::<A>),
        is_kept: true,
        may_be_absent: path.contains('{'),
        answer: Arc::new(move |app, call| {
            let with = read_query(&call.query)?;
            answering(answer(app, Asked { caller: call.caller, id: call.id, with })?)
        }),
    }
}

/// A route that writes, with JSON in its body.
pub fn write<B, A>(
    path: &'static str,
    summary: &'static str,
    answer: fn(&App, Asked<B>) -> Result<A, Refusal>,
) -> Route
where
    B: DeserializeOwned + JsonSchema + 'static,
    A: Serialize + JsonSchema + 'static,
{
    Route {
        method: Method::POST,
        path,
        needs: Needs::Role(Role::Editor),
        summary,
        query: None,
        takes: Takes::Json(describe::<B>),
        gives: Gives::Json(describe::<A>),
        is_kept: false,
        may_be_absent: true,
        answer: Arc::new(move |app, call| {
            let NoQuery {} = read_query(&call.query)?;
            let with = read_body(&call)?;
            answering(answer(app, Asked { caller: call.caller, id: call.id, with })?)
        }),
    }
}

/// A route that does something for which nothing but its path is needed.
pub fn act<A>(
    method: Method,
    path: &'static str,
    summary: &'static str,
    answer: fn(&App, Asked<()>) -> Result<A, Refusal>,
) -> Route
where
    A: Serialize + JsonSchema + 'static,
{
    Route {
        method,
        path,
        needs: Needs::Role(Role::Editor),
        summary,
        query: None,
        takes: Takes::Nothing,
        gives: Gives::Json(describe::<A>),
        is_kept: false,
        may_be_absent: path.contains('{'),
        answer: Arc::new(move |app, call| {
            let NoQuery {} = read_query(&call.query)?;
            answering(answer(app, Asked { caller: call.caller, id: call.id, with: () })?)
        }),
    }
}

/// A route that takes reports in.
pub fn take_in<B, A>(
    path: &'static str,
    summary: &'static str,
    answer: fn(&App, Call) -> Result<Reply, Refusal>,
) -> Route
where
    B: JsonSchema + 'static,
    A: JsonSchema + 'static,
{
    Route {
        method: Method::POST,
        path,
        needs: Needs::Role(Role::Editor),
        summary,
        query: None,
        takes: Takes::JsonOrFiles(describe::<B>),
        gives: Gives::Json(describe::<A>),
        is_kept: false,
        may_be_absent: false,
        answer: Arc::new(move |app, call| {
            let NoQuery {} = read_query(&call.query)?;
            answer(app, call)
        }),
    }
}

/// A route that gives something other than JSON, made anew at each call.
pub fn other(
    path: &'static str,
    summary: &'static str,
    content_type: &'static str,
    answer: fn(&App, Call) -> Result<Reply, Refusal>,
) -> Route {
    Route {
        method: Method::GET,
        path,
        needs: Needs::Nothing,
        summary,
        query: None,
        takes: Takes::Nothing,
        gives: Gives::Other(content_type),
        is_kept: false,
        may_be_absent: false,
        answer: Arc::new(answer),
    }
}

impl Route {
    /// The same for callers of this role.
    pub const fn for_role(mut self, role: Role) -> Self {
        self.needs = Needs::Role(role);
        self
    }

    /// The same, which can tell that there is nothing of a name in its query.
    pub const fn about_something(mut self) -> Self {
        self.may_be_absent = true;
        self
    }

    /// The same, which takes no files.
    pub fn with_json_only(mut self) -> Self {
        if let Takes::JsonOrFiles(describe) = self.takes {
            self.takes = Takes::Json(describe);
        }
        self
    }

    /// The same, made anew at each call.
    pub const fn made_anew(mut self) -> Self {
        self.is_kept = false;
        self
    }

    /// The name of the part of its path that names something.
    pub fn parameter(&self) -> Option<&'static str> {
        let (_, rest) = self.path.split_once('{')?;
        rest.split_once('}').map(|(name, _)| name)
    }
}

/// The methods that each path allows, in the order of the paths.
pub fn methods(routes: &[Route]) -> BTreeMap<&'static str, Vec<&Method>> {
    let mut methods: BTreeMap<&'static str, Vec<&Method>> = BTreeMap::new();
    for route in routes {
        methods.entry(route.path).or_default().push(&route.method);
    }
    methods
}
