//! Stores of their own for tests, and a stream of invented reports to fill them.

use std::sync::atomic::{AtomicUsize, Ordering};

use jiff::{Timestamp, ToSpan};
use watchkeeper_core::document::{Field, Passage};
use watchkeeper_core::reading::{
    Bounds, Country, DateBasis, DateRange, EntityKind, IncidentDate, IncidentType, Measure, Modality,
    Precision, Qualifier, Stage, Stance,
};
use watchkeeper_core::resolve::decisions::Standing;
use watchkeeper_core::resolve::facts::{
    ActorRef, AttributionFact, CasualtyFact, Facts, IncidentFact, Location, Quote, ThreatFact, WarningFact,
};
use watchkeeper_core::resolve::moment::Record;
use watchkeeper_core::resolve::version::{TimeBasis, Version};
use watchkeeper_core::resolve::wording::Wording;
use watchkeeper_core::text::Span;
use watchkeeper_store::{NewVersion, Store, text_hash};

/// A store of its own for each call, removed in the end.
pub struct Scratch {
    address: String,
    folder: Option<std::path::PathBuf>,
}

impl Scratch {
    pub fn sqlite() -> Self {
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

    /// The file, where it is one.
    #[allow(dead_code, reason = "not every test looks into the file")]
    pub fn path(&self) -> Option<&str> {
        self.address.strip_prefix("sqlite:")
    }

    pub fn open(&self) -> Store {
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
pub fn on_both(test: impl Fn(&Scratch)) {
    test(&Scratch::sqlite());
    match Scratch::postgres() {
        Some(scratch) => test(&scratch),
        None => println!("skipped on PostgreSQL: WATCHKEEPER_TEST_POSTGRES is not set"),
    }
}

/// A small generator of numbers (Knuth's MMIX constants), so that the stream is the same everywhere.
pub struct Numbers(pub u64);

impl Numbers {
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound
    }
}

pub const CITIES: [(&str, &str, f64, f64); 4] = [
    ("Lima", "PE", -12.0, -77.0),
    ("Cusco", "PE", -13.5, -72.0),
    ("Oran", "DZ", 35.7, -0.6),
    ("Graz", "AT", 47.1, 15.4),
];
const TARGETS: [&str; 4] = ["a tram depot", "a bank", "the fish market", "a radio mast"];
const GROUPS: [&str; 3] = ["Grey Owls", "Ninth Column", "Salt Front"];

/// One invented report: text and facts made together, so that quotes stand in the text.
pub fn report(number: usize, numbers: &mut Numbers) -> NewVersion {
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

#[allow(dead_code, reason = "not every test wants many")]
pub fn stream(count: usize) -> Vec<NewVersion> {
    let mut numbers = Numbers(7);
    (0..count).map(|number| report(number, &mut numbers)).collect()
}

/// A report of an incident in the words of one or several accounts of it, each named by a letter. It may tell of a warning too.
#[allow(dead_code, reason = "not every test joins incidents")]
pub fn account(
    number: usize,
    incident: usize,
    ways: &str,
    time: Timestamp,
    numbers: &mut Numbers,
) -> NewVersion {
    let mut new = report(number, numbers);
    let words = |way: char| (0..14).map(move |word| format!("wor{way}{incident}{word}"));
    let words: Vec<String> = ways.chars().flat_map(words).collect();
    new.text = format!("A bomb. {} report{number}.", words.join(" "));
    new.text_hash = text_hash(None, &new.text);
    let version = &mut new.version;
    version.wording = Wording::of(&new.text);
    version.time = time;
    version.day = jiff::tz::Offset::UTC.to_datetime(time).date();
    new.published = Some(time);
    let Facts { mut incidents, mut warnings, .. } = std::mem::take(&mut version.facts);
    let news = &mut incidents[0];
    (news.place, news.date, news.modality) = (None, None, Modality::Reported);
    news.targets.clear();
    for warning in &mut warnings {
        warning.place = None;
        warning.evidence.clone_from(&news.evidence);
    }
    version.facts = Facts { incidents, warnings, ..Facts::default() };
    new
}

/// Reports of some incidents, each of which is first told in two ways that share no word; later reports use the words
/// of both.
#[allow(dead_code, reason = "not every test joins incidents")]
pub fn accounts(first: usize) -> Vec<NewVersion> {
    let mut numbers = Numbers(5);
    let mut told = Vec::new();
    for incident in 0..6 {
        for (nth, ways) in ["a", "b", "a", "b", "ab", "a", "b", "ab"].iter().enumerate() {
            let time = at("2031-05-01T06:00:00Z") + (incident as i64 * 30 + nth as i64 * 7).hours();
            told.push(account(first + told.len(), incident, ways, time, &mut numbers));
        }
    }
    told
}

pub fn at(time: &str) -> Timestamp {
    time.parse().expect("a time")
}

pub const END: &str = "2031-07-01T00:00:00Z";

#[allow(dead_code, reason = "not every test folds by itself")]
pub fn folded(stream: &[NewVersion], as_of: Timestamp) -> Record {
    Record::of(stream.iter().map(|new| new.version.clone()).collect(), Standing::default(), as_of)
}
