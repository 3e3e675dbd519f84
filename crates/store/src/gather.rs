//! The part of the archive that a part of the record rests on.
//!
//! An incident rests on all versions that tell of it; its origins on all versions that those repeat; its warnings also
//! on versions that do not tell of it, and on which other incidents those warnings may have been about.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use watchkeeper_core::reading::Precision;
use watchkeeper_core::resolve::decisions::Decided;
use watchkeeper_core::resolve::ledger::{Assignment, IncidentKey};
use watchkeeper_core::resolve::link::distance_km;
use watchkeeper_core::resolve::notices::{NEAR_KM, window};
use watchkeeper_core::resolve::origin::OriginLink;
use watchkeeper_core::resolve::version::{Version, VersionId};

use crate::archive::{VERSION_COLUMNS, version};
use crate::error::StoreError;
use crate::filter::Near;
use crate::record::{CHUNK, assignments, links, placeholders, values};
use crate::sql::{Row, Sql, Value};

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

/// Gathers all that incidents rest on, as far as it was published by then.
pub fn gather(
    sql: &mut dyn Sql,
    as_of: Timestamp,
    decided: &Decided,
    incidents: BTreeSet<IncidentKey>,
) -> Result<Gathered, StoreError> {
    let incidents = decided.with_kin(incidents);
    let mut pull = Pull { sql, as_of, decided, versions: BTreeMap::new(), complete: BTreeSet::new() };
    pull.incidents(incidents.iter().cloned())?;
    let warning = pull.warnings_about(&incidents)?;
    pull.versions(warning)?;
    let warning: Vec<VersionId> = pull
        .versions
        .values()
        .filter(|version| !version.facts.warnings.is_empty())
        .map(|version| version.id.clone())
        .collect();
    let told = assignments(pull.sql, &warning.iter().collect::<Vec<_>>())?;
    pull.incidents(told.into_iter().map(|assignment| assignment.incident))?;
    let rivals = pull.rivals(&warning)?;
    pull.incidents(rivals)?;
    let ids = |pull: &Pull<'_>| pull.versions.keys().map(|(_, id)| id.clone()).collect::<Vec<_>>();
    let found = ids(&pull);
    let links = links(pull.sql, &found.iter().collect::<Vec<_>>(), as_of)?;
    // What lies between two copies holds them together, even where it tells of something else.
    pull.versions(links.iter().flat_map(|link| [link.version.clone(), link.repeats.clone()]).collect())?;
    let all = ids(&pull);
    let assignments = assignments(pull.sql, &all.iter().collect::<Vec<_>>())?;
    let Pull { versions, complete, .. } = pull;
    Ok(Gathered { versions: versions.into_values().collect(), complete, assignments, links })
}

struct Pull<'a> {
    sql: &'a mut dyn Sql,
    as_of: Timestamp,
    decided: &'a Decided,
    versions: BTreeMap<(Timestamp, VersionId), Version>,
    complete: BTreeSet<IncidentKey>,
}

