//! SQLite, embedded: one file, WAL, one writer.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, ToSql, params_from_iter};

use crate::checkpoints::Checkpoints;
use crate::error::StoreError;
use crate::sql::{Dialect, FullText, Row, Sql, Value};

/// How long a command waits for another writer.
const BUSY_TIMEOUT: Duration = Duration::from_secs(60);
/// How many prepared statements a connection keeps.
const STATEMENTS_KEPT: usize = 128;

/// How many rows change before what gathered in the log is moved into the file: linking touches thousands of pages all over
/// it, and the next time many of the same ones.
const ROWS_IN_LOG: u64 = 100_000;
/// At so many pages in the log who writes moves them himself.
const PAGES_IN_LOG: i64 = 100_000;

/// FTS5 without the texts themselves, which the archive keeps compressed; only which words stand in which text is kept.
const FULL_TEXT: FullText = FullText {
    layout: "CREATE VIRTUAL TABLE text_words USING fts5
             (words, content = '', contentless_delete = 1, detail = none, tokenize = 'ascii')",
    // The most that `automerge` takes.
    merging: "INSERT INTO text_words (text_words, rank) VALUES ('automerge', 64), ('crisismerge', 64);",
    insert: "INSERT INTO text_words (rowid, words) VALUES ($1, $2)",
    delete: "DELETE FROM text_words WHERE rowid = $1",
    find: "SELECT rowid FROM text_words WHERE text_words MATCH ?",
    quote: '"',
    and: " AND ",
};

/// Deleted words stay in the index until it is merged, deleted rows in the file until it is made anew, and both in the
/// log until it is emptied.
const CLEANSING: &str = "INSERT INTO text_words (text_words) VALUES ('optimize'); VACUUM;
     PRAGMA wal_checkpoint(TRUNCATE)";

/// What is known of a file that is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// This process has it open, so that its log tells of nothing.
    Known,
    /// It may have been left half written.
    Unknown,
}

/// A connection to a SQLite file.
pub struct Sqlite {
    /// Ends before the connection, which empties the log when it is the last to be closed.
    checkpoints: Option<Checkpoints>,
    connection: Connection,
    path: PathBuf,
    /// How many rows this connection had changed when a checkpoint was last asked for.
    changed: u64,
}

impl Sqlite {
    /// Opens the file, or makes it, and keeps at most so many megabytes of it in memory.
    ///
    /// # Errors
    /// Where it cannot be opened, is no SQLite file, or fails its integrity check.
    pub fn open(path: &Path, condition: Condition, megabytes: u32) -> Result<Self, StoreError> {
        let address = || format!("sqlite:{}", path.display());
        let refuse =
            |error: rusqlite::Error| StoreError::Open { address: address(), reason: error.to_string() };
        if path.is_dir() {
            let reason = "it is a folder; give the path of a file".to_owned();
            return Err(StoreError::Open { address: address(), reason });
        }
        let was_interrupted = condition == Condition::Unknown && is_left_half_written(path);
        let connection = Connection::open(path).map_err(refuse)?;
        connection.busy_timeout(BUSY_TIMEOUT).map_err(refuse)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;
                 PRAGMA temp_store = MEMORY;",
            )
            // Pages where the number is positive, kibibytes where it is negative.
            .and_then(|()| connection.pragma_update(None, "cache_size", -1024 * i64::from(megabytes)))
            .and_then(|()| connection.pragma_update(None, "wal_autocheckpoint", PAGES_IN_LOG))
            .map_err(refuse)?;
        let mut opened = Self { checkpoints: None, connection, path: path.to_owned(), changed: 0 };
        if was_interrupted {
            opened.check()?;
        }
        Ok(opened)
    }
}

/// Whether a process that did not end well left a log behind: there is one, and nobody has the file open.
fn is_left_half_written(path: &Path) -> bool {
    let is_open_elsewhere = || -> rusqlite::Result<bool> {
        let probe = Connection::open(path)?;
        probe.busy_timeout(Duration::ZERO)?;
        probe.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
        // Whoever has the file open holds a lock that is shared, so that nobody gets one that is not.
        let locked = probe.execute_batch("BEGIN EXCLUSIVE; ROLLBACK");
        Ok(locked.is_err_and(|error| error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)))
    };
    path.with_extension(wal_extension(path)).exists() && !is_open_elsewhere().unwrap_or(false)
}

fn wal_extension(path: &Path) -> String {
    format!("{}-wal", path.extension().and_then(|extension| extension.to_str()).unwrap_or_default())
}

fn failure(error: rusqlite::Error) -> StoreError {
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => StoreError::Full,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => StoreError::corrupt(error.to_string()),
        Some(ErrorCode::SystemIoFailure) if error.to_string().contains("disk") => StoreError::Full,
        _ => StoreError::Refused(error.to_string()),
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Real(number) => ValueRef::Real(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

impl Sql for Sqlite {
    fn check(&mut self) -> Result<(), StoreError> {
        let checked = self.connection.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0));
        match checked.map_err(failure)?.as_str() {
            "ok" => Ok(()),
            verdict => Err(StoreError::corrupt(verdict.split_whitespace().collect::<Vec<_>>().join(" "))),
        }
    }

    fn dialect(&self) -> Dialect {
        Dialect { counted: "INTEGER PRIMARY KEY", clustered: "WITHOUT ROWID", full_text: FULL_TEXT }
    }

    fn batch(&mut self, statements: &str) -> Result<(), StoreError> {
        self.connection.execute_batch(statements).map_err(failure)
    }

    fn run(&mut self, statement: &str, parameters: &[Value]) -> Result<u64, StoreError> {
        let mut prepared = self.connection.prepare_cached(statement).map_err(failure)?;
        prepared.execute(params_from_iter(parameters)).map(|changed| changed as u64).map_err(failure)
    }

    fn rows(&mut self, question: &str, parameters: &[Value]) -> Result<Vec<Row>, StoreError> {
        let mut prepared = self.connection.prepare_cached(question).map_err(failure)?;
        let columns = prepared.column_count();
        let mut answer = prepared.query(params_from_iter(parameters)).map_err(failure)?;
        let mut rows = Vec::new();
        while let Some(row) = answer.next().map_err(failure)? {
            let values = (0..columns).map(|column| row.get_ref(column).map(value).map_err(failure));
            rows.push(Row(values.collect::<Result<_, _>>()?));
        }
        Ok(rows)
    }

    fn commit(&mut self) -> Result<(), StoreError> {
        self.batch("COMMIT")?;
        let changed = self.connection.total_changes();
        if changed.saturating_sub(self.changed) >= ROWS_IN_LOG {
            self.checkpoints.get_or_insert_with(|| Checkpoints::of(&self.path)).ask();
            self.changed = changed;
        }
        Ok(())
    }

    fn cleanse(&mut self) -> Result<(), StoreError> {
        // Two checkpoints at once get in each other's way.
        self.checkpoints = None;
        self.batch(CLEANSING)
    }

    fn begin_writing(&mut self) -> Result<(), StoreError> {
        self.batch("BEGIN IMMEDIATE")
    }

    fn begin_reading(&mut self) -> Result<(), StoreError> {
        self.batch("BEGIN")
    }
}

fn value(held: ValueRef<'_>) -> Value {
    match held {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Int(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
    }
}
