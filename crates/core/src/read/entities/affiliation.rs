//! For whom a person speaks: the body or country named with the office ("the army spokesman", "head of X").

use super::clusters::Cluster;
use super::known::{self, Known, Way};
use super::link::Linker;
use super::mentions::{self, Form, Mention};
use super::names;
use crate::actors::ActorId;
use crate::analysis::{Analysis, Dep, Pos};
use crate::document::Document;
use crate::reading::EntityKind;
use crate::text::{Span, Tokens};

/// Gives every person who bears an office the office as an alias, and the body or country that it is one of.
pub(super) fn affiliate(linker: &mut Linker, document: &Document, known: &[Known]) {
    qualify(linker, known);
    for index in 0..linker.mentions.len() {
        let mention = linker.mentions[index];
        let Some(cluster) = linker.of[index] else { continue };
        // Of a group that the book knows, the book says what it is part of.
        let cell = linker.clusters[cluster].kind == Some(EntityKind::ArmedGroup)
            && linker.clusters[cluster].actor.is_none()
            && matches!(mention.form, Form::Description(_));
        if linker.clusters[cluster].kind != Some(EntityKind::Person) && !cell {
            continue;
        }
        match mention.form {
            Form::Description(Some(role)) if role.office => {
                let words = mentions::phrase(linker.analysis, mention.head, Some(role));
                office(linker, document, cluster, words, mention.head);
            }
            Form::Name(_) | Form::Capitals => {
                if let Some(words) = titles_before(linker, mention) {
                    office(linker, document, cluster, words, mention.head);
                }
            }
            Form::Description(_) => {
                let owner = belonging_to(linker, mention.head).filter(|&owner| owner != cluster);
                linker.clusters[cluster].body = linker.clusters[cluster].body.or(owner);
            }
            Form::Pronoun(_) => {}
        }
    }
    for cluster in 0..linker.clusters.len() {
        if let Some(actor) = linker.clusters[cluster].actor {
            let whole = whole_of(linker, actor).filter(|&whole| whole != cluster);
            linker.clusters[cluster].body = linker.clusters[cluster].body.or(whole);
        }
    }
}

/// Gives what an adjective of nationality qualifies its country: "Norlandic troops".
fn qualify(linker: &mut Linker, known: &[Known]) {
    for one in known {
        let at = one.tokens.end - 1;
        let state = match one.way {
            Way::Adjective => Some(one.id),
            Way::Office => known::state_of(linker.actors, one.id, linker.on),
            Way::Name | Way::Surname | Way::Capital => None,
        };
        let Some(state) = state else { continue };
        let qualified = if one.way == Way::Office {
            names::head_of(linker.analysis, one.tokens)
        } else {
            linker.analysis.tokens[at].head
        };
        let mention = linker.mention_at[qualified].or(linker.mention_at[at]);
        let Some(cluster) = mention.and_then(|mention| linker.of[mention]) else { continue };
        let country = linker.actors.actor(state).country;
        let name = linker.actors.name(state);
        let entity = &mut linker.clusters[cluster];
        entity.country = entity.country.or(country);
        if entity.kind == Some(EntityKind::Person) && !entity.plural {
            entity.state.get_or_insert(name);
        }
    }
}

/// The nearest mentioned actor of which another is a part.
fn whole_of(linker: &Linker, actor: ActorId) -> Option<usize> {
    let office = linker.actors.terms_of(actor).next().map(|term| term.office);
    let mut at = linker.actors.part_of(actor).or(office);
    // A cycle in a user's file must not hang the reading.
    for _ in 0..8 {
        let id = at?;
        if let Some(&cluster) = linker.of_actor.get(&id) {
            return Some(cluster);
        }
        at = linker.actors.part_of(id);
    }
    None
}

/// The group or body whose people these are: "its fighters", "the Front's gunmen", "members of the Front".
fn belonging_to(linker: &Linker, head: usize) -> Option<usize> {
    let possessor = linker.analysis.children_by(head, &[Dep::Poss, Dep::Compound, Dep::Nmod]);
    let own = possessor
        .filter_map(|at| body_at(linker, at).or_else(|| body_of(linker, at)))
        .next()
        .or_else(|| body_after(linker, head));
    // "two of its fighters": those of whom they are a part.
    own.or_else(|| {
        let whole = mentions::part_of(linker.analysis, head)?;
        linker.analysis.children_by(whole, &[Dep::Poss]).find_map(|at| body_at(linker, at))
    })
}

