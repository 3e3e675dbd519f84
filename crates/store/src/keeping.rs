//! The record kept in memory, and brought up to date by what changed since: the work goes by that, not by what the store
//! holds.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use jiff::Timestamp;
use watchkeeper_core::resolve::decisions::FactIds;
use watchkeeper_core::resolve::decisions::fact_ids::version_of;
use watchkeeper_core::resolve::fold::{Fold, Patch, Stale};
use watchkeeper_core::resolve::ledger::IncidentKey;
use watchkeeper_core::resolve::moment::Record;
use watchkeeper_core::resolve::notices::Carrier;
use watchkeeper_core::resolve::origin::Repeat;
use watchkeeper_core::resolve::version::{Version, VersionId, VersionPlace};

use crate::archive::{VERSION_COLUMNS, timestamp, version};
use crate::cache::Cache;
use crate::decisions::decided;
use crate::error::StoreError;
use crate::record::{CHUNK, assignments, holds_later, numbers_of, placeholders, values};
use crate::sql::{Row, Sql, Value};
use crate::{Store, changes, generation};

/// How many incidents are put together at once: what is loaded for them is let go before the next.
const INCIDENTS_AT_ONCE: usize = 1000;
/// Fewer rows than these are read sooner than a thread is started.
const ROWS_WORTH_A_THREAD: usize = 100;
/// How many versions that warn or threaten are loaded at once.
const CARRIERS_AT_ONCE: usize = 1000;

/// The record of a moment, with what is needed to bring it up to date.
#[derive(Clone)]
pub struct KeptRecord {
    fold: Fold,
    generation: i64,
    recorded_by: Option<Timestamp>,
}

impl KeptRecord {
    /// The record.
    pub fn record(&self) -> Record {
        self.fold.record()
    }

    /// The [`generation`](Store::generation) of the store that it is of.
    pub const fn generation(&self) -> i64 {
        self.generation
    }
}

impl Store {
    /// The record of a moment, to be kept.
    ///
    /// # Errors
    /// What the database says.
    pub fn keep(&mut self, as_of: Timestamp) -> Result<KeptRecord, StoreError> {
        let nothing = KeptRecord { fold: Fold::default(), generation: -1, recorded_by: None };
        Ok(self.brought_to(nothing, as_of, None)?.unwrap_or_else(|nothing| nothing))
    }

    /// A kept record brought to another moment and to what the store holds by now. Where that fails it is lost, since it
    /// may be half way.
    ///
    /// # Errors
    /// What the database says.
    pub fn refresh(&mut self, kept: KeptRecord, as_of: Timestamp) -> Result<KeptRecord, StoreError> {
        match self.brought_to(kept, as_of, None)? {
            Ok(kept) => Ok(kept),
            Err(_) => self.keep(as_of),
        }
    }

    /// The record of some moments, by way of one that is kept; `None` where a fold of its own is needed, since what was
    /// recorded later may have moved what was linked before.
    ///
    /// # Errors
    /// What the database says.
    pub fn by_way_of(
        &mut self,
        kept: KeptRecord,
        as_of: Timestamp,
        recorded_by: Option<Timestamp>,
    ) -> Result<Option<Record>, StoreError> {
        if let Some(recorded_by) = recorded_by
            && holds_later(self.sql.as_mut(), recorded_by)?
        {
            return Ok(None);
        }
        Ok(self.brought_to(kept, as_of, recorded_by)?.ok().map(|kept| kept.record()))
    }

    /// Where what was kept is too old to tell what changed since, it is given back.
    fn brought_to(
        &mut self,
        mut kept: KeptRecord,
        as_of: Timestamp,
        recorded_by: Option<Timestamp>,
    ) -> Result<Result<KeptRecord, KeptRecord>, StoreError> {
        self.settle()?;
        self.reading(|sql, cache| {
            let now = generation(sql)?;
            let whole = (Timestamp::MIN, VersionId::default());
            let changed = match kept.generation {
                -1 => Some(whole),
                known => match changes::since(sql, known, now)? {
                    changes::Since::Nothing => None,
                    changes::Since::From(place) => Some(place),
                    changes::Since::Unknown => return Ok(Err(kept)),
                },
            };
            let moved = (kept.fold.as_of() != as_of).then(|| after(kept.fold.as_of().min(as_of)));
            let from = changed.into_iter().chain(moved.transpose()?).min();
            let from = from.unwrap_or((Timestamp::MAX, VersionId::default()));
            patch(sql, cache, &mut kept.fold, as_of, recorded_by, from)?;
            (kept.generation, kept.recorded_by) = (now, recorded_by);
            Ok(Ok(kept))
        })
    }
}

