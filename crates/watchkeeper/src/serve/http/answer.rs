//! One call from its headers to its answer: checked, read, answered or taken from what is kept, packed.

use std::collections::{HashMap, HashSet};
use std::io::Write as _;
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use axum::RequestPartsExt as _;
use axum::body::{Body, Bytes};
use axum::extract::{RawPathParams, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use flate2::Compression;
use flate2::write::GzEncoder;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use sha2::{Digest, Sha256};
use watchkeeper_store::{Call as LoggedCall, Role};

use super::headers::protect;
use super::problem::{Problem, Refusal};
use super::route::{Call, Gives, Needs, Reply, Route, Takes};
use crate::serve::access::{self, Caller};
use crate::serve::events;
use crate::serve::snapshot::Mark;
use crate::serve::state::{App, lock};

/// The most that a body may hold where reports may be in it.
const LONGEST_REPORTS: usize = 32 * 1024 * 1024;
/// The most that any other body may hold.
const LONGEST_BODY: usize = 256 * 1024;
/// How long a client may take to send a body.
const BODY_TIME: Duration = Duration::from_secs(30);
/// Shorter answers are not worth compressing.
const SHORTEST_COMPRESSED: usize = 1024;
/// How many bytes of answers are kept.
const KEPT_BYTES: usize = 64 * 1024 * 1024;

/// An answer with what makes it small and tells whether the caller has it already.
pub struct Packed {
    reply: Reply,
    etag: String,
    gzip: OnceLock<Option<Bytes>>,
}

impl Packed {
    /// Packs a reply.
    pub fn new(reply: Reply) -> Self {
        let hash = access::hex(&Sha256::digest(&reply.body)[..12]);
        Self { reply, etag: format!("W/\"{hash}\""), gzip: OnceLock::new() }
    }

    fn gzip(&self) -> Option<Bytes> {
        let compress = || {
            let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(&self.reply.body).ok()?;
            encoder.finish().ok().map(Bytes::from)
        };
        let worth = self.reply.body.len() >= SHORTEST_COMPRESSED;
        self.gzip.get_or_init(|| worth.then(compress).flatten()).clone()
    }
}

/// Answers that are kept until the record changes.
#[derive(Default)]
pub struct Kept {
    inside: Mutex<KeptInside>,
    made: Condvar,
}

#[derive(Default)]
struct KeptInside {
    mark: Option<Mark>,
    bytes: usize,
    answers: HashMap<String, Arc<Packed>>,
    /// The addresses whose answers are being made.
    pending: HashSet<String>,
}

/// The right to make the answer of an address; given back in the end, however that comes.
pub struct Making<'a> {
    kept: &'a Kept,
    address: String,
}

impl Drop for Making<'_> {
    fn drop(&mut self) {
        lock(&self.kept.inside).pending.remove(&self.address);
        self.kept.made.notify_all();
    }
}

impl Kept {
    /// The answer that is kept, or the right to make it. Where many ask at once, one makes it and the others wait: a large
    /// answer made by all of them at once would need their number of times its memory.
    fn get(&self, mark: Mark, address: &str) -> Result<Arc<Packed>, Making<'_>> {
        let mut inside = lock(&self.inside);
        loop {
            if inside.mark == Some(mark)
                && let Some(packed) = inside.answers.get(address)
            {
                return Ok(Arc::clone(packed));
            }
            if inside.pending.insert(address.to_owned()) {
                return Err(Making { kept: self, address: address.to_owned() });
            }
            inside = self.made.wait(inside).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn put(&self, mark: Mark, address: String, packed: &Arc<Packed>) {
        let mut inside = lock(&self.inside);
        let bytes = packed.reply.body.len() + address.len();
        if inside.mark != Some(mark) || inside.bytes + bytes > KEPT_BYTES {
            inside.mark = Some(mark);
            inside.bytes = 0;
            inside.answers.clear();
        }
        inside.bytes += bytes;
        inside.answers.insert(address, Arc::clone(packed));
    }
}

/// Answers a call to a path; `routes` are the numbers of the routes that have it.
pub async fn answer(app: Arc<App>, routes: Arc<[usize]>, request: Request) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let path = routes.first().map_or("", |&at| app.routes[at].path);
    let response = match attempt(&app, &routes, request).await {
        Ok(response) => response,
        Err(refusal) => refused(refusal),
    };
    app.measures.count(method_word(&method), path, response.status().as_u16(), began.elapsed());
    response
}

