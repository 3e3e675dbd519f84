//! So long before or after: "two weeks ago", "three days later", "a week after the attack", "hours before", "days ago".

use super::super::lex::{Cursor, Shape};
use super::super::meaning::{Amount, From, Meaning, Quantity};
use super::super::{numbers, words};

/// A length of time with a direction.
pub fn apart(at: Cursor) -> Option<(Meaning, Cursor)> {
    let (quantity, rest) = numbers::quantity(at).or_else(|| bare(at))?;
    let (later, of_event, from, end) = direction(rest)?;
    let today = end.take("today").filter(|_| rest.word() == "ago");
    let to_the_day = today.is_some() || matches!(at.word(), "exactly" | "precisely");
    let meaning = Meaning::Apart { quantity, later, of_event, definite: false, to_the_day, from };
    Some((meaning, today.unwrap_or(end)))
}

/// "The day before the vote", "the week after he fled": with no event named they are told of, as "the previous day" is.
pub fn of_event(at: Cursor) -> Option<(Meaning, Cursor)> {
    let unit =
        words::unit(at.take("the")?.word()).filter(|(unit, plural)| !plural && unit.grain().is_some())?.0;
    let (later, of_event, from, end) = direction(at.next().next())?;
    let quantity = Quantity { amount: Amount::Exactly(1.0), unit, rest: None };
    let told =
        of_event && !matches!(end.word(), "and" | "but" | "when" | "in" | "at" | "on" | "as" | "by" | "with");
    told.then_some((
        Meaning::Apart { quantity, later, of_event, definite: true, to_the_day: false, from },
        end,
    ))
}

/// "Days", "hours", "moments" without a number.
pub fn bare(at: Cursor) -> Option<(Quantity, Cursor)> {
    let unit = match at.word() {
        "moments" => words::Unit::Minute,
        word => words::unit(word).filter(|(_, plural)| *plural)?.0,
    };
    Some((Quantity { amount: Amount::Some, unit, rest: None }, at.next()))
}

/// Whether it is later, counts from an event that the words name, from where it counts, and what follows.
fn direction(at: Cursor) -> Option<(bool, bool, From, Cursor)> {
    let end = at.next();
    let compared = end.word() == "than";
    let event = |from_event: bool| from_event && names_event(end);
    let found = match at.word() {
        "ago" => (false, false, From::Publication, end),
        "earlier" | "previously" | "beforehand" if !compared => (false, false, From::Told, end),
        "later" | "afterwards" | "afterward" if !compared => (true, false, From::Told, end),
        "before" => (false, event(true), From::Told, end),
        "after" => (true, event(true), From::Told, end),
        "prior" => (false, end.word() == "to", From::Told, end),
        "hence" => (true, false, From::Publication, end),
        "from" => (true, false, From::Publication, end.take_any(&["now", "today"])?),
        "on" => (true, false, From::Told, end.mark(',').map(|_| end)?),
        _ => return None,
    };
    Some(found)
}

/// Whether something follows that a length of time can be counted from.
fn names_event(at: Cursor) -> bool {
    match at.atom().map(|atom| &atom.shape) {
        None | Some(Shape::Mark('.' | ',' | ';' | ':' | ')' | '!' | '?')) => false,
        Some(Shape::Word(_) | Shape::Number { .. } | Shape::Mark(_)) => true,
    }
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(&[
        ("They left [two days ago].", "2024-03-20"),
        ("They left [two weeks ago].", "2024-W10"),
        ("They left [about a year and a half ago].", "2022-09"),
        ("They left [a day earlier].", "2024-03-21"),
        ("They left [days ago].", "PAST_REF"),
        ("They left [two nights ago].", "2024-03-20TNI"),
        ("They left [a week before] the vote.", "P1W"),
        ("They left [the day before] the vote.", "XXXX-XX-XX"),
        ("They left [two days] earlier than planned.", "P2D"),
        ("They left [a year on], and stayed away.", "XXXX"),
    ]);
}
