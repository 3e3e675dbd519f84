//! Institutions and offices that every state or body may have, composed with its name: "the Russian president", "a
//! spokesman for the Heron Front".

use smol_str::SmolStr;

use super::kind::ActorKind;
use super::names::{Trie, Words};
use super::table::{Column, Line};
use super::words::name_words;
use crate::closed::closed_list;

/// Number of a function in the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FunctionId(pub(super) u8);

closed_list! {
    /// What has a function: a word of the column `of`.
    Owner {
        /// A state or a territory.
        State = "state",
        /// A body of a state.
        Body = "body",
        /// An armed group or party.
        Group = "group",
        /// A body of several states, a company or a civic body.
        International = "international",
    }
}

impl Owner {
    /// What an actor of a kind is as the owner of functions; people and outlets own none.
    pub fn of(kind: ActorKind) -> Option<Self> {
        match kind {
            ActorKind::State | ActorKind::Territory => Some(Self::State),
            ActorKind::Government
            | ActorKind::Parliament
            | ActorKind::Ministry
            | ActorKind::ArmedForces
            | ActorKind::Service
            | ActorKind::Police
            | ActorKind::Force
            | ActorKind::Court
            | ActorKind::Body => Some(Self::Body),
            ActorKind::ArmedGroup | ActorKind::CriminalGroup | ActorKind::Party | ActorKind::Coalition => {
                Some(Self::Group)
            }
            ActorKind::International | ActorKind::Civic | ActorKind::Company => Some(Self::International),
            ActorKind::Office
            | ActorKind::Officials
            | ActorKind::Person
            | ActorKind::People
            | ActorKind::Media
            | ActorKind::MediaArm => None,
        }
    }
}

/// An institution or an office that every owner of a kind may have.
#[derive(Clone, Debug)]
pub(super) struct Function {
    /// Last part of the composed key.
    pub key: SmolStr,
    /// What the composed actor is.
    pub kind: ActorKind,
    /// Who may have it.
    pub owners: Vec<Owner>,
    /// The phrases for it, the usual one first.
    pub phrases: Vec<SmolStr>,
    /// The CAMEO role that follows the code of a state.
    pub cameo: SmolStr,
}

/// All functions, by phrase.
#[derive(Debug, Default)]
pub(super) struct Functions {
    list: Vec<Function>,
    trie: Trie<FunctionId>,
}

impl Functions {
    /// Adds the function of one line, or phrases to the one that has its key.
    pub fn add(&mut self, line: &Line<'_>, words: &mut Words) -> Result<(), String> {
        let key = line.cell(Column::Id);
        let id = match self.by_key(key) {
            Some(id) => id,
            None => self.push(key, line)?,
        };
        for phrase in line.list(Column::Phrases) {
            let folded = name_words(phrase);
            self.trie.insert(folded.iter().map(|word| words.intern(word)), id);
            self.list[usize::from(id.0)].phrases.push(SmolStr::new(phrase));
        }
        if self.get(id).phrases.is_empty() {
            return Err(format!("{key} has no phrases"));
        }
        Ok(())
    }

    fn push(&mut self, key: &str, line: &Line<'_>) -> Result<FunctionId, String> {
        let kind = line.cell(Column::Kind);
        let kind = ActorKind::parse(kind).ok_or_else(|| format!("no kind of actor is called {kind:?}"))?;
        let owners: Result<Vec<Owner>, String> = line
            .list(Column::Of)
            .map(|word| {
                Owner::parse(word)
                    .ok_or_else(|| format!("{word:?} owns no functions; state, body, group or international"))
            })
            .collect();
        let id = u8::try_from(self.list.len()).map_err(|_| "more than 256 functions".to_owned())?;
        self.list.push(Function {
            key: SmolStr::new(key),
            kind,
            owners: owners?,
            phrases: Vec::new(),
            cameo: SmolStr::new(line.cell(Column::Cameo)),
        });
        Ok(FunctionId(id))
    }

    pub fn by_key(&self, key: &str) -> Option<FunctionId> {
        let at = self.list.iter().position(|function| function.key == key)?;
        u8::try_from(at).ok().map(FunctionId)
    }

    pub fn get(&self, id: FunctionId) -> &Function {
        &self.list[usize::from(id.0)]
    }

    /// Whether some phrase begins with a word.
    pub fn begins(&self, word: &str, words: &Words) -> bool {
        let folded = name_words(word);
        let id = folded.first().and_then(|word| words.get(word));
        id.is_some_and(|id| self.trie.step(Trie::<FunctionId>::ROOT, id).is_some())
    }

    /// The phrases, by their words.
    pub fn trie(&self) -> &Trie<FunctionId> {
        &self.trie
    }
}
