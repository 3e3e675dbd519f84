//! Matching: where in a document the patterns of the frames stand, and what fills their roles.

use std::collections::HashMap;

use smol_str::SmolStr;

use super::class::Class;
use super::pattern::{Edge, Filler, Node, Place, Shape, Word};
use super::role::Role;
use super::{Entry, FrameBook, FrameId};
use crate::analysis::{Analysis, Dep, Pos, Token};
use crate::read::entities::Entities;
use crate::read::predicates::{Bond, Predicate, Predicates, Slot};

/// A frame found in a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// Which frame.
    pub frame: FrameId,
    /// The token by which it was recognised.
    pub trigger: usize,
    /// The tokens of its own words, the trigger first.
    pub words: Vec<usize>,
    /// What fills its roles: head tokens, with how they came there.
    pub roles: Vec<(Role, usize, Bond)>,
}

impl Found {
    /// The tokens that fill a role, in the order of their nearness.
    pub fn all(&self, role: Role) -> impl Iterator<Item = usize> + '_ {
        self.roles.iter().filter(move |(r, _, _)| *r == role).map(|&(_, token, _)| token)
    }

    /// The first token that fills a role.
    pub fn first(&self, role: Role) -> Option<usize> {
        self.all(role).next()
    }
}

/// What matching looks at.
pub struct Scene<'a> {
    /// The grammar.
    pub analysis: &'a Analysis,
    /// The predicates.
    pub predicates: &'a Predicates,
    /// The entities.
    pub entities: &'a Entities,
    /// The frames.
    pub book: &'a FrameBook,
    /// For each token whether it tells of an incident, as far as is known.
    pub events: Vec<bool>,
}

/// In which form the word of a node stands, which decides where its places are.
#[derive(Clone, Copy)]
enum Form<'a> {
    /// A verb.
    Verb,
    /// A noun that stands for a verb, with the prepositions of its object.
    Nominal(&'a [SmolStr]),
    /// A noun or adjective of its own.
    Own,
}

