//! Incidents and reports by what people type: ids, cut short or not, and addresses.

use watchkeeper_core::resolve::ledger::IncidentKey;

use crate::Store;
use crate::error::StoreError;
use crate::sql::Value;

/// How many are given back where several begin alike.
const MOST: usize = 10;

impl Store {
    /// The incidents whose ids begin so: `1f2e` begins `1f2e9c07a1b2c3d4-1`, and `1f2e-1` stands for it too.
    ///
    /// # Errors
    /// What the database says.
    pub fn incidents_named(&mut self, id: &str) -> Result<Vec<IncidentKey>, StoreError> {
        let Some(pattern) = pattern(id) else { return Ok(Vec::new()) };
        self.settle()?;
        let question = format!(
            "SELECT DISTINCT incident FROM tellings WHERE incident LIKE $1 ORDER BY incident LIMIT {MOST}"
        );
        self.texts(&question, pattern.into())
    }

    /// The addresses (or paths) of the reports that are at this address, or of which a version's id begins so.
    ///
    /// # Errors
    /// What the database says.
    pub fn addresses_named(&mut self, name: &str) -> Result<Vec<String>, StoreError> {
        let there = self.texts("SELECT DISTINCT identity FROM versions WHERE identity = $1", name.into())?;
        match pattern(name) {
            Some(pattern) if there.is_empty() => {
                let question = format!(
                    "SELECT DISTINCT identity FROM versions WHERE id LIKE $1 ORDER BY identity LIMIT {MOST}"
                );
                self.texts(&question, pattern.into())
            }
            Some(_) | None => Ok(there),
        }
    }

    fn texts(&mut self, question: &str, parameter: Value) -> Result<Vec<String>, StoreError> {
        self.sql.rows(question, &[parameter])?.iter().map(|row| row.text(0).map(str::to_owned)).collect()
    }
}

/// What LIKE asks for; `None` for what cannot be the beginning of an id.
fn pattern(id: &str) -> Option<String> {
    let is_id =
        !id.is_empty() && id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    is_id.then(|| match id.split_once('-') {
        Some((version, number)) => format!("{version}%-{number}"),
        None => format!("{id}%"),
    })
}
