//! `watchkeeper accept`, `reject`, `override`, `merge`, `split`, `rate`, `note`, `unmask`, `undo`: what people decide.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Context;
use jiff::Timestamp;
use watchkeeper_core::places::{Candidate, Gazetteer};
use watchkeeper_core::resolve::decisions::{Correction, Rating};
use watchkeeper_core::resolve::facts::Location;
use watchkeeper_store::{NewDecision, Request, Store};

use crate::args::{Accept, Deciding, Merge, Note, Override, Rate, Reject, Split, Undo, Unmask};
use crate::knowledge;
use crate::page::plain;

/// A fact holds.
///
/// # Errors
/// Where it cannot be decided so.
pub fn accept(arguments: Accept) -> anyhow::Result<ExitCode> {
    decide(Request::Accept { fact: arguments.fact }, arguments.deciding)
}

/// A fact does not hold.
///
/// # Errors
/// Where it cannot be decided so.
pub fn reject(arguments: Reject) -> anyhow::Result<ExitCode> {
    decide(Request::Reject { fact: arguments.fact }, arguments.deciding)
}

/// A value is another one.
///
/// # Errors
/// Where the value is none, or it cannot be decided so.
pub fn override_value(arguments: Override) -> anyhow::Result<ExitCode> {
    let Override { incident, field, value, actor, deciding } = arguments;
    let mut correction = Correction::parse(&field, &value, actor.as_deref())?;
    if let Correction::Place(place) = &mut correction {
        locate(place, &knowledge::places()?);
    }
    decide(Request::Override { incident, correction }, deciding)
}

/// Fills in what the gazetteer knows of a place that is named only.
fn locate(place: &mut Location, gazetteer: &Gazetteer) {
    let candidates = gazetteer.candidates(&place.name);
    let fits = |candidate: &&Candidate<'_>| {
        place.country.is_none_or(|country| candidate.entry.country == Some(country))
    };
    let Some(known) = candidates.iter().filter(fits).max_by_key(|candidate| candidate.entry.population)
    else {
        return;
    };
    if place.point.is_none() {
        place.point = Some((degrees(known.entry.lat), degrees(known.entry.lon)));
        place.precision = known.entry.kind.precision();
    }
    place.country = place.country.or(known.entry.country);
}

/// Degrees as they are printed: the gazetteer holds four digits behind the point.
fn degrees(value: f32) -> f64 {
    (f64::from(value) * 10_000.0).round() / 10_000.0
}

/// Two incidents are one.
///
/// # Errors
/// Where it cannot be decided so.
pub fn merge(arguments: Merge) -> anyhow::Result<ExitCode> {
    decide(Request::Merge { incident: arguments.incident, into: arguments.into }, arguments.deciding)
}

/// Some reports tell of another incident.
///
/// # Errors
/// Where it cannot be decided so.
pub fn split(arguments: Split) -> anyhow::Result<ExitCode> {
    decide(Request::Split { incident: arguments.incident, reports: arguments.reports }, arguments.deciding)
}

/// How far an outlet is trusted.
///
/// # Errors
/// Where the grade is none, or it cannot be decided so.
pub fn rate(arguments: Rate) -> anyhow::Result<ExitCode> {
    let rating = Rating::parse(&arguments.grade)
        .with_context(|| format!("{}: no grade of the Admiralty scale; write it as A2", arguments.grade))?;
    decide(Request::Rate { source: arguments.source, rating }, arguments.deciding)
}

/// A remark.
///
/// # Errors
/// Where it cannot be decided so.
pub fn note(arguments: Note) -> anyhow::Result<ExitCode> {
    decide(Request::Note { incident: arguments.incident, text: arguments.text }, arguments.deciding)
}

/// A person may be named in exports.
///
/// # Errors
/// Where it cannot be decided so.
pub fn unmask(arguments: Unmask) -> anyhow::Result<ExitCode> {
    decide(Request::Unmask { person: arguments.person }, arguments.deciding)
}

/// A decision counts no more.
///
/// # Errors
/// Where it cannot be decided so.
pub fn undo(arguments: Undo) -> anyhow::Result<ExitCode> {
    decide(Request::Undo { decision: arguments.decision }, arguments.deciding)
}

fn decide(request: Request, deciding: Deciding) -> anyhow::Result<ExitCode> {
    let author = author(deciding.author)?;
    let new = NewDecision { author, recorded: Timestamp::now(), reason: deciding.reason, request };
    let decision = Store::open(&deciding.address.store)?.decide(new)?;
    let line = format!("{}: {}", decision.id, decision.ruling.summary());
    writeln!(std::io::stdout().lock(), "{}", plain::one_line(&line))?;
    Ok(ExitCode::SUCCESS)
}

/// Who decides: who is named, else the user of this machine.
///
/// # Errors
/// Where neither is known.
pub fn author(named: Option<String>) -> anyhow::Result<String> {
    let of_machine = || ["USER", "LOGNAME", "USERNAME"].iter().find_map(|name| std::env::var(name).ok());
    let author = named.or_else(of_machine).unwrap_or_else(|| "local".to_owned());
    anyhow::ensure!(!author.trim().is_empty(), "--author is empty; write who decides");
    Ok(author)
}
