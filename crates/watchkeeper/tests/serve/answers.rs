//! What the answers say: moments, pages, what is kept, news.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};

use flate2::read::GzDecoder;
use serde_json::{Value, json};

use crate::client::{call, connect, receive};
use crate::server::Server;

/// The incident of the example.
fn bombing(server: &Server, moments: &str) -> Option<Value> {
    let page = server.json(&format!("/api/incidents?limit=200{moments}"));
    page["items"].as_array().expect("items").iter().find(|item| item["type"] == "bombing").cloned()
}

#[test]
fn the_record_is_shown_as_of_any_moment() {
    let server = Server::with_example();
    assert_eq!(bombing(&server, "&as_of=2025-03-12"), None);
    let early = bombing(&server, "&as_of=2025-03-13T05:00:00Z").expect("the first report is out");
    assert_eq!(early["killed"], json!({ "low": 4, "high": null, "qualifier": "at_least" }));
    assert_eq!(early["reports"], 1);
    let copied = bombing(&server, "&as_of=2025-03-13T05:45:00Z").expect("it stays");
    assert_eq!(
        (&copied["origins"], &copied["outlets"], &copied["reports"]),
        (&json!(1), &json!(2), &json!(2))
    );
    let now = bombing(&server, "").expect("it stays");
    assert_eq!(now["killed"]["low"], 10);
    assert_eq!(bombing(&server, "&recorded_by=2025-03-12"), None);
    let id = now["id"].as_str().expect("an id");
    let detail = server.json(&format!("/api/incidents/{id}"));
    assert_eq!(detail["warnings_detail"].as_array().map(Vec::len), Some(1));
    let [threat] = detail["threats"].as_array().expect("a list").as_slice() else { panic!("one threat") };
    assert_eq!(threat["speaker"]["name"], "Ember Column", "what its reports tell of stands beside it");
    let changes = server.json(&format!("/api/incidents/{id}/changes"));
    let phrases: Vec<String> = changes
        .as_array()
        .expect("a list")
        .iter()
        .flat_map(|report| report["changes"].as_array().expect("a list"))
        .map(|change| format!("{} {} → {}", change["field"], change["before"], change["after"]))
        .collect();
    assert!(phrases.contains(&"\"killed\" \"9\" → \"11\"".to_owned()), "{phrases:?}");
    let diff = server.json("/api/diff?from=2025-03-15&to=2025-03-16");
    let toll = diff["changes"].as_array().expect("a list").iter().find(|change| change["field"] == "killed");
    let toll = toll.expect("the toll rose");
    assert_eq!(
        (&toll["before"], &toll["after"], &toll["source"]),
        (&json!("9"), &json!("11"), &json!("Moravian Press Agency"))
    );
}

#[test]
fn a_report_shows_the_words_of_its_facts() {
    let server = Server::with_example();
    for item in server.json("/api/reports?limit=200")["items"].as_array().expect("items") {
        let report = server.json(&format!("/api/reports/{}", item["id"].as_str().expect("an id")));
        let text: Vec<char> = report["text"].as_str().expect("a text").chars().collect();
        let title: Vec<char> = report["title"].as_str().expect("a title").chars().collect();
        for mark in report["marks"].as_array().expect("marks") {
            let field = if mark["field"] == "title" { &title } else { &text };
            let place = |name: &str| usize::try_from(mark[name].as_u64().expect("a place")).expect("small");
            assert!(place("start") < place("end") && place("end") <= field.len(), "{mark}");
        }
    }
}

#[test]
fn pages_lose_none_of_many_reports_of_one_time() {
    let server = Server::empty();
    let reports: String = (0..300)
        .map(|number| {
            json!({ "url": format!("https://desk.example/{number}"), "source": "Desk", "published": "2024-03-04T12:00:00Z",
                    "text": format!("Rain fell on the coast for {number} hours.") })
            .to_string() + "\n"
        })
        .collect();
    let ingested = server.beside(&["ingest", "/dev/stdin"], &reports);
    assert!(ingested.status.success(), "{}", String::from_utf8_lossy(&ingested.stderr));
    let (mut seen, mut cursor, mut pages) = (BTreeSet::new(), String::new(), 0);
    loop {
        let page = server.json(&format!("/api/reports?limit=7{cursor}"));
        for item in page["items"].as_array().expect("items") {
            assert!(seen.insert(item["id"].as_str().expect("an id").to_owned()), "twice");
        }
        pages += 1;
        match page["next"].as_str() {
            Some(next) => cursor = format!("&cursor={next}"),
            None => break,
        }
    }
    assert_eq!((seen.len(), pages), (300, 43));
}

