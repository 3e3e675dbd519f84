//! In what two states of the decisions differ, so that only what depends on it need be put together anew.

use std::collections::{BTreeMap, BTreeSet};

use super::placing::Decided;
use super::{DecisionId, FactId};
use crate::resolve::ledger::IncidentKey;

/// What is decided otherwise.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Incidents with other joins, merges, splits, values or notes.
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
        incidents.extend(self.joined.differing(&other.joined).cloned());
        incidents.extend(differing(&by_ids(self, &self.on_incident), &by_ids(other, &other.on_incident)));
        let mut facts = differing(&self.rejected, &other.rejected);
        facts.extend(differing(&by_ids(self, &self.on_fact), &by_ids(other, &other.on_fact)));
        Difference { incidents, facts, outlets: differing(&self.ratings, &other.ratings) }
    }

    /// The ids that joins, merges and splits lead from or to.
    pub fn tied(&self) -> BTreeSet<&IncidentKey> {
        let joined = self.joined.stays().iter().flat_map(|(gone, stays)| [gone, stays]);
        self.ruled().chain(joined).collect()
    }

    /// The ids that merges and splits lead from or to.
    fn ruled(&self) -> impl Iterator<Item = &IncidentKey> {
        self.rules_on.keys().chain(self.rules.iter().map(|rule| rule.leads_to()))
    }

    /// Sorts ids by linking into groups that must be put together at once: those that joins made one, and all that merges
    /// and splits tie.
    pub fn groups(&self, ids: impl IntoIterator<Item = IncidentKey>) -> Vec<Vec<IncidentKey>> {
        let ruled = self.with_kin(self.ruled().cloned().collect());
        let mut groups: Vec<Vec<IncidentKey>> = Vec::new();
        let mut number_of: BTreeMap<Option<String>, usize> = BTreeMap::new();
        for id in ids {
            let group = (!ruled.contains(&id)).then(|| self.joined.root(&id).to_owned());
            let number = *number_of.entry(group).or_insert(groups.len());
            if number == groups.len() {
                groups.push(Vec::new());
            }
            groups[number].push(id);
        }
        groups
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
    use crate::resolve::join::Joined;

    fn decided(rulings: &[(usize, Ruling)]) -> Decided {
        joined(rulings, &[])
    }

    fn joined(rulings: &[(usize, Ruling)], joins: &[(&str, &str)]) -> Decided {
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
        let joined: Joined =
            joins.iter().map(|(gone, stays)| ((*gone).to_owned(), (*stays).to_owned())).collect();
        Decided::of(Standing::of(&decisions), joined, |fact| {
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

    #[test]
    fn a_join_that_comes_goes_or_leads_elsewhere_differs() {
        let differs =
            |a: &[(&str, &str)], b: &[(&str, &str)]| joined(&[], a).difference(&joined(&[], b)).incidents;
        let (one, two) = (("v2-1", "v1-1"), ("v5-1", "v4-1"));
        assert_eq!(differs(&[one, two], &[two, one]), [].into());
        assert_eq!(differs(&[one], &[one, two]), ["v5-1".to_owned()].into());
        assert_eq!(differs(&[one, two], &[two]), ["v2-1".to_owned()].into());
        assert_eq!(differs(&[one], &[("v2-1", "v0-1")]), ["v2-1".to_owned()].into());
    }

    #[test]
    fn what_must_be_put_together_at_once_is_in_one_group() {
        let named = |version: &str| Named { key: format!("{version}-1"), telling: format!("{version}-i0") };
        let merge = Ruling::Merge { incident: named("v6"), into: named("v3") };
        let decided = joined(&[(1, merge)], &[("v2-1", "v1-1"), ("v5-1", "v3-1"), ("v7-1", "v2-1")]);
        let ids = (0..8).map(|number| format!("v{number}-1"));
        let groups = decided.groups(ids);
        let groups: Vec<Vec<&str>> =
            groups.iter().map(|ids| ids.iter().map(|id| &id[1..2]).collect()).collect();
        assert_eq!(groups, [vec!["0"], vec!["1", "2", "7"], vec!["3", "5", "6"], vec!["4"]]);
    }
}
