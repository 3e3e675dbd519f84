//! What can be written, one file an object.

pub mod audit;
pub mod decisions;
pub mod ingest;
pub mod searches;
