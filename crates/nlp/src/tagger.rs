//! The tagger: one linear layer over the encoder's vectors.

use crate::dense::{WIDTH, add, multiply};
use crate::model::{Model, ModelError};

/// Tags tokens with Penn Treebank tags.
pub struct Tagger {
    weights: &'static [f32],
    bias: &'static [f32],
    tags: Vec<&'static str>,
}

impl Tagger {
    /// Reads the tagger.
    ///
    /// # Errors
    /// Where the model lacks a part of it.
    pub fn new(model: &Model) -> Result<Self, ModelError> {
        let tags = model.lines("tagger.tags")?;
        let weights = model.floats("tagger.W", tags.len() * WIDTH)?;
        Ok(Self { weights, bias: model.floats("tagger.b", tags.len())?, tags })
    }

    /// The tag of each token, given by its vector.
    pub fn tags(&self, vectors: &[f32]) -> Vec<&'static str> {
        let tokens = vectors.len() / WIDTH;
        let mut scores = vec![0.0; tokens * self.tags.len()];
        multiply(vectors, tokens, WIDTH, WIDTH, self.weights, &mut scores);
        scores
            .chunks_exact_mut(self.tags.len())
            .map(|row| {
                add(row, self.bias);
                let mut best = 0;
                for (tag, score) in row.iter().enumerate() {
                    if *score > row[best] {
                        best = tag;
                    }
                }
                self.tags[best]
            })
            .collect()
    }
}
