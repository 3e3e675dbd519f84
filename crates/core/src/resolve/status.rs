//! The status of an actor for an incident, computed from the acts so far.

use crate::closed::closed_list;
use crate::reading::Stance;

closed_list! {
    /// What the acts so far make of an actor's responsibility.
    Status {
        /// An established finding stands.
        Confirmed = "confirmed",
        /// It was shown wrong, or nobody upholds it any more.
        Refuted = "refuted",
        /// Somebody asserts it and somebody denies it.
        Contested = "contested",
        /// The actor claims it.
        Claimed = "claimed",
        /// Somebody else asserts it.
        Accused = "accused",
    }
}

/// One act on one actor, as far as the status depends on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// What tells speakers apart; an outlet's own voice is a speaker of its own.
    pub speaker: String,
    /// What is said of the actor.
    pub stance: Stance,
}

/// The status that acts on one actor, in their order, come to; `None` for an actor that is only denied.
///
/// An act stands unless its own speaker retracts it later. The first rule that fits decides:
/// 1. `confirmed`: a `confirms` stands and no later `refutes` does;
/// 2. `refuted`: a `refutes` stands, or there were assertions and none stands;
/// 3. `contested`: an assertion stands and somebody `denies`;
/// 4. `claimed`: a `claims` stands;
/// 5. `accused`: another assertion stands.
pub fn status(acts: &[Act]) -> Option<Status> {
    let stands = |at: usize| {
        !acts[at + 1..]
            .iter()
            .any(|later| later.stance == Stance::Retracts && later.speaker == acts[at].speaker)
    };
    let last_standing =
        |stance: Stance| (0..acts.len()).rev().find(|&at| acts[at].stance == stance && stands(at));
    let confirmed = last_standing(Stance::Confirms);
    let refuted = last_standing(Stance::Refutes);
    if confirmed.is_some() && confirmed > refuted {
        return Some(Status::Confirmed);
    }
    let asserts = |stance| match stance {
        Stance::Claims | Stance::Accuses | Stance::Suspects | Stance::Confirms => true,
        Stance::Denies | Stance::Refutes | Stance::Retracts => false,
    };
    let asserted = acts.iter().any(|act| asserts(act.stance));
    let upheld = (0..acts.len()).any(|at| asserts(acts[at].stance) && stands(at));
    if refuted.is_some() || (asserted && !upheld) {
        return Some(Status::Refuted);
    }
    if !upheld {
        return None;
    }
    if last_standing(Stance::Denies).is_some() {
        Some(Status::Contested)
    } else if last_standing(Stance::Claims).is_some() {
        Some(Status::Claimed)
    } else {
        Some(Status::Accused)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Acts as "speaker stance, speaker stance, …".
    fn of(acts: &str) -> Option<Status> {
        let acts: Vec<Act> = acts
            .split(", ")
            .map(|act| {
                let (speaker, stance) = act.split_once(' ').expect("speaker and stance");
                Act { speaker: speaker.to_owned(), stance: Stance::parse(stance).expect("a stance") }
            })
            .collect();
        status(&acts)
    }

    #[test]
    fn the_first_rule_that_fits_decides() {
        let table = [
            ("group claims", Some(Status::Claimed)),
            ("minister accuses", Some(Status::Accused)),
            ("minister suspects", Some(Status::Accused)),
            ("group denies", None),
            ("minister accuses, group denies", Some(Status::Contested)),
            ("group claims, rival denies", Some(Status::Contested)),
            ("minister accuses, group claims", Some(Status::Claimed)),
            ("minister accuses, minister retracts", Some(Status::Refuted)),
            ("minister accuses, police accuses, minister retracts", Some(Status::Accused)),
            ("minister accuses, group denies, minister retracts", Some(Status::Refuted)),
            ("minister accuses, outlet refutes", Some(Status::Refuted)),
            ("outlet refutes", Some(Status::Refuted)),
            ("group claims, court confirms", Some(Status::Confirmed)),
            ("court confirms, inquiry refutes", Some(Status::Refuted)),
            ("outlet refutes, court confirms", Some(Status::Confirmed)),
            ("court confirms, group denies", Some(Status::Confirmed)),
            ("court confirms, court retracts", Some(Status::Refuted)),
            ("court confirms, inquiry refutes, inquiry retracts", Some(Status::Confirmed)),
            ("group claims, group retracts", Some(Status::Refuted)),
            ("minister accuses, minister retracts, minister accuses", Some(Status::Accused)),
        ];
        for (acts, expected) in table {
            assert_eq!(of(acts), expected, "{acts}");
        }
    }

    #[test]
    fn nothing_said_is_no_status() {
        assert_eq!(status(&[]), None);
    }
}
