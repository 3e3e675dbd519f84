//! Whatever is decided and taken back leaves the record as it was.

use jiff::Timestamp;
use jiff::civil::date;
use proptest::prelude::*;
use watchkeeper_core::document::{Field, Passage};
use watchkeeper_core::reading::{
    Bounds, Country, DateBasis, DateRange, EntityKind, IncidentDate, IncidentType, Measure, Modality,
    Precision, Qualifier, Stage, Stance,
};
use watchkeeper_core::resolve::decisions::{Correction, Decision, FactIds, Named, Rating, Ruling, Standing};
use watchkeeper_core::resolve::facts::{
    ActorRef, AttributionFact, CasualtyFact, Facts, IncidentFact, Location, Quote,
};
use watchkeeper_core::resolve::ledger::Ledger;
use watchkeeper_core::resolve::moment::Record;
use watchkeeper_core::resolve::version::{TimeBasis, Version};
use watchkeeper_core::resolve::wording::Wording;
use watchkeeper_core::text::Span;

const END: &str = "2031-06-01T00:00:00Z";
const CITIES: [(&str, &str, f64, f64); 3] =
    [("Lima", "PE", -12.0, -77.0), ("Oran", "DZ", 35.7, -0.6), ("Graz", "AT", 47.1, 15.4)];

fn at(time: &str) -> Timestamp {
    time.parse().expect("a time")
}

fn quote(text: &str, words: &str) -> Vec<Quote> {
    let start = text.find(words).expect("words of the text");
    let passage = Passage { field: Field::Text, span: Span::new(start, start + words.len()) };
    vec![Quote { passage, text: words.to_owned() }]
}

/// Report number so and so of an invented stream: each city is told of by several.
fn version(number: usize) -> Version {
    let (name, country, lat, lon) = CITIES[number % CITIES.len()];
    let text = format!("A bomb hit a depot in {name}. {number} died. Police blamed the Grey Owls.");
    let actor = |name: &str| ActorRef {
        name: name.to_owned(),
        aliases: vec![],
        kind: EntityKind::ArmedGroup,
        country: None,
        book_id: None,
    };
    let dead = Some(number as u64);
    let facts = Facts {
        incidents: vec![IncidentFact {
            kind: IncidentType::Bombing,
            stage: Stage::Accomplished,
            modality: Modality::Asserted,
            date: Some(IncidentDate { range: DateRange::day(date(2031, 5, 6)), basis: DateBasis::Stated }),
            place: Some(Location {
                name: name.to_owned(),
                country: Country::parse(country),
                admin1: None,
                point: Some((lat, lon)),
                precision: Precision::City,
            }),
            targets: vec!["a depot".to_owned()],
            victims: vec![],
            weapons: vec![],
            perpetrators: vec![],
            background: false,
            evidence: quote(&text, "A bomb"),
        }],
        attributions: vec![AttributionFact {
            incident: 0,
            stance: if number.is_multiple_of(4) { Stance::Denies } else { Stance::Accuses },
            speaker: Some(actor("Police")),
            actor: actor("Grey Owls"),
            certainty: 1.0,
            evidence: quote(&text, "blamed"),
        }],
        casualties: vec![CasualtyFact {
            incident: 0,
            measure: Measure::Killed,
            bounds: Bounds { low: dead, high: dead, qualifier: Qualifier::Exact },
            evidence: quote(&text, "died"),
        }],
        ..Facts::default()
    };
    let time = at("2031-05-06T12:00:00Z") + jiff::Span::new().hours(number as i64);
    Version {
        id: format!("{number:016x}{number:016x}").into(),
        identity: format!("https://outlet{number}.example/"),
        url: None,
        source: Some(format!("Outlet {}", number % 5)),
        title: None,
        time,
        day: date(2031, 5, 6),
        basis: TimeBasis::Published,
        recorded_at: time,
        wording: Wording::of(&text),
        cites: vec![],
        facts,
    }
}

fn stream() -> Vec<Version> {
    (1..=12).map(version).collect()
}

