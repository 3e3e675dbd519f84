//! Decisions: what they change, that undoing them restores what was there, and that a rebuild keeps them.

mod common;

use common::{END, Scratch, at, folded, on_both, stream};
use watchkeeper_core::reading::{Country, IncidentType, Measure};
use watchkeeper_core::resolve::counts::InForce;
use watchkeeper_core::resolve::decisions::{Correction, Rating};
use watchkeeper_core::resolve::moment::Record;
use watchkeeper_core::resolve::record::RecordIncident;
use watchkeeper_core::resolve::status::Status;
use watchkeeper_store::{DecisionError, DecisionFilter, Filter, NewDecision, Request, Store, StoreError};

const DECIDED: &str = "2031-07-01T10:00:00Z";

/// A store with the stream and its record.
fn filled(scratch: &Scratch) -> (Store, Record) {
    let mut store = scratch.open();
    store.add(stream(60)).expect("added");
    let record = whole(&mut store);
    assert_eq!(record, folded(&stream(60), at(END)));
    (store, record)
}

fn whole(store: &mut Store) -> Record {
    store.record(at(END), None, &Filter::default()).expect("a record")
}

fn decision(request: Request) -> NewDecision {
    NewDecision { author: "amy".to_owned(), recorded: at(DECIDED), reason: "checked".to_owned(), request }
}

fn decide(store: &mut Store, request: Request) -> String {
    store.decide(decision(request)).expect("decided").id
}

fn refused(store: &mut Store, request: Request) -> DecisionError {
    match store.decide(decision(request)) {
        Err(StoreError::Decision(error)) => error,
        other => panic!("{other:?}"),
    }
}

fn find<'a>(record: &'a Record, id: &str) -> &'a RecordIncident {
    record.incidents.iter().find(|incident| incident.id == id).expect("the incident")
}

/// An incident told by several reports, with counts and acts.
fn well_told(record: &Record) -> &RecordIncident {
    record.incidents.iter().max_by_key(|incident| incident.reports.len()).expect("an incident")
}

#[test]
fn a_rejected_count_leaves_the_series_and_an_undo_brings_it_back() {
    on_both(|scratch| {
        let (mut store, before) = filled(scratch);
        let incident = well_told(&before);
        let killed = &incident.counts[&Measure::Killed];
        let in_force = killed.point().expect("a count of a report").clone();
        let id = decide(&mut store, Request::Reject { fact: in_force.fact.clone() });
        let after = whole(&mut store);
        let now = find(&after, &incident.id);
        assert!(now.counts.get(&Measure::Killed).is_none_or(|row| {
            row.series.len() == killed.series.len() - 1
                && row.series.iter().all(|point| point.fact != in_force.fact)
        }));
        assert_eq!(now.decisions.len(), 1);
        assert!(now.decisions[0].about.as_deref().is_some_and(|about| about.starts_with("killed ")));
        store.undo(&id, "ben", "a slip", at(DECIDED)).expect("undone");
        assert_eq!(whole(&mut store), before);
    });
}

#[test]
fn a_rejected_act_leaves_the_status_and_a_rejected_telling_the_incident() {
    on_both(|scratch| {
        let (mut store, before) = filled(scratch);
        let incident = well_told(&before);
        let row = &incident.attributions[0];
        for act in &row.acts {
            decide(&mut store, Request::Reject { fact: act.fact.clone() });
        }
        let after = whole(&mut store);
        let now = find(&after, &incident.id);
        assert_eq!(now.attributions.len(), incident.attributions.len() - 1);
        let last = incident.reports.last().expect("a report");
        decide(&mut store, Request::Reject { fact: last.fact.clone() });
        let after = whole(&mut store);
        let now = find(&after, &incident.id);
        assert!(now.reports.iter().all(|report| report.id != last.id));
        assert!(now.decisions.iter().any(|row| row.decision.ruling.fact() == Some(&last.fact)));
    });
}

#[test]
fn a_merge_keeps_both_ids_and_a_split_gives_a_new_one() {
    on_both(|scratch| {
        let (mut store, before) = filled(scratch);
        let stays = well_told(&before).clone();
        let goes = before.incidents.iter().find(|other| other.id != stays.id).expect("another").clone();
        let merge = decide(&mut store, Request::Merge { incident: goes.id.clone(), into: stays.id.clone() });
        let merged = whole(&mut store);
        assert_eq!(merged.incidents.len(), before.incidents.len() - 1);
        let both = find(&merged, &stays.id);
        assert_eq!(both.reports.len(), stays.reports.len() + goes.reports.len());
        assert_eq!(both.former_ids, [goes.id.as_str()]);
        assert_eq!(store.find_incident(&goes.id).expect("found"), stays.id);
        let reports: Vec<String> = stays.reports.iter().take(1).map(|report| report.id.to_string()).collect();
        let split =
            decide(&mut store, Request::Split { incident: stays.id.clone(), reports: reports.clone() });
        let apart = whole(&mut store);
        let part = format!("{}.{split}", stays.id);
        assert_eq!(find(&apart, &part).reports[0].id, reports[0].as_str());
        assert_eq!(store.find_incident(&part).expect("found"), part);
        assert_eq!(find(&apart, &stays.id).reports.len(), both.reports.len() - 1);
        for id in [&merge, &split] {
            store.undo(id, "ben", "", at(DECIDED)).expect("undone");
        }
        assert_eq!(whole(&mut store), before);
        assert_eq!(store.find_incident(&part).expect("found"), stays.id);
    });
}

