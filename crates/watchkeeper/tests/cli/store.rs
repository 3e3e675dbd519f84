//! Reports into the archive, and the record out of it.

use std::path::Path;

use serde_json::{Value, json};

use super::reports::{FERRY, line};
use super::run::{Folder, Run, finish, program};
use super::schema::assert_fits;

fn at(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = program();
    command.args(arguments).current_dir(folder);
    finish(command, b"")
}

fn stream() -> String {
    let later =
        FERRY.replace("at least 12 people", "19 people").replace("Bomb tears", "Toll rises after bomb tears");
    [
        json!({ "url": "https://courier.example/1", "source": "Courier", "published": "2024-03-04T12:00:00Z", "text": FERRY }),
        json!({ "url": "https://herald.example/7", "source": "Herald", "published": "2024-03-06T09:00:00Z", "text": later }),
    ]
    .iter()
    .map(line)
    .collect()
}

fn record(folder: &Path, as_of: &str) -> Value {
    let done = at(folder, &["record", "--as-of", as_of, "--format", "json"]);
    assert_eq!(done.status, Some(0), "{}", done.err);
    serde_json::from_str(&done.out).expect("one JSON object")
}

#[test]
fn the_record_of_a_moment_holds_what_was_published_by_then() {
    let folder = Folder::new("record");
    folder.file("reports.jsonl", stream());
    let ingested = at(&folder.0, &["ingest", "reports.jsonl"]);
    assert_eq!((ingested.status, ingested.err.trim()), (Some(0), "2 new, 0 known, 0 rejected"));
    let reports = |record: &Value| -> usize {
        let incidents = record["incidents"].as_array().expect("a list").iter();
        incidents.map(|incident| incident["reports"].as_array().expect("a list").len()).max().unwrap_or(0)
    };
    assert_eq!(reports(&record(&folder.0, "2024-03-03")), 0);
    assert_eq!(reports(&record(&folder.0, "2024-03-05")), 1);
    let last = record(&folder.0, "2024-03-07");
    assert_eq!(reports(&last), 2);
    assert_fits(&last, "record");
    let page = at(&folder.0, &["record", "--as-of", "2024-03-07"]).out;
    assert!(page.contains("Northern Islands Front") && page.contains("CLAIMED"), "{page}");
    let changes = at(&folder.0, &["diff", "--from", "2024-03-05", "--to", "2024-03-07"]).out;
    assert!(changes.contains("killed at least 12 → 19, by Herald"), "{changes}");
    assert_eq!(at(&folder.0, &["audit"]).status, Some(0));
}

#[test]
fn the_same_input_again_changes_nothing() {
    let folder = Folder::new("again");
    folder.file("reports.jsonl", stream());
    for expected in ["2 new, 0 known, 0 rejected", "0 new, 2 known, 0 rejected"] {
        assert_eq!(at(&folder.0, &["ingest", "reports.jsonl"]).err.trim(), expected);
    }
}

#[test]
fn what_cannot_be_read_is_listed_and_the_rest_goes_on() {
    let folder = Folder::new("rejected");
    std::fs::create_dir(folder.0.join("inbox")).expect("a folder");
    folder.file("inbox/a.jsonl", stream() + "{\"text\": oops}\n");
    folder.file("inbox/b.txt", "GIF89a");
    folder.file("inbox/c.txt", "The ferry sank, the mayor said.");
    let ingested = at(&folder.0, &["ingest", "inbox"]);
    assert_eq!(ingested.status, Some(1));
    assert!(ingested.err.contains("3 new, 0 known, 2 rejected"), "{}", ingested.err);
    let listed = at(&folder.0, &["rejected"]).out;
    assert!(listed.contains("a.jsonl line 3: ") && listed.contains("b.txt: "), "{listed}");
}

#[test]
fn a_rebuild_changes_nothing() {
    let folder = Folder::new("rebuild");
    folder.file("reports.jsonl", stream());
    at(&folder.0, &["ingest", "reports.jsonl"]);
    // Who asks later is told a later moment of recording, and nothing else.
    let incidents = || record(&folder.0, "2024-03-07")["incidents"].clone();
    let before = incidents();
    assert_eq!(at(&folder.0, &["rebuild"]).status, Some(0));
    assert_eq!(incidents(), before);
}

#[test]
fn feeds_archives_and_tables_are_taken_in_whatever_they_are_called() {
    let folder = Folder::new("formats");
    std::fs::create_dir(folder.0.join("inbox")).expect("a folder");
    let item = |number: u8| {
        format!(
            "<item><title>Ferry sinks</title><link>/{number}</link><pubDate>Tue, 05 Mar 2024 10:00:00 GMT</pubDate>\
             <description>The ferry sank off the cape, the mayor said.</description></item>"
        )
    };
    let feed = |items: &str| {
        format!(
            "<rss version='2.0'><channel><title>Herald</title><link>https://herald.example/</link>{items}</channel></rss>"
        )
    };
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><article><p>The ferry sank off the cape \
        on Tuesday with forty people on board, the mayor of the port said.</p></article></body></html>";
    let warc = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://courier.example/1\r\n\
         WARC-Date: 2024-03-06T00:00:00Z\r\nContent-Length: {}\r\n\r\n{page}\r\n\r\n",
        page.len()
    );
    folder.file("inbox/a.txt", feed(&item(1)));
    folder.file("inbox/b", warc);
    folder.file(
        "inbox/c.dat",
        "headline;body;date;url\nFerry;The ferry sank.;2024-03-05;https://tagus.example/1\n",
    );
    let done = at(&folder.0, &["ingest", "inbox"]);
    assert_eq!((done.status, done.err.trim()), (Some(0), "3 new, 0 known, 0 rejected"));
    // The feed moved on: what is known by its address stays known.
    folder.file("inbox/a.txt", feed(&[item(2), item(1)].concat()));
    let done = at(&folder.0, &["ingest", "inbox"]);
    assert_eq!((done.status, done.err.trim()), (Some(0), "1 new, 3 known, 0 rejected"));
}

#[test]
fn a_report_in_another_language_is_kept_and_noted() {
    let folder = Folder::new("foreign");
    folder.file(
        "es.txt",
        "Una bomba estalló en el mercado el lunes y mató a tres personas, dijo la policía. El gobierno condenó el \
         ataque y prometió una investigación completa de los hechos.",
    );
    let done = at(&folder.0, &["ingest", "es.txt"]);
    assert_eq!(done.status, Some(0));
    assert_eq!(done.err.trim(), "1 new, 0 known, 0 rejected, 1 not in English and not read");
    assert!(at(&folder.0, &["search", "bomba"]).out.contains("estalló"), "it can be searched");
}
