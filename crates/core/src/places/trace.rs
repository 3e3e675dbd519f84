//! What the finding of toponyms looked at, clue by clue: what `training/toponyms.py` fits the weights on.

use crate::analysis::Analysis;
use crate::document::{Document, Passage};
use crate::places::gazetteer::Gazetteer;
use crate::places::rank::{CandidateVector, MentionVector};
use crate::places::{Resolved, recognise, resolved};

/// Some words that were considered.
pub struct ConsideredMention {
    /// Where they stand.
    pub passage: Passage,
    /// The clues for their being a toponym.
    pub clues: MentionVector,
}

/// A place that was considered for a name.
pub struct ConsideredPlace {
    /// Latitude in degrees.
    pub lat: f32,
    /// Longitude in degrees.
    pub lon: f32,
    /// The clues for its being meant, at the end of the last round.
    pub clues: CandidateVector,
}

/// A name with the places considered for it.
pub struct ConsideredName {
    /// Where it stands.
    pub mentions: Vec<Passage>,
    /// The places.
    pub places: Vec<ConsideredPlace>,
}

/// All that was considered in a document.
pub fn trace(
    document: &Document,
    analysis: &Analysis,
    gazetteer: &Gazetteer,
) -> (Vec<ConsideredMention>, Vec<ConsideredName>) {
    let considered = recognise::considered(document, analysis, gazetteer)
        .into_iter()
        .map(|mention| ConsideredMention { passage: mention.passage, clues: mention.clues })
        .collect();
    let Resolved { mentions, groups, .. } = resolved(document, analysis, gazetteer);
    let names = groups
        .iter()
        .map(|group| ConsideredName {
            mentions: group.mentions.iter().map(|&at| mentions[at].passage).collect(),
            places: group
                .candidates
                .iter()
                .map(|one| ConsideredPlace { lat: one.entry.lat, lon: one.entry.lon, clues: one.clues })
                .collect(),
        })
        .collect();
    (considered, names)
}
