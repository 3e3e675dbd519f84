//! The layout of a store, and how an older one becomes the newest.

use crate::error::StoreError;
use crate::sql::{Dialect, Sql, Value};
use crate::tables::{
    CHANGES, DECISIONS, FIRST, JOINS, LINKED_ANEW, MERGED_SELDOM, NUMBERED, SERVICE, TOMBSTONES,
    WAITING_APART, WIDER_TELLINGS,
};

/// Each step takes a store from one layout to the next; steps are never changed once released.
const MIGRATIONS: &[&str] = &[
    FIRST,
    SERVICE,
    DECISIONS,
    TOMBSTONES,
    JOINS,
    CHANGES,
    WIDER_TELLINGS,
    LINKED_ANEW,
    WAITING_APART,
    NUMBERED,
    MERGED_SELDOM,
];

/// Brings the store to the newest layout.
///
/// # Errors
/// Where the store is newer than the program, or the database refuses.
pub fn migrate(sql: &mut dyn Sql) -> Result<(), StoreError> {
    let known = i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX);
    // A store of the newest layout is not written to: somebody may be writing, or nobody may be allowed to.
    if layout(sql).is_ok_and(|found| found == known) {
        return Ok(());
    }
    sql.begin_writing()?;
    sql.batch("CREATE TABLE IF NOT EXISTS layout (number BIGINT NOT NULL)")?;
    let found = layout(sql)?;
    if found > known {
        sql.batch("ROLLBACK")?;
        return Err(StoreError::Newer { found, known });
    }
    for (number, step) in (1..).zip(MIGRATIONS).skip(usize::try_from(found).unwrap_or(0)) {
        let Dialect { counted, clustered, full_text } = sql.dialect();
        let step = step.replace("{counted}", counted).replace("{clustered}", clustered);
        let step = step.replace("{full_text}", full_text.layout).replace("{merging}", full_text.merging);
        sql.batch(&step)?;
        sql.run("INSERT INTO layout (number) VALUES ($1)", &[Value::Int(number)])?;
    }
    sql.commit()
}

/// The number of the store's layout; 0 where it is empty.
fn layout(sql: &mut dyn Sql) -> Result<i64, StoreError> {
    let rows = sql.rows("SELECT MAX(number) FROM layout", &[])?;
    Ok(rows.first().and_then(|row| row.int(0).ok()).unwrap_or(0))
}
