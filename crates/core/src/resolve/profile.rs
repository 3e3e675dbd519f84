//! What the record knows of an incident so far, as far as linking needs it.
//!
//! A profile is a fold over the incident's members in the order of their times, so that it can be kept beside the
//! incident and grown member by member, or made anew.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;

use super::facts::{ActorRef, IncidentFact, Location};
use super::label::Label;
use super::ledger::IncidentKey;
use super::tally::Tally;
use super::wording::{Wording, cosine, is_rare};
use crate::reading::{Bounds, DateBasis, DateRange, EntityKind, IncidentType, Precision, Stage};

/// A report's incident with what else in the report helps to tell which incident it is.
#[derive(Clone, Debug)]
pub struct Incoming<'a> {
    /// The incident.
    pub fact: &'a IncidentFact,
    /// The report's count of dead for it.
    pub killed: Option<Bounds>,
    /// Everybody whom the report's acts on it name as responsible.
    pub actors: Vec<&'a ActorRef>,
    /// The wording of the whole report; absent where the incident is not its news.
    pub wording: Option<&'a Wording>,
    /// The day from which on the version counts.
    pub day: Date,
    /// The day on which it was published, where the source says so.
    pub published: Option<Date>,
    /// From when on the version counts.
    pub time: Timestamp,
    /// The id of the incident that this telling founds, if it founds one.
    pub founds: IncidentKey,
}

/// What the record knows of an incident so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// How often each type was told.
    pub kinds: Tally<IncidentType>,
    /// How often each stage was told.
    pub stages: Tally<Stage>,
    /// Stated dates and how often each was told.
    pub dates: Tally<DateRange>,
    /// The first publication that tells of it: it cannot have happened later, unless it was announced.
    pub first_published: Option<Date>,
    /// Distinct places with how often each was told.
    places: Vec<(Location, u32)>,
    /// Head words of targets and victims, and how often each was told.
    targets: Tally<Label>,
    /// Keys of everybody named as responsible, and how often each was told.
    actors: Tally<Label>,
    /// Full names of people who did it or were hit and are known for nothing else, and how often each was told.
    people: Tally<Label>,
    /// Counts of dead and how often each was told.
    killed: Tally<(Option<u64>, Option<u64>)>,
    /// Mean of the wordings of the reports whose news it is, sorted by word.
    words: Vec<(u32, f32)>,
    /// The Euclidean length of `words`.
    words_length: f32,
    /// How many reports have it as their news.
    pub news: u32,
    /// When its first member was published, and the id of the incident that this founded.
    pub founded: Option<(Timestamp, IncidentKey)>,
}

/// How many words a profile keeps; the lightest go first.
const WORDS_KEPT: usize = 400;
/// Of so many tellings one must tell something for it to count as known of the incident. Without that an incident to which
/// a few wrong tellings were linked would fit ever more of them, until it fits everything.
const BACKED_BY_ONE_IN: u32 = 8;

/// The length of the mean of wordings tells how alike they are: reports of one incident come to 0.6 and more. A mean of
/// reports that have less than this in common is like everything of its kind, and must not count as like any of it.
const LEAST_IN_COMMON: f32 = 0.5;

impl Profile {
    /// Takes in one more member.
    pub fn add(&mut self, incoming: &Incoming<'_>) {
        let fact = incoming.fact;
        self.founded.get_or_insert_with(|| (incoming.time, incoming.founds.clone()));
        self.tell(fact);
        self.first_published = match (self.first_published, incoming.published) {
            (Some(first), Some(day)) => Some(first.min(day)),
            (first, day) => first.or(day),
        };
        // What one telling says twice it still says once.
        let actors = incoming.actors.iter().copied().chain(&fact.perpetrators);
        self.targets.tell(target_heads(fact).map(Label::from).collect::<BTreeSet<_>>());
        self.actors.tell(actors.map(actor_key).map(Label::from).collect::<BTreeSet<_>>());
        self.people.tell(people(incoming).map(Label::from).collect::<BTreeSet<_>>());
        self.killed.tell(incoming.killed.map(|bounds| (bounds.low, bounds.high)));
        if let Some(wording) = incoming.wording {
            self.add_words(wording);
        }
    }

    /// Takes in what one more telling says of type, stage, day and place.
    pub fn tell(&mut self, fact: &IncidentFact) {
        self.kinds.tell([fact.kind]);
        self.stages.tell([fact.stage]);
        let stated = fact.date.filter(|date| date.basis == DateBasis::Stated);
        self.dates.tell(stated.map(|date| date.range));
        if let Some(place) = &fact.place {
            self.tell_place(place, 1);
        }
    }

    /// Takes in that so many more tellings name a place.
    fn tell_place(&mut self, place: &Location, times: u32) {
        match self.places.iter_mut().find(|(known, _)| known == place) {
            Some((_, told)) => *told += times,
            None => {
                self.places.reserve_exact(1);
                self.places.push((place.clone(), times));
            }
        }
    }

