//! Tables, as news databases export them: CSV with any delimiter, a line of names first, a report a row.

mod order;

use std::collections::VecDeque;
use std::io::{self, BufRead, Cursor, Read};

use csv::{ByteRecord, ReaderBuilder};
use watchkeeper_core::document::{Capture, Note, PublishedAt};

use crate::compression::Unpacked;
use crate::document::Outcome;
use crate::encoding::decode;
use crate::format::Format;
use crate::rejection::{Part, Reason, Rejection};
use crate::{LONGEST_REPORT_BYTES, html, times};
use order::Order;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Title,
    Text,
    Summary,
    Url,
    Source,
    Language,
    Published,
    Updated,
    Captured,
}

impl Field {
    /// By the name of a column, of which only the letters count: "Publication date", `publication_date`, `publicationDate`.
    fn of(name: &str) -> Option<Self> {
        let name: String =
            name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        Some(match name.as_str() {
            "title" | "headline" | "heading" | "articletitle" | "doctitle" | "documenttitle"
            | "newstitle" => Self::Title,
            "text" | "body" | "content" | "contents" | "fulltext" | "articletext" | "articlebody"
            | "articlecontent" | "article" | "bodytext" | "maintext" | "story" | "storytext" | "newstext"
            | "html" | "rawtext" | "plaintext" | "documenttext" | "contenttext" | "contenthtml" => Self::Text,
            "summary" | "abstract" | "description" | "snippet" | "lead" | "leadparagraph" | "teaser"
            | "excerpt" => Self::Summary,
            "url" | "link" | "uri" | "weburl" | "webaddress" | "webpage" | "articleurl" | "articlelink"
            | "sourceurl" | "documenturl" | "permalink" | "href" => Self::Url,
            "source" | "outlet" | "publication" | "publicationname" | "publicationtitle" | "pubtitle"
            | "publisher" | "newspaper" | "newspapername" | "sourcename" | "sourcetitle" | "newssource"
            | "medianame" | "mediasource" | "journal" | "site" | "website" | "domain" | "agency" => {
                Self::Source
            }
            "language" | "lang" | "languagecode" => Self::Language,
            "date" | "published" | "publicationdate" | "publicationtime" | "pubdate" | "publishdate"
            | "publisheddate" | "datepublished" | "dateofpublication" | "publishedat" | "publishedon"
            | "publishedtime" | "publishtime" | "articledate" | "newsdate" | "datetime" | "timestamp"
            | "time" => Self::Published,
            "updated" | "modified" | "updatedat" | "lastmodified" | "lastupdated" | "dateupdated"
            | "datemodified" | "updateddate" | "modifieddate" => Self::Updated,
            "captured" | "fetched" | "retrieved" | "crawled" | "collected" | "scraped" | "accessed"
            | "fetchedat" | "crawledat" | "scrapedat" | "retrievedat" | "crawldate" | "scrapedate"
            | "accessdate" | "retrievaldate" | "datedownload" | "downloaddate" => Self::Captured,
            _ => return None,
        })
    }
}

/// What the columns of a table hold, and what stands between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Columns {
    fields: Vec<Option<Field>>,
    delimiter: u8,
}

impl Columns {
    /// The columns that a line names; none where it is none of names. One of them is a text, and two are known at least:
    /// less than that is a line of prose.
    pub(crate) fn of(line: &str) -> Option<Self> {
        /// The longest name of a column.
        const LONGEST_BYTES: usize = 80;
        let line = line.trim_start_matches('\u{feff}');
        let columns = b",;\t|".iter().filter_map(|&delimiter| {
            let mut reader =
                ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_reader(line.as_bytes());
            let mut record = ByteRecord::new();
            reader.read_byte_record(&mut record).ok()?;
            let short = record.iter().all(|name| name.len() <= LONGEST_BYTES);
            let fields = record.iter().map(|name| Field::of(&String::from_utf8_lossy(name))).collect();
            short.then_some(Self { fields, delimiter })
        });
        let columns = columns.max_by_key(Self::known)?;
        let has_text =
            columns.fields.iter().flatten().any(|field| matches!(field, Field::Text | Field::Summary));
        (has_text && columns.known() >= 2).then_some(columns)
    }

