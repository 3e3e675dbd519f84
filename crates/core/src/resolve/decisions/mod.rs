//! What people decide about the record: verdicts on facts, corrected values, merges and splits of incidents, ratings
//! of sources. Decisions are appended, never changed; the record is a fold over versions and decisions.

pub mod correction;
pub mod difference;
pub mod fact_ids;
pub mod placing;
pub mod rating;
pub mod shown;
pub mod standing;

use jiff::Timestamp;

pub use correction::{Correction, CorrectionError};
pub use fact_ids::{FactId, FactIds};
pub use placing::Decided;
pub use rating::Rating;
pub use standing::{Standing, undone};

use super::ledger::IncidentKey;
use super::version::VersionId;

/// The id of a decision: `d` and its number in the order of recording.
pub type DecisionId = String;

/// What one person decided, when and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Decision {
    /// Its id.
    pub id: DecisionId,
    /// Who.
    pub author: String,
    /// When the store took it in; `--recorded-by` goes by it.
    pub recorded: Timestamp,
    /// Why, in the author's words.
    pub reason: String,
    /// What.
    pub ruling: Ruling,
}

/// An incident as a decision names it: by its id of then, and by one of its tellings. The telling is what counts, so
/// that the decision still finds the incident where a late report has since given it another id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The id that it had when this was decided.
    pub key: IncidentKey,
    /// Its first telling then.
    pub telling: FactId,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq)]
pub enum Ruling {
    /// A fact was checked and holds.
    Accept {
        /// The fact.
        fact: FactId,
    },
    /// A fact does not hold: the record is computed without it.
    Reject {
        /// The fact.
        fact: FactId,
    },
    /// A value of an incident is another one than the reports come to.
    Override {
        /// The incident.
        incident: Named,
        /// The value.
        correction: Correction,
    },
    /// Two incidents are one.
    Merge {
        /// The one that goes.
        incident: Named,
        /// The one that stays.
        into: Named,
    },
    /// Some versions tell of another incident.
    Split {
        /// The incident that they were taken to tell of.
        incident: Named,
        /// The versions.
        reports: Vec<VersionId>,
        /// The new incident.
        part: Named,
    },
    /// How far an outlet is trusted.
    Rate {
        /// The outlet.
        source: String,
        /// The grade.
        rating: Rating,
    },
    /// A remark on an incident.
    Note {
        /// The incident.
        incident: Named,
        /// The remark.
        text: String,
    },
    /// A person may be named in exports.
    Unmask {
        /// The name.
        person: String,
    },
    /// A decision counts no more.
    Undo {
        /// The decision.
        decision: DecisionId,
    },
}

impl Ruling {
    /// The word for its kind.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Accept { .. } => "accept",
            Self::Reject { .. } => "reject",
            Self::Override { .. } => "override",
            Self::Merge { .. } => "merge",
            Self::Split { .. } => "split",
            Self::Rate { .. } => "rate",
            Self::Note { .. } => "note",
            Self::Unmask { .. } => "unmask",
            Self::Undo { .. } => "undo",
        }
    }

    /// The fact that it is about.
    pub const fn fact(&self) -> Option<&FactId> {
        match self {
            Self::Accept { fact } | Self::Reject { fact } => Some(fact),
            Self::Override { .. }
            | Self::Merge { .. }
            | Self::Split { .. }
            | Self::Rate { .. }
            | Self::Note { .. }
            | Self::Unmask { .. }
            | Self::Undo { .. } => None,
        }
    }

    /// The value that it sets.
    pub const fn correction(&self) -> Option<&Correction> {
        match self {
            Self::Override { correction, .. } => Some(correction),
            Self::Accept { .. }
            | Self::Reject { .. }
            | Self::Merge { .. }
            | Self::Split { .. }
            | Self::Rate { .. }
            | Self::Note { .. }
            | Self::Unmask { .. }
            | Self::Undo { .. } => None,
        }
    }

    /// The incidents that it names.
    pub fn incidents(&self) -> Vec<&Named> {
        match self {
            Self::Override { incident, .. } | Self::Note { incident, .. } => vec![incident],
            Self::Merge { incident, into } => vec![incident, into],
            Self::Split { incident, part, .. } => vec![incident, part],
            Self::Accept { .. }
            | Self::Reject { .. }
            | Self::Rate { .. }
            | Self::Unmask { .. }
            | Self::Undo { .. } => Vec::new(),
        }
    }

    /// What it says, in one line for people.
    pub fn summary(&self) -> String {
        match self {
            Self::Accept { fact } => format!("accepts fact {fact}"),
            Self::Reject { fact } => format!("rejects fact {fact}"),
            Self::Override { incident, correction } => {
                format!(
                    "sets {} of incident {} to {}",
                    correction.subject(),
                    incident.key,
                    correction.value()
                )
            }
            Self::Merge { incident, into } => format!("merges incident {} into {}", incident.key, into.key),
            Self::Split { incident, reports, part } => {
                let plural = if reports.len() == 1 { "" } else { "s" };
                let count = reports.len();
                format!("splits {count} report{plural} off incident {}, as {}", incident.key, part.key)
            }
            Self::Rate { source, rating } => format!("rates {source} {rating}"),
            Self::Note { incident, text } => format!("notes on incident {}: {text}", incident.key),
            Self::Unmask { person } => format!("lets exports name {person}"),
            Self::Undo { decision } => format!("undoes {decision}"),
        }
    }
}
