//! The name recogniser: begin, in, last, unit, out (Ratinov and Roth 2009), decoded greedily, never across sentences.

use watchkeeper_core::analysis::ParsedName;
use watchkeeper_core::grammar::NameLabel;
use watchkeeper_core::text::Span;

use crate::model::{Model, ModelError};
use crate::transitions::Scorer;

/// The next token, the first token of the open name, the token before the next where a name is open.
const SLOTS: usize = 3;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Move {
    Begin(NameLabel),
    In(NameLabel),
    Last(NameLabel),
    Unit(NameLabel),
    Out,
    /// A class that training left behind; never allowed.
    Never,
}

/// The name recogniser.
pub struct Recogniser {
    scorer: Scorer<SLOTS>,
    moves: Vec<Move>,
}

impl Recogniser {
    /// Reads the recogniser.
    ///
    /// # Errors
    /// Where the model lacks a part of it.
    pub fn new(model: &Model) -> Result<Self, ModelError> {
        let moves = model
            .lines("ner.moves")?
            .iter()
            .map(|name| match name.split_once('-') {
                None if *name == "O" => Ok(Move::Out),
                Some((_, "")) => Ok(Move::Never),
                Some((action, label)) => {
                    let make = match action {
                        "B" => Move::Begin,
                        "I" => Move::In,
                        "L" => Move::Last,
                        "U" => Move::Unit,
                        _ => return Err(ModelError::Section("ner.moves".to_owned())),
                    };
                    let label = NameLabel::parse(label);
                    label.map(make).ok_or_else(|| ModelError::Section("ner.moves".to_owned()))
                }
                None => Err(ModelError::Section("ner.moves".to_owned())),
            })
            .collect::<Result<Vec<Move>, ModelError>>()?;
        Ok(Self { scorer: Scorer::new(model, "ner", moves.len())?, moves })
    }

    /// The names of a text, given by its tokens' vectors, which of them are white space and which begin a sentence.
    pub fn names(&self, vectors: &[f32], is_space: &[bool], begins_sentence: &[bool]) -> Vec<ParsedName> {
        let prepared = self.scorer.prepare(vectors);
        let mut scores = vec![0.0; self.moves.len()];
        let mut names = Vec::new();
        let mut open: Option<(usize, NameLabel)> = None;
        for token in 0..is_space.len() {
            let first = open.map(|(start, _)| start);
            let slots = [Some(token), first, first.and(token.checked_sub(1))];
            self.scorer.score(&prepared, slots, &mut scores);
            let goes_on = token + 1 < is_space.len() && !begins_sentence[token + 1];
            let is_allowed = |candidate: Move| match (candidate, open) {
                (Move::Begin(_), None) => goes_on && !is_space[token],
                (Move::Unit(_), None) => !is_space[token],
                (Move::Out, None) => true,
                (Move::In(label), Some((_, opened))) => label == opened && goes_on,
                (Move::Last(label), Some((_, opened))) => label == opened,
                (Move::Begin(_) | Move::Unit(_) | Move::Out, Some(_))
                | (Move::In(_) | Move::Last(_), None)
                | (Move::Never, _) => false,
            };
            let mut best: Option<(f32, Move)> = None;
            for (&score, &candidate) in scores.iter().zip(&self.moves) {
                if best.is_none_or(|(highest, _)| score > highest) && is_allowed(candidate) {
                    best = Some((score, candidate));
                }
            }
            match best.map(|(_, best)| best) {
                Some(Move::Begin(label)) => open = Some((token, label)),
                Some(Move::Unit(label)) => {
                    names.push(ParsedName { tokens: Span::new(token, token + 1), label });
                }
                Some(Move::Last(label)) => {
                    if let Some((start, _)) = open.take() {
                        names.push(ParsedName { tokens: Span::new(start, token + 1), label });
                    }
                }
                Some(Move::In(_) | Move::Out | Move::Never) | None => {}
            }
        }
        names
    }
}
