//! `watchkeeper ingest`: reports into the archive; parallel reading, one writer, batched commits.

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use watchkeeper_core::reading::Reading;
use watchkeeper_ingest::{Defaults, Rejection};
use watchkeeper_store::{Added, KnownVersion, NewVersion, Rejected, Store};

use crate::args::Ingest;
use crate::inputs::{self, Arrival};
use crate::pipeline::{self, Pipeline};
use crate::{complain, knowledge, ordered, page, versions};

/// How many versions are written in one transaction.
const BATCH: usize = 256;

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
    let mut intake = Intake::new(Store::open(&arguments.address.store)?);
    ordered::map(
        pipeline::threads(arguments.threads),
        move |give| inputs::give_all(&files, &Defaults::default(), pipeline.boilerplate(), give),
        move |Arrival { input, number, capture }| Read {
            input,
            number,
            reading: capture.map(|capture| reader.read(capture)),
        },
        |read| intake.take(read),
    )?;
    intake.finish()
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

/// What is on its way into the store.
struct Intake {
    store: Store,
    waiting: Vec<NewVersion>,
    /// Versions that wait, by address, as the store will know them.
    soon_known: BTreeMap<String, Vec<KnownVersion>>,
    rejected: Vec<Rejected>,
    added: Added,
    rejections: usize,
    now: Timestamp,
    bar: ProgressBar,
}

impl Intake {
    fn new(store: Store) -> Self {
        let bar =
            if std::io::stderr().is_terminal() { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        let style = ProgressStyle::with_template("{spinner} {pos} reports, {per_sec}, {msg}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        Self {
            store,
            waiting: Vec::new(),
            soon_known: BTreeMap::new(),
            rejected: Vec::new(),
            added: Added::default(),
            rejections: 0,
            now: Timestamp::now(),
            bar,
        }
    }

    fn take(&mut self, read: Read) -> anyhow::Result<()> {
        let name = inputs::name(&read.input);
        self.bar.set_message(page::plain::one_line(&name));
        match read.reading {
            Ok(reading) => match pipeline::failure(&reading) {
                None => return self.reading(&reading, &name, read.number),
                Some(failure) => self.reject(&name, &format!("report {}", read.number), failure.to_owned()),
            },
            Err(rejection) => {
                self.reject(&name, &rejection.part.to_string(), rejection.reason.to_string());
            }
        }
        Ok(())
    }

    fn reading(&mut self, reading: &Reading, file: &str, number: usize) -> anyhow::Result<()> {
        self.bar.inc(1);
        // A file may hold several reports without an address; the first is known by the file's path alone.
        let by_path = if number == 1 { file.to_owned() } else { format!("{file}#{number}") };
        let identity = reading.document.url.clone().unwrap_or(by_path);
        let mut known = self.store.versions_at(&identity)?;
        known.extend(self.soon_known.get(&identity).into_iter().flatten().cloned());
        match versions::of(reading, &identity, &known, self.now)? {
            None => self.added.known += 1,
            Some(new) => {
                let version = KnownVersion { text_hash: new.text_hash.clone(), published: new.published };
                self.soon_known.entry(identity).or_default().push(version);
                self.waiting.push(new);
            }
        }
        if self.waiting.len() >= BATCH { self.write() } else { Ok(()) }
    }

    fn reject(&mut self, input: &str, place: &str, reason: String) {
        let shown = if place.is_empty() { reason.clone() } else { format!("{place}: {reason}") };
        self.bar.suspend(|| complain(&format!("{input}: {shown}")));
        self.rejections += 1;
        self.rejected.push(Rejected {
            input: input.to_owned(),
            place: place.to_owned(),
            reason,
            recorded_at: self.now,
        });
    }

    fn write(&mut self) -> anyhow::Result<()> {
        let added = self.store.add(std::mem::take(&mut self.waiting))?;
        self.soon_known.clear();
        self.added.new += added.new;
        self.added.known += added.known;
        Ok(())
    }

    fn finish(mut self) -> anyhow::Result<ExitCode> {
        self.write()?;
        if !self.rejected.is_empty() {
            self.store.reject(&self.rejected)?;
        }
        self.bar.finish_and_clear();
        let Added { new, known } = self.added;
        let rejections = self.rejections;
        eprintln!("{new} new, {known} known, {rejections} rejected");
        Ok(if rejections == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}
