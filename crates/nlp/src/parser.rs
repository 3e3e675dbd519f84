//! The dependency parser: arc-eager transitions (Nivre 2003) with non-monotonic repairs (Honnibal and Johnson 2015)
//! and sentence breaks, decoded greedily.

use watchkeeper_core::grammar::Dep;

use crate::model::{Model, ModelError};
use crate::transitions::{Prepared, Scorer};
use crate::tree::{Label, Tree};

/// The tokens through which a state is seen.
const SLOTS: usize = 8;

/// What a move does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    /// The next word of the buffer onto the stack.
    Shift,
    /// The top of the stack away, or back to the buffer where it has no head yet.
    Reduce,
    /// The next word of the buffer becomes the head of the top of the stack.
    Left,
    /// The top of the stack becomes the head of the next word of the buffer.
    Right,
    /// A sentence begins at the second word of the buffer.
    Break,
}

struct Move {
    action: Action,
    label: Label,
}

/// The parser.
pub struct Parser {
    scorer: Scorer<SLOTS>,
    moves: Vec<Move>,
}

impl Parser {
    /// Reads the parser.
    ///
    /// # Errors
    /// Where the model lacks a part of it.
    pub fn new(model: &Model) -> Result<Self, ModelError> {
        let unknown = || ModelError::Section("parser.moves".to_owned());
        let moves = model
            .lines("parser.moves")?
            .iter()
            .map(|name| {
                let (action, label) = name.split_once('-').unwrap_or((name, ""));
                let action = match action {
                    "S" => Action::Shift,
                    "D" => Action::Reduce,
                    "L" => Action::Left,
                    "R" => Action::Right,
                    "B" => Action::Break,
                    _ => return Err(unknown()),
                };
                let (label, lifted) = match label.split_once("||") {
                    Some((label, lifted)) => (label, Some(Dep::parse(lifted).ok_or_else(unknown)?)),
                    None => (label, None),
                };
                Ok(Move { action, label: Label { dep: Dep::parse(label).ok_or_else(unknown)?, lifted } })
            })
            .collect::<Result<Vec<Move>, ModelError>>()?;
        Ok(Self { scorer: Scorer::new(model, "parser", moves.len())?, moves })
    }

    /// Parses a text, given by its tokens' vectors, which of them are white space and before which no sentence may be
    /// broken off; an empty list where it may everywhere.
    pub fn parse(&self, vectors: &[f32], is_space: &[bool], glued: &[bool]) -> Tree {
        let mut state = State::new(is_space.len(), glued);
        let prepared = self.scorer.prepare(vectors);
        let mut scores = vec![0.0; self.moves.len()];
        while !state.is_final() {
            match self.best(&state, &prepared, &mut scores) {
                Some(best) => state.apply(best),
                None => break,
            }
        }
        Tree::new(state.heads, state.labels, is_space)
    }

    /// The move with the highest score that the state allows; the first among equals.
    fn best(&self, state: &State<'_>, prepared: &Prepared, scores: &mut [f32]) -> Option<&Move> {
        self.scorer.score(prepared, state.slots(), scores);
        let mut best: Option<(f32, &Move)> = None;
        let allowed = state.allowed();
        for (score, candidate) in scores.iter().zip(&self.moves) {
            if allowed[candidate.action as usize] && best.is_none_or(|(highest, _)| *score > highest) {
                best = Some((*score, candidate));
            }
        }
        best.map(|(_, best)| best)
    }
}

/// A state of the parse.
struct State<'a> {
    stack: Vec<usize>,
    /// Words that went back to the buffer, the next one last.
    returned: Vec<usize>,
    /// The next word of the rest of the buffer.
    next: usize,
    length: usize,
    heads: Vec<Option<usize>>,
    labels: Vec<Label>,
    /// Words that went back once and may not be shifted again.
    unshiftable: Vec<bool>,
    begins_sentence: Vec<bool>,
    /// Words before which no sentence may be broken off.
    glued: &'a [bool],
    last_left: Vec<Option<usize>>,
    last_right: Vec<Option<usize>>,
    /// The child attached before this one on the same side of the same head.
    elder: Vec<Option<usize>>,
}

