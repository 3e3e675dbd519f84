//! What people mean by the ids that they write: whole ones, ones that an incident once had, and beginnings.

use std::collections::BTreeMap;

use jiff::Timestamp;

use watchkeeper_core::resolve::decisions::fact_ids::{VERSION_SIGNS, version_of};
use watchkeeper_core::resolve::decisions::placing::Linked;
use watchkeeper_core::resolve::decisions::{Decided, Decision, FactId, FactIds, Named, Ruling, Standing};
use watchkeeper_core::resolve::facts::Facts;
use watchkeeper_core::resolve::ledger::IncidentKey;
use watchkeeper_core::resolve::version::VersionId;

use crate::cache::Cache;
use crate::error::{DecisionError, StoreError};
use crate::joins;
use crate::record::{CHUNK, placeholders};
use crate::rows::read_facts;
use crate::sql::{Sql, Value};

/// A version's telling of an incident.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// The version.
    pub version: VersionId,
    /// Index in its facts.
    pub fact: usize,
}

/// Finds decisions in the store's linking of a moment.
///
/// # Errors
/// What the database says.
pub fn found(
    sql: &mut dyn Sql,
    cache: &mut Cache,
    standing: Standing,
    as_of: Timestamp,
) -> Result<Decided, StoreError> {
    let mut at = BTreeMap::new();
    for telling in standing.tellings() {
        if let Some(linked) = linked(sql, cache, telling)? {
            at.insert(telling.clone(), linked);
        }
    }
    let joined = joins::all(sql, as_of)?.into_iter().collect();
    Ok(Decided::of(standing, joined, |telling| at.get(telling).cloned()))
}

/// Where the telling with an id stands, and the incident that linking gave it.
///
/// # Errors
/// What the database says.
pub fn linked(sql: &mut dyn Sql, cache: &mut Cache, telling: &FactId) -> Result<Option<Linked>, StoreError> {
    if !cache.tellings.contains_key(telling) {
        for (version, facts) in versions_like(sql, version_of(telling).unwrap_or(telling))? {
            let ids = FactIds::of(&version, &facts).incidents;
            if let Some(fact) = ids.iter().position(|id| id == telling) {
                cache.tellings.insert(telling.clone(), (version, fact));
            }
        }
    }
    let Some((version, fact)) = cache.tellings.get(telling).cloned() else { return Ok(None) };
    let question = "SELECT incident FROM tellings WHERE number = (SELECT number FROM versions WHERE id = $1) AND fact = $2";
    let rows = sql.rows(question, &[version.as_str().into(), fact.into()])?;
    let incident = rows.first().map(|row| row.text(0).map(str::to_owned)).transpose()?;
    Ok(incident.map(|incident| Linked { version, incident }))
}

/// The versions whose ids begin so, with their facts.
fn versions_like(sql: &mut dyn Sql, beginning: &str) -> Result<Vec<(VersionId, Facts)>, StoreError> {
    // Ids are hexadecimal, so `g` follows all that begin alike; the index serves a range.
    let question = "SELECT id, facts FROM versions WHERE id >= $1 AND id < $2 ORDER BY id";
    let range = [Value::from(beginning), Value::from(format!("{beginning}g"))];
    let rows = sql.rows(question, &range)?;
    rows.iter().map(|row| Ok((row.text(0)?.into(), read_facts(row.blob(1)?)?))).collect()
}

/// The one id that is meant: the whole one, else the only one that begins so.
fn only(what: &'static str, written: &str, mut fitting: Vec<String>) -> Result<String, StoreError> {
    fitting.sort();
    fitting.dedup();
    if let Some(whole) = fitting.iter().position(|id| id == written) {
        return Ok(fitting.swap_remove(whole));
    }
    let id = written.to_owned();
    match &mut fitting[..] {
        [] => Err(DecisionError::NoSuch { what, id }.into()),
        [only] => Ok(std::mem::take(only)),
        [first, second, ..] => {
            Err(DecisionError::Ambiguous { what, id, first: first.clone(), second: second.clone() }.into())
        }
    }
}

