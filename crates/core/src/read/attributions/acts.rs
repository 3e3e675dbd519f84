//! Speech acts that a word names: "claimed responsibility", "blamed", "the accusation".

use super::{Act, Reader, retractions};
use crate::analysis::{Dep, Pos};
use crate::read::events::Put;
use crate::read::frames::{Class, Found, Meaning, Need, Role, is_mutual};
use crate::read::predicates::Slot;
use crate::reading::EntityId;
use crate::vocabulary::{Modality, Stance};

/// The speech acts of frames that name one.
pub(super) fn find(reader: &Reader<'_>) -> Vec<Act> {
    let mut acts = Vec::new();
    for found in &reader.matches.others {
        let Meaning::Attribution(stance) = reader.ground.book.get(found.frame).meaning else { continue };
        let put = Put::of(reader.ground, reader.matches, found.trigger);
        let frame = reader.ground.book.get(found.frame);
        let asked_for = frame.needs == Some(Need::Negated) && put.modality == Modality::Negated;
        let asserts = matches!(stance, Stance::Accuses | Stance::Suspects | Stance::Confirms);
        let recall = retractions::of(reader, found.trigger).filter(|_| asserts);
        let idle = put.modality == Modality::Negated && asserts && is_on_nothing(reader, &put, found.trigger);
        let unsaid = matches!(put.modality, Modality::Negated | Modality::Hypothetical) && !asked_for;
        if unsaid && recall.is_none() && !idle
            || is_taken_up(reader, found)
            || says_what(reader, found, stance)
        {
            continue;
        }
        let incidents = reader.incidents_of(found);
        let nominal = reader.ground.analysis.tokens[found.trigger].pos == Pos::Noun;
        let stance = if is_turned(reader, found) || idle { opposite(stance) } else { stance };
        let parties = if incidents.is_empty() { Vec::new() } else { parties(reader, found, stance) };
        for ((speaker, actor), incident) in
            parties.iter().flat_map(|&party| incidents.iter().map(move |&id| (party, id)))
        {
            let stance = if is_verdict(reader, found, speaker, stance) { Stance::Confirms } else { stance };
            let actor = reader.meant(speaker, actor, stance == Stance::Denies);
            let (speaker, stance) = match recall {
                Some(recall) => recall.act(speaker, reader.ground.said_by(found.trigger)),
                None => (speaker, hedged(stance, put.hedged)),
            };
            acts.push(Act {
                token: found.trigger,
                incident,
                stance,
                speaker,
                actor,
                certainty: reader.ground.book.get(found.frame).certainty,
                evidence: reader.ground.evidence(found),
                trace: reader.ground.trace(found),
                // "the accusation against them": whose it is remains unsaid.
                only_answered: nominal && speaker.is_none() && stance == Stance::Accuses,
            });
        }
    }
    acts
}

/// "no evidence linking them to it", "nothing that ties them to it": what is not there to speak against somebody.
fn is_on_nothing(reader: &Reader<'_>, put: &Put, trigger: usize) -> bool {
    let analysis = reader.ground.analysis;
    let token = &analysis.tokens[trigger];
    let nothing = &*analysis.tokens[token.head].lower == "nothing";
    put.unfounded.is_some() || (matches!(token.dep, Dep::Relcl | Dep::Acl | Dep::Xcomp) && nothing)
}

/// Whether the words are part of another act's, or only name what it takes back: "withdrew *its accusation against* them".
fn is_taken_up(reader: &Reader<'_>, found: &Found) -> bool {
    reader.matches.others.iter().any(|other| {
        let meaning = reader.ground.book.get(other.frame).meaning;
        let takes_back =
            matches!(meaning, Meaning::Attribution(Stance::Retracts) | Meaning::Reply(Stance::Retracts));
        let named = other.words.iter().skip(1).any(|&word| word == found.trigger)
            || other.first(Role::Claim) == Some(found.trigger);
        // "found no evidence against them" is one act.
        let part =
            other.frame == found.frame && other.words.iter().skip(1).any(|&word| word == found.trigger);
        other.trigger != found.trigger && (part || (takes_back && named))
    })
}

