//! The codebook: docs/codebook.md, made of the frames and their examples.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Context, Result};
use toml::{Table, Value};

/// The files of frames with the heading under which they stand, in the order of the page.
const FILES: [(&str, &str); 10] = [
    ("frames/incidents.toml", "Incidents"),
    ("frames/course.toml", "What an incident did, how far it came, how it is put"),
    ("frames/attributions.toml", "Speech acts about responsibility"),
    ("frames/responsibility.toml", "Who did it"),
    ("frames/casualties.toml", "Counts"),
    ("frames/warnings.toml", "Warnings"),
    ("frames/threats.toml", "Threats and vows"),
    ("events/cooperation.toml", "Political events that bring actors together"),
    ("events/demands.toml", "Political events in words between adversaries"),
    ("events/conflict.toml", "Political events in deeds between adversaries"),
];

const HEAD: &str = "# Codebook

What the reader recognises and how it is put into words. This page is made of `knowledge/frames` and `knowledge/events` by
`cargo xtask build codebook`; edit those files, not this page. In a pattern, words in capitals are roles, other words are
dictionary forms with their alternatives, and what stands in brackets may be missing.
";

/// Writes the page, or with `check` says whether it is as it should be.
///
/// # Errors
/// Where a file cannot be read or understood, or the page differs when it is only checked.
pub fn build(check: bool) -> Result<()> {
    let root = crate::workspace_root();
    let page = page(&root.join("knowledge"))?;
    let file = root.join("docs/codebook.md");
    if check {
        let there = std::fs::read_to_string(&file).with_context(|| file.display().to_string())?;
        anyhow::ensure!(
            there == page,
            "docs/codebook.md: is not made of the frames; run cargo xtask build codebook"
        );
        return Ok(());
    }
    std::fs::write(&file, page).with_context(|| file.display().to_string())
}

fn page(knowledge: &Path) -> Result<String> {
    let mut page = HEAD.to_owned();
    for (file, heading) in FILES {
        let text = std::fs::read_to_string(knowledge.join(file)).with_context(|| file.to_owned())?;
        let table: Table = text.parse().with_context(|| file.to_owned())?;
        let _ = write!(page, "\n## {heading}\n");
        for frame in table.get("frame").and_then(Value::as_array).into_iter().flatten() {
            one(&mut page, frame);
        }
    }
    examples(&mut page, &knowledge.join("frames/examples"))?;
    Ok(page)
}

fn one(page: &mut String, frame: &Value) {
    let text = |key: &str| frame.get(key).and_then(Value::as_str).unwrap_or_default();
    let list =
        |key: &str| frame.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let _ = write!(page, "\n### `{}`\n\n{}\n\n", text("id"), text("doc"));
    for key in ["type", "stage", "stance", "measure", "modality", "event", "mode", "needs"] {
        if !text(key).is_empty() {
            let _ = writeln!(page, "- {key}: {}", text(key));
        }
    }
    for (key, what) in [("patterns", "verbs"), ("nouns", "nouns")] {
        for pattern in list(key) {
            let _ = writeln!(page, "- {what}: `{pattern}`");
        }
    }
    let unless: Vec<&str> = list("unless").collect();
    if !unless.is_empty() {
        let _ = writeln!(page, "- not with: {}", unless.join(", "));
    }
    for example in frame.get("example").and_then(Value::as_array).into_iter().flatten() {
        let text = example.get("text").and_then(Value::as_str).unwrap_or_default();
        let reads = example.get("reads").and_then(Value::as_array).into_iter().flatten();
        let reads: Vec<&str> = reads.filter_map(Value::as_str).collect();
        let reads = if reads.is_empty() { "nothing".to_owned() } else { reads.join("; ") };
        let _ = writeln!(page, "\n> {text}\n>\n> reads {reads}");
    }
}

/// How many examples there are of each kind.
fn examples(page: &mut String, folder: &Path) -> Result<()> {
    let _ = write!(page, "\n## Examples\n\nIn `knowledge/frames/examples`, all of them tests.\n\n");
    let _ = write!(page, "| table | facts | examples | that tell nothing |\n| --- | --- | --- | --- |\n");
    let mut paths: Vec<_> =
        std::fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    paths.sort();
    for path in paths {
        let text = std::fs::read_to_string(&path)?;
        let kind = text.lines().find_map(|line| line.strip_prefix("# kind: ")).unwrap_or_default();
        let rows = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let (all, none) =
            rows.fold((0, 0), |(all, none), row| (all + 1, none + u32::from(row.starts_with("-\t"))));
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let _ = writeln!(page, "| {name} | {kind} | {all} | {none} |");
    }
    Ok(())
}
