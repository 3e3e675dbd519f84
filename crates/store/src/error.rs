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
    /// The server is gone.
    #[error(
        "the connection to the store was lost: {0}; nothing of this batch was written: see to the server and run the command again"
    )]
    Lost(String),
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
    /// What was to be decided cannot be.
    #[error(transparent)]
    Decision(#[from] DecisionError),
    /// A backup cannot be made or used.
    #[error("the backup: {0}")]
    Backup(String),
    /// The database refused a statement.
    #[error("the store refused: {0}")]
    Refused(String),
}

/// Why something cannot be decided.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecisionError {
    /// Nothing has this id.
    #[error("{id}: no such {what} in the store")]
    NoSuch {
        /// What was looked for, as `incident`.
        what: &'static str,
        /// What was written.
        id: String,
    },
    /// The beginning of an id fits several.
    #[error("{id}: more than one {what} begins so, {first} and {second} among them; write more of it")]
    Ambiguous {
        /// What was looked for.
        what: &'static str,
        /// What was written.
        id: String,
        /// One that fits.
        first: String,
        /// Another.
        second: String,
    },
    /// An incident is merged with itself.
    #[error("{0}: an incident cannot be merged with itself; it goes by this id already")]
    Itself(String),
    /// A report to be split off does not tell of the incident.
    #[error("{report}: this report does not tell of incident {incident}")]
    NotTold {
        /// The report.
        report: String,
        /// The incident.
        incident: String,
    },
    /// All reports of an incident are to be split off.
    #[error("{0}: these are all its reports; leave one, since splitting off everything changes nothing")]
    Whole(String),
    /// The actor has no part in the incident.
    #[error("{actor}: nobody says anything of this actor in incident {incident}")]
    NoActor {
        /// The actor.
        actor: String,
        /// The incident.
        incident: String,
    },
    /// The same was decided before, and stands.
    #[error("{what}: {decision} says so already")]
    Already {
        /// What was to be decided on.
        what: String,
        /// The decision that stands.
        decision: String,
    },
    /// The decision is undone already.
    #[error("{decision}: undone already, by {by}")]
    Undone {
        /// The decision.
        decision: String,
        /// The undo.
        by: String,
    },
    /// A text that must say something is empty.
    #[error("the {0} is empty")]
    Empty(&'static str),
}

impl StoreError {
    /// Something stored cannot be read.
    pub fn corrupt(what: impl Into<String>) -> Self {
        Self::Corrupt(what.into())
    }
}
