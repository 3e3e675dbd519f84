//! What a search found as a page for people.

use std::ops::Range;

use watchkeeper_core::places::Gazetteer;
use watchkeeper_core::reading::Measure;
use watchkeeper_core::resolve::counts::CountRow;
use watchkeeper_core::resolve::record::RecordIncident;
use watchkeeper_store::Hit;

use super::layout::{Cell, Sheet};
use super::{BOLD, DIM, Look, plain, words};
use crate::views::search::Found;

/// The page of what was found for a query.
pub fn render(query: &str, found: &Found, places: &Gazetteer, look: Look) -> String {
    let mut sheet = Sheet::new(look.width, look.in_colour);
    let query = plain::quoted(&plain::one_line(query), 60);
    if found.reports.is_empty() {
        sheet.line(Cell::plain(format!("No report has all the words of {query}.")));
        return sheet.finish();
    }
    let reports = words::counted(found.reports.len(), "report");
    sheet.line(Cell::styled(format!("{reports} with {query}, the latest first"), DIM));
    sheet.blank();
    for hit in &found.reports {
        put_hit(&mut sheet, hit);
    }
    if !found.incidents.is_empty() {
        sheet.line(Cell::styled("What they tell of", BOLD));
    }
    for incident in &found.incidents {
        sheet.row(
            &[2, 16],
            &[Cell::styled(words::short_id(&incident.id), DIM), Cell::plain(line(incident, places))],
        );
    }
    sheet.finish()
}

fn put_hit(sheet: &mut Sheet, hit: &Hit) {
    let report = &hit.report;
    let outlet = plain::one_line(report.source.as_deref().unwrap_or(&report.identity));
    sheet.heading(
        Cell::plain(format!("{} · {outlet}", words::moment(report.time))),
        Cell::styled(words::short_id(&report.id), DIM),
    );
    if let Some(title) = &report.title {
        put_marked(sheet, title, &hit.title_marks);
    }
    if let Some(snippet) = &hit.snippet {
        put_marked(sheet, &snippet.text, &snippet.marks);
    }
    sheet.blank();
}

fn put_marked(sheet: &mut Sheet, text: &str, marks: &[Range<usize>]) {
    let (text, marks) = plain::marked(text, marks);
    sheet.marked(4, &text, &marks, BOLD);
}

/// An incident on one line: what, where, when, the dead.
fn line(incident: &RecordIncident, places: &Gazetteer) -> String {
    let mut parts = vec![plain::one_line(&words::incident(incident, places))];
    parts.extend(incident.date.map(words::days));
    let killed = incident.counts.get(&Measure::Killed).and_then(CountRow::bounds);
    parts.extend(killed.map(|killed| format!("{} killed", words::bounds(killed))));
    parts.join(" · ")
}
