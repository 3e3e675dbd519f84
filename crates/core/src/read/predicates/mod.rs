//! Predicates: verbs, nouns, adjectives with their arguments in one form, whatever the grammar of the sentence.
//!
//! "The group bombed the bridge", "the bridge was bombed by the group", "the bridge bombed by the group", "the group,
//! which bombed the bridge" all give the predicate `bomb` with the subject `group` and the object `bridge`. Nouns
//! keep the places of their arguments ("the group's bombing of the bridge": possessor, `of`), since only the noun's
//! meaning tells which is the doer; the frames decide.

mod borrow;
mod context;
mod nouns;
mod verbs;

pub use self::context::{Context, Modal, Tense};

use crate::analysis::{Analysis, Dep, Pos, Token};

/// The place of an argument in its predicate, after voice and clause structure are undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Who does it: the subject, or the agent of a passive.
    Subject,
    /// What it is done to: the object, or the subject of a passive.
    Object,
    /// To or for whom: the indirect object.
    Dative,
    /// What somebody or something is said to be: "is responsible", "left three dead", "was the work of".
    Complement,
    /// The object of a preposition; the token of the preposition is given.
    Prep(usize),
    /// A finite clause: "said that the bridge had been bombed".
    Clause,
    /// An infinitive or participle: "threatened to bomb", "admitted bombing".
    Infinitive,
    /// Who has it: "the group's bombing".
    Possessor,
    /// A noun or adjective before a noun: "the bridge bombing", "the Moscow attack".
    Modifier,
}

/// How an argument came to its predicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bond {
    /// It stands there itself, or its relative pronoun does.
    Own,
    /// It is joined to one that stands there ("the bridge and the pier").
    Conjunct,
    /// The sentence lets it stand for a gap, or it may as well belong to a word near by.
    Inferred,
}

/// An argument of a predicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Argument {
    /// Its place.
    pub slot: Slot,
    /// Its head token.
    pub token: usize,
    /// How it came there.
    pub bond: Bond,
}

/// A predicate with its arguments.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Predicate {
    /// Its arguments: own ones first, then conjuncts, then inferred ones.
    pub arguments: Vec<Argument>,
    /// The token of its particle ("carry *out*").
    pub particle: Option<usize>,
    /// Whether it is a verb in the passive.
    pub passive: bool,
    /// How it is put.
    pub context: Context,
}

impl Predicate {
    /// The tokens in a slot, the surest first.
    pub fn tokens(&self, slot: Slot) -> impl Iterator<Item = usize> + '_ {
        self.arguments.iter().filter(move |argument| argument.slot == slot).map(|argument| argument.token)
    }

    /// The first token in a slot.
    pub fn first(&self, slot: Slot) -> Option<usize> {
        self.tokens(slot).next()
    }

    /// Arguments of prepositions: the token of the preposition and that of its object.
    pub fn prepositional(&self) -> impl Iterator<Item = (usize, usize, Bond)> + '_ {
        self.arguments.iter().filter_map(|argument| match argument.slot {
            Slot::Prep(preposition) => Some((preposition, argument.token, argument.bond)),
            Slot::Subject
            | Slot::Object
            | Slot::Dative
            | Slot::Complement
            | Slot::Clause
            | Slot::Infinitive
            | Slot::Possessor
            | Slot::Modifier => None,
        })
    }

    fn push(&mut self, slot: Slot, token: usize, bond: Bond) {
        if !self.arguments.iter().any(|argument| argument.token == token && argument.slot == slot) {
            self.arguments.push(Argument { slot, token, bond });
        }
    }

    fn has(&self, slot: Slot) -> bool {
        self.first(slot).is_some()
    }
}

/// The predicates of a document, one a token that can be one.
#[derive(Debug, Default)]
pub struct Predicates {
    of_token: Vec<Option<Predicate>>,
}

