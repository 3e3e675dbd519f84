//! What a comparison found of each part, put into words only where they are wanted: most comparisons come to nothing.

use std::fmt;

use super::link::{Comparison, Part, Reason};
use crate::reading::{IncidentType, Stage};

/// What was found of a part.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Finding<'a> {
    /// Stated dates so many days apart.
    DatesApart(i32),
    /// Published so many days after the other.
    PublishedAfter(i32),
    /// Both are at a place of this name.
    SamePlace(&'a str),
    /// The two places lie in different countries.
    InDifferentCountries([&'a str; 2]),
    /// One of the two places is no more than a country.
    OnlyCountry([&'a str; 2]),
    /// The two places are so many kilometres apart.
    Distance([&'a str; 2], f64),
    /// One of the two places has no point.
    NotLocated([&'a str; 2]),
    /// The two types.
    Types(IncidentType, IncidentType),
    /// The two stages.
    Stages(Stage, Stage),
    /// The head word of a target that both hit.
    BothHit(&'a str),
    /// Both tell of targets, but of different ones.
    NoTargetInCommon,
    /// Both name this one as responsible.
    BothName(&'a str),
    /// Both name a person who is known for nothing else.
    SamePerson,
    /// The counts of the dead differ by this factor.
    DeadDifferBy(f32),
    /// The cosine of the wordings.
    WordingAlike(f32),
}

impl fmt::Display for Finding<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::DatesApart(days) => write!(f, "stated dates {days} days apart"),
            Self::PublishedAfter(days) => write!(f, "published {days} days after it"),
            Self::SamePlace(name) => write!(f, "both {name}"),
            Self::InDifferentCountries([a, b]) => write!(f, "{a} and {b} lie in different countries"),
            Self::OnlyCountry([a, b]) => write!(f, "{a} and {b}: one is only a country"),
            Self::Distance([a, b], km) => write!(f, "{a} and {b} are {km:.0} km apart"),
            Self::NotLocated([a, b]) => write!(f, "{a} and {b}: one is not located"),
            Self::Types(told, known) => write!(f, "{told} and {known}"),
            Self::Stages(told, known) => write!(f, "{told} and {known}"),
            Self::BothHit(head) => write!(f, "both hit: {head}"),
            Self::NoTargetInCommon => write!(f, "no target in common"),
            Self::BothName(name) => write!(f, "both name {name}"),
            Self::SamePerson => write!(f, "both name the same person"),
            Self::DeadDifferBy(factor) => write!(f, "counts of dead differ by a factor of {factor:.1}"),
            Self::WordingAlike(cosine) => write!(f, "wording alike by {cosine:.2}"),
        }
    }
}

/// The parts of a comparison with their weights.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weighed<'a> {
    parts: Vec<(Part, f32, Finding<'a>)>,
}

/// Where nothing tells when it happened, a place, a type or a count in common says so much less: what is not
/// dated shares its town with all that ever happened there.
const UNDATED_SHARE: f32 = 0.4;

impl<'a> Weighed<'a> {
    /// Takes in what was found of a part; the date must come first.
    pub(super) fn count(&mut self, part: Part, found: Option<(f32, Finding<'a>)>) {
        if let Some((weight, finding)) = found {
            let by_itself = matches!(part, Part::Date | Part::Wording);
            let says_less = weight > 0.0 && !by_itself && !self.is_dated();
            let weight = if says_less { weight * UNDATED_SHARE } else { weight };
            self.parts.push((part, weight, finding));
        }
    }

    /// The sum of the parts.
    pub fn score(&self) -> f32 {
        self.parts.iter().map(|(_, weight, _)| weight).sum()
    }

    /// Whether something tells when.
    pub(super) fn is_dated(&self) -> bool {
        self.parts.iter().any(|(part, ..)| *part == Part::Date)
    }

    /// Whether some part weighs no more than this.
    pub(super) fn has_weight_to(&self, most: f32) -> bool {
        self.parts.iter().any(|(_, weight, _)| *weight <= most)
    }

    /// The comparison, in words.
    pub fn in_words(&self) -> Comparison {
        let reasons = self.parts.iter().map(|&(part, weight, finding)| Reason {
            part,
            finding: finding.to_string(),
            weight,
        });
        Comparison { reasons: reasons.collect() }
    }
}
