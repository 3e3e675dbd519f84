//! How often each of some things was told.

use std::borrow::Borrow;

/// Things with how often each was told, in their order. Of most incidents two or three things are told, and many incidents
/// are kept in memory: a list takes a fifth of the room of a tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally<K>(Vec<(K, u32)>);

impl<K> Default for Tally<K> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K: Ord> Tally<K> {
    /// Counts each one more time.
    pub fn tell(&mut self, keys: impl IntoIterator<Item = K>) {
        for key in keys {
            self.count(key, 1);
        }
    }

    /// Adds up how often each was told.
    pub fn add_up(&mut self, more: &Self)
    where
        K: Clone,
    {
        for (key, times) in &more.0 {
            self.count(key.clone(), *times);
        }
    }

    fn count(&mut self, key: K, times: u32) {
        match self.0.binary_search_by(|(known, _)| known.cmp(&key)) {
            Ok(at) => self.0[at].1 += times,
            Err(at) => {
                self.0.reserve_exact(1);
                self.0.insert(at, (key, times));
            }
        }
    }

    /// How often one was told; absent where it never was.
    pub fn times<Q: Ord + ?Sized>(&self, key: &Q) -> Option<u32>
    where
        K: Borrow<Q>,
    {
        let found = self.0.binary_search_by(|(known, _)| known.borrow().cmp(key));
        found.ok().map(|at| self.0[at].1)
    }

    /// What was told, with how often.
    pub fn iter(&self) -> impl Iterator<Item = (&K, u32)> {
        self.0.iter().map(|(key, times)| (key, *times))
    }

    /// Whether nothing was told.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_counted_and_stands_in_order() {
        let mut tally = Tally::default();
        tally.tell(["market", "bus", "market"].map(str::to_owned));
        let mut more = Tally::default();
        more.tell(["bus", "airport"].map(str::to_owned));
        tally.add_up(&more);
        let told: Vec<(&str, u32)> = tally.iter().map(|(key, times)| (key.as_str(), times)).collect();
        assert_eq!(told, [("airport", 1), ("bus", 2), ("market", 2)]);
        assert_eq!((tally.times("bus"), tally.times("train"), tally.is_empty()), (Some(2), None, false));
    }
}
