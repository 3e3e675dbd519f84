//! WARC files (ISO 28500), as crawlers write them: pages among requests, pictures and scripts.
//!
//! Read are the responses with status 200, resources and conversions that hold a page, a feed or a plain text; all else is
//! passed over, for it is no report. Their compression, record by record, is undone before.

use std::io::{self, Read};

use watchkeeper_core::clean::Boilerplate;
use watchkeeper_core::document::PublishedAt;

use crate::captures::{Piece, read_line};
use crate::compression::{Unpacked, unpack};
use crate::document::{self, Outcome};
use crate::format::Format;
use crate::rejection::{Part, Reason, Rejection};
use crate::{LONGEST_REPORT_BYTES, Sent};

/// More lines than this in a record's head are none of a record.
const MOST_HEADER_LINES: usize = 1000;

/// Whether a file's first line is that of a WARC.
pub(crate) fn begins(line: &[u8]) -> bool {
    line.starts_with(b"WARC/1.") || line.starts_with(b"WARC/0.")
}

/// The records of a WARC, read one by one.
pub(crate) struct Records<'a> {
    input: Unpacked<'a>,
    /// The first line of the next record, where it was read.
    line: Option<Vec<u8>>,
    /// How many records were read.
    number: usize,
    /// Whether any gave a report or a rejection.
    has_given: bool,
    ended: bool,
}

impl<'a> Records<'a> {
    /// The records of an input whose first line was read.
    pub(crate) const fn new(input: Unpacked<'a>, first: Vec<u8>) -> Self {
        Self { input, line: Some(first), number: 0, has_given: false, ended: false }
    }

    /// The reports of the next record that holds any.
    pub(crate) fn next_reports(&mut self, boilerplate: &Boilerplate) -> Option<Vec<Outcome>> {
        while !self.ended {
            let outcomes = match self.record() {
                Ok(Some(record)) => record.reports(self.number, boilerplate),
                Ok(None) => {
                    self.ended = true;
                    continue;
                }
                Err(reason) => vec![Err(Rejection::new(Part::Record(self.number), reason))],
            };
            if !outcomes.is_empty() {
                self.has_given = true;
                return Some(outcomes);
            }
        }
        let is_barren = !std::mem::replace(&mut self.has_given, true);
        is_barren.then(|| vec![Err(Rejection::new(Part::Whole, Reason::NoPages))])
    }

    /// The next record; none at the end.
    fn record(&mut self) -> Result<Option<Record>, Reason> {
        let read = self.try_record();
        match read {
            Ok(Ok(record)) => Ok(record),
            Ok(Err(reason)) => Err(reason),
            Err(error) => {
                self.ended = true;
                Err(match error.kind() {
                    io::ErrorKind::UnexpectedEof => damaged("it breaks off"),
                    _ => self.input.reason_of(&error),
                })
            }
        }
    }

    fn try_record(&mut self) -> io::Result<Result<Option<Record>, Reason>> {
        match self.find_start()? {
            Ok(true) => {}
            Ok(false) => return Ok(Ok(None)),
            Err(reason) => return Ok(Err(reason)),
        }
        self.number += 1;
        let mut headers = Vec::new();
        for _ in 0..MOST_HEADER_LINES {
            let line = self.next_line()?;
            if line.trim_ascii().is_empty() {
                break;
            }
            headers.extend(header(&line));
        }
        let headers = Headers(headers);
        let Some(length) = headers.get("content-length").and_then(|length| length.parse::<u64>().ok()) else {
            return Ok(Err(damaged("it gives no length")));
        };
        let kind = Kind::of(headers.get("warc-type").unwrap_or(""));
        let is_too_long = length > LONGEST_REPORT_BYTES as u64;
        let mut body = self.input.data.by_ref().take(length);
        let mut content = Vec::new();
        let read = if kind.is_none() || is_too_long {
            io::copy(&mut body, &mut io::sink())?
        } else {
            body.read_to_end(&mut content)? as u64
        };
        if read < length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok(if kind.is_some() && is_too_long {
            Err(Reason::TooLong)
        } else {
            Ok(Some(Record { kind, headers, content }))
        })
    }

