//! The reports of a document that is held as a whole, its compression undone.

use watchkeeper_core::clean::Boilerplate;
use watchkeeper_core::document::Capture;

use crate::encoding::{decode, is_binary};
use crate::format::Format;
use crate::rejection::{Part, Reason, Rejection};
use crate::table::{Columns, Rows};
use crate::{Sent, feed, html, json, text};

pub(crate) type Outcome = Result<Capture, Rejection>;

/// The reports of a document.
pub(crate) fn reports(bytes: &[u8], sent: &Sent, boilerplate: &Boilerplate) -> Vec<Outcome> {
    let decoded = decode(bytes, sent.charset.as_deref());
    let rejected = |reason| vec![Err(Rejection::new(Part::Whole, reason))];
    if decoded.text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        return rejected(Reason::Empty);
    }
    if is_binary(&decoded) {
        return rejected(Reason::Binary);
    }
    if let Some(columns) = Columns::of_text(&decoded.text) {
        return Rows::of_text(&decoded.text, columns).collect();
    }
    match Format::of(&decoded.text) {
        Format::Json => json_document(&decoded.text, sent, boilerplate),
        Format::Html => vec![page(bytes, sent, boilerplate)],
        Format::Feed => feed_document(bytes, sent),
        Format::Text => {
            let mut capture = text::report(decoded.text.into_owned());
            capture.notes.extend(decoded.note);
            vec![Ok(capture)]
        }
    }
}

fn page(bytes: &[u8], sent: &Sent, boilerplate: &Boilerplate) -> Outcome {
    let declared = html::declared_charset(bytes);
    let decoded = decode(bytes, sent.charset.as_deref().or(declared.as_deref()));
    let mut capture = html::report(&decoded.text, boilerplate);
    capture.notes.extend(decoded.note);
    if capture.text.is_empty() {
        return Err(Rejection::with(Part::Whole, Reason::NoArticle, capture));
    }
    Ok(capture)
}

fn feed_document(bytes: &[u8], sent: &Sent) -> Vec<Outcome> {
    let (feed, note) = match feed::read(bytes, sent) {
        Ok(read) => read,
        Err(reason) => return vec![Err(Rejection::new(Part::Whole, reason))],
    };
    let mut outcomes = feed.captures();
    for capture in outcomes.iter_mut().flatten() {
        capture.notes.extend(note.clone());
    }
    outcomes
}

/// One object, an array, or lines of which the first is broken.
fn json_document(text: &str, sent: &Sent, boilerplate: &Boilerplate) -> Vec<Outcome> {
    match json::parse(text) {
        Ok(serde_json::Value::Array(elements)) if elements.is_empty() => {
            vec![Err(Rejection::new(Part::Whole, Reason::Empty))]
        }
        Ok(serde_json::Value::Array(elements)) => elements
            .into_iter()
            .enumerate()
            .map(|(index, element)| json::report(element, Part::Element(index + 1), boilerplate))
            .collect(),
        Ok(serde_json::Value::Object(object)) if feed::json::is_feed(&object) => {
            feed::json::feed(&object, sent).captures()
        }
        Ok(value) => vec![json::report(value, Part::Whole, boilerplate)],
        Err(reason) => {
            let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
            let is_lines = lines.clone().nth(1).is_some()
                && lines
                    .clone()
                    .any(|(_, line)| line.trim_start().starts_with("{\"") && json::parse(line).is_ok());
            if !is_lines {
                return vec![Err(Rejection::new(Part::Whole, reason))];
            }
            lines.map(|(index, line)| line_of_json(line, Part::Line(index + 1), boilerplate)).collect()
        }
    }
}

pub(crate) fn line_of_json(line: &str, part: Part, boilerplate: &Boilerplate) -> Outcome {
    json::parse(line)
        .map_err(|reason| Rejection::new(part, reason))
        .and_then(|value| json::report(value, part, boilerplate))
}
