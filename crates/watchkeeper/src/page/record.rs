//! The record as a page for people.

use unicode_width::UnicodeWidthStr;
use watchkeeper_core::places::Gazetteer;
use watchkeeper_core::reading::Stance;
use watchkeeper_core::resolve::claims::{ActRow, AttributionRow};
use watchkeeper_core::resolve::counts::{CountRow, InForce};
use watchkeeper_core::resolve::decisions::Correction;
use watchkeeper_core::resolve::facts::Quote;
use watchkeeper_core::resolve::moment::Record;
use watchkeeper_core::resolve::record::{DecisionRow, RecordIncident};

use super::layout::{Cell, QuoteColumns, Sheet};
use super::{BOLD, DIM, LONGEST_QUOTE_CHARS, Look, colour, plain, words};

/// Label, fact.
const FACTS: [usize; 2] = [2, 12];

/// Columns of the longest status and of the gap behind it.
const STATUS_COLUMNS: usize = 11;

/// The page of a record.
pub fn render(record: &Record, places: &Gazetteer, look: Look) -> String {
    let mut sheet = Sheet::new(look.width, look.in_colour);
    let as_of = words::moment(record.as_of);
    sheet.line(Cell::styled(format!("The record as of {as_of}"), DIM));
    sheet.blank();
    if record.incidents.is_empty() {
        sheet.line(Cell::plain("It holds no incident."));
    }
    for incident in &record.incidents {
        put_incident(&mut sheet, incident, places);
    }
    let warnings = record.warnings.iter().map(|warning| {
        let issuer = warning.issuer.as_ref().map_or("somebody", |issuer| issuer.name.as_str());
        (format!("{issuer}: {}", words::spaced(warning.outcome.as_str())), quote(warning.quote.as_ref()))
    });
    put_notices(&mut sheet, "Warnings", warnings.collect());
    let threats = record.threats.iter().map(|threat| {
        let speaker = threat.speaker.as_ref().map_or("somebody", |speaker| speaker.name.as_str());
        let target = threat.target.as_deref().map(|target| format!(" → {target}")).unwrap_or_default();
        (
            format!("{speaker}{target}: {}", words::spaced(threat.outcome.as_str())),
            quote(threat.quote.as_ref()),
        )
    });
    put_notices(&mut sheet, "Threats and vows", threats.collect());
    sheet.finish()
}

fn quote(quote: Option<&Quote>) -> String {
    quote.map_or_else(String::new, |quote| plain::quoted(&plain::one_line(&quote.text), LONGEST_QUOTE_CHARS))
}

fn put_notices(sheet: &mut Sheet, heading: &str, rows: Vec<(String, String)>) {
    if rows.is_empty() {
        return;
    }
    sheet.line(Cell::styled(heading, BOLD));
    for (who, quote) in rows {
        let at = QuoteColumns { beside: 45, below: 6 };
        sheet.quoted(&[2], &[Cell::plain(plain::one_line(&who))], quote, at);
    }
    sheet.blank();
}

fn put_incident(sheet: &mut Sheet, incident: &RecordIncident, places: &Gazetteer) {
    let heading = Cell::styled(plain::one_line(&words::incident(incident, places)), BOLD);
    let outlets = format!(
        "{}, {}",
        words::counted(incident.reports.len(), "report"),
        words::counted(incident.origins, "origin")
    );
    sheet.heading(heading, Cell::styled(outlets, DIM));
    let mut fact = |label: &str, value: String| {
        sheet.row(&FACTS, &[Cell::styled(label, DIM), Cell::plain(value)]);
    };
    fact("what", words::manner(incident.kind, incident.stage) + mark(incident, &["type", "stage"]));
    fact("when", incident.date.map_or_else(|| "–".to_owned(), words::days) + mark(incident, &["date"]));
    if let (Some(place), "*") = (&incident.place, mark(incident, &["place"])) {
        fact("where", plain::one_line(&place.name) + "*");
    }
    for (measure, row) in &incident.counts {
        fact(measure.as_str(), count(row));
    }
    fact("id", incident.id.clone());
    sheet.blank();
    put_accounts(sheet, &incident.attributions);
    put_decisions(sheet, &incident.decisions);
}

