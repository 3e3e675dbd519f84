//! Descriptions and pronouns linked to the entities that they mean, in the order of the text.

use std::collections::HashMap;

use smol_str::SmolStr;

use super::clusters::{Cluster, NameClusters};
use super::mentions::{self, Form, Mention, Pronoun};
use crate::analysis::{Analysis, Dep, NameLabel, Pos};
use crate::read::quotes;
use crate::read::speech::{Gender, Role, Slot, SpeechBook};
use crate::reading::EntityKind;

/// How many earlier mentions are looked at for an antecedent.
const REACH: usize = 24;
/// How many sentences back a pronoun of a person may reach.
const SENTENCES_OF_PERSONS: usize = 4;
/// How many sentences back any other pronoun may reach.
const SENTENCES: usize = 2;

/// A mention seen, as antecedent of later ones.
#[derive(Clone, Copy)]
struct Seen {
    cluster: usize,
    head: usize,
}

pub(super) struct Linker<'a> {
    pub(super) analysis: &'a Analysis,
    pub(super) speech: &'a SpeechBook,
    pub(super) mentions: &'a [Mention],
    pub(super) clusters: Vec<Cluster>,
    pub(super) of: Vec<Option<usize>>,
    /// For each token the mention that it heads.
    pub(super) mention_at: Vec<Option<usize>>,
    /// For each token the quotation that holds it.
    quote_of: Vec<Option<usize>>,
    seen: Vec<Seen>,
    /// Descriptions by their words without article.
    phrases: HashMap<String, usize>,
    /// The last entity described by a head noun, or whose name ends in it.
    by_noun: HashMap<SmolStr, usize>,
}

impl<'a> Linker<'a> {
    pub(super) fn new(
        analysis: &'a Analysis,
        speech: &'a SpeechBook,
        mentions: &'a [Mention],
        names: NameClusters,
    ) -> Self {
        let mut mention_at = vec![None; analysis.tokens.len()];
        for (index, mention) in mentions.iter().enumerate() {
            mention_at[mention.head] = Some(index);
        }
        Self {
            analysis,
            speech,
            mentions,
            clusters: names.list,
            of: names.of,
            mention_at,
            quote_of: quotes::by_token(analysis, &quotes::find(analysis)),
            seen: Vec::new(),
            phrases: HashMap::new(),
            by_noun: HashMap::new(),
        }
    }

    /// Links all mentions.
    pub(super) fn run(&mut self) {
        for index in 0..self.mentions.len() {
            let mention = self.mentions[index];
            let cluster = match mention.form {
                Form::Name(_) | Form::Capitals => self.name(index),
                Form::Description(role) => Some(self.describe(index, role)),
                Form::Pronoun(pronoun) => self.pronoun(mention.head, pronoun),
            };
            self.of[index] = cluster;
            if let Some(cluster) = cluster {
                self.seen.push(Seen { cluster, head: mention.head });
            }
        }
    }

    fn name(&mut self, index: usize) -> Option<usize> {
        let cluster = self.of[index]?;
        let label = self.clusters[cluster].label();
        let mention = self.mentions[index];
        let analysis = self.analysis;
        let last = &analysis.tokens[mention.tokens.end - 1];
        let body =
            |role: &Role| !matches!(role.kind, EntityKind::Person | EntityKind::State | EntityKind::Other);
        let role = self.speech.roles().noun(&last.lower).filter(body);
        let located = self.clusters[cluster].country.is_some();
        let kind = match label {
            _ if located => Some(EntityKind::State),
            _ if self.clusters[cluster].toponym => None,
            Some(NameLabel::Person) => Some(EntityKind::Person),
            Some(NameLabel::Gpe) => None,
            Some(NameLabel::Norp) => Some(EntityKind::Population),
            Some(NameLabel::Fac) => Some(EntityKind::Facility),
            Some(NameLabel::Org) => Some(role.map_or(EntityKind::Organization, |role| role.kind)),
            _ => role.map(|role| role.kind),
        };
        let gender = self.title_gender(mention);
        let acts = mentions::acts(analysis, self.speech, mention.head);
        let entity = &mut self.clusters[cluster];
        entity.kind = entity.kind.or(kind);
        entity.gender = entity.gender.or(gender);
        entity.acts |= acts;
        if role.is_some() && label != Some(NameLabel::Person) {
            self.by_noun.insert(last.lower.clone(), cluster);
        }
        Some(cluster)
    }

