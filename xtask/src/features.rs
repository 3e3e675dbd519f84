//! Prints what the finding of toponyms looked at, one JSON object a report, for `training/toponyms.py`.

use std::io::{BufRead, Write};
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use watchkeeper_core::analysis::Analysis;
use watchkeeper_core::clean;
use watchkeeper_core::document::{Capture, Document, Passage, PublishedAt};
use watchkeeper_core::knowledge::Knowledge;
use watchkeeper_core::places::{self, Gazetteer, GazetteerFiles};
use watchkeeper_core::read;
use watchkeeper_core::text::CharIndex;
use watchkeeper_nlp::Annotator;

/// Reads reports (`text`, optional `url`, `source`) as JSON lines from standard input; the weights may be another file's.
pub fn toponyms(weights: Option<&Path>) -> Result<()> {
    let gazetteer = gazetteer(weights)?;
    let annotator = Annotator::new()?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let report: Value = serde_json::from_str(&line?).context("a line is no JSON")?;
        let text = |key: &str| report[key].as_str().map(str::to_owned);
        let capture = Capture {
            text: text("text").context("a report without a text")?,
            url: text("url"),
            source: text("source"),
            ..Capture::default()
        };
        let document = clean::clean(capture, &clean::Boilerplate::default());
        let analysis = Analysis::of(&document, &annotator);
        writeln!(out, "{}", considered(&document, &analysis, &gazetteer))?;
    }
    Ok(())
}

/// The candidates for the roles of every incident.
pub fn roles() -> Result<()> {
    each_report(|document, analysis, knowledge| {
        let slice = |&passage: &Passage| document.slice(passage).to_owned();
        let considered = read::consider(document, analysis, knowledge);
        let candidates = considered.iter().map(|one| {
            let phrases: Vec<String> = one.phrases.iter().map(slice).collect();
            json!({"incident": one.incident, "features": one.features, "phrases": phrases})
        });
        json!({"candidates": candidates.collect::<Vec<_>>()})
    })
}

/// Reads reports (`text`, optional `url`, `source`, `published`) as JSON lines from standard input and prints what `look`
/// makes of each.
fn each_report(look: impl Fn(&Document, &Analysis, &Knowledge) -> Value) -> Result<()> {
    let knowledge = watchkeeper::knowledge::load(watchkeeper::knowledge::Own::default())?;
    let annotator = Annotator::new()?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for line in std::io::stdin().lock().lines() {
        let report: Value = serde_json::from_str(&line?).context("a line is no JSON")?;
        let text = |key: &str| report[key].as_str().map(str::to_owned);
        let published = text("published").map(|day| day.parse()).transpose()?.map(PublishedAt::Day);
        let capture = Capture {
            text: text("text").context("a report without a text")?,
            url: text("url"),
            source: text("source"),
            published,
            ..Capture::default()
        };
        let document = clean::clean(capture, &knowledge.boilerplate);
        let analysis = Analysis::of(&document, &annotator);
        let mut found = look(&document, &analysis, &knowledge);
        found["url"] = report["url"].clone();
        writeln!(out, "{found}")?;
    }
    Ok(())
}

fn considered(document: &Document, analysis: &Analysis, gazetteer: &Gazetteer) -> Value {
    let index = CharIndex::new(&document.text);
    let span = |passage: Passage| {
        let chars = index.chars(&document.text, passage.span);
        [chars.start, chars.end]
    };
    let (mentions, names) = places::trace::trace(document, analysis, gazetteer);
    let mentions: Vec<Value> =
        mentions.iter().map(|one| json!({"span": span(one.passage), "clues": one.clues.to_vec()})).collect();
    let names: Vec<Value> = names
        .iter()
        .map(|name| {
            let places: Vec<Value> = name
                .places
                .iter()
                .map(|place| json!({"lat": place.lat, "lon": place.lon, "clues": place.clues.to_vec()}))
                .collect();
            json!({"mentions": name.mentions.iter().map(|&at| span(at)).collect::<Vec<_>>(), "places": places})
        })
        .collect();
    let found: Vec<Value> = places::find(document, analysis, gazetteer)
        .iter()
        .map(|place| {
            json!({
                "span": span(place.mention), "text": document.slice(place.mention), "name": place.name,
                "country": place.country.map(|country| country.as_str().to_owned()), "admin1": place.admin1,
                "point": place.point.map(|(lat, lon)| [lat, lon]),
            })
        })
        .collect();
    json!({"mentions": mentions, "names": names, "places": found})
}

/// The gazetteer as the program embeds it, read from the work tree.
fn gazetteer(weights: Option<&Path>) -> Result<Gazetteer> {
    let root = crate::workspace_root();
    let index = std::fs::read(root.join("models/gazetteer.bin"))?;
    let mut tables: Vec<(String, String)> = Vec::new();
    for entry in std::fs::read_dir(root.join("knowledge/places"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "tsv") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            tables.push((name, std::fs::read_to_string(&path)?));
        }
    }
    tables.sort();
    let tables: Vec<(&str, &str)> =
        tables.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let default = root.join("models/toponyms.tsv");
    let weights = std::fs::read_to_string(weights.unwrap_or(&default))?;
    let read = |path: &str| std::fs::read_to_string(root.join(path)).with_context(|| path.to_owned());
    Ok(Gazetteer::load(&GazetteerFiles {
        index: Box::leak(index.into_boxed_slice()),
        tables: &tables,
        words: &read("knowledge/places/words.toml")?,
        demonyms: &read("knowledge/places/demonyms.toml")?,
        weights: &weights,
    })?)
}
