//! Patterns: one line that says how something is put into words, compiled to a tree over predicates.
//!
//! `SPEAKER claim|take responsibility [for INCIDENT]`: roles are upper case, words are dictionary forms with their
//! alternatives, what may be missing is in brackets. The first word without an article before it is the verb; what
//! stands before it is its subject. A verb with its particle is one word: `carry_out`. After `be` stands what is said
//! of the subject: `ACTOR be responsible for INCIDENT`, `ACTOR be behind INCIDENT`, `a culprit be ACTOR`. A noun other than a role before
//! the verb has an article and is one word, or one of another: `a suspicion fall on ACTOR`, `a number of dead rise`. In a pattern of a noun (`nouns`) the first word is the noun,
//! `by ROLE` is the doer in whatever form ("the group's", "by the group", "of the group"), `of ROLE` what it is done to.

use smol_str::SmolStr;
use thiserror::Error;

use super::role::Role;

/// Why a pattern cannot be read.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum PatternError {
    /// An upper-case word that is no role.
    #[error("\"{0}\" is no role")]
    UnknownRole(String),
    /// No verb, or no noun, to begin with.
    #[error("there is no word to recognise it by")]
    NoTrigger,
    /// A bracket without its other half.
    #[error("a bracket is not closed")]
    Bracket,
    /// A preposition with nothing after it.
    #[error("nothing follows \"{0}\"")]
    NothingAfter(String),
}

/// A dictionary form, with the particle of a phrasal verb.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Dictionary form.
    pub lemma: SmolStr,
    /// Its particle.
    pub particle: Option<SmolStr>,
}

/// A word of the pattern with what belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// The alternatives.
    pub words: Vec<Word>,
    /// What it takes.
    pub edges: Vec<Edge>,
}

/// One place at a node.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Which.
    pub place: Place,
    /// What stands there.
    pub filler: Filler,
    /// Whether it may be missing.
    pub optional: bool,
}

/// A place as the pattern has it; matching finds it in verbs, nouns and adjectives alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Before the verb.
    Subject,
    /// After the verb.
    Object,
    /// After the object: "left three DEAD", "held it RESPONSIBLE".
    Complement,
    /// After one of these prepositions.
    Prep(Vec<SmolStr>),
    /// A clause, an infinitive or a gerund.
    Clause,
    /// Before a noun: "CAR bomb".
    Modifier,
}

/// What stands in a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filler {
    /// One of these roles.
    Roles(Vec<Role>),
    /// A word.
    Node(Node),
}

/// By what kind of word a pattern is recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A verb; nouns derived from it match too.
    Verb(Node),
    /// A noun or adjective: of its own, or said of a subject.
    Noun(Node),
    /// A preposition between two things: "the group behind the attack", "the group was behind it".
    Preposition {
        /// Which.
        words: Vec<SmolStr>,
        /// What stands before it.
        left: Filler,
        /// What stands after it.
        right: Filler,
    },
}

const PREPOSITIONS: &[&str] = &[
    "of",
    "for",
    "on",
    "in",
    "at",
    "to",
    "by",
    "with",
    "from",
    "against",
    "behind",
    "about",
    "over",
    "into",
    "as",
    "near",
    "outside",
    "inside",
    "towards",
    "toward",
    "under",
    "between",
    "after",
    "before",
    "during",
    "through",
    "among",
    "upon",
    "onto",
    "within",
    "regarding",
    "concerning",
    "amid",
    "without",
    "across",
    "than",
    "around",
    "beside",
    "that",
    "until",
    "like",
];

/// Reads a pattern that has a verb.
///
/// # Errors
/// Where the line is not of the form described above.
pub fn parse_verb(line: &str) -> Result<Shape, PatternError> {
    let mut words = pieces(line)?;
    let mut subject = Vec::new();
    while let Some(piece) = words.first() {
        let article = matches!(piece.text.as_str(), "a" | "an" | "the");
        if article {
            words.remove(0);
            let Some(noun) = words.first() else { return Err(PatternError::NoTrigger) };
            let mut noun = Node { words: alternatives(&noun.text), edges: Vec::new() };
            words.remove(0);
            if words.first().is_some_and(|piece| piece.text == "of") {
                words.remove(0);
                noun.edges.push(of_subject(&mut words)?);
            }
            subject.push(Filler::Node(noun));
        } else if piece.is_role() {
            subject.push(Filler::Roles(roles(&words.remove(0).text)?));
        } else {
            break;
        }
    }
    let subject = subject.into_iter().next();
    if words.is_empty() {
        return Err(PatternError::NoTrigger);
    }
    let verb = words.remove(0);
    if verb.text == "be" {
        return said_of(subject, words);
    }
    let mut node = Node { words: alternatives(&verb.text), edges: Vec::new() };
    if let Some(filler) = subject {
        node.edges.push(Edge { place: Place::Subject, filler, optional: false });
    }
    rest(&mut node, &mut words, true)?;
    Ok(Shape::Verb(node))
}

/// What the noun before the verb is of: "a number of dead rise".
fn of_subject(words: &mut Vec<Piece>) -> Result<Edge, PatternError> {
    let Some(piece) = words.first().cloned() else { return Err(PatternError::NothingAfter("of".to_owned())) };
    words.remove(0);
    let filler = if piece.is_role() {
        Filler::Roles(roles(&piece.text)?)
    } else {
        Filler::Node(Node { words: alternatives(&piece.text), edges: Vec::new() })
    };
    Ok(Edge { place: Place::Prep(vec!["of".into()]), filler, optional: false })
}

