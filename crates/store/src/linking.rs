//! Linking over the database: what is known so far is asked with SQL, and what is decided is written down.

use std::sync::Arc;

use watchkeeper_core::resolve::index::{self, Key, TELLINGS_PER_KEY};
use watchkeeper_core::resolve::ledger::{
    Assignment, IncidentKey, Known, Linking, WITNESSES, assign, incoming, repeats,
};
use watchkeeper_core::resolve::numbering::{IncidentNumber, Numbering};
use watchkeeper_core::resolve::origin::{Dependence, OriginLink};
use watchkeeper_core::resolve::profile::Profile;
use watchkeeper_core::resolve::version::{Version, Witness};

use crate::archive::{WITNESS_COLUMNS, number_of, version, version_columns_of, witness};
use crate::cache::Cache;
use crate::changes;
use crate::error::StoreError;
use crate::facets;
use crate::joins;
use crate::likely;
use crate::reasons::write_reasons;
use crate::record::{CHUNK, placeholders, values};
use crate::sql::{Row, Sql, Value};

/// How many versions are loaded at once.
const PAGE: usize = 256;
/// So many pages of versions are linked in one transaction, and so many are waited for while versions come in: linking
/// writes to the keys of the last quarter of a year all over, and where many versions are linked together each place is
/// written once for several of them.
const PAGES_AT_ONCE: usize = 16;
/// How many versions are linked together at most.
pub const LINKED_TOGETHER: usize = PAGES_AT_ONCE * PAGE;
/// For every version that waits so many that are linked already are linked anew at once; where more would have to be,
/// it waits for company. So however reports arrive, each is linked but a few times.
const PATIENCE: usize = 4;

/// That a version `v` is linked.
const IS_LINKED: &str =
    "NOT EXISTS (SELECT 1 FROM waiting w WHERE w.time_us = v.time_us AND w.version = v.id)";

/// Links the first of the versions that wait, unless they are few, or so many others would have to be linked anew for them
/// that more had better come together first; whether it did.
pub fn link_cheaply(sql: &mut dyn Sql, cache: &mut Cache) -> Result<bool, StoreError> {
    let waiting = waiting(sql)?;
    if waiting < LINKED_TOGETHER {
        return Ok(false);
    }
    let Some([time, id]) = first_waiting(sql)? else { return Ok(false) };
    let bound = waiting.saturating_mul(PATIENCE);
    let question = format!(
        "SELECT COUNT(*) FROM
         (SELECT 1 FROM versions v WHERE {IS_LINKED} AND (v.time_us, v.id) >= ($1, $2) LIMIT {}) AS later",
        bound.saturating_add(1)
    );
    let later = sql.rows(&question, &[time, id])?.first().map_or(Ok(0), |row| row.int(0))?;
    let are_few = usize::try_from(later).is_ok_and(|later| later <= bound);
    if are_few {
        link_next(sql, cache)?;
    }
    Ok(are_few)
}

/// How many versions wait to be linked.
pub fn waiting(sql: &mut dyn Sql) -> Result<usize, StoreError> {
    let rows = sql.rows("SELECT COUNT(*) FROM waiting", &[])?;
    rows.first().map_or(Ok(0), |row| row.index(0))
}

/// Whether a version waits to be linked.
pub fn is_waiting(sql: &mut dyn Sql) -> Result<bool, StoreError> {
    Ok(first_waiting(sql)?.is_some())
}

