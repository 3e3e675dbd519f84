//! A cursor over a short text that reads words, numbers and marks; copied to look ahead.

/// A cursor; `at` is always on a character boundary.
#[derive(Clone, Copy)]
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    /// At the beginning of `text`.
    pub(super) const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    /// Bytes read so far.
    pub(super) const fn at(self) -> usize {
        self.at
    }

    /// What is still to be read.
    pub(super) fn rest(self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// The next character, not read yet.
    pub(super) fn peek(self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Moves on by `bytes`, which must be the length of a prefix of the rest.
    pub(super) const fn advance(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// Reads characters as long as they fit; the part read may be empty.
    pub(super) fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let len = rest.find(|c| !fits(c)).unwrap_or(rest.len());
        self.at += len;
        rest.get(..len).unwrap_or("")
    }

    /// Reads blanks within a line and across lines; whether there was one.
    pub(super) fn spaces(&mut self) -> bool {
        !self.take_while(char::is_whitespace).is_empty()
    }

    /// Reads this character if it comes next.
    pub(super) fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    /// Reads one of these characters if one comes next.
    pub(super) fn eat_any(&mut self, wanted: &[char]) -> Option<char> {
        wanted.iter().copied().find(|&c| self.eat(c))
    }

    /// Reads a run of letters; none gives `None`.
    pub(super) fn word(&mut self) -> Option<&'a str> {
        Some(self.take_while(char::is_alphabetic)).filter(|word| !word.is_empty())
    }

    /// Reads a run of ASCII digits with its length; none or one over nine digits gives `None`.
    pub(super) fn number(&mut self) -> Option<(u32, usize)> {
        let mut ahead = *self;
        let digits = ahead.take_while(|c| c.is_ascii_digit());
        let value = digits.parse().ok().filter(|_| digits.len() <= 9)?;
        *self = ahead;
        Some((value, digits.len()))
    }

    /// Reads by `rule`, and not at all where the rule finds nothing.
    pub(super) fn attempt<T>(&mut self, rule: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut ahead = *self;
        let found = rule(&mut ahead)?;
        *self = ahead;
        Some(found)
    }
}
