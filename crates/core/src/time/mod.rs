//! Time expressions: found in the text, resolved against the date of publication and what the report tells, and put into
//! TIMEX3 form (ISO-TimeML, Pustejovsky et al. 2010).
//!
//! The words are read by a [`grammar`] over [`lex`] atoms, one kind of expression a file, into a [`meaning`], which does not
//! yet know when it was written; [`resolve`] does. [`tense`] decides which of two Fridays is meant.

mod around;
pub mod attach;
mod book;
mod calendar;
mod days;
mod grammar;
mod lex;
mod meaning;
mod numbers;
mod order;
mod resolve;
mod scan;
mod tense;
mod told;
mod when;
mod words;

pub use book::{DayBook, DayError, DayExample, DayFiles};
pub use when::{Anchors, Candidate, candidates};

use crate::analysis::Analysis;
use crate::document::{Document, Passage};
use crate::reading::Time;
use crate::text::{Span, Tokens};

use around::Paragraph;
use order::Resolver;
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
        scan::scan(document.slice(passage), resolver.book, |atoms, found| paragraph.refuses(atoms, found));
    let spans: Vec<_> = scan
        .matches
        .iter()
        .map(|found| scan.atoms[found.atoms.start].span.cover(scan.atoms[found.atoms.end - 1].span))
        .collect();
    let around: Vec<_> = spans.iter().map(|&span| paragraph.around(paragraph.touched(span))).collect();
    let resolved = resolver.resolve(&scan, &around);
    times.extend(spans.into_iter().zip(resolved).map(|(span, resolved)| Time {
        mention: Passage { field: passage.field, span: span.shift(passage.span.start) },
        kind: resolved.kind,
        value: resolved.value,
        range: resolved.range,
    }));
}