/// Forgets what was derived of the versions from `first` (time in microseconds, id) on; they wait to be linked anew.
pub fn unlink_from(sql: &mut dyn Sql, cache: &mut Cache, first: (i64, &str)) -> Result<(), StoreError> {
    changes::note(sql, first)?;
    let from = [Value::Int(first.0), Value::from(first.1)];
    let linked =
        format!("SELECT v.id FROM versions v WHERE {IS_LINKED} AND (v.time_us, v.id) >= ($1, $2) LIMIT 1");
    if sql.rows(&linked, &from)?.is_empty() {
        return Ok(());
    }
    // Profiles of incidents of which only earlier versions tell stay as they are: a late report must not cost all of them.
    // What an incident took in with a join is not told of it.
    let touched = "SELECT incident FROM tellings WHERE (time_us, version) >= ($1, $2)
         UNION SELECT gone FROM joins WHERE (time_us, version) >= ($1, $2)
         UNION SELECT stays FROM joins WHERE (time_us, version) >= ($1, $2)";
    for row in sql.rows(touched, &from)? {
        cache.drop_profile(row.text(0)?);
    }
    for row in sql.rows("SELECT gone FROM joins WHERE (time_us, version) >= ($1, $2)", &from)? {
        cache.part(row.text(0)?);
    }
    let acts =
        "DELETE FROM acts WHERE number IN (SELECT number FROM versions WHERE (time_us, id) >= ($1, $2))";
    sql.run(acts, &from)?;
    for table in ["tellings", "joins", "repeats", "notices", "warned"] {
        sql.run(&format!("DELETE FROM {table} WHERE (time_us, version) >= ($1, $2)"), &from)?;
    }
    let first_order = if first.1.is_empty() { i64::MIN } else { order(first.1)? };
    cache.lately.unlink_from((first.0, first_order));
    let by_order = [Value::Int(first.0), Value::Int(first_order)];
    for table in ["incident_keys", "bands"] {
        sql.run(&format!("DELETE FROM {table} WHERE (time_us, version_order) >= ($1, $2)"), &by_order)?;
    }
    let unlink = format!(
        "INSERT INTO waiting (time_us, version, number)
         SELECT v.time_us, v.id, v.number FROM versions v WHERE {IS_LINKED} AND (v.time_us, v.id) >= ($1, $2)"
    );
    sql.run(&unlink, &from).map(drop)
}

/// Notes that a version waits to be linked: its time, its id and its number.
pub fn wait(sql: &mut dyn Sql, version: &Version, number: i64) -> Result<(), StoreError> {
    sql.run(
        "INSERT INTO waiting (time_us, version, number) VALUES ($1, $2, $3)",
        &[version.time.as_microsecond().into(), version.id.as_str().into(), Value::Int(number)],
    )
    .map(drop)
}

/// Notes that a version no longer waits: it is linked, or gone.
pub fn wait_no_longer(sql: &mut dyn Sql, time_us: i64, id: &str) -> Result<(), StoreError> {
    sql.run("DELETE FROM waiting WHERE time_us = $1 AND version = $2", &[Value::Int(time_us), id.into()])
        .map(drop)
}

/// Time and id of the first version that waits.
fn first_waiting(sql: &mut dyn Sql) -> Result<Option<[Value; 2]>, StoreError> {
    let question = "SELECT time_us, version FROM waiting ORDER BY time_us, version LIMIT 1";
    let first = sql.rows(question, &[])?;
    first.first().map(|row| Ok([Value::Int(row.int(0)?), Value::from(row.text(1)?)])).transpose()
}

/// Links the first [`PAGES_AT_ONCE`] of the versions that wait, in their order; whether none waits any more.
pub fn link_next(sql: &mut dyn Sql, cache: &mut Cache) -> Result<bool, StoreError> {
    let Some([Value::Int(time), Value::Text(id)]) = first_waiting(sql)? else { return Ok(true) };
    unlink_from(sql, cache, (time, &id))?;
    let question = format!(
        "SELECT {}, v.number FROM waiting w JOIN versions v ON v.number = w.number
         ORDER BY w.time_us, w.version LIMIT {PAGE}",
        version_columns_of("v")
    );
    cache.prepare(sql)?;
    for _ in 0..PAGES_AT_ONCE {
        let rows = sql.rows(&question, &[])?;
        for row in &rows {
            link(sql, cache, &version(row)?, row.int(11)?)?;
        }
        if rows.len() < PAGE {
            break;
        }
    }
    let Cache { pending, numbering, sieve, .. } = cache;
    pending.write(sql, numbering, sieve)?;
    Ok(!is_waiting(sql)?)
}

/// What stands for a version's id in the order of versions of one time: its first sixteen hexadecimal digits.
fn order(id: &str) -> Result<i64, StoreError> {
    let digits = id.get(..16).and_then(|digits| u64::from_str_radix(digits, 16).ok());
    let digits = digits.ok_or_else(|| StoreError::corrupt(format!("{id} is no id of a version")))?;
    // So that the order of signed numbers is that of the digits.
    Ok((digits ^ (1 << 63)).cast_signed())
}

fn link(sql: &mut dyn Sql, cache: &mut Cache, version: &Version, number: i64) -> Result<(), StoreError> {
    let mut known = KnownSql { sql, cache, before: (version.time.as_microsecond(), version.id.as_str()) };
    let Linking { assignments, joins } = assign(version, &mut known)?;
    let links = repeats(version, &assignments, &mut known)?;
    write(sql, cache, version, number, &assignments, &links)?;
    joins::write(sql, &joins)?;
    for (assignment, incoming) in assignments.iter().zip(incoming(version)) {
        let number = cache.numbering.number(&assignment.incident);
        cache.tell(number, &incoming, assignment.comparison.is_none());
    }
    for join in &joins {
        cache.join(&join.gone, &join.stays);
    }
    Ok(())
}

