//! Days of the calendar: "22 March 2024", "March 22", "3 JAN 90", "22/03/2024", "the 3rd of May", "Friday, 22 March".

use jiff::civil::Date;

use super::super::calendar::Stretch;
use super::super::lex::{Cursor, Shape};
use super::super::meaning::{When, YearRef};
use super::super::{numbers, words};

/// A day of the calendar, with the weekday that may stand before it.
pub fn calendar_day(at: Cursor) -> Option<(When, Cursor)> {
    if let Some((_, rest)) =
        words::weekday(at.word()).map(|(day, short)| (day, abbreviation(at.next(), short)))
    {
        let (opened, rest) = match rest.mark('(') {
            Some(inside) => (true, inside),
            None => (false, rest.skip_mark(',')),
        };
        let (when, end) = plain_day(rest.skip("the"))?;
        let end = if opened { end.mark(')')? } else { end };
        return Some((when, end));
    }
    plain_day(at)
}

fn plain_day(at: Cursor) -> Option<(When, Cursor)> {
    numeric(at).or_else(|| day_month(at)).or_else(|| month_day(at))
}

/// Past the full stop of an abbreviation.
pub fn abbreviation(at: Cursor, short: bool) -> Cursor {
    if short && at.glued() { at.skip_mark('.') } else { at }
}

/// A month's name, in full or short; all need a capital, or they are a verb or a piece of a word.
pub fn month_name(at: Cursor) -> Option<(i8, bool, Cursor)> {
    let (month, short) = words::month(at.word())?;
    at.atom()?.capital.then(|| (month, short, abbreviation(at.next(), short)))
}

/// "22 March", "22nd of March 2024", "the 3rd of May", "3 JAN 90", "22-Mar-2024".
fn day_month(at: Cursor) -> Option<(When, Cursor)> {
    let start = at.skip("the");
    let (day, ordinal, rest) = day_number(start)?;
    if start.at() != at.at() && !ordinal {
        return None;
    }
    let rest = rest.skip("of");
    let rest = rest.hyphen().filter(|_| rest.glued()).unwrap_or(rest);
    let (month, short, rest) = month_name(rest)?;
    valid(month, day)?;
    let (year, end) = year_after(rest, short);
    Some((month_day_of(month, day, year), end))
}

/// "March 22", "March 22nd, 2024", "Sept. 21", "May the 3rd".
fn month_day(at: Cursor) -> Option<(When, Cursor)> {
    let (month, _, rest) = month_name(at)?;
    let (day, _, rest) = day_number(rest.skip("the"))?;
    valid(month, day)?;
    if at.word_before(1) == "in" && is_counted(rest.word()) {
        return None; // "in March 15 people died"
    }
    let (year, end) = year_after(rest, false);
    Some((month_day_of(month, day, year), end))
}

/// The number of a day, whether it has the ending of an ordinal, and what follows.
pub fn day_number(at: Cursor) -> Option<(i8, bool, Cursor)> {
    let (value, ordinal, rest) = match numbers::ordinal(at) {
        Some((value, rest)) => (value, true, rest),
        None => {
            let (value, rest) = at.digits(1..=2)?;
            (value, false, rest)
        }
    };
    if rest.glued() && (rest.mark(':').is_some() || rest.mark('%').is_some()) {
        return None;
    }
    Some((i8::try_from(value).ok().filter(|day| (1..=31).contains(day))?, ordinal, rest))
}

/// Whether a word is what a number before it counts.
pub fn is_counted(word: &str) -> bool {
    matches!(
        word,
        "people"
            | "men"
            | "women"
            | "children"
            | "police"
            | "dead"
            | "killed"
            | "wounded"
            | "injured"
            | "percent"
    ) || (word.len() > 3 && word.ends_with('s') && !word.ends_with("ss"))
}

fn valid(month: i8, day: i8) -> Option<()> {
    Date::new(2024, month, day).ok().map(|_| ())
}

fn month_day_of(month: i8, day: i8, year: YearRef) -> When {
    let known = match year {
        YearRef::Stated(year) => Date::new(year, month, day).ok(),
        YearRef::Short(_) | YearRef::Relative(_) | YearRef::Unsaid => None,
    };
    known.map_or(When::MonthDay { month, day, year }, |day| When::Known(Stretch::day(day)))
}

/// The year behind a month or a day: "2024", ", 2024", "of 2024", "90" after a short month, "'90", "last year".
pub fn year_after(at: Cursor, short_month: bool) -> (YearRef, Cursor) {
    let past = at.mark(',').unwrap_or(at);
    let stated = stated_year(past.skip("of")).or_else(|| stated_year(past));
    if let Some((year, end)) = stated {
        return (YearRef::Stated(year), end);
    }
    if let Some((by, end)) = relative_year(at.skip_mark(',').skip("of").skip("in")) {
        return (YearRef::Relative(by), end);
    }
    let quoted = at.mark('\'').or_else(|| at.mark('’'));
    let joined = if at.glued() && short_month { at.hyphen() } else { None };
    if let Some((year, end)) = quoted.or(joined).or(short_month.then_some(at)).and_then(|at| at.digits(2..=2))
    {
        let clock =
            end.glued() && (end.mark(':').is_some() || matches!(end.word(), "st" | "nd" | "rd" | "th"));
        if !clock {
            return (YearRef::Short(year as i16), end);
        }
    }
    (YearRef::Unsaid, at)
}

