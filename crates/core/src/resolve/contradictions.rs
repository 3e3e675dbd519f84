//! Where what is said about responsibility for one incident does not go together.

use std::collections::BTreeSet;

use super::claims::{ActRow, AttributionRow};
use super::facts::ActorRef;
use super::profile::actor_key;
use crate::reading::{Country, EntityKind, Stance};

/// Accounts that exclude each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contradiction {
    /// Several claim it for themselves.
    Claimants {
        /// Their names, by their first claim.
        actors: Vec<String>,
    },
    /// Somebody asserts that the actor did it, somebody else denies or refutes it.
    Denied {
        /// Of whom.
        actor: String,
        /// Who asserts it, by first act.
        asserted_by: Vec<String>,
        /// Who denies or refutes it, by first act.
        denied_by: Vec<String>,
    },
    /// Of one state, one voice asserts what another one denies or refutes: a service against its own minister.
    OneState {
        /// Of whom it is said.
        actor: String,
        /// Which state.
        country: Country,
        /// Who asserts it.
        asserted_by: String,
        /// Who denies or refutes it.
        denied_by: String,
    },
    /// Of one state, one voice holds one actor responsible and another one another.
    OtherAccused {
        /// Which state.
        country: Country,
        /// A voice, and whom it holds responsible.
        first: (String, String),
        /// The other voice, and whom that holds responsible.
        second: (String, String),
    },
}

/// What in the acts on one incident does not go together.
pub fn contradictions(rows: &[AttributionRow]) -> Vec<Contradiction> {
    let mut found = Vec::new();
    let claimants: Vec<String> = rows
        .iter()
        .filter(|row| standing(row).any(|act| act.stance == Stance::Claims))
        .map(|row| row.actor.name.clone())
        .collect();
    if claimants.len() > 1 {
        found.push(Contradiction::Claimants { actors: claimants });
    }
    for row in rows {
        let asserted = voices(standing(row).filter(|act| asserts(act.stance)));
        let denied = voices(standing(row).filter(|act| excludes(act.stance)));
        if asserted.is_empty() || denied.is_empty() {
            continue;
        }
        let names = |voices: &[Voice]| voices.iter().map(|voice| voice.name.clone()).collect();
        found.push(Contradiction::Denied {
            actor: row.actor.name.clone(),
            asserted_by: names(&asserted),
            denied_by: names(&denied),
        });
        for (one, other) in pairs(&asserted, &denied) {
            found.push(Contradiction::OneState {
                actor: row.actor.name.clone(),
                country: one.1,
                asserted_by: one.0.name.clone(),
                denied_by: other.name.clone(),
            });
        }
    }
    found.extend(other_accused(rows));
    found
}

/// Voices of one state that hold different actors responsible, neither of them both.
fn other_accused(rows: &[AttributionRow]) -> Vec<Contradiction> {
    let accusing: Vec<Vec<Voice>> = rows
        .iter()
        .map(|row| voices(standing(row).filter(|act| asserts(act.stance) && act.stance != Stance::Claims)))
        .collect();
    let says = |at: usize, voice: &Voice| accusing[at].iter().any(|other| other.key == voice.key);
    let mut found = Vec::new();
    for first in 0..rows.len() {
        for second in first + 1..rows.len() {
            for ((one, country), other) in pairs(&accusing[first], &accusing[second]) {
                if !says(second, one) && !says(first, other) {
                    found.push(Contradiction::OtherAccused {
                        country,
                        first: (one.name.clone(), rows[first].actor.name.clone()),
                        second: (other.name.clone(), rows[second].actor.name.clone()),
                    });
                }
            }
        }
    }
    found
}

/// Somebody who speaks.
struct Voice {
    key: String,
    name: String,
    /// The state for which it speaks.
    state: Option<Country>,
}

fn voices<'a>(acts: impl Iterator<Item = &'a ActRow>) -> Vec<Voice> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for act in acts {
        let voice = match &act.speaker {
            Some(speaker) => {
                Voice { key: actor_key(speaker), name: speaker.name.clone(), state: state(speaker) }
            }
            None => {
                let name = act.source.clone().unwrap_or_else(|| "an outlet".to_owned());
                Voice { key: format!("source:{name}"), name, state: None }
            }
        };
        if seen.insert(voice.key.clone()) {
            found.push(voice);
        }
    }
    found
}

/// The state for which somebody speaks: its bodies, and those who hold its offices.
fn state(speaker: &ActorRef) -> Option<Country> {
    match speaker.kind {
        EntityKind::State | EntityKind::GovernmentBody => speaker.country,
        EntityKind::Person => speaker.country.filter(|_| speaker.book_id.is_some()),
        EntityKind::ArmedGroup
        | EntityKind::Organization
        | EntityKind::Population
        | EntityKind::Facility
        | EntityKind::Other => None,
    }
}

