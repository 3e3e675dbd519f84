//! Decisions found in one linking of the versions: which incident a telling belongs to after joins, merges and splits,
//! and what was decided of which fact, incident and source.
//!
//! Linking itself knows no decisions. They are laid over its result when the record is put together, so undoing
//! one gives back exactly what was there.

use std::collections::{BTreeMap, BTreeSet};

use super::{Decision, DecisionId, FactId, Named, Rating, Ruling, Standing};
use crate::resolve::join::Joined;
use crate::resolve::ledger::IncidentKey;
use crate::resolve::origin::outlet_key;
use crate::resolve::version::VersionId;

/// A telling that a decision names: its version, and the incident that linking gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Linked {
    /// The version.
    pub version: VersionId,
    /// The incident by linking alone.
    pub incident: IncidentKey,
}

/// Decisions that stand, found in one linking of the versions.
#[derive(Clone, Debug, Default)]
pub struct Decided {
    /// Which incidents are one by the moment.
    pub(super) joined: Joined,
    pub(super) decisions: Vec<Decision>,
    pub(super) rules: Vec<Rule>,
    /// The rules that apply to what bears an id, in order.
    pub(super) rules_on: BTreeMap<IncidentKey, Vec<usize>>,
    /// The last verdict on each fact: whether it was rejected.
    pub(super) rejected: BTreeMap<FactId, bool>,
    /// Decisions on facts.
    pub(super) on_fact: BTreeMap<FactId, Vec<usize>>,
    /// Decisions on incidents, by the ids that these have after all of them.
    pub(super) on_incident: BTreeMap<IncidentKey, Vec<usize>>,
    pub(super) ratings: BTreeMap<String, Rating>,
    /// Incidents of the linking of which a person set a value.
    corrected: BTreeSet<IncidentKey>,
}

/// What a merge or a split does, and the decision that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    by: DecisionId,
    does: Does,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Does {
    Merge { into: IncidentKey },
    Split { reports: BTreeSet<VersionId>, part: IncidentKey },
}

/// Where a telling belongs after all merges and splits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The incident.
    pub incident: IncidentKey,
    /// Ids of incidents that were joined or merged away on its path.
    pub merged: Vec<IncidentKey>,
}

impl Decided {
    /// Finds decisions in a linking: `joined` says which incidents are one by the moment, `find` where a telling stands.
    /// What names a telling that is not there changes nothing.
    pub fn of(standing: Standing, joined: Joined, mut find: impl FnMut(&FactId) -> Option<Linked>) -> Self {
        let mut decided = Self { joined, ..Self::default() };
        let decisions = standing.into_decisions();
        for decision in &decisions {
            decided.take(decision, &mut find);
        }
        for (at, decision) in decisions.iter().enumerate() {
            if let Some(fact) = decision.ruling.fact() {
                decided.on_fact.entry(fact.clone()).or_default().push(at);
            }
            let mut named: Vec<IncidentKey> = decision
                .ruling
                .incidents()
                .iter()
                .filter_map(|named| decided.current(named, &mut find))
                .collect();
            named.sort();
            named.dedup();
            for incident in named {
                decided.on_incident.entry(incident).or_default().push(at);
            }
        }
        decided.decisions = decisions;
        decided
    }

    fn take(&mut self, decision: &Decision, find: &mut impl FnMut(&FactId) -> Option<Linked>) {
        match &decision.ruling {
            Ruling::Accept { fact } => {
                self.rejected.insert(fact.clone(), false);
            }
            Ruling::Reject { fact } => {
                self.rejected.insert(fact.clone(), true);
            }
            Ruling::Rate { source, rating } => {
                self.ratings.insert(outlet_key(source), *rating);
            }
            Ruling::Override { incident, .. } => {
                self.corrected.extend(find(&incident.telling).map(|linked| linked.incident));
            }
            Ruling::Merge { incident, into } => {
                let (Some(from), Some(to)) = (self.current(incident, find), self.current(into, find)) else {
                    return;
                };
                if from != to {
                    self.rule(from, decision, Does::Merge { into: to });
                }
            }
            Ruling::Split { incident, reports, part } => {
                if let Some(from) = self.current(incident, find) {
                    let reports = reports.iter().cloned().collect();
                    self.rule(from, decision, Does::Split { reports, part: part.key.clone() });
                }
            }
            Ruling::Note { .. } | Ruling::Unmask { .. } | Ruling::Undo { .. } => {}
        }
    }

