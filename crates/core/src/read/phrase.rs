//! The words of a noun phrase: the shortest that name it in full.

use crate::analysis::{Analysis, Dep, NameLabel, Pos};
use crate::text::{Span, Tokens};

/// What stands before a noun and belongs to its name.
const BEFORE: [Dep; 9] = [
    Dep::Det,
    Dep::Amod,
    Dep::Compound,
    Dep::Nummod,
    Dep::Poss,
    Dep::Nmod,
    Dep::Predet,
    Dep::Quantmod,
    Dep::Advmod,
];

/// The phrase that `head` heads with what stands before it, and after a name what belongs to the name ("the Bank of
/// Norway"), but no clauses and no other prepositions.
pub fn naming(analysis: &Analysis, head: usize) -> Span<Tokens> {
    let mut span = Span::new(head, head + 1);
    for child in analysis.children(head).filter(|&child| child < head).rev() {
        let below = analysis.subtree(child);
        let qualifies =
            BEFORE.contains(&analysis.tokens[child].dep) || analysis.tokens[child].pos == Pos::Punct;
        if below.end == span.start && qualifies {
            span.start = below.start;
        } else {
            break;
        }
    }
    while span.len() > 1 && is_stray(analysis, span.start) {
        span.start += 1;
    }
    if let Some(name) = analysis.names.iter().find(|name| name.tokens.holds(head) && is_lasting(name.label)) {
        span = span.cover(name.tokens);
    }
    if is_possessive(analysis, span.end - 1) && span.len() > 1 {
        span.end -= 1;
    }
    span
}

/// The phrase without its determiner, quantity and toponyms: what the thing is called.
pub fn noun_words(analysis: &Analysis, head: usize) -> impl Iterator<Item = usize> + '_ {
    naming(analysis, head).range().filter(move |&at| {
        let token = &analysis.tokens[at];
        !(token.dep == Dep::Det || (at != head && is_place_name(analysis, at)))
    })
}

/// Whether the token stands in the name of a place.
pub fn is_place_name(analysis: &Analysis, token: usize) -> bool {
    analysis
        .names
        .iter()
        .any(|name| matches!(name.label, NameLabel::Gpe | NameLabel::Loc) && name.tokens.holds(token))
}

fn is_stray(analysis: &Analysis, token: usize) -> bool {
    let token = &analysis.tokens[token];
    token.pos == Pos::Punct || token.dep == Dep::Advmod || token.dep == Dep::Predet
}

fn is_possessive(analysis: &Analysis, token: usize) -> bool {
    matches!(&*analysis.tokens[token].lower, "'s" | "’s" | "'" | "’")
}

/// Whether names of this kind name things that last, not times or amounts.
fn is_lasting(label: NameLabel) -> bool {
    matches!(
        label,
        NameLabel::Person
            | NameLabel::Org
            | NameLabel::Fac
            | NameLabel::Gpe
            | NameLabel::Loc
            | NameLabel::Norp
            | NameLabel::Product
            | NameLabel::Event
    )
}
