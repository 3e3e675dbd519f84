//! What stands around a time expression: the preposition before it, the noun behind it, the tags and names that tell that it is
//! none.

use super::book::DayBook;
use super::lex::{Atom, Cursor, Shape};
use super::meaning::{From, Meaning, When, Which, YearRef};
use super::resolve::Open;
use super::scan::{Match, Scan};
use super::tense::{self, Tense};
use crate::analysis::Analysis;
use crate::grammar::{Dep, NameLabel, Pos};
use crate::text::{Bytes, Span, Tokens};

/// What stands around one expression.
#[derive(Clone, Copy, Debug)]
pub struct Around {
    /// Which way its sentence looks.
    pub tense: Tense,
    /// Which sentence it stands in.
    pub sentence: usize,
    /// Whether a noun follows that it belongs to: "the March elections", "Friday prayers".
    pub attributive: bool,
}

/// Which side the words before an expression open.
pub fn open(scan: &Scan, index: usize, attributive: bool, book: &DayBook) -> Option<Open> {
    let found = &scan.matches[index];
    let mut at = Cursor::new(&scan.atoms, found.atoms.start, book);
    let end = Cursor::new(&scan.atoms, found.atoms.end, book);
    if matches!(at.word_before(1), "least" | "the") {
        at = Cursor::new(&scan.atoms, at.at() - 1, book);
        if at.word_before(1) == "at" {
            at = Cursor::new(&scan.atoms, at.at() - 1, book);
        }
    }
    let possessive =
        end.possessive().is_some() && matches!(end.atom().map(|a| &a.shape), Some(Shape::Mark(_)));
    match at.word_before(1) {
        "since" => Some(Open::From),
        "until" | "till" | "til" => Some(Open::To),
        "through" if !possessive => Some(Open::To),
        "by" if !possessive => Some(Open::To),
        "than" if at.word_before(2) == "later" && at.word_before(3) == "no" => Some(Open::To),
        "from" | "starting" | "beginning" if !possessive && !attributive => Some(Open::From),
        "before" if !possessive && !attributive => Some(Open::Before),
        "after" if !possessive && !attributive => Some(Open::After),
        _ => None,
    }
}

/// The tokens of one paragraph.
pub struct Paragraph<'a> {
    /// The grammar of the document.
    pub analysis: &'a Analysis,
    /// The paragraph's tokens.
    pub tokens: Span<Tokens>,
    /// Where the paragraph begins in its field.
    pub offset: usize,
}

impl Paragraph<'_> {
    /// What stands around an expression that touches these tokens.
    pub fn around(&self, touched: Span<Tokens>) -> Around {
        let follows = self.tokens.holds(touched.end).then(|| self.analysis.tokens[touched.end].pos);
        Around {
            tense: tense::of(self.analysis, touched),
            sentence: self.analysis.tokens.get(touched.start).map_or(0, |token| token.sentence),
            attributive: matches!(follows, Some(Pos::Noun | Pos::Propn)),
        }
    }

    /// The tokens that a stretch of the paragraph's text touches; empty where it touches none.
    pub fn touched(&self, bytes: Span<Bytes>) -> Span<Tokens> {
        let bytes = bytes.shift(self.offset);
        let tokens = &self.analysis.tokens[self.tokens.range()];
        let first = tokens.partition_point(|token| token.span.end <= bytes.start);
        let last = tokens.partition_point(|token| token.span.start < bytes.end);
        Span::new(self.tokens.start + first, self.tokens.start + last)
    }

    /// Whether tags and names say that a single word is no time: a verb, a person, a newspaper.
    pub fn refuses(&self, atoms: &[Atom], found: &Match) -> bool {
        let span = atoms[found.atoms.start].span.cover(atoms[found.atoms.end - 1].span);
        let touched = self.touched(span);
        if touched.is_empty() {
            return false;
        }
        let wordy = atoms[found.atoms.clone()].iter().all(|atom| matches!(atom.shape, Shape::Word(_)));
        let single = found.atoms.len() == 1 && wordy;
        let first = &self.analysis.tokens[touched.start];
        if first.lower == "that" && first.tag == "IN" {
            return true; // "say that Tuesday's raid was ordered"
        }
        let thing = matches!(first.dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj | Dep::Pobj | Dep::Appos);
        if single && first.lower.ends_with("ly") && matches!(found.meaning, Meaning::Set(_)) && thing {
            return true; // "a business daily"
        }
        let token = &self.analysis.tokens[touched.start];
        let month = matches!(found.meaning, Meaning::Date(When::Month { .. }, None));
        if single && month && (token.tag == "MD" || (token.pos == Pos::Verb && token.tag != "VBG")) {
            return true;
        }
        let season = matches!(
            &found.meaning,
            Meaning::Date(When::Season { year: YearRef::Unsaid, which: Which::Tense, .. }, None)
        );
        let last = &self.analysis.tokens[touched.end - 1];
        if season && last.head > touched.end - 1 && matches!(last.dep, Dep::Compound | Dep::Amod) {
            return true; // "the spring sunshine"
        }
        single && !counts_from_writing(&found.meaning) && self.is_inside_name(touched)
    }

    /// Whether the tokens are a part of a longer name of somebody or something.
    fn is_inside_name(&self, tokens: Span<Tokens>) -> bool {
        let names = &self.analysis.names;
        let from = names.partition_point(|name| name.tokens.end <= tokens.start);
        names.get(from).is_some_and(|name| {
            let named = matches!(
                name.label,
                NameLabel::Person
                    | NameLabel::Org
                    | NameLabel::Fac
                    | NameLabel::WorkOfArt
                    | NameLabel::Product
                    | NameLabel::Law
            );
            let longer = name.tokens.contains(tokens) && name.tokens.len() > tokens.len();
            named && longer && self.capitals_around(name.tokens, tokens)
        })
    }

    /// Whether the rest of the name is written as one; the recogniser swallows a neighbouring "Friday" at times.
    fn capitals_around(&self, name: Span<Tokens>, tokens: Span<Tokens>) -> bool {
        let next_to = [tokens.start.checked_sub(1), Some(tokens.end)];
        next_to.into_iter().flatten().any(|at| name.holds(at) && self.analysis.tokens[at].pos == Pos::Propn)
    }
}

/// "Today" and its kin are never names.
fn counts_from_writing(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Date(When::Counted { from: From::Publication, .. }, _))
}
