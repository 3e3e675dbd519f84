//! The audit: every stored fact's words are looked up again in the archived text.

use watchkeeper_core::document::Field;
use watchkeeper_core::resolve::facts::{Facts, Quote};

use crate::Store;
use crate::archive::{ArchivedText, archived_text};
use crate::digest::text_hash;
use crate::error::StoreError;
use crate::rows::read_facts;
use crate::sql::Value;

/// A fact whose words do not stand where it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The version.
    pub version: String,
    /// The fact, as `attribution 2`.
    pub fact: String,
    /// What is wrong, for people.
    pub reason: String,
}

/// How many versions are loaded at once.
const PAGE: usize = 256;

impl Store {
    /// Re-reads the evidence of every stored fact from the archived texts; the facts looked at and those that fail.
    ///
    /// # Errors
    /// What the database says, or that its structure is damaged; a text or a fact that is damaged is a failure of the
    /// audit, not an error.
    pub fn audit(&mut self) -> Result<(usize, Vec<Failure>), StoreError> {
        self.sql.check()?;
        let (mut looked_at, mut failures) = (0, Vec::new());
        let mut last = String::new();
        loop {
            let question = format!(
                "SELECT title, text, facts, id, text_hash FROM versions WHERE id > $1 ORDER BY id LIMIT {PAGE}"
            );
            let rows = self.sql.rows(&question, &[Value::from(&last)])?;
            let Some(end) = rows.last() else { return Ok((looked_at, failures)) };
            for row in &rows {
                let id = row.text(3)?;
                let mut fail = |fact: String, reason: String| {
                    failures.push(Failure { version: id.to_owned(), fact, reason });
                };
                match (archived_text(row), row.blob(2).and_then(read_facts)) {
                    (Ok(text), Ok(facts)) => {
                        for (fact, evidence) in evidence(&facts) {
                            looked_at += evidence.len();
                            if evidence.is_empty() {
                                fail(fact, "no words support it".to_owned());
                                continue;
                            }
                            for reason in evidence.iter().filter_map(|quote| check(&text, quote).err()) {
                                fail(fact.clone(), reason);
                            }
                        }
                        if text_hash(text.title.as_deref(), &text.text) != row.text(4)? {
                            fail(
                                "archived text".to_owned(),
                                "it is not what was recorded: its hash differs".to_owned(),
                            );
                        }
                    }
                    (Err(error), _) => fail("archived text".to_owned(), error.to_string()),
                    (_, Err(error)) => fail("stored facts".to_owned(), error.to_string()),
                }
            }
            last = end.text(3)?.to_owned();
        }
    }
}

fn check(archived: &ArchivedText, quote: &Quote) -> Result<(), String> {
    let text = match quote.passage.field {
        Field::Title => archived.title.as_deref().unwrap_or(""),
        Field::Text => &archived.text,
    };
    match text.get(quote.passage.span.range()) {
        Some(words) if words == quote.text => Ok(()),
        Some(words) => Err(format!("the archive has “{words}” where the fact quotes “{}”", quote.text)),
        None => Err(format!("the archive has nothing where the fact quotes “{}”", quote.text)),
    }
}

/// The name of every fact with its evidence.
fn evidence(facts: &Facts) -> impl Iterator<Item = (String, &Vec<Quote>)> {
    fn named<'a>(
        kind: &'static str,
        evidence: impl Iterator<Item = &'a Vec<Quote>>,
    ) -> impl Iterator<Item = (String, &'a Vec<Quote>)> {
        (1..).zip(evidence).map(move |(number, quotes)| (format!("{kind} {number}"), quotes))
    }
    named("incident", facts.incidents.iter().map(|fact| &fact.evidence))
        .chain(named("attribution", facts.attributions.iter().map(|fact| &fact.evidence)))
        .chain(named("count", facts.casualties.iter().map(|fact| &fact.evidence)))
        .chain(named("warning", facts.warnings.iter().map(|fact| &fact.evidence)))
        .chain(named("threat", facts.threats.iter().map(|fact| &fact.evidence)))
}
