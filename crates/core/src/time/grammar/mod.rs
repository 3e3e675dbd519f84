//! The grammar of time expressions: one kind a file. The longest reading wins; among equals the first rule.

mod apart;
mod clocks;
mod dated;
mod dates;
mod day_times;
#[cfg(test)]
mod examples;
mod intervals;
mod lengths;
mod named;
mod periods;
mod references;
mod relative;
mod sets;
mod told;

pub use lengths::value as length_value;

use super::lex::Cursor;
use super::meaning::Meaning;

/// One kind of expression.
#[derive(Clone, Copy)]
pub struct Rule {
    /// Its name, as the reasons tell it.
    pub name: &'static str,
    read: fn(Cursor<'_>) -> Option<(Meaning, Cursor<'_>)>,
}

/// All kinds, in order of preference among readings of one length.
pub const RULES: [Rule; 8] = [
    Rule { name: "interval", read: intervals::interval },
    Rule { name: "direction from an event", read: apart::of_event },
    Rule { name: "time of a day", read: day_times::time },
    Rule { name: "set", read: sets::set },
    Rule { name: "length with a direction", read: apart::apart },
    Rule { name: "date", read: dated::date },
    Rule { name: "length", read: lengths::length },
    Rule { name: "reference", read: references::reference },
];

/// The longest expression that begins at a place: what it says, where it ends, by which rule.
pub fn read(at: Cursor) -> Option<(Meaning, usize, &'static str)> {
    let mut best: Option<(Meaning, usize, &'static str)> = None;
    for rule in RULES {
        if let Some((meaning, end)) = (rule.read)(at)
            && best.as_ref().is_none_or(|(_, length, _)| end.at() > *length)
        {
            best = Some((meaning, end.at(), rule.name));
        }
    }
    best
}
