//! What changed: between two records, and with each report of one incident.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use watchkeeper_core::places::Gazetteer;
use watchkeeper_core::reading::{Bounds, DateRange};
use watchkeeper_core::resolve::claims::{ActRow, AttributionRow};
use watchkeeper_core::resolve::counts::CountRow;
use watchkeeper_core::resolve::moment::Record;
use watchkeeper_core::resolve::profile::actor_key;
use watchkeeper_core::resolve::record::{RecordIncident, ReportRow};
use watchkeeper_core::resolve::status::{Status, status};

use crate::page::words;

/// One change.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Change {
    /// `added`, `changed` or `removed`.
    #[schemars(extend("enum" = ["added", "changed", "removed"]))]
    pub kind: &'static str,
    /// `incident`, `warning` or `threat`.
    #[schemars(extend("enum" = ["incident", "warning", "threat"]))]
    pub subject: &'static str,
    /// The id of the incident, warning or threat.
    pub id: String,
    /// What it is called.
    pub title: Option<String>,
    /// What of it changed, as `killed`, `status` or `origins`.
    pub field: Option<String>,
    /// Whose status changed.
    pub actor: Option<String>,
    /// What it was, for people.
    pub before: Option<String>,
    /// What it is, for people.
    pub after: Option<String>,
    /// The report that changed it.
    pub report: Option<String>,
    /// The outlet of that report.
    pub source: Option<String>,
    /// The time of that report.
    pub published: Option<String>,
}

/// The changes that one report made.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ChangesOfReport {
    /// The time of the report.
    pub published: String,
    /// The report.
    pub report: String,
    /// Its outlet.
    pub source: Option<String>,
    /// What it changed.
    pub changes: Vec<Change>,
}

impl Change {
    fn of(kind: &'static str, subject: &'static str, id: &str, title: String) -> Self {
        Self {
            kind,
            subject,
            id: id.to_owned(),
            title: Some(title),
            field: None,
            actor: None,
            before: None,
            after: None,
            report: None,
            source: None,
            published: None,
        }
    }

    fn in_field(mut self, field: &str, before: Option<String>, after: Option<String>) -> Self {
        self.field = Some(field.to_owned());
        self.before = before;
        self.after = after;
        self
    }

    /// The change, made by a report.
    pub fn by(mut self, report: Option<&ReportRow>) -> Self {
        self.report = report.map(|report| report.id.to_string());
        self.source = report.and_then(|report| report.source.clone());
        self.published = report.map(|report| report.published.to_string());
        self
    }

    /// One short phrase, as `killed 93 → at least 130`.
    pub fn phrase(&self) -> String {
        let Some(field) = &self.field else {
            return format!("{} {}", self.subject, self.kind);
        };
        let what = self.actor.as_deref().unwrap_or(field);
        let dash = |value: &Option<String>| value.as_deref().unwrap_or("–").to_owned();
        format!("{what} {} → {}", dash(&self.before), dash(&self.after))
    }
}

/// What an incident is called: the headline of its founding report, else what was done and where.
pub fn title(incident: &RecordIncident, places: &Gazetteer) -> String {
    let headline = incident.reports.iter().find_map(|report| report.title.clone());
    headline.unwrap_or_else(|| words::incident(incident, places))
}

fn days(range: Option<DateRange>) -> Option<String> {
    let range = range?;
    match (range.start, range.end) {
        (Some(start), Some(end)) if start == end => Some(start.to_string()),
        (Some(start), Some(end)) => Some(format!("{start} to {end}")),
        (Some(start), None) => Some(format!("from {start}")),
        (None, Some(end)) => Some(format!("by {end}")),
        (None, None) => None,
    }
}

fn status_word(status: Option<Status>) -> Option<String> {
    status.map(|status| status.as_str().to_owned())
}

