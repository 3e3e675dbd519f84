//! Threats and vows: harm that somebody announces.

use crate::analysis::{Dep, Pos};
use crate::document::Passage;
use crate::read::events::Put;
use crate::read::frames::{Class, Found, Meaning, Need, Role};
use crate::read::ground::{Ground, Matches};
use crate::read::phrase;
use crate::read::predicates::Slot;
use crate::reading::{EntityId, EntityKind, Threat};
use crate::text::Span;
use crate::vocabulary::Modality;

/// The threats of a report, one for each speaker.
pub fn find(ground: &Ground<'_>, matches: &Matches) -> Vec<Threat> {
    let mut drafts: Vec<Draft> = Vec::new();
    for found in &matches.others {
        let meaning = ground.book.get(found.frame).meaning;
        if meaning != Meaning::Threat && !(meaning == Meaning::Warning && is_of_group(ground, found)) {
            continue;
        }
        let put = Put::of(ground, matches, found.trigger);
        let is_meant = matches!(ground.book.get(found.frame).needs, Some(Need::Negated | Need::Never));
        let negated = put.modality == Modality::Negated && !is_meant;
        if negated || (put.modality == Modality::Hypothetical && !is_announced(ground, found)) {
            continue;
        }
        // A threat of which nobody is said to be the author ("in the face of such threats") is talk about threats.
        if let Some(author) = author(ground, found) {
            join(ground, &mut drafts, draft(ground, found, announcer(ground, author)));
        }
    }
    drafts.into_iter().map(|draft| finish(ground, draft)).collect()
}

/// Who warns of the violence of an armed group in its name threatens.
fn is_of_group(ground: &Ground<'_>, found: &Found) -> bool {
    let group = |id: EntityId| ground.entities.list[id.0].kind == EntityKind::ArmedGroup;
    let speaker = found.first(Role::Speaker).and_then(|token| ground.entities.at(token));
    let of_harm = found.roles.iter().any(|&(role, token, _)| {
        role != Role::Speaker
            && ground.analysis.subtree(token).range().any(|at| {
                ground.book.is(&ground.lemma(at), Class::Harm)
                    || ground.book.is(&ground.lemma(at), Class::Danger)
            })
    });
    of_harm && speaker.is_some_and(|id| group(id) || group(whole(ground, id)))
}

/// Whether the words of a frame are the threat itself ("they will strike"), not words about one ("threatened").
fn is_announced(ground: &Ground<'_>, found: &Found) -> bool {
    let needs = ground.book.get(found.frame).needs;
    matches!(needs, Some(Need::Future | Need::Negated | Need::Never | Need::PowerSpeaks))
}

/// Who makes a threat.
fn author(ground: &Ground<'_>, found: &Found) -> Option<EntityId> {
    let doer = found.first(Role::Speaker).and_then(|token| ground.entities.at(token));
    if !is_announced(ground, found) {
        return doer;
    }
    let voice = ground.said_by(found.trigger)?;
    match doer {
        // "They will strike" announces harm where those who will strike say so.
        Some(doer) => (whole(ground, voice) == whole(ground, doer)).then_some(doer),
        // "They will pay for it" announces harm where somebody says so who can see to it.
        None if ground.book.get(found.frame).needs == Some(Need::PowerSpeaks) => {
            let group = |id: EntityId| ground.entities.list[id.0].kind == EntityKind::ArmedGroup;
            (group(voice) || group(whole(ground, voice))).then_some(voice)
        }
        None => has_power(ground, voice).then_some(voice),
    }
}

/// The body that somebody belongs to or speaks for; without one, they themselves.
fn whole(ground: &Ground<'_>, id: EntityId) -> EntityId {
    ground.entities.part_of(id).unwrap_or(id)
}

/// Whether it is a person whom the actor book knows.
fn is_leader(ground: &Ground<'_>, id: EntityId) -> bool {
    ground.entities.list[id.0].kind == EntityKind::Person && ground.entities.actor(id).is_some()
}

/// Whose threat it is: a leader's own, by name; that of the body for which somebody without a name speaks.
fn announcer(ground: &Ground<'_>, speaker: EntityId) -> EntityId {
    let kind = ground.entities.list[speaker.0].kind;
    let body = !matches!(kind, EntityKind::Person | EntityKind::Population);
    if body || is_leader(ground, speaker) { speaker } else { whole(ground, speaker) }
}

/// Whether somebody could do what is announced, or has it done: a state, its bodies and who speaks for them, a group.
fn has_power(ground: &Ground<'_>, voice: EntityId) -> bool {
    let able = |id: EntityId| {
        let kind = ground.entities.list[id.0].kind;
        kind.is_power()
    };
    able(voice) || able(whole(ground, voice)) || is_leader(ground, voice) || commands(ground, voice)
}

/// Whether the report calls somebody by an office that commands ("the president").
fn commands(ground: &Ground<'_>, id: EntityId) -> bool {
    let entity = &ground.entities.list[id.0];
    let mut names =
        std::iter::once(entity.name.as_str()).chain(entity.aliases.iter().map(|alias| alias.as_str()));
    entity.kind == EntityKind::Person
        && names.any(|name| {
            name.split_whitespace().any(|word| ground.book.is(&word.to_lowercase(), Class::Commander))
        })
}

/// A threat with the heads of the phrases that name whom it is against.
struct Draft {
    threat: Threat,
    targets: Vec<usize>,
}

/// The targets as the report names them, in one line.
fn finish(ground: &Ground<'_>, draft: Draft) -> Threat {
    let named = |&token: &usize| ground.text(ground.passage(phrase::naming(ground.analysis, token)));
    let targets: Vec<&str> = draft.targets.iter().map(named).collect();
    Threat { target: (!targets.is_empty()).then(|| targets.join(", ")), ..draft.threat }
}

