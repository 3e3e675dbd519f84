//! Bytes to captures.
