//! Entities in the making, and names gathered into them.

use std::collections::HashMap;

use smol_str::SmolStr;

use super::mentions::{Form, Mention};
use crate::actors::ActorId;
use crate::analysis::{Analysis, NameLabel, Pos};
use crate::read::speech::Gender;
use crate::reading::{Country, EntityKind};
use crate::text::{Span, Tokens};

/// An entity in the making.
#[derive(Clone, Debug, Default)]
pub(super) struct Cluster {
    /// Who it is in the actor book.
    pub(super) actor: Option<ActorId>,
    /// Canonical name, where the actor book knows it.
    pub(super) known: Option<String>,
    /// The fullest name in the report, by its words.
    pub(super) name: Option<String>,
    pub(super) kind: Option<EntityKind>,
    /// How often the recogniser gave its names which label.
    pub(super) labels: Vec<(NameLabel, usize)>,
    pub(super) country: Option<Country>,
    pub(super) codes: Vec<(SmolStr, SmolStr)>,
    pub(super) aliases: Vec<String>,
    pub(super) gender: Option<Gender>,
    pub(super) plural: bool,
    /// Whether the gazetteer knows its name as that of a place that is no country.
    pub(super) toponym: bool,
    /// Whether it speaks or acts where the report names it.
    pub(super) acts: bool,
    /// The state that an adjective before its office names.
    pub(super) state: Option<String>,
    /// Offices that it holds, lower case: by the actor book, or as its titles tell.
    pub(super) offices: Vec<String>,
    /// The body, group or country for which a person speaks or to which it belongs.
    pub(super) body: Option<usize>,
    /// The head nouns of the descriptions that it goes by.
    pub(super) roles: Vec<SmolStr>,
}

impl Cluster {
    pub(super) fn count_label(&mut self, label: NameLabel) {
        match self.labels.iter_mut().find(|(known, _)| *known == label) {
            Some((_, count)) => *count += 1,
            None => self.labels.push((label, 1)),
        }
    }

    /// The label that its names got most often; of equals the first.
    pub(super) fn label(&self) -> Option<NameLabel> {
        let most = self.labels.iter().map(|&(_, count)| count).max()?;
        self.labels.iter().find(|&&(_, count)| count == most).map(|&(label, _)| label)
    }

    /// Whether it is a mere place: a toponym of which the report tells no word or deed.
    pub(super) fn is_place(&self) -> bool {
        let toponym = self.toponym || matches!(self.label(), Some(NameLabel::Gpe | NameLabel::Loc));
        toponym && self.kind.is_none() && self.actor.is_none() && !self.acts
    }

    pub(super) fn add_alias(&mut self, alias: String) {
        if !alias.is_empty() && !self.aliases.contains(&alias) {
            self.aliases.push(alias);
        }
    }
}

/// The clusters of the names of a document.
#[derive(Debug, Default)]
pub(super) struct NameClusters {
    pub(super) list: Vec<Cluster>,
    /// For each mention its cluster; none for mentions that are no names.
    pub(super) of: Vec<Option<usize>>,
    /// The cluster of each actor of the book that is named.
    pub(super) of_actor: HashMap<ActorId, usize>,
}

/// Words of a name in lower case.
type Words = Vec<SmolStr>;

/// What earlier, fuller names are found by.
#[derive(Default)]
struct Index {
    exact: HashMap<Words, usize>,
    surnames: HashMap<SmolStr, Vec<(usize, usize)>>,
    forenames: HashMap<SmolStr, Vec<usize>>,
    parts: HashMap<Words, usize>,
    initials: HashMap<SmolStr, usize>,
}

/// Gathers names: the fuller ones first, so that "Mr Okoye", "Okoye" and "NLF" find them wherever they stand.
pub(super) fn gather(analysis: &Analysis, mentions: &[Mention]) -> NameClusters {
    let mut clusters = NameClusters { of: vec![None; mentions.len()], ..NameClusters::default() };
    let mut order: Vec<usize> = (0..mentions.len()).filter(|&m| mentions[m].is_name()).collect();
    order.sort_by_key(|&m| (std::cmp::Reverse(mentions[m].tokens.len()), m));
    let mut index = Index::default();
    for mention in order {
        let words = mentions[mention].tokens.range().filter(|&at| analysis.tokens[at].pos != Pos::Space);
        let words: Words = words.map(|at| analysis.tokens[at].lower.clone()).collect();
        let actor = mentions[mention].actor;
        let known = actor.and_then(|actor| clusters.of_actor.get(&actor.id).copied());
        let told = || {
            let before = defined_before(analysis, mentions, mention);
            index.find(analysis, mentions, mention, &words).or_else(|| before.and_then(|b| clusters.of[b]))
        };
        // A surname is whose the report says, before it is whose the book says.
        let found = match actor {
            Some(actor) if actor.by_surname => told().or(known),
            Some(_) => known,
            None => told(),
        };
        let cluster = found.unwrap_or_else(|| {
            clusters.list.push(Cluster::default());
            index.add(clusters.list.len() - 1, mentions, mention, &words);
            clusters.list.len() - 1
        });
        index.exact.entry(words).or_insert(cluster);
        if let Some(actor) = actor.filter(|actor| !actor.by_surname || found.is_none()) {
            clusters.list[cluster].actor.get_or_insert(actor.id);
            clusters.of_actor.entry(actor.id).or_insert(cluster);
        }
        clusters.of[mention] = Some(cluster);
    }
    clusters
}