/// Whether a word of the frame beside its verb is negated: "pleaded *not* guilty".
fn is_turned(reader: &Reader<'_>, found: &Found) -> bool {
    let analysis = reader.ground.analysis;
    found.words.iter().skip(1).any(|&word| analysis.children_by(word, &[Dep::Neg]).next().is_some())
}

/// "Norland's claim that the group did it": a claim that says what it claims is none of a deed of one's own.
fn says_what(reader: &Reader<'_>, found: &Found, stance: Stance) -> bool {
    let clause =
        || reader.ground.predicates.at(found.trigger).is_some_and(|p| p.first(Slot::Clause).is_some());
    stance == Stance::Claims && reader.ground.book.get(found.frame).needs == Some(Need::Power) && clause()
}

/// A court that holds somebody responsible establishes it; so does an inquiry by what it finds.
fn is_verdict(reader: &Reader<'_>, found: &Found, speaker: Option<EntityId>, stance: Stance) -> bool {
    let finds =
        matches!(&*reader.ground.lemma(found.trigger), "hold" | "find" | "name" | "identify" | "establish");
    stance == Stance::Accuses
        && speaker.is_some_and(|speaker| {
            reader.is_called(speaker, Class::Court) || (finds && reader.is_called(speaker, Class::Inquiry))
        })
}

/// What a speech act comes to when what it says is negated.
const fn opposite(stance: Stance) -> Stance {
    match stance {
        Stance::Claims => Stance::Denies,
        Stance::Accuses | Stance::Suspects | Stance::Confirms => Stance::Refutes,
        Stance::Denies | Stance::Refutes | Stance::Retracts => stance,
    }
}

/// An accusation that is itself hedged is a suspicion.
fn hedged(stance: Stance, hedged: bool) -> Stance {
    if hedged && stance == Stance::Accuses { Stance::Suspects } else { stance }
}

/// Who says it of whom. A claimant speaks of itself; so does one who denies without naming anybody.
fn parties(reader: &Reader<'_>, found: &Found, stance: Stance) -> Vec<(Option<EntityId>, EntityId)> {
    let entity = |token: usize| reader.author(token).or_else(|| reader.ground.entities.at(token));
    let mut speakers: Vec<Option<EntityId>> = found.all(Role::Speaker).filter_map(entity).map(Some).collect();
    if speakers.is_empty() {
        let court = || if stance == Stance::Confirms { reader.only_court() } else { None };
        speakers.push(reader.ground.said_by(found.trigger).or_else(court));
    }
    // "blamed each other", "traded accusations": each the others.
    let mutual = found.all(Role::Actor).any(|token| is_mutual(reader.ground.analysis, token))
        || (found.first(Role::Actor).is_none()
            && reader.ground.book.get(found.frame).needs == Some(Need::Mutual));
    if mutual {
        let sides: Vec<EntityId> = speakers.into_iter().flatten().collect();
        let pairs = sides.iter().flat_map(|&one| sides.iter().map(move |&other| (one, other)));
        return pairs.filter(|(one, other)| one != other).map(|(one, other)| (Some(one), other)).collect();
    }
    let mut actors: Vec<EntityId> = found.all(Role::Actor).filter_map(entity).collect();
    // "blamed a Norlandic air strike": whose it was is blamed.
    if actors.is_empty() && !matches!(stance, Stance::Claims) {
        actors.extend(found.all(Role::Incident).filter_map(|token| reader.owner(token)));
    }
    actors.dedup();
    let mut parties = Vec::new();
    for speaker in speakers {
        match (stance, actors.as_slice(), speaker) {
            (Stance::Claims, [], Some(speaker)) => parties.push((Some(speaker), reader.actor_of(speaker))),
            (Stance::Denies | Stance::Retracts, [], Some(speaker)) => {
                parties.push((Some(speaker), reader.actor_of(speaker)));
            }
            (Stance::Claims, actors, None) => {
                parties.extend(actors.iter().map(|&actor| (Some(actor), actor)))
            }
            (_, actors, speaker) => parties.extend(actors.iter().map(|&actor| (speaker, actor))),
        }
    }
    parties
}
