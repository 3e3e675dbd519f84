//! Numbers in words and digits, with the bounds that the words around them give.

use crate::analysis::{Analysis, Dep, Pos};
use crate::reading::Bounds;
use crate::text::{Span, Tokens};
use crate::vocabulary::Qualifier;

/// A number that counts something.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// What it comes to.
    pub bounds: Bounds,
    /// Its words, bounds included.
    pub tokens: Span<Tokens>,
}

/// The number of what `token` heads: its numeral, itself, or one where it is a single thing with "a".
pub fn count(analysis: &Analysis, token: usize) -> Option<Number> {
    let word = &analysis.tokens[token];
    if let Some(number) = vague_noun(analysis, token) {
        return Some(number);
    }
    if word.pos == Pos::Num || value_of(analysis, token).is_some() {
        return numeral(analysis, token);
    }
    let numerals = analysis
        .children_by(token, &[Dep::Nummod, Dep::Amod, Dep::Det, Dep::Quantmod, Dep::Nmod, Dep::Compound]);
    let mut numerals = numerals.filter(|&child| child < token);
    numerals
        .find_map(|child| {
            vague_noun(analysis, child)
                .or_else(|| numeral(analysis, child))
                .or_else(|| vague_word(analysis, child))
        })
        .or_else(|| single(analysis, token))
}

/// "a policeman": one.
fn single(analysis: &Analysis, token: usize) -> Option<Number> {
    let singular = matches!(&*analysis.tokens[token].tag, "NN" | "NNP");
    let article = analysis
        .children_by(token, &[Dep::Det])
        .find(|&child| matches!(&*analysis.tokens[child].lower, "a" | "an" | "another"))?;
    singular.then(|| Number { bounds: exact(1), tokens: Span::new(article, token + 1) })
}

/// "several", "a few", "both".
fn vague_word(analysis: &Analysis, token: usize) -> Option<Number> {
    let bounds = match &*analysis.tokens[token].lower {
        "several" | "few" => Bounds { low: Some(3), high: Some(9), qualifier: Qualifier::Range },
        "both" => exact(2),
        _ => return None,
    };
    Some(Number { bounds, tokens: Span::new(token, token + 1) })
}

/// "dozens", "two dozen", "hundreds of": plural ones leave it open how many.
fn vague_noun(analysis: &Analysis, token: usize) -> Option<Number> {
    let (low, high) = match &*analysis.tokens[token].lower {
        "dozens" => (24, 99),
        "scores" => (40, 99),
        "hundreds" => (200, 999),
        "thousands" => (2_000, 9_999),
        "tens" => (20, 99),
        _ => return None,
    };
    let tokens = Span::new(token, token + 1);
    let mut bounds = Bounds { low: Some(low), high: Some(high), qualifier: Qualifier::Range };
    if let Some((Qualifier::AtLeast | Qualifier::MoreThan, _)) = bounding(analysis, tokens) {
        bounds.high = None;
    }
    Some(Number { bounds, tokens })
}

const fn exact(value: u64) -> Bounds {
    Bounds { low: Some(value), high: Some(value), qualifier: Qualifier::Exact }
}

/// A numeral with what bounds it: "at least 40", "between 10 and 15", "some twenty".
fn numeral(analysis: &Analysis, token: usize) -> Option<Number> {
    let run = run_around(analysis, token)?;
    let (tokens, low, high) = range(analysis, run).unwrap_or_else(|| {
        let value = value(analysis, run);
        (run, value, value)
    });
    let (low, high) = (low?, high?);
    if low != high {
        let bounds = Bounds { low: Some(low), high: Some(high), qualifier: Qualifier::Range };
        return Some(Number { bounds, tokens });
    }
    let Some((qualifier, start)) = bounding(analysis, tokens) else {
        let after = tokens.end;
        let or_more = analysis.tokens.get(after).is_some_and(|t| &*t.lower == "or")
            && analysis.tokens.get(after + 1).is_some_and(|t| &*t.lower == "more");
        if or_more {
            let bounds = Bounds { low: Some(low), high: None, qualifier: Qualifier::AtLeast };
            return Some(Number { bounds, tokens: Span::new(tokens.start, after + 2) });
        }
        return Some(Number { bounds: exact(low), tokens });
    };
    let (low, high) = match qualifier {
        Qualifier::AtLeast => (Some(low), None),
        Qualifier::MoreThan => (Some(low + 1), None),
        Qualifier::UpTo => (None, Some(high)),
        Qualifier::About | Qualifier::Exact | Qualifier::Range => (Some(low), Some(high)),
    };
    Some(Number { bounds: Bounds { low, high, qualifier }, tokens: Span::new(start, tokens.end) })
}