fn write(
    sql: &mut dyn Sql,
    cache: &mut Cache,
    version: &Version,
    number: i64,
    assignments: &[Assignment],
    links: &[OriginLink],
) -> Result<(), StoreError> {
    let (time_us, order) = (version.time.as_microsecond(), order(&version.id)?);
    let time = Value::Int(time_us);
    let id = Value::from(version.id.as_str());
    for (assignment, incoming) in assignments.iter().zip(incoming(version)) {
        let fact = &version.facts.incidents[assignment.fact];
        let days = fact.date.map(|date| date.range);
        let first = days.and_then(|days| days.start.or(days.end)).unwrap_or(version.day);
        let last = days.and_then(|days| days.end.or(days.start)).unwrap_or(version.day);
        let country = fact.place.as_ref().and_then(|place| place.country);
        let point = fact.place.as_ref().and_then(|place| place.point);
        sql.run(
            "INSERT INTO tellings (number, version, fact, incident, time_us, country, first_day, last_day, is_long, type,
                 stage, lat, lon, reasons, statement, fineness)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
            &[
                Value::Int(number),
                id.clone(),
                assignment.fact.into(),
                (&assignment.incident).into(),
                time.clone(),
                country.map(|country| country.as_str().to_owned()).into(),
                first.min(last).to_string().into(),
                last.max(first).to_string().into(),
                i64::from(facets::is_long(first.min(last), last.max(first))).into(),
                fact.kind.as_str().into(),
                fact.stage.as_str().into(),
                point.map(|(lat, _)| lat).into(),
                point.map(|(_, lon)| lon).into(),
                assignment.comparison.as_ref().and_then(write_reasons).into(),
                likely::statement(fact).into(),
                likely::fineness(fact.place.as_ref()).into(),
            ],
        )?;
        let fact = i64::try_from(assignment.fact).unwrap_or(i64::MAX);
        let incident = cache.numbering.number(&assignment.incident);
        for key in index::kept_under(&incoming) {
            let key = lookup(&key);
            cache.lately.tell(key, (time_us, order, fact), incident);
            cache.pending.tell(key, (time_us, order, fact), incident);
        }
    }
    for key in index::wording_kept_under(&version.wording, version.time) {
        cache.pending.word(key, (time_us, order), number);
    }
    for link in links {
        let repeated = number_of(sql, &link.repeats)?;
        sql.run(
            "INSERT INTO repeats (number, repeated, version, repeats, time_us, dependence, likeness)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &[
                Value::Int(number),
                repeated.into(),
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
    facets::write_acts(sql, version, number, assignments)?;
    facets::write_warned(sql, version)?;
    wait_no_longer(sql, time_us, &version.id)
}

/// A key as it is stored.
fn lookup(key: &Key) -> i64 {
    key.number().cast_signed()
}

/// The word by which a dependence is stored.
pub const fn dependence_word(dependence: Dependence) -> &'static str {
    match dependence {
        Dependence::Version => "version",
        Dependence::Copy => "copy",
        Dependence::Rewrite => "rewrite",
    }
}

/// What the database knows of the versions before one; these are the ones that are linked.
struct KnownSql<'a> {
    sql: &'a mut dyn Sql,
    cache: &'a mut Cache,
    /// The time in microseconds and the id of the version that is linked.
    before: (i64, &'a str),
}

