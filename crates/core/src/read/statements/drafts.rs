//! What the finders of statements hand on: a statement before quotations are joined to it.

use crate::analysis::{Analysis, Dep};
use crate::text::{Span, Tokens};

use super::CueKind;
use super::regions::Region;

/// A statement in the making.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) kind: CueKind,
    /// The head token of the cue.
    pub(super) cue: Option<usize>,
    /// The words of the cue.
    pub(super) cue_words: Option<Span<Tokens>>,
    /// The head token of the source.
    pub(super) source: Option<usize>,
    /// The words of the source, where they are not those below its head.
    pub(super) source_words: Option<Span<Tokens>>,
    /// What is said; empty for a cue that waits for a quotation.
    pub(super) content: Region,
    /// Whether a quotation may be what is said.
    pub(super) takes_quote: bool,
}

impl Draft {
    /// A statement announced by a verb or a noun.
    pub(super) fn of_cue(
        analysis: &Analysis,
        kind: CueKind,
        cue: usize,
        source: Option<usize>,
        content: Region,
    ) -> Self {
        Self {
            kind,
            cue: Some(cue),
            cue_words: Some(cue_words(analysis, cue)),
            source,
            source_words: None,
            content,
            takes_quote: false,
        }
    }

    /// First token of source, cue or content, by which statements are ordered.
    pub(super) fn start(&self) -> usize {
        let content = self.content.first().copied();
        content.into_iter().chain(self.cue).min().unwrap_or(0)
    }
}

/// A cue with the auxiliaries, negation and particle that stand directly beside it.
fn cue_words(analysis: &Analysis, cue: usize) -> Span<Tokens> {
    let beside = [Dep::Aux, Dep::Auxpass, Dep::Neg];
    let mut words = Span::new(cue, cue + 1);
    for child in analysis.children(cue).filter(|&c| c < cue).rev() {
        if child + 1 == words.start && beside.contains(&analysis.tokens[child].dep) {
            words.start = child;
        }
    }
    for child in analysis.children(cue).filter(|&c| c > cue) {
        if child == words.end && analysis.tokens[child].dep == Dep::Prt {
            words.end = child + 1;
        }
    }
    words
}
