//! Lists of words that stand beside names, from `knowledge/places/words.toml`.

use std::collections::{BTreeMap, HashSet};

use smol_str::SmolStr;

use crate::closed::closed_list;

closed_list! {
    /// A list of words.
    WordList {
        /// Prepositions behind which a place stands.
        Locative = "locative",
        /// Prepositions behind which a place often stands.
        Directed = "directed",
        /// Nouns that with "of" announce a place ("the city of").
        Settlement = "settlement",
        /// Nouns that with "of" announce a settlement or a part of one, or follow its name.
        Locality = "locality",
        /// Nouns for a part of a town that follow its name.
        Quarter = "quarter",
        /// Verbs that say that something was noticed where it was.
        Perceiving = "perceiving",
        /// Verbs that say where a thing is.
        Siting = "siting",
        /// Nouns that only bear the name of the place before them.
        Namesake = "namesake",
        /// Words of local institutions: a name before them is where they are.
        Institution = "institution",
        /// Words of outlets, companies and teams: a name before them says little about where.
        Trade = "trade",
        /// Nouns for people and bodies of a country that are mostly spoken of abroad: "the Danish embassy" is not in Denmark.
        Abroad = "abroad",
        /// Words of roads: a name before them is the road's.
        Road = "road",
        /// Titles before a person's name.
        Title = "title",
        /// Parts of an outlet's address that are no place.
        Outlet = "outlet",
        /// Names of some place that nearly always mean something else, folded.
        NoName = "no_name",
        /// Names of some place that are above all common words, folded.
        Ordinary = "ordinary",
    }
}

/// Why the lists cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LexiconError {
    /// No TOML, or no table of lists of words.
    #[error("words.toml: {0}")]
    Toml(#[from] toml::de::Error),
    /// A list that is not known, or one that is missing.
    #[error("words.toml: the list {0:?} is {1}")]
    List(String, &'static str),
}

/// The lists.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    lists: Vec<HashSet<SmolStr>>,
}

impl Lexicon {
    /// Reads the lists.
    pub fn parse(text: &str) -> Result<Self, LexiconError> {
        let table: BTreeMap<String, HashSet<SmolStr>> = toml::from_str(text)?;
        let mut lists = vec![HashSet::new(); WordList::ALL.len()];
        for (name, words) in table {
            let list = WordList::parse(&name).ok_or(LexiconError::List(name, "unknown"))?;
            lists[list as usize] = words;
        }
        match WordList::ALL.iter().find(|&&list| lists[list as usize].is_empty()) {
            Some(list) => Err(LexiconError::List(list.as_str().to_owned(), "missing")),
            None => Ok(Self { lists }),
        }
    }

    /// Whether the list holds the word.
    pub fn has(&self, list: WordList, word: &str) -> bool {
        self.lists.get(list as usize).is_some_and(|words| words.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_list_is_told() {
        assert!(Lexicon::parse("locative = [\"in\"]").is_err());
        assert!(Lexicon::parse("locative = 1").is_err());
    }
}
