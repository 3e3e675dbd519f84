//! The record as a page for people.

use watchkeeper_core::resolve::claims::AttributionRow;
use watchkeeper_core::resolve::moment::Record;
use watchkeeper_core::resolve::record::RecordIncident;

use super::layout::{Cell, Sheet};
use super::{BOLD, DIM, Look, WIDTHS, colour, plain, words};

/// Actor, status, what was said.
const CLAIMS: [usize; 3] = [2, 30, 41];
/// Label, fact.
const FACTS: [usize; 2] = [2, 12];

/// The page of a record.
pub fn render(record: &Record, look: Look) -> String {
    let mut sheet = Sheet::new(look.width.clamp(*WIDTHS.start(), *WIDTHS.end()), look.in_colour);
    let as_of = record.as_of.strftime("%-d %B %Y, %H:%M UTC").to_string();
    sheet.row(&[0], &[Cell::styled(format!("The record as of {as_of}"), DIM)]);
    sheet.blank();
    if record.incidents.is_empty() {
        sheet.row(&[0], &[Cell::plain("No incident.")]);
    }
    for incident in &record.incidents {
        put_incident(&mut sheet, incident);
    }
    if !record.warnings.is_empty() {
        sheet.row(&[0], &[Cell::styled("Warnings", BOLD)]);
        for warning in &record.warnings {
            let issuer = warning.issuer.as_ref().map_or("–", |issuer| issuer.name.as_str());
            let line = format!("{}: {}", warning.outcome, warning.because);
            sheet.row(&CLAIMS[..2], &[Cell::plain(plain::one_line(issuer)), Cell::plain(line)]);
        }
        sheet.blank();
    }
    if !record.threats.is_empty() {
        sheet.row(&[0], &[Cell::styled("Threats and vows", BOLD)]);
        for threat in &record.threats {
            let speaker = threat.speaker.as_ref().map_or("–", |speaker| speaker.name.as_str());
            let quote =
                threat.quote.as_ref().map_or_else(String::new, |q| format!("“{}”", plain::one_line(&q.text)));
            sheet.row(&CLAIMS[..2], &[Cell::plain(plain::one_line(speaker)), Cell::plain(quote)]);
        }
        sheet.blank();
    }
    sheet.finish()
}

fn put_incident(sheet: &mut Sheet, incident: &RecordIncident) {
    let outlets = match incident.reports.len() {
        1 => "1 report".to_owned(),
        more => format!("{more} reports"),
    };
    let origins = match incident.origins {
        1 => "1 origin".to_owned(),
        more => format!("{more} origins"),
    };
    let heading = Cell::styled(plain::one_line(&words::incident(incident)), BOLD);
    sheet.heading(&heading, &Cell::styled(format!("{outlets}, {origins}"), DIM));
    let mut fact = |label: &str, value: String| {
        sheet.row(&FACTS, &[Cell::styled(label, DIM), Cell::plain(value)]);
    };
    fact("when", incident.date.map_or_else(|| "–".to_owned(), words::days));
    fact("stage", incident.stage.to_string());
    for (measure, row) in &incident.counts {
        let mut steps: Vec<String> = row.series.iter().map(|point| words::bounds(point.bounds)).collect();
        steps.dedup();
        let in_force = words::bounds(row.series[row.in_force].bounds);
        let value = if steps.len() > 1 { format!("{in_force}  ({})", steps.join(", ")) } else { in_force };
        fact(measure.as_str(), value);
    }
    fact("id", incident.id.clone());
    for row in &incident.attributions {
        put_actor(sheet, row);
    }
    sheet.blank();
}

fn put_actor(sheet: &mut Sheet, row: &AttributionRow) {
    let word = row.status.map_or_else(|| "–".to_owned(), |status| status.as_str().to_uppercase());
    for (number, act) in row.acts.iter().enumerate() {
        let first = |text: &str| if number == 0 { plain::one_line(text) } else { String::new() };
        let speaker = match &act.speaker {
            Some(speaker) => speaker.name.clone(),
            None => act.source.clone().unwrap_or_else(|| "the outlet".to_owned()),
        };
        let quote = act.quote.as_ref().map_or_else(String::new, |quote| format!(" “{}”", quote.text));
        let said = format!("{speaker} {}{quote}", words::does(act.stance));
        let cells = [
            Cell::plain(first(&row.actor.name)),
            Cell::styled(first(&word), colour(row.status)),
            Cell::plain(plain::one_line(&said)),
        ];
        sheet.row(&CLAIMS, &cells);
    }
}
