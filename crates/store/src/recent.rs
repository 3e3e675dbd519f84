//! What was asked for lately; it can be made anew at any time.

use std::hash::Hash;

use foldhash::HashMap;

/// Values by key, with when each was last asked for. Where there are more than `MOST`, the quarter goes that was not asked for
/// longest.
pub struct Recent<K, V, const MOST: usize> {
    kept: HashMap<K, (V, u64)>,
    asked: u64,
}

impl<K, V, const MOST: usize> Default for Recent<K, V, MOST> {
    fn default() -> Self {
        Self { kept: HashMap::default(), asked: 0 }
    }
}

impl<K: Eq + Hash, V, const MOST: usize> Recent<K, V, MOST> {
    /// The value of a key that is asked for, where it is kept.
    pub fn get(&mut self, key: &K) -> Option<&V> {
        self.asked += 1;
        let (value, used) = self.kept.get_mut(key)?;
        *used = self.asked;
        Some(value)
    }

    /// The value of a key, to bring it up to date, which is no asking.
    pub fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        self.kept.get_mut(key).map(|(value, _)| value)
    }

    /// Keeps a value.
    pub fn keep(&mut self, key: K, value: V) {
        self.asked += 1;
        self.kept.insert(key, (value, self.asked));
        if self.kept.len() > MOST {
            let mut used: Vec<u64> = self.kept.values().map(|(_, used)| *used).collect();
            let (_, &mut longest_ago, _) = used.select_nth_unstable(MOST / 4);
            self.kept.retain(|_, (_, used)| *used > longest_ago);
        }
    }

    /// Lets the value of a key go.
    pub fn remove(&mut self, key: &K) -> Option<V> {
        self.kept.remove(key).map(|(value, _)| value)
    }

    /// Lets the values go that do not stand up to a look.
    pub fn retain(&mut self, mut stays: impl FnMut(&mut V) -> bool) {
        self.kept.retain(|_, (value, _)| stays(value));
    }

    /// Lets everything go.
    pub fn clear(&mut self) {
        self.kept.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_asked_for_longest_goes() {
        let mut recent: Recent<u8, u8, 4> = Recent::default();
        (0..4).for_each(|key| recent.keep(key, key));
        assert_eq!(recent.get(&0), Some(&0));
        recent.keep(4, 4);
        assert_eq!([0, 1, 2, 3, 4].map(|key| recent.get(&key).is_some()), [true, false, false, true, true]);
    }
}
