//! Which decisions stand: those that no standing undo takes back.

use std::collections::{BTreeMap, BTreeSet};

use super::{Decision, DecisionId, FactId, Ruling};

/// Decisions that stand, in the order of recording; undos themselves are left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    decisions: Vec<Decision>,
}

/// Which decisions are undone, and by which; an undo that is itself undone counts for nothing.
pub fn undone(decisions: &[Decision]) -> BTreeMap<DecisionId, &Decision> {
    let mut undone = BTreeMap::new();
    for decision in decisions.iter().rev() {
        if let Ruling::Undo { decision: target } = &decision.ruling
            && !undone.contains_key(&decision.id)
        {
            undone.insert(target.clone(), decision);
        }
    }
    undone
}

impl Standing {
    /// What stands of decisions, which must be in the order of recording.
    pub fn of(decisions: &[Decision]) -> Self {
        let undone = undone(decisions);
        let stands = |decision: &&Decision| {
            !undone.contains_key(&decision.id) && !matches!(decision.ruling, Ruling::Undo { .. })
        };
        Self { decisions: decisions.iter().filter(stands).cloned().collect() }
    }

    /// The decisions.
    pub fn decisions(&self) -> &[Decision] {
        &self.decisions
    }

    /// The tellings by which they name incidents.
    pub fn tellings(&self) -> BTreeSet<&FactId> {
        let named = self.decisions.iter().flat_map(|decision| decision.ruling.incidents());
        named.map(|named| &named.telling).collect()
    }

    /// The persons whom exports may name, in lower case.
    pub fn unmasked(&self) -> BTreeSet<String> {
        let mut unmasked = BTreeSet::new();
        for decision in &self.decisions {
            if let Ruling::Unmask { person } = &decision.ruling {
                unmasked.insert(person.to_lowercase());
            }
        }
        unmasked
    }

    pub(super) fn into_decisions(self) -> Vec<Decision> {
        self.decisions
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decision(number: usize, ruling: Ruling) -> Decision {
        Decision {
            id: format!("d{number}"),
            author: "amy".to_owned(),
            recorded: jiff::Timestamp::UNIX_EPOCH,
            reason: String::new(),
            ruling,
        }
    }

    #[test]
    fn an_undo_takes_back_and_an_undone_undo_gives_back() {
        let rejects = || Ruling::Reject { fact: "f".to_owned() };
        let undoes = |number: usize| Ruling::Undo { decision: format!("d{number}") };
        let standing = |rulings: Vec<Ruling>| {
            let numbered = rulings.into_iter().enumerate().map(|(at, ruling)| decision(at + 1, ruling));
            let standing = Standing::of(&numbered.collect::<Vec<_>>());
            standing.decisions.iter().map(|decision| decision.id.clone()).collect::<Vec<_>>()
        };
        assert_eq!(standing(vec![rejects(), rejects()]), ["d1", "d2"]);
        assert_eq!(standing(vec![rejects(), rejects(), undoes(1)]), ["d2"]);
        assert_eq!(standing(vec![rejects(), undoes(1), undoes(2)]), ["d1"]);
        assert_eq!(standing(vec![rejects(), undoes(1), undoes(2), undoes(3)]), Vec::<String>::new());
    }
}