/// The fact that an id or the beginnings of its two halves name.
///
/// # Errors
/// Where none or several are meant; what the database says.
pub fn fact(sql: &mut dyn Sql, written: &str) -> Result<FactId, StoreError> {
    let no_such = || DecisionError::NoSuch { what: "fact", id: written.to_owned() };
    let (version, rest) = written.split_once('-').ok_or_else(no_such)?;
    let mut fitting = Vec::new();
    for (id, facts) in versions_like(sql, version)? {
        let ids = FactIds::of(&id, &facts);
        let fits = |id: &&FactId| id.split_once('-').is_some_and(|(_, own)| own.starts_with(rest));
        fitting.extend(ids.all().filter(fits).cloned());
    }
    only("fact", written, fitting)
}

/// The versions that an id, its beginning, or an address names.
///
/// # Errors
/// Where none or several are meant; what the database says.
pub fn reports(sql: &mut dyn Sql, written: &str) -> Result<Vec<VersionId>, StoreError> {
    let question = "SELECT id FROM versions WHERE identity = $1 OR id = $1 ORDER BY time_us, id";
    let rows = sql.rows(question, &[written.into()])?;
    if !rows.is_empty() {
        return rows.iter().map(|row| row.text(0).map(VersionId::from)).collect();
    }
    let question = "SELECT id FROM versions WHERE id >= $1 AND id < $2 ORDER BY id LIMIT 2";
    let rows = sql.rows(question, &[written.into(), format!("{written}g").into()])?;
    let fitting = rows.iter().map(|row| row.text(0).map(str::to_owned)).collect::<Result<_, _>>()?;
    Ok(vec![only("report", written, fitting)?.into()])
}

/// The incident that an id means: its own, one that it once had, or the beginning of one.
///
/// # Errors
/// Where none or several are meant; what the database says.
pub fn incident(
    sql: &mut dyn Sql,
    cache: &mut Cache,
    decided: &Decided,
    log: &[Decision],
    written: &str,
) -> Result<Named, StoreError> {
    if let Some(named) = exactly(sql, cache, decided, log, written)? {
        return Ok(named);
    }
    let question = "SELECT DISTINCT incident FROM tellings WHERE incident >= $1 AND incident < $2";
    let rows = sql.rows(question, &[written.into(), format!("{written}g").into()])?;
    let mut fitting: Vec<String> =
        rows.iter().map(|row| row.text(0).map(str::to_owned)).collect::<Result<_, _>>()?;
    fitting.extend(parts(log).map(|part| part.key.clone()).filter(|key| key.starts_with(written)));
    let fitting = fitting.into_iter().filter(|key| key.starts_with(written)).collect();
    let whole = only("incident", written, fitting)?;
    let missing = || DecisionError::NoSuch { what: "incident", id: written.to_owned() };
    Ok(exactly(sql, cache, decided, log, &whole)?.ok_or_else(missing)?)
}

fn parts(log: &[Decision]) -> impl Iterator<Item = &Named> {
    let part = |decision: &'_ Decision| matches!(decision.ruling, Ruling::Split { .. });
    log.iter().filter(move |decision| part(decision)).filter_map(|decision| decision.ruling.incidents().pop())
}