    /// The gender that a title or a role right before a name tells.
    fn title_gender(&self, mention: Mention) -> Option<Gender> {
        let before = &self.analysis.tokens[mention.tokens.start.checked_sub(1)?];
        let title = self.speech.roles().title(&before.lower).flatten();
        title.or_else(|| self.speech.roles().noun(&before.lower).and_then(|role| role.gender))
    }

    /// The entity that a noun phrase describes: the one named beside it, one described so before, or a new one.
    fn describe(&mut self, index: usize, role: Option<Role>) -> usize {
        let mention = self.mentions[index];
        let noun = self.analysis.tokens[mention.head].lemma.to_lowercase();
        let noun = SmolStr::from(noun);
        let owners = self.owners(mention.head);
        let beside = self.named_beside(mention.head).filter(|c| self.agrees(*c, role) && !owners.contains(c));
        let phrase = self.words(mention);
        let found = beside
            .or_else(|| self.phrases.get(&phrase).copied().filter(|_| self.may_repeat(mention)))
            .or_else(|| self.antecedent(mention, &noun, role));
        let cluster = found.unwrap_or_else(|| {
            self.clusters.push(Cluster::default());
            self.clusters.len() - 1
        });
        let plural = &*self.analysis.tokens[mention.head].tag == "NNS";
        let entity = &mut self.clusters[cluster];
        entity.kind = entity.kind.or(role.map(|role| role.kind));
        entity.gender = entity.gender.or(role.and_then(|role| role.gender));
        entity.plural |= found.is_none() && plural;
        if !entity.roles.contains(&noun) {
            entity.roles.push(noun.clone());
        }
        self.phrases.insert(phrase, cluster);
        self.by_noun.insert(noun, cluster);
        cluster
    }

    /// The entity named in apposition, before a name as its title, or as what a copula says of a name.
    fn named_beside(&self, head: usize) -> Option<usize> {
        let token = &self.analysis.tokens[head];
        let name_at = |at: usize| self.name_at(at);
        if matches!(token.dep, Dep::Appos | Dep::Compound | Dep::Nmod)
            && let Some(cluster) = name_at(token.head)
        {
            return Some(cluster);
        }
        if token.dep == Dep::Attr {
            let verb = token.head;
            return self.analysis.children_by(verb, &[Dep::Nsubj]).find_map(name_at);
        }
        let appos = self.analysis.children_by(head, &[Dep::Appos]).find_map(name_at);
        appos.or_else(|| self.named_within(head)).or_else(|| self.named_after(head))
    }

    /// "the Heron Brigade organisation": a group noun with the group's name in front of it.
    fn named_within(&self, head: usize) -> Option<usize> {
        let noun = &self.analysis.tokens[head].lemma;
        self.speech.roles().noun(noun).filter(|role| role.general && role.kind != EntityKind::Person)?;
        let names = self.analysis.children_by(head, &[Dep::Compound, Dep::Nmod]);
        let group = |cluster: &usize| {
            let kind = self.clusters[*cluster].kind;
            kind.is_some_and(|kind| fits(kind, EntityKind::Organization))
        };
        names.filter_map(|at| self.name_at(at)).find(group)
    }

    /// "a splinter called the Heron Brigade".
    fn named_after(&self, head: usize) -> Option<usize> {
        let called = |at: &usize| {
            matches!(&*self.analysis.tokens[*at].lower, "called" | "named" | "dubbed" | "styled")
        };
        let naming = self.analysis.children_by(head, &[Dep::Acl]).find(called)?;
        self.analysis.children_by(naming, &[Dep::Oprd, Dep::Dobj, Dep::Ccomp]).find_map(|at| self.name_at(at))
    }

