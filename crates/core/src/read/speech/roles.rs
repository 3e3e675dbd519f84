//! Roles and titles: how people, bodies and groups are described.

use std::collections::{HashMap, HashSet};

use serde::Deserialize;
use smol_str::SmolStr;

use super::SpeechError;
use crate::closed::closed_list;
use crate::reading::EntityKind;

closed_list! {
    /// What a word tells of a person's gender.
    Gender {
        /// "spokeswoman", "Mrs".
        Female = "female",
        /// "spokesman", "Mr".
        Male = "male",
    }
}

/// What a noun says of those whom it describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Role {
    /// What they are.
    pub kind: EntityKind,
    /// Whether they speak for the body or country named with them.
    pub office: bool,
    /// Their gender, where the word tells it.
    pub gender: Option<Gender>,
    /// Whether "the" with the noun may stand for anybody of the kind named before ("the group").
    pub general: bool,
}

/// Roles by noun, titles by word.
#[derive(Clone, Debug, Default)]
pub struct Roles {
    nouns: HashMap<SmolStr, Role>,
    endings: Vec<(SmolStr, Role)>,
    titles: HashMap<SmolStr, Option<Gender>>,
    portfolios: HashSet<SmolStr>,
    unlike: HashSet<String>,
    arms: HashSet<SmolStr>,
    outlets: HashSet<SmolStr>,
    parts: HashSet<SmolStr>,
    blame: HashSet<SmolStr>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleFile {
    role: Vec<RoleEntry>,
    ending: Vec<RoleEntry>,
    title: Vec<TitleEntry>,
    portfolio: Vec<SmolStr>,
    unlike: Vec<String>,
    arms: Vec<SmolStr>,
    outlet: Vec<SmolStr>,
    part: Vec<SmolStr>,
    blame: Vec<SmolStr>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleEntry {
    kind: SmolStr,
    #[serde(default)]
    office: bool,
    gender: Option<SmolStr>,
    #[serde(default)]
    general: bool,
    nouns: Vec<SmolStr>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TitleEntry {
    gender: Option<SmolStr>,
    words: Vec<SmolStr>,
}

const FILE: &str = "roles.toml";

impl Roles {
    pub(super) fn parse(text: &str) -> Result<Self, SpeechError> {
        let parsed: RoleFile = toml::from_str(text)
            .map_err(|e| SpeechError::Malformed { file: FILE.to_owned(), message: e.message().to_owned() })?;
        let mut roles = Self::default();
        for entry in &parsed.role {
            let role = entry.role()?;
            roles.nouns.extend(entry.nouns.iter().map(|noun| (noun.clone(), role)));
        }
        for entry in &parsed.ending {
            let role = entry.role()?;
            roles.endings.extend(entry.nouns.iter().map(|ending| (ending.clone(), role)));
        }
        for entry in &parsed.title {
            let gender = gender(entry.gender.as_ref(), &entry.words)?;
            roles.titles.extend(entry.words.iter().map(|word| (word.clone(), gender)));
        }
        roles.portfolios.extend(parsed.portfolio);
        roles.unlike.extend(parsed.unlike);
        roles.arms.extend(parsed.arms);
        roles.outlets.extend(parsed.outlet);
        roles.parts.extend(parsed.part);
        roles.blame.extend(parsed.blame);
        Ok(roles)
    }

    /// Whether a compound, in the dictionary form of its words, describes nobody although its last word does.
    pub fn is_unlike(&self, compound: &str) -> bool {
        self.unlike.contains(compound)
    }

    /// Whether a noun, in its dictionary form, is of arms or their use: whose they are did what they did.
    pub fn is_arms(&self, lemma: &str) -> bool {
        self.arms.contains(lemma)
    }

    /// Whether a noun, in its dictionary form, is of having part in a deed ("involvement").
    pub fn is_part(&self, lemma: &str) -> bool {
        self.parts.contains(lemma)
    }

    /// Whether a word, in its dictionary form, blames somebody ("accuse", "accusation").
    pub fn is_blame(&self, lemma: &str) -> bool {
        self.blame.contains(lemma)
    }

    /// Whether a word, lower case, in a source's name makes it an outlet ("news", "herald").
    pub fn is_outlet(&self, lower: &str) -> bool {
        self.outlets.contains(lower)
    }

    /// Whether a word, lower case, names what a ministry or minister is for ("interior") and nobody by itself.
    pub fn is_portfolio(&self, lower: &str) -> bool {
        self.portfolios.contains(lower)
    }

    /// The role that a noun in its dictionary form, lower case, describes.
    pub fn noun(&self, lemma: &str) -> Option<Role> {
        self.nouns.get(lemma).copied().or_else(|| {
            let fits = |ending: &SmolStr| lemma.len() > ending.len() + 1 && lemma.ends_with(ending.as_str());
            self.endings.iter().find(|(ending, _)| fits(ending)).map(|&(_, role)| role)
        })
    }

    /// Whether a word, lower case, is a title before a name, and the gender that it tells.
    pub fn title(&self, lower: &str) -> Option<Option<Gender>> {
        self.titles.get(lower).copied()
    }
}

impl RoleEntry {
    fn role(&self) -> Result<Role, SpeechError> {
        let kind = EntityKind::parse(&self.kind)
            .ok_or_else(|| unknown(&self.kind, "kind of entity", &self.nouns))?;
        Ok(Role {
            kind,
            office: self.office,
            gender: gender(self.gender.as_ref(), &self.nouns)?,
            general: self.general,
        })
    }
}

fn gender(word: Option<&SmolStr>, entry: &[SmolStr]) -> Result<Option<Gender>, SpeechError> {
    word.map(|word| Gender::parse(word).ok_or_else(|| unknown(word, "gender", entry))).transpose()
}

fn unknown(word: &SmolStr, list: &'static str, entry: &[SmolStr]) -> SpeechError {
    SpeechError::UnknownWord {
        file: FILE.to_owned(),
        word: word.to_string(),
        list,
        entry: entry.first().map(SmolStr::to_string).unwrap_or_default(),
    }
}
