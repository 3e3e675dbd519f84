//! Ids of facts that outlive the reading that they come from.
//!
//! A fact's id is `VERSION-KHASH`: the first signs of its version's id, a letter for its kind, and a hash of what it
//! says. Neither the order of the facts nor the extent of their quotes goes into it, so that a newer reader that
//! finds the same fact gives it the same id, and one that finds another (another count, another actor) another:
//! a verdict on what the older one misread must not stick to it. An act is speaker, stance and actor; a count is
//! measure and bounds; a telling is where its first words stand, since type, date and place are what readers improve;
//! warnings and threats are who gives them and where their first words stand. Where a report says the same of several
//! of its incidents, the second and further facts carry `.2`, `.3`, …, by the order of the incidents' words.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::{Field, Passage};
use crate::resolve::facts::{ActorRef, Facts, Quote};
use crate::resolve::profile::actor_key;
use crate::resolve::version::VersionId;
use crate::resolve::wording::hash;

/// The id of a fact.
pub type FactId = String;

/// How many signs of a version's id stand in the ids of its facts and incidents.
pub const VERSION_SIGNS: usize = 16;

/// The ids of a version's facts, in the order of [`Facts`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FactIds {
    /// Of its tellings of incidents.
    pub incidents: Vec<FactId>,
    /// Of the acts.
    pub attributions: Vec<FactId>,
    /// Of the counts.
    pub casualties: Vec<FactId>,
    /// Of the warnings.
    pub warnings: Vec<FactId>,
    /// Of the threats.
    pub threats: Vec<FactId>,
}

/// The first signs of a version's id, as they stand in the ids of its facts.
pub fn short(version: &VersionId) -> &str {
    version.get(..VERSION_SIGNS).unwrap_or(version)
}

/// The beginning of the version's id in the id of one of its facts.
pub fn version_of(fact: &str) -> Option<&str> {
    fact.split_once('-').map(|(version, _)| version)
}

impl FactIds {
    /// The ids of a version's facts.
    pub fn of(version: &VersionId, facts: &Facts) -> Self {
        let ranks = ranks(facts);
        let rank = |incident: usize| ranks.get(incident).copied().unwrap_or(incident);
        let ids = |letter, said: Vec<(String, usize)>| ids(short(version), letter, &said);
        let own = |said: Vec<String>| said.into_iter().enumerate().map(|(at, said)| (said, at)).collect();
        let tellings = facts.incidents.iter().enumerate().map(|(at, fact)| (place(&fact.evidence), rank(at)));
        let acts = facts.attributions.iter().map(|act| {
            let said = [who(act.speaker.as_ref()), act.stance.to_string(), actor_key(&act.actor)].join("\n");
            (said, rank(act.incident))
        });
        let counts = facts.casualties.iter().map(|count| {
            let bounds = count.bounds;
            let said = format!("{} {:?} {:?} {}", count.measure, bounds.low, bounds.high, bounds.qualifier);
            (said, rank(count.incident))
        });
        let warnings = facts.warnings.iter().map(|fact| who(fact.issuer.as_ref()) + &place(&fact.evidence));
        let threats = facts.threats.iter().map(|fact| who(fact.speaker.as_ref()) + &place(&fact.evidence));
        Self {
            incidents: ids('i', tellings.collect()),
            attributions: ids('a', acts.collect()),
            casualties: ids('c', counts.collect()),
            warnings: ids('w', own(warnings.collect())),
            threats: ids('t', own(threats.collect())),
        }
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &FactId> {
        [&self.incidents, &self.attributions, &self.casualties, &self.warnings, &self.threats]
            .into_iter()
            .flatten()
    }
}

/// The place of each incident in the order in which the report tells of them.
fn ranks(facts: &Facts) -> Vec<usize> {
    let mut order: Vec<usize> = (0..facts.incidents.len()).collect();
    order.sort_by_key(|&at| (first_words(&facts.incidents[at].evidence), at));
    let mut ranks = vec![0; order.len()];
    for (rank, at) in order.into_iter().enumerate() {
        ranks[at] = rank;
    }
    ranks
}

fn first_words(evidence: &[Quote]) -> Option<Passage> {
    evidence.iter().map(|quote| quote.passage).min()
}

fn place(evidence: &[Quote]) -> String {
    first_words(evidence).map_or_else(String::new, |passage| {
        let field = match passage.field {
            Field::Title => "title",
            Field::Text => "text",
        };
        format!("{field} {}", passage.span.start)
    })
}

fn who(actor: Option<&ActorRef>) -> String {
    actor.map(actor_key).unwrap_or_default() + "\n"
}

/// Facts that say the same of the same are one and share an id; those that say it of others are counted.
fn ids(version: &str, letter: char, said: &[(String, usize)]) -> Vec<FactId> {
    let hashes: Vec<(u64, usize)> = said.iter().map(|(words, of)| (hash(words) >> 24, *of)).collect();
    let mut alike: BTreeMap<u64, BTreeSet<usize>> = BTreeMap::new();
    for &(hash, of) in &hashes {
        alike.entry(hash).or_default().insert(of);
    }
    let number = |hash: u64, of: usize| alike[&hash].iter().position(|&other| other == of).unwrap_or(0);
    hashes
        .iter()
        .map(|&(hash, of)| match number(hash, of) {
            0 => format!("{version}-{letter}{hash:010x}"),
            before => format!("{version}-{letter}{hash:010x}.{}", before + 1),
        })
        .collect()
}
