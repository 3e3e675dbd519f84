//! The examples of `knowledge/frames`, read with the real annotator: each frame tells what its sentences say it tells.

use watchkeeper::knowledge::{self, Own};
use watchkeeper_core::document::Capture;
use watchkeeper_core::flow;
use watchkeeper_core::read::frames::Meaning;
use watchkeeper_core::reading::{Bounds, EntityId, Reading, Stage};
use watchkeeper_nlp::Annotator;

/// The keys of the lines in which examples say what is read.
const KEYS: [&str; 10] = [
    "speaker",
    "actor",
    "recipient",
    "issuer",
    "target",
    "weapon",
    "victim",
    "perpetrator",
    "action",
    "incident",
];

/// A fact in a form that can be compared with a line of an example.
#[derive(Debug)]
struct Fact {
    rule: String,
    head: String,
    parts: Vec<(&'static str, String)>,
}

impl Fact {
    /// Whether the fact has the head of the line and every part that the line names.
    fn fits(&self, line: &str) -> bool {
        let (head, rest) = line.split_once(':').unwrap_or((line, ""));
        let starts: Vec<(usize, &str)> = KEYS
            .iter()
            .flat_map(|key| {
                rest.match_indices(&format!("{key}="))
                    .map(|(at, _)| at)
                    .collect::<Vec<_>>()
                    .into_iter()
                    .map(move |at| (at, *key))
            })
            .collect();
        let mut starts = starts;
        starts.sort_unstable();
        if starts.is_empty() {
            let Some((_, value)) = self.parts.first() else { return self.head == line };
            return format!("{}:{value}", self.head) == line.replace(": ", ":");
        }
        self.head == head
            && starts.iter().enumerate().all(|(index, &(at, key))| {
                let end = starts.get(index + 1).map_or(rest.len(), |&(next, _)| next);
                let value = rest[at + key.len() + 1..end].trim();
                self.parts.iter().any(|(own, text)| *own == key && text == value)
            })
    }
}

fn facts(reading: &Reading) -> Vec<Fact> {
    let name = |id: Option<EntityId>| id.map_or("-".to_owned(), |id| reading.entities[id.0].name.clone());
    let mut facts = Vec::new();
    for incident in &reading.incidents {
        let stage = if incident.stage == Stage::Accomplished {
            String::new()
        } else {
            format!("{} ", incident.stage)
        };
        let mut parts: Vec<(&'static str, String)> = Vec::new();
        parts.extend(incident.targets.iter().map(|filler| ("target", filler.text.clone())));
        parts.extend(incident.weapons.iter().map(|filler| ("weapon", filler.text.clone())));
        parts.extend(incident.victims.iter().map(|filler| ("victim", filler.text.clone())));
        parts.extend(incident.perpetrators.iter().map(|p| ("perpetrator", name(Some(p.entity)))));
        facts.push(Fact {
            rule: incident.trace.rule.to_string(),
            head: format!("{stage}{}", incident.kind),
            parts,
        });
    }
    for act in &reading.attributions {
        facts.push(Fact {
            rule: act.trace.rule.to_string(),
            head: act.stance.to_string(),
            parts: vec![("speaker", name(act.speaker)), ("actor", name(Some(act.actor)))],
        });
    }
    for count in &reading.casualties {
        let Bounds { low, high, qualifier } = count.bounds;
        let side = |value: Option<u64>| value.map(|value| value.to_string()).unwrap_or_default();
        let value = format!("{}..{} {qualifier}", side(low), side(high));
        facts.push(Fact {
            rule: count.trace.rule.to_string(),
            head: count.measure.to_string(),
            parts: vec![("", value)],
        });
    }
    for warning in &reading.warnings {
        let parts = vec![("issuer", name(warning.issuer))];
        facts.push(Fact { rule: warning.trace.rule.to_string(), head: "warning".to_owned(), parts });
    }
    for threat in &reading.threats {
        let mut parts = vec![("speaker", name(threat.speaker))];
        parts.extend(threat.target.iter().map(|target| ("target", target.clone())));
        parts.extend(threat.action.iter().map(|action| ("action", action.clone())));
        facts.push(Fact { rule: threat.trace.rule.to_string(), head: "threat".to_owned(), parts });
    }
    for event in reading.events.iter().filter(|event| event.trace.rule.starts_with("event.")) {
        facts.push(Fact {
            rule: event.trace.rule.to_string(),
            head: event.mode.map_or_else(|| event.kind.to_string(), |mode| format!("{} {mode}", event.kind)),
            parts: vec![("actor", name(event.actor)), ("recipient", name(event.recipient))],
        });
    }
    facts
}

/// What an example is about: the facts of its frame; of frames that only shape incidents, all incidents.
fn concerns(meaning: Meaning, id: &str, fact: &Fact) -> bool {
    match meaning {
        Meaning::Incident { .. } | Meaning::Course | Meaning::Stage(_) | Meaning::Modality(_) => {
            fact.rule.starts_with("incident.")
        }
        Meaning::Casualty(_)
        | Meaning::Attribution(_)
        | Meaning::Responsibility { .. }
        | Meaning::Warning
        | Meaning::Threat
        | Meaning::Event(_)
        | Meaning::Reply(_) => fact.rule == id,
    }
}

#[test]
fn every_frame_reads_its_examples() {
    let annotator = Annotator::new().expect("embedded weights");
    let knowledge = knowledge::load(Own::default()).expect("well-formed knowledge");
    let mut wrong = Vec::new();
    let mut count = 0;
    for frame in knowledge.frames.frames().chain(knowledge.events.frames()) {
        for example in &frame.examples {
            count += 1;
            let capture = Capture { text: example.text.clone(), ..Capture::default() };
            let reading = flow::read(capture, &annotator, &knowledge);
            let mut left: Vec<Fact> = facts(&reading);
            left.retain(|fact| concerns(frame.meaning, &frame.id, fact));
            for line in &example.reads {
                match left.iter().position(|fact| fact.fits(line)) {
                    Some(at) => drop(left.remove(at)),
                    None => wrong.push(format!("{}: \"{}\" lacks {line}", frame.id, example.text)),
                }
            }
            wrong
                .extend(left.iter().map(|fact| format!("{}: \"{}\" reads {fact:?}", frame.id, example.text)));
        }
    }
    assert!(wrong.is_empty(), "{} of {count} examples:\n{}", wrong.len(), wrong.join("\n"));
}
