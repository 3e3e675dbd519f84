//! Under which keys an incident and a wording are looked up, so that the cost of linking does not grow with the archive.

use std::ops::RangeInclusive;

use jiff::Timestamp;
use jiff::civil::Date;

use super::facts::{IncidentFact, Location};
use super::origin::COPY_WINDOW;
use super::profile::Incoming;
use super::wording::{Wording, hash};
use crate::reading::{DateBasis, Precision};

/// How many of the last tellings under one key are looked through for candidates.
pub const TELLINGS_PER_KEY: usize = 128;

/// A key of the index of incidents. The quarter of the year comes first, so that what is written at one time lies
/// together in an index that is ordered by [`Key::number`].
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// Counted from 1970; 0 for what holds at any time.
    quarter: u16,
    name: String,
}

impl Key {
    fn of_week(week: i32, name: String) -> Self {
        Self { quarter: u16::try_from(quarter(week)).unwrap_or(0), name }
    }

    /// The key as a number, for an index that holds numbers: two keys with one number would only share candidates.
    pub fn number(&self) -> u64 {
        number(self.quarter, hash(&self.name))
    }
}

/// A hash behind the quarter of the year that it belongs to.
fn number(quarter: u16, hash: u64) -> u64 {
    u64::from(quarter) << 48 | hash >> 16
}

/// The quarter of the year that a key of a wording belongs to, and all keys that do.
pub fn quarter_of(key: u64) -> (u16, RangeInclusive<u64>) {
    let quarter = (key >> 48) as u16;
    let first = u64::from(quarter) << 48;
    (quarter, first..=first | (u64::MAX >> 16))
}

/// The keys under which a report's wording is kept, for copies of it to be found.
pub fn wording_kept_under(wording: &Wording, time: Timestamp) -> Vec<u64> {
    wording_keys(wording, quarter_at(time))
}

/// The keys under which to look for what a report may be a copy of: those of its quarter of the year and of the one before,
/// which hold all that lies no more than [`COPY_WINDOW`] before it.
pub fn wording_looked_up_under(wording: &Wording, time: Timestamp) -> Vec<u64> {
    let now = quarter_at(time);
    [now, now - 1].into_iter().flat_map(|quarter| wording_keys(wording, quarter)).collect()
}

/// Which quarter of the year a moment lies in, counted from 1970.
fn quarter_at(time: Timestamp) -> i64 {
    time.as_second().div_euclid(COPY_WINDOW.as_secs())
}

fn wording_keys(wording: &Wording, quarter: i64) -> Vec<u64> {
    let quarter = u16::try_from(quarter).unwrap_or(0);
    wording.bands().into_iter().map(|band| number(quarter, band)).collect()
}

/// How many of a report's weightiest words lead to the incident that is its news.
const WORDS_PER_REPORT: usize = 8;

/// The keys under which a report's incident is kept.
pub fn kept_under(incoming: &Incoming<'_>) -> Vec<Key> {
    let (fact, published) = (incoming.fact, incoming.day);
    let area = area(fact.place.as_ref());
    let mut keys: Vec<Key> = weeks(fact, published, 0).map(|week| week_key(&area, week)).collect();
    keys.extend(weeks(fact, published, 0).map(|week| week_key("*", week)));
    keys.extend(fact.place.as_ref().and_then(place_key));
    keys.extend(word_keys(incoming, 0));
    keys.sort();
    keys.dedup();
    keys
}

/// The keys under which to look for what a report's incident may be.
pub fn looked_up_under(incoming: &Incoming<'_>) -> Vec<Key> {
    let (fact, published) = (incoming.fact, incoming.day);
    let area = area(fact.place.as_ref());
    let mut keys: Vec<Key> = weeks(fact, published, 1).map(|week| week_key(&area, week)).collect();
    // A side without a country is compared with everything of its week.
    if area == UNLOCATED {
        keys.extend(weeks(fact, published, 1).map(|week| week_key("*", week)));
    } else {
        keys.extend(weeks(fact, published, 1).map(|week| week_key(UNLOCATED, week)));
    }
    keys.extend(fact.place.as_ref().and_then(place_key));
    keys.extend(word_keys(incoming, 1));
    keys.sort();
    keys.dedup();
    keys
}

const UNLOCATED: &str = "-";

fn area(place: Option<&Location>) -> String {
    let country = place.and_then(|place| place.country);
    country.map_or_else(|| UNLOCATED.to_owned(), |country| country.as_str().to_owned())
}

fn week_key(area: &str, week: i32) -> Key {
    Key::of_week(week, format!("w:{area}:{week}"))
}

/// A recalled attack is often told by its place alone.
fn place_key(place: &Location) -> Option<Key> {
    match place.precision {
        Precision::Exact | Precision::City | Precision::Region => {
            let country = place.country.map(|country| country.as_str().to_owned()).unwrap_or_default();
            Some(Key { quarter: 0, name: format!("p:{country}:{}", place.name.to_lowercase()) })
        }
        Precision::Country => None,
    }
}

/// The weightiest words of a report, names mostly, in its quarter of the year and so many before.
fn word_keys(incoming: &Incoming<'_>, before: i32) -> Vec<Key> {
    let Some(wording) = incoming.wording else { return Vec::new() };
    let mut words = wording.words.clone();
    words.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let week = week(incoming.day);
    let heaviest = words.iter().take(WORDS_PER_REPORT);
    heaviest
        .flat_map(|(word, _)| {
            (0..=before).map(move |ago| Key::of_week(week - ago * WEEKS, format!("t:{word:08x}")))
        })
        .collect()
}

/// The weeks (counted from 1970) in which it may have happened, widened by `around` on each side: those of its
/// stated date, and where it is the news or has no date, that of the report and the one before.
fn weeks(fact: &IncidentFact, published: Date, around: i32) -> impl Iterator<Item = i32> {
    let stated = fact.date.filter(|date| date.basis == DateBasis::Stated).map(|date| date.range);
    let told = week(published);
    let (from, to) = match stated.map(|range| (range.start.or(range.end), range.end.or(range.start))) {
        Some((Some(start), Some(end))) if week(end) - week(start) <= 8 => (week(start), week(end)),
        // A date no finer than a season serves no better than none.
        Some(_) | None => (told - 1, told),
    };
    (from - around)..=(to + around)
}

/// Weeks in a quarter of the year.
const WEEKS: i32 = 13;

/// Which quarter of the year a week lies in, counted from 1970.
fn quarter(week: i32) -> i32 {
    week.div_euclid(WEEKS)
}

fn week(day: Date) -> i32 {
    let epoch = jiff::civil::date(1970, 1, 1);
    day.since(epoch).map_or(0, |span| span.get_days()).div_euclid(7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wording_is_found_as_long_as_copies_follow_and_no_longer_than_two_quarters() {
        let wording =
            Wording::of("A bomb tore through the tram depot on Tuesday and killed four people, police said.");
        let time: Timestamp = "2031-05-06T23:30:00Z".parse().expect("a time");
        let kept = wording_kept_under(&wording, time);
        let found =
            |later: Timestamp| wording_looked_up_under(&wording, later).iter().any(|key| kept.contains(key));
        assert!(found(time));
        assert!(found(time + COPY_WINDOW));
        assert!(!found(time + COPY_WINDOW * 2));
    }
}
