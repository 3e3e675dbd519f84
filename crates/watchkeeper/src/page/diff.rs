//! What changed between two moments as a page for people: by incident, warning and threat, a line a change.

use jiff::Timestamp;

use super::layout::{Cell, Sheet};
use super::{BOLD, DIM, Look, plain, words};
use crate::changes::Change;

/// The page of changes, which must be in the order of what they change.
pub fn render(from: Timestamp, to: Timestamp, changes: &[Change], look: Look) -> String {
    let mut sheet = Sheet::new(look.width, look.in_colour);
    let span = format!("From {} to {}", words::moment(from), words::moment(to));
    sheet.line(Cell::styled(format!("{span}: {}", words::counted(changes.len(), "change")), DIM));
    for (number, change) in changes.iter().enumerate() {
        let is_same = number > 0 && changes[number - 1].id == change.id;
        if !is_same {
            sheet.blank();
            let title = change.title.as_deref().unwrap_or(change.subject);
            sheet.heading(
                Cell::styled(plain::one_line(title), BOLD),
                Cell::styled(words::short_id(&change.id), DIM),
            );
        }
        let mark = match change.kind {
            "added" => "+",
            "removed" => "-",
            _ => "~",
        };
        let phrase = if change.field.is_none() { format!("new {}", change.subject) } else { change.phrase() };
        let phrase = if change.kind == "removed" { "held no more".to_owned() } else { phrase };
        let cells = [Cell::plain(mark), Cell::plain(plain::one_line(&(phrase + &by(change))))];
        sheet.row(&[2, 4], &cells);
    }
    sheet.finish()
}

/// The report that made a change.
fn by(change: &Change) -> String {
    let outlet = change.source.as_deref().or(change.report.as_deref());
    let time = change.published.as_deref().and_then(|time| time.parse::<Timestamp>().ok());
    match (outlet, time) {
        (Some(outlet), Some(time)) => format!(", by {outlet}, {}", words::moment(time)),
        (Some(outlet), None) => format!(", by {outlet}"),
        (None, _) => String::new(),
    }
}
