//! How well speakers and actors are linked, on the gold rows of the scenarios: each proper name or title among them is
//! looked for in the report of its row, and the name of the entity that it was linked to must fit.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use watchkeeper_core::actors::ActorBook;
use watchkeeper_core::document::{Capture, PublishedAt};
use watchkeeper_core::flow;
use watchkeeper_core::reading::Reading;

/// A name of a gold row, and what fits it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Named {
    report: String,
    name: String,
    aliases: Vec<String>,
}

/// How a name was linked.
#[derive(Clone, Debug, PartialEq)]
enum Linked {
    /// To an entity of the report that mentions it, under this name; whether the actor book knows it.
    InReport(String, bool),
    /// By the actor book alone, since the report does not have the name in these words.
    ByBook(String),
    /// To nobody.
    Not,
}

/// Prints the share of the names whose linked name fits.
pub fn evaluate(folder: &Path) -> Result<()> {
    let knowledge = watchkeeper::knowledge::load(watchkeeper::knowledge::Own::default())?;
    let annotator = watchkeeper_nlp::Annotator::new()?;
    let (mut all, mut fitting, mut known) = (0u32, 0u32, 0u32);
    let mut ways: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
    for scenario in scenarios(folder)? {
        let file = scenario.join("scenario.json");
        let text =
            std::fs::read_to_string(&file).with_context(|| format!("{}: cannot be read", file.display()))?;
        let gold: Value =
            serde_json::from_str(&text).with_context(|| format!("{}: no JSON", file.display()))?;
        let mut readings: BTreeMap<String, Reading> = BTreeMap::new();
        for report in gold["reports"].as_array().into_iter().flatten() {
            let capture = capture(&scenario, report)?;
            let id = report["id"].as_str().unwrap_or_default().to_owned();
            readings.insert(id, flow::read(capture, &annotator, &knowledge));
        }
        for named in names(&gold) {
            let Some(reading) = readings.get(&named.report) else { continue };
            let linked = link(&named.name, reading, &knowledge.actors);
            let (way, name) = match &linked {
                Linked::InReport(name, in_book) => {
                    known += u32::from(*in_book);
                    ("in the report", name.as_str())
                }
                Linked::ByBook(name) => ("by the actor book", name.as_str()),
                Linked::Not => ("not linked", ""),
            };
            let fits = same_name(name, &named.aliases);
            all += 1;
            fitting += u32::from(fits);
            let row = ways.entry(way).or_default();
            *row = (row.0 + u32::from(fits), row.1 + 1);
            if !fits {
                let scenario = scenario.file_name().unwrap_or_default().to_string_lossy();
                println!("  {scenario} {}: {} {way} {name:?}", named.report, named.name);
            }
        }
    }
    for (way, (right, of)) in ways {
        println!("  {way:18} {right:3} of {of}");
    }
    println!(
        "{all} names, {fitting} linked to a name that fits: {:.3}",
        f64::from(fitting) / f64::from(all.max(1))
    );
    println!("{known} of them to an actor of the book");
    Ok(())
}

fn scenarios(folder: &Path) -> Result<Vec<PathBuf>> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("{}: cannot be listed", folder.display()))?;
    let mut found: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("scenario.json").is_file())
        .collect();
    found.sort();
    Ok(found)
}

/// The report as a reader gets it: the headline is the first line.
fn capture(scenario: &Path, report: &Value) -> Result<Capture> {
    let file = scenario.join(report["file"].as_str().unwrap_or_default());
    let text =
        std::fs::read_to_string(&file).with_context(|| format!("{}: cannot be read", file.display()))?;
    let (title, text) = text.split_once('\n').unwrap_or((&text, ""));
    let published = report["published"].as_str().and_then(|text| text.get(..10)?.parse().ok());
    Ok(Capture {
        title: Some(title.trim().to_owned()),
        text: text.trim_matches('\n').to_owned(),
        published: published.map(PublishedAt::Day),
        source: report["source"].as_str().map(str::to_owned),
        url: report["url"].as_str().map(str::to_owned),
        ..Capture::default()
    })
}

/// The proper names and titles among speakers and actors, once a report.
fn names(gold: &Value) -> BTreeSet<Named> {
    let mut found = BTreeSet::new();
    for row in gold["attributions"].as_array().into_iter().flatten() {
        for side in ["speaker", "actor"] {
            let Some(name) = row[side].as_str().filter(|name| is_proper(name)) else { continue };
            let others = row[format!("{side}_aliases")].as_array().into_iter().flatten();
            let mut aliases = vec![name.to_owned()];
            aliases.extend(others.filter_map(|alias| alias.as_str().map(str::to_owned)));
            let report = row["report"].as_str().unwrap_or_default().to_owned();
            found.insert(Named { report, name: name.to_owned(), aliases });
        }
    }
    found
}

/// Whether it is more than a description: a word of it is written with a capital.
fn is_proper(name: &str) -> bool {
    name.split_whitespace().any(|word| word.chars().next().is_some_and(char::is_uppercase))
}

/// The entity of which a mention is this name; failing that, one whose mention holds it whole or the other way
/// round; failing that, what the book says of the name on the day of the report.
fn link(name: &str, reading: &Reading, book: &ActorBook) -> Linked {
    let wanted = words(name);
    let mut best: Option<(usize, &str, bool)> = None;
    for entity in &reading.entities {
        for &mention in &entity.mentions {
            let said = words(reading.document.slice(mention));
            let rank = if said == wanted {
                2
            } else if !said.is_empty() && (said.is_subset(&wanted) || wanted.is_subset(&said)) {
                1
            } else {
                continue;
            };
            if best.is_none_or(|(known, ..)| rank > known) {
                let in_book = entity.codes.iter().any(|(scheme, _)| scheme == "actor");
                best = Some((rank, &entity.name, in_book));
            }
        }
    }
    if let Some((_, name, in_book)) = best {
        return Linked::InReport(name.to_owned(), in_book);
    }
    let on = reading.document.published.map(PublishedAt::day);
    match book.candidates(name, on).first() {
        Some(candidate) => Linked::ByBook(book.name(candidate.id)),
        None => Linked::Not,
    }
}

/// `words` of the scenarios' `score.py`, as a set.
fn words(name: &str) -> BTreeSet<String> {
    let plain: String =
        name.replace('\u{2019}', "'").nfkd().filter(char::is_ascii).collect::<String>().to_lowercase();
    let plain = (plain + " ").replace("'s ", " ").replace('.', "");
    plain
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .filter(|word| !matches!(*word, "the" | "a" | "an" | "of" | "group" | "mr" | "mrs" | "ms"))
        .map(str::to_owned)
        .collect()
}

/// `same_name` of the scenarios' `score.py`.
fn same_name(name: &str, aliases: &[String]) -> bool {
    let mine = words(name);
    (1..=8).contains(&mine.len())
        && aliases
            .iter()
            .map(|alias| words(alias))
            .any(|alias| !alias.is_empty() && (alias.is_subset(&mine) || mine.is_subset(&alias)))
}
