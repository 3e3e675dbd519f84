//! The part of the archive that a part of the record rests on.
//!
//! An incident rests on all versions that tell of it; its origins on all versions that those repeat; its warnings also
//! on versions that do not tell of it, and on whether an earlier incident was what those warnings were about.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::{Timestamp, ToSpan};
use watchkeeper_core::reading::{DateRange, Precision};
use watchkeeper_core::resolve::decisions::Decided;
use watchkeeper_core::resolve::facts::Location;
use watchkeeper_core::resolve::ledger::{Assignment, IncidentKey};
use watchkeeper_core::resolve::link::distance_km;
use watchkeeper_core::resolve::moment::Record;
use watchkeeper_core::resolve::notices::{NEAR_KM, is_followed_by, window};
use watchkeeper_core::resolve::origin::OriginLink;
use watchkeeper_core::resolve::record::{Founding, RecordIncident};
use watchkeeper_core::resolve::version::{Version, VersionId};

use crate::archive::{VERSION_COLUMNS, version};
use crate::error::StoreError;
use crate::filter::Near;
use crate::record::{CHUNK, assignments, links, placeholders, values};
use crate::sql::{Sql, Value};

/// How many incidents are looked at together for one that a warning was about.
const FEW: usize = 2;
/// How many are looked at before all are, of which there may be thousands.
const MANY: usize = 64;
/// In the first so many days of a warning's window a few are looked at first.
const SOON_DAYS: i64 = 7;
/// In the first so many days many are looked at next.
const LATER_DAYS: i64 = 31;

/// Versions and what links them, gathered for some incidents.
pub struct Gathered {
    /// In their order.
    pub versions: Vec<Version>,
    /// The incidents all of whose versions are there.
    pub complete: BTreeSet<IncidentKey>,
    /// Which incidents the versions tell of.
    pub assignments: Vec<Assignment>,
    /// What the versions repeat.
    pub links: Vec<OriginLink>,
}

/// Gathers all that incidents rest on, as far as it was published by then; their warnings only where they are wanted as
/// they turn out to be.
pub fn gather(
    sql: &mut dyn Sql,
    as_of: Timestamp,
    decided: &Decided,
    incidents: BTreeSet<IncidentKey>,
    is_wanted: impl Fn(&RecordIncident) -> bool,
) -> Result<Gathered, StoreError> {
    let incidents = decided.with_kin(incidents);
    let mut pull = Pull { sql, as_of, decided, versions: BTreeMap::new(), complete: BTreeSet::new() };
    pull.incidents(incidents.iter().cloned())?;
    let mut asked_for = pull.assembled(&incidents)?;
    asked_for.retain(|incident| is_wanted(incident));
    let warning = pull.warnings_about(&asked_for)?;
    pull.versions(warning)?;
    let warning: Vec<VersionId> = pull
        .versions
        .values()
        .filter(|version| !version.facts.warnings.is_empty())
        .map(|version| version.id.clone())
        .collect();
    let told = assignments(pull.sql, &warning.iter().collect::<Vec<_>>())?;
    pull.incidents(told.into_iter().map(|assignment| assignment.incident))?;
    pull.rivals(&warning, &asked_for)?;
    let links = links(pull.sql, &pull.versions.keys().collect::<Vec<_>>(), as_of)?;
    // What lies between two copies holds them together, even where it tells of something else.
    pull.versions(links.iter().flat_map(|link| [link.version.clone(), link.repeats.clone()]).collect())?;
    let assignments = assignments(pull.sql, &pull.versions.keys().collect::<Vec<_>>())?;
    let Pull { versions, complete, .. } = pull;
    let mut versions: Vec<Version> = versions.into_values().collect();
    versions.sort_by(|a, b| a.order().cmp(&b.order()));
    Ok(Gathered { versions, complete, assignments, links })
}

struct Pull<'a> {
    sql: &'a mut dyn Sql,
    as_of: Timestamp,
    decided: &'a Decided,
    versions: BTreeMap<VersionId, Version>,
    complete: BTreeSet<IncidentKey>,
}