/// What changed from one record to a later one, in the order of the later.
pub fn between(earlier: &Record, later: &Record, places: &Gazetteer) -> Vec<Change> {
    let mut changes = Vec::new();
    let before: BTreeMap<&str, &RecordIncident> =
        earlier.incidents.iter().map(|incident| (incident.id.as_str(), incident.as_ref())).collect();
    for incident in &later.incidents {
        match before.get(incident.id.as_str()) {
            None => changes.push(
                Change::of("added", "incident", &incident.id, title(incident, places))
                    .by(incident.reports.first()),
            ),
            Some(before) => between_incidents(before, incident, places, &mut changes),
        }
    }
    let kept: BTreeSet<&str> = later
        .incidents
        .iter()
        .flat_map(|incident| std::iter::once(&incident.id).chain(&incident.former_ids))
        .map(String::as_str)
        .collect();
    for incident in earlier.incidents.iter().filter(|incident| !kept.contains(incident.id.as_str())) {
        changes.push(Change::of("removed", "incident", &incident.id, title(incident, places)));
    }
    between_warnings(earlier, later, &mut changes);
    let known: BTreeMap<&str, _> =
        earlier.threats.iter().map(|threat| (threat.id.as_str(), threat.outcome)).collect();
    for threat in &later.threats {
        let speaker = threat.speaker.as_ref().map_or("somebody", |speaker| &speaker.name);
        let called = format!("threat by {speaker}");
        match known.get(threat.id.as_str()) {
            None => {
                changes.push(Change::of("added", "threat", &threat.id, called).by(threat.reports.first()));
            }
            Some(&outcome) if outcome != threat.outcome => changes.push(
                Change::of("changed", "threat", &threat.id, called)
                    .in_field("outcome", Some(outcome.to_string()), Some(threat.outcome.to_string()))
                    .by(threat.reports.last()),
            ),
            Some(_) => {}
        }
    }
    changes
}

fn between_warnings(earlier: &Record, later: &Record, changes: &mut Vec<Change>) {
    let known: BTreeMap<&str, _> =
        earlier.warnings.iter().map(|warning| (warning.id.as_str(), warning.outcome)).collect();
    for warning in &later.warnings {
        let issuer = warning.issuer.as_ref().map_or("somebody", |issuer| &issuer.name);
        let called = format!("warning by {issuer}");
        match known.get(warning.id.as_str()) {
            None => {
                changes.push(Change::of("added", "warning", &warning.id, called).by(warning.reports.first()));
            }
            Some(&outcome) if outcome != warning.outcome => changes.push(
                Change::of("changed", "warning", &warning.id, called)
                    .in_field("outcome", Some(outcome.to_string()), Some(warning.outcome.to_string()))
                    .by(warning.reports.last()),
            ),
            Some(_) => {}
        }
    }
}

fn between_incidents(
    before: &RecordIncident,
    after: &RecordIncident,
    places: &Gazetteer,
    changes: &mut Vec<Change>,
) {
    let called = title(after, places);
    let changed = || Change::of("changed", "incident", &after.id, called.clone());
    let report = |id: &str| after.reports.iter().find(|report| report.id == id);
    for (measure, row) in &after.counts {
        let in_force = |row: &CountRow| row.bounds().map(words::bounds);
        let (old, new) = (before.counts.get(measure).and_then(in_force), in_force(row));
        if old != new {
            let by = row.point().and_then(|point| report(&point.report));
            changes.push(changed().in_field(measure.as_str(), old, new).by(by));
        }
    }
    for row in &after.attributions {
        let same = |old: &&AttributionRow| actor_key(&old.actor) == actor_key(&row.actor);
        let old = before.attributions.iter().find(same);
        if old.map(|old| old.status) != Some(row.status) {
            let by = deciding(row).and_then(|act| report(&act.report));
            let statuses = (status_word(old.and_then(|old| old.status)), status_word(row.status));
            let mut change = changed().in_field("status", statuses.0, statuses.1).by(by);
            change.actor = Some(row.actor.name.clone());
            changes.push(change);
        }
    }
    // Where several reports came, only their own records can tell which of them it was: `views::diff` asks them.
    let only =
        after.reports.get(before.reports.len()).filter(|_| after.reports.len() == before.reports.len() + 1);
    let place = |incident: &RecordIncident| incident.place.as_ref().map(|place| place.name.clone());
    for (field, old, new) in [
        ("type", Some(before.kind.to_string()), Some(after.kind.to_string())),
        ("stage", Some(before.stage.to_string()), Some(after.stage.to_string())),
        ("date", days(before.date), days(after.date)),
        ("place", place(before), place(after)),
        ("origins", Some(before.origins.to_string()), Some(after.origins.to_string())),
    ] {
        if old != new {
            changes.push(changed().in_field(field, old, new).by(only));
        }
    }
}

