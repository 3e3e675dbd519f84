//! Text cut into words, numbers and marks, finer than tokens: "8.30pm" and "2024-03-22T19:25Z" come in pieces, however an
//! annotator cuts them.

use smol_str::SmolStr;

use super::book::DayBook;
use crate::text::{Bytes, Span};

/// What an atom is.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Letters, in lower case.
    Word(SmolStr),
    /// Digits, thousands' commas left out of the value.
    Number {
        /// What they say.
        value: u32,
        /// How many digits; 0 where they are grouped by commas ("2,015"), which no year is.
        digits: u8,
    },
    /// Any other character.
    Mark(char),
}

/// One atom of text.
#[derive(Clone, Debug, PartialEq)]
pub struct Atom {
    /// What it is.
    pub shape: Shape,
    /// Where it stands in the text that was cut.
    pub span: Span<Bytes>,
    /// Whether white space stands before it.
    pub spaced: bool,
    /// Whether it begins with a capital letter.
    pub capital: bool,
    /// Whether it is a word of two letters or more, all of them capitals.
    pub shouted: bool,
}

/// Cuts a text into atoms.
pub fn cut(text: &str) -> Vec<Atom> {
    let mut atoms = Vec::with_capacity(text.len() / 4);
    let mut spaced = false;
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        if first.is_whitespace() {
            spaced = true;
            at += first.len_utf8();
            continue;
        }
        let (shape, len) = if first.is_ascii_digit() { number(rest) } else { word_or_mark(rest, first) };
        let words = &rest[..len];
        atoms.push(Atom {
            shape,
            span: Span::new(at, at + len),
            spaced,
            capital: first.is_uppercase(),
            shouted: words.chars().nth(1).is_some() && words.chars().all(char::is_uppercase),
        });
        spaced = false;
        at += len;
    }
    atoms
}

fn word_or_mark(rest: &str, first: char) -> (Shape, usize) {
    if !first.is_alphabetic() {
        return (Shape::Mark(first), first.len_utf8());
    }
    let len = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    (Shape::Word(lower(&rest[..len])), len)
}

fn lower(word: &str) -> SmolStr {
    if word.chars().any(char::is_uppercase) { SmolStr::from(word.to_lowercase()) } else { SmolStr::new(word) }
}

/// Digits with their groups of three, where commas set such apart.
fn number(rest: &str) -> (Shape, usize) {
    let bytes = rest.as_bytes();
    let run = |from: usize| bytes[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let plain = run(0);
    let mut len = plain;
    while plain <= 3 && bytes.get(len) == Some(&b',') && run(len + 1) == 3 {
        len += 4;
    }
    let value = bytes[..len]
        .iter()
        .filter(|b| b.is_ascii_digit())
        .fold(0_u32, |sum, b| sum.saturating_mul(10).saturating_add(u32::from(b - b'0')));
    let digits = if len > plain { 0 } else { u8::try_from(plain).unwrap_or(u8::MAX) };
    (Shape::Number { value, digits }, len)
}

/// A place among the atoms of a text, from which rules read on. Reading past the end gives nothing.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'a> {
    atoms: &'a [Atom],
    at: usize,
    book: &'a DayBook,
}

impl<'a> Cursor<'a> {
    /// The place before atom `at`; the book tells the days that have names.
    pub fn new(atoms: &'a [Atom], at: usize, book: &'a DayBook) -> Self {
        Self { atoms, at, book }
    }

