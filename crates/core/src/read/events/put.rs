//! How an event is put: as fact, as words of somebody, as not having happened, as possible; and how far it came.

use crate::analysis::{Dep, Pos};
use crate::read::frames::{Class, Found, Meaning, Role};
use crate::read::ground::{Ground, Matches};
use crate::read::predicates::Modal;
use crate::read::statements::{CueKind, Voice};
use crate::vocabulary::{Modality, Stage};

/// How an event, or what is said of one, is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Put {
    /// As fact, as words, as not so, as possible.
    pub modality: Modality,
    /// How far it came, where an embedding word tells ("foiled", "attempted").
    pub stage: Option<Stage>,
    /// Whether the words hedge without taking it back ("allegedly").
    pub hedged: bool,
    /// The noun of which the words say that there is none for it ("no *evidence* that").
    pub unfounded: Option<usize>,
}

impl Put {
    /// How the predicate at `token` is put.
    pub fn of(ground: &Ground<'_>, matches: &Matches, token: usize) -> Self {
        let mut put = Self { modality: Modality::Asserted, stage: None, hedged: false, unfounded: None };
        // "were not behind it": a preposition is put as the verb that it completes.
        let word = &ground.analysis.tokens[token];
        let verb = matches!(ground.analysis.tokens[word.head].pos, Pos::Verb | Pos::Aux);
        let token = if word.pos == Pos::Adp && verb { word.head } else { token };
        put.embed(ground, matches, token);
        if put.modality == Modality::Asserted {
            put.modality = voice(ground, token);
        }
        put
    }

    /// Goes up from the predicate through what embeds it, as long as it stays one thought.
    fn embed(&mut self, ground: &Ground<'_>, matches: &Matches, token: usize) {
        let mut at = token;
        let mut stages = Vec::new();
        for _ in 0..8 {
            self.own(ground, at, at == token);
            let frames = matches.others.iter().filter(|found| embeds(found, at));
            let mut asserted = false;
            for found in frames {
                match ground.book.get(found.frame).meaning {
                    // "convicted of planning the massacre": that was carried out.
                    Meaning::Stage(Stage::Foiled) if was_done(ground, matches, found, at) => {}
                    Meaning::Stage(stage) if !is_negated(ground, found) => stages.push(stage),
                    Meaning::Modality(Modality::Asserted) if is_negated(ground, found) => {
                        let noun = ground.analysis.tokens[found.trigger].pos == Pos::Noun;
                        self.unfounded = self.unfounded.or(noun.then_some(found.trigger));
                        self.lower(Modality::Negated);
                    }
                    Meaning::Modality(Modality::Asserted) => {
                        asserted = true;
                        self.hedged |= ground.book.get(found.frame).certainty < 1.0;
                    }
                    Meaning::Modality(Modality::Hypothetical) if was_done(ground, matches, found, at) => {}
                    // "did not rule out that they were behind it"
                    Meaning::Modality(Modality::Negated) if is_negated(ground, found) => self.hedged = true,
                    Meaning::Modality(modality) => self.lower(modality),
                    _ => {}
                }
            }
            let here = &ground.analysis.tokens[at];
            let infinitive = ground.predicates.at(at).is_some_and(|p| p.context.infinitive);
            let to_be = here.dep == Dep::Xcomp
                && &*ground.analysis.tokens[here.head].lemma == "be"
                && &*here.lemma == "blame";
            // "is thought to be behind it": what is thought of somebody is as the word for thinking has it.
            let raised = here.dep == Dep::Xcomp
                && ground.statements.of_cue(here.head).is_some()
                && ground.predicates.at(here.head).is_some_and(|p| p.passive);
            if infinitive && !to_be && !raised && !asserted && stages.is_empty() && here.dep != Dep::Root {
                self.lower(Modality::Hypothetical);
            }
            match above(ground, matches, at) {
                Some(next) => at = next,
                None => break,
            }
        }
        self.stage = stages.first().copied();
        if self.stage.is_some() && self.modality == Modality::Hypothetical {
            self.modality = Modality::Asserted;
        }
    }

    fn own(&mut self, ground: &Ground<'_>, at: usize, innermost: bool) {
        let Some(predicate) = ground.predicates.at(at) else { return };
        let context = predicate.context;
        if context.negated && (innermost || passes_negation(ground, at)) {
            self.lower(Modality::Negated);
        }
        // "it is likely that they were behind it"
        self.hedged |= !innermost && is_likely(ground, at);
        match context.modal {
            Some(Modal::Possible | Modal::Future | Modal::Conditional) => self.lower(Modality::Hypothetical),
            Some(Modal::Alleged) => self.hedged = true,
            None => {}
        }
    }

