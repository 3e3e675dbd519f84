//! `/api/diff` and `/api/timeline`: what changed between two moments, and when reports came.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::filters::{Incidents, Selection};
use super::snapshot;
use crate::changes::{self, Change};
use crate::serve::http::params::Moment;
use crate::serve::http::problem::Refusal;
use crate::serve::http::route::Asked;
use crate::serve::snapshot::Moments;
use crate::serve::state::App;

/// The most stretches that a timeline has.
const MOST_BUCKETS: u32 = 160;

/// Between which moments.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Between {
    /// The earlier moment; a day means its end.
    from: Moment,
    /// The later moment; a day means its end. Absent: now.
    to: Option<Moment>,
    /// What the store held by then; a day means its end. Absent: now.
    recorded_by: Option<Moment>,
}

/// What changed.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Diff {
    from: String,
    to: String,
    changes: Vec<Change>,
}

/// When reports came.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Timeline {
    /// Stretches of equal length in which there are reports.
    buckets: Vec<Bucket>,
    /// The time of the first report.
    first: Option<String>,
    /// The time of the last report.
    last: Option<String>,
}

/// One stretch.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Bucket {
    start: String,
    end: String,
    reports: u64,
}

/// What changed between two moments.
///
/// # Errors
/// What the store says.
pub fn diff(app: &App, asked: Asked<Between>) -> Result<Diff, Refusal> {
    let Between { from, to, recorded_by } = asked.with;
    let recorded_by = recorded_by.map(|moment| moment.0);
    let earlier = app.snapshot(Moments { as_of: Some(from.0), recorded_by })?;
    let later = app.snapshot(Moments { as_of: to.map(|to| to.0), recorded_by })?;
    Ok(Diff {
        from: earlier.as_of().to_string(),
        to: later.as_of().to_string(),
        changes: changes::between(&earlier.record, &later.record, &app.gazetteer),
    })
}

/// When the reports of the incidents came that fit; all reports where nothing is asked for. Not cut by `as_of`.
///
/// # Errors
/// What the store says.
pub fn timeline(app: &App, asked: Asked<Incidents>) -> Result<Timeline, Refusal> {
    let mut query = asked.with;
    let recorded_by = query.recorded_by;
    query.as_of = Some(Moment(Timestamp::MAX));
    let unfiltered = Incidents { as_of: query.as_of, recorded_by, ..Incidents::default() };
    if query.is_same_filter(&unfiltered) {
        let bins = app.ask(|store| store.bins(MOST_BUCKETS, recorded_by.map(|moment| moment.0)))?;
        let holdings = app.ask(watchkeeper_store::Store::holdings)?;
        let buckets = bins.into_iter().map(|bin| Bucket {
            start: bin.start.to_string(),
            end: bin.end.to_string(),
            reports: bin.reports,
        });
        return Ok(Timeline {
            buckets: buckets.collect(),
            first: holdings.first.map(|at| at.to_string()),
            last: holdings.last.map(|at| at.to_string()),
        });
    }
    let snapshot = snapshot(app, &query)?;
    let wanted =
        query.incident.take().and_then(|words| snapshot.incident(&words.0)).map(|incident| &incident.id);
    let selection = Selection::new(&query, app)?;
    let incidents = snapshot.record.incidents.iter().map(AsRef::as_ref);
    let fitting = incidents.filter(|one| wanted.is_none_or(|id| one.id == *id) && selection.fits(one));
    let mut times: Vec<i64> = fitting
        .flat_map(|incident| &incident.reports)
        .map(|report| report.published.as_microsecond())
        .collect();
    times.sort_unstable();
    Ok(binned(&times))
}

fn binned(times: &[i64]) -> Timeline {
    let (Some(&first), Some(&last)) = (times.first(), times.last()) else {
        return Timeline { buckets: Vec::new(), first: None, last: None };
    };
    let shown = |at: i64| Timestamp::from_microsecond(at).unwrap_or(Timestamp::MAX).to_string();
    let width = watchkeeper_store::width_us(first, last, MOST_BUCKETS);
    let mut buckets: Vec<(i64, u64)> = Vec::new();
    for time in times {
        let start = first + (time - first) / width * width;
        match buckets.last_mut() {
            Some((at, reports)) if *at == start => *reports += 1,
            _ => buckets.push((start, 1)),
        }
    }
    let buckets = buckets.into_iter().map(|(start, reports)| Bucket {
        start: shown(start),
        end: shown(start.saturating_add(width)),
        reports,
    });
    Timeline { buckets: buckets.collect(), first: Some(shown(first)), last: Some(shown(last)) }
}
