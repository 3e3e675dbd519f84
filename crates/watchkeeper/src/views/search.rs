//! Reports and incidents found by words.

use std::collections::BTreeSet;

use watchkeeper_core::resolve::record::RecordIncident;
use watchkeeper_store::{Filter, Hit, Search, Store, StoreError};

/// What was found.
pub struct Found {
    /// The reports in which all words stand, the latest first.
    pub reports: Vec<Hit>,
    /// The incidents of which those reports tell.
    pub incidents: Vec<RecordIncident>,
}

/// Finds reports, at most so many, and the incidents of which they tell.
///
/// # Errors
/// What the store says.
pub fn find(store: &mut Store, search: &Search, limit: usize) -> Result<Found, StoreError> {
    let reports = store.search(search, limit)?;
    let told: BTreeSet<_> = reports.iter().flat_map(|hit| hit.incidents.iter().cloned()).collect();
    // What was recorded later may have moved incidents: then those are asked for by the words alone.
    let filter = match search.recorded_by {
        None => Filter { among: Some(told), ..Filter::default() },
        Some(_) => Filter { text: Some(search.terms.clone()), ..Filter::default() },
    };
    let mut incidents = store.record(search.as_of, search.recorded_by, &filter)?.incidents;
    let found: BTreeSet<&str> = reports.iter().map(|hit| hit.report.id.as_str()).collect();
    incidents.retain(|incident| incident.reports.iter().any(|report| found.contains(report.id.as_str())));
    let incidents = incidents.into_iter().map(std::sync::Arc::unwrap_or_clone).collect();
    Ok(Found { reports, incidents })
}
