//! What is shown of the record, before it is known how: the same for the terminal, for exports and for the service.

pub mod compare;
pub mod diff;
pub mod dossier;
pub mod search;
pub mod timeline;