/// "National Liberation Front (NLF)": the name right before the bracket in which an abbreviation stands.
fn defined_before(analysis: &Analysis, mentions: &[Mention], index: usize) -> Option<usize> {
    let start = mentions[index].tokens.start;
    let bracket = start.checked_sub(1)?;
    let words = mentions[index].tokens;
    let one_word = words.range().take(words.len() - 1).all(|at| !analysis.tokens[at].space_after);
    if !one_word || !matches!(&*analysis.tokens[bracket].lower, "(" | "[") {
        return None;
    }
    let upper = is_abbreviation(analysis, words);
    // A possessive or a closing quotation mark may stand between.
    let between =
        |at: usize| matches!(&*analysis.tokens[at].lower, "'s" | "’s" | "\"" | "”" | "''" | "'" | "’");
    let end = if bracket > 0 && between(bracket - 1) { bracket - 1 } else { bracket };
    let before = mentions[..index].iter().rposition(|m| m.tokens.end == end && m.is_name())?;
    (upper && mentions[before].tokens.len() > 1).then_some(before)
}

impl Index {
    fn find(
        &self,
        analysis: &Analysis,
        mentions: &[Mention],
        mention: usize,
        words: &Words,
    ) -> Option<usize> {
        if let Some(&cluster) = self.exact.get(words) {
            return Some(cluster);
        }
        let form = mentions[mention].form;
        let place = matches!(form, Form::Name(NameLabel::Gpe | NameLabel::Norp | NameLabel::Fac));
        if let [word] = words.as_slice() {
            if !place && let Some(persons) = self.surnames.get(word) {
                let start = mentions[mention].tokens.start;
                let nearest = persons.iter().filter(|&&(_, at)| at <= start).max_by_key(|&&(_, at)| at);
                return nearest.or(persons.first()).map(|&(cluster, _)| cluster);
            }
            if let Some(&[person]) = self.forenames.get(word).map(Vec::as_slice).filter(|_| !place) {
                return Some(person);
            }
            let abbreviation = is_abbreviation(analysis, mentions[mention].tokens);
            if let Some(&body) = self.initials.get(word).filter(|_| abbreviation) {
                return Some(body);
            }
        }
        let person = matches!(form, Form::Name(NameLabel::Person));
        if person && words.len() > 1 {
            // A middle name or initial may come and go.
            let same = |&&(cluster, _): &&(usize, usize)| {
                self.forenames.get(&words[0]).is_some_and(|found| found.contains(&cluster))
            };
            return self.surnames.get(words.last()?)?.iter().find(same).map(|&(cluster, _)| cluster);
        }
        if place || person { None } else { self.parts.get(words).copied() }
    }

    fn add(&mut self, cluster: usize, mentions: &[Mention], mention: usize, words: &Words) {
        let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
        if words.len() < 2 {
            return;
        }
        match mentions[mention].form {
            Form::Name(NameLabel::Person) => {
                let start = mentions[mention].tokens.start;
                self.surnames.entry(last.clone()).or_default().push((cluster, start));
                self.forenames.entry(first.clone()).or_default().push(cluster);
            }
            Form::Name(NameLabel::Gpe | NameLabel::Norp | NameLabel::Fac) => {}
            _ => {
                let initials: String =
                    words.iter().filter(|w| !is_small(w)).filter_map(|w| w.chars().next()).collect();
                self.initials.entry(initials.into()).or_insert(cluster);
                for cut in 1..words.len() {
                    self.parts.entry(words[cut..].to_vec()).or_insert(cluster);
                    // A single first word ("New", "United") stands for nothing by itself.
                    if cut > 1 {
                        self.parts.entry(words[..cut].to_vec()).or_insert(cluster);
                    }
                }
            }
        }
    }
}

/// Whether words are written in capitals as abbreviations are; the lemma of a name keeps its letters.
fn is_abbreviation(analysis: &Analysis, words: Span<Tokens>) -> bool {
    let letters =
        words.range().flat_map(|at| analysis.tokens[at].lemma.chars()).filter(|c| c.is_alphabetic());
    let (upper, all) =
        letters.fold((0, 0), |(upper, all), c| (upper + usize::from(c.is_uppercase()), all + 1));
    (2..=8).contains(&all) && upper * 3 >= all * 2
}

/// Words that abbreviations pass over.
fn is_small(word: &str) -> bool {
    matches!(word, "of" | "the" | "for" | "and" | "in" | "&" | "de" | "del" | "la")
}
