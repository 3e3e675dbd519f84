//! Timelines, comparisons of versions and differences of records as JSON.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use watchkeeper_store::StoredReport;

use crate::changes::Change;
use crate::views::compare::{Comparison, FactLabel};
use crate::views::timeline::Entry;

/// What happened when, `watchkeeper/timeline/1`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireTimeline {
    schema: &'static str,
    as_of: String,
    recorded_by: String,
    entries: Vec<WireEntry>,
}

/// One thing at one time.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireEntry {
    day: String,
    /// Null where no more than the day is known.
    at: Option<String>,
    kind: &'static str,
    incident: Option<String>,
    title: Option<String>,
    text: String,
    report: Option<String>,
    source: Option<String>,
}

impl WireTimeline {
    /// The entries of the record of a moment, as the store held it at another.
    pub fn new(entries: &[Entry], as_of: Timestamp, recorded_by: Timestamp) -> Self {
        let entries = entries.iter().cloned().map(|entry| WireEntry {
            day: entry.day.to_string(),
            at: entry.at.map(|at| at.to_string()),
            kind: entry.kind.as_str(),
            incident: entry.incident,
            title: entry.title,
            text: entry.text,
            report: entry.report,
            source: entry.source,
        });
        Self {
            schema: "watchkeeper/timeline/1",
            as_of: as_of.to_string(),
            recorded_by: recorded_by.to_string(),
            entries: entries.collect(),
        }
    }
}

/// The versions of a report and what each later one changed, `watchkeeper/versions/1`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireVersions {
    schema: &'static str,
    url: Option<String>,
    versions: Vec<WireVersion>,
}

/// A version.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireVersion {
    id: String,
    source: Option<String>,
    title: Option<String>,
    published: String,
    recorded: String,
    /// What it changed; null for the first.
    changed: Option<WireComparison>,
}

/// What an edit changed.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireComparison {
    parts: Vec<WirePart>,
    facts_added: Vec<WireFact>,
    facts_removed: Vec<WireFact>,
}

/// A stretch of text and what became of it: same, added or removed.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WirePart {
    op: &'static str,
    text: String,
}

/// A fact in a few words.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireFact {
    kind: &'static str,
    label: String,
}

impl From<&FactLabel> for WireFact {
    fn from(fact: &FactLabel) -> Self {
        Self { kind: fact.kind, label: fact.label.clone() }
    }
}

impl From<&Comparison> for WireComparison {
    fn from(comparison: &Comparison) -> Self {
        let parts = comparison.parts.iter();
        Self {
            parts: parts.map(|part| WirePart { op: part.op.as_str(), text: part.text.clone() }).collect(),
            facts_added: comparison.facts_added.iter().map(WireFact::from).collect(),
            facts_removed: comparison.facts_removed.iter().map(WireFact::from).collect(),
        }
    }
}

impl WireVersions {
    /// Versions in their order, with what each later one changed.
    pub fn new(versions: &[StoredReport], comparisons: &[Comparison]) -> Self {
        let changed = std::iter::once(None).chain(comparisons.iter().map(Some));
        let rows = versions.iter().zip(changed).map(|(version, changed)| WireVersion {
            id: version.id.clone(),
            source: version.source.clone(),
            title: version.title.clone(),
            published: version.time.to_string(),
            recorded: version.recorded_at.to_string(),
            changed: changed.map(WireComparison::from),
        });
        Self {
            schema: "watchkeeper/versions/1",
            url: versions.first().map(|version| version.identity.clone()),
            versions: rows.collect(),
        }
    }
}

/// What changed between two records, `watchkeeper/diff/1`.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireDiff {
    schema: &'static str,
    from: String,
    to: String,
    changes: Vec<Change>,
}

impl WireDiff {
    /// The changes from one moment to another.
    pub fn new(from: Timestamp, to: Timestamp, changes: Vec<Change>) -> Self {
        Self { schema: "watchkeeper/diff/1", from: from.to_string(), to: to.to_string(), changes }
    }
}
