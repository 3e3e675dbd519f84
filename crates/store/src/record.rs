//! The record asked of the store.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;

use watchkeeper_core::reading::{Country, IncidentType};
use watchkeeper_core::resolve::ledger::Assignment;
use watchkeeper_core::resolve::moment::Record;
use watchkeeper_core::resolve::origin::{Dependence, OriginLink};
use watchkeeper_core::resolve::status::Status;
use watchkeeper_core::resolve::version::{Version, VersionId};

use crate::Store;
use crate::archive::{VERSION_COLUMNS, version};
use crate::error::StoreError;
use crate::linking::dependence_word;
use crate::sql::{Sql, Value};

/// Which incidents are asked for; what is absent does not restrict.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Where it happened.
    pub country: Option<Country>,
    /// It happened on this day or later.
    pub from: Option<Date>,
    /// It happened on this day or earlier.
    pub to: Option<Date>,
    /// What was done.
    pub kind: Option<IncidentType>,
    /// Somebody is said to be responsible whose name or alias is this, case aside.
    pub actor: Option<String>,
    /// Some actor has this status.
    pub status: Option<Status>,
}

impl Filter {
    fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

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
        self.reading(|sql| recorded(sql, as_of, recorded_by, filter))
    }
}

fn recorded(
    sql: &mut dyn Sql,
    as_of: Timestamp,
    recorded_by: Option<Timestamp>,
    filter: &Filter,
) -> Result<Record, StoreError> {
    if let Some(recorded_by) = recorded_by
        && holds_later(sql, recorded_by)?
    {
        // What was recorded later may have moved what was linked before; only a fold of its own is exact.
        let question =
            format!("SELECT {VERSION_COLUMNS} FROM versions WHERE time_us <= $1 AND recorded_us <= $2");
        let moments = [as_of.as_microsecond().into(), recorded_by.as_microsecond().into()];
        let versions = sql.rows(&question, &moments)?.iter().map(version).collect::<Result<_, _>>()?;
        return Ok(narrowed(Record::of(versions, as_of), filter));
    }
    let versions = if filter.is_empty() {
        let question =
            format!("SELECT {VERSION_COLUMNS} FROM versions WHERE time_us <= $1 ORDER BY time_us, id");
        let rows = sql.rows(&question, &[as_of.as_microsecond().into()])?;
        rows.iter().map(version).collect::<Result<Vec<_>, _>>()?
    } else {
        tellers(sql, as_of, filter)?
    };
    let ids: Vec<&VersionId> = versions.iter().map(|version| &version.id).collect();
    let assignments = assignments(sql, &ids)?;
    let links = links(sql, &ids, as_of)?;
    let versions: Vec<&Version> = versions.iter().collect();
    Ok(narrowed(Record::assembled(&versions, &assignments, &links, as_of), filter))
}

fn holds_later(sql: &mut dyn Sql, recorded_by: Timestamp) -> Result<bool, StoreError> {
    let question = "SELECT 1 FROM versions WHERE recorded_us > $1 LIMIT 1";
    Ok(!sql.rows(question, &[recorded_by.as_microsecond().into()])?.is_empty())
}

/// All versions that tell of an incident of which some telling fits the filter.
fn tellers(sql: &mut dyn Sql, as_of: Timestamp, filter: &Filter) -> Result<Vec<Version>, StoreError> {
    let mut conditions = vec!["time_us <= $1".to_owned()];
    let mut parameters: Vec<Value> = vec![as_of.as_microsecond().into()];
    let mut restrict = |condition: &str, value: Value| {
        parameters.push(value);
        conditions.push(format!("{condition} ${}", parameters.len()));
    };
    if let Some(country) = filter.country {
        restrict("country =", country.as_str().into());
    }
    if let Some(to) = filter.to {
        restrict("first_day <=", to.to_string().into());
    }
    if let Some(from) = filter.from {
        restrict("last_day >=", from.to_string().into());
    }
    if let Some(kind) = filter.kind {
        restrict("type =", kind.as_str().into());
    }
    let question = format!("SELECT DISTINCT incident FROM tellings WHERE {}", conditions.join(" AND "));
    let incidents: Vec<Value> =
        sql.rows(&question, &parameters)?.into_iter().filter_map(|row| row.0.into_iter().next()).collect();
    let mut found: BTreeMap<(Timestamp, VersionId), Version> = BTreeMap::new();
    for chunk in incidents.chunks(CHUNK) {
        let question = format!(
            "SELECT {VERSION_COLUMNS} FROM versions WHERE time_us <= $1 AND id IN
             (SELECT version FROM tellings WHERE incident IN ({}))",
            placeholders(2, chunk.len())
        );
        let mut parameters: Vec<Value> = vec![as_of.as_microsecond().into()];
        parameters.extend_from_slice(chunk);
        for row in sql.rows(&question, &parameters)? {
            let version = version(&row)?;
            found.insert((version.time, version.id.clone()), version);
        }
    }
    Ok(found.into_values().collect())
}