    /// The days that have names.
    pub fn book(self) -> &'a DayBook {
        self.book
    }

    /// Index of the next atom.
    pub fn at(self) -> usize {
        self.at
    }

    /// The next atom.
    pub fn atom(self) -> Option<&'a Atom> {
        self.atoms.get(self.at)
    }

    /// The atom `by` places before the next one; the last one read is 1.
    pub fn before(self, by: usize) -> Option<&'a Atom> {
        self.at.checked_sub(by).and_then(|at| self.atoms.get(at))
    }

    /// The word `by` places before the next atom, or nothing where there stands none.
    pub fn word_before(self, by: usize) -> &'a str {
        match self.before(by).map(|atom| &atom.shape) {
            Some(Shape::Word(word)) => word,
            _ => "",
        }
    }

    /// The next word, or nothing where the next atom is none.
    pub fn word(self) -> &'a str {
        match self.atom().map(|atom| &atom.shape) {
            Some(Shape::Word(word)) => word,
            _ => "",
        }
    }

    /// Past the next atom.
    pub fn next(self) -> Self {
        Self { at: (self.at + 1).min(self.atoms.len()), ..self }
    }

    /// Whether the next atom follows the last without a space.
    pub fn glued(self) -> bool {
        self.atom().is_some_and(|atom| !atom.spaced)
    }

    /// Past this word.
    pub fn take(self, word: &str) -> Option<Self> {
        (self.word() == word).then(|| self.next())
    }

    /// Past one of these words.
    pub fn take_any(self, words: &[&str]) -> Option<Self> {
        words.contains(&self.word()).then(|| self.next())
    }

    /// Past these words in a row.
    pub fn take_all(self, words: &[&str]) -> Option<Self> {
        words.iter().try_fold(self, |at, word| at.take(word))
    }

    /// Past this word where it stands here.
    pub fn skip(self, word: &str) -> Self {
        self.take(word).unwrap_or(self)
    }

    /// Past one of these words where one stands here.
    pub fn skip_any(self, words: &[&str]) -> Self {
        self.take_any(words).unwrap_or(self)
    }

    /// Past this mark.
    pub fn mark(self, mark: char) -> Option<Self> {
        (self.atom()?.shape == Shape::Mark(mark)).then(|| self.next())
    }

    /// Past this mark where it stands here.
    pub fn skip_mark(self, mark: char) -> Self {
        self.mark(mark).unwrap_or(self)
    }

    /// Past a hyphen or an en dash.
    pub fn hyphen(self) -> Option<Self> {
        ['-', '–', '‑', '−'].into_iter().find_map(|mark| self.mark(mark))
    }

    /// Past a number of at most `digits` digits, not grouped, and its value.
    pub fn digits(self, digits: std::ops::RangeInclusive<u8>) -> Option<(u32, Self)> {
        match self.atom()?.shape {
            Shape::Number { value, digits: found } if digits.contains(&found) => Some((value, self.next())),
            _ => None,
        }
    }

    /// Past the possessive ending, in any of its spellings.
    pub fn possessive(self) -> Option<Self> {
        let mark = self.mark('\'').or_else(|| self.mark('’'))?;
        if !self.glued() {
            return None;
        }
        if mark.glued() && mark.word() == "s" {
            return Some(mark.next());
        }
        self.word_before(1).ends_with('s').then_some(mark)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let atoms = cut(text);
        atoms.iter().map(|a| a.span.of(text).to_owned()).collect()
    }

    #[test]
    fn letters_and_digits_come_apart() {
        assert_eq!(shown("8.30pm, 1990s"), ["8", ".", "30", "pm", ",", "1990", "s"]);
        assert_eq!(shown("2024-03-22T19:25Z"), ["2024", "-", "03", "-", "22", "T", "19", ":", "25", "Z"]);
    }

    #[test]
    fn grouped_numbers_stay_whole_and_are_no_years() {
        let atoms = cut("2,015 of March 22,2024");
        assert_eq!(atoms[0].shape, Shape::Number { value: 2015, digits: 0 });
        assert_eq!(atoms[3].shape, Shape::Number { value: 22, digits: 2 });
    }

    #[test]
    fn ugly_text_is_cut_on_boundaries() {
        let text = "Ждань—’½…\u{301}99999999999999999999 é";
        assert!(cut(text).iter().all(|atom| !atom.span.of(text).is_empty()));
    }

    #[test]
    fn possessives_in_all_spellings() {
        for text in ["Friday's", "Friday’s", "days' notice"] {
            assert!(Cursor::new(&cut(text), 1, &DayBook::default()).possessive().is_some(), "{text}");
        }
        assert!(Cursor::new(&cut("day 'twas"), 1, &DayBook::default()).possessive().is_none());
    }
}
