//! The book itself: rows, composed actors, terms of office, and what is known of each.

use std::collections::HashMap;

use smol_str::SmolStr;

use super::functions::{FunctionId, Functions, Owner};
use super::kind::{ActorKind, NameKind};
use super::names::{Trie, Words};
use super::table::Confidence;
use crate::reading::{Country, DateRange};

/// An actor of one book: a row, or an institution or office composed with one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActorId {
    pub(super) row: u32,
    pub(super) functions: [Option<FunctionId>; 2],
}

impl ActorId {
    pub(super) const fn of_row(row: u32) -> Self {
        Self { row, functions: [None; 2] }
    }

    /// The actor of which this one is a function, and the function.
    pub(super) fn split(self) -> Option<(Self, FunctionId)> {
        match self.functions {
            [None, _] => None,
            [Some(last), None] => Some((Self::of_row(self.row), last)),
            [first, Some(last)] => Some((Self { row: self.row, functions: [first, None] }, last)),
        }
    }
}

/// A name of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct RowName {
    pub text: SmolStr,
    pub kind: NameKind,
    /// Whether it may as well mean something that the book does not hold.
    pub weak: bool,
    /// Whether an abbreviation counts only in capitals, although it is long enough to be written as a word ("Nato").
    pub strict: bool,
}

/// What one line of a table says of an actor.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub key: SmolStr,
    pub kind: ActorKind,
    pub names: Vec<RowName>,
    pub country: Option<Country>,
    pub cameo: SmolStr,
    pub part_of: Option<ActorId>,
    pub split_from: Option<ActorId>,
    pub active: DateRange,
}

impl Row {
    pub fn name(&self) -> &str {
        self.names.first().map_or(&self.key, |name| &name.text)
    }

    /// The word that qualifies its institutions: "Russian", "US", "FSB".
    pub fn qualifier(&self) -> &str {
        let adjective = self.names.iter().find(|name| name.kind == NameKind::Adjective);
        adjective.map_or_else(|| self.name(), |name| &name.text)
    }
}

/// A term of office.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Who held it.
    pub person: ActorId,
    /// Which office.
    pub office: ActorId,
    /// When, both ends as finely as they are known.
    pub held: DateRange,
    /// How sure the dates are.
    pub confidence: Confidence,
}

/// One name in the index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NameRef {
    pub row: u32,
    /// Number of the name in the row.
    pub name: u16,
}

/// Everybody whom the reader knows by office or standing.
#[derive(Debug, Default)]
pub struct ActorBook {
    pub(super) rows: Vec<Row>,
    pub(super) keys: HashMap<SmolStr, u32>,
    pub(super) functions: Functions,
    pub(super) words: Words,
    pub(super) names: Trie<NameRef>,
    pub(super) sounds: Words,
    pub(super) sounding: Trie<NameRef>,
    pub(super) terms: Vec<Term>,
    pub(super) terms_in: HashMap<ActorId, Vec<u32>>,
    pub(super) terms_of: HashMap<ActorId, Vec<u32>>,
}

/// What the book knows of an actor.
#[derive(Clone, Debug, PartialEq)]
pub struct Actor {
    /// Which actor.
    pub id: ActorId,
    /// Its key in the tables; for a composed one with the functions behind it (`russia.foreign_ministry.spokesperson`).
    pub key: String,
    /// The name by which the book calls it.
    pub name: String,
    /// What it is.
    pub kind: ActorKind,
    /// The country that it belongs to.
    pub country: Option<Country>,
    /// The actor that it is a part, branch, wing or organ of.
    pub part_of: Option<ActorId>,
    /// The group from which it split.
    pub split_from: Option<ActorId>,
    /// When it has existed, as far as that is known.
    pub active: DateRange,
    /// Actor code in the manner of CAMEO.
    pub cameo: Option<String>,
}

