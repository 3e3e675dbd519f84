//! Days that have names, and names that only look like days, read from `knowledge/time/*.toml`.

use jiff::civil::{Date, Weekday};
use serde::Deserialize;
use smol_str::SmolStr;
use thiserror::Error;

use super::lex::{self, Cursor, Shape};
use super::meaning::NamedDay;
use super::words;

/// Why a knowledge file about time cannot be used.
#[derive(Debug, Error)]
pub enum DayError {
    /// The file is not TOML of the expected shape.
    #[error("{file}: {message}")]
    Malformed {
        /// Which file.
        file: &'static str,
        /// What the parser says.
        message: String,
    },
    /// An entry does not say in exactly one way when its day is.
    #[error("days.toml: \"{name}\" needs one of once, month with day, easter, or nth with weekday and month")]
    NoDay {
        /// The first name of the entry.
        name: String,
    },
}

/// A sentence with the time expression in brackets, and its value.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayExample {
    /// The sentence.
    pub text: String,
    /// The day of publication.
    pub published: String,
    /// The TIMEX3 value; absent where the sentence holds no time expression.
    pub value: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DayFile {
    day: Vec<DayEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DayEntry {
    names: Vec<String>,
    once: Option<String>,
    month: Option<i8>,
    day: Option<i8>,
    easter: Option<i32>,
    nth: Option<i8>,
    weekday: Option<String>,
    #[serde(default)]
    followed_by: Vec<SmolStr>,
    #[serde(default)]
    examples: Vec<DayExample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NameFile {
    heads: Vec<SmolStr>,
    papers: Vec<SmolStr>,
    epithets: Vec<SmolStr>,
    #[serde(default)]
    examples: Vec<DayExample>,
}

/// The texts of the files of `knowledge/time`.
#[derive(Clone, Copy, Debug)]
pub struct DayFiles<'a> {
    /// `days.toml`
    pub days: &'a str,
    /// `names.toml`
    pub names: &'a str,
}

#[derive(Clone, Debug)]
struct Named {
    words: Vec<Shape>,
    day: NamedDay,
    followed_by: Vec<SmolStr>,
}

/// Days that have names, and names that only look like days.
#[derive(Clone, Debug, Default)]
pub struct DayBook {
    days: Vec<Named>,
    heads: Vec<SmolStr>,
    papers: Vec<SmolStr>,
    epithets: Vec<SmolStr>,
    examples: Vec<DayExample>,
}

impl DayBook {
    /// Reads the files of `knowledge/time`.
    ///
    /// # Errors
    /// Where a file is malformed or an entry does not tell its day.
    pub fn parse(files: &DayFiles) -> Result<Self, DayError> {
        let malformed =
            |file| move |e: toml::de::Error| DayError::Malformed { file, message: e.message().to_owned() };
        let days: DayFile = toml::from_str(files.days).map_err(malformed("days.toml"))?;
        let names: NameFile = toml::from_str(files.names).map_err(malformed("names.toml"))?;
        let mut book = Self {
            heads: names.heads,
            papers: names.papers,
            epithets: names.epithets,
            examples: names.examples,
            ..Self::default()
        };
        for entry in days.day {
            let day = named_day(&entry)
                .ok_or_else(|| DayError::NoDay { name: entry.names.first().cloned().unwrap_or_default() })?;
            for name in &entry.names {
                let words = lex::cut(name).into_iter().map(|atom| atom.shape).collect();
                book.days.push(Named { words, day, followed_by: entry.followed_by.clone() });
            }
            book.examples.extend(entry.examples);
        }
        Ok(book)
    }

    /// All sentences that the files give as examples.
    pub fn examples(&self) -> &[DayExample] {
        &self.examples
    }

    /// The longest name of a day that begins here.
    pub fn read<'a>(&self, at: Cursor<'a>) -> Option<(NamedDay, Cursor<'a>)> {
        let first = at.atom()?;
        let sure = first.capital || !matches!(first.shape, Shape::Word(_));
        let found = self.days.iter().filter(|_| sure).filter_map(|named| {
            let end = named.words.iter().try_fold(at, |here, shape| same(here, shape))?;
            let followed = named.followed_by.is_empty() || follows(end, &named.followed_by);
            followed.then_some((named.day, end))
        });
        found.max_by_key(|(_, end)| end.at())
    }

    /// Whether a day of the calendar with these words around it is part of a name ("the April 19 Movement").
    pub fn is_in_name(&self, end: Cursor) -> bool {
        let capital = end.atom().is_some_and(|atom| atom.capital && atom.spaced);
        let word = end.word();
        (capital || matches!(word, "group" | "movement")) && self.heads.iter().any(|head| head == word)
    }

    /// Whether a weekday or another single word of time with these words around it is part of a name ("Sunday Herald").
    pub fn is_paper(&self, start: Cursor, end: Cursor) -> bool {
        let capital = end.atom().is_some_and(|atom| atom.capital && atom.spaced);
        let epithet = start.before(1).is_some_and(|atom| atom.capital);
        (capital && self.papers.iter().any(|paper| paper == end.word()))
            || (epithet && self.epithets.iter().any(|epithet| epithet == start.word_before(1)))
    }
}

