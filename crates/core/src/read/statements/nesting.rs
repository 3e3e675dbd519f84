//! Which statement stands in which, and which token in which.

use crate::text::{Span, Tokens};

use super::StatementId;

/// For each token the innermost statement that holds it, and for each statement the one around it.
pub(super) struct Nesting {
    pub(super) innermost: Vec<Option<StatementId>>,
    pub(super) outer: Vec<Option<StatementId>>,
}

/// Nests statements by their contents: of two that hold a token the longer is around the shorter; of two of the same
/// length the earlier.
pub(super) fn nest(tokens: usize, contents: &[Vec<Span<Tokens>>]) -> Nesting {
    let mut order: Vec<usize> = (0..contents.len()).collect();
    let length = |index: usize| contents[index].iter().map(|span| span.len()).sum::<usize>();
    order.sort_by_key(|&index| (std::cmp::Reverse(length(index)), index));
    let mut nesting = Nesting { innermost: vec![None; tokens], outer: vec![None; contents.len()] };
    for index in order {
        if let Some(first) = contents[index].first() {
            nesting.outer[index] = nesting.innermost[first.start];
        }
        for span in &contents[index] {
            nesting.innermost[span.range()].fill(Some(StatementId(index)));
        }
    }
    nesting
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_is_around_the_shorter() {
        let contents =
            vec![vec![Span::new(2, 4), Span::new(6, 10)], vec![Span::new(7, 9)], vec![Span::new(12, 14)]];
        let nesting = nest(15, &contents);
        assert_eq!(nesting.innermost[8], Some(StatementId(1)));
        assert_eq!(nesting.innermost[9], Some(StatementId(0)));
        assert_eq!(nesting.innermost[5], None);
        assert_eq!(nesting.outer, vec![None, Some(StatementId(0)), None]);
    }
}