impl ActorBook {
    /// The number of actors that have a line of their own.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether the book is empty.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The keys of all actors that have a line of their own, in the order of the tables.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|row| row.key.as_str())
    }

    pub(super) fn row(&self, id: ActorId) -> &Row {
        &self.rows[id.row as usize]
    }

    /// The actor with this key, composed ones included.
    pub fn by_key(&self, key: &str) -> Option<ActorId> {
        if let Some(&row) = self.keys.get(key) {
            return Some(ActorId::of_row(row));
        }
        let (owner, function) = key.rsplit_once('.')?;
        self.compose(self.by_key(owner)?, self.functions.by_key(function)?)
    }

    /// The institution or office of an actor, where one of its kind may have it. A line of its own goes first.
    pub(super) fn compose(&self, of: ActorId, function: FunctionId) -> Option<ActorId> {
        let wanted = self.functions.get(function);
        let owner = Owner::of(self.kind(of))?;
        if !wanted.owners.contains(&owner) {
            return None;
        }
        match of.functions {
            [None, _] => {
                let key = format!("{}.{}", self.row(of).key, wanted.key);
                let own = self.keys.get(key.as_str()).map(|&row| ActorId::of_row(row));
                Some(own.unwrap_or(ActorId { row: of.row, functions: [Some(function), None] }))
            }
            [first, None] => Some(ActorId { row: of.row, functions: [first, Some(function)] }),
            [_, Some(_)] => None,
        }
    }

    /// The state or territory with this code.
    pub fn state_of(&self, country: Country) -> Option<ActorId> {
        let is_it = |row: &Row| {
            row.country == Some(country) && matches!(row.kind, ActorKind::State | ActorKind::Territory)
        };
        let row = self.rows.iter().position(is_it)?;
        Some(ActorId::of_row(u32::try_from(row).ok()?))
    }

    /// What an actor is.
    pub fn kind(&self, id: ActorId) -> ActorKind {
        id.split().map_or_else(|| self.row(id).kind, |(_, function)| self.functions.get(function).kind)
    }

    /// The key of an actor.
    pub fn key(&self, id: ActorId) -> String {
        let mut key = self.row(id).key.to_string();
        for function in id.functions.into_iter().flatten() {
            key.push('.');
            key.push_str(&self.functions.get(function).key);
        }
        key
    }

    /// The name by which the book calls an actor.
    pub fn name(&self, id: ActorId) -> String {
        match id.split() {
            None => self.row(id).name().to_owned(),
            Some((of, function)) => self.composed_name(of, &self.functions.get(function).phrases[0]),
        }
    }

    fn composed_name(&self, of: ActorId, phrase: &str) -> String {
        match of.split() {
            None => format!("{} {phrase}", self.row(of).qualifier()),
            Some(_) => format!("{} {phrase}", self.name(of)),
        }
    }

    /// What the book knows of an actor.
    pub fn actor(&self, id: ActorId) -> Actor {
        let row = self.row(id);
        let own = id.split().is_none();
        Actor {
            id,
            key: self.key(id),
            name: self.name(id),
            kind: self.kind(id),
            country: row.country.or_else(|| self.country_in(id)),
            part_of: self.part_of(id),
            split_from: row.split_from.filter(|_| own),
            active: row.active,
            cameo: self.cameo(id),
        }
    }

    /// The country in which a person held office.
    fn country_in(&self, id: ActorId) -> Option<Country> {
        self.terms_of(id).find_map(|term| self.row(term.office).country)
    }

    /// The actor that another is a part, branch, wing or organ of.
    pub fn part_of(&self, id: ActorId) -> Option<ActorId> {
        id.split().map_or_else(|| self.row(id).part_of, |(of, _)| Some(of))
    }

    /// Whether an actor is another one or a part of it, however far down.
    pub fn is_within(&self, part: ActorId, whole: ActorId) -> bool {
        let mut at = Some(part);
        // A cycle in a user's file must not hang the reading.
        for _ in 0..16 {
            match at {
                Some(id) if id == whole => return true,
                Some(id) => at = self.part_of(id),
                None => return false,
            }
        }
        false
    }

    fn cameo(&self, id: ActorId) -> Option<String> {
        let row = self.row(id);
        let function = id.functions.into_iter().flatten().next();
        let role = function.map_or("", |function| self.functions.get(function).cameo.as_str());
        let known = !row.cameo.is_empty() && (function.is_none() || !role.is_empty());
        known.then(|| format!("{}{role}", row.cameo))
    }

    /// Other names of an actor by which reports call it, at most `most`: not surnames, peoples or mere adjectives.
    pub fn aliases(&self, id: ActorId, most: usize) -> Vec<String> {
        let Some((of, function)) = id.split() else {
            let shown = |name: &&RowName| {
                !matches!(name.kind, NameKind::Adjective | NameKind::People | NameKind::Surname)
            };
            let names = self.row(id).names.iter().skip(1).filter(shown);
            return names.take(most).map(|name| name.text.to_string()).collect();
        };
        let phrases = self.functions.get(function).phrases.iter();
        phrases.skip(1).take(most).map(|phrase| self.composed_name(of, phrase)).collect()
    }

    /// The terms of office of a person, in the order of the tables.
    pub fn terms_of(&self, person: ActorId) -> impl Iterator<Item = &Term> {
        self.terms_of.get(&person).into_iter().flatten().map(|&at| &self.terms[at as usize])
    }

    /// The terms in an office, in the order of the tables.
    pub fn terms_in(&self, office: ActorId) -> impl Iterator<Item = &Term> {
        self.terms_in.get(&office).into_iter().flatten().map(|&at| &self.terms[at as usize])
    }
}
