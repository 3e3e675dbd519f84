//! Affixes: what is split off the ends of a chunk and where it is split inside.
//!
//! The rules are those of the model's language data, written out by hand: a regular expression of three thousand
//! characters for each side says the same.

use crate::model::{Characters, Model, ModelError};

/// The affix rules.
pub struct Affixes {
    alpha: Characters,
    alpha_upper: Characters,
    icons: Characters,
    before_stop: Characters,
    lower_or_quote: Characters,
    upper_or_quote: Characters,
    /// One character each: split off at both ends.
    marks: Vec<char>,
    currency: Vec<&'static str>,
    units: Vec<&'static str>,
    /// In the order in which they are tried.
    hyphens: Vec<&'static str>,
}

impl Affixes {
    /// Reads the classes of characters.
    ///
    /// # Errors
    /// Where the model lacks one.
    pub fn new(model: &Model) -> Result<Self, ModelError> {
        let mut marks: Vec<char> = Vec::new();
        for name in ["affix.punctuation", "affix.quotes"] {
            marks.extend(model.lines(name)?.iter().filter_map(|mark| mark.chars().next()));
        }
        marks.extend(['…', '—', '–']);
        marks.sort_unstable();
        marks.dedup();
        Ok(Self {
            alpha: model.characters("class.alpha")?,
            alpha_upper: model.characters("class.alpha_upper")?,
            icons: model.characters("class.icons")?,
            before_stop: model.characters("class.before_stop")?,
            lower_or_quote: model.characters("class.lower_or_quote")?,
            upper_or_quote: model.characters("class.upper_or_quote")?,
            marks,
            currency: model.lines("affix.currency")?,
            units: model.lines("affix.units")?,
            hyphens: model.lines("affix.hyphens")?,
        })
    }

    fn is_mark(&self, character: char) -> bool {
        self.marks.binary_search(&character).is_ok()
    }

    /// How many bytes are split off at the start; 0 for none.
    pub fn prefix_len(&self, text: &str) -> usize {
        let mut characters = text.chars();
        let Some(first) = characters.next() else { return 0 };
        let second = characters.next();
        match first {
            '§' | '%' | '=' => first.len_utf8(),
            '+' if !second.is_some_and(|c| c.is_ascii_digit()) => 1,
            '.' if second == Some('.') => text.len() - text.trim_start_matches('.').len(),
            _ if self.is_mark(first) => first.len_utf8(),
            _ => {
                let currency = self.currency.iter().find(|sign| text.starts_with(**sign));
                match currency {
                    Some(sign) => sign.len(),
                    None if self.icons.has(first) => first.len_utf8(),
                    None => 0,
                }
            }
        }
    }

    /// How many bytes are split off at the end, the longest rule winning; 0 for none.
    pub fn suffix_len(&self, text: &str) -> usize {
        let Some(last) = text.chars().next_back() else { return 0 };
        let before = |suffix: &str| text[..text.len() - suffix.len()].chars().next_back();
        let after_digit = |suffix: &str| before(suffix).is_some_and(|c| c.is_ascii_digit());
        let mut longest = 0;
        if self.is_mark(last) || self.icons.has(last) {
            longest = last.len_utf8();
        }
        if text.ends_with("……") {
            longest = "……".len();
        }
        for genitive in ["'s", "'S", "’s", "’S"] {
            if text.ends_with(genitive) {
                longest = longest.max(genitive.len());
            }
        }
        match last {
            '.' => longest = longest.max(self.stop_len(text)),
            '+' if after_digit("+") => longest = longest.max(1),
            _ => {
                for sign in self.currency.iter().chain(&self.units) {
                    if sign.len() > longest && text.ends_with(*sign) && after_digit(sign) {
                        longest = sign.len();
                    }
                }
            }
        }
        longest
    }

    /// A run of stops, or one stop where it ends a sentence rather than an abbreviation.
    fn stop_len(&self, text: &str) -> usize {
        let run = text.len() - text.trim_end_matches('.').len();
        if run > 1 {
            return run;
        }
        let mut back = text[..text.len() - 1].chars().rev();
        let (one, two) = (back.next(), back.next());
        let ends = match (one, two) {
            (Some('F' | 'f' | 'C' | 'c' | 'K' | 'k'), Some('°')) => true,
            (Some(one), _) if self.before_stop.has(one) => true,
            (Some(one), Some(two)) => self.alpha_upper.has(one) && self.alpha_upper.has(two),
            (Some(_), None) | (None, _) => false,
        };
        usize::from(ends)
    }

    /// The stretches inside at which the text is split, in order, each a byte range.
    pub fn infixes(&self, text: &str) -> Vec<(usize, usize)> {
        let mut found = Vec::new();
        let mut at = 0;
        let mut before: Option<char> = None;
        while let Some(here) = text[at..].chars().next() {
            let len = self.infix_len(&text[at..], before, here);
            if len > 0 {
                found.push((at, at + len));
                before = text[..at + len].chars().next_back();
                at += len;
            } else {
                before = Some(here);
                at += here.len_utf8();
            }
        }
        found
    }

    fn infix_len(&self, rest: &str, before: Option<char>, here: char) -> usize {
        let after = |len: usize| rest[len..].chars().next();
        let next = after(here.len_utf8());
        if here == '.' && next == Some('.') {
            return rest.len() - rest.trim_start_matches('.').len();
        }
        if here == '…' || self.icons.has(here) {
            return here.len_utf8();
        }
        let Some(before) = before else { return 0 };
        let is_letter = |c: Option<char>| c.is_some_and(|c| self.alpha.has(c));
        let between_numbers = matches!(here, '+' | '-' | '*' | '^')
            && before.is_ascii_digit()
            && next.is_some_and(|c| c.is_ascii_digit() || c == '-');
        let between_sentences = here == '.'
            && self.lower_or_quote.has(before)
            && next.is_some_and(|c| self.upper_or_quote.has(c));
        let between_words = here == ',' && self.alpha.has(before) && is_letter(next);
        if between_numbers || between_sentences || between_words {
            return 1;
        }
        if !(self.alpha.has(before) || before.is_ascii_digit()) {
            return 0;
        }
        for hyphen in &self.hyphens {
            if rest.starts_with(*hyphen) && is_letter(after(hyphen.len())) {
                return hyphen.len();
            }
        }
        usize::from(matches!(here, ':' | '<' | '>' | '=' | '/') && is_letter(next))
    }
}
