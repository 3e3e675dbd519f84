//! Reports taken in over HTTP.

use serde_json::json;

use crate::client::{Answer, call};
use crate::server::Server;

fn send_files(server: &Server, files: &[(&str, &str)]) -> Answer {
    let mut body = String::new();
    for (name, content) in files {
        body += &format!(
            "--edge\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n{content}\r\n"
        );
    }
    body += "--edge--\r\n";
    let headers = [("content-type", "multipart/form-data; boundary=edge")];
    call(server.port, "POST", "/api/ingest", &headers, body.as_bytes())
}

#[test]
fn texts_pages_and_files_are_taken_in_once() {
    let server = Server::empty();
    let text = json!({ "text": "A bomb killed four people in Oran on Sunday, police said.", "source": "Desk",
                       "title": "Bomb in Oran", "published": "2024-03-04", "url": "https://desk.example/1" });
    let taken = server.post("/api/ingest", &text).json();
    assert_eq!((&taken["new"], &taken["known"], &taken["rejected"]), (&json!(1), &json!(0), &json!([])));
    assert_eq!(taken["reports"][0]["title"], "Bomb in Oran");
    assert_eq!(taken["reports"][0]["incidents"].as_array().map(Vec::len), Some(1));
    let again = server.post("/api/ingest", &text).json();
    assert_eq!((&again["new"], &again["known"]), (&json!(0), &json!(1)));
    let html = "<html><head><title>Fire</title></head><body><article><h1>Fire</h1><p>Gunmen shot dead two people in \
                the port of Oran on Monday, police said. Nobody has claimed the attack so far.</p></article></body></html>";
    let page = server.post("/api/ingest", &json!({ "html": html, "published": "2024-03-05" })).json();
    assert_eq!(page["new"], 1, "{page}");
    let files = [
        ("one.txt", "Gunmen killed two people in Tunis on Monday."),
        ("two.jsonl", "{\"text\": \"Rain fell.\"}\n{oops}\n"),
    ];
    let taken = send_files(&server, &files).json();
    assert_eq!(taken["new"], 2, "{taken}");
    assert_eq!(
        (&taken["rejected"][0]["input"], &taken["rejected"][0]["place"]),
        (&json!("two.jsonl"), &json!("line 2"))
    );
    assert_eq!(send_files(&server, &files[..1]).json()["known"], 1);
    assert!(server.beside(&["audit"], "").status.success());
}

#[test]
fn addresses_inside_are_not_fetched() {
    let server = Server::empty();
    let own = format!("http://127.0.0.1:{}/api/status", server.port);
    for address in [
        own.as_str(),
        "http://localhost/",
        "http://0/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://10.0.0.1/",
        "http://192.168.0.1/",
        "http://172.16.0.1/",
        "http://169.254.169.254/latest/",
        "http://[fd00:ec2::254]/",
        "http://[fe80::1]/",
        "http://224.0.0.1/",
        "http://0.0.0.0/",
        "http://100.64.0.1/",
        "file:///etc/passwd",
        "ftp://example.com/",
        "http://user@127.0.0.1/",
        "http://127.0.0.1%00.example/",
        "x",
    ] {
        let answer = server.post("/api/ingest", &json!({ "address": address }));
        assert_eq!(answer.status, 422, "{address}: {}", answer.text());
    }
    assert_eq!(server.json("/api/reports")["items"], json!([]));
}

#[test]
fn whatever_stands_in_a_report_comes_out_as_data() {
    let server = Server::empty();
    let harm =
        "</script><script>alert(1)</script><img src=x onerror=alert(1)>\u{202e}'\"><svg/onload=alert(1)>";
    let report = json!({
        "text": format!("A bomb killed four people in Oran on Sunday, {harm} police said. {harm} claimed responsibility."),
        "title": harm, "source": harm, "published": "2024-03-04", "url": "https://desk.example/<script>alert(1)</script>",
    });
    let taken = server.post("/api/ingest", &report);
    assert_eq!(taken.json()["new"], 1, "{}", taken.text());
    let search = json!({ "name": harm, "query": harm });
    assert_eq!(server.post("/api/searches", &search).status, 200);
    let id = taken.json()["reports"][0]["id"].as_str().expect("an id").to_owned();
    for path in [
        "/api/incidents",
        "/api/reports",
        "/api/sources",
        "/api/actors",
        "/api/searches",
        "/api/search?q=Oran",
        "/api/audit",
        "/api/diff?from=2024-01-01",
        &format!("/api/reports/{id}"),
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-type"), Some("application/json"), "{path}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        answer.json();
    }
    assert_eq!(server.json(&format!("/api/reports/{id}"))["title"], harm);
    for path in ["/", "/api/docs", "/reports/%3Cscript%3Ealert(1)%3C/script%3E", "/incidents/'-alert(1)-'"] {
        let page = server.get(path);
        assert!(!page.text().contains("alert(1)"), "{path}");
        let policy = page.header("content-security-policy").expect("a policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{policy}");
    }
    let echoed = server.get("/api/incidents?as_of=%3Cscript%3Ealert(1)%3C/script%3E");
    echoed.assert_problem(400);
}

#[test]
fn people_decide_and_take_back() {
    let server = Server::with_example();
    let items = server.json("/api/incidents?limit=200");
    let bombing = items["items"].as_array().expect("items").iter().find(|item| item["killed"]["low"] == 10);
    let id = bombing.expect("the bombing")["id"].as_str().expect("an id").to_owned();
    let path = format!("/api/incidents/{id}");
    let decided = server.post(
        "/api/decisions",
        &json!({ "kind": "override", "incident": id, "field": "killed", "value": "at least 40", "reason": "the registry" }),
    );
    assert_eq!(decided.status, 200, "{}", decided.text());
    let decision = decided.json();
    assert_eq!((&decision["author"], &decision["undone"]), (&json!("local"), &json!(null)));
    let incident = server.json(&path);
    assert_eq!(incident["killed"]["low"], 40);
    assert_eq!(incident["decided"], json!([{ "field": "killed", "decision": decision["id"] }]));
    server.get(&format!("{path}?recorded_by=2024-06-01")).assert_problem(404);
    let fact = incident["killed"]["series"][0]["fact"].as_str().expect("an id").to_owned();
    let reject = json!({ "kind": "reject", "fact": fact, "incident": id, "reason": "misread" });
    assert_eq!(server.post("/api/decisions", &reject).status, 200);
    server.post("/api/decisions", &reject).assert_problem(409);
    let rate = json!({ "kind": "rate", "source": "Moravian Press Agency", "reliability": "B", "credibility": 2, "reason": "years" });
    assert_eq!(server.post("/api/decisions", &rate).status, 200);
    assert_eq!(
        server.json("/api/sources/Moravian%20Press%20Agency")["rating"],
        json!({ "reliability": "B", "credibility": 2 })
    );
    let undo = format!("/api/decisions/{}/undo", decision["id"].as_str().expect("an id"));
    assert_eq!(server.post(&undo, &json!({})).status, 200);
    server.post(&undo, &json!({})).assert_problem(409);
    assert_eq!(server.json(&path)["killed"]["low"], 10);
    let listed = server.json(&format!("/api/decisions?incident={id}"));
    let of = |kind: &str| {
        listed["items"].as_array().expect("items").iter().find(|one| one["kind"] == kind).cloned()
    };
    assert_eq!(of("override").expect("listed")["undone"]["author"], "local");
    server
        .post("/api/decisions", &json!({ "kind": "note", "incident": "none", "text": "x" }))
        .assert_problem(404);
    server.post("/api/decisions", &json!({ "kind": "wish" })).assert_problem(422);
}
