//! The tree that a parse leaves: lifted arcs put back in place, and where sentences begin.

use watchkeeper_core::grammar::Dep;

/// The relation of an arc; a lifted one also names the relation of the word that it really hangs on (Nivre and
/// Nilsson 2005, scheme "head").
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// The relation.
    pub dep: Dep,
    /// The relation of the true head.
    pub lifted: Option<Dep>,
}

/// Heads, relations and sentence starts of a text.
pub struct Tree {
    /// The head of each token; its own index for a root.
    pub heads: Vec<usize>,
    /// The relation of each token to its head.
    pub deps: Vec<Dep>,
    /// Whether each token begins a sentence.
    pub begins_sentence: Vec<bool>,
}

/// Non-projective arcs may need several rounds until all edges agree.
const MOST_ROUNDS: usize = 11;

impl Tree {
    /// The tree of parsed arcs.
    pub fn new(heads: Vec<Option<usize>>, labels: Vec<Label>, is_space: &[bool]) -> Self {
        let heads: Vec<usize> = heads.iter().enumerate().map(|(child, head)| head.unwrap_or(child)).collect();
        let deps = heads
            .iter()
            .enumerate()
            .map(|(child, &head)| if head == child { Dep::Root } else { labels[child].dep })
            .collect();
        let mut tree = Self { begins_sentence: vec![false; heads.len()], heads, deps };
        tree.put_back(&labels, is_space);
        tree.find_sentences();
        tree
    }

    fn put_back(&mut self, labels: &[Label], is_space: &[bool]) {
        let lifted: Vec<(usize, Dep)> = (0..self.heads.len())
            .filter(|&child| self.heads[child] != child)
            .filter_map(|child| Some((child, labels[child].lifted?)))
            .collect();
        for (child, wanted) in lifted {
            if let Some(head) = self.below(self.heads[child], child, wanted, is_space) {
                self.heads[child] = head;
            }
        }
    }

    /// The first token below `top`, breadth first and left to right, that stands in the wanted relation.
    fn below(&self, top: usize, child: usize, wanted: Dep, is_space: &[bool]) -> Option<usize> {
        let mut level = vec![top];
        while !level.is_empty() {
            let mut next = Vec::new();
            for &head in &level {
                for under in (0..self.heads.len()).filter(|&t| t != head && self.heads[t] == head) {
                    if is_space[under] || under == child {
                        continue;
                    }
                    if self.deps[under] == wanted {
                        return Some(under);
                    }
                    next.push(under);
                }
            }
            level = next;
        }
        None
    }

    /// A sentence begins at the left edge of each root.
    fn find_sentences(&mut self) {
        let count = self.heads.len();
        let mut left: Vec<usize> = (0..count).collect();
        for _ in 0..MOST_ROUNDS {
            let mut changed = false;
            for child in (0..count).chain((0..count).rev()) {
                let head = self.heads[child];
                if left[child] < left[head] {
                    left[head] = left[child];
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        for token in (0..count).filter(|&token| self.heads[token] == token) {
            self.begins_sentence[left[token]] = true;
        }
        if let Some(first) = self.begins_sentence.first_mut() {
            *first = true;
        }
    }
}
