//! Versions that another process added and did not link.

use std::time::{Duration, Instant};

/// Whoever adds versions adds more of them within so long, or was stopped and left some to be linked, or is slow: then they
/// are linked here, so that they show.
const LEFT_AFTER: Duration = Duration::from_secs(120);

/// How many versions wait to be linked, and since when it has been as many.
pub struct Waiting {
    count: usize,
    since: Instant,
}

impl Waiting {
    /// None, so far.
    pub fn new() -> Self {
        Self { count: 0, since: Instant::now() }
    }

    /// Takes in how many wait now; whether nobody seems to be about to link them.
    pub fn are_left(&mut self, count: usize, now: Instant) -> bool {
        if self.count != count {
            *self = Self { count, since: now };
        }
        count > 0 && now.duration_since(self.since) >= LEFT_AFTER
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_left_when_none_has_come_or_gone_for_a_while() {
        let begin = Instant::now();
        let after = |seconds| begin + Duration::from_secs(seconds);
        let mut waiting = Waiting::new();
        assert!(!waiting.are_left(0, after(100)), "none waits");
        assert!(!waiting.are_left(256, after(101)));
        assert!(!waiting.are_left(512, after(125)), "more have come");
        assert!(!waiting.are_left(512, after(240)));
        assert!(waiting.are_left(512, after(245)));
    }
}
