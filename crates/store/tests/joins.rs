//! Incidents that turn out to be one: store and fold agree on it at every moment, and whatever the order of arrival.

mod common;

use common::{END, Numbers, accounts, at, folded, on_both};
use jiff::{Timestamp, ToSpan};
use watchkeeper_core::resolve::ledger::Ledger;
use watchkeeper_store::{Filter, NewDecision, Request, Store};

fn record(store: &mut Store, as_of: Timestamp) -> watchkeeper_core::resolve::moment::Record {
    store.record(as_of, None, &Filter::default()).expect("a record")
}

#[test]
fn two_accounts_are_one_incident_from_the_report_on_that_shows_it() {
    let reports = accounts(0);
    let ledger = Ledger::of(reports.iter().map(|new| new.version.clone()).collect());
    assert_eq!(ledger.joins.len(), 6);
    let join = &ledger.joins[0];
    let before = folded(&reports, join.time - 1.microsecond());
    let there = |id: &String| before.incidents.iter().any(|incident| incident.id == *id);
    assert!(there(&join.gone) && there(&join.stays), "the past stays as it was");
    let now = folded(&reports, at(END));
    let one = now.incidents.iter().find(|incident| incident.id == join.stays).expect("the earlier one stays");
    assert_eq!((one.former_ids.as_slice(), one.reports.len()), ([join.gone.clone()].as_slice(), 8));
    assert_eq!(now.incidents.len(), 6);
}

#[test]
fn the_store_joins_as_the_fold_does_whatever_the_order_of_arrival() {
    on_both(|scratch| {
        let reports = accounts(0);
        let mut shuffled = reports.clone();
        let mut numbers = Numbers(3);
        for last in (1..shuffled.len()).rev() {
            shuffled.swap(last, numbers.below(last + 1));
        }
        let mut store = scratch.open();
        for (nth, batch) in shuffled.chunks(5).enumerate() {
            store.add(batch.to_vec()).expect("added");
            if nth % 3 == 0 {
                // Another connection has no profile at hand and makes each anew.
                store = scratch.open();
            }
        }
        assert_eq!(record(&mut store, at(END)).incidents.len(), 6);
        for hours in (0..9 * 24).step_by(5) {
            let moment = at("2031-05-01T06:00:00Z") + i64::from(hours).hours();
            assert_eq!(record(&mut store, moment), folded(&reports, moment), "as of {moment}");
        }
        let live = record(&mut store, at(END));
        store.rebuild().expect("rebuilt");
        assert_eq!(record(&mut store, at(END)), live);
    });
}

#[test]
fn an_id_that_went_leads_to_the_incident_and_a_person_can_part_them_again() {
    on_both(|scratch| {
        let reports = accounts(0);
        let mut store = scratch.open();
        store.add(reports.clone()).expect("added");
        let ledger = Ledger::of(reports.iter().map(|new| new.version.clone()).collect());
        let (gone, stays) = (&ledger.joins[2].gone, &ledger.joins[2].stays);
        assert_eq!(&store.find_incident(gone).expect("found"), stays);
        let why = store.links(gone, at(END)).expect("links");
        assert_eq!(why[0].comparison.as_ref(), Some(&ledger.joins[2].comparison), "why they were joined");
        let whole = record(&mut store, at(END));
        let apart: Vec<String> = ledger
            .assignments
            .iter()
            .filter(|a| a.incident == *gone)
            .map(|a| a.version.to_string())
            .collect();
        let request = Request::Split { incident: gone.clone(), reports: apart.clone() };
        let decision = NewDecision {
            author: "amy".to_owned(),
            recorded: at("2031-06-02T00:00:00Z"),
            reason: "two".to_owned(),
            request,
        };
        let id = store.decide(decision).expect("decided").id;
        let parted = record(&mut store, at(END));
        assert_eq!(parted.incidents.len(), 7);
        assert!(parted.incidents.iter().any(|incident| incident.reports.len() == apart.len()));
        store.undo(&id, "amy", "", at("2031-06-03T00:00:00Z")).expect("undone");
        assert_eq!(record(&mut store, at(END)), whole);
    });
}
