//! Decisions by people, and tombstones, as JSON.

use schemars::JsonSchema;
use serde::Serialize;
use watchkeeper_core::resolve::decisions::{Correction, Decision};
use watchkeeper_core::resolve::record::DecisionRow;
use watchkeeper_store::{StoredDecision, Tombstone};

/// A decision by a person that stands.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireDecision {
    id: String,
    kind: &'static str,
    author: String,
    recorded: String,
    reason: String,
    /// The fact that it is about.
    fact: Option<String>,
    /// What that fact says.
    about: Option<String>,
    /// The field that it sets.
    field: Option<&'static str>,
    /// The actor whose status it sets.
    actor: Option<String>,
    /// The value that it sets.
    value: Option<String>,
    /// What it says, in one line.
    summary: String,
    /// The decision that took it back.
    undone: Option<String>,
}

/// That something was forgotten.
#[derive(Debug, Serialize)]
pub struct WireTombstone {
    kind: &'static str,
    /// Whether it was a report or a person.
    forgotten: &'static str,
    author: String,
    recorded: String,
    reason: String,
    /// How many versions were removed or changed.
    versions: usize,
}

impl From<&Tombstone> for WireTombstone {
    fn from(stone: &Tombstone) -> Self {
        Self {
            kind: "forget",
            forgotten: stone.kind.as_str(),
            author: stone.author.clone(),
            recorded: stone.recorded_at.to_string(),
            reason: stone.reason.clone(),
            versions: stone.versions,
        }
    }
}

impl WireDecision {
    fn new(decision: &Decision, about: Option<&String>, undone: Option<&Decision>) -> Self {
        let Decision { id, author, recorded, reason, ruling } = decision;
        let correction = ruling.correction();
        Self {
            id: id.clone(),
            kind: ruling.kind(),
            author: author.clone(),
            recorded: recorded.to_string(),
            reason: reason.clone(),
            fact: ruling.fact().cloned(),
            about: about.cloned(),
            field: correction.map(Correction::field),
            actor: correction.and_then(Correction::actor).cloned(),
            value: correction.map(Correction::value),
            summary: ruling.summary(),
            undone: undone.map(|undo| undo.id.clone()),
        }
    }
}

impl From<&DecisionRow> for WireDecision {
    fn from(row: &DecisionRow) -> Self {
        Self::new(&row.decision, row.about.as_ref(), None)
    }
}

impl From<&StoredDecision> for WireDecision {
    fn from(stored: &StoredDecision) -> Self {
        Self::new(&stored.decision, None, stored.undone.as_ref())
    }
}
