//! One suite for both backends. PostgreSQL is tried where `WATCHKEEPER_TEST_POSTGRES` holds the address of a server
//! on which databases may be made.

use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::{Timestamp, ToSpan};
use watchkeeper_core::document::{Field, Passage};
use watchkeeper_core::reading::{
    Bounds, Country, DateBasis, DateRange, EntityKind, IncidentDate, IncidentType, Measure, Modality,
    Precision, Qualifier, Stage, Stance,
};
use watchkeeper_core::resolve::facts::{
    ActorRef, AttributionFact, CasualtyFact, Facts, IncidentFact, Location, Quote, ThreatFact, WarningFact,
};
use watchkeeper_core::resolve::ledger::Ledger;
use watchkeeper_core::resolve::moment::Record;
use watchkeeper_core::resolve::record::RecordIncident;
use watchkeeper_core::resolve::version::{TimeBasis, Version};
use watchkeeper_core::resolve::wording::Wording;
use watchkeeper_core::text::Span;
use watchkeeper_store::{Filter, NewVersion, Store, text_hash};

/// A store of its own for each call, removed in the end.
struct Scratch {
    address: String,
    folder: Option<std::path::PathBuf>,
}

impl Scratch {
    fn sqlite() -> Self {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let folder = std::env::temp_dir().join(format!("watchkeeper-store-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a scratch folder");
        Self { address: format!("sqlite:{}", folder.join("store.db").display()), folder: Some(folder) }
    }

    fn postgres() -> Option<Self> {
        static NUMBER: AtomicUsize = AtomicUsize::new(0);
        let server = std::env::var("WATCHKEEPER_TEST_POSTGRES").ok()?;
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("watchkeeper_{}_{number}", std::process::id());
        let mut client =
            postgres::Client::connect(&server, postgres::NoTls).expect("the server of the tests");
        client.batch_execute(&format!("CREATE DATABASE {name}")).expect("a scratch database");
        let (base, _) = server.rsplit_once('/').expect("an address that ends in a database");
        Some(Self { address: format!("{base}/{name}"), folder: None })
    }

    fn open(&self) -> Store {
        Store::open(&self.address).expect("a store")
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            drop(std::fs::remove_dir_all(folder));
        }
    }
}

/// Runs a test on each backend that is there.
fn on_both(test: impl Fn(&Scratch)) {
    test(&Scratch::sqlite());
    match Scratch::postgres() {
        Some(scratch) => test(&scratch),
        None => println!("skipped on PostgreSQL: WATCHKEEPER_TEST_POSTGRES is not set"),
    }
}

/// A small generator of numbers (Knuth's MMIX constants), so that the stream is the same everywhere.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound
    }
}

const CITIES: [(&str, &str, f64, f64); 4] = [
    ("Lima", "PE", -12.0, -77.0),
    ("Cusco", "PE", -13.5, -72.0),
    ("Oran", "DZ", 35.7, -0.6),
    ("Graz", "AT", 47.1, 15.4),
];
const TARGETS: [&str; 4] = ["a tram depot", "a bank", "the fish market", "a radio mast"];
const GROUPS: [&str; 3] = ["Grey Owls", "Ninth Column", "Salt Front"];

