//! From grammar to facts. Each kind of fact has a module; the order in which they build on one another is here.

pub mod attributions;
pub mod counts;
pub mod entities;
pub mod events;
pub mod frames;
pub mod ground;
pub mod incidents;
pub mod phrase;
pub mod predicates;
mod quotes;
pub mod speech;
pub mod statements;
pub mod threats;
pub mod warnings;

use crate::analysis::Analysis;
use crate::document::Document;
use crate::knowledge::Knowledge;
use crate::read::ground::{Ground, Matches};
use crate::read::predicates::Predicates;
use crate::reading::Reading;
use crate::time::attach::Attachments;
use crate::{places, time};

/// The most tokens of a sentence that is read by its grammar. Prose stays far below; what is longer is a table or junk
/// without sentences, whose parse means nothing and whose nested subtrees would cost their length squared.
pub(crate) const LONGEST_SENTENCE: usize = 400;

/// Whether the grammar around a token is worth reading.
pub(crate) fn is_prose(analysis: &Analysis, token: usize) -> bool {
    analysis.sentences[analysis.tokens[token].sentence].tokens.len() <= LONGEST_SENTENCE
}

/// Reads the facts of a document.
pub fn read(document: Document, analysis: &Analysis, knowledge: &Knowledge) -> Reading {
    let times = time::find(&document, analysis, &knowledge.days);
    let attachments = Attachments::of(analysis, &times);
    let places = places::find(&document, analysis, &knowledge.places);
    let mut entities = entities::gather(&document, analysis, &places, &knowledge.actors, &knowledge.speech);
    let statements = statements::find(&document, analysis, &mut entities, &knowledge.speech);
    let predicates = Predicates::find(analysis);
    let ground = Ground {
        document: &document,
        analysis,
        predicates: &predicates,
        entities: &entities,
        statements: &statements,
        places: &places,
        gazetteer: &knowledge.places,
        times: &times,
        attachments: &attachments,
        book: &knowledge.frames,
    };
    let matches = Matches::find(&ground);
    let mentions = events::find(&ground, &matches);
    let incidents = incidents::gather(&ground, &mentions);
    let attributions = attributions::find(&ground, &matches, &mentions, &incidents);
    let casualties = counts::find(&ground, &matches, &mentions, &incidents);
    let warnings = warnings::find(&ground, &matches, &mentions, &incidents);
    let threats = threats::find(&ground, &matches);
    let notes = document.notes.clone();
    Reading {
        document,
        entities: entities.list,
        places,
        times,
        statements: statements.listed(),
        incidents: incidents.list,
        attributions,
        casualties,
        warnings,
        threats,
        events: Vec::new(),
        notes,
    }
}
