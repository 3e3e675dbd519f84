//! One incident, what happened when, versions and exports.

use serde_json::{Value, json};

use super::reports::{FERRY, line};
use super::run::{Folder, finish, program};
use super::views::{answer, at, list, store};

/// The id of the incident on which most reports tell.
fn ferry(folder: &Folder) -> String {
    let record = answer(&folder.0, &["record"]);
    let most = list(&record["incidents"]).iter().max_by_key(|incident| list(&incident["reports"]).len());
    most.expect("an incident")["id"].as_str().expect("an id").to_owned()
}

#[test]
fn an_incident_is_shown_with_all_that_hangs_on_it() {
    let folder = store("show");
    let id = ferry(&folder);
    let shown = answer(&folder.0, &["show", &id]);
    let record = answer(&folder.0, &["record"]);
    let whole =
        list(&record["incidents"]).iter().find(|incident| incident["id"] == id.as_str()).expect("there");
    for (field, value) in whole.as_object().expect("an object") {
        assert_eq!(&shown[field], value, "{field}");
    }
    // The claim stands in three reports and is shown once, with all its carriers.
    let front = list(&shown["accounts"])
        .iter()
        .find(|account| account["actor"]["name"] == "Northern Islands Front")
        .expect("the claimant");
    let claims: Vec<&Value> =
        list(&front["sayings"]).iter().filter(|saying| saying["stance"] == "claims").collect();
    assert_eq!(claims.len(), 1);
    assert_eq!(list(&claims[0]["reports"]).len(), 3);
    assert!(list(&shown["links"]).iter().any(|link| link["score"].is_null()), "one report founded it");
    assert!(list(&shown["links"]).iter().any(|link| !list(&link["reasons"]).is_empty()));
    let page = at(&folder.0, &["show", &id, "--why"]).out;
    let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
    for words in [
        "3 outlets",
        "CLAIMED",
        "Courier, Tagus, Herald",
        "Why these reports are linked",
        "founded the incident",
    ] {
        assert!(page.contains(words), "no {words:?} in {page}");
    }
    assert!(page.contains('▁') || page.contains('█'), "no chart of the dead in {page}");
}

#[test]
fn an_id_may_be_cut_short_and_a_wrong_one_is_refused() {
    let folder = store("short");
    let id = ferry(&folder);
    let (version, number) = id.split_once('-').expect("a number");
    let short = format!("{}-{number}", &version[..8]);
    assert_eq!(answer(&folder.0, &["show", &short])["id"], id.as_str());
    for (wrong, why) in [("ffffffffffff", "no such incident"), ("%", "no such incident")] {
        let done = at(&folder.0, &["show", wrong]);
        assert_eq!(done.status, Some(2));
        assert!(done.err.contains(why) && done.err.lines().count() == 1, "{}", done.err);
    }
    let early = at(&folder.0, &["show", &id, "--as-of", "2024-03-01"]);
    assert_eq!(early.status, Some(2), "it is not known yet");
}

#[test]
fn what_happened_when_is_told_in_order() {
    let folder = store("timeline");
    let entries = answer(&folder.0, &["timeline"]);
    let days: Vec<&str> =
        list(&entries["entries"]).iter().map(|entry| entry["day"].as_str().expect("a day")).collect();
    assert!(days.is_sorted(), "{days:?}");
    let kinds: Vec<&str> =
        list(&entries["entries"]).iter().map(|entry| entry["kind"].as_str().expect("a kind")).collect();
    for kind in ["happened", "said", "changed", "warned", "threatened"] {
        assert!(kinds.contains(&kind), "no {kind} among {kinds:?}");
    }
    let page = at(&folder.0, &["timeline", "--country", "DZ"]).out;
    assert!(page.contains("5 March 2024") && !page.contains("ferry"), "{page}");
}

#[test]
fn an_edit_is_shown_word_by_word_with_the_facts_that_it_changed() {
    let folder = Folder::new("versions");
    let edited = FERRY
        .replace("at least 12 people", "19 people")
        .replace("claimed responsibility", "denied responsibility");
    for (text, updated) in [(FERRY, "2024-03-04T12:00:00Z"), (edited.as_str(), "2024-03-05T12:00:00Z")] {
        let report = json!({ "url": "https://courier.example/1", "source": "Courier",
            "published": "2024-03-04T12:00:00Z", "updated": updated, "text": text });
        folder.file("report.jsonl", line(&report));
        at(&folder.0, &["ingest", "report.jsonl"]);
    }
    let answered = answer(&folder.0, &["versions", "https://courier.example/1"]);
    let versions = list(&answered["versions"]);
    assert_eq!(versions.len(), 2);
    assert!(versions[0]["changed"].is_null());
    let changed = &versions[1]["changed"];
    let side = |gone: &str| -> String {
        let kept = list(&changed["parts"]).iter().filter(|part| part["op"] != gone);
        kept.map(|part| part["text"].as_str().expect("a text")).collect()
    };
    assert_eq!((side("added").as_str(), side("removed").as_str()), (FERRY, edited.as_str()));
    let labels =
        |field: &str| list(&changed[field]).iter().map(|fact| fact["label"].to_string()).collect::<String>();
    assert!(labels("facts_added").contains("19 killed"), "{changed}");
    assert!(labels("facts_removed").contains("at least 12 killed"), "{changed}");
    let page = at(&folder.0, &["versions", versions[1]["id"].as_str().expect("an id")]).out;
    assert!(page.contains("{+") && page.contains("[-") && page.contains("tells now"), "{page}");
    assert_eq!(at(&folder.0, &["versions", "https://nowhere.example/"]).status, Some(2));
}