    /// The entity of a name headed by the token.
    fn name_at(&self, at: usize) -> Option<usize> {
        let mention = self.mention_at[at]?;
        self.mentions[mention].is_name().then(|| self.of[mention])?
    }

    /// Those to whom a description ties its own: "his daughter" is not him.
    fn owners(&self, head: usize) -> Vec<usize> {
        let poss = self.analysis.children_by(head, &[Dep::Poss]);
        poss.filter_map(|owner| self.of[self.mention_at[owner]?]).collect()
    }

    /// Whether a description of this role may be one of the entity.
    fn agrees(&self, cluster: usize, role: Option<Role>) -> bool {
        let person = |kind: EntityKind| kind == EntityKind::Person;
        match (self.clusters[cluster].kind, role) {
            (Some(kind), Some(role)) => person(kind) == person(role.kind),
            _ => true,
        }
    }

    /// The words of a description without article, lower case.
    fn words(&self, mention: Mention) -> String {
        let word = |at: &usize| {
            let token = &self.analysis.tokens[*at];
            token.dep != Dep::Det && token.pos != Pos::Space
        };
        let tokens = mention.tokens.range().filter(word);
        tokens.map(|at| self.analysis.tokens[at].lower.as_str()).collect::<Vec<_>>().join(" ")
    }

    /// Whether the same words again mean the same entity: not where "a", "another" or a number brings in a new one.
    fn may_repeat(&self, mention: Mention) -> bool {
        !self.analysis.children(mention.head).any(|child| {
            let token = &self.analysis.tokens[child];
            token.dep == Dep::Nummod
                || token.dep == Dep::Det
                    && matches!(&*token.lower, "a" | "an" | "another" | "some" | "any" | "no")
        })
    }

    /// "the group", "the ministry", "the premier": an entity seen before that the noun fits.
    fn antecedent(&self, mention: Mention, noun: &SmolStr, role: Option<Role>) -> Option<usize> {
        let definite = self.analysis.children(mention.head).any(|child| {
            let token = &self.analysis.tokens[child];
            token.dep == Dep::Det && matches!(&*token.lower, "the" | "this" | "that" | "these" | "those")
        });
        let bare = mention.tokens.len() <= 2;
        if !definite || !bare {
            return None;
        }
        let plural = &*self.analysis.tokens[mention.head].tag == "NNS";
        if let Some(&cluster) = self.by_noun.get(noun) {
            return Some(cluster);
        }
        let role = role.filter(|role| role.general)?;
        self.recent(mention.head, usize::MAX)
            .find(|&seen| {
                let entity = &self.clusters[seen.cluster];
                let kind = entity.kind.is_some_and(|kind| fits(kind, role.kind));
                let named = self.mention_at[seen.head].is_some_and(|m| self.mentions[m].is_name());
                kind && named && entity.plural == plural && seen.head + 1 < mention.head
            })
            .map(|seen| seen.cluster)
    }

