//! How speech and its speakers are put into words, read from `knowledge/speech/*.toml`.

mod roles;

pub use self::roles::{Gender, Role, Roles};

use std::collections::HashMap;

use serde::Deserialize;
use smol_str::SmolStr;
use thiserror::Error;

use crate::analysis::Token;
use crate::closed::closed_list;
use crate::read::statements::CueKind;

closed_list! {
    /// Where, seen from the cue, the words stand that tell what is said.
    Slot {
        /// A finite clause: "said (that) the bridge had been mined".
        Clause = "clause",
        /// An infinitive or a participle: "vowed to retaliate".
        Infinitive = "infinitive",
        /// A noun phrase: "announced the arrest"; with its own complements: "accused them of arson".
        Object = "object",
        /// A quotation.
        Quote = "quote",
        /// What something is called: "called the verdict a farce".
        Predicate = "predicate",
        /// The subject with what is said of it: "the bridge appears to have been mined".
        Raised = "raised",
        /// A phrase with a preposition that the entry names: "called for calm".
        Preposition = "preposition",
    }
}

/// Why a knowledge file about speech cannot be used.
#[derive(Debug, Error)]
pub enum SpeechError {
    /// The file is not TOML of the expected shape.
    #[error("{file}: {message}")]
    Malformed {
        /// Which file.
        file: String,
        /// What the parser says.
        message: String,
    },
    /// A word that is not in its closed list.
    #[error("{file}: \"{word}\" is no {list}; the entry of \"{entry}\" has it")]
    UnknownWord {
        /// Which file.
        file: String,
        /// The word.
        word: String,
        /// Of which list it should be.
        list: &'static str,
        /// The first word of the entry.
        entry: String,
    },
}

/// What one cue word does in one way of using it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// What it tells of its source.
    pub kind: CueKind,
    /// Where what is said may stand.
    pub slots: Vec<Slot>,
    /// Which prepositions may lead to it.
    pub prepositions: Vec<SmolStr>,
}

impl Cue {
    /// Whether what is said may stand there.
    pub fn takes(&self, slot: Slot) -> bool {
        self.slots.contains(&slot)
    }
}

/// A sentence with one statement that must be found in it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CueExample {
    /// The sentence.
    pub text: String,
    /// The words of the source; empty where none is named.
    pub source: String,
    /// The words that tell what is said; a gap is written as " … ".
    pub content: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueFile {
    cue: Vec<CueEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CueEntry {
    words: Vec<SmolStr>,
    kind: SmolStr,
    slots: Vec<SmolStr>,
    #[serde(default)]
    prepositions: Vec<SmolStr>,
    examples: Vec<CueExample>,
}

/// The texts of the files of `knowledge/speech`.
#[derive(Clone, Copy, Debug)]
pub struct SpeechFiles<'a> {
    /// `verbs.toml`
    pub verbs: &'a str,
    /// `nouns.toml`
    pub nouns: &'a str,
    /// `adjectives.toml`
    pub adjectives: &'a str,
    /// `roles.toml`
    pub roles: &'a str,
}

/// Cue verbs, nouns and adjectives, by dictionary form.
#[derive(Clone, Debug, Default)]
pub struct SpeechBook {
    verbs: HashMap<SmolStr, Vec<Cue>>,
    nouns: HashMap<SmolStr, Vec<Cue>>,
    adjectives: HashMap<SmolStr, Vec<Cue>>,
    examples: Vec<CueExample>,
    roles: Roles,
}

impl SpeechBook {
    /// Reads the files of `knowledge/speech`.
    ///
    /// # Errors
    /// Where a file is malformed or names a kind, slot or gender that does not exist.
    pub fn parse(files: &SpeechFiles) -> Result<Self, SpeechError> {
        let mut book = Self { roles: Roles::parse(files.roles)?, ..Self::default() };
        book.verbs = book.load("verbs.toml", files.verbs)?;
        book.nouns = book.load("nouns.toml", files.nouns)?;
        book.adjectives = book.load("adjectives.toml", files.adjectives)?;
        Ok(book)
    }

    fn load(&mut self, file: &str, text: &str) -> Result<HashMap<SmolStr, Vec<Cue>>, SpeechError> {
        let parsed: CueFile = toml::from_str(text)
            .map_err(|e| SpeechError::Malformed { file: file.to_owned(), message: e.message().to_owned() })?;
        let mut words: HashMap<SmolStr, Vec<Cue>> = HashMap::new();
        for entry in parsed.cue {
            let unknown = |word: &SmolStr, list| SpeechError::UnknownWord {
                file: file.to_owned(),
                word: word.to_string(),
                list,
                entry: entry.words.first().map(SmolStr::to_string).unwrap_or_default(),
            };
            let kind = CueKind::parse(&entry.kind).ok_or_else(|| unknown(&entry.kind, "kind of cue"))?;
            let slots = entry
                .slots
                .iter()
                .map(|slot| Slot::parse(slot).ok_or_else(|| unknown(slot, "slot")))
                .collect::<Result<Vec<_>, _>>()?;
            let cue = Cue { kind, slots, prepositions: entry.prepositions };
            for word in &entry.words {
                words.entry(word.clone()).or_default().push(cue.clone());
            }
            self.examples.extend(entry.examples);
        }
        Ok(words)
    }

    /// The ways in which a verb is a cue.
    pub fn verb(&self, token: &Token) -> &[Cue] {
        if let Some(cues) = self.verbs.get(&token.lemma) {
            return cues;
        }
        // The lemmatiser takes "hoped" for a form of "hop" and "vowing" for one of "vow"; only the former errs.
        let restored = SmolStr::from_iter([token.lemma.as_str(), "e"]);
        let inflected = token.lower.ends_with("ed") || token.lower.ends_with("ing");
        self.verbs.get(&restored).filter(|_| inflected).map_or(&[], Vec::as_slice)
    }

    /// The ways in which a noun is a cue.
    pub fn noun(&self, token: &Token) -> &[Cue] {
        self.nouns.get(&token.lemma).map_or(&[], Vec::as_slice)
    }

    /// The ways in which an adjective is a cue.
    pub fn adjective(&self, token: &Token) -> &[Cue] {
        self.adjectives.get(&token.lemma).map_or(&[], Vec::as_slice)
    }

    /// How speakers are described.
    pub fn roles(&self) -> &Roles {
        &self.roles
    }

    /// All sentences that the files give as examples.
    pub fn examples(&self) -> &[CueExample] {
        &self.examples
    }
}
