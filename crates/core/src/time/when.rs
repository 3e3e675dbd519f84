//! One expression by itself: every reading that it can have, with the reason.

use super::around::Around;
use jiff::civil::Date;

use super::book::DayBook;
use super::calendar::Stretch;
use super::order::Resolver;
use super::scan;
use super::tense::Tense;
use super::told::Told;
use crate::document::PublishedAt;
use crate::reading::{DateRange, TimeType};
use crate::text::{Bytes, Span};

/// One reading of an expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Where it stands in the text.
    pub span: Span<Bytes>,
    /// TIMEX3 type.
    pub kind: TimeType,
    /// TIMEX3 value.
    pub value: String,
    /// Its days.
    pub range: Option<DateRange>,
    /// Which rule read it, in which tense, and what it counts from.
    pub reason: String,
}

/// What the readings count from.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Anchors {
    /// When it was published.
    pub published: Option<PublishedAt>,
    /// The day that the text tells of.
    pub told: Option<Date>,
}

/// The readings of the expressions of a text, in order; of one expression the one that looks back first.
///
/// A text of one expression may be read against a tense that it does not show: "Friday" is the last one in a sentence that
/// looks back and the next one in a sentence that looks ahead.
pub fn candidates(text: &str, anchors: &Anchors, book: &DayBook) -> Vec<Candidate> {
    let scan = scan::scan(text, book, |_, _| false);
    let of = |tense| {
        let mut told = Told::default();
        if let Some(day) = anchors.told {
            told.note(Stretch::day(day), 0);
        }
        let mut resolver = Resolver { book, published: anchors.published, told };
        resolver.resolve(&scan, &vec![Around { tense, sentence: 0, attributive: false }; scan.matches.len()])
    };
    let (back, ahead) = (of(Tense::Past), of(Tense::Future));
    let mut found = Vec::new();
    for ((match_, back), ahead) in scan.matches.iter().zip(back).zip(ahead) {
        let span = scan.atoms[match_.atoms.start].span.cover(scan.atoms[match_.atoms.end - 1].span);
        let by_tense = back.value != ahead.value;
        for (resolved, tense) in [(back, "looking back"), (ahead, "looking ahead")] {
            if !by_tense && tense == "looking ahead" {
                continue;
            }
            let tense = if by_tense { format!(", {tense}") } else { String::new() };
            found.push(Candidate {
                span,
                kind: resolved.kind,
                reason: format!("{}{tense}: {}", match_.rule, resolved.basis),
                value: resolved.value,
                range: resolved.range,
            });
        }
    }
    found
}