impl Predicates {
    /// Finds the predicates of a document.
    pub fn find(analysis: &Analysis) -> Self {
        let mut found = Self { of_token: vec![None; analysis.tokens.len()] };
        let order = top_down(analysis);
        for &token in &order {
            let predicate = match kind(&analysis.tokens[token]) {
                Some(Kind::Verb) => verbs::arguments(analysis, &found, token),
                Some(Kind::Noun) => nouns::noun(analysis, &found, token),
                Some(Kind::Adjective) => nouns::adjective(analysis, &found, token),
                None => continue,
            };
            found.of_token[token] = Some(predicate);
        }
        for &token in &order {
            borrow::complete(analysis, &mut found, token);
        }
        for &token in &order {
            let context = context::of(analysis, &found, token);
            if let Some(predicate) = &mut found.of_token[token] {
                predicate.context = context;
                predicate.arguments.sort_by_key(|argument| argument.bond);
            }
        }
        found
    }

    /// The predicate that `token` heads.
    pub fn at(&self, token: usize) -> Option<&Predicate> {
        self.of_token.get(token).and_then(Option::as_ref)
    }
}

/// What kind of word heads a predicate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Verb,
    Noun,
    Adjective,
}

fn kind(token: &Token) -> Option<Kind> {
    match token.pos {
        Pos::Verb if token.dep == Dep::Amod && !token.tag.starts_with('V') => Some(Kind::Adjective),
        Pos::Verb => Some(Kind::Verb),
        Pos::Aux if !matches!(token.dep, Dep::Aux | Dep::Auxpass) => Some(Kind::Verb),
        // "a statement regarding the attack": a participle that serves as a preposition keeps its own arguments.
        Pos::Noun | Pos::Propn | Pos::Num | Pos::Pron => Some(Kind::Noun),
        Pos::Adj => Some(Kind::Adjective),
        Pos::Adp
        | Pos::Adv
        | Pos::Aux
        | Pos::Cconj
        | Pos::Det
        | Pos::Intj
        | Pos::Part
        | Pos::Punct
        | Pos::Sconj
        | Pos::Sym
        | Pos::X
        | Pos::Space => None,
    }
}

/// All tokens, each after its head, so that what a clause borrows from the one above is known.
fn top_down(analysis: &Analysis) -> Vec<usize> {
    let mut order: Vec<usize> =
        (0..analysis.tokens.len()).filter(|&at| analysis.tokens[at].head == at).collect();
    let mut next = 0;
    while let Some(&token) = order.get(next) {
        order.extend(analysis.children(token));
        next += 1;
    }
    order
}

/// A token and what is joined to it by conjunction, in order.
pub fn with_conjuncts(analysis: &Analysis, token: usize) -> Vec<usize> {
    let mut all = vec![token];
    let mut next = 0;
    while let Some(&at) = all.get(next) {
        all.extend(analysis.children_by(at, &[Dep::Conj]).filter(|&c| nominal_like(analysis, token, c)));
        next += 1;
    }
    all
}

/// Whether a conjunct is of the same sort as what it is joined to; a clause joined to a noun is a parser's slip.
fn nominal_like(analysis: &Analysis, first: usize, conjunct: usize) -> bool {
    let verb = |at: usize| matches!(analysis.tokens[at].pos, Pos::Verb | Pos::Aux);
    verb(first) == verb(conjunct)
}

/// The objects of a preposition: nouns or gerunds, through a second preposition ("from inside the hall").
pub fn objects(analysis: &Analysis, preposition: usize) -> Vec<usize> {
    let mut found: Vec<usize> = analysis.children_by(preposition, &[Dep::Pobj, Dep::Pcomp]).collect();
    if found.is_empty() {
        let inner = analysis.children_by(preposition, &[Dep::Prep]);
        found = inner.flat_map(|inner| analysis.children_by(inner, &[Dep::Pobj, Dep::Pcomp])).collect();
    }
    found
}
