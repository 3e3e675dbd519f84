//! Lines that are furniture of pages and wires, not prose: patterns written by a domain expert in
//! `knowledge/boilerplate/*.toml`, and the test of a line against them.
//!
//! A pattern describes a whole line in lower case; `*` stands for any words, `#` for a number. How a line is spaced, cased
//! and dashed, and a full stop or colon at its end, make no difference.

use std::collections::HashMap;

use serde::Deserialize;
use thiserror::Error;

use crate::document::MaskReason;

/// Why a file of boilerplate rules could not be loaded.
#[derive(Debug, Error)]
pub enum BoilerplateError {
    /// Not TOML, or not the fields that a rule has.
    #[error("boilerplate file {file}: {source}")]
    Format {
        /// Its name.
        file: String,
        /// What the TOML reader says.
        source: Box<toml::de::Error>,
    },
    /// A word that is not a [`MaskReason`].
    #[error(
        "boilerplate file {file}, rule {rule}: no reason is called {reason:?}; see the reasons in its first lines"
    )]
    Reason {
        /// Its name.
        file: String,
        /// The rule's id.
        rule: String,
        /// The word.
        reason: String,
    },
    /// A rule without a pattern, or with one that fits every line.
    #[error(
        "boilerplate file {file}, rule {rule}: the pattern {pattern:?} must hold at least one word besides * and #"
    )]
    Pattern {
        /// Its name.
        file: String,
        /// The rule's id.
        rule: String,
        /// The pattern.
        pattern: String,
    },
}

/// Where in a report a rule holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Place {
    /// On any line.
    #[default]
    Line,
    /// Only on the lines before the prose and right after the headline.
    Top,
    /// On any line, and on the last sentence or parenthesis of a paragraph.
    Tail,
}

/// A rule as the file has it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    #[serde(default)]
    rule: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    id: String,
    reason: String,
    lines: Vec<String>,
    #[serde(default)]
    place: Place,
    /// A line of more words is prose that only begins like furniture.
    #[serde(default = "default_max_words")]
    max_words: usize,
    /// Whether a line that ends in a full stop is taken for prose.
    #[serde(default)]
    no_full_stop: bool,
    /// Whether what stands for `*` must begin with capitals but for small words, as names do.
    #[serde(default)]
    capitalised: bool,
    /// Lines that must be masked; tests run them.
    examples: Vec<String>,
    /// Lines that must not be masked by any rule; tests run them.
    counter_examples: Vec<String>,
}

const fn default_max_words() -> usize {
    16
}

/// One line that a rule's author expects to be masked, or not to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoilerplateExample {
    /// The rule's id.
    pub rule: String,
    /// The line.
    pub line: String,
    /// Whether the line stands at the top of the report.
    pub at_top: bool,
    /// The reason for which it must be masked; absent where it must not be.
    pub expected: Option<MaskReason>,
}

#[derive(Debug)]
struct Pattern {
    parts: Vec<Part>,
    rule: usize,
}

#[derive(Debug, PartialEq, Eq)]
enum Part {
    Word(String),
    Number,
    Anything,
}

#[derive(Debug)]
struct Conditions {
    reason: MaskReason,
    place: Place,
    max_words: usize,
    no_full_stop: bool,
    capitalised: bool,
}

/// Lines that are furniture of pages and wires, not prose.
#[derive(Debug, Default)]
pub struct Boilerplate {
    conditions: Vec<Conditions>,
    /// Patterns by their first word.
    by_first: HashMap<String, Vec<Pattern>>,
    /// Patterns that begin with `*` or `#`.
    open: Vec<Pattern>,
    examples: Vec<BoilerplateExample>,
}

impl Boilerplate {
    /// Loads rule files, each given by its name and its TOML text.
    ///
    /// # Errors
    /// Where a file is not TOML of this form, names an unknown reason, or holds a pattern without words.
    pub fn parse<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, BoilerplateError> {
        let mut book = Self::default();
        for (file, text) in files {
            let rules: RuleFile = toml::from_str(text).map_err(|source| BoilerplateError::Format {
                file: file.to_owned(),
                source: Box::new(source),
            })?;
            for rule in rules.rule {
                book.add(file, rule)?;
            }
        }
        Ok(book)
    }

