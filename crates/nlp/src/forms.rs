//! What the encoders see of a token: norm, prefix, suffix and shape of its form.

use std::collections::HashMap;

use crate::hash::string_id;
use crate::model::{Model, ModelError, Table};

/// The features of a form, as ids of strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Features {
    /// Norm, prefix, suffix, shape.
    pub ids: [u64; 4],
    /// Whether the form is white space.
    pub is_space: bool,
}

/// Makes features of forms.
pub struct Forms {
    norms: Table,
    /// Strings that have a fixed small id in place of their hash.
    symbols: HashMap<&'static str, u64>,
}

impl Forms {
    /// Reads the tables.
    ///
    /// # Errors
    /// Where the model lacks one.
    pub fn new(model: &Model) -> Result<Self, ModelError> {
        let symbols = model.table("symbols")?.iter().filter_map(|(name, id)| Some((name, id.parse().ok()?)));
        Ok(Self { norms: model.table("norms")?, symbols: symbols.collect() })
    }

    /// The features of a form; a special case brings its own norm.
    pub fn features(&self, form: &str, norm: Option<&str>) -> Features {
        let norm = match norm.or_else(|| self.norms.get(&format!("{:016x}", string_id(form)))) {
            Some(norm) => self.id(norm),
            None => self.id(&form.to_lowercase()),
        };
        let first = form.char_indices().nth(1).map_or(form, |(end, _)| &form[..end]);
        let last_three = form.char_indices().rev().nth(2).map_or(form, |(start, _)| &form[start..]);
        let ids = [norm, self.id(first), self.id(last_three), self.id(&shape(form))];
        Features { ids, is_space: is_space(form) }
    }

    fn id(&self, text: &str) -> u64 {
        if text.is_empty() {
            return 0;
        }
        self.symbols.get(text).copied().unwrap_or_else(|| string_id(text))
    }
}

/// Whether the form holds nothing but white space, as Python's `str.isspace` has it.
pub fn is_space(form: &str) -> bool {
    !form.is_empty() && form.chars().all(is_space_character)
}

/// White space as Python has it: the information separators count too.
pub fn is_space_character(character: char) -> bool {
    character.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&character)
}

/// Letters to x or X, digits to d, runs cut to four; `LONG` from a hundred characters on.
fn shape(form: &str) -> String {
    if form.chars().count() >= 100 {
        return "LONG".to_owned();
    }
    let mut shape = String::with_capacity(form.len());
    let (mut last, mut run) = (None, 0);
    for character in form.chars() {
        let class = match character {
            c if is_letter(c) => {
                if c.is_uppercase() {
                    'X'
                } else {
                    'x'
                }
            }
            c if is_digit(c) => 'd',
            c => c,
        };
        run = if last == Some(class) { run + 1 } else { 0 };
        last = Some(class);
        if run < 4 {
            shape.push(class);
        }
    }
    shape
}

/// Letters as Python's `str.isalpha` has them: without letter numbers and circled letters.
pub fn is_letter(character: char) -> bool {
    character.is_alphabetic()
        && !matches!(character, '\u{345}' | '\u{2160}'..='\u{2188}' | '\u{24b6}'..='\u{24e9}' | '\u{3007}' | '\u{3021}'..='\u{3029}')
}

/// Digits as Python's `str.isdigit` has them: superscripts too, fractions and Roman numerals not.
fn is_digit(character: char) -> bool {
    character.is_ascii_digit()
        || (character.is_numeric()
            && !is_letter(character)
            && !matches!(character, '\u{bc}'..='\u{be}' | '\u{2150}'..='\u{218b}' | '\u{3007}' | '\u{3021}'..='\u{3029}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_follow_case_and_digits_and_cut_runs() {
        assert_eq!(shape("Khartoum"), "Xxxxx");
        assert_eq!(shape("AK-47s"), "XX-ddx");
        assert_eq!(shape("m²"), "xd");
    }
}
