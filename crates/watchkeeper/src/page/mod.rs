//! A reading as a compact page for people: the incident first, then who is said to be responsible, threats and
//! warnings, each with its words.

mod incident;
mod layout;
mod marked;
pub mod plain;
pub mod record;
pub mod words;

use std::io::IsTerminal;

use anstyle::{AnsiColor, Style};
use watchkeeper_core::document::Passage;
use watchkeeper_core::reading::{EntityId, Incident, IncidentId, Reading, Threat, Warning};
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
}

/// Columns where the output is no terminal.
const DEFAULT_WIDTH: usize = 80;

impl Look {
    /// As standard output takes it: its width where it is a terminal, colours where it and the user want them.
    pub fn of_stdout() -> Self {
        let stdout = std::io::stdout();
        let size = terminal_size::terminal_size().filter(|_| stdout.is_terminal());
        let in_colour = anstream::AutoStream::choice(&stdout) != anstream::ColorChoice::Never;
        Self {
            width: size.map_or(DEFAULT_WIDTH, |(width, _)| usize::from(width.0)),
            in_colour,
            marked: false,
        }
    }
}

/// Narrower than this nothing can be laid out; wider than that lines are hard to follow.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=132;

/// The columns of the lists below an incident: who, what came of it or what they do, the words.
const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

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

/// The page of a reading.
pub fn render(reading: &Reading, look: Look) -> String {
    let mut page =
        Page { reading, sheet: Sheet::new(look.width.clamp(*WIDTHS.start(), *WIDTHS.end()), look.in_colour) };
    page.header();
    let all = reading.incidents.iter().enumerate().map(|(number, incident)| (IncidentId(number), incident));
    let (recalled, news): (Vec<_>, Vec<_>) = all.partition(|(_, incident)| incident.background);
    for (id, incident) in &news {
        page.incident(*id, incident);
    }
    page.threats(&reading.threats);
    page.warnings(&reading.warnings);
    page.recalled(&recalled);
    if look.marked {
        page.marked();
    }
    page.footer(look.marked);
    page.sheet.finish()
}

struct Page<'a> {
    reading: &'a Reading,
    sheet: Sheet,
}

impl Page<'_> {
    fn header(&mut self) {
        let document = &self.reading.document;
        let title = document.title.as_deref().or(document.url.as_deref());
        let published = document.published.map(|at| words::day(at.day()));
        let about: Vec<String> =
            [document.source.as_deref().map(plain::one_line), published].into_iter().flatten().collect();
        if let Some(title) = title {
            self.sheet.row(&[0], &[Cell::styled(plain::one_line(title), DIM)]);
        }
        if !about.is_empty() {
            self.sheet.row(&[0], &[Cell::styled(about.join(" · "), DIM)]);
        }
        if title.is_some() || !about.is_empty() {
            self.sheet.blank();
        }
        if self.reading.incidents.is_empty() {
            self.sheet.row(&[0], &[Cell::plain("No attack is told of in this report.")]);
        }
    }

    fn threats(&mut self, threats: &[Threat]) {
        if threats.is_empty() {
            return;
        }
        self.sheet.row(&[0], &[Cell::styled("Threats and vows", BOLD)]);
        for threat in threats {
            let target = threat.target.as_deref().map(|target| format!(" → {}", plain::one_line(target)));
            let who = self.name(threat.speaker) + &target.unwrap_or_default();
            let quote = self.quote(&threat.evidence);
            self.sheet.row(&[2, 40], &[Cell::plain(who), Cell::plain(quote)]);
        }
        self.sheet.blank();
    }

    fn warnings(&mut self, warnings: &[Warning]) {
        if warnings.is_empty() {
            return;
        }
        self.sheet.row(&[0], &[Cell::styled("Warnings", BOLD)]);
        for warning in warnings {
            let mut who = self.name(warning.issuer);
            if let Some(actor) = warning.actor {
                who += &format!(", about {}", self.name(Some(actor)));
            }
            if let Some(day) = warning.issued_on {
                who += &format!(", {}", words::day(day));
            }
            let quote = self.quote(&warning.evidence);
            self.sheet.row(&[2, 40], &[Cell::plain(who), Cell::plain(quote)]);
        }
        self.sheet.blank();
    }

    fn recalled(&mut self, recalled: &[(IncidentId, &Incident)]) {
        if recalled.is_empty() {
            return;
        }
        self.sheet.row(&[0], &[Cell::styled("Recalled", BOLD)]);
        for (id, incident) in recalled {
            self.recalled_incident(*id, incident);
        }
        self.sheet.blank();
    }

    fn footer(&mut self, is_marked: bool) {
        let reading = self.reading;
        for note in &reading.notes {
            self.sheet.row(&[0], &[Cell::styled(format!("Note: {}", plain::one_line(&note.message)), DIM)]);
        }
        let mut parts = Vec::new();
        match reading.document.masked.len() {
            0 => {}
            1 => parts.push("1 stretch of boilerplate left out".to_owned()),
            more => parts.push(format!("{more} stretches of boilerplate left out")),
        }
        if !is_marked {
            parts.push("--marked shows the text".to_owned());
        }
        parts.push("--format json gives everything".to_owned());
        self.sheet.row(&[0], &[Cell::styled(parts.join(" · "), DIM)]);
    }

    /// The name of an entity; the outlet's own voice where there is none.
    fn name(&self, id: Option<EntityId>) -> String {
        match id.and_then(|id| self.reading.entities.get(id.0)) {
            Some(entity) => plain::one_line(&entity.name),
            None => "this report".to_owned(),
        }
    }

    /// The first words of evidence in quotation marks.
    fn quote(&self, evidence: &[Passage]) -> String {
        let words = evidence.first().map(|&passage| plain::one_line(self.reading.document.slice(passage)));
        words.map_or_else(String::new, |words| format!("“{words}”"))
    }
}