/// An asterisk where a person set one of these fields.
fn mark(incident: &RecordIncident, fields: &[&str]) -> &'static str {
    let set = incident.decisions.iter().filter_map(|row| row.decision.ruling.correction());
    if set.map(Correction::field).any(|field| fields.contains(&field)) { "*" } else { "" }
}

/// What people decided; an asterisk stands at every value that they set.
fn put_decisions(sheet: &mut Sheet, rows: &[DecisionRow]) {
    if rows.is_empty() {
        return;
    }
    sheet.line(Cell::styled("* Decided by people", BOLD));
    for row in rows {
        let cells =
            [Cell::styled(row.decision.id.clone(), DIM), Cell::plain(plain::one_line(&words::decision(row)))];
        sheet.row(&[2, 8], &cells);
    }
    sheet.blank();
}

/// The count in force, and the way there.
fn count(row: &CountRow) -> String {
    let mut steps: Vec<String> = row.series.iter().map(|point| words::bounds(point.bounds)).collect();
    steps.dedup();
    let mut in_force = row.bounds().map_or_else(|| "–".to_owned(), words::bounds);
    if matches!(row.in_force, InForce::Decided { .. }) {
        in_force.push('*');
    }
    if steps.len() > 1 { format!("{in_force}  (as told: {})", steps.join(", ")) } else { in_force }
}

/// What one speaker says of an actor in the same sense, in however many reports.
struct Saying<'a> {
    who: String,
    /// Whether the actor speaks of itself.
    is_own: bool,
    stance: Stance,
    first: &'a ActRow,
    reports: usize,
}

impl Saying<'_> {
    fn text(&self) -> String {
        let times = if self.reports > 1 { format!(", {} reports", self.reports) } else { String::new() };
        let who = if self.is_own { String::new() } else { format!("{} ", self.who) };
        format!("{who}{}{times}", words::did(self.stance))
    }
}

/// Acts that say the same are one line; the first stands for all.
fn sayings(row: &AttributionRow) -> Vec<Saying<'_>> {
    let mut all: Vec<Saying<'_>> = Vec::new();
    for act in &row.acts {
        let who = match &act.speaker {
            Some(speaker) => speaker.name.clone(),
            None => act.source.clone().unwrap_or_else(|| "the outlet".to_owned()),
        };
        let who = plain::one_line(&who);
        match all.iter_mut().find(|saying| saying.who == who && saying.stance == act.stance) {
            Some(saying) => saying.reports += 1,
            None => {
                let is_own = act.speaker.as_ref().is_some_and(|speaker| speaker.name == row.actor.name);
                all.push(Saying { who, is_own, stance: act.stance, first: act, reports: 1 });
            }
        }
    }
    all
}

fn put_accounts(sheet: &mut Sheet, rows: &[AttributionRow]) {
    if rows.is_empty() {
        return;
    }
    let widest_actor = rows.iter().map(|row| row.actor.name.width()).max().unwrap_or(0);
    let status_at = 2 + widest_actor.clamp(12, sheet.width() * 3 / 10) + 2;
    let saying_at = status_at + STATUS_COLUMNS;
    let at = QuoteColumns { beside: saying_at + 32, below: saying_at + 2 };
    sheet.line(Cell::styled("Who is said to be responsible", BOLD));
    for row in rows {
        let mut word = row.status.map_or_else(|| "–".to_owned(), |status| status.as_str().to_uppercase());
        if row.decided.is_some() {
            word.push('*');
        }
        let mut beginning = [plain::one_line(&row.actor.name), word];
        for saying in sayings(row) {
            let [actor, word] = std::mem::take(&mut beginning);
            let cells =
                [Cell::plain(actor), Cell::styled(word, colour(row.status)), Cell::plain(saying.text())];
            sheet.quoted(&[2, status_at, saying_at], &cells, quote(saying.first.quote.as_ref()), at);
        }
    }
    sheet.blank();
}
