//! What went wrong with a call, as `application/problem+json` (RFC 9457).

use axum::http::StatusCode;
use schemars::JsonSchema;
use serde::Serialize;
use watchkeeper_store::{DecisionError, StoreError};

/// Why a call got no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The status.
    pub status: StatusCode,
    /// What is wrong and what to do, for people.
    pub detail: String,
}

/// A problem as it goes over the wire.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireProblem {
    /// Always `about:blank`: the status says what kind it is.
    r#type: &'static str,
    /// The words of the status.
    title: String,
    /// The status.
    #[schemars(range(min = 400, max = 599))]
    status: u16,
    /// What is wrong and what to do.
    detail: String,
}

impl Problem {
    /// A problem with this status.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into() }
    }

    /// There is nothing of that name.
    pub fn not_found(what: impl std::fmt::Display) -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            format!("{what}: not in this record; look at the list, or at another moment"),
        )
    }

    /// The values given cannot be.
    pub fn unprocessable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail)
    }

    /// The body as bytes.
    pub fn body(&self) -> Vec<u8> {
        let wire = WireProblem {
            r#type: "about:blank",
            title: self.status.canonical_reason().unwrap_or("Problem").to_owned(),
            status: self.status.as_u16(),
            detail: self.detail.clone(),
        };
        serde_json::to_vec(&wire).unwrap_or_default()
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        if let StoreError::Decision(error) = &error {
            return Self::from(error.clone());
        }
        tracing::error!(%error, "the store failed");
        match error {
            StoreError::Full => Self::new(StatusCode::INSUFFICIENT_STORAGE, error.to_string()),
            StoreError::Lost(_) => Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "the store's server does not answer; try again later",
            ),
            StoreError::Address(_)
            | StoreError::Open { .. }
            | StoreError::Newer { .. }
            | StoreError::Corrupt(_)
            | StoreError::Decision(_)
            | StoreError::Backup(_)
            | StoreError::Refused(_) => Self::new(
                StatusCode::INTERNAL_SERVER_ERROR,
                "the store could not answer; the server's log says why",
            ),
        }
    }
}

impl From<DecisionError> for Problem {
    fn from(error: DecisionError) -> Self {
        let status = match error {
            DecisionError::NoSuch { .. } => StatusCode::NOT_FOUND,
            DecisionError::Already { .. } | DecisionError::Undone { .. } => StatusCode::CONFLICT,
            DecisionError::Ambiguous { .. }
            | DecisionError::Itself(_)
            | DecisionError::NotTold { .. }
            | DecisionError::Whole(_)
            | DecisionError::NoActor { .. }
            | DecisionError::Empty(_) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self::new(status, error.to_string())
    }
}

/// Why a call is not answered here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Something is wrong.
    Problem(Problem),
    /// The thing has another address now.
    Moved(String),
}

impl<T: Into<Problem>> From<T> for Refusal {
    fn from(problem: T) -> Self {
        Self::Problem(problem.into())
    }
}
