//! The record that is kept and patched equals the one that is folded anew, whatever was written in between.

mod common;

use common::{END, Numbers, Scratch, accounts, at, on_both, report};
use jiff::{Timestamp, ToSpan};
use watchkeeper_core::reading::{DateRange, Stage};
use watchkeeper_core::resolve::decisions::{Correction, Rating};
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
