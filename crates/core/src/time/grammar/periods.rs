//! Months, years, decades, centuries, quarters, halves and seasons.

use super::super::calendar::{Grain, Season, Stretch};
use super::super::lex::{Cursor, Shape};
use super::super::meaning::{When, Which, YearRef};
use super::super::{numbers, words};
use super::{dates, relative};

/// "March 2019", "July of 1997", "March last year", "last May", "January".
pub fn month(at: Cursor) -> Option<(When, Cursor)> {
    let (which, rest) = relative::which(at);
    let (month, short, rest) = dates::month_name(rest)?;
    let (year, end) = dates::year_after(rest, false);
    let when = match year {
        YearRef::Stated(year) => When::Known(Stretch::month(year, month)?),
        YearRef::Short(_) | YearRef::Relative(_) => When::Month { month, year, which: Which::Tense },
        YearRef::Unsaid if which == Which::Tense && (short || !is_surely_month(at)) => return None,
        YearRef::Unsaid => When::Month { month, year, which },
    };
    let known = matches!(year, YearRef::Stated(_));
    (which == Which::Tense || !known).then_some((when, end))
}

/// "May" and "March" are verbs, "April", "June" and "August" are given names, unless what stands before them says otherwise.
fn is_surely_month(at: Cursor) -> bool {
    let before = at.word_before(1);
    let clear = matches!(
        before,
        "in" | "since"
            | "until"
            | "till"
            | "during"
            | "last"
            | "next"
            | "this"
            | "early"
            | "late"
            | "mid"
            | "between"
            | "from"
            | "through"
            | "by"
            | "before"
            | "after"
            | "end"
            | "beginning"
            | "start"
            | "middle"
            | "throughout"
    ) || (before == "of" && !at.atom().is_some_and(|atom| atom.shouted));
    let possessive = at.next().possessive().is_some();
    match at.word() {
        "may" => {
            clear && !matches!(at.next().word(), "be" | "have" | "not" | "also" | "soon" | "yet" | "well")
        }
        "march" => clear && !(before == "of" && at.next().word() == "on"),
        "april" | "june" | "august" => clear || possessive || !followed_by_capital(at),
        _ => true,
    }
}

fn followed_by_capital(at: Cursor) -> bool {
    at.next().atom().is_some_and(|atom| atom.capital && atom.spaced)
}

/// "2015", "the year 2015": a bare number is a year only where the words around it make it one.
pub fn year(at: Cursor) -> Option<(When, Cursor)> {
    if let Some(rest) = at.skip("the").take("year") {
        let (year, end) = dates::stated_year(rest)?;
        return Some((When::Known(Stretch::year(year)), end));
    }
    if let Some(quoted) = at.mark('\'').or_else(|| at.mark('’')) {
        let (year, end) = quoted.digits(2..=2).filter(|_| quoted.glued() && !at.glued())?;
        let apart = end.word() != "s"
            && matches!(at.word_before(1), "in" | "since" | "of" | "until" | "by" | "from" | "during");
        return apart.then(|| (When::Known(Stretch::year(1900 + year as i16)), end));
    }
    let (year, end) = at.digits(4..=4)?;
    let year = i16::try_from(year).ok()?;
    is_year(at, year, end).then(|| (When::Known(Stretch::year(year)), end))
}

