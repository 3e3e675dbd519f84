//! `/api/audit`: who wrote what.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::serve::http::paging::{Cursor, Place};
use crate::serve::http::params::Limit;
use crate::serve::http::problem::Refusal;
use crate::serve::http::route::Asked;
use crate::serve::state::App;

/// Which calls.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Calls {
    /// How many items a page holds.
    limit: Option<Limit>,
    /// Where the page before ended.
    cursor: Option<Cursor>,
}

/// A page of calls.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CallPage {
    /// The latest first.
    items: Vec<CallItem>,
    /// What to give as `cursor` for the next page; null on the last.
    next: Option<String>,
}

/// A call that wrote, or tried to.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CallItem {
    number: i64,
    recorded: String,
    /// The token's name, or `local`.
    author: String,
    role: &'static str,
    method: String,
    path: String,
    /// The status of the answer.
    status: u16,
}

/// The calls that wrote or tried to, the latest first.
///
/// # Errors
/// What the store says.
pub fn list(app: &App, asked: Asked<Calls>) -> Result<CallPage, Refusal> {
    let limit = asked.with.limit.unwrap_or_default().0;
    let before = asked.with.cursor.map(|cursor| cursor.0.rank);
    let mut calls = app.ask(|store| store.calls(before, limit + 1))?;
    let is_more = calls.len() > limit;
    calls.truncate(limit);
    let next =
        calls.last().filter(|_| is_more).map(|last| Place { rank: last.number, id: String::new() }.cursor());
    let items = calls.into_iter().map(|call| CallItem {
        number: call.number,
        recorded: call.recorded_at.to_string(),
        author: call.author,
        role: call.role.as_str(),
        method: call.method,
        path: call.path,
        status: call.status,
    });
    Ok(CallPage { items: items.collect(), next })
}
