//! Names and titles of the book found in a text: the longest that fits, from left to right.

use std::ops::Range;

use smol_str::SmolStr;

use super::book::{ActorBook, ActorId, NameRef, RowName};
use super::functions::FunctionId;
use super::kind::NameKind;
use super::names::{Node, Trie, WordId};
use super::words::{Case, Piece, Shape, Word, is_article, is_passed_over, pieces, sound};

/// One way to understand a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sense {
    /// Who is meant.
    pub id: ActorId,
    /// How the name belongs to the actor, or to the one with which an office or institution is composed.
    pub name: NameKind,
    /// Whether the words name an institution or office of the one named.
    pub composed: bool,
    /// Whether the name may as well mean something that the book does not hold ("Jordan").
    pub weak: bool,
    /// Whether only the sound of the name agrees.
    pub sound: bool,
    /// Whether an abbreviation is written as a word ("Nato").
    pub as_word: bool,
    /// Whether a name is written without its capitals.
    pub lower_case: bool,
    /// Whether the text says that the office was left ("former").
    pub former: bool,
}

/// A name or title in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its tokens.
    pub words: Range<usize>,
    /// Who may be meant, in the order of the tables.
    pub senses: Vec<Sense>,
}

/// How strictly the case of letters is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CaseRule {
    /// As in running text: "us" is nobody.
    Text,
    /// As somebody types a name to look it up.
    Query,
}

impl ActorBook {
    /// The names and titles in a text, the longest that fits at each place; they do not overlap.
    pub fn find(&self, words: &[Word<'_>]) -> Vec<Found> {
        Finder::new(self, words, CaseRule::Text).all()
    }
}

/// What fits at one place of a text, up to a piece.
pub(super) struct Fit {
    pub end: usize,
    pub senses: Vec<Sense>,
}

pub(super) struct Finder<'b> {
    book: &'b ActorBook,
    pub(super) pieces: Vec<Piece>,
    ids: Vec<Option<WordId>>,
    rule: CaseRule,
}