#[test]
fn exports_are_well_formed_and_say_the_same() {
    let folder = store("export");
    let record = answer(&folder.0, &["record"]);
    let incidents = list(&record["incidents"]);
    let export = |format: &str| {
        let done = at(&folder.0, &["export", "--format", format]);
        assert_eq!(done.status, Some(0), "{}", done.err);
        done.out
    };
    let lines: Vec<Value> =
        export("jsonl").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(lines, incidents);
    let map: Value = serde_json::from_str(&export("geojson")).expect("JSON");
    assert_eq!(map["type"], "FeatureCollection");
    for (feature, incident) in list(&map["features"]).iter().zip(incidents) {
        assert_eq!(feature["id"], incident["id"]);
        match incident["place"]["precision"].as_str() {
            None | Some("country") => assert!(feature["geometry"].is_null()),
            Some(_) if incident["place"]["lat"].is_null() => assert!(feature["geometry"].is_null()),
            Some(_) => {
                let point = json!([incident["place"]["lon"], incident["place"]["lat"]]);
                assert_eq!(feature["geometry"]["coordinates"], point);
            }
        }
    }
    let table = export("csv");
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("RFC 4180");
    assert_eq!(rows.len(), incidents.len());
    assert!(table.contains("\r\n") && table.starts_with("event_id,event_date,"));
    assert!(!table.contains("crowded ferry in the harbour of Port Salis on Monday, killing at least 12 people and wounding more than 30, the coastguard said.\n\n"), "no full texts");
}

#[test]
fn exports_do_not_name_private_persons() {
    let folder = Folder::new("withheld");
    let text = "Two killed in blast at market in Port Salis\n\nPORT SALIS, March 4 — A bomb exploded at a market in Port \
        Salis on Monday, killing two people, police said. Police accused Tomas Verrin of planting the bomb.";
    folder.file(
        "report.jsonl",
        line(&json!({ "url": "https://courier.example/9", "source": "Courier",
        "published": "2024-03-04T12:00:00Z", "text": text })),
    );
    at(&folder.0, &["ingest", "report.jsonl"]);
    let record = at(&folder.0, &["record", "--format", "json"]).out;
    assert!(record.contains("Verrin"), "the record names the accused: {record}");
    for format in ["csv", "geojson", "jsonl"] {
        let exported = at(&folder.0, &["export", "--format", format]).out;
        assert!(!exported.contains("Verrin") && exported.contains("withheld"), "{format}: {exported}");
    }
}

#[test]
fn no_view_obeys_what_comes_from_outside() {
    let folder = Folder::new("hostile-views");
    let evil = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m\u{202e}=cmd|evil";
    let reports = [
        json!({ "title": evil, "source": evil, "url": "https://x.example/1", "published": "2024-03-04",
            "text": FERRY.replace("Front", &format!("{evil}Front")) }),
        json!({ "title": "=1+1", "source": "=HYPERLINK(1)", "url": "=2+2", "published": "2024-03-05",
            "text": FERRY.replace("crowded ferry", &format!("ferry {evil}")) }),
    ];
    folder.file("reports.jsonl", reports.iter().map(line).collect::<String>());
    at(&folder.0, &["ingest", "reports.jsonl"]);
    let id = ferry(&folder);
    let calls: [&[&str]; 9] = [
        &["record"],
        &["search", "ferry"],
        &["show", &id, "--why"],
        &["show", &id, "--format", "json"],
        &["timeline"],
        &["versions", "=2+2"],
        &["export", "--format", "csv"],
        &["export", "--format", "geojson"],
        &["diff", "--from", "2024-03-01", "--to", "2024-04-01"],
    ];
    for call in calls {
        let done = at(&folder.0, call);
        assert_eq!(done.status, Some(0), "{call:?}: {}", done.err);
        let obeyed: Vec<char> = (done.out.chars().chain(done.err.chars()))
            .filter(|&c| (c.is_control() && c != '\n' && c != '\r') || matches!(c, '\u{202a}'..='\u{202e}'))
            .collect();
        assert!(obeyed.is_empty(), "{call:?}: {obeyed:?}");
    }
    let table = at(&folder.0, &["export", "--format", "csv"]).out;
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    for row in reader.records() {
        let row = row.expect("a row");
        assert!(row.iter().all(|cell| !cell.starts_with(['=', '+', '@', '\t'])), "{row:?}");
    }
}

#[test]
fn pages_fit_narrow_and_wide_terminals_and_colour_only_adds() {
    let folder = store("pages");
    let id = ferry(&folder);
    for call in [
        &["show", &id, "--why"][..],
        &["timeline"],
        &["search", "ferry"],
        &["diff", "--from", "2024-03-01", "--to", "2024-04-01"],
    ] {
        let plain = at(&folder.0, call).out;
        let wide: Vec<&str> = plain.lines().filter(|line| line.chars().count() > 80).collect();
        assert!(wide.is_empty(), "{call:?}: {wide:#?}");
        let mut command = program();
        command.args(call).current_dir(&folder.0).env("CLICOLOR_FORCE", "1");
        let coloured = finish(command, b"").out;
        assert!(coloured.contains('\u{1b}'), "{call:?}");
        assert_eq!(super::terminal::without_styles(&coloured), plain, "{call:?}");
    }
}
