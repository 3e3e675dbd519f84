//! What changed between the records of two moments, and which report changed it.

use std::collections::BTreeSet;

use jiff::{Timestamp, ToSpan};
use watchkeeper_core::places::Gazetteer;
use watchkeeper_core::resolve::record::{RecordIncident, ReportRow};
use watchkeeper_store::{Filter, Store, StoreError};

use crate::changes::{self, Change};

/// How many reports are looked through for the one that made a change.
const MOST_REPORTS: usize = 64;

/// What changed from one moment to a later one. Where it was one of several reports that changed a field, the records
/// before each of them tell which; where even that does not tell, no report is named.
///
/// # Errors
/// What the store says.
pub fn between(
    store: &mut Store,
    from: Timestamp,
    to: Timestamp,
    places: &Gazetteer,
) -> Result<Vec<Change>, StoreError> {
    let earlier = store.record(from, None, &Filter::default())?;
    let later = store.record(to, None, &Filter::default())?;
    let mut changes = changes::between(&earlier, &later, places);
    for change in changes.iter_mut().filter(|change| change.report.is_none() && change.subject == "incident")
    {
        let Some(after) = later.incidents.iter().find(|incident| incident.id == change.id) else { continue };
        let Some(field) = change.field.clone() else { continue };
        if let Some(report) = changing(store, after, &field, from, places)? {
            *change = change.clone().by(Some(report));
        }
    }
    Ok(changes)
}

/// The last report after a moment before which the field was not what it is.
fn changing<'a>(
    store: &mut Store,
    after: &'a RecordIncident,
    field: &str,
    from: Timestamp,
    places: &Gazetteer,
) -> Result<Option<&'a ReportRow>, StoreError> {
    let filter = Filter { among: Some(BTreeSet::from([after.id.clone()])), ..Filter::default() };
    let new = after.reports.iter().rev().filter(|report| report.published > from);
    for report in new.take(MOST_REPORTS) {
        let moment = report.published.checked_sub(1.microsecond()).unwrap_or(report.published);
        let before = store.record(moment, None, &filter)?;
        let differs =
            before.incidents.first().is_none_or(|before| changes::differs(before, after, field, places));
        if differs {
            return Ok(Some(report));
        }
    }
    Ok(None)
}
