//! The one entry: bytes to captures, one by one.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};

use watchkeeper_core::clean::Boilerplate;

use crate::compression::{Unpacked, unpack};
use crate::document::{self, Outcome, line_of_json};
use crate::encoding::decode;
use crate::format::refuse;
use crate::rejection::{Part, Reason, Rejection};
use crate::table::{Columns, Rows};
use crate::warc::Records;
use crate::{Defaults, LONGEST_REPORT_BYTES, Sent, json, table, warc};

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

enum State<'a> {
    /// Nothing is known yet.
    Unread(Unpacked<'a>),
    /// JSON Lines; `number` lines were read, and `next` is the first that was not given yet.
    Lines { input: Unpacked<'a>, number: usize, next: Option<Vec<u8>> },
    /// The records of a WARC that were not read yet, and the reports of the last that was.
    Records(Records<'a>, VecDeque<Outcome>),
    /// The rows of a table that were not read yet.
    Rows(Rows<'a>),
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
                State::Records(mut records, mut outcomes) => {
                    if outcomes.is_empty() {
                        outcomes = records.next_reports(self.boilerplate)?.into();
                    }
                    let outcome = outcomes.pop_front();
                    self.state = State::Records(records, outcomes);
                    if let Some(outcome) = outcome {
                        break outcome;
                    }
                }
                State::Rows(mut rows) => {
                    let outcome = rows.next()?;
                    self.state = State::Rows(rows);
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
pub(crate) enum Piece {
    /// All that was asked for.
    Whole(Vec<u8>),
    /// It goes on beyond the bound.
    TooLong,
}

/// Reads up to the end of the line or of the input.
pub(crate) fn read_line(input: &mut dyn BufRead) -> io::Result<Piece> {
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
        Ok(Begun::Records(first)) => State::Records(Records::new(input, first), VecDeque::new()),
        Ok(Begun::Rows(columns, first)) => State::Rows(Rows::new(input, first, columns)),
        Ok(Begun::All(outcomes)) => State::Ready(outcomes.into()),
        Err(error) => State::ready([Err(Rejection::new(Part::Whole, input.reason_of(&error)))]),
    }
}

enum Begun {
    /// JSON Lines with their first line and its number.
    Lines(Vec<u8>, usize),
    /// A WARC with its first line.
    Records(Vec<u8>),
    /// A table with its columns and its first line.
    Rows(Columns, Vec<u8>),
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
        if warc::begins(&line) {
            return Ok(Begun::Records(line));
        }
        let is_preface = is_blank || table::names_delimiter(&line);
        // A line of UTF-16 does not end where its bytes are cut.
        if !is_preface
            && !line.contains(&0)
            && !data.fill_buf()?.is_empty()
            && let Some(columns) = Columns::of(&decode(&line, None).text)
        {
            before.extend(line);
            return Ok(Begun::Rows(columns, before));
        }
        before.extend(line);
        if at_end || !is_preface {
            break;
        }
    }
    match read_rest(data, before)? {
        Piece::TooLong => whole(Reason::TooLong),
        Piece::Whole(bytes) => Ok(Begun::All(document::reports(&bytes, sent, boilerplate))),
    }
}

fn is_json_object(line: &[u8]) -> bool {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii();
    line.starts_with(b"{")
        && line.ends_with(b"}")
        && json::parse(&decode(line, None).text).is_ok_and(|value| value.is_object())
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
