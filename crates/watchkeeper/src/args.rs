//! The command line as typed.

mod decisions;
mod service;
mod views;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use watchkeeper_core::document::PublishedAt;

pub use decisions::{
    Accept, Deciding, Decisions, Forget, Merge, Note, Override, Rate, Reject, Split, Undo, Unmask,
};
pub use service::{Backup, Serve, Token, TokenCommand};
pub use views::{Export, ExportFormat, Filters, Moments, Record, Search, Show, Timeline, Versions};

/// `--version`: the licence of the geographical data asks for its source to be named.
const LONG_VERSION: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    "\nGeographical data: GeoNames (geonames.org), CC BY 4.0; all licences are in NOTICE.",
);

/// Reads reports of attacks and keeps the record of who says what.
#[derive(Debug, Parser)]
#[command(
    name = "watchkeeper",
    version,
    long_version = LONG_VERSION,
    about,
    max_term_width = 100,
    after_help = "Example:\n  echo 'A bomb killed two people in Oran on Monday, police said.' | watchkeeper read"
)]
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
    /// Print why a report is read as it is: the frames, words and grammar behind every fact, and what was rejected.
    Explain(Explain),
    /// Take reports into the archive and keep the record.
    Ingest(Ingest),
    /// Print the record of a moment.
    Record(Record),
    /// Print one incident with all that hangs on it.
    Show(Show),
    /// Find reports and incidents by words.
    Search(Search),
    /// Print what happened, was said and changed when.
    Timeline(Timeline),
    /// Print the versions of a report and what each edit changed.
    Versions(Versions),
    /// Write incidents for other programs: as a table, a map or lines of JSON.
    Export(Export),
    /// Print what changed between the records of two moments.
    Diff(Diff),
    /// Look up the words of every stored fact in the archived texts again.
    Audit(Audit),
    /// Print the inputs that could not be read.
    Rejected(Rejected),
    /// Link every archived version anew.
    Rebuild(Rebuild),
    /// Note that a fact was checked and holds.
    Accept(Accept),
    /// Note that a fact does not hold; the record is computed without it.
    Reject(Reject),
    /// Set a value of an incident.
    Override(Override),
    /// Note that two incidents are one.
    Merge(Merge),
    /// Note that some reports tell of another incident.
    Split(Split),
    /// Grade an outlet on the Admiralty scale.
    Rate(Rate),
    /// Add a remark to an incident.
    Note(Note),
    /// Let exports name a person.
    Unmask(Unmask),
    /// Take a decision back.
    Undo(Undo),
    /// Print what people decided, and that something was forgotten.
    Decisions(Decisions),
    /// Remove a report, or a person's name, and leave a tombstone.
    Forget(Forget),
    /// Print the places that a name may mean, with what speaks for each.
    Places(Places),
    /// Print the days that a time expression may mean, and why.
    When(When),
    /// Print whom a name or title may mean, and why.
    Who(Who),
    /// Serve the dashboard and the interface for programs.
    Serve(Serve),
    /// Say who may call a server, and in which role.
    Token(Token),
    /// Write all that the store holds into one file.
    Backup(Backup),
    /// Fill an empty store from a backup.
    Restore(Backup),
    /// Print the JSON Schema of what the program prints.
    Schema(Schema),
    /// Print the completions of a shell.
    Completions(Completions),
    /// Print a manual page.
    Man(Man),
}

/// `watchkeeper explain`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  echo 'A bomb killed two people in Oran. The mayor blamed Red Column.' | watchkeeper explain -"
)]
pub struct Explain {
    /// A file with a report, or - for standard input.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The day of publication, where the report does not tell it.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub published: Option<PublishedAt>,
    /// Frames of your own, of the form of knowledge/frames.
    #[arg(long, value_name = "FOLDER")]
    pub frames: Option<PathBuf>,
    /// How to print it.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
}

/// Where the store is.
#[derive(Debug, Args)]
pub struct StoreAddress {
    /// The store: sqlite:PATH or postgres://…
    ///
    /// Without it, what the environment variable WATCHKEEPER_STORE says, or the file that WATCHKEEPER_STORE_FILE names;
    /// else sqlite:watchkeeper.db.
    #[arg(long, value_name = "URL", default_value_t = default_store(), hide_default_value = true)]
    pub store: String,
}

/// The store where none is named. A password belongs neither on the command line, which others see, nor in help.
fn default_store() -> String {
    if let Ok(store) = std::env::var("WATCHKEEPER_STORE") {
        return store;
    }
    match std::env::var_os("WATCHKEEPER_STORE_FILE") {
        None => "sqlite:watchkeeper.db".to_owned(),
        Some(path) => std::fs::read_to_string(&path).map_or_else(
            // Whoever opens the store says that this is no address.
            |error| format!("WATCHKEEPER_STORE_FILE {}: {error}", path.display()),
            |text| text.trim().to_owned(),
        ),
    }
}