    fn rule(&mut self, on: IncidentKey, decision: &Decision, does: Does) {
        self.rules_on.entry(on).or_default().push(self.rules.len());
        self.rules.push(Rule { by: decision.id.clone(), does });
    }

    fn current(
        &self,
        named: &Named,
        find: &mut impl FnMut(&FactId) -> Option<Linked>,
    ) -> Option<IncidentKey> {
        find(&named.telling).map(|linked| self.place(&linked.incident, &linked.version).incident)
    }

    /// Where a version's telling of an incident of the linking belongs.
    pub fn place(&self, linked: &IncidentKey, version: &VersionId) -> Placed {
        let mut path = self.joined.path(linked);
        let incident = path.pop().unwrap_or_else(|| linked.clone());
        let mut placed = Placed { incident, merged: path };
        let mut next = 0;
        loop {
            let rules = self.rules_on.get(&placed.incident).into_iter().flatten();
            let applies = |&&at: &&usize| {
                at >= next
                    && match &self.rules[at].does {
                        Does::Merge { .. } => true,
                        Does::Split { reports, .. } => reports.contains(version),
                    }
            };
            let Some(&at) = rules.into_iter().find(applies) else { return placed };
            next = at + 1;
            match &self.rules[at].does {
                Does::Merge { into } => {
                    placed.merged.push(std::mem::replace(&mut placed.incident, into.clone()));
                }
                Does::Split { part, .. } => {
                    placed.incident = part.clone();
                    placed.merged.clear();
                }
            }
        }
    }

    /// Whether the last verdict on a fact is that it does not hold.
    pub fn rejects(&self, fact: &FactId) -> bool {
        self.rejected.get(fact).copied().unwrap_or(false)
    }

    /// The facts that were rejected.
    pub fn rejected(&self) -> impl Iterator<Item = &FactId> {
        self.rejected.iter().filter(|(_, is_rejected)| **is_rejected).map(|(fact, _)| fact)
    }

    /// The decisions on a fact that stand, in their order.
    pub fn on_fact(&self, fact: &FactId) -> impl Iterator<Item = &Decision> {
        self.on_fact.get(fact).into_iter().flatten().map(|&at| &self.decisions[at])
    }

    /// The decisions on an incident that stand, in their order.
    pub fn on_incident(&self, incident: &IncidentKey) -> impl Iterator<Item = &Decision> {
        self.on_incident.get(incident).into_iter().flatten().map(|&at| &self.decisions[at])
    }

    /// The place of a decision in the order of recording, among those that stand.
    pub fn order(&self, decision: &Decision) -> usize {
        self.decisions.iter().position(|other| other.id == decision.id).unwrap_or(usize::MAX)
    }

    /// The grade of an outlet.
    pub fn rating(&self, source: &str) -> Option<Rating> {
        self.ratings.get(&outlet_key(source)).copied()
    }

    /// All ids that joins, merges and splits connect with some of these: an incident is put together from the tellings of
    /// all of them.
    pub fn with_kin(&self, mut incidents: BTreeSet<IncidentKey>) -> BTreeSet<IncidentKey> {
        let edges = || {
            self.rules_on
                .iter()
                .flat_map(|(on, rules)| rules.iter().map(move |&at| (on, self.rules[at].leads_to())))
        };
        loop {
            let before = incidents.len();
            self.joined.spread(&mut incidents);
            for (on, to) in edges() {
                if incidents.contains(on) || incidents.contains(to) {
                    incidents.extend([on.clone(), to.clone()]);
                }
            }
            if incidents.len() == before {
                return incidents;
            }
        }
    }

