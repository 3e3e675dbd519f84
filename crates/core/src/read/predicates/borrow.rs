//! What a predicate borrows from its neighbours: objects shared in coordination, prepositions attached too low.

use super::{Bond, Predicates, Slot, objects};
use crate::analysis::{Analysis, Dep, Pos};

/// Adds inferred arguments to the predicate that `token` heads.
pub(super) fn complete(analysis: &Analysis, found: &mut Predicates, token: usize) {
    let Some(predicate) = found.at(token) else { return };
    let verb = matches!(analysis.tokens[token].pos, Pos::Verb | Pos::Aux);
    let mut borrowed: Vec<(Slot, usize)> = Vec::new();
    if verb && !predicate.passive && !predicate.has(Slot::Object) && !predicate.has(Slot::Clause) {
        borrowed.extend(shared_object(analysis, found, token).map(|object| (Slot::Object, object)));
    }
    borrowed.extend(low_attached(analysis, found, token));
    borrowed.extend(infinitives(analysis, found, token));
    if let Some(predicate) = &mut found.of_token[token] {
        for (slot, token) in borrowed {
            predicate.push(slot, token, Bond::Inferred);
        }
    }
}

/// "attacked and burned the station": the first verb shares the object of the last.
fn shared_object(analysis: &Analysis, found: &Predicates, verb: usize) -> Option<usize> {
    let next = analysis.children_by(verb, &[Dep::Conj]).next()?;
    let bare = analysis.children_by(next, &[Dep::Nsubj, Dep::Nsubjpass]).next().is_none();
    let near = (verb + 1..next).all(|at| {
        matches!(analysis.tokens[at].pos, Pos::Cconj | Pos::Adv | Pos::Punct | Pos::Aux | Pos::Part)
    });
    found.at(next).filter(|p| bare && near && !p.passive)?.first(Slot::Object)
}

/// An infinitive behind an object may belong to the verb or to the object: "foiled a plot to bomb", "had nothing to do".
fn infinitives(analysis: &Analysis, found: &Predicates, token: usize) -> Vec<(Slot, usize)> {
    let Some(predicate) = found.at(token) else { return Vec::new() };
    let noun = |at: usize| matches!(analysis.tokens[at].pos, Pos::Noun | Pos::Pron | Pos::Propn);
    if noun(token) {
        let verb = analysis.tokens[token].head;
        let object = analysis.tokens[token].dep == Dep::Dobj;
        let above = found.at(verb).filter(|_| object);
        let own = |at: &usize| *at > token;
        return above
            .into_iter()
            .flat_map(|p| p.tokens(Slot::Infinitive))
            .filter(own)
            .map(|at| (Slot::Infinitive, at))
            .collect();
    }
    let objects = predicate.tokens(Slot::Object).filter(|&at| noun(at) && at > token);
    let below = objects.flat_map(|object| analysis.children_by(object, &[Dep::Acl, Dep::Relcl]));
    let to = |at: &usize| {
        analysis.children_by(*at, &[Dep::Aux]).any(|child| &*analysis.tokens[child].lower == "to")
    };
    below.filter(to).map(|at| (Slot::Infinitive, at)).collect()
}

/// Prepositions of the last words of the clause belong to the predicate as well as the parser's choice: "blamed the
/// attack on the group" has `on` at the attack, "an attack on the hall and the school by the group" `by` at the school.
fn low_attached(analysis: &Analysis, found: &Predicates, token: usize) -> Vec<(Slot, usize)> {
    let Some(predicate) = found.at(token) else { return Vec::new() };
    let mut nouns: Vec<usize> = predicate
        .arguments
        .iter()
        .filter(|argument| argument.token > token && argument.bond < Bond::Inferred)
        .filter(|argument| {
            matches!(argument.slot, Slot::Object | Slot::Prep(_) | Slot::Complement | Slot::Dative)
        })
        .map(|argument| argument.token)
        .filter(|&at| {
            matches!(analysis.tokens[at].pos, Pos::Noun | Pos::Propn | Pos::Num | Pos::Pron | Pos::Adj)
        })
        .collect();
    // "had nothing to do with the attack": the preposition is at "do".
    let light = |at: &usize| &*analysis.tokens[*at].lemma == "do";
    let infinitives =
        analysis.children(token).flat_map(|child| analysis.children_by(child, &[Dep::Relcl, Dep::Acl]));
    nouns.extend(infinitives.filter(light));
    // "warned two days earlier of an attack" has `of` at "earlier".
    nouns.extend(analysis.children_by(token, &[Dep::Advmod, Dep::Npadvmod]).filter(|&at| at > token));
    let mut borrowed = Vec::new();
    for _ in 0..2 {
        let mut deeper = Vec::new();
        for &noun in &nouns {
            for preposition in analysis.children_by(noun, &[Dep::Prep, Dep::Agent]) {
                for object in objects(analysis, preposition) {
                    borrowed.push((Slot::Prep(preposition), object));
                    deeper.push(object);
                }
            }
            // Of a passive the agent may hang on a noun ("was claimed in a statement by the group").
            deeper.extend(analysis.children_by(noun, &[Dep::Conj, Dep::Appos]));
        }
        nouns = deeper;
    }
    if predicate.passive {
        let by: Vec<_> = borrowed
            .iter()
            .filter(|(slot, _)| matches!(slot, Slot::Prep(p) if &*analysis.tokens[*p].lower == "by"))
            .map(|&(_, object)| (Slot::Subject, object))
            .collect();
        if !predicate.has(Slot::Subject) {
            borrowed.extend(by);
        }
    }
    borrowed
}
