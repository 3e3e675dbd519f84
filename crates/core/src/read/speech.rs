//! How speech and its speakers are put into words, read from `knowledge/speech/*.toml`.

/// Cue verbs and nouns, roles, titles.
#[derive(Default)]
pub struct SpeechBook {}