impl Scene<'_> {
    /// The frames that fit `wanted`, in the order of their triggers; of one frame at one trigger the fullest match.
    pub fn find(&self, wanted: impl Fn(FrameId) -> bool) -> Vec<Found> {
        let mut all: Vec<Found> = Vec::new();
        for token in 0..self.analysis.tokens.len() {
            let first = all.len();
            for entry in self.entries(token) {
                let pattern = &self.book.patterns[entry.pattern];
                if !wanted(pattern.frame)
                    || self.is_other(pattern.frame, token)
                    || self.lacks(pattern.frame, token)
                {
                    continue;
                }
                let Some(found) = self.attempt(entry, token).filter(|found| !self.misses(found)) else {
                    continue;
                };
                match all[first..].iter_mut().find(|other| other.frame == found.frame) {
                    Some(other) if fullness(other) < fullness(&found) => *other = found,
                    Some(_) => {}
                    None => all.push(found),
                }
            }
        }
        all
    }

    fn entries(&self, token: usize) -> impl Iterator<Item = &Entry> + '_ {
        let word = &self.analysis.tokens[token];
        let (first, second) = match word.pos {
            // "is missing", "was wounded": a participle is also looked up as an adjective, in its own form.
            Pos::Verb | Pos::Aux if !matches!(word.dep, Dep::Aux | Dep::Auxpass) => {
                (look_up(&self.book.verbs, word), self.book.nouns.get(&word.lower))
            }
            Pos::Noun | Pos::Propn | Pos::Adj => (look_up(&self.book.nouns, word), None),
            Pos::Adp => (look_up(&self.book.prepositions, word), None),
            _ => (None, None),
        };
        first.into_iter().chain(second).flatten()
    }

    fn attempt(&self, entry: &Entry, token: usize) -> Option<Found> {
        let pattern = &self.book.patterns[entry.pattern];
        let mut found = Found { frame: pattern.frame, trigger: token, words: Vec::new(), roles: Vec::new() };
        let fits = match (&pattern.shape, &entry.nominal) {
            (Shape::Verb(node), None) => self.node(node, token, Form::Verb, &[], &mut found),
            (Shape::Verb(node), Some(object)) => {
                self.node(node, token, Form::Nominal(object), &[], &mut found)
            }
            (Shape::Noun(node), _) => self.node(node, token, Form::Own, &[], &mut found),
            (Shape::Preposition { left, right, .. }, _) => self.preposition(left, right, token, &mut found),
        };
        fits.then_some(found)
    }

    /// Whether a node fits the predicate at `token`; `near` are prepositions that may belong to it as well.
    fn node(
        &self,
        node: &Node,
        token: usize,
        form: Form<'_>,
        near: &[(usize, usize, Bond)],
        found: &mut Found,
    ) -> bool {
        let Some(predicate) = self.predicates.at(token) else { return false };
        let nominal = matches!(form, Form::Nominal(_));
        if !nominal && !node.words.iter().any(|word| self.is_word(word, token, predicate)) {
            return false;
        }
        found.words.push(token);
        found.words.extend(predicate.particle);
        let mut prepositional: Vec<_> = predicate.prepositional().chain(near.iter().copied()).collect();
        if !matches!(form, Form::Verb) {
            prepositional.extend(self.support(token).into_iter().flat_map(Predicate::prepositional));
        }
        node.edges.iter().all(|edge| self.edge(edge, token, predicate, form, &prepositional, found))
    }

    fn edge(
        &self,
        edge: &Edge,
        token: usize,
        predicate: &Predicate,
        form: Form<'_>,
        prepositional: &[(usize, usize, Bond)],
        found: &mut Found,
    ) -> bool {
        let mut groups = self.candidates(&edge.place, token, predicate, form, prepositional);
        // "at the group's door", "the group's hand in it": of what the frame's other words are.
        if matches!(&edge.place, Place::Prep(words) if words.iter().any(|word| word == "of")) {
            let own = found.words.iter().skip(1).filter_map(|&word| self.predicates.at(word));
            groups.extend(own.map(|word| {
                let owners =
                    word.arguments.iter().filter(|a| matches!(a.slot, Slot::Possessor | Slot::Modifier));
                owners.map(|a| (a.token, a.bond)).collect()
            }));
        }
        match &edge.filler {
            Filler::Node(node) => {
                let hit = groups.iter().flatten().any(|&(candidate, _)| {
                    let mark = (found.words.len(), found.roles.len());
                    let fits = self.node(node, candidate, Form::Own, prepositional, found)
                        || self.node_in_verb(node, candidate, prepositional, found);
                    if !fits {
                        found.words.truncate(mark.0);
                        found.roles.truncate(mark.1);
                    }
                    fits
                });
                hit || edge.optional
            }
            Filler::Roles(roles) => {
                for group in &groups {
                    if self.bind(roles, &edge.place, group, found) {
                        return true;
                    }
                }
                // The doer may go unsaid ("responsibility was claimed"), and of a noun everything; but not a thing by
                // whose doing the frame is known ("was killed" is no bombing).
                let subject = edge.place == Place::Subject;
                let known_by = roles.iter().any(|&role| {
                    role.is_weapon() && (subject || !matches!(role, Role::Weapon | Role::Explosive))
                });
                // A subject that is only inferred and does not fit was inferred wrongly.
                let nobody = groups.iter().flatten().all(|&(_, bond)| bond == Bond::Inferred);
                let unsaid = match form {
                    Form::Nominal(_) => true,
                    Form::Verb => edge.place == Place::Subject && nobody,
                    Form::Own => false,
                };
                edge.optional || (unsaid && !known_by)
            }
        }
    }

    /// A node within a pattern may be a verb ("SPEAKER vow to retaliate").
    fn node_in_verb(
        &self,
        node: &Node,
        token: usize,
        near: &[(usize, usize, Bond)],
        found: &mut Found,
    ) -> bool {
        matches!(self.analysis.tokens[token].pos, Pos::Verb | Pos::Aux)
            && self.node(node, token, Form::Verb, near, found)
    }

    /// Binds the fitting candidates of a group: all that stand there themselves, else the nearest inferred one.
    fn bind(&self, roles: &[Role], place: &Place, group: &[(usize, Bond)], found: &mut Found) -> bool {
        let mut bound = false;
        for &(token, bond) in group {
            if bond == Bond::Inferred && bound {
                continue;
            }
            let taken =
                found.words.contains(&token) || found.roles.iter().any(|&(_, other, _)| other == token);
            let role = roles.iter().copied().find(|&role| !taken && self.fits(role, place, token));
            if let Some(role) = role {
                let role = role.plain();
                found.roles.push((role, token, bond));
                bound = true;
            }
        }
        bound
    }

    /// What stands in a place, in groups: only where nothing in a group fits is the next one looked at.
    fn candidates(
        &self,
        place: &Place,
        token: usize,
        predicate: &Predicate,
        form: Form<'_>,
        prepositional: &[(usize, usize, Bond)],
    ) -> Vec<Vec<(usize, Bond)>> {
        let slot = |slot: Slot| -> Vec<(usize, Bond)> {
            predicate.arguments.iter().filter(|a| a.slot == slot).map(|a| (a.token, a.bond)).collect()
        };
        let after = |words: &[&str]| -> Vec<(usize, Bond)> {
            let among = |preposition: usize| words.contains(&&*self.analysis.tokens[preposition].lower);
            prepositional
                .iter()
                .filter(|(p, _, _)| among(*p))
                .map(|&(_, object, bond)| (object, bond))
                .collect()
        };
        let doer = || {
            let support = self.support(token).map(|verb| {
                let slot = if verb.passive { Slot::Prep(0) } else { Slot::Subject };
                verb.tokens(slot).map(|t| (t, Bond::Inferred)).collect()
            });
            vec![
                after(&["by", "from"]),
                slot(Slot::Possessor),
                slot(Slot::Modifier),
                support.unwrap_or_default(),
            ]
        };
        let done = |prepositions: &[SmolStr]| {
            let mut words: Vec<&str> = prepositions.iter().map(SmolStr::as_str).collect();
            words.push("of");
            vec![after(&words), slot(Slot::Possessor), slot(Slot::Modifier)]
        };
        match (place, form) {
            (Place::Subject, Form::Verb) => vec![slot(Slot::Subject)],
            (Place::Subject, Form::Own) if predicate.passive => vec![slot(Slot::Object)],
            (Place::Subject, Form::Own) => vec![slot(Slot::Subject)],
            (Place::Subject, Form::Nominal(prepositions)) => {
                let mut groups = doer();
                // "the murder of a judge" is done to him; "the attack of the rebels on the town" is theirs.
                let object: Vec<&str> = prepositions.iter().map(SmolStr::as_str).collect();
                if !after(&object).is_empty() {
                    groups.push(after(&["of"]));
                }
                groups
            }
            // "pleaded guilty": what is said of the subject may stand where an object does.
            (Place::Object, Form::Verb) => {
                vec![slot(Slot::Object), slot(Slot::Dative), slot(Slot::Complement)]
            }
            (Place::Object, Form::Nominal(prepositions)) => done(prepositions),
            (Place::Object, Form::Own) => Vec::new(),
            (Place::Complement, _) => {
                vec![slot(Slot::Complement), slot(Slot::Infinitive), slot(Slot::Clause)]
            }
            (Place::Clause, _) => vec![slot(Slot::Clause), slot(Slot::Infinitive)],
            (Place::Modifier, _) => vec![slot(Slot::Modifier)],
            (Place::Prep(words), form) => {
                let words: Vec<&str> = words.iter().map(SmolStr::as_str).collect();
                let mut groups = match form {
                    Form::Own if words.contains(&"by") => [doer(), vec![after(&["of"])]].concat(),
                    Form::Own if words.contains(&"of") => {
                        vec![after(&words), slot(Slot::Possessor), slot(Slot::Modifier)]
                    }
                    Form::Verb | Form::Nominal(_) | Form::Own => vec![after(&words)],
                };
                // "to" leads to a thing or to a deed: "confessed to the bombing", "threatened to bomb".
                if words.contains(&"to") {
                    groups.push(slot(Slot::Infinitive));
                }
                groups
            }
        }
    }

    /// The verb that lends its subject to the noun that is its object ("issued a warning").
    fn support(&self, noun: usize) -> Option<&Predicate> {
        let token = &self.analysis.tokens[noun];
        let verb = &self.analysis.tokens[token.head];
        let lends =
            matches!(token.dep, Dep::Dobj | Dep::Nsubjpass) && self.book.is(&verb.lemma, Class::Support);
        if lends { self.predicates.at(token.head) } else { None }
    }

    fn preposition(&self, left: &Filler, right: &Filler, token: usize, found: &mut Found) -> bool {
        found.words.push(token);
        let head = self.analysis.tokens[token].head;
        let Some(predicate) = self.predicates.at(head) else { return false };
        let mut before: Vec<(usize, Bond)> = Vec::new();
        if matches!(self.analysis.tokens[head].pos, Pos::Verb | Pos::Aux) {
            if &*self.analysis.tokens[head].lemma == "be" {
                before.extend(predicate.tokens(Slot::Subject).map(|t| (t, Bond::Own)));
            }
        } else {
            before.push((head, Bond::Own));
        }
        let after: Vec<(usize, Bond)> = predicate
            .prepositional()
            .filter(|&(preposition, _, _)| preposition == token)
            .map(|(_, object, bond)| (object, bond))
            .collect();
        let place = Place::Subject;
        let side = |filler: &Filler, group: &[(usize, Bond)], found: &mut Found| match filler {
            Filler::Roles(roles) => self.bind(roles, &place, group, found),
            Filler::Node(node) => {
                group.iter().any(|&(candidate, _)| self.node(node, candidate, Form::Own, &[], found))
            }
        };
        side(left, &before, found) && side(right, &after, found)
    }

    fn is_word(&self, word: &Word, token: usize, predicate: &Predicate) -> bool {
        let here = &self.analysis.tokens[token];
        let same = here.lower == word.lemma || lower_lemma(&here.lemma) == word.lemma;
        let particle = word.particle.as_ref().is_none_or(|particle| {
            predicate.particle.is_some_and(|at| self.analysis.tokens[at].lower == *particle)
                || self
                    .analysis
                    .children_by(token, &[Dep::Prep])
                    .any(|at| self.analysis.tokens[at].lower == *particle)
        });
        same && particle
    }
}

fn look_up<'i>(index: &'i HashMap<SmolStr, Vec<Entry>>, word: &Token) -> Option<&'i Vec<Entry>> {
    index.get(&lower_lemma(&word.lemma)).or_else(|| index.get(&word.lower))
}

pub(crate) fn lower_lemma(lemma: &SmolStr) -> SmolStr {
    if lemma.chars().any(char::is_uppercase) { SmolStr::from(lemma.to_lowercase()) } else { lemma.clone() }
}

/// How much of a pattern a match covers.
fn fullness(found: &Found) -> usize {
    found.words.len() + found.roles.len()
}