async fn attempt(app: &Arc<App>, routes: &[usize], request: Request) -> Result<Response, Refusal> {
    let (mut parts, body) = request.into_parts();
    app.hosts.check(&parts.headers, &parts.uri)?;
    let wanted = if parts.method == Method::HEAD { &Method::GET } else { &parts.method };
    let Some(&at) = routes.iter().find(|&&at| app.routes[at].method == *wanted) else {
        let allowed: Vec<&str> = routes.iter().map(|&at| app.routes[at].method.as_str()).collect();
        return Ok(not_allowed(&allowed.join(", ")));
    };
    access::check_site(&parts.method, &parts.headers)?;
    let id = identifier(&mut parts).await?;
    let (takes, gives) = (app.routes[at].takes, app.routes[at].gives);
    let body = match takes {
        Takes::Nothing => Bytes::new(),
        Takes::Json(_) | Takes::JsonOrFiles(_) => {
            // A stranger sends no long bodies.
            let (app, headers) = (Arc::clone(app), parts.headers.clone());
            blocking(move || Ok(admitted(&app, at, &headers).map(drop)?)).await?;
            let longest = if matches!(takes, Takes::Json(_)) { LONGEST_BODY } else { LONGEST_REPORTS };
            read_body(body, longest).await?
        }
    };
    if matches!(gives, Gives::Other("text/event-stream")) {
        let (admitting, headers) = (Arc::clone(app), parts.headers.clone());
        blocking(move || Ok(admitted(&admitting, at, &headers).map(drop)?)).await?;
        return Ok(events::stream(app));
    }
    // Reading reports takes long; it must not take every thread.
    let _turn = match takes {
        Takes::JsonOrFiles(_) => app.intakes.acquire().await.ok(),
        Takes::Nothing | Takes::Json(_) => None,
    };
    let app = Arc::clone(app);
    blocking(move || finish(&app, at, &parts, id, body)).await
}

/// The part of the path that names something; empty where the path has none.
async fn identifier(parts: &mut Parts) -> Result<String, Refusal> {
    let parameters: RawPathParams =
        parts.extract().await.map_err(|_| Problem::new(StatusCode::BAD_REQUEST, "the path is not UTF-8"))?;
    Ok(parameters.iter().next().map_or_else(String::new, |(_, value)| value.to_owned()))
}

/// Runs what may block where it holds nobody up.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refusal> + Send + 'static,
) -> Result<T, Refusal> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|_| {
        Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "a fault of the program; its log says more")
            .into())
    })
}

fn admitted(app: &App, at: usize, headers: &HeaderMap) -> Result<Caller, Problem> {
    let caller = match (access::caller(app, headers), app.routes[at].needs) {
        (Err(_), Needs::Nothing) => Caller { name: "nobody".to_owned(), role: None },
        (caller, _) => caller?,
    };
    let verdict = access::admit(&caller, app.routes[at].needs);
    if let (Err(problem), Some(role)) = (&verdict, caller.role) {
        log(app, &app.routes[at], app.routes[at].path, &caller.name, role, problem.status);
    }
    verdict.map(|()| caller)
}

async fn read_body(body: Body, longest: usize) -> Result<Bytes, Problem> {
    match tokio::time::timeout(BODY_TIME, Limited::new(body, longest).collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("the body is longer than {} KiB; send less at a time", longest / 1024),
        )),
        Ok(Err(_)) => Err(Problem::new(StatusCode::BAD_REQUEST, "the body ended before its end")),
        Err(_) => Err(Problem::new(StatusCode::REQUEST_TIMEOUT, "the body took too long to arrive")),
    }
}