/// Reads a pattern whose first word is a noun.
///
/// # Errors
/// Where the line is not of the form described above.
pub fn parse_noun(line: &str) -> Result<Shape, PatternError> {
    let mut words = pieces(line)?;
    let Filler::Node(mut node) = noun_phrase(&mut words)? else { return Err(PatternError::NoTrigger) };
    rest(&mut node, &mut words, false)?;
    Ok(Shape::Noun(node))
}

/// "ACTOR be behind INCIDENT", "ACTOR be responsible for INCIDENT", "INCIDENT be the work of ACTOR".
fn said_of(subject: Option<Filler>, mut words: Vec<Piece>) -> Result<Shape, PatternError> {
    let Some(next) = words.first() else { return Err(PatternError::NoTrigger) };
    let subject = subject.ok_or(PatternError::NoTrigger)?;
    if next.is_role() {
        // "the culprit was the group": the verb itself is what there is to recognise it by.
        let mut node = Node { words: alternatives("be"), edges: Vec::new() };
        node.edges.push(Edge { place: Place::Subject, filler: subject, optional: false });
        rest(&mut node, &mut words, true)?;
        return Ok(Shape::Verb(node));
    }
    if next.is_preposition() {
        let preposition = words.remove(0);
        let right = filler(&mut words, &preposition.text)?;
        return Ok(Shape::Preposition { words: split(&preposition.text), left: subject, right });
    }
    let Filler::Node(mut node) = noun_phrase(&mut words)? else { return Err(PatternError::NoTrigger) };
    node.edges.push(Edge { place: Place::Subject, filler: subject, optional: false });
    rest(&mut node, &mut words, false)?;
    Ok(Shape::Noun(node))
}

/// What follows the trigger: objects (after a verb), prepositions with their objects, clauses.
fn rest(node: &mut Node, words: &mut Vec<Piece>, verb: bool) -> Result<(), PatternError> {
    let mut objects = 0;
    while let Some(piece) = words.first().cloned() {
        let edge = if piece.is_preposition() {
            words.remove(0);
            let filler = filler(words, &piece.text)?;
            let clause = piece.text == "that" || matches!(&filler, Filler::Roles(r) if r == &[Role::Clause]);
            let mut place = Place::Prep(split(&piece.text));
            if piece.text == "that" || (clause && piece.text == "to") {
                place = Place::Clause;
            }
            Edge { place, filler, optional: piece.optional }
        } else {
            let filler = filler(words, &piece.text)?;
            let place = match (&filler, objects) {
                (Filler::Roles(roles), _) if roles == &[Role::Clause] => Place::Clause,
                (_, 0) if verb => Place::Object,
                _ => Place::Complement,
            };
            objects += usize::from(place == Place::Object);
            Edge { place, filler, optional: piece.optional }
        };
        node.edges.push(edge);
    }
    Ok(())
}

/// A role, or a noun with the words before it.
fn filler(words: &mut Vec<Piece>, after: &str) -> Result<Filler, PatternError> {
    match words.first() {
        None => Err(PatternError::NothingAfter(after.to_owned())),
        Some(piece) if piece.is_role() => Ok(Filler::Roles(roles(&words.remove(0).text)?)),
        Some(_) => noun_phrase(words),
    }
}

/// A noun with the words before it: "[the] car bomb".
fn noun_phrase(words: &mut Vec<Piece>) -> Result<Filler, PatternError> {
    let mut run = Vec::new();
    while let Some(piece) = words.first().filter(|piece| !piece.is_role() && !piece.is_preposition()) {
        let article = matches!(piece.text.as_str(), "a" | "an" | "the");
        // An article begins the next phrase.
        if article && !run.is_empty() {
            break;
        }
        let piece = words.remove(0);
        if !article {
            run.push(piece.text);
        }
        if piece.closes {
            break;
        }
    }
    let head = run.pop().ok_or(PatternError::NoTrigger)?;
    let edges = run
        .iter()
        .map(|word| Edge {
            place: Place::Modifier,
            filler: Filler::Node(Node { words: alternatives(word), edges: Vec::new() }),
            optional: false,
        })
        .collect();
    Ok(Filler::Node(Node { words: alternatives(&head), edges }))
}

/// One word of a pattern line.
#[derive(Clone, Debug)]
struct Piece {
    text: String,
    optional: bool,
    /// Whether a bracket closes after it.
    closes: bool,
}

impl Piece {
    fn is_role(&self) -> bool {
        self.text.chars().all(|c| c.is_ascii_uppercase() || c == '|')
    }

    fn is_preposition(&self) -> bool {
        self.text.split('|').all(|word| PREPOSITIONS.contains(&word))
    }
}

fn pieces(line: &str) -> Result<Vec<Piece>, PatternError> {
    let mut optional = false;
    let mut found = Vec::new();
    for word in line.split_whitespace() {
        let opens = word.starts_with('[');
        let closes = word.ends_with(']');
        if opens == optional && opens || closes && !(opens || optional) {
            return Err(PatternError::Bracket);
        }
        optional |= opens;
        found.push(Piece { text: word.trim_matches(['[', ']']).to_owned(), optional, closes });
        optional &= !closes;
    }
    if optional { Err(PatternError::Bracket) } else { Ok(found) }
}

fn roles(text: &str) -> Result<Vec<Role>, PatternError> {
    text.split('|')
        .map(|word| Role::parse(word).ok_or_else(|| PatternError::UnknownRole(word.to_owned())))
        .collect()
}

fn alternatives(text: &str) -> Vec<Word> {
    text.split('|')
        .map(|word| match word.split_once('_') {
            Some((lemma, particle)) => Word { lemma: lemma.into(), particle: Some(particle.into()) },
            None => Word { lemma: word.into(), particle: None },
        })
        .collect()
}

fn split(text: &str) -> Vec<SmolStr> {
    text.split('|').map(SmolStr::new).collect()
}

#[cfg(test)]
mod tests;
