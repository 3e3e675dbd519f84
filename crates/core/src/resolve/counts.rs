//! Counts as a series, and which of them is in force.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::facts::Quote;
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
}

/// The counts of one measure for one incident.
#[derive(Clone, Debug, PartialEq)]
pub struct CountRow {
    /// Index in `series` of the count in force.
    pub in_force: usize,
    /// All counts, in the order of time.
    pub series: Vec<CountPoint>,
}

/// The series of a measure over an incident's members, which must be in their order; `None` where nobody counts.
///
/// In force is the newest count, where a copy is no newer than what it copies, and a report whose news is another
/// incident gives the count only where no report on the incident itself did.
pub fn count(
    measure: Measure,
    members: &[Member<'_>],
    origins: &BTreeMap<VersionId, VersionId>,
) -> Option<CountRow> {
    let mut series = Vec::new();
    for Member { version, fact } in members {
        let told = version.facts.casualties.iter().find(|c| c.incident == *fact && c.measure == measure);
        if let Some(count) = told {
            series.push(CountPoint {
                published: version.time,
                bounds: count.bounds,
                report: version.id.clone(),
                source: version.source.clone(),
                quote: count.evidence.first().cloned(),
                in_passing: version.facts.incidents[*fact].background,
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
                && origins.get(&earlier.report) == origins.get(&point.report)
                && origins.contains_key(&point.report)
                && identity(&earlier.report) != identity(&point.report)
        })
    };
    let on_the_incident = |at: &usize| !series[*at].in_passing;
    let fresh: Vec<usize> = (0..series.len()).filter(|&at| !is_repeat(at)).collect();
    let in_force = fresh.iter().rev().copied().find(on_the_incident).or_else(|| fresh.last().copied())?;
    Some(CountRow { in_force, series })
}
