//! Time expressions: found in the text, resolved against the date of publication and what the report tells, and put into
//! TIMEX3 form (ISO-TimeML, Pustejovsky et al. 2010).
//!
//! The words are read by a [`grammar`] over [`lex`] atoms, one kind of expression a file, into a [`meaning`], which does not
//! yet know when it was written; [`resolve`] does. [`tense`] decides which of two Fridays is meant.

mod book;
mod calendar;
mod days;
mod find;
mod grammar;
mod lex;
mod meaning;
mod numbers;
mod resolve;
mod tense;
mod told;
mod when;
mod words;

pub use book::{DayBook, DayError, DayExample, DayFiles};
pub use when::{Candidate, candidates};

use crate::analysis::Analysis;
use crate::document::{Document, Passage};
use crate::grammar::Pos;
use crate::reading::Time;
use crate::text::{Span, Tokens};

use find::{Paragraph, Resolver};
use told::Told;

/// The time expressions of a document, in order.
pub fn find(document: &Document, analysis: &Analysis, book: &DayBook) -> Vec<Time> {
    let mut times = Vec::new();
    let mut resolver = Resolver { book, published: document.published, told: Told::default() };
    for sentences in analysis.sentences.chunk_by(|a, b| a.paragraph == b.paragraph) {
        if let Some(paragraph) = document.paragraphs.get(sentences[0].paragraph) {
            let tokens = Span::new(sentences[0].tokens.start, sentences[sentences.len() - 1].tokens.end);
            in_paragraph(document, analysis, paragraph.passage, tokens, &mut resolver, &mut times);
        }
    }
    times
}

fn in_paragraph(
    document: &Document,
    analysis: &Analysis,
    passage: Passage,
    tokens: Span<Tokens>,
    resolver: &mut Resolver,
    times: &mut Vec<Time>,
) {
    let paragraph = Paragraph { analysis, tokens, offset: passage.span.start };
    let scan =
        find::scan(document.slice(passage), resolver.book, |atoms, found| paragraph.refuses(atoms, found));
    let spans: Vec<_> = scan
        .matches
        .iter()
        .map(|found| scan.atoms[found.atoms.start].span.cover(scan.atoms[found.atoms.end - 1].span))
        .collect();
    let touched: Vec<Span<Tokens>> = spans.iter().map(|&span| paragraph.touched(span)).collect();
    let resolved = resolver.resolve(
        &scan,
        |index| tense::of(analysis, touched[index]),
        |index| analysis.tokens.get(touched[index].start).map_or(0, |token| token.sentence),
        |index| is_attributive(analysis, touched[index], tokens),
    );
    times.extend(spans.into_iter().zip(resolved).map(|(span, resolved)| Time {
        mention: Passage { field: passage.field, span: span.shift(passage.span.start) },
        kind: resolved.kind,
        value: resolved.value,
        range: resolved.range,
    }));
}

/// Whether a noun follows that the expression belongs to: "the March elections", "Friday prayers".
fn is_attributive(analysis: &Analysis, expression: Span<Tokens>, paragraph: Span<Tokens>) -> bool {
    paragraph.holds(expression.end) && matches!(analysis.tokens[expression.end].pos, Pos::Noun | Pos::Propn)
}
