//! Times that a document says, and a note where they cannot be read.

use watchkeeper_core::document::{Note, PublishedAt};

/// Reads what a field called `name` says.
pub(crate) fn read(name: &str, written: &str, notes: &mut Vec<Note>) -> Option<PublishedAt> {
    PublishedAt::parse(written).or_else(|| unread(name, written, notes))
}

/// Notes that a time cannot be read.
pub(crate) fn unread(name: &str, written: &str, notes: &mut Vec<Note>) -> Option<PublishedAt> {
    const MOST_SHOWN_CHARS: usize = 60;
    let shown: String = written.chars().take(MOST_SHOWN_CHARS).collect();
    notes.push(Note::new("date_unresolved", format!("{name} is no date that can be read: {shown}")));
    None
}
