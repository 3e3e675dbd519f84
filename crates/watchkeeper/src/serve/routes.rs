//! Every route.

use axum::http::{Method, StatusCode};
use watchkeeper_store::Role;

use super::http::describe;
use super::http::docs;
use super::http::problem::{Problem, Refusal};
use super::http::route::{Call, Reply, Route, act, json, other, read, take_in, write};
use super::reads::{
    actors, compare, incident, incidents, notices, places, report, reports, said, search, sources, status,
    time,
};
use super::state::App;
use super::writes::ingest::{NewReport, Nothing, TakenIn};
use super::writes::{audit, decisions, ingest, searches};

/// Every route.
pub fn all() -> Vec<Route> {
    vec![
        read("/api/status", "What the server is and holds, and who asks", status::show).made_anew(),
        read("/api/incidents", "Incidents, with what each filter would leave", incidents::list),
        read("/api/incidents/{id}", "One incident with all that hangs on it", incident::show),
        read("/api/incidents/{id}/changes", "What each report of an incident changed", incident::history),
        read("/api/attributions", "Who is said to be responsible for what", said::attributions),
        read("/api/counts", "How many, by incident and measure", said::counts),
        read("/api/warnings", "Warnings and what came of them", notices::warnings),
        read("/api/threats", "Threats and what came of them", notices::threats),
        read("/api/reports", "Reports", reports::list),
        read("/api/reports/{id}", "One report with every fact's words marked", report::show),
        read("/api/reports/{id}/compare", "What of a report came or went in another", compare::show),
        read("/api/actors", "States, bodies, groups and holders of office", actors::list),
        read("/api/actors/{key}", "What an actor said and what was said of it", actors::show),
        read("/api/sources", "Outlets", sources::list),
        read("/api/sources/{name}", "One outlet", sources::show),
        read("/api/origins", "The reports of an incident by origin", sources::origins).about_something(),
        read("/api/places", "What the name of a place may mean", places::find),
        read(
            "/api/search",
            "Reports that have some words, and the incidents that they tell of",
            search::find,
        ),
        read("/api/diff", "What changed between two moments", time::diff),
        read("/api/timeline", "When reports came", time::timeline),
        other("/api/events", "News of changes, as they come", "text/event-stream", no_stream)
            .for_role(Role::Reader),
        take_in::<NewReport, TakenIn>("/api/ingest", "Take reports in", ingest::take_in),
        take_in::<Nothing, TakenIn>("/api/example", "Take the example in", ingest::example).with_json_only(),
        read("/api/decisions", "What people decided", decisions::list).about_something(),
        write("/api/decisions", "Decide", decisions::decide),
        write("/api/decisions/{id}/undo", "Take a decision back", decisions::undo),
        read("/api/searches", "The searches that the caller keeps", searches::list).made_anew(),
        write("/api/searches", "Keep a search", searches::keep).for_role(Role::Reader),
        act(Method::DELETE, "/api/searches/{id}", "Forget a search", searches::forget).for_role(Role::Reader),
        read("/api/audit", "Calls that wrote, or tried to", audit::list).for_role(Role::Admin).made_anew(),
        other("/api/openapi.json", "This description", "application/json", description),
        other("/api/docs", "This description, for people", "text/html; charset=utf-8", documentation),
        other("/api/docs.css", "The look of the description", "text/css; charset=utf-8", style),
        other("/metrics", "Counts for a monitor", "text/plain; version=0.0.4", metrics)
            .for_role(Role::Reader),
        other("/healthz", "Whether the server runs", "text/plain; charset=utf-8", healthy),
        other("/readyz", "Whether the server can answer", "text/plain; charset=utf-8", ready),
    ]
}

fn text(content_type: &'static str, body: impl Into<axum::body::Bytes>) -> Result<Reply, Refusal> {
    Ok(Reply { status: StatusCode::OK, content_type, body: body.into() })
}

/// News are answered before it comes to this.
fn no_stream(_: &App, _: Call) -> Result<Reply, Refusal> {
    Err(Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "news need a connection").into())
}

fn description(app: &App, _: Call) -> Result<Reply, Refusal> {
    json(StatusCode::OK, &describe::document(&app.routes))
}

fn documentation(app: &App, _: Call) -> Result<Reply, Refusal> {
    text("text/html; charset=utf-8", docs::page(&describe::document(&app.routes)))
}

fn style(_: &App, _: Call) -> Result<Reply, Refusal> {
    text("text/css; charset=utf-8", docs::STYLE)
}

fn metrics(app: &App, _: Call) -> Result<Reply, Refusal> {
    let reports = app.ask(watchkeeper_store::Store::holdings)?.reports;
    text("text/plain; version=0.0.4", app.measures.text(reports))
}

fn healthy(_: &App, _: Call) -> Result<Reply, Refusal> {
    text("text/plain; charset=utf-8", "ok\n")
}

/// Ready once the record was folded, and as long as the store answers.
fn ready(app: &App, _: Call) -> Result<Reply, Refusal> {
    app.ask(watchkeeper_store::Store::generation)?;
    if app.is_ready() {
        return text("text/plain; charset=utf-8", "ready\n");
    }
    Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "the record is being put together").into())
}