/// One invented report: text and facts made together, so that quotes stand in the text.
fn report(number: usize, numbers: &mut Numbers) -> NewVersion {
    let (name, country, lat, lon) = CITIES[numbers.below(CITIES.len())];
    let target = TARGETS[numbers.below(TARGETS.len())];
    let group = GROUPS[numbers.below(GROUPS.len())];
    let dead = 3 + numbers.below(4) as u64;
    let start: Timestamp = "2031-05-01T06:00:00Z".parse().expect("a time");
    let time = start + (numbers.below(14 * 24) as i64).hours();
    let day = jiff::tz::Offset::UTC.to_datetime(time).date();
    let text = format!(
        "A bomb hit {target} in {name}. The dead number {dead}. Police blamed {group}. Report {number}."
    );
    let quote = |words: &str| {
        let at = text.find(words).expect("words of the text");
        let passage = Passage { field: Field::Text, span: Span::new(at, at + words.len()) };
        Quote { passage, text: words.to_owned() }
    };
    let place = Location {
        name: name.to_owned(),
        country: Country::parse(country),
        admin1: None,
        point: Some((lat, lon)),
        precision: Precision::City,
    };
    let actor = |name: &str| ActorRef {
        name: name.to_owned(),
        aliases: vec![],
        kind: EntityKind::ArmedGroup,
        country: None,
        book_id: None,
    };
    let facts = Facts {
        incidents: vec![IncidentFact {
            kind: IncidentType::Bombing,
            stage: Stage::Accomplished,
            modality: Modality::Asserted,
            date: Some(IncidentDate { range: DateRange::day(day), basis: DateBasis::Stated }),
            place: Some(place.clone()),
            targets: vec![target.to_owned()],
            victims: vec![],
            weapons: vec!["a bomb".to_owned()],
            perpetrators: vec![],
            background: false,
            evidence: vec![quote("A bomb")],
        }],
        attributions: vec![AttributionFact {
            incident: 0,
            stance: if numbers.below(3) == 0 { Stance::Denies } else { Stance::Accuses },
            speaker: Some(actor("Police")),
            actor: actor(group),
            certainty: 1.0,
            evidence: vec![quote("blamed")],
        }],
        casualties: vec![CasualtyFact {
            incident: 0,
            measure: Measure::Killed,
            bounds: Bounds { low: Some(dead), high: Some(dead), qualifier: Qualifier::Exact },
            evidence: vec![quote("The dead")],
        }],
        warnings: (numbers.below(4) == 0)
            .then(|| WarningFact {
                issuer: Some(actor("Police")),
                about: None,
                place: Some(place),
                actor: None,
                window: None,
                issued_on: None,
                incident: Some(0),
                evidence: vec![quote("Police")],
            })
            .into_iter()
            .collect(),
        threats: (numbers.below(4) == 0)
            .then(|| ThreatFact {
                speaker: Some(actor(group)),
                target: None,
                said_on: None,
                evidence: vec![quote(group)],
            })
            .into_iter()
            .collect(),
    };
    let version = Version {
        id: format!("{number:08x}{number:024x}").into(),
        identity: format!("https://outlet{}.example/{}", number % 7, number % 40),
        url: Some(format!("https://outlet{}.example/{}", number % 7, number % 40)),
        source: Some(format!("Outlet {}", number % 7)),
        title: None,
        time,
        day,
        basis: TimeBasis::Published,
        recorded_at: "2031-06-01T00:00:00Z".parse().expect("a time"),
        wording: Wording::of(&text),
        cites: vec![],
        facts,
    };
    NewVersion {
        text_hash: text_hash(None, &text),
        version,
        text,
        language: Some("en".to_owned()),
        published: Some(time),
        reader: "test".to_owned(),
    }
}

fn stream(count: usize) -> Vec<NewVersion> {
    let mut numbers = Numbers(7);
    (0..count).map(|number| report(number, &mut numbers)).collect()
}

fn at(time: &str) -> Timestamp {
    time.parse().expect("a time")
}

const END: &str = "2031-07-01T00:00:00Z";

fn folded(stream: &[NewVersion], as_of: Timestamp) -> Record {
    Record::of(stream.iter().map(|new| new.version.clone()).collect(), as_of)
}

#[test]
fn the_store_holds_the_fold_whatever_the_order_of_arrival() {
    on_both(|scratch| {
        let reports = stream(60);
        let mut store = scratch.open();
        let mut shuffled = reports.clone();
        let mut numbers = Numbers(11);
        for last in (1..shuffled.len()).rev() {
            shuffled.swap(last, numbers.below(last + 1));
        }
        for batch in shuffled.chunks(7) {
            store.add(batch.to_vec()).expect("added");
        }
        assert_eq!(
            store.record(at(END), None, &Filter::default()).expect("a record"),
            folded(&reports, at(END))
        );
    });
}

#[test]
fn the_record_of_a_moment_is_that_of_a_store_that_knew_no_more() {
    on_both(|scratch| {
        let reports = stream(60);
        let mut store = scratch.open();
        store.add(reports.clone()).expect("added");
        for hours in (0..14 * 24).step_by(17) {
            let moment = at("2031-05-01T06:00:00Z") + i64::from(hours).hours();
            let record = store.record(moment, None, &Filter::default()).expect("a record");
            assert_eq!(record, folded(&reports, moment), "as of {moment}");
        }
    });
}

