//! What is asked of a part of the archive is what the whole of it says.

mod common;

use std::collections::BTreeSet;

use common::{END, Numbers, at, folded, on_both, stream};
use jiff::civil::date;
use watchkeeper_core::reading::{Country, DateBasis, IncidentType, Stage};
use watchkeeper_core::resolve::status::Status;
use watchkeeper_store::{Filter, Near, NewVersion, Search, Terms};

/// The stream with what makes a part of it hard to cut out: incidents that are only recalled or of which a report gives
/// less, warnings that no report ties to an incident, reports that only warn.
fn tangled(count: usize) -> Vec<NewVersion> {
    let mut numbers = Numbers(23);
    let mut reports = stream(count);
    let others = reports.clone();
    for new in &mut reports {
        let facts = &mut new.version.facts;
        if numbers.below(3) == 0 {
            let mut recalled = others[numbers.below(count)].version.facts.incidents[0].clone();
            recalled.background = true;
            facts.incidents.push(recalled);
        }
        match numbers.below(6) {
            0 => facts.incidents[0].place = None,
            1 => facts.incidents[0].date = None,
            2 => facts.incidents[0].stage = Stage::Foiled,
            3 => facts.incidents[0].kind = IncidentType::ArmedAssault,
            _ => {}
        }
        for warning in &mut facts.warnings {
            warning.incident = None;
        }
        if numbers.below(8) == 0 {
            facts.incidents.clear();
            facts.attributions.clear();
            facts.casualties.clear();
        }
        for incident in &mut facts.incidents {
            if let Some(date) = incident.date.as_mut().filter(|_| numbers.below(4) == 0) {
                date.basis = DateBasis::Publication;
            }
        }
    }
    reports
}

fn filters() -> Vec<Filter> {
    let none = Filter::default;
    let near = |lat, lon, km| Some(Near { point: (lat, lon), km });
    let mut all = vec![
        Filter { near: near(35.0, 0.0, 120.0), ..none() },
        Filter { near: near(-12.7, -74.5, 400.0), ..none() },
        Filter { near: near(0.0, 179.0, 500.0), ..none() },
        Filter { actor: Some("GREY owls".to_owned()), ..none() },
        Filter { actor: Some("nobody".to_owned()), ..none() },
        Filter { source: Some("The OUTLET 3".to_owned()), ..none() },
        Filter { text: Some(Terms::of("depots, Lima")), ..none() },
        Filter { text: Some(Terms::of("never written")), ..none() },
        Filter { from: Some(date(2031, 5, 4)), to: Some(date(2031, 5, 6)), ..none() },
        Filter { from: Some(date(2031, 5, 9)), ..none() },
        Filter { to: Some(date(2031, 5, 3)), ..none() },
        Filter {
            country: Country::parse("PE"),
            from: Some(date(2031, 5, 4)),
            to: Some(date(2031, 5, 9)),
            text: Some(Terms::of("bank")),
            ..none()
        },
        Filter { country: Country::parse("DZ"), kind: Some(IncidentType::Bombing), ..none() },
    ];
    all.extend(["PE", "DZ", "AT", "KE"].map(|code| Filter { country: Country::parse(code), ..none() }));
    all.extend(Status::ALL.iter().map(|&status| Filter { status: Some(status), ..none() }));
    all.extend(Stage::ALL.iter().map(|&stage| Filter { stage: Some(stage), ..none() }));
    all
}

#[test]
fn a_part_asked_for_is_that_part_of_the_whole() {
    on_both(|scratch| {
        let reports = tangled(90);
        let mut late = stream(91).pop().expect("one more");
        late.version.recorded_at = at("2031-06-20T00:00:00Z");
        let mut store = scratch.open();
        store.add(reports).expect("added");
        let moment = at("2031-05-11T00:00:00Z");
        let parts: Vec<_> = filters()
            .into_iter()
            .map(|filter| (store.record(moment, None, &filter).expect("a record"), filter))
            .collect();
        // Once something was recorded later, what was held before is folded anew from all that is there.
        store.add(vec![late]).expect("added");
        let mut held = 0;
        for (part, filter) in parts {
            let whole = store.record(moment, Some(at("2031-06-10T00:00:00Z")), &filter).expect("a record");
            assert_eq!(part, whole, "{filter:?}");
            held += part.incidents.len() + part.warnings.len();
        }
        assert!(held > 50, "the filters leave {held} incidents and warnings: too few to tell anything");
    });
}

