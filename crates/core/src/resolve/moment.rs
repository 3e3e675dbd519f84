//! The record of a moment: the fold over the versions that count by then.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::ledger::{Assignment, IncidentKey, Ledger};
use super::notices::{Circumstances, RecordThreat, RecordWarning, threats, warnings};
use super::origin::{OriginLink, origins};
use super::record::{Member, RecordIncident, assemble};
use super::version::{Version, VersionId};

/// What the versions known at a moment support.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The moment.
    pub as_of: Timestamp,
    /// In the order of their founding.
    pub incidents: Vec<RecordIncident>,
    /// In the order of their first report.
    pub warnings: Vec<RecordWarning>,
    /// In the order of their first report.
    pub threats: Vec<RecordThreat>,
}

impl Record {
    /// The record of a moment, folded from all versions, in whatever order they come.
    pub fn of(versions: Vec<Version>, as_of: Timestamp) -> Self {
        let ledger = Ledger::of(versions.into_iter().filter(|version| version.time <= as_of).collect());
        let versions: Vec<&Version> = ledger.versions.iter().collect();
        Self::assembled(&versions, &ledger.assignments, &ledger.links, None, as_of)
    }

    /// The record of a moment from versions that are linked already; they must be in their order, and all must
    /// count by then. Where only a part of the archive is given, `complete` names the incidents all of whose versions
    /// are there: the others are left out.
    pub fn assembled(
        versions: &[&Version],
        assignments: &[Assignment],
        links: &[OriginLink],
        complete: Option<&BTreeSet<IncidentKey>>,
        as_of: Timestamp,
    ) -> Self {
        let origins = origins(versions.iter().map(|version| &version.id), links);
        let assigned: BTreeMap<(VersionId, usize), IncidentKey> =
            assignments.iter().map(|a| ((a.version.clone(), a.fact), a.incident.clone())).collect();
        let mut founded: Vec<IncidentKey> = Vec::new();
        let mut members: BTreeMap<IncidentKey, Vec<Member<'_>>> = BTreeMap::new();
        for version in versions {
            for fact in 0..version.facts.incidents.len() {
                if let Some(key) = assigned.get(&(version.id.clone(), fact))
                    && complete.is_none_or(|complete| complete.contains(key))
                {
                    let told = members.entry(key.clone()).or_default();
                    if told.is_empty() {
                        founded.push(key.clone());
                    }
                    told.push(Member { version, fact });
                }
            }
        }
        let mut incidents: Vec<RecordIncident> =
            founded.iter().filter_map(|key| assemble(key, &members[key], &origins)).collect();
        let circumstances =
            Circumstances { incidents: &incidents, assigned: &assigned, origins: &origins, as_of };
        let warnings = warnings(versions, &circumstances);
        let threats = threats(versions, &circumstances);
        for incident in &mut incidents {
            let about = warnings.iter().filter(|warning| warning.incident.as_ref() == Some(&incident.id));
            incident.warnings = about.map(|warning| warning.id.clone()).collect();
        }
        Self { as_of, incidents, warnings, threats }
    }
}