/// Different voices of one state, one from each side.
fn pairs<'a>(one: &'a [Voice], other: &'a [Voice]) -> Vec<((&'a Voice, Country), &'a Voice)> {
    let mut found = Vec::new();
    for a in one {
        let Some(country) = a.state else { continue };
        let opposed = other.iter().filter(|b| b.state == Some(country) && b.key != a.key);
        found.extend(opposed.map(|b| ((a, country), b)));
    }
    found
}

/// The acts that their own speakers did not take back later.
fn standing(row: &AttributionRow) -> impl Iterator<Item = &ActRow> {
    row.acts
        .iter()
        .enumerate()
        .filter(|(at, act)| {
            let speaker = act.act().speaker;
            !row.acts[at + 1..]
                .iter()
                .any(|later| later.stance == Stance::Retracts && later.act().speaker == speaker)
        })
        .map(|(_, act)| act)
}

const fn asserts(stance: Stance) -> bool {
    match stance {
        Stance::Claims | Stance::Accuses | Stance::Suspects | Stance::Confirms => true,
        Stance::Denies | Stance::Refutes | Stance::Retracts => false,
    }
}

const fn excludes(stance: Stance) -> bool {
    match stance {
        Stance::Denies | Stance::Refutes => true,
        Stance::Claims | Stance::Accuses | Stance::Suspects | Stance::Confirms | Stance::Retracts => false,
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn actor(name: &str, kind: EntityKind, country: Option<&str>) -> ActorRef {
        ActorRef {
            name: name.to_owned(),
            aliases: Vec::new(),
            kind,
            country: country.and_then(Country::parse),
            book_id: None,
        }
    }

    /// Acts on an actor as "speaker stance"; speakers that begin with a country's code speak for that state.
    fn row(of: &str, acts: &[&str]) -> AttributionRow {
        let acts = acts.iter().map(|act| {
            let (speaker, stance) = act.rsplit_once(' ').expect("speaker and stance");
            let body = speaker.split_once(' ').filter(|(code, _)| code.len() == 2);
            let speaker = match body {
                Some((code, _)) => actor(speaker, EntityKind::GovernmentBody, Some(code)),
                None => actor(speaker, EntityKind::ArmedGroup, None),
            };
            ActRow {
                speaker: Some(speaker),
                source: None,
                stance: Stance::parse(stance).expect("a stance"),
                certainty: 1.0,
                report: "r".into(),
                published: Timestamp::UNIX_EPOCH,
                quote: None,
                fact: "f".into(),
            }
        });
        let actor = actor(of, EntityKind::ArmedGroup, None);
        AttributionRow { actor, status: None, decided: None, acts: acts.collect() }
    }

    #[test]
    fn two_claimants_exclude_each_other_unless_one_took_it_back() {
        let owls = row("Owls", &["Owls claims"]);
        let salt = row("Salt Front", &["Salt Front claims"]);
        let both = contradictions(&[owls.clone(), salt]);
        assert_eq!(
            both,
            [Contradiction::Claimants { actors: vec!["Owls".to_owned(), "Salt Front".to_owned()] }]
        );
        let gone = row("Salt Front", &["Salt Front claims", "Salt Front retracts"]);
        assert_eq!(contradictions(&[owls, gone]), []);
    }

    #[test]
    fn a_service_against_its_own_minister_is_named() {
        let found = contradictions(&[row("Owls", &["KE minister accuses", "KE service refutes"])]);
        assert!(matches!(&found[0], Contradiction::Denied { denied_by, .. } if denied_by == &["KE service"]));
        assert!(
            matches!(&found[1], Contradiction::OneState { asserted_by, .. } if asserted_by == "KE minister")
        );
        let found = contradictions(&[
            row("Owls", &["KE minister accuses"]),
            row("Salt Front", &["KE service suspects"]),
        ]);
        assert!(matches!(&found[..], [Contradiction::OtherAccused { .. }]), "{found:?}");
        let of_two_states = contradictions(&[
            row("Owls", &["KE minister accuses"]),
            row("Salt Front", &["PE service suspects"]),
        ]);
        assert_eq!(of_two_states, []);
    }

    #[test]
    fn what_goes_together_is_none() {
        assert_eq!(contradictions(&[row("Owls", &["KE minister accuses", "Owls claims"])]), []);
        assert_eq!(contradictions(&[row("Owls", &["Owls denies"])]), []);
    }
}
