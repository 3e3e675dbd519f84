//! Tokens, syntax and names.