/// Whether a field of two states of an incident is not the same.
pub fn differs(before: &RecordIncident, after: &RecordIncident, field: &str, places: &Gazetteer) -> bool {
    let mut changes = Vec::new();
    between_incidents(before, after, places, &mut changes);
    changes.iter().any(|change| change.field.as_deref() == Some(field))
}

/// The act with which the acts on an actor came to what they come to.
fn deciding(row: &AttributionRow) -> Option<&ActRow> {
    let acts: Vec<_> = row.acts.iter().map(ActRow::act).collect();
    let at = (0..acts.len()).rev().find(|&at| status(&acts[..at]) != row.status)?;
    row.acts.get(at)
}

/// What each report of an incident changed, in their order; reports that changed nothing are left out.
pub fn of(incident: &RecordIncident, places: &Gazetteer) -> Vec<ChangesOfReport> {
    let called = title(incident, places);
    let changed = || Change::of("changed", "incident", &incident.id, called.clone());
    let mut by_report: BTreeMap<&str, Vec<Change>> = BTreeMap::new();
    let mut origins = BTreeSet::new();
    for (at, report) in incident.reports.iter().enumerate() {
        let is_new = origins.insert(&report.origin);
        if at == 0 {
            by_report.entry(&report.id).or_default().push(Change { kind: "added", ..changed() });
        } else if is_new {
            let (before, after) = ((origins.len() - 1).to_string(), origins.len().to_string());
            let change = changed().in_field("origins", Some(before), Some(after));
            by_report.entry(&report.id).or_default().push(change);
        }
    }
    for (measure, row) in &incident.counts {
        for (report, before, after) in steps(row, incident) {
            let change =
                changed().in_field(measure.as_str(), before.map(words::bounds), Some(words::bounds(after)));
            by_report.entry(report).or_default().push(change);
        }
    }
    for row in &incident.attributions {
        let acts: Vec<_> = row.acts.iter().map(|act| act.act()).collect();
        let mut before = None;
        for (at, act) in row.acts.iter().enumerate() {
            let after = status(&acts[..=at]);
            if at == 0 || after != before {
                let mut change = changed().in_field("status", status_word(before), status_word(after));
                change.actor = Some(row.actor.name.clone());
                by_report.entry(&act.report).or_default().push(change);
            }
            before = after;
        }
    }
    let made = |report: &ReportRow| {
        let changes = by_report.remove(report.id.as_str())?;
        Some(ChangesOfReport {
            published: report.published.to_string(),
            report: report.id.to_string(),
            source: report.source.clone(),
            changes: changes.into_iter().map(|change| change.by(Some(report))).collect(),
        })
    };
    incident.reports.iter().filter_map(made).collect()
}

/// How the count in force moved: the report, the count before, the count after. As in the record, a copy repeats and
/// a report on something else counts only where no other does.
fn steps<'a>(row: &'a CountRow, incident: &'a RecordIncident) -> Vec<(&'a str, Option<Bounds>, Bounds)> {
    let told: BTreeMap<&str, &ReportRow> =
        incident.reports.iter().map(|report| (report.id.as_str(), report)).collect();
    let is_repeat = |at: usize| {
        let report = told.get(row.series[at].report.as_str());
        row.series[..at].iter().any(|earlier| {
            let other = told.get(earlier.report.as_str());
            earlier.bounds == row.series[at].bounds
                && report.map(|one| &one.origin) == other.map(|one| &one.origin)
                && report.map(|one| &one.identity) != other.map(|one| &one.identity)
        })
    };
    let (mut on_it, mut before) = (None, None);
    let mut steps = Vec::new();
    for (_, point) in row.series.iter().enumerate().filter(|(at, _)| !is_repeat(*at)) {
        if !point.in_passing {
            on_it = Some(point.bounds);
        }
        let after = on_it.unwrap_or(point.bounds);
        if before != Some(after) {
            steps.push((point.report.as_str(), before, after));
            before = Some(after);
        }
    }
    steps
}

/// The newest change of an incident, with its time, report and outlet.
pub fn newest(incident: &RecordIncident, places: &Gazetteer) -> Option<(Timestamp, ChangesOfReport)> {
    let last = of(incident, places).pop()?;
    let published = incident.reports.iter().find(|report| report.id == last.report.as_str())?.published;
    Some((published, last))
}
