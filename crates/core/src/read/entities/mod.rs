//! Who is mentioned: names, descriptions and pronouns gathered into entities.

mod affiliation;
mod clusters;
mod issuer;
mod known;
mod link;
mod mentions;
mod names;
mod pronouns;

use std::collections::HashMap;

use self::clusters::Cluster;
use self::link::Linker;
use self::mentions::{Form, Mention};
use crate::actors::{ActorBook, ActorId};
use crate::analysis::Analysis;
use crate::document::{Document, Passage};
use crate::read::speech::SpeechBook;
use crate::reading::{Entity, EntityId, EntityKind, Place, Precision};

/// The entities of a document and which token heads a mention of which.
#[derive(Debug, Default)]
pub struct Entities {
    /// In order of first mention.
    pub list: Vec<Entity>,
    by_token: Vec<Option<EntityId>>,
    actors: Vec<Option<ActorId>>,
    part_of: Vec<Option<EntityId>>,
    issuer: Option<EntityId>,
}

impl Entities {
    /// The entity that the noun phrase headed by `token` mentions.
    pub fn at(&self, token: usize) -> Option<EntityId> {
        self.by_token.get(token).copied().flatten()
    }

    /// The body, group or country for which a person speaks by office ("the army spokesman"), or to which those
    /// described belong ("its fighters"), where the report names it.
    pub fn part_of(&self, id: EntityId) -> Option<EntityId> {
        self.part_of.get(id.0).copied().flatten()
    }

    /// Who issues the report, where no outlet does: what it says in its own voice, the issuer says.
    pub fn issuer(&self) -> Option<EntityId> {
        self.issuer
    }

    /// What whoever issues the report calls its own bodies ("our forces", "our authorities") is the issuer itself.
    fn take_own(&mut self, document: &Document) {
        let Some(issuer) = self.issuer else { return };
        let own = |entity: &Entity| {
            let ours = |&mention: &Passage| document.slice(mention).to_lowercase().starts_with("our ");
            entity.kind.is_power() && !entity.mentions.is_empty() && entity.mentions.iter().all(ours)
        };
        let taken: Vec<bool> = self.list.iter().map(own).collect();
        for id in self.by_token.iter_mut().flatten().filter(|id| taken[id.0]) {
            *id = issuer;
        }
    }

    /// Notes that those whom the noun at `token` describes belong to `body`, where the report names no other.
    pub(crate) fn belong(&mut self, token: usize, body: EntityId) {
        let Some(id) = self.at(token).filter(|&id| id != body) else { return };
        let people = matches!(self.list[id.0].kind, EntityKind::Person | EntityKind::Population);
        if people && self.part_of[id.0].is_none() {
            self.part_of[id.0] = Some(body);
        }
    }

    /// Who an entity is in the actor book.
    pub fn actor(&self, id: EntityId) -> Option<ActorId> {
        self.actors.get(id.0).copied().flatten()
    }

    /// Notes that an entity which is only described ("my country") is an actor of the book.
    pub(crate) fn identify(&mut self, id: EntityId, actors: &ActorBook, actor: ActorId) {
        let mut cluster = Cluster { actor: Some(actor), ..Cluster::default() };
        known::describe(&mut cluster, actors, None);
        let entity = &mut self.list[id.0];
        entity.aliases = std::mem::take(&mut cluster.aliases);
        entity.kind = cluster.kind.unwrap_or(entity.kind);
        entity.country = cluster.country.or(entity.country);
        entity.codes = cluster.codes;
        entity.name = cluster.known.unwrap_or_else(|| entity.name.clone());
        self.actors[id.0] = Some(actor);
    }

    /// Notes that `token` mentions an entity, as "we" in a quotation mentions its speaker.
    pub(crate) fn bind(&mut self, token: usize, id: EntityId, passage: Passage) {
        if self.at(token).is_some() {
            return;
        }
        self.by_token[token] = Some(id);
        let mentions = &mut self.list[id.0].mentions;
        let at = mentions.partition_point(|mention| *mention < passage);
        mentions.insert(at, passage);
    }
}