impl Known for KnownSql<'_> {
    type Error = StoreError;

    fn numbering(&mut self) -> Result<&mut Numbering, StoreError> {
        Ok(&mut self.cache.numbering)
    }

    fn under(&mut self, key: &Key, show: &mut dyn FnMut(IncidentNumber)) -> Result<(), StoreError> {
        let Cache { lately, pending, numbering, .. } = self.cache;
        let number = lookup(key);
        if let Some(told) = lately.under(number) {
            told.for_each(|incident| show(numbering.root(incident)));
            return Ok(());
        }
        let question = format!(
            "SELECT time_us, version_order, fact, incident FROM incident_keys WHERE lookup = $1
             ORDER BY time_us DESC, version_order DESC, fact DESC LIMIT {TELLINGS_PER_KEY}"
        );
        let rows = self.sql.rows(&question, &[Value::Int(number)])?;
        let telling =
            |row: &Row| Ok(((row.int(0)?, row.int(1)?, row.int(2)?), numbering.number(row.text(3)?)));
        let mut told: Vec<_> = pending.told_under(number).collect();
        told.extend(rows.iter().map(telling).collect::<Result<Vec<_>, StoreError>>()?);
        told.truncate(TELLINGS_PER_KEY);
        told.iter().for_each(|&(_, incident)| show(numbering.root(incident)));
        lately.keep(number, told);
        Ok(())
    }

    fn profile(&mut self, incident: IncidentNumber) -> Result<Option<Arc<Profile>>, StoreError> {
        if let Some(known) = self.cache.get(incident) {
            return Ok(Some(known));
        }
        let profile = joins::profile(self.sql, self.cache.numbering.id(incident))?.map(Arc::new);
        if let Some(profile) = &profile {
            self.cache.keep(incident, Arc::clone(profile));
        }
        Ok(profile)
    }

    fn at_identity(&mut self, identity: &str) -> Result<Option<Arc<Witness>>, StoreError> {
        let question = "SELECT number FROM versions WHERE identity = $1 AND (time_us, id) < ($2, $3)
             ORDER BY time_us DESC, id DESC LIMIT 1";
        let [time, id] = self.before();
        Ok(self.witnesses(question, &[identity.into(), time, id])?.pop())
    }

    fn worded(&mut self, key: u64) -> Result<Vec<Arc<Witness>>, StoreError> {
        let lately: Vec<i64> = self.cache.pending.worded(key).take(WITNESSES).collect();
        let mut worded =
            lately.into_iter().map(|number| self.witness(number)).collect::<Result<Vec<_>, _>>()?;
        let left = WITNESSES - worded.len();
        if left > 0 && self.cache.sieve.may_hold(self.sql, key)? {
            // Not `left`: SQLite prepares a question anew whenever its limit is another.
            let question = format!(
                "SELECT number FROM bands WHERE band = $1 ORDER BY time_us DESC, version_order DESC LIMIT {WITNESSES}"
            );
            let earlier = self.sql.rows(&question, &[Value::Int(key.cast_signed())])?;
            for row in earlier.iter().take(left) {
                worded.push(self.witness(row.int(0)?)?);
            }
        }
        Ok(worded)
    }

    fn of_outlet(&mut self, outlet: &str) -> Result<Vec<Arc<Witness>>, StoreError> {
        let question = format!(
            "SELECT number FROM versions WHERE outlet = $1 AND (time_us, id) < ($2, $3)
             ORDER BY time_us DESC, id DESC LIMIT {WITNESSES}"
        );
        let [time, id] = self.before();
        self.witnesses(&question, &[outlet.into(), time, id])
    }

    fn telling(&mut self, incident: &IncidentKey) -> Result<Vec<Arc<Witness>>, StoreError> {
        let parts = joins::parts(self.sql, incident)?;
        let mut lately: Vec<Arc<Witness>> = Vec::new();
        for chunk in parts.chunks(CHUNK) {
            let question = format!(
                "SELECT number FROM tellings WHERE incident IN ({})
                 ORDER BY time_us DESC, version DESC, fact DESC LIMIT {WITNESSES}",
                placeholders(1, chunk.len())
            );
            lately.extend(self.witnesses(&question, &values(chunk.iter().map(String::as_str)))?);
        }
        lately.sort_by(|a, b| (b.time, &b.id).cmp(&(a.time, &a.id)));
        lately.truncate(WITNESSES);
        Ok(lately)
    }
}

impl KnownSql<'_> {
    fn before(&self) -> [Value; 2] {
        [Value::Int(self.before.0), self.before.1.into()]
    }

    /// The witnesses whose numbers a question gives.
    fn witnesses(&mut self, question: &str, parameters: &[Value]) -> Result<Vec<Arc<Witness>>, StoreError> {
        let numbers = self.sql.rows(question, parameters)?;
        numbers.iter().map(|row| self.witness(row.int(0)?)).collect()
    }

    fn witness(&mut self, number: i64) -> Result<Arc<Witness>, StoreError> {
        if let Some(known) = self.cache.witnesses.get(&number) {
            return Ok(Arc::clone(known));
        }
        let question = format!("SELECT {WITNESS_COLUMNS} FROM versions WHERE number = $1");
        let rows = self.sql.rows(&question, &[Value::Int(number)])?;
        let row = rows
            .first()
            .ok_or_else(|| StoreError::corrupt(format!("there is no version number {number}")))?;
        let witness = Arc::new(witness(row)?);
        self.cache.witnesses.keep(number, Arc::clone(&witness));
        Ok(witness)
    }
}
