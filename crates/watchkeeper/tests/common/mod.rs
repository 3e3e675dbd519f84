//! What the tests of reading share: the real annotator and the knowledge about speech.

use std::sync::LazyLock;

use watchkeeper_core::read::speech::{SpeechBook, SpeechFiles};
use watchkeeper_nlp::Annotator;

pub static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(|| Annotator::new().expect("embedded weights"));

pub static SPEECH: LazyLock<SpeechBook> = LazyLock::new(|| {
    let files = SpeechFiles {
        verbs: include_str!("../../../../knowledge/speech/verbs.toml"),
        nouns: include_str!("../../../../knowledge/speech/nouns.toml"),
        adjectives: include_str!("../../../../knowledge/speech/adjectives.toml"),
        roles: include_str!("../../../../knowledge/speech/roles.toml"),
    };
    SpeechBook::parse(&files).expect("well-formed knowledge")
});
