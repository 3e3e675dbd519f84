//! `/api/ingest` and `/api/example`: reports taken in.

use std::collections::BTreeMap;
use std::io::Cursor;

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use watchkeeper_core::document::{Capture, PublishedAt};
use watchkeeper_core::reading::Reading;
use watchkeeper_ingest::{Defaults, Rejection, captures};
use watchkeeper_store::{KnownVersion, NewVersion, Rejected, Store, text_hash};

use crate::pipeline;
use crate::serve::http::multipart::parts;
use crate::serve::http::params::Words;
use crate::serve::http::problem::{Problem, Refusal};
use crate::serve::http::route::{Call, Reply, json, parse_body};
use crate::serve::snapshot::Moments;
use crate::serve::state::App;
use crate::{changes, versions};

/// How many reports one call may hold: reading them takes a second for about twenty.
const MOST_REPORTS: usize = 500;
/// How many bytes of text the reports of one call may hold.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// Reports written by ourselves, of an attack that never was.
const EXAMPLE: &str = include_str!("../../../../../examples/stream/reports.jsonl");

/// A report to be taken in: its text, its page, or where it is to be fetched.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("anyOf" = [{ "required": ["text"] }, { "required": ["html"] }, { "required": ["address"] }]))]
pub struct NewReport {
    /// The text.
    #[schemars(regex(pattern = r"\S"))]
    text: Option<String>,
    /// The page, as HTML.
    #[schemars(regex(pattern = r"\S"))]
    html: Option<String>,
    /// The headline.
    title: Option<Words>,
    /// The outlet.
    source: Option<Words>,
    /// When it was published: a day, or an RFC 3339 time.
    published: Option<Words>,
    /// Where it was published.
    url: Option<Words>,
    /// Where it is to be fetched, and what is found there taken in.
    address: Option<Words>,
}

/// Nothing needs to be said.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// What came of it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TakenIn {
    /// How many versions are new.
    new: usize,
    /// How many the store held already.
    known: usize,
    /// What could not be read, and why.
    rejected: Vec<RejectedInput>,
    /// The new versions, with what they tell of.
    reports: Vec<NewItem>,
}

/// An input that could not be read.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RejectedInput {
    input: String,
    /// Which part of it, as `line 12`; empty for all of it.
    place: String,
    reason: String,
}

/// A new version.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NewItem {
    id: String,
    title: Option<String>,
    /// The incidents that it tells of, as the record shows it now.
    incidents: Vec<IncidentName>,
}

/// An incident by name.
#[derive(Debug, Serialize, JsonSchema)]
pub struct IncidentName {
    id: String,
    title: String,
}

/// A report as its input gave it.
struct Arrival {
    input: String,
    /// By what it is known where it has no address.
    identity: String,
    capture: Result<Capture, Rejection>,
}

/// Takes in what a call brings.
///
/// # Errors
/// 415 where it brings neither JSON nor a form with files, 422 where it brings nothing that can be taken in.
pub fn take_in(app: &App, call: Call) -> Result<Reply, Refusal> {
    let arrivals = if let Some(boundary) = boundary(&call.headers) {
        from_files(app, &call.body, &boundary)?
    } else if is_json(&call.headers) {
        from_json(app, parse_body(&call.body)?)?
    } else {
        let detail = "send the report as application/json, or its file as multipart/form-data";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail).into());
    };
    json(StatusCode::OK, &read_and_keep(app, arrivals)?)
}

/// Takes in the example.
///
/// # Errors
/// What the store says.
pub fn example(app: &App, call: Call) -> Result<Reply, Refusal> {
    if !is_json(&call.headers) {
        let detail = "send {} as application/json";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail).into());
    }
    let Nothing {} = parse_body(&call.body)?;
    let arrivals = gather(app, "example", "example", EXAMPLE.as_bytes().into(), &Defaults::default())?;
    json(StatusCode::OK, &read_and_keep(app, arrivals)?)
}

fn content_type(headers: &HeaderMap) -> &str {
    headers.get("content-type").and_then(|value| value.to_str().ok()).unwrap_or("")
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = content_type(headers).split(';').next().unwrap_or("").trim();
    kind.eq_ignore_ascii_case("application/json")
}

fn boundary(headers: &HeaderMap) -> Option<String> {
    let mut parameters = content_type(headers).split(';').map(str::trim);
    parameters.next().filter(|kind| kind.eq_ignore_ascii_case("multipart/form-data"))?;
    let value = parameters.find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.eq_ignore_ascii_case("boundary").then(|| value.trim_matches('"'))
    });
    Some(value.unwrap_or("").to_owned())
}

fn from_files(app: &App, body: &Bytes, boundary: &str) -> Result<Vec<Arrival>, Problem> {
    let mut arrivals = Vec::new();
    for part in parts(body, boundary)? {
        if part.name == "file" && !part.content.is_empty() {
            let name = part.file.unwrap_or_else(|| "file".to_owned());
            arrivals.extend(gather(
                app,
                &name,
                &format!("upload:{name}"),
                part.content,
                &Defaults::default(),
            )?);
        }
    }
    if arrivals.is_empty() {
        return Err(Problem::unprocessable("the form has no `file` that holds anything"));
    }
    within_bounds(&arrivals)?;
    Ok(arrivals)
}

