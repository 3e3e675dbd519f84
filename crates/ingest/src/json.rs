//! Reports in JSON: one object, an array of objects, or one object a line (JSON Lines).
//!
//! Fields: `url`, `source`, `published`, `title`, and `text` or `html`; optional `updated`, `captured`, `language`.
//! Other fields are passed over. Times are RFC 3339, a date, or a date as newsrooms write it; a number is seconds (or
//! milliseconds) since 1970.

use serde_json::{Map, Value};
use watchkeeper_core::clean::Boilerplate;
use watchkeeper_core::document::{Capture, Note, PublishedAt};

use crate::html;
use crate::rejection::{Part, Reason, Rejection};
use crate::times;

/// What a JSON text holds.
pub(crate) fn parse(text: &str) -> Result<Value, Reason> {
    serde_json::from_str(text).map_err(|error| Reason::Json(error.to_string()))
}

/// The report that a JSON value is.
///
/// # Errors
/// Where the value is no object or holds no text.
pub fn report(value: Value, part: Part, boilerplate: &Boilerplate) -> Result<Capture, Rejection> {
    match value {
        Value::Object(fields) => from_fields(fields, part, boilerplate),
        other => Err(Rejection::new(part, Reason::NotAnObject(kind(&other)))),
    }
}

const fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn from_fields(
    mut fields: Map<String, Value>,
    part: Part,
    boilerplate: &Boilerplate,
) -> Result<Capture, Rejection> {
    let mut notes = Vec::new();
    let mut capture = Capture {
        url: line(&mut fields, "url"),
        source: line(&mut fields, "source"),
        title: line(&mut fields, "title"),
        language: line(&mut fields, "language"),
        published: time(&mut fields, "published", &mut notes),
        updated: time(&mut fields, "updated", &mut notes),
        captured: time(&mut fields, "captured", &mut notes),
        ..Capture::default()
    };
    if let Some(text) = string(&mut fields, "text").filter(|text| !text.trim().is_empty()) {
        capture.text = text;
    } else if let Some(page) = string(&mut fields, "html").filter(|page| !page.trim().is_empty()) {
        let found = html::report(&page, boilerplate);
        capture = filled(capture, found);
        if capture.text.is_empty() {
            capture.notes.append(&mut notes);
            return Err(Rejection::with(part, Reason::NoArticle, capture));
        }
    } else {
        capture.notes = notes;
        return Err(Rejection::with(part, Reason::NoText, capture));
    }
    capture.notes.append(&mut notes);
    Ok(capture)
}

/// What the object says, completed by what its page says.
fn filled(given: Capture, page: Capture) -> Capture {
    Capture {
        url: given.url.or(page.url),
        source: given.source.or(page.source),
        title: given.title.or(page.title),
        text: page.text,
        published: given.published.or(page.published),
        updated: given.updated.or(page.updated),
        captured: given.captured,
        language: given.language.or(page.language),
        notes: page.notes,
    }
}

fn string(fields: &mut Map<String, Value>, name: &str) -> Option<String> {
    match fields.get_mut(name).map(Value::take)? {
        Value::String(text) => Some(text),
        _ => None,
    }
}

/// A field of one line; nothing but blanks is nothing.
fn line(fields: &mut Map<String, Value>, name: &str) -> Option<String> {
    string(fields, name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

fn time(fields: &mut Map<String, Value>, name: &str, notes: &mut Vec<Note>) -> Option<PublishedAt> {
    let value = fields.remove(name).filter(|value| !value.is_null() && value != "")?;
    match &value {
        Value::String(text) => times::read(name, text, notes),
        Value::Number(number) => match number.as_i64().and_then(PublishedAt::from_epoch) {
            None => times::unread(name, &value.to_string(), notes),
            time => time,
        },
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
            times::unread(name, &value.to_string(), notes)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Capture, Rejection> {
        report(parse(text).expect("JSON"), Part::Line(7), &Boilerplate::default())
    }

    #[test]
    fn all_fields_are_taken() {
        let capture = read(
            r#"{"url": "https://courier.example/1", "source": "Delta Courier", "published": "2021-02-03T10:00:00Z",
                "updated": "2021-02-04", "captured": 1612432800, "title": " Rain ", "text": " Rain fell.\n", "language": "en", "x": []}"#,
        )
        .expect("a report");
        assert_eq!(capture.url.as_deref(), Some("https://courier.example/1"));
        assert_eq!(capture.title.as_deref(), Some("Rain"));
        assert_eq!(capture.text, " Rain fell.\n");
        assert!(capture.published.is_some() && capture.updated.is_some() && capture.captured.is_some());
        assert_eq!(capture.notes, []);
    }

    #[test]
    fn a_date_that_cannot_be_read_is_noted() {
        let capture =
            read(r#"{"text": "Rain fell.", "published": "3/4/2021", "updated": null}"#).expect("a report");
        assert_eq!(capture.published, None);
        assert_eq!(capture.notes.len(), 1);
        assert_eq!(capture.notes[0].code, "date_unresolved");
    }

    #[test]
    fn a_report_without_text_keeps_what_is_known() {
        let rejection = read(r#"{"url": "https://courier.example/1", "text": ""}"#).expect_err("no text");
        assert_eq!(rejection.reason, Reason::NoText);
        let capture = rejection.into_capture();
        assert_eq!(capture.url.as_deref(), Some("https://courier.example/1"));
        assert_eq!(capture.notes[0].message, "line 7: the report has neither text nor html");
    }

    #[test]
    fn html_in_json_is_read_as_a_page() {
        let page = "<article><p>Rain fell on the harbour all day long, and the river rose above its banks, the mayor said.</p></article>";
        let value = serde_json::json!({ "html": page, "title": "Given" });
        let capture = report(value, Part::Whole, &Boilerplate::default()).expect("a report");
        assert!(capture.text.starts_with("Rain fell"));
        assert_eq!(capture.title.as_deref(), Some("Given"));
    }
}
