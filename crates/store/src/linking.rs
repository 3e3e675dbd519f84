//! Linking over the database: what is known so far is asked with SQL, and what is decided is written down.

use std::collections::BTreeMap;
use std::sync::Arc;

use watchkeeper_core::resolve::index::{self, Key, TELLINGS_PER_KEY};
use watchkeeper_core::resolve::ledger::{
    Assignment, IncidentKey, Known, WITNESSES, assign, distinct, incoming, repeats,
};
use watchkeeper_core::resolve::origin::{Dependence, OriginLink};
use watchkeeper_core::resolve::profile::Profile;
use watchkeeper_core::resolve::version::{Version, Witness};

use crate::archive::{VERSION_COLUMNS, WITNESS_COLUMNS, version, witness};
use crate::error::StoreError;
use crate::reasons::write_reasons;
use crate::sql::{Sql, Value};

/// Profiles of incidents that were looked at lately; they can be made anew from the members at any time.
#[derive(Default)]
pub struct Cache {
    profiles: BTreeMap<IncidentKey, Arc<Profile>>,
}

/// How many profiles the cache holds before it is emptied.
const PROFILES_KEPT: usize = 20_000;
/// How many versions are linked before the next are loaded.
const PAGE: usize = 256;

/// Forgets what was derived of the versions from `first` (time in microseconds, id) on, and links them anew, in
/// their order.
pub fn relink_from(sql: &mut dyn Sql, cache: &mut Cache, first: (i64, String)) -> Result<(), StoreError> {
    let from = [Value::Int(first.0), Value::Text(first.1)];
    let linked =
        sql.rows("SELECT id FROM versions WHERE linked = 1 AND (time_us, id) >= ($1, $2) LIMIT 1", &from)?;
    if !linked.is_empty() {
        for table in ["tellings", "incident_keys", "bands", "repeats", "notices"] {
            sql.run(&format!("DELETE FROM {table} WHERE (time_us, version) >= ($1, $2)"), &from)?;
        }
        sql.run("UPDATE versions SET linked = 0 WHERE (time_us, id) >= ($1, $2)", &from)?;
        cache.profiles.clear();
    }
    let [mut time, mut id] = from;
    loop {
        let question = format!(
            "SELECT {VERSION_COLUMNS} FROM versions WHERE (time_us, id) >= ($1, $2) ORDER BY time_us, id LIMIT {}",
            PAGE + 1
        );
        let rows = sql.rows(&question, &[time.clone(), id.clone()])?;
        for row in rows.iter().take(PAGE) {
            link(sql, cache, &version(row)?)?;
        }
        match rows.get(PAGE) {
            Some(next) => (time, id) = (Value::Int(next.int(5)?), Value::Text(next.text(0)?.to_owned())),
            None => return Ok(()),
        }
    }
}

fn link(sql: &mut dyn Sql, cache: &mut Cache, version: &Version) -> Result<(), StoreError> {
    let mut known = KnownSql { sql, cache };
    let assignments = assign(version, &mut known)?;
    let links = repeats(version, &assignments, &mut known)?;
    write(sql, version, &assignments, &links)?;
    for (assignment, incoming) in assignments.iter().zip(incoming(version)) {
        match (cache.profiles.get_mut(&assignment.incident), &assignment.comparison) {
            (Some(profile), _) => Arc::make_mut(profile).add(&incoming),
            (None, None) => {
                let mut profile = Profile::default();
                profile.add(&incoming);
                cache.profiles.insert(assignment.incident.clone(), Arc::new(profile));
            }
            // Made from its members, this one included, when it is next asked for.
            (None, Some(_)) => {}
        }
    }
    if cache.profiles.len() > PROFILES_KEPT {
        cache.profiles.clear();
    }
    Ok(())
}

fn write(
    sql: &mut dyn Sql,
    version: &Version,
    assignments: &[Assignment],
    links: &[OriginLink],
) -> Result<(), StoreError> {
    let time = Value::Int(version.time.as_microsecond());
    let id = Value::from(version.id.as_str());
    for (assignment, incoming) in assignments.iter().zip(incoming(version)) {
        let fact = &version.facts.incidents[assignment.fact];
        let days = fact.date.map(|date| date.range);
        let first = days.and_then(|days| days.start).unwrap_or(version.day);
        let last = days.and_then(|days| days.end).unwrap_or(version.day);
        let country = fact.place.as_ref().and_then(|place| place.country);
        sql.run(
            "INSERT INTO tellings (version, fact, incident, time_us, country, first_day, last_day, type, reasons)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            &[
                id.clone(),
                assignment.fact.into(),
                (&assignment.incident).into(),
                time.clone(),
                country.map(|country| country.as_str().to_owned()).into(),
                first.min(last).to_string().into(),
                last.to_string().into(),
                fact.kind.as_str().into(),
                assignment.comparison.as_ref().and_then(write_reasons).into(),
            ],
        )?;
        for key in index::kept_under(&incoming) {
            sql.run(
                "INSERT INTO incident_keys (lookup, time_us, version, fact, incident) VALUES ($1, $2, $3, $4, $5)",
                &[key.into(), time.clone(), id.clone(), assignment.fact.into(), (&assignment.incident).into()],
            )?;
        }
    }
    for band in version.wording.bands() {
        sql.run(
            "INSERT INTO bands (band, time_us, version) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            &[Value::Int(band.cast_signed()), time.clone(), id.clone()],
        )?;
    }
    for link in links {
        sql.run(
            "INSERT INTO repeats (version, repeats, time_us, dependence, likeness) VALUES ($1, $2, $3, $4, $5)",
            &[
                id.clone(),
                link.repeats.as_str().into(),
                time.clone(),
                dependence_word(link.dependence).into(),
                f64::from(link.likeness).into(),
            ],
        )?;
    }
    let (warnings, threats) = (version.facts.warnings.len(), version.facts.threats.len());
    if warnings + threats > 0 {
        sql.run(
            "INSERT INTO notices (version, time_us, warnings, threats) VALUES ($1, $2, $3, $4)",
            &[id.clone(), time.clone(), warnings.into(), threats.into()],
        )?;
    }
    sql.run("UPDATE versions SET linked = 1 WHERE id = $1", &[id]).map(drop)
}

