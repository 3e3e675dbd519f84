//! The record of a moment: its types, and how an incident of it is put together from what reports tell.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::claims::{AttributionRow, attributions};
use super::counts::{CountRow, count};
use super::decisions::{Decided, Decision, FactId, FactIds, Rating};
use super::facts::{IncidentFact, Location, Quote};
use super::ledger::{IncidentKey, founded};
use super::origin::Origins;
use super::profile::Profile;
use super::version::{Version, VersionId, VersionPlace};
use crate::reading::{DateRange, IncidentType, Measure, Stage};

/// A version that a row of the record rests on.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportRow {
    /// The version.
    pub id: VersionId,
    /// The address, or the path of the file.
    pub identity: String,
    /// The outlet.
    pub source: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// The time of the version.
    pub published: Timestamp,
    /// The first version of its origin.
    pub origin: VersionId,
    /// What in the version tells of it.
    pub fact: FactId,
    /// The grade that a person gave the outlet.
    pub rating: Option<Rating>,
}

/// A decision that stands, where it shows in the record.
#[derive(Clone, Debug, PartialEq)]
pub struct DecisionRow {
    /// The decision.
    pub decision: Decision,
    /// The fact that it is about, in one line for people.
    pub about: Option<String>,
}

/// The place of an incident in the order of founding: that of the version of its first telling, and the telling's
/// number there.
pub type Founding = (VersionPlace, usize);

/// An incident of the record.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordIncident {
    /// Its id.
    pub id: IncidentKey,
    /// Ids that it once had.
    pub former_ids: Vec<IncidentKey>,
    /// Its place in the order of founding.
    pub founding: Founding,
    /// What was done.
    pub kind: IncidentType,
    /// How far it came.
    pub stage: Stage,
    /// When.
    pub date: Option<DateRange>,
    /// Where.
    pub place: Option<Location>,
    /// What was attacked, most often told first.
    pub targets: Vec<String>,
    /// With what, most often told first.
    pub weapons: Vec<String>,
    /// The versions that tell of it, in their order.
    pub reports: Vec<ReportRow>,
    /// How many independent origins those are.
    pub origins: usize,
    /// Counts by measure.
    pub counts: BTreeMap<Measure, CountRow>,
    /// Who says who did it, and what that comes to.
    pub attributions: Vec<AttributionRow>,
    /// Ids of the warnings that were about it.
    pub warnings: Vec<String>,
    /// The words of the founding report.
    pub evidence: Vec<Quote>,
    /// What people decided about it, in the order of recording.
    pub decisions: Vec<DecisionRow>,
}

/// A version that tells of an incident, and which of its incidents that is.
#[derive(Clone, Copy, Debug)]
pub struct Member<'a> {
    /// The version.
    pub version: &'a Version,
    /// Index in the version's facts.
    pub fact: usize,
    /// The ids of the version's facts.
    pub ids: &'a FactIds,
    /// The incident by linking alone.
    pub linked: &'a IncidentKey,
}

impl<'a> Member<'a> {
    /// What the version tells of the incident.
    pub fn incident(self) -> &'a IncidentFact {
        &self.version.facts.incidents[self.fact]
    }
}

/// Puts an incident together from its members, which must be in their order; `None` where there are none.
pub fn assemble(
    id: &IncidentKey,
    members: &[Member<'_>],
    origins: &Origins,
    decided: &Decided,
) -> Option<RecordIncident> {
    let founding = members.first()?;
    let mut profile = Profile::default();
    for member in members {
        profile.tell(member.incident());
    }
    let reports: Vec<ReportRow> = report_rows(members, origins, decided);
    let mut witnesses: Vec<&VersionId> = reports.iter().map(|report| &report.origin).collect();
    witnesses.sort();
    witnesses.dedup();
    let measures = Measure::ALL
        .iter()
        .filter_map(|&measure| Some((measure, count(measure, members, origins, decided)?)));
    Some(RecordIncident {
        id: id.clone(),
        former_ids: earlier_ids(members).into_iter().filter(|earlier| earlier != id).collect(),
        founding: (founding.version.place(), founding.fact),
        kind: profile.kind(),
        stage: profile.stage(),
        date: profile.date().or_else(|| founding.incident().date.map(|date| date.range)),
        place: profile.place().cloned(),
        targets: most_told(members.iter().flat_map(|member| &member.incident().targets)),
        weapons: most_told(members.iter().flat_map(|member| &member.incident().weapons)),
        origins: witnesses.len(),
        counts: measures.collect(),
        attributions: attributions(members, decided),
        warnings: Vec::new(),
        evidence: founding.incident().evidence.clone(),
        decisions: Vec::new(),
        reports,
    })
}

/// One row a version, in the order of the members.
pub fn report_rows(members: &[Member<'_>], origins: &Origins, decided: &Decided) -> Vec<ReportRow> {
    let mut rows: Vec<ReportRow> = Vec::with_capacity(members.len());
    for Member { version, fact, ids, .. } in members {
        if rows.iter().any(|row| row.id == version.id) {
            continue;
        }
        rows.push(ReportRow {
            id: version.id.clone(),
            identity: version.identity.clone(),
            source: version.source.clone(),
            title: version.title.clone(),
            published: version.time,
            origin: origins.of(&version.id).clone(),
            fact: ids.incidents[*fact].clone(),
            rating: version.source.as_deref().and_then(|source| decided.rating(source)),
        });
    }
    rows
}

/// The ids under which the incident was known before reports came in that were published earlier than its first.
fn earlier_ids(members: &[Member<'_>]) -> BTreeSet<IncidentKey> {
    let mut by_link: BTreeMap<&IncidentKey, Vec<Member<'_>>> = BTreeMap::new();
    for member in members {
        by_link.entry(member.linked).or_default().push(*member);
    }
    let mut earlier = BTreeSet::new();
    for mut told in by_link.into_values() {
        told.sort_by_key(|member| member.version.recorded_at);
        let mut first: Option<Member<'_>> = None;
        for group in told.chunk_by(|a, b| a.version.recorded_at == b.version.recorded_at) {
            let next =
                group.iter().copied().chain(first).min_by_key(|member| (member.version.order(), member.fact));
            if let (Some(before), Some(now)) = (first, next)
                && before.version.id != now.version.id
            {
                earlier.insert(founded(before.version, before.fact));
            }
            first = next;
        }
    }
    earlier
}

/// The distinct phrases, case aside, by how often they are told, then by first telling; at most a dozen.
fn most_told<'a>(phrases: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut told: Vec<(String, &str, usize)> = Vec::new();
    for phrase in phrases {
        let key = phrase.to_lowercase();
        match told.iter_mut().find(|(known, ..)| *known == key) {
            Some((.., times)) => *times += 1,
            None => told.push((key, phrase, 1)),
        }
    }
    told.sort_by_key(|&(.., times)| std::cmp::Reverse(times));
    told.into_iter().take(12).map(|(_, phrase, _)| phrase.to_owned()).collect()
}
