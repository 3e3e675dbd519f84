//! Times by the clock: "8.30 p.m.", "07:40", "1700 GMT", "six o'clock", "half past seven", "7 in the morning".

use super::super::lex::{Cursor, Shape};
use super::super::meaning::{Clock, Zone};
use super::super::{numbers, words};

/// A time by the clock, with its zone.
pub fn clock(at: Cursor) -> Option<(Clock, Cursor)> {
    let start = if is_hedge(at.word()) { at.next() } else { at };
    let (clock, end) = past_hour(start)
        .or_else(|| of_oclock(start))
        .or_else(|| digital(start))
        .or_else(|| military(start))?;
    let (clock, end) = in_part(clock, end);
    let (zone, end) = zone(end);
    Some((Clock { zone: zone.unwrap_or(clock.zone), ..clock }, end))
}

fn of(hour: u32, minute: u32) -> Option<Clock> {
    let valid = hour < 24 && minute < 60;
    valid.then_some(Clock {
        hour: hour as u8,
        minute: minute as u8,
        second: None,
        settled: hour > 12 || hour == 0,
        zone: Zone::Local,
    })
}

/// "8.30 p.m.", "8:30", "8pm", "20h30": with a meridiem, or with a colon and two digits.
fn digital(at: Cursor) -> Option<(Clock, Cursor)> {
    let (hour, rest) = match at.digits(1..=2) {
        Some(found) => found,
        None => words::cardinal(at.word()).filter(|&hour| hour <= 12).map(|hour| (hour, at.next()))?,
    };
    let separator = [':', '.', '٫'].into_iter().find_map(|mark| rest.mark(mark)).filter(|_| rest.glued());
    let minutes = separator.and_then(|past| past.digits(2..=2).filter(|_| past.glued()));
    let (minute, rest, colon) = match minutes {
        Some((minute, end)) => (minute, end, rest.mark(':').is_some()),
        None => (0, rest, false),
    };
    let (second, rest) = seconds(rest, colon);
    let clock = of(hour, minute)?;
    let clock = Clock { second, ..clock };
    if let Some((pm, end)) = meridiem(rest) {
        let hour = match (clock.hour, pm) {
            (12, false) => 0,
            (12, true) | (13.., _) => clock.hour,
            (hour, true) => hour + 12,
            (hour, false) => hour,
        };
        return Some((Clock { hour, settled: true, ..clock }, end));
    }
    if colon {
        let ratio = rest.glued() && matches!(rest.atom()?.shape, Shape::Mark(':' | '/' | '-'));
        return (!ratio || rest.atom().is_none()).then_some((settle_two_digits(at, clock), rest));
    }
    let dotted = minutes.is_some() && (at.word_before(1) == "at" || zone(rest).0.is_some());
    dotted.then_some((settle_two_digits(at, clock), rest))
}

/// "07:40" is in the morning; "7:40" may be in the evening.
fn settle_two_digits(at: Cursor, clock: Clock) -> Clock {
    Clock { settled: clock.settled || at.digits(2..=2).is_some_and(|(hour, _)| hour < 10), ..clock }
}

fn seconds(at: Cursor, colon: bool) -> (Option<u8>, Cursor) {
    let past = at.mark(':').filter(|past| colon && at.glued() && past.glued());
    match past.and_then(|past| past.digits(2..=2)).filter(|&(second, _)| second < 60) {
        Some((second, end)) => (Some(second as u8), end),
        None => (None, at),
    }
}

/// "A.m.", "pm", "p. m.": whether it is past noon.
fn meridiem(at: Cursor) -> Option<(bool, Cursor)> {
    match at.word() {
        "am" => Some((false, at.next())),
        "pm" => Some((true, at.next())),
        half @ ("a" | "p") => {
            let end = at.next().mark('.')?.take("m")?;
            Some((half == "p", end.skip_mark('.')))
        }
        _ => None,
    }
}

/// "2030", "1700 GMT", "0730 hours": four digits, after "at" or with what makes them a clock.
fn military(at: Cursor) -> Option<(Clock, Cursor)> {
    let (digits, rest) = at.digits(4..=4)?;
    let clock = Clock { settled: true, ..of(digits / 100, digits % 100)? };
    if let Some(end) = rest.take_any(&["hours", "hrs", "h"]) {
        return Some((clock, end));
    }
    let sure = zone(rest).0.is_some() || is_paired(rest);
    (sure || is_placed(at, digits, rest)).then_some((clock, rest))
}

/// Whether the same instant by Greenwich follows in brackets: "1145 (1745 GMT)".
fn is_paired(at: Cursor) -> bool {
    let inside = at.mark('(').or_else(|| at.mark('['));
    inside.and_then(|at| at.digits(4..=4)).is_some_and(|(_, end)| matches!(end.word(), "gmt" | "utc"))
}

/// Whether the words around four digits make them a clock and no year and no count.
fn is_placed(at: Cursor, digits: u32, rest: Cursor) -> bool {
    if super::dates::is_counted(rest.word()) {
        return false;
    }
    let hedged = (1..=2).find(|&by| !is_hedge(at.word_before(by))).unwrap_or(3);
    let before = at.word_before(hedged);
    let like_a_year = (1900..=2059).contains(&digits);
    let goes_on =
        matches!(rest.word(), "" | "last" | "on" | "yesterday" | "today" | "this" | "and" | "in" | "when");
    let bounded = matches!(before, "since" | "until" | "after" | "before" | "from" | "by" | "between");
    (before == "at" && (!like_a_year || goes_on))
        || (bounded && (digits < 1000 || (digits < 1800 && before == "since")))
}

