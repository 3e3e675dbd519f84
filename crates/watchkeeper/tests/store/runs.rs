//! The program itself, run on a folder of invented reports.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::scratch::{Scratch, folder};
use super::streams::Numbers;

/// How many reports there are: several transactions of them.
const REPORTS: usize = 700;

const CITIES: [&str; 12] = [
    "Lima",
    "Oran",
    "Graz",
    "Cork",
    "Bari",
    "Gaziantep",
    "Sokoto",
    "Davao",
    "Perm",
    "Tacoma",
    "Cali",
    "Lahore",
];
const TARGETS: [&str; 6] =
    ["a tram depot", "a bank", "a fish market", "a bus station", "a church", "a barracks"];
const GROUPS: [&str; 4] = ["Grey Owls", "Ninth Column", "Salt Front", "Harvest Brigade"];

/// The end of all time.
const END: &[&str] = &["--as-of", "2040-01-01", "--recorded-by", "2140-01-01"];

/// A file of reports, in no order of time, with copies and new versions among them.
pub fn reports() -> &'static Path {
    static FILE: LazyLock<PathBuf> = LazyLock::new(|| {
        let mut numbers = Numbers(5);
        let mut lines: Vec<String> = (0..REPORTS).map(|number| line(number, &mut numbers)).collect();
        numbers.shuffle(&mut lines);
        let file = folder().join("reports.jsonl");
        std::fs::write(&file, lines.concat()).expect("a file of reports");
        file
    });
    &FILE
}

fn line(number: usize, numbers: &mut Numbers) -> String {
    let mut of = |list: &'static [&'static str]| list[numbers.below(list.len())];
    let (city, target, group) = (of(&CITIES), of(&TARGETS), of(&GROUPS));
    let (day, hour, dead) = (1 + numbers.below(28), numbers.below(24), 2 + numbers.below(7));
    let text = format!(
        "{city}: bomb at {target}\\n\\nA bomb killed {dead} people at {target} in {city} on Tuesday, police said. \
         The {group} claimed responsibility for the attack in a letter to a radio station. \
         Report {number} of the agency's desk."
    );
    // Every seventh is a later version of the one before.
    let address = if number % 7 == 6 { number - 1 } else { number };
    format!(
        "{{\"url\": \"https://desk{}.example/{address}\", \"source\": \"Desk {}\", \
         \"published\": \"2031-05-{day:02}T{hour:02}:{:02}:00Z\", \"text\": \"{text}\"}}\n",
        number % 9,
        number % 9,
        number % 60,
    )
}

/// The program with these arguments.
pub fn program(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_watchkeeper")).args(arguments).output().expect("the program runs")
}

/// Begins to take the reports in.
pub fn begin(address: &str) -> Child {
    Command::new(env!("CARGO_BIN_EXE_watchkeeper"))
        .arg("ingest")
        .arg(reports())
        .args(["--store", address])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs")
}

/// Takes the reports in, to the end.
pub fn complete(address: &str) {
    let output = begin(address).wait_with_output().expect("the program ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The record at the end of all time, and the ids that its incidents once had.
///
/// Those are apart since they tell what was recorded before what: of a run that was cut short and made good, as of two
/// runs, a reader may have seen an incident that began with a later report, and its id has to lead on.
pub fn record(address: &str) -> (Value, BTreeSet<String>) {
    let output = program(&[&["record", "--format", "json", "--store", address], END].concat());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut record: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let mut former = BTreeSet::new();
    for incident in record["incidents"].as_array_mut().expect("incidents") {
        let Value::Array(ids) = incident["former_ids"].take() else { panic!("no former ids: {incident}") };
        former.extend(ids.iter().map(|id| id.as_str().expect("an id").to_owned()));
    }
    (record, former)
}

/// What a run that nothing disturbs leaves, and how long it takes.
pub struct Undisturbed {
    /// The record, former ids aside.
    pub record: Value,
    /// Every row that linking makes.
    pub tables: Vec<(&'static str, Vec<String>)>,
    /// How long it takes.
    pub took: Duration,
}

impl Undisturbed {
    /// Runs it.
    pub fn new(make: fn() -> Scratch) -> Self {
        let scratch = make();
        let started = Instant::now();
        complete(&scratch.address);
        let took = started.elapsed();
        let (record, _) = record(&scratch.address);
        let incidents = record["incidents"].as_array().map_or(0, Vec::len);
        assert!(incidents > 20, "a record of {incidents} incidents is no trial");
        Self { record, tables: scratch.derived(), took }
    }

    /// Asserts that a store holds the same, and that every word in it is where it should be.
    pub fn assert_same(&self, scratch: &Scratch, what: &str) {
        let (record, former) = record(&scratch.address);
        assert!(record == self.record, "another record: {what}");
        for id in former.iter().take(3) {
            let shown = program(&[&["show", id, "--store", &scratch.address], END].concat());
            assert!(shown.status.success(), "{what}: {}", String::from_utf8_lossy(&shown.stderr));
        }
        assert!(scratch.derived() == self.tables, "other rows: {what}");
        let audit = program(&["audit", "--store", &scratch.address]);
        assert!(audit.status.success(), "{what}: {}", String::from_utf8_lossy(&audit.stdout));
    }
}

/// Asserts that a run ended with status 2 and one line on standard error, which holds these words.
pub fn assert_one_line(output: &Output, words: &str) {
    let line = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{line}");
    assert_eq!(line.lines().count(), 1, "{line}");
    assert!(line.starts_with("watchkeeper: ") && line.contains(words), "{line}");
}
