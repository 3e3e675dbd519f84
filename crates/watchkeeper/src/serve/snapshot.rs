//! The record of some moments, with what finds things in it.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Arc, OnceLock};

use jiff::tz::Offset;
use jiff::{Timestamp, ToSpan};
use serde::Serialize;
use watchkeeper_core::resolve::moment::Record;
use watchkeeper_core::resolve::record::RecordIncident;
use watchkeeper_store::{Store, StoreError};

use super::columns::Columns;

/// What a caller asks to see: absent is now.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moments {
    /// What was published by then.
    pub as_of: Option<Timestamp>,
    /// What the store held by then.
    pub recorded_by: Option<Timestamp>,
}

/// The record of some moments. Its incidents are shared with other snapshots in which they are the same.
pub struct Snapshot {
    /// What was asked for.
    pub moments: Moments,
    /// When it was made; what was asked for as now means then.
    pub made_at: Timestamp,
    /// The record.
    pub record: Record,
    generation: i64,
    /// Until then it holds by itself: the next version begins to count, or a day ends on which warnings lapse.
    until: Timestamp,
    by_id: Finder,
    by_report: Finder,
    columns: OnceLock<Columns>,
}

/// What tells one state of the present from another.
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

/// Finds incidents by the hash of something that is theirs; whether it is theirs must be asked of what is found.
#[derive(Default)]
struct Finder(Vec<(u32, u32)>);

fn hash(key: &str) -> u32 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    (hasher.finish() >> 32) as u32
}

impl Finder {
    fn add(&mut self, key: &str, incident: usize) {
        self.0.push((hash(key), u32::try_from(incident).unwrap_or(u32::MAX)));
    }

    fn sorted(mut self) -> Self {
        self.0.sort_unstable();
        self.0.dedup();
        self.0.shrink_to_fit();
        self
    }

    fn find(&self, key: &str) -> impl Iterator<Item = usize> + '_ {
        let wanted = hash(key);
        let first = self.0.partition_point(|(hash, _)| *hash < wanted);
        self.0[first..].iter().take_while(move |(hash, _)| *hash == wanted).map(|(_, at)| *at as usize)
    }
}

impl Snapshot {
    /// A record, found in.
    pub fn new(
        record: Record,
        moments: Moments,
        made_at: Timestamp,
        generation: i64,
        until: Timestamp,
    ) -> Self {
        let (mut by_id, mut by_report) = (Finder::default(), Finder::default());
        for (at, incident) in record.incidents.iter().enumerate() {
            for id in std::iter::once(&incident.id).chain(&incident.former_ids) {
                by_id.add(id, at);
            }
            for report in &incident.reports {
                by_report.add(&report.id, at);
            }
        }
        Self {
            moments,
            made_at,
            record,
            generation,
            until,
            by_id: by_id.sorted(),
            by_report: by_report.sorted(),
            columns: OnceLock::new(),
        }
    }

    /// Until when the record of a moment holds by itself.
    ///
    /// # Errors
    /// What the store says.
    pub fn holds_until(
        store: &mut Store,
        moments: Moments,
        made_at: Timestamp,
    ) -> Result<Timestamp, StoreError> {
        Ok(match moments.as_of {
            Some(_) => Timestamp::MAX,
            None => store.next_after(made_at)?.unwrap_or(Timestamp::MAX).min(end_of_day(made_at)),
        })
    }

    /// Whether it is still what the store would give.
    pub fn holds(&self, generation: i64, now: Timestamp) -> bool {
        self.generation == generation && now < self.until
    }

    /// What tells it from other states.
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

    /// What lists are ordered and counted by, made when a list is first asked for.
    pub fn columns(&self) -> &Columns {
        self.columns.get_or_init(|| Columns::of(&self.record.incidents))
    }

    fn at(&self, at: usize) -> Option<&Arc<RecordIncident>> {
        self.record.incidents.get(at)
    }

    /// The incident that has this id; else the first that once had it.
    pub fn incident(&self, id: &str) -> Option<&RecordIncident> {
        let found = || self.by_id.find(id).filter_map(|at| self.at(at));
        let has = found().find(|incident| incident.id == id);
        has.or_else(|| found().find(|incident| incident.former_ids.iter().any(|former| former == id)))
            .map(AsRef::as_ref)
    }

    /// The incidents of which a report tells.
    pub fn told_by(&self, report: &str) -> impl Iterator<Item = &RecordIncident> {
        let found = self.by_report.find(report).filter_map(|at| self.at(at));
        found.filter(move |incident| incident.reports.iter().any(|row| row.id == report)).map(AsRef::as_ref)
    }
}

fn end_of_day(moment: Timestamp) -> Timestamp {
    let tomorrow = Offset::UTC.to_datetime(moment).date().checked_add(1.day());
    tomorrow.and_then(|day| Offset::UTC.to_timestamp(day.at(0, 0, 0, 0))).unwrap_or(Timestamp::MAX)
}
