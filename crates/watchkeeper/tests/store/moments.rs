//! What was known at a moment, whatever came later and in whatever order it came.

use jiff::{Timestamp, ToSpan};
use watchkeeper_store::Store;

use super::scratch::{Scratch, on_both};
use super::streams::{EDITED, Numbers, feed, now, record, streams, time};

/// How many moments are asked for over all streams.
const MOMENTS: usize = 200;
/// In how many orders a stream arrives.
const ORDERS: usize = 8;

#[test]
fn the_record_of_a_moment_is_that_of_a_store_fed_only_what_was_out() {
    let mut numbers = Numbers(1);
    let streams = streams();
    let mut told = 0;
    for stream in streams {
        let scratch = Scratch::sqlite();
        let mut whole = feed(&scratch.address, &stream.readings, 4);
        let times: Vec<Timestamp> = stream.readings.iter().map(time).collect();
        let (first, last) = (times.iter().min().expect("a report"), times.iter().max().expect("a report"));
        for _ in 0..MOMENTS.div_ceil(streams.len()) {
            // One in three is the very second of a report, or the one before it.
            let moment = match numbers.below(6) {
                0 => times[numbers.below(times.len())],
                1 => times[numbers.below(times.len())] - 1.second(),
                _ => {
                    let seconds = last.duration_since(*first).as_secs() as usize + 86_400;
                    *first + (numbers.below(seconds) as i64).seconds()
                }
            };
            let fresh = Scratch::sqlite();
            let out = stream.readings.iter().filter(|report| time(report) <= moment);
            let mut fresh = feed(&fresh.address, out, 256);
            let expected = record(&mut fresh, moment);
            assert_eq!(record(&mut whole, moment), expected, "{} as of {moment}", stream.name);
            told += usize::from(expected.contains("\"evidence\""));
        }
    }
    assert!(told * 2 > MOMENTS, "of {MOMENTS} moments only {told} had anything to tell");
}

#[test]
fn the_order_of_arrival_and_the_batches_leave_no_trace() {
    on_both(|make| {
        let mut numbers = Numbers(2);
        for stream in streams().iter().filter(|stream| stream.name != EDITED) {
            let scratch = make();
            let expected = record(&mut feed(&scratch.address, &stream.readings, 256), now());
            let tables = scratch.derived();
            for _ in 0..ORDERS {
                let mut readings: Vec<_> = stream.readings.iter().collect();
                numbers.shuffle(&mut readings);
                let scratch = make();
                let batch = 1 + numbers.below(readings.len());
                let mut store = feed(&scratch.address, readings, batch);
                assert_eq!(record(&mut store, now()), expected, "{}, batches of {batch}", stream.name);
                assert_eq!(scratch.derived(), tables, "{}, batches of {batch}", stream.name);
            }
        }
    });
}

#[test]
fn a_rebuild_makes_every_derived_row_again() {
    on_both(|make| {
        let scratch = make();
        let mut readings: Vec<_> = streams().iter().flat_map(|stream| &stream.readings).collect();
        Numbers(3).shuffle(&mut readings);
        let mut store = feed(&scratch.address, readings, 16);
        let (tables, live) = (scratch.derived(), record(&mut store, now()));
        // Whether incidents of these streams join hangs on how they are read; the store's own tests of joins rebuild too.
        let empty: Vec<_> = tables.iter().filter(|(_, rows)| rows.is_empty()).map(|(name, _)| name).collect();
        assert!(empty.iter().all(|name| name.contains("joins")), "an empty table is no trial: {empty:?}");
        store.rebuild().expect("rebuilt");
        assert_eq!(scratch.derived(), tables);
        assert_eq!(record(&mut store, now()), live);
    });
}

/// Takes a store back to the layout before the newest, where its tables are the same.
const ONE_BACK: &[&str] = &["DELETE FROM layout WHERE number = (SELECT MAX(number) FROM layout)"];

