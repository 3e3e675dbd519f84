//! Names by their words: a trie over interned, folded words.

use std::collections::HashMap;

use smol_str::SmolStr;

/// Number of an interned word.
pub(super) type WordId = u32;

/// Words seen in names, with the spellings that count as one.
#[derive(Debug, Default)]
pub(super) struct Words {
    ids: HashMap<SmolStr, WordId>,
    next: WordId,
}

impl Words {
    /// Makes several folded spellings one word.
    pub fn unite<'a>(&mut self, spellings: impl Iterator<Item = &'a str>) {
        let mut one = None;
        for spelling in spellings {
            match one {
                None => one = Some(self.intern(spelling)),
                Some(id) => {
                    self.ids.insert(SmolStr::new(spelling), id);
                }
            }
        }
    }

    /// The number of a folded word, a new one where it is new.
    pub fn intern(&mut self, word: &str) -> WordId {
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let id = self.next;
        self.next += 1;
        self.ids.insert(SmolStr::new(word), id);
        id
    }

    /// The number of a folded word that occurs in some name.
    pub fn get(&self, word: &str) -> Option<WordId> {
        self.ids.get(word).copied()
    }
}

/// A node of a [`Trie`].
pub(super) type Node = u32;

/// Values under sequences of words.
#[derive(Debug)]
pub(super) struct Trie<T> {
    edges: HashMap<(Node, WordId), Node>,
    values: Vec<Vec<T>>,
}

impl<T> Default for Trie<T> {
    fn default() -> Self {
        Self { edges: HashMap::new(), values: vec![Vec::new()] }
    }
}

impl<T> Trie<T> {
    /// The node before the first word.
    pub const ROOT: Node = 0;

    /// Puts a value under a sequence of words; nothing is put under no words.
    pub fn insert(&mut self, words: impl Iterator<Item = WordId>, value: T) {
        let mut node = Self::ROOT;
        for word in words {
            let next = self.values.len() as Node;
            node = *self.edges.entry((node, word)).or_insert(next);
            if node == next {
                self.values.push(Vec::new());
            }
        }
        if node != Self::ROOT {
            self.values[node as usize].push(value);
        }
    }

    /// The node behind a word.
    pub fn step(&self, node: Node, word: WordId) -> Option<Node> {
        self.edges.get(&(node, word)).copied()
    }

    /// The values that end at a node.
    pub fn values(&self, node: Node) -> &[T] {
        &self.values[node as usize]
    }
}
