//! `/api/warnings` and `/api/threats`.

use jiff::civil::Date;
use jiff::tz::Offset;
use schemars::JsonSchema;
use serde::Serialize;
use watchkeeper_core::resolve::facts::ActorRef;
use watchkeeper_core::resolve::notices::{RecordThreat, RecordWarning};
use watchkeeper_core::resolve::record::ReportRow;

use super::filters::{country, is_called};
use super::{query, snapshot};
use crate::serve::http::paging::{Cursor, Page, Place, cut};
use crate::serve::http::params::{CountryCode, Limit, OutcomeWord, Words};
use crate::serve::http::problem::Refusal;
use crate::serve::http::route::Asked;
use crate::serve::snapshot::Snapshot;
use crate::serve::state::App;
use crate::wire::record::{WireThreat, WireWarning};

/// Days are all that is known of when a warning was given and when an incident happened.
const HOURS_A_DAY: i32 = 24;

/// A warning, and how long before the incident it was given.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WarningItem {
    #[serde(flatten)]
    warning: WireWarning,
    /// Why that is the outcome.
    outcome_reason: String,
    /// Hours from the warning to the incident, to the day.
    lead_time_hours: Option<i32>,
}

/// A threat, and how long before the incident it was made.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ThreatItem {
    #[serde(flatten)]
    threat: WireThreat,
    /// Why that is the outcome.
    outcome_reason: Option<String>,
    /// Hours from the threat to the incident, to the day.
    lead_time_hours: Option<i32>,
}

query!(
    /// Which warnings are asked for.
    Warnings {
        /// Only those that this actor, by key or name, gave.
        issuer: Words,
        /// Only with this outcome.
        outcome: OutcomeWord,
        /// Only about this country.
        country: CountryCode,
        /// How many items a page holds.
        limit: Limit,
        /// Where the page before ended.
        cursor: Cursor,
    }
);

query!(
    /// Which threats are asked for.
    Threats {
        /// Only those that this actor, by key or name, made.
        speaker: Words,
        /// Only with this outcome.
        outcome: OutcomeWord,
        /// Only those whose speaker belongs to this country, or whose incident happened there.
        country: CountryCode,
        /// How many items a page holds.
        limit: Limit,
        /// Where the page before ended.
        cursor: Cursor,
    }
);

fn lead_time_hours(said: Option<Date>, incident: Option<&String>, snapshot: &Snapshot) -> Option<i32> {
    let incident = snapshot.incident(incident?)?;
    let happened = incident.date.and_then(|date| date.start.or(date.end))?;
    let days = happened.since(said?).ok()?.get_days();
    (days >= 0).then(|| days.saturating_mul(HOURS_A_DAY))
}

fn day_of(report: Option<&ReportRow>) -> Option<Date> {
    report.map(|report| Offset::UTC.to_datetime(report.published).date())
}

impl WarningItem {
    /// A warning of a record.
    pub fn new(warning: &RecordWarning, snapshot: &Snapshot) -> Self {
        let said = warning.issued_on.or_else(|| day_of(warning.reports.first()));
        Self {
            warning: WireWarning::from(warning),
            outcome_reason: warning.because.clone(),
            lead_time_hours: lead_time_hours(said, warning.incident.as_ref(), snapshot),
        }
    }
}

impl ThreatItem {
    /// A threat of a record.
    pub fn new(threat: &RecordThreat, snapshot: &Snapshot) -> Self {
        let said = day_of(threat.reports.first());
        Self {
            threat: WireThreat::from(threat),
            outcome_reason: None,
            lead_time_hours: lead_time_hours(said, threat.incident.as_ref(), snapshot),
        }
    }
}

fn place_in(id: &str, reports: &[ReportRow]) -> Place {
    let rank = reports.first().map_or(i64::MIN, |report| report.published.as_microsecond());
    Place { rank, id: id.to_owned() }
}

fn fits(actor: Option<&ActorRef>, wanted: Option<&Words>) -> bool {
    wanted.is_none_or(|wanted| actor.is_some_and(|actor| is_called(actor, &wanted.0)))
}

/// The warnings, the latest first.
///
/// # Errors
/// What the store says.
pub fn warnings(app: &App, asked: Asked<Warnings>) -> Result<Page<WarningItem>, Refusal> {
    let query = asked.with;
    let snapshot = snapshot(app, &query)?;
    let about = |warning: &RecordWarning| {
        let place = warning.place.as_ref().and_then(|place| place.country);
        place.or_else(|| warning.incident.as_ref().and_then(|id| country(snapshot.incident(id)?)))
    };
    let mut fitting: Vec<(Place, &RecordWarning)> = snapshot
        .record
        .warnings
        .iter()
        .filter(|one| fits(one.issuer.as_ref(), query.issuer.as_ref()))
        .filter(|one| query.outcome.is_none_or(|wanted| one.outcome == wanted.0))
        .filter(|one| query.country.is_none_or(|wanted| about(one) == Some(wanted.0)))
        .map(|one| (place_in(&one.id, &one.reports), one.as_ref()))
        .collect();
    fitting.sort_by(|a, b| b.0.cmp(&a.0));
    let (items, next) = cut(fitting, query.cursor.as_ref(), query.limit.unwrap_or_default().0);
    let items = items.into_iter().map(|warning| WarningItem::new(warning, &snapshot)).collect();
    Ok(page(items, next, &snapshot))
}

/// The threats, the latest first.
///
/// # Errors
/// What the store says.
pub fn threats(app: &App, asked: Asked<Threats>) -> Result<Page<ThreatItem>, Refusal> {
    let query = asked.with;
    let snapshot = snapshot(app, &query)?;
    let is_there = |threat: &RecordThreat, wanted| {
        let hit = threat.incident.as_ref().and_then(|id| country(snapshot.incident(id)?));
        hit == Some(wanted) || threat.speaker.as_ref().and_then(|speaker| speaker.country) == Some(wanted)
    };
    let mut fitting: Vec<(Place, &RecordThreat)> = snapshot
        .record
        .threats
        .iter()
        .filter(|one| fits(one.speaker.as_ref(), query.speaker.as_ref()))
        .filter(|one| query.outcome.is_none_or(|wanted| one.outcome == wanted.0))
        .filter(|one| query.country.is_none_or(|wanted| is_there(one, wanted.0)))
        .map(|one| (place_in(&one.id, &one.reports), one.as_ref()))
        .collect();
    fitting.sort_by(|a, b| b.0.cmp(&a.0));
    let (items, next) = cut(fitting, query.cursor.as_ref(), query.limit.unwrap_or_default().0);
    let items = items.into_iter().map(|threat| ThreatItem::new(threat, &snapshot)).collect();
    Ok(page(items, next, &snapshot))
}

/// A page with the moments that it shows.
pub fn page<T>(items: Vec<T>, next: Option<String>, snapshot: &Snapshot) -> Page<T> {
    let shown = snapshot.shown();
    Page { items, next, as_of: shown.as_of, recorded_by: shown.recorded_by }
}