/// A year of four digits.
pub fn stated_year(at: Cursor) -> Option<(i16, Cursor)> {
    let at = if at.glued() { at.hyphen().unwrap_or(at) } else { at };
    let (year, end) = at.digits(4..=4)?;
    let clock =
        matches!(end.word(), "gmt" | "utc" | "hours" | "hrs") || (end.glued() && end.mark(':').is_some());
    i16::try_from(year).ok().filter(|year| (1000..=2199).contains(year) && !clock).map(|year| (year, end))
}

/// "Last year", "this year", "next year", "the previous year" is not one.
fn relative_year(at: Cursor) -> Option<(i32, Cursor)> {
    let by = match at.word() {
        "last" => -1,
        "this" => 0,
        "next" => 1,
        _ => return None,
    };
    Some((by, at.next().take("year")?))
}

/// "2024-03-22", "2024/03/22", "22/03/2024", "3/22/2024", "22.03.2024", "22-03-2024".
pub fn numeric(at: Cursor) -> Option<(When, Cursor)> {
    let (first, rest) = at.digits(1..=4)?;
    let separator = ['-', '/', '.'].into_iter().find(|&mark| rest.glued() && rest.mark(mark).is_some())?;
    let (second, rest) = part(rest, separator, 1..=2)?;
    let (third, end) = part(rest, separator, 2..=4)?;
    if end.glued() && (end.hyphen().is_some() || matches!(end.atom()?.shape, Shape::Number { .. })) {
        return None;
    }
    let date = |year: u32, month: u32, day: u32| {
        let year = i16::try_from(year).ok().filter(|year| (1000..=2199).contains(year))?;
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    };
    let day = if first > 999 {
        date(first, second, third)
    } else {
        date(third, second, first).or_else(|| date(third, first, second).filter(|_| separator == '/'))
    };
    Some((When::Known(Stretch::day(day?)), end))
}

fn part(at: Cursor, separator: char, digits: std::ops::RangeInclusive<u8>) -> Option<(u32, Cursor)> {
    let next = at.mark(separator).filter(|next| at.glued() && next.glued())?;
    next.digits(digits)
}

/// "The 29th", after "on" and where no noun follows that it would count.
pub fn day_of_month(at: Cursor) -> Option<(When, Cursor)> {
    let (day, ordinal, end) = day_number(at.take("the")?)?;
    let digits = matches!(at.next().atom()?.shape, Shape::Number { .. });
    let before = matches!(at.word_before(1), "on" | "until" | "since" | "by" | "before" | "after");
    let alone = end.word().is_empty()
        || matches!(
            end.word(),
            "and"
                | "in"
                | "at"
                | "when"
                | "after"
                | "before"
                | "by"
                | "he"
                | "she"
                | "it"
                | "they"
                | "but"
                | "as"
                | "of"
                | "the"
                | "a"
                | "an"
                | "his"
                | "her"
                | "their"
                | "some"
                | "several"
                | "police"
                | "to"
                | "with"
                | "for"
                | "from"
                | "near"
                | "who"
        )
        || words::cardinal(end.word()).is_some();
    let of_other = end.word() == "of" && !matches!(end.next().word(), "this" | "last" | "next" | "the");
    let nothing_ordinal = end.hyphen().is_some();
    (ordinal && digits && before && alone && !of_other && !nothing_ordinal).then(|| {
        let end = month_told(end).unwrap_or(end);
        (When::DayOfMonth(day), end)
    })
}

/// "Of this month", "of the month".
fn month_told(at: Cursor) -> Option<Cursor> {
    at.take("of")?.take_any(&["this", "the"])?.take("month")
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(&[
        ("on [22 March 2023]", "2023-03-22"),
        ("on [March 12]", "2024-03-12"),
        ("on [Sept. 21, 2001]", "2001-09-21"),
        ("on [the 3rd of May 1998]", "1998-05-03"),
        ("on [3 JAN 90]", "1990-01-03"),
        ("on [21-Dec-89]", "1989-12-21"),
        ("on [Monday, 18 March]", "2024-03-18"),
        ("on [Monday (March 18)]", "2024-03-18"),
        ("on [March 3 last year]", "2023-03-03"),
        ("on [22/03/2023]", "2023-03-22"),
        ("on [3/22/2023]", "2023-03-22"),
        ("on [03/04/2023]", "2023-04-03"),
        ("on [2023-04-03]", "2023-04-03"),
        ("on [05.02.2022]", "2022-02-05"),
        ("on [the 14th]", "2024-03-14"),
        ("on the 14th floor", ""),
        ("on 31/31/2023", ""),
    ]);
}
