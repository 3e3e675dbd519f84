//! The stream: stories begin one after another over two years, their reports follow within days, some are copied by
//! other outlets, and some arrive late.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use jiff::ToSpan;
use jiff::civil::Date;
use watchkeeper_core::resolve::origin::outlet_key;
use watchkeeper_core::resolve::version::TimeBasis;
use watchkeeper_store::{NewVersion, digest, text_hash};

use super::vary::{Variation, mix};

/// The day on which all texts were read.
pub const READ_ON: Date = jiff::civil::date(2020, 1, 15);
/// When the stream begins.
const BEGINS: Date = jiff::civil::date(2022, 1, 3);
/// How long it takes to come to the reports that are asked for, however many these are.
const SECONDS: i64 = 104 * 7 * 86_400;
/// How many outlets there are; the first of them publish most.
const OUTLETS: u64 = 400;
/// Of how many reports one is copied, up to three times.
const COPIED_ONE_IN: u64 = 5;
/// Of how many reports one arrives late, by up to so many seconds.
const LATE_ONE_IN: u64 = 20;
const LATE_SECONDS: u64 = 6 * 3_600;
/// Of how many reports one says which outlet it has its words from.
const CITING_ONE_IN: u64 = 6;

/// The first days of weeks that the stream covers, spread over it.
pub fn weeks() -> Vec<Date> {
    (2..98).filter_map(|week| BEGINS.checked_add((7 * week).days()).ok()).collect()
}

/// A report and when it arrives; compared by that, and by its number.
struct Due {
    arrives: i64,
    number: u64,
    story: usize,
    report: usize,
    /// The variation that all reports of the story share.
    variation: u64,
    seconds: i64,
    copy: u64,
}

impl Due {
    fn order(&self) -> (i64, u64) {
        (self.arrives, self.number)
    }
}

impl PartialEq for Due {
    fn eq(&self, other: &Self) -> bool {
        self.order() == other.order()
    }
}

impl Eq for Due {}

impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Due {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.order().cmp(&other.order())
    }
}

/// Reports in the order in which they arrive.
pub struct Stream<'a> {
    stories: &'a [Vec<NewVersion>],
    variation: Variation,
    due: BinaryHeap<Reverse<Due>>,
    /// Stories begun.
    begun: u64,
    /// Seconds from the beginning of one story to that of the next.
    step: f64,
    /// Reports made.
    made: u64,
}

impl<'a> Stream<'a> {
    /// A stream that comes to so many reports in its time, and goes on after it.
    pub fn new(stories: &'a [Vec<NewVersion>], reports: usize) -> Self {
        let texts: usize = stories.iter().map(Vec::len).sum();
        // Two copies on average of every report that is copied.
        let a_story = texts as f64 / stories.len() as f64 * (1.0 + 2.0 / COPIED_ONE_IN as f64);
        let step = SECONDS as f64 / (reports as f64 / a_story);
        let variation = Variation::new(stories);
        Self { stories, variation, due: BinaryHeap::new(), begun: 0, step, made: 0 }
    }

    /// Puts the reports of the next story in the queue.
    fn begin(&mut self) {
        let number = self.begun;
        self.begun += 1;
        let begins = (number as f64 * self.step) as i64;
        // Every round through the stories has an order of its own.
        let count = self.stories.len() as u64;
        let story = ((number * 7_919 + number / count) % count) as usize;
        let variation = mix(number + 1);
        for report in 0..self.stories[story].len() {
            let chance = mix(variation ^ mix(report as u64 + 1));
            // Most follow within hours, the last after three days.
            let share = (chance % 10_000) as f64 / 10_000.0;
            let seconds = begins + (share.powi(3) * 3.0 * 86_400.0) as i64;
            let copies = if mix(chance).is_multiple_of(COPIED_ONE_IN) { 1 + mix(chance + 1) % 3 } else { 0 };
            for copy in 0..=copies {
                let made = mix(chance ^ mix(copy + 7));
                let seconds = seconds + (copy * (made % 14_400)) as i64;
                let late =
                    if mix(made).is_multiple_of(LATE_ONE_IN) { mix(made + 1) % LATE_SECONDS } else { 0 };
                let arrives = seconds + late as i64;
                let number = self.made;
                self.made += 1;
                self.due.push(Reverse(Due { arrives, number, story, report, variation, seconds, copy }));
            }
        }
    }

    fn made(&self, due: &Due) -> Option<NewVersion> {
        let time = jiff::tz::Offset::UTC.to_timestamp(BEGINS.at(0, 0, 0, 0)).ok()? + due.seconds.seconds();
        let day = jiff::tz::Offset::UTC.to_datetime(time).date();
        let mut new = self.variation.of(&self.stories[due.story][due.report], due.variation, day);
        if due.copy > 0 {
            // Copies differ in their last line.
            new.text.push_str(&format!("\n\nPublished here by permission, number {}.", due.number));
            new.text_hash = text_hash(None, &new.text);
        }
        let chance = mix(due.number + 1);
        let outlet = format!("Outlet {}", (chance % OUTLETS) * (mix(chance) % OUTLETS) / OUTLETS);
        let identity = format!("https://outlet.example/{}/{}", day, due.number);
        let version = &mut new.version;
        version.id = digest(&[&identity, &time.to_string(), &new.text_hash]).into();
        version.url = Some(identity.clone());
        version.identity = identity;
        if chance.is_multiple_of(CITING_ONE_IN) {
            version.cites.push(outlet_key(&format!("Outlet {}", mix(chance + 3) % 40)));
        }
        version.source = Some(outlet);
        (version.time, version.day, version.basis) = (time, day, TimeBasis::Published);
        version.recorded_at = time;
        new.published = Some(time);
        Some(new)
    }
}

impl Iterator for Stream<'_> {
    type Item = NewVersion;

    fn next(&mut self) -> Option<NewVersion> {
        loop {
            let next_story = (self.begun as f64 * self.step) as i64;
            match self.due.peek() {
                Some(Reverse(due)) if due.arrives < next_story => break,
                Some(_) | None => self.begin(),
            }
        }
        let Reverse(due) = self.due.pop()?;
        self.made(&due)
    }
}