/// Threats of one speaker are one threat with several places of evidence. Whom the later ones are against is added
/// where they name somebody new.
fn join(ground: &Ground<'_>, drafts: &mut Vec<Draft>, draft: Draft) {
    let same = |other: &&mut Draft| other.threat.speaker == draft.threat.speaker;
    let Some(other) = drafts.iter_mut().find(same) else {
        drafts.push(draft);
        return;
    };
    let named = |token: &usize| ground.analysis.tokens[*token].pos == Pos::Propn;
    let new = draft.targets.into_iter().filter(|token| other.targets.is_empty() || named(token));
    let new: Vec<usize> =
        new.filter(|&token| !other.targets.iter().any(|&known| are_same(ground, known, token))).collect();
    other.targets.extend(new);
    let (known, new) = (&mut other.threat, draft.threat);
    known.action = known.action.take().or(new.action);
    known.condition = known.condition.take().or(new.condition);
    let evidence = new.evidence.into_iter().filter(|passage| !known.evidence.contains(passage));
    known.evidence.extend(evidence.collect::<Vec<_>>());
}

/// Whether two phrases name the same.
fn are_same(ground: &Ground<'_>, one: usize, other: usize) -> bool {
    let entity = |token: usize| ground.entities.at(token);
    ground.lemma(one) == ground.lemma(other) || (entity(one).is_some() && entity(one) == entity(other))
}

fn draft(ground: &Ground<'_>, found: &Found, speaker: EntityId) -> Draft {
    let own = is_announced(ground, found).then_some(found.trigger);
    let harm = found.first(Role::Harm).or_else(|| found.first(Role::Clause)).or(own);
    let mut targets: Vec<usize> = found.all(Role::Target).collect();
    if targets.is_empty() {
        targets.extend(harm.and_then(|harm| against(ground, harm)));
    }
    targets.extend(targeted(ground, found.trigger));
    targets.sort_unstable();
    targets.dedup();
    let action = harm.map(|token| ground.text(action(ground, token)).to_owned());
    let threat = Threat {
        speaker: Some(speaker),
        target: None,
        action,
        condition: condition(ground, found),
        said_on: None,
        evidence: vec![evidence(ground, found, harm)],
        trace: ground.trace(found),
    };
    Draft { threat, targets }
}

/// Whom a participle beside the threat singles out: "announced plans for attacks, targeting the president".
fn targeted<'a>(ground: &'a Ground<'a>, trigger: usize) -> impl Iterator<Item = usize> + 'a {
    let clauses = ground.analysis.subtree(trigger).range().filter(move |&at| {
        let token = &ground.analysis.tokens[at];
        &*token.lemma == "target" && matches!(token.dep, Dep::Advcl | Dep::Acl)
    });
    clauses.filter_map(|at| ground.predicates.at(at)?.first(Slot::Object))
}

/// Against whom the harm is: its object or what stands after "against", "on", "at", "in".
fn against(ground: &Ground<'_>, harm: usize) -> Option<usize> {
    let predicate = ground.predicates.at(harm)?;
    let after = |words: &[&str]| {
        predicate
            .prepositional()
            .find(|&(preposition, _, _)| words.contains(&&*ground.analysis.tokens[preposition].lower))
            .map(|(_, object, _)| object)
    };
    predicate
        .first(Slot::Object)
        .or_else(|| after(&["against", "on", "at", "upon", "towards", "toward"]))
        .or_else(|| after(&["in", "inside"]).filter(|&place| is_certain(ground, place)))
}

/// Whether a noun is a name or has an article: "strike in the capital", but not "respond in kind".
fn is_certain(ground: &Ground<'_>, noun: usize) -> bool {
    ground.analysis.tokens[noun].pos == Pos::Propn
        || ground.analysis.children_by(noun, &[Dep::Det]).next().is_some()
}

/// The words of what is announced, to the end of its own phrase but without further clauses.
fn action(ground: &Ground<'_>, harm: usize) -> Passage {
    let mut span = phrase::naming(ground.analysis, harm);
    let below = ground.analysis.subtree(harm);
    let sentence = ground.analysis.sentences[ground.analysis.tokens[harm].sentence].tokens;
    let until = (span.end..below.end.min(sentence.end))
        .find(|&at| matches!(&*ground.analysis.tokens[at].lower, "," | ";" | ":" | "—" | "\"" | "”"))
        .unwrap_or(below.end);
    span.end = span.end.max(until);
    ground.passage(span)
}

fn condition(ground: &Ground<'_>, found: &Found) -> Option<String> {
    let sentence = ground.analysis.sentences[ground.analysis.tokens[found.trigger].sentence].tokens;
    let marks = |&at: &usize| matches!(&*ground.analysis.tokens[at].lower, "if" | "unless" | "until");
    let mark = sentence.range().filter(|&at| at > found.trigger).find(marks)?;
    let clause = ground.analysis.tokens[mark].head;
    let span = ground.analysis.subtree(clause);
    let span = Span::new(span.start.max(mark), span.end);
    (!span.is_empty()).then(|| ground.text(ground.passage(span)).to_owned())
}

/// From the word that announces to the end of what is announced.
fn evidence(ground: &Ground<'_>, found: &Found, harm: Option<usize>) -> Passage {
    let own = ground.evidence(found);
    let Some(harm) = harm else { return own };
    let action = action(ground, harm);
    if own.field == action.field {
        Passage { field: own.field, span: own.span.cover(action.span) }
    } else {
        own
    }
}
