//! Readings on their way into a store: told apart from what it holds already, and written in batches.

use std::collections::BTreeMap;

use jiff::Timestamp;
use watchkeeper_core::reading::Reading;
use watchkeeper_store::{Added, KnownVersion, NewVersion, Store};

use crate::versions;

/// How many versions are written in one transaction.
pub const BATCH: usize = 256;

/// A store with the versions that wait to be written to it.
pub struct Intake {
    store: Store,
    /// How many versions are written in one transaction.
    batch: usize,
    /// When what is taken in counts as recorded.
    now: Timestamp,
    waiting: Vec<NewVersion>,
    /// Versions that wait, by address, as the store will know them.
    soon_known: BTreeMap<String, Vec<KnownVersion>>,
    added: Added,
}

impl Intake {
    /// An intake that writes so many versions at a time.
    pub fn new(store: Store, batch: usize, now: Timestamp) -> Self {
        Self { store, batch, now, waiting: Vec::new(), soon_known: BTreeMap::new(), added: Added::default() }
    }

    /// Takes in the reading of report number so and so of a file.
    ///
    /// # Errors
    /// Where the store cannot be asked or written.
    pub fn take(&mut self, reading: &Reading, file: &str, number: usize) -> anyhow::Result<()> {
        // A file may hold several reports without an address; the first is known by the file's path alone.
        let by_path = if number == 1 { file.to_owned() } else { format!("{file}#{number}") };
        let identity = reading.document.url.clone().unwrap_or(by_path);
        let mut known = self.store.versions_at(&identity)?;
        known.extend(self.soon_known.get(&identity).into_iter().flatten().cloned());
        match versions::of(reading, &identity, &known, self.now)? {
            None => self.added.known += 1,
            Some(new) => {
                let version = KnownVersion { text_hash: new.text_hash.clone(), published: new.published };
                self.soon_known.entry(identity).or_default().push(version);
                self.waiting.push(new);
            }
        }
        if self.waiting.len() >= self.batch { self.write() } else { Ok(()) }
    }

    fn write(&mut self) -> anyhow::Result<()> {
        let added = self.store.add(std::mem::take(&mut self.waiting))?;
        self.soon_known.clear();
        self.added.new += added.new;
        self.added.known += added.known;
        self.added.forgotten += added.forgotten;
        Ok(())
    }

    /// Writes what still waits; the store, and what came of all that was taken in.
    ///
    /// # Errors
    /// Where the store cannot be written.
    pub fn finish(mut self) -> anyhow::Result<(Store, Added)> {
        self.write()?;
        self.store.settle()?;
        Ok((self.store, self.added))
    }
}