impl Pull<'_> {
    /// All versions that tell of incidents.
    fn incidents(&mut self, keys: impl IntoIterator<Item = IncidentKey>) -> Result<(), StoreError> {
        let keys = self.decided.with_kin(keys.into_iter().collect());
        let new: BTreeSet<IncidentKey> =
            keys.into_iter().filter(|key| self.complete.insert(key.clone())).collect();
        let ids = self.telling(&new)?;
        self.versions(ids)
    }

    /// The versions that tell of incidents.
    fn telling(&mut self, incidents: &BTreeSet<IncidentKey>) -> Result<BTreeSet<VersionId>, StoreError> {
        let keys: Vec<&str> = incidents.iter().map(String::as_str).collect();
        let mut ids = BTreeSet::new();
        for chunk in keys.chunks(CHUNK) {
            let question = format!(
                "SELECT version FROM tellings WHERE time_us <= $1 AND incident IN ({})",
                placeholders(2, chunk.len())
            );
            for row in self.sql.rows(&question, &self.parameters(chunk))? {
                ids.insert(VersionId::from(row.text(0)?));
            }
        }
        Ok(ids)
    }

    /// These versions, as far as they are not there already.
    fn versions(&mut self, ids: BTreeSet<VersionId>) -> Result<(), StoreError> {
        let missing: Vec<VersionId> = ids.into_iter().filter(|id| !self.versions.contains_key(id)).collect();
        for chunk in missing.chunks(CHUNK) {
            let question = format!(
                "SELECT {VERSION_COLUMNS} FROM versions WHERE time_us <= $1 AND id IN ({})",
                placeholders(2, chunk.len())
            );
            let ids: Vec<&str> = chunk.iter().map(VersionId::as_str).collect();
            for row in self.sql.rows(&question, &self.parameters(&ids))? {
                let version = version(&row)?;
                self.versions.insert(version.id.clone(), version);
            }
        }
        Ok(())
    }

    fn parameters(&self, ids: &[&str]) -> Vec<Value> {
        let mut parameters: Vec<Value> = vec![self.as_of.as_microsecond().into()];
        parameters.extend(values(ids.iter().copied()));
        parameters
    }

    /// The versions with a warning that one of the incidents may have followed, by its day and its place.
    fn warnings_about(
        &mut self,
        incidents: &[Arc<RecordIncident>],
    ) -> Result<BTreeSet<VersionId>, StoreError> {
        let followers: Vec<(String, &Location)> = incidents
            .iter()
            .filter_map(|incident| {
                let day = incident.date.and_then(|date| date.start.or(date.end))?;
                Some((day.to_string(), incident.place.as_ref()?))
            })
            .collect();
        let days = || followers.iter().map(|(day, _)| day.clone());
        let (Some(first), Some(last)) = (days().min(), days().max()) else { return Ok(BTreeSet::new()) };
        let rows = self.sql.rows(
            "SELECT version, country, lat, lon, first_day, last_day FROM warned
             WHERE last_day >= $1 AND first_day <= $2 AND time_us <= $3",
            &[first.into(), last.into(), self.as_of.as_microsecond().into()],
        )?;
        let mut found = BTreeSet::new();
        for row in rows {
            let country = row.text_or_null(1);
            let point = row.real(2).ok().zip(row.real(3).ok());
            let window = row.text(4)?..=row.text(5)?;
            let may_follow = |(day, place): &(String, &Location)| {
                window.contains(&day.as_str())
                    && (country.is_some_and(|country| place.country.is_some_and(|at| at.as_str() == country))
                        || point.zip(place.point).is_some_and(|(a, b)| distance_km(a, b) <= NEAR_KM))
            };
            if followers.iter().any(may_follow) {
                found.insert(row.text(0)?.into());
            }
        }
        Ok(found)
    }

    /// The incidents that the warnings of versions were about instead of those asked for: the first that fits is the
    /// one, so of all that came before those asked for, one that fits is enough.
    fn rivals(&mut self, warning: &[VersionId], asked_for: &[Arc<RecordIncident>]) -> Result<(), StoreError> {
        let mut warnings: Vec<(Location, DateRange)> = Vec::new();
        for version in warning.iter().filter_map(|id| self.versions.get(id)) {
            for fact in &version.facts.warnings {
                let warned = fact.place.clone().map(|place| (place, window(fact, version.day)));
                warnings.extend(warned.filter(|warned| !warnings.contains(warned)));
            }
        }
        for (place, window) in &warnings {
            let fits = |incident: &&Arc<RecordIncident>| is_followed_by(place, *window, incident);
            let Some(first) = asked_for.iter().filter(fits).map(|incident| &incident.founding).min() else {
                continue;
            };
            let before = first.0.0;
            for founded in [
                Founded::ToldBefore { time: before, days: SOON_DAYS, most: FEW },
                Founded::ToldBefore { time: before, days: LATER_DAYS, most: MANY },
                Founded::Before(before),
            ] {
                let candidates = self.followers(place, *window, founded)?;
                if self.hold_one_before(first, place, *window, &candidates)? {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Pulls candidates until one is there that followed a warning and was founded before another; whether one is.
    fn hold_one_before(
        &mut self,
        other: &Founding,
        place: &Location,
        window: DateRange,
        candidates: &[IncidentKey],
    ) -> Result<bool, StoreError> {
        let is_one = |incident: &Arc<RecordIncident>| {
            incident.founding < *other && is_followed_by(place, window, incident)
        };
        for few in candidates.chunks(FEW) {
            let few: BTreeSet<IncidentKey> = few.iter().cloned().collect();
            self.incidents(few.iter().cloned())?;
            if self.assembled(&few)?.iter().any(is_one) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The incidents of which some telling lies at a warning's place and in its window.
    fn followers(
        &mut self,
        place: &Location,
        window: DateRange,
        founded: Founded,
    ) -> Result<Vec<IncidentKey>, StoreError> {
        let (Some(first), Some(last)) = (window.start, window.end) else { return Ok(Vec::new()) };
        let mut parameters: Vec<Value> =
            vec![self.as_of.as_microsecond().into(), first.to_string().into(), last.to_string().into()];
        let country = Value::from(place.country.map(|country| country.as_str().to_owned()));
        let mut at = match (place.precision, place.point) {
            (Precision::City | Precision::Exact, Some(point)) => {
                let (south, north, across) = Near { point, km: NEAR_KM }.bounds();
                let (west, east) = across.unwrap_or((-180.0, 180.0));
                parameters.extend([south, north, west, east].map(Value::from));
                parameters.push(country);
                "((lat >= $4 AND lat <= $5 AND lon >= $6 AND lon <= $7) OR (country = $8 AND lat IS NULL))"
                    .to_owned()
            }
            _ => {
                parameters.push(country);
                "country = $4".to_owned()
            }
        };
        let order = match founded {
            Founded::Before(_) => "ORDER BY told".to_owned(),
            Founded::ToldBefore { time, days, most } => {
                let soon = first.checked_add(days.days()).unwrap_or(last);
                parameters.extend([time.as_microsecond().into(), Value::from(soon.to_string())]);
                let (time, soon) = (parameters.len() - 1, parameters.len());
                at += &format!(" AND time_us <= ${time} AND last_day <= ${soon}");
                format!("LIMIT {most}")
            }
        };
        let question = format!(
            "SELECT incident, MIN(time_us) AS told FROM tellings
             WHERE time_us <= $1 AND last_day >= $2 AND first_day <= $3 AND {at} GROUP BY incident {order}"
        );
        let rows = self.sql.rows(&question, &parameters)?;
        let found = rows
            .iter()
            .map(|row| Ok((row.text(0)?.to_owned(), row.int(1)?)))
            .collect::<Result<Vec<_>, StoreError>>()?;
        match founded {
            Founded::ToldBefore { .. } => Ok(found.into_iter().map(|(incident, _)| incident).collect()),
            Founded::Before(time) => self.founded_before(time, found),
        }
    }

    /// Of incidents with when they were first told of at a place, those that may have been founded before a time: they, or what was
    /// joined or merged with them, were told of before.
    fn founded_before(
        &mut self,
        time: Timestamp,
        incidents: Vec<(IncidentKey, i64)>,
    ) -> Result<Vec<IncidentKey>, StoreError> {
        let mut early = BTreeSet::new();
        let is_told_early = |(_, told): &(IncidentKey, i64)| *told <= time.as_microsecond();
        let late = incidents.iter().filter(|told| !is_told_early(told));
        let late: Vec<&str> = late.map(|(incident, _)| incident.as_str()).collect();
        for chunk in late.chunks(CHUNK) {
            let question = format!(
                "SELECT DISTINCT incident FROM tellings WHERE time_us <= $1 AND incident IN ({})",
                placeholders(2, chunk.len())
            );
            let mut parameters = vec![Value::Int(time.as_microsecond())];
            parameters.extend(values(chunk.iter().copied()));
            for row in self.sql.rows(&question, &parameters)? {
                early.insert(row.text(0)?.to_owned());
            }
        }
        let is_early = |told: &(IncidentKey, i64)| {
            let (incident, _) = told;
            is_told_early(told)
                || early.contains(incident)
                || self.decided.with_kin(BTreeSet::from([incident.clone()])).len() > 1
        };
        Ok(incidents.into_iter().filter(is_early).map(|(incident, _)| incident).collect())
    }

    /// Incidents that are there, put together.
    fn assembled(&mut self, keys: &BTreeSet<IncidentKey>) -> Result<Vec<Arc<RecordIncident>>, StoreError> {
        let keys = self.decided.with_kin(keys.clone());
        let ids = self.telling(&keys)?;
        let assignments = assignments(self.sql, &ids.iter().collect::<Vec<_>>())?;
        let mut versions: Vec<&Version> = ids.iter().filter_map(|id| self.versions.get(id)).collect();
        versions.sort_by(|a, b| a.order().cmp(&b.order()));
        Ok(Record::assembled(&versions, &assignments, &[], Some(&keys), self.decided, self.as_of).incidents)
    }
}

/// Which incidents are wanted by when they were founded.
#[derive(Clone, Copy)]
enum Founded {
    /// Some whose telling at the place and early in the window came before a time: most likely one of them is the one.
    ToldBefore {
        /// When.
        time: Timestamp,
        /// How early in the window.
        days: i64,
        /// How many.
        most: usize,
    },
    /// All that may have been founded before a time, whatever was told of them first.
    Before(Timestamp),
}
