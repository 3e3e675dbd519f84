//! Full-text search over the archived reports.

use std::collections::BTreeSet;

use jiff::Timestamp;
use watchkeeper_core::resolve::ledger::IncidentKey;
use watchkeeper_core::resolve::version::VersionId;

use crate::archive::archived_text;
use crate::error::StoreError;
use crate::record::{CHUNK, placeholders, values};
use crate::reports::{COLUMNS, StoredReport, stored};
use crate::sql::{Sql, Value};
use crate::terms::{Snippet, Terms, indexed};
use crate::{Store, joins};

/// What is looked for.
#[derive(Clone, Debug)]
pub struct Search {
    /// Words that must all stand in a report, in whatever form.
    pub terms: Terms,
    /// In reports that count by then.
    pub as_of: Timestamp,
    /// In reports that the store held by then.
    pub recorded_by: Option<Timestamp>,
    /// In reports before this one, in the order of the answer.
    pub before: Option<(Timestamp, String)>,
}

/// A report in which the words stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The report.
    pub report: StoredReport,
    /// Where the words stand in its headline, in bytes.
    pub title_marks: Vec<std::ops::Range<usize>>,
    /// Where they stand in its text; absent where only the headline has them.
    pub snippet: Option<Snippet>,
    /// The incidents that it tells of.
    pub incidents: Vec<IncidentKey>,
}

impl Store {
    /// The reports in which all words stand, the latest first, at most so many.
    ///
    /// # Errors
    /// What the database says.
    pub fn search(&mut self, search: &Search, limit: usize) -> Result<Vec<Hit>, StoreError> {
        if search.terms.is_empty() {
            return Ok(Vec::new());
        }
        self.settle()?;
        self.reading(|sql, _| found(sql, search, limit))
    }
}

impl Store {
    /// The ids of all versions in which all words stand.
    ///
    /// # Errors
    /// What the database says.
    pub fn versions_with(&mut self, terms: &Terms) -> Result<BTreeSet<String>, StoreError> {
        if terms.is_empty() {
            return Ok(BTreeSet::new());
        }
        let full_text = self.sql.dialect().full_text;
        let question =
            format!("SELECT id FROM versions WHERE number IN ({})", full_text.find.replace('?', "$1"));
        let rows = self.sql.rows(&question, &[terms.joined(&full_text).into()])?;
        rows.iter().map(|row| row.text(0).map(str::to_owned)).collect()
    }
}

fn found(sql: &mut dyn Sql, search: &Search, limit: usize) -> Result<Vec<Hit>, StoreError> {
    let full_text = sql.dialect().full_text;
    let (time, id) = search.before.clone().unwrap_or((Timestamp::MAX, String::new()));
    let question = format!(
        "SELECT {COLUMNS}, text FROM versions
             WHERE number IN ({})
             AND time_us <= $2 AND recorded_us <= $3 AND (time_us, id) < ($4, $5)
             ORDER BY time_us DESC, id DESC LIMIT $6",
        full_text.find.replace('?', "$1")
    );
    let rows = sql.rows(
        &question,
        &[
            search.terms.joined(&full_text).into(),
            search.as_of.as_microsecond().into(),
            search.recorded_by.map_or(i64::MAX, Timestamp::as_microsecond).into(),
            time.as_microsecond().into(),
            id.into(),
            limit.into(),
        ],
    )?;
    let mut hits = Vec::with_capacity(rows.len());
    for row in rows {
        let report = stored(&row)?;
        let text = archived_text(&crate::sql::Row(vec![row.0[3].clone(), row.0[7].clone()]))?.text;
        hits.push(Hit {
            title_marks: report.title.as_deref().map(|title| search.terms.marks(title)).unwrap_or_default(),
            snippet: search.terms.snippet(&text),
            incidents: told_by(sql, &report.id)?,
            report,
        });
    }
    Ok(hits)
}

/// The incidents that a version tells of, in the order of its facts.
fn told_by(sql: &mut dyn Sql, version: &str) -> Result<Vec<IncidentKey>, StoreError> {
    let question = "SELECT incident FROM tellings
         WHERE number = (SELECT number FROM versions WHERE id = $1) ORDER BY fact";
    let rows = sql.rows(question, &[version.into()])?;
    rows.iter().map(|row| joins::root(sql, row.text(0)?.to_owned())).collect()
}

/// Those of the versions in which all words stand.
pub fn having(
    sql: &mut dyn Sql,
    ids: &[&VersionId],
    terms: &Terms,
) -> Result<BTreeSet<VersionId>, StoreError> {
    let full_text = sql.dialect().full_text;
    let mut found = BTreeSet::new();
    for chunk in ids.chunks(CHUNK) {
        let question = format!(
            "SELECT id FROM versions WHERE number IN ({}) AND id IN ({})",
            full_text.find.replace('?', "$1"),
            placeholders(2, chunk.len())
        );
        let mut parameters = vec![Value::from(terms.joined(&full_text))];
        parameters.extend(values(chunk.iter().map(|id| id.as_str())));
        for row in sql.rows(&question, &parameters)? {
            found.insert(row.text(0)?.into());
        }
    }
    Ok(found)
}

/// Puts the words of a version, called by its number, into the index.
pub fn index(sql: &mut dyn Sql, version: i64, texts: &[&str]) -> Result<(), StoreError> {
    sql.run(sql.dialect().full_text.insert, &[Value::Int(version), indexed(texts).into()]).map(drop)
}
