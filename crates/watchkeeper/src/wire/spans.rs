//! Passages as spans in Unicode code points, with their words.

use schemars::JsonSchema;
use serde::Serialize;
use watchkeeper_core::document::{Document, Field, Passage};
use watchkeeper_core::text::CharIndex;

/// Words of the document: offsets count Unicode code points.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WireSpan {
    /// First code point.
    pub start: usize,
    /// Code point after the last.
    pub end: usize,
    /// The words.
    pub text: String,
    /// `title` where the words stand in the title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<&'static str>,
}

/// Makes spans of one document's passages.
pub struct Spans<'a> {
    document: &'a Document,
    title: CharIndex,
    text: CharIndex,
}

impl<'a> Spans<'a> {
    /// Of this document.
    pub fn new(document: &'a Document) -> Self {
        Self {
            document,
            title: CharIndex::new(document.field(Field::Title)),
            text: CharIndex::new(document.field(Field::Text)),
        }
    }

    /// One passage.
    pub fn of(&self, passage: Passage) -> WireSpan {
        let index = match passage.field {
            Field::Title => &self.title,
            Field::Text => &self.text,
        };
        let chars = index.chars(self.document.field(passage.field), passage.span);
        WireSpan {
            start: chars.start,
            end: chars.end,
            text: self.document.slice(passage).to_owned(),
            field: (passage.field == Field::Title).then_some("title"),
        }
    }

    /// Several passages.
    pub fn all(&self, passages: &[Passage]) -> Vec<WireSpan> {
        passages.iter().map(|&passage| self.of(passage)).collect()
    }
}
