//! The record of a moment: the fold over the versions that count by then.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::decisions::fact_ids::{short, version_of};
use super::decisions::placing::Linked;
use super::decisions::{Decided, FactId, FactIds, Standing};
use super::fold::{Fold, Patch};
use super::join::Joined;
use super::ledger::{Assignment, IncidentKey, Ledger};
use super::notices::{Carrier, RecordThreat, RecordWarning};
use super::origin::OriginLink;
use super::record::RecordIncident;
use super::version::{Version, VersionId, VersionPlace};

/// What the versions known at a moment support.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The moment.
    pub as_of: Timestamp,
    /// In the order of their founding.
    pub incidents: Vec<Arc<RecordIncident>>,
    /// In the order of their first report.
    pub warnings: Vec<Arc<RecordWarning>>,
    /// In the order of their first report.
    pub threats: Vec<Arc<RecordThreat>>,
}

impl Record {
    /// The record of a moment, folded from all versions, in whatever order they come, and the decisions that stand.
    pub fn of(mut versions: Vec<Version>, standing: Standing, as_of: Timestamp) -> Self {
        // Where a telling belongs depends on earlier versions alone, so those after the moment only help to find the
        // tellings that decisions name.
        if standing.decisions().is_empty() {
            versions.retain(|version| version.time <= as_of);
        }
        let ledger = Ledger::of(versions);
        let joined = Joined::by(&ledger.joins, as_of);
        let decided = Decided::of(standing, joined, finder(&ledger));
        let counts_by_then = |version: &&Version| version.time <= as_of;
        let versions: Vec<&Version> = ledger.versions.iter().filter(counts_by_then).collect();
        Self::assembled(&versions, &ledger.assignments, &ledger.links, None, &decided, as_of)
    }

    /// The record of a moment from versions that are linked already; they must be in their order, and all must
    /// count by then. Where only a part of the archive is given, `complete` names the incidents all of whose versions
    /// are there: the others are left out.
    pub fn assembled(
        versions: &[&Version],
        assignments: &[Assignment],
        links: &[OriginLink],
        complete: Option<&BTreeSet<IncidentKey>>,
        decided: &Decided,
        as_of: Timestamp,
    ) -> Self {
        let places: BTreeMap<&VersionId, VersionPlace> =
            versions.iter().map(|version| (&version.id, version.place())).collect();
        let place = |id| places.get(id).cloned();
        let repeats =
            links.iter().filter_map(|link| place(&link.version).zip(place(&link.repeats))).collect();
        let ids: Vec<FactIds> =
            versions.iter().map(|version| FactIds::of(&version.id, &version.facts)).collect();
        let identified: Vec<(&Version, &FactIds)> = versions.iter().copied().zip(&ids).collect();
        let mut linked: BTreeMap<(&VersionId, usize), &IncidentKey> =
            assignments.iter().map(|a| ((&a.version, a.fact), &a.incident)).collect();
        let mut fold = Fold::default();
        let from = (Timestamp::MIN, VersionId::default());
        fold.begin(Patch { as_of, from, repeats, decided: decided.clone() });
        fold.take(&identified, assignments, complete);
        for &(version, ids) in &identified {
            let tellings = 0..version.facts.incidents.len();
            let linked = tellings.map(|fact| linked.remove(&(&version.id, fact)).cloned()).collect();
            if let Some(carrier) = Carrier::of(version, ids, linked) {
                fold.carry(carrier);
            }
        }
        fold.finish();
        fold.record()
    }
}

/// Finds tellings in a fold.
fn finder(ledger: &Ledger) -> impl FnMut(&FactId) -> Option<Linked> {
    let versions: BTreeMap<&str, &Version> =
        ledger.versions.iter().map(|version| (short(&version.id), version)).collect();
    let linked: BTreeMap<(&str, usize), &IncidentKey> =
        ledger.assignments.iter().map(|a| ((a.version.as_str(), a.fact), &a.incident)).collect();
    move |telling| {
        let version = versions.get(version_of(telling)?)?;
        let ids = FactIds::of(&version.id, &version.facts).incidents;
        let fact = ids.iter().position(|id| id == telling)?;
        let incident = (*linked.get(&(version.id.as_str(), fact))?).clone();
        Some(Linked { version: version.id.clone(), incident })
    }
}
