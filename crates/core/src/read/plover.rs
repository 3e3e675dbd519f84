//! Events between actors, by the PLOVER ontology: who does what to whom, in one sentence.

use smol_str::SmolStr;

use crate::read::events::{self, EventMention, Put};
use crate::read::frames::{Found, FrameBook, Meaning, Role, Scene};
use crate::read::ground::{Ground, Matches};
use crate::reading::{EntityId, Event, Reading, Trace};
use crate::text::Span;
use crate::time::attach::first_days;
use crate::vocabulary::{EventType, IncidentType, Modality};

/// The events of a report, in order: those that the frames of events tell, and its incidents as assaults.
pub fn find(
    ground: &Ground<'_>,
    matches: &Matches,
    mentions: &[EventMention],
    book: &FrameBook,
) -> Vec<Event> {
    let scene = Scene {
        analysis: ground.analysis,
        predicates: ground.predicates,
        entities: ground.entities,
        book,
        events: vec![false; ground.analysis.tokens.len()],
    };
    let told = |at: usize| mentions.iter().any(|mention| mention.token == at && mention.happened());
    let mut found: Vec<(usize, Event)> = Vec::new();
    for one in scene.find(|id| matches!(book.get(id).meaning, Meaning::Event(_))) {
        let Meaning::Event(kind) = book.get(one.frame).meaning else { continue };
        // What is told as an incident is an assault already; of several frames at one word the fullest counts.
        if told(one.trigger) || !is_by_somebody(ground, &one) {
            continue;
        }
        let event = event(ground, matches, book, &one, kind);
        match found.iter_mut().find(|(at, _)| *at == one.trigger) {
            Some(other) if fullness(&other.1) < fullness(&event) => other.1 = event,
            Some(_) => {}
            None => found.push((one.trigger, event)),
        }
    }
    for mention in mentions.iter().filter(|mention| mention.happened()) {
        found.push((mention.token, assault(ground, mention)));
    }
    found.sort_by_key(|&(at, _)| at);
    found.into_iter().map(|(_, event)| event).collect()
}

/// Whether somebody does it: a road that meets a river is no event between actors.
fn is_by_somebody(ground: &Ground<'_>, found: &Found) -> bool {
    let doer = found.first(Role::Actor).or_else(|| found.first(Role::Thing));
    doer.is_none_or(|doer| ground.entities.at(doer).is_some() || events::is_human(ground, doer))
}

/// How many of its parts are known.
fn fullness(event: &Event) -> usize {
    usize::from(event.actor.is_some()) + usize::from(event.recipient.is_some())
}

fn event(ground: &Ground<'_>, matches: &Matches, book: &FrameBook, found: &Found, kind: EventType) -> Event {
    let entity = |role: Role| found.all(role).find_map(|token| ground.entities.at(token));
    let actor = entity(Role::Actor).or_else(|| ground.speaker_at(found.trigger));
    let put = Put::of(ground, matches, found.trigger);
    let (places, times) = events::setting(ground, found);
    Event {
        kind,
        mode: book.get(found.frame).mode.clone(),
        actor,
        recipient: entity(Role::Recipient).filter(|&recipient| Some(recipient) != actor),
        date: first_days(ground.times, times),
        place: places.first().map(|&at| ground.places[at].clone()),
        modality: put.modality,
        evidence: vec![ground.evidence(found)],
        trace: Trace {
            rule: book.get(found.frame).id.clone(),
            trigger: ground.analysis.passage(Span::new(found.trigger, found.trigger + 1)),
        },
    }
}

fn assault(ground: &Ground<'_>, mention: &EventMention) -> Event {
    let entity =
        |list: &[usize]| -> Option<EntityId> { list.iter().find_map(|&token| ground.entities.at(token)) };
    Event {
        kind: EventType::Assault,
        mode: mode(mention.kind).map(SmolStr::new_static),
        actor: entity(&mention.perpetrators),
        recipient: entity(&mention.victims).or_else(|| entity(&mention.targets)),
        date: first_days(ground.times, mention.times.iter().copied()),
        place: mention.places.first().map(|&at| ground.places[at].clone()),
        modality: if mention.modality == Modality::Reported {
            Modality::Reported
        } else {
            Modality::Asserted
        },
        evidence: vec![ground.evidence(&mention.found)],
        trace: ground.trace(&mention.found),
    }
}

/// The mode of an assault, where PLOVER has one for what was done.
const fn mode(kind: IncidentType) -> Option<&'static str> {
    match kind {
        IncidentType::Bombing => Some("explosives"),
        IncidentType::SuicideBombing => Some("suicide-attack"),
        IncidentType::ArmedAssault => Some("firearms"),
        IncidentType::Assassination => Some("assassinate"),
        IncidentType::Stabbing => Some("primitive"),
        IncidentType::HostageTaking | IncidentType::Kidnapping => Some("abduct"),
        IncidentType::MissileOrAirStrike => Some("heavy-weapons"),
        IncidentType::ChemicalAttack => Some("cbr"),
        IncidentType::VehicleRamming
        | IncidentType::Hijacking
        | IncidentType::Arson
        | IncidentType::Sabotage
        | IncidentType::CyberAttack
        | IncidentType::Unknown => None,
    }
}

/// The event that a short report tells above all: the first that is not merely possible, else the first.
pub fn main(reading: &Reading) -> Option<&Event> {
    let possible = |event: &&Event| event.modality == Modality::Hypothetical;
    reading.events.iter().find(|event| !possible(event)).or_else(|| reading.events.first())
}
