//! How well feeds are read, on the well-formed cases of feedparser's own tests.
//!
//! A case counts where its expectation concerns what is kept of a feed: titles, links, ids, times, contents, summaries,
//! authors, languages, base addresses. What is kept as HTML is compared by its words and, since only words go into a
//! report, by the addresses in it, which this evaluation resolves against the base that the reader found. The reader is
//! the one of `watchkeeper ingest`.

mod expectation;
mod kept;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use watchkeeper_ingest::address::resolve;
use watchkeeper_ingest::feed::{self, Feed, Markup, Text};
use watchkeeper_ingest::{Sent, html};

use expectation::{Condition, Operand, Step};
use kept::Found;

/// Where the tests of feedparser serve their cases.
const SERVER: &str = "http://127.0.0.1:8097";

/// Prints the figures and every case that fails.
///
/// # Errors
/// Where the cases cannot be read.
pub fn evaluate(folder: &Path) -> Result<()> {
    let root = folder.join("tests/wellformed");
    let mut files = Vec::new();
    gather(&root, &mut files)?;
    let mut groups: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    let mut failures = Vec::new();
    let mut unread = Vec::new();
    for file in &files {
        let name = file.strip_prefix(&root).unwrap_or(file);
        let group = name.iter().next().map(|group| group.to_string_lossy().into_owned()).unwrap_or_default();
        let [passed, failed, apart] = groups.entry(group).or_default();
        match judge(file)? {
            Verdict::Passed => *passed += 1,
            Verdict::Apart => *apart += 1,
            Verdict::Unread => unread.push(name.display().to_string()),
            Verdict::Failed(why) => {
                *failed += 1;
                let name = name.display().to_string();
                let reason = REASONS.iter().find(|(part, _)| name.contains(part));
                failures.push(match reason {
                    Some((_, reason)) => format!("{name}: {reason}"),
                    None => format!("{name}: {why}"),
                });
            }
        }
    }
    let mut all = [0; 3];
    for (group, counts) in &groups {
        print(group, *counts);
        all.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    }
    print("all", all);
    println!();
    failures.iter().for_each(|failure| println!("{failure}"));
    println!("\nnot judged, for their expectations are not read here: {}", unread.join(", "));
    Ok(())
}

