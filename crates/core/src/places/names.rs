//! The names of the recogniser, by token.

use std::collections::HashSet;

use smol_str::SmolStr;

use crate::grammar::NameLabel;
use crate::places::recognise::Words;
use crate::text::{Span, Tokens};

/// The names of the recogniser by token.
pub(super) struct NameMap {
    by_token: Vec<Option<u32>>,
    /// Which tokens, without article and possessive, and what kind of name.
    pub list: Vec<(Span<Tokens>, NameLabel)>,
    /// The words of persons' names of more than one word, in lower case.
    pub person_words: HashSet<SmolStr>,
}

impl NameMap {
    /// The names of the document.
    pub fn of(words: Words<'_>) -> Self {
        let analysis = words.analysis;
        let mut map = Self {
            by_token: vec![None; analysis.tokens.len()],
            list: Vec::with_capacity(analysis.names.len()),
            person_words: HashSet::new(),
        };
        for name in &analysis.names {
            let tokens = trimmed(words, name.tokens);
            for at in tokens.range() {
                map.by_token[at] = Some(map.list.len() as u32);
            }
            if name.label == NameLabel::Person && tokens.len() > 1 {
                map.person_words.extend(tokens.range().map(|at| analysis.tokens[at].lower.clone()));
            }
            map.list.push((tokens, name.label));
        }
        map
    }

    /// The name that a token belongs to.
    pub fn at(&self, token: usize) -> Option<(Span<Tokens>, NameLabel)> {
        self.list.get((*self.by_token.get(token)?)? as usize).copied()
    }

    /// The label of the name that a token belongs to.
    pub fn label(&self, token: usize) -> Option<NameLabel> {
        self.at(token).map(|(_, label)| label)
    }
}

/// A name without a leading article and a trailing possessive.
fn trimmed(words: Words<'_>, name: Span<Tokens>) -> Span<Tokens> {
    let mut name = name;
    while name.len() > 1 && matches!(words.surface(name.start), "the" | "The" | "THE") {
        name.start += 1;
    }
    while name.len() > 1 && matches!(words.surface(name.end - 1), "'s" | "’s" | "'" | "’" | "'S" | "’S")
    {
        name.end -= 1;
    }
    name
}
