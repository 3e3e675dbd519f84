//! Every span slices its text: offsets count Unicode code points, and `text` is the exact substring.

use serde_json::{Value, json};

use super::reports::{FERRY, UGLY, hundred, line};
use super::run::{readings, shared};

/// Calls `check` with every object below that is a span.
fn spans<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| spans(value, found)),
        Value::Object(fields) => {
            if ["start", "end", "text"].iter().all(|name| fields.contains_key(*name)) {
                found.push(value);
            }
            fields.values().for_each(|value| spans(value, found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Checks all spans of a reading and gives their number.
fn check(reading: &Value) -> usize {
    let text: Vec<char> = reading["document"]["text"].as_str().expect("a text").chars().collect();
    let title: Vec<char> = reading["document"]["title"].as_str().unwrap_or("").chars().collect();
    let mut found = Vec::new();
    spans(reading, &mut found);
    for span in &found {
        let whole = if span["field"] == "title" { &title } else { &text };
        let at = |name: &str| usize::try_from(span[name].as_u64().expect("a position")).expect("small");
        let words = whole.get(at("start")..at("end")).map(|chars| chars.iter().collect::<String>());
        assert_eq!(words.as_deref(), span["text"].as_str(), "{span}");
    }
    for masked in reading["document"]["masked"].as_array().expect("a list") {
        assert!(masked["end"].as_u64().expect("a position") as usize <= text.len(), "{masked}");
    }
    found.len()
}

/// Every fact has words that support it.
fn check_evidence(reading: &Value) {
    for kind in ["incidents", "attributions", "casualties", "warnings", "threats", "events"] {
        for fact in reading[kind].as_array().expect("a list") {
            assert!(fact["evidence"].as_array().is_some_and(|spans| !spans.is_empty()), "{kind}: {fact}");
        }
    }
    for statement in reading["statements"].as_array().expect("a list") {
        let content = &statement["evidence"]["content"];
        assert!(content.as_array().is_some_and(|spans| !spans.is_empty()), "{statement}");
    }
}

#[test]
fn spans_slice_their_texts() {
    let reports: String = UGLY
        .iter()
        .flat_map(|ugly| [json!({ "text": ugly, "title": FERRY }), json!({ "text": FERRY, "title": ugly })])
        .map(|report| line(&report))
        .collect();
    let found: usize = readings(reports).iter().inspect(|reading| check_evidence(reading)).map(check).sum();
    assert!(found > 200, "only {found} spans to check");
    assert!(readings(hundred()).iter().map(check).sum::<usize>() > 1000);
}

/// Cuts and inserts at positions that a simple generator draws, so that every run tries the same.
#[test]
fn spans_slice_mangled_texts() {
    const INSERTED: [&str; 10] =
        ["“", "”", "\u{301}", "😀", "\n\n", "\r", "\u{202e}", "said", "\u{0}", " – "];
    let mut state = 7_u64;
    let mut draw = |bound: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits") % bound
    };
    let mut reports = String::new();
    for _ in 0..150 {
        let mut chars: Vec<String> = FERRY.chars().map(String::from).collect();
        for _ in 0..draw(12) {
            let at = draw(chars.len());
            chars.insert(at, INSERTED[draw(INSERTED.len())].to_owned());
            let from = draw(chars.len());
            let to = (from + draw(40)).min(chars.len());
            chars.drain(from..to);
        }
        reports += &line(&json!({ "text": chars.concat() }));
    }
    for reading in readings(reports) {
        check(&reading);
        check_evidence(&reading);
    }
}

#[test]
fn spans_slice_the_scenarios() {
    let Some(shared) = shared("spans of the scenarios' reports") else { return };
    let mut reports = String::new();
    let mut folders: Vec<_> = std::fs::read_dir(shared.join("scenarios"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    for folder in folders.iter().take(3) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|extension| extension == "txt") {
                let text = std::fs::read_to_string(&path).expect("a text");
                reports += &line(&json!({ "text": text, "published": "2024-01-10" }));
            }
        }
    }
    let found: usize = readings(reports).iter().inspect(|reading| check_evidence(reading)).map(check).sum();
    assert!(found > 500, "only {found} spans to check");
}

#[test]
fn an_id_is_the_hash_of_the_text() {
    let one = &readings(line(&json!({ "text": FERRY, "source": "Courier" })))[0];
    let same = &readings(line(&json!({ "text": FERRY, "source": "Herald" })))[0];
    let other = &readings(line(&json!({ "text": format!("{FERRY} "), "source": "Courier" })))[0];
    assert_eq!(one["document"]["id"], same["document"]["id"]);
    assert_ne!(one["document"]["id"], other["document"]["id"]);
}