/// Notes an office in these words, borne by the entity.
fn office(linker: &mut Linker, document: &Document, cluster: usize, words: Span<Tokens>, head: usize) {
    let analysis = linker.analysis;
    let text = names::display(document, analysis, undetermined(analysis, words));
    let body = body_in(linker, words, head).filter(|&body| body != cluster);
    let body = body.or_else(|| body_after(linker, head)).filter(|&body| body != cluster);
    // A bare "general" or "president" tells nobody apart.
    if text.contains(' ') {
        linker.clusters[cluster].add_alias(text);
    }
    if let Some(body) = body {
        let (name, country) = (display(&linker.clusters[body]), linker.clusters[body].country);
        let entity = &mut linker.clusters[cluster];
        entity.body.get_or_insert(body);
        entity.country = entity.country.or(country);
        if let Some(name) = name {
            linker.clusters[cluster].add_alias(name);
        }
        let state =
            linker.clusters[body].actor.and_then(|actor| known::state_of(linker.actors, actor, linker.on));
        if let Some(state) = state {
            linker.clusters[cluster].add_alias(linker.actors.name(state));
        }
    }
    if let Some(state) = linker.clusters[cluster].state.clone() {
        linker.clusters[cluster].add_alias(state);
    }
}

fn display(cluster: &Cluster) -> Option<String> {
    cluster.known.clone().or_else(|| cluster.name.clone())
}

/// The words before a name that tell its bearer's office: "Interior Ministry spokesman Anna Berg".
pub(super) fn titles_before(linker: &Linker, mention: Mention) -> Option<Span<Tokens>> {
    let analysis = linker.analysis;
    let mut start = mention.tokens.start;
    while let Some(before) = start.checked_sub(1) {
        let token = &analysis.tokens[before];
        let joined =
            matches!(token.dep, Dep::Compound | Dep::Amod | Dep::Nmod | Dep::Poss | Dep::Case | Dep::Punct);
        let word = matches!(token.pos, Pos::Noun | Pos::Propn | Pos::Adj | Pos::Part) || &*token.lower == "-";
        if !joined || !word || token.sentence != analysis.tokens[mention.head].sentence {
            break;
        }
        start = before;
    }
    let words = Span::new(start, mention.tokens.start);
    let last = words.range().last()?;
    let role = linker.speech.roles().noun(&analysis.tokens[last].lower)?;
    role.office.then_some(words)
}

/// The body or country named within the words of an office, nearest to its end first.
fn body_in(linker: &Linker, words: Span<Tokens>, head: usize) -> Option<usize> {
    words.range().rev().filter(|&at| at != head).find_map(|at| body_at(linker, at))
}

/// The body named after an office: "an official at the ministry", "a spokesman for X".
fn body_after(linker: &Linker, head: usize) -> Option<usize> {
    let analysis = linker.analysis;
    analysis
        .children_by(head, &[Dep::Prep])
        .filter(|&prep| {
            matches!(&*analysis.tokens[prep].lower, "for" | "of" | "at" | "in" | "from" | "with" | "to")
        })
        .find_map(|prep| analysis.children_by(prep, &[Dep::Pobj]).find_map(|object| body_at(linker, object)))
}

fn body_at(linker: &Linker, at: usize) -> Option<usize> {
    let cluster = linker.of[linker.mention_at[at]?]?;
    let kind = linker.clusters[cluster].kind?;
    let body = matches!(
        kind,
        EntityKind::State | EntityKind::GovernmentBody | EntityKind::ArmedGroup | EntityKind::Organization
    );
    body.then_some(cluster)
}

/// The body of the person at a token: "*his* men" are of the group that he leads.
fn body_of(linker: &Linker, at: usize) -> Option<usize> {
    let cluster = linker.of[linker.mention_at[at]?]?;
    linker.clusters[cluster].body
}

/// The words without a leading article or possessor's mark.
fn undetermined(analysis: &Analysis, words: Span<Tokens>) -> Span<Tokens> {
    let mut words = words;
    while words.len() > 1 && analysis.tokens[words.start].dep == Dep::Det {
        words.start += 1;
    }
    words
}
