//! Descriptions and pronouns linked to the entities that they mean, in the order of the text.

use std::collections::HashMap;

use jiff::civil::Date;
use smol_str::SmolStr;

use super::affiliation;
use super::clusters::{Cluster, NameClusters};
use super::known;
use super::mentions::{self, Form, Mention};
use crate::actors::{ActorBook, ActorId, ActorKind};
use crate::analysis::{Analysis, Dep, NameLabel, Pos};
use crate::read::quotes;
use crate::read::speech::{Gender, Role, SpeechBook};
use crate::reading::EntityKind;

/// How many earlier mentions are looked at for an antecedent.
const REACH: usize = 24;

/// A mention seen, as antecedent of later ones.
#[derive(Clone, Copy)]
pub(super) struct Seen {
    pub(super) cluster: usize,
    pub(super) head: usize,
}

pub(super) struct Linker<'a> {
    pub(super) analysis: &'a Analysis,
    pub(super) speech: &'a SpeechBook,
    pub(super) actors: &'a ActorBook,
    /// The day on which the report must be understood.
    pub(super) on: Option<Date>,
    pub(super) mentions: &'a [Mention],
    pub(super) clusters: Vec<Cluster>,
    pub(super) of: Vec<Option<usize>>,
    /// The cluster of each actor of the book.
    pub(super) of_actor: HashMap<ActorId, usize>,
    /// For each token the mention that it heads.
    pub(super) mention_at: Vec<Option<usize>>,
    /// For each token the quotation that holds it.
    pub(super) quote_of: Vec<Option<usize>>,
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
        actors: &'a ActorBook,
        on: Option<Date>,
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
            actors,
            on,
            mentions,
            clusters: names.list,
            of: names.of,
            of_actor: names.of_actor,
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
        let title = affiliation::titles_before(self, mention).map(|words| {
            words.range().map(|at| analysis.tokens[at].lower.as_str()).collect::<Vec<_>>().join(" ")
        });
        let entity = &mut self.clusters[cluster];
        entity.kind = entity.kind.or(kind);
        entity.gender = entity.gender.or(gender);
        entity.acts |= acts;
        entity.offices.extend(title);
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
        let holder = mention.actor.map(|actor| actor.id).filter(|&id| self.is_one_person(id));
        let found = beside
            .or_else(|| holder.and_then(|id| self.of_actor.get(&id).copied()))
            .or_else(|| self.bearer(mention, role))
            .or_else(|| self.phrases.get(&phrase).copied().filter(|_| self.may_repeat(mention)))
            .or_else(|| self.antecedent(mention, &noun, role));
        let cluster = found.unwrap_or_else(|| {
            self.clusters.push(Cluster { actor: holder, ..Cluster::default() });
            let cluster = self.clusters.len() - 1;
            if let Some(id) = holder {
                self.of_actor.insert(id, cluster);
                known::describe(&mut self.clusters[cluster], self.actors, self.on);
            }
            cluster
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

    /// "a splinter called the Heron Brigade", "a group that calls itself the Heron Brigade", "a cell known as the Heron".
    fn named_after(&self, head: usize) -> Option<usize> {
        let naming =
            self.analysis.children_by(head, &[Dep::Acl, Dep::Relcl]).find(|&at| self.names_itself(at))?;
        // The parser may take the name for the subject of the verb that follows.
        let below = self.analysis.subtree(naming);
        let as_name = self.analysis.children_by(naming, &[Dep::Prep]).find_map(|prep| {
            let as_ = matches!(&*self.analysis.tokens[prep].lower, "as" | "by");
            self.analysis.children_by(prep, &[Dep::Pobj]).find(|_| as_)
        });
        let direct = self.analysis.children_by(naming, &[Dep::Oprd, Dep::Dobj, Dep::Ccomp, Dep::Attr]);
        let after = (below.end..below.end + 4).take_while(|&at| at < self.analysis.tokens.len());
        as_name.into_iter().chain(direct).chain(after).find_map(|at| self.name_at(at))
    }

    /// "called", "known as", "calls itself".
    fn names_itself(&self, verb: usize) -> bool {
        let token = &self.analysis.tokens[verb];
        let oneself = || {
            let mut objects = self.analysis.children_by(verb, &[Dep::Dobj, Dep::Nsubj]);
            objects.any(|at| matches!(&*self.analysis.tokens[at].lower, "itself" | "themselves"))
        };
        match &*token.lemma {
            "call" | "name" | "dub" | "style" | "term" => &*token.tag == "VBN" || oneself(),
            "know" => &*token.tag == "VBN",
            _ => false,
        }
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

    /// Whether an actor of the book is a person or the office of one.
    fn is_one_person(&self, id: ActorId) -> bool {
        matches!(self.actors.kind(id), ActorKind::Person | ActorKind::Office)
    }

    /// "the prime minister", "the Norlandic leader": one named before who holds such an office.
    fn bearer(&self, mention: Mention, role: Option<Role>) -> Option<usize> {
        role.filter(|role| role.office)?;
        let phrase = self.words(mention);
        let holds = |office: &String| {
            office.strip_suffix(phrase.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
        };
        let definite = self.may_repeat(mention);
        let mut recent = self.recent(mention.head, usize::MAX);
        recent
            .find(|seen| definite && self.clusters[seen.cluster].offices.iter().any(holds))
            .map(|seen| seen.cluster)
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
        let armed = !bare && self.is_said_of_the_armed(mention.head);
        if !definite || !(bare || armed) {
            return None;
        }
        let plural = &*self.analysis.tokens[mention.head].tag == "NNS";
        if let Some(&cluster) = self.by_noun.get(noun).filter(|_| bare) {
            return Some(cluster);
        }
        let role = role.filter(|role| role.general)?;
        self.recent(mention.head, usize::MAX)
            .find(|&seen| {
                let entity = &self.clusters[seen.cluster];
                // "the group" is no navy and no ministry.
                let state = role.kind != EntityKind::GovernmentBody
                    && entity.kind == Some(EntityKind::GovernmentBody);
                let kind = !state && entity.kind.is_some_and(|kind| fits(kind, role.kind));
                let named = self.mention_at[seen.head].is_some_and(|m| self.mentions[m].is_name());
                // "the militants" are the group that they are of.
                let group = EntityKind::ArmedGroup;
                let number = entity.plural == plural || (role.kind == group && entity.kind == Some(group));
                let stands = !armed || entity.kind == Some(group);
                kind && named && number && stands && seen.head + 1 < mention.head
            })
            .map(|seen| seen.cluster)
    }

    /// "the *militant* group", "the *Sunni extremist* organisation": what only says that it is an armed one.
    fn is_said_of_the_armed(&self, head: usize) -> bool {
        self.analysis.children_by(head, &[Dep::Amod, Dep::Compound, Dep::Nmod, Dep::Advmod, Dep::Poss]).all(
            |child| {
                matches!(
                    &*self.analysis.tokens[child].lower,
                    "militant"
                        | "jihadist"
                        | "jihadi"
                        | "extremist"
                        | "islamist"
                        | "terrorist"
                        | "terror"
                        | "rebel"
                        | "armed"
                        | "insurgent"
                        | "separatist"
                        | "guerrilla"
                        | "paramilitary"
                        | "sunni"
                        | "shia"
                        | "shiite"
                        | "hardline"
                        | "radical"
                        | "outlawed"
                        | "banned"
                )
            },
        )
    }

    /// Earlier mentions, the nearest first, at most so many sentences back.
    pub(super) fn recent(&self, before: usize, sentences: usize) -> impl Iterator<Item = Seen> + '_ {
        let here = self.analysis.tokens[before].sentence;
        let near = move |seen: &Seen| here - self.analysis.tokens[seen.head].sentence <= sentences;
        self.seen.iter().rev().take(REACH).copied().take_while(near)
    }
}

/// Whether a noun of kind `described` may stand for an entity of kind `kind` ("the group" for an armed group).
fn fits(kind: EntityKind, described: EntityKind) -> bool {
    let body = |kind: EntityKind| {
        matches!(kind, EntityKind::ArmedGroup | EntityKind::Organization | EntityKind::GovernmentBody)
    };
    kind == described || body(kind) && body(described)
}
