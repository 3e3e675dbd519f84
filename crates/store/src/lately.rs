//! The tellings last written under keys of the index, so that the database is asked for each but once while its key is
//! in use.

use std::collections::VecDeque;
use std::sync::Arc;

use watchkeeper_core::resolve::index::TELLINGS_PER_KEY;

use crate::recent::Recent;

/// The place of a telling in the order of all: its version's time and order, its number there.
pub type Place = (i64, i64, i64);

/// How many keys are kept; most have a handful of tellings of some hundred bytes.
const KEYS_KEPT: usize = 50_000;

/// Lists of tellings by key.
#[derive(Default)]
pub struct Lately {
    lists: Recent<i64, List, KEYS_KEPT>,
}

/// The incidents told of last under a key, the latest first.
struct List {
    tellings: VecDeque<(Place, Arc<str>)>,
    /// Whether the database may hold earlier ones.
    is_cut: bool,
}

impl Lately {
    /// The incidents of the tellings under a key, the latest first, where they are kept.
    pub fn under(&mut self, key: i64) -> Option<impl Iterator<Item = &str>> {
        let list = self.lists.get(&key)?;
        Some(list.tellings.iter().map(|(_, incident)| &**incident))
    }

    /// Keeps the tellings under a key, the latest first, as the database gives them.
    pub fn keep(&mut self, key: i64, tellings: VecDeque<(Place, Arc<str>)>) {
        let is_cut = tellings.len() >= TELLINGS_PER_KEY;
        self.lists.keep(key, List { tellings, is_cut });
    }

    /// Takes in the latest telling of all.
    pub fn tell(&mut self, key: i64, place: Place, incident: &Arc<str>) {
        if let Some(list) = self.lists.get_mut(&key) {
            list.tellings.push_front((place, Arc::clone(incident)));
            if list.tellings.len() > TELLINGS_PER_KEY {
                list.tellings.pop_back();
                list.is_cut = true;
            }
        }
    }

    /// Lets go what was told from a place on, and what can no longer be told of without the database.
    pub fn unlink_from(&mut self, place: (i64, i64)) {
        self.lists.retain(|list| {
            let before = list.tellings.len();
            while list.tellings.front().is_some_and(|((time, order, _), _)| (*time, *order) >= place) {
                list.tellings.pop_front();
            }
            list.tellings.len() == before || !list.is_cut
        });
    }

    /// Lets everything go.
    pub fn clear(&mut self) {
        self.lists.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(lately: &mut Lately, key: i64) -> Option<Vec<String>> {
        lately.under(key).map(|told| told.map(str::to_owned).collect())
    }

    #[test]
    fn what_is_told_comes_first_and_goes_when_it_is_unlinked() {
        let mut lately = Lately::default();
        assert_eq!(told(&mut lately, 1), None);
        lately.keep(1, VecDeque::from([((5, 0, 0), Arc::from("a-1"))]));
        lately.tell(1, (7, 0, 0), &Arc::from("b-1"));
        lately.tell(2, (7, 0, 0), &Arc::from("b-1"));
        assert_eq!(told(&mut lately, 1), Some(vec!["b-1".to_owned(), "a-1".to_owned()]));
        assert_eq!(told(&mut lately, 2), None, "the database may hold more");
        lately.unlink_from((6, 0));
        assert_eq!(told(&mut lately, 1), Some(vec!["a-1".to_owned()]));
    }

    #[test]
    fn a_list_that_was_cut_is_asked_for_anew_once_it_lacks_some() {
        let mut lately = Lately::default();
        let full = (0..TELLINGS_PER_KEY as i64).rev().map(|time| ((time, 0, 0), Arc::from("a-1")));
        lately.keep(1, full.collect());
        lately.unlink_from((500, 0));
        assert!(lately.under(1).is_some(), "nothing went");
        lately.unlink_from((100, 0));
        assert!(lately.under(1).is_none());
    }
}
