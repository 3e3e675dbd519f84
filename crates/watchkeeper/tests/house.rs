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
    let allowed = [
        "foldhash",
        "fst",
        "jiff",
        "serde",
        "smol_str",
        "thiserror",
        "toml",
        "unicode-normalization",
        "whatlang",
    ];
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

/// What a document names as a path: a word with a slash or an ending of ours, in code marks or in a listing.
fn named_paths(document: &str) -> BTreeSet<String> {
    const ENDINGS: [&str; 9] = [".rs", ".md", ".toml", ".py", ".sh", ".tsv", ".bin", ".jsonl", ".txt"];
    let mut found = BTreeSet::new();
    for line in document.lines() {
        let listing = line.starts_with("    ");
        let pieces: Vec<&str> =
            if listing { vec![line] } else { line.split('`').skip(1).step_by(2).collect() };
        for word in pieces.iter().flat_map(|piece| piece.split_whitespace()) {
            let word = word.trim_matches(|c: char| "\"'(),;:.".contains(c) && c != '.').trim_end_matches('.');
            let is_simple = word.chars().all(|c| c.is_ascii_alphanumeric() || "./_-".contains(c));
            let is_path = ENDINGS.iter().any(|ending| word.ends_with(ending)) || word.contains('/');
            if is_simple && is_path && !word.starts_with('/') && !word.starts_with("../") {
                found.insert(word.to_owned());
            }
        }
    }
    found
}

#[test]
fn paths_are_told_from_other_words() {
    let document =
        "See `crates/core/src/flow.rs`, `a == b` and `text/`.\n\n    just bench   # runs benches/read.sh\n";
    let found: Vec<String> = named_paths(document).into_iter().collect();
    assert_eq!(found, ["benches/read.sh", "crates/core/src/flow.rs", "text/"]);
}

/// Names that users choose, and what only stands where something was built or fetched.
fn is_an_example(path: &str) -> bool {
    const BUILT: [&str; 3] = ["target/", "watchkeeper/reading/", "watchkeeper/record/"];
    BUILT.iter().any(|beginning| path.starts_with(beginning))
}

#[test]
fn the_documents_name_only_what_exists() {
    let root = root();
    let mut documents: Vec<PathBuf> = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"]
        .iter()
        .map(|name| root.join(name))
        .filter(|path| path.exists())
        .collect();
    files(&root.join("docs"), "md", &mut documents);
    files(&root.join("models"), "md", &mut documents);
    let top: Vec<String> = std::fs::read_dir(&root)
        .expect("the workspace")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    let mut missing = Vec::new();
    for document in &documents {
        let text = std::fs::read_to_string(document).expect("a document");
        for path in named_paths(&text) {
            let first = path.split('/').next().unwrap_or("");
            // "and/or", "text/html" and file names without a folder are only paths where their first part is one of ours.
            let is_ours =
                top.iter().any(|name| name == first) || path.ends_with(".rs") || path.starts_with("crates/");
            let here = document.parent().expect("a folder").join(&path);
            if is_ours && !is_an_example(&path) && !root.join(&path).exists() && !here.exists() {
                missing.push(format!("{}: {path}", document.display()));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}
