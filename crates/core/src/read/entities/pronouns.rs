//! Pronouns: the entity that each takes up.

use super::link::{Linker, Seen};
use super::mentions::{self, Pronoun};
use crate::analysis::Dep;
use crate::read::speech::{Gender, Slot};
use crate::reading::EntityKind;

/// How many sentences back a pronoun of a person may reach.
const SENTENCES_OF_PERSONS: usize = 4;
/// How many sentences back any other pronoun may reach.
const SENTENCES: usize = 2;

impl Linker<'_> {
    pub(super) fn pronoun(&self, at: usize, pronoun: Pronoun) -> Option<usize> {
        if pronoun == Pronoun::Relative {
            let noun = mentions::relative(self.analysis, at)?;
            return self.mention_at[noun].and_then(|mention| self.of[mention]);
        }
        let fit = |seen: &Seen| self.suits(seen, at, pronoun);
        // Of equals the nearest.
        let mut best: Option<(i32, Seen)> = None;
        let reach = match pronoun {
            Pronoun::He | Pronoun::She => SENTENCES_OF_PERSONS,
            Pronoun::It | Pronoun::They | Pronoun::First | Pronoun::Relative => SENTENCES,
        };
        for seen in self.recent(at, reach).filter(fit) {
            let value = self.salience(&seen, at, pronoun);
            if best.is_none_or(|(most, _)| value > most) {
                best = Some((value, seen));
            }
        }
        best.map(|(_, seen)| seen.cluster)
    }

    /// How likely a pronoun at `at` takes up this mention: subjects before objects, names before descriptions, the
    /// subject of the pronoun's own clause or of one above it first, the nearer sentence before the farther.
    fn salience(&self, seen: &Seen, at: usize, pronoun: Pronoun) -> i32 {
        let tokens = &self.analysis.tokens;
        let token = &tokens[seen.head];
        let distance = (tokens[at].sentence - token.sentence) as i32;
        let subject = matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass);
        let main = subject && tokens[token.head].dep == Dep::Root;
        let above = subject && distance == 0 && self.analysis.is_below(at, token.head);
        let entity = &self.clusters[seen.cluster];
        let named = entity.name.is_some() || entity.known.is_some();
        let plural = pronoun == Pronoun::They && entity.plural;
        2 * i32::from(subject) + i32::from(main) + i32::from(above) + i32::from(named) + 2 * i32::from(plural)
            - 3 * distance
    }

    fn suits(&self, seen: &Seen, at: usize, pronoun: Pronoun) -> bool {
        let entity = &self.clusters[seen.cluster];
        let person = entity.kind == Some(EntityKind::Person);
        let gender = |wanted: Gender| entity.gender.is_none_or(|gender| gender == wanted);
        let fits = match pronoun {
            Pronoun::He => person && !entity.plural && gender(Gender::Male),
            Pronoun::She => person && !entity.plural && gender(Gender::Female),
            Pronoun::It => {
                !entity.plural
                    && entity.kind.is_some_and(|k| !matches!(k, EntityKind::Person | EntityKind::Population))
            }
            Pronoun::They => {
                entity.plural
                    || entity.kind.is_some_and(|k| {
                        matches!(
                            k,
                            EntityKind::Population
                                | EntityKind::ArmedGroup
                                | EntityKind::Organization
                                | EntityKind::GovernmentBody
                        )
                    })
            }
            Pronoun::First | Pronoun::Relative => false,
        };
        fits && !self.is_other_argument(seen.cluster, at) && !self.quotes_it(seen.head, at)
    }

    /// Whether the one mentioned at `earlier` utters the quotation around `at`: of themselves they say "I".
    fn quotes_it(&self, earlier: usize, at: usize) -> bool {
        let token = &self.analysis.tokens[earlier];
        self.quote_of[at].is_some()
            && self.quote_of[earlier] != self.quote_of[at]
            && token.dep == Dep::Nsubj
            && self.speech.verb(&self.analysis.tokens[token.head]).iter().any(|cue| cue.takes(Slot::Quote))
    }

    /// Subject and object of one verb are two ("he told him"), but for "himself".
    fn is_other_argument(&self, cluster: usize, at: usize) -> bool {
        const ARGUMENTS: [Dep; 4] = [Dep::Nsubj, Dep::Dobj, Dep::Dative, Dep::Nsubjpass];
        let token = &self.analysis.tokens[at];
        let reflexive = token.lower.ends_with("self") || token.lower.ends_with("selves");
        let mut others = self.analysis.children_by(token.head, &ARGUMENTS).filter(|&other| other < at);
        let same =
            |other: usize| self.mention_at[other].and_then(|mention| self.of[mention]) == Some(cluster);
        ARGUMENTS.contains(&token.dep) && !reflexive && others.any(same)
    }
}
