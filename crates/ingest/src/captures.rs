//! The one entry: bytes to captures, one by one.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

use watchkeeper_core::clean::Boilerplate;
use watchkeeper_core::document::Capture;

use crate::compression::{Unpacked, unpack};
use crate::encoding::{decode, is_binary};
use crate::format::{Format, refuse};
use crate::rejection::{Part, Reason, Rejection};
use crate::{Defaults, LONGEST_REPORT_BYTES, Sent, feed, html, json, text};

/// Takes an input apart into reports. The format is told by content; compression is undone; every report is bounded by
/// [`LONGEST_REPORT_BYTES`]. JSON Lines are read line by line, so that an archive of any length fits in memory. Lines of web pages
/// that are `boilerplate` are not taken for the article.
///
/// ```
/// use watchkeeper_core::clean::Boilerplate;
/// use watchkeeper_ingest::{Defaults, captures};
///
/// let lines = b"{\"text\": \"Rain fell.\"}\n{\"text\": oops}\n";
/// let found: Vec<_> = captures(&lines[..], &Defaults::default(), &Boilerplate::default()).collect();
/// assert_eq!(found[0].as_ref().map(|capture| capture.text.as_str()), Ok("Rain fell."));
/// assert!(found[1].as_ref().is_err_and(|rejection| rejection.to_string().starts_with("line 2: it is not valid JSON")));
/// ```
pub fn captures<'a>(
    input: impl Read + 'a,
    defaults: &Defaults,
    boilerplate: &'a Boilerplate,
) -> Captures<'a> {
    let state = match unpack(input) {
        Ok(input) => State::Unread(input),
        Err(error) => State::ready([Err(Rejection::new(Part::Whole, Reason::Io(error.to_string())))]),
    };
    Captures { state, defaults: defaults.clone(), boilerplate }
}

/// The reports of an input, in order.
pub struct Captures<'a> {
    state: State<'a>,
    defaults: Defaults,
    boilerplate: &'a Boilerplate,
}

type Outcome = Result<Capture, Rejection>;

enum State<'a> {
    /// Nothing is known yet.
    Unread(Unpacked<'a>),
    /// JSON Lines; `number` lines were read, and `next` is the first that was not given yet.
    Lines { input: Unpacked<'a>, number: usize, next: Option<Vec<u8>> },
    /// All reports are at hand.
    Ready(VecDeque<Outcome>),
}

impl State<'_> {
    fn ready(outcomes: impl IntoIterator<Item = Outcome>) -> Self {
        Self::Ready(outcomes.into_iter().collect())
    }
}

impl Iterator for Captures<'_> {
    type Item = Outcome;

    fn next(&mut self) -> Option<Outcome> {
        let mut outcome = loop {
            match std::mem::replace(&mut self.state, State::ready([])) {
                State::Unread(input) => self.state = begin(input, &self.defaults, self.boilerplate),
                State::Ready(mut outcomes) => {
                    let outcome = outcomes.pop_front()?;
                    self.state = State::Ready(outcomes);
                    break outcome;
                }
                State::Lines { input, number, next } => {
                    let (state, outcome) = next_line(input, number, next, self.boilerplate);
                    self.state = state;
                    if let Some(outcome) = outcome {
                        break outcome;
                    }
                }
            }
        };
        match &mut outcome {
            Ok(capture) => self.defaults.complete(capture),
            Err(rejection) => self.defaults.complete(rejection.known_mut()),
        }
        Some(outcome)
    }
}

/// What a bounded read gave.
enum Piece {
    /// All that was asked for.
    Whole(Vec<u8>),
    /// It goes on beyond the bound.
    TooLong,
}

/// Reads up to the end of the line or of the input.
fn read_line(input: &mut dyn BufRead) -> io::Result<Piece> {
    let mut line = Vec::new();
    input.take(LONGEST_REPORT_BYTES as u64 + 1).read_until(b'\n', &mut line)?;
    Ok(if line.len() > LONGEST_REPORT_BYTES { Piece::TooLong } else { Piece::Whole(line) })
}

/// Reads all the rest after what was read before.
fn read_rest(input: &mut dyn BufRead, mut before: Vec<u8>) -> io::Result<Piece> {
    let room = (LONGEST_REPORT_BYTES + 1).saturating_sub(before.len());
    input.take(room as u64).read_to_end(&mut before)?;
    Ok(if before.len() > LONGEST_REPORT_BYTES { Piece::TooLong } else { Piece::Whole(before) })
}

