//! Triggers and arguments of attacks, deaths and injuries, measured on WikiEvents (Li, Ji and Han 2021).

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;
use watchkeeper_core::document::{Capture, Passage};
use watchkeeper_core::flow;
use watchkeeper_core::reading::{Filler, Measure, Reading};
use watchkeeper_core::vocabulary::EventType;

/// What is compared: a trigger by its place, an argument by its role and words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Item {
    kind: &'static str,
    start: usize,
    end: usize,
    text: String,
}

/// Reads each document as a report and prints precision, recall and F1.
pub fn evaluate(folder: &Path) -> Result<()> {
    let file = folder.join("dev.jsonl");
    let lines =
        std::fs::read_to_string(&file).with_context(|| format!("{}: cannot be read", file.display()))?;
    let knowledge = watchkeeper::knowledge::load(watchkeeper::knowledge::Own::default())?;
    let annotator = watchkeeper_nlp::Annotator::new()?;
    let mut table: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for line in lines.lines().filter(|line| !line.is_empty()) {
        let gold: Value = serde_json::from_str(line).context("a line is no JSON")?;
        let (text, starts) = text(&gold);
        let capture = Capture { text, ..Capture::default() };
        let reading = flow::read(capture, &annotator, &knowledge);
        count(&mut table, &gold_triggers(&gold, &starts), &triggers(&reading), |gold, said| {
            gold.start < said.end && said.start < gold.end
        });
        count(&mut table, &gold_arguments(&gold), &arguments(&reading), |gold, said| {
            gold.text.contains(&said.text) || said.text.contains(&gold.text)
        });
    }
    for (kind, [hits, said, wanted]) in table {
        let (p, r) = (hits as f64 / said.max(1) as f64, hits as f64 / wanted.max(1) as f64);
        let f1 = 2.0 * p * r / (p + r).max(f64::MIN_POSITIVE);
        println!("{kind:22} P {p:.3}  R {r:.3}  F1 {f1:.3}  ({hits} of {wanted}, {said} said)");
    }
    Ok(())
}

/// The sentences as paragraphs, and where each token begins and ends in bytes.
fn text(gold: &Value) -> (String, Vec<(usize, usize)>) {
    let mut text = String::new();
    let mut spans = Vec::new();
    for sentence in gold["sentences"].as_array().into_iter().flatten() {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let words = sentence[1].as_str().unwrap_or_default();
        let mut from = 0;
        for token in sentence[0].as_array().into_iter().flatten() {
            let word = token[0].as_str().unwrap_or_default();
            let at = words[from..].find(word).map_or(from, |at| from + at);
            spans.push((text.len() + at, text.len() + at + word.len()));
            from = at + word.len();
        }
        text.push_str(words);
    }
    (text, spans)
}

/// Which of the kinds that are compared an event of the corpus is.
fn kind(event: &Value) -> Option<&'static str> {
    let name = event["event_type"].as_str()?;
    match name {
        _ if name.starts_with("Conflict.Attack") => Some("attack"),
        _ if name.starts_with("Life.Die") => Some("death"),
        _ if name.starts_with("Life.Injure") => Some("injury"),
        _ => None,
    }
}

fn gold_triggers(gold: &Value, spans: &[(usize, usize)]) -> Vec<Item> {
    let events = gold["event_mentions"].as_array().into_iter().flatten();
    let trigger = |event: &Value| {
        let at = |key: &str| event["trigger"][key].as_u64().and_then(|at| usize::try_from(at).ok());
        let (first, last) = (spans.get(at("start")?)?, spans.get(at("end")?.checked_sub(1)?)?);
        Some(Item { kind: kind(event)?, start: first.0, end: last.1, text: String::new() })
    };
    events.filter_map(trigger).collect()
}

fn gold_arguments(gold: &Value) -> Vec<Item> {
    let mut found = Vec::new();
    for event in gold["event_mentions"].as_array().into_iter().flatten() {
        if kind(event).is_none() {
            continue;
        }
        for argument in event["arguments"].as_array().into_iter().flatten() {
            let role = match argument["role"].as_str().unwrap_or_default() {
                "Attacker" | "Killer" | "Injurer" => "argument: attacker",
                "Target" => "argument: target",
                "Victim" => "argument: victim",
                "Instrument" | "ExplosiveDevice" => "argument: weapon",
                "Place" => "argument: place",
                _ => continue,
            };
            let text = argument["text"].as_str().unwrap_or_default().to_lowercase();
            found.push(Item { kind: role, start: 0, end: 0, text });
        }
    }
    found.sort();
    found.dedup();
    found
}

fn triggers(reading: &Reading) -> Vec<Item> {
    let item = |kind: &'static str, at: Passage| Item {
        kind,
        start: at.span.start,
        end: at.span.end,
        text: String::new(),
    };
    let assaults = reading.events.iter().filter(|event| event.kind == EventType::Assault);
    let mut found: Vec<Item> = assaults.map(|event| item("attack", event.trace.trigger)).collect();
    for count in &reading.casualties {
        let kind = match count.measure {
            Measure::Killed => "death",
            Measure::Injured => "injury",
            Measure::Missing | Measure::Detained => continue,
        };
        found.push(item(kind, count.trace.trigger));
    }
    found.sort();
    found.dedup();
    found
}

fn arguments(reading: &Reading) -> Vec<Item> {
    let mut found = Vec::new();
    let mut add = |kind: &'static str, text: &str| {
        found.push(Item { kind, start: 0, end: 0, text: text.to_lowercase() });
    };
    for incident in &reading.incidents {
        for perpetrator in &incident.perpetrators {
            for &mention in perpetrator.mentions.iter().take(1) {
                add("argument: attacker", reading.document.slice(mention));
            }
        }
        let lists: [(&str, &[Filler]); 4] = [
            ("argument: target", &incident.targets),
            ("argument: victim", &incident.victims),
            ("argument: victim", &incident.unnamed_victims),
            ("argument: weapon", &incident.weapons),
        ];
        for (kind, list) in lists {
            list.iter().for_each(|filler| add(kind, &filler.text));
        }
        if let Some(place) = &incident.place {
            add("argument: place", &place.name);
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Counts one-to-one matches of each kind.
fn count<'k>(
    table: &mut BTreeMap<&'k str, [usize; 3]>,
    gold: &[Item],
    said: &[Item],
    fits: impl Fn(&Item, &Item) -> bool,
) where
    Item: 'k,
{
    let mut left: Vec<&Item> = said.iter().collect();
    for item in said {
        table.entry(item.kind).or_default()[1] += 1;
    }
    for item in gold {
        let row = table.entry(item.kind).or_default();
        row[2] += 1;
        if let Some(at) = left.iter().position(|one| one.kind == item.kind && fits(item, one)) {
            left.remove(at);
            row[0] += 1;
        }
    }
}
