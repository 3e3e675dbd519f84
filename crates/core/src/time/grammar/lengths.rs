//! Lengths of time: "48 hours", "three-day", "the past two weeks", "month-long", "all night".

use super::super::lex::{Cursor, Shape};
use super::super::meaning::{Amount, Meaning, Quantity, Window};
use super::super::numbers;
use super::super::words::{self, Unit};
use super::{apart, dated};

/// A length of time.
pub fn length(at: Cursor) -> Option<(Meaning, Cursor)> {
    let (meaning, end) = dated::longest(at, &[windowed, hyphened, whole, bare_after_preposition, plain])?;
    (!is_age(end)).then_some((meaning, end))
}

/// "Old" and "of age" make a length of time an age.
fn is_age(at: Cursor) -> bool {
    at.hyphen().unwrap_or(at).word() == "old" || at.take_all(&["of", "age"]).is_some()
}

fn plain(at: Cursor) -> Option<(Meaning, Cursor)> {
    let (quantity, end) = numbers::quantity(at)?;
    if end.hyphen().is_some_and(|past| past.word() == "long") {
        return None; // "a month-long siege"
    }
    let article = matches!(at.word(), "a" | "an" | "one");
    let single_night = article && matches!(quantity.unit, Unit::Night | Unit::Weekend);
    (!(single_night || article && is_rate(at))).then_some((Meaning::Duration(quantity, None), end))
}

/// "40 rockets a day", "two hours a day".
fn is_rate(at: Cursor) -> bool {
    let counted = match at.before(2).map(|atom| &atom.shape) {
        Some(Shape::Number { .. }) => true,
        Some(Shape::Word(word)) => words::cardinal(word).is_some(),
        Some(Shape::Mark(_)) | None => false,
    };
    counted && !at.word_before(1).is_empty()
}

/// "The past two weeks", "the next few days", "the last year", "the coming months", "this past week".
fn windowed(at: Cursor) -> Option<(Meaning, Cursor)> {
    let articled = at.take_any(&["the", "these", "this"]);
    let rest = articled.unwrap_or(at);
    let window = match rest.word() {
        "past" | "last" | "previous" | "preceding" => Window::Past,
        "next" | "coming" | "following" => Window::Next,
        _ => return None,
    };
    if rest.word() == "last"
        && matches!(at.word_before(1), "to" | "will" | "would" | "can" | "could" | "may" | "might" | "not")
    {
        return None; // "expected to last several weeks"
    }
    let told = matches!(rest.word(), "previous" | "preceding" | "following");
    let of = rest.next();
    if let Some((quantity, end)) = numbers::quantity(of).filter(|_| !matches!(of.word(), "a" | "an")) {
        return Some((Meaning::Duration(quantity, (!told).then_some(window)), end));
    }
    let (unit, plural) = words::unit(of.word())?;
    if plural {
        let quantity = Quantity { amount: Amount::Some, unit, rest: None };
        return Some((Meaning::Duration(quantity, (!told).then_some(window)), of.next()));
    }
    let spread = matches!(at.word_before(1), "over" | "in" | "within" | "during" | "for" | "throughout")
        || rest.word() == "past";
    let single = articled.is_some()
        && spread
        && !told
        && !matches!(unit, Unit::Second | Unit::Minute | Unit::Night | Unit::Weekend);
    let moving = !(rest.word() == "next" && unit == Unit::Day);
    single.then_some(())?;
    let quantity = Quantity { amount: Amount::Exactly(1.0), unit, rest: None };
    moving.then_some((Meaning::Duration(quantity, Some(window)), of.next()))
}

/// "Three-day", "48-hour", "half-hour", "month-long", "years-long", "weeklong".
fn hyphened(at: Cursor) -> Option<(Meaning, Cursor)> {
    if let Some(unit) = at.word().strip_suffix("long").and_then(words::unit).filter(|(_, plural)| !plural) {
        return Some((Meaning::Duration(once(unit.0), None), at.next()));
    }
    if let Some((unit, plural)) = words::unit(at.word()) {
        let end = at.next().hyphen()?.take("long")?;
        let some = Quantity { amount: Amount::Some, unit, rest: None };
        return Some((Meaning::Duration(if plural { some } else { once(unit) }, None), end));
    }
    let start = numbers::hedge(at).unwrap_or(at);
    let (value, rest) = match start.take("half") {
        Some(rest) => (0.5, rest),
        None => hyphened_number(start)?,
    };
    let (unit, plural) = words::unit(rest.hyphen()?.word())?;
    let end = rest.hyphen()?.next();
    let end = end.hyphen().and_then(|past| past.take("long")).unwrap_or(end);
    let quantity = Quantity { amount: Amount::Exactly(value), unit, rest: None };
    let ordinal_like = matches!(unit, Unit::Quarter);
    (!(ordinal_like || is_age(end) || plural && value <= 1.0))
        .then_some((Meaning::Duration(quantity, None), end))
}