    /// What is not so stays not so, whatever embeds it.
    fn lower(&mut self, modality: Modality) {
        if self.modality == Modality::Asserted {
            self.modality = modality;
        }
    }
}

/// Whether a verb says that something is likely.
fn is_likely(ground: &Ground<'_>, verb: usize) -> bool {
    ground.analysis.children_by(verb, &[Dep::Acomp, Dep::Attr, Dep::Oprd]).any(|child| {
        matches!(
            &*ground.lemma(child),
            "likely"
                | "likeliest"
                | "probable"
                | "possible"
                | "plausible"
                | "conceivable"
                | "possibility"
                | "probability"
                | "theory"
                | "hypothesis"
        )
    })
}

/// Whether the frame embeds the predicate at `at`.
fn embeds(found: &Found, at: usize) -> bool {
    found
        .roles
        .iter()
        .any(|&(role, token, _)| token == at && matches!(role, Role::Incident | Role::Clause | Role::Harm))
        && found.trigger != at
}

/// "The bombing had been planned by the group": to say who planned what is known to have happened makes it no mere plan.
fn was_done(ground: &Ground<'_>, matches: &Matches, found: &Found, at: usize) -> bool {
    let doer = |other: &Found| {
        other.trigger == found.trigger
            && other.first(Role::Actor).is_some()
            && matches!(ground.book.get(other.frame).meaning, Meaning::Responsibility { .. })
    };
    let definite = ground.analysis.children_by(at, &[Dep::Det, Dep::Poss]).any(|child| {
        matches!(&*ground.analysis.tokens[child].lower, "the" | "this" | "that" | "these" | "those" | "its")
    });
    let passive = ground.predicates.at(found.trigger).is_some_and(|p| p.passive);
    (definite || passive) && matches.others.iter().any(doer)
}

fn is_negated(ground: &Ground<'_>, found: &Found) -> bool {
    ground.predicates.at(found.trigger).is_some_and(|p| p.context.negated)
}

/// Verbs whose negation is that of what they embed ("did not carry out the attack"), unlike "did not say that".
fn passes_negation(ground: &Ground<'_>, at: usize) -> bool {
    ground.statements.of_cue(at).is_none() && matches!(ground.analysis.tokens[at].pos, Pos::Verb | Pos::Aux)
}

/// What embeds a predicate within its clause. A verb hangs on the verb or noun whose infinitive or gerund it is; a noun
/// only on a verb that says that it was done ("carried out the attack"), since "condemned the attack" takes it for granted.
fn above(ground: &Ground<'_>, matches: &Matches, at: usize) -> Option<usize> {
    let token = &ground.analysis.tokens[at];
    if token.head == at {
        return None;
    }
    if matches!(token.pos, Pos::Verb | Pos::Aux) {
        return match token.dep {
            Dep::Xcomp | Dep::Acl | Dep::Conj => Some(token.head),
            Dep::Pcomp => Some(ground.analysis.tokens[token.head].head),
            Dep::Ccomp if ground.statements.of_cue(token.head).is_none() => Some(token.head),
            _ => None,
        };
    }
    if matches!(token.dep, Dep::Attr | Dep::Acomp) {
        return Some(token.head);
    }
    let doing = |found: &&Found| {
        let meaning = ground.book.get(found.frame).meaning;
        let shapes =
            matches!(meaning, Meaning::Responsibility { .. } | Meaning::Modality(_) | Meaning::Stage(_));
        shapes && embeds(found, at)
    };
    if let Some(found) = matches.others.iter().find(doing) {
        return Some(found.trigger);
    }
    match token.dep {
        Dep::Conj => Some(token.head),
        Dep::Dobj | Dep::Nsubjpass if ground.book.is(&ground.lemma(token.head), Class::Support) => {
            Some(token.head)
        }
        Dep::Nsubj | Dep::Nsubjpass if is_course(ground, token.head) => Some(token.head),
        _ => None,
    }
}

/// Whether the verb says of an event that it happens.
fn is_course(ground: &Ground<'_>, verb: usize) -> bool {
    matches!(&*ground.lemma(verb), "happen" | "occur" | "take" | "come" | "follow" | "materialize" | "go")
}

/// As whose words: asserted in the outlet's own voice, reported in another's, possible in thought.
fn voice(ground: &Ground<'_>, token: usize) -> Modality {
    match ground.statements.voice_at(token) {
        Voice::Outlet => Modality::Asserted,
        Voice::Source(id) => match ground.statements.act(id).kind {
            CueKind::Deny => Modality::Negated,
            CueKind::Ask => Modality::Hypothetical,
            CueKind::Say | CueKind::Think | CueKind::Seem | CueKind::Want | CueKind::Judge => {
                Modality::Reported
            }
        },
    }
}
