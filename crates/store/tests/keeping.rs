//! The record that is kept and patched equals the one that is folded anew, whatever was written in between.

mod common;

use common::{END, Numbers, Scratch, account, accounts, at, on_both, report};
use jiff::{Timestamp, ToSpan};
use watchkeeper_core::reading::{DateRange, Stage};
use watchkeeper_core::resolve::decisions::{Correction, Rating};
use watchkeeper_core::resolve::ledger::Ledger;
use watchkeeper_core::resolve::moment::Record;
use watchkeeper_store::{Filter, Forgetting, KeptRecord, NewDecision, NewVersion, Request, Store};

/// Reports whose warnings are told in every way: of the report's own news, of another, of none, with and without place,
/// day and window; some of them recalled, some threatened.
fn reports(count: usize, numbers: &mut Numbers) -> Vec<NewVersion> {
    let varied = |number, numbers: &mut Numbers| {
        let mut new: NewVersion = report(number, numbers);
        let day = new.version.day;
        let facts = &mut new.version.facts;
        facts.incidents[0].background = numbers.below(4) == 0;
        if numbers.below(5) == 0 {
            facts.incidents[0].stage = [Stage::Foiled, Stage::Threatened][numbers.below(2)];
        }
        for warning in &mut facts.warnings {
            warning.incident = (numbers.below(3) == 0).then_some(0);
            if numbers.below(3) == 0 {
                warning.place = None;
            }
            if numbers.below(4) == 0 {
                warning.issuer = None;
            }
            if numbers.below(2) == 0 {
                warning.issued_on = day.checked_sub(2.days()).ok();
            }
            if numbers.below(3) == 0 {
                let end = day.checked_add(3.days()).ok();
                warning.window = Some(DateRange { start: Some(day), end });
            }
        }
        new
    };
    (0..count).map(|number| varied(number, numbers)).collect()
}

fn whole(store: &mut Store, as_of: Timestamp) -> Record {
    store.record(as_of, None, &Filter::default()).expect("a record")
}

/// Something that may be decided of what the record shows; refused where it was decided already.
fn decide(store: &mut Store, record: &Record, decided: usize, numbers: &mut Numbers) {
    if record.incidents.is_empty() {
        return;
    }
    let incident = record.incidents[numbers.below(record.incidents.len())].clone();
    let other = record.incidents[numbers.below(record.incidents.len())].id.clone();
    let report = &incident.reports[numbers.below(incident.reports.len())];
    let id = incident.id.clone();
    let mut facts = vec![report.fact.clone()];
    facts.extend(incident.attributions.iter().flat_map(|row| &row.acts).map(|act| act.fact.clone()));
    facts.extend(incident.counts.values().flat_map(|row| &row.series).map(|point| point.fact.clone()));
    facts.extend(record.warnings.iter().flat_map(|one| &one.reports).map(|row| row.fact.clone()));
    facts.extend(record.threats.iter().flat_map(|one| &one.reports).map(|row| row.fact.clone()));
    let fact = facts.swap_remove(numbers.below(facts.len()));
    let request = match numbers.below(10) {
        0 => Request::Accept { fact },
        1 | 2 => Request::Reject { fact },
        3 => Request::Merge { incident: id, into: other },
        4 => Request::Split { incident: id, reports: vec![report.id.to_string()] },
        5 => Request::Rate {
            source: report.source.clone().unwrap_or_default(),
            rating: Rating::parse(["A1", "C3", "F6"][numbers.below(3)]).expect("a grade"),
        },
        6 => Request::Note { incident: id, text: "look again".to_owned() },
        7 => Request::Override {
            incident: id,
            correction: Correction::parse("stage", "foiled", None).expect("a stage"),
        },
        _ => Request::Undo { decision: format!("d{}", 1 + numbers.below(decided.max(1))) },
    };
    let new =
        NewDecision { author: "amy".to_owned(), recorded: at(END), reason: "checked".to_owned(), request };
    // What says nothing new is refused, which is tested elsewhere.
    drop(store.decide(new));
}

