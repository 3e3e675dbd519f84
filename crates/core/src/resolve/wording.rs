//! How alike two texts are: as copies (shingles with MinHash) and in what they speak of (weighted words).
//!
//! MinHash estimates the Jaccard similarity of two shingle sets (Broder, "On the resemblance and containment of
//! documents", 1997). Everything here depends on the two texts alone, never on the rest of an archive, so that a
//! later report can never change how two earlier ones compare.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

/// How many hash functions a sketch holds; the standard error of the estimate is about 1/sqrt(64).
pub const SKETCH_LEN: usize = 64;
/// How many bands the sketch is cut into to find candidates; two sketches close in time that share a band are compared.
pub const BANDS: usize = 16;
/// Words in a shingle.
const SHINGLE: usize = 4;

/// What is kept of a text to compare it with others.
#[derive(Clone, Debug, PartialEq)]
pub struct Wording {
    /// The smallest hash of the text's shingles under each hash function; empty for a text without a word.
    pub sketch: Vec<u32>,
    /// The text's content words, hashed, with their weights; sorted by hash, of unit length.
    pub words: Vec<(u32, f32)>,
}

impl Wording {
    /// The wording of a text.
    pub fn of(text: &str) -> Self {
        let tokens = tokens(text);
        Self { sketch: sketch(&tokens), words: weigh(&tokens) }
    }

    /// Estimated Jaccard similarity of the shingles, from 0 to 1.
    pub fn resemblance(&self, other: &Self) -> f32 {
        if self.sketch.is_empty() || other.sketch.is_empty() {
            return 0.0;
        }
        let same = self.sketch.iter().zip(&other.sketch).filter(|(a, b)| a == b).count();
        same as f32 / SKETCH_LEN as f32
    }

    /// Cosine of the weighted words, from 0 to 1.
    pub fn likeness(&self, other: &Self) -> f32 {
        cosine(&self.words, &other.words)
    }

    /// Keys under which likely copies share at least one: near certain above a resemblance of 0.6.
    pub fn bands(&self) -> Vec<u64> {
        let rows = SKETCH_LEN / BANDS;
        self.sketch
            .chunks_exact(rows)
            .enumerate()
            .map(|(band, rows)| rows.iter().fold(mix(band as u64 + 1), |key, &row| mix(key ^ u64::from(row))))
            .collect()
    }
}

/// The cosine of two lists of weighted words, both sorted by word and of unit length.
pub(super) fn cosine(a: &[(u32, f32)], b: &[(u32, f32)]) -> f32 {
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while let (Some(&(word_a, weight_a)), Some(&(word_b, weight_b))) = (a.get(i), b.get(j)) {
        if word_a == word_b {
            sum += weight_a * weight_b;
        }
        i += usize::from(word_a <= word_b);
        j += usize::from(word_b <= word_a);
    }
    sum
}

