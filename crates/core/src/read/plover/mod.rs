//! Political events in the PLOVER ontology (Open Event Data Alliance, 2023): who does what to whom.
//!
//! Words for them are frames of `knowledge/events`; violence, accusations and threats that were read already are events
//! too. What is asked for, refused, promised or threatened is no event of its own: "demanded the release" is a request.

mod intent;

use crate::analysis::{Dep, Pos};
use crate::document::Passage;
use crate::read::events::{self, EventMention, Put};
use crate::read::frames::{Found, FrameBook, Meaning, Role, Scene};
use crate::read::ground::{Ground, Matches};
use crate::read::predicates::Slot;
use crate::reading::{Attribution, EntityId, EntityKind, Event, Reading, Threat, Trace};
use crate::text::Span;
use crate::time::attach::first_days;
use crate::vocabulary::{EventMode, EventType, IncidentType, Modality, Stance};

/// An event with the words that tell of it.
struct Draft {
    event: Event,
    /// The token by which it was recognised.
    token: usize,
    /// What it is about, where that is a deed: a clause, an infinitive.
    clause: Option<usize>,
    /// Whether it is an incident of the report.
    incident: bool,
    /// How much of its frame stands there.
    fullness: usize,
}

impl Draft {
    /// What is told as an incident is violence; its frame of events says more of how it was done.
    fn complete(&mut self, incident: Draft) {
        if self.event.kind != incident.event.kind {
            *self = incident;
            return;
        }
        let (own, read) = (&mut self.event, incident.event);
        own.mode = own.mode.or(read.mode);
        own.actor = own.actor.or(read.actor);
        own.recipient = own.recipient.or(read.recipient);
        own.date = own.date.or(read.date);
        own.place = own.place.take().or(read.place);
        own.modality = read.modality;
        self.incident = true;
    }
}

/// The political events of a report, sentence by sentence, in each sentence the main clause first: those that the frames
/// of `book` tell, with its violence, accusations and threats.
pub fn find(
    ground: &Ground<'_>,
    matches: &Matches,
    mentions: &[EventMention],
    (attributions, threats): (&[Attribution], &[Threat]),
    book: &FrameBook,
) -> Vec<Event> {
    let mut drafts: Vec<Draft> = Vec::new();
    for found in frames(ground, book) {
        if let Some(draft) = told(ground, matches, book, &found) {
            keep_fuller(&mut drafts, draft);
        }
    }
    let happened = mentions.iter().filter(|mention| mention.happened());
    let read = happened.map(|mention| violence(ground, mention));
    let read = read.chain(attributions.iter().filter_map(|act| accusation(ground, act)));
    for draft in read.chain(threats.iter().filter_map(|threat| announcement(ground, threat))) {
        match drafts.iter_mut().find(|other| other.token == draft.token) {
            Some(other) if draft.incident => other.complete(draft),
            Some(_) => {}
            None => drafts.push(draft),
        }
    }
    // Nameless crowds protest; other deeds need somebody who does or suffers them.
    drafts.retain(|draft| {
        let Event { kind, actor, recipient, .. } = &draft.event;
        *kind == EventType::Protest || draft.incident || actor.is_some() || recipient.is_some()
    });
    intent::settle(ground, &mut drafts);
    drafts.sort_by_key(|draft| {
        (ground.analysis.tokens[draft.token].sentence, ground.above(draft.token).count(), draft.token)
    });
    drafts.into_iter().map(|draft| draft.event).collect()
}

/// The frames of events found in a document.
pub fn frames(ground: &Ground<'_>, book: &FrameBook) -> Vec<Found> {
    let scene = Scene {
        analysis: ground.analysis,
        predicates: ground.predicates,
        entities: ground.entities,
        book,
        events: vec![false; ground.analysis.tokens.len()],
    };
    scene.find(|id| matches!(book.get(id).meaning, Meaning::Event(_)))
}

/// The event that a short report tells above all: the first that is not merely possible, else the first.
pub fn main(reading: &Reading) -> Option<&Event> {
    let possible = |event: &&Event| event.modality == Modality::Hypothetical;
    reading.events.iter().find(|event| !possible(event)).or_else(|| reading.events.first())
}

