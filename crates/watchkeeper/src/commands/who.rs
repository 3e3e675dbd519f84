//! `watchkeeper who`: whom a name or title may mean, and why.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use jiff::civil::Date;
use serde_json::{Value, json};
use watchkeeper_core::actors::{ActorBook, ActorId, Candidate, Term};
use watchkeeper_core::document::PublishedAt;
use watchkeeper_core::reading::{Country, DateRange};

use crate::args::{Format, Who};
use crate::knowledge;
use crate::page::plain;

/// How many other names are shown.
const ALIASES: usize = 12;

/// Prints the candidates of a name, the likeliest first; the status is 1 where there is none.
///
/// # Errors
/// Where the actor book cannot be loaded or the output cannot be written.
pub fn run(arguments: &Who) -> anyhow::Result<ExitCode> {
    let book = knowledge::actors(arguments.actors.as_deref())?;
    let name = arguments.name.join(" ");
    let candidates = book.candidates(&name, arguments.on.map(PublishedAt::day));
    let mut out = std::io::stdout().lock();
    for candidate in candidates.iter().take(arguments.limit) {
        let line = match arguments.format {
            Format::Text => page(candidate, &book),
            Format::Json => object(candidate, &book).to_string() + "\n",
        };
        out.write_all(line.as_bytes())?;
    }
    if candidates.is_empty() {
        eprintln!("watchkeeper: the actor book knows nobody called {:?}", plain::one_line(&name));
        return Ok(ExitCode::from(1));
    }
    Ok(ExitCode::SUCCESS)
}

/// A few lines for people: the actor, what speaks for it, what it belongs to, its offices and other names.
fn page(candidate: &Candidate, book: &ActorBook) -> String {
    let actor = book.actor(candidate.id);
    let country = actor.country.map_or(String::new(), |country| format!(", {}", country.as_str()));
    let mut text = format!(
        "{:>4.0} %  {} ({}{country}) [{}]\n",
        candidate.score * 100.0,
        actor.name,
        actor.kind.as_str().replace('_', " "),
        actor.key
    );
    let reasons: Vec<String> = candidate.reasons.iter().map(ToString::to_string).collect();
    let mut line = |what: &str, said: String| {
        if !said.is_empty() {
            let _ = writeln!(text, "        {what}{said}");
        }
    };
    line("", reasons.join("; "));
    line("part of ", chain(actor.part_of, book).join(", "));
    line("split from ", actor.split_from.map_or(String::new(), |group| book.name(group)));
    let active = actor.active;
    if active.start.is_some() || active.end.is_some() {
        line("active ", range(active));
    }
    line(
        "offices: ",
        book.terms_of(candidate.id).map(|term| held(term, book)).collect::<Vec<_>>().join("; "),
    );
    line("also ", book.aliases(candidate.id, ALIASES).join(", "));
    text
}

/// The actors of which one is a part, the nearest first.
fn chain(part_of: Option<ActorId>, book: &ActorBook) -> Vec<String> {
    std::iter::successors(part_of, |&id| book.part_of(id)).take(4).map(|id| book.name(id)).collect()
}

fn held(term: &Term, book: &ActorBook) -> String {
    format!("{} {}", book.name(term.office), range(term.held))
}

fn range(range: DateRange) -> String {
    let shown = |day: Option<Date>| day.map_or("…".to_owned(), |day| day.to_string());
    format!("{} to {}", shown(range.start), shown(range.end))
}

fn object(candidate: &Candidate, book: &ActorBook) -> Value {
    let actor = book.actor(candidate.id);
    let day = |day: Option<Date>| day.map(|day| day.to_string());
    let reasons: Vec<String> = candidate.reasons.iter().map(ToString::to_string).collect();
    let key = |id: Option<ActorId>| id.map(|id| book.key(id));
    let terms: Vec<Value> = book
        .terms_of(candidate.id)
        .map(|term| {
            json!({
                "office": book.key(term.office),
                "from": day(term.held.start),
                "to": day(term.held.end),
                "confidence": term.confidence.as_str(),
            })
        })
        .collect();
    json!({
        "id": actor.key,
        "name": actor.name,
        "kind": actor.kind.as_str(),
        "entity_kind": actor.kind.entity_kind().as_str(),
        "country": actor.country.as_ref().map(Country::as_str),
        "cameo": actor.cameo,
        "part_of": key(actor.part_of),
        "split_from": key(actor.split_from),
        "active": {"from": day(actor.active.start), "to": day(actor.active.end)},
        "aliases": book.aliases(candidate.id, ALIASES),
        "terms": terms,
        "score": candidate.score,
        "reasons": reasons,
    })
}
