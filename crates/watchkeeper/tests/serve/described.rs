//! Every route answers, and answers what its description says.

use serde_json::{Value, json};

use crate::client::call;
use crate::server::Server;

/// Checks a value by a schema, as far as our descriptions use its keywords.
fn check(value: &Value, schema: &Value, root: &Value, at: &str) -> Result<(), String> {
    let Some(rules) = schema.as_object() else { return Ok(()) };
    let fail = |why: String| Err(format!("{at}: {}", why.chars().take(300).collect::<String>()));
    if let Some(reference) = rules.get("$ref").and_then(Value::as_str) {
        let target = root.pointer(reference.trim_start_matches('#'));
        check(value, target.ok_or(format!("{at}: {reference} leads nowhere"))?, root, at)?;
    }
    if let Some(kinds) = rules.get("type") {
        let is = |kind: &Value| match kind.as_str() {
            Some("object") => value.is_object(),
            Some("array") => value.is_array(),
            Some("string") => value.is_string(),
            Some("integer") => value.is_i64() || value.is_u64(),
            Some("number") => value.is_number(),
            Some("boolean") => value.is_boolean(),
            Some("null") => value.is_null(),
            other => panic!("unknown type {other:?}"),
        };
        let fits = kinds.as_array().map_or_else(|| is(kinds), |kinds| kinds.iter().any(is));
        if !fits {
            return fail(format!("{value} is no {kinds}"));
        }
    }
    if let Some(words) = rules.get("enum").and_then(Value::as_array)
        && !words.contains(value)
    {
        return fail(format!("{value} is none of {words:?}"));
    }
    if let Some(members) = rules.get("anyOf").and_then(Value::as_array) {
        let fits = members.iter().any(|member| check(value, member, root, at).is_ok());
        if !fits {
            return fail(format!("{value} fits none of {members:?}"));
        }
    }
    for name in rules.get("required").and_then(Value::as_array).into_iter().flatten() {
        let name = name.as_str().expect("a name");
        if value.is_object() && value.get(name).is_none() {
            return fail(format!("{name} is missing"));
        }
    }
    for (name, schema) in rules.get("properties").and_then(Value::as_object).into_iter().flatten() {
        if let Some(inside) = value.get(name) {
            check(inside, schema, root, &format!("{at}.{name}"))?;
        }
    }
    if let (Some(schema), Some(items)) = (rules.get("items"), value.as_array()) {
        for (number, item) in items.iter().enumerate() {
            check(item, schema, root, &format!("{at}[{number}]"))?;
        }
    }
    Ok(())
}

/// Values for what a path names, taken from what the lists give.
fn named(server: &Server, path: &str) -> Vec<String> {
    let encoded = |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
    let list = |path: &str, field: &str| -> Vec<String> {
        let page = server.json(path);
        let items = page["items"].as_array().expect("items").iter();
        items.map(|item| encoded(item[field].as_str().expect("a name"))).collect()
    };
    match path {
        "/api/incidents/{id}" | "/api/incidents/{id}/changes" => list("/api/incidents", "id"),
        "/api/reports/{id}" | "/api/reports/{id}/compare" => list("/api/reports", "id"),
        "/api/actors/{key}" => list("/api/actors", "key"),
        "/api/sources/{name}" => list("/api/sources", "name"),
        other => panic!("nothing is known to name {other}"),
    }
}

/// What a query must say.
fn query(server: &Server, path: &str) -> String {
    match path {
        "/api/origins" => {
            format!("?incident={}", server.json("/api/incidents")["items"][0]["id"].as_str().expect("an id"))
        }
        "/api/places" => "?q=Oran".to_owned(),
        "/api/search" => "?q=tram".to_owned(),
        "/api/diff" => "?from=2025-03-13T05:00:00Z&to=2025-03-15".to_owned(),
        "/api/reports/{id}/compare" => {
            format!("?with={}", server.json("/api/reports")["items"][0]["id"].as_str().expect("an id"))
        }
        _ => String::new(),
    }
}

