//! What goes over the wire: serde types at the edge, made from the domain's own.

pub mod reading;
mod spans;
mod words;
