//! `/api/status`: what the server is and holds, and who asks.

use schemars::JsonSchema;
use serde::Serialize;

use crate::serve::http::problem::Refusal;
use crate::serve::http::route::{Asked, NoQuery};
use crate::serve::snapshot::Moments;
use crate::serve::state::App;
use crate::versions::READER;

/// What the server is and holds, and who asks.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Status {
    /// The version of the program.
    version: &'static str,
    /// The version of the reader.
    reader: &'static str,
    store: Holding,
    /// What the caller may do.
    #[schemars(extend("enum" = ["reader", "editor", "admin", null]))]
    role: Option<&'static str>,
    /// The caller's name.
    name: String,
    /// Whether only this machine reaches the server.
    loopback: bool,
}

/// What the store holds.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Holding {
    reports: u64,
    incidents: usize,
    recorded_last: Option<String>,
    first_published: Option<String>,
    last_published: Option<String>,
}

/// What the server is and holds, and who asks.
///
/// # Errors
/// What the store says.
pub fn show(app: &App, asked: Asked<NoQuery>) -> Result<Status, Refusal> {
    let snapshot = app.snapshot(Moments::default())?;
    let holdings = app.ask(watchkeeper_store::Store::holdings)?;
    let moment = |at: Option<jiff::Timestamp>| at.map(|at| at.to_string());
    Ok(Status {
        version: env!("CARGO_PKG_VERSION"),
        reader: READER,
        store: Holding {
            reports: holdings.reports,
            incidents: snapshot.record.incidents.len(),
            recorded_last: moment(holdings.recorded_last),
            first_published: moment(holdings.first),
            last_published: moment(holdings.last),
        },
        role: asked.caller.role.map(watchkeeper_store::Role::as_str),
        name: asked.caller.name,
        loopback: app.is_loopback,
    })
}
