//! What can fill which role of a pattern.

use super::class::Class;
use super::matching::{Scene, lower_lemma};
use super::pattern::Place;
use super::role::Role;
use crate::analysis::{Analysis, Dep, NameLabel, Pos};

impl Scene<'_> {
    /// Whether what `token` heads can fill a role.
    pub(super) fn fits(&self, role: Role, place: &Place, token: usize) -> bool {
        let word = &self.analysis.tokens[token];
        let nominal = matches!(word.pos, Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num);
        let event = self.events.get(token).copied().unwrap_or(false);
        let modifier = *place == Place::Modifier || word.dep == Dep::Compound;
        match role {
            Role::Speaker | Role::Actor | Role::Perpetrator => {
                let lemma = lower_lemma(&word.lemma);
                // Those who do violence by their name need no other standing ("bandits").
                let attacker = role == Role::Perpetrator && self.book.is(&lemma, Class::Attacker);
                let mutual = role == Role::Actor && is_mutual(self.analysis, token);
                let indicates = role == Role::Speaker && self.book.is(&lemma, Class::Indication);
                let somebody = (self.entities.at(token).is_some() || attacker || mutual) && !indicates;
                somebody && !event && !(modifier && word.pos == Pos::Noun)
            }
            Role::Incident => event || is_event_pronoun(&word.lower) || self.is_what_happened(token),
            Role::Claim => {
                self.book.is(&lower_lemma(&word.lemma), Class::Accusation) || is_event_pronoun(&word.lower)
            }
            Role::Harm => event || self.book.is(&lower_lemma(&word.lemma), Class::Harm),
            Role::Clause => matches!(word.pos, Pos::Verb | Pos::Aux | Pos::Adj),
            Role::Site => self.is_site(token),
            Role::Target | Role::Victim => nominal && !event && !is_event_pronoun(&word.lower),
            Role::Weapon => self.book.is(&lower_lemma(&word.lemma), Class::Weapon),
            Role::Explosive => self.book.is(&lower_lemma(&word.lemma), Class::Explosive),
            Role::Missile => self.book.is(&lower_lemma(&word.lemma), Class::Missile),
            Role::Vehicle => self.book.is(&lower_lemma(&word.lemma), Class::Vehicle),
            Role::Blade => self.book.is(&lower_lemma(&word.lemma), Class::Blade),
            Role::Place | Role::Thing | Role::Recipient => nominal,
            Role::Count => nominal,
            Role::Number => word.pos == Pos::Num,
        }
    }

    /// A building, a vehicle, an installation, or a place by its name.
    fn is_site(&self, token: usize) -> bool {
        let named = |label| matches!(label, NameLabel::Gpe | NameLabel::Loc | NameLabel::Fac);
        self.book.is(&lower_lemma(&self.analysis.tokens[token].lemma), Class::Facility)
            || self.analysis.names.iter().any(|name| name.tokens.holds(token) && named(name.label))
    }

    /// "what happened in the harbour": the clause stands for the event.
    fn is_what_happened(&self, verb: usize) -> bool {
        matches!(&*self.analysis.tokens[verb].lemma, "happen" | "occur" | "befall")
            && self
                .analysis
                .children_by(verb, &[Dep::Nsubj])
                .any(|child| &*self.analysis.tokens[child].lower == "what")
    }
}

/// How many words before "the other" the word "each" may stand.
const MUTUAL_REACH: usize = 8;

/// "each other", "one another", "each … the other": those of whom the sentence speaks, by turns.
pub(crate) fn is_mutual(analysis: &Analysis, token: usize) -> bool {
    let before = token.checked_sub(1).map(|at| &*analysis.tokens[at].lower);
    match &*analysis.tokens[token].lower {
        "other" if before == Some("the") => {
            let start = analysis.sentences[analysis.tokens[token].sentence].tokens.start;
            let from = start.max(token.saturating_sub(MUTUAL_REACH));
            (from..token).any(|at| &*analysis.tokens[at].lower == "each")
        }
        "other" => before == Some("each"),
        "another" => before == Some("one"),
        _ => false,
    }
}

fn is_event_pronoun(lower: &str) -> bool {
    matches!(lower, "it" | "this" | "that" | "which" | "these" | "those")
}
