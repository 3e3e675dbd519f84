//! The record of some moments, folded, with what finds things in it.

use std::collections::HashMap;

use std::time::{Duration, Instant};

use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;
use watchkeeper_core::resolve::moment::Record;
use watchkeeper_core::resolve::record::RecordIncident;
use watchkeeper_store::{Filter, Store, StoreError};

/// What a caller asks to see: absent is now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moments {
    /// What was published by then.
    pub as_of: Option<Timestamp>,
    /// What the store held by then.
    pub recorded_by: Option<Timestamp>,
}

/// The record of some moments.
pub struct Snapshot {
    /// What was asked for.
    pub moments: Moments,
    /// When it was folded; what was asked for as now means then.
    pub made_at: Timestamp,
    /// How long folding it took.
    pub took: Duration,
    /// The record.
    pub record: Record,
    generation: i64,
    /// Until then it holds by itself: the next version begins to count, or a day ends on which warnings lapse.
    until: Timestamp,
    by_id: HashMap<String, usize>,
    by_report: HashMap<String, Vec<usize>>,
}

/// What tells one fold of the present from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark(i64, Timestamp);

/// The moments that an answer is about.
#[derive(Clone, Debug, Serialize)]
pub struct Shown {
    /// What was published by then.
    pub as_of: String,
    /// What the store held by then.
    pub recorded_by: String,
}

impl Snapshot {
    /// Folds the record.
    ///
    /// # Errors
    /// What the store says.
    pub fn fold(store: &mut Store, moments: Moments, generation: i64) -> Result<Self, StoreError> {
        let began = Instant::now();
        let made_at = Timestamp::now();
        let as_of = moments.as_of.unwrap_or(made_at);
        let record = store.record(as_of, moments.recorded_by, &Filter::default())?;
        let until = match moments.as_of {
            Some(_) => Timestamp::MAX,
            None => store.next_after(made_at)?.unwrap_or(Timestamp::MAX).min(end_of_day(made_at)),
        };
        let mut by_id = HashMap::new();
        let mut by_report: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, incident) in record.incidents.iter().enumerate() {
            for id in std::iter::once(&incident.id).chain(&incident.former_ids) {
                by_id.insert(id.clone(), at);
            }
            for report in &incident.reports {
                by_report.entry(report.id.to_string()).or_default().push(at);
            }
        }
        tracing::info!(
            incidents = record.incidents.len(),
            took_ms = began.elapsed().as_millis(),
            "folded the record"
        );
        Ok(Self { moments, made_at, took: began.elapsed(), record, generation, until, by_id, by_report })
    }

    /// Whether it is still what the store would give.
    pub fn holds(&self, generation: i64, now: Timestamp) -> bool {
        self.generation == generation && now < self.until
    }

    /// What tells it from other folds.
    pub const fn mark(&self) -> Mark {
        Mark(self.generation, self.made_at)
    }

    /// The moment that it shows.
    pub fn as_of(&self) -> Timestamp {
        self.record.as_of
    }

    /// The moments that it shows, for answers.
    pub fn shown(&self) -> Shown {
        Shown {
            as_of: self.record.as_of.to_string(),
            recorded_by: self.moments.recorded_by.unwrap_or(self.made_at).to_string(),
        }
    }

    /// The incident that has this id or once had it.
    pub fn incident(&self, id: &str) -> Option<&RecordIncident> {
        self.by_id.get(id).and_then(|&at| self.record.incidents.get(at))
    }

    /// The incidents of which a report tells.
    pub fn told_by(&self, report: &str) -> impl Iterator<Item = &RecordIncident> {
        self.by_report.get(report).into_iter().flatten().filter_map(|&at| self.record.incidents.get(at))
    }
}

fn end_of_day(moment: Timestamp) -> Timestamp {
    let tomorrow = Offset::UTC.to_datetime(moment).date().checked_add(1.day());
    tomorrow.and_then(|day| Offset::UTC.to_timestamp(day.at(0, 0, 0, 0))).unwrap_or(Timestamp::MAX)
}
