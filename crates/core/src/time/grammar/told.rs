//! Stretches told from the day of the event: "the previous day", "that Friday", "the same month", "the day before".

use super::super::calendar::Grain;
use super::super::lex::Cursor;
use super::super::meaning::{From, When};
use super::super::words::{self, Part, Unit};
use super::relative;

/// By how many an adjective moves on from the event, and what follows it.
fn step(at: Cursor) -> Option<(i32, Cursor)> {
    if at.word() == "that" {
        return Some((0, at.next().skip_any(&["same", "very"])));
    }
    if let Some(rest) = at.take("next") {
        return Some((1, rest));
    }
    let rest = at.take("the")?;
    let by = match rest.word() {
        "same" => 0,
        "next" | "following" | "ensuing" | "subsequent" => 1,
        "previous" | "preceding" | "prior" => -1,
        _ => return None,
    };
    Some((by, rest.next()))
}

/// "The previous day", "that week", "the following year", "the following Monday", "next day".
pub fn stretch(at: Cursor) -> Option<(When, Cursor)> {
    let (by, rest) = step(at)?;
    if at.word() != "next"
        && let Some((weekday, end)) = relative::plain_weekday(rest)
    {
        return Some((When::WeekdayFromTold(weekday, by), end));
    }
    let (unit, plural) = words::unit(rest.word())?;
    let (grain, each) = unit.grain()?;
    if plural || matches!(unit, Unit::Night) {
        return None;
    }
    if at.word() == "next" && grain != Grain::Day {
        return None; // "next week" counts from the day of publication
    }
    let end = rest.next();
    if grain == Grain::Day && by == 0 && end.word() == "of" {
        return None; // "that day of reckoning"
    }
    let spread = matches!(at.word_before(1), "over" | "within" | "for" | "during" | "in");
    if by != 0 && spread && !matches!(grain, Grain::Day) {
        return None; // "over the next week" is a length
    }
    Some((When::Counted { grain, by: by * each, from: From::Told }, end))
}

/// "The day before", "the week after": the unit with a direction behind it.
pub fn unit_and_direction(at: Cursor) -> Option<(When, Cursor)> {
    let (unit, plural) = words::unit(at.take("the")?.word())?;
    let (grain, each) = unit.grain()?;
    let rest = at.next().next();
    let by = match rest.word() {
        "before" | "earlier" | "previously" => -1,
        "after" | "later" | "afterwards" => 1,
        _ => return None,
    };
    let when = When::Counted { grain, by: by * each, from: From::Told };
    (!plural && unit != Unit::Night).then(|| (when, rest.next()))
}

/// A part of a day told from the event: "that evening", "the following morning", "the night before", "the same night".
pub fn part(at: Cursor) -> Option<(When, Part, Cursor)> {
    let counted = |by| When::Counted { grain: Grain::Day, by, from: From::Told };
    if let Some((by, rest)) = step(at) {
        let rest = rest.skip_any(&["early", "late"]);
        let part = words::part(rest.word())?;
        return Some((counted(by), part, rest.next()));
    }
    let rest = at.take("the")?;
    let part = words::part(rest.word())?;
    let by = match rest.next().word() {
        "before" => -1,
        "after" => 1,
        _ => return None,
    };
    Some((counted(by), part, rest.next().next()))
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(&[
        ("[the previous day]", "2024-03-21"),
        ("[the day before]", "2024-03-21"),
        ("[the following day]", "XXXX-XX-XX"),
        ("[that evening]", "XXXX-XX-XXTEV"),
        ("[the previous year]", "2023"),
        ("that day of reckoning", ""),
    ]);
}
