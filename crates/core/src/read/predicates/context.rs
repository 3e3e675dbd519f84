//! How a predicate is put: negated, possible, future, conditional, hedged; and its tense.

use super::{Predicates, Slot};
use crate::analysis::{Analysis, Dep, Pos};

/// What a predicate's own words make of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Modal {
    /// "may", "might", "could", "possible", "potential", "perhaps".
    Possible,
    /// "will", "is to", "planned", "future".
    Future,
    /// "would", "should", under "if", "unless", "whether", "in case".
    Conditional,
    /// "allegedly", "reportedly", "suspected", "apparently": hedged, yet put forward.
    Alleged,
}

/// When, seen from the report, the words place a predicate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tense {
    /// "bombed", "had bombed", "has bombed".
    Past,
    /// "bombs", "is bombing".
    Present,
    /// The words alone do not tell: infinitives, participles, nouns.
    #[default]
    None,
}

/// How a predicate is put by its own words; what embeds it is another matter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// "did not", "no attack", "nobody", "never", "without".
    pub negated: bool,
    /// Modal verbs, adverbs, adjectives, conditions.
    pub modal: Option<Modal>,
    /// The tense of its verb.
    pub tense: Tense,
    /// "had bombed": before what the report tells.
    pub pluperfect: bool,
    /// An infinitive with "to" that is not perfect ("to bomb", not "to have bombed").
    pub infinitive: bool,
}

/// The context of the predicate that `token` heads.
pub(super) fn of(analysis: &Analysis, found: &Predicates, token: usize) -> Context {
    let verb = matches!(analysis.tokens[token].pos, Pos::Verb | Pos::Aux);
    let mut context = if verb { of_verb(analysis, token) } else { of_noun(analysis, token) };
    if verb && found.at(token).is_some_and(|p| negated_argument(analysis, p)) {
        context.negated = true;
    }
    // "without claiming", "without a warning".
    let above = analysis.tokens[token].head;
    if matches!(analysis.tokens[token].dep, Dep::Pcomp | Dep::Pobj)
        && &*analysis.tokens[above].lower == "without"
    {
        context.negated = true;
    }
    // "did not attack or threaten": what is joined by "or" shares the negation, what is joined shares the modal.
    if analysis.tokens[token].dep == Dep::Conj && above != token && verb {
        let bare = analysis
            .children_by(token, &[Dep::Nsubj, Dep::Nsubjpass, Dep::Aux, Dep::Auxpass])
            .next()
            .is_none();
        if bare {
            let upper = of_verb(analysis, above);
            let or = analysis
                .children_by(above, &[Dep::Cc])
                .any(|c| matches!(&*analysis.tokens[c].lower, "or" | "nor"));
            context.negated |= upper.negated && or;
            context.modal = context.modal.or(upper.modal);
            context.pluperfect |= upper.pluperfect;
            context.infinitive |= upper.infinitive;
        }
    }
    context
}

