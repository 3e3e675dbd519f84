//! The record asked of the store.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use watchkeeper_core::resolve::ledger::Assignment;
use watchkeeper_core::resolve::moment::Record;
use watchkeeper_core::resolve::origin::{Dependence, OriginLink};
use watchkeeper_core::resolve::record::RecordIncident;
use watchkeeper_core::resolve::version::{Version, VersionId};

use crate::Store;
use crate::archive::{VERSION_COLUMNS, version};
use crate::cache::Cache;
use crate::decisions::{decided, standing};
use crate::error::StoreError;
use crate::filter::Filter;
use crate::gather::{Gathered, gather};
use crate::likely::{Wanted, likely};
use crate::linking::dependence_word;
use crate::search::having;
use crate::sql::{Row, Sql, Value};

/// How many ids go into one question.
pub const CHUNK: usize = 400;

impl Store {
    /// The record of a moment, as the store held it at another.
    ///
    /// # Errors
    /// What the database says.
    pub fn record(
        &mut self,
        as_of: Timestamp,
        recorded_by: Option<Timestamp>,
        filter: &Filter,
    ) -> Result<Record, StoreError> {
        self.settle()?;
        self.reading(|sql, cache| recorded(sql, cache, as_of, recorded_by, filter))
    }
}

fn recorded(
    sql: &mut dyn Sql,
    cache: &mut Cache,
    as_of: Timestamp,
    recorded_by: Option<Timestamp>,
    filter: &Filter,
) -> Result<Record, StoreError> {
    if let Some(recorded_by) = recorded_by
        && holds_later(sql, recorded_by)?
    {
        // What was recorded later may have moved what was linked before; only a fold of its own is exact.
        let question = format!("SELECT {VERSION_COLUMNS} FROM versions WHERE recorded_us <= $1");
        let versions = sql
            .rows(&question, &[recorded_by.as_microsecond().into()])?
            .iter()
            .map(version)
            .collect::<Result<_, _>>()?;
        let standing = standing(sql, Some(recorded_by))?;
        return narrowed(sql, Record::of(versions, standing, as_of), filter);
    }
    let decided = decided(sql, cache, recorded_by, as_of)?;
    if filter.is_empty() {
        let question =
            format!("SELECT {VERSION_COLUMNS} FROM versions WHERE time_us <= $1 ORDER BY time_us, id");
        let rows = sql.rows(&question, &[as_of.as_microsecond().into()])?;
        let versions = rows.iter().map(version).collect::<Result<Vec<_>, _>>()?;
        let ids: Vec<&VersionId> = versions.iter().map(|version| &version.id).collect();
        let assignments = assignments(sql, &ids)?;
        let links = all_links(sql, as_of)?;
        let versions: Vec<&Version> = versions.iter().collect();
        return Ok(Record::assembled(&versions, &assignments, &links, None, &decided, as_of));
    }
    let candidates = filter.candidates(sql, as_of)?;
    let wanted = Wanted { country: filter.country, from: filter.from, to: filter.to };
    let mut candidates = likely(sql, as_of, &decided, wanted, candidates)?;
    // What a person set, no report need tell.
    candidates.extend(decided.corrected().cloned());
    let without_text = filter.without_text();
    let is_wanted = |incident: &RecordIncident| without_text.fits(incident, &BTreeSet::new());
    let gathered = gather(sql, as_of, &decided, candidates, is_wanted)?;
    let versions: Vec<&Version> = gathered.versions.iter().collect();
    let Gathered { assignments, links, complete, .. } = &gathered;
    let record = Record::assembled(&versions, assignments, links, Some(complete), &decided, as_of);
    narrowed(sql, record, filter)
}

/// Leaves of a record what fits a filter.
fn narrowed(sql: &mut dyn Sql, record: Record, filter: &Filter) -> Result<Record, StoreError> {
    let having = match &filter.text {
        None => BTreeSet::new(),
        Some(terms) => {
            let reports = record.incidents.iter().flat_map(|incident| &incident.reports);
            having(sql, &reports.map(|report| &report.id).collect::<Vec<_>>(), terms)?
        }
    };
    Ok(filter.narrow(record, &having))
}

