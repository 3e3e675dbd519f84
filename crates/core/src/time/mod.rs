//! Time expressions: found in the text, resolved against the date of publication, put into TIMEX3 form.

use crate::analysis::Analysis;
use crate::document::Document;
use crate::reading::Time;

/// The time expressions of a document, in order.
pub fn find(_document: &Document, _analysis: &Analysis) -> Vec<Time> {
    Vec::new()
}
