//! Names and titles that the actor book knows: found in the text, decided by the day of publication, and what the book
//! adds to an entity.

use jiff::civil::Date;

use super::clusters::Cluster;
use super::names;
use crate::actors::{ActorBook, ActorId, ActorKind, NameKind, Word};
use crate::analysis::{Analysis, Pos};
use crate::document::Document;
use crate::text::{Span, Tokens};

/// How many other names of the book an entity takes along.
const ALIASES: usize = 4;
/// How many phrases for an office are known of its holder.
const PHRASES: usize = 8;

/// How the words of a known name stand for their actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// They name it.
    Name,
    /// They name it by a surname only, which may be another's.
    Surname,
    /// They tell an office or those who hold one: "the Norlandic president", "Norlandic officials".
    Office,
    /// They name a capital: a government only where it speaks.
    Capital,
    /// They only qualify: "Norlandic".
    Adjective,
}

/// A stretch of text that the book knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) tokens: Span<Tokens>,
    pub(super) id: ActorId,
    pub(super) way: Way,
}

/// The day on which a report must be understood.
pub(super) fn day(document: &Document) -> Option<Date> {
    document.published.map(|published| published.day())
}

/// What the book knows in a document, in order, without overlap.
pub(super) fn find(document: &Document, analysis: &Analysis, book: &ActorBook) -> Vec<Known> {
    let on = day(document);
    let mut known = Vec::new();
    for sentence in &analysis.sentences {
        let words: Vec<Word<'_>> = sentence
            .tokens
            .range()
            .map(|at| {
                let token = &analysis.tokens[at];
                Word { text: token.span.of(document.field(token.field)), space_after: token.space_after }
            })
            .collect();
        for found in book.find(&words) {
            // "WHO DID IT?" asks for nobody's health.
            let first = sentence.tokens.start + found.words.start;
            if found.words.len() == 1 && analysis.tokens[first].pos == Pos::Pron {
                continue;
            }
            let candidates = book.rank(&found.senses, on);
            let only =
                |name: NameKind| found.senses.iter().all(|sense| sense.name == name && !sense.composed);
            let adjective = found
                .senses
                .iter()
                .all(|sense| matches!(sense.name, NameKind::Adjective | NameKind::People) && !sense.composed);
            // An adjective is too weak to be decided for a name; of a single state it still tells the state.
            let decided = ActorBook::decide(&candidates).or_else(|| candidates.first().filter(|_| adjective));
            let Some(decided) = decided else { continue };
            let office = |id: ActorId| matches!(book.kind(id), ActorKind::Office | ActorKind::Officials);
            let way = match () {
                () if adjective => Way::Adjective,
                () if only(NameKind::Capital) => Way::Capital,
                () if only(NameKind::Surname) => Way::Surname,
                () if found.senses.iter().any(|sense| office(sense.id)) => Way::Office,
                () => Way::Name,
            };
            let tokens =
                Span::new(sentence.tokens.start + found.words.start, sentence.tokens.start + found.words.end);
            known.push(Known { tokens, id: decided.id, way });
        }
    }
    known
}

/// Who is meant by the words of a mention that stand by themselves.
pub(super) fn look_up(
    document: &Document,
    analysis: &Analysis,
    book: &ActorBook,
    tokens: Span<Tokens>,
) -> Option<ActorId> {
    let text = names::display(document, analysis, tokens);
    let candidates = book.candidates(&text, day(document));
    let decided = ActorBook::decide(&candidates)?.id;
    let named = !matches!(book.kind(decided), ActorKind::Office | ActorKind::Officials | ActorKind::People);
    named.then_some(decided)
}

/// The offices that a person of the book holds on the day, the usual phrase of each first, lower case.
pub(super) fn offices(book: &ActorBook, person: ActorId, on: Option<Date>) -> Vec<String> {
    let mut phrases = Vec::new();
    for term in book.terms_of(person) {
        let holds = on.is_some_and(|on| {
            term.held.start.is_none_or(|start| start <= on) && term.held.end.is_none_or(|end| on <= end)
        });
        if holds {
            phrases.push(book.name(term.office));
            phrases.extend(book.aliases(term.office, PHRASES));
        }
    }
    phrases
}

/// The state at the top of an actor's parts: of a ministry its state; of a person that of the office held on the day.
pub(super) fn state_of(book: &ActorBook, id: ActorId, on: Option<Date>) -> Option<ActorId> {
    let office = book.terms_of(id).find(|term| {
        on.is_some_and(|on| {
            term.held.start.is_none_or(|start| start <= on) && term.held.end.is_none_or(|end| on <= end)
        })
    });
    let mut at = Some(office.map_or(id, |term| term.office));
    // A cycle in a user's file must not hang the reading.
    for _ in 0..8 {
        let id = at?;
        if matches!(book.kind(id), ActorKind::State | ActorKind::Territory) {
            return Some(id);
        }
        at = book.part_of(id);
    }
    None
}

/// Gives an entity what the book knows of it.
pub(super) fn describe(cluster: &mut Cluster, book: &ActorBook, on: Option<Date>) {
    let Some(id) = cluster.actor else { return };
    let actor = book.actor(id);
    cluster.kind = Some(actor.kind.entity_kind());
    cluster.country = actor.country.or(cluster.country);
    cluster.codes = vec![("actor".into(), actor.key.into())];
    cluster.codes.extend(actor.cameo.map(|code| ("cameo".into(), code.into())));
    if actor.kind == ActorKind::Person {
        for office in offices(book, id, on).into_iter().take(2) {
            cluster.add_alias(office);
        }
        if let Some(state) = state_of(book, id, on) {
            cluster.add_alias(book.name(state));
        }
    }
    for alias in book.aliases(id, ALIASES) {
        cluster.add_alias(alias);
    }
    cluster.offices = offices(book, id, on).into_iter().map(|office| office.to_lowercase()).collect();
    cluster.known = Some(actor.name);
}
