//! What people decide: in the record, on its page, in the list; and what is refused.

use std::path::Path;

use serde_json::{Value, json};

use super::reports::line;
use super::run::{Folder, Run, finish, program};
use super::schema::assert_fits;

fn at(folder: &Path, arguments: &[&str]) -> Run {
    let mut command = program();
    command.env("USER", "amy").args(arguments).current_dir(folder);
    finish(command, b"")
}

/// A store with two incidents, in Oran and in Lima.
fn filled(name: &str) -> Folder {
    let folder = Folder::new(name);
    let oran =
        "A bomb killed two people at a market in Oran on Monday, police said. The mayor blamed Red Column.";
    let lima = "Gunmen killed five people at a bank in Lima on Tuesday, police said.";
    let reports = [
        json!({ "url": "https://courier.example/1", "source": "Courier", "published": "2024-03-05", "text": oran }),
        json!({ "url": "https://herald.example/2", "source": "Herald", "published": "2024-03-06", "text": lima }),
    ];
    folder.file("reports.jsonl", reports.iter().map(line).collect::<String>());
    let done = at(&folder.0, &["ingest", "reports.jsonl"]);
    assert_eq!(done.status, Some(0), "{}", done.err);
    folder
}

fn incidents(folder: &Path) -> Vec<Value> {
    let done = at(folder, &["record", "--format", "json"]);
    let record: Value = serde_json::from_str(&done.out).expect("one JSON object");
    assert_fits(&record, "record");
    record["incidents"].as_array().expect("a list").clone()
}

fn done(folder: &Path, arguments: &[&str]) -> String {
    let done = at(folder, arguments);
    assert_eq!((done.status, done.err.as_str()), (Some(0), ""), "{arguments:?}");
    done.out
}

