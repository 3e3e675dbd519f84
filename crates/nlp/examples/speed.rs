//! Annotates the texts of an answers file of `training/oracle.py` on one thread and prints tokens per second:
//! `speed ANSWERS.jsonl`. `training/speed.sh` sets it beside the Python package.

use std::time::Instant;

use serde_json::Value;
use watchkeeper_core::analysis::Annotate;
use watchkeeper_nlp::Annotator;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: speed ANSWERS.jsonl")?;
    let answers = std::fs::read_to_string(path)?;
    let answers: Vec<Value> = answers.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let texts: Vec<&str> = answers.iter().filter_map(|answer| answer["text"].as_str()).collect();
    let started = Instant::now();
    let annotator = Annotator::new()?.without_recasing();
    let load_ms = started.elapsed().as_secs_f64() * 1e3;
    let started = Instant::now();
    let tokens: usize =
        texts.chunks(64).flat_map(|chunk| annotator.annotate(chunk)).map(|p| p.tokens.len()).sum();
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "loaded in {load_ms:.1} ms; {tokens} tokens in {seconds:.2} s: {:.0} tokens/s",
        tokens as f64 / seconds
    );
    Ok(())
}