/// A ruling of some kind on some reports of the stream.
fn ruling(number: usize, kind: u8, one: usize, other: usize) -> Ruling {
    let versions = stream();
    let ids = |at: usize| FactIds::of(&versions[at].id, &versions[at].facts);
    let ledger = Ledger::of(versions.clone());
    let named = |at: usize| Named {
        key: ledger.assignments[at].incident.clone(),
        telling: ids(at).incidents[0].clone(),
    };
    let fact = |at: usize| match at % 3 {
        0 => ids(at).incidents[0].clone(),
        1 => ids(at).attributions[0].clone(),
        _ => ids(at).casualties[0].clone(),
    };
    let correction = |field, value, actor| Correction::parse(field, value, actor).expect("a value");
    match kind {
        0 => Ruling::Accept { fact: fact(one) },
        1 => Ruling::Reject { fact: fact(one) },
        2 => Ruling::Override { incident: named(one), correction: correction("killed", "at least 9", None) },
        3 => Ruling::Override {
            incident: named(one),
            correction: correction("status", "confirmed", Some("grey owls")),
        },
        4 => Ruling::Override { incident: named(one), correction: correction("date", "2031-05-01", None) },
        5 => Ruling::Merge { incident: named(one), into: named(other) },
        6 => Ruling::Split {
            incident: named(one),
            reports: vec![versions[one].id.clone(), versions[other].id.clone()],
            part: Named { key: format!("{}.d{number}", named(one).key), ..named(one) },
        },
        7 => Ruling::Rate {
            source: versions[one].source.clone().expect("an outlet"),
            rating: Rating::parse("B3").expect("a grade"),
        },
        _ => Ruling::Note { incident: named(one), text: "a remark".to_owned() },
    }
}

fn decisions(rulings: Vec<Ruling>) -> Vec<Decision> {
    let numbered = (1..).zip(rulings);
    numbered
        .map(|(number, ruling)| Decision {
            id: format!("d{number}"),
            author: "amy".to_owned(),
            recorded: at(END),
            reason: "seen".to_owned(),
            ruling,
        })
        .collect()
}

fn record(decided: &[Decision]) -> Record {
    Record::of(stream(), Standing::of(decided), at(END))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_decided_and_undone_leaves_the_record_as_it_was(
        asked in prop::collection::vec((0_u8..9, 0_usize..12, 0_usize..12), 1..12),
        order in any::<prop::sample::Index>(),
    ) {
        let made: Vec<Ruling> = (1..)
            .zip(&asked)
            .map(|(number, &(kind, one, other))| ruling(number, kind, one, other))
            .collect();
        let decided = record(&decisions(made.clone()));
        // Nothing is told twice, and each fact that shows belongs to one incident.
        let mut told: Vec<&str> =
            decided.incidents.iter().flat_map(|incident| &incident.reports).map(|report| report.id.as_str()).collect();
        let count = told.len();
        told.sort_unstable();
        told.dedup();
        prop_assert_eq!(told.len(), count);
        // Undone from any one on, in a circle.
        let from = order.index(made.len());
        let targets: Vec<String> =
            (0..made.len()).map(|step| format!("d{}", (from + step) % made.len() + 1)).collect();
        let undone = targets.into_iter().map(|decision| Ruling::Undo { decision });
        let all = decisions(made.into_iter().chain(undone).collect());
        prop_assert_eq!(format!("{:?}", record(&all)), format!("{:?}", record(&[])));
    }
}

#[test]
fn a_verdict_outlives_a_reading_that_finds_more_in_another_order_and_in_other_words() {
    let version = version(5);
    let before = FactIds::of(&version.id, &version.facts);
    let mut facts = version.facts.clone();
    // The newer reader quotes more words, and found an incident before the other.
    for quote in facts.attributions.iter_mut().flat_map(|act| &mut act.evidence) {
        quote.passage.span = Span::new(quote.passage.span.start - 7, quote.passage.span.end);
    }
    let mut other = facts.incidents[0].clone();
    other.evidence = quote("A bomb hit a depot in Graz. 5 died.", "hit");
    facts.incidents.insert(0, other);
    facts.attributions[0].incident = 1;
    facts.casualties[0].incident = 1;
    let after = FactIds::of(&version.id, &facts);
    assert_eq!(after.incidents[1], before.incidents[0]);
    assert_ne!(after.incidents[0], before.incidents[0]);
    assert_eq!((after.attributions, after.casualties), (before.attributions.clone(), before.casualties));
    // The same words said of another incident too are a fact of their own, the first keeping its id.
    facts.attributions.push(AttributionFact { incident: 0, ..facts.attributions[0].clone() });
    let both = FactIds::of(&version.id, &facts).attributions;
    assert_eq!(both[0], before.attributions[0]);
    assert_eq!(both[1], format!("{}.2", before.attributions[0]));
    // Another count is another fact.
    facts.casualties[0].bounds.low = Some(6);
    let changed = FactIds::of(&version.id, &facts);
    assert!(!changed.casualties.contains(&before.incidents[0]));
}
