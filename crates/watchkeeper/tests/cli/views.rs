//! What is asked of the record: filters, words, one incident, what happened when, versions, exports.

use std::path::Path;

use serde_json::{Value, json};

use super::reports::{FERRY, line};
use super::run::{Folder, Run, finish, program};

/// Runs the program in a folder.
pub fn at(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = program();
    command.args(arguments).current_dir(folder);
    finish(command, b"")
}

/// A folder with a store of a few reports: an attack with its follow-up and a copy, another attack elsewhere.
pub fn store(name: &str) -> Folder {
    let folder = Folder::new(name);
    let later =
        FERRY.replace("at least 12 people", "19 people").replace("Bomb tears", "Toll rises after bomb tears");
    let elsewhere = "Gunmen attack police post near Oran\n\nORAN, March 5 — Gunmen attacked a police post outside Oran, \
        Algeria, on Tuesday, killing three officers, the interior ministry said. Nobody claimed responsibility for the attack.";
    let reports = [
        ("https://courier.example/1", "Courier", "2024-03-04T12:00:00Z", FERRY),
        ("https://tagus.example/4", "Tagus", "2024-03-04T15:00:00Z", FERRY),
        ("https://oran.example/1", "Oran Daily", "2024-03-05T20:00:00Z", elsewhere),
        ("https://herald.example/7", "Herald", "2024-03-06T09:00:00Z", &later),
    ];
    let report = |(url, source, published, text): (&str, &str, &str, &str)| {
        line(&json!({ "url": url, "source": source, "published": published, "text": text }))
    };
    folder.file("reports.jsonl", reports.into_iter().map(report).collect::<String>());
    let done = at(&folder.0, &["ingest", "reports.jsonl"]);
    assert_eq!(done.status, Some(0), "{}", done.err);
    folder
}

/// What a command prints as JSON.
pub fn answer(folder: &Path, arguments: &[&str]) -> Value {
    let done = at(folder, &[arguments, &["--format", "json"]].concat());
    assert_eq!(done.status, Some(0), "{arguments:?}: {}", done.err);
    serde_json::from_str(&done.out).expect("one JSON object")
}

/// The members of a list.
pub fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

#[test]
fn filters_leave_what_they_say() {
    let folder = store("filters");
    let all = answer(&folder.0, &["record"]);
    let held = |filter: &[&str]| {
        let part = answer(&folder.0, &[&["record"], filter].concat());
        let part = list(&part["incidents"]).to_vec();
        assert!(part.iter().all(|incident| list(&all["incidents"]).contains(incident)), "{filter:?}");
        part.len()
    };
    let total = list(&all["incidents"]).len();
    assert!(total >= 2, "{all}");
    assert_eq!(held(&["--country", "DZ"]), 1);
    assert_eq!(held(&["--near", "Oran", "--within-km", "30"]), 1);
    assert_eq!(held(&["--near", "Oran, Algeria"]), 1);
    assert_eq!(held(&["--near", "-35.7,-0.6"]), 0);
    assert_eq!(held(&["--source", "oran daily"]), 1);
    assert_eq!(held(&["--text", "coastguards ferry"]), total - 1);
    assert_eq!(held(&["--actor", "northern islands front"]), 1);
    assert_eq!(held(&["--stage", "threatened"]), 0);
    assert_eq!(held(&["--from", "2024-03-05", "--to", "2024-03-05", "--type", "armed_assault"]), 1);
    for wrong in [
        &["--near", "Xyzzyville"][..],
        &["--near", "99,0"],
        &["--stage", "done"],
        &["--text", "?!"],
        &["--within-km", "99999"],
    ] {
        let done = at(&folder.0, &[&["record"], wrong].concat());
        assert_eq!(done.status, Some(2), "{wrong:?}");
        assert!(done.err.contains(wrong[0]), "{}", done.err);
    }
}

#[test]
fn words_find_reports_and_incidents() {
    let folder = store("search");
    let found = answer(&folder.0, &["search", "ferries", "COASTGUARD"]);
    let reports = list(&found["reports"]);
    assert_eq!(reports.len(), 3);
    assert_eq!(reports[0]["source"], "Herald");
    for report in reports {
        let snippet: Vec<char> = report["snippet"]["text"].as_str().expect("a text").chars().collect();
        let words: Vec<String> = list(&report["snippet"]["marks"])
            .iter()
            .map(|mark| {
                let end = |at: usize| usize::try_from(mark[at].as_u64().expect("a number")).expect("small");
                snippet[end(0)..end(1)].iter().collect()
            })
            .collect();
        assert!(words.iter().any(|word| word.starts_with("ferr")), "{words:?}");
    }
    assert!(!list(&found["incidents"]).is_empty());
    assert_eq!(list(&answer(&folder.0, &["search", "ferry", "--as-of", "2024-03-05"])["reports"]).len(), 2);
    let page = at(&folder.0, &["search", "ferry"]).out;
    assert!(page.contains("crowded ferry") && page.contains("What they tell of"), "{page}");
    for odd in ["\"", "a OR", "(((", "NEAR(x", "--", "ferry*", "'; DROP TABLE versions"] {
        let done = at(&folder.0, &["search", "--", odd]);
        assert!(matches!(done.status, Some(0 | 2)) && !done.err.contains("store"), "{odd}: {}", done.err);
    }
}
