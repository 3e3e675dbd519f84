//! From which version on what is derived was made anew, by generation: so that who keeps the record knows what of it is
//! out of date.

use watchkeeper_core::resolve::version::VersionPlace;

use crate::archive::timestamp;
use crate::error::StoreError;
use crate::sql::{Sql, Value};

/// How many generations back it is known what changed.
const GENERATIONS_KEPT: i64 = 10_000;

/// What changed since a generation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Since {
    /// Nothing that is derived from versions; decisions perhaps.
    Nothing,
    /// What is derived of the versions from this one on.
    From(VersionPlace),
    /// That is not known any more.
    Unknown,
}

/// Notes that the transaction changes what is derived of the versions from `first` (time in microseconds, id) on.
pub fn note(sql: &mut dyn Sql, first: (i64, &str)) -> Result<(), StoreError> {
    sql.run(
        "INSERT INTO changes (generation, time_us, version) SELECT number + 1, $1, $2 FROM generation",
        &[Value::Int(first.0), first.1.into()],
    )?;
    sql.run(
        "DELETE FROM changes WHERE generation < (SELECT number FROM generation) - $1",
        &[Value::Int(GENERATIONS_KEPT)],
    )
    .map(drop)
}

/// Notes that the transaction may change everything, in place too. What was noted before goes: ids of what is forgotten may
/// stand in it.
pub fn note_all(sql: &mut dyn Sql) -> Result<(), StoreError> {
    sql.run("DELETE FROM changes", &[])?;
    note(sql, (i64::MIN, ""))
}

/// What changed since a generation, the present one being `now`.
pub fn since(sql: &mut dyn Sql, known: i64, now: i64) -> Result<Since, StoreError> {
    // A store that was put in another's place may count from anew.
    if known > now || now - known > GENERATIONS_KEPT {
        return Ok(Since::Unknown);
    }
    let question =
        "SELECT time_us, version FROM changes WHERE generation > $1 ORDER BY time_us, version LIMIT 1";
    let rows = sql.rows(question, &[Value::Int(known)])?;
    let Some(row) = rows.first() else { return Ok(Since::Nothing) };
    match row.int(0)? {
        i64::MIN => Ok(Since::Unknown),
        time => Ok(Since::From((timestamp(time)?, row.text(1)?.into()))),
    }
}
