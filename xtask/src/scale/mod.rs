//! How the store grows: readings made once from real texts, varied into as many distinct ones as are wanted, and fed to
//! a store in the order in which reports come in. A machine that is shared gives half as much a minute later, so the end of
//! the stream shares a core with its beginning, and a fixed piece of work between the batches shows what the machine gives.

mod beginning;
mod feed;
mod figures;
mod sources;
mod stream;
mod vary;

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result};
use clap::Args;
use watchkeeper_store::{LINKED_TOGETHER, NewVersion};

use beginning::Beginning;
use feed::Feed;
use figures::{Slice, print_growth, print_rates, print_work};
use stream::Stream;

/// How many readings are measured together: those that are linked together, so that each stretch carries the linking of
/// as many as it counts.
const SLICE: usize = LINKED_TOGETHER;

/// What `bench scale` is asked for.
#[derive(Debug, Args)]
pub struct Scale {
    /// How many readings.
    #[arg(long, default_value_t = 200_000)]
    reports: usize,
    /// The store, which must hold nothing but some of these readings; a file that is removed in the end where it is not given.
    #[arg(long)]
    store: Option<String>,
    /// Whether only the beginning is fed, once a line on standard input says so.
    #[arg(long, hide = true)]
    beginning: bool,
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
    let scratch = Scratch::new("all");
    let address = asked.store.clone().unwrap_or_else(|| scratch.address());
    if asked.beginning {
        let stream = Stream::new(&stories, asked.reports);
        return beginning::feed_when_told(Feed::new(&stories, stream, &address)?);
    }
    let texts: usize = stories.iter().map(Vec::len).sum();
    println!("{texts} texts of {} stories read in {:.0} s", stories.len(), started.elapsed().as_secs_f64());
    fed(asked, &stories, &address).and_then(|()| asked_for(&address))
}

/// A file for a store, removed in the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("watchkeeper-scale-{}-{name}.db", std::process::id())))
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

/// Feeds the store, and what lies in a file a tenth more, beside the first.
fn fed(asked: &Scale, stories: &[Vec<NewVersion>], address: &str) -> Result<()> {
    // In whole slices.
    let tenth = asked.reports.div_ceil(10).div_ceil(SLICE);
    anyhow::ensure!(
        asked.reports >= 2 * tenth * SLICE,
        "the ends can be compared from {} readings on",
        2 * SLICE
    );
    let mut feed = Feed::new(stories, Stream::new(stories, asked.reports), address)?;
    let began_empty = feed.held() == 0;
    let mut slices = Vec::new();
    while feed.held() < asked.reports {
        slices.push(shown(feed.slice(SLICE.min(asked.reports - feed.held()))?));
    }
    if began_empty {
        let (first, last) = (&slices[..tenth], &slices[slices.len() - tenth..]);
        print_rates("minutes apart", first, last);
        print_work("minutes apart", first, last);
        print_growth(&slices);
    }
    // Only a file has another like it at hand.
    if address.starts_with("sqlite:") {
        one_more(asked, &mut feed, tenth)?;
    }
    if let Some(path) = address.strip_prefix("sqlite:") {
        let held = feed.held();
        drop(feed);
        let bytes = std::fs::metadata(path).with_context(|| format!("{path}: cannot be looked at"))?.len();
        println!("{:.0} MB, {:.0} bytes a report", bytes as f64 / 1e6, bytes as f64 / held as f64);
    }
    println!("peak memory of feeding, the read texts included: {} MB", figures::peak_megabytes()?);
    Ok(())
}

/// Feeds the store a tenth more, beside the first once more, which another process feeds into a file of its own.
fn one_more(asked: &Scale, feed: &mut Feed<'_>, tenth: usize) -> Result<()> {
    println!("a tenth more, on one core with the first once more in a process and a file of its own:");
    let beginning = Beginning::start(asked)?;
    let more: Vec<Slice> = (0..tenth).map(|_| feed.slice(SLICE).map(shown)).collect::<Result<_>>()?;
    println!("the first once more:");
    let again: Vec<Slice> = beginning.slices(tenth)?.into_iter().map(shown).collect();
    print_work("on one core", &again, &more);
    Ok(())
}

fn shown(slice: Slice) -> Slice {
    println!("{slice}");
    slice
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
