//! `/api/reports`: the list.

use jiff::Timestamp;
use jiff::tz::Offset;
use schemars::JsonSchema;
use serde::Serialize;
use watchkeeper_store::{ReportFilter, StoredReport, Terms};

use super::notices::page;
use super::{query, snapshot};
use crate::moment;
use crate::serve::http::paging::{Cursor, Page, Place};
use crate::serve::http::params::{Day, Limit, Words};
use crate::serve::http::problem::Refusal;
use crate::serve::http::route::Asked;
use crate::serve::snapshot::Snapshot;
use crate::serve::state::App;

query!(
    /// Which reports are asked for.
    Reports {
        /// Only those of this outlet.
        source: Words,
        /// Only those that tell of this incident.
        incident: Words,
        /// Only on this day or later.
        from: Day,
        /// Only on this day or earlier.
        to: Day,
        /// Only those that have these words.
        q: Words,
        /// How many items a page holds.
        limit: Limit,
        /// Where the page before ended.
        cursor: Cursor,
    }
);

/// A report as lists show it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReportItem {
    id: String,
    /// The address, or the path of the file.
    url: String,
    source: Option<String>,
    title: Option<String>,
    /// The time of this version.
    published: String,
    /// When the store took it in.
    recorded: String,
    /// The first version of its origin, where the record knows it.
    origin: Option<String>,
    /// The incidents of which it tells.
    incidents: Vec<String>,
}

impl ReportItem {
    /// A report as lists show it.
    pub fn new(report: StoredReport, snapshot: &Snapshot) -> Self {
        let told: Vec<_> = snapshot.told_by(&report.id).collect();
        let row = told
            .first()
            .and_then(|incident| incident.reports.iter().find(|row| row.id == report.id.as_str()));
        Self {
            url: report.identity,
            source: report.source,
            title: report.title,
            published: report.time.to_string(),
            recorded: report.recorded_at.to_string(),
            origin: row.map(|row| row.origin.to_string()),
            incidents: told.into_iter().map(|incident| incident.id.clone()).collect(),
            id: report.id,
        }
    }
}

/// The reports, the latest first.
///
/// # Errors
/// What the store says.
pub fn list(app: &App, asked: Asked<Reports>) -> Result<Page<ReportItem>, Refusal> {
    let query = asked.with;
    let snapshot = snapshot(app, &query)?;
    let limit = query.limit.unwrap_or_default().0;
    let told = query.incident.as_ref().map(|Words(id)| {
        let reports = snapshot.incident(id).into_iter().flat_map(|incident| &incident.reports);
        reports.map(|report| report.id.to_string()).collect::<Vec<_>>()
    });
    let having = query.q.as_ref().map(|Words(words)| {
        let terms = Terms::of(words);
        app.ask(|store| store.versions_with(&terms))
    });
    let among = match (told, having.transpose()?) {
        (Some(told), Some(having)) => Some(told.into_iter().filter(|id| having.contains(id)).collect()),
        (told, having) => told.or(having.map(|ids| ids.into_iter().collect())),
    };
    let last = query.to.and_then(|day| moment::end_of(day.0).ok()).unwrap_or(Timestamp::MAX);
    let filter = ReportFilter {
        as_of: snapshot.as_of().min(last),
        recorded_by: query.recorded_by.map(|moment| moment.0),
        source: query.source.map(|words| words.0),
        from: query.from.and_then(|day| Offset::UTC.to_timestamp(day.0.at(0, 0, 0, 0)).ok()),
        among,
        before: query.cursor.as_ref().map(Cursor::moment),
    };
    let mut reports = app.ask(|store| store.reports(&filter, limit + 1))?;
    let is_more = reports.len() > limit;
    reports.truncate(limit);
    let next = reports
        .last()
        .filter(|_| is_more)
        .map(|last| Place { rank: last.time.as_microsecond(), id: last.id.clone() }.cursor());
    let items = reports.into_iter().map(|report| ReportItem::new(report, &snapshot)).collect();
    Ok(page(items, next, &snapshot))
}
