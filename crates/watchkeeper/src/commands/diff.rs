//! `watchkeeper diff`: what changed between the records of two moments, and which report changed it.

use std::io::Write;
use std::process::ExitCode;

use watchkeeper_core::places::Gazetteer;
use watchkeeper_core::resolve::claims::AttributionRow;
use watchkeeper_core::resolve::counts::CountRow;
use watchkeeper_core::resolve::moment::Record;
use watchkeeper_core::resolve::record::RecordIncident;
use watchkeeper_store::{Filter, Store};

use crate::args::Diff;
use crate::page::{plain, words};
use crate::{knowledge, moment};

/// Prints what changed, a line each.
///
/// # Errors
/// Where a flag is wrong or the store cannot be read.
pub fn run(arguments: &Diff) -> anyhow::Result<ExitCode> {
    let (from, to) = (moment::parse("--from", &arguments.from)?, moment::parse("--to", &arguments.to)?);
    let mut store = Store::open(&arguments.address.store)?;
    let earlier = store.record(from, None, &Filter::default())?;
    let later = store.record(to, None, &Filter::default())?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in changes(&earlier, &later, &knowledge::places()?) {
        writeln!(out, "{}", plain::one_line(&line))?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn changes(earlier: &Record, later: &Record, places: &Gazetteer) -> Vec<String> {
    let mut lines = Vec::new();
    for incident in &later.incidents {
        match earlier.incidents.iter().find(|before| before.id == incident.id) {
            None => {
                lines.push(format!("+ {}, by {}", words::incident(incident, places), reporter(incident, 0)))
            }
            Some(before) => changed(before, incident, places, &mut lines),
        }
    }
    for warning in &later.warnings {
        let issuer = warning.issuer.as_ref().map_or("somebody", |issuer| issuer.name.as_str());
        match earlier.warnings.iter().find(|before| before.id == warning.id) {
            None => lines.push(format!("+ warning by {issuer}: {}", words::spaced(warning.outcome.as_str()))),
            Some(before) if before.outcome != warning.outcome => {
                lines.push(format!(
                    "~ warning by {issuer}: {} → {}",
                    words::spaced(before.outcome.as_str()),
                    words::spaced(warning.outcome.as_str())
                ));
            }
            Some(_) => {}
        }
    }
    for threat in later.threats.iter().filter(|t| earlier.threats.iter().all(|before| before.id != t.id)) {
        lines.push(format!(
            "+ threat by {}",
            threat.speaker.as_ref().map_or("somebody", |speaker| speaker.name.as_str())
        ));
    }
    lines
}

fn changed(before: &RecordIncident, after: &RecordIncident, places: &Gazetteer, lines: &mut Vec<String>) {
    let what = words::incident(after, places);
    let new_from = before.reports.len();
    let mut note = |change: String, by: &str| lines.push(format!("~ {what}: {change}, by {by}"));
    for (measure, row) in &after.counts {
        let in_force = |row: &CountRow| row.bounds().map(words::bounds);
        let bounds = in_force(row).unwrap_or_else(|| "–".to_owned());
        let old = before.counts.get(measure).and_then(in_force);
        if old.as_ref() != Some(&bounds) {
            let by = match row.point() {
                Some(point) => point.source.as_deref().unwrap_or("a report"),
                None => "a decision",
            };
            note(format!("{measure} {} → {bounds}", old.as_deref().unwrap_or("–")), by);
        }
    }
    for row in &after.attributions {
        let old = before
            .attributions
            .iter()
            .find(|old| old.actor.name == row.actor.name)
            .and_then(|old| old.status);
        if old != row.status {
            let word = |status: Option<watchkeeper_core::resolve::status::Status>| {
                status.map_or("–", |s| s.as_str())
            };
            note(format!("{} {} → {}", row.actor.name, word(old), word(row.status)), last_source(row));
        }
    }
    if after.origins != before.origins {
        note(format!("{} → {} origins", before.origins, after.origins), &reporter(after, new_from));
    }
    if after.kind != before.kind {
        note(format!("{} → {}", before.kind, after.kind), &reporter(after, new_from));
    }
}

fn last_source(row: &AttributionRow) -> &str {
    row.acts.last().and_then(|act| act.source.as_deref()).unwrap_or("a report")
}

/// The outlet of the report at that place.
fn reporter(incident: &RecordIncident, at: usize) -> String {
    let report = incident.reports.get(at).or(incident.reports.last());
    report.map_or_else(String::new, |report| report.source.clone().unwrap_or_else(|| report.identity.clone()))
}
