//! One incident with all that hangs on it, as a page for people.

use unicode_width::UnicodeWidthStr;
use watchkeeper_core::places::Gazetteer;
use watchkeeper_core::reading::{Country, Measure};
use watchkeeper_core::resolve::contradictions::Contradiction;
use watchkeeper_core::resolve::counts::CountRow;
use watchkeeper_core::resolve::facts::Quote;
use watchkeeper_core::resolve::record::ReportRow;

use super::layout::{Cell, QuoteColumns, Sheet};
use super::{BOLD, DIM, LONGEST_QUOTE_CHARS, Look, chart, colour, plain, words};
use crate::changes;
use crate::selection::When;
use crate::views::dossier::{Account, Dossier, Saying};

/// Label, fact.
const FACTS: [usize; 2] = [2, 12];
/// Columns of the longest status and of the gap behind it.
const STATUS_COLUMNS: usize = 11;
/// Columns of a day with its hour, and of the gap behind it.
const TIME_COLUMNS: usize = 18;
/// Columns of an outlet's name, and of the gap behind it.
const OUTLET_COLUMNS: usize = 34;
/// From this width on the addresses of reports are shown too.
const WIDTH_WITH_ADDRESSES: usize = 110;
/// A chart is no wider.
const WIDEST_CHART: usize = 60;

/// The page of an incident, with the reasons of linking where they are wanted.
pub fn render(dossier: &Dossier, when: When, with_reasons: bool, places: &Gazetteer, look: Look) -> String {
    let mut page = Page { dossier, places, sheet: Sheet::new(look.width, look.in_colour) };
    page.head(when);
    page.counts();
    page.accounts();
    page.contradictions();
    page.warnings();
    page.threats();
    page.timeline();
    page.reports();
    page.decisions();
    if with_reasons {
        page.reasons();
    } else {
        page.sheet.line(Cell::styled(
            "--why shows why these reports are linked, --format json gives everything",
            DIM,
        ));
    }
    page.sheet.finish()
}

struct Page<'a> {
    dossier: &'a Dossier,
    places: &'a Gazetteer,
    sheet: Sheet,
}

fn quote(quote: Option<&Quote>) -> String {
    quote.map_or_else(String::new, |quote| plain::quoted(&plain::one_line(&quote.text), LONGEST_QUOTE_CHARS))
}

/// The outlet of a report, else its address.
fn outlet(report: &ReportRow) -> String {
    plain::one_line(report.source.as_deref().unwrap_or(&report.identity))
}