/// Gathers the mentions of a document into entities.
pub fn gather(
    document: &Document,
    analysis: &Analysis,
    places: &[Place],
    actors: &ActorBook,
    speech: &SpeechBook,
) -> Entities {
    let known = known::find(document, analysis, actors);
    let look_up = |tokens| known::look_up(document, analysis, actors, tokens);
    let mentions = mentions::find(analysis, speech, &known, &look_up);
    let mut names = clusters::gather(analysis, &mentions);
    for (mention, cluster) in mentions.iter().zip(&names.of) {
        if let Some(cluster) = cluster {
            name(&mut names.list[*cluster], document, analysis, mention);
            if let Form::Name(label) = mention.form {
                names.list[*cluster].count_label(label);
            }
        }
    }
    locate(analysis, places, &mentions, &mut names);
    let on = known::day(document);
    for cluster in &mut names.list {
        known::describe(cluster, actors, on);
    }
    let mut linker = Linker::new(analysis, speech, actors, on, &mentions, names);
    linker.run();
    affiliation::affiliate(&mut linker, document, &known);
    let Linker { clusters, of, .. } = linker;
    let mut entities = finish(document, analysis, &mentions, clusters, &of);
    entities.issuer = issuer::find(document, &entities, actors, speech);
    entities.take_own(document);
    entities
}

/// Keeps the fullest name of a cluster; others become aliases where the actor book names it otherwise.
fn name(cluster: &mut Cluster, document: &Document, analysis: &Analysis, mention: &Mention) {
    let text = names::display(document, analysis, mention.tokens);
    if cluster.name.as_ref().is_none_or(|name| name.len() < text.len()) {
        cluster.name = Some(text);
    }
}

/// Tells the names of countries and of other places apart.
fn locate(analysis: &Analysis, places: &[Place], mentions: &[Mention], names: &mut clusters::NameClusters) {
    let places: HashMap<Passage, &Place> = places.iter().map(|place| (place.mention, place)).collect();
    for (mention, cluster) in mentions.iter().zip(&names.of) {
        let Some(cluster) = *cluster else { continue };
        let place = places.get(&analysis.passage(mention.tokens)).copied();
        let entity = &mut names.list[cluster];
        let listed = place.is_some_and(|place| place.geonames_id.is_some());
        entity.acts |= !listed && mention.is_name() && names::is_agent(analysis, mention.head);
        let Some(place) = place else { continue };
        match place.precision {
            Precision::Country => entity.country = entity.country.or(place.country),
            Precision::Exact | Precision::City | Precision::Region => {
                entity.toponym |= listed || !names::is_agent(analysis, mention.head);
            }
        }
    }
}

/// Turns clusters into entities, in order of first mention.
fn finish(
    document: &Document,
    analysis: &Analysis,
    mentions: &[Mention],
    clusters: Vec<Cluster>,
    of: &[Option<usize>],
) -> Entities {
    let mut entities = Entities { by_token: vec![None; analysis.tokens.len()], ..Entities::default() };
    let mut ids: Vec<Option<EntityId>> = vec![None; clusters.len()];
    for (mention, cluster) in mentions.iter().zip(of) {
        let Some(cluster) = *cluster else { continue };
        if clusters[cluster].is_place() {
            continue;
        }
        let id = *ids[cluster].get_or_insert_with(|| {
            entities.list.push(entity(document, analysis, mention, &clusters[cluster]));
            entities.actors.push(clusters[cluster].actor);
            EntityId(entities.list.len() - 1)
        });
        if !matches!(mention.form, Form::Pronoun(mentions::Pronoun::Relative)) {
            entities.list[id.0].mentions.push(analysis.passage(mention.tokens));
        }
        entities.by_token[mention.head] = Some(id);
        if mention.is_name() {
            for at in mention.tokens.range() {
                entities.by_token[at].get_or_insert(id);
            }
        }
    }
    entities.part_of = vec![None; entities.list.len()];
    for (cluster, id) in clusters.iter().zip(&ids) {
        if let (Some(id), Some(body)) = (id, cluster.body) {
            entities.part_of[id.0] = ids[body];
        }
    }
    entities
}

fn entity(document: &Document, analysis: &Analysis, first: &Mention, cluster: &Cluster) -> Entity {
    let described = || names::display(document, analysis, first.tokens);
    let name = cluster.known.clone().or_else(|| cluster.name.clone()).unwrap_or_else(described);
    let aliases = cluster.aliases.iter().filter(|alias| **alias != name).cloned().collect();
    Entity {
        name,
        kind: cluster.kind.unwrap_or(EntityKind::Other),
        country: cluster.country,
        codes: cluster.codes.clone(),
        aliases,
        mentions: Vec::new(),
    }
}