impl Pull<'_> {
    /// All versions that tell of incidents.
    fn incidents(&mut self, keys: impl IntoIterator<Item = IncidentKey>) -> Result<(), StoreError> {
        let keys = self.decided.with_kin(keys.into_iter().collect());
        let new: BTreeSet<IncidentKey> =
            keys.into_iter().filter(|key| self.complete.insert(key.clone())).collect();
        let new: Vec<&str> = new.iter().map(String::as_str).collect();
        let mut ids = BTreeSet::new();
        for chunk in new.chunks(CHUNK) {
            let question = format!(
                "SELECT version FROM tellings WHERE time_us <= $1 AND incident IN ({})",
                placeholders(2, chunk.len())
            );
            for row in self.sql.rows(&question, &self.parameters(chunk))? {
                ids.insert(VersionId::from(row.text(0)?));
            }
        }
        self.versions(ids)
    }

    /// These versions, as far as they are not there already.
    fn versions(&mut self, ids: BTreeSet<VersionId>) -> Result<(), StoreError> {
        let here: BTreeSet<&VersionId> = self.versions.keys().map(|(_, id)| id).collect();
        let missing: Vec<VersionId> = ids.into_iter().filter(|id| !here.contains(id)).collect();
        for chunk in missing.chunks(CHUNK) {
            let question = format!(
                "SELECT {VERSION_COLUMNS} FROM versions WHERE time_us <= $1 AND id IN ({})",
                placeholders(2, chunk.len())
            );
            let ids: Vec<&str> = chunk.iter().map(VersionId::as_str).collect();
            for row in self.sql.rows(&question, &self.parameters(&ids))? {
                let version = version(&row)?;
                self.versions.insert((version.time, version.id.clone()), version);
            }
        }
        Ok(())
    }

    fn parameters(&self, ids: &[&str]) -> Vec<Value> {
        let mut parameters: Vec<Value> = vec![self.as_of.as_microsecond().into()];
        parameters.extend(values(ids.iter().copied()));
        parameters
    }

    /// The versions with a warning that one of the incidents may have followed, by its days and its place.
    fn warnings_about(
        &mut self,
        incidents: &BTreeSet<IncidentKey>,
    ) -> Result<BTreeSet<VersionId>, StoreError> {
        let mut tellings: Vec<Extent> = Vec::new();
        let keys: Vec<&str> = incidents.iter().map(String::as_str).collect();
        for chunk in keys.chunks(CHUNK) {
            let question = format!(
                "SELECT country, lat, lon, first_day, last_day FROM tellings
                 WHERE time_us <= $1 AND incident IN ({})",
                placeholders(2, chunk.len())
            );
            let rows = self.sql.rows(&question, &self.parameters(chunk))?;
            tellings.extend(rows.iter().map(|row| Extent::of(row, 0)).collect::<Result<Vec<_>, _>>()?);
        }
        let first = tellings.iter().map(|telling| telling.first.clone()).min();
        let last = tellings.iter().map(|telling| telling.last.clone()).max();
        let (Some(first), Some(last)) = (first, last) else { return Ok(BTreeSet::new()) };
        let rows = self.sql.rows(
            "SELECT version, country, lat, lon, first_day, last_day FROM warned
             WHERE last_day >= $1 AND first_day <= $2 AND time_us <= $3",
            &[first.into(), last.into(), self.as_of.as_microsecond().into()],
        )?;
        let mut found = BTreeSet::new();
        for row in rows {
            let warned = Extent::of(&row, 1)?;
            if tellings.iter().any(|telling| telling.meets(&warned)) {
                found.insert(row.text(0)?.into());
            }
        }
        Ok(found)
    }

    /// The incidents that the warnings of versions may have been about instead: the first that fits is the one.
    fn rivals(&mut self, warning: &[VersionId]) -> Result<BTreeSet<IncidentKey>, StoreError> {
        let carriers: BTreeSet<&VersionId> = warning.iter().collect();
        let mut questions: BTreeSet<(String, Vec<String>)> = BTreeSet::new();
        for version in self.versions.values().filter(|version| carriers.contains(&version.id)) {
            for fact in &version.facts.warnings {
                let Some(place) = &fact.place else { continue };
                let days = window(fact, version.day);
                let (Some(first), Some(last)) = (days.start, days.end) else { continue };
                let days = vec![first.to_string(), last.to_string()];
                if let Some(country) = place.country {
                    questions.insert((country.as_str().to_owned(), days.clone()));
                }
                if let (Precision::City | Precision::Exact, Some((lat, lon))) = (place.precision, place.point)
                {
                    questions.insert((format!("{lat} {lon}"), days));
                }
            }
        }
        let mut found = BTreeSet::new();
        for (place, days) in questions {
            let condition = "time_us <= $1 AND last_day >= $2 AND first_day <= $3";
            let mut parameters: Vec<Value> = vec![self.as_of.as_microsecond().into()];
            parameters.extend(days.iter().map(Value::from));
            let point =
                place.split_once(' ').and_then(|(lat, lon)| Some((lat.parse().ok()?, lon.parse().ok()?)));
            let at = match point {
                None => {
                    parameters.push(place.into());
                    "country = $4"
                }
                Some(point) => {
                    let (south, north, _) = Near { point, km: NEAR_KM }.bounds();
                    parameters.extend([south.into(), north.into()]);
                    "lat >= $4 AND lat <= $5"
                }
            };
            let question = format!("SELECT incident FROM tellings WHERE {condition} AND {at}");
            for row in self.sql.rows(&question, &parameters)? {
                found.insert(row.text(0)?.to_owned());
            }
        }
        Ok(found)
    }
}

/// Days and place of a telling or a warning.
struct Extent {
    country: Option<String>,
    point: Option<(f64, f64)>,
    first: String,
    last: String,
}

impl Extent {
    /// From columns country, lat, lon, first_day, last_day, the first of them being the one of that number.
    fn of(row: &Row, from: usize) -> Result<Self, StoreError> {
        Ok(Self {
            country: row.text_or_null(from).map(str::to_owned),
            point: row.real(from + 1).ok().zip(row.real(from + 2).ok()),
            first: row.text_or_null(from + 3).unwrap_or_default().to_owned(),
            last: row.text_or_null(from + 4).unwrap_or_default().to_owned(),
        })
    }

    fn meets(&self, other: &Self) -> bool {
        // Most do not meet in time, which is told sooner than whether they meet in place.
        if self.first > other.last || other.first > self.last {
            return false;
        }
        let is_near = match (self.point, other.point) {
            (Some(a), Some(b)) => distance_km(a, b) <= NEAR_KM,
            (None, _) | (_, None) => false,
        };
        is_near || (self.country.is_some() && self.country == other.country)
    }
}
