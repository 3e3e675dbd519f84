//! What `read` prints is what `schema reading` says, and what the contract names is there.

use serde_json::Value;

use super::reports::{FERRY, UGLY, hundred, line};
use super::run::{readings, run};

fn schema() -> Value {
    schema_of("reading")
}

fn schema_of(name: &str) -> Value {
    let done = run(&["schema", name], "");
    assert_eq!(done.status, Some(0));
    serde_json::from_str(&done.out).expect("JSON")
}

/// Keywords that [`check`] knows; a schema that uses another needs a new rule there.
const KNOWN: [&str; 19] = [
    "$schema",
    "$defs",
    "$ref",
    "title",
    "description",
    "type",
    "format",
    "properties",
    "required",
    "items",
    "enum",
    "const",
    "anyOf",
    "oneOf",
    "additionalProperties",
    "minimum",
    "maximum",
    "minItems",
    "default",
];

fn is_of_type(value: &Value, name: &str) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("unknown type {other}"),
    }
}

fn list(value: &Value) -> Vec<&Value> {
    value
        .as_array()
        .map_or_else(|| if value.is_null() { Vec::new() } else { vec![value] }, |all| all.iter().collect())
}

/// The keywords of JSON Schema 2020-12 that the program's schemas use.
fn check(value: &Value, schema: &Value, root: &Value, at: &str) -> Result<(), String> {
    let Some(rules) = schema.as_object() else { return Ok(()) };
    if let Some(unknown) = rules.keys().find(|key| !KNOWN.contains(&key.as_str())) {
        panic!("{at}: the schema uses {unknown}, which this test does not check");
    }
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.strip_prefix("#/$defs/").expect("a local definition");
        check(value, root["$defs"].get(name).expect("the definition exists"), root, at)?;
    }
    let types = list(&schema["type"]);
    if !types.is_empty() && !types.iter().any(|name| is_of_type(value, name.as_str().expect("a name"))) {
        return Err(format!("{at}: {value} is not {types:?}"));
    }
    let allowed = list(&schema["enum"]);
    if !allowed.is_empty() && !allowed.contains(&value) {
        return Err(format!("{at}: {value} is not one of {allowed:?}"));
    }
    if schema.get("const").is_some_and(|only| only != value) {
        return Err(format!("{at}: {value} is not {}", schema["const"]));
    }
    for choice in ["anyOf", "oneOf"] {
        let ways = list(&schema[choice]);
        if !ways.is_empty() && ways.iter().all(|way| check(value, way, root, at).is_err()) {
            return Err(format!("{at}: {value} fits no way"));
        }
    }
    if let Some(number) = value.as_f64() {
        let outside = |name: &str, wrong: fn(f64, f64) -> bool| {
            schema[name].as_f64().is_some_and(|bound| wrong(number, bound))
        };
        if outside("minimum", |n, bound| n < bound) || outside("maximum", |n, bound| n > bound) {
            return Err(format!("{at}: {value} is out of bounds"));
        }
    }
    check_inside(value, schema, root, at)
}

fn check_inside(value: &Value, schema: &Value, root: &Value, at: &str) -> Result<(), String> {
    match value {
        Value::Object(fields) => {
            for name in list(&schema["required"]) {
                let name = name.as_str().expect("a name");
                if !fields.contains_key(name) {
                    return Err(format!("{at}: {name} is missing"));
                }
            }
            for (name, field) in fields {
                let here = format!("{at}.{name}");
                match schema["properties"].get(name).or(schema.get("additionalProperties")) {
                    Some(Value::Bool(false)) => return Err(format!("{here} is not allowed")),
                    Some(rule) => check(field, rule, root, &here)?,
                    None if schema.get("properties").is_some() => {
                        return Err(format!("{here} is not described"));
                    }
                    None => {}
                }
            }
        }
        Value::Array(elements) => {
            if schema["minItems"].as_u64().is_some_and(|least| (elements.len() as u64) < least) {
                return Err(format!("{at}: too few elements"));
            }
            for (number, element) in elements.iter().enumerate() {
                check(element, &schema["items"], root, &format!("{at}[{number}]"))?;
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    Ok(())
}

/// What is printed is what `schema NAME` says.
pub fn assert_fits(value: &Value, name: &str) {
    let schema = schema_of(name);
    check(value, &schema, &schema, name).unwrap_or_else(|error| panic!("{error}"));
}

#[test]
fn readings_are_what_the_schema_says() {
    let schema = schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let ugly: String =
        UGLY.iter().map(|text| line(&serde_json::json!({ "text": text, "title": FERRY }))).collect();
    for reading in readings(hundred() + &ugly) {
        check(&reading, &schema, &schema, "reading").unwrap_or_else(|error| panic!("{error}"));
    }
}

#[test]
fn the_schema_tells_right_from_wrong() {
    let schema = schema();
    let reading = readings(FERRY).remove(0);
    let broken = |change: fn(&mut Value)| {
        let mut reading = reading.clone();
        change(&mut reading);
        assert!(check(&reading, &schema, &schema, "reading").is_err(), "{reading}");
    };
    broken(|reading| reading["schema"] = "watchkeeper/reading/2".into());
    broken(|reading| reading["document"]["text"] = Value::Null);
    broken(|reading| reading["entities"][0]["kind"] = "ghost".into());
    broken(|reading| reading["entities"][0]["mentions"] = Value::Array(Vec::new()));
    broken(|reading| drop(reading.as_object_mut().expect("an object").remove("notes")));
}

/// The contract's table of fields.
const FIELDS: [(&str, &[&str]); 13] = [
    ("document", &["id", "title", "published", "source", "url", "language", "text", "masked"]),
    ("entities", &["id", "name", "kind", "country", "codes", "mentions"]),
    (
        "places",
        &["start", "end", "text", "name", "country", "admin1", "lat", "lon", "geonames_id", "precision"],
    ),
    ("times", &["start", "end", "text", "type", "value", "range"]),
    ("statements", &["speaker", "quote_type", "evidence"]),
    (
        "incidents",
        &[
            "id",
            "type",
            "stage",
            "modality",
            "date",
            "place",
            "perpetrators",
            "targets",
            "victims",
            "unnamed_victims",
            "weapons",
            "background",
            "evidence",
        ],
    ),
    ("attributions", &["incident", "stance", "speaker", "actor", "certainty", "said_on", "evidence"]),
    ("casualties", &["incident", "measure", "low", "high", "qualifier", "of", "evidence"]),
    (
        "warnings",
        &["issuer", "about", "place", "actor", "target", "window", "issued_on", "incident", "evidence"],
    ),
    ("threats", &["speaker", "target", "action", "condition", "said_on", "evidence"]),
    ("events", &["type", "mode", "actor", "recipient", "date", "place", "modality", "evidence"]),
    ("notes", &[]),
    ("schema", &[]),
];

#[test]
fn the_schema_has_every_field_of_the_contract() {
    let schema = schema();
    for (name, fields) in FIELDS {
        let part = schema["properties"].get(name).unwrap_or_else(|| panic!("no {name}"));
        let reference = part["$ref"].as_str().or(part["items"]["$ref"].as_str());
        let Some(definition) = reference.and_then(|reference| reference.strip_prefix("#/$defs/")) else {
            assert!(fields.is_empty(), "{name} is not described");
            continue;
        };
        for field in fields {
            assert!(schema["$defs"][definition]["properties"].get(field).is_some(), "{name}.{field}");
            let required = list(&schema["$defs"][definition]["required"]);
            assert!(required.contains(&&Value::from(*field)), "{name}.{field} may be missing");
        }
    }
}
