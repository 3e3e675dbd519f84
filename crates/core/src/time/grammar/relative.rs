//! Stretches told from the day of publication: "today", "last week", "next Friday", "Friday last week", "two weeks ago" is
//! in [`super::apart`].

use super::super::calendar::Grain;
use super::super::lex::Cursor;
use super::super::meaning::{From, When, Which, YearRef};
use super::super::words;
use super::dates;

/// A day told from the day of publication, without a part of it.
pub fn day(at: Cursor) -> Option<(When, Cursor)> {
    deictic_day(at).or_else(|| weekday(at))
}

/// "Today", "the day before yesterday", "tomorrow".
pub fn deictic_day(at: Cursor) -> Option<(When, Cursor)> {
    let counted = |by| When::Counted { grain: Grain::Day, by, from: From::Publication };
    if let Some(end) = at.skip("the").take_all(&["day", "before", "yesterday"]) {
        return Some((counted(-2), end));
    }
    if let Some(end) = at.skip("the").take_all(&["day", "after", "tomorrow"]) {
        return Some((counted(2), end));
    }
    let by = match at.word() {
        "today" => 0,
        "yesterday" => -1,
        "tomorrow" => 1,
        _ => return None,
    };
    Some((counted(by), at.next()))
}

/// "Friday", "last Friday", "this coming Friday", "Friday last week", "Friday of this week".
fn weekday(at: Cursor) -> Option<(When, Cursor)> {
    let (which, rest) = which(at);
    let (weekday, end) = plain_weekday(rest)?;
    if which != Which::Tense {
        return Some((When::Weekday(weekday, which), end));
    }
    if let Some((weeks, end)) = week_after(end) {
        return Some((When::WeekdayOfWeek(weekday, weeks), end));
    }
    Some((When::Weekday(weekday, which), end))
}

/// A weekday's name; the short forms need their full stop, since "sun" and "sat" are words.
pub fn plain_weekday(at: Cursor) -> Option<(jiff::civil::Weekday, Cursor)> {
    let (weekday, short) = words::weekday(at.word())?;
    let end = dates::abbreviation(at.next(), short);
    let sure = if short { at.atom()?.capital && end.at() > at.at() + 1 && !at.atom()?.shouted } else { true };
    sure.then_some((weekday, end))
}

fn week_after(at: Cursor) -> Option<(i32, Cursor)> {
    let at = at.skip_any(&["of", "in"]);
    let by = match at.word() {
        "last" => -1,
        "this" => 0,
        "next" => 1,
        _ => return None,
    };
    Some((by, at.next().take("week")?))
}

/// "Last", "this", "next" and their like; nothing stands for what the tense tells.
pub fn which(at: Cursor) -> (Which, Cursor) {
    let phrases: [(&[&str], Which); 9] = [
        (&["this", "past"], Which::Last),
        (&["this", "last"], Which::Last),
        (&["this", "coming"], Which::Next),
        (&["this", "upcoming"], Which::Next),
        (&["the", "coming"], Which::Next),
        (&["last"], Which::Last),
        (&["past"], Which::Last),
        (&["this"], Which::This),
        (&["next"], Which::Next),
    ];
    let found = phrases.iter().find_map(|(phrase, which)| Some((*which, at.take_all(phrase)?)));
    found.or_else(|| Some((Which::Next, at.take("coming")?))).unwrap_or((Which::Tense, at))
}

/// "Last week", "this year", "the current month", "next decade".
pub fn unit(at: Cursor) -> Option<(When, Cursor)> {
    let (by, rest) = match at.word() {
        "last" => (-1, at.next()),
        "this" => (0, at.next().skip("very").skip_any(&["calendar", "current"])),
        "next" => (1, at.next()),
        "coming" => (1, at.next()),
        _ => (0, at.skip("the").take("current")?),
    };
    let (unit, plural) = words::unit(rest.word())?;
    let (grain, each) = unit.grain()?;
    if plural || matches!(grain, Grain::Day) || (by == 1 && at.word() == "coming") {
        return None;
    }
    if grain == Grain::Weekend {
        let which = match by {
            -1 => Which::Last,
            0 => Which::This,
            _ => Which::Next,
        };
        return Some((When::Weekend(which), rest.next()));
    }
    Some((When::Counted { grain, by: by * each, from: From::Publication }, rest.next()))
}

/// "The weekend".
pub fn weekend(at: Cursor) -> Option<(When, Cursor)> {
    let end = at.take_all(&["the", "weekend"])?;
    let end = end.take_any(&["before", "after", "of"]).map_or(Some(end), |_| None)?;
    Some((When::Weekend(Which::Tense), end))
}

/// "The same month last year", "this time last year".
pub fn same_last_year(at: Cursor) -> Option<(When, Cursor)> {
    let end = at.take_all(&["this", "time", "last", "year"])?;
    Some((When::Counted { grain: Grain::Month, by: -12, from: From::Publication }, end))
}

/// A year that is not stated, after a season or a part of a year: "last year", "this year", "the year".
pub fn year_of(at: Cursor) -> (YearRef, Cursor) {
    let (year, end) = dates::year_after(at, false);
    if year != YearRef::Unsaid {
        return (year, end);
    }
    match at.skip("of").take_all(&["the", "year"]) {
        Some(end) => (YearRef::Relative(0), end),
        None => (YearRef::Unsaid, at),
    }
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(&[
        ("[today]", "2024-03-22"),
        ("[the day before yesterday]", "2024-03-20"),
        ("on [Friday]", "2024-03-22"),
        ("[last Friday]", "2024-03-15"),
        ("[next Friday]", "2024-03-29"),
        ("[this past Sunday]", "2024-03-17"),
        ("on [Monday of last week]", "2024-03-11"),
        ("[Sun. 17 March]", "2024-03-17"),
        ("[last week]", "2024-W11"),
        ("[this year]", "2024"),
        ("[next decade]", "203X"),
        ("over [the weekend]", "2024-W11-WE"),
        ("[this time last year]", "2023-03"),
        ("the sun rose and he sat", ""),
    ]);
}
