//! Threats and vows: harm that somebody announces.

use crate::document::Passage;
use crate::read::events::Put;
use crate::read::frames::{Found, Meaning, Need, Role};
use crate::read::ground::{Ground, Matches};
use crate::read::phrase;
use crate::reading::{EntityId, Threat};
use crate::text::Span;
use crate::vocabulary::Modality;

/// The threats of a report, one for each speaker.
pub fn find(ground: &Ground<'_>, matches: &Matches) -> Vec<Threat> {
    let mut threats: Vec<Threat> = Vec::new();
    for found in &matches.others {
        if ground.book.get(found.frame).meaning != Meaning::Threat {
            continue;
        }
        let put = Put::of(ground, matches, found.trigger);
        let announced = ground.book.get(found.frame).needs == Some(Need::Future);
        if put.modality == Modality::Negated || (put.modality == Modality::Hypothetical && !announced) {
            continue;
        }
        // A threat of which nobody is said to be the author ("in the face of such threats") is talk about threats.
        let Some(speaker) = found.first(Role::Speaker).and_then(|token| ground.entities.at(token)) else {
            continue;
        };
        // "They will strike" announces harm where those who will strike say so.
        if announced && ground.speaker_at(found.trigger).is_none_or(|voice| !are_one(ground, voice, speaker))
        {
            continue;
        }
        let speaker = ground.entities.part_of(speaker).unwrap_or(speaker);
        join(&mut threats, threat(ground, found, speaker), speaker);
    }
    threats
}

fn are_one(ground: &Ground<'_>, one: EntityId, other: EntityId) -> bool {
    let of = |id: EntityId| ground.entities.part_of(id).unwrap_or(id);
    of(one) == of(other)
}

/// Threats of one speaker are one threat with several places of evidence.
fn join(threats: &mut Vec<Threat>, threat: Threat, speaker: EntityId) {
    match threats.iter_mut().find(|other| other.speaker == Some(speaker)) {
        Some(other) => {
            other.target = other.target.take().or(threat.target);
            other.action = other.action.take().or(threat.action);
            other.condition = other.condition.take().or(threat.condition);
            let new = threat.evidence.into_iter().filter(|passage| !other.evidence.contains(passage));
            other.evidence.extend(new.collect::<Vec<_>>());
        }
        None => threats.push(threat),
    }
}

fn threat(ground: &Ground<'_>, found: &Found, speaker: EntityId) -> Threat {
    let own = (ground.book.get(found.frame).needs == Some(Need::Future)).then_some(found.trigger);
    let harm = found.first(Role::Harm).or_else(|| found.first(Role::Clause)).or(own);
    let target = found
        .first(Role::Target)
        .or_else(|| harm.and_then(|harm| against(ground, harm)))
        .map(|token| ground.text(ground.passage(phrase::naming(ground.analysis, token))).to_owned());
    let action = harm.map(|token| ground.text(action(ground, token)).to_owned());
    Threat {
        speaker: Some(speaker),
        target,
        action,
        condition: condition(ground, found),
        said_on: None,
        evidence: vec![evidence(ground, found, harm)],
        trace: ground.trace(found),
    }
}

/// Against whom the harm is: its object or what stands after "against", "on", "at", "in".
fn against(ground: &Ground<'_>, harm: usize) -> Option<usize> {
    use crate::read::predicates::Slot;
    let predicate = ground.predicates.at(harm)?;
    let after = |words: &[&str]| {
        predicate
            .prepositional()
            .find(|&(preposition, _, _)| words.contains(&&*ground.analysis.tokens[preposition].lower))
            .map(|(_, object, _)| object)
    };
    predicate
        .first(Slot::Object)
        .or_else(|| after(&["against", "on", "at", "upon", "towards", "toward"]))
        .or_else(|| after(&["in", "inside"]))
}

/// The words of what is announced, to the end of its own phrase but without further clauses.
fn action(ground: &Ground<'_>, harm: usize) -> Passage {
    let mut span = phrase::naming(ground.analysis, harm);
    let below = ground.analysis.subtree(harm);
    let sentence = ground.analysis.sentences[ground.analysis.tokens[harm].sentence].tokens;
    let until = (span.end..below.end.min(sentence.end))
        .find(|&at| matches!(&*ground.analysis.tokens[at].lower, "," | ";" | ":" | "—" | "\"" | "”"))
        .unwrap_or(below.end);
    span.end = span.end.max(until);
    ground.passage(span)
}

fn condition(ground: &Ground<'_>, found: &Found) -> Option<String> {
    let sentence = ground.analysis.sentences[ground.analysis.tokens[found.trigger].sentence].tokens;
    let marks = |&at: &usize| matches!(&*ground.analysis.tokens[at].lower, "if" | "unless" | "until");
    let mark = sentence.range().filter(|&at| at > found.trigger).find(marks)?;
    let clause = ground.analysis.tokens[mark].head;
    let span = ground.analysis.subtree(clause);
    let span = Span::new(span.start.max(mark), span.end);
    (!span.is_empty()).then(|| ground.text(ground.passage(span)).to_owned())
}

/// From the word that announces to the end of what is announced.
fn evidence(ground: &Ground<'_>, found: &Found, harm: Option<usize>) -> Passage {
    let own = ground.evidence(found);
    let Some(harm) = harm else { return own };
    let action = action(ground, harm);
    if own.field == action.field {
        Passage { field: own.field, span: own.span.cover(action.span) }
    } else {
        own
    }
}