/// "Three", "48", "two-and-a-half".
fn hyphened_number(at: Cursor) -> Option<(f64, Cursor)> {
    let (value, rest) = numbers::number(at)?;
    let half = rest.hyphen().and_then(|past| {
        let past = past.take("and")?.hyphen()?.take("a")?.hyphen()?;
        past.take("half")
    });
    Some(half.map_or((value, rest), |end| (value + 0.5, end)))
}

fn once(unit: Unit) -> Quantity {
    Quantity { amount: Amount::Exactly(1.0), unit, rest: None }
}

/// "All day", "all night long", "the whole week".
fn whole(at: Cursor) -> Option<(Meaning, Cursor)> {
    let rest = at.take("all").or_else(|| at.take("the").and_then(|at| at.take_any(&["whole", "entire"])))?;
    let (unit, plural) = words::unit(rest.word())?;
    let fits =
        matches!(unit, Unit::Day | Unit::Night | Unit::Week | Unit::Month | Unit::Year | Unit::Weekend);
    (!plural && fits).then_some((Meaning::Duration(once(unit), None), rest.next().skip("long")))
}

/// "For hours", "after months of fighting", "within days".
fn bare_after_preposition(at: Cursor) -> Option<(Meaning, Cursor)> {
    let (quantity, end) = apart::bare(at).filter(|_| at.word() != "moments")?;
    let spread = matches!(
        at.word_before(1),
        "for"
            | "after"
            | "within"
            | "during"
            | "over"
            | "took"
            | "take"
            | "takes"
            | "lasted"
            | "lasting"
            | "last"
            | "lasts"
            | "through"
            | "despite"
            | "following"
            | "spent"
            | "in"
    );
    let counted = matches!(quantity.unit, Unit::Quarter | Unit::Second)
        || (at.word_before(1) == "in" && at.next().word() == "of");
    (spread && !counted).then_some((Meaning::Duration(quantity, None), end))
}

/// The TIMEX3 value of a length of time, as "P2W", "PT48H", "PXD", "P1DE".
pub fn value(quantity: &Quantity) -> String {
    let amount = match quantity.amount {
        Amount::Some => "X".to_owned(),
        Amount::Exactly(0.5) => return halved(quantity.unit),
        Amount::Exactly(value) if quantity.unit == Unit::Fortnight => format!("{}", value * 2.0),
        Amount::Exactly(value) => format!("{value}"),
    };
    let head = format!("{}{amount}{}", if clocked(quantity.unit) { "PT" } else { "P" }, code(quantity.unit));
    match quantity.rest {
        Some((value, unit)) if clocked(unit) && !clocked(quantity.unit) => {
            format!("{head}T{value}{}", code(unit))
        }
        Some((value, unit)) => format!("{head}{value}{}", code(unit)),
        None => head,
    }
}

fn clocked(unit: Unit) -> bool {
    matches!(unit, Unit::Second | Unit::Minute | Unit::Hour)
}

fn halved(unit: Unit) -> String {
    match unit {
        Unit::Minute => "PT30S",
        Unit::Hour => "PT30M",
        Unit::Day => "PT12H",
        Unit::Year => "P6M",
        Unit::Decade => "P5Y",
        Unit::Century => "P50Y",
        Unit::Fortnight => "P1W",
        Unit::Second => "PT0.5S",
        Unit::Night => "P0.5TNI",
        Unit::Weekend => "P0.5WE",
        Unit::Week => "P0.5W",
        Unit::Month => "P0.5M",
        Unit::Quarter => "P0.5Q",
    }
    .to_owned()
}

fn code(unit: Unit) -> &'static str {
    match unit {
        Unit::Second => "S",
        Unit::Minute | Unit::Month => "M",
        Unit::Hour => "H",
        Unit::Night => "TNI",
        Unit::Day => "D",
        Unit::Weekend => "WE",
        Unit::Week | Unit::Fortnight => "W",
        Unit::Quarter => "Q",
        Unit::Year => "Y",
        Unit::Decade => "DE",
        Unit::Century => "CE",
    }
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(&[
        ("for [48 hours]", "PT48H"),
        ("a [three-day] truce", "P3D"),
        ("a [half-hour] walk", "PT30M"),
        ("a [two-and-a-half-year] war", "P2.5Y"),
        ("a [month-long] siege", "P1M"),
        ("a [weeklong] siege", "P1W"),
        ("for [years]", "PXY"),
        ("in [the past two weeks]", "P2W"),
        ("in [the coming months]", "PXM"),
        ("over [the last year]", "P1Y"),
        ("[all night]", "P1TNI"),
        ("for [two hours and 30 minutes]", "PT2H30M"),
        ("for [half a century]", "P50Y"),
        ("for [a fortnight]", "P2W"),
        ("a 34-year-old man", ""),
        ("he is 34 years old", ""),
        ("40 rockets a day", ""),
    ]);
}
