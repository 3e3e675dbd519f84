//! From resolved toponyms to places of the reading.

use std::collections::HashMap;

use crate::document::{Document, Passage};
use crate::places::Resolved;
use crate::places::fold::{plain, title_case};
use crate::places::gazetteer::{Entry, Gazetteer};
use crate::places::kind::PlaceKind;
use crate::places::recognise::Mention;
use crate::places::relation::Relation;
use crate::places::resolve::group_of_mention;
use crate::reading::{Country, Place, Precision};

/// The farthest, in toponyms, that a listed place stands from an unlisted one that it helps to locate.
const NEIGHBOURS: usize = 3;
/// Share of the report's toponyms in one country from which the report is about that country.
const FOCUS: f32 = 0.6;

/// The places of the toponyms, in order of the text.
pub(super) fn places(document: &Document, resolved: &Resolved<'_>, gazetteer: &Gazetteer) -> Vec<Place> {
    let Resolved { mentions, groups, .. } = resolved;
    let of_mention = group_of_mention(groups, mentions.len());
    let entries: Vec<Option<Entry<'_>>> =
        of_mention.into_iter().map(|group| Some(groups[group?].best()?.entry)).collect();
    let focus = focus(&entries);
    let mut places: Vec<Place> = (0..mentions.len())
        .map(|at| match &entries[at] {
            Some(entry) => listed(&mentions[at], entry, gazetteer),
            None => unlisted(document, resolved, &entries, at, focus, gazetteer),
        })
        .collect();
    places.sort_by_key(|place| place.mention);
    places
}

fn listed(mention: &Mention<'_>, entry: &Entry<'_>, gazetteer: &Gazetteer) -> Place {
    let admin1 = entry.admin1.filter(|_| entry.kind != PlaceKind::Country);
    Place {
        mention: mention.passage,
        name: plain(entry.name),
        country: entry.country,
        admin1: admin1.and_then(|number| gazetteer.admin1_name(number)).map(plain),
        point: Some((degrees(entry.lat), degrees(entry.lon))),
        geonames_id: entry.geonames_id,
        precision: entry.kind.precision(),
    }
}

/// A country as the place of something, with the words that tell it.
pub(super) fn of_country(country: Country, mention: Passage, gazetteer: &Gazetteer) -> Option<Place> {
    let entry = gazetteer.country(country)?;
    Some(Place {
        mention,
        name: plain(entry.name),
        country: Some(country),
        admin1: None,
        point: Some((degrees(entry.lat), degrees(entry.lon))),
        geonames_id: entry.geonames_id,
        precision: Precision::Country,
    })
}

/// A toponym that the gazetteer lacks is known as far as the text says in what, or near what, it lies. Where the text
/// does not say, it lies in the region of the toponym beside it, if that is of the country that the report is about.
fn unlisted(
    document: &Document,
    resolved: &Resolved<'_>,
    entries: &[Option<Entry<'_>>],
    at: usize,
    focus: Option<Country>,
    gazetteer: &Gazetteer,
) -> Place {
    let mention = &resolved.mentions[at];
    let outer = |relation| {
        let mut links = resolved.links.iter();
        links.find(|link| link.inner == at && link.relation == relation).and_then(|link| entries[link.outer])
    };
    let name = title_case(document.slice(mention.passage));
    if let Some(around) = outer(Relation::Within) {
        return Place { name, geonames_id: None, ..listed(mention, &around, gazetteer) };
    }
    let near = outer(Relation::Near).filter(|near| near.kind != PlaceKind::Country);
    match near.or_else(|| neighbour(entries, at, focus)) {
        Some(near) => {
            let precision = Precision::Region;
            Place { name, geonames_id: None, precision, ..listed(mention, &near, gazetteer) }
        }
        None => Place {
            mention: mention.passage,
            name,
            country: None,
            admin1: None,
            point: None,
            geonames_id: None,
            precision: Precision::City,
        },
    }
}

/// The listed place that stands nearest, if it is one of the country that the report is about and finer than it.
fn neighbour<'g>(entries: &[Option<Entry<'g>>], at: usize, focus: Option<Country>) -> Option<Entry<'g>> {
    let fits = |entry: &Entry<'_>| {
        entry.country.is_some()
            && entry.country == focus
            && (entry.kind.is_settlement() || entry.kind.is_division())
    };
    (1..=NEIGHBOURS)
        .flat_map(|away| [at.checked_sub(away), Some(at + away)])
        .flatten()
        .find_map(|other| entries.get(other).copied().flatten().filter(fits))
}

/// The country in which most of the report's toponyms lie.
fn focus(entries: &[Option<Entry<'_>>]) -> Option<Country> {
    let mut counts: HashMap<Country, usize> = HashMap::new();
    for country in entries.iter().flatten().filter_map(|entry| entry.country) {
        *counts.entry(country).or_default() += 1;
    }
    let all: usize = counts.values().sum();
    let (country, most) = counts.into_iter().max_by_key(|&(country, count)| (count, country))?;
    (most as f32 >= FOCUS * all as f32).then_some(country)
}

/// Degrees as written in the source: five decimals, without the noise of the narrower float.
fn degrees(value: f32) -> f64 {
    (f64::from(value) * 1e5).round() / 1e5
}
