//! From a capture to a document: paragraphs, headline, dateline, and a mask over what is not the report.

use crate::document::{Capture, Document, Field, Paragraph, ParagraphKind, Passage};
use crate::text::Span;

/// Lines that are furniture of pages and wires, not prose.
#[derive(Default)]
pub struct Boilerplate {}

/// Cleans a capture. Masks, never deletes.
pub fn clean(capture: Capture, _boilerplate: &Boilerplate) -> Document {
    let mut paragraphs = Vec::new();
    if let Some(title) = &capture.title {
        let passage = Passage { field: Field::Title, span: Span::new(0, title.len()) };
        paragraphs.push(Paragraph { passage, kind: ParagraphKind::Headline });
    }
    let mut at = 0;
    for line in capture.text.split_inclusive('\n') {
        let body = line.trim_end();
        if !body.is_empty() {
            let passage = Passage { field: Field::Text, span: Span::new(at, at + body.len()) };
            paragraphs.push(Paragraph { passage, kind: ParagraphKind::Prose });
        }
        at += line.len();
    }
    Document {
        title: capture.title,
        text: capture.text,
        published: capture.published,
        updated: capture.updated,
        captured: capture.captured,
        source: capture.source,
        url: capture.url,
        language: capture.language,
        masked: Vec::new(),
        paragraphs,
        dateline: None,
        notes: capture.notes,
    }
}
