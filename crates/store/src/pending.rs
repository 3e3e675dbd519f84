//! What one linking keeps under keys, until its end. The keys lie all over those of a quarter of a year; written in their
//! order, what lies together is written together.

use foldhash::HashMap;
use watchkeeper_core::resolve::numbering::{IncidentNumber, Numbering};

use crate::error::StoreError;
use crate::lately::Place;
use crate::sieve::Sieve;
use crate::sql::{Sql, Value};

/// The time and the order of a version, and its number.
type Worded = ((i64, i64), i64);

/// Tellings and wordings by key, the latest last. All of them are later than what the database holds: versions are linked in
/// their order, and what was derived of later ones is forgotten first.
#[derive(Default)]
pub struct Pending {
    tellings: HashMap<i64, Vec<(Place, IncidentNumber)>>,
    wordings: HashMap<u64, Vec<Worded>>,
}

impl Pending {
    /// Keeps a telling under a key.
    pub fn tell(&mut self, key: i64, place: Place, incident: IncidentNumber) {
        let told = self.tellings.entry(key).or_default();
        if told.last().is_none_or(|(last, _)| *last != place) {
            told.push((place, incident));
        }
    }

    /// Keeps the wording of the version of a number under a key.
    pub fn word(&mut self, key: u64, place: (i64, i64), number: i64) {
        let worded = self.wordings.entry(key).or_default();
        if worded.last().is_none_or(|(last, _)| *last != place) {
            worded.push((place, number));
        }
    }

    /// The tellings kept under a key, the latest first.
    pub fn told_under(&self, key: i64) -> impl Iterator<Item = (Place, IncidentNumber)> {
        self.tellings.get(&key).into_iter().flatten().rev().copied()
    }

    /// The numbers of the versions whose wordings are kept under a key, the latest first.
    pub fn worded(&self, key: u64) -> impl Iterator<Item = i64> {
        self.wordings.get(&key).into_iter().flatten().rev().map(|(_, number)| *number)
    }

    /// Writes everything down and lets it go.
    ///
    /// # Errors
    /// What the database says.
    pub fn write(
        &mut self,
        sql: &mut dyn Sql,
        numbering: &Numbering,
        sieve: &mut Sieve,
    ) -> Result<(), StoreError> {
        for (key, told) in in_order(&mut self.tellings) {
            for ((time, order, fact), incident) in told {
                let [key, time, order, fact] = [key, time, order, fact].map(Value::Int);
                sql.run(
                    "INSERT INTO incident_keys (lookup, time_us, version_order, fact, incident)
                     VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
                    &[key, time, order, fact, numbering.id(incident).into()],
                )?;
            }
        }
        for (key, worded) in in_order(&mut self.wordings) {
            sieve.hold(key);
            for ((time, order), number) in worded {
                sql.run(
                    "INSERT INTO bands (band, time_us, version_order, number) VALUES ($1, $2, $3, $4)
                     ON CONFLICT DO NOTHING",
                    &[key.cast_signed(), time, order, number].map(Value::Int),
                )?;
            }
        }
        Ok(())
    }

    /// Lets everything go.
    pub fn clear(&mut self) {
        self.tellings.clear();
        self.wordings.clear();
    }
}

/// Takes out what is kept, in the order of its keys.
fn in_order<K: Ord + Copy, V>(kept: &mut HashMap<K, V>) -> Vec<(K, V)> {
    let mut all: Vec<(K, V)> = kept.drain().collect();
    all.sort_unstable_by_key(|(key, _)| *key);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_last_comes_first_and_once() {
        let mut numbering = Numbering::default();
        let [a, b] = ["a-1", "b-1"].map(|id| numbering.number(id));
        let mut pending = Pending::default();
        pending.tell(1, (5, 0, 0), a);
        pending.tell(1, (5, 0, 0), a);
        pending.tell(1, (7, 0, 0), b);
        pending.word(2, (5, 0), 11);
        pending.word(2, (7, 0), 12);
        assert_eq!(pending.told_under(1).collect::<Vec<_>>(), [((7, 0, 0), b), ((5, 0, 0), a)]);
        assert_eq!(pending.worded(2).collect::<Vec<_>>(), [12, 11]);
        assert_eq!((pending.told_under(2).count(), pending.worded(1).count()), (0, 0));
        pending.clear();
        assert_eq!((pending.told_under(1).count(), pending.worded(2).count()), (0, 0));
    }
}
