//! What must stay true of the house: who knows whom, what `core` never does, and that the documents name what exists.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().expect("the workspace")
}

/// The packages of the workspace as `cargo metadata` tells of them.
fn packages() -> Vec<Value> {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps", "--offline"])
        .current_dir(root())
        .output()
        .expect("cargo runs");
    let mut metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON");
    serde_json::from_value(metadata["packages"].take()).expect("a list of packages")
}

/// What a package needs to run, tests aside.
fn dependencies(packages: &[Value], name: &str) -> BTreeSet<String> {
    let package = packages.iter().find(|package| package["name"] == name).expect("the package exists");
    package["dependencies"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|dependency| dependency["kind"].is_null())
        .map(|dependency| dependency["name"].as_str().expect("a name").to_owned())
        .collect()
}

fn of_the_house(dependencies: BTreeSet<String>) -> Vec<String> {
    dependencies.into_iter().filter(|name| name.starts_with("watchkeeper")).collect()
}

#[test]
fn core_knows_none_and_the_libraries_know_only_core() {
    let packages = packages();
    assert_eq!(of_the_house(dependencies(&packages, "watchkeeper-core")), Vec::<String>::new());
    for name in ["watchkeeper-nlp", "watchkeeper-ingest", "watchkeeper-store"] {
        assert_eq!(of_the_house(dependencies(&packages, name)), ["watchkeeper-core"], "{name}");
    }
}

#[test]
fn core_needs_nothing_that_reaches_outside() {
    let allowed =
        ["fst", "jiff", "serde", "smol_str", "thiserror", "toml", "unicode-normalization", "whatlang"];
    for name in dependencies(&packages(), "watchkeeper-core") {
        assert!(allowed.contains(&name.as_str()), "core depends on {name}: is it pure?");
    }
}

/// All files below with this ending, in order.
fn files(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, ending, found);
        } else if path.extension().is_some_and(|extension| extension == ending) {
            found.push(path);
        }
    }
}

#[test]
fn core_opens_nothing_prints_nothing_and_has_no_clock() {
    const OUTSIDE: [&str; 10] = [
        "std::fs",
        "std::net",
        "std::env",
        "std::process",
        "std::thread",
        "SystemTime",
        "Instant::now",
        "Timestamp::now",
        "Zoned::now",
        "println!",
    ];
    let mut sources = Vec::new();
    files(&root().join("crates/core/src"), "rs", &mut sources);
    assert!(sources.len() > 10);
    for source in sources {
        let text = std::fs::read_to_string(&source).expect("a source");
        for word in OUTSIDE {
            assert!(!text.contains(word), "{} says {word}", source.display());
        }
    }
}