/// Many random writes, each followed by a patch; the moment wanders too.
fn wander(scratch: &Scratch, seed: u64, steps: usize) {
    let mut numbers = Numbers(seed);
    let mut waiting = reports(90, &mut numbers);
    waiting.extend(accounts(waiting.len()));
    let (mut store, mut beside) = (scratch.open(), scratch.open());
    let mut moment = at("2031-05-08T00:00:00Z");
    let mut kept: KeptRecord = store.keep(moment).expect("kept");
    for step in 0..steps {
        match numbers.below(8) {
            0..=2 if !waiting.is_empty() => {
                let mut batch = Vec::new();
                for _ in 0..=numbers.below(6).min(waiting.len() - 1) {
                    batch.push(waiting.swap_remove(numbers.below(waiting.len())));
                }
                beside.add(batch).expect("added");
            }
            3 => moment = at("2031-05-01T00:00:00Z") + (numbers.below(60 * 24) as i64).hours(),
            4 if step % 9 == 0 => {
                let record = whole(&mut store, moment);
                if let Some(report) = record.incidents.iter().flat_map(|one| &one.reports).next() {
                    let by = Forgetting {
                        author: "amy".to_owned(),
                        recorded: at(END),
                        reason: "asked for".to_owned(),
                    };
                    beside.forget_report(&report.id, &by).expect("forgotten");
                }
            }
            _ => {
                let record = kept.record();
                let decided = store.decisions(&watchkeeper_store::DecisionFilter::default()).expect("a list");
                decide(&mut beside, &record, decided.len(), &mut numbers);
            }
        }
        kept = store.refresh(kept, moment).expect("patched");
        assert_eq!(kept.generation(), store.generation().expect("a generation"));
        let now = kept.record();
        assert_eq!(now, whole(&mut store, moment), "seed {seed}, step {step}, as of {moment}");
        let past = at("2031-05-01T00:00:00Z") + (numbers.below(40 * 24) as i64).hours();
        let made = store.by_way_of(kept.clone(), past, None).expect("made").expect("by way of what is kept");
        assert_eq!(
            made,
            whole(&mut store, past),
            "seed {seed}, step {step}, by way of {moment} as of {past}"
        );
    }
    let before = "2031-01-01T00:00:00Z";
    assert!(store.by_way_of(kept, moment, Some(at(before))).expect("looked at").is_none());
}

/// A kept record brought up to date, which must equal one that is folded anew.
fn patched(store: &mut Store, kept: &mut Option<KeptRecord>, as_of: Timestamp) -> Record {
    let now = match kept.take() {
        Some(before) => store.refresh(before, as_of).expect("patched"),
        None => store.keep(as_of).expect("kept"),
    };
    let record = now.record();
    assert_eq!(record, whole(store, as_of), "as of {as_of}");
    *kept = Some(now);
    record
}

/// Which incidents of a record have one of the ids or once had it, each with the number of warnings on it.
fn those(record: &Record, ids: [&String; 2]) -> Vec<(String, usize)> {
    let incidents = record.incidents.iter();
    let those = incidents.filter(|one| ids.iter().any(|id| one.id == **id || one.former_ids.contains(id)));
    those.map(|one| (one.id.clone(), one.warnings.len())).collect()
}

