//! What a search found as JSON, `watchkeeper/search/1`.

use std::ops::Range;

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use watchkeeper_core::text::{CharIndex, Span};
use watchkeeper_store::{Hit, Snippet};

use super::record::WireIncident;
use crate::views::search::Found;

/// Reports and incidents in which words stand.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireSearch {
    #[schemars(extend("const" = "watchkeeper/search/1"))]
    schema: &'static str,
    as_of: String,
    recorded_by: String,
    query: String,
    reports: Vec<WireHit>,
    incidents: Vec<WireIncident>,
}

/// A report in which the words stand.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireHit {
    id: String,
    url: String,
    source: Option<String>,
    title: Option<String>,
    /// Where the words stand in the title.
    title_marks: Vec<[usize; 2]>,
    published: String,
    recorded: String,
    snippet: Option<WireSnippet>,
    /// The incidents that it tells of.
    incidents: Vec<String>,
}

/// A stretch of a report's text.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireSnippet {
    text: String,
    /// Where the words stand in it: first code point, code point after the last.
    marks: Vec<[usize; 2]>,
}

impl WireSearch {
    /// What was found for a query in the record of a moment, as the store held it at another.
    pub fn new(query: &str, found: &Found, as_of: Timestamp, recorded_by: Timestamp) -> Self {
        Self {
            schema: "watchkeeper/search/1",
            as_of: as_of.to_string(),
            recorded_by: recorded_by.to_string(),
            query: query.to_owned(),
            reports: found.reports.iter().map(WireHit::from).collect(),
            incidents: found.incidents.iter().map(WireIncident::from).collect(),
        }
    }
}

impl From<&Hit> for WireHit {
    fn from(hit: &Hit) -> Self {
        let report = &hit.report;
        Self {
            id: report.id.clone(),
            url: report.identity.clone(),
            source: report.source.clone(),
            title: report.title.clone(),
            title_marks: code_points(report.title.as_deref().unwrap_or(""), &hit.title_marks),
            published: report.time.to_string(),
            recorded: report.recorded_at.to_string(),
            snippet: hit.snippet.as_ref().map(WireSnippet::from),
            incidents: hit.incidents.clone(),
        }
    }
}

impl From<&Snippet> for WireSnippet {
    fn from(snippet: &Snippet) -> Self {
        Self { text: snippet.text.clone(), marks: code_points(&snippet.text, &snippet.marks) }
    }
}

/// Ranges of bytes in code points.
fn code_points(text: &str, ranges: &[Range<usize>]) -> Vec<[usize; 2]> {
    let index = CharIndex::new(text);
    let spans = ranges.iter().map(|range| index.chars(text, Span::new(range.start, range.end)));
    spans.map(|span| [span.start, span.end]).collect()
}
