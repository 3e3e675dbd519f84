//! Captures to readings, several at a time, in the order in which they came.

use anyhow::Context;
use rayon::prelude::*;
use watchkeeper_core::document::Capture;
use watchkeeper_core::flow;
use watchkeeper_core::knowledge::Knowledge;
use watchkeeper_core::reading::Reading;
use watchkeeper_nlp::Annotator;

/// How many reports a thread has waiting; bounds what is held in memory.
const WAITING_PER_THREAD: usize = 16;

/// The reader with everything that it needs.
pub struct Pipeline {
    annotator: Annotator,
    knowledge: Knowledge,
    pool: rayon::ThreadPool,
}

impl Pipeline {
    /// A pipeline of so many threads; one a processor where nothing is said.
    ///
    /// # Errors
    /// Where the embedded weights cannot be read or threads cannot be started.
    pub fn new(knowledge: Knowledge, threads: Option<usize>) -> anyhow::Result<Self> {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads.unwrap_or(0))
            .build()
            .context("cannot start the reading threads")?;
        Ok(Self { annotator: Annotator::new()?, knowledge, pool })
    }

    /// What the reader knows beforehand.
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// Reads every capture and hands what `make` makes of the readings to `take`, in order.
    ///
    /// # Errors
    /// What `take` says; the rest is then left unread.
    pub fn run<T: Send>(
        &self,
        captures: impl Iterator<Item = Capture>,
        make: impl Fn(Reading) -> T + Sync,
        mut take: impl FnMut(T) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let mut captures = captures;
        loop {
            let batch: Vec<Capture> =
                captures.by_ref().take(self.pool.current_num_threads() * WAITING_PER_THREAD).collect();
            if batch.is_empty() {
                return Ok(());
            }
            let made: Vec<T> = self.pool.install(|| {
                batch
                    .into_par_iter()
                    .map(|capture| make(flow::read(capture, &self.annotator, &self.knowledge)))
                    .collect()
            });
            made.into_iter().try_for_each(&mut take)?;
        }
    }
}
