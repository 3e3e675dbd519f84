//! How well reports are linked to incidents, on ECB+: B-cubed (Bagga and Baldwin 1998) beside TF-IDF cosine.
//!
//! Each document is a report; the gold cluster is the sub-event of its topic, which the file's name tells. Only topics
//! whose documents report violence, accidents or disasters count.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use anyhow::{Context, Result};
use jiff::Timestamp;
use watchkeeper::pipeline::Pipeline;
use watchkeeper::{knowledge, versions};
use watchkeeper_core::document::Capture;
use watchkeeper_core::reading::{IncidentType, Modality, Stage};
use watchkeeper_core::resolve::facts::IncidentFact;
use watchkeeper_core::resolve::join::Joined;
use watchkeeper_core::resolve::ledger::Ledger;
use watchkeeper_core::resolve::version::Version;

/// Topics of violence, accidents and disasters: escape after murders, a bomb at a bank, piracy, arson of a church, a
/// burnt supermarket, shootings, riots, earthquakes, hit-and-run, climbing accidents, armed robbery, a death in jail,
/// cut cables.
const TOPICS: [u32; 17] = [3, 8, 12, 13, 14, 16, 18, 19, 20, 21, 22, 23, 24, 26, 30, 32, 33];

struct Report {
    name: String,
    topic: u32,
    gold: String,
    text: String,
}

/// In so many orders the reports are linked, besides the one in which they stand: they bear no time, and a figure that
/// hangs on one order says little.
const ORDERS: usize = 24;

/// Prints the figures.
///
/// # Errors
/// Where the documents cannot be read.
pub fn evaluate(folder: &Path) -> Result<()> {
    let reports = reports(folder)?;
    let gold: Vec<&str> = reports.iter().map(|report| report.gold.as_str()).collect();
    let (versions, with_incident) = versions(&reports)?;
    println!(
        "{} reports, {} sub-events, topics {TOPICS:?}; an incident is read in {with_incident}",
        reports.len(),
        gold.iter().collect::<BTreeSet<_>>().len()
    );
    let orders: Vec<Vec<usize>> = (1..=ORDERS).map(|seed| shuffled(reports.len(), seed as u64)).collect();
    let said = linked(&reports, versions.clone());
    let in_orders: Vec<Vec<String>> =
        orders.iter().map(|order| linked(&reports, reordered(&versions, order))).collect();
    let halves = [("linking", None), ("  odd topics", Some(1)), ("  even topics", Some(0))];
    for (half, wanted) in halves {
        let picked: Vec<usize> = (0..reports.len())
            .filter(|&at| wanted.is_none_or(|wanted| reports[at].topic % 2 == wanted))
            .collect();
        let gold: Vec<&str> = picked.iter().map(|&at| gold[at]).collect();
        let score = |said: &Vec<String>| {
            let said: Vec<&String> = picked.iter().map(|&at| &said[at]).collect();
            b_cubed(&gold, &said)
        };
        print(half, score(&said), &in_orders.iter().map(score).collect::<Vec<_>>());
    }
    let vectors = tf_idf(&reports);
    let (threshold, best) = best_of_cosine(&vectors, &gold);
    let in_orders: Vec<[f64; 3]> = orders
        .iter()
        .map(|order| {
            let vectors: Vec<&Vector> = order.iter().map(|&at| &vectors[at]).collect();
            let gold: Vec<&str> = order.iter().map(|&at| gold[at]).collect();
            b_cubed(&gold, &clustered(&vectors, threshold))
        })
        .collect();
    print(&format!("TF-IDF cosine at {threshold:.2}"), best, &in_orders);
    Ok(())
}

fn print(what: &str, [precision, recall, f1]: [f64; 3], in_orders: &[[f64; 3]]) {
    let mean =
        |part: usize| in_orders.iter().map(|figures| figures[part]).sum::<f64>() / in_orders.len() as f64;
    let least = in_orders.iter().map(|figures| figures[2]).fold(f64::INFINITY, f64::min);
    let most = in_orders.iter().map(|figures| figures[2]).fold(0.0, f64::max);
    println!(
        "{what:22} B-cubed P {precision:.3} R {recall:.3} F1 {f1:.3}; in {} orders P {:.3} R {:.3} F1 {:.3} \
         ({least:.3} to {most:.3})",
        in_orders.len(),
        mean(0),
        mean(1),
        mean(2)
    );
}