    fn add(&mut self, file: &str, rule: Rule) -> Result<(), BoilerplateError> {
        let reason = MaskReason::parse(&rule.reason).ok_or_else(|| BoilerplateError::Reason {
            file: file.to_owned(),
            rule: rule.id.clone(),
            reason: rule.reason.clone(),
        })?;
        let index = self.conditions.len();
        for line in &rule.lines {
            let parts = compile(line);
            if !parts.iter().any(|part| matches!(part, Part::Word(_))) {
                let (file, rule, pattern) = (file.to_owned(), rule.id, line.clone());
                return Err(BoilerplateError::Pattern { file, rule, pattern });
            }
            let first = match parts.first() {
                Some(Part::Word(word)) => Some(word.clone()),
                Some(Part::Number | Part::Anything) | None => None,
            };
            let pattern = Pattern { parts, rule: index };
            match first {
                Some(word) => self.by_first.entry(word).or_default().push(pattern),
                None => self.open.push(pattern),
            }
        }
        let at_top = rule.place == Place::Top;
        let example = |line: &String, expected| BoilerplateExample {
            rule: rule.id.clone(),
            line: line.clone(),
            at_top,
            expected,
        };
        self.examples.extend(rule.examples.iter().map(|line| example(line, Some(reason))));
        self.examples.extend(rule.counter_examples.iter().map(|line| example(line, None)));
        self.conditions.push(Conditions {
            reason,
            place: rule.place,
            max_words: rule.max_words,
            no_full_stop: rule.no_full_stop,
            capitalised: rule.capitalised,
        });
        Ok(())
    }

    /// The examples and counter-examples of all rules.
    pub fn examples(&self) -> &[BoilerplateExample] {
        &self.examples
    }

    /// Why this whole line is no prose, if it is none. Of a line of several parts ("Subscribe | © …") all must be known.
    pub fn judge_line(&self, line: &str, at_top: bool) -> Option<MaskReason> {
        let fits = |place| place != Place::Top || at_top;
        self.judge(line, fits).or_else(|| {
            let mut reasons = line.split(['|', '•', '·']).map(|part| self.judge(part, fits));
            let first = reasons.next()??;
            reasons.all(|reason| reason.is_some()).then_some(first)
        })
    }

    /// Why this last sentence or parenthesis of a paragraph is no prose, if it is none.
    pub(super) fn judge_tail(&self, tail: &str) -> Option<MaskReason> {
        // A quotation that ends here is somebody's words.
        if tail.contains(['"', '”', '»']) {
            return None;
        }
        self.judge(tail, |place| place == Place::Tail)
    }

    fn judge(&self, line: &str, fits: impl Fn(Place) -> bool) -> Option<MaskReason> {
        /// The longest line that a rule may describe; longer ones are prose.
        const LONGEST_BYTES: usize = 400;
        let line = line.trim();
        // A line that opens with a quotation mark is somebody's words, whatever they sound like.
        if line.is_empty() || line.len() > LONGEST_BYTES || line.starts_with(['"', '“', '‘', '«', '\''])
        {
            return None;
        }
        let words = normalise(line);
        let first = words.first()?;
        // A pattern that begins with any words would fit prose that ends in somebody's words.
        let open = if line.contains(['"', '“', '«']) { &[][..] } else { &self.open[..] };
        let candidates = self.by_first.get(&first.lower).into_iter().flatten().chain(open);
        candidates
            .filter(|pattern| {
                let conditions = &self.conditions[pattern.rule];
                fits(conditions.place)
                    && words.len() <= conditions.max_words
                    && !(conditions.no_full_stop && line.ends_with('.'))
                    && matches(&pattern.parts, &words, conditions.capitalised)
            })
            .map(|pattern| pattern.rule)
            .min()
            .map(|rule| self.conditions[rule].reason)
    }
}

/// A word of a line, or a mark.
#[derive(Debug)]
struct Word {
    /// In lower case.
    lower: String,
    /// Whether it may be part of a name: it begins with no small letter, or is one of the small words among names.
    in_name: bool,
}

