//! A backup gives back what was there, on either database, and damage is told.

mod common;

use common::{END, Scratch, at, on_both, stream};
use jiff::Timestamp;
use watchkeeper_store::{Call, Filter, Rejected, Role, SavedSearch, Search, Store, Terms};

fn filled(store: &mut Store) {
    let now = at("2024-06-01T00:00:00Z");
    store.add(stream(300)).expect("added");
    store.settle().expect("linked");
    let rejected = Rejected {
        input: "a".to_owned(),
        place: "line 1".to_owned(),
        reason: "none".to_owned(),
        recorded_at: now,
    };
    store.reject(&[rejected]).expect("rejected");
    assert!(store.add_token("desk", Role::Editor, "hash", now).expect("added"));
    let call = Call {
        number: 0,
        recorded_at: now,
        author: "desk".to_owned(),
        role: Role::Editor,
        method: "POST".to_owned(),
        path: "/api/ingest".to_owned(),
        status: 200,
    };
    store.log_call(&call).expect("logged");
    let search = SavedSearch {
        id: "s".to_owned(),
        name: "n".to_owned(),
        query: "q=1".to_owned(),
        author: "desk".to_owned(),
        recorded_at: now,
    };
    store.save_search(&search).expect("saved");
}

fn backup(store: &mut Store) -> Vec<u8> {
    let mut bytes = Vec::new();
    assert_eq!(store.back_up(&mut bytes).expect("backed up"), 300);
    bytes
}

#[test]
fn what_is_restored_is_what_was_there() {
    on_both(|scratch| {
        let mut store = scratch.open();
        filled(&mut store);
        let bytes = backup(&mut store);
        let other = Scratch::sqlite();
        let mut restored = other.open();
        assert_eq!(restored.restore(&mut bytes.as_slice()).expect("restored"), 300);
        let end: Timestamp = at(END);
        let record = |store: &mut Store| store.record(end, None, &Filter::default()).expect("a record");
        assert_eq!(record(&mut restored), record(&mut store));
        assert_eq!(restored.rejected().expect("listed"), store.rejected().expect("listed"));
        assert_eq!(restored.tokens().expect("listed"), store.tokens().expect("listed"));
        assert_eq!(restored.calls(None, 10).expect("listed"), store.calls(None, 10).expect("listed"));
        assert_eq!(restored.searches("desk").expect("listed"), store.searches("desk").expect("listed"));
        assert!(restored.token("hash").expect("asked").is_some());
        let words = Search { terms: Terms::of("depot"), as_of: end, recorded_by: None, before: None };
        let found = |store: &mut Store| store.search(&words, 1000).expect("found").len();
        assert_eq!(found(&mut restored), found(&mut store));
        assert_eq!(restored.audit().expect("audited"), store.audit().expect("audited"));
        assert_eq!(backup(&mut restored), bytes);
    });
}

#[test]
fn a_damaged_backup_or_a_store_with_something_in_it_is_refused() {
    let scratch = Scratch::sqlite();
    let mut store = scratch.open();
    filled(&mut store);
    let bytes = backup(&mut store);
    let told = store.restore(&mut bytes.as_slice()).expect_err("it holds something").to_string();
    assert!(told.contains("empty"), "{told}");
    let other = Scratch::sqlite();
    let mut empty = other.open();
    for length in [0, 5, 21, 1000, bytes.len() / 2, bytes.len() - 1] {
        assert!(empty.restore(&mut &bytes[..length]).is_err(), "{length}");
    }
    for place in (0..bytes.len()).step_by(bytes.len() / 23) {
        let mut changed = bytes.clone();
        changed[place] ^= 1;
        assert!(empty.restore(&mut changed.as_slice()).is_err(), "{place}");
    }
    assert_eq!(empty.holdings().expect("asked").reports, 0);
    assert_eq!(empty.restore(&mut bytes.as_slice()).expect("restored"), 300);
}

/// Tables whose rows follow from others, or belong to the database itself.
const DERIVED: [&str; 13] = [
    "layout",
    "generation",
    "changes",
    "waiting",
    "tellings",
    "joins",
    "acts",
    "incident_keys",
    "bands",
    "repeats",
    "notices",
    "warned",
    "text_words",
];

#[test]
fn no_table_is_forgotten() {
    let scratch = Scratch::sqlite();
    let path = scratch.path().expect("a file");
    drop(scratch.open());
    let connection = rusqlite::Connection::open(path).expect("the same file");
    let mut question = connection
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'text_words_%'")
        .expect("asked");
    let names = question.query_map([], |row| row.get::<_, String>(0)).expect("asked");
    for name in names.map(|name| name.expect("a name")) {
        let is_kept = watchkeeper_store::backed_up().any(|kept| kept == name);
        assert!(is_kept != DERIVED.contains(&name.as_str()), "{name}: say whether a backup keeps it");
    }
}