    /// Reads up to behind the first line of a record, and says whether there is one.
    fn find_start(&mut self) -> io::Result<Result<bool, Reason>> {
        let mut is_lost = false;
        loop {
            let line = match self.line.take() {
                Some(line) => line,
                None => self.next_line()?,
            };
            if line.is_empty() {
                let lost = || damaged("there is something else after its last record");
                return Ok(if is_lost { Err(lost()) } else { Ok(false) });
            }
            if begins(&line) {
                if is_lost {
                    // Told once; the record behind it is still read.
                    self.line = Some(line);
                    return Ok(Err(damaged("the length that it gives is wrong")));
                }
                return Ok(Ok(true));
            }
            is_lost |= !line.trim_ascii().is_empty();
        }
    }

    /// The next line; empty at the end.
    fn next_line(&mut self) -> io::Result<Vec<u8>> {
        match read_line(self.input.data.as_mut())? {
            Piece::Whole(line) => Ok(line),
            // No record has such a line; what follows it is looked through for the next.
            Piece::TooLong => Ok(b"?".to_vec()),
        }
    }
}

fn damaged(message: &str) -> Reason {
    Reason::Damaged { format: "WARC", message: message.to_owned() }
}

/// A name and a value; a line that goes on is no line of its own in any WARC of today.
fn header(line: &[u8]) -> Option<(String, String)> {
    let line = String::from_utf8_lossy(line);
    let (name, value) = line.split_once(':')?;
    Some((name.trim().to_owned(), value.trim().to_owned()))
}

struct Headers(Vec<(String, String)>);

impl Headers {
    fn get(&self, wanted: &str) -> Option<&str> {
        let found = self.0.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.map(|(_, value)| value.as_str())
    }
}

/// The kinds of records that may hold reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// What a server sent, with its HTTP head.
    Response,
    /// The thing itself, or a text made from it.
    Content,
}

impl Kind {
    fn of(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "response" => Some(Self::Response),
            "resource" | "conversion" => Some(Self::Content),
            _ => None,
        }
    }
}

struct Record {
    kind: Option<Kind>,
    headers: Headers,
    content: Vec<u8>,
}

impl Record {
    /// None where the record is of something that is no report.
    fn reports(&self, number: usize, boilerplate: &Boilerplate) -> Vec<Outcome> {
        let target = self.headers.get("warc-target-uri").unwrap_or("").trim_matches(['<', '>']);
        let captured = self.headers.get("warc-date").and_then(PublishedAt::parse);
        let found = self.payload(target).map_or_else(
            |reason| vec![Err(Rejection::new(Part::Whole, reason))],
            |payload| payload.map(|payload| payload.reports(boilerplate)).unwrap_or_default(),
        );
        let place = |mut outcome: Outcome| {
            let known = match &mut outcome {
                Ok(capture) => capture,
                Err(rejection) => {
                    rejection.part = Part::Record(number);
                    rejection.known_mut()
                }
            };
            known.captured = known.captured.or(captured);
            if known.url.is_none() && !target.is_empty() {
                known.url = Some(target.to_owned());
            }
            outcome
        };
        found.into_iter().map(place).collect()
    }

    /// What the record brings, where it may hold reports.
    fn payload(&self, target: &str) -> Result<Option<Payload>, Reason> {
        let (headers, content) = match self.kind {
            None => return Ok(None),
            Some(Kind::Content) => {
                let kind = self.headers.get("content-type").unwrap_or("").to_owned();
                (Headers(vec![("content-type".to_owned(), kind)]), self.content.clone())
            }
            Some(Kind::Response) => match response(&self.content) {
                Some(response) => response,
                None => return Ok(None),
            },
        };
        let is_robots = target.split(['?', '#']).next().is_some_and(|path| path.ends_with("/robots.txt"));
        let Some(media) = Media::of(headers.get("content-type").unwrap_or("")).filter(|_| !is_robots) else {
            return Ok(None);
        };
        let bytes = plain(content)?;
        let is_brotli = headers.get("content-encoding").is_some_and(|coding| coding.trim() == "br");
        if is_brotli && std::str::from_utf8(&bytes).is_err() {
            return Err(Reason::Packed("brotli"));
        }
        Ok(Some(Payload { media, sent: Sent::by_http(target, &headers.0), bytes }))
    }
}

