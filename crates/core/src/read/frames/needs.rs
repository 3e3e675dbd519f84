//! Whether a word may stand for a frame where it stands: what must be near it, and what must not.

use super::class::Class;
use super::matching::{Found, Scene, lower_lemma};
use super::role::Role;
use super::{FrameId, Need};
use crate::analysis::Dep;
use crate::read::predicates::Modal;

impl Scene<'_> {
    /// Whether a word next to the trigger makes it mean something else.
    pub(super) fn is_other(&self, frame: FrameId, token: usize) -> bool {
        let unless = &self.book.get(frame).unless;
        let near = |word: usize| {
            let word = &self.analysis.tokens[word];
            unless.iter().any(|other| *other == word.lemma || *other == word.lower)
        };
        !unless.is_empty()
            && (self.analysis.children(token).any(near)
                || near(self.analysis.tokens[token].head)
                || self.predicates.at(token).is_some_and(|p| p.arguments.iter().any(|a| near(a.token))))
    }

    /// Whether the trigger lacks what the frame needs.
    pub(super) fn lacks(&self, frame: FrameId, token: usize) -> bool {
        match self.book.get(frame).needs {
            // What these ask of is known only when roles are bound or words are read as somebody's.
            None
            | Some(Need::Power | Need::Mutual | Need::PowerSpeaks | Need::Earlier | Need::Understood) => {
                false
            }
            Some(Need::Future) => !self.is_to_come(token),
            Some(Need::Negated) => !self.is_negated(token),
            Some(Need::Never) => !(self.is_to_come(token) && self.is_negated(token)),
            Some(Need::Caught) => !self.is_of_the_caught(token),
            Some(Need::ToBe) => {
                let word = &self.analysis.tokens[token];
                let infinitive = self.predicates.at(token).is_some_and(|p| p.context.infinitive);
                !(infinitive && word.dep == Dep::Xcomp && &*self.analysis.tokens[word.head].lemma == "be")
            }
        }
    }

    fn is_to_come(&self, token: usize) -> bool {
        let modal = self.predicates.at(token).and_then(|p| p.context.modal);
        matches!(modal, Some(Modal::Future | Modal::Conditional))
    }

    fn is_negated(&self, token: usize) -> bool {
        self.predicates.at(token).is_some_and(|p| p.context.negated)
    }

    /// Whether what fills the roles is not what the frame needs.
    pub(super) fn misses(&self, found: &Found) -> bool {
        let power =
            |token: usize| self.entities.at(token).is_some_and(|id| self.entities.list[id.0].kind.is_power());
        match self.book.get(found.frame).needs {
            Some(Need::Power) => {
                let actors = if found.first(Role::Actor).is_some() { Role::Actor } else { Role::Speaker };
                !found.all(actors).any(power)
            }
            Some(Need::Mutual) => found.all(Role::Speaker).count() < 2,
            Some(
                Need::Future
                | Need::Negated
                | Need::Never
                | Need::PowerSpeaks
                | Need::Earlier
                | Need::Understood
                | Need::ToBe
                | Need::Caught,
            )
            | None => false,
        }
    }

    /// Whether somebody is caught in the sentence of a token or in one beside it.
    fn is_of_the_caught(&self, token: usize) -> bool {
        let own = self.analysis.tokens[token].sentence;
        let sentences =
            &self.analysis.sentences[own.saturating_sub(1)..(own + 2).min(self.analysis.sentences.len())];
        let mut words = sentences.iter().flat_map(|sentence| sentence.tokens.range());
        words.any(|at| self.book.is(&lower_lemma(&self.analysis.tokens[at].lemma), Class::Caught))
    }
}