impl Page<'_> {
    fn head(&mut self, when: When) {
        let incident = &self.dossier.incident;
        let title = plain::one_line(&words::incident(incident, self.places));
        self.sheet.heading(
            Cell::styled(title, BOLD),
            Cell::styled(words::manner(incident.kind, incident.stage), DIM),
        );
        let mut past = Vec::new();
        if when.as_of < when.now {
            past.push(format!("as of {}", words::moment(when.as_of)));
        }
        if let Some(recorded_by) = when.recorded_by {
            past.push(format!("as the store held it on {}", words::moment(recorded_by)));
        }
        let mut facts = vec![("when", incident.date.map_or_else(|| "–".to_owned(), words::days))];
        facts.push((
            "where",
            incident.place.as_ref().map_or_else(
                || "–".to_owned(),
                |place| {
                    let name = words::place(&place.name, place.country, self.places);
                    format!("{} ({})", plain::one_line(&name), words::precision(place.precision))
                },
            ),
        ));
        for (label, phrases) in [("targets", &incident.targets), ("weapons", &incident.weapons)] {
            if !phrases.is_empty() {
                facts.push((label, plain::one_line(&phrases.join(", "))));
            }
        }
        facts.push(("reports", self.witnesses()));
        facts.push(("id", incident.id.clone()));
        if !incident.former_ids.is_empty() {
            facts.push(("once", incident.former_ids.join(", ")));
        }
        if !past.is_empty() {
            self.sheet.line(Cell::styled(past.join(", "), DIM));
        }
        for (label, fact) in facts {
            self.sheet.row(&FACTS, &[Cell::styled(label, DIM), Cell::plain(fact)]);
        }
        self.sheet.blank();
    }

    /// How many outlets, and how many of them are witnesses of their own.
    fn witnesses(&self) -> String {
        let Dossier { incident, outlets, .. } = self.dossier;
        let mut told = vec![words::counted(*outlets, "outlet"), words::counted(incident.origins, "origin")];
        if incident.reports.len() != *outlets {
            told.push(words::counted(incident.reports.len(), "report"));
        }
        told.join(", ")
    }

    fn counts(&mut self) {
        let counts = &self.dossier.incident.counts;
        if counts.is_empty() {
            return;
        }
        for (measure, row) in counts {
            self.count(*measure, row);
        }
        self.sheet.blank();
    }

    fn count(&mut self, measure: Measure, row: &CountRow) {
        let Some(bounds) = row.bounds() else { return };
        let by = match row.point() {
            Some(point) => point.source.as_deref().map(plain::one_line),
            None => Some("decided by hand".to_owned()),
        };
        let fact = words::bounds(bounds) + &by.map(|by| format!(", {by}")).unwrap_or_default();
        let at = QuoteColumns { beside: FACTS[1] + fact.width().clamp(14, 30) + 2, below: FACTS[1] + 2 };
        let cells = [Cell::styled(measure.as_str(), DIM), Cell::plain(fact)];
        self.sheet.quoted(&FACTS, &cells, quote(row.point().and_then(|point| point.quote.as_ref())), at);
        let mut told: Vec<_> = row.series.iter().map(|point| point.bounds).collect();
        told.dedup();
        if told.len() > 1 {
            self.chart(row);
        }
    }

    /// The lower and the upper bound as it moved, each on a line; one line where they are the same.
    fn chart(&mut self, row: &CountRow) {
        let bound = |upper: bool| -> Vec<_> {
            let value =
                |bounds: watchkeeper_core::reading::Bounds| if upper { bounds.high } else { bounds.low };
            row.series.iter().map(|point| value(point.bounds)).collect()
        };
        let (low, high) = (bound(false), bound(true));
        let scale = low.iter().chain(&high).filter_map(|value| *value).max().unwrap_or(1);
        let columns = self.sheet.width().saturating_sub(FACTS[1] + 16).min(WIDEST_CHART);
        let lines = if low == high { vec![("", &low)] } else { vec![("high", &high), ("low", &low)] };
        for (label, series) in lines {
            let end = |value: Option<&Option<u64>>| {
                value.copied().flatten().map_or_else(|| "·".to_owned(), |value| value.to_string())
            };
            let (first, last) = (end(series.first()), end(series.last()));
            let line = format!("{label:<4} {first:>4} {} {last}", chart::steps(series, scale, columns));
            self.sheet.row(&[FACTS[1]], &[Cell::styled(line, DIM)]);
        }
        if let (Some(first), Some(last)) = (row.series.first(), row.series.last()) {
            let reports = words::counted(row.series.len(), "report");
            let (from, to) = (words::hour(first.published), words::hour(last.published));
            let span = format!("          {reports}, {from} to {to}");
            self.sheet.row(&[FACTS[1]], &[Cell::styled(span, DIM)]);
        }
    }

    fn accounts(&mut self) {
        let accounts = &self.dossier.accounts;
        if accounts.is_empty() {
            return;
        }
        let widest = accounts.iter().map(|account| account.actor.name.width()).max().unwrap_or(0);
        let status_at = 2 + widest.clamp(12, self.sheet.width() * 3 / 10) + 2;
        self.sheet.line(Cell::styled("Who is said to be responsible", BOLD));
        for account in accounts {
            self.account(account, status_at);
        }
        self.sheet.blank();
    }

    fn account(&mut self, account: &Account, status_at: usize) {
        let word = account.status.map_or_else(|| "–".to_owned(), |status| status.as_str().to_uppercase());
        let saying_at = status_at + STATUS_COLUMNS;
        let at = QuoteColumns { beside: saying_at + 32, below: saying_at + 2 };
        let mut beginning = [plain::one_line(&account.actor.name), word];
        for saying in &account.sayings {
            let [actor, word] = std::mem::take(&mut beginning);
            let cells = [
                Cell::plain(actor),
                Cell::styled(word, colour(account.status)),
                Cell::plain(said(saying, &account.actor.name)),
            ];
            self.sheet.quoted(&[2, status_at, saying_at], &cells, quote(saying.first.quote.as_ref()), at);
            self.sheet.row(&[saying_at + 2], &[Cell::styled(carriers(saying), DIM)]);
        }
    }

    fn contradictions(&mut self) {
        if self.dossier.contradictions.is_empty() {
            return;
        }
        self.sheet.line(Cell::styled("What does not go together", BOLD));
        for contradiction in &self.dossier.contradictions {
            let line = plain::one_line(&sentence(contradiction, self.places));
            self.sheet.row(&[2], &[Cell::plain(line)]);
        }
        self.sheet.blank();
    }

    fn warnings(&mut self) {
        if self.dossier.warnings.is_empty() {
            return;
        }
        self.sheet.line(Cell::styled("Warnings before", BOLD));
        for (warning, lead) in &self.dossier.warnings {
            let issuer = warning.issuer.as_ref().map_or("somebody", |issuer| issuer.name.as_str());
            let day = warning.issued_on.map(|day| format!(", {}", words::day(day))).unwrap_or_default();
            let lead = lead.map(|days| match days {
                0 => ", the same day".to_owned(),
                days => format!(", {} before", words::counted(usize::try_from(days).unwrap_or(0), "day")),
            });
            let who = plain::one_line(&format!("{issuer}{day}{}", lead.unwrap_or_default()));
            let at = QuoteColumns { beside: 48, below: 6 };
            self.sheet.quoted(&[2], &[Cell::plain(who)], quote(warning.quote.as_ref()), at);
        }
        self.sheet.blank();
    }

    fn threats(&mut self) {
        if self.dossier.threats.is_empty() {
            return;
        }
        self.sheet.line(Cell::styled("Threats and vows after", BOLD));
        for threat in &self.dossier.threats {
            let speaker = threat.speaker.as_ref().map_or("somebody", |speaker| speaker.name.as_str());
            let target = threat.target.as_deref().map(|target| format!(" → {target}")).unwrap_or_default();
            let outcome = words::spaced(threat.outcome.as_str());
            let who = plain::one_line(&format!("{speaker}{target}: {outcome}"));
            let at = QuoteColumns { beside: 48, below: 6 };
            self.sheet.quoted(&[2], &[Cell::plain(who)], quote(threat.quote.as_ref()), at);
        }
        self.sheet.blank();
    }

    fn timeline(&mut self) {
        self.sheet.line(Cell::styled("What each report changed", BOLD));
        for step in changes::of(&self.dossier.incident, self.places) {
            let report =
                self.dossier.incident.reports.iter().find(|report| report.id == step.report.as_str());
            let Some(report) = report else { continue };
            let changed: Vec<String> = step
                .changes
                .iter()
                .map(
                    |change| if change.field.is_none() { "first report".to_owned() } else { change.phrase() },
                )
                .collect();
            let line = format!("{}: {}", outlet(report), plain::one_line(&changed.join(", ")));
            let time = words::hour(report.published);
            self.sheet.row(&[2, 2 + TIME_COLUMNS + 2], &[Cell::styled(time, DIM), Cell::plain(line)]);
        }
        self.sheet.blank();
    }

    fn reports(&mut self) {
        self.sheet.line(Cell::styled(format!("Reports: {}", self.witnesses()), BOLD));
        for group in &self.dossier.origins {
            for (number, report) in group.iter().enumerate() {
                // What repeats an earlier report stands below it.
                let mark = if number == 0 { "" } else { "↳ " };
                let outlet_at = 2 + TIME_COLUMNS + 2;
                let id_at = outlet_at + OUTLET_COLUMNS;
                let mut columns = vec![2, outlet_at, id_at];
                let mut cells = vec![
                    Cell::styled(words::hour(report.published), DIM),
                    Cell::plain(format!("{mark}{}", outlet(report))),
                    Cell::styled(words::short_id(&report.id), DIM),
                ];
                if self.sheet.width() >= WIDTH_WITH_ADDRESSES {
                    columns.push(id_at + 10);
                    cells.push(Cell::styled(plain::one_line(&report.identity), DIM));
                }
                self.sheet.row(&columns, &cells);
            }
        }
        self.sheet.blank();
    }

    fn decisions(&mut self) {
        let decisions = &self.dossier.incident.decisions;
        if decisions.is_empty() {
            return;
        }
        self.sheet.line(Cell::styled("What people decided", BOLD));
        for row in decisions {
            let decision = &row.decision;
            let time = words::hour(decision.recorded);
            let cells = [Cell::styled(time, DIM), Cell::plain(plain::one_line(&words::decision(row)))];
            self.sheet.row(&[2, 2 + TIME_COLUMNS + 2], &cells);
        }
        self.sheet.blank();
    }

    fn reasons(&mut self) {
        self.sheet.line(Cell::styled("Why these reports are linked", BOLD));
        for link in &self.dossier.links {
            let report = self.dossier.incident.reports.iter().find(|report| report.id == link.version);
            let name = report.map(outlet).unwrap_or_default();
            let told = match &link.comparison {
                None => format!("{name} founded the incident"),
                Some(comparison) => {
                    format!("{name} scores {:.1}; two or more is the same incident", comparison.score())
                }
            };
            self.sheet.row(&[2, 12], &[Cell::styled(words::short_id(&link.version), DIM), Cell::plain(told)]);
            for reason in link.comparison.iter().flat_map(|comparison| &comparison.reasons) {
                let cells = [
                    Cell::styled(format!("{:+.1}", reason.weight), DIM),
                    Cell::styled(reason.part.as_str(), DIM),
                    Cell::plain(plain::one_line(&reason.finding)),
                ];
                self.sheet.row(&[14, 21, 30], &cells);
            }
        }
    }
}

