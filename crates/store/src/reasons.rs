//! Why reports were linked into one incident: kept with every telling, and given back.

use jiff::Timestamp;
use watchkeeper_core::resolve::ledger::Assignment;
use watchkeeper_core::resolve::link::{Comparison, Part, Reason};

use crate::Store;
use crate::error::StoreError;
use crate::sql::Row;

impl Store {
    /// Which incidents of which versions were linked to an incident by then, in the order of the versions, and why. The
    /// one that founded it has no comparison, or where the incident was joined to another one, that of the two.
    ///
    /// # Errors
    /// What the database says.
    pub fn links(&mut self, incident: &str, as_of: Timestamp) -> Result<Vec<Assignment>, StoreError> {
        let question = "SELECT t.version, t.fact, t.incident, COALESCE(t.reasons, j.reasons)
                        FROM tellings t LEFT JOIN joins j ON j.gone = t.incident AND j.gone = $1 AND j.time_us <= $2
                        WHERE t.incident = $1 AND t.time_us <= $2 ORDER BY t.time_us, t.version, t.fact";
        let parameters = [incident.into(), as_of.as_microsecond().into()];
        self.settle()?;
        self.sql.rows(question, &parameters)?.iter().map(assignment).collect()
    }
}

fn assignment(row: &Row) -> Result<Assignment, StoreError> {
    Ok(Assignment {
        version: row.text(0)?.into(),
        fact: row.index(1)?,
        incident: row.text(2)?.to_owned(),
        comparison: row.text_or_null(3).map(read_reasons).transpose()?,
    })
}

/// The reasons of a comparison as JSON: part, finding, weight.
pub fn write_reasons(comparison: &Comparison) -> Option<String> {
    let reasons: Vec<_> = comparison
        .reasons
        .iter()
        .map(|reason| (reason.part.as_str(), &reason.finding, reason.weight))
        .collect();
    serde_json::to_string(&reasons).ok()
}

fn read_reasons(json: &str) -> Result<Comparison, StoreError> {
    let rows: Vec<(String, String, f32)> =
        serde_json::from_str(json).map_err(|error| StoreError::corrupt(format!("reasons: {error}")))?;
    let reasons = rows.into_iter().map(|(part, finding, weight)| {
        let part = Part::parse(&part).ok_or_else(|| StoreError::corrupt(format!("unknown part {part}")))?;
        Ok(Reason { part, finding, weight })
    });
    Ok(Comparison { reasons: reasons.collect::<Result<_, StoreError>>()? })
}
