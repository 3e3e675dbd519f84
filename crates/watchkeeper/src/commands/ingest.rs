//! `watchkeeper ingest`: reports into the archive; parallel reading, one writer, batched commits.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use watchkeeper_core::reading::Reading;
use watchkeeper_ingest::{Defaults, Rejection};
use watchkeeper_store::{Added, Rejected, Store};

use crate::args::Ingest;
use crate::inputs::{self, Arrival};
use crate::intake::{BATCH, Intake};
use crate::pipeline::{self, Pipeline};
use crate::{complain, knowledge, ordered, page};

/// Takes reports in; the status is 1 where something was rejected.
///
/// # Errors
/// Where the store cannot be opened or written.
pub fn run(arguments: &Ingest) -> anyhow::Result<ExitCode> {
    let mut files = Vec::new();
    for path in &arguments.paths {
        inputs::check(path)?;
        gather(path, &mut files)?;
    }
    let pipeline = Arc::new(Pipeline::new(knowledge::load(knowledge::Own::default())?)?);
    let reader = Arc::clone(&pipeline);
    let mut run = Run::new(Store::open(&arguments.address.store)?);
    ordered::map(
        pipeline::threads(arguments.threads),
        move |give| inputs::give_all(&files, &Defaults::default(), pipeline.boilerplate(), give),
        move |Arrival { input, number, capture }| Read {
            input,
            number,
            reading: capture.map(|capture| reader.read(capture)),
        },
        |read| run.take(read),
    )?;
    run.finish()
}

/// The files under a path, in the order of their names.
fn gather(path: &Path, files: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    let entries = std::fs::read_dir(path).with_context(|| format!("{}: cannot be listed", path.display()))?;
    let mut inside = entries
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<Vec<_>, _>>()
        .with_context(|| format!("{}: cannot be listed", path.display()))?;
    inside.sort();
    inside.iter().try_for_each(|entry| gather(entry, files))
}

/// A report, read, or why it was not.
struct Read {
    input: Arc<Path>,
    number: usize,
    reading: Result<Reading, Rejection>,
}

/// A run of the command.
struct Run {
    intake: Intake,
    rejected: Vec<Rejected>,
    /// How many are in a language that is not read.
    foreign: usize,
    now: Timestamp,
    bar: ProgressBar,
}

impl Run {
    fn new(store: Store) -> Self {
        let bar =
            if std::io::stderr().is_terminal() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        let style = ProgressStyle::with_template("{spinner} {pos} reports, {per_sec}, {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        let now = Timestamp::now();
        Self { intake: Intake::new(store, BATCH, now), rejected: Vec::new(), foreign: 0, now, bar }
    }

    fn take(&mut self, read: Read) -> anyhow::Result<()> {
        let name = inputs::name(&read.input);
        self.bar.set_message(page::plain::one_line(&name));
        match read.reading {
            Ok(reading) => match pipeline::failure(&reading) {
                None => {
                    self.bar.inc(1);
                    self.foreign += usize::from(pipeline::is_foreign(&reading));
                    return self.intake.take(&reading, &name, read.number);
                }
                Some(failure) => self.reject(&name, &format!("report {}", read.number), failure.to_owned()),
            },
            Err(rejection) => {
                self.reject(&name, &rejection.part.to_string(), rejection.reason.to_string());
            }
        }
        Ok(())
    }

    fn reject(&mut self, input: &str, place: &str, reason: String) {
        let shown = if place.is_empty() { reason.clone() } else { format!("{place}: {reason}") };
        self.bar.suspend(|| complain(&format!("{input}: {shown}")));
        self.rejected.push(Rejected {
            input: input.to_owned(),
            place: place.to_owned(),
            reason,
            recorded_at: self.now,
        });
    }

    fn finish(self) -> anyhow::Result<ExitCode> {
        let (mut store, Added { new, known, forgotten }) = self.intake.finish()?;
        let rejections = self.rejected.len();
        if rejections > 0 {
            store.reject(&self.rejected)?;
        }
        self.bar.finish_and_clear();
        // A report that is not English is kept and can be searched, but tells nothing.
        let foreign = match self.foreign {
            0 => String::new(),
            count => format!(", {count} not in English and not read"),
        };
        let forgotten = match forgotten {
            0 => String::new(),
            count => format!(", {count} forgotten before and kept out"),
        };
        eprintln!("{new} new, {known} known, {rejections} rejected{foreign}{forgotten}");
        Ok(if rejections == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
