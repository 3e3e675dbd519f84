//! The command line as typed.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use watchkeeper_core::document::PublishedAt;

/// `--version`: the licence of the geographical data asks for its source to be named.
const LONG_VERSION: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    "\nGeographical data: GeoNames (geonames.org), CC BY 4.0; all licences are in NOTICE.",
);

/// Reads reports of attacks and keeps the record of who says what.
#[derive(Debug, Parser)]
#[command(name = "watchkeeper", version, long_version = LONG_VERSION, about, max_term_width = 100)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read reports and print what they tell.
    Read(Read),
    /// Print the places that a name may mean, with what speaks for each.
    Places(Places),
}

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A page for people.
    Text,
    /// One JSON object a line.
    Json,
}

/// `watchkeeper read`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  echo 'Two people died in a blast in Oran.' | watchkeeper read --format json"
)]
pub struct Read {
    /// Files with reports: plain text, HTML, JSON or JSON Lines; `-` for standard input.
    #[arg(value_name = "FILE", default_value = "-")]
    pub files: Vec<PathBuf>,
    /// How to print what was read.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// Take this as the date of publication of reports that have none, as 2024-03-25.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub published: Option<PublishedAt>,
    /// Take this as the outlet of reports that name none.
    #[arg(long, value_name = "NAME")]
    pub source: Option<String>,
    /// Take this as the address of reports that have none.
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,
    /// How many reports to read at a time [default: one a processor].
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
}

/// `watchkeeper places`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  watchkeeper places Tripoli")]
pub struct Places {
    /// The name, as a report writes it.
    #[arg(value_name = "NAME", required = true)]
    pub name: Vec<String>,
    /// How to print the candidates.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// How many candidates to print.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
}

fn date(text: &str) -> Result<PublishedAt, String> {
    PublishedAt::parse(text)
        .ok_or_else(|| "expected a date as 2024-03-25 or a time as 2024-03-25T14:00:00Z".to_owned())
}