#[test]
fn a_value_that_a_person_set_counts_for_filters_too() {
    on_both(|scratch| {
        let (mut store, before) = filled(scratch);
        let incident = well_told(&before).clone();
        let actor = incident.attributions[0].actor.name.clone();
        for (field, value) in
            [("type", "arson"), ("date", "2019-01-02"), ("place", "Turin, IT"), ("killed", "at least 9")]
        {
            let correction = Correction::parse(field, value, None).expect("a value");
            decide(&mut store, Request::Override { incident: incident.id.clone(), correction });
        }
        let correction =
            Correction::parse("status", "refuted", Some(&actor.to_lowercase())).expect("a status");
        decide(&mut store, Request::Override { incident: incident.id[..12].to_owned(), correction });
        let whole = whole(&mut store);
        let now = find(&whole, &incident.id);
        assert_eq!((now.kind, now.decisions.len()), (IncidentType::Arson, 5));
        assert!(matches!(now.counts[&Measure::Killed].in_force, InForce::Decided { .. }));
        assert_eq!(now.attributions[0].status, Some(Status::Refuted));
        let filter = Filter {
            country: Country::parse("IT"),
            to: "2019-12-31".parse().ok(),
            kind: Some(IncidentType::Arson),
            ..Filter::default()
        };
        let found = store.record(at(END), None, &filter).expect("a record");
        assert_eq!(found.incidents.len(), 1);
        // Which warning was about it may rest on reports that do not tell of it.
        let apart = RecordIncident { warnings: Vec::new(), ..found.incidents[0].as_ref().clone() };
        for (a, b) in apart.reports.iter().zip(&now.reports) {
            assert_eq!(a, b);
        }
        assert_eq!((apart.origins, &apart.former_ids), (now.origins, &now.former_ids));
        assert!(apart == RecordIncident { warnings: Vec::new(), ..now.clone() });
    });
}

#[test]
fn decisions_hold_for_every_moment_from_the_time_of_their_recording() {
    on_both(|scratch| {
        let (mut store, before) = filled(scratch);
        let [stays, goes] = &before.incidents[..2] else { panic!("two incidents") };
        decide(&mut store, Request::Merge { incident: goes.id.clone(), into: stays.id.clone() });
        decide(
            &mut store,
            Request::Rate {
                source: "the outlet 3".to_owned(),
                rating: Rating::parse("B2").expect("a grade"),
            },
        );
        let record = |store: &mut Store, as_of, recorded_by: Option<&str>| {
            store.record(at(as_of), recorded_by.map(at), &Filter::default()).expect("a record")
        };
        assert_eq!(record(&mut store, END, Some("2031-06-30T00:00:00Z")), before);
        assert_eq!(record(&mut store, END, Some(DECIDED)), whole(&mut store));
        let early = record(&mut store, "2031-05-05T00:00:00Z", None);
        assert!(early.incidents.iter().all(|incident| incident.id != goes.id));
        // A version recorded later makes the record of the earlier moment a fold of its own.
        let mut late = stream(61).split_off(60);
        late[0].version.recorded_at = at("2031-08-01T00:00:00Z");
        let decided = whole(&mut store);
        store.add(late).expect("added");
        assert_eq!(record(&mut store, END, Some(DECIDED)), decided);
        let rated =
            decided.incidents.iter().flat_map(|incident| &incident.reports).filter(|r| r.rating.is_some());
        assert!(rated.clone().count() > 0);
        for report in rated {
            assert_eq!(report.source.as_deref(), Some("Outlet 3"));
        }
    });
}

