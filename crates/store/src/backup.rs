//! A store as one file, the same for both databases: what was taken in, decided and granted. What is derived from it is
//! left out and made anew.
//!
//! The file is a line that names the form, then records, then the SHA-256 of all before it. A record is the number of a
//! table and its values, each a letter and, little-endian, a number or a length with bytes.

use std::io::{Read, Write};

use sha2::{Digest, Sha256};

use crate::archive::{archived_text, number_of};
use crate::error::StoreError;
use crate::search;
use crate::sql::{Row, Sql, Value};
use crate::{Store, advance, linking};

/// The first line of the file.
const MAGIC: &[u8] = b"watchkeeper/backup/1\n";
/// How many rows are held in memory at once.
const PAGE: usize = 256;
/// The longest text or blob that is believed; longer ones come of damage.
const LONGEST_BYTES: usize = 512 << 20;
/// Follows the last record.
const END: u8 = u8::MAX;

/// A table that is kept, with the columns that tell its rows apart.
struct Table {
    name: &'static str,
    columns: &'static str,
    key: &'static str,
}

/// The tables that are kept. Their order is part of the form: new ones go last.
const TABLES: &[Table] = &[
    Table {
        name: "versions",
        columns: "id, identity, url, source, outlet, title, time_us, day, basis, recorded_us, language, published_us, \
                  text_hash, text, wording, facts, reader",
        key: "id",
    },
    Table { name: "rejected", columns: "input, place, reason, recorded_us", key: "input, place" },
    Table { name: "tokens", columns: "name, role, hash, created_us, revoked_us", key: "name" },
    Table {
        name: "calls",
        columns: "number, recorded_us, author, role, method, path, status",
        key: "number",
    },
    Table { name: "searches", columns: "id, name, query, author, recorded_us", key: "id" },
    Table { name: "decisions", columns: "number, kind, author, recorded_us, reason, content", key: "number" },
    Table {
        name: "tombstones",
        columns: "number, kind, author, recorded_us, reason, versions, salt, hashes, words",
        key: "number",
    },
];

/// The names of the tables that a backup keeps.
pub fn tables() -> impl Iterator<Item = &'static str> {
    TABLES.iter().map(|table| table.name)
}

impl Store {
    /// Writes all that a store needs to be made anew; the number of versions in it. Others may write meanwhile: the
    /// backup is of one state.
    ///
    /// # Errors
    /// What the database says, or where the file cannot be written.
    pub fn back_up(&mut self, out: &mut dyn Write) -> Result<u64, StoreError> {
        let mut out = Hashing { inner: out, hasher: Sha256::new() };
        let versions = self.reading(|sql, _| {
            out.put(MAGIC)?;
            let mut versions = 0;
            for (number, table) in (0..).zip(TABLES) {
                let rows = write_table(sql, table, number, &mut out)?;
                if number == 0 {
                    versions = rows;
                }
            }
            out.put(&[END])?;
            Ok(versions)
        })?;
        let hash = out.hasher.clone().finalize();
        out.put(&hash)?;
        out.inner.flush().map_err(unwritable)?;
        Ok(versions)
    }

    /// Fills an empty store from a backup; the number of versions in it. All of it is kept, or nothing.
    ///
    /// # Errors
    /// Where the store is not empty or the file is damaged; what the database says.
    pub fn restore(&mut self, from: &mut dyn Read) -> Result<u64, StoreError> {
        let mut from = Checking { inner: from, hasher: Sha256::new() };
        let versions = self.writing(|sql, cache| {
            for table in tables() {
                if !sql.rows(&format!("SELECT 1 FROM {table} LIMIT 1"), &[])?.is_empty() {
                    return Err(StoreError::Backup(
                        "the store holds something: restore into an empty one".to_owned(),
                    ));
                }
            }
            let versions = read_all(sql, &mut from)?;
            // All that was read waits to be linked.
            linking::unlink_from(sql, cache, (i64::MIN, ""))?;
            advance(sql)?;
            Ok(versions)
        })?;
        self.settle()?;
        Ok(versions)
    }
}

fn unwritable(error: std::io::Error) -> StoreError {
    StoreError::Backup(format!("it cannot be written: {error}"))
}

fn damaged() -> StoreError {
    StoreError::Backup("it is damaged or cut short; use another".to_owned())
}

fn write_table(
    sql: &mut dyn Sql,
    table: &Table,
    number: u8,
    out: &mut Hashing<'_>,
) -> Result<u64, StoreError> {
    let Table { name, columns, key } = table;
    let keys: Vec<&str> = key.split(", ").collect();
    let places = keys
        .iter()
        .map(|key| columns.split(", ").position(|column| column == *key).ok_or_else(damaged))
        .collect::<Result<Vec<usize>, _>>()?;
    let mut last: Option<Vec<Value>> = None;
    let mut written = 0;
    loop {
        let after = last.as_ref().map_or_else(String::new, |last| {
            let marks: Vec<String> = (1..=last.len()).map(|at| format!("${at}")).collect();
            format!("WHERE ({key}) > ({})", marks.join(", "))
        });
        let question = format!("SELECT {columns} FROM {name} {after} ORDER BY {key} LIMIT {PAGE}");
        let rows = sql.rows(&question, last.as_deref().unwrap_or_default())?;
        for Row(values) in &rows {
            out.put(&[number])?;
            values.iter().try_for_each(|value| out.value(value))?;
        }
        written += rows.len() as u64;
        match rows.last() {
            Some(Row(values)) if rows.len() == PAGE => {
                last = Some(places.iter().map(|&at| values[at].clone()).collect());
            }
            Some(_) | None => return Ok(written),
        }
    }
}

