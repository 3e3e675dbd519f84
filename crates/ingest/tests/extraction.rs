//! Article bodies of 181 news pages against what people marked: the 4-word shingle F1 of the article-extraction-benchmark.

use std::collections::HashMap;
use std::io::Read;
use std::path::PathBuf;

use flate2::read::GzDecoder;
use watchkeeper_core::clean::Boilerplate;
use watchkeeper_ingest::{Defaults, captures};

/// The pages whose errors were looked at while the rules were written; the rest was only ever scored.
fn was_looked_at(page: &str) -> bool {
    page.starts_with(|c: char| ('0'..='7').contains(&c))
}

fn pages() -> Option<PathBuf> {
    let shared = std::env::var_os("WATCHKEEPER_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared")),
        PathBuf::from,
    );
    Some(shared.join("data/extraction")).filter(|folder| folder.is_dir())
}

type Shingles<'a> = HashMap<Vec<&'a str>, usize>;

fn shingles(text: &str) -> Shingles<'_> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty()).collect();
    let mut found = Shingles::new();
    for start in 0..words.len().saturating_sub(3).max(usize::from(!words.is_empty())) {
        *found.entry(words[start..words.len().min(start + 4)].to_vec()).or_default() += 1;
    }
    found
}

/// Means of precision and recall, and their harmonic mean.
fn f1(scores: &[(f64, f64)]) -> f64 {
    let mean = |values: Vec<f64>| values.iter().sum::<f64>() / values.len() as f64;
    let precision = mean(scores.iter().map(|score| score.0).filter(|p| !p.is_nan()).collect());
    let recall = mean(scores.iter().map(|score| score.1).filter(|r| !r.is_nan()).collect());
    2.0 * precision * recall / (precision + recall)
}

#[test]
fn article_bodies_are_found_on_pages_never_looked_at_too() {
    let Some(folder) = pages() else {
        println!("skipped: ../shared/data/extraction is not there");
        return;
    };
    let rules = include_str!("../../../knowledge/boilerplate/english.toml");
    let book = Boilerplate::parse([("english.toml", rules)]).expect("the rules load");
    let truth = std::fs::read_to_string(folder.join("ground-truth.json")).expect("the truth");
    let truth: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&truth).expect("JSON");
    let (mut seen, mut unseen) = (Vec::new(), Vec::new());
    for (page, wanted) in &truth {
        let packed =
            std::fs::File::open(folder.join("html").join(format!("{page}.html.gz"))).expect("a page");
        let mut bytes = Vec::new();
        GzDecoder::new(packed).read_to_end(&mut bytes).expect("gzip");
        let found =
            captures(&bytes[..], &Defaults::default(), &book).next().and_then(Result::ok).unwrap_or_default();
        let (found, wanted) = (shingles(&found.text), shingles(wanted["articleBody"].as_str().unwrap_or("")));
        let hits: usize =
            found.iter().map(|(shingle, count)| wanted.get(shingle).copied().unwrap_or(0).min(*count)).sum();
        let share = |all: &Shingles<'_>| hits as f64 / all.values().sum::<usize>() as f64;
        let score = (share(&found), share(&wanted));
        if was_looked_at(page) { seen.push(score) } else { unseen.push(score) }
    }
    println!("article body F1: looked at {:.4}, never looked at {:.4}", f1(&seen), f1(&unseen));
    assert!(f1(&seen) >= 0.965 && f1(&unseen) >= 0.965);
}
