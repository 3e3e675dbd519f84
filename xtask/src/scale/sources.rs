//! The texts that the stream is made of: wires of MUC-4, one a story, and the stories of ECB+, several reports each.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};
use jiff::Timestamp;
use watchkeeper::pipeline::{self, Pipeline};
use watchkeeper::{knowledge, ordered, versions};
use watchkeeper_core::document::{Capture, PublishedAt};
use watchkeeper_store::NewVersion;

use super::stream::READ_ON;
use crate::link;

/// Reads every text once; the reports of each story.
///
/// # Errors
/// Where the texts are not there.
pub fn read(folder: &Path) -> Result<Vec<Vec<NewVersion>>> {
    let mut texts = wires(&folder.join("muc4/dev"))?;
    texts.extend(accounts(&folder.join("ecbplus/topics"))?);
    let pipeline = Pipeline::new(knowledge::load(knowledge::Own::default())?)?;
    let mut stories: BTreeMap<String, Vec<NewVersion>> = BTreeMap::new();
    ordered::map(
        pipeline::threads(None),
        move |give| {
            for text in texts {
                if give(text).is_break() {
                    return;
                }
            }
        },
        move |(story, text)| {
            let published = Some(PublishedAt::Day(READ_ON));
            (story, pipeline.read(Capture { text, published, ..Capture::default() }))
        },
        |(story, reading)| {
            let identity = format!("{story}#{}", reading.document.text.len());
            let version = versions::of(&reading, &identity, &[], Timestamp::UNIX_EPOCH)?;
            stories.entry(story).or_default().extend(version);
            Ok(())
        },
    )?;
    Ok(stories.into_values().collect())
}

fn files(folder: &Path) -> Result<Vec<std::path::PathBuf>> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("{}: cannot be listed", folder.display()))?;
    let mut paths = entries.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

fn wires(folder: &Path) -> Result<Vec<(String, String)>> {
    let mut texts = Vec::new();
    let is_wires =
        |path: &Path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("dev-muc3-"));
    for path in files(folder)?.into_iter().filter(|path| is_wires(path)) {
        // Latin-1: a byte is a character.
        let held: String = std::fs::read(&path)?.into_iter().map(char::from).collect();
        for wire in held.split("DEV-MUC3-").skip(1) {
            let Some((head, body)) = wire.split_once('\n') else { continue };
            let paragraphs: Vec<String> = body
                .split("\n\n")
                .map(|paragraph| paragraph.split_whitespace().collect::<Vec<_>>().join(" "))
                .filter(|paragraph| !paragraph.is_empty())
                .collect();
            texts.push((format!("wire {}", head.trim()), paragraphs.join("\n\n")));
        }
    }
    Ok(texts)
}

fn accounts(folder: &Path) -> Result<Vec<(String, String)>> {
    let mut texts = Vec::new();
    for topic in files(folder)?.into_iter().filter(|path| path.is_dir()) {
        for path in
            files(&topic)?.into_iter().filter(|path| path.extension().is_some_and(|ending| ending == "xml"))
        {
            let name = path.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let (_, event) =
                name.split_at(name.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(name.len()));
            let topic = topic.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            texts.push((format!("account {topic} {event}"), link::text(&std::fs::read_to_string(&path)?)));
        }
    }
    Ok(texts)
}
