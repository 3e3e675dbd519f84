//! Days that have a name: "Christmas Day", "New Year’s Eve", "9/11", "the September 11 attacks".

use super::super::lex::Cursor;
use super::super::meaning::{When, YearRef};
use super::dates;

/// A day by its name, with its year where one follows.
pub fn day(at: Cursor) -> Option<(When, Cursor)> {
    let start = at.skip_any(&["last", "this", "next"]);
    let (day, end) = start.book().read(start)?;
    let stated = end.take("in").and_then(dates::stated_year).map(|(year, end)| (YearRef::Stated(year), end));
    let (year, end) = stated.unwrap_or_else(|| dates::year_after(end, false));
    Some((When::Named(day, year), end))
}
