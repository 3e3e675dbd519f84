//! The tellings last written under keys of the index, so that the database is asked for each but once while its key is
//! in use.

use std::collections::VecDeque;

use watchkeeper_core::resolve::index::TELLINGS_PER_KEY;
use watchkeeper_core::resolve::numbering::IncidentNumber;

use crate::recent::Recent;

/// The place of a telling in the order of all: its version's time and order, its number there.
pub type Place = (i64, i64, i64);

/// How many keys are kept; most have a handful of tellings of some hundred bytes.
const KEYS_KEPT: usize = 100_000;

/// Lists of tellings by key.
#[derive(Default)]
pub struct Lately {
    lists: Recent<i64, List, KEYS_KEPT>,
}

/// The tellings under a key, the latest first: which incidents they are of, which is asked for every report, and apart from
/// that their places.
struct List {
    incidents: VecDeque<IncidentNumber>,
    places: VecDeque<Place>,
    /// Whether the database may hold earlier ones.
    is_cut: bool,
}

impl Lately {
    /// The incidents of the tellings under a key, the latest first, where they are kept.
    pub fn under(&mut self, key: i64) -> Option<impl Iterator<Item = IncidentNumber>> {
        self.lists.get(&key).map(|list| list.incidents.iter().copied())
    }

    /// Keeps the tellings under a key, the latest first, as the database gives them.
    pub fn keep(&mut self, key: i64, tellings: impl IntoIterator<Item = (Place, IncidentNumber)>) {
        let (places, incidents): (VecDeque<_>, VecDeque<_>) = tellings.into_iter().unzip();
        let is_cut = incidents.len() >= TELLINGS_PER_KEY;
        self.lists.keep(key, List { incidents, places, is_cut });
    }

    /// Takes in the latest telling of all.
    pub fn tell(&mut self, key: i64, place: Place, incident: IncidentNumber) {
        if let Some(list) = self.lists.get_mut(&key) {
            list.incidents.push_front(incident);
            list.places.push_front(place);
            if list.incidents.len() > TELLINGS_PER_KEY {
                list.incidents.pop_back();
                list.places.pop_back();
                list.is_cut = true;
            }
        }
    }

    /// Lets go what was told from a place on, and what can no longer be told of without the database.
    pub fn unlink_from(&mut self, place: (i64, i64)) {
        self.lists.retain(|list| {
            let gone = list.places.iter().take_while(|&&(time, order, _)| (time, order) >= place).count();
            list.incidents.drain(..gone);
            list.places.drain(..gone);
            gone == 0 || !list.is_cut
        });
    }

    /// Lets everything go.
    pub fn clear(&mut self) {
        self.lists.clear();
    }
}

#[cfg(test)]
mod tests {
    use watchkeeper_core::resolve::numbering::Numbering;

    use super::*;

    fn told(lately: &mut Lately, key: i64) -> Option<Vec<IncidentNumber>> {
        lately.under(key).map(Iterator::collect)
    }

    #[test]
    fn what_is_told_comes_first_and_goes_when_it_is_unlinked() {
        let mut numbering = Numbering::default();
        let [a, b] = ["a-1", "b-1"].map(|id| numbering.number(id));
        let mut lately = Lately::default();
        assert_eq!(told(&mut lately, 1), None);
        lately.keep(1, [((5, 0, 0), a)]);
        lately.tell(1, (7, 0, 0), b);
        lately.tell(2, (7, 0, 0), b);
        assert_eq!(told(&mut lately, 1), Some(vec![b, a]));
        assert_eq!(told(&mut lately, 2), None, "the database may hold more");
        lately.unlink_from((6, 0));
        assert_eq!(told(&mut lately, 1), Some(vec![a]));
    }

    #[test]
    fn a_list_that_was_cut_is_asked_for_anew_once_it_lacks_some() {
        let a = Numbering::default().number("a-1");
        let mut lately = Lately::default();
        lately.keep(1, (0..TELLINGS_PER_KEY as i64).rev().map(|time| ((time, 0, 0), a)));
        lately.unlink_from((500, 0));
        assert!(lately.under(1).is_some(), "nothing went");
        lately.unlink_from((100, 0));
        assert!(lately.under(1).is_none());
    }
}
