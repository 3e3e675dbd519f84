//! Who did it, what was hit, with what: the phrases of a role gathered into what they name.

use crate::analysis::Pos;
use crate::document::Passage;
use crate::read::ground::Ground;
use crate::read::phrase;
use crate::reading::{EntityKind, Filler, Perpetrator};
use crate::text::Span;
use crate::vocabulary::PerpetratorKind;

/// Targets, victims or weapons: phrases with one head noun are one thing.
pub(super) fn fillers(ground: &Ground<'_>, tokens: &[usize]) -> Vec<Filler> {
    let mut found: Vec<(Filler, smol_str::SmolStr)> = Vec::new();
    for &token in tokens {
        // A pronoun or a mere number ("more than 40") names nothing.
        if matches!(ground.analysis.tokens[token].pos, Pos::Pron | Pos::Num) {
            continue;
        }
        let mention = ground.passage(phrase::naming(ground.analysis, token));
        let lemma = ground.lemma(token);
        match found.iter_mut().find(|(_, other)| *other == lemma) {
            Some((filler, _)) => {
                let text = called(ground, token);
                if text.len() > filler.text.len() {
                    filler.text = text;
                }
                add(&mut filler.mentions, mention);
            }
            None => found.push((Filler { text: called(ground, token), mentions: vec![mention] }, lemma)),
        }
    }
    found.into_iter().map(|(filler, _)| filler).collect()
}

/// What a thing is called: its words without the place where it stands ("a Moscow concert hall": "a concert hall").
fn called(ground: &Ground<'_>, token: usize) -> String {
    let span = phrase::naming(ground.analysis, token);
    let named = ground.analysis.tokens[token].pos == Pos::Propn;
    let stays = |at: &usize| named || *at == token || !phrase::is_place_name(ground.analysis, *at);
    let mut text = String::new();
    for at in span.range().filter(stays) {
        text.push_str(ground.text(ground.analysis.passage(Span::new(at, at + 1))));
        if ground.analysis.tokens[at].space_after {
            text.push(' ');
        }
    }
    text.trim_end().to_owned()
}

/// Perpetrators, by who they are.
pub(super) fn perpetrators(ground: &Ground<'_>, tokens: &[usize]) -> Vec<Perpetrator> {
    let mut found: Vec<Perpetrator> = Vec::new();
    for &token in tokens {
        let Some(entity) = ground.entities.at(token) else { continue };
        let mention = ground.passage(phrase::naming(ground.analysis, token));
        let pronoun = ground.analysis.tokens[token].pos == Pos::Pron;
        let at = found.iter().position(|perpetrator| perpetrator.entity == entity).unwrap_or_else(|| {
            let kind = kind(ground.entities.list[entity.0].kind);
            found.push(Perpetrator { entity, kind, mentions: Vec::new() });
            found.len() - 1
        });
        if !pronoun {
            add(&mut found[at].mentions, mention);
        }
    }
    for perpetrator in found.iter_mut().filter(|perpetrator| perpetrator.mentions.is_empty()) {
        perpetrator.mentions.extend(ground.entities.list[perpetrator.entity.0].mentions.first().copied());
    }
    found
}

const fn kind(entity: EntityKind) -> PerpetratorKind {
    match entity {
        EntityKind::Person | EntityKind::Population | EntityKind::Facility | EntityKind::Other => {
            PerpetratorKind::Individual
        }
        EntityKind::State => PerpetratorKind::State,
        EntityKind::GovernmentBody | EntityKind::ArmedGroup | EntityKind::Organization => {
            PerpetratorKind::Organization
        }
    }
}

fn add(mentions: &mut Vec<Passage>, mention: Passage) {
    if !mentions.contains(&mention) {
        mentions.push(mention);
    }
}
