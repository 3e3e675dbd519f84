//! `/api/reports/{id}/compare`: what one report says and another does not.

use watchkeeper_core::resolve::version::Version;
use watchkeeper_store::ArchivedText;

use super::{Momentary as _, query};
use crate::serve::http::params::Words;
use crate::serve::http::problem::{Problem, Refusal};
use crate::serve::http::route::Asked;
use crate::serve::state::App;
use crate::views::compare::compare;
use crate::wire::views::WireComparison;

query!(
    /// With which report.
    With needs {
        /// The other report; the earlier of the two is what the later is compared with.
        with: Words,
    } and {}
);

/// Compares two reports, or versions of one, the earlier first.
///
/// # Errors
/// 404 where one of them is not there at that moment.
pub fn show(app: &App, asked: Asked<With>) -> Result<WireComparison, Refusal> {
    let moments = asked.with.moments();
    let found = |id: &str| -> Result<(ArchivedText, Version), Refusal> {
        let found = app.ask(|store| store.report(id))?;
        let is_known = |version: &Version| {
            moments.as_of.is_none_or(|as_of| version.time <= as_of)
                && moments.recorded_by.is_none_or(|by| version.recorded_at <= by)
        };
        let known = found.map(|(_, text, version)| (text, version)).filter(|(_, version)| is_known(version));
        known.ok_or_else(|| Problem::not_found(format!("report {id}")).into())
    };
    let (one, other) = (found(&asked.id)?, found(&asked.with.with.0)?);
    let (before, after) = if one.1.order() <= other.1.order() { (one, other) } else { (other, one) };
    Ok(WireComparison::from(&compare((&before.0, &before.1.facts), (&after.0, &after.1.facts))))
}
