//! Time expressions found in a text: read by the grammar, without those that are part of a name.

use super::book::DayBook;
use super::grammar;
use super::lex::{self, Atom, Cursor, Shape};
use super::meaning::{Meaning, When, YearRef};

/// An expression in a text, not yet resolved.
pub struct Match {
    /// Its atoms.
    pub atoms: std::ops::Range<usize>,
    /// What it says.
    pub meaning: Meaning,
    /// The rule that read it.
    pub rule: &'static str,
}

/// A text cut into atoms, with the expressions in it.
pub struct Scan {
    /// The atoms.
    pub atoms: Vec<Atom>,
    /// The expressions, in order, without overlap.
    pub matches: Vec<Match>,
}

/// Finds the expressions of a text; `refused` says which of them are none, given where they stand.
pub fn scan(text: &str, book: &DayBook, refused: impl Fn(&[Atom], &Match) -> bool) -> Scan {
    let atoms = lex::cut(text);
    let mut matches = Vec::new();
    let mut at = 0;
    while at < atoms.len() {
        let begins = match &atoms[at].shape {
            Shape::Word(_) => {
                at == 0
                    || atoms[at].spaced
                    || !matches!(atoms[at - 1].shape, Shape::Word(_) | Shape::Mark('\'' | '’'))
            }
            Shape::Number { .. } => at == 0 || atoms[at].spaced || !is_joined(&atoms, at),
            Shape::Mark(mark) => matches!(mark, '\'' | '’' | '½'),
        };
        let found = if begins { grammar::read(Cursor::new(&atoms, at, book)) } else { None };
        let found = found.map(|(meaning, end, rule)| Match { atoms: at..end, meaning, rule });
        match found.filter(|found| found.atoms.end > at) {
            Some(found) if is_name(&atoms, &found, book) => at = found.atoms.end,
            Some(found) if !refused(&atoms, &found) => {
                at = found.atoms.end;
                matches.push(found);
            }
            Some(_) | None => at += 1,
        }
    }
    Scan { atoms, matches }
}

/// Whether a number goes on what stands before it: "F-16", "$5", "Covid-19", "1.5".
fn is_joined(atoms: &[Atom], at: usize) -> bool {
    match &atoms[at - 1].shape {
        Shape::Word(word) => !matches!(word.as_str(), "q" | "t"),
        Shape::Number { .. } => true,
        Shape::Mark('-' | '–' | '‑') => {
            at >= 2 && !atoms[at - 1].spaced && !is_month_or_mid(&atoms[at - 2])
        }
        Shape::Mark('$' | '£' | '€' | '#' | '/' | '.' | ':' | '+') => true,
        Shape::Mark(_) => false,
    }
}

fn is_month_or_mid(atom: &Atom) -> bool {
    match &atom.shape {
        Shape::Word(word) => matches!(word.as_str(), "mid" | "early" | "late" | "pre" | "post"),
        Shape::Number { .. } | Shape::Mark(_) => false,
    }
}

/// Whether the words around an expression make it part of a name.
fn is_name(atoms: &[Atom], found: &Match, book: &DayBook) -> bool {
    let (start, end) =
        (Cursor::new(atoms, found.atoms.start, book), Cursor::new(atoms, found.atoms.end, book));
    match &found.meaning {
        Meaning::Date(When::MonthDay { year: YearRef::Unsaid, .. } | When::Named(..), None) => {
            book.is_in_name(end)
        }
        Meaning::Date(_, None) | Meaning::Set(_) if found.atoms.len() == 1 => book.is_paper(start, end),
        _ => false,
    }
}
