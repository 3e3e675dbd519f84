//! What is forgotten is gone from texts, facts, decisions, index and files, and does not come back.

mod common;

use std::path::Path;

use common::{END, Scratch, at, on_both, stream};
use watchkeeper_core::reading::{EntityKind, Stance};
use watchkeeper_core::resolve::facts::{ActorRef, AttributionFact, Quote};
use watchkeeper_core::resolve::moment::Record;
use watchkeeper_core::resolve::wording::Wording;
use watchkeeper_store::{
    Filter, Forgetting, ForgottenKind, NewDecision, NewVersion, Request, Search, Store, Terms, text_hash,
};

const NAME: &str = "Zebulon Quarrick";

/// The stream, of which some reports name a private person in text, title and facts.
fn reports() -> Vec<NewVersion> {
    let mut reports = stream(40);
    for new in reports.iter_mut().step_by(9) {
        let start = new.text.len() + 1;
        new.text += &format!(" Police hold {NAME}; Quarrick’s lawyer protests.");
        let title = format!("Who is {}?", NAME.to_uppercase());
        let at = new.text.find(NAME).expect("the name");
        let passage = watchkeeper_core::document::Passage {
            field: watchkeeper_core::document::Field::Text,
            span: watchkeeper_core::text::Span::new(start, at + NAME.len()),
        };
        let words = new.text[start..at + NAME.len()].to_owned();
        new.version.facts.attributions.push(AttributionFact {
            incident: 0,
            stance: Stance::Accuses,
            speaker: None,
            actor: ActorRef {
                name: NAME.to_owned(),
                aliases: vec!["Quarrick".to_owned()],
                kind: EntityKind::Person,
                country: None,
                book_id: None,
            },
            certainty: 1.0,
            evidence: vec![Quote { passage, text: words }],
        });
        new.version.wording = Wording::of(&new.text);
        new.text_hash = text_hash(Some(&title), &new.text);
        new.version.title = Some(title);
    }
    reports
}

fn whole(store: &mut Store) -> Record {
    store.record(at(END), None, &Filter::default()).expect("a record")
}

fn by() -> Forgetting {
    Forgetting {
        author: "amy".to_owned(),
        recorded: at("2031-07-01T00:00:00Z"),
        reason: format!("{NAME} was acquitted"),
    }
}

fn found(store: &mut Store, words: &str) -> usize {
    let terms = Terms::of(words);
    let search = Search { terms, as_of: at(END), recorded_by: None, before: None };
    store.search(&search, 100).expect("searched").len()
}

/// The same store, rebuilt, holds the same record, and its audit passes.
fn assert_sound(store: &mut Store) {
    let live = whole(store);
    let (_, failures) = store.audit().expect("audited");
    assert_eq!(failures, []);
    store.rebuild().expect("rebuilt");
    assert_eq!(whole(store), live);
}

fn decide(store: &mut Store, request: Request) {
    let recorded = at("2031-06-20T00:00:00Z");
    let new = NewDecision { author: "ben".to_owned(), recorded, reason: format!("about {NAME}"), request };
    store.decide(new).expect("decided");
}

#[test]
fn a_persons_name_goes_from_everything_and_is_masked_when_it_comes_again() {
    on_both(|scratch| {
        let mut store = scratch.open();
        let reports = reports();
        store.add(reports.clone()).expect("added");
        let record = whole(&mut store);
        let row = record
            .incidents
            .iter()
            .flat_map(|incident| &incident.attributions)
            .find(|row| row.actor.name == NAME)
            .expect("the person");
        decide(&mut store, Request::Reject { fact: row.acts[0].fact.clone() });
        decide(&mut store, Request::Unmask { person: NAME.to_owned() });
        let rejected = whole(&mut store);
        assert_eq!(found(&mut store, "quarrick"), 5);
        let stone = store.forget_person("zebulon quarrick", &by()).expect("forgotten");
        assert_eq!((stone.kind, stone.versions), (ForgottenKind::Person, 5));
        let after = whole(&mut store);
        assert_eq!(after.incidents.len(), rejected.incidents.len());
        let told = format!("{after:?}{:?}{:?}", store.decisions(&Default::default()), store.tombstones());
        assert!(!told.to_lowercase().contains("quarrick"), "the name is left");
        // The verdict follows the fact to its new id.
        let acts = |record: &Record| -> usize {
            record
                .incidents
                .iter()
                .flat_map(|incident| &incident.attributions)
                .map(|row| row.acts.len())
                .sum()
        };
        assert_eq!(acts(&after), acts(&rejected));
        assert_eq!(found(&mut store, "quarrick"), 0);
        assert_sound(&mut store);
        // What was there is known; a new report comes in masked.
        let again = store.add(reports.clone()).expect("added");
        assert_eq!((again.new, again.known, again.forgotten), (0, 40, 0));
        let mut late = reports[0].clone();
        late.version.id = "f".repeat(32).into();
        late.version.identity = "https://elsewhere.example/".to_owned();
        assert_eq!(store.add(vec![late]).expect("added").new, 1);
        assert_eq!(found(&mut store, "quarrick"), 0);
        assert_sound(&mut store);
    });
}

