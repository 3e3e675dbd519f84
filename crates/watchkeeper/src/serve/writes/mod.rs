//! What can be written, one file an object.

pub mod audit;
pub mod searches;
