//! The archive and the record on SQLite or PostgreSQL.
//!
//! Versions are appended and never changed; what links them into incidents and origins is derived, and is made
//! anew from a moment on when a report arrives late. So the record never depends on the order of arrival.

mod access;
mod archive;
mod audit;
mod backup;
mod cache;
mod changes;
mod checkpoints;
mod compression;
mod decision_rows;
mod decisions;
mod digest;
mod error;
mod facets;
mod filter;
mod finding;
mod forgetting;
mod gather;
mod joins;
mod keeping;
mod lately;
mod likely;
mod linking;
mod names;
mod oblivion;
mod pending;
mod postgresql;
mod reasons;
mod recent;
mod record;
mod reports;
mod rows;
mod schema;
mod search;
mod searches;
mod sieve;
mod sql;
mod sqlite;
mod tables;
mod terms;

use std::path::Path;

pub use access::{Call, Role, Token};
pub use archive::{Added, ArchivedText, KnownVersion, NewVersion, Rejected};
pub use audit::Failure;
pub use backup::tables as backed_up;
pub use decisions::{DecisionFilter, NewDecision, Request, StoredDecision};
pub use digest::{digest, text_hash};
pub use error::{DecisionError, StoreError};
pub use filter::{Filter, Near};
pub use forgetting::{Forgetting, Tombstone};
pub use keeping::KeptRecord;
pub use linking::LINKED_TOGETHER;
pub use oblivion::ForgottenKind;
pub use reports::{Bin, Holdings, ReportFilter, SourceCount, StoredReport, width_us};
pub use search::{Hit, Search};
pub use searches::SavedSearch;
pub use terms::{Snippet, Terms};

use cache::Cache;
use sql::Sql;
use sqlite::Condition;

/// A store, open.
pub struct Store {
    sql: Box<dyn Sql>,
    cache: Cache,
}

impl Store {
    /// Opens the store at an address, `sqlite:PATH` or `postgres://…`; an empty one is laid out.
    ///
    /// # Errors
    /// Where the address is none, or the database cannot be opened.
    pub fn open(address: &str) -> Result<Self, StoreError> {
        Self::opened(address, Condition::Unknown, 256)
    }

    /// A database in a file is kept in memory up to so many megabytes; one that is a server keeps its own.
    fn opened(address: &str, condition: Condition, megabytes: u32) -> Result<Self, StoreError> {
        let mut sql: Box<dyn Sql> = if let Some(path) = address.strip_prefix("sqlite:") {
            Box::new(sqlite::Sqlite::open(Path::new(path), condition, megabytes)?)
        } else if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            Box::new(postgresql::Postgresql::open(address)?)
        } else {
            return Err(StoreError::Address(address.to_owned()));
        };
        schema::migrate(sql.as_mut())?;
        Ok(Self { sql, cache: Cache::default() })
    }

    /// Opens a store that this process has open already as one of many connections, which must not each keep many pages
    /// in memory, nor each look through the whole file.
    ///
    /// # Errors
    /// Where the address is none, or the database cannot be opened.
    pub fn open_beside(address: &str) -> Result<Self, StoreError> {
        Self::opened(address, Condition::Known, 8)
    }

    /// Opens a store for a process that keeps the record in memory too, and has less room for pages.
    ///
    /// # Errors
    /// Where the address is none, or the database cannot be opened.
    pub fn open_to_serve(address: &str) -> Result<Self, StoreError> {
        Self::opened(address, Condition::Unknown, 64)
    }

    /// A number that grows with every change to what the record rests on; versions that wait to be linked are no part of it
    /// yet.
    ///
    /// # Errors
    /// What the database says.
    pub fn generation(&mut self) -> Result<i64, StoreError> {
        generation(self.sql.as_mut())
    }

    /// Runs `work` as the one writer: all of it is kept, or nothing.
    fn writing<T>(
        &mut self,
        work: impl FnOnce(&mut dyn Sql, &mut Cache) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.sql.begin_writing()?;
        let (sql, cache) = (self.sql.as_mut(), &mut self.cache);
        let work = || {
            let found = generation(sql)?;
            if found != cache.generation {
                cache.clear();
            }
            let done = work(sql, cache)?;
            cache.generation = generation(sql)?;
            sql.commit()?;
            Ok(done)
        };
        work().inspect_err(|_| self.roll_back())
    }

    /// Runs `work` on one state of the store, whatever others write meanwhile.
    fn reading<T>(
        &mut self,
        work: impl FnOnce(&mut dyn Sql, &mut Cache) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.sql.begin_reading()?;
        let done = work(self.sql.as_mut(), &mut self.cache).inspect_err(|_| self.roll_back())?;
        self.sql.commit()?;
        Ok(done)
    }

    fn roll_back(&mut self) {
        // The first failure is the one to tell of; a full disk may already have ended the transaction.
        drop(self.sql.batch("ROLLBACK"));
        self.cache.clear();
    }
}

fn generation(sql: &mut dyn Sql) -> Result<i64, StoreError> {
    let rows = sql.rows("SELECT number FROM generation", &[])?;
    rows.first().map_or(Ok(0), |row| row.int(0))
}

/// Notes that what the record rests on has changed.
fn advance(sql: &mut dyn Sql) -> Result<(), StoreError> {
    sql.run("UPDATE generation SET number = number + 1", &[]).map(drop)
}
