//! Which part of the record the flags of a call ask for, checked.

use anyhow::Context;
use jiff::Timestamp;
use watchkeeper_core::places::{Explained, explain};
use watchkeeper_core::reading::{Country, IncidentType, Stage};
use watchkeeper_core::resolve::status::Status;
use watchkeeper_store::{Filter, Near, Terms};

use crate::args::{Filters, Moments};
use crate::page::{plain, words};
use crate::{knowledge, moment};

/// The moments that a call asks about.
#[derive(Clone, Copy, Debug)]
pub struct When {
    /// What was published by then.
    pub as_of: Timestamp,
    /// What the store held by then; absent for now.
    pub recorded_by: Option<Timestamp>,
    /// When the call was made.
    pub now: Timestamp,
}

impl When {
    /// From the flags.
    ///
    /// # Errors
    /// Where one is no time.
    pub fn of(flags: &Moments) -> anyhow::Result<Self> {
        let now = Timestamp::now();
        let as_of = flags.as_of.as_deref().map(|text| moment::parse("--as-of", text)).transpose()?;
        let recorded_by =
            flags.recorded_by.as_deref().map(|text| moment::parse("--recorded-by", text)).transpose()?;
        Ok(Self { as_of: as_of.unwrap_or(now), recorded_by, now })
    }
}

/// The filter that the flags describe.
///
/// # Errors
/// Where a flag says nothing that exists.
pub fn filter(flags: &Filters) -> anyhow::Result<Filter> {
    let country = flags.country.as_deref().map(|code| {
        Country::parse(code)
            .with_context(|| format!("--country {code}: not a country; write two letters, as KE"))
    });
    let day =
        |flag: &str, text: &Option<String>| text.as_deref().map(|text| moment::day(flag, text)).transpose();
    let near = flags.near.as_deref().map(point).transpose()?;
    let text = flags.text.as_deref().map(Terms::of);
    if text.as_ref().is_some_and(Terms::is_empty) {
        anyhow::bail!("--text {}: holds no word to look for", flags.text.as_deref().unwrap_or_default());
    }
    Ok(Filter {
        among: None,
        country: country.transpose()?,
        near: near.map(|point| Near { point, km: flags.within_km }),
        from: day("--from", &flags.from)?,
        to: day("--to", &flags.to)?,
        kind: member("--type", &flags.kind, IncidentType::parse, IncidentType::ALL)?,
        stage: member("--stage", &flags.stage, Stage::parse, Stage::ALL)?,
        actor: flags.actor.clone(),
        status: member("--status", &flags.status, Status::parse, Status::ALL)?,
        source: flags.source.clone(),
        text,
    })
}

/// The member of a closed list that a flag names.
fn member<T: ToString>(
    flag: &str,
    word: &Option<String>,
    parse: fn(&str) -> Option<T>,
    all: &[T],
) -> anyhow::Result<Option<T>> {
    let Some(word) = word else { return Ok(None) };
    let found = parse(word).with_context(|| {
        let known: Vec<String> = all.iter().map(ToString::to_string).collect();
        format!("{flag} {word}: not known; one of {}", known.join(", "))
    })?;
    Ok(Some(found))
}

/// Below this, the likeliest of the places with a name is told, lest another one be meant.
const SURE: f32 = 0.9;

/// Latitude and longitude of a place by its name, with or without its country, or as they are written.
fn point(text: &str) -> anyhow::Result<(f64, f64)> {
    if let Some((lat, lon)) = coordinates(text) {
        anyhow::ensure!(
            (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon),
            "--near {text}: a latitude lies between -90 and 90, a longitude between -180 and 180"
        );
        return Ok((lat, lon));
    }
    let places = knowledge::places()?;
    let (name, country) = match text.rsplit_once(',') {
        Some((name, country)) => (name.trim(), Some(country.trim())),
        None => (text.trim(), None),
    };
    let lies_in = |candidate: &Explained<'_>| {
        country.is_none_or(|wanted| {
            candidate.entry.country.is_some_and(|code| {
                code.as_str().eq_ignore_ascii_case(wanted)
                    || places.country(code).is_some_and(|entry| entry.name.eq_ignore_ascii_case(wanted))
            })
        })
    };
    let found = explain(name, &places).into_iter().find(lies_in).with_context(|| {
        format!(
            "--near {text}: no place of this name is known; write its latitude and longitude, as 34.4,35.8"
        )
    })?;
    let entry = found.entry;
    if found.probability < SURE && country.is_none() {
        eprintln!(
            "near {} ({:.2}, {:.2}); `watchkeeper places` lists others of this name",
            plain::one_line(&words::place(entry.name, entry.country, &places)),
            entry.lat,
            entry.lon
        );
    }
    Ok((f64::from(entry.lat), f64::from(entry.lon)))
}

fn coordinates(text: &str) -> Option<(f64, f64)> {
    let (lat, lon) = text.split_once(',')?;
    Some((lat.trim().parse().ok()?, lon.trim().parse().ok()?))
}
