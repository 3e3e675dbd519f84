//! Who may call, and in which role.

use serde_json::json;

use crate::client::{Answer, call};
use crate::server::{Server, folder, run};

fn with(server: &Server, method: &str, path: &str, token: &str) -> Answer {
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    call(server.port, method, path, &headers, if method == "POST" { b"{}" } else { b"" })
}

/// Waits until the server has seen that there are tokens.
fn settle(server: &Server) {
    for _ in 0..100 {
        if server.get("/api/incidents").status == 401 {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("the server never asked for a token");
}

#[test]
fn on_this_machine_no_token_is_needed_until_there_is_one() {
    let server = Server::empty();
    assert_eq!(server.json("/api/status")["role"], "admin");
    let token = server.token("desk", "reader");
    settle(&server);
    let refused = server.get("/api/incidents");
    refused.assert_problem(401);
    assert_eq!(refused.header("www-authenticate"), Some("Bearer"));
    assert_eq!(with(&server, "GET", "/api/incidents", &token).status, 200);
    let status = with(&server, "GET", "/api/status", &token).json();
    assert_eq!((&status["role"], &status["name"]), (&json!("reader"), &json!("desk")));
    for open in ["/healthz", "/readyz", "/api/openapi.json", "/api/docs", "/"] {
        assert_eq!(server.get(open).status, 200, "{open}");
    }
}

#[test]
fn wrong_and_revoked_tokens_are_refused() {
    let server = Server::empty();
    let token = server.token("desk", "admin");
    settle(&server);
    for wrong in ["", "x", "wk_0000", &token[..token.len() - 1], &token.to_uppercase(), &format!("{token}0")]
    {
        with(&server, "GET", "/api/incidents", wrong).assert_problem(401);
    }
    let basic = format!("Basic {token}");
    call(server.port, "GET", "/api/incidents", &[("authorization", &basic)], b"").assert_problem(401);
    assert_eq!(with(&server, "GET", "/api/incidents", &token).status, 200);
    assert!(server.beside(&["token", "revoke", "desk"], "").status.success());
    with(&server, "GET", "/api/incidents", &token).assert_problem(401);
    server.get("/api/incidents").assert_problem(401);
    let listed = server.beside(&["token", "list"], "");
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    assert!(listed.contains("desk revoked") && !listed.contains(&token), "{listed}");
}

#[test]
fn nobody_does_what_a_higher_role_is_needed_for() {
    let server = Server::empty();
    let roles = ["reader", "editor", "admin"];
    let tokens = roles.map(|role| server.token(role, role));
    settle(&server);
    let description = server.json("/api/openapi.json");
    let mut refused = 0;
    for (path, operations) in description["paths"].as_object().expect("paths") {
        for (method, operation) in operations.as_object().expect("operations") {
            let text = operation["description"].as_str().unwrap_or("");
            let Some(needed) = roles.iter().position(|role| text == format!("For the role {role}.")) else {
                assert_eq!(operation["security"], json!([]), "{path} says not who may call it");
                continue;
            };
            let (method, path) = (
                method.to_uppercase(),
                path.replace("{id}", "1").replace("{key}", "1").replace("{name}", "1"),
            );
            call(server.port, &method, &path, &[("content-type", "application/json")], b"")
                .assert_problem(401);
            for token in &tokens[..needed] {
                with(&server, &method, &path, token).assert_problem(403);
                refused += 1;
            }
        }
    }
    assert!(refused >= 4, "{refused}");
    assert_eq!(with(&server, "GET", "/api/reports", &tokens[2]).json()["items"], json!([]));
    let calls = with(&server, "GET", "/api/audit?limit=200", &tokens[2]).json();
    let tried = calls["items"].as_array().expect("items").iter();
    assert!(
        tried
            .clone()
            .any(|call| call["author"] == "reader" && call["status"] == 403 && call["method"] == "POST")
    );
}

#[test]
fn who_wrote_what_is_logged() {
    let server = Server::empty();
    let token = server.token("ana", "editor");
    let admin = server.token("root", "admin");
    settle(&server);
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let body = json!({ "text": "A bomb killed four people in Oran.", "published": "2024-03-04" }).to_string();
    assert_eq!(call(server.port, "POST", "/api/ingest", &headers, body.as_bytes()).status, 200);
    let calls = with(&server, "GET", "/api/audit", &admin).json();
    let first = &calls["items"][0];
    assert_eq!(
        (&first["author"], &first["role"], &first["path"], &first["status"]),
        (&json!("ana"), &json!("editor"), &json!("/api/ingest"), &json!(200))
    );
}

#[test]
fn a_server_for_other_machines_starts_only_with_tokens() {
    let folder = folder();
    let done = run(&folder, &["serve", "--listen", "0.0.0.0:0"], "");
    assert_eq!(done.status.code(), Some(2));
    let said = String::from_utf8_lossy(&done.stderr).into_owned();
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains("watchkeeper token add"), "{said}");
    drop(std::fs::remove_dir_all(folder));
}