fn is_year(at: Cursor, year: i16, end: Cursor) -> bool {
    if end.glued() && (end.hyphen().is_some() || end.mark('%').is_some() || !end.word().is_empty()) {
        return false;
    }
    let counts = dates::is_counted(end.word());
    if end.possessive().is_some() {
        return (1900..=2100).contains(&year);
    }
    let joined = at.glued() && matches!(at.before(1).map(|atom| &atom.shape), Some(Shape::Mark('-' | '–')));
    match if joined { at.word_before(2) } else { at.word_before(1) } {
        "mid" | "early" | "late" if joined => (1400..=2100).contains(&year),
        _ if joined => false,
        "in" | "during" => (1000..=2100).contains(&year),
        "since" => (1800..=2100).contains(&year),
        "until" | "till" | "early" | "late" | "mid" | "throughout" | "through" | "circa" => {
            (1400..=2100).contains(&year)
        }
        "spring" | "summer" | "autumn" | "winter" | "fall" => (1400..=2100).contains(&year),
        "the" | "a" | "his" | "her" | "its" | "their" | "our" | "s" => {
            (1900..=2100).contains(&year) && !end.word().is_empty() && !(counts && year % 50 == 0)
        }
        "by" | "from" | "before" | "after" | "of" | "to" | "than" | "between" | "and" | "or" | "for"
        | "like" => {
            (1900..=2100).contains(&year)
                && !counts
                && !matches!(end.word(), "dollars" | "euros" | "km" | "m")
        }
        _ if is_listed(at) => (1900..=2100).contains(&year) && !counts,
        _ => {
            let opened = at.before(1).is_none_or(|atom| atom.shape == Shape::Mark('('));
            opened && (1900..=2100).contains(&year) && !counts
        }
    }
}

/// "2004, 2005 and 2007": a year behind a year and a comma.
fn is_listed(at: Cursor) -> bool {
    let comma = at.before(1).is_some_and(|atom| atom.shape == Shape::Mark(','));
    let year = at
        .before(2)
        .is_some_and(|atom| matches!(atom.shape, Shape::Number { value: 1900..=2100, digits: 4 }));
    comma && year
}

/// "The 1990s", "the 90s", "the nineties".
pub fn decade(at: Cursor) -> Option<(When, Cursor)> {
    let rest = at.skip("the");
    let known = |year: i16| Some(When::Known(Stretch::around(Grain::Decade, Stretch::year(year).first())));
    if let Some(tens) = words::tens_plural(rest.word()) {
        let surely = rest.at() > at.at() || matches!(at.word_before(1), "early" | "late" | "mid");
        let person = matches!(at.word_before(2), "his" | "her" | "their")
            || matches!(at.word_before(1), "his" | "her" | "their");
        return (surely && !person)
            .then(|| known(1900 + tens as i16))
            .flatten()
            .map(|when| (when, rest.next()));
    }
    let rest =
        if rest.at() > at.at() { rest.mark('\'').or_else(|| rest.mark('’')).unwrap_or(rest) } else { rest };
    let (number, end) = rest.digits(2..=4)?;
    let end = end.mark('\'').or_else(|| end.mark('’')).filter(|_| end.glued()).unwrap_or(end);
    let end = end.take("s").filter(|_| end.glued())?;
    let year = match number {
        20..=90 if rest.at() > at.at() => 1900 + number,
        1000..=2100 => number,
        _ => return None,
    };
    (year % 10 == 0).then(|| known(year as i16)).flatten().map(|when| (when, end))
}

/// "The 19th century", "19th-century".
pub fn century(at: Cursor) -> Option<(When, Cursor)> {
    let (number, rest) = numbers::ordinal(at.skip("the")).filter(|&(n, _)| (1..=22).contains(&n))?;
    let end = rest.hyphen().unwrap_or(rest).take("century")?;
    let first = i16::try_from((number - 1) * 100).ok()?;
    Some((When::Known(Stretch::around(Grain::Century, Stretch::year(first).first())), end))
}

/// "The first quarter of 2023", "the second half of last year", "Q3 2022".
pub fn fraction(at: Cursor) -> Option<(When, Cursor)> {
    if at.word() == "q" && at.next().glued() {
        let (index, rest) = at.next().digits(1..=1).filter(|(index, _)| (1..=4).contains(index))?;
        let (year, end) = relative::year_of(rest);
        return Some((When::Fraction { grain: Grain::Quarter, index: index as i8, year }, end));
    }
    let (index, rest) = match at.skip("the") {
        rest if matches!(rest.word(), "last" | "final") => (0, rest.next()),
        rest => numbers::ordinal(rest)?,
    };
    let (grain, most) = match rest.word() {
        "quarter" => (Grain::Quarter, 4),
        "half" => (Grain::Half, 2),
        _ => return None,
    };
    let index = if index == 0 { most } else { index };
    let (year, end) = relative::year_of(rest.next());
    let bare = year == YearRef::Unsaid;
    if index > most || (bare && (grain == Grain::Half || at.word() != "the" || rest.next().word() == "of")) {
        return None; // "the first half of the match", "the second half began"
    }
    Some((When::Fraction { grain, index: index as i8, year }, end))
}