    fn add_words(&mut self, wording: &Wording) {
        let before = self.news as f32;
        self.news += 1;
        self.words = blend(&self.words, before, &wording.words, 1.0);
        self.trim_words();
    }

    fn trim_words(&mut self) {
        if self.words.len() > WORDS_KEPT {
            let mut weights: Vec<f32> = self.words.iter().map(|(_, weight)| *weight).collect();
            weights.sort_by(|a, b| b.total_cmp(a));
            let least = weights[WORDS_KEPT - 1];
            self.words.retain(|(_, weight)| *weight >= least);
        }
        self.words.shrink_to_fit();
        self.words_length = self.words.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
    }

    /// Takes in all that is known of an incident that is the same one.
    pub fn absorb(&mut self, other: &Self) {
        self.kinds.add_up(&other.kinds);
        self.stages.add_up(&other.stages);
        self.dates.add_up(&other.dates);
        self.first_published = match (self.first_published, other.first_published) {
            (Some(first), Some(day)) => Some(first.min(day)),
            (first, day) => first.or(day),
        };
        for (place, times) in &other.places {
            self.tell_place(place, *times);
        }
        self.targets.add_up(&other.targets);
        self.actors.add_up(&other.actors);
        self.people.add_up(&other.people);
        self.killed.add_up(&other.killed);
        self.words = blend(&self.words, self.news as f32, &other.words, other.news as f32);
        self.news += other.news;
        self.trim_words();
        self.founded = match (self.founded.take(), other.founded.clone()) {
            (Some(one), Some(two)) => Some(one.min(two)),
            (one, two) => one.or(two),
        };
    }

    /// Whether what was told so often counts as known of the incident.
    fn is_backed(&self, told: u32) -> bool {
        told * BACKED_BY_ONE_IN >= self.kinds.iter().map(|(_, told)| told).sum()
    }

    /// The places that enough of the tellings name.
    pub fn backed_places(&self) -> impl Iterator<Item = &Location> {
        self.places.iter().filter(|(_, told)| self.is_backed(*told)).map(|(place, _)| place)
    }

    /// The counts of dead that enough of the tellings give, at the least and at the most.
    pub fn backed_killed(&self) -> impl Iterator<Item = (Option<u64>, Option<u64>)> {
        self.killed.iter().filter(|(_, told)| self.is_backed(*told)).map(|(&bounds, _)| bounds)
    }

    /// Whether enough of the tellings have a head word of a target or victim.
    pub fn has_target(&self, head: &Label) -> bool {
        self.targets.times(head).is_some_and(|told| self.is_backed(told))
    }

    /// Whether any telling has a target or a victim.
    pub fn has_targets(&self) -> bool {
        !self.targets.is_empty()
    }

    /// Whether enough of the tellings name an actor, by its key, as responsible.
    pub fn has_actor(&self, key: &Label) -> bool {
        self.actors.times(key).is_some_and(|told| self.is_backed(told))
    }

    /// Whether enough of the tellings name a person who is known for nothing else.
    pub fn has_person(&self, name: &Label) -> bool {
        self.people.times(name).is_some_and(|told| self.is_backed(told))
    }

