//! Why a report was read as it was: for every sentence the frames whose words stand in it, with what became of each.

use smol_str::SmolStr;

use crate::analysis::Analysis;
use crate::document::{Document, Passage};
use crate::knowledge::Knowledge;
use crate::read::events::{EventMention, Put};
use crate::read::fillers::Weighed;
use crate::read::frames::{Found, Meaning};
use crate::read::ground::{Ground, Matches};
use crate::read::{Facts, facts, fillers, on_ground};
use crate::reading::Trace;
use crate::vocabulary::{Modality, Stage};

/// A sentence with what was considered in it.
#[derive(Debug)]
pub struct Sentence {
    /// Where it stands.
    pub passage: Passage,
    /// The frames whose words stand in it, in the order of their triggers.
    pub considered: Vec<Considered>,
}

/// A frame whose words stand in a sentence.
#[derive(Debug)]
pub struct Considered {
    /// Its name, as `claim.responsibility`.
    pub frame: SmolStr,
    /// What it means.
    pub meaning: &'static str,
    /// The word by which it was recognised.
    pub trigger: Passage,
    /// What fills its roles: role, words, and the way through the grammar from them to the trigger.
    pub roles: Vec<(SmolStr, Passage, String)>,
    /// How its words are put.
    pub put: Put,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a frame.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// These facts rest on it.
    Made(Vec<String>),
    /// It tells of an incident together with other words.
    PartOf(usize),
    /// It shapes how other words are read.
    Shapes,
    /// No fact rests on it.
    Rejected(&'static str),
}

/// A report explained.
#[derive(Debug)]
pub struct Explanation {
    /// Its sentences, in order.
    pub sentences: Vec<Sentence>,
    /// The phrases weighed for the roles of its incidents, the likelier first, with what weighed most.
    pub fillers: Vec<Weighed>,
}

/// Explains a document.
pub fn explain(document: &Document, analysis: &Analysis, knowledge: &Knowledge) -> Explanation {
    let look = |ground: &Ground<'_>| {
        let (facts, matches, mentions) = facts(ground, knowledge);
        let report = Report { ground, matches: &matches, mentions: &mentions, facts: &facts };
        let numbers = 0..analysis.sentences.len();
        let sentences = numbers.map(|number| report.sentence(number)).collect();
        let fillers = fillers::weigh(
            ground,
            &matches,
            &mentions,
            &facts.incidents,
            &facts.attributions,
            &knowledge.roles,
        );
        Explanation { sentences, fillers }
    };
    on_ground(document, analysis, knowledge, look).0
}

struct Report<'a> {
    ground: &'a Ground<'a>,
    matches: &'a Matches,
    mentions: &'a [EventMention],
    facts: &'a Facts,
}

