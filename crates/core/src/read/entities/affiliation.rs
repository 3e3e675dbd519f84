//! For whom a person speaks: the body or country named with the office ("the army spokesman", "head of X").

use super::clusters::Cluster;
use super::link::Linker;
use super::mentions::{self, Form, Mention};
use super::names;
use crate::analysis::{Analysis, Dep, Pos};
use crate::document::Document;
use crate::reading::EntityKind;
use crate::text::{Span, Tokens};

/// Gives every person who bears an office the office as an alias, and the body or country that it is one of.
pub(super) fn affiliate(linker: &mut Linker, document: &Document) {
    for index in 0..linker.mentions.len() {
        let mention = linker.mentions[index];
        let Some(cluster) = linker.of[index] else { continue };
        if linker.clusters[cluster].kind != Some(EntityKind::Person) {
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
}

/// The group or body whose people these are: "its fighters", "the Front's gunmen", "members of the Front".
fn belonging_to(linker: &Linker, head: usize) -> Option<usize> {
    let possessor = linker.analysis.children_by(head, &[Dep::Poss, Dep::Compound, Dep::Nmod]);
    possessor.filter_map(|at| body_at(linker, at)).next().or_else(|| body_after(linker, head))
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
    }
}

fn display(cluster: &Cluster) -> Option<String> {
    cluster.known.clone().or_else(|| cluster.name.clone())
}

/// The words before a name that tell its bearer's office: "Interior Ministry spokesman Anna Berg".
fn titles_before(linker: &Linker, mention: Mention) -> Option<Span<Tokens>> {
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

/// The words without a leading article or possessor's mark.
fn undetermined(analysis: &Analysis, words: Span<Tokens>) -> Span<Tokens> {
    let mut words = words;
    while words.len() > 1 && analysis.tokens[words.start].dep == Dep::Det {
        words.start += 1;
    }
    words
}