/// The words before a number that bound it, and where they begin.
fn bounding(analysis: &Analysis, number: Span<Tokens>) -> Option<(Qualifier, usize)> {
    let sentence = analysis.tokens[number.start].sentence;
    let word = |back: usize| -> &str {
        let at = number.start.checked_sub(back);
        at.map(|at| &analysis.tokens[at]).filter(|t| t.sentence == sentence).map_or("", |t| &*t.lower)
    };
    let (one, two, three) = (word(1), word(2), word(3));
    let found = match (three, two, one) {
        ("no" | "not", "fewer" | "less", "than") => (Qualifier::AtLeast, 3),
        ("no" | "not", "more", "than") => (Qualifier::UpTo, 3),
        ("as", "many", "as") => (Qualifier::UpTo, 3),
        (_, "at", "least") => (Qualifier::AtLeast, 2),
        (_, "at", "most") | (_, "up", "to") => (Qualifier::UpTo, 2),
        (_, "more" | "greater" | "higher", "than") => (Qualifier::MoreThan, 2),
        (_, "fewer" | "less", "than") => (Qualifier::UpTo, 2),
        (_, "close", "to") => (Qualifier::About, 2),
        (_, _, "over" | "exceeding" | "above") => (Qualifier::MoreThan, 1),
        (
            _,
            _,
            "about" | "around" | "some" | "nearly" | "almost" | "roughly" | "approximately" | "estimated"
            | "perhaps",
        ) => (Qualifier::About, 1),
        (_, _, "minimum") => (Qualifier::AtLeast, 1),
        _ => return None,
    };
    Some((found.0, number.start - found.1))
}

/// The row of number words of which `token` is one.
fn run_around(analysis: &Analysis, token: usize) -> Option<Span<Tokens>> {
    value_of(analysis, token)?;
    let sentence = analysis.tokens[token].sentence;
    let inside = |at: usize| {
        analysis.tokens.get(at).is_some_and(|t| t.sentence == sentence && !is_year(&t.lower))
            && (value_of(analysis, at).is_some() || (is_hyphen(analysis, at) && is_word(analysis, at + 1)))
    };
    let mut span = Span::new(token, token + 1);
    while span.start > 0 && inside(span.start - 1) && is_word(analysis, span.start) {
        span.start -= 1;
    }
    while inside(span.end) && is_word(analysis, span.end - 1) {
        span.end += 1;
    }
    Some(span)
}

/// "In November 2024 two people died": a year is no part of the number after it.
fn is_year(word: &str) -> bool {
    word.len() == 4
        && (word.starts_with("19") || word.starts_with("20"))
        && word.bytes().all(|b| b.is_ascii_digit())
}

fn is_hyphen(analysis: &Analysis, at: usize) -> bool {
    matches!(&*analysis.tokens[at].lower, "-" | "and")
}

/// Whether it is a number in letters, or a hyphen between such.
fn is_word(analysis: &Analysis, at: usize) -> bool {
    analysis.tokens.get(at).is_some_and(|t| {
        (value_of(analysis, at).is_some() && !t.lower.starts_with(|c: char| c.is_ascii_digit()))
            || is_hyphen(analysis, at)
    })
}

/// "10 to 15", "10-15", "between 10 and 15".
fn range(analysis: &Analysis, run: Span<Tokens>) -> Option<(Span<Tokens>, Option<u64>, Option<u64>)> {
    if let [from, to] = analysis.tokens[run.start].lower.split(['-', '–']).collect::<Vec<_>>()[..] {
        let (from, to) = (from.parse().ok()?, to.parse().ok()?);
        return Some((run, Some(from), Some(to)));
    }
    let lower = |at: usize| analysis.tokens.get(at).map_or("", |t| &*t.lower);
    let between = |start: usize| start > 0 && lower(start - 1) == "between";
    let joins = |at: usize, start: usize| match lower(at) {
        "to" | "-" | "–" => true,
        "and" => between(start),
        _ => false,
    };
    if joins(run.end, run.start) {
        let next = run_around(analysis, run.end + 1)?;
        let low = value(analysis, run);
        let high = value(analysis, next);
        return (low < high).then_some((Span::new(run.start, next.end), low, high));
    }
    let previous = run.start.checked_sub(2).and_then(|at| run_around(analysis, at))?;
    if joins(run.start - 1, previous.start) {
        let (low, high) = (value(analysis, previous), value(analysis, run));
        return (low < high).then_some((Span::new(previous.start, run.end), low, high));
    }
    None
}

/// What a row of number words comes to: "two hundred and five", "130", "2.5 million".
fn value(analysis: &Analysis, run: Span<Tokens>) -> Option<u64> {
    let (mut total, mut current) = (0_f64, 0_f64);
    for at in run.range() {
        let Some(value) = value_of(analysis, at) else { continue };
        if value >= 1_000.0 && !analysis.tokens[at].lower.starts_with(|c: char| c.is_ascii_digit()) {
            total += current.max(1.0) * value;
            current = 0.0;
        } else if matches!(&*analysis.tokens[at].lower, "hundred" | "dozen" | "score") {
            current = current.max(1.0) * value;
        } else {
            current += value;
        }
    }
    let sum = total + current;
    (sum.is_finite() && (0.0..1e12).contains(&sum)).then_some(sum as u64)
}

fn value_of(analysis: &Analysis, at: usize) -> Option<f64> {
    let lower = &*analysis.tokens.get(at)?.lower;
    if lower.starts_with(|c: char| c.is_ascii_digit()) {
        let plain: String = lower.chars().filter(|&c| c != ',').collect();
        return plain.split(['-', '–']).next()?.parse().ok();
    }
    let value = match lower {
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" | "dozen" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" | "score" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        "hundred" => 100,
        "thousand" => 1_000,
        "million" => 1_000_000,
        _ => return hyphenated(lower),
    };
    Some(f64::from(value))
}

/// "twenty-one".
fn hyphenated(lower: &str) -> Option<f64> {
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    const UNITS: [&str; 9] = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let (tens, unit) = lower.split_once('-')?;
    let tens = TENS.iter().position(|&word| word == tens)?;
    let unit = UNITS.iter().position(|&word| word == unit)?;
    Some(((tens + 2) * 10 + unit + 1) as f64)
}