fn exactly(
    sql: &mut dyn Sql,
    cache: &mut Cache,
    decided: &Decided,
    log: &[Decision],
    written: &str,
) -> Result<Option<Named>, StoreError> {
    if let Some(part) = parts(log).find(|part| part.key == written) {
        let linked = linked(sql, cache, &part.telling)?;
        return Ok(linked.map(|linked| Named {
            key: decided.place(&linked.incident, &linked.version).incident,
            telling: part.telling.clone(),
        }));
    }
    // The id may be that of a telling that founds no incident any more, since an earlier report came in late.
    let key = match founded_then(sql, written)? {
        Some(key) => key,
        None => written.to_owned(),
    };
    let question = "SELECT version, fact FROM tellings WHERE incident = $1 ORDER BY time_us, version, fact";
    let rows = sql.rows(question, &[(&key).into()])?;
    let mut first = None;
    for row in &rows {
        let telling = telling(row.text(0)?, row.int(1)?);
        let placed = decided.place(&key, &telling.version).incident;
        if placed == key {
            first = Some((telling, placed));
            break;
        }
        first.get_or_insert((telling, placed));
    }
    let Some((telling, key)) = first else { return Ok(None) };
    Ok(telling_id(sql, &telling)?.map(|telling| Named { key, telling }))
}

fn telling(version: &str, fact: i64) -> Telling {
    Telling { version: version.into(), fact: usize::try_from(fact).unwrap_or(usize::MAX) }
}

/// The incident to which the telling belongs by linking that an id of this form would be founded by.
fn founded_then(sql: &mut dyn Sql, written: &str) -> Result<Option<IncidentKey>, StoreError> {
    let Some((version, number)) = written.split_once('-') else { return Ok(None) };
    let Some(fact) = number.parse::<i64>().ok().and_then(|number| number.checked_sub(1)) else {
        return Ok(None);
    };
    if version.len() != VERSION_SIGNS {
        return Ok(None);
    }
    let question = "SELECT incident FROM tellings
         WHERE number IN (SELECT number FROM versions WHERE id >= $1 AND id < $2) AND fact = $3";
    let rows = sql.rows(question, &[version.into(), format!("{version}g").into(), Value::Int(fact)])?;
    rows.first().map(|row| row.text(0).map(str::to_owned)).transpose()
}

fn telling_id(sql: &mut dyn Sql, telling: &Telling) -> Result<Option<FactId>, StoreError> {
    let rows = sql.rows("SELECT facts FROM versions WHERE id = $1", &[telling.version.as_str().into()])?;
    let Some(row) = rows.first() else { return Ok(None) };
    let ids = FactIds::of(&telling.version, &read_facts(row.blob(0)?)?).incidents;
    Ok(ids.into_iter().nth(telling.fact))
}

/// The tellings of an incident after merges and splits, in their order, with their ids and the facts of their versions.
///
/// # Errors
/// What the database says.
pub fn tellings(
    sql: &mut dyn Sql,
    cache: &mut Cache,
    decided: &Decided,
    named: &Named,
) -> Result<Vec<(Telling, FactId, Facts)>, StoreError> {
    let Some(linked) = linked(sql, cache, &named.telling)? else { return Ok(Vec::new()) };
    let key = decided.place(&linked.incident, &linked.version).incident;
    let kin: Vec<Value> = decided.with_kin([linked.incident].into()).into_iter().map(Value::from).collect();
    let mut found = Vec::new();
    for chunk in kin.chunks(CHUNK) {
        let question = format!(
            "SELECT t.version, t.fact, t.incident, v.facts, t.time_us FROM tellings t JOIN versions v ON v.number = t.number
             WHERE t.incident IN ({})",
            placeholders(1, chunk.len())
        );
        for row in sql.rows(&question, chunk)? {
            let told = telling(row.text(0)?, row.int(1)?);
            if decided.place(&row.text(2)?.to_owned(), &told.version).incident == key {
                let facts = read_facts(row.blob(3)?)?;
                let ids = FactIds::of(&told.version, &facts).incidents;
                if let Some(id) = ids.get(told.fact) {
                    found.push((row.int(4)?, told, id.clone(), facts));
                }
            }
        }
    }
    found.sort_by(|a, b| (a.0, &a.1.version, a.1.fact).cmp(&(b.0, &b.1.version, b.1.fact)));
    Ok(found.into_iter().map(|(_, telling, id, facts)| (telling, id, facts)).collect())
}
