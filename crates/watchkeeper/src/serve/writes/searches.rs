//! `/api/searches`: the searches that a caller keeps.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use watchkeeper_store::SavedSearch;

use crate::serve::access;
use crate::serve::http::params::Words;
use crate::serve::http::problem::{Problem, Refusal};
use crate::serve::http::route::{Asked, NoQuery};
use crate::serve::state::App;

/// A search to be kept.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSearch {
    /// What it is called.
    name: Words,
    /// The filters, as the query of an address.
    #[schemars(length(max = 4000))]
    query: String,
}

/// A search that is kept.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Search {
    id: String,
    name: String,
    query: String,
    recorded: String,
}

/// The searches that are kept.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Searches {
    items: Vec<Search>,
}

/// Nothing is left to say.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Done {
    /// The id of what was done away with.
    id: String,
}

/// The most that the filters of a search may hold, in code points.
const LONGEST_QUERY: usize = 4000;

impl From<SavedSearch> for Search {
    fn from(search: SavedSearch) -> Self {
        let SavedSearch { id, name, query, author: _, recorded_at } = search;
        Self { id, name, query, recorded: recorded_at.to_string() }
    }
}

/// The caller's searches, the oldest first.
///
/// # Errors
/// What the store says.
pub fn list(app: &App, asked: Asked<NoQuery>) -> Result<Searches, Refusal> {
    let searches = app.ask(|store| store.searches(&asked.caller.name))?;
    Ok(Searches { items: searches.into_iter().map(Search::from).collect() })
}

/// Keeps a search.
///
/// # Errors
/// 422 where the filters are too long.
pub fn keep(app: &App, asked: Asked<NewSearch>) -> Result<Search, Refusal> {
    let NewSearch { name: Words(name), query } = asked.with;
    if query.chars().count() > LONGEST_QUERY {
        return Err(
            Problem::unprocessable(format!("`query` holds more than {LONGEST_QUERY} characters")).into()
        );
    }
    let mut bytes = [0; 8];
    getrandom::fill(&mut bytes).map_err(|_| {
        Problem::new(axum::http::StatusCode::INTERNAL_SERVER_ERROR, "no random bytes from the system")
    })?;
    let search = SavedSearch {
        id: access::hex(&bytes),
        name,
        query,
        author: asked.caller.name,
        recorded_at: access::now(),
    };
    app.write(|store| store.save_search(&search)).map_err(Problem::from)?;
    Ok(search.into())
}

/// Forgets a search.
///
/// # Errors
/// 404 where the caller keeps none of that id.
pub fn forget(app: &App, asked: Asked<()>) -> Result<Done, Refusal> {
    let Asked { caller, id, with: () } = asked;
    let is_gone = app.write(|store| store.forget_search(&caller.name, &id)).map_err(Problem::from)?;
    if is_gone { Ok(Done { id }) } else { Err(Problem::not_found(format!("search {id}")).into()) }
}