#[test]
fn a_report_goes_with_all_its_versions_and_does_not_come_back() {
    on_both(|scratch| {
        let mut store = scratch.open();
        let reports = reports();
        store.add(reports.clone()).expect("added");
        let record = whole(&mut store);
        let incident =
            record.incidents.iter().max_by_key(|incident| incident.reports.len()).expect("an incident");
        let (founding, other) = (incident.reports[0].clone(), incident.reports[1].clone());
        decide(&mut store, Request::Note { incident: incident.id.clone(), text: "a remark".to_owned() });
        let stone = store.forget_report(&founding.identity, &by()).expect("forgotten");
        assert_eq!((stone.kind, stone.versions), (ForgottenKind::Report, 1));
        let after = whole(&mut store);
        assert!(!format!("{after:?}").contains(founding.id.as_str()));
        // The remark is still on what the other reports tell.
        let noted =
            after.incidents.iter().find(|incident| !incident.decisions.is_empty()).expect("the remark");
        assert!(noted.reports.iter().any(|report| report.id == other.id));
        assert_sound(&mut store);
        let again = store.add(reports.clone()).expect("added");
        assert_eq!((again.new, again.known, again.forgotten), (0, 39, 1));
        assert_eq!(whole(&mut store), after);
        assert!(store.forget_report(&founding.identity, &by()).is_err());
        // A backup carries the tombstone.
        let mut bytes = Vec::new();
        store.back_up(&mut bytes).expect("backed up");
        let elsewhere = Scratch::sqlite();
        let mut restored = elsewhere.open();
        restored.restore(&mut bytes.as_slice()).expect("restored");
        assert_eq!(restored.add(reports.clone()).expect("added").forgotten, 1);
        assert_eq!(restored.tombstones().expect("listed"), [stone]);
    });
}

/// Every file of a store that holds some bytes.
fn holding(path: &Path, words: &str) -> Vec<String> {
    let folder = path.parent().expect("a folder");
    let mut holding = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let entry = entry.expect("an entry").path();
        let bytes = std::fs::read(&entry).expect("a file");
        let needle = words.to_lowercase().into_bytes();
        let lower: Vec<u8> = bytes.iter().map(u8::to_ascii_lowercase).collect();
        if lower.windows(needle.len()).any(|window| window == needle) {
            holding.push(entry.display().to_string());
        }
    }
    holding
}

#[test]
fn no_byte_of_it_stays_in_the_files() {
    let scratch = Scratch::sqlite();
    let path = Path::new(scratch.path().expect("a file")).to_owned();
    let mut store = scratch.open();
    store.add(reports()).expect("added");
    store.rebuild().expect("rebuilt");
    assert_ne!(holding(&path, "quarrick"), Vec::<String>::new());
    let address = "https://outlet3.example/3";
    let id = "00000003000000000000000000000003";
    assert_ne!(holding(&path, id), Vec::<String>::new());
    store.forget_person(NAME, &by()).expect("forgotten");
    store.forget_report(address, &by()).expect("forgotten");
    assert_eq!(holding(&path, "quarrick"), Vec::<String>::new());
    assert_eq!(holding(&path, "zebulon"), Vec::<String>::new());
    assert_eq!(holding(&path, id), Vec::<String>::new());
    assert_eq!(
        store.find_reports(address).map_err(|error| error.to_string()),
        Err(format!("{address}: no such report in the store"))
    );
}
