//! The commands, one file each.

pub mod places;
pub mod read;