fn tokens(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

fn sketch(tokens: &[String]) -> Vec<u32> {
    if tokens.is_empty() {
        return Vec::new();
    }
    let hashes: Vec<u64> = tokens.iter().map(|word| hash(word)).collect();
    let mut least = vec![u32::MAX; SKETCH_LEN];
    for shingle in hashes.windows(SHINGLE.min(hashes.len())) {
        let base = shingle.iter().fold(0u64, |key, &word| mix(key.rotate_left(9) ^ word));
        for (function, slot) in least.iter_mut().enumerate() {
            let value = (mix(base ^ mix(function as u64 + 101)) >> 32) as u32;
            *slot = (*slot).min(value);
        }
    }
    least
}

/// The lead of a report: its headline and first sentences, which tell the news.
const LEAD_WORDS: usize = 80;
/// A word of the lead counts as so many.
const LEAD_COUNT: f32 = 2.0;

/// Weighs words by (1 + 0.8 · ln of how often they stand here) · ln of how rare they are in news at large.
fn weigh(tokens: &[String]) -> Vec<(u32, f32)> {
    let mut counts: BTreeMap<u32, (f32, f32)> = BTreeMap::new();
    for (place, word) in tokens.iter().enumerate() {
        let stem = stem(word);
        let rarity = rarity(&stem);
        if rarity > 0.0 {
            let count = if place < LEAD_WORDS { LEAD_COUNT } else { 1.0 };
            counts.entry((hash(&stem) >> 32) as u32).or_insert((0.0, rarity)).0 += count;
        }
    }
    let mut words: Vec<(u32, f32)> =
        counts.into_iter().map(|(key, (count, rarity))| (key, (1.0 + 0.8 * count.ln()) * rarity)).collect();
    let length = words.iter().map(|(_, w)| w * w).sum::<f32>().sqrt();
    for (_, weight) in &mut words {
        *weight /= length.max(f32::MIN_POSITIVE);
    }
    words
}

/// In how many of a thousand news texts a word stands; made by `training/frequencies.py`.
const FREQUENCIES: &str = include_str!("frequencies.tsv");
/// Words that are not listed stand in fewer than five of a thousand; names mostly in far fewer.
const UNLISTED_OF_THOUSAND: f32 = 1.0;
/// Words that stand in more than a quarter of all texts say nothing of what a text speaks of.
const COMMON_OF_THOUSAND: f32 = 250.0;

fn rarity(stem: &str) -> f32 {
    static TABLE: LazyLock<HashMap<&str, f32>> = LazyLock::new(|| {
        let rows = FREQUENCIES.lines().filter_map(|line| line.split_once('\t'));
        rows.filter_map(|(word, count)| Some((word, count.parse().ok()?))).collect()
    });
    if stem.chars().count() < 2 {
        return 0.0;
    }
    match TABLE.get(stem).copied().unwrap_or(UNLISTED_OF_THOUSAND) {
        common if common > COMMON_OF_THOUSAND => 0.0,
        count => rarity_of(count),
    }
}

fn rarity_of(of_thousand: f32) -> f32 {
    (1000.0 / of_thousand).ln()
}

/// Whether a word stands in so few news texts that it is not listed.
pub(super) fn is_rare(word: &str) -> bool {
    rarity(&stem(&word.to_lowercase())) >= rarity_of(UNLISTED_OF_THOUSAND)
}

/// Cuts plural and verbal endings, enough to bring inflected forms together.
fn stem(word: &str) -> String {
    for ending in ["ings", "ing", "ies", "ed", "es", "s"] {
        if let Some(cut) = word.strip_suffix(ending).filter(|cut| cut.chars().count() >= 4) {
            return cut.to_owned();
        }
    }
    word.to_owned()
}

/// FNV-1a, then mixed; stable across platforms and releases, since what it gives is stored.
pub(super) fn hash(word: &str) -> u64 {
    mix(word
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |key, byte| (key ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)))
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood, 2014).
fn mix(key: u64) -> u64 {
    let key = (key ^ (key >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let key = (key ^ (key >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    key ^ (key >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "A bomb went off in the fish market of Port Salen on Tuesday morning, killing four \
        people and wounding eleven, the harbour police said. No group had claimed responsibility by noon.";

    #[test]
    fn a_copy_resembles_its_original_and_shares_a_band() {
        let original = Wording::of(REPORT);
        let copy = Wording::of(&REPORT.replace("the harbour police said", "police said"));
        assert!(original.resemblance(&copy) > 0.6, "{}", original.resemblance(&copy));
        assert!(original.bands().iter().zip(copy.bands()).any(|(a, b)| *a == b));
    }

    #[test]
    fn a_report_on_something_else_does_not() {
        let other =
            Wording::of("Parliament passed the budget on Thursday after a debate that lasted all night.");
        let original = Wording::of(REPORT);
        assert!(original.resemblance(&other) < 0.1);
        assert!(original.likeness(&other) < 0.1);
    }

    #[test]
    fn a_rewrite_is_alike_in_words_but_no_copy() {
        let original = Wording::of(REPORT);
        let rewrite = Wording::of(
            "Four people were killed and eleven wounded when a bomb exploded at Port Salen's fish market on Tuesday; \
             harbour police said nobody had claimed responsibility.",
        );
        assert!(original.likeness(&rewrite) > 0.5, "{}", original.likeness(&rewrite));
        assert!(original.resemblance(&rewrite) < 0.5);
    }
}
