//! `/api/docs`: the description of the interface as a page for people.

use std::fmt::Write as _;

use serde_json::Value;

/// The page.
pub fn page(document: &Value) -> String {
    let mut page = String::from(
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Watchkeeper: the interface</title>\
         <link rel=\"stylesheet\" href=\"/api/docs.css\"></head><body><main><h1>Watchkeeper: the interface</h1>\
         <p>The same for programs: <a href=\"/api/openapi.json\">/api/openapi.json</a>. \
         Errors are <code>application/problem+json</code>. Callers that are not on this machine show a token: \
         <code>Authorization: Bearer …</code>.</p>",
    );
    for (path, operations) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in operations.as_object().into_iter().flatten() {
            put_operation(&mut page, method, path, operation);
        }
    }
    page.push_str("<h2>Objects</h2>");
    for (name, schema) in document["components"]["schemas"].as_object().into_iter().flatten() {
        let _ = write!(page, "<section id=\"{0}\"><h3>{0}</h3>", escaped(name));
        put_description(&mut page, schema);
        put_properties(&mut page, schema);
        page.push_str("</section>");
    }
    page.push_str("</main></body></html>");
    page
}

fn put_operation(page: &mut String, method: &str, path: &str, operation: &Value) {
    let id = operation["operationId"].as_str().unwrap_or("");
    let _ = write!(
        page,
        "<section id=\"{}\"><h2><code>{} {}</code></h2><p>{}.",
        escaped(id),
        method.to_ascii_uppercase(),
        escaped(path),
        escaped(operation["summary"].as_str().unwrap_or(""))
    );
    if let Some(description) = operation["description"].as_str() {
        let _ = write!(page, " {}", escaped(description));
    }
    page.push_str("</p>");
    let parameters = operation["parameters"].as_array().map_or(&[][..], Vec::as_slice);
    if !parameters.is_empty() {
        page.push_str("<table><tr><th>parameter</th><th>value</th><th></th></tr>");
        for parameter in parameters {
            let _ = write!(
                page,
                "<tr><td><code>{}</code></td><td>{}</td><td>{}</td></tr>",
                escaped(parameter["name"].as_str().unwrap_or("")),
                kind(&parameter["schema"]),
                escaped(parameter["description"].as_str().unwrap_or(""))
            );
        }
        page.push_str("</table>");
    }
    for (content_type, body) in operation["requestBody"]["content"].as_object().into_iter().flatten() {
        let _ =
            write!(page, "<p>Takes <code>{}</code>: {}</p>", escaped(content_type), kind(&body["schema"]));
    }
    for (content_type, body) in operation["responses"]["200"]["content"].as_object().into_iter().flatten() {
        let _ =
            write!(page, "<p>Gives <code>{}</code>: {}</p>", escaped(content_type), kind(&body["schema"]));
        if body["schema"]["$ref"].is_null() {
            put_properties(page, &body["schema"]);
        }
    }
    page.push_str("</section>");
}

fn put_description(page: &mut String, schema: &Value) {
    if let Some(description) = schema["description"].as_str() {
        let _ = write!(page, "<p>{}</p>", escaped(description));
    }
}

fn put_properties(page: &mut String, schema: &Value) {
    let Some(properties) = schema["properties"].as_object() else { return };
    page.push_str("<table><tr><th>field</th><th>value</th><th></th></tr>");
    for (name, schema) in properties {
        let _ = write!(
            page,
            "<tr><td><code>{}</code></td><td>{}</td><td>{}</td></tr>",
            escaped(name),
            kind(schema),
            escaped(schema["description"].as_str().unwrap_or(""))
        );
    }
    page.push_str("</table>");
}

/// A schema in a few words, with links to the objects that it names.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next()) {
        return format!("<a href=\"#{0}\">{0}</a>", escaped(name));
    }
    if let Some(words) = schema["enum"].as_array() {
        let words: Vec<String> =
            words.iter().map(|word| word.as_str().unwrap_or("null").to_owned()).collect();
        return escaped(&words.join(" | "));
    }
    for list in ["anyOf", "oneOf"] {
        if let Some(members) = schema[list].as_array() {
            return members.iter().map(kind).collect::<Vec<_>>().join(" or ");
        }
    }
    let kinds = match &schema["type"] {
        Value::String(kind) => kind.clone(),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => String::new(),
    };
    let format = schema["format"].as_str().map(|format| format!(" ({format})")).unwrap_or_default();
    let items =
        if schema["items"].is_object() { format!(" of {}", kind(&schema["items"])) } else { String::new() };
    format!("{}{}{items}", escaped(&kinds), escaped(&format))
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The look of the page.
pub const STYLE: &str = "body{margin:0;font:16px/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff}\
main{max-width:60rem;margin:0 auto;padding:1rem}code{font-size:.95em}\
h2{font-size:1.1rem;margin:2rem 0 .3rem;border-top:1px solid #ddd;padding-top:1rem}h3{font-size:1rem;margin:1.5rem 0 .3rem}\
table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;padding:.15rem .8rem .15rem 0;font-weight:normal}\
th{color:#666}p{margin:.3rem 0}@media(prefers-color-scheme:dark){body{color:#ddd;background:#161616}a{color:#8ab4f8}h2{border-color:#333}}";