impl Report<'_> {
    fn sentence(&self, number: usize) -> Sentence {
        let ground = self.ground;
        let tokens = ground.analysis.sentences[number].tokens;
        let all = self.matches.incidents.iter().chain(&self.matches.others);
        let mut found: Vec<&Found> = all.filter(|found| tokens.holds(found.trigger)).collect();
        found.sort_by_key(|found| found.trigger);
        let considered = found.into_iter().map(|found| self.considered(found)).collect();
        Sentence { passage: ground.passage(tokens), considered }
    }

    fn considered(&self, found: &Found) -> Considered {
        let ground = self.ground;
        let frame = ground.book.get(found.frame);
        let roles = found.roles.iter().map(|&(role, token, _)| {
            let phrase = ground.passage(fillers::phrases::full(ground, token));
            (SmolStr::new(role.as_str()), phrase, fillers::path(ground, token, found.trigger))
        });
        let put = Put::of(ground, self.matches, found.trigger);
        Considered {
            frame: frame.id.clone(),
            meaning: meaning(frame.meaning),
            trigger: ground.trace(found).trigger,
            roles: roles.collect(),
            outcome: self.outcome(found, &put),
            put,
        }
    }

    fn outcome(&self, found: &Found, put: &Put) -> Outcome {
        let trace = self.ground.trace(found);
        let made = self.made(&trace);
        if !made.is_empty() {
            return Outcome::Made(made);
        }
        let lowered = match put.modality {
            Modality::Negated => Some("it is said not to be so"),
            Modality::Hypothetical => Some("it is told as possible, planned, feared or to come"),
            Modality::Asserted | Modality::Reported => None,
        };
        match self.ground.book.get(found.frame).meaning {
            Meaning::Incident { .. } => self.of_incident(found, lowered),
            Meaning::Course | Meaning::Stage(_) | Meaning::Modality(_) => Outcome::Shapes,
            Meaning::Casualty(_) => {
                Outcome::Rejected(lowered.unwrap_or("no number is counted for an incident"))
            }
            Meaning::Attribution(_) | Meaning::Responsibility { .. } => {
                Outcome::Rejected(lowered.unwrap_or(
                    "nobody is named whom it is said of, or it is of nothing that the report tells",
                ))
            }
            Meaning::Reply(_) => {
                Outcome::Rejected(lowered.unwrap_or("it answers no attribution told before"))
            }
            Meaning::Warning => {
                Outcome::Rejected(lowered.unwrap_or("what it warns of is no danger of an attack"))
            }
            Meaning::Threat => {
                Outcome::Rejected(lowered.unwrap_or("nobody is named who announces harm to somebody"))
            }
            Meaning::Event(_) => Outcome::Shapes,
        }
    }

    fn of_incident(&self, found: &Found, lowered: Option<&'static str>) -> Outcome {
        if let Some(id) = self.facts.incidents.at(found.trigger) {
            return Outcome::PartOf(id.0);
        }
        let mention = self.mentions.iter().find(|mention| mention.token == found.trigger);
        let why = match mention {
            None => "another frame says more of the same word",
            Some(_) if lowered.is_some() => lowered.unwrap_or_default(),
            Some(mention) if mention.habitual => "it is told of a kind, not of one event",
            Some(_) => "it is only touched on: fewer than two particulars are told",
        };
        Outcome::Rejected(why)
    }

    /// The facts that rest on a frame at a word, in short.
    fn made(&self, trace: &Trace) -> Vec<String> {
        let entities = &self.ground.entities.list;
        let name = |id: crate::reading::EntityId| entities[id.0].name.as_str();
        let speaker = |id: Option<crate::reading::EntityId>| id.map_or("the report", name);
        let mut made = Vec::new();
        for (at, incident) in self.facts.incidents.list.iter().enumerate() {
            if incident.trace == *trace {
                let stage = if incident.stage == Stage::Accomplished {
                    String::new()
                } else {
                    format!("{} ", incident.stage)
                };
                made.push(format!("incident {}: {stage}{}", at + 1, incident.kind));
            }
        }
        for act in self.facts.attributions.iter().filter(|act| act.trace == *trace) {
            made.push(format!("{} {}: {}", speaker(act.speaker), act.stance, name(act.actor)));
        }
        for count in self.facts.casualties.iter().filter(|count| count.trace == *trace) {
            made.push(format!("count: {}", count.measure));
        }
        for warning in self.facts.warnings.iter().filter(|warning| warning.trace == *trace) {
            made.push(format!("warning by {}", speaker(warning.issuer)));
        }
        for threat in self.facts.threats.iter().filter(|threat| threat.trace == *trace) {
            made.push(format!("threat by {}", speaker(threat.speaker)));
        }
        made
    }
}

const fn meaning(meaning: Meaning) -> &'static str {
    match meaning {
        Meaning::Incident { .. } => "incident",
        Meaning::Course => "course of an incident",
        Meaning::Casualty(_) => "count",
        Meaning::Attribution(_) => "attribution",
        Meaning::Responsibility { .. } => "responsibility",
        Meaning::Stage(_) => "stage",
        Meaning::Modality(_) => "modality",
        Meaning::Warning => "warning",
        Meaning::Threat => "threat",
        Meaning::Event(_) => "event",
        Meaning::Reply(_) => "reply",
    }
}
