//! The phrase by which a report names what fills a role.

use crate::analysis::{Dep, NameLabel, Pos};
use crate::document::Passage;
use crate::read::ground::Ground;
use crate::read::phrase;
use crate::reading::Filler;
use crate::text::{Span, Tokens};

/// The shortest phrase that names in full what `head` heads: a person by name alone, anything else with what stands
/// before its noun.
pub fn full(ground: &Ground<'_>, head: usize) -> Span<Tokens> {
    let analysis = ground.analysis;
    let name = analysis.names.iter().find(|name| name.tokens.holds(head));
    let mut span = match name {
        Some(name) if name.label == NameLabel::Person => name.tokens,
        _ => phrase::naming(analysis, head),
    };
    // "the Heron Front [HF": an abbreviation after a bracket is another name.
    let opens = |&at: &usize| matches!(&*analysis.tokens[at].lower, "(" | "[" | "{");
    if let Some(bracket) = span.range().find(opens).filter(|&at| at > span.start) {
        span.end = bracket;
    }
    while span.len() > 1 && is_pointing(ground, span.start) {
        span.start += 1;
    }
    span
}

/// "this", "their", "other": words that point at something named elsewhere.
fn is_pointing(ground: &Ground<'_>, at: usize) -> bool {
    let token = &ground.analysis.tokens[at];
    let article = matches!(&*token.lower, "a" | "an" | "the");
    (token.dep == Dep::Det && !article) || (token.dep == Dep::Poss && token.pos == Pos::Pron)
}

/// The passages of the phrase by which the occurrences are named most often, the earliest of equals.
pub fn usual(ground: &Ground<'_>, heads: &[usize]) -> Vec<Passage> {
    let phrases: Vec<Passage> = heads.iter().map(|&head| ground.passage(full(ground, head))).collect();
    let words = |passage: &Passage| words(ground, *passage);
    let count = |passage: &Passage| phrases.iter().filter(|other| words(other) == words(passage)).count();
    let Some(best) = phrases.iter().enumerate().max_by_key(|(at, one)| (count(one), std::cmp::Reverse(*at)))
    else {
        return Vec::new();
    };
    phrases.iter().filter(|other| words(other) == words(best.1)).copied().collect()
}

/// The words of a phrase in small letters, without its article.
fn words(ground: &Ground<'_>, passage: Passage) -> String {
    let lower = ground.text(passage).to_lowercase();
    let words = lower.split_whitespace().filter(|word| !matches!(*word, "a" | "an" | "the"));
    words.collect::<Vec<_>>().join(" ")
}

/// People whom the report describes and does not name; phrases with one head noun are one.
pub fn described(ground: &Ground<'_>, heads: &[usize]) -> Vec<Filler> {
    let mut found: Vec<(smol_str::SmolStr, Vec<usize>)> = Vec::new();
    for &head in heads {
        let head = counted(ground, head);
        if ground.analysis.tokens[head].pos != Pos::Noun || ground.is_named(head, &[NameLabel::Person]) {
            continue;
        }
        let lemma = ground.lemma(head);
        match found.iter_mut().find(|(other, _)| *other == lemma) {
            Some((_, heads)) => heads.push(head),
            None => found.push((lemma, vec![head])),
        }
    }
    found.iter().filter_map(|(_, heads)| filler(ground, heads)).collect()
}

/// "two of its drivers": those of whom a number is told.
fn counted(ground: &Ground<'_>, head: usize) -> usize {
    let analysis = ground.analysis;
    if analysis.tokens[head].pos != Pos::Num {
        return head;
    }
    let of = analysis.children_by(head, &[Dep::Prep]).find(|&prep| &*analysis.tokens[prep].lower == "of");
    of.and_then(|of| analysis.children_by(of, &[Dep::Pobj]).next()).unwrap_or(head)
}

/// What the occurrences name.
pub fn filler(ground: &Ground<'_>, heads: &[usize]) -> Option<Filler> {
    let mentions = usual(ground, heads);
    let first = heads.iter().copied().find(|&head| mentions.contains(&ground.passage(full(ground, head))))?;
    Some(Filler { text: called(ground, first), mentions })
}

/// What a thing is called: its words without the place where it stands ("a Moscow concert hall": "a concert hall").
fn called(ground: &Ground<'_>, head: usize) -> String {
    let named = ground.analysis.tokens[head].pos == Pos::Propn;
    let stays = |at: &usize| named || *at == head || !phrase::is_place_name(ground.analysis, *at);
    let mut text = String::new();
    for at in full(ground, head).range().filter(stays) {
        text.push_str(ground.text(ground.analysis.passage(Span::new(at, at + 1))));
        if ground.analysis.tokens[at].space_after {
            text.push(' ');
        }
    }
    text.trim_end().to_owned()
}
