//! Verbs: voice, relative clauses, control, and what a clause shares with the one that it is joined to.

use super::{Bond, Predicate, Predicates, Slot, objects, with_conjuncts};
use crate::analysis::{Analysis, Dep, Pos};

/// The arguments that stand at the verb, with relative pronouns replaced and a missing subject supplied.
pub(super) fn arguments(analysis: &Analysis, above: &Predicates, verb: usize) -> Predicate {
    let mut predicate = Predicate { passive: is_passive(analysis, above, verb), ..Predicate::default() };
    for child in analysis.children(verb) {
        argument(analysis, &mut predicate, child);
    }
    relative(analysis, verb, &mut predicate);
    participle(analysis, verb, &mut predicate);
    let complete = predicate.has(Slot::Subject) || predicate.passive && predicate.has(Slot::Object);
    if !complete {
        supply_subject(analysis, above, verb, &mut predicate);
    }
    predicate
}

fn argument(analysis: &Analysis, predicate: &mut Predicate, child: usize) {
    match analysis.tokens[child].dep {
        Dep::Nsubj | Dep::Csubj => {
            // "12 dead, police say": the parser often takes the subject of a passive for that of an active.
            let slot = if predicate.passive { Slot::Object } else { Slot::Subject };
            push_all(analysis, predicate, slot, child);
        }
        Dep::Nsubjpass | Dep::Csubjpass => push_all(analysis, predicate, Slot::Object, child),
        Dep::Dobj => {
            push_all(analysis, predicate, Slot::Object, child);
            // "found the driver guilty": the parser takes it for a quality of the noun that it follows.
            let noun = analysis.tokens[child].pos != Pos::Num;
            for said in analysis.children_by(child, &[Dep::Amod]).filter(|&said| noun && said > child) {
                predicate.push(Slot::Complement, said, Bond::Own);
            }
        }
        Dep::Agent => {
            for object in objects(analysis, child) {
                push_all(analysis, predicate, Slot::Subject, object);
                push_all(analysis, predicate, Slot::Prep(child), object);
            }
        }
        Dep::Dative => {
            let to = objects(analysis, child);
            if to.is_empty() {
                push_all(analysis, predicate, Slot::Dative, child);
            }
            for object in to {
                push_all(analysis, predicate, Slot::Prep(child), object);
            }
        }
        Dep::Prep => {
            for object in objects(analysis, child) {
                if predicate.passive && &*analysis.tokens[child].lower == "by" {
                    push_all(analysis, predicate, Slot::Subject, object);
                }
                push_all(analysis, predicate, Slot::Prep(child), object);
            }
        }
        Dep::Prt => predicate.particle = predicate.particle.or(Some(child)),
        Dep::Acomp | Dep::Attr | Dep::Oprd => push_all(analysis, predicate, Slot::Complement, child),
        Dep::Ccomp => match small_clause(analysis, child) {
            Some(subject) => {
                push_all(analysis, predicate, Slot::Object, subject);
                push_all(analysis, predicate, Slot::Complement, child);
            }
            None => push_all(analysis, predicate, clause_slot(analysis, child), child),
        },
        // "took them hostage": the parser takes the noun for a verb.
        Dep::Advcl if matches!(&*analysis.tokens[child].lower, "hostage" | "captive") => {
            push_all(analysis, predicate, Slot::Complement, child);
        }
        Dep::Xcomp => push_all(analysis, predicate, Slot::Infinitive, child),
        Dep::Advmod => {
            // Particles are often taken for adverbs ("blew up the bridge").
            if matches!(&*analysis.tokens[child].lower, "up" | "out" | "off" | "down" | "away" | "back") {
                predicate.particle = predicate.particle.or(Some(child));
            }
        }
        _ => {}
    }
}

/// "found the driver guilty", "held the group responsible": the subject of a clause that has no verb is the object of the
/// verb above.
fn small_clause(analysis: &Analysis, clause: usize) -> Option<usize> {
    let verbal = [Dep::Aux, Dep::Auxpass, Dep::Mark];
    if analysis.tokens[clause].pos != Pos::Adj || analysis.children_by(clause, &verbal).next().is_some() {
        return None;
    }
    analysis.children_by(clause, &[Dep::Nsubj]).next()
}

