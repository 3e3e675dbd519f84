//! Nouns and adjectives: possessors, prepositions, modifiers, and of what they are said.

use super::{Bond, Predicate, Predicates, Slot, objects, with_conjuncts};
use crate::analysis::{Analysis, Dep};

/// A noun with its possessor, prepositions and modifiers; its subject where it is said of somebody.
pub(super) fn noun(analysis: &Analysis, above: &Predicates, noun: usize) -> Predicate {
    let mut predicate = Predicate::default();
    for child in analysis.children(noun) {
        match analysis.tokens[child].dep {
            Dep::Poss => push_all(analysis, &mut predicate, Slot::Possessor, child),
            Dep::Prep | Dep::Agent => {
                for object in objects(analysis, child) {
                    push_all(analysis, &mut predicate, Slot::Prep(child), object);
                }
            }
            Dep::Compound | Dep::Amod | Dep::Nmod => {
                push_all(analysis, &mut predicate, Slot::Modifier, child)
            }
            Dep::Acl | Dep::Relcl | Dep::Ccomp | Dep::Xcomp => {
                let children = |deps: &'static [Dep]| analysis.children_by(child, deps);
                let to = children(&[Dep::Aux]).any(|c| &*analysis.tokens[c].lower == "to");
                let that = children(&[Dep::Mark]).next().is_some();
                if to {
                    predicate.push(Slot::Infinitive, child, Bond::Own);
                } else if that {
                    predicate.push(Slot::Clause, child, Bond::Own);
                }
            }
            _ => {}
        }
    }
    said_of(analysis, above, noun, &mut predicate);
    predicate
}

/// An adjective with its prepositions and that of which it is said.
pub(super) fn adjective(analysis: &Analysis, above: &Predicates, adjective: usize) -> Predicate {
    let mut predicate = Predicate::default();
    for child in analysis.children(adjective) {
        match analysis.tokens[child].dep {
            Dep::Prep => {
                for object in objects(analysis, child) {
                    push_all(analysis, &mut predicate, Slot::Prep(child), object);
                }
            }
            Dep::Ccomp => predicate.push(Slot::Clause, child, Bond::Own),
            Dep::Xcomp => predicate.push(Slot::Infinitive, child, Bond::Own),
            Dep::Nsubj => push_all(analysis, &mut predicate, Slot::Subject, child),
            _ => {}
        }
    }
    said_of(analysis, above, adjective, &mut predicate);
    let token = &analysis.tokens[adjective];
    if matches!(token.dep, Dep::Amod | Dep::Acl | Dep::Relcl) && token.head != adjective {
        predicate.push(Slot::Subject, token.head, Bond::Own);
    }
    predicate
}

/// The subject of a word after "be" ("was the mastermind"), the object of one after "find" ("found guilty").
fn said_of(analysis: &Analysis, above: &Predicates, word: usize, predicate: &mut Predicate) {
    let first = joined_to(analysis, word);
    let token = &analysis.tokens[first];
    if token.head == first {
        return;
    }
    match token.dep {
        Dep::Attr | Dep::Acomp | Dep::Oprd => {
            let Some(verb) = above.at(token.head) else { return };
            let object = verb.first(Slot::Object).filter(|_| token.dep == Dep::Oprd || verb.passive);
            let subject = object.or_else(|| verb.first(Slot::Subject));
            for (index, subject) in
                subject.iter().flat_map(|&subject| with_conjuncts(analysis, subject)).enumerate()
            {
                predicate.push(Slot::Subject, subject, if index == 0 { Bond::Own } else { Bond::Conjunct });
            }
            for (preposition, object, _) in verb.prepositional() {
                predicate.push(Slot::Prep(preposition), object, Bond::Inferred);
            }
        }
        Dep::Appos => predicate.push(Slot::Subject, token.head, Bond::Inferred),
        _ => {}
    }
}

/// The first of a row of joined words.
fn joined_to(analysis: &Analysis, word: usize) -> usize {
    let mut at = word;
    while analysis.tokens[at].dep == Dep::Conj && analysis.tokens[at].head != at {
        at = analysis.tokens[at].head;
    }
    at
}

fn push_all(analysis: &Analysis, predicate: &mut Predicate, slot: Slot, token: usize) {
    for (index, token) in with_conjuncts(analysis, token).into_iter().enumerate() {
        predicate.push(slot, token, if index == 0 { Bond::Own } else { Bond::Conjunct });
    }
}