/// Of several frames at one word the one counts of which most stands there.
fn keep_fuller(drafts: &mut Vec<Draft>, draft: Draft) {
    match drafts.iter_mut().find(|other| other.token == draft.token) {
        Some(other) if other.fullness < draft.fullness => *other = draft,
        Some(_) => {}
        None => drafts.push(draft),
    }
}

fn told(ground: &Ground<'_>, matches: &Matches, book: &FrameBook, found: &Found) -> Option<Draft> {
    let frame = book.get(found.frame);
    let Meaning::Event(kind) = frame.meaning else { return None };
    let mut actors = found.all(Role::Actor).filter_map(|token| somebody(ground, token));
    let actor = actors.next().or_else(|| crowd(ground, found));
    if actor.is_none() && found.first(Role::Actor).is_some() {
        return None;
    }
    let recipient = found.all(Role::Recipient).find_map(|token| somebody(ground, token));
    let recipient = recipient.filter(|_| recipient != actor);
    // "Israel and Lebanon resumed talks": each of several actors does it to the other.
    let recipient = recipient.or_else(|| concerned(ground, found, actor)).or_else(|| actors.next());
    let put = Put::of(ground, matches, found.trigger);
    let (places, times) = events::setting(ground, found);
    let event = Event {
        kind,
        mode: frame.mode,
        actor,
        recipient,
        date: first_days(ground.times, times),
        place: places.first().map(|&at| ground.places[at].clone()),
        modality: put.modality,
        evidence: vec![ground.evidence(found)],
        trace: Trace {
            rule: frame.id.clone(),
            trigger: ground.analysis.passage(Span::new(found.trigger, found.trigger + 1)),
        },
    };
    let fullness = found.words.len() + found.roles.len();
    Some(Draft { event, token: found.trigger, clause: found.first(Role::Clause), incident: false, fullness })
}

/// Whom the words below the event name first: "rejected the demand of the opposition".
fn concerned(ground: &Ground<'_>, found: &Found, actor: Option<EntityId>) -> Option<EntityId> {
    let below = ground.analysis.subtree(found.trigger).range().filter(|&at| at > found.trigger);
    let others: Vec<(usize, EntityId)> = below
        .filter_map(|at| somebody(ground, at).map(|id| (at, id)))
        .filter(|&(_, id)| Some(id) != actor)
        .collect();
    let named = |&&(at, _): &&(usize, EntityId)| ground.analysis.tokens[at].pos == Pos::Propn;
    others.iter().find(named).or(others.first()).map(|&(_, id)| id)
}

/// Who acts where the subject only counts them or stands for the speaker: "thousands of students", "said that it".
fn crowd(ground: &Ground<'_>, found: &Found) -> Option<EntityId> {
    let subject = ground.predicates.at(found.trigger)?.first(Slot::Subject)?;
    if ground.analysis.tokens[subject].pos == Pos::Pron {
        return ground.speaker_at(found.trigger);
    }
    let counted = ground
        .predicates
        .at(subject)?
        .prepositional()
        .find(|&(preposition, _, _)| &*ground.analysis.tokens[preposition].lower == "of");
    counted.and_then(|(_, object, _)| somebody(ground, object))
}

/// The entity at a token, where it is one that can act: by its kind, by the word for it or by having a name.
fn somebody(ground: &Ground<'_>, token: usize) -> Option<EntityId> {
    let id = ground.entities.at(token)?;
    let proper = |at: usize| ground.analysis.tokens[at].pos == Pos::Propn;
    let named = proper(token) || ground.analysis.children_by(token, &[Dep::Compound]).any(proper);
    let acts = can_act(ground.entities.list[id.0].kind) || events::is_human(ground, token);
    (named || acts).then_some(id)
}

const fn can_act(kind: EntityKind) -> bool {
    match kind {
        EntityKind::Person
        | EntityKind::State
        | EntityKind::GovernmentBody
        | EntityKind::ArmedGroup
        | EntityKind::Organization
        | EntityKind::Population => true,
        EntityKind::Facility | EntityKind::Other => false,
    }
}

