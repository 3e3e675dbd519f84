//! The record of an invented stream, folded from hand-made facts.

use jiff::{Timestamp, civil::Date};
use watchkeeper_core::document::{Field, Passage};
use watchkeeper_core::reading::{
    Bounds, Country, DateBasis, DateRange, EntityKind, IncidentDate, IncidentType, Measure, Modality,
    Precision, Qualifier, Stage, Stance,
};
use watchkeeper_core::resolve::decisions::Standing;
use watchkeeper_core::resolve::facts::{
    ActorRef, AttributionFact, CasualtyFact, Facts, IncidentFact, Location, Quote, WarningFact,
};
use watchkeeper_core::resolve::moment::Record;
use watchkeeper_core::resolve::notices::Outcome;
use watchkeeper_core::resolve::profile::Profile;
use watchkeeper_core::resolve::status::Status;
use watchkeeper_core::resolve::version::{TimeBasis, Version};
use watchkeeper_core::resolve::wording::Wording;
use watchkeeper_core::text::Span;

fn quote(text: &str) -> Quote {
    Quote { passage: Passage { field: Field::Text, span: Span::new(0, text.len()) }, text: text.to_owned() }
}

fn actor(name: &str) -> ActorRef {
    ActorRef {
        name: name.to_owned(),
        aliases: vec![],
        kind: EntityKind::ArmedGroup,
        country: None,
        book_id: None,
    }
}

fn city(name: &str, point: (f64, f64)) -> Location {
    let country = Country::parse("PE");
    Location { name: name.to_owned(), country, admin1: None, point: Some(point), precision: Precision::City }
}

fn lima() -> Location {
    city("Lima", (-12.04, -77.03))
}

fn bombing(place: Location, day: &str, target: &str) -> IncidentFact {
    let day: Date = day.parse().expect("a date");
    IncidentFact {
        kind: IncidentType::Bombing,
        stage: Stage::Accomplished,
        modality: Modality::Asserted,
        date: Some(IncidentDate { range: DateRange::day(day), basis: DateBasis::Stated }),
        place: Some(place),
        targets: vec![target.to_owned()],
        victims: vec![],
        weapons: vec![],
        perpetrators: vec![],
        background: false,
        evidence: vec![quote("a bomb")],
    }
}

fn version(id: &str, source: &str, time: &str, text: &str, facts: Facts) -> Version {
    let time: Timestamp = time.parse().expect("a time");
    Version {
        id: id.into(),
        identity: format!("https://{id}.example/"),
        url: None,
        source: Some(source.to_owned()),
        title: None,
        time,
        day: jiff::tz::Offset::UTC.to_datetime(time).date(),
        basis: TimeBasis::Published,
        recorded_at: time,
        wording: Wording::of(text),
        cites: vec![],
        facts,
    }
}

fn dead(low: u64) -> CasualtyFact {
    let bounds = Bounds { low: Some(low), high: Some(low), qualifier: Qualifier::Exact };
    CasualtyFact { incident: 0, measure: Measure::Killed, bounds, evidence: vec![quote("dead")] }
}

fn act(speaker: &str, stance: Stance, of: &str) -> AttributionFact {
    let speaker = Some(actor(speaker));
    AttributionFact {
        incident: 0,
        stance,
        speaker,
        actor: actor(of),
        certainty: 1.0,
        evidence: vec![quote("said")],
    }
}

const FIRST: &str =
    "A bomb tore through the tram depot of Lima on Tuesday and killed four people, police said.";
const OTHER: &str =
    "The interior minister blamed the Grey Owls for the blast at a depot that left five workers dead.";

fn stream() -> Vec<Version> {
    let depot = || bombing(lima(), "2031-05-06", "a tram depot");
    let told = |dead, acts: Vec<AttributionFact>| Facts {
        incidents: vec![depot()],
        casualties: vec![dead],
        attributions: acts,
        ..Facts::default()
    };
    let elsewhere = Facts {
        incidents: vec![bombing(city("Cusco", (-13.53, -71.97)), "2031-05-06", "a bank")],
        ..Facts::default()
    };
    vec![
        version("a", "Andes Wire", "2031-05-06T12:00:00Z", FIRST, told(dead(4), vec![])),
        version("b", "Quay Times", "2031-05-06T13:00:00Z", FIRST, told(dead(4), vec![])),
        version(
            "c",
            "Rimac Post",
            "2031-05-06T18:00:00Z",
            OTHER,
            told(dead(5), vec![act("Minister", Stance::Accuses, "Grey Owls")]),
        ),
        version(
            "d",
            "Andes Wire",
            "2031-05-06T19:00:00Z",
            "Cusco: a bank was bombed, nobody hurt.",
            elsewhere,
        ),
        version(
            "e",
            "Rimac Post",
            "2031-05-07T08:00:00Z",
            "The Grey Owls rejected the charge; a spokesman called it a lie told for votes.",
            Facts {
                incidents: vec![depot()],
                attributions: vec![act("Grey Owls", Stance::Denies, "Grey Owls")],
                ..Facts::default()
            },
        ),
    ]
}

fn at(time: &str) -> Timestamp {
    time.parse().expect("a time")
}

#[test]
fn reports_of_one_attack_are_one_incident_and_copies_one_origin() {
    let record = Record::of(stream(), Standing::default(), at("2031-05-08T00:00:00Z"));
    assert_eq!(record.incidents.len(), 2);
    let depot = &record.incidents[0];
    assert_eq!(depot.reports.iter().map(|r| r.id.as_str()).collect::<Vec<_>>(), ["a", "b", "c", "e"]);
    assert_eq!(depot.origins, 3);
}