#[test]
fn what_was_recorded_later_is_not_known_before() {
    on_both(|scratch| {
        let mut reports = stream(40);
        for new in &mut reports[20..] {
            new.version.recorded_at = at("2031-06-15T00:00:00Z");
        }
        let mut store = scratch.open();
        store.add(reports.clone()).expect("added");
        let record =
            store.record(at(END), Some(at("2031-06-10T00:00:00Z")), &Filter::default()).expect("a record");
        assert_eq!(record, folded(&reports[..20], at(END)));
    });
}

#[test]
fn the_same_input_again_changes_nothing() {
    on_both(|scratch| {
        let reports = stream(20);
        let mut store = scratch.open();
        assert_eq!(store.add(reports.clone()).expect("added").new, 20);
        let again = store.add(reports.clone()).expect("added");
        assert_eq!((again.new, again.known), (0, 20));
        drop(store);
        let record = scratch.open().record(at(END), None, &Filter::default()).expect("a record");
        assert_eq!(record, folded(&reports, at(END)));
    });
}

#[test]
fn a_rebuild_equals_the_live_store() {
    on_both(|scratch| {
        let mut store = scratch.open();
        for batch in stream(50).chunks(9) {
            store.add(batch.to_vec()).expect("added");
        }
        let live = store.record(at(END), None, &Filter::default()).expect("a record");
        store.rebuild().expect("rebuilt");
        assert_eq!(store.record(at(END), None, &Filter::default()).expect("a record"), live);
    });
}

#[test]
fn a_filter_leaves_what_the_whole_record_has() {
    on_both(|scratch| {
        let reports = stream(60);
        let mut store = scratch.open();
        store.add(reports.clone()).expect("added");
        let whole = folded(&reports, at(END));
        let asked = &whole.incidents[3];
        let (country, days) =
            (asked.place.as_ref().and_then(|place| place.country), asked.date.expect("a date"));
        let filter = Filter { country, from: days.start, to: days.end, ..Filter::default() };
        let record = store.record(at(END), None, &filter).expect("a record");
        let fits = |incident: &RecordIncident| {
            incident.place.as_ref().and_then(|place| place.country) == country && incident.date == Some(days)
        };
        let expected: Vec<_> = whole.incidents.iter().filter(|incident| fits(incident)).cloned().collect();
        assert!(expected.len() < whole.incidents.len());
        assert!(!expected.is_empty());
        assert_eq!(record.incidents, expected);
    });
}

#[test]
fn the_reasons_of_linking_are_those_of_the_fold() {
    on_both(|scratch| {
        let reports = stream(60);
        let mut store = scratch.open();
        store.add(reports.clone()).expect("added");
        let ledger = Ledger::of(reports.iter().map(|new| new.version.clone()).collect());
        let whole = folded(&reports, at(END));
        assert!(ledger.assignments.iter().any(|assignment| assignment.comparison.is_some()));
        for incident in &whole.incidents {
            let expected: Vec<_> =
                ledger.assignments.iter().filter(|a| a.incident == incident.id).cloned().collect();
            let links = store.links(&incident.id, at(END)).expect("links");
            assert_eq!(links, expected);
            assert_eq!(links[0].comparison, None, "the founding report was linked to nothing");
        }
        assert_eq!(store.links(&whole.incidents[0].id, at("2031-01-01T00:00:00Z")).expect("links"), []);
    });
}

#[test]
fn the_audit_passes_and_names_a_fact_whose_words_are_gone() {
    on_both(|scratch| {
        let mut reports = stream(10);
        let mut store = scratch.open();
        store.add(reports[..9].to_vec()).expect("added");
        let (looked_at, failures) = store.audit().expect("audited");
        assert!(looked_at >= 27);
        assert_eq!(failures, []);
        reports[9].text = reports[9].text.replace("The dead", "The Dead");
        store.add(reports[9..].to_vec()).expect("added");
        let (_, failures) = store.audit().expect("audited");
        let named: Vec<&str> = failures.iter().map(|failure| failure.fact.as_str()).collect();
        assert_eq!(named, ["count 1", "archived text"]);
    });
}

#[test]
fn an_address_that_is_none_is_refused() {
    let Err(error) = Store::open("mysql://somewhere") else { panic!("opened") };
    assert_eq!(error.to_string(), "mysql://somewhere: a store is sqlite:PATH or postgres://…");
}
