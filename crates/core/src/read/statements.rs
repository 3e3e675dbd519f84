//! Statements: source, cue, content, on anything.

use crate::analysis::Analysis;
use crate::document::Document;
use crate::read::entities::Entities;
use crate::reading::Statement;

/// The statements of a document, in order.
pub fn find(_document: &Document, _analysis: &Analysis, _entities: &Entities) -> Vec<Statement> {
    Vec::new()
}
