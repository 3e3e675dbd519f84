//! Toponyms: a gazetteer, and which of the namesakes a text means.

use crate::analysis::Analysis;
use crate::document::Document;
use crate::reading::Place;

/// Toponyms and where they are.
#[derive(Default)]
pub struct Gazetteer {}

/// The toponyms of a document, in order, each resolved as far as the text allows.
pub fn find(_document: &Document, _analysis: &Analysis, _gazetteer: &Gazetteer) -> Vec<Place> {
    Vec::new()
}