#[test]
fn one_incident_asked_for_is_as_in_the_whole() {
    on_both(|scratch| {
        let reports = tangled(90);
        let mut store = scratch.open();
        store.add(reports.clone()).expect("added");
        let whole = folded(&reports, at(END));
        for incident in &whole.incidents {
            let among = Some(BTreeSet::from([incident.id.clone()]));
            let part = store.record(at(END), None, &Filter { among, ..Filter::default() }).expect("a record");
            assert_eq!(part.incidents, std::slice::from_ref(incident));
            let warnings: Vec<_> = whole
                .warnings
                .iter()
                .filter(|w| w.incident.as_ref() == Some(&incident.id))
                .cloned()
                .collect();
            assert_eq!(part.warnings, warnings);
        }
        assert!(whole.incidents.iter().any(|incident| !incident.warnings.is_empty()));
    });
}

#[test]
fn words_are_found_in_whatever_form_the_latest_report_first() {
    on_both(|scratch| {
        let mut reports = stream(40);
        reports[7].text += " \u{1b}[31m Łódź’s harbour-master exploded.";
        reports[7].version.title = Some("Quiet night in Lodz".to_owned());
        reports[7].text_hash = watchkeeper_store::text_hash(Some("Quiet night in Lodz"), &reports[7].text);
        let mut store = scratch.open();
        store.add(reports.clone()).expect("added");
        let mut ask = |query: &str, as_of: &str| {
            let search =
                Search { terms: Terms::of(query), as_of: at(as_of), recorded_by: None, before: None };
            store.search(&search, 100).expect("hits")
        };
        let hits = ask("lodz explodes", END);
        assert_eq!(hits.len(), 1);
        assert_eq!(hits[0].report.id, reports[7].version.id.as_str());
        assert_eq!(hits[0].title_marks.first(), Some(&(15..19)));
        let snippet = hits[0].snippet.as_ref().expect("the words stand in the text");
        assert!(snippet.text[snippet.marks[0].clone()].starts_with("Łódź"), "{snippet:?}");
        assert!(!hits[0].incidents.is_empty());
        let bombs = ask("the BOMBED", END);
        assert_eq!(bombs.len(), 40);
        assert!(bombs.windows(2).all(|pair| pair[0].report.time >= pair[1].report.time));
        assert!(ask("bomb", "2031-05-03T00:00:00Z").len() < 40);
        for query in
            ["", "?!", "\" OR", "bomb NOT", "a AND OR NEAR(", "'; --", "bomb*", "{x}:y ^z", "& | ! <->"]
        {
            assert!(ask(query, END).len() <= 40, "{query}");
        }
    });
}

#[test]
fn a_long_list_of_hits_is_read_page_by_page() {
    on_both(|scratch| {
        let mut store = scratch.open();
        store.add(stream(40)).expect("added");
        let mut search = Search { terms: Terms::of("bomb"), as_of: at(END), recorded_by: None, before: None };
        let all = store.search(&search, 100).expect("hits");
        let mut paged = Vec::new();
        loop {
            let page = store.search(&search, 7).expect("hits");
            let Some(last) = page.last() else { break };
            search.before = Some((last.report.time, last.report.id.clone()));
            paged.extend(page);
        }
        assert_eq!(paged, all);
    });
}

#[test]
fn ids_may_be_cut_short_and_reports_go_by_their_addresses() {
    on_both(|scratch| {
        let reports = stream(20);
        let mut store = scratch.open();
        store.add(reports.clone()).expect("added");
        let incident = folded(&reports, at(END)).incidents[0].id.clone();
        let (version, number) = incident.split_once('-').expect("a number behind the version");
        for name in [incident.as_str(), version, &format!("{}-{number}", &version[..8])] {
            assert_eq!(store.incidents_named(name).expect("incidents"), [incident.as_str()], "{name}");
        }
        assert!(store.incidents_named("0000").expect("incidents").len() > 1);
        for none in ["", "%", "_", "zz", "'", "0000%"] {
            assert_eq!(store.incidents_named(none).expect("incidents"), Vec::<String>::new(), "{none}");
        }
        let version = &reports[3].version;
        for name in [version.identity.as_str(), version.id.as_str(), &version.id[..8]] {
            assert_eq!(
                store.addresses_named(name).expect("addresses"),
                [version.identity.as_str()],
                "{name}"
            );
        }
        assert_eq!(
            store.addresses_named("https://nowhere.example/").expect("addresses"),
            Vec::<String>::new()
        );
    });
}
