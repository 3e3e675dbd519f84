//! The scorer that parser and name recogniser share: each state is seen through a few of its tokens, whose part of
//! the hidden layer is computed once a token (Kiperwasser and Goldberg 2016, as simplified in spaCy).

use crate::dense::{WIDTH, add, dot, multiply};
use crate::model::{Model, ModelError};

/// The width of the hidden layer.
const HIDDEN: usize = 64;
/// Pieces of its maxout units.
const PIECES: usize = 2;
const SUMS: usize = HIDDEN * PIECES;

/// Scores the moves of a state that is seen through `SLOTS` tokens.
pub struct Scorer<const SLOTS: usize> {
    project: &'static [f32],
    project_bias: &'static [f32],
    lower: &'static [f32],
    lower_bias: &'static [f32],
    /// What an empty slot counts for.
    pad: &'static [f32],
    upper: &'static [f32],
    upper_bias: &'static [f32],
    moves: usize,
}

/// What each token of a text counts for in each slot.
pub struct Prepared {
    sums: Vec<f32>,
}

impl<const SLOTS: usize> Scorer<SLOTS> {
    /// Reads a scorer of so many moves.
    ///
    /// # Errors
    /// Where the model lacks a part of it.
    pub fn new(model: &Model, name: &str, moves: usize) -> Result<Self, ModelError> {
        Ok(Self {
            project: model.floats(&format!("{name}.project.W"), HIDDEN * WIDTH)?,
            project_bias: model.floats(&format!("{name}.project.b"), HIDDEN)?,
            lower: model.floats(&format!("{name}.lower.W"), SLOTS * SUMS * HIDDEN)?,
            lower_bias: model.floats(&format!("{name}.lower.b"), SUMS)?,
            pad: model.floats(&format!("{name}.lower.pad"), SLOTS * SUMS)?,
            upper: model.floats(&format!("{name}.upper.W"), moves * HIDDEN)?,
            upper_bias: model.floats(&format!("{name}.upper.b"), moves)?,
            moves,
        })
    }

    /// Prepares the tokens of a text, given by their vectors.
    pub fn prepare(&self, vectors: &[f32]) -> Prepared {
        let tokens = vectors.len() / WIDTH;
        let mut projected = vec![0.0; tokens * HIDDEN];
        multiply(vectors, tokens, WIDTH, WIDTH, self.project, &mut projected);
        for row in projected.chunks_exact_mut(HIDDEN) {
            add(row, self.project_bias);
        }
        let mut sums = vec![0.0; tokens * SLOTS * SUMS];
        multiply(&projected, tokens, HIDDEN, HIDDEN, self.lower, &mut sums);
        Prepared { sums }
    }

    /// Writes the score of every move of a state; a slot is a token or empty.
    pub fn score(&self, prepared: &Prepared, slots: [Option<usize>; SLOTS], scores: &mut [f32]) {
        let mut sums = [0.0; SUMS];
        for (slot, token) in slots.into_iter().enumerate() {
            let from = match token {
                Some(token) => &prepared.sums[(token * SLOTS + slot) * SUMS..][..SUMS],
                None => &self.pad[slot * SUMS..][..SUMS],
            };
            add(&mut sums, from);
        }
        add(&mut sums, self.lower_bias);
        let mut hidden = [0.0; HIDDEN];
        let (pairs, _) = sums.as_chunks::<PIECES>();
        for (value, pair) in hidden.iter_mut().zip(pairs) {
            *value = pair[0].max(pair[1]);
        }
        for (move_, score) in scores.iter_mut().enumerate().take(self.moves) {
            let weights = &self.upper[move_ * HIDDEN..][..HIDDEN];
            *score = dot(&hidden, weights) + self.upper_bias[move_];
        }
    }
}
