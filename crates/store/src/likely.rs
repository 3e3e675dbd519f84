//! Of the incidents of which some telling fits a filter, those that may fit it themselves: an incident has the day and the
//! place that most of its tellings say, and a single telling that says otherwise is no reason to load them all.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use watchkeeper_core::reading::{Country, DateBasis, Precision};
use watchkeeper_core::resolve::decisions::Decided;
use watchkeeper_core::resolve::decisions::fact_ids::{short, version_of};
use watchkeeper_core::resolve::facts::{IncidentFact, Location};
use watchkeeper_core::resolve::ledger::IncidentKey;

use crate::error::StoreError;
use crate::facets::is_long;
use crate::record::{CHUNK, placeholders, values};
use crate::sql::{Row, Sql, Value};

/// How much is stated of when it happened, as it is stored.
pub fn statement(fact: &IncidentFact) -> i64 {
    let stated = fact.date.filter(|date| date.basis == DateBasis::Stated).map(|date| date.range);
    match stated.map(|range| (range.start, range.end)) {
        None => UNSTATED,
        Some((Some(start), Some(end))) if start <= end => STATED,
        Some(_) => OPEN,
    }
}

const UNSTATED: i64 = 0;
/// A first and a last day.
const STATED: i64 = 1;
/// No first or no last day.
const OPEN: i64 = 2;

/// How finely a place is told, as it is stored.
pub fn fineness(place: Option<&Location>) -> i64 {
    match place.map(|place| place.precision) {
        Some(Precision::Exact | Precision::City) => 2,
        Some(Precision::Region) => 1,
        Some(Precision::Country) => 0,
        None => -1,
    }
}

/// What incidents are asked for by.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// Where they happened.
    pub country: Option<Country>,
    /// They happened on this day or later.
    pub from: Option<Date>,
    /// They happened on this day or earlier.
    pub to: Option<Date>,
}

/// What is told of one incident.
#[derive(Default)]
struct Told {
    /// How often each pair of first and last day is stated.
    days: BTreeMap<(Date, Date), usize>,
    has_open_date: bool,
    /// The finest places, and the countries in which they lie.
    fineness: i64,
    countries: BTreeSet<Option<String>>,
    /// Whether a person rejected what one of its versions tells.
    is_corrected: bool,
}

/// Leaves out of incidents those that by their tellings cannot be what is asked for.
pub fn likely(
    sql: &mut dyn Sql,
    as_of: Timestamp,
    decided: &Decided,
    wanted: Wanted,
    incidents: BTreeSet<IncidentKey>,
) -> Result<BTreeSet<IncidentKey>, StoreError> {
    let rejected: BTreeSet<&str> = decided.rejected().filter_map(|fact| version_of(fact)).collect();
    let mut told: BTreeMap<IncidentKey, Told> = BTreeMap::new();
    let keys: Vec<&str> = incidents.iter().map(String::as_str).collect();
    for chunk in keys.chunks(CHUNK) {
        let question = format!(
            "SELECT incident, version, first_day, last_day, statement, fineness, country FROM tellings
             WHERE time_us <= $1 AND incident IN ({})",
            placeholders(2, chunk.len())
        );
        let mut parameters = vec![Value::Int(as_of.as_microsecond())];
        parameters.extend(values(chunk.iter().copied()));
        for row in sql.rows(&question, &parameters)? {
            let of = told
                .entry(row.text(0)?.to_owned())
                .or_insert_with(|| Told { fineness: -1, ..Told::default() });
            of.take(&row, &rejected)?;
        }
    }
    // What joins and merges brought together is told of by all of its parts.
    let is_whole = |key: &IncidentKey| decided.with_kin(BTreeSet::from([key.clone()])).len() == 1;
    let may_fit = |key: &IncidentKey| told.get(key).is_none_or(|told| told.may_be(wanted)) || !is_whole(key);
    Ok(incidents.into_iter().filter(may_fit).collect())
}

impl Told {
    fn take(&mut self, row: &Row, rejected: &BTreeSet<&str>) -> Result<(), StoreError> {
        let day = |column: usize| {
            row.text(column)?.parse::<Date>().map_err(|error| StoreError::corrupt(error.to_string()))
        };
        self.is_corrected |= rejected.contains(short(&row.text(1)?.into()));
        match row.int(4)? {
            STATED => *self.days.entry((day(2)?, day(3)?)).or_default() += 1,
            OPEN => self.has_open_date = true,
            _ => {}
        }
        let fineness = row.int(5)?;
        if fineness > self.fineness {
            self.fineness = fineness;
            self.countries.clear();
        }
        if fineness == self.fineness {
            self.countries.insert(row.text_or_null(6).map(str::to_owned));
        }
        Ok(())
    }

    fn may_be(&self, wanted: Wanted) -> bool {
        let country = |country: Country| self.countries.contains(&Some(country.as_str().to_owned()));
        self.is_corrected || (wanted.country.is_none_or(country) && self.may_be_on(wanted))
    }

    /// Whether one of the days that are told most often lies in the days asked for.
    fn may_be_on(&self, wanted: Wanted) -> bool {
        if self.has_open_date || self.days.is_empty() {
            return true;
        }
        let has_short = self.days.keys().any(|&(first, last)| !is_long(first, last));
        let counts = || self.days.iter().filter(|((first, last), _)| !has_short || !is_long(*first, *last));
        let most = counts().map(|(_, &told)| told).max();
        counts().any(|(&(first, last), &told)| {
            Some(told) == most
                && wanted.from.is_none_or(|from| last >= from)
                && wanted.to.is_none_or(|to| first <= to)
        })
    }
}