/// All that may block: who calls, what is kept, the answer, its packing.
fn finish(app: &App, at: usize, parts: &Parts, id: String, body: Bytes) -> Result<Response, Refusal> {
    let route = &app.routes[at];
    let caller = admitted(app, at, &parts.headers)?;
    let address = parts.uri.path_and_query().map_or_else(String::new, |address| address.as_str().to_owned());
    let mark = if route.is_kept { Some(app.mark()?) } else { None };
    let _making = match mark.map(|mark| app.kept.get(mark, &address)) {
        Some(Ok(packed)) => return Ok(packed_response(&packed, &parts.headers)),
        Some(Err(making)) => Some(making),
        None => None,
    };
    let query = parts.uri.query().unwrap_or("").to_owned();
    let role = caller.role;
    let name = caller.name.clone();
    let answered = (route.answer)(app, Call { caller, id, query, headers: parts.headers.clone(), body });
    if let Some(role) = role {
        let status = match &answered {
            Ok(reply) => reply.status,
            Err(Refusal::Problem(problem)) => problem.status,
            Err(Refusal::Moved(_)) => StatusCode::MOVED_PERMANENTLY,
        };
        log(app, route, parts.uri.path(), &name, role, status);
    }
    let packed = Arc::new(Packed::new(answered?));
    if let Some(mark) = mark {
        app.kept.put(mark, address, &packed);
    }
    Ok(packed_response(&packed, &parts.headers))
}

/// Logs a call that writes.
fn log(app: &App, route: &Route, path: &str, author: &str, role: Role, status: StatusCode) {
    if route.method == Method::GET {
        return;
    }
    let call = LoggedCall {
        number: 0,
        recorded_at: access::now(),
        author: author.to_owned(),
        role,
        method: route.method.as_str().to_owned(),
        path: path.chars().take(400).collect(),
        status: status.as_u16(),
    };
    if let Err(error) = app.write(|store| store.log_call(&call)) {
        tracing::error!(%error, "a call could not be logged");
    }
}

/// An answer as a response to whoever asked with these headers.
pub fn packed_response(packed: &Packed, asked: &HeaderMap) -> Response {
    let mut response = Response::new(Body::empty());
    let headers = response.headers_mut();
    put(headers, header::CACHE_CONTROL, "private, no-cache");
    put(headers, header::VARY, "authorization, accept-encoding");
    put(headers, header::ETAG, &packed.etag);
    protect(headers, packed.reply.content_type.starts_with("text/html"));
    let known = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or("");
    if packed.reply.status == StatusCode::OK
        && known.split(',').any(|tag| matches!(tag.trim(), tag if tag == packed.etag || tag == "*"))
    {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        return response;
    }
    put(headers, header::CONTENT_TYPE, packed.reply.content_type);
    let body = match packed.gzip().filter(|_| accepts_gzip(asked)) {
        Some(small) => {
            put(headers, header::CONTENT_ENCODING, "gzip");
            small
        }
        None => packed.reply.body.clone(),
    };
    *response.status_mut() = packed.reply.status;
    *response.body_mut() = Body::from(body);
    response
}

fn accepts_gzip(asked: &HeaderMap) -> bool {
    let accepted = asked.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or("");
    accepted.split(',').any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let is_refused = matches!(weight.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000");
        name.trim().eq_ignore_ascii_case("gzip") && !is_refused
    })
}

fn put(headers: &mut HeaderMap, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        headers.insert(name, value);
    }
}

/// A refusal as a response.
pub fn refused(refusal: Refusal) -> Response {
    let mut response = Response::new(Body::empty());
    protect(response.headers_mut(), false);
    put(response.headers_mut(), header::CACHE_CONTROL, "no-store");
    match refusal {
        Refusal::Moved(to) => {
            *response.status_mut() = StatusCode::MOVED_PERMANENTLY;
            put(response.headers_mut(), header::LOCATION, &to);
        }
        Refusal::Problem(problem) => {
            *response.status_mut() = problem.status;
            put(response.headers_mut(), header::CONTENT_TYPE, "application/problem+json");
            if problem.status == StatusCode::UNAUTHORIZED {
                put(response.headers_mut(), header::WWW_AUTHENTICATE, "Bearer");
            }
            if matches!(problem.status, StatusCode::PAYLOAD_TOO_LARGE | StatusCode::REQUEST_TIMEOUT) {
                put(response.headers_mut(), header::CONNECTION, "close");
            }
            *response.body_mut() = Body::from(problem.body());
        }
    }
    response
}

fn not_allowed(allowed: &str) -> Response {
    let detail = format!("this address allows {allowed}");
    let mut response = refused(Problem::new(StatusCode::METHOD_NOT_ALLOWED, detail).into());
    put(response.headers_mut(), header::ALLOW, allowed);
    response
}

/// The word of a method that is counted; callers can make up others.
pub fn method_word(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
