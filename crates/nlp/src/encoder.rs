//! Forms to context-sensitive vectors: hashed embeddings of a form's features, mixed, then four residual layers that
//! each look one token to the left and right (Miranda et al., "Multi hash embeddings in spaCy", 2022).

use std::collections::HashMap;
use std::sync::RwLock;

use crate::dense::{Maxout, WIDTH, add, multiply, multiply_one};
use crate::forms::Features;
use crate::hash;
use crate::model::{Model, ModelError};

/// Rows of nothing between texts, so that the layers cannot look from one into the next.
const PAD: usize = 4;
/// Residual layers.
const DEPTH: usize = 4;
/// How many forms are remembered before the memory is emptied.
const FORMS_KEPT: usize = 1 << 15;

type Vector = [f32; WIDTH];

/// An encoder with its memory of forms.
pub struct Encoder {
    embeddings: Vec<Embedding>,
    mix: Maxout,
    layers: Vec<Maxout>,
    /// What depends on a form alone: its embedding and its reduction.
    forms: RwLock<HashMap<Key, Vector>>,
}

/// What the embedding of a token depends on.
type Key = (Features, bool);

struct Embedding {
    rows: &'static [f32],
    seed: u32,
}

/// Vectors of several texts in one matrix.
pub struct Encoded {
    rows: Vec<f32>,
    /// For each text the row of its first token.
    starts: Vec<usize>,
}

impl Encoded {
    /// The vectors of a text's tokens, one after the other.
    pub fn text(&self, text: usize, tokens: usize) -> &[f32] {
        let start = self.starts[text] * WIDTH;
        &self.rows[start..start + tokens * WIDTH]
    }
}

impl Encoder {
    /// Reads an encoder with `features` embeddings: norm, prefix, suffix, shape, and where it has six, whether a
    /// space follows and whether the form is white space.
    ///
    /// # Errors
    /// Where the model lacks a part of it.
    pub fn new(model: &Model, name: &str, features: usize) -> Result<Self, ModelError> {
        let seeds = model.lines("seeds")?;
        let embeddings = (0..features)
            .map(|number| {
                let rows = model.floats_of_any_length(&format!("{name}.embed{number}"))?;
                let seed = seeds
                    .iter()
                    .find_map(|line| line.strip_prefix(&format!("{name}.{number}="))?.parse().ok())
                    .ok_or_else(|| ModelError::Section("seeds".to_owned()))?;
                Ok(Embedding { rows, seed })
            })
            .collect::<Result<_, ModelError>>()?;
        let layers = (1..=DEPTH)
            .map(|number| Maxout::new(model, name, number, 3 * WIDTH))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            embeddings,
            mix: Maxout::new(model, name, 0, features * WIDTH)?,
            layers,
            forms: RwLock::default(),
        })
    }

    /// Encodes texts, each given by its tokens' features and whether a space follows.
    pub fn encode(&self, texts: &[Vec<Key>]) -> Encoded {
        let total: usize = texts.iter().map(|text| text.len() + PAD).sum::<usize>() + PAD;
        // One more row of nothing at each end is what the outermost rows see beside them.
        let mut rows = vec![0.0; (total + 2) * WIDTH];
        let mut starts = Vec::with_capacity(texts.len());
        let mut at = 1 + PAD;
        for text in texts {
            starts.push(at);
            for key in text {
                rows[at * WIDTH..(at + 1) * WIDTH].copy_from_slice(&self.form(key));
                at += 1;
            }
            at += PAD;
        }
        let mut sums = vec![0.0; total * Maxout::SUMS];
        let mut out = [0.0; WIDTH];
        for layer in &self.layers {
            multiply(&rows, total, WIDTH, 3 * WIDTH, layer.weights, &mut sums);
            for (row, sums) in rows[WIDTH..].chunks_exact_mut(WIDTH).zip(sums.chunks_exact(Maxout::SUMS)) {
                layer.finish(sums, &mut out);
                add(row, &out);
            }
        }
        Encoded { rows, starts }
    }

    fn form(&self, key: &Key) -> Vector {
        if let Ok(forms) = self.forms.read()
            && let Some(known) = forms.get(key)
        {
            return *known;
        }
        let made = self.make(key);
        if let Ok(mut forms) = self.forms.write() {
            if forms.len() >= FORMS_KEPT {
                forms.clear();
            }
            forms.insert(*key, made);
        }
        made
    }

    fn make(&self, &(features, space_after): &Key) -> Vector {
        let [norm, prefix, suffix, shape] = features.ids;
        let ids = [norm, prefix, suffix, shape, u64::from(space_after), u64::from(features.is_space)];
        let mut input = Vec::with_capacity(self.embeddings.len() * WIDTH);
        for (embedding, id) in self.embeddings.iter().zip(ids) {
            input.extend_from_slice(&embedding.vector(id));
        }
        let mut sums = [0.0; Maxout::SUMS];
        multiply_one(&input, self.mix.weights, &mut sums);
        let mut out = [0.0; WIDTH];
        self.mix.finish(&sums, &mut out);
        out
    }
}

impl Embedding {
    /// The sum of the four rows that the id is hashed to.
    fn vector(&self, id: u64) -> Vector {
        let count = (self.rows.len() / WIDTH) as u32;
        let mut sum = [0.0; WIDTH];
        for row in hash::rows(id, self.seed) {
            let start = (row % count) as usize * WIDTH;
            add(&mut sum, &self.rows[start..start + WIDTH]);
        }
        sum
    }
}