/// A permutation of so many (Fisher and Yates), the same for the same seed.
fn shuffled(count: usize, seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut state = seed;
    for last in (1..count).rev() {
        // SplitMix64 (Steele, Lea and Flood, 2014).
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut number = state;
        number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        order.swap(last, ((number ^ (number >> 31)) % (last as u64 + 1)) as usize);
    }
    order
}

/// Versions of one time stand in the order of their ids, so other ids make another order.
fn reordered(versions: &[Version], order: &[usize]) -> Vec<Version> {
    let renamed = versions.iter().zip(order).map(|(version, place)| {
        let mut version = version.clone();
        version.id = format!("{place:08x}{:056}", 0).into();
        version
    });
    renamed.collect()
}

fn reports(folder: &Path) -> Result<Vec<Report>> {
    let mut reports = Vec::new();
    for topic in TOPICS {
        let inside = folder.join("topics").join(topic.to_string());
        let entries =
            std::fs::read_dir(&inside).with_context(|| format!("{}: cannot be listed", inside.display()))?;
        for entry in entries {
            let path = entry?.path();
            let Some(name) = path.file_stem().and_then(|name| name.to_str()) else { continue };
            let kind = name.trim_start_matches(|c: char| c.is_ascii_digit() || c == '_');
            if path.extension().is_some_and(|ending| ending == "xml") && matches!(kind, "ecb" | "ecbplus") {
                let text = text(&std::fs::read_to_string(&path)?);
                reports.push(Report { name: name.to_owned(), topic, gold: format!("{topic}{kind}"), text });
            }
        }
    }
    reports.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(reports)
}

/// The sentences of a document, one a paragraph, without those that are addresses.
pub fn text(xml: &str) -> String {
    let mut sentences: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for token in xml.split("<token ").skip(1) {
        let number = token.split("sentence=\"").nth(1).and_then(|rest| rest.split('"').next()?.parse().ok());
        let word = token.split('>').nth(1).and_then(|rest| rest.split("</token").next());
        if let (Some(number), Some(word)) = (number, word) {
            let word =
                word.replace("&quot;", "\"").replace("&apos;", "'").replace("&lt;", "<").replace("&gt;", ">");
            sentences.entry(number).or_default().push(word.replace("&amp;", "&"));
        }
    }
    let lines = sentences.into_values().map(|words| joined(&words)).filter(|line| !line.starts_with("http"));
    lines.collect::<Vec<_>>().join("\n\n")
}