    /// Earlier mentions, the nearest first, at most so many sentences back.
    fn recent(&self, before: usize, sentences: usize) -> impl Iterator<Item = Seen> + '_ {
        let here = self.analysis.tokens[before].sentence;
        let near = move |seen: &Seen| here - self.analysis.tokens[seen.head].sentence <= sentences;
        self.seen.iter().rev().take(REACH).copied().take_while(near)
    }

    fn pronoun(&self, at: usize, pronoun: Pronoun) -> Option<usize> {
        if pronoun == Pronoun::Relative {
            let noun = mentions::relative(self.analysis, at)?;
            return self.mention_at[noun].and_then(|mention| self.of[mention]);
        }
        let fit = |seen: &Seen| self.suits(seen, at, pronoun);
        // Of equals the nearest.
        let mut best: Option<(i32, Seen)> = None;
        let reach = match pronoun {
            Pronoun::He | Pronoun::She => SENTENCES_OF_PERSONS,
            Pronoun::It | Pronoun::They | Pronoun::First | Pronoun::Relative => SENTENCES,
        };
        for seen in self.recent(at, reach).filter(fit) {
            let value = self.salience(&seen, at, pronoun);
            if best.is_none_or(|(most, _)| value > most) {
                best = Some((value, seen));
            }
        }
        best.map(|(_, seen)| seen.cluster)
    }

    /// How likely a pronoun at `at` takes up this mention: subjects before objects, names before descriptions, the
    /// subject of the pronoun's own clause or of one above it first, the nearer sentence before the farther.
    fn salience(&self, seen: &Seen, at: usize, pronoun: Pronoun) -> i32 {
        let tokens = &self.analysis.tokens;
        let token = &tokens[seen.head];
        let distance = (tokens[at].sentence - token.sentence) as i32;
        let subject = matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass);
        let main = subject && tokens[token.head].dep == Dep::Root;
        let above = subject && distance == 0 && self.analysis.is_below(at, token.head);
        let entity = &self.clusters[seen.cluster];
        let named = entity.name.is_some() || entity.known.is_some();
        let plural = pronoun == Pronoun::They && entity.plural;
        2 * i32::from(subject) + i32::from(main) + i32::from(above) + i32::from(named) + 2 * i32::from(plural)
            - 3 * distance
    }

    fn suits(&self, seen: &Seen, at: usize, pronoun: Pronoun) -> bool {
        let entity = &self.clusters[seen.cluster];
        let person = entity.kind == Some(EntityKind::Person);
        let gender = |wanted: Gender| entity.gender.is_none_or(|gender| gender == wanted);
        let fits = match pronoun {
            Pronoun::He => person && !entity.plural && gender(Gender::Male),
            Pronoun::She => person && !entity.plural && gender(Gender::Female),
            Pronoun::It => {
                !entity.plural
                    && entity.kind.is_some_and(|k| !matches!(k, EntityKind::Person | EntityKind::Population))
            }
            Pronoun::They => {
                entity.plural
                    || entity.kind.is_some_and(|k| {
                        matches!(
                            k,
                            EntityKind::Population
                                | EntityKind::ArmedGroup
                                | EntityKind::Organization
                                | EntityKind::GovernmentBody
                        )
                    })
            }
            Pronoun::First | Pronoun::Relative => false,
        };
        fits && !self.is_other_argument(seen.cluster, at) && !self.quotes_it(seen.head, at)
    }

    /// Whether the one mentioned at `earlier` utters the quotation around `at`: of themselves they say "I".
    fn quotes_it(&self, earlier: usize, at: usize) -> bool {
        let token = &self.analysis.tokens[earlier];
        self.quote_of[at].is_some()
            && self.quote_of[earlier] != self.quote_of[at]
            && token.dep == Dep::Nsubj
            && self.speech.verb(&self.analysis.tokens[token.head]).iter().any(|cue| cue.takes(Slot::Quote))
    }

    /// Subject and object of one verb are two ("he told him"), but for "himself".
    fn is_other_argument(&self, cluster: usize, at: usize) -> bool {
        const ARGUMENTS: [Dep; 4] = [Dep::Nsubj, Dep::Dobj, Dep::Dative, Dep::Nsubjpass];
        let token = &self.analysis.tokens[at];
        let reflexive = token.lower.ends_with("self") || token.lower.ends_with("selves");
        let mut others = self.analysis.children_by(token.head, &ARGUMENTS).filter(|&other| other < at);
        let same =
            |other: usize| self.mention_at[other].and_then(|mention| self.of[mention]) == Some(cluster);
        ARGUMENTS.contains(&token.dep) && !reflexive && others.any(same)
    }
}

/// Whether a noun of kind `described` may stand for an entity of kind `kind` ("the group" for an armed group).
fn fits(kind: EntityKind, described: EntityKind) -> bool {
    let body = |kind: EntityKind| {
        matches!(kind, EntityKind::ArmedGroup | EntityKind::Organization | EntityKind::GovernmentBody)
    };
    kind == described || body(kind) && body(described)
}
