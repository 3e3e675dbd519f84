//! The sentences of `knowledge/frames/examples`, read as the program reads: what they tell and, as often, what they do not.

use std::fs;
use std::path::PathBuf;

use watchkeeper::knowledge::{self, Own};
use watchkeeper_core::document::{Capture, PublishedAt};
use watchkeeper_core::flow;
use watchkeeper_core::reading::{EntityId, Reading};
use watchkeeper_core::vocabulary::Stage;
use watchkeeper_nlp::Annotator;

/// The least number of examples, and which share of them at least tells nothing.
const LEAST: usize = 1_500;
const NEGATIVE: f64 = 1.0 / 3.0;

/// One table of examples.
struct Table {
    name: String,
    /// Of which facts they tell: attribution, incident, casualty, warning, threat, event.
    kind: String,
    /// A sentence that stands before each.
    before: String,
    /// Line, the facts expected, the text.
    rows: Vec<(usize, Vec<String>, String)>,
}

fn tables() -> Vec<Table> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../knowledge/frames/examples");
    let entries = fs::read_dir(folder).expect("the folder of examples");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let name = path.file_name().expect("a file").to_string_lossy().into_owned();
            table(name, &fs::read_to_string(path).expect("a readable file"))
        })
        .collect()
}

fn table(name: String, text: &str) -> Table {
    let mut table = Table { name, kind: String::new(), before: String::new(), rows: Vec::new() };
    for (number, line) in text.lines().enumerate() {
        if let Some(kind) = line.strip_prefix("# kind: ") {
            table.kind = kind.to_owned();
        } else if let Some(before) = line.strip_prefix("# before: ") {
            table.before = format!("{before} ");
        } else if !line.is_empty() && !line.starts_with('#') {
            let (expected, text) = line.split_once('\t').expect("what is expected, a tab, a text");
            let facts = match expected {
                "-" => Vec::new(),
                facts => facts.split(';').map(|fact| fact.trim().to_owned()).collect(),
            };
            table.rows.push((number + 1, facts, text.to_owned()));
        }
    }
    table
}

/// The facts of a kind, in the words of the tables.
fn facts(reading: &Reading, kind: &str) -> Vec<String> {
    let name = |id: Option<EntityId>| id.map_or("-".to_owned(), |id| reading.entities[id.0].name.clone());
    match kind {
        "attribution" => reading
            .attributions
            .iter()
            .map(|act| format!("{} {} > {}", act.stance, name(act.speaker), name(Some(act.actor))))
            .collect(),
        "incident" => reading
            .incidents
            .iter()
            .map(|incident| match incident.stage {
                Stage::Accomplished => incident.kind.to_string(),
                stage => format!("{stage} {}", incident.kind),
            })
            .collect(),
        "casualty" => reading
            .casualties
            .iter()
            .map(|count| {
                let side = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
                let (low, high) = (side(count.bounds.low), side(count.bounds.high));
                let value = if low == high { low } else { format!("{low}..{high}") };
                format!("{} {value}", count.measure)
            })
            .collect(),
        "warning" => reading.warnings.iter().map(|warning| name(warning.issuer)).collect(),
        "threat" => reading.threats.iter().map(|threat| name(threat.speaker)).collect(),
        "event" => reading.events.iter().map(|event| event.kind.to_string()).collect(),
        other => panic!("no facts are called {other:?}"),
    }
}

#[test]
fn every_example_reads_as_its_table_says() {
    let annotator = Annotator::new().expect("embedded weights");
    let knowledge = knowledge::load(Own::default()).expect("well-formed knowledge");
    let mut wrong = Vec::new();
    for table in tables() {
        for (line, expected, text) in &table.rows {
            let published = "2024-05-07".parse().ok().map(PublishedAt::Day);
            let capture =
                Capture { text: format!("{}{text}", table.before), published, ..Capture::default() };
            let mut said = facts(&flow::read(capture, &annotator, &knowledge), &table.kind);
            let mut wanted = expected.clone();
            said.sort();
            wanted.sort();
            if said != wanted {
                wrong.push(format!("{}:{line}: wants {wanted:?}, reads {said:?}: {text}", table.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn examples_are_many_and_a_third_of_them_tells_nothing() {
    let rows: Vec<bool> =
        tables().iter().flat_map(|table| table.rows.iter().map(|(_, facts, _)| facts.is_empty())).collect();
    let negative = rows.iter().filter(|&&negative| negative).count();
    assert!(rows.len() >= LEAST, "{} examples", rows.len());
    assert!(negative as f64 >= NEGATIVE * rows.len() as f64, "{negative} of {} tell nothing", rows.len());
}

#[test]
fn no_example_stands_twice() {
    let mut texts: Vec<String> = tables()
        .iter()
        .flat_map(|table| table.rows.iter().map(|(_, _, text)| format!("{} {text}", table.kind)))
        .collect();
    texts.sort();
    let twice: Vec<&String> =
        texts.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| &pair[0]).collect();
    assert!(twice.is_empty(), "{twice:?}");
}
