//! Positions in text. A span carries its unit in its type, so that bytes are never taken for tokens.

use std::fmt;
use std::marker::PhantomData;

/// Unit of a span over the bytes of a UTF-8 text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bytes {}

/// Unit of a span over the tokens of an [`Analysis`](crate::analysis::Analysis).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tokens {}

/// Unit of a span over Unicode code points, the W3C Web Annotation text position; used only on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chars {}

/// A half-open range `start..end` counted in `U`.
pub struct Span<U> {
    /// First position inside.
    pub start: usize,
    /// First position outside.
    pub end: usize,
    unit: PhantomData<fn() -> U>,
}

impl<U> Span<U> {
    /// The span `start..end`; an inverted pair gives an empty span at `start`.
    pub const fn new(start: usize, end: usize) -> Self {
        let end = if end < start { start } else { end };
        Self { start, end, unit: PhantomData }
    }

    /// Length in units.
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether nothing is inside.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two share at least one position.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the position lies inside.
    pub const fn holds(self, position: usize) -> bool {
        self.start <= position && position < self.end
    }

    /// The smallest span that holds both.
    pub fn cover(self, other: Self) -> Self {
        Self::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The same span moved by `by` units to the right.
    pub const fn shift(self, by: usize) -> Self {
        Self::new(self.start + by, self.end + by)
    }

    /// As a plain range.
    pub const fn range(self) -> std::ops::Range<usize> {
        self.start..self.end
    }
}

impl Span<Bytes> {
    /// The text that the span covers; empty where the span does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }
}

impl<U> Clone for Span<U> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<U> Copy for Span<U> {}
impl<U> PartialEq for Span<U> {
    fn eq(&self, other: &Self) -> bool {
        (self.start, self.end) == (other.start, other.end)
    }
}
impl<U> Eq for Span<U> {}
impl<U> PartialOrd for Span<U> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<U> Ord for Span<U> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.start, self.end).cmp(&(other.start, other.end))
    }
}
impl<U> std::hash::Hash for Span<U> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        (self.start, self.end).hash(state);
    }
}
impl<U> fmt::Debug for Span<U> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// Turns byte positions of one text into code points in O(log n), for the wire.
pub struct CharIndex {
    /// Byte offset of every 64th code point.
    marks: Vec<usize>,
}

impl CharIndex {
    const STEP: usize = 64;

    /// An index over `text`.
    pub fn new(text: &str) -> Self {
        Self { marks: text.char_indices().step_by(Self::STEP).map(|(at, _)| at).collect() }
    }

    /// The number of code points before byte `at` of `text`, the text that the index was made of.
    pub fn chars_before(&self, text: &str, at: usize) -> usize {
        let mark = self.marks.partition_point(|&byte| byte <= at).saturating_sub(1);
        let from = self.marks.get(mark).copied().unwrap_or(0);
        mark * Self::STEP + text.get(from..at).map_or(0, |between| between.chars().count())
    }

    /// The span in code points.
    pub fn chars(&self, text: &str, span: Span<Bytes>) -> Span<Chars> {
        Span::new(self.chars_before(text, span.start), self.chars_before(text, span.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_are_counted_not_bytes() {
        let text = "Köln – ".repeat(40) + "Ждань";
        let index = CharIndex::new(&text);
        let at = text.find('Ж').expect("present");
        assert_eq!(index.chars(&text, Span::new(at, text.len())), Span::new(280, 285));
    }

    #[test]
    fn an_inverted_pair_is_empty() {
        assert!(Span::<Bytes>::new(5, 3).is_empty());
    }
}
