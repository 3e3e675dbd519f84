//! The description of the interface (OpenAPI 3.1), made of the routes and of the types that they read and give.

use axum::http::Method;
use schemars::generate::{SchemaGenerator, SchemaSettings};
use serde_json::{Map, Value, json};
use watchkeeper_store::Role;

use super::problem::WireProblem;
use super::route::{Gives, Needs, Route, Takes};

/// Where the schemas stand in the document.
const SCHEMAS: &str = "/components/schemas";

/// The document.
pub fn document(routes: &[Route]) -> Value {
    let settings =
        || SchemaSettings::draft2020_12().with(|settings| settings.definitions_path = SCHEMAS.into());
    let mut asked = settings().for_deserialize().into_generator();
    let mut given = settings().for_serialize().into_generator();
    let problem = given.subschema_for::<WireProblem>();
    let mut paths: Map<String, Value> = Map::new();
    for route in routes {
        let operation = operation(route, &mut asked, &mut given, problem.as_value());
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        path[route.method.as_str().to_ascii_lowercase()] = operation;
    }
    let mut schemas = asked.take_definitions(true);
    schemas.extend(given.take_definitions(true));
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Watchkeeper",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "The record of who says who did what",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
        },
    })
}

fn operation(
    route: &Route,
    asked: &mut SchemaGenerator,
    given: &mut SchemaGenerator,
    problem: &Value,
) -> Value {
    let mut operation = json!({
        "operationId": operation_id(route),
        "summary": route.summary,
        "tags": [tag(route.path)],
        "parameters": parameters(route, asked),
        "responses": responses(route, given, problem),
    });
    match route.needs {
        Needs::Nothing => operation["security"] = json!([]),
        Needs::Role(role) => {
            operation["security"] = json!([{ "token": [] }, {}]);
            operation["description"] = json!(format!("For the role {}.", role.as_str()));
        }
    }
    let content = match route.takes {
        Takes::Nothing => return operation,
        Takes::Json(describe) => json!({ "application/json": { "schema": describe(asked) } }),
        Takes::JsonOrFiles(describe) => json!({
            "application/json": { "schema": describe(asked) },
            "multipart/form-data": { "schema": {
                "type": "object",
                // Files of any kind, one part each.
                "properties": { "file": {} },
                "required": ["file"],
            } },
        }),
    };
    operation["requestBody"] = json!({ "required": true, "content": content });
    operation
}

/// As `get_incidents_id_changes`.
fn operation_id(route: &Route) -> String {
    let path = route.path.trim_start_matches("/api").replace(['/', '.'], "_").replace(['{', '}'], "");
    format!("{}{path}", route.method.as_str().to_ascii_lowercase())
}

/// The first part of the path.
fn tag(path: &str) -> &str {
    path.trim_start_matches("/api").trim_start_matches('/').split(['/', '.']).next().unwrap_or("")
}

fn parameters(route: &Route, asked: &mut SchemaGenerator) -> Vec<Value> {
    let mut parameters = Vec::new();
    if let Some(name) = route.parameter() {
        let schema = json!({ "type": "string", "minLength": 1, "maxLength": 400 });
        parameters.push(json!({ "name": name, "in": "path", "required": true, "schema": schema }));
    }
    let Some(describe) = route.query else { return parameters };
    let schema = resolved(describe(asked).to_value(), asked);
    let required = schema["required"].as_array().cloned().unwrap_or_default();
    for (name, schema) in schema["properties"].as_object().into_iter().flatten() {
        let mut schema = without_null(schema);
        let description = schema.as_object_mut().and_then(|schema| schema.remove("description"));
        let mut parameter = json!({ "name": name, "in": "query", "required": required.contains(&json!(name)), "schema": schema });
        if let Some(description) = description {
            parameter["description"] = description;
        }
        parameters.push(parameter);
    }
    parameters
}

/// The schema that a reference leads to; it is taken out of the document, since nothing else refers to it.
fn resolved(schema: Value, asked: &mut SchemaGenerator) -> Value {
    let name = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next());
    match name {
        Some(name) => asked.definitions_mut().remove(name).unwrap_or_default(),
        None => schema,
    }
}

/// What is absent from a query is not null there.
fn without_null(schema: &Value) -> Value {
    let mut schema = schema.clone();
    let Some(object) = schema.as_object_mut() else { return schema };
    for list in ["type", "enum", "anyOf"] {
        if let Some(Value::Array(members)) = object.get_mut(list) {
            members
                .retain(|one| *one != json!("null") && !one.is_null() && *one != json!({ "type": "null" }));
            if list != "enum" && members.len() == 1 {
                let only = members.remove(0);
                match (list, only) {
                    ("type", only) => drop(object.insert("type".to_owned(), only)),
                    (_, Value::Object(only)) => {
                        object.remove("anyOf");
                        object.extend(only);
                    }
                    (_, _) => {}
                }
            }
        }
    }
    object.remove("default");
    schema
}

fn responses(route: &Route, given: &mut SchemaGenerator, problem: &Value) -> Value {
    let content = match route.gives {
        Gives::Json(describe) => json!({ "application/json": { "schema": describe(given) } }),
        Gives::Other(content_type) => {
            let bare = content_type.split(';').next().unwrap_or(content_type);
            let kind = if bare == "application/json" { "object" } else { "string" };
            json!({ bare: { "schema": { "type": kind } } })
        }
    };
    let mut responses = json!({ "200": { "description": "The answer", "content": content } });
    let mut may = |status: &str, description: &str| {
        let content = json!({ "application/problem+json": { "schema": problem } });
        responses[status] = json!({ "description": description, "content": content });
    };
    may("400", "The call cannot be understood");
    may("421", "The Host header names another server");
    match route.needs {
        Needs::Nothing => {}
        Needs::Role(Role::Reader) => may("401", "A token is needed"),
        Needs::Role(Role::Editor | Role::Admin) => {
            may("401", "A token is needed");
            may("403", "The role of the token is not enough, or a page of another site calls");
        }
    }
    if route.may_be_absent {
        may("404", "There is nothing of that name");
    }
    if route.method != Method::GET {
        may("409", "It cannot be done to what is there");
        may("422", "The values cannot be");
    }
    if !matches!(route.takes, Takes::Nothing) {
        may("408", "The body took too long");
        may("413", "The body is too long");
        may("415", "The body is of a kind that is not taken here");
    }
    may("500", "The server could not answer; its log says why");
    if route.path == "/api/incidents/{id}" {
        responses["301"] = json!({ "description": "The incident has another id now" });
    }
    if route.method == Method::GET && matches!(route.gives, Gives::Json(_)) {
        responses["304"] = json!({ "description": "The caller has it already" });
    }
    responses
}
