//! Numbers, amounts and lengths of time in words and digits.

use super::lex::{Cursor, Shape};
use super::meaning::{Amount, Quantity};
use super::words::{self, Unit};

/// A whole number in words below a thousand ("twenty-four", "two hundred and fifty").
pub fn spelled(at: Cursor) -> Option<(u32, Cursor)> {
    let (head, rest) = below_hundred(at)?;
    let Some(past) = rest.take("hundred") else { return Some((head, rest)) };
    match below_hundred(past.skip("and")) {
        Some((tail, end)) => Some((head * 100 + tail, end)),
        None => Some((head * 100, past)),
    }
}

fn below_hundred(at: Cursor) -> Option<(u32, Cursor)> {
    let head = words::cardinal(at.word())?;
    let rest = at.next();
    if head >= 20 {
        let tail = rest.hyphen().unwrap_or(rest);
        if let Some(ones) = words::cardinal(tail.word()).filter(|&ones| ones < 10) {
            return Some((head + ones, tail.next()));
        }
    }
    Some((head, rest))
}

/// An ordinal up to the 99th in digits or words ("3rd", "twenty-first"), whether its ending is said or not.
pub fn ordinal(at: Cursor) -> Option<(u32, Cursor)> {
    if let Some((value, rest)) = at.digits(1..=2) {
        let past = rest.take_any(&["st", "nd", "rd", "th"]).filter(|_| rest.glued())?;
        return Some((value, past));
    }
    if let Some(tens @ (20 | 30)) = words::cardinal(at.word()) {
        let past = at.next();
        let past = past.hyphen().unwrap_or(past);
        let ones = words::ordinal(past.word()).filter(|&ones| ones < 10)?;
        return Some((tens + ones, past.next()));
    }
    Some((words::ordinal(at.word())?, at.next()))
}

/// Digits with a decimal or a fraction ("2.5", "2½").
fn decimal(at: Cursor) -> Option<(f64, Cursor)> {
    if let Some(past) = at.mark('½') {
        return Some((0.5, past));
    }
    let Shape::Number { value, .. } = at.atom()?.shape else { return None };
    let (whole, rest) = (f64::from(value), at.next());
    if let Some(past) = rest.mark('½') {
        return Some((whole + 0.5, past));
    }
    let fraction = rest.mark('.').filter(|dot| rest.glued() && dot.glued());
    if let Some((tenths, past)) = fraction.and_then(|dot| dot.digits(1..=1)) {
        return Some((whole + f64::from(tenths) / 10.0, past));
    }
    Some((whole, rest))
}

/// A number in digits or words, with its half ("two and a half").
pub fn number(at: Cursor) -> Option<(f64, Cursor)> {
    let (value, rest) = decimal(at).or_else(|| spelled(at).map(|(value, rest)| (f64::from(value), rest)))?;
    match rest.take_all(&["and", "a", "half"]).or_else(|| rest.take_all(&["and", "one", "half"])) {
        Some(past) => Some((value + 0.5, past)),
        None => Some((value, rest)),
    }
}

/// Words that hedge a number and belong to it ("more than", "at least", "nearly").
pub fn hedge(at: Cursor) -> Option<Cursor> {
    const PHRASES: [&[&str]; 19] = [
        &["no", "more", "than"],
        &["no", "less", "than"],
        &["no", "fewer", "than"],
        &["not", "more", "than"],
        &["a", "little", "over"],
        &["a", "little", "more", "than"],
        &["more", "than"],
        &["less", "than"],
        &["fewer", "than"],
        &["at", "least"],
        &["at", "most"],
        &["up", "to"],
        &["just", "over"],
        &["just", "under"],
        &["well", "over"],
        &["as", "many", "as"],
        &["as", "long", "as"],
        &["as", "little", "as"],
        &["some"],
    ];
    PHRASES.iter().find_map(|phrase| at.take_all(phrase)).or_else(|| {
        at.take_any(&[
            "about",
            "around",
            "approximately",
            "roughly",
            "nearly",
            "almost",
            "exactly",
            "precisely",
            "circa",
        ])
    })
}

/// An amount without its hedge: a number, "a", "half a", "a couple of", "several".
fn amount(at: Cursor) -> Option<(Amount, Cursor)> {
    const VAGUE: [&[&str]; 16] = [
        &["a", "good", "few"],
        &["a", "few", "dozen"],
        &["a", "few"],
        &["a", "number", "of"],
        &["a", "matter", "of"],
        &["dozens", "of"],
        &["scores", "of"],
        &["hundreds", "of"],
        &["thousands", "of"],
        &["tens", "of"],
        &["a", "handful", "of"],
        &["several"],
        &["many"],
        &["countless"],
        &["few"],
        &["some"],
    ];
    const KNOWN: [(&[&str], f64); 12] = [
        (&["a", "hundred"], 100.0),
        (&["a", "thousand"], 1000.0),
        (&["half", "a", "dozen"], 6.0),
        (&["half", "an"], 0.5),
        (&["half", "a"], 0.5),
        (&["a", "half"], 0.5),
        (&["a", "couple", "of"], 2.0),
        (&["a", "couple"], 2.0),
        (&["a", "dozen"], 12.0),
        (&["two", "dozen"], 24.0),
        (&["a"], 1.0),
        (&["an"], 1.0),
    ];
    if let Some(rest) = VAGUE.iter().find_map(|phrase| at.take_all(phrase)) {
        return Some((Amount::Some, rest));
    }
    let known = KNOWN.iter().find_map(|(phrase, value)| Some((*value, at.take_all(phrase)?)));
    let (value, rest) = known.or_else(|| number(at))?;
    Some((Amount::Exactly(value), rest))
}