/// Tells the format and reads the first report, or all.
fn begin<'a>(mut input: Unpacked<'a>, defaults: &Defaults, boilerplate: &Boilerplate) -> State<'a> {
    let sent = Sent { url: defaults.url.clone(), ..Sent::default() };
    match try_begin(&mut input, &sent, boilerplate) {
        Ok(Begun::Lines(first, number)) => State::Lines { input, number, next: Some(first) },
        Ok(Begun::All(outcomes)) => State::Ready(outcomes.into()),
        Err(error) => State::ready([Err(Rejection::new(Part::Whole, input.reason_of(&error)))]),
    }
}

enum Begun {
    /// JSON Lines with their first line and its number.
    Lines(Vec<u8>, usize),
    All(Vec<Outcome>),
}

fn try_begin(input: &mut Unpacked<'_>, sent: &Sent, boilerplate: &Boilerplate) -> io::Result<Begun> {
    let whole = |reason| Ok(Begun::All(vec![Err(Rejection::new(Part::Whole, reason))]));
    let data = input.data.as_mut();
    let mut before = Vec::new();
    let mut number = 0;
    loop {
        let line = match read_line(data)? {
            Piece::TooLong => return whole(Reason::TooLong),
            Piece::Whole(line) => line,
        };
        if before.is_empty()
            && let Some(reason) = refuse(&line)
        {
            return whole(reason);
        }
        let at_end = line.is_empty();
        let is_blank = line.trim_ascii().is_empty();
        number += 1;
        if !is_blank && line.last() == Some(&b'\n') && is_json_object(&line) && !data.fill_buf()?.is_empty() {
            return Ok(Begun::Lines(line, number));
        }
        before.extend(line);
        if at_end || !is_blank {
            break;
        }
    }
    match read_rest(data, before)? {
        Piece::TooLong => whole(Reason::TooLong),
        Piece::Whole(bytes) => Ok(Begun::All(all_of(&bytes, sent, boilerplate))),
    }
}

fn is_json_object(line: &[u8]) -> bool {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii();
    line.starts_with(b"{")
        && line.ends_with(b"}")
        && json::parse(&decode(line, None).text).is_ok_and(|value| value.is_object())
}

/// The reports of an input that is held as a whole.
fn all_of(bytes: &[u8], sent: &Sent, boilerplate: &Boilerplate) -> Vec<Outcome> {
    let decoded = decode(bytes, sent.charset.as_deref());
    let rejected = |reason| vec![Err(Rejection::new(Part::Whole, reason))];
    if decoded.text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}').is_empty() {
        return rejected(Reason::Empty);
    }
    if is_binary(&decoded) {
        return rejected(Reason::Binary);
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

fn line_of_json(line: &str, part: Part, boilerplate: &Boilerplate) -> Outcome {
    json::parse(line)
        .map_err(|reason| Rejection::new(part, reason))
        .and_then(|value| json::report(value, part, boilerplate))
}

/// Reads one line of JSON Lines; blank lines give nothing.
fn next_line<'a>(
    mut input: Unpacked<'a>,
    number: usize,
    next: Option<Vec<u8>>,
    boilerplate: &Boilerplate,
) -> (State<'a>, Option<Outcome>) {
    let done = |reason| (State::ready([]), Some(Err(Rejection::new(Part::Line(number + 1), reason))));
    let (number, line) = match next {
        Some(line) => (number, line),
        None => match read_line(input.data.as_mut()) {
            Ok(Piece::Whole(line)) if line.is_empty() => return (State::ready([]), None),
            Ok(Piece::Whole(line)) => (number + 1, line),
            Ok(Piece::TooLong) => return too_long(input, number + 1),
            Err(error) => return done(input.reason_of(&error)),
        },
    };
    let outcome = (!line.trim_ascii().is_empty()).then(|| {
        let decoded = decode(&line, None);
        let mut outcome = line_of_json(&decoded.text, Part::Line(number), boilerplate);
        if let (Ok(capture), Some(note)) = (&mut outcome, decoded.note) {
            capture.notes.push(note);
        }
        outcome
    });
    (State::Lines { input, number, next: None }, outcome)
}

/// Passes over the rest of a line that is too long, and says so.
fn too_long(mut input: Unpacked<'_>, number: usize) -> (State<'_>, Option<Outcome>) {
    let rejection = Rejection::new(Part::Line(number), Reason::TooLong);
    let state = match input.data.skip_until(b'\n') {
        Ok(_) => State::Lines { input, number, next: None },
        Err(error) => State::ready([Err(Rejection::new(Part::Line(number), input.reason_of(&error)))]),
    };
    (state, Some(Err(rejection)))
}
