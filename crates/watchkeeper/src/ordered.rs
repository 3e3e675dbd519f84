//! Work done by several threads whose results come out in the order in which the work went in.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use anyhow::Context;

/// How many items a thread may have waiting; bounds what is held in memory.
const WAITING_PER_THREAD: usize = 8;

/// Deep trees of grammar are walked recursively.
const STACK_BYTES: usize = 8 << 20;

/// Puts an item to work; says when nobody wants the results any more.
pub type Give<'a, I> = dyn FnMut(I) -> ControlFlow<()> + 'a;

/// Does `work` on every item that `feed` gives, on so many threads, and hands each result to `take` as soon as it and
/// all before it are there. `feed` runs on a thread of its own, so that a slow input never holds results back.
///
/// The threads are left to themselves once `take` fails: one that waits for input may wait for ever, and the program
/// is about to end.
///
/// # Errors
/// What `take` says, or where threads cannot be started or one of them was lost.
pub fn map<I, T>(
    threads: NonZeroUsize,
    feed: impl FnOnce(&mut Give<'_, I>) + Send + 'static,
    work: impl Fn(I) -> T + Send + Sync + 'static,
    mut take: impl FnMut(T) -> anyhow::Result<()>,
) -> anyhow::Result<()>
where
    I: Send + 'static,
    T: Send + 'static,
{
    let window = threads.get() * WAITING_PER_THREAD;
    let (jobs, waiting) = sync_channel::<(I, SyncSender<T>)>(window);
    let (order, in_order) = sync_channel::<Receiver<T>>(window);
    let start = |name: &str, body: Box<dyn FnOnce() + Send>| {
        let builder = thread::Builder::new().name(name.to_owned()).stack_size(STACK_BYTES);
        builder.spawn(body).map(drop).context("cannot start the reading threads")
    };
    let waiting = Arc::new(Mutex::new(waiting));
    let work = Arc::new(work);
    for _ in 0..threads.get() {
        let (waiting, work) = (Arc::clone(&waiting), Arc::clone(&work));
        start("reader", Box::new(move || while do_next(&waiting, &*work).is_some() {}))?;
    }
    let mut give = move |item: I| {
        let (done, result) = sync_channel(1);
        let gone = jobs.send((item, done)).is_err() || order.send(result).is_err();
        if gone { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    start("input", Box::new(move || feed(&mut give)))?;
    for result in in_order {
        take(result.recv().context("a reading thread was lost; please report this with the input")?)?;
    }
    Ok(())
}

/// Takes the next job and does it; `None` when there will be none any more.
fn do_next<I, T>(waiting: &Mutex<Receiver<(I, SyncSender<T>)>>, work: &impl Fn(I) -> T) -> Option<()> {
    // The lock is held while waiting for a job, never while working.
    let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
    let (item, done) = next.ok()?;
    // Nobody may be waiting for the result any more.
    drop(done.send(work(item)));
    Some(())
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    fn threads(number: usize) -> NonZeroUsize {
        NonZeroUsize::new(number).expect("more than none")
    }

    #[test]
    fn results_come_in_the_order_of_the_input() {
        let mut taken = Vec::new();
        // The first of each eight takes longest.
        let work = |number: u64| {
            thread::sleep(Duration::from_millis(8 - number % 8));
            number
        };
        let feed = |give: &mut Give<'_, u64>| {
            for number in 0..100 {
                assert!(give(number).is_continue());
            }
        };
        map(threads(8), feed, work, |number| {
            taken.push(number);
            Ok(())
        })
        .expect("nothing fails");
        assert_eq!(taken, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn the_input_is_read_no_farther_than_needed() {
        static GIVEN: AtomicUsize = AtomicUsize::new(0);
        let feed = |give: &mut Give<'_, usize>| {
            while give(GIVEN.load(Ordering::SeqCst)).is_continue() {
                GIVEN.fetch_add(1, Ordering::SeqCst);
            }
        };
        let done = map(
            threads(2),
            feed,
            |number| number,
            |number| {
                anyhow::ensure!(number < 10, "enough");
                Ok(())
            },
        );
        assert_eq!(done.expect_err("stopped").to_string(), "enough");
        assert!(GIVEN.load(Ordering::SeqCst) < 100, "{GIVEN:?}");
    }

    #[test]
    fn a_result_does_not_wait_for_the_next_item() {
        let (taken, seen) = sync_channel(1);
        let feed = move |give: &mut Give<'_, u8>| {
            assert!(give(1).is_continue());
            seen.recv_timeout(Duration::from_secs(20)).expect("the result came before the input ended");
        };
        map(threads(1), feed, |number| number, |number| Ok(taken.send(number)?)).expect("nothing fails");
    }

    #[test]
    fn a_lost_thread_is_an_error_not_a_lost_result() {
        let feed = |give: &mut Give<'_, u8>| assert!(give(1).is_continue());
        let lost = |_: u8| -> u8 { std::panic::resume_unwind(Box::new("lost")) };
        assert!(map(threads(1), feed, lost, |_| Ok(())).is_err());
    }
}
