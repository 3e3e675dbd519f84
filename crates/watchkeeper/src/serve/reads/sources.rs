//! `/api/sources` and `/api/origins`: outlets, and which reports are really one.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use watchkeeper_core::resolve::decisions::Ruling;
use watchkeeper_core::resolve::origin::outlet_key;
use watchkeeper_store::SourceCount;

use super::incident::found;
use super::notices::page;
use super::{AtMoment, query, snapshot};
use crate::changes;
use crate::serve::http::paging::{Cursor, Page, Place, cut};
use crate::serve::http::params::{Limit, Words};
use crate::serve::http::problem::{Problem, Refusal};
use crate::serve::http::route::Asked;
use crate::serve::snapshot::Snapshot;
use crate::serve::state::App;
use crate::wire::record::WireReport;

query!(
    /// Which outlets are asked for.
    Sources {
        /// Only those with these words in their name.
        q: Words,
        /// How many items a page holds.
        limit: Limit,
        /// Where the page before ended.
        cursor: Cursor,
    }
);

query!(
    /// The reports of which incident.
    OfIncident needs {
        /// The incident.
        incident: Words,
    } and {}
);

/// An outlet.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct SourceItem {
    name: String,
    /// How a person rated it.
    rating: Option<Rating>,
    /// How many reports it gave.
    reports: u64,
    /// How many of them were the first of their origin.
    origins: u64,
    /// How many were new versions of what it had published already.
    corrections: u64,
}

/// A rating on the Admiralty scale.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Rating {
    /// A (reliable) to F (cannot be judged).
    reliability: String,
    /// 1 (confirmed) to 6 (cannot be judged).
    credibility: u8,
}

/// An outlet with the incidents on which it reports.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SourceDetail {
    #[serde(flatten)]
    source: SourceItem,
    incidents: Vec<IncidentName>,
    as_of: String,
    recorded_by: String,
}

/// An incident by name.
#[derive(Debug, Serialize, JsonSchema)]
pub struct IncidentName {
    id: String,
    title: String,
}

/// Reports that are one.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Origin {
    /// The first of them.
    origin: String,
    reports: Vec<WireReport>,
}

fn counts(app: &App, snapshot: &Snapshot) -> Result<Vec<SourceCount>, Refusal> {
    Ok(app.ask(|store| store.sources(snapshot.as_of(), snapshot.moments.recorded_by))?)
}

/// The ratings that stand, by outlet; the last counts.
fn ratings(app: &App, snapshot: &Snapshot) -> Result<BTreeMap<String, Rating>, Refusal> {
    let standing = app.ask(|store| store.standing(snapshot.moments.recorded_by))?;
    let rated = standing.decisions().iter().filter_map(|decision| match &decision.ruling {
        Ruling::Rate { source, rating } => Some((
            outlet_key(source),
            Rating { reliability: rating.reliability().to_string(), credibility: rating.credibility() },
        )),
        _ => None,
    });
    Ok(rated.collect())
}

impl SourceItem {
    fn new(count: SourceCount, ratings: &BTreeMap<String, Rating>) -> Self {
        let SourceCount { name, reports, origins, corrections } = count;
        Self { rating: ratings.get(&outlet_key(&name)).cloned(), name, reports, origins, corrections }
    }
}

/// The outlets, those with the most reports first.
///
/// # Errors
/// What the store says.
pub fn list(app: &App, asked: Asked<Sources>) -> Result<Page<SourceItem>, Refusal> {
    let query = asked.with;
    let snapshot = snapshot(app, &query)?;
    let wanted = query.q.as_ref().map(|words| words.0.to_lowercase());
    let ratings = ratings(app, &snapshot)?;
    let mut fitting: Vec<(Place, SourceItem)> = counts(app, &snapshot)?
        .into_iter()
        .filter(|one| wanted.as_ref().is_none_or(|wanted| one.name.to_lowercase().contains(wanted)))
        .map(|one| {
            let rank = i64::try_from(one.reports).unwrap_or(i64::MAX);
            (Place { rank, id: one.name.clone() }, SourceItem::new(one, &ratings))
        })
        .collect();
    fitting.sort_by(|a, b| b.0.cmp(&a.0));
    let (items, next) = cut(fitting, query.cursor.as_ref(), query.limit.unwrap_or_default().0);
    Ok(page(items, next, &snapshot))
}

/// One outlet.
///
/// # Errors
/// 404 where no report is of that outlet.
pub fn show(app: &App, asked: Asked<AtMoment>) -> Result<SourceDetail, Refusal> {
    let snapshot = snapshot(app, &asked.with)?;
    let count = counts(app, &snapshot)?.into_iter().find(|one| one.name == asked.id);
    let count = count.ok_or_else(|| Problem::not_found(format!("outlet {}", asked.id)))?;
    let reported = |incident: &&std::sync::Arc<watchkeeper_core::resolve::record::RecordIncident>| {
        incident.reports.iter().any(|report| report.source.as_deref() == Some(asked.id.as_str()))
    };
    let incidents = snapshot.record.incidents.iter().rev().filter(reported).map(|incident| IncidentName {
        id: incident.id.clone(),
        title: changes::title(incident, &app.gazetteer),
    });
    let shown = snapshot.shown();
    Ok(SourceDetail {
        source: SourceItem::new(count, &ratings(app, &snapshot)?),
        incidents: incidents.collect(),
        as_of: shown.as_of,
        recorded_by: shown.recorded_by,
    })
}

/// The reports of an incident by origin, in the order of their first.
///
/// # Errors
/// 404 where there is no such incident.
pub fn origins(app: &App, asked: Asked<OfIncident>) -> Result<Vec<Origin>, Refusal> {
    let snapshot = snapshot(app, &asked.with)?;
    let Words(id) = &asked.with.incident;
    let incident = found(&snapshot, id, "").or_else(|refusal| match refusal {
        Refusal::Moved(_) => snapshot.incident(id).ok_or_else(|| Problem::not_found(id).into()),
        Refusal::Problem(_) => Err(refusal),
    })?;
    let mut groups: Vec<Origin> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for report in &incident.reports {
        let at = *places.entry(report.origin.as_str()).or_insert_with(|| {
            groups.push(Origin { origin: report.origin.to_string(), reports: Vec::new() });
            groups.len() - 1
        });
        groups[at].reports.push(WireReport::from(report));
    }
    Ok(groups)
}
