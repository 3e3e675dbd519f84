//! What could not be read, where, and why.

use std::fmt;

use thiserror::Error;
use watchkeeper_core::document::{Capture, Note};

/// Which part of the input is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// A line of JSON Lines, counted from 1.
    Line(usize),
    /// An element of a JSON array, counted from 1.
    Element(usize),
    /// An entry of a feed, counted from 1.
    Entry(usize),
    /// A row of a table, counted from 1 below the names of the columns.
    Row(usize),
    /// A record of a WARC, counted from 1.
    Record(usize),
}

/// Why it could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Reason {
    /// Nothing, or nothing but blanks.
    #[error("there is no text in it")]
    Empty,
    /// A known format that is not one of reports.
    #[error("it is {0}; give the report as text, HTML, JSON, a feed, a WARC or CSV")]
    NotAReport(&'static str),
    /// Bytes that are no text in any encoding.
    #[error("it is binary data, not text")]
    Binary,
    /// A kind of compression that is not undone here, or one inside another.
    #[error("it is packed as {0}; unpack it first")]
    Packed(&'static str),
    /// Compressed data that breaks off or is damaged.
    #[error("the {format} data is damaged: {message}")]
    Damaged {
        /// The compression.
        format: &'static str,
        /// What its decoder says.
        message: String,
    },
    /// Compressed data that grows beyond measure.
    #[error("unpacked, it grows to more than a hundred times its size")]
    Bomb,
    /// More than [`LONGEST_REPORT_BYTES`](crate::LONGEST_REPORT_BYTES).
    #[error("it is longer than 64 MB, the most that one report may hold")]
    TooLong,
    /// Not JSON, though it begins like JSON.
    #[error("it is not valid JSON: {0}")]
    Json(String),
    /// JSON, but not an object.
    #[error("it is JSON, but not a report: an object with text or html is expected, found {0}")]
    NotAnObject(&'static str),
    /// A report without text.
    #[error("the report has neither text nor html")]
    NoText,
    /// A page without an article.
    #[error("no article was found on the page")]
    NoArticle,
    /// Markup that begins like a feed, but holds none.
    #[error("it begins like a feed, but no RSS, Atom or CDF was found in it")]
    NoFeed,
    /// A feed without entries.
    #[error("the feed has no entries")]
    NoEntries,
    /// A feed whose markup is too broken for any entry to be found.
    #[error("no entry was found; the feed is malformed: {0}")]
    Feed(String),
    /// A WARC without anything that is read.
    #[error("no page was found in the WARC")]
    NoPages,
    /// The reading of the input failed.
    #[error("reading failed: {0}")]
    Io(String),
}

/// A report that could not be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Rejection {
    /// Which part of the input.
    pub part: Part,
    /// Why.
    pub reason: Reason,
    /// What is known of the report all the same.
    known: Box<Capture>,
}

impl Rejection {
    pub(crate) fn new(part: Part, reason: Reason) -> Self {
        Self { part, reason, known: Box::default() }
    }

    pub(crate) fn with(part: Part, reason: Reason, known: Capture) -> Self {
        Self { part, reason, known: Box::new(known) }
    }

    pub(crate) fn known_mut(&mut self) -> &mut Capture {
        &mut self.known
    }

    /// A capture with what is known of the report (its address, its title), without text, and with a note `unreadable`
    /// that says why: so that a reading stands where the report stood.
    pub fn into_capture(self) -> Capture {
        let note = Note::new("unreadable", self.to_string());
        let mut capture = *self.known;
        capture.notes.push(note);
        capture
    }
}

impl fmt::Display for Part {
    /// Nothing for the whole.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole => Ok(()),
            Self::Line(number) => write!(f, "line {number}"),
            Self::Element(number) => write!(f, "element {number}"),
            Self::Entry(number) => write!(f, "entry {number}"),
            Self::Row(number) => write!(f, "row {number}"),
            Self::Record(number) => write!(f, "record {number}"),
        }
    }
}

impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.part {
            Part::Whole => self.reason.fmt(f),
            part => write!(f, "{part}: {}", self.reason),
        }
    }
}

impl std::error::Error for Rejection {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.reason)
    }
}
