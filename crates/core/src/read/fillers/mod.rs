//! Who did it, what and whom it hit, with what: candidates near an incident's words, weighed by what speaks for them.
//!
//! Frames propose; that a frame gives a phrase a role is one feature among others, and what is learned from all of them
//! decides.

mod candidates;
mod features;
pub mod phrases;
mod weights;

use std::collections::BTreeSet;

use self::candidates::Candidate;
use self::features::Scenery;
pub use self::weights::{RoleWeightError, RoleWeights, Slot};
use crate::document::Passage;
use crate::read::events::EventMention;
use crate::read::ground::{Ground, Matches};
use crate::read::incidents::Incidents;
use crate::reading::{Attribution, EntityKind, Incident, Perpetrator};
use crate::vocabulary::PerpetratorKind;

/// Fills the roles of the incidents.
pub fn fill(
    ground: &Ground<'_>,
    matches: &Matches,
    mentions: &[EventMention],
    incidents: &mut Incidents,
    attributions: &[Attribution],
    weights: &RoleWeights,
) {
    let scenery = Scenery { ground, matches, mentions, incidents, attributions };
    let mut filled: Vec<(Candidate, Vec<Slot>)> = Vec::new();
    for candidate in candidates::gather(ground, incidents) {
        let features = features::features(&scenery, &candidate);
        let slots = weights.filled(weights.probabilities(features.iter().map(String::as_str)));
        if !slots.is_empty() {
            filled.push((candidate, slots));
        }
    }
    for (candidate, slots) in filled {
        put(ground, &mut incidents.list[candidate.incident.0], &candidate, &slots);
    }
}

/// Puts a candidate where it belongs; who did it is either a person or a body, the likelier of the two.
fn put(ground: &Ground<'_>, incident: &mut Incident, candidate: &Candidate, slots: &[Slot]) {
    let heads: Vec<usize> = candidate.occurrences.iter().map(|at| at.head).collect();
    let mut perpetrator = None;
    for &slot in slots {
        let list = match slot {
            Slot::Individual | Slot::Organization => {
                perpetrator = perpetrator.or(Some(slot));
                continue;
            }
            Slot::Target => &mut incident.targets,
            Slot::Victim => &mut incident.victims,
            Slot::Weapon => &mut incident.weapons,
        };
        list.extend(phrases::filler(ground, &heads));
    }
    let Some(slot) = perpetrator else { return };
    let Some(entity) = heads.iter().find_map(|&head| ground.entities.at(head)) else { return };
    let kind = match (slot, ground.entities.list[entity.0].kind) {
        (Slot::Individual, _) => PerpetratorKind::Individual,
        (_, EntityKind::State) => PerpetratorKind::State,
        _ => PerpetratorKind::Organization,
    };
    incident.perpetrators.push(Perpetrator { entity, kind, mentions: phrases::usual(ground, &heads) });
}

/// What training looks at: a candidate with its features and the phrase that would name it.
#[derive(Debug)]
pub struct Considered {
    /// The incident, by its place in the reading.
    pub incident: usize,
    /// What speaks for it or against it.
    pub features: BTreeSet<String>,
    /// The phrase.
    pub phrases: Vec<Passage>,
}

/// All candidates of a report with their features.
pub fn consider(
    ground: &Ground<'_>,
    matches: &Matches,
    mentions: &[EventMention],
    incidents: &Incidents,
    attributions: &[Attribution],
) -> Vec<Considered> {
    let scenery = Scenery { ground, matches, mentions, incidents, attributions };
    let considered = |candidate: &Candidate| {
        let heads: Vec<usize> = candidate.occurrences.iter().map(|at| at.head).collect();
        Considered {
            incident: candidate.incident.0,
            features: features::features(&scenery, candidate),
            phrases: phrases::usual(ground, &heads),
        }
    };
    candidates::gather(ground, incidents).iter().map(considered).collect()
}
