//! How decisions are written down: mirrors of the domain's types, as JSON.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use watchkeeper_core::reading::{Bounds, DateRange, IncidentType, Measure, Qualifier, Stage};
use watchkeeper_core::resolve::decisions::{Correction, Decision, Named, Rating, Ruling};
use watchkeeper_core::resolve::status::Status;

use crate::archive::timestamp;
use crate::error::StoreError;
use crate::rows::{LocationRow, Restore, word};
use crate::sql::{Row, Value};

/// The columns of a decision, in the order in which [`decision`] reads them.
pub const DECISION_COLUMNS: &str = "number, author, recorded_us, reason, content";

/// The values of a decision's row: number, kind, author, time, reason, content.
///
/// # Errors
/// Where it cannot be written as JSON.
pub fn values(number: i64, decision: &Decision) -> Result<[Value; 6], StoreError> {
    let content = serde_json::to_string(&RulingRow::from(&decision.ruling))
        .map_err(|error| StoreError::corrupt(error.to_string()))?;
    Ok([
        Value::Int(number),
        decision.ruling.kind().into(),
        (&decision.author).into(),
        decision.recorded.as_microsecond().into(),
        (&decision.reason).into(),
        content.into(),
    ])
}

/// A decision from a row of [`DECISION_COLUMNS`].
///
/// # Errors
/// Where the row was changed.
pub fn decision(row: &Row) -> Result<Decision, StoreError> {
    let content: RulingRow = serde_json::from_str(row.text(4)?)
        .map_err(|error| StoreError::corrupt(format!("decision {}: {error}", row.int(0).unwrap_or(0))))?;
    Ok(Decision {
        id: format!("d{}", row.int(0)?),
        author: row.text(1)?.to_owned(),
        recorded: timestamp(row.int(2)?)?,
        reason: row.text(3)?.to_owned(),
        ruling: content.restore()?,
    })
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum RulingRow {
    Accept { fact: String },
    Reject { fact: String },
    Override { incident: NamedRow, value: CorrectionRow },
    Merge { incident: NamedRow, into: NamedRow },
    Split { incident: NamedRow, reports: Vec<String>, part: NamedRow },
    Rate { source: String, rating: String },
    Note { incident: NamedRow, text: String },
    Unmask { person: String },
    Undo { decision: String },
}

impl From<&Ruling> for RulingRow {
    fn from(ruling: &Ruling) -> Self {
        match ruling {
            Ruling::Accept { fact } => Self::Accept { fact: fact.clone() },
            Ruling::Reject { fact } => Self::Reject { fact: fact.clone() },
            Ruling::Override { incident, correction } => {
                Self::Override { incident: incident.into(), value: correction.into() }
            }
            Ruling::Merge { incident, into } => Self::Merge { incident: incident.into(), into: into.into() },
            Ruling::Split { incident, reports, part } => Self::Split {
                incident: incident.into(),
                reports: reports.iter().map(ToString::to_string).collect(),
                part: part.into(),
            },
            Ruling::Rate { source, rating } => {
                Self::Rate { source: source.clone(), rating: rating.to_string() }
            }
            Ruling::Note { incident, text } => Self::Note { incident: incident.into(), text: text.clone() },
            Ruling::Unmask { person } => Self::Unmask { person: person.clone() },
            Ruling::Undo { decision } => Self::Undo { decision: decision.clone() },
        }
    }
}

impl RulingRow {
    fn restore(self) -> Result<Ruling, StoreError> {
        Ok(match self {
            Self::Accept { fact } => Ruling::Accept { fact },
            Self::Reject { fact } => Ruling::Reject { fact },
            Self::Override { incident, value } => {
                Ruling::Override { incident: incident.into(), correction: value.restore()? }
            }
            Self::Merge { incident, into } => Ruling::Merge { incident: incident.into(), into: into.into() },
            Self::Split { incident, reports, part } => Ruling::Split {
                incident: incident.into(),
                reports: reports.into_iter().map(Into::into).collect(),
                part: part.into(),
            },
            Self::Rate { source, rating } => Ruling::Rate { source, rating: word(Rating::parse, &rating)? },
            Self::Note { incident, text } => Ruling::Note { incident: incident.into(), text },
            Self::Unmask { person } => Ruling::Unmask { person },
            Self::Undo { decision } => Ruling::Undo { decision },
        })
    }
}

#[derive(Serialize, Deserialize)]
struct NamedRow {
    key: String,
    telling: String,
}

impl From<&Named> for NamedRow {
    fn from(named: &Named) -> Self {
        Self { key: named.key.clone(), telling: named.telling.clone() }
    }
}

impl From<NamedRow> for Named {
    fn from(row: NamedRow) -> Self {
        Self { key: row.key, telling: row.telling }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum CorrectionRow {
    Type(String),
    Stage(String),
    Date { start: Option<Date>, end: Option<Date> },
    Place(LocationRow),
    Count { measure: String, low: Option<u64>, high: Option<u64>, qualifier: String },
    Status { actor: String, status: String },
}

impl From<&Correction> for CorrectionRow {
    fn from(correction: &Correction) -> Self {
        match correction {
            Correction::Type(kind) => Self::Type(kind.to_string()),
            Correction::Stage(stage) => Self::Stage(stage.to_string()),
            Correction::Date(DateRange { start, end }) => Self::Date { start: *start, end: *end },
            Correction::Place(place) => Self::Place(place.into()),
            Correction::Count(measure, Bounds { low, high, qualifier }) => Self::Count {
                measure: measure.to_string(),
                low: *low,
                high: *high,
                qualifier: qualifier.to_string(),
            },
            Correction::Status { actor, status } => {
                Self::Status { actor: actor.clone(), status: status.to_string() }
            }
        }
    }
}

impl CorrectionRow {
    fn restore(self) -> Result<Correction, StoreError> {
        Ok(match self {
            Self::Type(kind) => Correction::Type(word(IncidentType::parse, &kind)?),
            Self::Stage(stage) => Correction::Stage(word(Stage::parse, &stage)?),
            Self::Date { start, end } => Correction::Date(DateRange { start, end }),
            Self::Place(place) => Correction::Place(place.restore()?),
            Self::Count { measure, low, high, qualifier } => {
                let qualifier = word(Qualifier::parse, &qualifier)?;
                Correction::Count(word(Measure::parse, &measure)?, Bounds { low, high, qualifier })
            }
            Self::Status { actor, status } => {
                Correction::Status { actor, status: word(Status::parse, &status)? }
            }
        })
    }
}
