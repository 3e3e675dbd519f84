//! Expressions that name no time: "now", "recently", "in recent months", "the near future".

use super::super::lex::{Cursor, Shape};
use super::super::meaning::{Meaning, Reference};
use super::super::{numbers, words};

/// An expression that names no time.
pub fn reference(at: Cursor) -> Option<(Meaning, Cursor)> {
    let (reference, end) = present(at).or_else(|| past(at)).or_else(|| future(at))?;
    let atom = at.atom()?;
    let starts = at
        .before(1)
        .is_none_or(|atom| matches!(atom.shape, Shape::Mark('.' | '!' | '?' | ':' | '“' | '"' | '\'' | '‘')));
    let name = atom.capital && !atom.shouted && !starts;
    (!name).then_some((Meaning::Reference(reference), end))
}

fn present(at: Cursor) -> Option<(Reference, Cursor)> {
    let end = match at.word() {
        "now" => at.next(),
        "right" => at.next().take("now")?,
        "currently" | "nowadays" | "presently" => return Some((Reference::Present, at.next())),
        "present" if at.word_before(1) == "at" => at.next(),
        "the" if at.word_before(1) == "at" => at.next().skip("present").take("moment")?,
        "this" if at.word_before(1) == "at" => at.next().take("moment")?,
        "these" => at.next().take("days")?,
        _ => return None,
    };
    let compound = end.glued() && end.hyphen().is_some();
    let conjunction = end.word() == "that" && at.word() == "now";
    let joined = at.glued() && at.before(1).is_some_and(|atom| atom.shape == Shape::Mark('-'));
    (!compound && !conjunction && !joined).then_some((Reference::Present, end))
}

fn past(at: Cursor) -> Option<(Reference, Cursor)> {
    let end = match at.word() {
        "recently" | "lately" => at.next(),
        "long" => at.next().take("ago")?,
        "not" => at.next().take_all(&["long", "ago"])?,
        "recent" | "the" => return recent(at).or_else(|| the_past(at)),
        _ => return None,
    };
    Some((Reference::Past, end))
}

/// "Recent months", "the recent past".
fn recent(at: Cursor) -> Option<(Reference, Cursor)> {
    let rest = at.skip("the").take("recent")?;
    let end = match rest.word() {
        "times" | "memory" | "past" => rest.next(),
        word => words::unit(word).filter(|(_, plural)| *plural).map(|_| rest.next())?,
    };
    Some((Reference::Past, end))
}

/// "In the past", where nothing follows that it would measure.
fn the_past(at: Cursor) -> Option<(Reference, Cursor)> {
    let end = at.take("the")?.take("past")?;
    let placed = matches!(at.word_before(1), "in" | "from" | "of" | "than");
    let measures = numbers::quantity(end).is_some() || words::unit(end.word()).is_some();
    let goes_on =
        matches!(end.word(), "few" | "several" | "couple" | "and") || numbers::number(end).is_some();
    (placed && !measures && !goes_on).then_some((Reference::Past, end))
}

fn future(at: Cursor) -> Option<(Reference, Cursor)> {
    if at.word() == "soon" {
        let compared = matches!(at.word_before(1), "as" | "how" | "too" | "so")
            || matches!(at.next().word(), "after" | "afterwards" | "before" | "enough" | "as");
        return (!compared).then_some((Reference::Future, at.next()));
    }
    let rest = at.take("the")?;
    let end = rest.skip_any(&["near", "immediate", "foreseeable", "distant", "not"]).take("future")?;
    let placed = matches!(at.word_before(1), "in" | "for" | "into");
    let goes_on = end.word() == "of";
    (placed && !goes_on).then_some((Reference::Future, end))
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(&[
        ("it is [now] a museum", "PRESENT_REF"),
        ("he was [recently] freed", "PAST_REF"),
        ("in [recent months]", "PAST_REF"),
        ("in [the past]", "PAST_REF"),
        ("in [the near future]", "FUTURE_REF"),
        ("it will [soon] end", "FUTURE_REF"),
        ("at [present]", "PRESENT_REF"),
        ("a now-famous picture", ""),
        ("as soon as he can", ""),
        ("now that he is free", ""),
        ("on Radio Now they said", ""),
    ]);
}
