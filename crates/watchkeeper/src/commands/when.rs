//! `watchkeeper when`: what a time expression may mean, and why.

use std::io::Write as _;
use std::process::ExitCode;

use serde_json::{Value, json};
use watchkeeper_core::document::PublishedAt;
use watchkeeper_core::reading::DateRange;
use watchkeeper_core::time::{Anchors, Candidate, candidates};

use crate::args::{Format, When};
use crate::knowledge;
use crate::page::plain;

/// Prints the readings of the expressions; the status is 1 where there is none.
///
/// # Errors
/// Where the named days cannot be loaded or the output cannot be written.
pub fn run(arguments: &When) -> anyhow::Result<ExitCode> {
    let book = knowledge::days()?;
    let text = arguments.expression.join(" ");
    let anchors = Anchors { published: arguments.published, told: arguments.told.map(PublishedAt::day) };
    let found = candidates(&text, &anchors, &book);
    let mut out = std::io::stdout().lock();
    for candidate in &found {
        let line = match arguments.format {
            Format::Text => page(candidate, &text),
            Format::Json => object(candidate, &text).to_string(),
        };
        writeln!(out, "{line}")?;
    }
    if found.is_empty() {
        eprintln!("watchkeeper: no time expression in {:?}", plain::one_line(&text));
        return Ok(ExitCode::from(1));
    }
    Ok(ExitCode::SUCCESS)
}

/// Two lines for people: the value, then its days and what speaks for it.
fn page(candidate: &Candidate, text: &str) -> String {
    let Candidate { kind, value, range, reason, .. } = candidate;
    let days = range.map_or(String::new(), |range| format!("{}; ", days(range)));
    let words = plain::one_line(candidate.span.of(text));
    format!("{value:<24} {kind:<9} \"{words}\"\n    {days}{reason}")
}

fn days(range: DateRange) -> String {
    match (range.start, range.end) {
        (Some(start), Some(end)) if start == end => start.to_string(),
        (Some(start), Some(end)) => format!("{start} to {end}"),
        (Some(start), None) => format!("from {start} on"),
        (None, Some(end)) => format!("up to {end}"),
        (None, None) => "any day".to_owned(),
    }
}

fn object(candidate: &Candidate, text: &str) -> Value {
    json!({
        "text": candidate.span.of(text),
        "type": candidate.kind.as_str(),
        "value": candidate.value,
        "range": candidate.range.map(|range| json!({"start": range.start.map(day), "end": range.end.map(day)})),
        "reason": candidate.reason,
    })
}

fn day(day: jiff::civil::Date) -> String {
    day.to_string()
}
