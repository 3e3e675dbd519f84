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

#[cfg(test)]
#[test]
fn examples() {
    use super::super::book::{DayBook, DayFiles};
    let days = "[[day]]\nnames = [\"Ferry Day\"]\nmonth = 2\nday = 3\n[[day]]\nnames = [\"May 9\"]\nonce = \"1999-05-09\"\nfollowed_by = [\"fires\"]";
    let names = "heads = []\npapers = []\nepithets = []";
    let book = DayBook::parse(&DayFiles { days, names }).expect("well-formed");
    for (text, words, value) in [
        ("on Ferry Day", "Ferry Day", "2024-02-03"),
        ("on Ferry Day in 2016", "Ferry Day in 2016", "2016-02-03"),
        ("on Ferry Day last year", "Ferry Day last year", "2023-02-03"),
        ("since the May 9 forest fires", "May 9", "1999-05-09"),
        ("on May 9", "May 9", "2023-05-09"),
    ] {
        assert_eq!(super::examples::first(text, &book), Some((words.to_owned(), value.to_owned())), "{text}");
    }
}
