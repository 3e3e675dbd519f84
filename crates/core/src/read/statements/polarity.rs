//! Whether a statement was really made: "did not say", "no group has claimed", "declined to confirm", "may claim".

use crate::analysis::{Analysis, Dep};

/// Whether the report says that a cue's source did not utter it.
pub(super) fn is_negated(analysis: &Analysis, cue: usize, source: Option<usize>) -> bool {
    let nobody = source.is_some_and(|source| is_nobody(analysis, source));
    nobody || negated_above(analysis, cue)
}

/// Negation of the cue or of a verb that governs it as an infinitive or a gerund.
fn negated_above(analysis: &Analysis, cue: usize) -> bool {
    let mut at = cue;
    loop {
        let token = &analysis.tokens[at];
        let negated = analysis.children(at).any(|child| {
            let word = &analysis.tokens[child];
            word.dep == Dep::Neg || matches!(&*word.lower, "never" | "nor" | "neither") && child < at
        });
        if negated {
            return true;
        }
        let governor = &analysis.tokens[token.head];
        let withheld = matches!(
            &*governor.lemma,
            "decline" | "refuse" | "fail" | "omit" | "avoid" | "without" | "stop" | "forget"
        );
        match token.dep {
            Dep::Xcomp | Dep::Pcomp if withheld => return true,
            Dep::Xcomp if token.head != at => at = token.head,
            _ => return false,
        }
    }
}

/// "nobody", "none of them", "no group", "neither side".
fn is_nobody(analysis: &Analysis, source: usize) -> bool {
    let negative =
        |at: usize| matches!(&*analysis.tokens[at].lower, "no" | "nobody" | "none" | "neither" | "nothing");
    negative(source) || analysis.children_by(source, &[Dep::Det, Dep::Neg, Dep::Preconj]).any(negative)
}

/// Whether the report puts an utterance as merely possible, required, conditional or intended.
pub(super) fn is_possible(analysis: &Analysis, cue: usize) -> bool {
    let mut at = cue;
    loop {
        let token = &analysis.tokens[at];
        let open = analysis.children(at).any(|child| {
            let word = &analysis.tokens[child];
            let modal =
                word.dep == Dep::Aux && &*word.tag == "MD" && !matches!(&*word.lower, "would" | "’d" | "'d");
            modal || word.dep == Dep::Mark && matches!(&*word.lower, "if" | "unless" | "whether" | "lest")
        });
        if open {
            return true;
        }
        if !matches!(token.dep, Dep::Xcomp | Dep::Conj) || token.head == at {
            return token.dep == Dep::Advcl
                && analysis.children_by(at, &[Dep::Aux]).any(|a| &*analysis.tokens[a].lower == "to");
        }
        at = token.head;
    }
}
