//! Where and when an event is set by the words of its clause, and whether it is one event at all.

use super::EventMention;
use crate::analysis::{Dep, Pos};
use crate::read::frames::Found;
use crate::read::ground::Ground;
use crate::reading::Precision;
use crate::time::attach::Question;

/// Whether the words tell of events of a kind, not of one: a bare plural with no number, place or time of its own.
pub(super) fn is_habitual(ground: &Ground<'_>, token: usize) -> bool {
    let word = &ground.analysis.tokens[token];
    match word.pos {
        Pos::Noun | Pos::Propn => {
            let plural = matches!(&*word.tag, "NNS" | "NNPS");
            let determined =
                ground.analysis.children_by(token, &[Dep::Det, Dep::Nummod, Dep::Poss]).any(|child| {
                    !matches!(&*ground.analysis.tokens[child].lower, "any" | "such" | "all" | "some")
                });
            let modifies = word.dep == Dep::Compound;
            (plural && !determined && !ground.is_headline(token)) || (modifies && !ground.is_headline(token))
        }
        Pos::Verb => {
            let present = matches!(&*word.tag, "VBP" | "VBZ");
            let progressive = &*word.tag == "VBG" && word.dep == Dep::Root;
            present && !ground.is_headline(token) && !progressive
        }
        _ => false,
    }
}

/// Whether the words set the event apart from the one that is told.
pub(super) fn is_other(ground: &Ground<'_>, token: usize) -> bool {
    ground.analysis.children_by(token, &[Dep::Det, Dep::Amod, Dep::Nmod]).any(|child| {
        matches!(
            &*ground.analysis.tokens[child].lower,
            "another"
                | "other"
                | "previous"
                | "earlier"
                | "past"
                | "similar"
                | "separate"
                | "such"
                | "recent"
                | "future"
                | "different"
                | "unrelated"
                | "subsequent"
        )
    })
}

/// The places and times of the clause in which a frame stands.
pub fn setting(ground: &Ground<'_>, found: &Found) -> (Vec<usize>, Vec<usize>) {
    let mut mention = EventMention::of(found);
    locate(ground, &[found.trigger], &mut mention);
    (mention.places, mention.times)
}

/// Finds the places and times of the clause in which the event stands.
pub(super) fn locate(ground: &Ground<'_>, events: &[usize], mention: &mut EventMention) {
    let sentence = mention.sentence(ground);
    let tokens = ground.analysis.sentences[sentence].tokens;
    let mut places: Vec<(usize, usize)> = Vec::new();
    for at in tokens.range() {
        let Some(place) = ground.place_at(at).filter(|_| is_locative(ground, at)) else { continue };
        if let Some(distance) = distance(ground, events, mention, at)
            && !places.iter().any(|&(_, other)| other == place)
        {
            places.push((distance, place));
        }
    }
    // The finest place near by says where; a country in the same breath only says whose.
    places.sort_by_key(|&(distance, place)| {
        (ground.places[place].precision == Precision::Country, distance, place)
    });
    mention.places = places.into_iter().map(|(_, place)| place).collect();
    let question = Question {
        analysis: ground.analysis,
        is_speech: &|token| ground.statements.of_cue(token).is_some(),
        is_event: &|token| token != mention.token && events.contains(&token),
    };
    let bound = ground.attachments.times_of(mention.token, &question);
    mention.times = bound.into_iter().map(|(time, _)| time).collect();
}

/// Whether a toponym says where: after a preposition of place, or before a noun ("the Moscow attack", "an Oran hall").
fn is_locative(ground: &Ground<'_>, at: usize) -> bool {
    let token = &ground.analysis.tokens[at];
    match token.dep {
        Dep::Compound | Dep::Nmod | Dep::Amod | Dep::Npadvmod | Dep::Appos => true,
        Dep::Pobj => matches!(
            &*ground.analysis.tokens[token.head].lower,
            "in" | "at"
                | "near"
                | "outside"
                | "inside"
                | "on"
                | "of"
                | "within"
                | "around"
                | "across"
                | "off"
                | "along"
                | "between"
                | "throughout"
                | "beside"
                | "by"
                | "from"
                | "over"
                | "toward"
                | "towards"
                | "into"
                | "under"
        ),
        Dep::Conj => is_locative(ground, token.head),
        Dep::Poss => true,
        _ => false,
    }
}

/// How far a place stands from the verb of which an event is a further one: "they came to the village of Rues and shot
/// two men".
fn shared(ground: &Ground<'_>, events: &[usize], verb: usize, path: &[usize]) -> Option<usize> {
    let tokens = &ground.analysis.tokens;
    let first = (tokens[verb].dep == Dep::Conj).then_some(tokens[verb].head)?;
    let other = events.contains(&first) || ground.statements.of_cue(first).is_some();
    let steps = path.iter().position(|&token| token == first).filter(|_| !other)?;
    let clause = |token: &usize| {
        matches!(tokens[*token].dep, Dep::Ccomp | Dep::Relcl | Dep::Advcl | Dep::Acl | Dep::Conj)
    };
    (steps <= 4 && !path[..steps].iter().any(clause)).then_some(steps)
}

/// Whether words of a clause about something, from a toponym up, tell of more than where it is: "the pipeline that
/// carries oil from Basra" may have been hit elsewhere.
fn tells_more(ground: &Ground<'_>, path: &[usize]) -> bool {
    path.iter().any(|&token| {
        let word = &ground.analysis.tokens[token];
        word.dep == Dep::Relcl && !ground.gazetteer.is_siting(&word.lemma)
    })
}

/// How far a place or time stands from the event in the tree; none where it belongs to speech or to another event.
fn distance(ground: &Ground<'_>, events: &[usize], mention: &EventMention, at: usize) -> Option<usize> {
    let own = |token: usize| token == mention.token;
    let path: Vec<usize> = std::iter::once(at).chain(ground.above(at)).collect();
    if let Some(steps) = path.iter().position(|&token| own(token)) {
        let through_other = path[..steps].iter().any(|token| events.contains(token));
        return (!through_other).then_some(steps);
    }
    // Of a target or a victim that the event has ("a hall in the old town").
    let parts = mention.targets.iter().chain(&mention.victims);
    if let Some(steps) = parts.filter_map(|part| path.iter().position(|token| token == part)).min() {
        return (!tells_more(ground, &path[..steps])).then_some(steps + 1);
    }
    // On the verb that has the event for its argument ("took place in", "struck on Monday").
    let verb = ground.clause_verb(mention.token)?;
    let Some(steps) = path.iter().position(|&token| token == verb) else {
        return shared(ground, events, verb, &path).map(|steps| steps + 8);
    };
    let crossed = path[..steps].iter().any(|token| events.contains(token));
    // "explosions were reported in Lima" tells where the explosions were, "condemned in Lima" does not.
    let tokens = &ground.analysis.tokens;
    let reported =
        tokens[mention.token].dep == Dep::Nsubjpass && ground.gazetteer.is_perceiving(&tokens[verb].lemma);
    let speech = ground.statements.of_cue(verb).is_some() && !reported;
    let clause = path[..steps].iter().any(|&token| {
        matches!(ground.analysis.tokens[token].dep, Dep::Ccomp | Dep::Relcl | Dep::Advcl | Dep::Acl)
    });
    (!crossed && !speech && !clause && steps <= 4).then_some(steps + 4)
}
