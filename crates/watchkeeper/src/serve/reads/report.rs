//! `/api/reports/{id}`: one report with every fact's words marked.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use watchkeeper_core::clean::clean;
use watchkeeper_core::document::{Capture, Field};
use watchkeeper_core::resolve::decisions::{FactId, FactIds};
use watchkeeper_core::resolve::facts::{ActorRef, Quote};
use watchkeeper_core::resolve::version::Version;
use watchkeeper_core::text::CharIndex;
use watchkeeper_store::ArchivedText;

use super::reports::ReportItem;
use super::{AtMoment, snapshot};
use crate::page::words as shown;
use crate::serve::http::problem::{Problem, Refusal};
use crate::serve::http::route::Asked;
use crate::serve::state::App;
use crate::wire::words;

/// A report with its text. Offsets count Unicode code points.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReportDetail {
    #[serde(flatten)]
    report: ReportItem,
    language: Option<String>,
    text: String,
    /// Boilerplate that was left out of reading.
    masked: Vec<Masked>,
    /// The words of every fact, in the order in which they stand.
    marks: Vec<Mark>,
    /// The versions of the report at this address, in their order.
    versions: Vec<VersionItem>,
    /// The reports of one origin with this one, in their order.
    origin_group: Vec<ReportItem>,
}

/// Boilerplate.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Masked {
    start: usize,
    end: usize,
    #[schemars(schema_with = "words::mask_reasons")]
    reason: &'static str,
}

/// The words of a fact.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Mark {
    start: usize,
    end: usize,
    /// `title` where the words stand in the title.
    #[schemars(extend("enum" = ["title", "text"]))]
    field: &'static str,
    #[schemars(extend("enum" = ["incident", "attribution", "count", "warning", "threat"]))]
    kind: &'static str,
    /// The id of the fact.
    fact: Option<String>,
    /// The incident of the record.
    incident: Option<String>,
    /// What the words say, in a few.
    label: String,
}

/// A version at the same address.
#[derive(Debug, Serialize, JsonSchema)]
pub struct VersionItem {
    id: String,
    published: String,
}

/// One report.
///
/// # Errors
/// 404 where the store holds none of that id at that moment.
pub fn show(app: &App, asked: Asked<AtMoment>) -> Result<ReportDetail, Refusal> {
    let snapshot = snapshot(app, &asked.with)?;
    let (as_of, recorded_by) = (snapshot.as_of(), snapshot.moments.recorded_by);
    let found = app.ask(|store| store.report(&asked.id))?;
    let is_known = |time, recorded| time <= as_of && recorded_by.is_none_or(|by| recorded <= by);
    let (report, archived, version) = found
        .filter(|(report, ..)| is_known(report.time, report.recorded_at))
        .ok_or_else(|| Problem::not_found(format!("report {}", asked.id)))?;
    let rows = snapshot.told_by(&report.id).flat_map(|incident| {
        let rows = incident.reports.iter().filter(|row| row.id == version.id);
        rows.map(|row| (row.fact.as_str(), incident.id.as_str()))
    });
    let told: BTreeMap<&str, &str> = rows.collect();
    let mut marks = marks(&version, &archived, &told);
    marks.sort_by_key(|mark| (mark.field != "title", mark.start, mark.end));
    let (versions, group) =
        app.ask(|store| Ok((store.reports_at(&report.identity)?, store.origin_group(&report.id, as_of)?)))?;
    let language = report.language.clone();
    let masked = masked(app, &report.source, &archived)?;
    Ok(ReportDetail {
        report: ReportItem::new(report, &snapshot),
        language,
        masked,
        marks,
        versions: versions
            .into_iter()
            .filter(|one| is_known(one.time, one.recorded_at))
            .map(|one| VersionItem { id: one.id, published: one.time.to_string() })
            .collect(),
        origin_group: group
            .into_iter()
            .filter(|one| is_known(one.time, one.recorded_at))
            .map(|one| ReportItem::new(one, &snapshot))
            .collect(),
        text: archived.text,
    })
}

/// The mask depends on the text alone, so that it need not be kept.
fn masked(app: &App, source: &Option<String>, archived: &ArchivedText) -> Result<Vec<Masked>, Problem> {
    let capture = Capture {
        title: archived.title.clone(),
        text: archived.text.clone(),
        source: source.clone(),
        ..Capture::default()
    };
    let document = clean(capture, &app.boilerplate);
    let index = CharIndex::new(&archived.text);
    Ok(document
        .masked
        .iter()
        .map(|mask| {
            let chars = index.chars(&archived.text, mask.span);
            Masked { start: chars.start, end: chars.end, reason: mask.reason.as_str() }
        })
        .collect())
}

fn name(actor: Option<&ActorRef>) -> &str {
    actor.map_or("the outlet", |actor| actor.name.as_str())
}

/// A mark for every quotation of every fact; `told` are the incidents of the record by the facts that tell of them.
fn marks(version: &Version, archived: &ArchivedText, told: &BTreeMap<&str, &str>) -> Vec<Mark> {
    let facts = &version.facts;
    let ids = FactIds::of(&version.id, facts);
    let incident_of = |number: usize| {
        let incident = told.get(ids.incidents.get(number)?.as_str())?;
        Some((*incident).to_owned())
    };
    let title = archived.title.as_deref().unwrap_or("");
    let (in_title, in_text) = (CharIndex::new(title), CharIndex::new(&archived.text));
    let mut marks = Vec::new();
    let mut put = |kind: &'static str,
                   fact: Option<&FactId>,
                   incident: Option<usize>,
                   label: String,
                   evidence: &[Quote]| {
        for quote in evidence {
            let (index, text, field) = match quote.passage.field {
                Field::Title => (&in_title, title, "title"),
                Field::Text => (&in_text, archived.text.as_str(), "text"),
            };
            let chars = index.chars(text, quote.passage.span);
            marks.push(Mark {
                start: chars.start,
                end: chars.end,
                field,
                kind,
                fact: fact.cloned(),
                incident: incident.and_then(incident_of),
                label: label.clone(),
            });
        }
    };
    for (number, fact) in facts.incidents.iter().enumerate() {
        put(
            "incident",
            ids.incidents.get(number),
            Some(number),
            shown::manner(fact.kind, fact.stage),
            &fact.evidence,
        );
    }
    for (number, fact) in facts.attributions.iter().enumerate() {
        let speaker = fact.speaker.as_ref();
        let label = format!("{} {} {}", name(speaker), fact.stance, fact.actor.name);
        put("attribution", ids.attributions.get(number), Some(fact.incident), label, &fact.evidence);
    }
    for (number, fact) in facts.casualties.iter().enumerate() {
        let label = format!("{} {}", fact.measure, shown::bounds(fact.bounds));
        put("count", ids.casualties.get(number), Some(fact.incident), label, &fact.evidence);
    }
    for (number, fact) in facts.warnings.iter().enumerate() {
        put(
            "warning",
            ids.warnings.get(number),
            fact.incident,
            format!("warning by {}", name(fact.issuer.as_ref())),
            &fact.evidence,
        );
    }
    for (number, fact) in facts.threats.iter().enumerate() {
        put(
            "threat",
            ids.threats.get(number),
            None,
            format!("threat by {}", name(fact.speaker.as_ref())),
            &fact.evidence,
        );
    }
    marks
}
