//! `watchkeeper decisions`: what people decided, and that something was forgotten.

use std::io::Write;
use std::process::ExitCode;

use watchkeeper_store::{DecisionFilter, Store, StoredDecision, Tombstone};

use crate::args::{Decisions, Format};
use crate::page::plain;
use crate::wire::decisions::{WireDecision, WireTombstone};
use crate::{moment, wire};

/// Prints decisions, a line each, in the order of recording, then what was forgotten.
///
/// # Errors
/// Where a flag is wrong or the store cannot be read.
pub fn run(arguments: &Decisions) -> anyhow::Result<ExitCode> {
    let recorded_by =
        arguments.recorded_by.as_deref().map(|text| moment::parse("--recorded-by", text)).transpose()?;
    let filter = DecisionFilter { recorded_by, incident: arguments.incident.clone() };
    let mut store = Store::open(&arguments.address.store)?;
    let decisions = store.decisions(&filter)?;
    let stones = if arguments.incident.is_none() { store.tombstones()? } else { Vec::new() };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for stored in &decisions {
        match arguments.format {
            Format::Json => out.write_all(wire::line(&WireDecision::from(stored))?.as_bytes())?,
            Format::Text => writeln!(out, "{}", plain::one_line(&line(stored)))?,
        }
    }
    let by_then = |stone: &&Tombstone| recorded_by.is_none_or(|moment| stone.recorded_at <= moment);
    for stone in stones.iter().filter(by_then) {
        match arguments.format {
            Format::Json => out.write_all(wire::line(&WireTombstone::from(stone))?.as_bytes())?,
            Format::Text => {
                let line = format!(
                    "forgotten · {} · {} · {}{}",
                    stone.recorded_at.strftime("%Y-%m-%d %H:%M"),
                    stone.author,
                    stone.kind.phrase(),
                    because(&stone.reason)
                );
                writeln!(out, "{}", plain::one_line(&line))?;
            }
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn line(stored: &StoredDecision) -> String {
    let decision = &stored.decision;
    let undone = stored
        .undone
        .as_ref()
        .map(|undo| format!(" (undone by {}, {})", undo.author, undo.id))
        .unwrap_or_default();
    format!(
        "{} · {} · {} {}{}{undone}",
        decision.id,
        decision.recorded.strftime("%Y-%m-%d %H:%M"),
        decision.author,
        decision.ruling.summary(),
        because(&decision.reason)
    )
}

fn because(reason: &str) -> String {
    if reason.is_empty() { String::new() } else { format!(": {reason}") }
}
