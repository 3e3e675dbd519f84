//! What those answer who are said to have done it: "denied having been there", "“We have never set foot in the town”".
//!
//! Of somebody whom the report holds responsible nowhere such words mean nothing; of somebody whom it does they deny.

use smol_str::SmolStr;

use super::{Act, Reader};
use crate::analysis::{Dep, Pos};
use crate::read::predicates::{Slot, Tense};
use crate::read::statements::{CueKind, StatementId};
use crate::reading::{EntityId, EntityKind, Trace};
use crate::text::{Span, Tokens};
use crate::vocabulary::Stance;

/// The name of the rule.
const RULE: &str = "denial.of_accused";
/// How sure it is that the words are about the deed.
const CERTAINTY: f32 = 0.7;

/// Adds the denials of those of whom `acts` say that they did it.
pub(super) fn find(reader: &Reader<'_>, acts: &mut Vec<Act>) {
    let statements = &reader.ground.statements;
    let mut denials = Vec::new();
    for id in statements.ids() {
        let act = statements.act(id);
        let Some(speaker) = act.speaker.filter(|_| !act.negated && !act.possible) else { continue };
        let Some(token) = denied_at(reader, id, speaker) else { continue };
        let Some(charge) = charge(reader, acts, speaker, token) else { continue };
        // What other rules read of these words is closer to them.
        let read = |other: &Act| {
            let inside =
                act.content.iter().any(|span| span.holds(other.token)) || act.cue == Some(other.token);
            inside && other.speaker == Some(speaker)
        };
        if acts.iter().any(read) {
            continue;
        }
        let sentence = reader.ground.analysis.tokens[token].sentence;
        let words = act.content.iter().find(|span| span.holds(token)).copied();
        let words = words.unwrap_or(reader.ground.analysis.sentences[sentence].tokens);
        denials.push(denial(reader, token, charge, speaker, words));
    }
    acts.extend(denials);
    let nouns = (0..reader.ground.analysis.tokens.len()).filter_map(|noun| of_noun(reader, acts, noun));
    let nouns: Vec<Act> = nouns.collect();
    acts.extend(nouns);
}

/// "the group's denial": of what it is accused of.
fn of_noun(reader: &Reader<'_>, acts: &[Act], noun: usize) -> Option<Act> {
    let ground = reader.ground;
    if &*ground.lemma(noun) != "denial" {
        return None;
    }
    let predicate = ground.predicates.at(noun)?;
    let of = predicate.prepositional().find_map(|(preposition, object, _)| {
        matches!(&*ground.analysis.tokens[preposition].lower, "of" | "by" | "from").then_some(object)
    });
    let speaker = ground.entities.at(predicate.first(Slot::Possessor).or(of)?)?;
    let charge = charge(reader, acts, speaker, noun)?;
    let known =
        |act: &Act| act.stance == Stance::Denies && act.speaker == Some(speaker) && act.actor == charge.actor;
    if acts.iter().any(known) {
        return None;
    }
    Some(denial(reader, noun, charge, speaker, ground.analysis.subtree(noun)))
}

/// The denial, told of at `token`, of what `charge` says.
fn denial(reader: &Reader<'_>, token: usize, charge: &Act, speaker: EntityId, words: Span<Tokens>) -> Act {
    let ground = reader.ground;
    Act {
        token,
        incident: charge.incident,
        stance: Stance::Denies,
        speaker: Some(speaker),
        actor: charge.actor,
        certainty: CERTAINTY,
        evidence: ground.passage(words),
        trace: Trace {
            rule: SmolStr::new_static(RULE),
            trigger: ground.passage(Span::new(token, token + 1)),
        },
        only_answered: false,
    }
}

/// The act that holds the speaker, or whomever they speak for, responsible; the last one before the words, else the first.
fn charge<'a>(reader: &Reader<'_>, acts: &'a [Act], speaker: EntityId, token: usize) -> Option<&'a Act> {
    let charges = || {
        acts.iter().filter(|act| {
            let asserts = matches!(act.stance, Stance::Accuses | Stance::Suspects | Stance::Confirms);
            asserts && act.speaker != Some(speaker) && reader.speaks_for(speaker, act.actor)
        })
    };
    charges().rfind(|act| act.token < token).or_else(|| charges().next())
}

/// The word of a statement by which its source denies: a verb of denial, or a negated verb of what it did itself.
fn denied_at(reader: &Reader<'_>, id: StatementId, speaker: EntityId) -> Option<usize> {
    let act = reader.ground.statements.act(id);
    match act.kind {
        CueKind::Deny => act.content.first().map(|span| span.start),
        CueKind::Say => {
            let words = act.content.iter().flat_map(|span| span.range());
            words.into_iter().find(|&at| is_own_negation(reader, at, speaker))
        }
        CueKind::Ask | CueKind::Think | CueKind::Want | CueKind::Judge | CueKind::Seem => None,
    }
}

/// "we did not", "my country has never", "none of our men was": a negated verb in the past whose subject is the speaker's own.
fn is_own_negation(reader: &Reader<'_>, verb: usize, speaker: EntityId) -> bool {
    let ground = reader.ground;
    let Some(predicate) = ground.predicates.at(verb) else { return false };
    let token = &ground.analysis.tokens[verb];
    let past = predicate.context.tense == Tense::Past
        || ground.analysis.children_by(verb, &[Dep::Aux]).any(|aux| {
            matches!(&*ground.analysis.tokens[aux].lower, "had" | "has" | "have" | "did" | "’ve" | "'ve")
        });
    // "does not poison children", said of the poisoning
    let deed = reader.mentions.iter().any(|mention| mention.token == verb);
    if !matches!(token.pos, Pos::Verb | Pos::Aux) || !predicate.context.negated || !(past || deed) {
        return false;
    }
    let own = |at: usize| ground.entities.at(at).is_some_and(|id| reader.speaks_for(speaker, id));
    // "none of its fighters", "no officer of ours"
    let of_own = |subject: usize| {
        let whole = ground.analysis.children_by(subject, &[Dep::Prep]);
        let whole = whole.flat_map(|prep| ground.analysis.children_by(prep, &[Dep::Pobj]));
        whole.chain([subject]).any(|at| own(at) || ground.analysis.children_by(at, &[Dep::Poss]).any(own))
    };
    predicate.first(Slot::Subject).is_some_and(of_own)
}

impl Reader<'_> {
    /// Whether somebody is `actor`, or speaks for it: its member, its office, its country's government.
    pub(super) fn speaks_for(&self, speaker: EntityId, actor: EntityId) -> bool {
        let entities = &self.ground.entities;
        let (one, other) = (&entities.list[speaker.0], &entities.list[actor.0]);
        let official = self.entity_kind(self.actor_of(speaker)).is_power();
        let of_state = match other.kind {
            EntityKind::State => true,
            EntityKind::GovernmentBody => official,
            EntityKind::Person
            | EntityKind::ArmedGroup
            | EntityKind::Organization
            | EntityKind::Population
            | EntityKind::Facility
            | EntityKind::Other => false,
        };
        self.are_one(speaker, actor) || (of_state && one.country.is_some() && one.country == other.country)
    }
}
