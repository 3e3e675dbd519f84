//! The same bytes in give the same bytes out, in the order of the input, on any number of threads.

use serde_json::{Value, json};

use super::reports::{FERRY, hundred, line};
use super::run::{Folder, run};

#[test]
fn one_thread_and_eight_print_the_same() {
    let reports = hundred();
    for format in ["json", "text"] {
        let on = |threads: &str| run(&["read", "--format", format, "--threads", threads], &reports);
        let (one, eight) = (on("1"), on("8"));
        assert_eq!(one.status, Some(0));
        assert!(one.out == eight.out, "one thread and eight differ in {format}");
    }
}

#[test]
fn readings_come_in_the_order_of_the_input() {
    let done = run(&["read", "--format", "json", "--threads", "8"], hundred());
    let sources: Vec<String> = done
        .out
        .lines()
        .map(|line| {
            let reading: Value = serde_json::from_str(line).expect("JSON");
            reading["document"]["source"].as_str().expect("a source").to_owned()
        })
        .collect();
    let expected: Vec<String> = (0..100).map(|number| format!("Courier {number}")).collect();
    assert_eq!(sources, expected);
}

#[test]
fn files_are_read_in_the_order_named() {
    let folder = Folder::new("order");
    let first = folder.file("b.txt", "The ferry sank, the mayor said.");
    let second =
        folder.file("a.jsonl", line(&json!({ "text": FERRY })) + &line(&json!({ "text": "Rain fell." })));
    let done = run(
        &[
            "read".as_ref(),
            "--format".as_ref(),
            "json".as_ref(),
            first.as_os_str(),
            "-".as_ref(),
            second.as_os_str(),
        ],
        "From a pipe.",
    );
    let beginnings: Vec<String> = done
        .out
        .lines()
        .map(|line| {
            let reading: Value = serde_json::from_str(line).expect("JSON");
            reading["document"]["text"].as_str().expect("a text").chars().take(10).collect()
        })
        .collect();
    assert_eq!(beginnings, ["The ferry ", "From a pip", "Bomb tears", "Rain fell."]);
}

#[test]
fn a_report_that_cannot_be_read_is_no_lost_line() {
    let input = line(&json!({ "text": "Rain fell." }))
        + "{\"text\": oops}\n"
        + &line(&json!({ "text": "Snow fell." }));
    let done = run(&["read", "--format", "json"], input);
    assert_eq!(done.status, Some(1));
    let readings: Vec<Value> =
        done.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(readings.len(), 3);
    assert_eq!(readings[0]["notes"], json!([]));
    assert!(readings[1]["notes"][0]["message"].as_str().is_some_and(|message| message.contains("line 2")));
    assert_eq!(readings[2]["document"]["text"], "Snow fell.");
    assert_eq!(done.err.lines().count(), 1, "{}", done.err);
}

#[test]
fn flags_speak_for_the_reports() {
    let flags = [
        "read",
        "--format",
        "json",
        "--published",
        "2024-03-05",
        "--source",
        "Courier",
        "--url",
        "https://courier.example/1",
    ];
    let done = run(&flags, "Rain fell.");
    let reading: Value = serde_json::from_str(&done.out).expect("JSON");
    assert_eq!(reading["document"]["published"], "2024-03-05");
    assert_eq!(reading["document"]["source"], "Courier");
    assert_eq!(reading["document"]["url"], "https://courier.example/1");
}
