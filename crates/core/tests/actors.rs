//! The examples of `knowledge/actors`, and what must hold of the book as a whole.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use watchkeeper_core::actors::{ActorBook, ActorExample, ActorKind};

/// The tables with their names, in the order of their names.
fn tables() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge/actors");
    let mut open = vec![root.clone()];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("a folder of knowledge") {
            let path = entry.expect("readable").path();
            if path.is_dir() { open.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    let name = |path: &PathBuf| path.strip_prefix(&root).expect("below").display().to_string();
    files.iter().map(|path| (name(path), std::fs::read_to_string(path).expect("text"))).collect()
}

fn borrowed(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
}

/// What is wrong with how an example is linked.
fn told(book: &ActorBook, example: &ActorExample) -> Option<String> {
    let candidates = book.candidates(&example.mention, example.on);
    let keys: Vec<String> = candidates.iter().map(|one| book.key(one.id)).collect();
    let right = match example.expected.as_slice() {
        [] => keys.is_empty(),
        [one] => keys.first() == Some(one),
        several => ActorBook::decide(&candidates).is_none() && several.iter().all(|key| keys.contains(key)),
    };
    let scores = candidates.iter().map(|one| one.score);
    let shown: Vec<String> =
        keys.iter().zip(scores).take(3).map(|(key, score)| format!("{key} {score:.2}")).collect();
    let place = format!("{}:{}", example.file, example.line);
    (!right).then(|| format!("{place} {:?}: {}", example.mention, shown.join(", ")))
}

#[test]
fn every_example_of_the_tables_is_linked_as_it_says() {
    let files = tables();
    let files = borrowed(&files);
    let book = ActorBook::parse(&files).expect("well-formed tables");
    let examples = ActorBook::examples(&files).expect("well-formed examples");
    let wrong: Vec<String> = examples.iter().filter_map(|example| told(&book, example)).collect();
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), examples.len(), wrong.join("\n"));
}

#[test]
fn every_table_of_actors_has_examples() {
    for (name, text) in tables() {
        let own = !matches!(name.as_str(), "functions.tsv" | "spellings.tsv");
        assert!(!own || text.lines().any(|line| line.starts_with('?')), "{name} has no example");
    }
}

#[test]
fn no_key_stands_in_two_lines_of_the_tables() {
    let mut seen: BTreeMap<String, String> = BTreeMap::new();
    for (name, text) in tables() {
        let mut lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with(['#', '?']));
        let header = lines.next().expect("a header");
        if !header.starts_with("id\t") {
            continue;
        }
        for line in lines {
            let key = line.split('\t').next().expect("a first cell").to_owned();
            let before = seen.insert(key.clone(), name.clone());
            assert_eq!(before, None, "{key} stands in {name} too");
        }
    }
}

#[test]
fn the_book_is_as_broad_as_it_should_be() {
    let files = tables();
    let book = ActorBook::parse(&borrowed(&files)).expect("well-formed tables");
    let count = |wanted: &[ActorKind]| {
        let kind = |key: &str| book.by_key(key).map(|id| book.kind(id));
        book.keys().filter(|key| kind(key).is_some_and(|kind| wanted.contains(&kind))).count()
    };
    assert!(count(&[ActorKind::State]) >= 195, "{} states", count(&[ActorKind::State]));
    let groups = count(&[ActorKind::ArmedGroup, ActorKind::CriminalGroup, ActorKind::Coalition]);
    assert!(groups >= 500, "{groups} armed groups");
    let without_head = book.keys().filter(|key| {
        let state = book.by_key(key).is_some_and(|id| {
            let actor = book.actor(id);
            actor.kind == ActorKind::State && actor.active.end.is_none()
        });
        let heads = ["president", "prime_minister", "monarch", "supreme_leader"];
        state
            && !heads.iter().any(|office| {
                book.by_key(&format!("{key}.{office}"))
                    .is_some_and(|office| book.terms_in(office).next().is_some())
            })
    });
    assert_eq!(without_head.collect::<Vec<_>>(), [""; 0], "states without a head of state or government");
}