/// Past an atom that is the same, however its apostrophe is written.
fn same<'a>(at: Cursor<'a>, shape: &Shape) -> Option<Cursor<'a>> {
    let here = &at.atom()?.shape;
    let quote = |shape: &Shape| matches!(shape, Shape::Mark('\'' | '’'));
    (here == shape || (quote(here) && quote(shape))).then(|| at.next())
}

/// Whether one of the words follows, with at most one other between.
fn follows(at: Cursor, words: &[SmolStr]) -> bool {
    [at.word(), at.next().word()].iter().any(|word| words.iter().any(|w| w == word))
}

fn named_day(entry: &DayEntry) -> Option<NamedDay> {
    let once = entry.once.as_ref().map(|text| text.parse::<Date>().ok().map(NamedDay::Once));
    let easter = entry.easter.map(|days| Some(NamedDay::Easter(days)));
    let yearly = match (entry.month, entry.day, entry.nth, entry.weekday.as_deref()) {
        (Some(month), Some(day), None, None) => {
            Some(Date::new(2024, month, day).ok().map(|_| NamedDay::Yearly { month, day }))
        }
        (Some(month), None, Some(nth), Some(weekday)) => Some(nth_weekday(month, nth, weekday)),
        (None, None, None, None) => None,
        _ => Some(None),
    };
    let mut said = [once, easter, yearly].into_iter().flatten();
    let day = said.next()?;
    if said.next().is_some() { None } else { day }
}

fn nth_weekday(month: i8, nth: i8, weekday: &str) -> Option<NamedDay> {
    let weekday: Weekday = words::weekday(weekday)?.0;
    let valid = (1..=12).contains(&month) && (nth == -1 || (1..=4).contains(&nth));
    valid.then_some(NamedDay::NthWeekday { nth, weekday, month })
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &str = "heads = []\npapers = []\nepithets = []";

    #[test]
    fn an_entry_must_tell_its_day_in_one_way() {
        for days in [
            "[[day]]\nnames = [\"X Day\"]",
            "[[day]]\nnames = [\"X Day\"]\nmonth = 13\nday = 1",
            "[[day]]\nnames = [\"X Day\"]\neaster = 1\nonce = \"2001-09-11\"",
            "[[day]]\nnames = [\"X Day\"]\nnth = 1\nmonth = 2",
        ] {
            let parsed = DayBook::parse(&DayFiles { days, names: NAMES });
            assert!(matches!(parsed, Err(DayError::NoDay { ref name }) if name == "X Day"), "{days}");
        }
    }

    #[test]
    fn an_unknown_key_is_an_error() {
        let parsed = DayBook::parse(&DayFiles { days: "[[day]]\nnames = []\nmoon = 1", names: NAMES });
        assert!(matches!(parsed, Err(DayError::Malformed { file: "days.toml", .. })));
    }
}