    /// The head word of a target or victim that is known of two incidents.
    pub fn target_shared<'a>(&'a self, other: &Self) -> Option<&'a str> {
        let shared = |head: &&Label| self.has_target(head) && other.has_target(head);
        self.targets.iter().map(|(head, _)| head).find(shared).map(Label::as_str)
    }

    /// The key of an actor who is named as responsible for two incidents.
    pub fn actor_shared<'a>(&'a self, other: &Self) -> Option<&'a str> {
        let shared = |key: &&Label| self.has_actor(key) && other.has_actor(key);
        self.actors.iter().map(|(key, _)| key).find(shared).map(Label::as_str)
    }

    /// Whether two incidents name the same person who is known for nothing else.
    pub fn shares_person(&self, other: &Self) -> bool {
        self.people.iter().any(|(name, _)| self.has_person(name) && other.has_person(name))
    }

    /// The type told most often; among equals the more specific. A bombing that a third as many call a suicide bombing is
    /// one: the others say less, not something else.
    pub fn kind(&self) -> IncidentType {
        let specific = |kind: IncidentType| match kind {
            IncidentType::Unknown => 0,
            IncidentType::ArmedAssault => 1,
            IncidentType::Bombing => 2,
            _ => 3,
        };
        let ranked = self.kinds.iter().map(|(&kind, told)| {
            let less = self.kinds.times(&IncidentType::Bombing).unwrap_or(0);
            let told = match kind {
                IncidentType::Unknown => 0,
                IncidentType::SuicideBombing if told * 3 >= less => told + less,
                _ => told,
            };
            (told, specific(kind), std::cmp::Reverse(kind), kind)
        });
        ranked.max().map_or(IncidentType::Unknown, |(.., kind)| kind)
    }

    /// The stage told most often; among equals the one that went further.
    pub fn stage(&self) -> Stage {
        let ranked = self.stages.iter().map(|(&stage, told)| (told, std::cmp::Reverse(stage)));
        ranked.max().map_or(Stage::Accomplished, |(_, stage)| stage.0)
    }

    /// The date told most often; among equals the shortest, then the earliest.
    pub fn date(&self) -> Option<DateRange> {
        let length = |range: &DateRange| match (range.start, range.end) {
            (Some(start), Some(end)) => end.since(start).map_or(i32::MAX, |span| span.get_days()),
            _ => i32::MAX,
        };
        self.dates
            .iter()
            .min_by_key(|&(range, told)| (length(range) > 31, std::cmp::Reverse(told), length(range), *range))
            .map(|(&range, _)| range)
    }

    /// The place told most often at the finest precision that is told.
    pub fn place(&self) -> Option<&Location> {
        let fineness = |place: &Location| match place.precision {
            Precision::Exact | Precision::City => 2,
            Precision::Region => 1,
            Precision::Country => 0,
        };
        self.places
            .iter()
            .enumerate()
            .max_by_key(|(order, (place, told))| (fineness(place), *told, std::cmp::Reverse(*order)))
            .map(|(_, (place, _))| place)
    }

    /// Cosine of the profile's mean wording and a report's, from 0 to 1, less where the reports have little in common;
    /// absent where no report had it as news.
    pub fn likeness(&self, wording: &Wording) -> Option<f32> {
        (self.words_length > 0.0).then(|| cosine(&self.words, &wording.words) / self.words_norm())
    }

    /// Cosine of the mean wordings of two incidents, from 0 to 1, less where the reports of one have little in common;
    /// absent where one was no report's news.
    pub fn likeness_to(&self, other: &Self) -> Option<f32> {
        (self.words_length > 0.0 && other.words_length > 0.0)
            .then(|| cosine(&self.words, &other.words) / (self.words_norm() * other.words_norm()))
    }

    /// What the mean wording is measured by: its length, unless the reports have little in common.
    fn words_norm(&self) -> f32 {
        self.words_length.max(LEAST_IN_COMMON)
    }
}

/// The mean of two lists of weighted words, each sorted by word, that stand for so many texts.
fn blend(a: &[(u32, f32)], texts_a: f32, b: &[(u32, f32)], texts_b: f32) -> Vec<(u32, f32)> {
    let all = (texts_a + texts_b).max(1.0);
    let (share_a, share_b) = (texts_a / all, texts_b / all);
    let mut words = Vec::with_capacity(a.len() + b.len());
    let mut rest = b.iter().copied().peekable();
    for &(word, weight) in a {
        while let Some((new, weight)) = rest.next_if(|(new, _)| *new < word) {
            words.push((new, weight * share_b));
        }
        let again = rest.next_if(|(new, _)| *new == word).map_or(0.0, |(_, weight)| weight * share_b);
        words.push((word, weight * share_a + again));
    }
    words.extend(rest.map(|(word, weight)| (word, weight * share_b)));
    words
}

/// The last word of each target and victim, which is its head in English noun phrases without a complement.
pub fn target_heads(fact: &IncidentFact) -> impl Iterator<Item = String> + '_ {
    fact.targets.iter().chain(&fact.victims).filter_map(|phrase| {
        let head = phrase.split([',', '(']).next()?.split(" of ").next()?.split_whitespace().next_back()?;
        let head = head.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let singular = head.strip_suffix('s').filter(|cut| cut.len() > 3).unwrap_or(&head);
        (!singular.is_empty()).then(|| singular.to_owned())
    })
}

/// The full names of people whom a report's incident is about: those who are said to have done it and do not stand in
/// the actor book, and victims who are named.
pub fn people(incoming: &Incoming<'_>) -> impl Iterator<Item = String> {
    let fact = incoming.fact;
    let doers = fact.perpetrators.iter().chain(incoming.actors.iter().copied());
    let doers = doers.filter(|actor| actor.kind == EntityKind::Person && actor.book_id.is_none());
    let hit = fact.victims.iter().chain(&fact.targets).map(String::as_str);
    hit.chain(doers.map(|actor| actor.name.as_str())).filter(|name| is_full_name(name)).map(str::to_lowercase)
}

/// Whether a phrase is two to four words in capitals, as the full name of a person is, and one of them is rare.
fn is_full_name(phrase: &str) -> bool {
    let words = || phrase.split_whitespace();
    (2..=4).contains(&words().count())
        && words().all(|word| word.chars().next().is_some_and(char::is_uppercase))
        && words().any(is_rare)
}

/// What tells actors apart across reports: the actor book's id, else the name in lower case.
pub fn actor_key(actor: &ActorRef) -> String {
    actor.book_id.as_ref().map_or_else(|| actor.name.to_lowercase(), ToString::to_string)
}
