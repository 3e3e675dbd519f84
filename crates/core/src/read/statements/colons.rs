//! Statements that a colon announces: "Berg: bridge was mined" in headlines and transcripts, "Bridge was mined: Berg".

use crate::analysis::{Analysis, NameLabel, Pos};
use crate::document::ParagraphKind;
use crate::read::quotes;
use crate::read::speech::SpeechBook;
use crate::reading::EntityKind;
use crate::text::{Span, Tokens};

use super::CueKind;
use super::drafts::Draft;
use super::regions;

/// The most words that a source before or after a colon has.
const LONGEST_SOURCE: usize = 6;
/// The fewest words of what is said after a colon.
const SHORTEST_CONTENT: usize = 3;

/// The statements that colons announce, in order.
pub(super) fn find(analysis: &Analysis, speech: &SpeechBook) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (_, paragraph) in quotes::paragraphs(analysis) {
        let first = analysis.tokens[paragraph.start].sentence;
        let headline = analysis.sentences[first].kind == ParagraphKind::Headline;
        if let Some(draft) = source_first(analysis, speech, paragraph) {
            drafts.push(draft);
        } else if let Some(draft) = source_last(analysis, speech, paragraph).filter(|_| headline) {
            drafts.push(draft);
        }
    }
    drafts
}

/// "Berg: bridge was mined"; the source is a name or a role, and what follows has a verb.
fn source_first(analysis: &Analysis, speech: &SpeechBook, paragraph: Span<Tokens>) -> Option<Draft> {
    let limit = paragraph.end.min(paragraph.start + LONGEST_SOURCE + 1);
    let colon = (paragraph.start..limit).find(|&at| &*analysis.tokens[at].lower == ":")?;
    let source = Span::new(paragraph.start, colon);
    let content = Span::new(colon + 1, paragraph.end);
    let verb = content.range().any(|at| matches!(analysis.tokens[at].pos, Pos::Verb | Pos::Aux));
    (is_source(analysis, speech, source) && content.len() >= SHORTEST_CONTENT && verb)
        .then(|| draft(analysis, source, colon, content))
}

/// "Bridge was mined: ministry", in headlines.
fn source_last(analysis: &Analysis, speech: &SpeechBook, paragraph: Span<Tokens>) -> Option<Draft> {
    let colon = paragraph.range().rev().find(|&at| &*analysis.tokens[at].lower == ":")?;
    let source = regions::trim(analysis, Span::new(colon + 1, paragraph.end))?;
    let content = Span::new(paragraph.start, colon);
    let verb = content.range().any(|at| matches!(analysis.tokens[at].pos, Pos::Verb | Pos::Aux));
    let short = source.len() <= LONGEST_SOURCE && content.len() >= SHORTEST_CONTENT;
    (short && verb && is_source(analysis, speech, source)).then(|| draft(analysis, source, colon, content))
}

/// Whether the words end in the name of a person or body, or in a role.
fn is_source(analysis: &Analysis, speech: &SpeechBook, words: Span<Tokens>) -> bool {
    let Some(last) = words.range().last() else { return false };
    let speaks =
        |label| matches!(label, NameLabel::Person | NameLabel::Org | NameLabel::Gpe | NameLabel::Norp);
    let named = analysis.names.iter().any(|name| name.tokens.holds(last) && speaks(name.label));
    let role = speech.roles().noun(&analysis.tokens[last].lemma.to_lowercase());
    let more = |at: usize| {
        let token = &analysis.tokens[at];
        matches!(token.pos, Pos::Verb | Pos::Aux | Pos::Pron)
            || matches!(&*token.lower, "," | "no" | "-" | "–")
    };
    !words.range().any(more) && (named || role.is_some_and(|role| role.kind != EntityKind::Other))
}

fn draft(analysis: &Analysis, source: Span<Tokens>, colon: usize, content: Span<Tokens>) -> Draft {
    let head = source.range().last();
    Draft {
        cue_words: Some(Span::new(colon, colon + 1)),
        source_words: Some(source),
        ..Draft::of_cue(analysis, CueKind::Say, colon, head, content.range().collect())
    }
}
