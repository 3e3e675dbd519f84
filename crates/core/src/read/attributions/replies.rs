//! Replies to an attribution made before: "a claim that was disproven", "rejected the accusation".

use super::contents::rules_out;
use super::{Act, Reader};
use crate::analysis::Dep;
use crate::read::events::Put;
use crate::read::frames::{Found, Meaning, Need, Role};
use crate::vocabulary::{Modality, Stance};

/// How many sentences back a reply may reach.
const REACH_SENTENCES: usize = 3;

/// Adds the acts of replies; `acts` is in order of the text.
pub(super) fn find(reader: &Reader<'_>, acts: &mut Vec<Act>) {
    let mut replies = Vec::new();
    for found in &reader.matches.others {
        let Meaning::Reply(stance) = reader.ground.book.get(found.frame).meaning else { continue };
        let put = Put::of(reader.ground, reader.matches, found.trigger);
        let frame = reader.ground.book.get(found.frame);
        let asked_for = frame.needs == Some(Need::Negated) && put.modality == Modality::Negated;
        if matches!(put.modality, Modality::Negated | Modality::Hypothetical) && !asked_for {
            continue;
        }
        let Some(claim) = found.first(Role::Claim) else { continue };
        let Some(answered) = answered(reader, acts, found, claim) else { continue };
        let speaker = found
            .first(Role::Speaker)
            .and_then(|token| reader.ground.entities.at(token))
            .or_else(|| reader.ground.said_by(found.trigger));
        let accused = reader.meant(speaker, answered.actor, false);
        // Nobody refutes oneself by denying: what the accused says against it is a denial.
        let oneself = speaker.is_some_and(|speaker| reader.speaks_for(speaker, accused));
        let stance = match stance {
            Stance::Refutes if oneself => Stance::Denies,
            Stance::Denies if !oneself && rules_out(reader, speaker, accused) => Stance::Refutes,
            other => other,
        };
        replies.push(Act {
            token: found.trigger,
            incident: answered.incident,
            stance,
            speaker,
            actor: accused,
            certainty: reader.ground.book.get(found.frame).certainty,
            evidence: reader.ground.evidence(found),
            trace: reader.ground.trace(found),
            only_answered: false,
        });
    }
    acts.extend(replies);
}

/// The attribution that a reply answers: the one that the word itself tells of ("the claim that they did it"), the
/// one to whose words it stands in apposition, else the last one before it.
fn answered<'a>(reader: &Reader<'_>, acts: &'a [Act], found: &Found, claim: usize) -> Option<&'a Act> {
    let asserts = |act: &&Act| matches!(act.stance, Stance::Accuses | Stance::Suspects | Stance::Claims);
    let analysis = reader.ground.analysis;
    let told = |act: &&Act| {
        let path = std::iter::once(act.token).chain(reader.ground.above(act.token));
        let mut path = path.take_while(|&at| at != claim);
        analysis.is_below(act.token, claim)
            && path.all(|at| !matches!(analysis.tokens[at].dep, Dep::Relcl | Dep::Advcl))
    };
    if let Some(own) = acts.iter().filter(asserts).find(told) {
        return Some(own);
    }
    let sentence = analysis.tokens[found.trigger].sentence;
    let near = |act: &&Act| {
        let there = analysis.tokens[act.token].sentence;
        act.token < claim && sentence - there <= REACH_SENTENCES
    };
    let apposed = analysis.tokens[claim].dep == Dep::Appos;
    // A claim of responsibility is seldom what a reply speaks of; an accusation is.
    let accuses = |act: &&Act| act.stance != Stance::Claims;
    let before = || acts.iter().filter(asserts).filter(near);
    let same_sentence = |act: &&Act| analysis.tokens[act.token].sentence == sentence;
    before()
        .rfind(same_sentence)
        .filter(|_| apposed)
        .or_else(|| before().rfind(accuses))
        .or_else(|| before().next_back())
}
