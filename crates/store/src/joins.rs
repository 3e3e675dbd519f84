//! Which incidents turned out to be one: written down by linking, and asked when the record is put together.

use std::collections::BTreeMap;

use jiff::Timestamp;

use watchkeeper_core::resolve::join::Join;
use watchkeeper_core::resolve::ledger::{IncidentKey, incoming};
use watchkeeper_core::resolve::profile::Profile;

use crate::archive::{version, version_columns_of};
use crate::error::StoreError;
use crate::reasons::write_reasons;
use crate::record::{CHUNK, placeholders, values};
use crate::sql::{Sql, Value};

/// When a join came about: the time and id of its version, and its number among those of that version.
type Moment = (i64, String, i64);

/// Writes down the joins that a version brought about, in their order.
pub fn write(sql: &mut dyn Sql, joins: &[Join]) -> Result<(), StoreError> {
    for (number, join) in joins.iter().enumerate() {
        sql.run(
            "INSERT INTO joins (gone, stays, version, number, time_us, reasons) VALUES ($1, $2, $3, $4, $5, $6)",
            &[
                (&join.gone).into(),
                (&join.stays).into(),
                join.version.as_str().into(),
                number.into(),
                join.time.as_microsecond().into(),
                write_reasons(&join.comparison).into(),
            ],
        )?;
    }
    Ok(())
}

/// All joins that hold by a moment: which incident went, and to which.
pub fn all(sql: &mut dyn Sql, by: Timestamp) -> Result<Vec<(IncidentKey, IncidentKey)>, StoreError> {
    let question = "SELECT gone, stays FROM joins WHERE time_us <= $1";
    let rows = sql.rows(question, &[by.as_microsecond().into()])?;
    rows.iter().map(|row| Ok((row.text(0)?.to_owned(), row.text(1)?.to_owned()))).collect()
}

/// The incident that one is now.
pub fn root(sql: &mut dyn Sql, mut incident: IncidentKey) -> Result<IncidentKey, StoreError> {
    loop {
        let rows = sql.rows("SELECT stays FROM joins WHERE gone = $1", &[(&incident).into()])?;
        let Some(row) = rows.first() else { return Ok(incident) };
        row.text(0)?.clone_into(&mut incident);
    }
}

/// An incident and all that were joined to it.
pub fn parts(sql: &mut dyn Sql, incident: &IncidentKey) -> Result<Vec<IncidentKey>, StoreError> {
    let joins = joins_into(sql, incident)?;
    Ok(std::iter::once(incident.clone()).chain(joins.into_values().map(|(gone, _)| gone)).collect())
}

/// The joins that made an incident what it is, in the order in which they came about: which went, and to which.
fn joins_into(
    sql: &mut dyn Sql,
    incident: &str,
) -> Result<BTreeMap<Moment, (IncidentKey, IncidentKey)>, StoreError> {
    let mut joins = BTreeMap::new();
    let mut open = vec![incident.to_owned()];
    while !open.is_empty() {
        let mut next = Vec::new();
        for chunk in open.chunks(CHUNK) {
            let question = format!(
                "SELECT time_us, version, number, gone, stays FROM joins WHERE stays IN ({})",
                placeholders(1, chunk.len())
            );
            for row in sql.rows(&question, &values(chunk.iter().map(String::as_str)))? {
                let (gone, stays) = (row.text(3)?.to_owned(), row.text(4)?.to_owned());
                next.push(gone.clone());
                joins.insert((row.int(0)?, row.text(1)?.to_owned(), row.int(2)?), (gone, stays));
            }
        }
        open = next;
    }
    Ok(joins)
}

/// The profile of an incident, made of its tellings and joins in the order in which linking took them in, so that it is
/// the same to the last bit as one that grew with them.
pub fn profile(sql: &mut dyn Sql, incident: &str) -> Result<Option<Profile>, StoreError> {
    let joins = joins_into(sql, incident)?;
    let mut profiles: BTreeMap<IncidentKey, Profile> = BTreeMap::new();
    let mut open = joins.iter().peekable();
    let mut tellings = tellings(sql, incident, joins.values().map(|(gone, _)| gone))?;
    tellings.sort_by(|a, b| (a.time, &a.id, a.fact).cmp(&(b.time, &b.id, b.fact)));
    for Telling { time, id, fact, part, version } in tellings {
        while let Some((_, (gone, stays))) = open.next_if(|((at, by, _), _)| (*at, by) < (time, &id)) {
            absorb(&mut profiles, gone, stays);
        }
        if let Some(member) = incoming(&version).get(fact) {
            profiles.entry(part).or_default().add(member);
        }
    }
    for (_, (gone, stays)) in open {
        absorb(&mut profiles, gone, stays);
    }
    Ok(profiles.remove(incident))
}

struct Telling {
    time: i64,
    id: String,
    fact: usize,
    part: IncidentKey,
    version: watchkeeper_core::resolve::version::Version,
}

fn tellings<'a>(
    sql: &mut dyn Sql,
    incident: &'a str,
    gone: impl Iterator<Item = &'a IncidentKey>,
) -> Result<Vec<Telling>, StoreError> {
    let columns = version_columns_of("v");
    let parts: Vec<&str> = std::iter::once(incident).chain(gone.map(String::as_str)).collect();
    let mut tellings = Vec::new();
    for chunk in parts.chunks(CHUNK) {
        let question = format!(
            "SELECT {columns}, t.fact, t.incident, t.time_us FROM tellings t JOIN versions v ON v.number = t.number
             WHERE t.incident IN ({})",
            placeholders(1, chunk.len())
        );
        let parts: Vec<Value> = chunk.iter().map(|part| Value::from(*part)).collect();
        for row in sql.rows(&question, &parts)? {
            tellings.push(Telling {
                time: row.int(13)?,
                id: row.text(0)?.to_owned(),
                fact: row.index(11)?,
                part: row.text(12)?.to_owned(),
                version: version(&row)?,
            });
        }
    }
    Ok(tellings)
}

fn absorb(profiles: &mut BTreeMap<IncidentKey, Profile>, gone: &IncidentKey, stays: &IncidentKey) {
    if let (Some(gone), Some(stays)) = (profiles.remove(gone), profiles.get_mut(stays)) {
        stays.absorb(&gone);
    }
}
