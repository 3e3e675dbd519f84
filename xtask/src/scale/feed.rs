//! Feeding a store, and what that takes.

use std::time::{Duration, Instant};

use anyhow::Result;
use watchkeeper_core::resolve::wording::Wording;
use watchkeeper_store::{NewVersion, Store};

use super::figures::{Slice, worked};

/// How many versions are written in one transaction, as `ingest` does.
pub const BATCH: usize = watchkeeper::intake::BATCH;
/// How many texts are hashed between two batches, to see what the machine gives.
const GAUGE_TEXTS: usize = 256;

/// A store and the stream that it is fed.
pub struct Feed<'a> {
    stories: &'a [Vec<NewVersion>],
    stream: Box<dyn Iterator<Item = NewVersion> + 'a>,
    store: Store,
    held: usize,
    has_ended: bool,
}

impl<'a> Feed<'a> {
    /// Opens the store.
    ///
    /// # Errors
    /// Where it cannot be opened.
    pub fn new(
        stories: &'a [Vec<NewVersion>],
        stream: impl Iterator<Item = NewVersion> + 'a,
        address: &str,
    ) -> Result<Self> {
        let mut store = Store::open(address)?;
        let held = usize::try_from(store.holdings()?.reports)?;
        Ok(Self { stories, stream: Box::new(stream), store, held, has_ended: false })
    }

    /// How many readings the store holds.
    pub fn held(&self) -> usize {
        self.held
    }

    /// Whether the stream is at its end.
    pub fn has_ended(&self) -> bool {
        self.has_ended
    }

    /// Takes in so many readings, in whole batches, or what is left; in the end all of them are linked.
    ///
    /// # Errors
    /// Where the store cannot be written.
    pub fn slice(&mut self, readings: usize) -> Result<Slice> {
        let mut slice = Slice::default();
        while slice.count < readings && !self.has_ended {
            let batch: Vec<NewVersion> = self.stream.by_ref().take(BATCH).collect();
            self.has_ended = batch.len() < BATCH;
            let (started, worked_before) = (Instant::now(), worked()?);
            for new in &batch {
                self.store.versions_at(&new.version.identity)?;
            }
            let added = self.store.add(batch)?;
            if self.has_ended {
                self.store.settle()?;
            }
            let took = started.elapsed();
            anyhow::ensure!(added.known == 0, "two readings of the stream are one");
            slice.worked += worked()?.saturating_sub(worked_before);
            slice.spent += took;
            slice.slowest = slice.slowest.max(took);
            slice.gauge += self.gauge()?;
            slice.count += added.new;
            self.held += added.new;
        }
        slice.end = self.held;
        Ok(slice)
    }

    /// Does a fixed piece of work of the kind that reading and linking do: takes the wording of texts.
    fn gauge(&self) -> Result<Duration> {
        let before = worked()?;
        for new in self.stories.iter().flatten().take(GAUGE_TEXTS) {
            std::hint::black_box(Wording::of(&new.text));
        }
        Ok(worked()?.saturating_sub(before))
    }
}
