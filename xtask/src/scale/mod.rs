//! How the store grows: readings made once from real texts, varied into as many distinct ones as are wanted, and fed to
//! a store in the order in which reports come in. Between the batches a fixed piece of work is done, whose time shows what
//! the machine gives just then: on one that is shared it may be half as much a second later.

mod figures;
mod sources;
mod stream;
mod vary;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::Args;
use watchkeeper_core::resolve::wording::Wording;
use watchkeeper_store::{NewVersion, Store};

use figures::{Slice, print_growth};
use stream::Stream;

/// How many versions are written in one transaction, as `ingest` does.
const BATCH: usize = watchkeeper::intake::BATCH;
/// How many texts are hashed between two batches, to see what the machine gives.
const GAUGE_TEXTS: usize = 256;

/// What `bench scale` is asked for.
#[derive(Debug, Args)]
pub struct Scale {
    /// How many readings.
    #[arg(long, default_value_t = 200_000)]
    reports: usize,
    /// After how many readings a line is printed.
    #[arg(long, default_value_t = 10_000)]
    slice: usize,
    /// How many of them the store holds already.
    #[arg(long, default_value_t = 0)]
    held: usize,
    /// How many it holds in the end; all where it is not given. With this, both ends of a long run can be measured side by
    /// side, on a machine that gives more one minute and less the next.
    #[arg(long)]
    until: Option<usize>,
    /// The store, which must hold nothing else; a file that is removed in the end where it is not given.
    #[arg(long)]
    store: Option<String>,
    /// The folder with the texts.
    #[arg(value_name = "FOLDER", default_value = "../shared/data")]
    folder: PathBuf,
}

/// Feeds the store and prints the figures.
///
/// # Errors
/// Where the texts cannot be read or the store cannot be written.
pub fn bench(asked: &Scale) -> Result<()> {
    let started = Instant::now();
    let stories = sources::read(&asked.folder)?;
    let texts: usize = stories.iter().map(Vec::len).sum();
    println!("{texts} texts of {} stories read in {:.0} s", stories.len(), started.elapsed().as_secs_f64());
    let scratch = Scratch::new();
    let address = asked.store.clone().unwrap_or_else(|| scratch.address());
    fed(asked, &stories, &address).and_then(|()| asked_for(&address))
}

/// A file for a store, removed in the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Self {
        Self(std::env::temp_dir().join(format!("watchkeeper-scale-{}.db", std::process::id())))
    }

    fn address(&self) -> String {
        format!("sqlite:{}", self.0.display())
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        for ending in ["", "-wal", "-shm"] {
            drop(std::fs::remove_file(format!("{}{ending}", self.0.display())));
        }
    }
}

/// Does a fixed piece of work of the kind that reading and linking do: takes the wording of texts.
fn gauge(stories: &[Vec<NewVersion>]) -> Result<Duration> {
    let before = figures::worked()?;
    for new in stories.iter().flatten().take(GAUGE_TEXTS) {
        std::hint::black_box(Wording::of(&new.text));
    }
    Ok(figures::worked()?.saturating_sub(before))
}

fn fed(asked: &Scale, stories: &[Vec<NewVersion>], address: &str) -> Result<()> {
    let mut store = Store::open(address)?;
    let held = store.holdings()?.reports;
    anyhow::ensure!(held == asked.held as u64, "the store holds {held} reports, not {}", asked.held);
    let mut slices: Vec<Slice> = Vec::new();
    let until = asked.until.unwrap_or(asked.reports);
    let mut stream =
        Stream::new(stories, asked.reports).skip(asked.held).take(until.saturating_sub(asked.held));
    let (mut done, mut slowest) = (asked.held, Duration::ZERO);
    let (mut spent, mut worked, mut gauged) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
    let mut count = 0;
    loop {
        let batch: Vec<NewVersion> = stream.by_ref().take(BATCH).collect();
        let ends = batch.len() < BATCH;
        let (started, worked_before) = (Instant::now(), figures::worked()?);
        for new in &batch {
            store.versions_at(&new.version.identity)?;
        }
        let added = store.add(batch)?;
        anyhow::ensure!(added.known == 0, "two readings of the stream are one");
        if ends {
            store.settle()?;
        }
        let took = started.elapsed();
        (done, count) = (done + added.new, count + added.new);
        (spent, slowest) = (spent + took, slowest.max(took));
        worked += figures::worked()?.saturating_sub(worked_before);
        gauged += gauge(stories)?;
        if count >= asked.slice || (ends && count > 0) {
            let slice = Slice { end: done, count, spent, worked, slowest, gauge: gauged };
            println!("{slice}");
            slices.push(slice);
            (count, slowest) = (0, Duration::ZERO);
            (spent, worked, gauged) = (Duration::ZERO, Duration::ZERO, Duration::ZERO);
        }
        if ends {
            // What is linked in the end belongs to the last slice.
            if let Some(last) = slices.last_mut() {
                (last.spent, last.worked) = (last.spent + spent, last.worked + worked);
            }
            break;
        }
    }
    print_growth(&slices);
    if let Some(path) = address.strip_prefix("sqlite:") {
        drop(store);
        let bytes = std::fs::metadata(path).with_context(|| format!("{path}: cannot be looked at"))?.len();
        println!("{:.0} MB, {:.0} bytes a report", bytes as f64 / 1e6, bytes as f64 / done as f64);
    }
    println!("peak memory of feeding, the read texts included: {} MB", figures::peak_megabytes()?);
    Ok(())
}

/// The record of one country and one week, asked of the program itself.
fn asked_for(address: &str) -> Result<()> {
    let program = crate::workspace_root().join("target/release/watchkeeper");
    if !program.is_file() {
        println!("skipped: {} is not built, so no record was asked for", program.display());
        return Ok(());
    }
    figures::print_questions(Path::new(&program), address, &stream::weeks())
}