/// `$first, $first+1, …`.
pub fn placeholders(first: usize, count: usize) -> String {
    (first..first + count).map(|number| format!("${number}")).collect::<Vec<_>>().join(", ")
}

fn assignments(sql: &mut dyn Sql, ids: &[&VersionId]) -> Result<Vec<Assignment>, StoreError> {
    let mut assignments = Vec::new();
    for chunk in ids.chunks(CHUNK) {
        let question = format!(
            "SELECT version, fact, incident FROM tellings WHERE version IN ({}) ORDER BY time_us, version, fact",
            placeholders(1, chunk.len())
        );
        for row in sql.rows(&question, &values(chunk.iter().map(|id| id.as_str())))? {
            assignments.push(Assignment {
                version: row.text(0)?.into(),
                fact: usize::try_from(row.int(1)?).unwrap_or(usize::MAX),
                incident: row.text(2)?.to_owned(),
                comparison: None,
            });
        }
    }
    Ok(assignments)
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
            for side in ["version", "repeats"] {
                let question = format!(
                    "SELECT version, repeats, dependence, likeness FROM repeats WHERE time_us <= $1 AND {side} IN ({})",
                    placeholders(2, chunk.len())
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

fn link(row: &crate::sql::Row) -> Result<OriginLink, StoreError> {
    let word = row.text(2)?;
    let dependence = [Dependence::Version, Dependence::Copy, Dependence::Rewrite]
        .into_iter()
        .find(|&dependence| dependence_word(dependence) == word)
        .ok_or_else(|| StoreError::corrupt(format!("unknown dependence {word}")))?;
    let likeness = row.real(3)? as f32;
    Ok(OriginLink { version: row.text(0)?.into(), repeats: row.text(1)?.into(), dependence, likeness })
}

/// Leaves what fits the filter: incidents, and warnings about one of them.
fn narrowed(mut record: Record, filter: &Filter) -> Record {
    if filter.is_empty() {
        return record;
    }
    record.incidents.retain(|incident| {
        let country = incident.place.as_ref().and_then(|place| place.country);
        let first = incident.date.and_then(|date| date.start.or(date.end));
        let last = incident.date.and_then(|date| date.end.or(date.start));
        let named = |wanted: &String| {
            incident.attributions.iter().any(|attribution| {
                let actor = &attribution.actor;
                std::iter::once(&actor.name)
                    .chain(&actor.aliases)
                    .any(|name| name.eq_ignore_ascii_case(wanted))
            })
        };
        filter.country.is_none_or(|wanted| country == Some(wanted))
            && filter.from.is_none_or(|from| last.is_some_and(|last| last >= from))
            && filter.to.is_none_or(|to| first.is_some_and(|first| first <= to))
            && filter.kind.is_none_or(|kind| incident.kind == kind)
            && filter.actor.as_ref().is_none_or(named)
            && filter
                .status
                .is_none_or(|status| incident.attributions.iter().any(|a| a.status == Some(status)))
    });
    let kept: BTreeSet<&String> = record.incidents.iter().map(|incident| &incident.id).collect();
    record.warnings.retain(|warning| warning.incident.as_ref().is_some_and(|id| kept.contains(id)));
    record.threats.retain(|threat| threat.incident.as_ref().is_some_and(|id| kept.contains(id)));
    record
}