fn from_json(app: &App, report: NewReport) -> Result<Vec<Arrival>, Problem> {
    let words = |words: Option<Words>| words.map(|words| words.0);
    let NewReport { text, html, title, source, published, url, address } = report;
    let published = words(published).map(|text| {
        PublishedAt::parse(&text).ok_or_else(|| {
            Problem::unprocessable("`published`: write it as 2024-03-25 or 2024-03-25T14:00:00Z")
        })
    });
    let (title, source, url, published) = (words(title), words(source), words(url), published.transpose()?);
    if let Some(url) = url.as_deref().filter(|url| !watchkeeper_ingest::address::is_base(url)) {
        return Err(Problem::unprocessable(format!("`url`: {url} is no address; write it as https://…")));
    }
    match (text, html, words(address)) {
        (None, None, Some(address)) => {
            let fetched = app.fetcher.fetch(&address)?;
            let url = url.or(fetched.sent.url);
            let defaults = Defaults { published, source, url };
            gather(app, &address, &address, fetched.bytes.into(), &defaults)
        }
        (Some(text), None, None) if !text.trim().is_empty() => {
            let identity = format!("text:{}", &text_hash(title.as_deref(), &text)[..16]);
            let capture = Capture { url, source, title, text, published, ..Capture::default() };
            Ok(vec![Arrival { input: "text".to_owned(), identity, capture: Ok(capture) }])
        }
        (None, Some(html), None) if !html.trim().is_empty() => {
            let identity = format!("html:{}", &text_hash(title.as_deref(), &html)[..16]);
            let defaults = Defaults { published, source, url };
            let mut arrivals = gather(app, "html", &identity, html.into(), &defaults)?;
            for capture in arrivals.iter_mut().filter_map(|arrival| arrival.capture.as_mut().ok()) {
                capture.title = title.clone().or_else(|| capture.title.take());
            }
            Ok(arrivals)
        }
        (_, _, _) => {
            Err(Problem::unprocessable("send one of `text`, `html` and `address`, and not an empty one"))
        }
    }
}

/// Takes bytes apart into reports.
fn gather(
    app: &App,
    input: &str,
    identity: &str,
    bytes: Bytes,
    defaults: &Defaults,
) -> Result<Vec<Arrival>, Problem> {
    let mut arrivals = Vec::new();
    for (index, capture) in captures(Cursor::new(bytes), defaults, &app.boilerplate).enumerate() {
        let identity = if index == 0 { identity.to_owned() } else { format!("{identity}#{}", index + 1) };
        arrivals.push(Arrival { input: input.to_owned(), identity, capture });
        within_bounds(&arrivals)?;
    }
    Ok(arrivals)
}

fn within_bounds(arrivals: &[Arrival]) -> Result<(), Problem> {
    let bytes: usize =
        arrivals.iter().filter_map(|one| one.capture.as_ref().ok()).map(|capture| capture.text.len()).sum();
    if arrivals.len() <= MOST_REPORTS && bytes <= MOST_BYTES {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        format!("more than {MOST_REPORTS} reports in one call; use `watchkeeper ingest` beside the server"),
    ))
}

/// Reads reports and keeps what is new. Reading takes long and needs nobody; writing is short and one at a time.
fn read_and_keep(app: &App, arrivals: Vec<Arrival>) -> Result<TakenIn, Refusal> {
    let now = Timestamp::now();
    let reader = app.pipeline()?;
    let mut rejected = Vec::new();
    let mut readings: Vec<(String, Reading)> = Vec::new();
    for Arrival { input, identity, capture } in arrivals {
        let read = capture.map_err(|rejection| (rejection.part.to_string(), rejection.reason.to_string()));
        let read =
            read.map(|capture| reader.read(capture)).and_then(|reading| match pipeline::failure(&reading) {
                None => Ok(reading),
                Some(why) => Err((String::new(), why.to_owned())),
            });
        match read {
            Ok(reading) => readings.push((reading.document.url.clone().unwrap_or(identity), reading)),
            Err((place, reason)) => rejected.push(Rejected { input, place, reason, recorded_at: now }),
        }
    }
    let (new, known) = app.write(|store| keep(store, &readings, &rejected, now))?;
    app.measures.ingested.fetch_add(new.len() as u64, std::sync::atomic::Ordering::Relaxed);
    let snapshot = app.snapshot(Moments::default())?;
    let reports = new.into_iter().map(|(id, title)| NewItem {
        incidents: snapshot
            .told_by(&id)
            .map(|incident| IncidentName {
                id: incident.id.clone(),
                title: changes::title(incident, &app.gazetteer),
            })
            .collect(),
        id,
        title,
    });
    Ok(TakenIn {
        new: reports.len(),
        known,
        reports: reports.collect(),
        rejected: rejected
            .into_iter()
            .map(|Rejected { input, place, reason, recorded_at: _ }| RejectedInput { input, place, reason })
            .collect(),
    })
}

/// The ids and titles of what is new, and how many were known.
type Kept = (Vec<(String, Option<String>)>, usize);

fn keep(
    store: &mut Store,
    readings: &[(String, Reading)],
    rejected: &[Rejected],
    now: Timestamp,
) -> Result<Kept, Problem> {
    let mut batch: Vec<NewVersion> = Vec::new();
    let mut soon_known: BTreeMap<&str, Vec<KnownVersion>> = BTreeMap::new();
    for (identity, reading) in readings {
        let mut known = store.versions_at(identity)?;
        known.extend(soon_known.get(identity.as_str()).into_iter().flatten().cloned());
        let new = versions::of(reading, identity, &known, now)
            .map_err(|error| Problem::unprocessable(format!("{identity}: {error:#}")))?;
        if let Some(new) = new {
            let version = KnownVersion { text_hash: new.text_hash.clone(), published: new.published };
            soon_known.entry(identity).or_default().push(version);
            batch.push(new);
        }
    }
    let new = batch.iter().map(|new| (new.version.id.to_string(), new.version.title.clone())).collect();
    let known = readings.len() - batch.len();
    store.add(batch)?;
    store.settle()?;
    if !rejected.is_empty() {
        store.reject(rejected)?;
    }
    Ok((new, known))
}
