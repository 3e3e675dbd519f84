//! Sets of tokens: what stands below a word, and how it falls into spans.

use crate::analysis::{Analysis, Pos};
use crate::text::{Span, Tokens};

/// Tokens in order, each once.
pub(super) type Region = Vec<usize>;

/// `root` and everything below it, without the subtrees of `cut`.
pub(super) fn below(analysis: &Analysis, root: usize, cut: &[usize]) -> Region {
    let mut found = Vec::new();
    let mut open = vec![root];
    while let Some(token) = open.pop() {
        if !cut.contains(&token) {
            found.push(token);
            open.extend(analysis.children(token));
        }
    }
    found.sort_unstable();
    found
}

/// Both regions in one.
pub(super) fn union(mut left: Region, right: Region) -> Region {
    left.extend(right);
    left.sort_unstable();
    left.dedup();
    left
}

/// The region in runs without a gap, each without the punctuation that only joins it to its neighbours.
pub(super) fn spans(analysis: &Analysis, region: &[usize]) -> Vec<Span<Tokens>> {
    let mut runs: Vec<Span<Tokens>> = Vec::new();
    for &token in region {
        match runs.last_mut() {
            Some(last)
                if last.end == token && analysis.tokens[token].field == analysis.tokens[last.start].field =>
            {
                last.end = token + 1;
            }
            _ => runs.push(Span::new(token, token + 1)),
        }
    }
    runs.into_iter().filter_map(|run| trim(analysis, run)).collect()
}

/// The span without joining punctuation at its ends; nothing where nothing but punctuation is left.
pub(super) fn trim(analysis: &Analysis, mut span: Span<Tokens>) -> Option<Span<Tokens>> {
    let joins = |token: usize| {
        matches!(&*analysis.tokens[token].lower, "," | ";" | ":" | "-" | "–" | "—" | "--" | ".")
    };
    while !span.is_empty() && joins(span.start) {
        span.start += 1;
    }
    while !span.is_empty() && joins(span.end - 1) {
        span.end -= 1;
    }
    let words = span.range().any(|token| !matches!(analysis.tokens[token].pos, Pos::Punct | Pos::Space));
    words.then_some(span)
}