#[test]
fn a_rebuild_and_late_reports_leave_decisions_in_place() {
    on_both(|scratch| {
        let reports = stream(60);
        let mut store = scratch.open();
        let (early, late): (Vec<_>, Vec<_>) =
            reports.into_iter().partition(|new| new.version.time > at("2031-05-04T00:00:00Z"));
        store.add(early).expect("added");
        let before = whole(&mut store);
        let [stays, goes] = &before.incidents[..2] else { panic!("two incidents") };
        decide(&mut store, Request::Merge { incident: goes.id.clone(), into: stays.id.clone() });
        let text = "the second blast was an echo".to_owned();
        decide(&mut store, Request::Note { incident: goes.id.clone(), text });
        store.add(late).expect("added");
        let live = whole(&mut store);
        let merged: Vec<_> =
            live.incidents.iter().filter(|incident| !incident.decisions.is_empty()).collect();
        assert_eq!(merged.len(), 1);
        assert_eq!(merged[0].decisions.len(), 2);
        store.rebuild().expect("rebuilt");
        assert_eq!(whole(&mut store), live);
        assert_eq!(store.find_incident(&stays.id).expect("found"), merged[0].id);
    });
}

#[test]
fn what_makes_no_sense_is_refused_in_one_line() {
    on_both(|scratch| {
        let (mut store, before) = filled(scratch);
        let incident = well_told(&before).clone();
        let (id, fact) = (incident.id.clone(), incident.reports[0].fact.clone());
        let all = incident.reports.iter().map(|report| report.id.to_string()).collect();
        let elsewhere =
            before.incidents.iter().find(|other| other.id != id).expect("another").reports[0].id.to_string();
        let rejected = decide(&mut store, Request::Reject { fact: incident.reports[1].fact.clone() });
        store.undo(&rejected, "amy", "", at(DECIDED)).expect("undone");
        let split = |reports| Request::Split { incident: id.clone(), reports };
        let requests = [
            (Request::Accept { fact: "ffff-i00".to_owned() }, "no such fact"),
            (Request::Accept { fact: "fact".to_owned() }, "no such fact"),
            (Request::Note { incident: "ffff".to_owned(), text: "a".to_owned() }, "no such incident"),
            (
                Request::Note { incident: "00".to_owned(), text: "a".to_owned() },
                "more than one incident begins so",
            ),
            (Request::Note { incident: id.clone(), text: " ".to_owned() }, "the note is empty"),
            (Request::Merge { incident: id.clone(), into: id.clone() }, "cannot be merged with itself"),
            (split(all), "these are all its reports"),
            (split(vec![elsewhere]), "does not tell of incident"),
            (split(vec!["https://nowhere.example/".to_owned()]), "no such report"),
            (
                Request::Rate { source: "Nobody".to_owned(), rating: Rating::parse("A1").expect("a grade") },
                "no such source",
            ),
            (
                Request::Override {
                    incident: id.clone(),
                    correction: Correction::parse("status", "claimed", Some("Nobody")).expect("a status"),
                },
                "nobody says anything of this actor",
            ),
            (Request::Undo { decision: "d99".to_owned() }, "no such decision"),
            (Request::Undo { decision: rejected.clone() }, "undone already, by d2"),
        ];
        for (request, says) in requests {
            let message = refused(&mut store, request).to_string();
            assert!(message.contains(says) && message.lines().count() == 1, "{message}");
        }
        decide(&mut store, Request::Accept { fact: fact.clone() });
        assert!(refused(&mut store, Request::Accept { fact }).to_string().ends_with("d3 says so already"));
        let nobody = NewDecision { author: " ".to_owned(), ..decision(Request::Undo { decision: rejected }) };
        assert_eq!(
            store.decide(nobody).map_err(|error| error.to_string()),
            Err("the author is empty".to_owned())
        );
    });
}

#[test]
fn the_list_holds_what_was_decided_and_what_was_undone() {
    on_both(|scratch| {
        let (mut store, before) = filled(scratch);
        let [one, other] = &before.incidents[..2] else { panic!("two incidents") };
        let fact = one.reports[0].fact.clone();
        let accepted = decide(&mut store, Request::Accept { fact });
        let note = Request::Note { incident: other.id.clone(), text: "seen on film".to_owned() };
        decide(&mut store, note);
        store.undo(&accepted, "ben", "another town", at("2031-07-02T00:00:00Z")).expect("undone");
        let list = store.decisions(&DecisionFilter::default()).expect("a list");
        let shown: Vec<_> = list
            .iter()
            .map(|stored| {
                (stored.decision.ruling.kind(), stored.undone.as_ref().map(|undo| undo.author.as_str()))
            })
            .collect();
        assert_eq!(shown, [("accept", Some("ben")), ("note", None), ("undo", None)]);
        let early = DecisionFilter { recorded_by: Some(at(DECIDED)), incident: Some(one.id.clone()) };
        let list = store.decisions(&early).expect("a list");
        assert_eq!(list.iter().map(|stored| stored.decision.id.as_str()).collect::<Vec<_>>(), ["d1"]);
        assert_eq!(list[0].undone, None);
    });
}