    /// The columns of a text whose first line that says anything names them, with more behind it.
    pub(crate) fn of_text(text: &str) -> Option<Self> {
        let mut lines =
            text.lines().filter(|line| !line.trim().is_empty() && !names_delimiter(line.as_bytes()));
        let columns = Self::of(lines.next()?)?;
        lines.next().is_some().then_some(columns)
    }

    fn known(&self) -> usize {
        self.fields.iter().flatten().count()
    }

    /// The cells of one kind of column, as text.
    fn cells<'a>(&self, record: &'a ByteRecord, wanted: Field) -> impl Iterator<Item = &'a [u8]> {
        let fields = self.fields.iter().zip(record.iter());
        let cells = fields.filter(move |(field, _)| **field == Some(wanted)).map(|(_, cell)| cell);
        cells.filter(|cell| !cell.trim_ascii().is_empty()).collect::<Vec<_>>().into_iter()
    }
}

/// Whether a line only tells spreadsheets the delimiter (`sep=;`).
pub(crate) fn names_delimiter(line: &[u8]) -> bool {
    let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii();
    line.len() <= 5 && line.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(b"sep="))
}

/// The rows of a table, read one by one.
pub(crate) struct Rows<'a> {
    reader: csv::Reader<Bounded<'a>>,
    columns: Columns,
    /// What was found out at the first row; none before.
    begun: Option<Begun>,
    /// How many rows were read, those that are empty included.
    number: usize,
    ended: bool,
}

/// What some rows that were read ahead tell.
struct Begun {
    /// How the table writes its dates.
    order: Option<Order>,
    /// Those of these rows that were not given yet.
    rows: VecDeque<Result<ByteRecord, Reason>>,
}

impl<'a> Rows<'a> {
    /// The rows of an input of which `first` was read, up to the end of the line that names the columns.
    pub(crate) fn new(input: Unpacked<'a>, first: Vec<u8>, columns: Columns) -> Self {
        let bounded = Bounded { first: Cursor::new(first), input, left_bytes: LONGEST_REPORT_BYTES };
        let reader = ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(columns.delimiter)
            .from_reader(bounded);
        Self { reader, columns, begun: None, number: 0, ended: false }
    }

    /// The rows of a text that is held as a whole.
    pub(crate) fn of_text(text: &'a str, columns: Columns) -> Self {
        Self::new(Unpacked::plain(text.as_bytes()), Vec::new(), columns)
    }

    /// Reads the next row; none at the end.
    fn read(&mut self) -> Option<Result<ByteRecord, Reason>> {
        let mut record = ByteRecord::new();
        self.reader.get_mut().left_bytes = LONGEST_REPORT_BYTES;
        match self.reader.read_byte_record(&mut record) {
            Ok(false) => None,
            Ok(true) => Some(Ok(record)),
            Err(error) => {
                self.ended = true;
                Some(Err(match error.into_kind() {
                    csv::ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                        Reason::TooLong
                    }
                    csv::ErrorKind::Io(error) => self.reader.get_ref().input.reason_of(&error),
                    other => Reason::Damaged { format: "CSV", message: format!("{other:?}") },
                }))
            }
        }
    }
}

impl Rows<'_> {
    /// Passes over what stands above the rows, and reads some rows ahead to see how dates are written.
    fn begin(&mut self) -> Begun {
        /// Enough for days beyond the twelfth to turn up.
        const MOST_ROWS: usize = 1000;
        const MOST_BYTES: usize = 16 * 1024 * 1024;
        while let Some(Ok(record)) = self.read() {
            let first = record.get(0).unwrap_or(b"");
            if !(names_delimiter(first) || record.len() <= 1 && first.trim_ascii().is_empty()) {
                break;
            }
        }
        let mut rows = VecDeque::new();
        let mut bytes = 0;
        while rows.len() < MOST_ROWS && bytes < MOST_BYTES && !self.ended {
            let Some(row) = self.read() else { break };
            bytes += row.as_ref().map_or(0, |record| record.as_slice().len());
            rows.push_back(row);
        }
        let dates = rows.iter().flatten().filter_map(|record| {
            let cell = self.columns.cells(record, Field::Published).next()?;
            std::str::from_utf8(cell).ok()
        });
        Begun { order: Order::of(dates), rows }
    }
}

