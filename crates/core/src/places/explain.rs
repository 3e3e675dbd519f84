//! Why a name by itself means one place rather than another.

use crate::places::focus::Home;
use crate::places::gazetteer::{Entry, Gazetteer};
use crate::places::rank::CandidateClue;
use crate::places::resolve::rank_alone;

/// A candidate with its reasons.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained<'g> {
    /// The place.
    pub entry: Entry<'g>,
    /// How likely the name by itself means it, 0 to 1.
    pub probability: f32,
    /// The clues that speak for it or against it with what each adds to its score, the weightiest first.
    pub reasons: Vec<(CandidateClue, f32)>,
}

/// The candidates of a name, the likeliest first, as they stand before any text is looked at.
pub fn explain<'g>(name: &str, gazetteer: &'g Gazetteer) -> Vec<Explained<'g>> {
    let home = Home { candidates: Vec::new(), country: None };
    let mut list: Vec<Explained<'g>> = rank_alone(&gazetteer.candidates(name), home, &gazetteer.weights)
        .into_iter()
        .map(|one| Explained {
            entry: one.entry,
            probability: one.probability,
            reasons: gazetteer.weights.contributions(&one.clues),
        })
        .collect();
    list.sort_by(|a, b| b.probability.total_cmp(&a.probability));
    list
}
