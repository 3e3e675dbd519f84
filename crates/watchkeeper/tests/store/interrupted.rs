//! Processes that are killed, servers that go away, and two that write at once.

use std::time::Duration;

use super::runs::{Undisturbed, assert_one_line, begin, complete, reports};
use super::scratch::on_both;
use super::server::Server;
use super::streams::Numbers;

/// How many times a run is killed on each backend, unless `WATCHKEEPER_TEST_KILLS` says otherwise.
const KILLS: usize = 3;

#[test]
fn a_run_that_is_killed_is_made_good_by_the_next() {
    let kills =
        std::env::var("WATCHKEEPER_TEST_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(KILLS);
    on_both(|make| {
        let undisturbed = Undisturbed::new(make);
        let mut numbers = Numbers(6);
        // What a run takes; the one that was timed may have shared the machine with others.
        let mut took = undisturbed.took;
        let (mut in_time, mut runs) = (0, 0);
        while in_time < kills && runs < 10 * kills {
            runs += 1;
            let scratch = make();
            let mut run = begin(&scratch.address);
            // Every other one falls into the second half, where more is written than read.
            let share = if runs % 2 == 0 { numbers.below(1_000) } else { 500 + numbers.below(500) };
            let waited = took.mul_f64(share as f64 / 1_000.0);
            std::thread::sleep(waited);
            // A kill that comes too late is none.
            if run.try_wait().expect("a process").is_none() {
                in_time += 1;
                took = took.mul_f64(1.01);
            } else {
                took = waited;
            }
            run.kill().expect("killed");
            run.wait().expect("ended");
            complete(&scratch.address);
            undisturbed.assert_same(&scratch, &format!("killed after {waited:?}"));
        }
        assert!(in_time == kills, "of {runs} runs only {in_time} were killed before their end");
        println!("{in_time} of {runs} runs were killed before their end");
    });
}

#[test]
fn runs_at_once_leave_what_one_leaves() {
    on_both(|make| {
        let undisturbed = Undisturbed::new(make);
        let scratch = make();
        let runs = [begin(&scratch.address), begin(&scratch.address), begin(&scratch.address)];
        for run in runs {
            let output = run.wait_with_output().expect("the program ends");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
        undisturbed.assert_same(&scratch, "three runs at once");
    });
}

#[test]
fn a_server_that_goes_away_costs_a_batch_and_no_more() {
    let Some(mut server) = Server::start() else {
        println!("skipped: WATCHKEEPER_TEST_POSTGRES_BIN is not set");
        return;
    };
    let undisturbed = Undisturbed::new(super::scratch::Scratch::sqlite);
    let mut numbers = Numbers(8);
    for round in 0..3 {
        let address = server.database(&format!("round_{round}"));
        let run = begin(&address);
        // At the earliest when something was written.
        while server.versions(&address) == 0 {
            std::thread::sleep(Duration::from_millis(5));
        }
        std::thread::sleep(undisturbed.took.mul_f64(numbers.below(300) as f64 / 1_000.0));
        server.stop();
        let output = run.wait_with_output().expect("the program ends");
        if !output.status.success() {
            assert_one_line(&output, "connection to the store was lost");
        }
        assert_one_line(
            &begin(&address).wait_with_output().expect("the program ends"),
            "cannot open the store",
        );
        server.restart();
        complete(&address);
        assert!(super::runs::record(&address).0 == undisturbed.record, "round {round}: another record");
    }
    assert!(reports().is_file());
}
