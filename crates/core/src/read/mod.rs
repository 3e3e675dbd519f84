//! From grammar to facts. Each kind of fact has a module; the order in which they build on one another is here.

pub mod entities;
pub mod frames;
mod quotes;
pub mod speech;
pub mod statements;

use crate::analysis::Analysis;
use crate::document::Document;
use crate::knowledge::Knowledge;
use crate::reading::Reading;
use crate::{places, time};

/// Reads the facts of a document.
pub fn read(document: Document, analysis: &Analysis, knowledge: &Knowledge) -> Reading {
    let times = time::find(&document, analysis);
    let places = places::find(&document, analysis, &knowledge.places);
    let mut entities = entities::gather(&document, analysis, &places, &knowledge.actors, &knowledge.speech);
    let statements = statements::find(&document, analysis, &mut entities, &knowledge.speech);
    let notes = document.notes.clone();
    Reading {
        document,
        entities: entities.list,
        places,
        times,
        statements: statements.listed(),
        incidents: Vec::new(),
        attributions: Vec::new(),
        casualties: Vec::new(),
        warnings: Vec::new(),
        threats: Vec::new(),
        events: Vec::new(),
        notes,
    }
}