    /// Incidents, by linking alone, of which a person set a value.
    pub fn corrected(&self) -> impl Iterator<Item = &IncidentKey> {
        self.corrected.iter()
    }
}

impl Rule {
    pub(super) const fn leads_to(&self) -> &IncidentKey {
        match &self.does {
            Does::Merge { into } => into,
            Does::Split { part, .. } => part,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(incident: &str, version: &str) -> Named {
        Named { key: incident.to_owned(), telling: format!("{version}-i0") }
    }

    /// A linking in which version `v1` tells of incident `v1-1`, and so on; `w1` tells of it too.
    fn find(fact: &FactId) -> Option<Linked> {
        let (version, _) = fact.split_once('-')?;
        Some(Linked { version: version.into(), incident: format!("v{}-1", &version[1..]) })
    }

    fn decided(rulings: Vec<Ruling>) -> Decided {
        let decisions: Vec<Decision> = (1..)
            .zip(rulings)
            .map(|(number, ruling)| Decision {
                id: format!("d{number}"),
                author: "amy".to_owned(),
                recorded: jiff::Timestamp::UNIX_EPOCH,
                reason: String::new(),
                ruling,
            })
            .collect();
        Decided::of(Standing::of(&decisions), Joined::default(), find)
    }

    fn merge(from: &str, into: &str) -> Ruling {
        let of = |version: &str| named(&format!("{version}-1"), version);
        Ruling::Merge { incident: of(from), into: of(into) }
    }

    fn place(decided: &Decided, version: &str) -> (String, Vec<String>) {
        let linked = format!("v{}-1", &version[1..]);
        let Placed { incident, merged } = decided.place(&linked, &version.into());
        (incident, merged)
    }

    #[test]
    fn merges_chain_and_keep_the_ids_that_they_take_away() {
        let decided = decided(vec![merge("v3", "v2"), merge("v2", "v1")]);
        assert_eq!(place(&decided, "v3"), ("v1-1".into(), vec!["v3-1".into(), "v2-1".into()]));
        assert_eq!(place(&decided, "v1"), ("v1-1".into(), vec![]));
        let merged: BTreeSet<IncidentKey> = ["v3-1".to_owned()].into();
        assert_eq!(decided.with_kin(merged).len(), 3);
    }

    #[test]
    fn merging_there_and_back_is_no_circle() {
        let decided = decided(vec![merge("v2", "v1"), merge("v1", "v2")]);
        assert_eq!(place(&decided, "v1").0, "v1-1");
        assert_eq!(place(&decided, "v2").0, "v1-1");
    }

    #[test]
    fn a_split_takes_the_named_reports_and_nothing_else() {
        let split = Ruling::Split {
            incident: named("v1-1", "v1"),
            reports: vec!["w1".into()],
            part: named("v1-1.d2", "w1"),
        };
        let decided = decided(vec![merge("v2", "v1"), split, merge("v3", "w1")]);
        assert_eq!(place(&decided, "v1").0, "v1-1");
        assert_eq!(place(&decided, "v2").0, "v1-1");
        assert_eq!(place(&decided, "w1").0, "v1-1.d2");
        assert_eq!(place(&decided, "v3").0, "v1-1.d2");
        assert_eq!(decided.on_incident(&"v1-1.d2".to_owned()).count(), 2);
    }

    #[test]
    fn the_last_verdict_on_a_fact_counts() {
        let (accept, reject) = (
            |fact: &str| Ruling::Accept { fact: fact.into() },
            |fact: &str| Ruling::Reject { fact: fact.into() },
        );
        let decided = decided(vec![reject("f"), accept("f"), accept("g"), reject("g")]);
        assert!(!decided.rejects(&"f".to_owned()) && decided.rejects(&"g".to_owned()));
        assert_eq!(decided.on_fact(&"f".to_owned()).count(), 2);
    }
}
