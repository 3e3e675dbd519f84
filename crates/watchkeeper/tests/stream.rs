//! The example stream, taken into a fresh store by the program: what its record holds at one moment after another.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::{Value, json};

const PASSED: &str = "2025-04-01T00:00:00+01:00";

/// A folder of its own with a store that holds the stream; removed in the end.
struct Archive(PathBuf);

impl Archive {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("watchkeeper-stream-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder for temporary files");
        let archive = Self(folder);
        let ingested = archive.ingest();
        assert_eq!(ingested, "13 new, 0 known, 0 rejected");
        archive
    }

    fn ingest(&self) -> String {
        let reports = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/stream/reports.jsonl");
        let done = self.run(&["ingest", &reports.display().to_string()]);
        String::from_utf8_lossy(&done.stderr).trim().to_owned()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let store = format!("sqlite:{}", self.0.join("store.db").display());
        let done = Command::new(env!("CARGO_BIN_EXE_watchkeeper"))
            .args(arguments)
            .args(["--store", &store])
            .output()
            .expect("the program runs");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        done
    }

    fn record(&self, as_of: &str) -> Value {
        let done = self.run(&["record", "--as-of", as_of, "--format", "json"]);
        serde_json::from_slice(&done.stdout).expect("one JSON object")
    }
}

impl Drop for Archive {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The only incident of a type.
fn incident<'a>(record: &'a Value, kind: &str) -> &'a Value {
    let of_kind: Vec<&Value> =
        list(&record["incidents"]).iter().filter(|incident| incident["type"] == kind).collect();
    assert_eq!(of_kind.len(), 1, "{kind}");
    of_kind[0]
}

fn bombing(record: &Value) -> &Value {
    incident(record, "bombing")
}

/// The status of an actor; null where nobody speaks of it.
fn status<'a>(incident: &'a Value, actor: &str) -> &'a Value {
    let attribution = list(&incident["attributions"]).iter().find(|one| one["actor"]["name"] == actor);
    attribution.map_or(&Value::Null, |one| &one["status"])
}

fn killed(incident: &Value) -> (&Value, &Value) {
    (&incident["killed"]["low"], &incident["killed"]["high"])
}

#[test]
fn an_accusation_is_made_denied_and_refuted_while_the_claim_stands() {
    let archive = Archive::new("statuses");
    for (as_of, varenia, group) in [
        ("2025-03-13T09:00:00+01:00", Value::Null, Value::Null),
        ("2025-03-13T15:00:00+01:00", Value::Null, json!("claimed")),
        ("2025-03-13T21:00:00+01:00", json!("accused"), json!("claimed")),
        ("2025-03-15T00:00:00+01:00", json!("contested"), json!("claimed")),
        (PASSED, json!("refuted"), json!("claimed")),
    ] {
        let record = archive.record(as_of);
        let incident = bombing(&record);
        let said = (status(incident, "Varenia"), status(incident, "Ember Column"));
        assert_eq!(said, (&varenia, &group), "as of {as_of}");
    }
    let record = archive.record(PASSED);
    let actors = list(&bombing(&record)["attributions"]).iter().map(|one| &one["actor"]["name"]);
    let organised = actors.filter(|name| *name != "A man" && *name != "Three men");
    assert_eq!(organised.collect::<Vec<_>>(), ["Ember Column", "Varenia"]);
}

#[test]
fn the_count_moves_and_is_corrected_downward() {
    let archive = Archive::new("counts");
    for (as_of, low, high) in [
        ("2025-03-13T09:00:00+01:00", 4, Value::Null),
        ("2025-03-13T15:00:00+01:00", 9, json!(9)),
        ("2025-03-17T00:00:00+01:00", 11, json!(11)),
        ("2025-03-18T00:00:00+01:00", 10, json!(10)),
        (PASSED, 10, json!(10)),
    ] {
        assert_eq!(killed(bombing(&archive.record(as_of))), (&json!(low), &high), "as of {as_of}");
    }
    let record = archive.record(PASSED);
    let series = list(&bombing(&record)["killed"]["series"]);
    let agency = series.iter().filter(|point| point["source"] == "Moravian Press Agency");
    assert_eq!(agency.map(|point| &point["low"]).collect::<Vec<_>>(), [4, 9, 11, 10]);
}

#[test]
fn three_outlets_are_one_origin() {
    let archive = Archive::new("origins");
    for (as_of, outlets, origins) in [("2025-03-13T12:00:00+01:00", 3, 1), (PASSED, 12, 9)] {
        let record = archive.record(as_of);
        let incident = bombing(&record);
        assert_eq!(list(&incident["reports"]).len(), outlets, "as of {as_of}");
        assert_eq!(incident["origins"], origins, "as of {as_of}");
    }
}

#[test]
fn what_else_happened_stays_apart_and_what_did_not_leaves_nothing() {
    let archive = Archive::new("apart");
    let record = archive.record(PASSED);
    assert_eq!(list(&record["incidents"]).len(), 3);
    let stabbing = incident(&record, "stabbing");
    assert_eq!(
        (&stabbing["place"]["name"], &stabbing["date"]["start"]),
        (&json!("Brno"), &json!("2025-03-15"))
    );
    assert_eq!((&stabbing["injured"]["low"], &stabbing["killed"]), (&json!(2), &Value::Null));
    assert_eq!(stabbing["origins"], 1);
    let recalled = incident(&record, "armed_assault");
    assert_eq!(
        (&recalled["place"]["name"], &recalled["date"]["start"]),
        (&json!("Olomouc"), &json!("2022-10-01"))
    );
    assert_eq!(killed(recalled), (&json!(6), &json!(6)));
    let depot = bombing(&record);
    assert_eq!((&depot["place"]["name"], &depot["date"]["start"]), (&json!("Brno"), &json!("2025-03-13")));
    let unrelated = "https://brnoledger.example/culture/concert-hall";
    assert!(!record.to_string().contains(unrelated));
}

#[test]
fn the_warning_came_true_and_the_threat_is_open() {
    let archive = Archive::new("notices");
    let record = archive.record(PASSED);
    let depot = bombing(&record);
    let [warning] = list(&record["warnings"]) else { panic!("{}", record["warnings"]) };
    assert_eq!((&warning["outcome"], &warning["incident"]), (&json!("carried_out"), &depot["id"]));
    assert_eq!(depot["warnings"], json!([warning["id"]]));
    let quote = warning["quote"].as_str().expect("words");
    assert!(quote.starts_with("the Security Information Service had warned"), "{quote}");
    let [threat] = list(&record["threats"]) else { panic!("{}", record["threats"]) };
    assert_eq!((&threat["speaker"]["name"], &threat["outcome"]), (&json!("Ember Column"), &json!("open")));
}

#[test]
fn the_same_stream_again_changes_nothing_and_every_quotation_holds() {
    let archive = Archive::new("again");
    let first = archive.record(PASSED);
    assert_eq!(archive.ingest(), "0 new, 13 known, 0 rejected");
    assert_eq!(archive.record(PASSED)["incidents"], first["incidents"]);
    let audited = archive.run(&["audit"]);
    let words = String::from_utf8_lossy(&audited.stdout) + String::from_utf8_lossy(&audited.stderr);
    assert!(words.contains(", 0 failures"), "{words}");
}
