//! `/api/attributions` and `/api/counts`: what the incidents say of actors and of numbers, without the rest of them.

use schemars::JsonSchema;
use serde::Serialize;
use watchkeeper_core::reading::Measure;
use watchkeeper_core::resolve::claims::AttributionRow;
use watchkeeper_core::resolve::counts::CountRow;
use watchkeeper_core::resolve::record::RecordIncident;

use super::filters::{country, is_called};
use super::notices::page;
use super::{query, snapshot};
use crate::changes;
use crate::serve::http::paging::{Cursor, Page, Place, cut};
use crate::serve::http::params::{CountryCode, Limit, MeasureWord, StatusWord, Words};
use crate::serve::http::problem::Refusal;
use crate::serve::http::route::Asked;
use crate::serve::state::App;
use crate::wire::record::{WireAttribution, WireCount};
use crate::wire::words;

query!(
    /// Which attributions are asked for.
    Attributions {
        /// Only those for incidents in this country.
        country: CountryCode,
        /// Only those to this actor, by key or name.
        actor: Words,
        /// Only those that come to this status.
        status: StatusWord,
        /// Only those for this incident.
        incident: Words,
        /// How many items a page holds.
        limit: Limit,
        /// Where the page before ended.
        cursor: Cursor,
    }
);

query!(
    /// Which counts are asked for.
    Counts {
        /// Only those of incidents in this country.
        country: CountryCode,
        /// Only those of this measure.
        measure: MeasureWord,
        /// Only those of this incident.
        incident: Words,
        /// How many items a page holds.
        limit: Limit,
        /// Where the page before ended.
        cursor: Cursor,
    }
);

/// Everything said of one actor's responsibility for one incident.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AttributionItem {
    incident: String,
    incident_title: String,
    #[serde(flatten)]
    attribution: WireAttribution,
}

/// The counts of one measure for one incident.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CountItem {
    incident: String,
    incident_title: String,
    #[schemars(schema_with = "words::measures")]
    measure: &'static str,
    #[serde(flatten)]
    count: WireCount,
}

fn place(published: Option<jiff::Timestamp>, incident: &RecordIncident, part: &str) -> Place {
    let rank = published.map_or(i64::MIN, jiff::Timestamp::as_microsecond);
    Place { rank, id: format!("{} {part}", incident.id) }
}

fn fits(incident: &RecordIncident, of: Option<CountryCode>, id: Option<&Words>) -> bool {
    of.is_none_or(|wanted| country(incident) == Some(wanted.0))
        && id.is_none_or(|wanted| incident.id == wanted.0)
}

/// The attributions, those first of which something was said last.
///
/// # Errors
/// What the store says.
pub fn attributions(app: &App, asked: Asked<Attributions>) -> Result<Page<AttributionItem>, Refusal> {
    let query = asked.with;
    let snapshot = snapshot(app, &query)?;
    let incidents = snapshot.record.incidents.iter();
    let incidents = incidents.filter(|one| fits(one, query.country, query.incident.as_ref()));
    let rows = incidents.flat_map(|incident| {
        (0..).zip(&incident.attributions).map(move |(at, row)| (incident.as_ref(), at, row))
    });
    let mut fitting: Vec<(Place, (&RecordIncident, &AttributionRow))> = rows
        .filter(|(_, _, row)| query.status.is_none_or(|wanted| row.status == Some(wanted.0)))
        .filter(|(_, _, row)| query.actor.as_ref().is_none_or(|wanted| is_called(&row.actor, &wanted.0)))
        .map(|(incident, at, row): (&RecordIncident, u32, &AttributionRow)| {
            let last = row.acts.last().map(|act| act.published);
            (place(last, incident, &format!("{at:04}")), (incident, row))
        })
        .collect();
    fitting.sort_by(|a, b| b.0.cmp(&a.0));
    let (items, next) = cut(fitting, query.cursor.as_ref(), query.limit.unwrap_or_default().0);
    let items = items.into_iter().map(|(incident, row)| AttributionItem {
        incident: incident.id.clone(),
        incident_title: changes::title(incident, &app.gazetteer),
        attribution: WireAttribution::from(row),
    });
    Ok(page(items.collect(), next, &snapshot))
}

/// The counts, those first that were told last.
///
/// # Errors
/// What the store says.
pub fn counts(app: &App, asked: Asked<Counts>) -> Result<Page<CountItem>, Refusal> {
    let query = asked.with;
    let snapshot = snapshot(app, &query)?;
    let incidents = snapshot.record.incidents.iter();
    let incidents = incidents.filter(|one| fits(one, query.country, query.incident.as_ref()));
    let rows = incidents.flat_map(|incident| {
        incident.counts.iter().map(move |(measure, row)| (incident.as_ref(), *measure, row))
    });
    let mut fitting: Vec<(Place, (&RecordIncident, Measure, &CountRow))> = rows
        .filter(|(_, measure, _)| query.measure.is_none_or(|wanted| *measure == wanted.0))
        .map(|(incident, measure, row)| {
            let last = row.series.last().map(|point| point.published);
            (place(last, incident, measure.as_str()), (incident, measure, row))
        })
        .collect();
    fitting.sort_by(|a, b| b.0.cmp(&a.0));
    let (items, next) = cut(fitting, query.cursor.as_ref(), query.limit.unwrap_or_default().0);
    let items = items.into_iter().map(|(incident, measure, row)| CountItem {
        incident: incident.id.clone(),
        incident_title: changes::title(incident, &app.gazetteer),
        measure: measure.as_str(),
        count: WireCount::from(row),
    });
    Ok(page(items.collect(), next, &snapshot))
}