/// Tokens as running text: no space before closing marks nor after opening ones.
fn joined(words: &[String]) -> String {
    let mut line = String::new();
    for word in words {
        let closes =
            matches!(word.as_str(), "." | "," | ";" | ":" | "!" | "?" | ")" | "%" | "'s" | "n't" | "''");
        if !line.is_empty() && !closes && !line.ends_with(['(', '`', '$']) {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// What each report contributes to the record, cut down to its news, and in how many an incident was read at all.
///
/// What is measured is linking, so a report in which no incident was read takes part with an event of which nothing is
/// known but the report's wording.
fn versions(reports: &[Report]) -> Result<(Vec<Version>, usize)> {
    let pipeline = Pipeline::new(knowledge::load(knowledge::Own::default())?)?;
    let mut with_incident = 0;
    let mut versions: Vec<Version> = Vec::new();
    for report in reports {
        let capture =
            Capture { url: Some(report.name.clone()), text: report.text.clone(), ..Capture::default() };
        let reading = pipeline.read(capture);
        let Some(new) = versions::of(&reading, &report.name, &[], Timestamp::UNIX_EPOCH)? else { continue };
        let mut version = new.version;
        let news = version.facts.incidents.iter().position(|incident| !incident.background);
        match news {
            Some(news) => {
                with_incident += 1;
                version.facts.incidents.swap(0, news);
            }
            None => version.facts.incidents.insert(0, unread()),
        }
        version.facts.incidents.truncate(1);
        version.facts.attributions.retain(|act| Some(act.incident) == news);
        version.facts.attributions.iter_mut().for_each(|act| act.incident = 0);
        version.facts.casualties.retain(|count| Some(count.incident) == news);
        version.facts.casualties.iter_mut().for_each(|count| count.incident = 0);
        versions.push(version);
    }
    Ok((versions, with_incident))
}

/// The incident of the record that each report's news is, as it stands once all are known.
fn linked(reports: &[Report], versions: Vec<Version>) -> Vec<String> {
    let ledger = Ledger::of(versions);
    let identities: HashMap<&str, &str> =
        ledger.versions.iter().map(|version| (version.id.as_str(), version.identity.as_str())).collect();
    let joined = Joined::by(&ledger.joins, Timestamp::MAX);
    let found: HashMap<&str, &str> = ledger
        .assignments
        .iter()
        .map(|a| (identities[a.version.as_str()], joined.root(&a.incident)))
        .collect();
    reports.iter().map(|report| found.get(report.name.as_str()).unwrap_or(&"").to_string()).collect()
}

fn unread() -> IncidentFact {
    IncidentFact {
        kind: IncidentType::Unknown,
        stage: Stage::Accomplished,
        modality: Modality::Asserted,
        date: None,
        place: None,
        targets: Vec::new(),
        victims: Vec::new(),
        weapons: Vec::new(),
        perpetrators: Vec::new(),
        background: false,
        evidence: Vec::new(),
    }
}

fn b_cubed<A: PartialEq, B: PartialEq>(gold: &[A], said: &[B]) -> [f64; 3] {
    let (mut precision, mut recall) = (0.0, 0.0);
    for one in 0..gold.len() {
        let (mut both, mut in_gold, mut in_said) = (0.0, 0.0, 0.0);
        for other in 0..gold.len() {
            let (g, s) = (gold[one] == gold[other], said[one] == said[other]);
            both += f64::from(u8::from(g && s));
            in_gold += f64::from(u8::from(g));
            in_said += f64::from(u8::from(s));
        }
        precision += both / in_said;
        recall += both / in_gold;
    }
    let count = gold.len() as f64;
    let (precision, recall) = (precision / count, recall / count);
    [precision, recall, 2.0 * precision * recall / (precision + recall)]
}

/// Single-pass clustering by cosine to the mean of a cluster, with the threshold that does best on these reports.
fn best_of_cosine(vectors: &[Vector], gold: &[&str]) -> (f64, [f64; 3]) {
    let vectors: Vec<&Vector> = vectors.iter().collect();
    (5..60)
        .map(|hundredth| {
            let threshold = f64::from(hundredth) / 100.0;
            (threshold, b_cubed(gold, &clustered(&vectors, threshold)))
        })
        .max_by(|a, b| a.1[2].total_cmp(&b.1[2]))
        .unwrap_or((0.0, [0.0; 3]))
}

type Vector = HashMap<String, f64>;

fn tf_idf(reports: &[Report]) -> Vec<Vector> {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 1).map(str::to_lowercase).collect()
    };
    let mut documents: HashMap<String, f64> = HashMap::new();
    let counts: Vec<Vector> = reports
        .iter()
        .map(|report| {
            let mut counts = Vector::new();
            words(&report.text).into_iter().for_each(|word| *counts.entry(word).or_default() += 1.0);
            counts.keys().for_each(|word| *documents.entry(word.clone()).or_default() += 1.0);
            counts
        })
        .collect();
    let total = reports.len() as f64;
    counts
        .into_iter()
        .map(|mut vector| {
            for (word, count) in &mut vector {
                *count = (1.0 + count.ln()) * (total / documents[word]).ln();
            }
            let length = vector.values().map(|w| w * w).sum::<f64>().sqrt();
            vector.values_mut().for_each(|weight| *weight /= length);
            vector
        })
        .collect()
}

fn clustered(vectors: &[&Vector], threshold: f64) -> Vec<usize> {
    let mut clusters: Vec<(Vector, f64)> = Vec::new();
    vectors
        .iter()
        .map(|vector| {
            let cosine = |(sum, _): &(Vector, f64)| {
                let dot: f64 = vector.iter().filter_map(|(word, w)| sum.get(word).map(|s| s * w)).sum();
                dot / sum.values().map(|s| s * s).sum::<f64>().sqrt()
            };
            let best = clusters.iter().map(cosine).enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
            match best {
                Some((cluster, likeness)) if likeness >= threshold => {
                    let (sum, size) = &mut clusters[cluster];
                    vector.iter().for_each(|(word, weight)| *sum.entry(word.clone()).or_default() += weight);
                    *size += 1.0;
                    cluster
                }
                _ => {
                    clusters.push(((*vector).clone(), 1.0));
                    clusters.len() - 1
                }
            }
        })
        .collect()
}