fn read_all(sql: &mut dyn Sql, from: &mut Checking<'_>) -> Result<u64, StoreError> {
    if from.take(MAGIC.len())? != MAGIC {
        return Err(StoreError::Backup("it is no backup of this program".to_owned()));
    }
    let mut versions = 0;
    loop {
        let number = from.byte()?;
        if number == END {
            break;
        }
        let Table { name, columns, .. } = TABLES.get(usize::from(number)).ok_or_else(damaged)?;
        let count = columns.split(", ").count();
        let values = (0..count).map(|_| from.value()).collect::<Result<Vec<_>, _>>()?;
        let marks: Vec<String> = (1..=count).map(|at| format!("${at}")).collect();
        sql.run(&format!("INSERT INTO {name} ({columns}) VALUES ({})", marks.join(", ")), &values)?;
        if number == 0 {
            versions += 1;
            index(sql, values)?;
        }
    }
    let hash = from.hasher.clone().finalize();
    if from.take(hash.len())? == hash.as_slice() { Ok(versions) } else { Err(damaged()) }
}

/// Puts the words of a version that was just restored into the index.
fn index(sql: &mut dyn Sql, values: Vec<Value>) -> Result<(), StoreError> {
    let place =
        |wanted: &str| TABLES[0].columns.split(", ").position(|column| column == wanted).ok_or_else(damaged);
    let (id, title, text) = (place("id")?, place("title")?, place("text")?);
    let row = Row(values);
    let archived = archived_text(&Row(vec![row.0[title].clone(), row.0[text].clone()]))?;
    let number = number_of(sql, row.text(id)?)?.ok_or_else(damaged)?;
    search::index(sql, number, &[archived.title.as_deref().unwrap_or(""), &archived.text])
}

/// A writer that hashes what it writes.
struct Hashing<'a> {
    inner: &'a mut dyn Write,
    hasher: Sha256,
}

impl Hashing<'_> {
    fn put(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.hasher.update(bytes);
        self.inner.write_all(bytes).map_err(unwritable)
    }

    fn value(&mut self, value: &Value) -> Result<(), StoreError> {
        match value {
            Value::Null => self.put(b"n"),
            Value::Int(number) => {
                self.put(b"i")?;
                self.put(&number.to_le_bytes())
            }
            Value::Real(number) => {
                self.put(b"r")?;
                self.put(&number.to_le_bytes())
            }
            Value::Text(text) => self.bytes(b't', text.as_bytes()),
            Value::Blob(bytes) => self.bytes(b'b', bytes),
        }
    }

    fn bytes(&mut self, letter: u8, bytes: &[u8]) -> Result<(), StoreError> {
        self.put(&[letter])?;
        self.put(&(bytes.len() as u64).to_le_bytes())?;
        self.put(bytes)
    }
}

/// A reader that hashes what it reads.
struct Checking<'a> {
    inner: &'a mut dyn Read,
    hasher: Sha256,
}

impl Checking<'_> {
    fn take(&mut self, length: usize) -> Result<Vec<u8>, StoreError> {
        let mut bytes = Vec::new();
        let read = self.inner.take(length as u64).read_to_end(&mut bytes).map_err(|_| damaged())?;
        if read < length {
            return Err(damaged());
        }
        self.hasher.update(&bytes);
        Ok(bytes)
    }

    fn byte(&mut self) -> Result<u8, StoreError> {
        self.take(1)?.first().copied().ok_or_else(damaged)
    }

    fn eight(&mut self) -> Result<[u8; 8], StoreError> {
        self.take(8)?.try_into().map_err(|_| damaged())
    }

    fn bytes(&mut self) -> Result<Vec<u8>, StoreError> {
        let length = usize::try_from(u64::from_le_bytes(self.eight()?)).map_err(|_| damaged())?;
        if length > LONGEST_BYTES {
            return Err(damaged());
        }
        self.take(length)
    }

    fn value(&mut self) -> Result<Value, StoreError> {
        match self.byte()? {
            b'n' => Ok(Value::Null),
            b'i' => Ok(Value::Int(i64::from_le_bytes(self.eight()?))),
            b'r' => Ok(Value::Real(f64::from_le_bytes(self.eight()?))),
            b't' => String::from_utf8(self.bytes()?).map(Value::Text).map_err(|_| damaged()),
            b'b' => self.bytes().map(Value::Blob),
            _ => Err(damaged()),
        }
    }
}
