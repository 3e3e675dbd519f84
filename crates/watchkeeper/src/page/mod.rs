//! A reading as a compact page for people: the incident first, then who is said to be responsible, threats and
//! warnings, each with its words.

mod chart;
pub mod compare;
pub mod diff;
pub mod dossier;
mod incident;
mod layout;
mod marked;
mod notices;
pub mod plain;
pub mod record;
pub mod search;
pub mod timeline;
pub mod words;

use std::io::IsTerminal;
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use watchkeeper_core::document::{MaskReason, ParagraphKind, Passage};
use watchkeeper_core::places::Gazetteer;
use watchkeeper_core::reading::{EntityId, Incident, IncidentId, Reading};
use watchkeeper_core::resolve::status::Status;

use layout::{Cell, Sheet};

/// How a page is to look.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether colours and bold type are written.
    pub in_colour: bool,
    /// Whether the text itself is printed with the words of facts marked.
    pub marked: bool,
    /// Whether somebody watches: then the page says how long the reading took.
    pub is_watched: bool,
}

/// Columns where the output is no terminal.
const DEFAULT_WIDTH: usize = 80;

impl Look {
    /// As standard output takes it: its width where it is a terminal, colours where it and the user want them.
    pub fn of_stdout() -> Self {
        let stdout = std::io::stdout();
        let is_watched = stdout.is_terminal();
        let size = terminal_size::terminal_size().filter(|_| is_watched);
        let in_colour = anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never;
        Self {
            width: size.map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0)),
            in_colour,
            marked: false,
            is_watched,
        }
    }
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// The longest quotation that a page shows, in characters.
const LONGEST_QUOTE_CHARS: usize = 180;

/// The colour of a status; its word says the same without.
const fn colour(status: Option<Status>) -> Style {
    let colour = match status {
        Some(Status::Confirmed) => AnsiColor::Green,
        Some(Status::Claimed) => AnsiColor::Blue,
        Some(Status::Accused) => AnsiColor::Yellow,
        Some(Status::Contested) => AnsiColor::Magenta,
        Some(Status::Refuted) => AnsiColor::Red,
        None => return DIM,
    };
    colour.on_default().bold()
}

/// The page of a reading that took so long to make; the gazetteer knows the names of countries.
pub fn render(reading: &Reading, places: &Gazetteer, took: Duration, look: Look) -> String {
    let mut page = Page { reading, places, sheet: Sheet::new(look.width, look.in_colour) };
    page.header();
    let all = reading.incidents.iter().enumerate().map(|(number, incident)| (IncidentId(number), incident));
    let (recalled, news): (Vec<_>, Vec<_>) = all.partition(|(_, incident)| incident.background);
    if reading.incidents.is_empty() {
        page.sheet.line(Cell::plain("This report tells of no attack."));
        page.sheet.blank();
    }
    for (id, incident) in &news {
        page.incident(*id, incident);
    }
    page.threats();
    page.warnings();
    page.recalled(&recalled);
    if look.marked {
        page.marked();
    }
    page.footer(took, look);
    page.sheet.finish()
}

/// What stands between two pages.
pub fn rule(look: Look) -> String {
    let mut sheet = Sheet::new(look.width, look.in_colour);
    sheet.blank();
    sheet.line(Cell::styled("─".repeat(sheet.width()), DIM));
    sheet.blank();
    sheet.finish()
}

struct Page<'a> {
    reading: &'a Reading,
    places: &'a Gazetteer,
    sheet: Sheet,
}

impl Page<'_> {
    /// The headline, the outlet, the day.
    fn header(&mut self) {
        let document = &self.reading.document;
        let headline = document.paragraphs.iter().find(|paragraph| paragraph.kind == ParagraphKind::Headline);
        let title = document.title.as_deref().or(headline.map(|paragraph| document.slice(paragraph.passage)));
        let published = document.published.map(|at| words::day(at.day()));
        let about: Vec<String> = [
            title.map(plain::one_line),
            document.source.as_deref().or(document.url.as_deref()).map(plain::one_line),
            published,
        ]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
        if !about.is_empty() {
            self.sheet.parts(&about, DIM);
            self.sheet.blank();
        }
    }

    fn recalled(&mut self, recalled: &[(IncidentId, &Incident)]) {
        if recalled.is_empty() {
            return;
        }
        self.sheet.line(Cell::styled("Recalled", BOLD));
        for (id, incident) in recalled {
            self.recalled_incident(*id, incident);
        }
        self.sheet.blank();
    }

    fn footer(&mut self, took: Duration, look: Look) {
        for note in &self.reading.notes {
            self.sheet.line(Cell::styled(format!("Note: {}", plain::one_line(&note.message)), DIM));
        }
        let mut parts = Vec::new();
        let masked = &self.reading.document.masked;
        for &reason in MaskReason::ALL {
            match masked.iter().filter(|masked| masked.reason == reason).count() {
                0 => {}
                1 => parts.push(format!("1 {} left out", words::masked(reason))),
                more => parts.push(format!("{more} {}s left out", words::masked(reason))),
            }
        }
        if look.is_watched {
            parts.push(format!("read in {} ms", took.as_millis().max(1)));
        }
        if !look.marked {
            parts.push("--marked shows the text".to_owned());
        }
        parts.push("--format json gives everything".to_owned());
        self.sheet.parts(&parts, DIM);
    }

    /// The name of an entity; the outlet's own voice where there is none.
    fn name(&self, id: Option<EntityId>) -> String {
        match id.and_then(|id| self.reading.entities.get(id.0)) {
            Some(entity) => plain::one_line(&entity.name),
            None => "this report".to_owned(),
        }
    }

    /// The first words of evidence in quotation marks: of words that lie within one another the innermost, which
    /// say it most shortly.
    fn quote(&self, evidence: &[Passage]) -> String {
        let Some(&first) = evidence.first() else { return String::new() };
        let innermost = evidence
            .iter()
            .filter(|passage| passage.field == first.field && first.span.contains(passage.span))
            .min_by_key(|passage| passage.span.len());
        let words = plain::one_line(self.reading.document.slice(*innermost.unwrap_or(&first)));
        plain::quoted(&words, LONGEST_QUOTE_CHARS)
    }
}
