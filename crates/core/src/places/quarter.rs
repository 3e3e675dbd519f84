//! Quarters of towns, which share their names with towns elsewhere: "the San Marino neighbourhood of Quito".

use std::collections::HashSet;

use smol_str::SmolStr;

use crate::places::gazetteer::Candidate;
use crate::places::kind::PlaceKind;
use crate::places::lexicon::WordList;
use crate::places::recognise::{Mention, Words};
use crate::places::relation::{Link, Relation, holds};

/// The most words between an article and the toponym ("the exclusive San Marino neighbourhood").
const MOST_BETWEEN: usize = 2;

/// Where the text calls a toponym a quarter of a town, leaves it only with the candidates that are parts of towns, or that
/// lie in the town of which the text speaks. One without any is a quarter that the gazetteer lacks.
pub(super) fn keep_quarters(words: Words<'_>, mentions: &mut [Mention<'_>], links: &[Link]) {
    let mut lacking: HashSet<SmolStr> = HashSet::new();
    for at in 0..mentions.len() {
        if mentions[at].candidates.is_empty() || !is_called_quarter(words, &mentions[at]) {
            continue;
        }
        let outer = links.iter().find(|link| link.inner == at && link.relation == Relation::Within);
        let around = outer.map_or(&[][..], |link| &mentions[link.outer].candidates);
        let fits = |candidate: &Candidate<'_>| {
            candidate.entry.kind == PlaceKind::Section
                || around.iter().any(|outer| holds(&outer.entry, &candidate.entry))
        };
        if !mentions[at].candidates.iter().any(fits) {
            lacking.insert(mentions[at].key.clone());
        }
    }
    // One sense a report.
    for mention in mentions.iter_mut().filter(|mention| lacking.contains(&mention.key)) {
        mention.candidates.clear();
    }
}

/// Whether a noun for a part of a town follows a toponym; "a Lima neighbourhood" is one of Lima.
fn is_called_quarter(words: Words<'_>, mention: &Mention<'_>) -> bool {
    let Some(tokens) = mention.tokens else { return false };
    let next = words.lower(tokens.end, tokens.start);
    let mut before = (0..tokens.start).rev().take(MOST_BETWEEN + 1).map(|at| words.lower(at, tokens.start));
    let article = before.find(|word| matches!(*word, "the" | "a" | "an"));
    words.is(WordList::Quarter, next) && !matches!(article, Some("a" | "an"))
}
