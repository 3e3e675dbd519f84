//! Dense layers over rows of floats. The kernel picks its instructions at run time; the result of a row depends on
//! that row alone, whatever rows are beside it.

use crate::model::{Model, ModelError};

/// The width of every hidden layer of the encoders.
pub const WIDTH: usize = 96;
/// Pieces of a maxout unit in the encoders.
const PIECES: usize = 3;
/// Added to a variance, so that a constant row divides by something.
const EPSILON: f32 = 1e-8;

/// `out = rows · weightsᵀ`, where row `i` of `rows` begins at `i * stride` and is `inputs` long.
pub fn multiply(rows: &[f32], count: usize, stride: usize, inputs: usize, weights: &[f32], out: &mut [f32]) {
    let outputs = weights.len() / inputs;
    assert!(count == 0 || rows.len() >= (count - 1) * stride + inputs, "rows out of bounds");
    assert!(weights.len() == outputs * inputs && out.len() == count * outputs, "shapes differ");
    // SAFETY: the assertions above keep every access inside the three slices.
    #[allow(unsafe_code)]
    unsafe {
        matrixmultiply::sgemm(
            count,
            inputs,
            outputs,
            1.0,
            rows.as_ptr(),
            stride as isize,
            1,
            weights.as_ptr(),
            1,
            inputs as isize,
            0.0,
            out.as_mut_ptr(),
            outputs as isize,
            1,
        );
    }
}

/// Adds `bias` to `row`.
pub fn add(row: &mut [f32], bias: &[f32]) {
    for (value, bias) in row.iter_mut().zip(bias) {
        *value += bias;
    }
}

/// A maxout layer with layer normalisation (Goodfellow et al. 2013; Ba et al. 2016).
pub struct Maxout {
    /// `WIDTH * PIECES` rows of inputs.
    pub weights: &'static [f32],
    bias: &'static [f32],
    gain: &'static [f32],
    shift: &'static [f32],
}

impl Maxout {
    /// Reads layer `number` of an encoder.
    ///
    /// # Errors
    /// Where the model lacks it.
    pub fn new(model: &Model, encoder: &str, number: usize, inputs: usize) -> Result<Self, ModelError> {
        Ok(Self {
            weights: model.floats(&format!("{encoder}.maxout{number}.W"), WIDTH * PIECES * inputs)?,
            bias: model.floats(&format!("{encoder}.maxout{number}.b"), WIDTH * PIECES)?,
            gain: model.floats(&format!("{encoder}.norm{number}.gain"), WIDTH)?,
            shift: model.floats(&format!("{encoder}.norm{number}.bias"), WIDTH)?,
        })
    }

    /// How many sums a unit's row of weights gives before the largest piece is taken.
    pub const SUMS: usize = WIDTH * PIECES;

    /// From the weighted sums of one row to its normalised outputs.
    pub fn finish(&self, sums: &[f32], out: &mut [f32; WIDTH]) {
        let (sums, _) = sums.as_chunks::<PIECES>();
        let (bias, _) = self.bias.as_chunks::<PIECES>();
        for ((value, sum), bias) in out.iter_mut().zip(sums).zip(bias) {
            *value = (sum[0] + bias[0]).max(sum[1] + bias[1]).max(sum[2] + bias[2]);
        }
        let mean = out.iter().sum::<f32>() / WIDTH as f32;
        let variance = out.iter().map(|value| (value - mean) * (value - mean)).sum::<f32>() / WIDTH as f32;
        let scale = 1.0 / (variance + EPSILON).sqrt();
        for ((value, gain), shift) in out.iter_mut().zip(self.gain).zip(self.shift) {
            *value = (*value - mean) * scale * gain + shift;
        }
    }
}
