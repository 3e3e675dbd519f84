//! `/api/incidents/{id}`: one incident with all that hangs on it.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;
use watchkeeper_core::resolve::decisions::Ruling;
use watchkeeper_core::resolve::record::{DecisionRow, RecordIncident};
use watchkeeper_core::resolve::version::VersionId;

use super::notices::{ThreatItem, WarningItem};
use super::{AtMoment, incidents, snapshot};
use crate::changes::{self, ChangesOfReport};
use crate::serve::http::problem::{Problem, Refusal};
use crate::serve::http::route::Asked;
use crate::serve::snapshot::Snapshot;
use crate::serve::state::App;
use crate::wire::record::WireIncident;

/// An incident with all that hangs on it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct IncidentDetail {
    #[serde(flatten)]
    incident: WireIncident,
    title: String,
    /// How many outlets report it.
    outlets: usize,
    /// The warnings that were about it.
    warnings_detail: Vec<WarningItem>,
    /// The threats that it carried out, and those that its reports tell of.
    threats: Vec<ThreatItem>,
    /// Why its reports were linked to it.
    links: Vec<Link>,
    /// Which fields and facts a person decided, and by which decision.
    decided: Vec<DecidedField>,
    /// The moment that this shows.
    as_of: String,
    /// What the store held by then.
    recorded_by: String,
}

/// A field or fact that a person decided.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DecidedField {
    /// The field, as `killed`, or the id of the fact.
    field: String,
    /// The decision.
    decision: String,
}

impl DecidedField {
    fn new(row: &DecisionRow) -> Option<Self> {
        let field = match &row.decision.ruling {
            Ruling::Accept { fact } | Ruling::Reject { fact } => fact.clone(),
            Ruling::Override { correction, .. } => correction.field().to_owned(),
            Ruling::Merge { .. } | Ruling::Split { .. } => "reports".to_owned(),
            Ruling::Rate { .. } | Ruling::Note { .. } | Ruling::Unmask { .. } | Ruling::Undo { .. } => {
                return None;
            }
        };
        Some(Self { field, decision: row.decision.id.clone() })
    }
}

/// Why a report was linked to an incident.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Link {
    report: String,
    /// The sum of the weights; two and more link.
    score: f32,
    reasons: Vec<LinkReason>,
}

/// One part of a comparison.
#[derive(Debug, Serialize, JsonSchema)]
pub struct LinkReason {
    /// Which part, as `place`.
    part: &'static str,
    /// What was found.
    finding: String,
    /// How much it counts for (above nought) or against.
    weight: f32,
}

/// The incident that has this id, where it has it still.
///
/// # Errors
/// 404 where there is none, 301 where it has another id now.
pub fn found<'a>(snapshot: &'a Snapshot, id: &str, behind: &str) -> Result<&'a RecordIncident, Refusal> {
    let incident = snapshot.incident(id).ok_or_else(|| Problem::not_found(format!("incident {id}")))?;
    if incident.id == id {
        Ok(incident)
    } else {
        Err(Refusal::Moved(format!("/api/incidents/{}{behind}", incident.id)))
    }
}

/// One incident.
///
/// # Errors
/// 404 where there is none, 301 where it has another id now.
pub fn show(app: &App, asked: Asked<AtMoment>) -> Result<IncidentDetail, Refusal> {
    let snapshot = snapshot(app, &asked.with)?;
    let incident = found(&snapshot, &asked.id, "")?;
    let ids = std::iter::once(&incident.id).chain(&incident.former_ids);
    let assignments =
        app.ask(|store| ids.map(|id| store.links(id, snapshot.as_of())).collect::<Result<Vec<_>, _>>())?;
    let links = assignments.into_iter().flatten().filter_map(|assignment| {
        let comparison = assignment.comparison?;
        Some(Link {
            report: assignment.version.to_string(),
            score: comparison.score(),
            reasons: comparison
                .reasons
                .into_iter()
                .map(|reason| LinkReason {
                    part: reason.part.as_str(),
                    finding: reason.finding,
                    weight: reason.weight,
                })
                .collect(),
        })
    });
    let record = &snapshot.record;
    let warnings = record.warnings.iter().filter(|one| one.incident.as_ref() == Some(&incident.id));
    let carriers: BTreeSet<&VersionId> = incident.reports.iter().map(|report| &report.id).collect();
    let threats = record.threats.iter().filter(|one| {
        one.incident.as_ref() == Some(&incident.id)
            || one.reports.iter().any(|report| carriers.contains(&report.id))
    });
    let shown = snapshot.shown();
    Ok(IncidentDetail {
        incident: WireIncident::from(incident),
        title: changes::title(incident, &app.gazetteer),
        outlets: incidents::outlets(incident),
        warnings_detail: warnings.map(|warning| WarningItem::new(warning, &snapshot)).collect(),
        threats: threats.map(|threat| ThreatItem::new(threat, &snapshot)).collect(),
        links: links.collect(),
        decided: incident.decisions.iter().filter_map(DecidedField::new).collect(),
        as_of: shown.as_of,
        recorded_by: shown.recorded_by,
    })
}

/// What each report of an incident changed.
///
/// # Errors
/// 404 where there is none, 301 where it has another id now.
pub fn history(app: &App, asked: Asked<AtMoment>) -> Result<Vec<ChangesOfReport>, Refusal> {
    let snapshot = snapshot(app, &asked.with)?;
    Ok(changes::of(found(&snapshot, &asked.id, "/changes")?, &app.gazetteer))
}
