//! Phrases near an incident's words that may fill one of its roles, gathered into what they name.

use std::collections::BTreeMap;

use smol_str::SmolStr;

use crate::analysis::{Dep, NameLabel, Pos};
use crate::read::frames::Class;
use crate::read::ground::Ground;
use crate::read::incidents::Incidents;
use crate::read::is_prose;
use crate::reading::{EntityId, IncidentId};

/// How many sentences before and after an incident's words may tell of it.
const REACH: usize = 4;

/// What phrases with the same key name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Named {
    /// By its name.
    Entity(EntityId),
    /// By a common noun, in its dictionary form.
    Noun(SmolStr),
}

/// One place where a candidate is named.
#[derive(Clone, Copy, Debug)]
pub struct Occurrence {
    /// The head of its phrase.
    pub head: usize,
    /// The word of the incident next to it.
    pub trigger: usize,
    /// How many sentences it stands after that word; negative before it.
    pub after: isize,
}

/// Something named near the words of an incident.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Near which incident.
    pub incident: IncidentId,
    /// What it is.
    pub named: Named,
    /// Where it is named, in order.
    pub occurrences: Vec<Occurrence>,
}

/// The candidates of all incidents, in order.
pub fn gather(ground: &Ground<'_>, incidents: &Incidents) -> Vec<Candidate> {
    let mut found: BTreeMap<(IncidentId, Named), Vec<Occurrence>> = BTreeMap::new();
    let triggers = by_sentence(ground, incidents);
    for head in 0..ground.analysis.tokens.len() {
        let Some(named) = named(ground, head) else { continue };
        for (incident, occurrence) in near(ground, &triggers, head) {
            found.entry((incident, named.clone())).or_default().push(occurrence);
        }
    }
    let candidate = |((incident, named), occurrences)| Candidate { incident, named, occurrences };
    found.into_iter().map(candidate).collect()
}

fn by_sentence(ground: &Ground<'_>, incidents: &Incidents) -> Vec<Vec<(usize, IncidentId)>> {
    let mut sentences = vec![Vec::new(); ground.analysis.sentences.len()];
    for (token, incident) in incidents.mentions() {
        sentences[ground.analysis.tokens[token].sentence].push((token, incident));
    }
    sentences
}

/// Of each incident told in the sentence the word that is nearest; where none is told, those of the sentence nearest to it.
fn near(
    ground: &Ground<'_>,
    triggers: &[Vec<(usize, IncidentId)>],
    head: usize,
) -> Vec<(IncidentId, Occurrence)> {
    let sentence = ground.analysis.tokens[head].sentence;
    let told = |&at: &usize| !triggers[at].is_empty();
    let distances =
        (0..=REACH).flat_map(|distance| [sentence.checked_sub(distance), Some(sentence + distance)]);
    let Some(other) = distances.flatten().filter(|&at| at < triggers.len()).find(told) else {
        return Vec::new();
    };
    let mut here = triggers[other].clone();
    here.sort_by_key(|&(token, _)| token.abs_diff(head));
    let mut found: Vec<(IncidentId, Occurrence)> = Vec::new();
    for (trigger, incident) in here.into_iter().filter(|&(token, _)| token != head) {
        if found.iter().all(|&(other, _)| other != incident) {
            let after = sentence as isize - other as isize;
            found.push((incident, Occurrence { head, trigger, after }));
        }
    }
    found
}

/// What the phrase headed by `head` names; nothing where it heads no phrase or names a time, an amount or a place.
fn named(ground: &Ground<'_>, head: usize) -> Option<Named> {
    let token = &ground.analysis.tokens[head];
    if !matches!(token.pos, Pos::Noun | Pos::Propn) || !is_prose(ground.analysis, head) {
        return None;
    }
    let name = ground.analysis.names.iter().find(|name| name.tokens.holds(head));
    match name.map(|name| name.label) {
        Some(
            NameLabel::Date
            | NameLabel::Time
            | NameLabel::Ordinal
            | NameLabel::Money
            | NameLabel::Percent
            | NameLabel::Quantity
            | NameLabel::Gpe
            | NameLabel::Loc
            | NameLabel::Language,
        ) => None,
        Some(NameLabel::Cardinal) | None => {
            let lemma = ground.lemma(head);
            let weapon = ground.book.is(&lemma, Class::Weapon) || ground.book.is(&lemma, Class::Explosive);
            let modifies = matches!(token.dep, Dep::Compound | Dep::Nmod | Dep::Amod) && !weapon;
            (!modifies && token.pos == Pos::Noun).then(|| Named::Noun(ground.lemma(head))).or_else(|| {
                let heads = !modifies && token.pos == Pos::Propn;
                heads.then(|| ground.entities.at(head).map(Named::Entity)).flatten()
            })
        }
        Some(
            NameLabel::Person
            | NameLabel::Norp
            | NameLabel::Org
            | NameLabel::Fac
            | NameLabel::Product
            | NameLabel::Event
            | NameLabel::WorkOfArt
            | NameLabel::Law,
        ) => {
            let span = name?.tokens;
            let root = !span.holds(token.head) || token.head == head;
            root.then(|| {
                ground.entities.at(head).map_or_else(|| Named::Noun(ground.lemma(head)), Named::Entity)
            })
        }
    }
}
