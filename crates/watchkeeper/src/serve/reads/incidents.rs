//! `/api/incidents`: the list.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use watchkeeper_core::reading::{Bounds, Measure};
use watchkeeper_core::resolve::record::RecordIncident;

use super::facets::{Facets, facets};
use super::filters::{Incidents, Selection, Sort};
use super::snapshot;
use crate::changes;
use crate::serve::http::paging::{Cursor, Page, Place, cut};
use crate::serve::http::problem::Refusal;
use crate::serve::http::route::Asked;
use crate::serve::state::App;
use crate::wire::record::{WireActor, WireDays, WireLocation, days};
use crate::wire::words;

/// A page of incidents, how many there are, and what would be left.
#[derive(Debug, Serialize, JsonSchema)]
pub struct IncidentPage {
    #[serde(flatten)]
    page: Page<IncidentItem>,
    /// How many incidents fit.
    total: usize,
    /// How many incidents each value of a filter would leave.
    facets: Facets,
}

/// An incident as lists show it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct IncidentItem {
    id: String,
    title: String,
    #[schemars(schema_with = "words::incident_types")]
    r#type: &'static str,
    #[schemars(schema_with = "words::stages")]
    stage: &'static str,
    date: Option<WireDays>,
    place: Option<WireLocation>,
    killed: Option<WireBounds>,
    injured: Option<WireBounds>,
    missing: Option<WireBounds>,
    detained: Option<WireBounds>,
    attributions: Vec<AttributionHead>,
    /// How many independent origins the reports have.
    origins: usize,
    /// How many outlets report it.
    outlets: usize,
    /// How many reports tell of it.
    reports: usize,
    first_published: Option<String>,
    last_published: Option<String>,
    /// The newest change.
    changed: Option<Changed>,
    /// How many warnings were about it.
    warnings: usize,
    /// Whether a person's decision touches it.
    decided: bool,
}

/// The count in force.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireBounds {
    low: Option<u64>,
    high: Option<u64>,
    #[schemars(schema_with = "words::qualifiers")]
    qualifier: &'static str,
}

/// Who is said to be responsible, and what that comes to.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AttributionHead {
    actor: WireActor,
    #[schemars(schema_with = "words::statuses_or_null")]
    status: Option<&'static str>,
}

/// A change in a few words.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Changed {
    published: String,
    report: String,
    source: Option<String>,
    /// As `killed 93 → at least 130`.
    what: String,
}

/// The number by which an incident is ordered.
pub fn rank(incident: &RecordIncident, sort: Sort) -> i64 {
    let rank = match sort {
        Sort::Latest => incident.reports.last().map(|report| report.published.as_microsecond()),
        Sort::Date => incident.date.and_then(|date| date.start.or(date.end)).and_then(|day| {
            jiff::tz::Offset::UTC.to_timestamp(day.at(0, 0, 0, 0)).ok().map(Timestamp::as_microsecond)
        }),
    };
    rank.unwrap_or(i64::MIN)
}

/// How many outlets report an incident; an address counts where no outlet is known.
pub fn outlets(incident: &RecordIncident) -> usize {
    let names: std::collections::BTreeSet<&str> =
        incident.reports.iter().map(|report| report.source.as_deref().unwrap_or(&report.identity)).collect();
    names.len()
}

impl IncidentItem {
    /// An incident as lists show it.
    pub fn new(incident: &RecordIncident, app: &App) -> Self {
        let count = |measure| {
            let row = incident.counts.get(&measure)?;
            let Bounds { low, high, qualifier } = row.bounds()?;
            Some(WireBounds { low, high, qualifier: qualifier.as_str() })
        };
        let published = |report: Option<&watchkeeper_core::resolve::record::ReportRow>| {
            report.map(|report| report.published.to_string())
        };
        let changed = changes::newest(incident, &app.gazetteer).map(|(published, report)| Changed {
            published: published.to_string(),
            what: report.changes.iter().map(changes::Change::phrase).collect::<Vec<_>>().join("; "),
            report: report.report,
            source: report.source,
        });
        Self {
            id: incident.id.clone(),
            title: changes::title(incident, &app.gazetteer),
            r#type: incident.kind.as_str(),
            stage: incident.stage.as_str(),
            date: incident.date.map(days),
            place: incident.place.as_ref().map(WireLocation::from),
            killed: count(Measure::Killed),
            injured: count(Measure::Injured),
            missing: count(Measure::Missing),
            detained: count(Measure::Detained),
            attributions: incident
                .attributions
                .iter()
                .map(|row| AttributionHead {
                    actor: WireActor::from(&row.actor),
                    status: row.status.map(watchkeeper_core::resolve::status::Status::as_str),
                })
                .collect(),
            origins: incident.origins,
            outlets: outlets(incident),
            reports: incident.reports.len(),
            first_published: published(incident.reports.first()),
            last_published: published(incident.reports.last()),
            changed,
            warnings: incident.warnings.len(),
            decided: !incident.decisions.is_empty(),
        }
    }
}

/// The list.
///
/// # Errors
/// What the store says.
pub fn list(app: &App, asked: Asked<Incidents>) -> Result<IncidentPage, Refusal> {
    let query = asked.with;
    let snapshot = snapshot(app, &query)?;
    let sort = query.sort.unwrap_or_default();
    let selection = Selection::new(&query, app)?;
    let (columns, incidents) = (snapshot.columns(), &snapshot.record.incidents);
    let in_order = columns.order(sort).filter_map(|at| incidents.get(at)).map(AsRef::as_ref);
    let fitting: Vec<&RecordIncident> = in_order.filter(|incident| selection.fits(incident)).collect();
    let total = fitting.len();
    let after = query.cursor.as_ref().map_or(0, |Cursor(end)| {
        fitting.partition_point(|incident| {
            (rank(incident, sort), incident.id.as_str()) >= (end.rank, end.id.as_str())
        })
    });
    let places = fitting[after..]
        .iter()
        .map(|incident| (Place { rank: rank(incident, sort), id: incident.id.clone() }, *incident));
    let (items, next) = cut(places, None, query.limit.unwrap_or_default().0);
    let shown = snapshot.shown();
    Ok(IncidentPage {
        page: Page {
            items: items.into_iter().map(|incident| IncidentItem::new(incident, app)).collect(),
            next,
            as_of: shown.as_of,
            recorded_by: shown.recorded_by,
        },
        total,
        facets: facets(&snapshot, &selection, &app.gazetteer),
    })
}
