//! The commands, one file each.

pub mod backup;
pub mod decide;
pub mod decisions;
pub mod describe;
pub mod diff;
pub mod explain;
pub mod export;
pub mod forget;
pub mod ingest;
pub mod places;
pub mod read;
pub mod record;
pub mod search;
pub mod serve;
pub mod show;
pub mod store;
pub mod timeline;
pub mod token;
pub mod versions;
pub mod when;
pub mod who;