/// Whether versions were taken in after a moment.
pub fn holds_later(sql: &mut dyn Sql, recorded_by: Timestamp) -> Result<bool, StoreError> {
    let question = "SELECT 1 FROM versions WHERE recorded_us > $1 LIMIT 1";
    Ok(!sql.rows(question, &[recorded_by.as_microsecond().into()])?.is_empty())
}

/// `$first, $first+1, …`.
pub fn placeholders(first: usize, count: usize) -> String {
    (first..first + count).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
}

/// A question for the numbers of the versions with ids `$first, $first+1, …`.
pub fn numbers_of(first: usize, count: usize) -> String {
    format!("SELECT number FROM versions WHERE id IN ({})", placeholders(first, count))
}

pub fn assignments(sql: &mut dyn Sql, ids: &[&VersionId]) -> Result<Vec<Assignment>, StoreError> {
    let mut assignments = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let question = format!(
            "SELECT version, fact, incident FROM tellings WHERE number IN ({}) ORDER BY time_us, version, fact",
            numbers_of(1, chunk.len())
        );
        for row in sql.rows(&question, &values(chunk.iter().map(|id| id.as_str())))? {
            assignments.push(assignment(&row)?);
        }
    }
    Ok(assignments)
}

/// An assignment from a row of version, fact and incident.
pub fn assignment(row: &Row) -> Result<Assignment, StoreError> {
    Ok(Assignment {
        version: row.text(0)?.into(),
        fact: usize::try_from(row.int(1)?).unwrap_or(usize::MAX),
        incident: row.text(2)?.to_owned(),
        comparison: None,
    })
}

pub fn values<'a>(ids: impl Iterator<Item = &'a str>) -> Vec<Value> {
    ids.map(Value::from).collect()
}

/// The links of the versions' connected components, as far as they were published by then.
pub fn links(sql: &mut dyn Sql, ids: &[&VersionId], as_of: Timestamp) -> Result<Vec<OriginLink>, StoreError> {
    let mut links: BTreeMap<(VersionId, VersionId), OriginLink> = BTreeMap::new();
    let mut seen: BTreeSet<VersionId> = ids.iter().map(|id| (*id).clone()).collect();
    let mut open: Vec<VersionId> = seen.iter().cloned().collect();
    while !open.is_empty() {
        let mut next = Vec::new();
        for chunk in open.chunks(CHUNK) {
            for side in ["number", "repeated"] {
                let question = format!(
                    "SELECT version, repeats, dependence, likeness FROM repeats WHERE time_us <= $1 AND {side} IN ({})",
                    numbers_of(2, chunk.len())
                );
                let mut parameters = vec![Value::Int(as_of.as_microsecond())];
                parameters.extend(values(chunk.iter().map(|id| id.as_str())));
                for row in sql.rows(&question, &parameters)? {
                    let link = link(&row)?;
                    for end in [&link.version, &link.repeats] {
                        if seen.insert(end.clone()) {
                            next.push(end.clone());
                        }
                    }
                    links.insert((link.version.clone(), link.repeats.clone()), link);
                }
            }
        }
        open = next;
    }
    Ok(links.into_values().collect())
}

/// All links that were published by then.
pub fn all_links(sql: &mut dyn Sql, as_of: Timestamp) -> Result<Vec<OriginLink>, StoreError> {
    let question = "SELECT version, repeats, dependence, likeness FROM repeats WHERE time_us <= $1";
    sql.rows(question, &[as_of.as_microsecond().into()])?.iter().map(link).collect()
}

fn link(row: &Row) -> Result<OriginLink, StoreError> {
    let word = row.text(2)?;
    let dependence = [Dependence::Version, Dependence::Copy, Dependence::Rewrite]
        .into_iter()
        .find(|&dependence| dependence_word(dependence) == word)
        .ok_or_else(|| StoreError::corrupt(format!("unknown dependence {word}")))?;
    let likeness = row.real(3)? as f32;
    Ok(OriginLink { version: row.text(0)?.into(), repeats: row.text(1)?.into(), dependence, likeness })
}
