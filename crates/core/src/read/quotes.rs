//! Quotations: pairs of quotation marks within a paragraph, and those that run on into the next.

use crate::analysis::{Analysis, Pos};
use crate::text::{Span, Tokens};

/// A stretch between quotation marks, the marks included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quote {
    /// Its tokens, marks included.
    pub(crate) tokens: Span<Tokens>,
    /// Index of the paragraph.
    pub(crate) paragraph: usize,
    /// Whether the paragraph ends before a closing mark comes.
    pub(crate) open_ended: bool,
}

impl Quote {
    /// The last token before the closing mark.
    pub(crate) fn last_inside(&self) -> usize {
        if self.open_ended {
            self.tokens.end - 1
        } else {
            self.tokens.end.saturating_sub(2).max(self.tokens.start)
        }
    }
}

/// What a token does to quotations.
enum Mark {
    Opens,
    Closes,
    /// A straight mark: opens or closes by where it stands.
    Either,
}

fn double_mark(lower: &str) -> Option<Mark> {
    match lower {
        "“" | "``" | "«" | "„" => Some(Mark::Opens),
        "”" | "»" => Some(Mark::Closes),
        "\"" | "''" => Some(Mark::Either),
        _ => None,
    }
}

/// A single mark, where it is none of an apostrophe: an opening one leans on the word behind it, a closing one on the
/// word before it, and "officials' report" is no end.
fn single_mark(analysis: &Analysis, at: usize, first: usize) -> Option<Mark> {
    let token = &analysis.tokens[at];
    let leans_back = at > first && !analysis.tokens[at - 1].space_after;
    match &*token.lower {
        "‘" => Some(Mark::Opens),
        "'" if !leans_back && !token.space_after => Some(Mark::Opens),
        "'" | "’" if leans_back => {
            let plural = analysis.tokens[at - 1].lower.ends_with('s');
            let owned = analysis
                .tokens
                .get(at + 1)
                .is_some_and(|next| matches!(next.pos, Pos::Noun | Pos::Adj | Pos::Propn));
            (!(plural && owned && token.space_after)).then_some(Mark::Closes)
        }
        _ => None,
    }
}

/// The quotations of a document, in order.
pub(crate) fn find(analysis: &Analysis) -> Vec<Quote> {
    let mut quotes = Vec::new();
    for (paragraph, tokens) in paragraphs(analysis) {
        // Single marks count only where the paragraph has no double ones: else they quote within quotations.
        let single = !tokens.range().any(|at| double_mark(&analysis.tokens[at].lower).is_some());
        find_in(analysis, paragraph, tokens, single, &mut quotes);
    }
    quotes
}

/// Each paragraph's index and tokens, in order.
pub(crate) fn paragraphs(analysis: &Analysis) -> Vec<(usize, Span<Tokens>)> {
    let mut found: Vec<(usize, Span<Tokens>)> = Vec::new();
    for sentence in &analysis.sentences {
        match found.last_mut() {
            Some((paragraph, tokens)) if *paragraph == sentence.paragraph => tokens.end = sentence.tokens.end,
            _ => found.push((sentence.paragraph, sentence.tokens)),
        }
    }
    found
}

fn find_in(
    analysis: &Analysis,
    paragraph: usize,
    tokens: Span<Tokens>,
    single: bool,
    quotes: &mut Vec<Quote>,
) {
    let mut opened: Option<usize> = None;
    let mut close = |from: usize, end: usize, open_ended: bool| {
        if end > from + 2 {
            quotes.push(Quote { tokens: Span::new(from, end), paragraph, open_ended });
        }
    };
    for at in tokens.range() {
        let double = double_mark(&analysis.tokens[at].lower);
        let mark = if single { single_mark(analysis, at, tokens.start) } else { double };
        let Some(mark) = mark else { continue };
        match (mark, opened) {
            (Mark::Opens | Mark::Either, None) => opened = Some(at),
            (Mark::Closes | Mark::Either, Some(from)) => {
                close(from, at + 1, false);
                opened = None;
            }
            // A second opening mark: the first was never closed.
            (Mark::Opens, Some(_)) => opened = Some(at),
            (Mark::Closes, None) => {}
        }
    }
    // An unclosed single mark is an apostrophe ("'tis").
    if let Some(from) = opened.filter(|_| !single) {
        close(from, tokens.end, true);
    }
}

/// For each token the index of the quotation that holds it.
pub(crate) fn by_token(analysis: &Analysis, quotes: &[Quote]) -> Vec<Option<usize>> {
    let mut of = vec![None; analysis.tokens.len()];
    for (index, quote) in quotes.iter().enumerate() {
        of[quote.tokens.range()].fill(Some(index));
    }
    of
}

/// Whether a quotation says something by itself, and is not a word or a name set apart by marks.
pub(crate) fn is_speech(analysis: &Analysis, quote: &Quote) -> bool {
    let last = &analysis.tokens[quote.last_inside()];
    let ends = matches!(&*last.lower, "," | "." | "?" | "!" | "…" | "..." | "—" | "-");
    let inside = Span::<Tokens>::new(quote.tokens.start + 1, quote.last_inside() + 1);
    let finite = inside.range().any(|t| matches!(&*analysis.tokens[t].tag, "VBD" | "VBZ" | "VBP" | "MD"));
    let words = inside.range().filter(|&t| analysis.tokens[t].pos != Pos::Punct).count();
    (ends && words >= 1) || (finite && words >= 3)
}

/// Whether a quotation holds a whole sentence and more than a title or a catchword.
pub(crate) fn is_sentence(analysis: &Analysis, quote: &Quote) -> bool {
    let inside = Span::<Tokens>::new(quote.tokens.start + 1, quote.last_inside() + 1);
    let finite = inside.range().any(|t| matches!(&*analysis.tokens[t].tag, "VBD" | "VBZ" | "VBP" | "MD"));
    let words = inside.range().filter(|&t| analysis.tokens[t].pos != Pos::Punct).count();
    finite && words >= 4
}
