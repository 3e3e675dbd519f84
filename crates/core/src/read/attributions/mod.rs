//! Speech acts about responsibility: who says of whom that they did it, or did not.

mod acts;
mod contents;
mod denials;
mod owners;
mod replies;
mod retractions;
mod told;

pub use self::told::tell;
use crate::analysis::{Dep, Pos};
use crate::document::Passage;
use crate::read::events::EventMention;
use crate::read::frames::{Class, Detail, Found, Role};
use crate::read::ground::{Ground, Matches};
use crate::read::incidents::Incidents;
use crate::read::predicates::{Bond, Slot};
use crate::reading::{Attribution, Entity, EntityId, EntityKind, IncidentId, Trace};
use crate::vocabulary::Stance;

/// One speech act, before those that say the same are joined.
#[derive(Clone, Debug)]
struct Act {
    /// The token that tells of it.
    token: usize,
    incident: IncidentId,
    stance: Stance,
    speaker: Option<EntityId>,
    actor: EntityId,
    certainty: f32,
    evidence: Passage,
    trace: Trace,
    /// Nobody is said to make it: it stands here for what answers it ("rejected the notion that it was involved").
    only_answered: bool,
}

/// A word of a name as classes list it.
fn singular(word: &str) -> String {
    let lower = word.to_lowercase();
    lower.strip_suffix('s').map(str::to_owned).unwrap_or(lower)
}

/// Whether a word of a name is of a class, whatever its case and its genitive.
fn is_of(ground: &Ground<'_>, word: &str, class: Class) -> bool {
    let lower = word.to_lowercase();
    let lemma = lower.strip_suffix("'s").or_else(|| lower.strip_suffix("’s")).unwrap_or(&lower);
    ground.book.is(lemma, class)
}

/// "in the name of the group", "on behalf of the group": in whose.
fn in_name_of(ground: &Ground<'_>, noun: usize) -> Option<usize> {
    matches!(&*ground.lemma(noun), "name" | "behalf")
        .then(|| ground.predicates.at(noun))??
        .prepositional()
        .find_map(|(preposition, object, _)| {
            (&*ground.analysis.tokens[preposition].lower == "of").then_some(object)
        })
}

/// Whether the report calls somebody by a name and does not only describe them.
fn is_by_name(entity: &Entity) -> bool {
    let mut words = entity.name.split_whitespace();
    words.next().is_some_and(|word| word.starts_with(char::is_uppercase))
        && (entity.kind != EntityKind::Person || words.all(|word| word.starts_with(char::is_uppercase)))
}

/// What speech acts are read from.
struct Reader<'a> {
    ground: &'a Ground<'a>,
    matches: &'a Matches,
    mentions: &'a [EventMention],
    incidents: &'a Incidents,
}

/// The attributions of a report, in order of their first words.
pub fn find(
    ground: &Ground<'_>,
    matches: &Matches,
    mentions: &[EventMention],
    incidents: &Incidents,
) -> Vec<Attribution> {
    let reader = Reader { ground, matches, mentions, incidents };
    let mut acts = acts::find(&reader);
    contents::find(&reader, &mut acts);
    acts.sort_by_key(|act| act.token);
    replies::find(&reader, &mut acts);
    denials::find(&reader, &mut acts);
    let claimed = |act: &Act| act.stance == Stance::Claims;
    acts.retain(|act| !act.only_answered && (claimed(act) || reader.is_actor(act.actor)));
    acts.sort_by_key(|act| act.token);
    join(acts)
}

/// One attribution for each incident, stance, speaker and actor.
fn join(acts: Vec<Act>) -> Vec<Attribution> {
    let mut joined: Vec<Attribution> = Vec::new();
    for act in acts {
        let same = |other: &&mut Attribution| {
            (other.incident, other.stance, other.speaker, other.actor)
                == (act.incident, act.stance, act.speaker, act.actor)
        };
        match joined.iter_mut().find(same) {
            Some(other) => {
                other.certainty = other.certainty.max(act.certainty);
                if !other.evidence.contains(&act.evidence) {
                    other.evidence.push(act.evidence);
                }
            }
            None => joined.push(Attribution {
                incident: act.incident,
                stance: act.stance,
                speaker: act.speaker,
                actor: act.actor,
                certainty: act.certainty,
                said_on: None,
                evidence: vec![act.evidence],
                trace: act.trace,
            }),
        }
    }
    joined
}

