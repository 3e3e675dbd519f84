//! Header lines that carry a date and no prose ("date 2021-02-03", "Updated: 3 February 2021, 9.15 pm").

use super::calendar::{self, WrittenDate};
use super::scan::Scanner;

/// Words that announce the date of a report. Those that tell of a change come with `true`.
const LABELS: [(&str, bool); 20] = [
    ("date published", false),
    ("publication date", false),
    ("published date", false),
    ("published on", false),
    ("published at", false),
    ("published", false),
    ("posted on", false),
    ("posted at", false),
    ("posted", false),
    ("first published", false),
    ("issued on", false),
    ("issued", false),
    ("release date", false),
    ("dated", false),
    ("date", false),
    ("press release", false),
    ("last updated on", true),
    ("last updated", true),
    ("updated on", true),
    ("updated", true),
];

/// A date header at the beginning of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Bytes of the header, with the blanks after it.
    pub(super) len: usize,
    /// Whether the line holds nothing else.
    pub(super) whole: bool,
    /// The date.
    pub(super) date: WrittenDate,
    /// Whether it is the date of a change rather than of publication.
    pub(super) is_update: bool,
}

/// Finds a date header at the beginning of `line`. Without a label ("3 February 2021") the date must be the whole line.
pub(super) fn find(line: &str) -> Option<Found> {
    let mut at = Scanner::new(line);
    at.spaces();
    let label = label(&mut at);
    let date = calendar::date(&mut at)?;
    loop {
        let before = at.at();
        at.take_while(|c| c.is_whitespace() || matches!(c, ',' | '|' | '·' | '-' | '–' | '—'));
        at.attempt(|at| at.word().filter(|word| *word == "at"));
        at.spaces();
        let clock = calendar::time_of_day(&mut at)
            .or_else(|| calendar::date(&mut at).map(|_| jiff::civil::Time::midnight()));
        let zone = at.attempt(|at| {
            at.take_while(|c| c == ' ' || c == '(');
            calendar::zone(at)
        });
        at.eat(')');
        if clock.is_none() && zone.is_none() {
            // Only blanks may go with the header, so that a dash before prose stays with the prose's own rules.
            if !at.rest().is_empty() {
                at = Scanner::new(line);
                at.advance(before);
            }
            break;
        }
    }
    at.take_while(|c| matches!(c, '.' | ';'));
    at.spaces();
    let whole = at.rest().is_empty();
    // In prose a date follows "dated" and "published" too; a header begins a new sentence after its date.
    let opens_prose =
        label.is_some() && at.rest().starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“'));
    let is_update = label.is_some_and(|(_, is_update)| is_update);
    (whole || opens_prose).then_some(Found { len: at.at(), whole, date, is_update })
}

fn label(at: &mut Scanner<'_>) -> Option<(&'static str, bool)> {
    at.attempt(|at| {
        let rest = at.rest();
        let found = LABELS.iter().find(|(label, _)| {
            rest.get(..label.len()).is_some_and(|head| head.eq_ignore_ascii_case(label))
                && !rest[label.len()..].starts_with(char::is_alphanumeric)
        })?;
        at.advance(found.0.len());
        at.take_while(|c| c.is_whitespace() || matches!(c, ':' | ',' | '-' | '–' | '—' | '='));
        Some(*found)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str) -> Option<(&str, Option<i16>, bool)> {
        find(line).map(|found| (&line[found.len..], found.date.year, found.whole))
    }

    #[test]
    fn header_lines_are_read() {
        for line in [
            "date 2021-02-03",
            "Date: 3 February 2021",
            "Published: Wednesday, February 3, 2021, 9:15 pm EST",
            "3 February 2021",
            "Press release, 3 February 2021",
            "Updated 3 Feb 2021 09:15 (GMT+2)",
            "Posted on February 3, 2021 at 9.15 am",
            "2021-02-03 09:15",
        ] {
            assert_eq!(parts(line), Some(("", Some(2021), true)), "{line}");
        }
    }

    #[test]
    fn prose_may_go_on_behind_a_labelled_date() {
        assert_eq!(parts("date 2021-02-03 In a harsh reply"), Some(("In a harsh reply", Some(2021), false)));
        assert_eq!(
            parts(" date 2021-02-03 “We know,” she said"),
            Some(("“We know,” she said", Some(2021), false))
        );
    }

    #[test]
    fn prose_is_no_header() {
        for line in [
            "3 February 2021 was a cold day",
            "Dated 3 February 2021, the letter",
            "Published on 3 February, the list names nine men",
            "Updated figures were given",
            "Date palms burned",
            "February 3 attack",
        ] {
            assert_eq!(parts(line), None, "{line}");
        }
    }
}