/// Small words that stay in lower case among names.
const SMALL_WORDS: [&str; 19] = [
    "a", "al", "and", "at", "bin", "by", "de", "del", "der", "el", "for", "from", "in", "of", "on", "the",
    "to", "van", "von",
];

fn compile(pattern: &str) -> Vec<Part> {
    normalise(pattern)
        .into_iter()
        .map(|word| match word.lower.as_str() {
            "*" => Part::Anything,
            "#" => Part::Number,
            _ => Part::Word(word.lower),
        })
        .collect()
}

/// The words and marks of a line: dashes of one kind, without quotation marks and without marks at its ends.
fn normalise(line: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for c in line.chars() {
        let c = match c {
            '–' | '—' | '―' | '\u{2212}' => '-',
            '’' | '‘' | '`' => '\'',
            '»' | '›' => '>',
            _ => c,
        };
        let is_part = c.is_alphanumeric() || matches!(c, '\'' | '&' | '%');
        match words.last_mut() {
            Some(last) if is_part && open => last.lower.extend(c.to_lowercase()),
            _ if is_part || is_mark(c) => {
                words.push(Word { lower: c.to_lowercase().collect(), in_name: !c.is_lowercase() });
            }
            _ => {}
        }
        open = is_part;
    }
    for word in &mut words {
        word.in_name |= SMALL_WORDS.contains(&word.lower.as_str());
    }
    let is_edge =
        |word: &Word| matches!(word.lower.as_str(), ":" | "-" | ";" | "(" | ")" | "!" | ">" | "/" | "?");
    while words.last().is_some_and(is_edge) {
        words.pop();
    }
    let lead = words.iter().take_while(|word| is_edge(word)).count();
    words.drain(..lead);
    words
}

/// Marks that tell lines apart; all others are passed over.
const fn is_mark(c: char) -> bool {
    matches!(c, '*' | '#' | '©' | '@' | '$' | '£' | '€' | ':' | '-' | ';' | '/' | '>' | '(' | ')' | '?' | '!')
}

/// Whether the pattern describes the line; where `names`, what stands for `*` must look like names.
fn matches(parts: &[Part], words: &[Word], names: bool) -> bool {
    let Some(part) = parts.first() else { return words.is_empty() };
    let rest = &parts[1..];
    match part {
        Part::Word(wanted) => {
            words.first().is_some_and(|word| word.lower == *wanted) && matches(rest, &words[1..], names)
        }
        Part::Number => {
            words.first().is_some_and(|word| word.lower.chars().all(|c| c.is_ascii_digit()))
                && matches(rest, &words[1..], names)
        }
        Part::Anything => {
            let most = words.iter().position(|word| names && !word.in_name).unwrap_or(words.len());
            (1..=most).any(|taken| matches(rest, &words[taken..], names))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_describes_the_whole_line() {
        let fits = |pattern: &str, line: &str| matches(&compile(pattern), &normalise(line), false);
        assert!(fits("read also: *", "READ ALSO : Ten walks by the sea"));
        assert!(fits("© * all rights reserved", "© 2020 Delta Courier. All Rights Reserved."));
        assert!(fits("# shares", "312 shares"));
        assert!(fits("advertisement", "— Advertisement —"));
        assert!(!fits("read also: *", "Read also the verdict"));
        assert!(!fits("# shares", "Many shares"));
        assert!(!fits("advertisement", "The advertisement"));
    }

    #[test]
    fn a_file_that_says_too_little_is_refused() {
        let rule = |line: &str, reason: &str| {
            format!(
                "[[rule]]\nid = \"x\"\nreason = \"{reason}\"\nlines = [\"{line}\"]\nexamples = []\ncounter_examples = []\n"
            )
        };
        let load = |text: &str| Boilerplate::parse([("x.toml", text)]);
        assert!(matches!(load(&rule("* #", "header")), Err(BoilerplateError::Pattern { .. })));
        assert!(matches!(load(&rule("a", "nonsense")), Err(BoilerplateError::Reason { .. })));
        assert!(matches!(load("[[rule]]"), Err(BoilerplateError::Format { .. })));
        assert!(load(&rule("a", "header")).is_ok());
    }
}
