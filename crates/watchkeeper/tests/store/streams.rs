//! Streams of reports, each report read once for all tests.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use jiff::Timestamp;
use serde_json::{Value, json};
use watchkeeper::intake::Intake;
use watchkeeper::pipeline::Pipeline;
use watchkeeper::wire::{self, record::WireRecord};
use watchkeeper::{inputs, knowledge, ordered, versions};
use watchkeeper_core::reading::Reading;
use watchkeeper_ingest::{Defaults, captures};
use watchkeeper_store::{Filter, Store};

/// The stream in which a report is edited: which of its versions arrives first decides from when on each counts.
pub const EDITED: &str = "the example stream";

/// Reports that belong together.
pub struct Stream {
    /// What it is called.
    pub name: String,
    /// Its readings with the names of the files that they are from.
    pub readings: Vec<(String, Reading)>,
}

/// When all tests record.
pub fn now() -> Timestamp {
    "2040-01-01T00:00:00Z".parse().expect("a time")
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Our own examples, and the scenarios where they are at hand.
pub fn streams() -> &'static [Stream] {
    static STREAMS: LazyLock<Vec<Stream>> = LazyLock::new(read);
    &STREAMS
}

fn read() -> Vec<Stream> {
    let pipeline = Pipeline::new(knowledge::load(knowledge::Own::default()).expect("well-formed knowledge"))
        .expect("embedded weights");
    let shared =
        std::env::var_os("WATCHKEEPER_SHARED").map_or_else(|| root().join("../shared"), PathBuf::from);
    let example = std::fs::read_to_string(root().join("examples/stream/reports.jsonl")).expect("our stream");
    let mut inputs = vec![("examples".to_owned(), String::new()), (EDITED.to_owned(), example)];
    let scenarios = shared.join("scenarios");
    match std::fs::read_dir(&scenarios) {
        Ok(entries) => {
            let mut folders: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
            folders.sort();
            folders.retain(|folder| folder.join("scenario.json").is_file());
            inputs.extend(folders.iter().map(|folder| {
                (folder.file_name().expect("a name").to_string_lossy().into_owned(), scenario(folder))
            }));
        }
        Err(_) => eprintln!("skipped: the scenarios of ../shared are not here"),
    }
    let mut arrivals = Vec::new();
    for (number, (name, lines)) in inputs.iter().enumerate() {
        if lines.is_empty() {
            let mut paths: Vec<PathBuf> = std::fs::read_dir(root().join("examples"))
                .expect("the folder of examples")
                .map(|entry| entry.expect("an entry").path())
                .filter(|path| path.is_file())
                .collect();
            paths.sort();
            let boilerplate = pipeline.boilerplate();
            inputs::give_all(&paths, &Defaults::default(), boilerplate, &mut |arrival| {
                let file = format!("{}#{}", arrival.input.display(), arrival.number);
                arrivals.push((number, file, arrival.capture.expect("a report")));
                std::ops::ControlFlow::Continue(())
            });
        } else {
            let reader = Box::new(std::io::Cursor::new(lines.clone()));
            for capture in captures(reader, &Defaults::default(), pipeline.boilerplate()) {
                arrivals.push((number, name.clone(), capture.expect("a report")));
            }
        }
    }
    let mut streams: Vec<Stream> =
        inputs.into_iter().map(|(name, _)| Stream { name, readings: Vec::new() }).collect();
    ordered::map(
        NonZeroUsize::new(2).expect("two"),
        move |give| {
            for arrival in arrivals {
                if give(arrival).is_break() {
                    return;
                }
            }
        },
        move |(number, file, capture)| (number, file, pipeline.read(capture)),
        |(number, file, reading)| {
            streams[number].readings.push((file, reading));
            Ok(())
        },
    )
    .expect("all read");
    streams
}

/// A scenario's reports as JSON Lines.
fn scenario(folder: &Path) -> String {
    let text = std::fs::read_to_string(folder.join("scenario.json")).expect("a scenario");
    let scenario: Value = serde_json::from_str(&text).expect("JSON");
    let mut lines = String::new();
    for report in scenario["reports"].as_array().expect("reports") {
        let file = folder.join(report["file"].as_str().expect("a file"));
        let text = std::fs::read_to_string(file).expect("a report");
        let (title, body) = text.split_once('\n').unwrap_or((&text, ""));
        let report = json!({
            "url": report["url"], "source": report["source"], "published": report["published"],
            "title": title.trim(), "text": body.trim(),
        });
        lines.push_str(&format!("{report}\n"));
    }
    lines
}

/// From when on a report counts.
pub fn time((file, reading): &(String, Reading)) -> Timestamp {
    let version = versions::of(reading, file, &[], now()).expect("a time that can be reckoned");
    version.expect("a new version").version.time
}

/// Feeds readings to a store, so many in a transaction.
pub fn feed<'a>(
    address: &str,
    readings: impl IntoIterator<Item = &'a (String, Reading)>,
    batch: usize,
) -> Store {
    let mut intake = Intake::new(Store::open(address).expect("a store"), batch, now());
    for (file, reading) in readings {
        intake.take(reading, file, 1).expect("taken");
    }
    intake.finish().expect("written").0
}

/// The record of a moment as it is printed.
pub fn record(store: &mut Store, as_of: Timestamp) -> String {
    let record = store.record(as_of, None, &Filter::default()).expect("a record");
    wire::line(&WireRecord::new(&record, now())).expect("JSON")
}

/// A small generator of numbers (Knuth's MMIX constants), so that a trial is the same everywhere.
pub struct Numbers(pub u64);

impl Numbers {
    /// The next number below a bound.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound
    }

    /// Puts things into another order.
    pub fn shuffle<T>(&mut self, things: &mut [T]) {
        for last in (1..things.len()).rev() {
            things.swap(last, self.below(last + 1));
        }
    }
}