/// Who says what, in a few words.
fn said(saying: &Saying, actor: &str) -> String {
    match &saying.speaker {
        Some(speaker) if speaker.name == actor => words::did(saying.stance).to_owned(),
        Some(speaker) => plain::one_line(&format!("{} {}", speaker.name, words::did(saying.stance))),
        None => {
            let source = saying.first.source.as_deref().unwrap_or("the outlet");
            plain::one_line(&format!("{source} itself {}", words::did(saying.stance)))
        }
    }
}

/// When it was first carried, by whom, and how many witnesses those are.
fn carriers(saying: &Saying) -> String {
    let mut outlets: Vec<String> = Vec::new();
    for carrier in saying.carriers.iter().map(outlet) {
        if !outlets.contains(&carrier) {
            outlets.push(carrier);
        }
    }
    let mut line = format!("{}, {}", words::hour(saying.first.published), outlets.join(", "));
    if saying.carriers.len() > 1 {
        line += &format!(" ({})", words::counted(saying.origins, "origin"));
    }
    line
}

/// A contradiction as a sentence.
fn sentence(contradiction: &Contradiction, places: &Gazetteer) -> String {
    let state = |code: &Country| {
        places.country(*code).map_or_else(|| code.as_str().to_owned(), |country| country.name.to_owned())
    };
    match contradiction {
        Contradiction::Claimants { actors } => format!("{} each claim it.", words::listed(actors)),
        Contradiction::Denied { actor, asserted_by, denied_by } => {
            format!(
                "That it was {actor}, {} asserts; {} denies it.",
                words::listed(asserted_by),
                words::listed(denied_by)
            )
        }
        Contradiction::OneState { actor, country, asserted_by, denied_by } => format!(
            "{} speaks with two voices: {asserted_by} holds {actor} responsible, {denied_by} does not.",
            state(country)
        ),
        Contradiction::OtherAccused { country, first, second } => format!(
            "{} speaks with two voices: {} holds {} responsible, {} {}.",
            state(country),
            first.0,
            first.1,
            second.0,
            second.1
        ),
    }
}
