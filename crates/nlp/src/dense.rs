//! Dense layers over rows of floats. The kernel picks its instructions at run time; the result of a row depends on
//! that row alone, whatever rows are beside it.

use crate::model::{Model, ModelError};

/// The width of every hidden layer of the encoders.
pub const WIDTH: usize = 96;
/// Pieces of a maxout unit in the encoders.
const PIECES: usize = 3;
/// Added to a variance, so that a constant row divides by something.
const EPSILON: f32 = 1e-8;

/// Below so many rows the kernel takes other ways, whose sums differ in the last bit.
const LEAST_ROWS: usize = 16;

/// `out = rows · weightsᵀ`, where row `i` of `rows` begins at `i * stride` and is `inputs` long.
pub fn multiply(rows: &[f32], count: usize, stride: usize, inputs: usize, weights: &[f32], out: &mut [f32]) {
    let outputs = weights.len() / inputs;
    if count >= LEAST_ROWS {
        return run_kernel(rows, count, stride, inputs, weights, out);
    }
    let mut padded = vec![0.0; LEAST_ROWS * inputs];
    for (row, copy) in padded.chunks_exact_mut(inputs).enumerate().take(count) {
        copy.copy_from_slice(&rows[row * stride..row * stride + inputs]);
    }
    let mut sums = vec![0.0; LEAST_ROWS * outputs];
    run_kernel(&padded, LEAST_ROWS, inputs, inputs, weights, &mut sums);
    out.copy_from_slice(&sums[..count * outputs]);
}

fn run_kernel(rows: &[f32], count: usize, stride: usize, inputs: usize, weights: &[f32], out: &mut [f32]) {
    let outputs = weights.len() / inputs;
    assert!(rows.len() >= (count - 1) * stride + inputs, "rows out of bounds");
    assert!(weights.len() == outputs * inputs && out.len() == count * outputs, "shapes differ");
    // SAFETY: the assertions above keep every access inside the three slices.
    #[allow(unsafe_code)]
    unsafe {
        gemm::gemm(
            count,
            outputs,
            inputs,
            out.as_mut_ptr(),
            1,
            outputs as isize,
            false,
            rows.as_ptr(),
            1,
            stride as isize,
            weights.as_ptr(),
            inputs as isize,
            1,
            0.0,
            1.0,
            false,
            false,
            false,
            gemm::Parallelism::None,
        );
    }
}

/// `out = row · weightsᵀ` for a single row.
pub fn multiply_one(row: &[f32], weights: &[f32], out: &mut [f32]) {
    for (sum, weights) in out.iter_mut().zip(weights.chunks_exact(row.len())) {
        *sum = dot(row, weights);
    }
}

/// The sum of products; partial sums in lanes let the compiler use vector instructions. Lengths are multiples of 16.
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let (a, _) = a.as_chunks::<16>();
    let (b, _) = b.as_chunks::<16>();
    let mut lanes = [0.0f32; 16];
    for (a, b) in a.iter().zip(b) {
        for ((lane, a), b) in lanes.iter_mut().zip(a).zip(b) {
            *lane += a * b;
        }
    }
    lanes.iter().sum()
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers without a pattern that a kernel could share between rows.
    fn noise(count: usize) -> Vec<f32> {
        let mut state = 1u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 40) as f32 / (1 << 24) as f32) - 0.5
        };
        (0..count).map(|_| next()).collect()
    }

    #[test]
    fn a_row_does_not_depend_on_the_rows_beside_it() {
        for (inputs, outputs) in [(3 * WIDTH, 3 * WIDTH), (WIDTH, 64), (64, 1024), (64, 384), (WIDTH, 50)] {
            let weights = noise(inputs * outputs);
            let rows = noise(700 * inputs);
            let mut whole = vec![0.0; 700 * outputs];
            multiply(&rows, 700, inputs, inputs, &weights, &mut whole);
            for count in [1, 2, 3, 5, 8, 13, 16, 17, 31, 33, 64, 100, 257, 699] {
                let mut part = vec![0.0; count * outputs];
                multiply(&rows, count, inputs, inputs, &weights, &mut part);
                assert!(
                    part == whole[..count * outputs],
                    "{count} rows of {inputs} inputs, {outputs} outputs"
                );
            }
        }
    }
}
