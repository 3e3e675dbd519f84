//! Any stretch of days, and what narrows it: "early March", "mid-2019", "late on Tuesday", "the end of last year".

use super::super::calendar::{Grain, Third};
use super::super::lex::Cursor;
use super::super::meaning::{From, Meaning, Portion, When};
use super::super::words;
use super::{dates, named, periods, relative, told};

/// What reads an expression from a place on, and where it ends.
pub type Reader<T> = for<'a> fn(Cursor<'a>) -> Option<(T, Cursor<'a>)>;

/// The longest of what the readers find.
pub fn longest<'a, T>(at: Cursor<'a>, readers: &[Reader<T>]) -> Option<(T, Cursor<'a>)> {
    let mut best: Option<(T, Cursor<'a>)> = None;
    for found in readers.iter().filter_map(|read| read(at)) {
        if best.as_ref().is_none_or(|(_, end)| found.1.at() > end.at()) {
            best = Some(found);
        }
    }
    best
}

/// A single day.
pub fn day(at: Cursor) -> Option<(When, Cursor)> {
    longest(at, &[named::day, dates::calendar_day, dates::day_of_month, relative::day, told_day])
}

fn told_day(at: Cursor) -> Option<(When, Cursor)> {
    let found = told::stretch(at).or_else(|| told::unit_and_direction(at))?;
    let is_day = match found.0 {
        When::WeekdayFromTold(..) => true,
        When::Counted { grain, .. } => grain == Grain::Day,
        _ => false,
    };
    is_day.then_some(found)
}

/// A stretch of days longer than one.
pub fn period(at: Cursor) -> Option<(When, Cursor)> {
    longest(
        at,
        &[
            periods::month,
            periods::year,
            periods::decade,
            periods::century,
            periods::fraction,
            periods::season,
            periods::week_of_month,
            relative::unit,
            relative::weekend,
            relative::same_last_year,
            told::stretch,
            told::unit_and_direction,
        ],
    )
}

/// Any stretch of days.
pub fn when(at: Cursor) -> Option<(When, Cursor)> {
    longest(at, &[day, period])
}

/// A stretch of days with what narrows it.
pub fn date(at: Cursor) -> Option<(Meaning, Cursor)> {
    longest(at, &[plain, with_third, with_edge, with_direction])
}

fn plain(at: Cursor) -> Option<(Meaning, Cursor)> {
    when(at).map(|(when, end)| (Meaning::Date(when, None), end))
}

/// "Early March", "mid-2019", "the late 1980s", "late on Tuesday".
fn with_third(at: Cursor) -> Option<(Meaning, Cursor)> {
    let start = at.skip("the");
    let third = match start.word() {
        "early" => Third::Early,
        "mid" | "middle" => Third::Mid,
        "late" => Third::Late,
        _ => return None,
    };
    let rest = start.next();
    let rest = rest.hyphen().unwrap_or(rest);
    let rest = if third == Third::Mid { rest } else { rest.skip_any(&["on", "in"]) };
    let (found, end) = when(rest).or_else(|| decade_without_article(start, rest))?;
    let spread = !matches!(rest.word(), "the" | "that") || rest.at() > start.at() + 1;
    spread.then_some((Meaning::Date(found, Some(Portion::Third(third))), end))
}

fn decade_without_article<'a>(start: Cursor<'a>, rest: Cursor<'a>) -> Option<(When, Cursor<'a>)> {
    (start.word_before(1) == "the").then(|| periods::decade(rest)).flatten()
}

/// "The end of March", "the beginning of the year", "the middle of last week".
fn with_edge(at: Cursor) -> Option<(Meaning, Cursor)> {
    let start = at.skip("the").skip("very");
    let third = match start.word() {
        "beginning" | "start" | "outset" => Third::Early,
        "middle" => Third::Mid,
        "end" | "close" => Third::Late,
        _ => return None,
    };
    let rest = start.next();
    let rest = rest.take("of").or_else(|| rest.hyphen())?;
    let (found, end) = when(rest).or_else(|| current(rest))?;
    Some((Meaning::Date(found, Some(Portion::Third(third))), end))
}

/// "The year", "the month": the one of publication.
fn current(at: Cursor) -> Option<(When, Cursor)> {
    let at = at.take("the")?;
    let (grain, by) = words::unit(at.word()).filter(|(_, plural)| !plural)?.0.grain()?;
    let when = When::Counted { grain, by: 0, from: From::Publication };
    (by == 1).then(|| (when, at.next()))
}

/// "Earlier this month", "later this year", "earlier on Friday", "earlier in the day".
fn with_direction(at: Cursor) -> Option<(Meaning, Cursor)> {
    let portion = match at.word() {
        "earlier" => Portion::Earlier,
        "later" => Portion::Later,
        _ => return None,
    };
    let rest = at.next().skip_any(&["on", "in", "during"]);
    if rest.at() > at.at() + 1
        && let Some((When::Counted { grain, .. }, end)) = current(rest)
    {
        let from = if grain == Grain::Day { From::Told } else { From::Publication };
        return Some((Meaning::Date(When::Counted { grain, by: 0, from }, Some(portion)), end));
    }
    let (found, end) = when(rest)?;
    Some((Meaning::Date(found, Some(portion)), end))
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(&[
        ("in [early March]", "2024-03"),
        ("in [mid-2019]", "2019"),
        ("[late on Tuesday]", "2024-03-19"),
        ("in [the late 1980s]", "198X"),
        ("at [the end of last year]", "2023"),
        ("since [the beginning of the year]", "2024"),
        ("[earlier this month]", "2024-03"),
        ("[later in the day]", "2024-03-22"),
        ("by [the middle of next week]", "2024-W13"),
        ("the end of the road", ""),
    ]);
}
