//! Feeding a store, and what that takes.

use std::time::{Duration, Instant};

use anyhow::Result;
use watchkeeper_core::resolve::wording::Wording;
use watchkeeper_store::{NewVersion, Store};

use super::figures::{Slice, worked};
use super::stream::Stream;

/// How many versions are written in one transaction, as `ingest` does.
const BATCH: usize = watchkeeper::intake::BATCH;
/// How many texts are hashed between two batches, to see what the machine gives.
const GAUGE_TEXTS: usize = 256;

/// A store and the stream that it is fed.
pub struct Feed<'a> {
    stories: &'a [Vec<NewVersion>],
    stream: Stream<'a>,
    store: Store,
    held: usize,
}

impl<'a> Feed<'a> {
    /// Opens the store, and goes on in the stream after what it holds.
    ///
    /// # Errors
    /// Where it cannot be opened.
    pub fn new(stories: &'a [Vec<NewVersion>], mut stream: Stream<'a>, address: &str) -> Result<Self> {
        let mut store = Store::open(address)?;
        let held = usize::try_from(store.holdings()?.reports)?;
        stream.by_ref().take(held).for_each(drop);
        Ok(Self { stories, stream, store, held })
    }

    /// How many readings the store holds.
    pub fn held(&self) -> usize {
        self.held
    }

    /// Takes in so many readings, after which all of them are linked.
    ///
    /// # Errors
    /// Where the store cannot be written.
    pub fn slice(&mut self, readings: usize) -> Result<Slice> {
        let mut slice = Slice::default();
        while slice.count < readings {
            let batch: Vec<NewVersion> =
                self.stream.by_ref().take(BATCH.min(readings - slice.count)).collect();
            let (started, worked_before) = (Instant::now(), worked()?);
            for new in &batch {
                self.store.versions_at(&new.version.identity)?;
            }
            let count = batch.len();
            let added = self.store.add(batch)?;
            if slice.count + count == readings {
                self.store.settle()?;
            }
            let took = started.elapsed();
            anyhow::ensure!(added.new == count, "two readings of the stream are one");
            slice.worked += worked()?.saturating_sub(worked_before);
            slice.spent += took;
            slice.slowest = slice.slowest.max(took);
            slice.gauge += self.gauge()?;
            slice.count += count;
            self.held += count;
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
