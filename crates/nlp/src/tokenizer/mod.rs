//! Text to tokens: chunks between spaces, special cases, affixes split off, infixes split at.

mod affixes;
mod url;

use std::collections::HashMap;

use crate::forms::is_space_character;
use crate::model::{Characters, Model, ModelError};
use affixes::Affixes;

/// One token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// First byte.
    pub start: usize,
    /// Byte after the last.
    pub end: usize,
    /// The norm that a special case brings.
    pub norm: Option<&'static str>,
    /// Whether a space follows.
    pub space_after: bool,
}

/// A piece of a special case: its length in bytes and its norm.
type SpecialPiece = (usize, Option<&'static str>);

/// Splits text into tokens.
pub struct Tokenizer {
    affixes: Affixes,
    alpha_lower: Characters,
    special: HashMap<&'static str, Vec<SpecialPiece>>,
    /// Special cases that the affix rules would split, by their first piece: looked for again among the tokens.
    resplit: HashMap<String, Vec<Vec<String>>>,
}

impl Tokenizer {
    /// Reads the rules.
    ///
    /// # Errors
    /// Where the model lacks a section.
    pub fn new(model: &Model) -> Result<Self, ModelError> {
        let special = model
            .table("special_cases")?
            .iter()
            .map(|(text, pieces)| {
                let pieces = pieces.split('\x1e').map(|piece| match piece.split_once('\x1f') {
                    Some((form, norm)) => (form.len(), Some(norm)),
                    None => (piece.len(), None),
                });
                (text, pieces.collect())
            })
            .collect();
        let mut tokenizer = Self {
            affixes: Affixes::new(model)?,
            alpha_lower: model.characters("class.alpha_lower")?,
            special,
            resplit: HashMap::new(),
        };
        tokenizer.find_resplit();
        Ok(tokenizer)
    }

    fn find_resplit(&mut self) {
        let mut resplit: HashMap<String, Vec<Vec<String>>> = HashMap::new();
        for text in self.special.keys() {
            let has_affix = self.affixes.prefix_len(text) > 0
                || self.affixes.suffix_len(text) > 0
                || !self.affixes.infixes(text).is_empty();
            if has_affix {
                let mut pieces = Vec::new();
                self.split_chunk(text, 0, false, &mut pieces);
                let forms: Vec<String> = pieces.iter().map(|p| text[p.start..p.end].to_owned()).collect();
                if let Some(first) = forms.first() {
                    resplit.entry(first.clone()).or_default().push(forms);
                }
            }
        }
        for forms in resplit.values_mut() {
            forms.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        }
        self.resplit = resplit;
    }

    /// The tokens of a text, in order; between them stands nothing but single spaces.
    pub fn tokens(&self, text: &str) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::with_capacity(text.len() / 5);
        let mut start = 0;
        let mut in_space = text.chars().next().is_some_and(is_space_character);
        for (at, character) in text.char_indices() {
            if is_space_character(character) != in_space {
                if start < at {
                    self.split_chunk(&text[start..at], start, true, &mut pieces);
                }
                if character == ' ' {
                    if let Some(last) = pieces.last_mut() {
                        last.space_after = true;
                    }
                    start = at + 1;
                } else {
                    start = at;
                }
                in_space = !in_space;
            }
        }
        if start < text.len() {
            self.split_chunk(&text[start..], start, true, &mut pieces);
            if let Some(last) = pieces.last_mut() {
                last.space_after = text.ends_with(' ') && !in_space;
            }
        }
        self.rejoin(text, pieces)
    }

    /// Splits what stands between spaces; `offset` is where it stands in the text.
    fn split_chunk(&self, chunk: &str, offset: usize, with_special: bool, pieces: &mut Vec<Piece>) {
        let is_special = |text: &str| with_special && self.special.contains_key(text);
        if is_special(chunk) {
            return self.push_special(chunk, offset, pieces);
        }
        let (mut start, mut end) = (0, chunk.len());
        let mut suffixes: Vec<(usize, usize)> = Vec::new();
        loop {
            let rest = &chunk[start..end];
            if rest.is_empty() || is_special(rest) {
                break;
            }
            let prefix = self.affixes.prefix_len(rest);
            if prefix > 0 && prefix < rest.len() && is_special(&rest[prefix..]) {
                pieces.push(plain(offset + start, offset + start + prefix));
                start += prefix;
                break;
            }
            let suffix = self.affixes.suffix_len(&rest[prefix..]);
            if suffix > 0 && suffix < rest.len() && is_special(&rest[..rest.len() - suffix]) {
                suffixes.push((end - suffix, end));
                end -= suffix;
                break;
            }
            if prefix == 0 && suffix == 0 {
                break;
            }
            if prefix > 0 {
                pieces.push(plain(offset + start, offset + start + prefix));
                start += prefix;
            }
            if suffix > 0 {
                suffixes.push((end - suffix, end));
                end -= suffix;
            }
        }
        self.push_middle(&chunk[start..end], offset + start, with_special, pieces);
        pieces.extend(suffixes.iter().rev().map(|&(from, to)| plain(offset + from, offset + to)));
    }

    fn push_special(&self, text: &str, offset: usize, pieces: &mut Vec<Piece>) {
        let mut at = offset;
        for &(len, norm) in self.special.get(text).into_iter().flatten() {
            pieces.push(Piece { start: at, end: at + len, norm, space_after: false });
            at += len;
        }
    }

    fn push_middle(&self, text: &str, offset: usize, with_special: bool, pieces: &mut Vec<Piece>) {
        if text.is_empty() {
            return;
        }
        if with_special && self.special.contains_key(text) {
            return self.push_special(text, offset, pieces);
        }
        if url::is_url(text, &self.alpha_lower) {
            return pieces.push(plain(offset, offset + text.len()));
        }
        let mut start = 0;
        for (from, to) in self.affixes.infixes(text) {
            // An infix at the very start splits nothing.
            if from == 0 {
                continue;
            }
            if from != start {
                pieces.push(plain(offset + start, offset + from));
            }
            pieces.push(plain(offset + from, offset + to));
            start = to;
        }
        if start < text.len() {
            pieces.push(plain(offset + start, offset + text.len()));
        }
    }

    /// Puts special cases together again that affix rules took apart.
    fn rejoin(&self, text: &str, pieces: Vec<Piece>) -> Vec<Piece> {
        let form = |piece: &Piece| &text[piece.start..piece.end];
        let joined = |at: usize| -> Option<usize> {
            let fits = |forms: &&Vec<String>| {
                let run = pieces.get(at..at + forms.len())?;
                run.iter()
                    .zip(forms.iter())
                    .all(|(piece, wanted)| form(piece) == wanted)
                    .then_some(forms.len())
            };
            self.resplit.get(form(&pieces[at]))?.iter().find_map(|forms| fits(&forms))
        };
        if !(0..pieces.len()).any(|at| joined(at).is_some()) {
            return pieces;
        }
        let mut whole = Vec::with_capacity(pieces.len());
        let mut at = 0;
        while at < pieces.len() {
            let run = joined(at).map(|len| &pieces[at..at + len]);
            let (first, last) = match run {
                Some([first, .., last]) => (first, last),
                Some([only]) => (only, only),
                _ => {
                    whole.push(pieces[at]);
                    at += 1;
                    continue;
                }
            };
            let special = &text[first.start..last.end];
            if self.special.contains_key(special) {
                self.push_special(special, first.start, &mut whole);
                if let Some(end) = whole.last_mut() {
                    end.space_after = last.space_after;
                }
            } else {
                whole.extend_from_slice(run.unwrap_or(&[]));
            }
            at += run.map_or(1, <[Piece]>::len);
        }
        whole
    }
}

const fn plain(start: usize, end: usize) -> Piece {
    Piece { start, end, norm: None, space_after: false }
}