/// The place of the first version that may count after a moment, in the microseconds that databases count.
fn after(moment: Timestamp) -> Result<VersionPlace, StoreError> {
    let next = moment.as_microsecond().saturating_add(1).min(Timestamp::MAX.as_microsecond());
    Ok((timestamp(next)?, VersionId::default()))
}

/// Brings a fold to a moment; from a place on everything derived from versions is anew.
fn patch(
    sql: &mut dyn Sql,
    cache: &mut Cache,
    fold: &mut Fold,
    as_of: Timestamp,
    recorded_by: Option<Timestamp>,
    from: VersionPlace,
) -> Result<(), StoreError> {
    let decided = decided(sql, cache, recorded_by, as_of)?;
    let repeats = repeats(sql, &from, as_of)?;
    let stale = fold.begin(Patch { as_of, from: from.clone(), repeats, decided });
    // In the order in which reports tell of them, so that those that share reports are loaded together.
    let told = told_from(sql, &from, as_of)?;
    let mut incidents: BTreeSet<IncidentKey> = told.iter().cloned().collect();
    incidents.extend(stale_incidents(sql, stale)?);
    let mut left = fold.outdate(incidents);
    let mut order: Vec<IncidentKey> = told.into_iter().filter(|id| left.remove(id)).collect();
    order.extend(left);
    let mut part = BTreeSet::new();
    for group in fold.decided().groups(order) {
        part.extend(group);
        if part.len() >= INCIDENTS_AT_ONCE {
            take(sql, fold, &std::mem::take(&mut part))?;
        }
    }
    take(sql, fold, &part)?;
    carry(sql, fold, &from)?;
    fold.finish();
    Ok(())
}

fn bounds(from: &VersionPlace, as_of: Timestamp) -> [Value; 3] {
    [from.0.as_microsecond().into(), from.1.as_str().into(), as_of.as_microsecond().into()]
}

/// What the versions from a place on repeat.
fn repeats(sql: &mut dyn Sql, from: &VersionPlace, as_of: Timestamp) -> Result<Vec<Repeat>, StoreError> {
    let question =
        "SELECT r.time_us, r.version, v.time_us, r.repeats FROM repeats r JOIN versions v ON v.number = r.repeated
         WHERE (r.time_us, r.version) >= ($1, $2) AND r.time_us <= $3";
    let rows = sql.rows(question, &bounds(from, as_of))?;
    let place = |row: &Row, at| -> Result<VersionPlace, StoreError> {
        Ok((timestamp(row.int(at)?)?, row.text(at + 1)?.into()))
    };
    rows.iter().map(|row| Ok((place(row, 0)?, place(row, 2)?))).collect()
}

/// The incidents of which the versions from a place on tell, by linking alone; in the order in which they do.
fn told_from(
    sql: &mut dyn Sql,
    from: &VersionPlace,
    as_of: Timestamp,
) -> Result<Vec<IncidentKey>, StoreError> {
    let question = "SELECT incident FROM tellings WHERE (time_us, version) >= ($1, $2) AND time_us <= $3
         ORDER BY time_us, version, fact";
    let mut seen = HashSet::new();
    let mut told = Vec::new();
    for row in sql.rows(question, &bounds(from, as_of))? {
        if seen.insert(row.text(0)?.to_owned()) {
            told.push(row.text(0)?.to_owned());
        }
    }
    Ok(told)
}

fn stale_incidents(sql: &mut dyn Sql, stale: Stale) -> Result<BTreeSet<IncidentKey>, StoreError> {
    let Stale { mut incidents, versions, facts } = stale;
    for chunk in versions.chunks(CHUNK) {
        let question =
            format!("SELECT incident FROM tellings WHERE number IN ({})", numbers_of(1, chunk.len()));
        for row in sql.rows(&question, &values(chunk.iter().map(VersionId::as_str)))? {
            incidents.insert(row.text(0)?.to_owned());
        }
    }
    let versions: BTreeSet<&str> = facts.iter().filter_map(|fact| version_of(fact)).collect();
    for version in versions {
        // Ids are hexadecimal, so `g` follows all that begin alike.
        let question = "SELECT incident FROM tellings
             WHERE number IN (SELECT number FROM versions WHERE id >= $1 AND id < $2)";
        for row in sql.rows(question, &[version.into(), format!("{version}g").into()])? {
            incidents.insert(row.text(0)?.to_owned());
        }
    }
    Ok(incidents)
}