/// A clause with a subject of its own or a finite verb; else a bare participle ("admitted bombing").
fn clause_slot(analysis: &Analysis, clause: usize) -> Slot {
    let subject = analysis.children_by(clause, &[Dep::Nsubj, Dep::Nsubjpass, Dep::Expl]).next().is_some();
    if subject || &*analysis.tokens[clause].tag != "VBG" { Slot::Clause } else { Slot::Infinitive }
}

fn push_all(analysis: &Analysis, predicate: &mut Predicate, slot: Slot, token: usize) {
    for (index, token) in with_conjuncts(analysis, token).into_iter().enumerate() {
        predicate.push(slot, token, if index == 0 { Bond::Own } else { Bond::Conjunct });
    }
}

/// Whether the verb stands in the passive: by its auxiliary, or as a participle after a noun or joined to a passive.
fn is_passive(analysis: &Analysis, above: &Predicates, verb: usize) -> bool {
    let token = &analysis.tokens[verb];
    let passive = [Dep::Auxpass, Dep::Nsubjpass, Dep::Csubjpass];
    if analysis.children_by(verb, &passive).next().is_some() {
        return true;
    }
    let past = matches!(&*token.tag, "VBN" | "VBD");
    let auxiliary = analysis.children_by(verb, &[Dep::Aux]).next().is_some();
    let object = analysis.children_by(verb, &[Dep::Dobj]).next().is_some();
    let subject = analysis.children_by(verb, &[Dep::Nsubj]).next().is_some();
    if !past || auxiliary || object {
        return false;
    }
    match token.dep {
        Dep::Acl | Dep::Amod => !subject,
        Dep::Conj => !subject && &*token.tag == "VBN" && above.at(token.head).is_some_and(|p| p.passive),
        Dep::Root | Dep::Ccomp | Dep::Advcl => {
            analysis.children_by(verb, &[Dep::Agent]).next().is_some()
                || (&*token.tag == "VBN"
                    && analysis.children(verb).all(|c| analysis.tokens[c].dep != Dep::Aux))
        }
        _ => analysis.children_by(verb, &[Dep::Agent]).next().is_some(),
    }
}

/// In a relative clause the antecedent stands for the pronoun, or for the gap where there is none.
fn relative(analysis: &Analysis, verb: usize, predicate: &mut Predicate) {
    let Some(clause) = relative_clause(analysis, verb) else { return };
    let antecedent = analysis.tokens[clause].head;
    let mut slot_of_gap = None;
    for argument in &mut predicate.arguments {
        if is_relative_pronoun(analysis, argument.token) {
            argument.token = antecedent;
            slot_of_gap = slot_of_gap.or(Some(argument.slot));
        }
    }
    if slot_of_gap.is_none() && clause == verb && !predicate.has(Slot::Object) && !predicate.passive {
        let adverb = analysis
            .children_by(verb, &[Dep::Advmod])
            .any(|c| matches!(&*analysis.tokens[c].lower, "where" | "when" | "why"));
        if !adverb && predicate.has(Slot::Subject) {
            predicate.push(Slot::Object, antecedent, Bond::Inferred);
        }
    }
    // The clause may as well belong to a noun that the antecedent qualifies ("an attack on a hall, which killed").
    if let Some(slot) = slot_of_gap {
        let heads: Vec<usize> = heads_of_phrase(analysis, antecedent).collect();
        for head in heads {
            predicate.push(slot, head, Bond::Inferred);
        }
    }
}

/// The relative clause that the verb heads or that it is joined to.
fn relative_clause(analysis: &Analysis, verb: usize) -> Option<usize> {
    let mut at = verb;
    for _ in 0..3 {
        match analysis.tokens[at].dep {
            Dep::Relcl => return Some(at),
            Dep::Conj | Dep::Xcomp | Dep::Ccomp => at = analysis.tokens[at].head,
            _ => return None,
        }
    }
    None
}

fn is_relative_pronoun(analysis: &Analysis, token: usize) -> bool {
    let token = &analysis.tokens[token];
    matches!(&*token.lower, "who" | "which" | "that" | "whom")
        && matches!(&*token.tag, "WDT" | "WP" | "IN" | "DT")
}

