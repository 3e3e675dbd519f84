//! The whole reading of a report, and what must hold of every span in it.

use std::sync::LazyLock;

use serde_json::Value;
use watchkeeper::pipeline::{Pipeline, failure};
use watchkeeper::wire::reading::WireReading;
use watchkeeper_ingest::{Defaults, Rejection, captures};

static PIPELINE: LazyLock<Pipeline> = LazyLock::new(|| {
    let knowledge = watchkeeper::knowledge::load(watchkeeper::knowledge::Own::default()).expect("the knowledge loads");
    Pipeline::new(knowledge).expect("the weights load")
});

/// Reads the reports in some bytes.
pub fn read(bytes: &[u8]) {
    for outcome in captures(bytes, &Defaults::default(), PIPELINE.boilerplate()) {
        let reading = PIPELINE.read(outcome.unwrap_or_else(Rejection::into_capture));
        assert_eq!(failure(&reading), None);
        let wire = serde_json::to_value(WireReading::from(&reading)).expect("a reading is JSON");
        let texts = Texts::of(&wire);
        texts.check(&wire);
    }
}

/// The texts that spans point into, as code points.
struct Texts {
    title: Vec<char>,
    text: Vec<char>,
}

impl Texts {
    fn of(wire: &Value) -> Self {
        let chars = |name: &str| wire["document"][name].as_str().unwrap_or("").chars().collect();
        Self { title: chars("title"), text: chars("text") }
    }

    /// Every object with `start`, `end` and `text` holds exactly the words that stand there.
    fn check(&self, value: &Value) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.check(item)),
            Value::Object(fields) => {
                if let (Some(start), Some(end), Some(words)) =
                    (value["start"].as_u64(), value["end"].as_u64(), value["text"].as_str())
                {
                    let source = if value["field"] == "title" { &self.title } else { &self.text };
                    let there: Option<String> = source.get(start as usize..end as usize).map(|c| c.iter().collect());
                    assert_eq!(there.as_deref(), Some(words), "{value}");
                    assert!(!words.is_empty(), "{value}");
                }
                fields.values().for_each(|field| self.check(field));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
}