/// A length of time with its hedge ("more than two hours", "a year and a half", "two hours and 30 minutes").
///
/// "A" and "one" go with the singular, other numbers with the plural, so that "a days" and the "second" of "a second
/// explosion" are no lengths; "a second" is none at all.
pub fn quantity(at: Cursor) -> Option<(Quantity, Cursor)> {
    const FILLERS: [&str; 14] = [
        "more",
        "full",
        "long",
        "whole",
        "consecutive",
        "straight",
        "successive",
        "additional",
        "further",
        "solid",
        "other",
        "short",
        "extra",
        "entire",
    ];
    let hedged = hedge(at).unwrap_or(at);
    let (mut amount, rest) = amount(hedged).or_else(|| amount(at))?;
    let rest = rest.skip_any(&FILLERS);
    let (unit, plural) = words::unit(rest.word())?;
    let article = matches!(hedged.word(), "a" | "an") && amount == Amount::Exactly(1.0);
    if !agrees(amount, plural) || (unit == Unit::Second && article) || unit == Unit::Quarter {
        return None;
    }
    let mut end = rest.next();
    if let (Amount::Exactly(value), Some(past)) = (amount, end.take_all(&["and", "a", "half"])) {
        (amount, end) = (Amount::Exactly(value + 0.5), past);
    }
    let rest = smaller(end, unit);
    Some((
        Quantity { amount, unit, rest: rest.map(|(value, unit, _)| (value, unit)) },
        rest.map_or(end, |(_, _, past)| past),
    ))
}

fn agrees(amount: Amount, plural: bool) -> bool {
    match amount {
        Amount::Exactly(value) => plural == (value > 1.0),
        Amount::Some => plural,
    }
}

/// "And 30 minutes" after hours, "and two months" after years.
fn smaller(at: Cursor, whole: Unit) -> Option<(u32, Unit, Cursor)> {
    let (value, rest) = number(at.take("and").or_else(|| at.mark(',')).unwrap_or(at))?;
    let (unit, plural) = words::unit(rest.word())?;
    let next = match whole {
        Unit::Year => matches!(unit, Unit::Month),
        Unit::Month => matches!(unit, Unit::Week | Unit::Day),
        Unit::Week => matches!(unit, Unit::Day),
        Unit::Day => matches!(unit, Unit::Hour),
        Unit::Hour => matches!(unit, Unit::Minute),
        Unit::Minute => matches!(unit, Unit::Second),
        Unit::Second | Unit::Night | Unit::Weekend | Unit::Fortnight | Unit::Quarter => false,
        Unit::Decade | Unit::Century => false,
    };
    (next && value.fract() == 0.0 && plural == (value > 1.0)).then(|| (value as u32, unit, rest.next()))
}

#[cfg(test)]
mod tests {
    use super::super::book::DayBook;
    use super::super::lex;
    use super::*;

    fn length(text: &str) -> Option<(f64, Unit)> {
        let atoms = lex::cut(text);
        let (quantity, _) = quantity(Cursor::new(&atoms, 0, &DayBook::default()))?;
        match quantity.amount {
            Amount::Exactly(value) => Some((value, quantity.unit)),
            Amount::Some => Some((f64::NAN, quantity.unit)),
        }
    }

    #[test]
    fn lengths_with_numbers() {
        for (text, value, unit) in [
            ("48 hours", 48.0, Unit::Hour),
            ("thirty-six hours", 36.0, Unit::Hour),
            ("one hundred and twenty days", 120.0, Unit::Day),
            ("two and a half years", 2.5, Unit::Year),
            ("a year and a half", 1.5, Unit::Year),
            ("half an hour", 0.5, Unit::Hour),
            ("more than a decade", 1.0, Unit::Decade),
            ("at least three more weeks", 3.0, Unit::Week),
            ("a couple of months", 2.0, Unit::Month),
            ("2.5 years", 2.5, Unit::Year),
            ("1½ hours", 1.5, Unit::Hour),
        ] {
            assert_eq!(length(text), Some((value, unit)), "{text}");
        }
    }

    #[test]
    fn lengths_without_numbers() {
        for text in ["several days", "a few more hours", "many years", "dozens of hours"] {
            assert!(length(text).is_some_and(|(value, _)| value.is_nan()), "{text}");
        }
    }

    #[test]
    fn look_alikes_are_no_lengths() {
        for text in ["a second explosion", "two day", "the hours", "a days", "a quarter of the town"] {
            assert_eq!(length(text), None, "{text}");
        }
    }

    #[test]
    fn ordinals() {
        let value = |text: &str| {
            ordinal(Cursor::new(&lex::cut(text), 0, &DayBook::default())).map(|(value, _)| value)
        };
        assert_eq!(value("3rd"), Some(3));
        assert_eq!(value("twenty-first"), Some(21));
        assert_eq!(value("nineteenth"), Some(19));
        assert_eq!(value("3 rd"), None);
    }
}