fn of_verb(analysis: &Analysis, verb: usize) -> Context {
    let token = &analysis.tokens[verb];
    let mut context = Context {
        tense: match &*token.tag {
            "VBD" => Tense::Past,
            "VBP" | "VBZ" => Tense::Present,
            _ => Tense::None,
        },
        ..Context::default()
    };
    let (mut to, mut perfect) = (false, false);
    for child in analysis.children(verb) {
        let word = &analysis.tokens[child];
        match word.dep {
            Dep::Neg => context.negated = true,
            Dep::Aux | Dep::Auxpass => match &*word.lower {
                // "on 3 May"
                "may" if &*word.tag != "MD" => {}
                "may" | "might" | "could" => context.modal = Some(Modal::Possible),
                "will" | "shall" | "wo" | "'ll" => context.modal = Some(Modal::Future),
                "would" | "should" => context.modal = Some(Modal::Conditional),
                "to" => to = true,
                "have" | "having" | "'ve" => perfect = true,
                "has" | "did" | "was" | "were" | "'s" | "been" => context.tense = Tense::Past,
                "had" | "'d" => {
                    context.tense = Tense::Past;
                    context.pluperfect = true;
                }
                "is" | "are" | "am" | "do" | "does" if context.tense == Tense::None => {
                    context.tense = Tense::Present;
                }
                _ => {}
            },
            // "was in no way involved"
            Dep::Prep if &*word.lower == "in" => {
                context.negated |= super::objects(analysis, child).iter().any(|&object| {
                    matches!(&*analysis.tokens[object].lower, "way" | "wise" | "manner")
                        && analysis
                            .children_by(object, &[Dep::Det])
                            .any(|det| &*analysis.tokens[det].lower == "no")
                });
            }
            Dep::Mark if matches!(&*word.lower, "if" | "unless" | "whether" | "lest") => {
                context.modal = context.modal.or(Some(Modal::Conditional));
            }
            Dep::Advmod => {
                context.negated |= matches!(&*word.lower, "never" | "neither" | "nor" | "hardly" | "barely");
                // "went further", "next called": of verbs these tell of no future.
                let order = matches!(&*word.lower, "further" | "next" | "any" | "new" | "fresh");
                context.modal = context.modal.or(hedge(&word.lower).filter(|_| !order));
            }
            _ => {}
        }
    }
    if perfect {
        context.tense = Tense::Past;
    }
    context.infinitive = to && !perfect;
    context
}

/// Hedging adverbs and adjectives.
fn hedge(word: &str) -> Option<Modal> {
    match word {
        "perhaps" | "possibly" | "maybe" | "potentially" | "possible" | "potential" | "hypothetical"
        | "feared" | "eventual" | "any" | "probable" | "imminent" | "likely" | "likeliest" => {
            Some(Modal::Possible)
        }
        "planned" | "future" | "further" | "intended" | "threatened" | "upcoming" | "impending" | "next"
        | "new" | "fresh" | "renewed" | "would-be" => Some(Modal::Future),
        "allegedly" | "reportedly" | "apparently" | "presumably" | "supposedly" | "purportedly"
        | "ostensibly" | "probably" | "alleged" | "suspected" | "apparent" | "presumed" | "supposed"
        | "purported" | "reported" => Some(Modal::Alleged),
        _ => None,
    }
}

fn of_noun(analysis: &Analysis, noun: usize) -> Context {
    let mut context = Context::default();
    for child in analysis.children(noun) {
        let word = &analysis.tokens[child];
        match word.dep {
            Dep::Neg => context.negated = true,
            Dep::Det | Dep::Amod | Dep::Compound => {
                context.negated |= &*word.lower == "no" || &*word.lower == "neither";
                context.modal = context.modal.or(hedge(&word.lower));
            }
            _ => {}
        }
    }
    // "was not an accident": the negation stands at the copula.
    let token = &analysis.tokens[noun];
    if matches!(token.dep, Dep::Attr | Dep::Acomp | Dep::Oprd) && token.head != noun {
        let copula = of_verb(analysis, token.head);
        context.negated |= copula.negated;
        context.modal = context.modal.or(copula.modal);
        context.tense = copula.tense;
    }
    context
}

/// "No group claimed it", "nobody was hurt".
fn negated_argument(analysis: &Analysis, predicate: &super::Predicate) -> bool {
    let nobody = |token: usize| {
        let word = &*analysis.tokens[token].lower;
        matches!(word, "nobody" | "none" | "nothing" | "no-one" | "neither")
            || analysis
                .children_by(token, &[Dep::Det, Dep::Neg, Dep::Predet, Dep::Preconj, Dep::Cc])
                .any(|c| matches!(&*analysis.tokens[c].lower, "no" | "neither"))
            || (word == "one" && token > 0 && &*analysis.tokens[token - 1].lower == "no")
    };
    let mut sides = predicate.tokens(Slot::Subject).chain(predicate.tokens(Slot::Object));
    sides.any(nobody)
}
