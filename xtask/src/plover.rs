//! Events between actors, measured on the records of the PLOVER project's gold standard.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;
use watchkeeper_core::document::Capture;
use watchkeeper_core::reading::{EntityId, Reading};
use watchkeeper_core::vocabulary::EventType;
use watchkeeper_core::{flow, read};

/// Reads the text of each record as a report and prints how often the type, the actor and the recipient are right.
pub fn evaluate(folder: &Path) -> Result<()> {
    let file = folder.join("records.txt");
    let text =
        std::fs::read_to_string(&file).with_context(|| format!("{}: cannot be read", file.display()))?;
    let records: Vec<Value> =
        serde_json::from_str(&text).with_context(|| format!("{}: no JSON", file.display()))?;
    let knowledge = watchkeeper::knowledge::load(watchkeeper::knowledge::Own::default())?;
    let annotator = watchkeeper_nlp::Annotator::new()?;
    let (mut all, mut first, mut any, mut none) = (0, 0, 0, 0);
    let mut sides = [(0, 0); 2];
    // Records at even places were never looked at while the knowledge was written.
    let mut halves = [(0, 0); 2];
    let mut by_type: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for record in &records {
        let Some(text) = record["text"].as_str() else { continue };
        let Some(gold) = record["event"].as_str().and_then(current) else { continue };
        let capture = Capture { text: text.to_owned(), ..Capture::default() };
        let reading = flow::read(capture, &annotator, &knowledge);
        all += 1;
        let main = read::plover::main(&reading);
        let right = main.is_some_and(|event| event.kind == gold);
        none += u32::from(main.is_none());
        first += u32::from(right);
        let half = &mut halves[all as usize % 2];
        *half = (half.0 + u32::from(right), half.1 + 1);
        any += u32::from(reading.events.iter().any(|event| event.kind == gold));
        let row = by_type.entry(gold.as_str()).or_default();
        *row = (row.0 + u32::from(right), row.1 + 1);
        let said = [main.and_then(|event| event.actor), main.and_then(|event| event.recipient)];
        for ((side, said), count) in ["source", "target"].into_iter().zip(said).zip(&mut sides) {
            let names = names(&record[side]);
            if !names.is_empty() {
                count.1 += 1;
                count.0 += u32::from(said.is_some_and(|said| is_named(&reading, said, &names)));
            }
        }
    }
    let share = |part: u32, whole: u32| 100.0 * f64::from(part) / f64::from(whole.max(1));
    println!("{all} sentences");
    println!("type of the main event  {:5.1} %  ({first}; none read in {none})", share(first, all));
    println!(
        "  records held out      {:5.1} %  ({} of {})",
        share(halves[0].0, halves[0].1),
        halves[0].0,
        halves[0].1
    );
    println!("type of any event       {:5.1} %  ({any})", share(any, all));
    println!(
        "actor                   {:5.1} %  ({} of {})",
        share(sides[0].0, sides[0].1),
        sides[0].0,
        sides[0].1
    );
    println!(
        "recipient               {:5.1} %  ({} of {})",
        share(sides[1].0, sides[1].1),
        sides[1].0,
        sides[1].1
    );
    for (kind, (right, of)) in by_type {
        println!("  {kind:10} {right:3} of {of}");
    }
    Ok(())
}

/// The type of the present ontology for one of the version in which the records are coded.
fn current(coded: &str) -> Option<EventType> {
    match coded {
        "DEMAND" => Some(EventType::Request),
        "DISAPPROVE" | "INVESTIGATE" => Some(EventType::Accuse),
        "FIGHT" => Some(EventType::Assault),
        other => EventType::parse(other),
    }
}

fn names(actors: &Value) -> Vec<String> {
    let rows = actors.as_array().map(Vec::as_slice).unwrap_or_default();
    rows.iter().filter_map(|row| row["actorText"].as_str()).map(str::to_lowercase).collect()
}

/// Whether one of the names is that of the entity, or a part of it, or the other way round.
fn is_named(reading: &Reading, id: EntityId, names: &[String]) -> bool {
    let entity = &reading.entities[id.0];
    let mentions = entity.mentions.iter().map(|&mention| reading.document.slice(mention));
    let mut own = mentions.chain([entity.name.as_str()]).chain(entity.aliases.iter().map(String::as_str));
    own.any(|own| {
        let own = own.to_lowercase();
        names.iter().any(|name| own.contains(name.as_str()) || name.contains(own.as_str()))
    })
}
