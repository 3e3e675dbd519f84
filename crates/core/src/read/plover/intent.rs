//! What is only intended: a deed that somebody will do is a promise or a threat; what is asked for, refused, promised or
//! threatened belongs to the asking, refusing, promising or threatening.

use super::{Draft, is_within};
use crate::analysis::Dep;
use crate::read::ground::Ground;
use crate::read::predicates::Modal;
use crate::vocabulary::{EventMode, EventType, Modality};

/// Turns intended deeds into what their announcement is, and leaves out what other events are about.
pub(super) fn settle(ground: &Ground<'_>, drafts: &mut Vec<Draft>) {
    for draft in drafts.iter_mut() {
        announce(ground, draft);
        require(ground, draft);
    }
    shape(ground, drafts);
    let heads: Vec<(usize, EventType, Option<EventMode>)> =
        drafts.iter().map(|draft| (draft.token, draft.event.kind, draft.event.mode)).collect();
    drafts.retain(|draft| {
        let about = |&(above, kind, mode): &(usize, EventType, Option<EventMode>)| {
            // "used tear gas to disperse the crowd" is one event in two words.
            let same = (kind, mode) == (draft.event.kind, draft.event.mode) && draft.event.actor.is_none();
            let takes = same || is_about_deeds(kind) || draft.event.modality == Modality::Hypothetical;
            takes && is_within(ground, draft.token, above)
        };
        // Violence that happened stays an event, whoever rejects or asks what because of it.
        draft.incident || !heads.iter().any(about)
    });
}

/// "The army will withdraw" is a promise, "the ministry will expel the envoys" a threat.
fn announce(ground: &Ground<'_>, draft: &mut Draft) {
    let modal = ground.predicates.at(draft.token).and_then(|predicate| predicate.context.modal);
    let verb = ground.clause_verb(draft.token) == Some(draft.token);
    let own = draft.event.actor.is_some() && draft.event.modality == Modality::Hypothetical;
    let intends = matches!(modal, Some(Modal::Future | Modal::Conditional));
    if !(verb && own && intends) {
        return;
    }
    let Some((kind, mode)) = announced(draft.event.kind, draft.event.mode) else { return };
    draft.event.kind = kind;
    draft.event.mode = mode;
    draft.event.modality =
        if ground.speaker_at(draft.token).is_some() { Modality::Reported } else { Modality::Asserted };
}

/// "The ministry said that the rebels must release the crew": what another must do is asked of them.
fn require(ground: &Ground<'_>, draft: &mut Draft) {
    let must = |child: usize| matches!(&*ground.analysis.tokens[child].lower, "must" | "should");
    let required = ground.analysis.children_by(draft.token, &[Dep::Aux]).any(must);
    let speaker = ground.speaker_at(draft.token).filter(|_| required && !is_about_deeds(draft.event.kind));
    let event = &mut draft.event;
    if speaker.is_some() && event.actor.is_some() && speaker != event.actor {
        event.recipient = event.actor;
        event.actor = speaker;
        event.mode = asked(event.kind);
        event.kind = EventType::Request;
        event.modality = Modality::Asserted;
    }
}

/// As what a deed counts whose doer announces it.
const fn announced(kind: EventType, mode: Option<EventMode>) -> Option<(EventType, Option<EventMode>)> {
    match kind {
        EventType::Agree
        | EventType::Request
        | EventType::Accuse
        | EventType::Reject
        | EventType::Threaten
        | EventType::Protest => None,
        EventType::Consult
        | EventType::Support
        | EventType::Concede
        | EventType::Cooperate
        | EventType::Aid
        | EventType::Retreat => Some((EventType::Agree, None)),
        EventType::Sanction | EventType::Mobilize | EventType::Coerce | EventType::Assault => {
            Some((EventType::Threaten, threatened(kind, mode)))
        }
    }
}

/// How one threatens with a deed.
const fn threatened(kind: EventType, mode: Option<EventMode>) -> Option<EventMode> {
    match (kind, mode) {
        (EventType::Assault | EventType::Mobilize, _) => Some(EventMode::Violence),
        (_, Some(EventMode::Expel)) => Some(EventMode::Expel),
        (EventType::Sanction, _) => Some(EventMode::Relations),
        (EventType::Coerce, Some(EventMode::Ban)) => Some(EventMode::Ban),
        (EventType::Coerce, Some(EventMode::Arrest)) => Some(EventMode::Arrest),
        (EventType::Coerce, Some(EventMode::Seize)) => Some(EventMode::Territory),
        (EventType::Coerce, _) => Some(EventMode::Restrict),
        (_, _) => None,
    }
}

/// What somebody asks, refuses, promises or threatens tells how: a refusal to meet, a request for help. Who is ready to do
/// harm does not promise but threaten.
fn shape(ground: &Ground<'_>, drafts: &mut [Draft]) {
    let deeds: Vec<(usize, EventType, Option<EventMode>)> =
        drafts.iter().map(|draft| (draft.token, draft.event.kind, draft.event.mode)).collect();
    for draft in drafts.iter_mut().filter(|draft| is_about_deeds(draft.event.kind)) {
        let inside = |&&(token, _, _): &&(usize, EventType, Option<EventMode>)| {
            is_within(ground, token, draft.token) && draft.clause.is_none_or(|clause| clause == token)
        };
        let Some(&(_, kind, mode)) = deeds.iter().find(inside) else { continue };
        let event = &mut draft.event;
        match event.kind {
            EventType::Agree => {
                if let Some((EventType::Threaten, mode)) =
                    announced(kind, mode).filter(|_| draft.clause.is_some())
                {
                    event.kind = EventType::Threaten;
                    event.mode = mode;
                }
            }
            EventType::Threaten => event.mode = event.mode.or(threatened(kind, mode)),
            EventType::Request | EventType::Reject => event.mode = event.mode.or(asked(kind)),
            EventType::Consult
            | EventType::Support
            | EventType::Concede
            | EventType::Cooperate
            | EventType::Aid
            | EventType::Retreat
            | EventType::Accuse
            | EventType::Protest
            | EventType::Sanction
            | EventType::Mobilize
            | EventType::Coerce
            | EventType::Assault => {}
        }
    }
}

/// Of which kind a request or refusal is that is about a deed.
const fn asked(kind: EventType) -> Option<EventMode> {
    match kind {
        EventType::Aid | EventType::Cooperate | EventType::Support => Some(EventMode::Assist),
        EventType::Consult => Some(EventMode::Meet),
        EventType::Retreat | EventType::Sanction | EventType::Coerce | EventType::Assault => {
            Some(EventMode::Yield)
        }
        EventType::Concede => Some(EventMode::Change),
        EventType::Agree
        | EventType::Request
        | EventType::Accuse
        | EventType::Reject
        | EventType::Threaten
        | EventType::Protest
        | EventType::Mobilize => None,
    }
}

/// Whether events of this type are about what somebody shall or will do.
const fn is_about_deeds(kind: EventType) -> bool {
    match kind {
        EventType::Agree | EventType::Request | EventType::Reject | EventType::Threaten => true,
        EventType::Consult
        | EventType::Support
        | EventType::Concede
        | EventType::Cooperate
        | EventType::Aid
        | EventType::Retreat
        | EventType::Accuse
        | EventType::Protest
        | EventType::Sanction
        | EventType::Mobilize
        | EventType::Coerce
        | EventType::Assault => false,
    }
}
