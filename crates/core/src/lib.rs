//! The domain of Watchkeeper. Everything here is pure: no clock, no file, no network, no database; facts about
//! the world outside come in as arguments.
//!
//! The way a report takes is in [`flow`].

pub mod actors;
pub mod analysis;
pub mod clean;
mod closed;
pub mod document;
pub mod flow;
pub mod grammar;
pub mod knowledge;
pub mod places;
pub mod read;
pub mod reading;
mod repair;
pub mod resolve;
pub mod text;
pub mod time;
pub mod vocabulary;
