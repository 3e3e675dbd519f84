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
pub(crate) use self::features::path;
pub use self::weights::{RoleWeightError, RoleWeights, Slot};
use crate::document::Passage;
use crate::read::events::EventMention;
use crate::read::ground::{Ground, Matches};
use crate::read::incidents::Incidents;
use crate::reading::{Attribution, EntityId, EntityKind, Incident, IncidentId, Perpetrator};
use crate::vocabulary::{PerpetratorKind, Stance};

/// A body that the report tells to have done it, beside the words that tell of the incident.
#[derive(Clone, Copy, Debug)]
pub struct Doer {
    /// Of which incident.
    pub incident: IncidentId,
    /// Who.
    pub entity: EntityId,
    /// The head of the phrase that names it.
    pub head: usize,
    /// The word of the incident in the same sentence.
    pub trigger: usize,
    /// How likely, from 0 to 1.
    pub probability: f32,
}

/// Fills the roles of the incidents; the bodies among those who did it are given back.
pub fn fill(
    ground: &Ground<'_>,
    matches: &Matches,
    mentions: &[EventMention],
    incidents: &mut Incidents,
    attributions: &[Attribution],
    weights: &RoleWeights,
) -> Vec<Doer> {
    let scenery = Scenery { ground, matches, mentions, incidents, attributions };
    let mut filled: Vec<(Candidate, Vec<Slot>)> = Vec::new();
    let mut doers = Vec::new();
    for candidate in candidates::gather(ground, incidents) {
        let features = features::features(&scenery, &candidate);
        let probabilities = weights.probabilities(features.iter().map(String::as_str));
        let slots = weights.filled(probabilities);
        if slots.contains(&Slot::Organization) {
            doers.extend(doer(ground, &candidate, probabilities[Slot::Organization as usize]));
        }
        if !slots.is_empty() {
            filled.push((candidate, slots));
        }
    }
    for (candidate, slots) in filled {
        put(ground, &mut incidents.list[candidate.incident.0], &candidate, &slots);
    }
    for attribution in attributions.iter().filter(|attribution| settles(attribution.stance)) {
        said(ground, &mut incidents.list[attribution.incident.0], attribution.actor);
    }
    doers
}

/// A candidate that is a body, where its name stands in one sentence with the incident.
fn doer(ground: &Ground<'_>, candidate: &Candidate, probability: f32) -> Option<Doer> {
    let here = candidate.occurrences.iter().filter(|at| at.after == 0);
    let at = here.min_by_key(|at| at.head.abs_diff(at.trigger))?;
    let entity = ground.entities.at(at.head)?;
    Some(Doer { incident: candidate.incident, entity, head: at.head, trigger: at.trigger, probability })
}

/// Whether a stance settles that the actor did it, as far as one report can.
const fn settles(stance: Stance) -> bool {
    match stance {
        Stance::Claims | Stance::Confirms => true,
        Stance::Accuses | Stance::Suspects | Stance::Denies | Stance::Refutes | Stance::Retracts => false,
    }
}

/// Whoever owns to it, or is found to have done it, is among those who did it.
fn said(ground: &Ground<'_>, incident: &mut Incident, actor: EntityId) {
    if incident.perpetrators.iter().any(|other| other.entity == actor) {
        return;
    }
    let entity = &ground.entities.list[actor.0];
    let kind = match entity.kind {
        EntityKind::State => PerpetratorKind::State,
        EntityKind::GovernmentBody | EntityKind::ArmedGroup | EntityKind::Organization => {
            PerpetratorKind::Organization
        }
        EntityKind::Person | EntityKind::Population | EntityKind::Facility | EntityKind::Other => {
            PerpetratorKind::Individual
        }
    };
    let mentions = entity.mentions.first().copied().into_iter().collect();
    incident.perpetrators.push(Perpetrator { entity: actor, kind, mentions });
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

/// A phrase weighed for the roles of an incident.
#[derive(Debug)]
pub struct Weighed {
    /// The incident, by its place in the reading.
    pub incident: usize,
    /// The phrase.
    pub phrase: Passage,
    /// The slot that it fills, or comes nearest to filling.
    pub slot: Slot,
    /// How likely it fills that, from 0 to 1.
    pub probability: f32,
    /// Whether that is enough.
    pub fills: bool,
    /// The features that weigh most, with their weights.
    pub reasons: Vec<(String, f32)>,
}

/// How many reasons of a phrase are told.
const REASONS: usize = 4;
/// Phrases less likely than this to fill anything are not worth telling.
const WORTH_TELLING: f32 = 0.05;

/// The phrases weighed for the roles of the incidents, the likelier first.
pub fn weigh(
    ground: &Ground<'_>,
    matches: &Matches,
    mentions: &[EventMention],
    incidents: &Incidents,
    attributions: &[Attribution],
    weights: &RoleWeights,
) -> Vec<Weighed> {
    let scenery = Scenery { ground, matches, mentions, incidents, attributions };
    let mut list = Vec::new();
    for candidate in candidates::gather(ground, incidents) {
        let features = features::features(&scenery, &candidate);
        let probabilities = weights.probabilities(features.iter().map(String::as_str));
        let filled = weights.filled(probabilities);
        let likeliest = Slot::ALL
            .iter()
            .copied()
            .max_by(|&a, &b| probabilities[a as usize].total_cmp(&probabilities[b as usize]));
        let Some(slot) = filled.first().copied().or(likeliest) else { continue };
        let probability = probabilities[slot as usize];
        let heads: Vec<usize> = candidate.occurrences.iter().map(|at| at.head).collect();
        let Some(&phrase) = phrases::usual(ground, &heads).first() else { continue };
        if probability >= WORTH_TELLING {
            list.push(Weighed {
                incident: candidate.incident.0,
                phrase,
                slot,
                probability,
                fills: filled.contains(&slot),
                reasons: weights.reasons(features.iter().map(String::as_str), slot, REASONS),
            });
        }
    }
    list.sort_by(|a, b| {
        (a.incident, b.probability)
            .partial_cmp(&(b.incident, a.probability))
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    list
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