/// The nouns that a noun qualifies through prepositions, the nearest first.
pub(super) fn heads_of_phrase(analysis: &Analysis, noun: usize) -> impl Iterator<Item = usize> + '_ {
    std::iter::successors(Some(noun), move |&at| {
        let token = &analysis.tokens[at];
        let preposition = &analysis.tokens[token.head];
        let over = preposition.head;
        let joined = match token.dep {
            Dep::Pobj => preposition.dep == Dep::Prep && preposition.pos == Pos::Adp && over != token.head,
            Dep::Conj => return Some(token.head).filter(|&h| h != at),
            _ => false,
        };
        (joined && matches!(analysis.tokens[over].pos, Pos::Noun | Pos::Propn | Pos::Num)).then_some(over)
    })
    .skip(1)
    .take(3)
}

/// A participle after a noun has the noun for its object ("the bridge bombed by") or subject ("a group calling").
fn participle(analysis: &Analysis, verb: usize, predicate: &mut Predicate) {
    let token = &analysis.tokens[verb];
    let attributive = token.dep == Dep::Amod && token.pos == Pos::Verb;
    if !(token.dep == Dep::Acl || attributive) {
        return;
    }
    let to = analysis.children_by(verb, &[Dep::Aux]).any(|c| &*analysis.tokens[c].lower == "to");
    let finite = analysis.children_by(verb, &[Dep::Mark]).next().is_some();
    if to || finite {
        return;
    }
    if predicate.passive && !predicate.has(Slot::Object) {
        predicate.push(Slot::Object, token.head, Bond::Own);
    } else if !predicate.passive && !predicate.has(Slot::Subject) {
        predicate.push(Slot::Subject, token.head, Bond::Own);
    }
}

/// Supplies the subject that a clause shares with the clause or noun above it.
fn supply_subject(analysis: &Analysis, above: &Predicates, verb: usize, predicate: &mut Predicate) {
    let token = &analysis.tokens[verb];
    let governor = match token.dep {
        Dep::Pcomp => analysis.tokens[token.head].head,
        _ => token.head,
    };
    let Some(upper) = above.at(governor).filter(|_| governor != verb) else { return };
    let lender = match token.dep {
        Dep::Conj => surface_subject(upper),
        Dep::Xcomp | Dep::Ccomp => controller(analysis, upper, governor),
        Dep::Pcomp => {
            let preposition = &*analysis.tokens[token.head].lower;
            let of_object = matches!(preposition, "of" | "for" | "with" | "from" | "in")
                && upper.has(Slot::Object)
                && !matches!(preposition, "in" | "with" if upper.passive);
            if of_object { upper.first(Slot::Object) } else { surface_subject(upper) }
        }
        Dep::Advcl => surface_subject(upper),
        Dep::Acl => noun_controller(analysis, above, governor),
        _ => None,
    };
    let slot = if predicate.passive { Slot::Object } else { Slot::Subject };
    let Some(lender) = lender.filter(|&lender| lender != verb && !predicate.has(slot)) else { return };
    for (index, token) in with_conjuncts(analysis, lender).into_iter().enumerate() {
        predicate.push(slot, token, if index == 0 { Bond::Inferred } else { Bond::Conjunct });
    }
}

/// The subject as the sentence has it, whatever the voice.
fn surface_subject(predicate: &Predicate) -> Option<usize> {
    if predicate.passive { predicate.first(Slot::Object) } else { predicate.first(Slot::Subject) }
}

/// Whose the infinitive is: the object's ("forced them to leave") but for verbs of promise.
fn controller(analysis: &Analysis, upper: &Predicate, governor: usize) -> Option<usize> {
    let promise =
        matches!(&*analysis.tokens[governor].lemma, "promise" | "threaten" | "vow" | "pledge" | "swear");
    let object = upper.first(Slot::Object).or_else(|| upper.first(Slot::Dative)).filter(|_| !promise);
    object.or_else(|| surface_subject(upper))
}

/// Whose the infinitive after a noun is: "the group's threat to bomb", "announced plans to bomb".
fn noun_controller(analysis: &Analysis, above: &Predicates, noun: usize) -> Option<usize> {
    let predicate = above.at(noun)?;
    let by = |(preposition, object, _): (usize, usize, Bond)| {
        (&*analysis.tokens[preposition].lower == "by").then_some(object)
    };
    predicate.first(Slot::Possessor).or_else(|| predicate.prepositional().find_map(by)).or_else(|| {
        let governor = analysis.tokens[noun].head;
        above.at(governor).filter(|_| governor != noun).and_then(surface_subject)
    })
}
