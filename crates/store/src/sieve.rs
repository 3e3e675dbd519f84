//! Which keys of wordings are surely not in the database: most reports are copies of nothing, and to learn that from the
//! database takes one question for each of some thirty keys.
//!
//! A Bloom filter with one hash function (Bloom, "Space/time trade-offs in hash coding with allowable errors", 1970) for
//! each quarter of the year: what was kept under a key leaves a bit, and where there is no bit there is nothing.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use watchkeeper_core::resolve::index::quarter_of;

use crate::error::StoreError;
use crate::recent::Recent;
use crate::sql::{Sql, Value};

/// Bits for a quarter: a megabyte, in which the keys of 25,000 reports fill one bit of twenty.
const BITS: u64 = 1 << 23;
/// How many quarters are kept.
const QUARTERS_KEPT: usize = 4;
/// A quarter is worth loading once so many of its keys were asked for: those of a hundred reports.
const ASKED_BEFORE: usize = 2_000;
/// How many keys are loaded at once.
const KEYS_AT_ONCE: usize = 10_000;

/// The bits of some quarters.
#[derive(Default)]
pub struct Sieve {
    loaded: Recent<u16, Vec<u64>, QUARTERS_KEPT>,
    /// How many keys were asked for of the quarters that are not loaded.
    asked: BTreeMap<u16, usize>,
}

impl Sieve {
    /// Whether there may be something under a key.
    ///
    /// # Errors
    /// What the database says.
    pub fn may_hold(&mut self, sql: &mut dyn Sql, key: u64) -> Result<bool, StoreError> {
        let (quarter, keys) = quarter_of(key);
        if let Some(bits) = self.loaded.get(&quarter) {
            return Ok(bits[word(key)] & bit(key) != 0);
        }
        let asked = self.asked.entry(quarter).or_default();
        *asked += 1;
        if *asked > ASKED_BEFORE {
            self.asked.remove(&quarter);
            self.loaded.keep(quarter, load(sql, keys)?);
        }
        Ok(true)
    }

    /// Takes in that something is kept under a key from now on.
    pub fn hold(&mut self, key: u64) {
        if let Some(bits) = self.loaded.get_mut(&quarter_of(key).0) {
            bits[word(key)] |= bit(key);
        }
    }

    /// Lets everything go.
    pub fn clear(&mut self) {
        self.loaded.clear();
        self.asked.clear();
    }
}

/// The bits of the keys that the database holds.
fn load(sql: &mut dyn Sql, keys: RangeInclusive<u64>) -> Result<Vec<u64>, StoreError> {
    let mut bits = vec![0; (BITS / 64) as usize];
    let (mut next, last) = (keys.start().cast_signed(), keys.end().cast_signed());
    let question = format!(
        "SELECT DISTINCT band FROM bands WHERE band >= $1 AND band <= $2 ORDER BY band LIMIT {KEYS_AT_ONCE}"
    );
    loop {
        let rows = sql.rows(&question, &[Value::Int(next), Value::Int(last)])?;
        for row in &rows {
            let key = row.int(0)?;
            bits[word(key.cast_unsigned())] |= bit(key.cast_unsigned());
            next = key.saturating_add(1);
        }
        if rows.len() < KEYS_AT_ONCE {
            return Ok(bits);
        }
    }
}

/// The low bits of a key are those of a hash.
const fn word(key: u64) -> usize {
    (key % BITS / 64) as usize
}

const fn bit(key: u64) -> u64 {
    1 << (key % 64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sqlite::{Condition, Sqlite};

    #[test]
    fn a_key_is_sieved_out_once_its_quarter_is_loaded_unless_something_is_kept_under_it() {
        let folder = std::env::temp_dir().join(format!("watchkeeper-sieve-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let mut sql = Sqlite::open(&folder.join("a.db"), Condition::Unknown, 1).expect("a database");
        sql.batch("CREATE TABLE bands (band BIGINT NOT NULL)").expect("a table");
        sql.begin_writing().expect("begun");
        let key = |number: u64| 208 << 48 | number;
        for number in 0..KEYS_AT_ONCE as u64 + 5 {
            let value = Value::Int(key(number * 3).cast_signed());
            sql.run("INSERT INTO bands (band) VALUES ($1)", &[value]).expect("kept");
        }
        sql.commit().expect("kept");
        let mut sieve = Sieve::default();
        let mut may_hold = |sieve: &mut Sieve, number| sieve.may_hold(&mut sql, key(number)).expect("asked");
        for _ in 0..=ASKED_BEFORE {
            assert!(may_hold(&mut sieve, 1), "the quarter is not worth loading yet");
        }
        assert!(!may_hold(&mut sieve, 1));
        assert!((0..KEYS_AT_ONCE as u64 + 5).all(|number| may_hold(&mut sieve, number * 3)));
        sieve.hold(key(1));
        assert!(may_hold(&mut sieve, 1));
        std::fs::remove_dir_all(&folder).expect("removed");
    }
}
