//! How the store grows: readings made once from real texts, varied into as many distinct ones as are wanted, and fed to
//! a store in the order in which reports come in. A machine that is shared gives half as much a minute later, so the end of
//! the stream takes turns with its beginning, and a fixed piece of work between the batches shows what the machine gives.

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

use feed::{BATCH, Feed};
use figures::{print_growth, print_ratios};
use stream::Stream;

/// How many readings a store takes in before it is the other's turn.
const TURN: usize = LINKED_TOGETHER;

/// What `bench scale` is asked for.
#[derive(Debug, Args)]
pub struct Scale {
    /// How many readings.
    #[arg(long, default_value_t = 200_000)]
    reports: usize,
    /// After how many readings a line is printed, a tenth of all at most.
    #[arg(long, default_value_t = 10_000)]
    slice: usize,
    /// How many of them the store holds already.
    #[arg(long, default_value_t = 0)]
    held: usize,
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
    let scratch = Scratch::new("all");
    let address = asked.store.clone().unwrap_or_else(|| scratch.address());
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

/// Feeds the store. The last tenth takes turns with the first once more, which goes into a file of its own: so both ends
/// are measured on the same machine, which gives more one minute and less the next.
fn fed(asked: &Scale, stories: &[Vec<NewVersion>], address: &str) -> Result<()> {
    let tenth = asked.reports.div_ceil(10);
    anyhow::ensure!(tenth >= TURN, "the ends can be compared from {} readings on", 10 * TURN);
    anyhow::ensure!(asked.held < asked.reports, "nothing is left to feed");
    let stream = Stream::new(stories, asked.reports).skip(asked.held);
    let mut feed = Feed::new(stories, stream, address)?;
    anyhow::ensure!(feed.held() == asked.held, "the store holds {} reports, not {}", feed.held(), asked.held);
    let mut slices = Vec::new();
    while feed.held() < asked.reports - tenth {
        let slice = feed.slice(asked.slice.min(tenth).min(asked.reports - tenth - feed.held()))?;
        println!("{slice}");
        slices.push(slice);
    }
    let ending = slices.len();
    // Only a file has another like it at hand.
    let beside = address.starts_with("sqlite:").then(|| Scratch::new("beginning"));
    let first = || Stream::new(stories, asked.reports).take(asked.reports - feed.held());
    let beginning = beside.as_ref().map(|scratch| Feed::new(stories, first(), &scratch.address()));
    let (mut beginning, mut again) = (beginning.transpose()?, Vec::new());
    if beginning.is_some() {
        println!("the last tenth, in turns with the first once more in a file of its own:");
    }
    while !feed.has_ended() {
        for (feed, slices) in [(Some(&mut feed), &mut slices), (beginning.as_mut(), &mut again)] {
            let Some(feed) = feed else { continue };
            let slice = feed.slice(TURN)?;
            println!("{slice}");
            slices.push(slice);
        }
    }
    if !again.is_empty() {
        print_ratios("in turns", &again, &slices[ending..]);
    }
    if asked.held == 0 {
        let first = slices.iter().take_while(|slice| slice.end <= tenth + BATCH).count();
        print_ratios("minutes apart", &slices[..first], &slices[ending..]);
        print_growth(&slices);
    }
    if let Some(path) = address.strip_prefix("sqlite:") {
        let held = feed.held();
        drop(feed);
        let bytes = std::fs::metadata(path).with_context(|| format!("{path}: cannot be looked at"))?.len();
        println!("{:.0} MB, {:.0} bytes a report", bytes as f64 / 1e6, bytes as f64 / held as f64);
    }
    println!(
        "peak memory of feeding, the read texts and the second store included: {} MB",
        figures::peak_megabytes()?
    );
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
