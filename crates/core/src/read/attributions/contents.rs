//! What somebody says of who did it: "police said that the group had bombed the bridge". The stance follows from who
//! says it of whom, and how.

use super::{Act, Reader};
use crate::analysis::Pos;
use crate::read::events::Put;
use crate::read::frames::{Class, Found, Meaning, Role};
use crate::read::statements::{CueKind, StatementId, Voice};
use crate::reading::{EntityId, EntityKind};
use crate::vocabulary::{Modality, Stance};

/// What is told of one actor.
struct Content<'a> {
    found: &'a Found,
    actor: EntityId,
    negated: bool,
    hedged: bool,
    /// Whether the words speak of responsibility as such, not of the deed ("was behind it", not "bombed it").
    explicit: bool,
}

/// Adds the acts that lie in what is said of actors.
pub(super) fn find(reader: &Reader<'_>, acts: &mut Vec<Act>) {
    for found in reader.matches.others.iter().chain(&reader.matches.incidents) {
        let (role, negated, hedged, explicit) = match reader.ground.book.get(found.frame).meaning {
            Meaning::Responsibility { negated, hedged } => (Role::Actor, negated, hedged, true),
            Meaning::Incident { .. } => (Role::Perpetrator, false, false, false),
            Meaning::Course
            | Meaning::Casualty(_)
            | Meaning::Attribution(_)
            | Meaning::Stage(_)
            | Meaning::Modality(_)
            | Meaning::Warning
            | Meaning::Threat
            | Meaning::Reply(_) => continue,
        };
        // What a word of accusation embeds is said by its frame ("accused them of bombing").
        if is_embedded_in_act(reader, found.trigger) {
            continue;
        }
        let mut actors: Vec<EntityId> =
            found.all(role).filter_map(|token| reader.ground.entities.at(token)).collect();
        actors.dedup();
        for actor in actors {
            acts.extend(act(reader, &Content { found, actor, negated, hedged, explicit }));
        }
    }
}

fn is_embedded_in_act(reader: &Reader<'_>, token: usize) -> bool {
    reader.matches.others.iter().any(|found| {
        matches!(reader.ground.book.get(found.frame).meaning, Meaning::Attribution(_))
            && found
                .roles
                .iter()
                .any(|&(role, other, _)| other == token && matches!(role, Role::Incident | Role::Clause))
    })
}

fn act(reader: &Reader<'_>, content: &Content<'_>) -> Option<Act> {
    let ground = reader.ground;
    let put = Put::of(ground, reader.matches, content.found.trigger);
    let voice = ground.statements.voice_at(content.found.trigger);
    let (speaker, stance) = match voice {
        Voice::Outlet => (None, own_voice(reader, content, &put)?),
        Voice::Source(id) => {
            let act = ground.statements.act(id);
            if act.negated || act.possible {
                return None;
            }
            (act.speaker, stance(reader, content, &put, id)?)
        }
    };
    Some(Act {
        token: content.found.trigger,
        incident: reader.incident(content.found, 2)?,
        stance,
        speaker,
        actor: content.actor,
        certainty: ground.book.get(content.found.frame).certainty,
        evidence: ground.evidence(content.found),
        trace: ground.trace(content.found),
    })
}

/// The outlet's own voice attributes only where it speaks of responsibility, and of somebody with a name.
fn own_voice(reader: &Reader<'_>, content: &Content<'_>, put: &Put) -> Option<Stance> {
    let kind = reader.ground.entities.list[content.actor.0].kind;
    let named = matches!(
        kind,
        EntityKind::ArmedGroup | EntityKind::State | EntityKind::GovernmentBody | EntityKind::Organization
    );
    if !content.explicit || !named || put.modality == Modality::Hypothetical {
        return None;
    }
    Some(match (content.negated || put.modality == Modality::Negated, content.hedged || put.hedged) {
        (true, _) => Stance::Refutes,
        (false, true) => Stance::Suspects,
        (false, false) => Stance::Accuses,
    })
}

fn stance(reader: &Reader<'_>, content: &Content<'_>, put: &Put, id: StatementId) -> Option<Stance> {
    let ground = reader.ground;
    let act = ground.statements.act(id);
    let denied = act.kind == CueKind::Deny;
    let own_negation = put.modality == Modality::Negated && !denied;
    let oneself = act.speaker.is_some_and(|speaker| reader.are_one(speaker, content.actor));
    let negated = content.negated || own_negation;
    if denied || negated {
        return (denied != negated).then_some(Stance::Denies);
    }
    if oneself {
        return (put.modality != Modality::Hypothetical).then_some(Stance::Claims);
    }
    match act.kind {
        CueKind::Ask | CueKind::Want | CueKind::Judge | CueKind::Deny => None,
        CueKind::Think | CueKind::Seem => Some(Stance::Suspects),
        CueKind::Say if content.hedged || put.hedged => Some(Stance::Suspects),
        CueKind::Say if put.modality == Modality::Hypothetical => {
            may_have_been(reader, content).then_some(Stance::Suspects)
        }
        CueKind::Say if is_finding(reader, id) => Some(Stance::Confirms),
        CueKind::Say => Some(Stance::Accuses),
    }
}

/// "may have been behind it" suspects; "would be behind it" says nothing.
fn may_have_been(reader: &Reader<'_>, content: &Content<'_>) -> bool {
    use crate::read::predicates::Modal;
    let trigger = content.found.trigger;
    std::iter::once(trigger)
        .chain(reader.ground.above(trigger).take(2))
        .any(|at| reader.ground.predicates.at(at).is_some_and(|p| p.context.modal == Some(Modal::Possible)))
}

/// Whether a court, an inquiry or another body that settles such matters has found it.
fn is_finding(reader: &Reader<'_>, id: StatementId) -> bool {
    let act = reader.ground.statements.act(id);
    let (Some(cue), Some(source)) = (act.cue, act.source) else { return false };
    let finder = |token: usize| reader.ground.book.is(&reader.ground.lemma(token), Class::Finder);
    let words = crate::read::phrase::naming(reader.ground.analysis, source);
    let concludes = matches!(
        &*reader.ground.lemma(cue),
        "conclude" | "find" | "establish" | "determine" | "rule" | "convict" | "confirm" | "prove"
    );
    concludes && words.range().any(|at| reader.ground.analysis.tokens[at].pos != Pos::Det && finder(at))
}