/// Takes such a store back to the layout before that one.
const TWO_BACK: &[&str] = &[
    "ALTER TABLE tellings RENAME TO tellings_now",
    "DROP INDEX tellings_by_incident",
    "DROP INDEX tellings_by_time",
    "DROP INDEX tellings_by_country",
    "DROP INDEX tellings_by_day",
    "DROP INDEX tellings_by_last_day",
    "DROP INDEX tellings_by_point",
    "CREATE TABLE tellings (version TEXT NOT NULL REFERENCES versions (id), fact BIGINT NOT NULL, incident TEXT NOT NULL,
         time_us BIGINT NOT NULL, country TEXT, first_day TEXT NOT NULL, last_day TEXT NOT NULL, is_long BIGINT NOT NULL,
         type TEXT NOT NULL, stage TEXT NOT NULL, lat DOUBLE PRECISION, lon DOUBLE PRECISION, statement BIGINT NOT NULL,
         fineness BIGINT NOT NULL, reasons TEXT, PRIMARY KEY (version, fact, time_us, incident))",
    "INSERT INTO tellings SELECT version, fact, incident, time_us, country, first_day, last_day, is_long, type, stage,
         lat, lon, statement, fineness, reasons FROM tellings_now",
    "DROP TABLE tellings_now",
    "CREATE INDEX tellings_by_incident ON tellings (incident, time_us, version, country)",
    "CREATE INDEX tellings_by_time ON tellings (time_us, version)",
    "CREATE INDEX tellings_by_country ON tellings (country, last_day, first_day, time_us, incident)",
    "CREATE INDEX tellings_by_day ON tellings (is_long, first_day, last_day, time_us, incident)",
    "CREATE INDEX tellings_by_last_day ON tellings (last_day, time_us, incident)",
    "CREATE INDEX tellings_by_point ON tellings (lat, lon, time_us, incident)",
    "ALTER TABLE repeats RENAME TO repeats_now",
    "DROP INDEX repeats_by_repeated",
    "DROP INDEX repeats_by_time",
    "CREATE TABLE repeats (version TEXT NOT NULL REFERENCES versions (id), repeats TEXT NOT NULL REFERENCES versions (id),
         time_us BIGINT NOT NULL, dependence TEXT NOT NULL, likeness DOUBLE PRECISION NOT NULL,
         PRIMARY KEY (version, repeats))",
    "INSERT INTO repeats SELECT version, repeats, time_us, dependence, likeness FROM repeats_now",
    "DROP TABLE repeats_now",
    "CREATE INDEX repeats_by_repeated ON repeats (repeats, time_us, version, dependence, likeness)",
    "CREATE INDEX repeats_by_time ON repeats (time_us, version)",
    "ALTER TABLE acts RENAME TO acts_now",
    "DROP INDEX acts_by_stance",
    "DROP INDEX acts_by_number",
    "CREATE TABLE acts (name TEXT NOT NULL, stance TEXT NOT NULL, time_us BIGINT NOT NULL,
         version TEXT NOT NULL REFERENCES versions (id), fact BIGINT NOT NULL, incident TEXT NOT NULL,
         PRIMARY KEY (name, stance, time_us, version, fact))",
    "INSERT INTO acts SELECT a.name, a.stance, a.time_us, v.id, a.fact, a.incident
         FROM acts_now a JOIN versions v ON v.number = a.number",
    "DROP TABLE acts_now",
    "CREATE INDEX acts_by_stance ON acts (stance, time_us, incident)",
    "CREATE INDEX acts_by_time ON acts (time_us, version)",
    "DELETE FROM layout WHERE number = (SELECT MAX(number) FROM layout)",
];

/// Takes such a store back to the layout before that one, where the latest version waits and nothing is derived of it.
const THREE_BACK: &[&str] = &[
    "ALTER TABLE versions ADD COLUMN linked BIGINT NOT NULL DEFAULT 1",
    "UPDATE versions SET linked = 0 WHERE time_us = (SELECT MAX(time_us) FROM versions)",
    "CREATE INDEX versions_waiting ON versions (time_us, id) WHERE linked = 0",
    "DROP TABLE waiting",
    "ALTER TABLE acts RENAME TO acts_now",
    "DROP INDEX acts_by_stance",
    "DROP INDEX acts_by_time",
    "CREATE TABLE acts (name TEXT NOT NULL, stance TEXT NOT NULL, version TEXT NOT NULL REFERENCES versions (id),
         fact BIGINT NOT NULL, incident TEXT NOT NULL, time_us BIGINT NOT NULL, PRIMARY KEY (name, stance, version, fact))",
    "INSERT INTO acts (name, stance, version, fact, incident, time_us)
         SELECT name, stance, version, fact, incident, time_us FROM acts_now",
    "DROP TABLE acts_now",
    "CREATE INDEX acts_by_stance ON acts (stance, time_us, incident)",
    "CREATE INDEX acts_by_time ON acts (time_us, version)",
    "DELETE FROM tellings WHERE time_us = (SELECT MAX(time_us) FROM versions)",
    "DELETE FROM acts WHERE time_us = (SELECT MAX(time_us) FROM versions)",
    "DELETE FROM repeats WHERE time_us = (SELECT MAX(time_us) FROM versions)",
    "DELETE FROM notices WHERE time_us = (SELECT MAX(time_us) FROM versions)",
    "DELETE FROM warned WHERE time_us = (SELECT MAX(time_us) FROM versions)",
    "DELETE FROM joins WHERE time_us = (SELECT MAX(time_us) FROM versions)",
    "DELETE FROM incident_keys WHERE time_us = (SELECT MAX(time_us) FROM versions)",
    "DELETE FROM bands WHERE time_us = (SELECT MAX(time_us) FROM versions)",
    "DELETE FROM layout WHERE number = (SELECT MAX(number) FROM layout)",
];

#[test]
fn a_store_of_a_layout_before_is_brought_to_the_newest() {
    on_both(|make| {
        let scratch = make();
        let mut store = feed(&scratch.address, streams().iter().flat_map(|stream| &stream.readings), 16);
        let live = record(&mut store, now());
        let (tables, versions) = (scratch.derived(), store.holdings().expect("counted").reports as usize);
        drop(store);
        // The last of them is the one by which everything is linked anew.
        for (further_back, waiting) in [
            ([ONE_BACK, &[], &[], &[]], 0),
            ([ONE_BACK, TWO_BACK, &[], &[]], 0),
            ([ONE_BACK, TWO_BACK, THREE_BACK, &[]], 1),
            ([ONE_BACK, TWO_BACK, THREE_BACK, ONE_BACK], versions),
        ] {
            further_back.concat().into_iter().for_each(|statement| scratch.run(statement));
            let mut store = Store::open(&scratch.address).expect("an older store");
            assert_eq!(store.waiting().expect("counted"), waiting);
            store.settle().expect("linked");
            assert_eq!(scratch.derived(), tables);
            assert_eq!(record(&mut store, now()), live);
        }
    });
}