#[test]
fn what_the_caller_has_already_is_not_sent_again_until_it_changes() {
    let server = Server::with_example();
    for path in ["/api/incidents", "/api/warnings", "/api/reports", "/api/actors", "/"] {
        let first = server.get(path);
        let tag = first.header("etag").expect("a tag").to_owned();
        let again = call(server.port, "GET", path, &[("if-none-match", &tag)], b"");
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        assert_eq!(again.header("etag"), Some(tag.as_str()));
    }
    let tag = server.get("/api/incidents").header("etag").expect("a tag").to_owned();
    let report = json!({ "text": "A bomb killed four people in Oran on Sunday, police said.", "published": "2024-03-04" });
    assert_eq!(server.post("/api/ingest", &report).json()["new"], 1);
    let after = call(server.port, "GET", "/api/incidents", &[("if-none-match", &tag)], b"");
    assert_eq!(after.status, 200);
}

#[test]
fn answers_are_compressed_for_who_wants_that() {
    let server = Server::with_example();
    let plain = server.get("/api/incidents");
    assert_eq!(plain.header("content-encoding"), None);
    let small = call(server.port, "GET", "/api/incidents", &[("accept-encoding", "br, gzip;q=0.8")], b"");
    assert_eq!(small.header("content-encoding"), Some("gzip"));
    let mut unpacked = Vec::new();
    GzDecoder::new(small.body.as_slice()).read_to_end(&mut unpacked).expect("gzip");
    assert_eq!(unpacked, plain.body);
    assert!(small.body.len() * 2 < plain.body.len());
    let refused = call(server.port, "GET", "/api/incidents", &[("accept-encoding", "gzip;q=0")], b"");
    assert_eq!(refused.header("content-encoding"), None);
}

#[test]
fn news_come_to_whoever_listens() {
    let server = Server::empty();
    let mut listener = connect(server.port);
    let head = format!("GET /api/events HTTP/1.1\r\nhost: 127.0.0.1:{}\r\n\r\n", server.port);
    listener.write_all(head.as_bytes()).expect("sent");
    let mut lines = BufReader::new(listener).lines().map(|line| line.expect("a line in time"));
    assert!(lines.by_ref().any(|line| line.contains(": listening")));
    let report = json!({ "text": "A bomb killed four people in Oran on Sunday, police said.", "published": "2024-03-04" });
    let id = server.post("/api/ingest", &report).json()["reports"][0]["id"].clone();
    assert!(lines.by_ref().any(|line| line == "event: change"));
    let data = lines.find_map(|line| line.strip_prefix("data: ").map(str::to_owned)).expect("data");
    let news: Value = serde_json::from_str(&data).expect("JSON");
    assert_eq!(news["reports"], json!([id]));
    assert_eq!(news["incidents"].as_array().map(Vec::len), Some(1));
}

#[test]
fn what_another_process_writes_is_seen() {
    let server = Server::empty();
    assert_eq!(server.json("/api/status")["store"]["reports"], 0);
    let line = json!({ "url": "https://desk.example/1", "published": "2024-03-04", "text": "A bomb killed four people in Oran." });
    assert!(server.beside(&["ingest", "/dev/stdin"], &line.to_string()).status.success());
    for _ in 0..100 {
        if server.json("/api/incidents")["total"] == 1 {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("the incident never came");
}

#[test]
fn a_server_that_is_told_to_end_finishes_what_it_does() {
    let server = Server::with_example();
    let mut stream = connect(server.port);
    let body = json!({ "text": "A bomb killed four people in Oran on Sunday, police said.", "published": "2024-03-04" }).to_string();
    let head = format!(
        "POST /api/ingest HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    let (first, second) = body.split_at(20);
    stream.write_all((head + first).as_bytes()).expect("sent");
    // The head must have been read before the server is told, or there is nothing to finish.
    std::thread::sleep(std::time::Duration::from_millis(500));
    server.terminate();
    std::thread::sleep(std::time::Duration::from_millis(200));
    stream.write_all(second.as_bytes()).expect("sent");
    let answer = receive(&mut stream);
    assert_eq!((answer.status, &answer.json()["new"]), (200, &json!(1)));
    assert_eq!(server.end(), Some(0));
}