#[test]
fn the_record_of_a_moment_knows_nothing_later() {
    let status = |time| {
        Record::of(stream(), Standing::default(), at(time)).incidents[0]
            .attributions
            .first()
            .and_then(|a| a.status)
    };
    assert_eq!(status("2031-05-06T12:30:00Z"), None);
    assert_eq!(status("2031-05-06T18:30:00Z"), Some(Status::Accused));
    assert_eq!(status("2031-05-07T09:00:00Z"), Some(Status::Contested));
}

#[test]
fn the_order_of_arrival_does_not_matter() {
    let moment = at("2031-05-08T00:00:00Z");
    let mut backwards = stream();
    backwards.reverse();
    assert_eq!(
        Record::of(stream(), Standing::default(), moment),
        Record::of(backwards, Standing::default(), moment)
    );
}

#[test]
fn a_copy_is_no_newer_than_what_it_copies() {
    let mut late_copy = stream();
    late_copy[1].time = at("2031-05-06T20:00:00Z");
    let record = Record::of(late_copy, Standing::default(), at("2031-05-08T00:00:00Z"));
    let killed = &record.incidents[0].counts[&Measure::Killed];
    assert_eq!(killed.series.len(), 3);
    assert_eq!(killed.bounds().and_then(|bounds| bounds.low), Some(5));
}

#[test]
fn a_text_that_comes_again_after_half_a_year_is_a_witness_of_its_own() {
    let origins = |time: &str| {
        let mut reports = stream();
        reports.truncate(2);
        reports[1].time = at(time);
        reports[1].day = jiff::tz::Offset::UTC.to_datetime(at(time)).date();
        Record::of(reports, Standing::default(), at("2032-01-01T00:00:00Z")).incidents[0].origins
    };
    assert_eq!(origins("2031-07-20T12:00:00Z"), 1);
    assert_eq!(origins("2031-12-20T12:00:00Z"), 2);
}

#[test]
fn a_warning_is_carried_out_by_what_follows_at_its_place() {
    let mut reports = stream();
    let warned = WarningFact {
        issuer: Some(actor("Harbour Police")),
        about: None,
        place: Some(lima()),
        actor: None,
        window: None,
        issued_on: "2031-05-01".parse().ok(),
        incident: None,
        evidence: vec![quote("cautioned")],
    };
    let facts = Facts { warnings: vec![warned], ..Facts::default() };
    reports.push(version("w", "Quay Times", "2031-05-01T08:00:00Z", "Police cautioned tram riders.", facts));
    let outcome = |time| Record::of(reports.clone(), Standing::default(), at(time)).warnings[0].outcome;
    assert_eq!(outcome("2031-05-02T00:00:00Z"), Outcome::Open);
    assert_eq!(outcome("2031-05-06T12:30:00Z"), Outcome::CarriedOut);
    let record = Record::of(reports.clone(), Standing::default(), at("2031-05-06T12:30:00Z"));
    assert_eq!(record.incidents[0].warnings, [record.warnings[0].id.clone()]);
}

/// An account of a bombing, another one in other words of what `second` tells, and a later report with the words of both.
fn accounts(second: IncidentFact) -> Vec<Version> {
    let told = |incident| Facts { incidents: vec![incident], ..Facts::default() };
    let nowhere =
        || IncidentFact { date: None, place: None, targets: vec![], ..bombing(lima(), "2031-05-07", "") };
    let first = bombing(lima(), "2031-05-07", "a tram depot");
    let words =
        ["Tram depot gates, clerks, sirens, turnstiles.", "Harbour crane, night watchman, diesel, tugs."];
    vec![
        version("a", "Andes Wire", "2031-05-08T12:00:00Z", words[0], told(first)),
        version("b", "Quay Times", "2031-05-08T13:00:00Z", words[1], told(second)),
        version("c", "Rimac Post", "2031-05-08T18:00:00Z", &words.concat(), told(nowhere())),
    ]
}

#[test]
fn a_report_that_fits_two_accounts_makes_them_one_from_then_on() {
    let undated =
        IncidentFact { date: None, place: None, targets: vec![], ..bombing(lima(), "2031-05-07", "") };
    let at = |time: &str| Record::of(accounts(undated.clone()), Standing::default(), at(time)).incidents;
    assert_eq!(at("2031-05-08T14:00:00Z").len(), 2);
    let joined = at("2031-05-09T00:00:00Z");
    assert_eq!(joined.len(), 1);
    assert_eq!((joined[0].reports.len(), joined[0].former_ids.len()), (3, 1));
}

#[test]
fn attacks_in_one_city_a_day_apart_stay_two_whoever_tells_of_both() {
    let day_before = bombing(lima(), "2031-05-06", "a crane");
    let record = Record::of(accounts(day_before), Standing::default(), at("2031-05-09T00:00:00Z"));
    assert_eq!(record.incidents.len(), 2);
}

#[test]
fn what_few_of_many_tellings_say_is_not_known_of_an_incident() {
    let mut profile = Profile::default();
    profile.tell(&bombing(city("Cusco", (-13.53, -71.97)), "2031-05-06", "a depot"));
    let mut places_after = |times: usize| {
        (0..times).for_each(|_| profile.tell(&bombing(lima(), "2031-05-06", "a depot")));
        profile.backed_places().map(|place| place.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(places_after(3), ["Cusco", "Lima"]);
    assert_eq!(places_after(6), ["Lima"]);
}