#[test]
fn every_route_that_reads_answers_what_its_description_says() {
    let server = Server::with_example();
    let description = server.json("/api/openapi.json");
    assert_eq!(description["openapi"], "3.1.0");
    let mut asked = 0;
    for (path, operations) in description["paths"].as_object().expect("paths") {
        let operation = &operations["get"];
        let content = operation["responses"]["200"]["content"].as_object();
        let Some((kind, content)) = content.and_then(|content| content.iter().next()) else { continue };
        if kind == "text/event-stream" {
            continue;
        }
        let ids = if path.contains('{') { named(&server, path) } else { vec![String::new()] };
        assert!(!ids.is_empty(), "nothing to ask {path} for");
        for id in ids {
            let (before, after) = path.split_once('{').map_or((path.as_str(), ""), |(before, rest)| {
                (before, rest.split_once('}').expect("closed").1)
            });
            let address = format!("{before}{id}{after}{}", query(&server, path));
            let answer = server.get(&address);
            assert_eq!(answer.status, 200, "{address}: {}", answer.text());
            let found = answer.header("content-type").expect("a type").split(';').next().expect("a type");
            assert_eq!(found, kind, "{address}");
            if kind == "application/json" {
                check(&answer.json(), &content["schema"], &description, &address).expect("as described");
            }
            asked += 1;
        }
    }
    assert!(asked > 40, "{asked}");
}

#[test]
fn every_description_is_whole() {
    let server = Server::empty();
    let description = server.json("/api/openapi.json");
    let mut open = vec![&description];
    let mut references = 0;
    while let Some(value) = open.pop() {
        match value {
            Value::Object(fields) => {
                if let Some(Value::String(reference)) = fields.get("$ref") {
                    references += 1;
                    let target = description.pointer(reference.trim_start_matches('#'));
                    assert!(target.is_some(), "{reference} leads nowhere");
                }
                open.extend(fields.values());
            }
            Value::Array(items) => open.extend(items),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    assert!(references > 30, "{references}");
    let page = server.get("/api/docs");
    for path in description["paths"].as_object().expect("paths").keys() {
        assert!(page.text().contains(path.as_str()), "{path} is not on the page");
    }
    assert!(!page.text().contains("http://") && !page.text().contains("https://"), "the page asks elsewhere");
}

#[test]
fn errors_of_every_kind_are_problems() {
    let server = Server::with_example();
    let json_header = ("content-type", "application/json");
    server.get("/api/nowhere").assert_problem(404);
    server.get("/api/incidents/none").assert_problem(404);
    server.get("/api/incidents?colour=red").assert_problem(400);
    server.get("/api/incidents?limit=0").assert_problem(400);
    server.get("/api/incidents?limit=1&limit=2").assert_problem(400);
    server.get("/api/incidents?as_of=yesterday").assert_problem(400);
    server.get("/api/incidents?cursor=zz").assert_problem(400);
    server.get("/api/incidents/%FF").assert_problem(400);
    server.get("/assets/none.js").assert_problem(404);
    let answer = call(server.port, "DELETE", "/api/incidents", &[], b"");
    answer.assert_problem(405);
    assert_eq!(answer.header("allow"), Some("GET"));
    call(server.port, "POST", "/nowhere", &[], b"").assert_problem(405);
    call(server.port, "POST", "/api/ingest", &[("content-type", "text/plain")], b"x").assert_problem(415);
    call(server.port, "POST", "/api/ingest", &[json_header], b"{").assert_problem(400);
    call(server.port, "POST", "/api/ingest", &[json_header], b"{\"colour\": 1}").assert_problem(422);
    server.post("/api/ingest", &json!({})).assert_problem(422);
    server.post("/api/example", &json!([])).assert_problem(422);
    server.post("/api/ingest", &json!({ "text": "x", "html": "y" })).assert_problem(422);
    server.post("/api/ingest", &json!({ "text": "x", "published": "soon" })).assert_problem(422);
}
