//! What happened when, as a page for people: one line an entry, grouped by day and incident.

use super::layout::{Cell, Sheet};
use super::{BOLD, DIM, Look, plain, words};
use crate::views::timeline::Entry;

/// Time, kind, what.
const COLUMNS: [usize; 3] = [4, 11, 23];

/// The page of entries, which must be in their order.
pub fn render(entries: &[Entry], look: Look) -> String {
    let mut sheet = Sheet::new(look.width, look.in_colour);
    if entries.is_empty() {
        sheet.line(Cell::plain("Nothing is known to have happened."));
    }
    for (number, entry) in entries.iter().enumerate() {
        let is_new_day = number == 0 || entries[number - 1].day != entry.day;
        if is_new_day {
            if number > 0 {
                sheet.blank();
            }
            sheet.line(Cell::styled(words::day(entry.day), BOLD));
        }
        // What an entry is about is said where it is no longer what the entry before it was about.
        if is_new_day || entries[number - 1].incident != entry.incident {
            let title =
                entry.title.as_deref().map_or_else(|| "No incident known".to_owned(), plain::one_line);
            sheet.row(&[2], &[Cell::styled(title, DIM)]);
        }
        let time = entry.at.map_or_else(String::new, |at| at.strftime("%H:%M").to_string());
        let parts: Vec<&str> =
            [Some(entry.text.as_str()), entry.source.as_deref()].into_iter().flatten().collect();
        sheet.row(
            &COLUMNS,
            &[
                Cell::styled(time, DIM),
                Cell::styled(entry.kind.as_str(), DIM),
                Cell::plain(plain::one_line(&parts.join(" · "))),
            ],
        );
    }
    sheet.finish()
}
