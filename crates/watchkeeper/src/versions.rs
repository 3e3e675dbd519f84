//! Readings to versions for the store: what a report is known by, and from when on it counts.

use jiff::Timestamp;
use watchkeeper_core::document::{Document, PublishedAt};
use watchkeeper_core::reading::{EntityKind, Reading};
use watchkeeper_core::resolve::facts::Facts;
use watchkeeper_core::resolve::origin::outlet_key;
use watchkeeper_core::resolve::version::{TimeBasis, Version};
use watchkeeper_core::resolve::wording::Wording;
use watchkeeper_store::{KnownVersion, NewVersion, digest, text_hash};

use crate::moment;

/// The version of the reader, kept with what it read.
pub const READER: &str = env!("CARGO_PKG_VERSION");

/// The version that a reading is of the report at `identity`; `None` where the store holds that text there already.
///
/// # Errors
/// Where a date lies outside of what a time can hold.
pub fn of(
    reading: &Reading,
    identity: &str,
    known: &[KnownVersion],
    now: Timestamp,
) -> anyhow::Result<Option<NewVersion>> {
    let document = &reading.document;
    let text_hash = text_hash(document.title.as_deref(), &document.text);
    if known.iter().any(|version| version.text_hash == text_hash) {
        return Ok(None);
    }
    let published = document.published.map(moment::of).transpose()?;
    let (at, basis) = time(document, known, published, now);
    let time = moment::of(at)?;
    let version = Version {
        id: digest(&[identity, &time.to_string(), &text_hash]).into(),
        identity: identity.to_owned(),
        url: document.url.clone(),
        source: document.source.clone(),
        title: document.title.clone(),
        time,
        day: at.day(),
        basis,
        recorded_at: now,
        wording: Wording::of(&document.text),
        cites: cites(reading),
        facts: Facts::of(reading),
    };
    let language = document.language.clone();
    let text = document.text.clone();
    Ok(Some(NewVersion { version, text, language, published, text_hash, reader: READER.to_owned() }))
}

/// A first version counts from its publication; a later one from its update, or from its publication where that
/// moved; else from when it was fetched or recorded. So a correction never reaches into the past.
fn time(
    document: &Document,
    known: &[KnownVersion],
    published: Option<Timestamp>,
    now: Timestamp,
) -> (PublishedAt, TimeBasis) {
    let is_first = known.is_empty();
    let has_moved = published.is_some() && known.iter().all(|version| version.published != published);
    if let Some(updated) = document.updated.filter(|_| !is_first) {
        return (updated, TimeBasis::Updated);
    }
    if let Some(published) = document.published.filter(|_| is_first || has_moved) {
        return (published, TimeBasis::Published);
    }
    match document.captured {
        Some(captured) => (captured, TimeBasis::Captured),
        None => (PublishedAt::Instant(now, jiff::tz::Offset::UTC), TimeBasis::Recorded),
    }
}

/// Names of organisations in the report: where one is that of an outlet, the report may have its words from there.
fn cites(reading: &Reading) -> Vec<String> {
    let bodies = reading.entities.iter().filter(|entity| match entity.kind {
        EntityKind::Organization | EntityKind::GovernmentBody | EntityKind::Other => true,
        EntityKind::Person
        | EntityKind::State
        | EntityKind::ArmedGroup
        | EntityKind::Population
        | EntityKind::Facility => false,
    });
    let names = bodies.flat_map(|entity| {
        let mentions = entity.mentions.iter().map(|&mention| reading.document.slice(mention));
        std::iter::once(entity.name.as_str()).chain(mentions)
    });
    let mut names: Vec<String> =
        names.filter(|name| name.contains(char::is_uppercase)).map(outlet_key).collect();
    names.sort();
    names.dedup();
    names
}
