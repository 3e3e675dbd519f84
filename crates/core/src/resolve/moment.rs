//! The record of a moment: the fold over the versions that count by then.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::decisions::fact_ids::{short, version_of};
use super::decisions::placing::{Linked, Placed};
use super::decisions::shown::{correct, decisions_on};
use super::decisions::{Decided, FactId, FactIds, Standing};
use super::join::Joined;
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
        let origins = origins(versions.iter().map(|version| &version.id), links);
        let ids: Vec<FactIds> =
            versions.iter().map(|version| FactIds::of(&version.id, &version.facts)).collect();
        let identified: Vec<(&Version, &FactIds)> = versions.iter().copied().zip(&ids).collect();
        let told = Told::of(&identified, assignments, complete, decided);
        let mut incidents = told.incidents(&origins, decided);
        let circumstances = Circumstances {
            incidents: &incidents,
            assigned: &told.assigned,
            origins: &origins,
            decided,
            as_of,
        };
        let warnings = warnings(&identified, &circumstances);
        let threats = threats(&identified, &circumstances);
        for incident in &mut incidents {
            let about = warnings.iter().filter(|warning| warning.incident.as_ref() == Some(&incident.id));
            incident.warnings = about.map(|warning| warning.id.clone()).collect();
        }
        Self { as_of, incidents, warnings, threats }
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

/// Which versions tell of which incidents, after merges, splits and verdicts.
struct Told<'a> {
    /// The incidents, in the order of their founding.
    founded: Vec<IncidentKey>,
    /// What counts of the tellings of each.
    members: BTreeMap<IncidentKey, Vec<Member<'a>>>,
    /// The tellings of each that were rejected.
    rejected: BTreeMap<IncidentKey, Vec<Member<'a>>>,
    /// The ids that joins and merges took away.
    merged: BTreeMap<IncidentKey, BTreeSet<IncidentKey>>,
    /// The incident of each telling that counts.
    assigned: BTreeMap<(VersionId, usize), IncidentKey>,
}

impl<'a> Told<'a> {
    fn of(
        versions: &[(&'a Version, &'a FactIds)],
        assignments: &'a [Assignment],
        complete: Option<&BTreeSet<IncidentKey>>,
        decided: &Decided,
    ) -> Self {
        let linked: BTreeMap<(&str, usize), &IncidentKey> =
            assignments.iter().map(|a| ((a.version.as_str(), a.fact), &a.incident)).collect();
        let mut told = Self {
            founded: Vec::new(),
            members: BTreeMap::new(),
            rejected: BTreeMap::new(),
            merged: BTreeMap::new(),
            assigned: BTreeMap::new(),
        };
        for &(version, ids) in versions {
            for fact in 0..version.facts.incidents.len() {
                if let Some(&linked) = linked.get(&(version.id.as_str(), fact)) {
                    let is_complete = complete.is_none_or(|complete| complete.contains(linked));
                    told.take(Member { version, fact, ids, linked }, is_complete, decided);
                }
            }
        }
        told
    }

    fn take(&mut self, member: Member<'a>, is_complete: bool, decided: &Decided) {
        let Placed { incident, merged } = decided.place(member.linked, &member.version.id);
        if decided.rejects(&member.ids.incidents[member.fact]) {
            self.rejected.entry(incident).or_default().push(member);
            return;
        }
        self.assigned.insert((member.version.id.clone(), member.fact), incident.clone());
        if !is_complete {
            return;
        }
        self.merged.entry(incident.clone()).or_default().extend(merged);
        let members = self.members.entry(incident.clone()).or_default();
        if members.is_empty() {
            self.founded.push(incident);
        }
        members.push(member);
    }

    fn incidents(&self, origins: &BTreeMap<VersionId, VersionId>, decided: &Decided) -> Vec<RecordIncident> {
        let assembled = self.founded.iter().filter_map(|key| {
            let members = &self.members[key];
            let mut incident = assemble(key, members, origins, decided)?;
            let mut former: BTreeSet<IncidentKey> = incident.former_ids.into_iter().collect();
            former.extend(self.merged.get(key).into_iter().flatten().cloned());
            former.remove(key);
            incident.former_ids = former.into_iter().collect();
            correct(&mut incident, decided);
            let mut told = members.clone();
            told.extend(self.rejected.get(key).into_iter().flatten());
            incident.decisions = decisions_on(&incident, &told, decided);
            Some(incident)
        });
        assembled.collect()
    }
}