/// Violence of the report is an assault, an attack by computer network coercion.
fn violence(ground: &Ground<'_>, mention: &EventMention) -> Draft {
    let kind = if mention.kind == IncidentType::CyberAttack { EventType::Coerce } else { EventType::Assault };
    let entity =
        |list: &[usize]| -> Option<EntityId> { list.iter().find_map(|&token| ground.entities.at(token)) };
    let event = Event {
        kind,
        mode: mode(mention.kind),
        actor: entity(&mention.perpetrators),
        recipient: entity(&mention.victims).or_else(|| entity(&mention.targets)),
        date: first_days(ground.times, mention.times.iter().copied()),
        place: mention.places.first().map(|&at| ground.places[at].clone()),
        modality: mention.modality,
        evidence: vec![ground.evidence(&mention.found)],
        trace: ground.trace(&mention.found),
    };
    Draft { event, token: mention.token, clause: None, incident: true, fullness: 0 }
}

/// The mode of violence, where PLOVER has one for what was done.
const fn mode(kind: IncidentType) -> Option<EventMode> {
    match kind {
        IncidentType::Bombing => Some(EventMode::Explosives),
        IncidentType::SuicideBombing => Some(EventMode::SuicideAttack),
        IncidentType::Assassination => Some(EventMode::Assassinate),
        IncidentType::VehicleRamming
        | IncidentType::Stabbing
        | IncidentType::Arson
        | IncidentType::ChemicalAttack => Some(EventMode::Primitive),
        IncidentType::HostageTaking | IncidentType::Kidnapping | IncidentType::Hijacking => {
            Some(EventMode::Abduct)
        }
        IncidentType::MissileOrAirStrike => Some(EventMode::HeavyWeapons),
        IncidentType::Sabotage => Some(EventMode::Destroy),
        IncidentType::CyberAttack => Some(EventMode::Cyber),
        IncidentType::ArmedAssault | IncidentType::Unknown => None,
    }
}

/// Who says that somebody did it accuses them.
fn accusation(ground: &Ground<'_>, act: &Attribution) -> Option<Draft> {
    let accuses = matches!(act.stance, Stance::Accuses | Stance::Suspects);
    let speaker = act.speaker.filter(|_| accuses)?;
    spoken(ground, EventType::Accuse, EventMode::Allege, speaker, Some(act.actor), &act.evidence, &act.trace)
}

/// Announced harm is a threat.
fn announcement(ground: &Ground<'_>, threat: &Threat) -> Option<Draft> {
    let speaker = threat.speaker?;
    let mut draft = spoken(
        ground,
        EventType::Threaten,
        EventMode::Violence,
        speaker,
        None,
        &threat.evidence,
        &threat.trace,
    )?;
    let below = ground.analysis.subtree(draft.token).range();
    let named = below.filter(|&at| at > draft.token).filter_map(|at| ground.entities.at(at));
    draft.event.recipient = { named }.find(|&id| id != speaker);
    Some(draft)
}

fn spoken(
    ground: &Ground<'_>,
    kind: EventType,
    mode: EventMode,
    actor: EntityId,
    recipient: Option<EntityId>,
    evidence: &[Passage],
    trace: &Trace,
) -> Option<Draft> {
    let token = token_at(ground, trace.trigger)?;
    let event = Event {
        kind,
        mode: Some(mode),
        actor: Some(actor),
        recipient,
        date: None,
        place: None,
        modality: Modality::Asserted,
        evidence: evidence.to_vec(),
        trace: trace.clone(),
    };
    Some(Draft { event, token, clause: None, incident: false, fullness: 0 })
}

fn token_at(ground: &Ground<'_>, passage: Passage) -> Option<usize> {
    ground
        .analysis
        .tokens
        .iter()
        .position(|token| token.field == passage.field && token.span.start == passage.span.start)
}

/// Whether one word stands below another within one thought: not in a relative or adverbial clause of its own.
fn is_within(ground: &Ground<'_>, token: usize, above: usize) -> bool {
    let mut at = token;
    while at != above {
        let word = &ground.analysis.tokens[at];
        let apart = matches!(word.dep, Dep::Relcl | Dep::Advcl) && matches!(word.pos, Pos::Verb | Pos::Aux);
        if word.head == at || apart {
            return false;
        }
        at = word.head;
    }
    token != above
}
