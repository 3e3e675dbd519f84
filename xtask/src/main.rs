//! Developer commands: builds of knowledge, evaluation, api description.
fn main() {}