impl Reader<'_> {
    /// The incident that fills a role of a frame, through words that only tell who did it ("carried out the attack").
    fn incident(&self, found: &Found, depth: usize) -> Option<IncidentId> {
        for (role, token, _) in &found.roles {
            if !matches!(role, Role::Incident | Role::Clause | Role::Harm) {
                continue;
            }
            if let Some(id) = self.incident_at(*token, depth) {
                return Some(id);
            }
            if self.mentions.iter().any(|mention| mention.token == *token) {
                return None;
            }
        }
        // "accused them of lying", "blamed him for the drought": of something else, but not "of building the bomb".
        let of_something =
            |&(role, token, _): &(Role, usize, Bond)| role == Role::Clause && !self.is_about_arms(token);
        let other = found.roles.iter().any(of_something) || self.is_for_other(found);
        if other { None } else { self.incidents.spoken_of(self.ground.analysis, found.trigger) }
    }

    /// All incidents that fill the role: "charged with the bombing and the shooting".
    fn incidents_of(&self, found: &Found) -> Vec<IncidentId> {
        let mut ids: Vec<IncidentId> = self.incident(found, 2).into_iter().collect();
        ids.extend(found.all(Role::Incident).filter_map(|token| self.incidents.at(token)));
        let mut seen = Vec::new();
        ids.retain(|id| {
            !seen.contains(id) && {
                seen.push(*id);
                true
            }
        });
        ids
    }

    /// "building the bomb", "smuggling the weapons": part of a deed with arms.
    fn is_about_arms(&self, verb: usize) -> bool {
        let objects = self.ground.predicates.at(verb).into_iter().flat_map(|p| p.tokens(Slot::Object));
        objects.into_iter().any(|at| {
            let lemma = self.ground.lemma(at);
            self.is_definite(at)
                && (self.ground.book.is(&lemma, Class::Weapon)
                    || self.ground.book.is(&lemma, Class::Attacker))
        })
    }

    /// "being behind the attack": the frame is recognised by what completes the verb.
    fn completes(&self, found: &Found, verb: usize) -> bool {
        let word = &self.ground.analysis.tokens[found.trigger];
        word.head == verb && matches!(word.dep, Dep::Prep | Dep::Attr | Dep::Acomp)
    }

    /// Whether the words name what somebody is held responsible for, and that is no incident.
    fn is_for_other(&self, found: &Found) -> bool {
        let ground = self.ground;
        let bound = found
            .roles
            .iter()
            .any(|(role, _, _)| matches!(role, Role::Incident | Role::Clause | Role::Claim));
        let for_what = |(preposition, object, bond): (usize, usize, Bond)| {
            let word = &ground.analysis.tokens[object];
            bond == Bond::Own
                && matches!(&*ground.analysis.tokens[preposition].lower, "for" | "of" | "over")
                && word.pos == Pos::Noun
                && !found.roles.iter().any(|&(_, token, _)| token == object)
                && !found.words.contains(&object)
                && !self.mentions.iter().any(|mention| mention.token == object)
                && !ground.book.is(&ground.lemma(object), Class::Explosive)
        };
        let predicates = found.words.iter().filter_map(|&word| ground.predicates.at(word));
        !bound && predicates.flat_map(|predicate| predicate.prepositional()).any(for_what)
    }

    /// "the operation", "this act", "their deed".
    fn is_definite(&self, token: usize) -> bool {
        self.ground.analysis.children_by(token, &[Dep::Det, Dep::Poss]).any(|child| {
            let word = &self.ground.analysis.tokens[child];
            word.dep == Dep::Poss || matches!(&*word.lower, "the" | "this" | "that" | "these" | "those")
        })
    }

    fn incident_at(&self, token: usize, depth: usize) -> Option<IncidentId> {
        if let Some(id) = self.incidents.at(token) {
            return Some(id);
        }
        if let Some(mention) = self.mentions.iter().find(|mention| mention.token == token) {
            // "carried out operations", "an act of this kind": words that take up nothing that was told.
            let taken_up = mention.detail > Detail::Generic || self.is_definite(token);
            return if taken_up && !mention.habitual {
                self.incidents.spoken_of(self.ground.analysis, token)
            } else {
                None
            };
        }
        if depth == 0 {
            return None;
        }
        let mut inner =
            self.matches.others.iter().filter(|found| found.trigger == token || self.completes(found, token));
        inner.find_map(|found| self.incident(found, depth - 1))
    }

    /// The group or country for which somebody acts: an official for the office's body, a fighter for the group; a branch
    /// of a group or a service of a state stands for itself.
    fn actor_of(&self, id: EntityId) -> EntityId {
        let entities = &self.ground.entities;
        let entity = &entities.list[id.0];
        let people = match entity.kind {
            EntityKind::Person | EntityKind::Population | EntityKind::Other | EntityKind::Facility => true,
            // "a cell of the group"
            EntityKind::ArmedGroup => !entity.name.contains(char::is_uppercase),
            EntityKind::State | EntityKind::GovernmentBody | EntityKind::Organization => false,
        };
        entities.part_of(id).filter(|_| people).unwrap_or(id)
    }

    /// Whether a word of a class stands in the name of an entity: "the district court".
    fn is_called(&self, id: EntityId, class: Class) -> bool {
        let mut words = self.ground.entities.list[id.0].name.split_whitespace();
        words.any(|word| is_of(self.ground, word, class))
    }

    /// The court of which the report speaks, where it speaks of one only: "was convicted on Friday".
    fn only_court(&self) -> Option<EntityId> {
        let mut courts =
            (0..self.ground.entities.list.len()).map(EntityId).filter(|&id| self.is_called(id, Class::Court));
        let only = courts.next()?;
        courts.next().is_none().then_some(only)
    }

    /// Whose a document or an accusation is: "the group's", "by the group", "from the group".
    fn maker(&self, noun: usize) -> Option<usize> {
        let predicate = self.ground.predicates.at(noun)?;
        let by = |(preposition, object, _): (usize, usize, Bond)| {
            let word = &self.ground.analysis.tokens[preposition].lower;
            matches!(&**word, "by" | "from").then_some(object)
        };
        predicate.first(Slot::Possessor).or_else(|| predicate.prepositional().find_map(by))
    }

    /// Who issued a document: "issued a statement claiming the attack", "a message by the group".
    fn author(&self, token: usize) -> Option<EntityId> {
        let ground = self.ground;
        if !ground.book.is(&ground.lemma(token), Class::Document) {
            return None;
        }
        let named = || {
            let mut after = ground.predicates.at(token)?.prepositional();
            after.find_map(|(_, object, _)| in_name_of(ground, object))
        };
        let issuer = || ground.predicates.at(ground.analysis.tokens[token].head)?.first(Slot::Subject);
        let by = self.maker(token).or_else(named);
        by.or_else(issuer).filter(|&at| at != token).and_then(|at| ground.entities.at(at))
    }

    /// Whom the speaker means by `actor`: "his country" is the speaker's own, and so is "the country" that had no part in it.
    fn meant(&self, speaker: Option<EntityId>, actor: EntityId, denied: bool) -> EntityId {
        let entities = &self.ground.entities;
        let name = entities.list[actor.0].name.to_lowercase();
        let mut words = name.split_whitespace();
        let whose = match words.next() {
            Some("his" | "her" | "their" | "its" | "our" | "my") => true,
            Some("the") => denied,
            Some(_) | None => false,
        };
        let country = matches!((words.next(), words.next()), (Some("country" | "nation" | "state"), None));
        let own = || {
            let speaker = speaker?;
            let whole =
                entities.part_of(speaker).filter(|whole| entities.list[whole.0].kind == EntityKind::State);
            let code = entities.list[speaker.0].country;
            let state = |entity: &Entity| entity.kind == EntityKind::State && entity.country == code;
            whole.or_else(|| {
                code?;
                entities.list.iter().position(state).map(EntityId)
            })
        };
        (whose && country).then(own).flatten().unwrap_or(actor)
    }

    /// Whether the word stands for somebody whom the report names, or for a body, group or state.
    fn is_named(&self, token: usize) -> bool {
        let Some(id) = self.ground.entities.at(token) else { return false };
        let entity = &self.ground.entities.list[id.0];
        match entity.kind {
            EntityKind::ArmedGroup | EntityKind::State | EntityKind::GovernmentBody => true,
            EntityKind::Organization
            | EntityKind::Person
            | EntityKind::Population
            | EntityKind::Facility
            | EntityKind::Other => {
                self.ground.entities.part_of(id).is_some()
                    || entity
                        .name
                        .split_whitespace()
                        .last()
                        .is_some_and(|word| word.starts_with(char::is_uppercase))
            }
        }
    }

    /// Whether the word only says that somebody did violence ("gunmen"): to say so attributes it to nobody.
    fn is_mere_attacker(&self, token: usize) -> bool {
        let entities = &self.ground.entities;
        let of_body = entities.at(token).and_then(|id| entities.part_of(id)).is_some();
        self.ground.book.is(&self.ground.lemma(token), Class::Attacker)
            && !of_body
            && !self.ground.analysis.children_by(token, &[Dep::Compound, Dep::Amod, Dep::Poss]).any(|child| {
                self.ground.entities.at(child).is_some()
                    || self.ground.analysis.tokens[child].pos == Pos::Propn
            })
    }

    /// Whether the actor is somebody of whom acts are kept: not people whom the report only describes ("two men").
    fn is_actor(&self, id: EntityId) -> bool {
        let entity = &self.ground.entities.list[id.0];
        let described = !entity.name.contains(char::is_uppercase);
        let last = entity.name.split_whitespace().last().map(singular).unwrap_or_default();
        let anybody = matches!(entity.kind, EntityKind::Person | EntityKind::Other | EntityKind::Facility);
        let attacker = self.ground.book.is(&last, Class::Attacker) && !last.contains("suspect");
        !(described && anybody) || attacker || self.actor_of(id) != id
    }

    /// Whether it is a person whom the report calls by name.
    fn is_called_by_name(&self, id: EntityId) -> bool {
        let entity = &self.ground.entities.list[id.0];
        entity.kind == EntityKind::Person && is_by_name(entity)
    }

    fn entity_kind(&self, id: EntityId) -> EntityKind {
        self.ground.entities.list[id.0].kind
    }

    /// Whether the two are one, or one speaks for the other.
    fn are_one(&self, one: EntityId, other: EntityId) -> bool {
        one == other || self.actor_of(one) == other || self.actor_of(other) == one
    }
}
