//! Compares with the answers of `training/oracle.py`: `agreement ANSWERS.jsonl`; prints shares of agreement and the
//! first differences.

use std::time::Instant;

use serde_json::Value;
use watchkeeper_core::analysis::Annotate;
use watchkeeper_nlp::Annotator;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).ok_or("usage: agreement ANSWERS.jsonl")?;
    let most = std::env::args().nth(2).and_then(|n| n.parse().ok()).unwrap_or(0);
    let answers: Vec<Value> =
        std::fs::read_to_string(path)?.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let texts: Vec<&str> = answers.iter().map(|a| a["text"].as_str().unwrap_or("")).collect();
    let started = Instant::now();
    let annotator = Annotator::new()?;
    eprintln!("loaded in {:.1} ms", started.elapsed().as_secs_f64() * 1e3);
    let started = Instant::now();
    let parsed: Vec<_> = texts.chunks(16).flat_map(|chunk| annotator.annotate(chunk)).collect();
    let seconds = started.elapsed().as_secs_f64();
    let count: usize = parsed.iter().map(|p| p.tokens.len()).sum();
    eprintln!("{count} tokens in {seconds:.2} s: {:.0} tokens/s", count as f64 / seconds);

    let (mut same, mut gold, mut aligned) = ([0usize; 6], 0usize, 0usize);
    let (mut name_hits, mut names_said, mut names_gold) = (0, 0, 0);
    let mut shown = 0;
    for (answer, parsed) in answers.iter().zip(&parsed) {
        let text = answer["text"].as_str().unwrap_or("");
        let wanted = answer["tokens"].as_array().ok_or("tokens")?;
        let number = |row: &Value, at: usize| row[at].as_u64().unwrap_or(0) as usize;
        let index: std::collections::HashMap<(usize, usize), usize> =
            parsed.tokens.iter().enumerate().map(|(i, t)| ((t.span.start, t.span.end), i)).collect();
        gold += wanted.len();
        for row in wanted {
            let Some(&at) = index.get(&(number(row, 0), number(row, 1))) else {
                if shown < most {
                    shown += 1;
                    println!("boundary {:?} in {:.60?}", &text[number(row, 0)..number(row, 1)], text);
                }
                continue;
            };
            aligned += 1;
            let token = &parsed.tokens[at];
            let head = &wanted[number(row, 4)];
            let head_span = parsed.tokens[token.head].span;
            let heads = (head_span.start, head_span.end) == (number(head, 0), number(head, 1));
            let checks = [
                token.tag == row[2].as_str().unwrap_or(""),
                heads && token.dep.as_str() == row[3].as_str().unwrap_or(""),
                token.lemma == row[5].as_str().unwrap_or(""),
                token.pos.as_str() == row[6].as_str().unwrap_or(""),
                token.sentence_start == row[7].as_bool().unwrap_or(false),
            ];
            for (slot, check) in same.iter_mut().zip(checks) {
                *slot += usize::from(check);
            }
            if shown < most && checks.contains(&false) {
                shown += 1;
                println!("{checks:?} {:?}: {token:?} wanted {row}", token.span.of(text));
            }
        }
        let wanted: Vec<(usize, usize, String)> = answer["names"]
            .as_array()
            .ok_or("names")?
            .iter()
            .map(|n| {
                let tokens = answer["tokens"].as_array();
                let token = |at: usize, side: usize| tokens.map_or(0, |t| number(&t[at], side));
                (token(number(n, 0), 0), token(number(n, 1) - 1, 1), n[2].as_str().unwrap_or("").to_owned())
            })
            .collect();
        let said: Vec<(usize, usize, String)> = parsed
            .names
            .iter()
            .map(|n| {
                let span =
                    (parsed.tokens[n.tokens.start].span.start, parsed.tokens[n.tokens.end - 1].span.end);
                (span.0, span.1, n.label.to_string())
            })
            .collect();
        names_gold += wanted.len();
        names_said += said.len();
        name_hits += wanted.iter().filter(|name| said.contains(name)).count();
    }
    let share = |n: usize| 100.0 * n as f64 / gold as f64;
    println!(
        "tokens {:.3} %  tags {:.3} %  heads {:.3} %  lemmas {:.3} %  pos {:.3} %  sentences {:.3} %",
        share(aligned),
        share(same[0]),
        share(same[1]),
        share(same[2]),
        share(same[3]),
        share(same[4])
    );
    println!(
        "names F1 {:.3} %  ({name_hits} of {names_gold}, {names_said} said)",
        200.0 * name_hits as f64 / (names_gold + names_said) as f64
    );
    Ok(())
}
