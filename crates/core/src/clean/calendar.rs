//! Calendar dates and times of day as newsrooms write them, read from the beginning of a text.

use jiff::civil::{Date, Time};
use jiff::tz::Offset;

use super::scan::Scanner;

/// A date as written; its year may be missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct WrittenDate {
    /// Four-digit year.
    pub(super) year: Option<i16>,
    /// 1 to 12.
    pub(super) month: i8,
    /// 1 to 31.
    pub(super) day: i8,
}

impl WrittenDate {
    fn new(year: Option<i16>, month: u32, day: u32) -> Option<Self> {
        let written = Self { year, month: i8::try_from(month).ok()?, day: i8::try_from(day).ok()? };
        // A leap year stands in for an unknown one, so that 29 February passes.
        Date::new(year.unwrap_or(2000), written.month, written.day).ok().map(|_| written)
    }

    /// The date, where the year is written.
    pub(super) fn full(self) -> Option<Date> {
        self.in_year(self.year?)
    }

    /// The date in a year that was learnt elsewhere.
    pub(super) fn in_year(self, year: i16) -> Option<Date> {
        Date::new(year, self.month, self.day).ok()
    }
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// The number of the month with this English name or abbreviation of three letters or more.
fn month_number(word: &str) -> Option<u32> {
    let lower = word.to_ascii_lowercase();
    let place = MONTHS.iter().position(|month| lower.len() >= 3 && month.starts_with(&lower))?;
    u32::try_from(place + 1).ok()
}

/// Reads the name of a weekday.
pub(super) fn weekday(at: &mut Scanner<'_>) -> Option<()> {
    at.attempt(|at| {
        let lower = at.word()?.to_ascii_lowercase();
        let known = WEEKDAYS.iter().any(|day| lower.len() >= 3 && day.starts_with(&lower));
        at.eat('.');
        known.then_some(())
    })
}

/// Reads a date: `2024-03-22`, `22 March 2024`, `March 22nd, 2024`, `Friday, Sept. 21`, `3 JAN 90`, `22.03.2024`.
pub(super) fn date(at: &mut Scanner<'_>) -> Option<WrittenDate> {
    at.attempt(|at| {
        if weekday(at).is_some() {
            at.spaces();
            at.eat(',');
            at.spaces();
        }
        let found = numeric_date(at).or_else(|| day_first(at)).or_else(|| month_first(at))?;
        (!at.peek().is_some_and(char::is_alphanumeric) || at.peek() == Some('T')).then_some(found)
    })
}

fn numeric_date(at: &mut Scanner<'_>) -> Option<WrittenDate> {
    at.attempt(|at| {
        let (first, first_len) = at.number()?;
        let mark = at.eat_any(&['-', '/', '.'])?;
        let (second, _) = at.number()?;
        at.eat(mark).then_some(())?;
        let (third, third_len) = at.number()?;
        if first_len == 4 {
            return WrittenDate::new(i16::try_from(first).ok(), second, third);
        }
        let year = (third_len == 4).then_some(i16::try_from(third).ok())?;
        // 3/4/2024 is April in London and March in Washington: not established. With dots the day comes first.
        let (day, month) = match (mark, first > 12, second > 12) {
            ('.' | '-', ..) | (_, true, _) => (first, second),
            (_, false, true) => (second, first),
            (_, false, false) if first == second => (first, second),
            (_, false, false) => return None,
        };
        WrittenDate::new(year, month, day)
    })
}

fn day_first(at: &mut Scanner<'_>) -> Option<WrittenDate> {
    at.attempt(|at| {
        let day = day_number(at)?;
        at.eat('-');
        at.spaces();
        at.attempt(|at| (at.word()?.eq_ignore_ascii_case("of") && at.spaces()).then_some(()));
        let month = month_name(at)?;
        WrittenDate::new(year_after(at), month, day)
    })
}

fn month_first(at: &mut Scanner<'_>) -> Option<WrittenDate> {
    at.attempt(|at| {
        let month = month_name(at)?;
        at.spaces();
        let day = day_number(at)?;
        WrittenDate::new(year_after(at), month, day)
    })
}

fn month_name(at: &mut Scanner<'_>) -> Option<u32> {
    at.attempt(|at| {
        let month = month_number(at.word()?)?;
        at.eat('.');
        Some(month)
    })
}

fn day_number(at: &mut Scanner<'_>) -> Option<u32> {
    at.attempt(|at| {
        let (day, len) = at.number()?;
        at.attempt(|at| {
            let ending = at.word()?.to_ascii_lowercase();
            ["st", "nd", "rd", "th"].contains(&ending.as_str()).then_some(())
        });
        (len <= 2).then_some(day)
    })
}

/// A year after day and month: four digits, or two as the wires of the last century wrote it (`3 JAN 90`).
fn year_after(at: &mut Scanner<'_>) -> Option<i16> {
    at.attempt(|at| {
        let comma = at.eat(',') | at.eat('-');
        let gap = at.spaces();
        let (year, len) = at.number()?;
        // Two digits followed by a mark of time ("21 Sept, 10:30") are an hour.
        let alone = !matches!(at.peek(), Some(':' | '.'))
            || at.rest().chars().nth(1).is_none_or(|c| !c.is_ascii_digit());
        match len {
            4 if (1800..2200).contains(&year) => i16::try_from(year).ok(),
            2 if gap && !comma && alone && year >= 70 => i16::try_from(1900 + year).ok(),
            2 if gap && !comma && alone => i16::try_from(2000 + year).ok(),
            _ => None,
        }
    })
}

/// Reads a time of day: `21:30`, `21:30:05`, `3.45 p.m.`, `9 am`, `1345 GMT` needs its zone.
pub(super) fn time_of_day(at: &mut Scanner<'_>) -> Option<Time> {
    at.attempt(|at| {
        let (first, len) = at.number()?;
        if len == 4 {
            zone(&mut {
                let mut ahead = *at;
                ahead.spaces();
                ahead
            })?;
            return clock(first / 100, first % 100, 0);
        }
        let mut minute = None;
        let mut second = 0;
        if let Some((value, 2)) = at.attempt(|at| at.eat_any(&[':', '.']).and_then(|_| at.number())) {
            minute = Some(value);
            second = at.attempt(|at| at.eat(':').then(|| at.number())?).map_or(0, |(value, _)| value);
            at.attempt(|at| at.eat('.').then(|| at.number())?);
        }
        let hour = match half_day(at) {
            Some(half) if (1..=12).contains(&first) => first % 12 + half,
            Some(_) => return None,
            None => minute.map(|_| first)?,
        };
        clock(hour, minute.unwrap_or(0), second)
    })
}

fn clock(hour: u32, minute: u32, second: u32) -> Option<Time> {
    let [hour, minute, second] = [hour, minute, second].map(|n| i8::try_from(n).unwrap_or(-1));
    Time::new(hour, minute, second, 0).ok()
}

/// `am` gives 0, `p.m.` gives 12 hours.
fn half_day(at: &mut Scanner<'_>) -> Option<u32> {
    at.attempt(|at| {
        at.spaces();
        let half = match at.eat_any(&['a', 'A', 'p', 'P'])? {
            'a' | 'A' => 0,
            _ => 12,
        };
        at.eat('.');
        at.eat_any(&['m', 'M'])?;
        at.eat('.');
        (!at.peek().is_some_and(char::is_alphanumeric)).then_some(half)
    })
}

/// Zones that English-language outlets print, in minutes east of Greenwich.
const ZONES: [(&str, i32); 26] = [
    ("Z", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("EST", -300),
    ("EDT", -240),
    ("ET", -300),
    ("CST", -360),
    ("CDT", -300),
    ("MST", -420),
    ("MDT", -360),
    ("PST", -480),
    ("PDT", -420),
    ("BST", 60),
    ("WAT", 60),
    ("CET", 60),
    ("CEST", 120),
    ("CAT", 120),
    ("SAST", 120),
    ("EET", 120),
    ("EEST", 180),
    ("EAT", 180),
    ("MSK", 180),
    ("TRT", 180),
    ("PKT", 300),
    ("IST", 330),
    ("JST", 540),
];

/// Reads a time zone: a name, or an offset as `+03:00`, `+0300`, `GMT+3`.
pub(super) fn zone(at: &mut Scanner<'_>) -> Option<Offset> {
    at.attempt(|at| {
        let named = at.attempt(|at| {
            let word = at.word()?;
            ZONES.iter().find(|(name, _)| *name == word).map(|&(_, minutes)| minutes)
        });
        let minutes = numeric_offset(at).or(named)?;
        Offset::from_seconds(minutes * 60).ok()
    })
}

fn numeric_offset(at: &mut Scanner<'_>) -> Option<i32> {
    at.attempt(|at| {
        let sign = if at.eat_any(&['-', '\u{2212}']).is_some() { -1 } else { at.eat('+').then_some(1)? };
        let (first, len) = at.number()?;
        let first = i32::try_from(first).ok()?;
        let minutes = match len {
            4 => first / 100 * 60 + first % 100,
            1 | 2 => {
                let more = at.attempt(|at| at.eat(':').then(|| at.number())?).map_or(0, |(value, _)| value);
                first * 60 + i32::try_from(more).ok()?
            }
            _ => return None,
        };
        (minutes <= 14 * 60).then_some(sign * minutes)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Option<i16>, i8, i8)> {
        date(&mut Scanner::new(text)).map(|d| (d.year, d.month, d.day))
    }

    #[test]
    fn dates_of_every_newsroom_are_read() {
        for (text, year, month, day) in [
            ("2019-07-04", Some(2019), 7, 4),
            ("2019/07/04", Some(2019), 7, 4),
            ("4 July 2019", Some(2019), 7, 4),
            ("4th of July, 2019", Some(2019), 7, 4),
            ("July 4, 2019", Some(2019), 7, 4),
            ("Thursday, July 4th", None, 7, 4),
            ("Sept. 21", None, 9, 21),
            ("7 FEB 89 (RADIO)", Some(1989), 2, 7),
            ("04.07.2019", Some(2019), 7, 4),
            ("7/24/2019", Some(2019), 7, 24),
            ("24/7/2019", Some(2019), 7, 24),
            ("04-Jul-2019", Some(2019), 7, 4),
        ] {
            assert_eq!(read(text), Some((year, month, day)), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_or_two_dates_is_not_read() {
        for text in
            ["3/4/2019", "31 February", "March", "2019", "July fourth", "40 people", "4 Julian", "marching 4"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn an_hour_after_the_date_is_no_year() {
        assert_eq!(read("21 Sept 10:30"), Some((None, 9, 21)));
        assert_eq!(read("21 Sept, 10.30 a.m."), Some((None, 9, 21)));
    }

    #[test]
    fn times_of_day_are_read() {
        let hour = |text| time_of_day(&mut Scanner::new(text)).map(|t| (t.hour(), t.minute()));
        assert_eq!(hour("21:30"), Some((21, 30)));
        assert_eq!(hour("3.45 p.m."), Some((15, 45)));
        assert_eq!(hour("12 am"), Some((0, 0)));
        assert_eq!(hour("0415 GMT"), Some((4, 15)));
        assert_eq!(hour("1999"), None);
        assert_eq!(hour("25:00"), None);
    }
}
