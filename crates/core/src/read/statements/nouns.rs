//! Statements that a noun announces: "its claim that …", "a vow to …", "criticism of …".

use crate::analysis::{Analysis, Dep, Pos};
use crate::read::is_prose;
use crate::read::speech::{Cue, Slot, SpeechBook};

use super::drafts::Draft;
use super::regions::{self, Region};
use super::sources;

/// The statements that nouns announce, in order.
pub(super) fn find(analysis: &Analysis, book: &SpeechBook) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (at, token) in analysis.tokens.iter().enumerate() {
        if token.pos != Pos::Noun || !is_prose(analysis, at) {
            continue;
        }
        let found = book
            .noun(token)
            .iter()
            .find_map(|cue| content(analysis, at, cue).map(|content| (cue.kind, content)));
        if let Some((kind, content)) = found {
            let source = sources::of_noun(analysis, at).filter(|source| !content.contains(source));
            drafts.push(Draft::of_cue(analysis, kind, at, source, content));
        }
    }
    drafts
}

fn content(analysis: &Analysis, noun: usize, cue: &Cue) -> Option<Region> {
    let complement = analysis.children_by(noun, &[Dep::Acl, Dep::Ccomp, Dep::Xcomp]).find(|&clause| {
        let has = |dep: Dep, word: &str| {
            analysis.children_by(clause, &[dep]).any(|child| &*analysis.tokens[child].lower == word)
        };
        let that = cue.takes(Slot::Clause)
            && (has(Dep::Mark, "that") || has(Dep::Mark, "if") || has(Dep::Mark, "whether"));
        let to = cue.takes(Slot::Infinitive) && has(Dep::Aux, "to");
        that || to
    });
    if let Some(clause) = complement {
        return Some(regions::below(analysis, clause, &[]));
    }
    let prep = analysis.children_by(noun, &[Dep::Prep]).find(|&prep| {
        cue.takes(Slot::Preposition) && cue.prepositions.contains(&analysis.tokens[prep].lower)
    })?;
    let object = analysis.children_by(prep, &[Dep::Pobj, Dep::Pcomp]).next()?;
    Some(regions::below(analysis, object, &[]))
}
