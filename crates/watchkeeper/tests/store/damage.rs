//! Damage by hand: the audit names what was changed, whichever byte it is.

use rusqlite::Connection;
use serde_json::Value;
use watchkeeper_store::{Failure, Store};

use super::scratch::Scratch;
use super::streams::{Numbers, feed, streams};

/// How many bytes of each kind are changed, one after another.
const CHANGES: usize = 150;

/// A column of one version.
struct Cell<'a> {
    file: &'a Connection,
    column: &'static str,
    version: String,
    held: Vec<u8>,
}

impl Cell<'_> {
    fn write(&self, bytes: &[u8]) {
        let statement = format!("UPDATE versions SET {} = ?1 WHERE id = ?2", self.column);
        self.file.execute(&statement, (bytes, &self.version)).expect("written by hand");
    }

    /// What the audit says while the column holds something else.
    fn with(&self, store: &mut Store, bytes: &[u8]) -> Vec<Failure> {
        self.write(bytes);
        let (_, failures) = store.audit().expect("damage is a finding, not an error");
        self.write(&self.held);
        assert!(failures.iter().all(|failure| failure.version == self.version), "{failures:?}");
        failures
    }
}

fn cells<'a>(file: &'a Connection, column: &'static str) -> Vec<Cell<'a>> {
    let mut asked =
        file.prepare(&format!("SELECT id, {column} FROM versions ORDER BY id")).expect("versions");
    let cells = asked.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).expect("versions");
    cells
        .map(|cell| {
            let (version, held) = cell.expect("a version");
            Cell { file, column, version, held }
        })
        .collect()
}

/// A store of our examples and a second connection to its file.
fn damaged(test: impl Fn(&mut Store, &Connection, &mut Numbers)) {
    let scratch = Scratch::sqlite();
    let stream = &streams()[0];
    let mut store = feed(&scratch.address, &stream.readings, 256);
    let (looked_at, failures) = store.audit().expect("audited");
    assert!(looked_at > 40, "{looked_at}");
    assert_eq!(failures, []);
    let file = Connection::open(scratch.file().expect("a file")).expect("the store's file");
    test(&mut store, &file, &mut Numbers(4));
    assert_eq!(store.audit().expect("audited").1, [], "what was changed was put back");
}

fn decompressed(bytes: &[u8]) -> Vec<u8> {
    lz4_flex::decompress_size_prepended(bytes).expect("whole")
}

/// The quotes of facts, however they are wrapped: in the title, first byte, byte after the last, words.
fn quotes<'a>(value: &'a mut Value, found: &mut Vec<&'a mut Vec<Value>>) {
    match value {
        Value::Array(parts) => {
            let kinds = (parts.first(), parts.get(1), parts.get(2), parts.get(3));
            match kinds {
                (
                    Some(Value::Bool(_)),
                    Some(Value::Number(_)),
                    Some(Value::Number(_)),
                    Some(Value::String(_)),
                ) => {
                    found.push(parts);
                }
                _ => parts.iter_mut().for_each(|part| quotes(part, found)),
            }
        }
        Value::Object(parts) => parts.values_mut().for_each(|part| quotes(part, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

#[test]
fn any_changed_byte_of_an_archived_text_is_noticed() {
    damaged(|store, file, numbers| {
        let cells = cells(file, "text");
        let facts = self::cells(file, "facts");
        let mut named = 0;
        for _ in 0..CHANGES {
            let at = numbers.below(cells.len());
            let mut text = decompressed(&cells[at].held);
            let byte = numbers.below(text.len());
            text[byte] ^= 1 << numbers.below(8);
            let failures = cells[at].with(store, &lz4_flex::compress_prepend_size(&text));
            assert!(
                failures.iter().any(|failure| failure.fact == "archived text"),
                "byte {byte} of {}: {failures:?}",
                cells[at].version
            );
            let mut held: Value = serde_json::from_slice(&decompressed(&facts[at].held)).expect("JSON");
            let mut quoted = Vec::new();
            quotes(&mut held, &mut quoted);
            let is_quoted = quoted.iter().any(|quote| {
                let [in_title, start, end] = [0, 1, 2].map(|part| &quote[part]);
                *in_title == Value::Bool(false) && (start.as_u64()..end.as_u64()).contains(&Some(byte as u64))
            });
            // Where the text is still a text, the facts that quote the byte are named too.
            if is_quoted && std::str::from_utf8(&text).is_ok() {
                assert!(failures.len() > 1, "byte {byte} of {}: {failures:?}", cells[at].version);
                named += 1;
            }
        }
        assert!(named > 5, "{named}");
    });
}

#[test]
fn any_changed_stored_byte_is_noticed_or_means_the_same() {
    damaged(|store, file, numbers| {
        for column in ["text", "facts"] {
            let cells = cells(file, column);
            for change in 0..CHANGES {
                let cell = &cells[numbers.below(cells.len())];
                let mut bytes = cell.held.clone();
                // The length in front is worth a trial of its own.
                let byte = if change % 10 == 0 { change / 10 % 4 } else { numbers.below(bytes.len()) };
                bytes[byte] ^= 1 << numbers.below(8);
                let means = lz4_flex::decompress_size_prepended(&bytes).ok();
                let failures = cell.with(store, &bytes);
                if column == "text" && means != Some(decompressed(&cell.held)) {
                    assert_ne!(failures, [], "byte {byte} of the {column} of {}", cell.version);
                }
            }
        }
    });
}

#[test]
fn every_scenario_passes() {
    for stream in streams() {
        let scratch = Scratch::sqlite();
        let (_, failures) = feed(&scratch.address, &stream.readings, 256).audit().expect("audited");
        assert_eq!(failures, [], "{}", stream.name);
    }
}

#[test]
fn any_changed_quote_is_named() {
    damaged(|store, file, _| {
        for cell in cells(file, "facts") {
            let whole: Value = serde_json::from_slice(&decompressed(&cell.held)).expect("JSON");
            let mut found = Vec::new();
            let mut counted = whole.clone();
            quotes(&mut counted, &mut found);
            for at in 0..found.len() {
                for part in [1, 2, 3] {
                    let mut facts = whole.clone();
                    let mut found = Vec::new();
                    quotes(&mut facts, &mut found);
                    let changed = &mut found[at][part];
                    *changed = match changed.as_u64() {
                        Some(byte) => (byte + 1).into(),
                        None => format!("{}.", changed.as_str().unwrap_or_default()).into(),
                    };
                    let bytes = serde_json::to_vec(&facts).expect("JSON");
                    let failures = cell.with(store, &lz4_flex::compress_prepend_size(&bytes));
                    assert_eq!(failures.len(), 1, "quote {at} of {}: {failures:?}", cell.version);
                    let fact = &failures[0].fact;
                    assert!(fact.ends_with(|c: char| c.is_ascii_digit()), "{fact}");
                }
            }
        }
    });
}
