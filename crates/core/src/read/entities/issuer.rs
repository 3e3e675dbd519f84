//! Who issues a report that is no outlet's: a ministry, an army, a group. What such a report says in its own voice, the
//! issuer says.

use std::collections::BTreeSet;

use super::{Entities, known};
use crate::actors::{ActorBook, ActorKind};
use crate::document::Document;
use crate::read::speech::SpeechBook;
use crate::reading::{Entity, EntityId, EntityKind};

/// The entity by whose name the report's source goes, where the source is a body, a group or a state.
pub(super) fn find(
    document: &Document,
    entities: &Entities,
    actors: &ActorBook,
    speech: &SpeechBook,
) -> Option<EntityId> {
    let source = document.source.as_deref()?;
    let candidates = actors.candidates(source, known::day(document));
    let listed = ActorBook::decide(&candidates).map(|candidate| candidate.id);
    let issues = match listed.map(|id| actors.kind(id)) {
        Some(ActorKind::Media | ActorKind::MediaArm | ActorKind::Person | ActorKind::Company) => false,
        Some(kind) if kind.entity_kind().is_power() => true,
        Some(_) | None => names_body(source, speech),
    };
    if !issues {
        return None;
    }
    let words = words(source);
    let ids = || (0..entities.list.len()).map(EntityId);
    let named = ids().filter_map(|id| {
        let entity = &entities.list[id.0];
        let body = entity.kind.is_power() || entity.kind == EntityKind::Organization;
        body.then(|| likeness(document, entity, &words))
            .filter(|&common| common > 0)
            .map(|common| (common, id))
    });
    let best = named.max_by_key(|&(common, id)| (common, std::cmp::Reverse(id))).map(|(_, id)| id);
    // A ministry of which the report only names the country.
    best.or_else(|| {
        let country = actors.actor(listed?).country?;
        ids().find(|id| {
            let entity = &entities.list[id.0];
            entity.kind == EntityKind::State && entity.country == Some(country)
        })
    })
}

/// "Ministry of Defence", "City Police": a body by its own words, and no outlet by any of them.
fn names_body(source: &str, speech: &SpeechBook) -> bool {
    let mut body = false;
    for word in source.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase) {
        if speech.roles().is_outlet(&word) {
            return false;
        }
        body |= speech
            .roles()
            .noun(&word)
            .or_else(|| speech.roles().noun(word.strip_suffix('s')?))
            .is_some_and(|role| matches!(role.kind, EntityKind::GovernmentBody | EntityKind::ArmedGroup));
    }
    body
}

/// How many words a name of the entity has in common with the source, where one holds all of the other.
fn likeness(document: &Document, entity: &Entity, source: &BTreeSet<String>) -> usize {
    let mentions = entity.mentions.iter().map(|&mention| document.slice(mention));
    let names = std::iter::once(entity.name.as_str()).chain(entity.aliases.iter().map(String::as_str));
    let common = names.chain(mentions).map(|name| {
        let name = words(name);
        let fits = !name.is_empty() && (name.is_subset(source) || source.is_subset(&name));
        if fits { name.intersection(source).count() } else { 0 }
    });
    common.max().unwrap_or(0)
}

/// The words of a name that tell it from others.
fn words(name: &str) -> BTreeSet<String> {
    name.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.len() > 1)
        .map(str::to_lowercase)
        .filter(|word| !matches!(word.as_str(), "the" | "of" | "for" | "and"))
        .collect()
}
