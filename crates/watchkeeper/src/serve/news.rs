//! News of changes, for whoever listens.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use watchkeeper_store::{Store, StoreError};

/// How many reports one piece of news names.
const MOST_REPORTS: usize = 100;

/// What changed with one write.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct News {
    /// When it was recorded.
    pub recorded: String,
    /// The new reports; at most a hundred of them.
    pub reports: Vec<String>,
    /// The incidents that they tell of.
    pub incidents: Vec<String>,
}

impl News {
    /// What is new in the store since a moment. The reports of one call of `ingest` share one time, so that some may be
    /// told of twice.
    ///
    /// # Errors
    /// What the store says.
    pub fn since(
        store: &mut Store,
        since: Option<Timestamp>,
    ) -> Result<(Self, Option<Timestamp>), StoreError> {
        let last = store.holdings()?.recorded_last;
        let reports = store.recorded_since(since.unwrap_or(Timestamp::MIN), MOST_REPORTS)?;
        let incidents = store.incidents_of(&reports)?;
        let recorded = Timestamp::now().to_string();
        Ok((Self { recorded, reports, incidents }, last))
    }
}