/// Puts incidents together from all versions that tell of them.
fn take(sql: &mut dyn Sql, fold: &mut Fold, incidents: &BTreeSet<IncidentKey>) -> Result<(), StoreError> {
    let as_of = Value::Int(fold.as_of().as_microsecond());
    let mut assigned = Vec::new();
    let keys: Vec<&str> = incidents.iter().map(String::as_str).collect();
    for chunk in keys.chunks(CHUNK) {
        let question = format!(
            "SELECT version, fact, incident FROM tellings WHERE time_us <= $1 AND incident IN ({})",
            placeholders(2, chunk.len())
        );
        let mut parameters = vec![as_of.clone()];
        parameters.extend(values(chunk.iter().copied()));
        for row in sql.rows(&question, &parameters)? {
            assigned.push(crate::record::assignment(&row)?);
        }
    }
    let ids: BTreeSet<&VersionId> = assigned.iter().map(|assignment| &assignment.version).collect();
    let ids: Vec<&VersionId> = ids.into_iter().collect();
    let mut rows: Vec<Row> = Vec::with_capacity(ids.len());
    for chunk in ids.chunks(CHUNK) {
        let question =
            format!("SELECT {VERSION_COLUMNS} FROM versions WHERE id IN ({})", placeholders(1, chunk.len()));
        rows.extend(sql.rows(&question, &values(chunk.iter().map(|id| id.as_str())))?);
    }
    let mut versions = identified(&rows)?;
    versions.sort_by(|(a, _), (b, _)| a.order().cmp(&b.order()));
    let identified: Vec<(&Version, &FactIds)> =
        versions.iter().map(|(version, ids)| (version, ids)).collect();
    fold.take(&identified, &assigned, Some(incidents));
    Ok(())
}

/// Versions from rows of [`VERSION_COLUMNS`], with the ids of their facts. Reading them takes most of the time that a fold
/// takes, so that all cores read where there are many.
fn identified(rows: &[Row]) -> Result<Vec<(Version, FactIds)>, StoreError> {
    let read = |rows: &[Row]| -> Result<Vec<(Version, FactIds)>, StoreError> {
        let identified = |row| {
            let version = version(row)?;
            let ids = FactIds::of(&version.id, &version.facts);
            Ok((version, ids))
        };
        rows.iter().map(identified).collect()
    };
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let share = rows.len().div_ceil(cores).max(ROWS_WORTH_A_THREAD);
    std::thread::scope(|scope| {
        let mut shares = rows.chunks(share);
        let first = shares.next().unwrap_or_default();
        let others: Vec<_> = shares.map(|rows| scope.spawn(move || read(rows))).collect();
        let mut versions = read(first)?;
        for other in others {
            let read =
                other.join().map_err(|_| StoreError::corrupt("a thread that read versions broke off"))?;
            versions.extend(read?);
        }
        Ok(versions)
    })
}

/// Takes in the versions from a place on that warn or threaten.
fn carry(sql: &mut dyn Sql, fold: &mut Fold, from: &VersionPlace) -> Result<(), StoreError> {
    let question = "SELECT version FROM notices WHERE (time_us, version) >= ($1, $2) AND time_us <= $3";
    let rows = sql.rows(question, &bounds(from, fold.as_of()))?;
    let ids = rows.iter().map(|row| row.text(0).map(VersionId::from)).collect::<Result<Vec<_>, _>>()?;
    for chunk in ids.chunks(CARRIERS_AT_ONCE) {
        let all: Vec<&VersionId> = chunk.iter().collect();
        let mut linked: BTreeMap<VersionId, BTreeMap<usize, IncidentKey>> = BTreeMap::new();
        for assignment in assignments(sql, &all)? {
            linked.entry(assignment.version).or_default().insert(assignment.fact, assignment.incident);
        }
        for chunk in all.chunks(CHUNK) {
            let question = format!(
                "SELECT {VERSION_COLUMNS} FROM versions WHERE id IN ({})",
                placeholders(1, chunk.len())
            );
            let rows = sql.rows(&question, &values(chunk.iter().map(|id| id.as_str())))?;
            for (version, ids) in identified(&rows)? {
                let mut linked = linked.remove(&version.id).unwrap_or_default();
                let tellings = 0..version.facts.incidents.len();
                let linked = tellings.map(|fact| linked.remove(&fact)).collect();
                if let Some(carrier) = Carrier::of(&version, &ids, linked) {
                    fold.carry(carrier);
                }
            }
        }
    }
    Ok(())
}
