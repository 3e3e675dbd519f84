//! What can go wrong with a store, each in one line that a person can act on.

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address of a store is not one.
    #[error("{0}: a store is sqlite:PATH or postgres://…")]
    Address(String),
    /// The database cannot be opened or reached.
    #[error("{address}: cannot open the store: {reason}")]
    Open {
        /// Which store.
        address: String,
        /// What the database says.
        reason: String,
    },
    /// There is no room left to write.
    #[error(
        "the store's disk is full: nothing of this batch was written; free some space and run the command again"
    )]
    Full,
    /// The store was written by a newer program.
    #[error("the store has layout {found}, this program knows {known}: use a newer watchkeeper")]
    Newer {
        /// The store's layout.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// What is stored cannot be read.
    #[error(
        "the store is damaged: {0}; restore a backup, or run `watchkeeper audit` to see what is affected"
    )]
    Corrupt(String),
    /// The database refused a statement.
    #[error("the store refused: {0}")]
    Refused(String),
}

impl StoreError {
    /// Something stored cannot be read.
    pub fn corrupt(what: impl Into<String>) -> Self {
        Self::Corrupt(what.into())
    }
}
