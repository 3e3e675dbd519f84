//! `watchkeeper places`: what a name may mean, and why.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;

use serde_json::json;
use watchkeeper_core::places::{Explained, Gazetteer, explain};
use watchkeeper_core::reading::Country;

use crate::args::{Format, Places};
use crate::{complain, knowledge};

/// Prints the candidates of a name, the likeliest first; the status is 1 where there is none.
///
/// # Errors
/// Where the gazetteer cannot be loaded or the output cannot be written.
pub fn run(arguments: &Places) -> anyhow::Result<ExitCode> {
    let gazetteer = knowledge::places()?;
    let name = arguments.name.join(" ");
    let candidates = explain(&name, &gazetteer);
    let mut out = std::io::stdout().lock();
    for candidate in candidates.iter().take(arguments.limit) {
        let line = match arguments.format {
            Format::Text => text(candidate, &gazetteer),
            Format::Json => object(candidate, &gazetteer) + "\n",
        };
        out.write_all(line.as_bytes())?;
    }
    if candidates.is_empty() {
        complain(&format!("{name}: the gazetteer knows no place of this name"));
        return Ok(ExitCode::from(1));
    }
    Ok(ExitCode::SUCCESS)
}

/// Two lines for people: the place, then what speaks for it and against it.
fn text(candidate: &Explained<'_>, gazetteer: &Gazetteer) -> String {
    let entry = &candidate.entry;
    let mut line = format!("{:>4.0} %  {}", candidate.probability * 100.0, entry.name);
    let country = entry.country.and_then(|country| gazetteer.country(country));
    let above =
        [entry.admin1.and_then(|number| gazetteer.admin1_name(number)), country.map(|country| country.name)];
    for name in above.into_iter().flatten().filter(|&name| name != entry.name) {
        let _ = write!(line, ", {name}");
    }
    let _ = writeln!(line, "  ({}, {:.3} {:.3})", entry.kind, entry.lat, entry.lon);
    let reasons: Vec<String> =
        candidate.reasons.iter().map(|(clue, added)| format!("{clue} {added:+.2}")).collect();
    let _ = writeln!(line, "        {}", reasons.join(", "));
    line
}

fn object(candidate: &Explained<'_>, gazetteer: &Gazetteer) -> String {
    let entry = &candidate.entry;
    let reasons: Vec<_> =
        candidate.reasons.iter().map(|(clue, added)| json!({"clue": clue.as_str(), "adds": added})).collect();
    json!({
        "name": entry.name,
        "kind": entry.kind.as_str(),
        "country": entry.country.as_ref().map(Country::as_str),
        "admin1": entry.admin1.and_then(|number| gazetteer.admin1_name(number)),
        "lat": entry.lat,
        "lon": entry.lon,
        "population": entry.population,
        "geonames_id": entry.geonames_id,
        "precision": entry.kind.precision().as_str(),
        "probability": candidate.probability,
        "reasons": reasons,
    })
    .to_string()
}
