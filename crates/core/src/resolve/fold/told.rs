//! Which versions tell of which incidents of the record.

use std::collections::{BTreeMap, BTreeSet};

use crate::resolve::decisions::placing::Placed;
use crate::resolve::decisions::shown::{correct, decisions_on};
use crate::resolve::decisions::{Decided, FactIds};
use crate::resolve::ledger::{Assignment, IncidentKey};
use crate::resolve::origin::Origins;
use crate::resolve::record::{Member, RecordIncident, assemble};
use crate::resolve::version::Version;

/// Which versions tell of which incidents, after joins, merges, splits and verdicts.
pub struct Told<'a> {
    /// The incidents, in the order of their founding.
    founded: Vec<IncidentKey>,
    /// What counts of the tellings of each.
    members: BTreeMap<IncidentKey, Vec<Member<'a>>>,
    /// The tellings of each that were rejected.
    rejected: BTreeMap<IncidentKey, Vec<Member<'a>>>,
    /// The ids that joins and merges took away.
    merged: BTreeMap<IncidentKey, BTreeSet<IncidentKey>>,
}

impl<'a> Told<'a> {
    /// Sorts versions by the incidents of which they tell; those that are not among the complete ones are left out.
    pub fn of(
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
        };
        for &(version, ids) in versions {
            for fact in 0..version.facts.incidents.len() {
                if let Some(&linked) = linked.get(&(version.id.as_str(), fact)) {
                    let is_complete = complete.is_none_or(|complete| complete.contains(linked));
                    if is_complete {
                        told.take(Member { version, fact, ids, linked }, decided);
                    }
                }
            }
        }
        told
    }

    fn take(&mut self, member: Member<'a>, decided: &Decided) {
        let Placed { incident, merged } = decided.place(member.linked, &member.version.id);
        if decided.rejects(&member.ids.incidents[member.fact]) {
            self.rejected.entry(incident).or_default().push(member);
            return;
        }
        self.merged.entry(incident.clone()).or_default().extend(merged);
        let members = self.members.entry(incident.clone()).or_default();
        if members.is_empty() {
            self.founded.push(incident);
        }
        members.push(member);
    }

    /// The incidents, put together.
    pub fn incidents(&self, origins: &Origins, decided: &Decided) -> Vec<RecordIncident> {
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
