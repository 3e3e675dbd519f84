//! Short texts that are compared far more often than they are read.

use std::fmt;

/// A short text with its first eight bytes beside it. Every report is compared with dozens of incidents, whose texts lie all
/// over the memory; of two that differ, the first bytes mostly do, and these are at hand.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label {
    // Compared first: so the order of labels is that of their texts.
    start: u64,
    text: Box<str>,
}

impl Label {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl From<String> for Label {
    fn from(text: String) -> Self {
        Self { start: start(&text), text: text.into() }
    }
}

impl fmt::Debug for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.text.fmt(f)
    }
}

/// The first eight bytes of a text, zeros where it has fewer, as a number that is greater where they come later.
pub fn start(text: &str) -> u64 {
    let mut first = [0; 8];
    let shared = text.len().min(first.len());
    first[..shared].copy_from_slice(&text.as_bytes()[..shared]);
    u64::from_be_bytes(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_stand_in_the_order_of_their_texts() {
        let texts = ["", "a", "a\0", "ab", "airport", "airports", "airports!", "bus stop 1", "bus stop 2"];
        for (a, one) in texts.iter().enumerate() {
            for (b, other) in texts.iter().enumerate() {
                let [x, y] = [one, other].map(|text| Label::from((*text).to_owned()));
                assert_eq!(x.cmp(&y), one.as_bytes().cmp(other.as_bytes()), "{one:?} and {other:?}");
                assert_eq!(x == y, a == b);
            }
        }
    }
}
