//! `/api/search`: reports that have some words, and the incidents that they tell of.

use std::collections::BTreeSet;
use std::ops::Range;

use schemars::JsonSchema;
use serde::Serialize;
use watchkeeper_core::text::{CharIndex, Span};
use watchkeeper_store::{Hit, Search, Snippet, Terms};

use super::incidents::IncidentItem;
use super::reports::ReportItem;
use super::{query, snapshot};
use crate::serve::http::paging::{Cursor, Place};
use crate::serve::http::params::{Limit, Words};
use crate::serve::http::problem::Refusal;
use crate::serve::http::route::Asked;
use crate::serve::snapshot::Snapshot;
use crate::serve::state::App;

query!(
    /// What is looked for.
    Looked needs {
        /// Words that must all stand in a report, in whatever form.
        q: Words,
    } and {
        /// How many reports a page holds.
        limit: Limit,
        /// Where the page before ended.
        cursor: Cursor,
    }
);

/// What was found.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Results {
    /// The incidents of which the reports tell.
    incidents: Vec<IncidentItem>,
    /// The reports, the latest first.
    reports: Vec<HitItem>,
    /// What to give as `cursor` for the next page; null on the last.
    next: Option<String>,
    as_of: String,
    recorded_by: String,
}

/// A report in which the words stand.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HitItem {
    #[serde(flatten)]
    report: ReportItem,
    /// Where the words stand in the title, in code points.
    title_marks: Vec<[usize; 2]>,
    /// Where they stand in the text; null where only the title has them.
    snippet: Option<WireSnippet>,
}

/// A stretch of a report's text.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireSnippet {
    text: String,
    /// Where the words stand in it, in code points.
    marks: Vec<[usize; 2]>,
}

/// Ranges of bytes in code points.
fn code_points(text: &str, ranges: &[Range<usize>]) -> Vec<[usize; 2]> {
    let index = CharIndex::new(text);
    let spans = ranges.iter().map(|range| index.chars(text, Span::new(range.start, range.end)));
    spans.map(|span| [span.start, span.end]).collect()
}

impl HitItem {
    fn new(hit: Hit, snapshot: &Snapshot) -> Self {
        let snippet = hit
            .snippet
            .map(|Snippet { text, marks }| WireSnippet { marks: code_points(&text, &marks), text });
        let title = hit.report.title.as_deref().unwrap_or("");
        let title_marks = code_points(title, &hit.title_marks);
        Self { report: ReportItem::new(hit.report, snapshot), title_marks, snippet }
    }
}

/// Finds reports and incidents.
///
/// # Errors
/// What the store says.
pub fn find(app: &App, asked: Asked<Looked>) -> Result<Results, Refusal> {
    let query = asked.with;
    let snapshot = snapshot(app, &query)?;
    let limit = query.limit.unwrap_or_default().0;
    let search = Search {
        terms: Terms::of(&query.q.0),
        as_of: snapshot.as_of(),
        recorded_by: snapshot.moments.recorded_by,
        before: query.cursor.as_ref().map(Cursor::moment),
    };
    let mut hits = app.ask(|store| store.search(&search, limit + 1))?;
    let is_more = hits.len() > limit;
    hits.truncate(limit);
    let next = hits
        .last()
        .filter(|_| is_more)
        .map(|last| Place { rank: last.report.time.as_microsecond(), id: last.report.id.clone() }.cursor());
    let mut told = BTreeSet::new();
    let incidents = hits.iter().flat_map(|hit| snapshot.told_by(&hit.report.id));
    let incidents = incidents.filter(|incident| told.insert(&incident.id));
    let incidents = incidents.map(|incident| IncidentItem::new(incident, app)).collect();
    let shown = snapshot.shown();
    Ok(Results {
        incidents,
        reports: hits.into_iter().map(|hit| HitItem::new(hit, &snapshot)).collect(),
        next,
        as_of: shown.as_of,
        recorded_by: shown.recorded_by,
    })
}