/// `watchkeeper audit`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  watchkeeper audit")]
pub struct Audit {
    /// Where.
    #[command(flatten)]
    pub address: StoreAddress,
}

/// `watchkeeper rejected`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  watchkeeper rejected")]
pub struct Rejected {
    /// Where.
    #[command(flatten)]
    pub address: StoreAddress,
}

/// `watchkeeper rebuild`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  watchkeeper rebuild")]
pub struct Rebuild {
    /// Where.
    #[command(flatten)]
    pub address: StoreAddress,
}

/// `watchkeeper ingest`.
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  echo 'A bomb killed two people in Oran.' > report.txt && watchkeeper ingest report.txt"
)]
pub struct Ingest {
    /// Files and folders with reports: plain text, HTML, JSON or JSON Lines, RSS, Atom and JSON feeds, WARC, CSV; any of them compressed.
    #[arg(value_name = "PATH", required = true)]
    pub paths: Vec<PathBuf>,
    /// Where.
    #[command(flatten)]
    pub address: StoreAddress,
    /// How many reports to read at a time [default: one a processor].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
}

/// `watchkeeper diff`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  watchkeeper diff --from 2031-05-06 --to 2031-05-08")]
pub struct Diff {
    /// Where.
    #[command(flatten)]
    pub address: StoreAddress,
    /// The earlier moment; a day means its end.
    #[arg(long, value_name = "TIME")]
    pub from: String,
    /// The later moment; a day means its end.
    #[arg(long, value_name = "TIME")]
    pub to: String,
    /// How to print it.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
}

/// `watchkeeper schema`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  watchkeeper schema reading")]
pub struct Schema {
    /// Of what.
    #[arg(value_enum)]
    pub of: Described,
}

/// What has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Described {
    /// A reading, as `read --format json` prints one a line.
    Reading,
    /// The record, as `record --format json` prints it.
    Record,
}

/// `watchkeeper completions`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  watchkeeper completions bash")]
pub struct Completions {
    /// For which shell.
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// `watchkeeper man`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  watchkeeper man read")]
pub struct Man {
    /// Of which command [default: of the program].
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
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
    after_help = "Example:\n  echo 'Two people died in a blast in Oran.' | watchkeeper read --published 2024-03-25"
)]
pub struct Read {
    /// Files with reports: plain text, HTML, JSON or JSON Lines, RSS, Atom and JSON feeds, WARC, CSV; `-` for standard input.
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
    /// Print the text too, with the words of facts marked and boilerplate dimmed.
    #[arg(long)]
    pub marked: bool,
    /// Read these frames too: a folder of TOML files of the form of knowledge/frames.
    #[arg(long, value_name = "DIR")]
    pub frames: Option<PathBuf>,
    /// Know these actors too: a folder of tables of the form of knowledge/actors.
    #[arg(long, value_name = "DIR")]
    pub actors: Option<PathBuf>,
    /// How many reports to read at a time [default: one a processor].
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
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

/// `watchkeeper who`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  watchkeeper who 'the Kremlin spokesman' --on 2024-03-25\n  watchkeeper who 'al-Shebab'"
)]
pub struct Who {
    /// The name or title, as a report writes it.
    #[arg(value_name = "NAME", required = true)]
    pub name: Vec<String>,
    /// The day on which it was written; without it an office leads to no holder.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub on: Option<PublishedAt>,
    /// Know these actors too: a folder of tables of the form of knowledge/actors.
    #[arg(long, value_name = "DIR")]
    pub actors: Option<PathBuf>,
    /// How to print the candidates.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// How many candidates to print.
    #[arg(long, value_name = "N", default_value_t = 10)]
    pub limit: usize,
}

/// `watchkeeper when`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  watchkeeper when 'on Friday evening' --published 2024-03-25\n  watchkeeper when 'two days earlier' --published 2024-03-25 --told 2024-03-14"
)]
pub struct When {
    /// The expression, or a text with several.
    #[arg(value_name = "EXPRESSION", required = true)]
    pub expression: Vec<String>,
    /// When it was published; without it what is told from that day stays open.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub published: Option<PublishedAt>,
    /// The day that the text tells of, from which "two days earlier" counts.
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub told: Option<PublishedAt>,
    /// How to print the readings.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
}

fn date(text: &str) -> Result<PublishedAt, String> {
    PublishedAt::parse(text)
        .ok_or_else(|| "expected a date as 2024-03-25 or a time as 2024-03-25T14:00:00Z".to_owned())
}
