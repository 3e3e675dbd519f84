//! The Admiralty scale (NATO STANAG 2511): how reliable a source is, and how credible what it says.

use std::fmt;

/// A grade on the Admiralty scale, as A2.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rating {
    /// `A` (completely reliable) to `E` (unreliable), `F` (cannot be judged).
    reliability: char,
    /// 1 (confirmed by other sources) to 5 (improbable), 6 (cannot be judged).
    credibility: u8,
}

impl Rating {
    /// The grade that two signs name, as `A2` or `b3`.
    pub fn parse(word: &str) -> Option<Self> {
        let mut signs = word.trim().chars();
        let reliability = signs.next().map(|sign| sign.to_ascii_uppercase())?;
        let credibility =
            signs.next().and_then(|sign| sign.to_digit(10)).and_then(|n| u8::try_from(n).ok())?;
        let is_on_scale = ('A'..='F').contains(&reliability) && (1..=6).contains(&credibility);
        (is_on_scale && signs.next().is_none()).then_some(Self { reliability, credibility })
    }

    /// `A` (completely reliable) to `E` (unreliable), `F` (cannot be judged).
    pub const fn reliability(self) -> char {
        self.reliability
    }

    /// 1 (confirmed by other sources) to 5 (improbable), 6 (cannot be judged).
    pub const fn credibility(self) -> u8 {
        self.credibility
    }
}

impl fmt::Display for Rating {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.reliability, self.credibility)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grade_is_a_letter_and_a_digit_of_the_scale() {
        for (word, expected) in [
            ("A2", Some("A2")),
            ("f6", Some("F6")),
            ("G1", None),
            ("A7", None),
            ("A0", None),
            ("A", None),
            ("A22", None),
        ] {
            assert_eq!(Rating::parse(word).map(|rating| rating.to_string()).as_deref(), expected, "{word}");
        }
    }
}
