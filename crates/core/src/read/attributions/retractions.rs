//! What speakers take back of what they said before: "no longer blames", "had been wrong to accuse".

use super::Reader;
use crate::analysis::Dep;
use crate::reading::EntityId;
use crate::vocabulary::Stance;

/// How far up from a word the words stand that take it back.
const REACH: usize = 4;

/// How what stands at a word is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Recall {
    /// "no longer blames": who said it says it no more.
    NoLonger,
    /// "was wrong to blame", "falsely accused": it should not have been said.
    Wrongly,
}

impl Recall {
    /// The act that it comes to, and whose it is: to call one's own words wrong takes them back, to call those of others
    /// wrong refutes them.
    pub(super) fn act(self, author: Option<EntityId>, voice: Option<EntityId>) -> (Option<EntityId>, Stance) {
        match self {
            Self::NoLonger => (author, Stance::Retracts),
            Self::Wrongly if author.is_some() && author == voice => (author, Stance::Retracts),
            Self::Wrongly => (voice, Stance::Refutes),
        }
    }
}

/// How the words for a speech act at `token` are taken back, where they are.
pub(super) fn of(reader: &Reader<'_>, token: usize) -> Option<Recall> {
    let analysis = reader.ground.analysis;
    let falsely = |child: usize| {
        matches!(
            &*analysis.tokens[child].lower,
            "falsely" | "wrongly" | "mistakenly" | "erroneously" | "unjustly"
        )
    };
    if analysis.children_by(token, &[Dep::Advmod]).any(falsely) {
        return Some(Recall::Wrongly);
    }
    let path = std::iter::once(token).chain(reader.ground.above(token).take(REACH));
    let mut below = None;
    for at in path {
        let longer = |child: usize| {
            let word = &analysis.tokens[child];
            let no = || {
                analysis.children(child).any(|c| &*analysis.tokens[c].lower == "no")
                    || before_is_no(reader, child)
            };
            (&*word.lower == "longer" && no()) || &*word.lower == "anymore"
        };
        if analysis.children_by(at, &[Dep::Advmod, Dep::Npadvmod, Dep::Neg]).any(longer) {
            return Some(Recall::NoLonger);
        }
        let word = &analysis.tokens[at];
        let wrong = matches!(
            &*word.lemma,
            "wrong" | "mistaken" | "mistake" | "error" | "premature" | "hasty" | "unfair"
        );
        if wrong && below.is_some_and(|below| completes(reader, below)) {
            return Some(Recall::Wrongly);
        }
        // What is said in a clause of its own is taken back by its own words only.
        if matches!(word.dep, Dep::Ccomp | Dep::Relcl | Dep::Parataxis | Dep::Root) {
            return None;
        }
        below = Some(at);
    }
    None
}

fn before_is_no(reader: &Reader<'_>, token: usize) -> bool {
    token.checked_sub(1).is_some_and(|before| &*reader.ground.analysis.tokens[before].lower == "no")
}

/// "wrong *to accuse*", "a mistake *to blame*", "wrong *in* blaming".
fn completes(reader: &Reader<'_>, below: usize) -> bool {
    matches!(
        reader.ground.analysis.tokens[below].dep,
        Dep::Xcomp | Dep::Acl | Dep::Pcomp | Dep::Prep | Dep::Advcl | Dep::Ccomp
    )
}
