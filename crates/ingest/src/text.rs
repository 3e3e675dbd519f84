//! A report in plain text: the text as it came.

use watchkeeper_core::document::Capture;

/// The report that a plain text is.
pub fn report(text: String) -> Capture {
    Capture { text, ..Capture::default() }
}
