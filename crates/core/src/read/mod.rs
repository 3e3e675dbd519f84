//! From grammar to facts. Each kind of fact has a module; the order in which they build on one another is here.

pub mod attributions;
pub mod counts;
pub mod entities;
pub mod events;
pub mod explain;
pub mod fillers;
pub mod frames;
pub mod ground;
pub mod incidents;
pub mod phrase;
pub mod plover;
pub mod predicates;
mod quotes;
pub mod speech;
pub mod statements;
pub mod threats;
pub mod warnings;

use crate::analysis::Analysis;
use crate::document::Document;
use crate::knowledge::Knowledge;
use crate::read::entities::Entities;
use crate::read::events::EventMention;
use crate::read::ground::{Ground, Matches};
use crate::read::incidents::Incidents;
use crate::read::predicates::Predicates;
use crate::read::statements::Statements;
use crate::reading::{Attribution, Casualty, Event, Place, Reading, Threat, Time, Warning};
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
    let (facts, found) = on_ground(&document, analysis, knowledge, |ground| facts(ground, knowledge).0);
    let Found { entities, statements, places, times } = found;
    let notes = document.notes.clone();
    Reading {
        document,
        entities: entities.list,
        places,
        times,
        statements: statements.listed(),
        incidents: facts.incidents.list,
        attributions: facts.attributions,
        casualties: facts.casualties,
        warnings: facts.warnings,
        threats: facts.threats,
        events: facts.events,
        notes,
    }
}

/// What is found before facts are read.
struct Found {
    entities: Entities,
    statements: Statements,
    places: Vec<Place>,
    times: Vec<Time>,
}

/// The facts of a report.
struct Facts {
    incidents: Incidents,
    attributions: Vec<Attribution>,
    casualties: Vec<Casualty>,
    warnings: Vec<Warning>,
    threats: Vec<Threat>,
    events: Vec<Event>,
}

impl Facts {
    /// Leaves out incidents that are only touched on, with what counts them.
    fn keep_told(&mut self) {
        let said = self.attributions.iter().map(|attribution| attribution.incident);
        let about: Vec<_> = said.chain(self.warnings.iter().filter_map(|warning| warning.incident)).collect();
        let places = self.incidents.keep_told(&self.casualties, &about);
        self.attributions.retain_mut(|one| {
            places[one.incident.0].is_some_and(|id| {
                one.incident = id;
                true
            })
        });
        self.casualties.retain_mut(|one| {
            places[one.incident.0].is_some_and(|id| {
                one.incident = id;
                true
            })
        });
        for warning in &mut self.warnings {
            warning.incident = warning.incident.and_then(|id| places[id.0]);
        }
    }
}

/// Finds what facts are read from and hands it to `take`.
fn on_ground<T>(
    document: &Document,
    analysis: &Analysis,
    knowledge: &Knowledge,
    take: impl FnOnce(&Ground<'_>) -> T,
) -> (T, Found) {
    let times = time::find(document, analysis, &knowledge.days);
    let attachments = Attachments::of(analysis, &times);
    let places = places::find(document, analysis, &knowledge.places);
    let mut entities = entities::gather(document, analysis, &places, &knowledge.actors, &knowledge.speech);
    let statements = statements::find(analysis, &mut entities, &knowledge.speech, &knowledge.actors);
    let predicates = Predicates::find(analysis);
    let taken = take(&Ground {
        document,
        analysis,
        predicates: &predicates,
        entities: &entities,
        actors: &knowledge.actors,
        statements: &statements,
        places: &places,
        gazetteer: &knowledge.places,
        times: &times,
        attachments: &attachments,
        book: &knowledge.frames,
    });
    (taken, Found { entities, statements, places, times })
}

fn facts(ground: &Ground<'_>, knowledge: &Knowledge) -> (Facts, Matches, Vec<EventMention>) {
    let matches = Matches::find(ground);
    let mentions = events::find(ground, &matches);
    let mut incidents = incidents::gather(ground, &mentions);
    let mut attributions = attributions::find(ground, &matches, &mentions, &incidents);
    let doers = fillers::fill(ground, &matches, &mentions, &mut incidents, &attributions, &knowledge.roles);
    attributions::tell(ground, &matches, &doers, &mut attributions);
    let casualties = counts::find(ground, &matches, &mentions, &incidents);
    let warnings = warnings::find(ground, &matches, &mentions, &incidents);
    let threats = threats::find(ground, &matches);
    let events = plover::find(ground, &matches, &mentions, (&attributions, &threats), &knowledge.events);
    let mut facts = Facts { incidents, attributions, casualties, warnings, threats, events };
    facts.keep_told();
    (facts, matches, mentions)
}

/// The candidates for the roles of a document's incidents, for training.
pub fn consider(document: &Document, analysis: &Analysis, knowledge: &Knowledge) -> Vec<fillers::Considered> {
    let consider = |ground: &Ground<'_>| {
        let matches = Matches::find(ground);
        let mentions = events::find(ground, &matches);
        let incidents = incidents::gather(ground, &mentions);
        let attributions = attributions::find(ground, &matches, &mentions, &incidents);
        fillers::consider(ground, &matches, &mentions, &incidents, &attributions)
    };
    on_ground(document, analysis, knowledge, consider).0
}