/// The headers and the body of a response; none where the server did not give the page.
fn response(content: &[u8]) -> Option<(Headers, Vec<u8>)> {
    let ends = [&b"\r\n\r\n"[..], b"\n\n"];
    let ends = ends.iter().filter_map(|end| Some((memchr::memmem::find(content, end)?, end.len())));
    let (at, width) = ends.min().unwrap_or((content.len(), 0));
    let head = String::from_utf8_lossy(&content[..at]);
    let mut lines = head.lines();
    let status = lines.next()?.split_whitespace().nth(1)?;
    if status != "200" {
        return None;
    }
    let headers = Headers(lines.filter_map(|line| header(line.as_bytes())).collect());
    let body = &content[at + width..];
    let is_chunked = headers.get("transfer-encoding").is_some_and(|coding| coding.contains("chunked"));
    // Many crawlers undo the chunks and keep the header.
    let body = is_chunked.then(|| unchunked(body)).flatten().unwrap_or_else(|| body.to_vec());
    Some((headers, body))
}

/// The body that chunks make up; none where these are no chunks.
fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = memchr::memchr(b'\n', rest)?;
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(body);
        }
        let Some((chunk, after)) = rest.split_at_checked(size) else {
            // It broke off while it was fetched.
            body.extend(rest);
            return Some(body);
        };
        body.extend(chunk);
        rest = after.strip_prefix(b"\r\n").or_else(|| after.strip_prefix(b"\n")).unwrap_or(after);
        if rest.is_empty() {
            return Some(body);
        }
    }
}

/// Undoes the compression of a body.
fn plain(content: Vec<u8>) -> Result<Vec<u8>, Reason> {
    let mut bytes = Vec::new();
    let mut input = unpack(content.as_slice()).map_err(|error| Reason::Io(error.to_string()))?;
    match input.data.by_ref().take(LONGEST_REPORT_BYTES as u64 + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() > LONGEST_REPORT_BYTES => Err(Reason::TooLong),
        Ok(_) => Ok(bytes),
        Err(error) => Err(input.reason_of(&error)),
    }
}

/// What may hold reports, by its media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Media {
    Page,
    /// A feed, or data of any other kind.
    Data,
    Text,
    Unsaid,
}

impl Media {
    fn of(content_type: &str) -> Option<Self> {
        let name = content_type.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
        match name.as_str() {
            "" => Some(Self::Unsaid),
            "text/html" | "application/xhtml+xml" => Some(Self::Page),
            "text/plain" => Some(Self::Text),
            name if name.ends_with("xml") || name.ends_with("json") => Some(Self::Data),
            _ => None,
        }
    }
}

struct Payload {
    media: Media,
    sent: Sent,
    bytes: Vec<u8>,
}

impl Payload {
    fn reports(&self, boilerplate: &Boilerplate) -> Vec<Outcome> {
        if self.bytes.trim_ascii().is_empty() {
            return Vec::new();
        }
        let is_report = match self.media {
            Media::Text => true,
            // Site maps, settings, answers to scripts: no reports.
            Media::Page | Media::Data | Media::Unsaid => {
                let head = String::from_utf8_lossy(&self.bytes[..self.bytes.len().min(8192)]);
                match Format::of(&head) {
                    Format::Html | Format::Feed => true,
                    Format::Json => head.contains("jsonfeed.org"),
                    Format::Text => self.media == Media::Page,
                }
            }
        };
        if is_report { document::reports(&self.bytes, &self.sent, boilerplate) } else { Vec::new() }
    }
}
