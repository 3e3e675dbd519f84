//! The learned weights: how much each feature speaks for each role.

use std::collections::HashMap;

use crate::closed::closed_list;

closed_list! {
    /// What a candidate may be to an incident.
    Slot {
        /// One of those who did it, a person or people.
        Individual = "individual",
        /// The organisation or state that did it.
        Organization = "organization",
        /// What was attacked.
        Target = "target",
        /// A person whom it hit, by name.
        Victim = "victim",
        /// With what it was done.
        Weapon = "weapon",
    }
}

/// Number of slots.
const SLOTS: usize = Slot::ALL.len();

/// Weights of a logistic regression for each slot, with the probability from which a candidate fills it.
#[derive(Clone, Debug, Default)]
pub struct RoleWeights {
    features: HashMap<String, [f32; SLOTS]>,
    bias: [f32; SLOTS],
    least: [f32; SLOTS],
}

/// A line of weights that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("weights of roles, line {line}: {what}")]
pub struct RoleWeightError {
    /// Which line, from 1.
    line: usize,
    /// What is wrong with it.
    what: &'static str,
}

impl RoleWeights {
    /// Reads a table of slot, feature and weight; the features `bias` and `least` are the constant term and the least
    /// probability.
    ///
    /// # Errors
    /// Where a line has not three cells, names no slot or holds no number.
    pub fn parse(text: &str) -> Result<Self, RoleWeightError> {
        let mut weights = Self { least: [1.0; SLOTS], ..Self::default() };
        for (number, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let wrong = |what| RoleWeightError { line: number + 1, what };
            let mut cells = line.split('\t');
            let (Some(slot), Some(feature), Some(weight), None) =
                (cells.next(), cells.next(), cells.next(), cells.next())
            else {
                return Err(wrong("it has not three cells"));
            };
            let slot = Slot::parse(slot).ok_or_else(|| wrong("the first cell is no slot"))? as usize;
            let weight: f32 = weight.parse().map_err(|_| wrong("the last cell is no number"))?;
            match feature {
                "bias" => weights.bias[slot] = weight,
                "least" => weights.least[slot] = weight,
                feature => weights.features.entry(feature.to_owned()).or_default()[slot] = weight,
            }
        }
        Ok(weights)
    }

    /// How likely a candidate with these features fills each slot, from 0 to 1.
    pub fn probabilities<'f>(&self, features: impl Iterator<Item = &'f str>) -> [f32; SLOTS] {
        let mut sums = self.bias;
        for weights in features.filter_map(|feature| self.features.get(feature)) {
            for (sum, weight) in sums.iter_mut().zip(weights) {
                *sum += weight;
            }
        }
        sums.map(|sum| 1.0 / (1.0 + (-sum).exp()))
    }

    /// The features that weigh most for or against a slot, the weightiest first.
    pub fn reasons<'f>(
        &self,
        features: impl Iterator<Item = &'f str>,
        slot: Slot,
        most: usize,
    ) -> Vec<(String, f32)> {
        let weighed = features.filter_map(|feature| {
            let weight = self.features.get(feature)?[slot as usize];
            (weight != 0.0).then(|| (feature.to_owned(), weight))
        });
        let mut reasons: Vec<(String, f32)> = weighed.collect();
        reasons.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
        reasons.truncate(most);
        reasons
    }

    /// The slots that such probabilities fill, the likelier first.
    pub fn filled(&self, probabilities: [f32; SLOTS]) -> Vec<Slot> {
        let mut slots: Vec<Slot> = Slot::ALL
            .iter()
            .copied()
            .filter(|&s| probabilities[s as usize] >= self.least[s as usize])
            .collect();
        slots.sort_by(|&a, &b| probabilities[b as usize].total_cmp(&probabilities[a as usize]));
        slots
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str =
        "# comment\nweapon\tbias\t-2\nweapon\tleast\t0.5\nweapon\town:weapon\t3\ntarget\town:weapon\t-1\n";

    #[test]
    fn a_feature_speaks_for_a_slot() {
        let weights = RoleWeights::parse(TABLE).expect("a good table");
        let p = weights.probabilities(["own:weapon", "unheard"].into_iter());
        assert!((p[Slot::Weapon as usize] - 0.731).abs() < 0.001, "{p:?}");
        assert_eq!(weights.filled(p), [Slot::Weapon]);
        assert_eq!(weights.filled(weights.probabilities(std::iter::empty())), []);
    }

    #[test]
    fn a_bad_line_is_told_by_its_number() {
        for (line, what) in [
            ("weapon\tbias", "it has not three cells"),
            ("shield\tbias\t1", "the first cell is no slot"),
            ("weapon\tbias\tx", "the last cell is no number"),
        ] {
            let error = RoleWeights::parse(&format!("# c\n{line}\n")).expect_err(line);
            assert_eq!(error.to_string(), format!("weights of roles, line 2: {what}"));
        }
    }
}
