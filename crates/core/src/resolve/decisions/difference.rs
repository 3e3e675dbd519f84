//! In what two states of the decisions differ, so that only what depends on it need be put together anew.

use std::collections::{BTreeMap, BTreeSet};

use super::placing::Decided;
use super::{DecisionId, FactId};
use crate::resolve::ledger::IncidentKey;

/// What is decided otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Incidents with other merges, splits, values or notes.
    pub incidents: BTreeSet<IncidentKey>,
    /// Facts with other verdicts.
    pub facts: BTreeSet<FactId>,
    /// Outlets with another grade, by their [`outlet_key`](crate::resolve::origin::outlet_key)s.
    pub outlets: BTreeSet<String>,
}

impl Decided {
    /// In what the decisions differ from others.
    pub fn difference(&self, other: &Self) -> Difference {
        let ids = |decided: &Self, at: &[usize]| -> Vec<DecisionId> {
            at.iter().map(|&at| decided.decisions[at].id.clone()).collect()
        };
        let by_ids =
            |decided: &Self, of: &BTreeMap<String, Vec<usize>>| -> BTreeMap<String, Vec<DecisionId>> {
                of.iter().map(|(key, at)| (key.clone(), ids(decided, at))).collect()
            };
        let rules = |decided: &Self| -> BTreeMap<IncidentKey, Vec<_>> {
            let of = |at: &Vec<usize>| at.iter().map(|&at| decided.rules[at].clone()).collect();
            decided.rules_on.iter().map(|(key, at)| (key.clone(), of(at))).collect()
        };
        let mut incidents = differing(&rules(self), &rules(other));
        incidents.extend(differing(&by_ids(self, &self.on_incident), &by_ids(other, &other.on_incident)));
        let mut facts = differing(&self.rejected, &other.rejected);
        facts.extend(differing(&by_ids(self, &self.on_fact), &by_ids(other, &other.on_fact)));
        Difference { incidents, facts, outlets: differing(&self.ratings, &other.ratings) }
    }

    /// The ids that merges and splits lead from or to.
    pub fn joined(&self) -> BTreeSet<&IncidentKey> {
        let leads_to = self.rules.iter().map(|rule| rule.leads_to());
        self.rules_on.keys().chain(leads_to).collect()
    }
}

/// The keys under which two maps hold different things.
fn differing<T: PartialEq>(a: &BTreeMap<String, T>, b: &BTreeMap<String, T>) -> BTreeSet<String> {
    a.keys().chain(b.keys()).filter(|key| a.get(*key) != b.get(*key)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::decisions::placing::Linked;
    use crate::resolve::decisions::{Decision, Named, Rating, Ruling, Standing};

    fn decided(rulings: &[(usize, Ruling)]) -> Decided {
        let decisions: Vec<Decision> = rulings
            .iter()
            .map(|(number, ruling)| Decision {
                id: format!("d{number}"),
                author: "amy".to_owned(),
                recorded: jiff::Timestamp::UNIX_EPOCH,
                reason: String::new(),
                ruling: ruling.clone(),
            })
            .collect();
        Decided::of(Standing::of(&decisions), |fact| {
            let (version, _) = fact.split_once('-')?;
            Some(Linked { version: version.into(), incident: format!("{version}-1") })
        })
    }

    #[test]
    fn only_what_is_decided_otherwise_differs() {
        let named = |version: &str| Named { key: format!("{version}-1"), telling: format!("{version}-i0") };
        let merge = |from: &str, into: &str| Ruling::Merge { incident: named(from), into: named(into) };
        let note = Ruling::Note { incident: named("v9"), text: "look again".to_owned() };
        let rating = Rating::parse("B2").expect("a grade");
        let rate = Ruling::Rate { source: "The Post".to_owned(), rating };
        let reject = Ruling::Reject { fact: "v7-a1".to_owned() };
        let some = [(1, merge("v2", "v1")), (2, note), (3, rate.clone())];
        assert_eq!(decided(&some).difference(&decided(&some)), Difference::default());
        let difference = decided(&some).difference(&decided(&[(1, merge("v2", "v1")), (4, reject)]));
        assert_eq!(difference.incidents, ["v9-1".to_owned()].into());
        assert_eq!(difference.facts, ["v7-a1".to_owned()].into());
        assert_eq!(difference.outlets, ["post".to_owned()].into());
        // The same merge decided again later may act after others.
        let again = decided(&[(1, merge("v2", "v1"))]).difference(&decided(&[(5, merge("v2", "v1"))]));
        assert!(again.incidents.contains("v2-1"));
    }
}
