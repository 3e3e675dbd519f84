//! The way one report takes, from its text to what it tells. Inline reading and workers both call [`read`].

use crate::analysis::{Analysis, Annotate};
use crate::document::{Capture, Document};
use crate::knowledge::Knowledge;
use crate::read::explain::{Explanation, explain as explain_reading};
use crate::reading::Reading;
use crate::{clean, read};

/// Reads one report: cleans it, finds its grammar, reads its facts. Never fails; what cannot be read is noted.
pub fn read(capture: Capture, annotator: &dyn Annotate, knowledge: &Knowledge) -> Reading {
    let document = clean::clean(capture, &knowledge.boilerplate);
    let analysis = Analysis::of(&document, annotator);
    read::read(document, &analysis, knowledge)
}

/// Explains why a report is read as it is; the way is that of [`read`].
pub fn explain(capture: Capture, annotator: &dyn Annotate, knowledge: &Knowledge) -> (Document, Explanation) {
    let document = clean::clean(capture, &knowledge.boilerplate);
    let analysis = Analysis::of(&document, annotator);
    let explanation = explain_reading(&document, &analysis, knowledge);
    (document, explanation)
}
