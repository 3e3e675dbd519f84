//! From a capture to a document: paragraphs, headline, dateline, and a mask over what is not the report.
//!
//! The text itself is never changed. What is no prose is masked with its reason; what is to be read stands in paragraphs
//! that hold no masked text and no dateline.

mod boilerplate;
mod calendar;
mod dateline;
mod header;
mod language;
mod lines;
mod published;
mod scan;
mod sections;

pub use boilerplate::{Boilerplate, BoilerplateError, BoilerplateExample};

use crate::document::{
    Capture, Dateline, Document, Field, Note, Paragraph, ParagraphKind, Passage, PublishedAt,
};
use crate::text::Span;
use calendar::WrittenDate;
use sections::Sections;

/// The code of the note that a text is in a language that is not read.
pub const LANGUAGE_UNSUPPORTED: &str = "language_unsupported";

/// No more of a text is read: a hundred times a long report, and still read within seconds.
pub const LONGEST_READ_BYTES: usize = 256 * 1024;

/// Cleans a capture. Masks, never deletes.
pub fn clean(capture: Capture, boilerplate: &Boilerplate) -> Document {
    let mut notes = capture.notes;
    let source = capture.source.as_deref();
    let title = capture.title.as_deref().map(|title| title_without_outlet(title, source));
    let found = Sections::of(&capture.text, title, source, boilerplate);
    if capture.text.trim_end().len() > LONGEST_READ_BYTES {
        let message = format!("only the first {LONGEST_READ_BYTES} bytes of the text are read");
        notes.push(Note::new("text_truncated", message));
    }
    let published =
        capture.published.or_else(|| dated_by_text(&found, capture.updated, capture.captured, &mut notes));
    let recognised = language::recognise(found.sample(&capture.text));
    let language = recognised.map(str::to_owned).or(capture.language);
    if let Some(tag) = language.as_deref().filter(|tag| !language::is_english(tag)) {
        notes.push(Note::new(LANGUAGE_UNSUPPORTED, format!("the text is in {tag}; only English is read")));
    }
    let headline = title.filter(|body| !found.repeats_title && !body.is_empty()).map(|body| {
        let start = capture.title.as_deref().map_or(0, |title| title.len() - title.trim_start().len());
        let passage = Passage { field: Field::Title, span: Span::new(start, start + body.len()) };
        Paragraph { passage, kind: ParagraphKind::Headline }
    });
    Document {
        paragraphs: headline.into_iter().chain(found.paragraphs).collect(),
        masked: found.masked,
        dateline: found.dateline.map(|dateline| Dateline {
            passage: Passage { field: Field::Text, span: dateline.span },
            place: dateline.place.map(|span| Passage { field: Field::Text, span }),
        }),
        title: capture.title,
        text: capture.text,
        published,
        updated: capture.updated,
        captured: capture.captured,
        source: capture.source,
        url: capture.url,
        language,
        notes,
    }
}

/// The title without blanks around it and without the outlet's name at its end ("Rain in Lisbon | Delta Courier").
pub fn title_without_outlet<'a>(title: &'a str, source: Option<&str>) -> &'a str {
    let title = title.trim();
    let Some(source) = source.map(str::trim).filter(|source| !source.is_empty()) else { return title };
    let Some(at) = title.len().checked_sub(source.len()).filter(|&at| title.is_char_boundary(at)) else {
        return title;
    };
    let head = title[..at].trim_end();
    let cut = head.trim_end_matches(['|', '-', '–', '—', '·']).trim_end();
    if title[at..].eq_ignore_ascii_case(source) && cut.len() < head.len() && !cut.is_empty() {
        cut
    } else {
        title
    }
}

/// The date that the text itself gives for its publication.
fn dated_by_text(
    found: &Sections,
    updated: Option<PublishedAt>,
    captured: Option<PublishedAt>,
    notes: &mut Vec<Note>,
) -> Option<PublishedAt> {
    let written = found.header_date.or_else(|| found.dateline.as_ref()?.date)?;
    let other = updated.or(captured).map(PublishedAt::day);
    let date = written.full().or_else(|| {
        if let Some(other) = other {
            return [other.year(), other.year() - 1]
                .into_iter()
                .filter_map(|year| written.in_year(year))
                .find(|date| *date <= other);
        }
        written.in_year(found.year?)
    });
    if date.is_none() {
        let WrittenDate { month, day, .. } = written;
        let message =
            format!("the report is dated {day}/{month} (day/month) without a year; give it with --published");
        notes.push(Note::new("date_incomplete", message));
    }
    date.map(PublishedAt::Day)
}

#[cfg(test)]
mod tests;
