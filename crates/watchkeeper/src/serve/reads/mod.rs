//! What can be asked, one file an object.

pub mod actors;
pub mod compare;
pub mod facets;
pub mod filters;
pub mod incident;
pub mod incidents;
pub mod notices;
pub mod places;
pub mod report;
pub mod reports;
pub mod said;
pub mod search;
pub mod sources;
pub mod status;
pub mod time;

use std::sync::Arc;

use super::http::problem::Refusal;
use super::snapshot::{Moments, Snapshot};
use super::state::App;

/// A query that says which moments it is about.
pub trait Momentary {
    /// Which.
    fn moments(&self) -> Moments;
}

/// Declares a query: which moments it is about, and what else stands in it.
macro_rules! query {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $kind:ty,)* }) => {
        $crate::serve::reads::query!($(#[$meta])* #[derive(Default)] $name needs {} and { $($(#[$doc])* $field: $kind,)* });
    };
    (
        $(#[$meta:meta])* $name:ident
        needs { $($(#[$needed_doc:meta])* $needed:ident: $needed_kind:ty,)* }
        and { $($(#[$doc:meta])* $field:ident: $kind:ty,)* }
    ) => {
        $(#[$meta])*
        #[derive(Debug, serde::Deserialize, schemars::JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// What was published by then; a day means its end. Absent: now.
            pub as_of: Option<$crate::serve::http::params::Moment>,
            /// What the store held by then; a day means its end. Absent: now.
            pub recorded_by: Option<$crate::serve::http::params::Moment>,
            $($(#[$needed_doc])* pub $needed: $needed_kind,)*
            $($(#[$doc])* pub $field: Option<$kind>,)*
        }

        impl $crate::serve::reads::Momentary for $name {
            fn moments(&self) -> $crate::serve::snapshot::Moments {
                $crate::serve::snapshot::Moments {
                    as_of: self.as_of.map(|moment| moment.0),
                    recorded_by: self.recorded_by.map(|moment| moment.0),
                }
            }
        }
    };
}
pub(in crate::serve) use query;

query!(
    /// Only which moments.
    AtMoment {}
);

/// The record that a query is about.
///
/// # Errors
/// What the store says.
pub fn snapshot(app: &App, query: &impl Momentary) -> Result<Arc<Snapshot>, Refusal> {
    Ok(app.snapshot(query.moments())?)
}