impl<'b> Finder<'b> {
    pub fn new(book: &'b ActorBook, words: &[Word<'_>], rule: CaseRule) -> Self {
        let pieces = pieces(words);
        let ids = pieces.iter().map(|piece| word(piece).and_then(|word| book.words.get(word))).collect();
        Self { book, pieces, ids, rule }
    }

    pub fn all(&self) -> Vec<Found> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.pieces.len() {
            match self.best(at).filter(|_| self.begins_token(at)) {
                Some(fit) => {
                    let words = self.pieces[at].token..self.pieces[fit.end - 1].token + 1;
                    at = fit.end;
                    found.push(Found { words, senses: fit.senses });
                }
                None => at += 1,
            }
        }
        self.narrow(&mut found);
        found
    }

    /// "Norland's HW", "Norlandic HW": of those who bear a name the ones of the country before it.
    fn narrow(&self, found: &mut [Found]) {
        for at in 1..found.len() {
            let (before, rest) = found.split_at_mut(at);
            let (Some(owner), Some(one)) = (before.last(), rest.first_mut()) else { continue };
            if one.senses.len() > 1 && self.are_joined(owner.words.end, one.words.start) {
                let countries: Vec<_> =
                    owner.senses.iter().filter_map(|sense| self.book.row(sense.id).country).collect();
                let fits = |sense: &Sense| {
                    self.book.row(sense.id).country.is_some_and(|country| countries.contains(&country))
                };
                if one.senses.iter().any(fits) {
                    one.senses.retain(fits);
                }
            }
        }
    }

    /// Whether nothing but "'s" stands between two tokens.
    pub(super) fn are_joined(&self, end: usize, start: usize) -> bool {
        let possessive = |piece: &Piece| piece.shape == Shape::Possessive;
        let mut between = self.pieces.iter().filter(|piece| (end..start).contains(&piece.token));
        end == start || end < start && between.all(possessive)
    }

    fn begins_token(&self, at: usize) -> bool {
        at == 0 || self.pieces[at - 1].token != self.pieces[at].token
    }

    fn ends_token(&self, end: usize) -> bool {
        self.pieces.get(end).is_none_or(|next| self.pieces[end - 1].token != next.token)
    }

    /// The longest fit at a piece; of equals the plain name goes before the composed one.
    fn best(&self, at: usize) -> Option<Fit> {
        word(&self.pieces[at])?;
        let names = self.names(at);
        let composed = self.composed(at, &names);
        let headed = self.headed(at);
        let plain = names.into_iter().next_back();
        let mut best = plain;
        for other in [composed, headed].into_iter().flatten() {
            if best.as_ref().is_none_or(|best| best.end < other.end) {
                best = Some(other);
            }
        }
        best.or_else(|| self.sounding(at))
    }

    /// All names that begin at a piece, the shortest first.
    fn names(&self, at: usize) -> Vec<Fit> {
        let mut found = self.named(at, at);
        if found.is_empty()
            && let Some(behind) = self.behind_article(at)
        {
            found = self.named(at, behind);
        }
        found
    }

    fn behind_article(&self, at: usize) -> Option<usize> {
        let hyphen = self.is_hyphen(at + 1);
        is_article(word(&self.pieces[at])?, hyphen).then_some(at + 1 + usize::from(hyphen))
    }

    fn is_hyphen(&self, at: usize) -> bool {
        self.pieces.get(at).is_some_and(|piece| piece.shape == Shape::Hyphen)
    }

    fn named(&self, start: usize, at: usize) -> Vec<Fit> {
        if self.is_attached_before(start) {
            return Vec::new();
        }
        let ends = self.walk(&self.book.names, at, |at| self.ids[at]);
        let fits = ends.into_iter().filter_map(|(end, node)| {
            if self.is_attached_behind(end) {
                return None;
            }
            let senses: Vec<Sense> = self
                .book
                .names
                .values(node)
                .iter()
                .filter_map(|&name| self.sense(name, at, end, false))
                .collect();
            (!senses.is_empty()).then_some(Fit { end, senses })
        });
        fits.collect()
    }

    /// The ends of all sequences of the trie that begin at a piece, with their nodes.
    fn walk<T>(
        &self,
        trie: &Trie<T>,
        start: usize,
        id: impl Fn(usize) -> Option<WordId>,
    ) -> Vec<(usize, Node)> {
        let mut found = Vec::new();
        let mut node = Trie::<T>::ROOT;
        for at in start..self.pieces.len() {
            match &self.pieces[at].shape {
                Shape::Word(word) => match id(at).and_then(|word| trie.step(node, word)) {
                    Some(next) => {
                        node = next;
                        if !trie.values(node).is_empty() && self.ends_token(at + 1) {
                            found.push((at + 1, node));
                        }
                    }
                    None if node == Trie::<T>::ROOT => break,
                    None if is_passed_over(word) || is_article(word, self.is_hyphen(at + 1)) => {}
                    None => break,
                },
                // "People's Heron Army"
                Shape::Hyphen | Shape::Possessive if node != Trie::<T>::ROOT => {}
                Shape::Hyphen | Shape::Possessive | Shape::Barrier => break,
            }
        }
        found
    }

    /// "pro-Russian", "anti-Heron": the name only tells against or for whom. "ex-president" stays.
    fn is_attached_before(&self, at: usize) -> bool {
        let Some([before, hyphen]) =
            at.checked_sub(2).map(|from| [&self.pieces[from], &self.pieces[from + 1]])
        else {
            return false;
        };
        let attached = hyphen.shape == Shape::Hyphen && hyphen.glued && before.glued;
        attached && before.case == Case::Lower && word(before).is_some_and(|word| !is_past(word))
    }

    /// "Iran-backed": the name only tells by whom.
    fn is_attached_behind(&self, end: usize) -> bool {
        let (Some(hyphen), Some(next)) = (self.pieces.get(end), self.pieces.get(end + 1)) else {
            return false;
        };
        hyphen.shape == Shape::Hyphen
            && self.pieces[end - 1].glued
            && hyphen.glued
            && word(next).is_some()
            && next.case == Case::Lower
    }

    fn sense(&self, reference: NameRef, at: usize, end: usize, sound: bool) -> Option<Sense> {
        let row = &self.book.rows[reference.row as usize];
        let name = &row.names[usize::from(reference.name)];
        let (as_word, lower_case) = self.written(name, at, end)?;
        Some(Sense {
            id: ActorId::of_row(reference.row),
            name: name.kind,
            composed: false,
            weak: name.weak,
            sound,
            as_word,
            lower_case,
            former: false,
        })
    }

    /// Whether the letters are written as the name wants them; then whether an abbreviation is written as a word, and
    /// whether capitals lack.
    fn written(&self, name: &RowName, at: usize, end: usize) -> Option<(bool, bool)> {
        let words: Vec<&Piece> = self.pieces[at..end].iter().filter(|piece| word(piece).is_some()).collect();
        let (first, last) = (words.first()?, words.last()?);
        if name.kind == NameKind::Acronym {
            if words.iter().all(|piece| piece.case == Case::Upper) {
                let spoken = name.text.len() <= 3 && self.is_shouted(at, end);
                return (!spoken || self.rule == CaseRule::Query).then_some((false, false));
            }
            let as_word = first.case == Case::Capitalised && name.text.len() > 3 && !name.strict;
            let query = self.rule == CaseRule::Query;
            return (as_word || query).then_some((as_word, !as_word));
        }
        let capital = |text: &str| text.chars().any(char::is_uppercase);
        let mut parts = name.text.split([' ', '-']);
        let head = parts.next().is_some_and(capital);
        let tail = parts.next_back().is_none_or(capital);
        let lower = head && first.case == Case::Lower
            || tail && last.case == Case::Lower && !self.is_hyphen(end.wrapping_sub(2));
        (!lower || self.rule == CaseRule::Query).then_some((false, lower))
    }

    /// Whether the words around are in capitals too, so that "US" may be "us".
    fn is_shouted(&self, at: usize, end: usize) -> bool {
        let near = at.saturating_sub(6)..(end + 6).min(self.pieces.len());
        let around = near.filter(|piece| !(at..end).contains(piece)).map(|at| &self.pieces[at]);
        let cases: Vec<Case> = around.filter(|piece| word(piece).is_some()).map(|piece| piece.case).collect();
        cases.len() > 1 && cases.iter().all(|&case| case == Case::Upper)
    }

    /// "the Russian president", "Russia's foreign ministry spokeswoman".
    fn composed(&self, at: usize, names: &[Fit]) -> Option<Fit> {
        let mut best: Option<Fit> = None;
        for name in names.iter().rev() {
            let Some(mut fit) = self.extended(&name.senses, name.end) else { continue };
            if let Some(further) = self.extended(&fit.senses, fit.end) {
                fit = further;
            }
            // "the Norlandic army chief": the chief of the army is the state's, not just any chief of a body.
            if best.as_ref().is_none_or(|best| best.end <= fit.end) {
                best = Some(fit);
            }
        }
        let past = self.is_past_before(at);
        best.map(|mut fit| {
            fit.senses.iter_mut().for_each(|sense| sense.former |= past);
            fit
        })
    }

    /// The senses with the institution or office that the words from `from` name.
    fn extended(&self, senses: &[Sense], from: usize) -> Option<Fit> {
        let mut at = from;
        if self.pieces.get(at).is_some_and(|piece| piece.shape == Shape::Possessive) {
            at += 1;
        }
        let mut former = false;
        while let Some(word) = self.pieces.get(at).and_then(word).filter(|word| is_modifier(word)) {
            former |= is_past(word);
            at += 1 + usize::from(self.is_hyphen(at + 1));
        }
        self.functions(at).into_iter().rev().find_map(|(end, functions)| {
            let compose = |sense: &Sense| {
                // A capital's police is its own.
                let owner = sense.name != NameKind::People && sense.name != NameKind::Surname;
                let id = functions.iter().find_map(|&function| self.book.compose(sense.id, function));
                let former = sense.former || former;
                id.filter(|_| owner).map(|id| Sense { id, composed: true, former, ..*sense })
            };
            let senses: Vec<Sense> = senses.iter().filter_map(compose).collect();
            (!senses.is_empty() && !self.is_attached_behind(end)).then_some(Fit { end, senses })
        })
    }

    /// The institutions and offices named from a piece on, the shortest phrase first.
    fn functions(&self, at: usize) -> Vec<(usize, &'b [FunctionId])> {
        let trie = self.book.functions.trie();
        self.walk(trie, at, |at| self.ids[at])
            .into_iter()
            .map(|(end, node)| (end, trie.values(node)))
            .collect()
    }

    /// "the president of Ukraine", "a spokesman for the Heron Front".
    fn headed(&self, at: usize) -> Option<Fit> {
        let past = self.is_past_before(at);
        self.functions(at).into_iter().rev().find_map(|(end, functions)| {
            let preposition = word(self.pieces.get(end)?)?;
            if !matches!(preposition, "of" | "for" | "at" | "in") {
                return None;
            }
            let mut from = end + 1;
            from += usize::from(word(self.pieces.get(from)?)? == "the");
            let owner = self.owner(from)?;
            let compose = |sense: &Sense| {
                let id = functions.iter().find_map(|&function| self.book.compose(sense.id, function))?;
                Some(Sense { id, composed: true, former: past, ..*sense })
            };
            let senses: Vec<Sense> = owner.senses.iter().filter_map(compose).collect();
            (!senses.is_empty()).then_some(Fit { end: owner.end, senses })
        })
    }

    /// Whoever has an office, named behind "of": "Ukraine", "the Russian army", "Israel's Heron Service".
    fn owner(&self, at: usize) -> Option<Fit> {
        word(self.pieces.get(at)?)?;
        let names = self.names(at);
        if let Some(composed) = self.composed(at, &names) {
            return Some(composed);
        }
        let name = names.into_iter().next_back()?;
        let mut behind = name.end;
        if self.pieces.get(behind).is_some_and(|piece| piece.shape == Shape::Possessive) {
            behind += 1;
        }
        let adjective =
            name.senses.iter().all(|sense| matches!(sense.name, NameKind::Adjective | NameKind::People));
        if adjective || behind > name.end {
            let next = self.pieces.get(behind).and_then(word).and_then(|_| self.names(behind).pop());
            if next.is_some() || adjective {
                return next;
            }
        }
        Some(name)
    }

    /// Whether "former" or its like stands before a piece.
    fn is_past_before(&self, at: usize) -> bool {
        let before = |back: usize| at.checked_sub(back).and_then(|at| self.pieces.get(at));
        let hyphen = before(1).is_some_and(|piece| piece.shape == Shape::Hyphen);
        before(1 + usize::from(hyphen)).and_then(word).is_some_and(is_past)
    }

    /// Names of people and groups that sound as what is written.
    fn sounding(&self, at: usize) -> Option<Fit> {
        let at = self.behind_article(at).unwrap_or(at);
        let piece = self.pieces.get(at)?;
        if piece.case == Case::Lower && self.rule == CaseRule::Text || self.is_attached_before(at) {
            return None;
        }
        let heard = |at: usize| word(&self.pieces[at]).and_then(|word| self.book.sounds.get(&sound(word)));
        heard(at)?;
        let ends = self.walk(&self.book.sounding, at, heard);
        ends.into_iter().rev().find_map(|(end, node)| {
            let letters: usize = self.pieces[at..end].iter().filter_map(word).map(str::len).sum();
            if letters < 7 || self.is_attached_behind(end) {
                return None;
            }
            let values = self.book.sounding.values(node).iter();
            let senses: Vec<Sense> = values.filter_map(|&name| self.sense(name, at, end, true)).collect();
            (!senses.is_empty()).then_some(Fit { end, senses })
        })
    }
}

pub(super) fn word(piece: &Piece) -> Option<&str> {
    match &piece.shape {
        Shape::Word(word) => Some(SmolStr::as_str(word)),
        Shape::Hyphen | Shape::Possessive | Shape::Barrier => None,
    }
}

/// Words that say that an office was left.
fn is_past(word: &str) -> bool {
    matches!(
        word,
        "former" | "ex" | "then" | "erstwhile" | "onetime" | "ousted" | "deposed" | "toppled" | "exiled"
    )
}

/// Words between a name and an office that do not change who is meant.
fn is_modifier(word: &str) -> bool {
    is_past(word)
        || matches!(
            word,
            "new" | "current" | "acting" | "interim" | "caretaker" | "outgoing" | "incoming" | "transitional"
        )
}
