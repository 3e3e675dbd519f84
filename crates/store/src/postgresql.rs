//! PostgreSQL, for a fleet.

use bytes::BytesMut;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, NoTls};

use crate::error::StoreError;
use crate::sql::{Dialect, FullText, Row, Sql, Value};

/// Which advisory lock the one writer holds; any number that no other program uses.
const WRITER_LOCK: i64 = 0x7761_7463_686b;

/// Words as they come, without a dictionary: a dictionary of the server would find other things than SQLite does.
const FULL_TEXT: FullText = FullText {
    layout: "CREATE TABLE text_words (number BIGINT PRIMARY KEY, words TSVECTOR NOT NULL);
             CREATE INDEX text_words_by_word ON text_words USING GIN (words)",
    merging: "",
    insert: "INSERT INTO text_words (number, words)
             VALUES ($1, array_to_tsvector(string_to_array(CAST($2 AS TEXT), ' ')))",
    delete: "DELETE FROM text_words WHERE number = $1",
    find: "SELECT number FROM text_words WHERE words @@ CAST(CAST(? AS TEXT) AS TSQUERY)",
    quote: '\'',
    and: " & ",
};

/// The tables that hold words of reports; deleted rows stay in their files until these are made anew.
const CLEANSING: &[&str] = &[
    "VACUUM (FULL) versions",
    "VACUUM (FULL) text_words",
    "VACUUM (FULL) tellings",
    "VACUUM (FULL) joins",
    "VACUUM (FULL) acts",
    "VACUUM (FULL) incident_keys",
    "VACUUM (FULL) bands",
    "VACUUM (FULL) decisions",
    "VACUUM (FULL) rejected",
    "VACUUM (FULL) searches",
];

/// A connection to a PostgreSQL server.
pub struct Postgresql {
    client: Client,
    /// Statements prepared on this connection, by their text.
    prepared: std::collections::BTreeMap<String, postgres::Statement>,
}

impl Postgresql {
    /// Connects to the server at a `postgres://` address.
    ///
    /// # Errors
    /// Where the server cannot be reached or refuses.
    pub fn open(address: &str) -> Result<Self, StoreError> {
        let client = Client::connect(address, NoTls).map_err(|error| StoreError::Open {
            address: without_password(address),
            reason: chain(&error),
        })?;
        Ok(Self { client, prepared: std::collections::BTreeMap::new() })
    }

    fn statement(&mut self, text: &str) -> Result<postgres::Statement, StoreError> {
        if let Some(known) = self.prepared.get(text) {
            return Ok(known.clone());
        }
        let prepared = self.client.prepare(text).map_err(failure)?;
        self.prepared.insert(text.to_owned(), prepared.clone());
        Ok(prepared)
    }
}

/// The address as it may be shown.
fn without_password(address: &str) -> String {
    match (address.find("://"), address.rfind('@')) {
        (Some(scheme), Some(at)) if scheme + 3 < at => {
            format!("{}…{}", &address[..scheme + 3], &address[at..])
        }
        _ => address.to_owned(),
    }
}

fn chain(error: &postgres::Error) -> String {
    let mut line = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(next) = cause {
        line = format!("{line}: {next}");
        cause = next.source();
    }
    line
}

fn is_of_network(error: &postgres::Error) -> bool {
    std::error::Error::source(error).is_some_and(|cause| cause.is::<std::io::Error>())
}

fn failure(error: postgres::Error) -> StoreError {
    match error.code() {
        Some(&postgres::error::SqlState::DISK_FULL) => StoreError::Full,
        Some(
            &postgres::error::SqlState::ADMIN_SHUTDOWN
            | &postgres::error::SqlState::CRASH_SHUTDOWN
            | &postgres::error::SqlState::CANNOT_CONNECT_NOW,
        ) => StoreError::Lost(chain(&error)),
        // Without an answer of the server it is the way there that failed.
        None if error.is_closed() || is_of_network(&error) => StoreError::Lost(chain(&error)),
        _ => StoreError::Refused(chain(&error)),
    }
}

impl ToSql for Value {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(number) => match *kind {
                Type::INT4 => i32::try_from(*number)?.to_sql(kind, out),
                _ => number.to_sql(kind, out),
            },
            Self::Real(number) => number.to_sql(kind, out),
            // PostgreSQL cannot hold a NUL in text; what SQLite keeps must not fail here.
            Self::Text(text) if text.contains('\0') => text.replace('\0', "\u{fffd}").to_sql(kind, out),
            Self::Text(text) => text.to_sql(kind, out),
            Self::Blob(bytes) => bytes.to_sql(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

impl Sql for Postgresql {
    /// A server looks after its files itself.
    fn check(&mut self) -> Result<(), StoreError> {
        Ok(())
    }

    fn dialect(&self) -> Dialect {
        Dialect {
            counted: "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
            clustered: "",
            full_text: FULL_TEXT,
        }
    }

    fn batch(&mut self, statements: &str) -> Result<(), StoreError> {
        self.client.batch_execute(statements).map_err(failure)
    }

    fn run(&mut self, statement: &str, parameters: &[Value]) -> Result<u64, StoreError> {
        let prepared = self.statement(statement)?;
        let parameters: Vec<&(dyn ToSql + Sync)> = parameters.iter().map(|value| value as _).collect();
        self.client.execute(&prepared, &parameters).map_err(failure)
    }

    fn rows(&mut self, question: &str, parameters: &[Value]) -> Result<Vec<Row>, StoreError> {
        let prepared = self.statement(question)?;
        let parameters: Vec<&(dyn ToSql + Sync)> = parameters.iter().map(|value| value as _).collect();
        let answer = self.client.query(&prepared, &parameters).map_err(failure)?;
        answer
            .iter()
            .map(|row| (0..row.len()).map(|column| value(row, column)).collect::<Result<_, _>>().map(Row))
            .collect()
    }

    fn cleanse(&mut self) -> Result<(), StoreError> {
        // One by one: a table cannot be made anew in a transaction.
        CLEANSING.iter().try_for_each(|statement| self.batch(statement))
    }

    fn begin_writing(&mut self) -> Result<(), StoreError> {
        self.batch("BEGIN")?;
        self.rows("SELECT 1::BIGINT FROM pg_advisory_xact_lock($1)", &[Value::Int(WRITER_LOCK)]).map(drop)
    }

    fn begin_reading(&mut self) -> Result<(), StoreError> {
        self.batch("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
    }
}

fn value(row: &postgres::Row, column: usize) -> Result<Value, StoreError> {
    let held = match *row.columns()[column].type_() {
        Type::INT8 => row.try_get::<_, Option<i64>>(column).map(Value::from),
        Type::INT4 => row.try_get::<_, Option<i32>>(column).map(|n| Value::from(n.map(i64::from))),
        Type::FLOAT8 => row.try_get::<_, Option<f64>>(column).map(Value::from),
        Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(column).map(Value::from),
        _ => row.try_get::<_, Option<String>>(column).map(Value::from),
    };
    held.map_err(failure)
}