fn is_hedge(word: &str) -> bool {
    matches!(word, "about" | "around" | "approximately" | "roughly" | "exactly" | "almost" | "nearly")
}

/// "Half past seven", "a quarter to nine", "ten past six".
fn past_hour(at: Cursor) -> Option<(Clock, Cursor)> {
    let start = at.skip("a");
    let (minutes, rest) = match start.word() {
        "half" => (30, start.next()),
        "quarter" => (15, start.next()),
        _ => numbers::spelled(at).filter(|&(n, _)| n < 30).map(|(n, rest)| (n, rest.skip("minutes")))?,
    };
    let to = match rest.word() {
        "past" => false,
        "to" if start.word() != "half" => true,
        _ => return None,
    };
    let (hour, end) = numbers::spelled(rest.next())
        .or_else(|| rest.next().digits(1..=2))
        .filter(|&(n, _)| (1..=12).contains(&n))?;
    if words::unit(end.word()).is_some()
        || (to && super::dates::is_counted(end.word()))
        || (to && start.word() != "quarter")
    {
        return None;
    }
    let clock = if to { of((hour + 11) % 12, 60 - minutes)? } else { of(hour, minutes)? };
    Some((Clock { settled: false, ..clock }, end))
}

/// "Six o'clock", "6 o’clock", and "six in the morning", "7 at night".
fn of_oclock(at: Cursor) -> Option<(Clock, Cursor)> {
    let (hour, rest) =
        at.digits(1..=2).or_else(|| numbers::spelled(at)).filter(|&(hour, _)| (1..=12).contains(&hour))?;
    let clock = of(hour, 0)?;
    if let Some(end) = oclock(rest) {
        return Some((clock, end));
    }
    let hour_like =
        matches!(at.word_before(1), "at" | "about" | "around" | "by" | "from" | "until" | "since" | "to");
    (hour_like && in_part(clock, rest).1.at() > rest.at()).then_some((clock, rest))
}

fn oclock(at: Cursor) -> Option<Cursor> {
    let at = at.take("o")?;
    at.mark('\'').or_else(|| at.mark('’')).or_else(|| at.mark('‘'))?.take("clock")
}

/// "In the morning", "at night" behind a clock.
fn in_part<'a>(clock: Clock, at: Cursor<'a>) -> (Clock, Cursor<'a>) {
    let rest = at.take_all(&["in", "the"]).or_else(|| at.take("at").filter(|rest| rest.word() == "night"));
    let part = rest.and_then(|rest| Some((words::part(rest.word())?, rest.next())));
    match part {
        Some((part, end)) if !clock.settled => (clock.in_part(part), end),
        _ => (clock, at),
    }
}

/// "GMT", "local time", "Kyiv time", "(Eastern time)".
pub fn zone(at: Cursor) -> (Option<Zone>, Cursor) {
    let found = match at.word() {
        "gmt" | "utc" | "zulu" => Some((Zone::Utc, at.next())),
        "z" if at.glued() && at.atom().is_some_and(|a| a.capital) => Some((Zone::Utc, at.next())),
        "local" => at.next().take("time").map(|end| (Zone::Local, end)),
        "est" | "edt" | "et" | "cst" | "cdt" | "mst" | "mdt" | "pst" | "pdt" | "bst" | "cet" | "cest"
        | "eet" | "eest" | "msk" | "ist"
            if at.atom().is_some_and(|a| a.shouted) =>
        {
            Some((Zone::Local, at.next()))
        }
        _ => named_time(at),
    };
    found.map_or((None, at), |(zone, end)| (Some(zone), end))
}

/// "Kyiv time", "New York time".
fn named_time(at: Cursor) -> Option<(Zone, Cursor)> {
    let capital = |at: Cursor| at.atom().is_some_and(|atom| atom.capital);
    let end = (1..=2).scan(at, |here, _| {
        let next = capital(*here).then(|| here.next())?;
        *here = next;
        Some(next)
    });
    end.filter_map(|here| here.take("time")).next().map(|end| (Zone::Local, end))
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(&[
        ("at [8.30 p.m.]", "2024-03-22T20:30"),
        ("at [12 a.m.]", "2024-03-22T00:00"),
        ("at [07:40]", "2024-03-22T07:40"),
        ("at [1700 GMT]", "2024-03-22T17:00Z"),
        ("at [0730 hours]", "2024-03-22T07:30"),
        ("at [six o’clock in the evening]", "2024-03-22T18:00"),
        ("at [half past seven]", "2024-03-22T07:30"),
        ("at [a quarter to nine]", "2024-03-22T08:45"),
        ("at [7 in the morning]", "2024-03-22T07:00"),
        ("at [5.45pm Kyiv time]", "2024-03-22T17:45"),
        ("at [1145] (1745 GMT)", "2024-03-22T11:45"),
        ("at 2500 homes", ""),
        ("won by 2:1 goals", ""),
    ]);
}
