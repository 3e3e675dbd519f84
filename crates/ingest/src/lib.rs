//! Bytes to captures: what a file, a pipe or a fetch gave, taken apart into reports.
//!
//! One entry, [`captures`]: it undoes compression, tells the format by content (never by name), decodes the text and
//! gives one [`Capture`](watchkeeper_core::document::Capture) a report, in order. What cannot be read is a
//! [`Rejection`], which says where and why and still gives a capture with what is known of the report; the rest goes on.
//! Nothing here opens a file or a connection.
//!
//! Each format has a module: [`text`], [`json`], [`html`], [`feed`], `warc`, `table`. `format` tells them apart.

pub mod address;
mod captures;
mod compression;
mod document;
mod encoding;
pub mod feed;
mod format;
pub mod html;
pub mod json;
mod rejection;
mod sent;
mod table;
pub mod text;
mod times;
mod warc;

pub use captures::{Captures, captures};
pub use rejection::{Part, Reason, Rejection};
pub use sent::Sent;

use watchkeeper_core::document::{Capture, PublishedAt};

/// The most that one report may hold, unpacked. A JSON array is one document and has the same bound as a whole.
pub const LONGEST_REPORT_BYTES: usize = 64 * 1024 * 1024;

/// What the caller knows of reports that do not say it themselves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Defaults {
    /// First publication.
    pub published: Option<PublishedAt>,
    /// The outlet.
    pub source: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
}

impl Defaults {
    /// Fills what a capture leaves open.
    fn complete(&self, capture: &mut Capture) {
        capture.published = capture.published.or(self.published);
        capture.source = capture.source.take().or_else(|| self.source.clone());
        capture.url = capture.url.take().or_else(|| self.url.clone());
    }
}