/// "Spring 2020", "the summer of 2015", "last autumn", "this winter", "in the spring".
pub fn season(at: Cursor) -> Option<(When, Cursor)> {
    let (which, rest) = relative::which(at);
    let article = if which == Which::Tense { rest.skip("the") } else { rest };
    let season = words::season(article.word())?;
    let rest = article.next();
    let (year, end) = relative::year_of(rest);
    let (year, end) = if end.word() == "of" { (YearRef::Unsaid, rest) } else { (year, end) };
    let articled = article.at() > at.at();
    let before = at.word_before(1);
    let placed = matches!(
        before,
        "in" | "since" | "until" | "by" | "during" | "before" | "after" | "early" | "late" | "mid"
    );
    let sure = match season {
        _ if which != Which::Tense || year != YearRef::Unsaid => true,
        Season::Autumn if article.word() == "fall" => placed && articled && rest.word() != "of",
        Season::Spring => {
            placed && (articled || before == "in") && !matches!(rest.word(), "of" | "offensive" | "water")
        }
        Season::Summer | Season::Autumn | Season::Winter => placed,
    };
    let hop = matches!(season, Season::Autumn)
        && article.word() == "fall"
        && matches!(rest.word(), "of" | "to" | "in" | "from");
    if !sure || (hop && year == YearRef::Unsaid) {
        return None;
    }
    Some((When::Season { season, year, which }, end))
}

/// "The first week of May", "the last week of March 2022".
pub fn week_of_month(at: Cursor) -> Option<(When, Cursor)> {
    let rest = at.skip("the");
    let (index, rest) = match rest.word() {
        "last" | "final" => (0, rest.next()),
        _ => numbers::ordinal(rest).filter(|&(index, _)| index <= 4)?,
    };
    let (when, end) = month(rest.take("week")?.take_any(&["of", "in"])?)?;
    Some((When::WeekOfMonth { index: index as i8, month: Box::new(when) }, end))
}

/// A month within an interval, where what joins the two ends stands for a preposition.
pub fn month_in_interval(at: Cursor) -> Option<(When, Cursor)> {
    let (month, short, rest) = dates::month_name(at)?;
    let (year, end) = dates::year_after(rest, false);
    let verb = matches!(at.word(), "may" | "march") && year == YearRef::Unsaid && at.word_before(1) == "to";
    (!short && !verb).then_some((When::Month { month, year, which: Which::Tense }, end))
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(&[
        ("in [January]", "2024-01"),
        ("in [July of 1997]", "1997-07"),
        ("in [March last year]", "2023-03"),
        ("[last May]", "2023-05"),
        ("since [2015]", "2015"),
        ("in ['98]", "1998"),
        ("the [2008] siege", "2008"),
        ("in [the 1990s]", "199X"),
        ("in [the ’90s]", "199X"),
        ("in [the nineties]", "199X"),
        ("in [the 19th century]", "18XX"),
        ("in [the first quarter of 2023]", "2023-Q1"),
        ("in [Q3 2022]", "2022-Q3"),
        ("in [the second half of last year]", "2023-H2"),
        ("in [spring 2020]", "2020-SP"),
        ("[last autumn]", "2023-FA"),
        ("in [the last week of February]", "2024-02"),
        ("soldiers may march", ""),
        ("the fall of the town", ""),
        ("the first half of the match", ""),
        ("about 1990 homes", ""),
        ("Hill 1984", ""),
    ]);
}
