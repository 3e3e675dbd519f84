//! Callers without manners: forged names, other sites, ways out of the folder, too much, too slow.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use serde_json::json;

use crate::client::{call, connect, exchange, receive};
use crate::server::{Server, folder, rest};

#[test]
fn a_forged_host_is_refused() {
    let server = Server::on(folder(), &["--host", "watch.example"]);
    let own = format!("127.0.0.1:{}", server.port);
    for known in [own.as_str(), "localhost", "[::1]:8080", "watch.example", "Watch.Example:443"] {
        assert_eq!(call(server.port, "GET", "/api/status", &[("host", known)], b"").status, 200, "{known}");
    }
    for forged in
        ["evil.example", "127.0.0.1.evil.example", "10.0.0.1", "watch.example.evil.example", "localhost:x"]
    {
        for path in ["/api/status", "/", "/assets/x", "/api/nowhere"] {
            call(server.port, "GET", path, &[("host", forged)], b"").assert_problem(421);
        }
    }
    let none = exchange(server.port, b"GET /api/status HTTP/1.0\r\n\r\n");
    none.assert_problem(421);
    let absolute =
        format!("GET http://evil.example/api/status HTTP/1.1\r\nhost: {own}\r\nconnection: close\r\n\r\n");
    exchange(server.port, absolute.as_bytes()).assert_problem(421);
}

#[test]
fn a_page_of_another_site_may_not_write() {
    let server = Server::empty();
    let own = format!("http://127.0.0.1:{}", server.port);
    let body = json!({ "name": "x", "query": "" }).to_string();
    let send = |headers: &[(&str, &str)]| {
        let all: Vec<_> = headers.iter().copied().chain([("content-type", "application/json")]).collect();
        call(server.port, "POST", "/api/searches", &all, body.as_bytes())
    };
    assert_eq!(send(&[("origin", &own), ("sec-fetch-site", "same-origin")]).status, 200);
    for foreign in [
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("origin", "http://127.0.0.1:1"),
        ("origin", "http://localhost"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        send(&[foreign]).assert_problem(403);
    }
    let simple = [("content-type", "text/plain")];
    call(server.port, "POST", "/api/searches", &simple, body.as_bytes()).assert_problem(415);
    let preflight = call(server.port, "OPTIONS", "/api/searches", &[("origin", "https://evil.example")], b"");
    assert_eq!(preflight.status, 405);
    assert!(preflight.headers.iter().all(|(name, _)| !name.starts_with("access-control")));
}

#[test]
fn no_path_leads_out_of_the_folder() {
    let server = Server::empty();
    let page = server.get("/").body;
    for path in [
        "/../Cargo.toml",
        "/assets/../../Cargo.toml",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets/..%2f..%2fetc/passwd",
        "/..\\..\\etc\\passwd",
        "//etc/passwd",
        "/assets/%00",
        "/watchkeeper.db",
        "/.git/config",
    ] {
        let answer = call(server.port, "GET", path, &[], b"");
        let is_page = answer.status == 200 && answer.body == page;
        assert!(is_page || matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
    }
    for id in [
        "..%2F..%2Fetc%2Fpasswd",
        "%00",
        "%F0%9F%92%A3",
        "a%20b",
        "'%20OR%201=1--",
        "%22%3B%20DROP%20TABLE%20versions",
    ] {
        for list in ["incidents", "reports", "actors", "sources"] {
            server.get(&format!("/api/{list}/{id}")).assert_problem(404);
        }
    }
}

#[test]
fn too_much_is_refused() {
    let server = Server::empty();
    let long = "x".repeat(300 * 1024);
    let body = json!({ "name": "x", "query": long }).to_string();
    call(server.port, "POST", "/api/searches", &[("content-type", "application/json")], body.as_bytes())
        .assert_problem(413);
    let head = "POST /api/ingest HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
    let mut stream = connect(server.port);
    stream.write_all(head.as_bytes()).expect("sent");
    let chunk = [b"100000\r\n".as_slice(), &vec![b' '; 1 << 20], b"\r\n"].concat();
    for _ in 0..40 {
        if stream.write_all(&chunk).is_err() {
            break;
        }
    }
    let mut status = [0; 12];
    // The server closes while we still send; whether its answer can be read then is up to the network.
    if stream.read_exact(&mut status).is_ok() {
        assert_eq!(&status, b"HTTP/1.1 413");
    }
    let address = format!("/api/incidents?q={}", "x".repeat(60_000));
    assert!(matches!(call(server.port, "GET", &address, &[], b"").status, 400 | 414 | 431));
    let header = "x".repeat(60_000);
    assert_eq!(call(server.port, "GET", "/api/status", &[("x-long", &header)], b"").status, 431);
    let many: Vec<(String, &str)> = (0..200).map(|number| (format!("x-{number}"), "1")).collect();
    let many: Vec<(&str, &str)> = many.iter().map(|(name, value)| (name.as_str(), *value)).collect();
    assert_eq!(call(server.port, "GET", "/api/status", &many, b"").status, 431);
    assert_eq!(server.get("/api/status").status, 200);
}

#[test]
fn who_is_too_slow_is_let_go_and_holds_nobody_up() {
    let server = Server::empty();
    let began = Instant::now();
    let mut heads: Vec<_> = (0..50).map(|_| connect(server.port)).collect();
    for stream in &mut heads {
        stream.write_all(b"GET /api/status HTTP/1.1\r\nhost: local").expect("sent");
    }
    let mut body = connect(server.port);
    let head = "POST /api/searches HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{";
    body.write_all(head.as_bytes()).expect("sent");
    assert_eq!(server.get("/api/status").status, 200);
    assert!(began.elapsed() < Duration::from_secs(8), "others were held up");
    for stream in heads {
        let told = rest(stream);
        assert!(told.is_empty() || told.starts_with("HTTP/1.1 408"), "{told}");
    }
    assert!(began.elapsed() < Duration::from_secs(25), "heads may take {:?}", began.elapsed());
    receive(&mut body).assert_problem(408);
    assert!(began.elapsed() < Duration::from_secs(50), "bodies may take {:?}", began.elapsed());
}