/// The word by which a dependence is stored.
pub const fn dependence_word(dependence: Dependence) -> &'static str {
    match dependence {
        Dependence::Version => "version",
        Dependence::Copy => "copy",
        Dependence::Rewrite => "rewrite",
    }
}

struct KnownSql<'a> {
    sql: &'a mut dyn Sql,
    cache: &'a mut Cache,
}

impl Known for KnownSql<'_> {
    type Error = StoreError;

    fn under(&mut self, key: &Key) -> Result<Vec<IncidentKey>, StoreError> {
        let question = format!(
            "SELECT incident FROM incident_keys WHERE lookup = $1
             ORDER BY time_us DESC, version DESC, fact DESC LIMIT {TELLINGS_PER_KEY}"
        );
        let rows = self.sql.rows(&question, &[key.into()])?;
        let keys: Vec<IncidentKey> =
            rows.iter().map(|row| row.text(0).map(str::to_owned)).collect::<Result<_, _>>()?;
        Ok(distinct(keys.into_iter()))
    }

    fn profile(&mut self, incident: &IncidentKey) -> Result<Option<Arc<Profile>>, StoreError> {
        if let Some(known) = self.cache.profiles.get(incident) {
            return Ok(Some(Arc::clone(known)));
        }
        let columns =
            VERSION_COLUMNS.split(", ").map(|column| format!("v.{column}")).collect::<Vec<_>>().join(", ");
        let question = format!(
            "SELECT {columns}, t.fact FROM tellings t JOIN versions v ON v.id = t.version
             WHERE t.incident = $1 ORDER BY t.time_us, t.version, t.fact"
        );
        let mut profile = None;
        for row in self.sql.rows(&question, &[incident.into()])? {
            let version = version(&row)?;
            let fact = usize::try_from(row.int(11)?).unwrap_or(usize::MAX);
            if let Some(incoming) = incoming(&version).get(fact) {
                profile.get_or_insert_with(Profile::default).add(incoming);
            }
        }
        let profile = profile.map(Arc::new);
        if let Some(profile) = &profile {
            self.cache.profiles.insert(incident.clone(), Arc::clone(profile));
        }
        Ok(profile)
    }

    fn at_identity(&mut self, identity: &str) -> Result<Option<Arc<Witness>>, StoreError> {
        let question = format!(
            "SELECT {WITNESS_COLUMNS} FROM versions v WHERE v.identity = $1 AND v.linked = 1
             ORDER BY v.time_us DESC, v.id DESC LIMIT 1"
        );
        Ok(self.witnesses(&question, identity.into())?.pop())
    }

    fn in_band(&mut self, band: u64) -> Result<Vec<Arc<Witness>>, StoreError> {
        let question = format!(
            "SELECT {WITNESS_COLUMNS} FROM bands b JOIN versions v ON v.id = b.version WHERE b.band = $1
             ORDER BY b.time_us DESC, b.version DESC LIMIT {WITNESSES}"
        );
        self.witnesses(&question, Value::Int(band.cast_signed()))
    }

    fn of_outlet(&mut self, outlet: &str) -> Result<Vec<Arc<Witness>>, StoreError> {
        let question = format!(
            "SELECT {WITNESS_COLUMNS} FROM versions v WHERE v.outlet = $1 AND v.linked = 1
             ORDER BY v.time_us DESC, v.id DESC LIMIT {WITNESSES}"
        );
        self.witnesses(&question, outlet.into())
    }

    fn telling(&mut self, incident: &IncidentKey) -> Result<Vec<Arc<Witness>>, StoreError> {
        let question = format!(
            "SELECT {WITNESS_COLUMNS} FROM tellings t JOIN versions v ON v.id = t.version WHERE t.incident = $1
             ORDER BY t.time_us DESC, t.version DESC, t.fact DESC LIMIT {WITNESSES}"
        );
        self.witnesses(&question, incident.into())
    }
}

impl KnownSql<'_> {
    fn witnesses(&mut self, question: &str, parameter: Value) -> Result<Vec<Arc<Witness>>, StoreError> {
        self.sql.rows(question, &[parameter])?.iter().map(|row| witness(row).map(Arc::new)).collect()
    }
}
