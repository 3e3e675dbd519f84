//! Claims: the acts of all reports on an incident, by actor, and what they come to.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::decisions::{Decided, DecisionId, FactId};
use super::facts::{ActorRef, Quote};
use super::profile::actor_key;
use super::record::Member;
use super::status::{Act, Status, status};
use super::version::VersionId;
use crate::reading::Stance;

/// One act in one report.
#[derive(Clone, Debug, PartialEq)]
pub struct ActRow {
    /// Who speaks; absent for the outlet's own voice.
    pub speaker: Option<ActorRef>,
    /// The outlet.
    pub source: Option<String>,
    /// What is said of the actor.
    pub stance: Stance,
    /// How firmly the words put it, from 0 to 1.
    pub certainty: f32,
    /// The version.
    pub report: VersionId,
    /// The time of the version.
    pub published: Timestamp,
    /// The words.
    pub quote: Option<Quote>,
    /// The id of the act.
    pub fact: FactId,
}

impl ActRow {
    /// What of it the status depends on.
    pub fn act(&self) -> Act {
        let speaker = self
            .speaker
            .as_ref()
            .map_or_else(|| format!("source:{}", self.source.as_deref().unwrap_or(&self.report)), actor_key);
        Act { speaker, stance: self.stance }
    }
}

/// Everything said about one actor's responsibility for one incident.
#[derive(Clone, Debug, PartialEq)]
pub struct AttributionRow {
    /// Of whom.
    pub actor: ActorRef,
    /// What the acts come to, or what a person set; absent where the actor is only denied.
    pub status: Option<Status>,
    /// The decision that set the status.
    pub decided: Option<DecisionId>,
    /// The acts, by time, report and position.
    pub acts: Vec<ActRow>,
}

/// Gathers the acts of an incident's members, which must be in their order, by actor; rejected ones are left out.
pub fn attributions(members: &[Member<'_>], decided: &Decided) -> Vec<AttributionRow> {
    let mut groups: Vec<Group> = Vec::new();
    for member in members {
        let told = member.version.facts.attributions.iter().zip(&member.ids.attributions);
        let mut acts: Vec<_> =
            told.filter(|(act, fact)| act.incident == member.fact && !decided.rejects(fact)).collect();
        acts.sort_by_key(|(act, _)| act.evidence.first().map(|quote| quote.passage));
        for (act, fact) in acts {
            let row = ActRow {
                speaker: act.speaker.clone(),
                source: member.version.source.clone(),
                stance: act.stance,
                certainty: act.certainty,
                report: member.version.id.clone(),
                published: member.version.time,
                quote: act.evidence.first().cloned(),
                fact: fact.clone(),
            };
            match groups.iter_mut().find(|group| group.is(&act.actor)) {
                Some(group) => group.add(&act.actor, row),
                None => groups.push(Group::of(&act.actor, row)),
            }
        }
    }
    groups.into_iter().map(Group::into_row).collect()
}

struct Group {
    names: BTreeMap<String, usize>,
    actor: ActorRef,
    acts: Vec<ActRow>,
}

impl Group {
    fn of(actor: &ActorRef, row: ActRow) -> Self {
        let mut group = Self { names: BTreeMap::new(), actor: actor.clone(), acts: Vec::new() };
        group.add(actor, row);
        group
    }

    /// Whether the actor is the group's: by the book's id, by a name in common, or as branch and parent, which
    /// reports use for one another.
    fn is(&self, actor: &ActorRef) -> bool {
        let key = actor_key(actor);
        let known = actor_key(&self.actor);
        if actor.book_id.is_some() && self.actor.book_id.is_some() {
            let branch = |long: &str, short: &str| {
                long.strip_prefix(short).is_some_and(|rest| rest.starts_with(['.', '_', '/']))
            };
            return key == known || branch(&key, &known) || branch(&known, &key);
        }
        self.names.contains_key(&key) || names(actor).any(|name| self.names.contains_key(&name))
    }

    fn add(&mut self, actor: &ActorRef, row: ActRow) {
        for name in names(actor) {
            *self.names.entry(name).or_default() += 1;
        }
        for alias in std::iter::once(&actor.name).chain(&actor.aliases) {
            if *alias != self.actor.name && !self.actor.aliases.contains(alias) {
                self.actor.aliases.push(alias.clone());
            }
        }
        // One row a report, speaker and stance: said twice in one report is said once.
        let same = |other: &ActRow| {
            other.report == row.report
                && other.stance == row.stance
                && other.speaker.as_ref().map(actor_key) == row.speaker.as_ref().map(actor_key)
        };
        if !self.acts.iter().any(same) {
            self.acts.push(row);
        }
    }

    fn into_row(self) -> AttributionRow {
        let acts: Vec<Act> = self.acts.iter().map(ActRow::act).collect();
        AttributionRow { status: status(&acts), decided: None, actor: self.actor, acts: self.acts }
    }
}

fn names(actor: &ActorRef) -> impl Iterator<Item = String> + '_ {
    std::iter::once(&actor.name).chain(&actor.aliases).map(|name| name.to_lowercase())
}