impl Iterator for Rows<'_> {
    type Item = Outcome;

    fn next(&mut self) -> Option<Outcome> {
        let mut begun = match self.begun.take() {
            Some(begun) => begun,
            None => self.begin(),
        };
        let found = loop {
            let ahead = begun.rows.pop_front();
            let Some(row) = ahead.or_else(|| if self.ended { None } else { self.read() }) else { break None };
            self.number += 1;
            let part = Part::Row(self.number);
            match row {
                Err(reason) => break Some(Err(Rejection::new(part, reason))),
                Ok(record) if record.iter().any(|cell| !cell.trim_ascii().is_empty()) => {
                    break Some(report(&self.columns, begun.order, &record, part));
                }
                Ok(_) => {}
            }
        };
        self.begun = Some(begun);
        found
    }
}

fn report(columns: &Columns, order: Option<Order>, record: &ByteRecord, part: Part) -> Outcome {
    let mut notes = Vec::new();
    let mut text_of = |field| {
        let cell = columns.cells(record, field).max_by_key(|cell| cell.len())?;
        let decoded = decode(cell, None);
        notes.extend(decoded.note);
        Some(decoded.text.into_owned())
    };
    let text = text_of(Field::Text).or_else(|| text_of(Field::Summary));
    let title = text_of(Field::Title);
    notes.dedup();
    let line_of = |field| {
        let cell = columns.cells(record, field).next()?;
        Some(decode(cell, None).text.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    let mut time_of = |field, name| {
        let written = line_of(field)?;
        let plain = order.map_or_else(|| written.clone(), |order| order.rewrite(&written));
        time(name, &plain, &mut notes)
    };
    let mut capture = Capture {
        url: line_of(Field::Url),
        source: line_of(Field::Source),
        title: title.map(|title| title.split_whitespace().collect::<Vec<_>>().join(" ")),
        text: text.map(words).unwrap_or_default(),
        language: line_of(Field::Language),
        published: time_of(Field::Published, "published"),
        updated: time_of(Field::Updated, "updated"),
        captured: time_of(Field::Captured, "captured"),
        notes: Vec::new(),
    };
    capture.notes = notes;
    if capture.text.is_empty() && capture.title.is_none() {
        return Err(Rejection::with(part, Reason::NoText, capture));
    }
    Ok(capture)
}

/// A cell's words: some exports keep the markup.
fn words(cell: String) -> String {
    if Format::of(&cell) == Format::Html { html::text(&cell) } else { cell }
}

/// A time; exports write seconds since 1970 and digits without marks too (`20240322203000`).
fn time(name: &str, written: &str, notes: &mut Vec<Note>) -> Option<PublishedAt> {
    if written.len() > 8 && written.bytes().all(|b| b.is_ascii_digit()) {
        if let Some((day, time)) = written.split_at_checked(8).filter(|_| written.len() == 14) {
            return times::read(name, &format!("{day}T{time}Z"), notes);
        }
        let since = written.parse().ok().and_then(PublishedAt::from_epoch);
        return since.or_else(|| times::unread(name, written, notes));
    }
    times::read(name, written, notes)
}

/// Gives no more than one report may hold: a quotation mark that is never closed would take in the rest.
struct Bounded<'a> {
    first: Cursor<Vec<u8>>,
    input: Unpacked<'a>,
    left_bytes: usize,
}

impl Read for Bounded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left_bytes == 0 {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        let most = buffer.len().min(self.left_bytes);
        let mut read = self.first.read(&mut buffer[..most])?;
        if read == 0 {
            let waiting = self.input.data.fill_buf()?;
            read = waiting.len().min(most);
            buffer[..read].copy_from_slice(&waiting[..read]);
            self.input.data.consume(read);
        }
        self.left_bytes -= read;
        Ok(read)
    }
}
