//! Recurring times: "every Friday", "twice a week", "daily", "each year", "on Thursdays".

use jiff::civil::Weekday;

use super::super::lex::Cursor;
use super::super::meaning::{Amount, Meaning, Quantity};
use super::super::numbers;
use super::super::words::{self, Part, Unit};
use super::{dated, dates, lengths};

/// A recurring time.
pub fn set(at: Cursor) -> Option<(Meaning, Cursor)> {
    let (value, end) = dated::longest(at, &[every, frequency, adverb, plural])?;
    Some((Meaning::Set(value), end))
}

fn each(unit: Unit) -> String {
    match unit {
        Unit::Night => "XXXX-XX-XXTNI".to_owned(),
        Unit::Weekend => "XXXX-WXX-WE".to_owned(),
        unit => lengths::value(&Quantity { amount: Amount::Exactly(1.0), unit, rest: None }),
    }
}

/// "Every two hours", "each year", "every Monday evening", "every other day", "every March".
fn every(at: Cursor) -> Option<(String, Cursor)> {
    let rest = at.take_any(&["every", "each"])?.skip("single");
    let named = named_stretch(rest).or_else(|| {
        let (unit, plural) = words::unit(rest.word())?;
        (!plural).then(|| (each(unit), rest.next()))
    });
    if at.word() == "each" || named.is_some() {
        return named;
    }
    if let Some((quantity, end)) = numbers::quantity(rest) {
        return Some((lengths::value(&quantity), end));
    }
    let (step, rest) = match rest.word() {
        "other" | "second" => (2, rest.next()),
        _ => numbers::ordinal(rest)?,
    };
    if step == 2
        && let Some((value, end)) = named_stretch(rest)
    {
        return Some((value, end));
    }
    let (unit, plural) = words::unit(rest.word())?;
    let quantity = Quantity { amount: Amount::Exactly(f64::from(step)), unit, rest: None };
    (!plural).then(|| (lengths::value(&quantity), rest.next()))
}

/// "Monday", "Monday evening", "morning", "March", "summer" as recurring times.
fn named_stretch(at: Cursor) -> Option<(String, Cursor)> {
    if let Some((weekday, false)) = words::weekday(at.word()) {
        let day = weekly(weekday);
        return match words::part(at.next().word()) {
            Some(part) => Some((format!("{day}{}", part.code()), at.next().next())),
            None => Some((day, at.next())),
        };
    }
    if let Some(part) = words::part(at.word()) {
        return Some((daily(part), at.next()));
    }
    if let Some((month, _, end)) = dates::month_name(at) {
        return match dates::day_number(end) {
            Some((day, _, end)) => Some((format!("XXXX-{month:02}-{day:02}"), end)),
            None => Some((format!("XXXX-{month:02}"), end)),
        };
    }
    let season = words::season(at.word())?;
    Some((format!("XXXX-{}", season.code()), at.next()))
}

fn weekly(weekday: Weekday) -> String {
    format!("XXXX-WXX-{}", weekday.to_monday_one_offset())
}

fn daily(part: Part) -> String {
    format!("XXXX-XX-XX{}", part.code())
}

/// "Twice a week", "three times per day", "once every two months".
fn frequency(at: Cursor) -> Option<(String, Cursor)> {
    let start = numbers::hedge(at).unwrap_or(at);
    let rest = match start.take_any(&["once", "twice", "thrice"]) {
        Some(rest) => rest,
        None => {
            let (_, rest) = numbers::spelled(start)
                .or_else(|| start.digits(1..=3))
                .or_else(|| start.take_any(&["several", "many"]).map(|rest| (0, rest)))?;
            rest.take("times")?
        }
    };
    if let Some((value, end)) = every(rest) {
        return Some((value, end));
    }
    let rest = rest.take_any(&["a", "an", "per"])?;
    let (unit, plural) = words::unit(rest.word())?;
    (!plural).then(|| (each(unit), rest.next()))
}

/// "Daily", "weekly", "annual": with a capital inside a sentence they are part of a name.
fn adverb(at: Cursor) -> Option<(String, Cursor)> {
    let unit = match at.word() {
        "hourly" => Unit::Hour,
        "daily" => Unit::Day,
        "nightly" => Unit::Night,
        "weekly" => Unit::Week,
        "fortnightly" | "biweekly" => Unit::Fortnight,
        "monthly" => Unit::Month,
        "quarterly" => Unit::Quarter,
        "yearly" | "annual" | "annually" => Unit::Year,
        _ => return None,
    };
    let atom = at.atom()?;
    let inside = at.before(1).is_some()
        && !at.before(1).is_some_and(|atom| atom.shape == super::super::lex::Shape::Mark('.'));
    let next_capital = at.next().atom().is_some_and(|atom| atom.capital && atom.spaced);
    let name = atom.capital && !atom.shouted && (inside || next_capital);
    let value = if unit == Unit::Quarter { "P3M".to_owned() } else { each(unit) };
    (!name).then_some((value, at.next()))
}

/// "Fridays", "Saturday nights", "weekends".
fn plural(at: Cursor) -> Option<(String, Cursor)> {
    if let Some((weekday, false)) = words::weekday(at.word()) {
        let part = at.next().word().strip_suffix('s').and_then(words::part)?;
        return Some((format!("{}{}", weekly(weekday), part.code()), at.next().next()));
    }
    if let Some((weekday, false)) = at.word().strip_suffix('s').and_then(words::weekday) {
        return at.atom()?.capital.then(|| (weekly(weekday), at.next()));
    }
    let spread = matches!(at.word_before(1), "at" | "on" | "the");
    (at.word() == "weekends" && spread).then(|| (each(Unit::Weekend), at.next()))
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(&[
        ("[every Friday]", "XXXX-WXX-5"),
        ("[every two hours]", "PT2H"),
        ("[every other day]", "P2D"),
        ("[each year]", "P1Y"),
        ("[every Monday evening]", "XXXX-WXX-1TEV"),
        ("[every March]", "XXXX-03"),
        ("[twice a week]", "P1W"),
        ("[three times per day]", "P1D"),
        ("[daily] raids", "P1D"),
        ("on [Thursdays]", "XXXX-WXX-4"),
        ("on [Saturday nights]", "XXXX-WXX-6TNI"),
        ("at [weekends]", "XXXX-WXX-WE"),
        ("in the Daily Bugle", ""),
        ("every time he came", ""),
    ]);
}
