//! Who is mentioned: names, descriptions and pronouns gathered into entities.

use crate::actors::ActorBook;
use crate::analysis::Analysis;
use crate::document::Document;
use crate::read::speech::SpeechBook;
use crate::reading::{Entity, EntityId, Place};

/// The entities of a document and which token heads a mention of which.
#[derive(Debug, Default)]
pub struct Entities {
    /// In order of first mention.
    pub list: Vec<Entity>,
    by_token: Vec<Option<EntityId>>,
}

impl Entities {
    /// The entity that the noun phrase headed by `token` mentions.
    pub fn at(&self, token: usize) -> Option<EntityId> {
        self.by_token.get(token).copied().flatten()
    }
}

/// Gathers the mentions of a document into entities.
pub fn gather(
    _document: &Document,
    analysis: &Analysis,
    _places: &[Place],
    _actors: &ActorBook,
    _speech: &SpeechBook,
) -> Entities {
    Entities { list: Vec::new(), by_token: vec![None; analysis.tokens.len()] }
}