impl<'a> State<'a> {
    fn new(length: usize, glued: &'a [bool]) -> Self {
        Self {
            stack: Vec::new(),
            returned: Vec::new(),
            next: 0,
            length,
            heads: vec![None; length],
            labels: vec![Label { dep: Dep::Root, lifted: None }; length],
            unshiftable: vec![false; length],
            begins_sentence: vec![false; length],
            glued,
            last_left: vec![None; length],
            last_right: vec![None; length],
            elder: vec![None; length],
        }
    }

    /// The `depth`-th word from the top of the stack.
    fn stacked(&self, depth: usize) -> Option<usize> {
        self.stack.len().checked_sub(depth + 1).map(|at| self.stack[at])
    }

    /// The `ahead`-th word of the buffer.
    fn buffered(&self, ahead: usize) -> Option<usize> {
        if ahead < self.returned.len() {
            return Some(self.returned[self.returned.len() - 1 - ahead]);
        }
        let at = self.next + (ahead - self.returned.len());
        (at < self.length).then_some(at)
    }

    fn buffer_len(&self) -> usize {
        self.length - self.next + self.returned.len()
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffer_len() == 0
    }

    fn slots(&self) -> [Option<usize>; SLOTS] {
        let (front, top) = (self.buffered(0), self.stacked(0));
        [
            front,
            self.buffered(1),
            top,
            self.stacked(1),
            self.stacked(2),
            front.and_then(|word| self.last_left[word]),
            top.and_then(|word| self.last_left[word]),
            top.and_then(|word| self.last_right[word]),
        ]
    }

    /// Which actions are allowed, in the order of [`Action`].
    fn allowed(&self) -> [bool; 5] {
        let (depth, rest) = (self.stack.len(), self.buffer_len());
        let front = self.buffered(0);
        let front_begins = front.is_some_and(|word| self.begins_sentence[word]);
        let front_is_new = !front.is_some_and(|word| self.unshiftable[word]);
        let shift = depth == 0 || (rest >= 2 && !front_begins && front_is_new);
        let arc = depth > 0 && rest > 0 && !front_begins;
        let break_ = match (front, self.buffered(1)) {
            (Some(first), Some(second)) => {
                let is_glued = self.glued.get(second).is_some_and(|&glued| glued);
                second == first + 1 && !self.begins_sentence[second] && !is_glued
            }
            _ => false,
        };
        [shift, depth > 0, arc, arc, break_]
    }

    fn apply(&mut self, chosen: &Move) {
        match chosen.action {
            Action::Shift => self.push(),
            Action::Reduce => {
                if let Some(top) = self.stack.pop()
                    && self.heads[top].is_none()
                    && !self.stack.is_empty()
                {
                    self.unshiftable[top] = true;
                    self.returned.push(top);
                }
            }
            Action::Left => {
                if let (Some(head), Some(child)) = (self.buffered(0), self.stack.pop()) {
                    self.attach(head, child, chosen.label);
                    self.unshiftable[head] = false;
                }
            }
            Action::Right => {
                if let (Some(head), Some(child)) = (self.stacked(0), self.buffered(0)) {
                    self.attach(head, child, chosen.label);
                    self.push();
                }
            }
            Action::Break => {
                if let Some(word) = self.buffered(1) {
                    self.begins_sentence[word] = true;
                }
            }
        }
    }

    fn push(&mut self) {
        let word = self.returned.pop().or_else(|| {
            self.next += 1;
            (self.next <= self.length).then(|| self.next - 1)
        });
        self.stack.extend(word);
    }

    fn attach(&mut self, head: usize, child: usize, label: Label) {
        if let Some(former) = self.heads[child] {
            let side = if former > child { &mut self.last_left } else { &mut self.last_right };
            if side[former] == Some(child) {
                side[former] = self.elder[child];
            }
        }
        let side = if head > child { &mut self.last_left } else { &mut self.last_right };
        self.elder[child] = side[head].replace(child);
        self.heads[child] = Some(head);
        self.labels[child] = label;
    }
}