#[test]
fn a_join_that_comes_and_goes_changes_both_incidents_and_what_hangs_on_them() {
    on_both(|scratch| {
        let mut numbers = Numbers(5);
        let mut told: Vec<NewVersion> = (0..)
            .zip(["a", "b", "a", "b", "ab"])
            .map(|(nth, ways)| {
                let time = at("2031-05-01T06:00:00Z") + (nth * 7).hours();
                account(nth as usize, 0, ways, time, &mut numbers)
            })
            .collect();
        // Each account tells of a warning of its own, of which the other knows nothing.
        let mut warning = (0..)
            .map(|number| report(number, &mut numbers))
            .find_map(|mut new| new.version.facts.warnings.pop())
            .expect("a warning");
        warning.place = None;
        for (new, issuer) in told.iter_mut().zip(["Police", "Army"]) {
            let mut warning = warning.clone();
            warning.issuer.as_mut().expect("an issuer").name = issuer.to_owned();
            new.version.facts.warnings = vec![warning];
        }
        told[2..].iter_mut().for_each(|new| new.version.facts.warnings.clear());
        let ledger = Ledger::of(told.iter().map(|new| new.version.clone()).collect());
        let [join] = ledger.joins.as_slice() else { panic!("one join: {:?}", ledger.joins) };
        let ids = [&join.stays, &join.gone];
        let two = vec![(join.stays.clone(), 1), (join.gone.clone(), 1)];
        let one = vec![(join.stays.clone(), 2)];

        let (mut store, mut beside) = (scratch.open(), scratch.open());
        let shows_both = told.pop().expect("the report that joins");
        let late = told.remove(1);
        beside.add(told).expect("added");
        let mut kept = None;
        let now = at(END);
        patched(&mut store, &mut kept, now);
        beside.add(vec![shows_both.clone()]).expect("added");
        patched(&mut store, &mut kept, now);
        beside.add(vec![late]).expect("added late");
        assert_eq!(those(&patched(&mut store, &mut kept, now), ids), one, "it came");

        // The past stays as it was, by whatever way one comes to it.
        let before = join.time - 1.microsecond();
        let past = store.by_way_of(kept.clone().expect("kept"), before, None).expect("made").expect("by way");
        assert_eq!((those(&past, ids), &past), (two.clone(), &whole(&mut store, before)));
        assert_eq!(those(&patched(&mut store, &mut kept, before), ids), two);
        let then =
            store.by_way_of(kept.clone().expect("kept"), join.time, None).expect("made").expect("by way");
        assert_eq!((those(&then, ids), &then), (one.clone(), &whole(&mut store, join.time)));
        assert_eq!(those(&patched(&mut store, &mut kept, join.time), ids), one);
        patched(&mut store, &mut kept, now);

        // A person parts them, and takes that back.
        let apart =
            ledger.assignments.iter().filter(|a| a.incident == join.gone).map(|a| a.version.to_string());
        let request = Request::Split { incident: join.gone.clone(), reports: apart.collect() };
        let new =
            NewDecision { author: "amy".to_owned(), recorded: at(END), reason: "two".to_owned(), request };
        let split = beside.decide(new).expect("decided").id;
        assert_eq!(patched(&mut store, &mut kept, now).incidents.len(), 2);
        beside.undo(&split, "amy", "one", at(END)).expect("undone");
        assert_eq!(those(&patched(&mut store, &mut kept, now), ids), one);

        // The report that shows it is forgotten.
        let by = Forgetting { author: "amy".to_owned(), recorded: at(END), reason: "asked for".to_owned() };
        beside.forget_report(shows_both.version.id.as_str(), &by).expect("forgotten");
        assert_eq!(those(&patched(&mut store, &mut kept, now), ids), two, "it went");
    });
}

#[test]
fn many_incidents_that_were_joined_are_each_put_together_at_once() {
    const MANY: usize = 600;
    let mut numbers = Numbers(5);
    let mut told = Vec::new();
    for ways in ["a", "b", "ab"] {
        for incident in 0..MANY {
            let time = at("2031-05-01T06:00:00Z") + (told.len() as i64 * 3).minutes();
            told.push(account(told.len(), incident, ways, time, &mut numbers));
        }
    }
    let scratch = Scratch::sqlite();
    let mut store = scratch.open();
    store.add(told).expect("added");
    let record = patched(&mut store, &mut None, at(END));
    let joined = record.incidents.iter().filter(|one| !one.former_ids.is_empty()).count();
    // More than are put together at once, and an account of one is far from the other.
    let told = record.incidents.len() + joined;
    assert!(joined > 100 && told > 1000, "{joined} of {told} incidents were joined");
}

#[test]
fn a_patched_record_equals_one_that_is_folded_anew() {
    on_both(|scratch| wander(scratch, 1, 60));
}

#[test]
fn it_does_for_other_numbers_too() {
    for seed in 2..8 {
        wander(&Scratch::sqlite(), seed, 60);
    }
}