#[test]
fn what_was_decided_shows_in_the_record_and_undoing_it_restores_what_was_there() {
    let folder = filled("decided");
    let before = incidents(&folder.0);
    let (oran, lima) = (before[0]["id"].as_str().expect("an id"), before[1]["id"].as_str().expect("an id"));
    let fact = before[1]["killed"]["series"][0]["fact"].as_str().expect("a fact");
    let said = done(&folder.0, &["reject", fact, "--reason", "an older toll", "--author", "ben"]);
    assert_eq!(said, format!("d1: rejects fact {fact}\n"));
    done(&folder.0, &["override", oran, "killed", "at least 3", "--reason", "one died later"]);
    done(&folder.0, &["override", &oran[..8], "status", "refuted", "--actor", "red column"]);
    done(&folder.0, &["override", oran, "place", "Port Salis"]);
    done(&folder.0, &["rate", "Courier", "b2", "--reason", "right in nine of ten"]);
    let after = incidents(&folder.0);
    assert_eq!(after[1]["killed"], Value::Null);
    assert_eq!(after[1]["decisions"][0]["author"], "ben");
    assert_eq!(
        after[1]["decisions"][0]["about"],
        "killed 5 (Herald: “five people”)"
            .replace("five people", before[1]["killed"]["series"][0]["quote"].as_str().expect("a quote"))
    );
    let killed = &after[0]["killed"];
    assert_eq!(
        (&killed["low"], &killed["report"], &killed["decision"]),
        (&json!(3), &Value::Null, &json!("d2"))
    );
    assert_eq!(after[0]["attributions"][0]["status"], "refuted");
    assert_eq!(after[0]["reports"][0]["rating"], "B2");
    let page = done(&folder.0, &["record"]).split_whitespace().collect::<Vec<_>>().join(" ");
    for shown in
        ["at least 3*", "REFUTED*", "Port Salis*", "Decided by people", "amy sets killed", "one died later"]
    {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    done(&folder.0, &["merge", lima, oran, "--reason", "a slip"]);
    let merged = incidents(&folder.0);
    assert_eq!((merged.len(), &merged[0]["former_ids"]), (1, &json!([lima])));
    done(&folder.0, &["split", lima, "https://herald.example/2"]);
    assert_eq!(incidents(&folder.0).len(), 2);
    for number in 1..=7 {
        done(&folder.0, &["undo", &format!("d{number}")]);
    }
    assert_eq!(incidents(&folder.0), before);
    let list = done(&folder.0, &["decisions"]);
    assert_eq!(list.lines().count(), 14);
    assert!(list.starts_with("d1 · ") && list.contains("(undone by amy, d8)"), "{list}");
    let listed = done(&folder.0, &["decisions", "--incident", lima, "--format", "json"]);
    let first: Value = serde_json::from_str(listed.lines().next().expect("a line")).expect("JSON");
    assert_eq!((&first["id"], &first["undone"]), (&json!("d1"), &json!("d8")));
}

#[test]
fn what_cannot_be_decided_is_one_line_that_says_why() {
    let folder = filled("refused");
    let ids: Vec<String> = incidents(&folder.0)
        .iter()
        .map(|incident| incident["id"].as_str().expect("an id").to_owned())
        .collect();
    let calls: [(&[&str], &str); 8] = [
        (&["accept", "ffff-c"], "ffff-c: no such fact"),
        (&["merge", &ids[0], &ids[0]], "cannot be merged with itself"),
        (&["note", "ffff", "a"], "ffff: no such incident"),
        (&["split", &ids[0], "https://courier.example/1"], "all its reports"),
        (&["rate", "Courier", "Z9"], "no grade of the Admiralty scale"),
        (&["rate", "Nobody", "A1"], "no such source"),
        (&["override", &ids[0], "colour", "red"], "colour: no such field; one of type"),
        (&["undo", "d7"], "d7: no such decision"),
    ];
    for (call, says) in calls {
        let done = at(&folder.0, call);
        assert_eq!((done.status, done.err.lines().count()), (Some(2), 1), "{}", done.err);
        assert!(done.err.contains(says), "{}", done.err);
    }
    assert_eq!(done(&folder.0, &["decisions"]), "");
}

#[test]
fn what_is_forgotten_is_gone_and_stays_out() {
    let folder = filled("forgotten");
    let report = json!({
        "url": "https://tagus.example/3", "source": "Tagus", "published": "2024-03-07", "title": "Who is Marek Olen?",
        "text": "Police accused Marek Olen of the bombing in Oran. Olen’s lawyer called it a mistake.",
    });
    folder.file("more.jsonl", line(&report));
    assert_eq!(at(&folder.0, &["ingest", "more.jsonl"]).status, Some(0));
    let reason = "acquitted, by request";
    let said = done(&folder.0, &["forget", "--person", "marek olen", "--reason", reason]);
    assert_eq!(said, "a person's name was removed: 1 version changed\n");
    let said = done(&folder.0, &["forget", "--report", "https://herald.example/2", "--reason", "withdrawn"]);
    assert_eq!(said, "a report was removed: 1 version gone\n");
    let ingested = at(&folder.0, &["ingest", "reports.jsonl", "more.jsonl"]).err;
    assert_eq!(ingested, "0 new, 2 known, 0 rejected, 1 forgotten before and kept out\n");
    let record = done(&folder.0, &["record", "--format", "json"]);
    assert!(!record.contains("Olen") && !record.contains("Lima"), "{record}");
    assert_eq!(at(&folder.0, &["audit"]).status, Some(0));
    let list = done(&folder.0, &["decisions"]);
    assert!(
        list.contains(reason) && list.contains("a report was removed") && !list.contains("Olen"),
        "{list}"
    );
    for file in std::fs::read_dir(&folder.0).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if file.to_string_lossy().contains("watchkeeper.db") {
            let bytes = std::fs::read(&file).expect("a file").to_ascii_lowercase();
            assert!(!bytes.windows(4).any(|window| window == b"olen"), "{}", file.display());
        }
    }
    let refused = at(&folder.0, &["forget", "--report", "https://herald.example/2", "--reason", "again"]);
    assert_eq!((refused.status, refused.err.lines().count()), (Some(2), 1), "{}", refused.err);
}