fn print(group: &str, [passed, failed, apart]: [usize; 3]) {
    let all = passed + failed;
    let percent =
        if all == 0 { String::new() } else { format!("{:5.1} %", 100.0 * passed as f64 / all as f64) };
    println!("{group:16} {passed:5} of {all:5}  {percent:8} {apart:5} concern nothing that is kept");
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let entries =
        std::fs::read_dir(folder).with_context(|| format!("{}: cannot be listed", folder.display()))?;
    let mut inside = entries.map(|entry| entry.map(|entry| entry.path())).collect::<Result<Vec<_>, _>>()?;
    inside.sort();
    for path in inside {
        if path.is_dir() {
            gather(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

/// Why cases fail that are to fail, by a part of their names.
const REASONS: [(&str, &str); 11] = [
    ("_crazy", "feedparser takes a part of a script for words; browsers and this reader do not"),
    ("iframe", "what stands inside an iframe is no text of the page (HTML standard)"),
    ("_object", "an object that is never closed holds the rest"),
    ("item_media_title1", "titles of pictures and films are no headlines"),
    ("div_escaped_markup", "by the standard these words are meant literally"),
    ("missing_quote_in_attr", "the words are right; the address in broken markup is read as it stands"),
    ("atomxlink", "a link inside a drawing is none that is kept"),
    ("not_a_doctype", "browsers take <! for a comment"),
    ("unexpected_character", "browsers take <! for a comment"),
    ("nested_cdata", "browsers take <! for a comment"),
    ("malicious_comment", "browsers take the comment to be open to the end"),
];

enum Verdict {
    Passed,
    Failed(String),
    /// It concerns nothing that is kept.
    Apart,
    /// Its expectation is beyond what is read of Python here.
    Unread,
}

fn judge(file: &Path) -> Result<Verdict> {
    let bytes = std::fs::read(file)?;
    let text = String::from_utf8_lossy(&bytes);
    let field = |name: &str| text.lines().find_map(|line| line.trim().strip_prefix(name)).map(str::trim);
    let Some(written) = field("Expect:") else { return Ok(Verdict::Apart) };
    let Some(condition) = expectation::parse(written) else { return Ok(Verdict::Unread) };
    if !concerns_what_is_kept(&condition) {
        return Ok(Verdict::Apart);
    }
    let feed = match feed::read(&bytes, &sent(file, &text)) {
        Ok((feed, _)) => feed,
        Err(reason) => return Ok(Verdict::Failed(reason.to_string())),
    };
    Ok(match check(&condition, &feed) {
        Ok(()) => Verdict::Passed,
        Err(why) => Verdict::Failed(why),
    })
}

/// What the server would send with a case; the cases that need none are read from the disk.
fn sent(file: &Path, text: &str) -> Sent {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    if !name.contains("http") && !file.parent().is_some_and(|folder| folder.ends_with("http")) {
        return Sent::default();
    }
    let headers: Vec<(String, String)> = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("Header:")?.split_once(':'))
        .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
        .collect();
    Sent::by_http(&format!("{SERVER}/{name}"), &headers)
}

/// Whether any part looks at what is kept, and no part at anything else.
fn concerns_what_is_kept(condition: &Condition) -> bool {
    let mut paths = Vec::new();
    collect(condition, &mut paths);
    paths.retain(|path| !is_bozo(path));
    let nothing = Feed::default();
    !paths.is_empty() && paths.iter().all(|path| !matches!(kept::look_up(&nothing, path), Found::NotKept))
}

fn is_bozo(path: &[Step]) -> bool {
    matches!(path, [Step::Name(name)] if name == "bozo")
}

fn collect<'a>(condition: &'a Condition, paths: &mut Vec<&'a [Step]>) {
    let mut add = |operand: &'a Operand| {
        if let Operand::Path(path) = operand {
            paths.push(path);
        }
    };
    match condition {
        Condition::Equal(sides) => sides.iter().for_each(add),
        Condition::Holds(operand) => add(operand),
        Condition::Not(inner) => collect(inner, paths),
        Condition::And(parts) | Condition::Or(parts) => parts.iter().for_each(|part| collect(part, paths)),
    }
}

/// Why a condition does not hold.
fn check(condition: &Condition, feed: &Feed) -> Result<(), String> {
    match condition {
        Condition::And(parts) => parts.iter().try_for_each(|part| check(part, feed)),
        Condition::Or(parts) => {
            let mut failures = parts.iter().map(|part| check(part, feed)).collect::<Vec<_>>();
            if failures.iter().any(Result::is_ok) { Ok(()) } else { failures.swap_remove(0) }
        }
        Condition::Not(inner) => match check(inner, feed) {
            Ok(()) => Err(feed.fault.clone().unwrap_or_else(|| format!("it holds: {inner:?}"))),
            Err(_) => Ok(()),
        },
        Condition::Holds(Operand::Path(path)) if is_bozo(path) => {
            if feed.fault.is_some() {
                Ok(())
            } else {
                Err("no fault was found".to_owned())
            }
        }
        Condition::Holds(Operand::Path(path)) => match kept::look_up(feed, path) {
            Found::NotKept | Found::Absent => Err(format!("there is no {path:?}")),
            Found::Words(_) | Found::Exact(_) | Found::Time(_) => Ok(()),
        },
        Condition::Holds(operand) => Err(format!("{operand:?} is no condition")),
        Condition::Equal(sides) => {
            let (paths, wanted): (Vec<_>, Vec<_>) =
                sides.iter().partition(|side| matches!(side, Operand::Path(_)));
            let paths = paths.into_iter().filter_map(|side| match side {
                Operand::Path(path) => Some(path),
                Operand::Text(_) | Operand::Number(_) | Operand::Numbers(_) | Operand::None => None,
            });
            let Some(wanted) = wanted.first() else { return Err("nothing to compare with".to_owned()) };
            paths.into_iter().try_for_each(|path| equal(kept::look_up(feed, path), wanted))
        }
    }
}

fn equal(found: Found<'_>, wanted: &Operand) -> Result<(), String> {
    let (fits, shown) = match (&found, wanted) {
        (Found::Words(text), Operand::Text(wanted)) => (same_text(text, wanted), text.value.clone()),
        (Found::Exact(text), Operand::Text(wanted)) => (text == wanted, text.clone()),
        (Found::Time(time), Operand::Text(wanted)) => (time.written == *wanted, time.written.clone()),
        (Found::Time(time), Operand::Numbers(wanted)) => {
            let numbers = kept::numbers(time);
            (numbers.is_some_and(|numbers| wanted.starts_with(&numbers)), format!("{numbers:?}"))
        }
        // Empty and absent are the same to a report.
        (Found::Absent, Operand::Text(wanted)) => (wanted.is_empty(), "nothing".to_owned()),
        (Found::Absent, Operand::None) => (true, String::new()),
        (Found::Exact(text), _) => (false, text.clone()),
        _ => (false, "nothing that compares".to_owned()),
    };
    if fits { Ok(()) } else { Err(format!("{shown:?} was read for {wanted:?}")) }
}

/// Plain text as it stands; HTML by its words and its addresses.
fn same_text(found: &Text, wanted: &str) -> bool {
    match found.markup {
        Markup::Plain => found.value.trim() == wanted.trim(),
        Markup::Html => {
            words(&found.value) == words(wanted)
                && addresses(&found.value, found.base.as_deref()) == addresses(wanted, None)
        }
    }
}

fn words(piece: &str) -> Vec<String> {
    html::text(piece).split_whitespace().map(str::to_owned).collect()
}

/// The pages that a piece of HTML links to.
fn addresses(piece: &str, base: Option<&str>) -> Vec<String> {
    let links = piece.split("<a href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let links = links.map(|link| resolve(base, &link.replace("&amp;", "&")));
    links.filter(|link| link.starts_with("http")).collect()
}
