//! One suite for both backends. PostgreSQL is tried where `WATCHKEEPER_TEST_POSTGRES` holds the address of a server
//! on which databases may be made.

mod common;

use common::{END, Numbers, at, folded, on_both, stream};
use jiff::ToSpan;
use watchkeeper_core::resolve::ledger::Ledger;
use watchkeeper_core::resolve::record::RecordIncident;
use watchkeeper_store::{Filter, Store};

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
