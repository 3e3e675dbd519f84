//! Counts as a series, and which of them is in force.

use jiff::Timestamp;

use super::decisions::{Decided, DecisionId, FactId};
use super::facts::Quote;
use super::origin::Origins;
use super::record::Member;
use super::version::VersionId;
use crate::reading::{Bounds, Measure};

/// One count of one report.
#[derive(Clone, Debug, PartialEq)]
pub struct CountPoint {
    /// The time of the version.
    pub published: Timestamp,
    /// How many.
    pub bounds: Bounds,
    /// The version.
    pub report: VersionId,
    /// The outlet.
    pub source: Option<String>,
    /// The words.
    pub quote: Option<Quote>,
    /// Whether the report's news is another incident.
    pub in_passing: bool,
    /// The id of the count.
    pub fact: FactId,
}

/// Which count is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InForce {
    /// That of a report: its index in the series.
    Told(usize),
    /// One that a person set.
    Decided {
        /// How many.
        bounds: Bounds,
        /// The decision.
        by: DecisionId,
    },
}

/// The counts of one measure for one incident.
#[derive(Clone, Debug, PartialEq)]
pub struct CountRow {
    /// The count in force.
    pub in_force: InForce,
    /// All counts of reports, in the order of time; empty where only a person counts.
    pub series: Vec<CountPoint>,
}

impl CountRow {
    /// The count in force; `None` only where the row points outside of its series.
    pub fn bounds(&self) -> Option<Bounds> {
        match &self.in_force {
            InForce::Told(at) => self.series.get(*at).map(|point| point.bounds),
            InForce::Decided { bounds, .. } => Some(*bounds),
        }
    }

    /// The count of a report that is in force; `None` where a person set it.
    pub fn point(&self) -> Option<&CountPoint> {
        match &self.in_force {
            InForce::Told(at) => self.series.get(*at),
            InForce::Decided { .. } => None,
        }
    }
}

/// The series of a measure over an incident's members, which must be in their order; `None` where nobody counts.
///
/// In force is the newest count, where a copy is no newer than what it copies, and a report whose news is another
/// incident gives the count only where no report on the incident itself did. Rejected counts are left out.
pub fn count(
    measure: Measure,
    members: &[Member<'_>],
    origins: &Origins,
    decided: &Decided,
) -> Option<CountRow> {
    let mut series = Vec::new();
    for Member { version, fact, ids, .. } in members {
        let mut told = version.facts.casualties.iter().zip(&ids.casualties);
        let told = told.find(|(c, id)| c.incident == *fact && c.measure == measure && !decided.rejects(id));
        if let Some((count, id)) = told {
            series.push(CountPoint {
                published: version.time,
                bounds: count.bounds,
                report: version.id.clone(),
                source: version.source.clone(),
                quote: count.evidence.first().cloned(),
                in_passing: version.facts.incidents[*fact].background,
                fact: id.clone(),
            });
        }
    }
    let identity = |id: &VersionId| {
        members.iter().find(|member| member.version.id == *id).map(|member| member.version.identity.as_str())
    };
    // A copy repeats an older count at a later time; a new version at the same address tells a newer one.
    let is_repeat = |at: usize| {
        let point: &CountPoint = &series[at];
        series[..at].iter().any(|earlier| {
            earlier.bounds == point.bounds
                && origins.of(&earlier.report) == origins.of(&point.report)
                && identity(&earlier.report) != identity(&point.report)
        })
    };
    let on_the_incident = |at: &usize| !series[*at].in_passing;
    let fresh: Vec<usize> = (0..series.len()).filter(|&at| !is_repeat(at)).collect();
    let in_force = fresh.iter().rev().copied().find(on_the_incident).or_else(|| fresh.last().copied())?;
    Some(CountRow { in_force: InForce::Told(in_force), series })
}
