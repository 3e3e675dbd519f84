//! What somebody says of who did it: "police said that the group had bombed the bridge". The stance follows from who
//! says it of whom, and how.

use super::{Act, Reader, is_by_name, is_of, retractions, singular};
use crate::analysis::{Dep, Pos};
use crate::read::events::Put;
use crate::read::frames::{Class, Found, Meaning, Role};
use crate::read::predicates::{Bond, Modal, Slot};
use crate::read::statements::{CueKind, StatementId, Voice};
use crate::reading::{EntityId, EntityKind};
use crate::vocabulary::{Modality, Stance};

/// What is told of one actor.
struct Content<'a> {
    found: &'a Found,
    actor: EntityId,
    negated: bool,
    hedged: bool,
    /// Whether the words speak of responsibility as such, not of the deed ("was behind it", not "bombed it").
    explicit: bool,
}

/// Adds the acts that lie in what is said of actors.
pub(super) fn find(reader: &Reader<'_>, acts: &mut Vec<Act>) {
    for found in reader.matches.others.iter().chain(&reader.matches.incidents) {
        let (role, negated, hedged, explicit) = match reader.ground.book.get(found.frame).meaning {
            Meaning::Responsibility { negated, hedged } => (Role::Actor, negated, hedged, true),
            Meaning::Incident { .. } => (Role::Perpetrator, false, false, false),
            Meaning::Course
            | Meaning::Casualty(_)
            | Meaning::Attribution(_)
            | Meaning::Stage(_)
            | Meaning::Modality(_)
            | Meaning::Warning
            | Meaning::Threat
            | Meaning::Event(_)
            | Meaning::Reply(_) => continue,
        };
        // What a word of accusation embeds is said by its frame ("accused them of bombing").
        if is_embedded_in_act(reader, found.trigger) {
            continue;
        }
        let actors = found.all(role).filter(|&token| explicit || reader.is_named(token));
        let actors = actors.filter(|&token| !reader.is_mere_attacker(token));
        let actors = actors.filter(|&token| !is_whoever(reader, found.trigger, token));
        let speaker = reader.ground.said_by(found.trigger);
        let mut actors: Vec<EntityId> =
            actors
                .filter_map(|token| reader.ground.entities.at(token))
                .map(|id| {
                    if reader.is_called_by_name(id) && speaker != Some(id) { id } else { reader.actor_of(id) }
                })
                .collect();
        if actors.is_empty() && !explicit {
            let arms = found.all(Role::Weapon).chain([found.trigger]);
            actors.extend(arms.filter_map(|token| reader.owner(token)).take(1));
        }
        actors.dedup();
        let denied =
            || negated || Put::of(reader.ground, reader.matches, found.trigger).modality == Modality::Negated;
        for actor in actors.into_iter().map(|actor| reader.meant(speaker, actor, denied())) {
            let told = act(reader, &Content { found, actor, negated, hedged, explicit });
            let others = told.iter().flat_map(|act| co_speakers(reader, act)).collect::<Vec<_>>();
            acts.extend(told.into_iter().chain(others));
        }
    }
}

/// The same act of those who say it together with its speaker ("Norland and Ardovia say").
fn co_speakers(reader: &Reader<'_>, act: &Act) -> Vec<Act> {
    let ground = reader.ground;
    let Voice::Source(id) = ground.statements.voice_at(act.token) else { return Vec::new() };
    let said = ground.statements.act(id);
    let Some(source) = said.source.filter(|_| act.speaker.is_some() && act.speaker == said.speaker) else {
        return Vec::new();
    };
    let mut others = Vec::new();
    let mut at = source;
    while let Some(next) = ground.analysis.children_by(at, &[Dep::Conj]).next() {
        let speaker = ground.entities.at(next).filter(|&id| Some(id) != act.speaker && id != act.actor);
        others.extend(speaker.map(|speaker| Act { speaker: Some(speaker), ..act.clone() }));
        at = next;
    }
    others
}

/// Whether the words only tell whoever did it apart ("those responsible for the attack", "the officers involved in it").
fn is_whoever(reader: &Reader<'_>, trigger: usize, actor: usize) -> bool {
    let token = &reader.ground.analysis.tokens[trigger];
    let restricts = matches!(token.dep, Dep::Acl | Dep::Relcl | Dep::Amod) && token.head == actor;
    restricts && reader.ground.analysis.tokens[actor].pos != Pos::Propn
}

fn is_embedded_in_act(reader: &Reader<'_>, token: usize) -> bool {
    let word = &reader.ground.analysis.tokens[token];
    // "accused them of being behind it", "of being responsible".
    let completes = matches!(word.dep, Dep::Prep | Dep::Attr | Dep::Acomp);
    let clause = if completes { word.head } else { token };
    reader.matches.others.iter().any(|found| {
        let embeds = |&(role, other, _): &(Role, usize, Bond)| {
            (other == token || other == clause) && matches!(role, Role::Incident | Role::Clause)
        };
        // "held them *responsible*" is one act.
        let holds = found.words.iter().skip(1).any(|&other| other == token);
        matches!(reader.ground.book.get(found.frame).meaning, Meaning::Attribution(_))
            && (holds || found.roles.iter().any(embeds))
    })
}

fn act(reader: &Reader<'_>, content: &Content<'_>) -> Option<Act> {
    let ground = reader.ground;
    let put = Put::of(ground, reader.matches, content.found.trigger);
    if let Some(noun) = accusation_above(reader, content.found.trigger) {
        return accusation(reader, content, &put, noun);
    }
    let (voice, indicated) = voice(reader, content.found.trigger);
    let put = Put { hedged: put.hedged || indicated || is_likely(reader, content.found), ..put };
    let (speaker, stance) = match voice {
        Voice::Outlet if put.unfounded.is_some() => unfounded(reader, content, &put)?,
        Voice::Outlet => match ground.entities.issuer() {
            Some(issuer) => (Some(issuer), issued(reader, content, &put, issuer)?),
            None => (None, own_voice(reader, content, &put)?),
        },
        Voice::Source(id) => {
            let act = ground.statements.act(id);
            let recall = act.cue.and_then(|cue| retractions::of(reader, cue));
            if recall.is_none() && (act.negated || act.possible) {
                return None;
            }
            let speaker = act.speaker.or_else(|| announcer(reader, content.found.trigger, id));
            match (recall, act.cue) {
                (Some(recall), Some(cue)) => recall.act(speaker, ground.speaker_at(cue)),
                _ => (speaker, stance(reader, content, &put, id, speaker)?),
            }
        }
    };
    Some(Act {
        token: content.found.trigger,
        incident: reader.incident(content.found, 2)?,
        stance,
        speaker,
        actor: content.actor,
        certainty: ground.book.get(content.found.frame).certainty,
        evidence: ground.evidence(content.found),
        trace: ground.trace(content.found),
        only_answered: false,
    })
}

/// Whose words they are, and whether they only say what something indicates: evidence speaks for whoever cites it.
fn voice(reader: &Reader<'_>, token: usize) -> (Voice, bool) {
    let statements = &reader.ground.statements;
    let indicates = |id: StatementId| {
        let source = statements.act(id).source;
        source.is_some_and(|at| reader.ground.book.is(&reader.ground.lemma(at), Class::Indication))
    };
    let speaks = |id: &StatementId| statements.act(*id).kind.speaks();
    let indicated = statements.chain(token).find(speaks).is_some_and(indicates);
    let voice = statements.chain(token).filter(speaks).find(|&id| !indicates(id));
    (voice.map_or(Voice::Outlet, Voice::Source), indicated)
}

/// "the likeliest culprit is the group": a word of the frame beside its verb is hedged.
fn is_likely(reader: &Reader<'_>, found: &Found) -> bool {
    let modal = |word: &usize| reader.ground.predicates.at(*word).and_then(|p| p.context.modal);
    found.words.iter().skip(1).filter_map(modal).any(|modal| match modal {
        Modal::Possible | Modal::Alleged => true,
        Modal::Future | Modal::Conditional => false,
    })
}

/// The noun of which the words are what it says: "the accusation that it was behind the attack".
fn accusation_above(reader: &Reader<'_>, trigger: usize) -> Option<usize> {
    let ground = reader.ground;
    let clause =
        |at: usize| matches!(ground.analysis.tokens[at].dep, Dep::Acl | Dep::Ccomp | Dep::Pcomp | Dep::Pobj);
    let path: Vec<usize> = std::iter::once(trigger).chain(ground.above(trigger).take(4)).collect();
    let at = path.iter().position(|&at| {
        ground.analysis.tokens[at].pos == Pos::Noun && ground.book.is(&ground.lemma(at), Class::Allegation)
    })?;
    (at > 0 && path[..at].iter().any(|&at| clause(at))).then_some(path[at])
}

/// What an accusation says that somebody makes; one that nobody makes is kept for replies to it only.
fn accusation(reader: &Reader<'_>, content: &Content<'_>, put: &Put, noun: usize) -> Option<Act> {
    let ground = reader.ground;
    let verb = ground.analysis.tokens[noun].head;
    let repeats = || {
        let repeats = ground.book.is(&ground.lemma(verb), Class::Support);
        ground.predicates.at(verb).filter(|_| repeats)?.first(Slot::Subject)
    };
    let speaker = reader.maker(noun).or_else(repeats).and_then(|token| ground.entities.at(token));
    if content.negated || put.modality == Modality::Negated || ground.predicates.at(noun).is_none() {
        return None;
    }
    Some(Act {
        token: content.found.trigger,
        incident: reader.incident(content.found, 2)?,
        stance: match speaker {
            Some(speaker) if reader.are_one(speaker, content.actor) => Stance::Claims,
            _ if content.hedged || put.hedged || &*ground.lemma(noun) == "suspicion" => Stance::Suspects,
            _ => Stance::Accuses,
        },
        speaker,
        actor: content.actor,
        certainty: ground.book.get(content.found.frame).certainty,
        evidence: ground.evidence(content.found),
        trace: ground.trace(content.found),
        only_answered: speaker.is_none(),
    })
}

/// The outlet's own voice attributes only where it speaks of responsibility, and of somebody with a name.
fn own_voice(reader: &Reader<'_>, content: &Content<'_>, put: &Put) -> Option<Stance> {
    let kind = reader.ground.entities.list[content.actor.0].kind;
    let named = matches!(
        kind,
        EntityKind::ArmedGroup | EntityKind::State | EntityKind::GovernmentBody | EntityKind::Organization
    );
    let of_incident = content.found.first(Role::Incident).is_some() || content.negated;
    let entity = &reader.ground.entities.list[content.actor.0];
    let by_name = reader.ground.entities.actor(content.actor).is_some() || is_by_name(entity);
    let deed = !content.explicit && by_name && put.modality == Modality::Asserted;
    if !named || !(deed || (content.explicit && of_incident)) || put.modality == Modality::Hypothetical {
        return None;
    }
    Some(match (content.negated || put.modality == Modality::Negated, content.hedged || put.hedged) {
        (true, _) => Stance::Refutes,
        (false, true) => Stance::Suspects,
        (false, false) => Stance::Accuses,
    })
}

/// What whoever issues a report says in its own voice.
fn issued(reader: &Reader<'_>, content: &Content<'_>, put: &Put, issuer: EntityId) -> Option<Stance> {
    let own = reader.speaks_for(issuer, content.actor);
    if content.negated || put.modality == Modality::Negated {
        let ruled_out = !own && rules_out(reader, Some(issuer), content.actor);
        return Some(if ruled_out { Stance::Refutes } else { Stance::Denies });
    }
    let possible = put.modality == Modality::Hypothetical;
    if own && reader.are_one(issuer, content.actor) {
        return (!possible).then_some(Stance::Claims);
    }
    if possible {
        return may_have_been(reader, content).then_some(Stance::Suspects);
    }
    Some(if content.hedged || put.hedged { Stance::Suspects } else { Stance::Accuses })
}

/// "The mission found no evidence of involvement by the group": who found none refutes it.
fn unfounded(reader: &Reader<'_>, content: &Content<'_>, put: &Put) -> Option<(Option<EntityId>, Stance)> {
    let verb = reader.ground.clause_verb(put.unfounded?)?;
    let subject = reader.ground.predicates.at(verb)?.first(Slot::Subject);
    let speaker = subject.and_then(|token| reader.ground.entities.at(token));
    let oneself = speaker.is_some_and(|speaker| reader.speaks_for(speaker, content.actor));
    Some((speaker, if oneself { Stance::Denies } else { Stance::Refutes }))
}

/// Who says what nobody in particular is said to have found: "the ministry announced that it was established that …".
fn announcer(reader: &Reader<'_>, token: usize, id: StatementId) -> Option<EntityId> {
    let statements = &reader.ground.statements;
    let mut around = statements.chain(token).skip_while(|&inner| inner != id).skip(1);
    around.find(|&outer| statements.act(outer).kind.speaks()).and_then(|outer| statements.act(outer).speaker)
}

fn stance(
    reader: &Reader<'_>,
    content: &Content<'_>,
    put: &Put,
    id: StatementId,
    speaker: Option<EntityId>,
) -> Option<Stance> {
    let ground = reader.ground;
    let act = ground.statements.act(id);
    let denied = act.kind == CueKind::Deny;
    let own_negation = put.modality == Modality::Negated && !denied;
    let oneself = speaker.is_some_and(|speaker| reader.are_one(speaker, content.actor));
    let own = speaker.is_some_and(|speaker| reader.speaks_for(speaker, content.actor));
    let negated = content.negated || own_negation;
    if denied || negated {
        let finding = put.unfounded.is_some() || (negated && rules_out(reader, speaker, content.actor));
        let stance = if finding && !own { Stance::Refutes } else { Stance::Denies };
        return (denied != negated).then_some(stance);
    }
    if oneself {
        return (put.modality != Modality::Hypothetical).then_some(Stance::Claims);
    }
    match act.kind {
        CueKind::Ask | CueKind::Want | CueKind::Judge | CueKind::Deny => None,
        CueKind::Think if act.cue.is_some_and(|cue| is_beyond_doubt(reader, cue)) => {
            Some(if is_finding(reader, id, speaker) { Stance::Confirms } else { Stance::Accuses })
        }
        CueKind::Think | CueKind::Seem => Some(Stance::Suspects),
        CueKind::Say if act.cue.is_some_and(|cue| is_hint(reader, cue)) => Some(Stance::Suspects),
        CueKind::Say if content.hedged || put.hedged => Some(Stance::Suspects),
        CueKind::Say if put.modality == Modality::Hypothetical => {
            may_have_been(reader, content).then_some(Stance::Suspects)
        }
        CueKind::Say if is_finding(reader, id, speaker) => Some(Stance::Confirms),
        CueKind::Say => Some(Stance::Accuses),
    }
}

/// Whether somebody who says that the actor did not do it rules it out, and does not merely speak for the actor: whoever is
/// neither of the actor's side nor somebody without any office, as a lawyer or a relative.
pub(super) fn rules_out(reader: &Reader<'_>, speaker: Option<EntityId>, actor: EntityId) -> bool {
    let entities = &reader.ground.entities;
    let Some(speaker) = speaker else { return false };
    let (own, body) = (&entities.list[speaker.0], &entities.list[reader.actor_of(speaker).0]);
    let finds = |name: &str| {
        name.split_whitespace().any(|word| {
            let word = singular(word);
            [Class::Finder, Class::Detective].iter().any(|&class| reader.ground.book.is(&word, class))
        })
    };
    let settles = match body.kind {
        EntityKind::GovernmentBody | EntityKind::State | EntityKind::Organization => true,
        EntityKind::Person
        | EntityKind::ArmedGroup
        | EntityKind::Population
        | EntityKind::Facility
        | EntityKind::Other => finds(&own.name) || own.aliases.iter().any(|alias| finds(alias)),
    };
    // A ministry of which the report does not say whose it is speaks for the state of which it speaks.
    let ministry = body.kind == EntityKind::GovernmentBody && body.country.is_none();
    let same_side = reader.speaks_for(speaker, actor)
        || (entities.list[actor.0].kind == EntityKind::State && ministry && own.kind != EntityKind::State);
    settles && !same_side
}

/// "may have been behind it" suspects; "would be behind it" says nothing.
fn may_have_been(reader: &Reader<'_>, content: &Content<'_>) -> bool {
    let trigger = content.found.trigger;
    std::iter::once(trigger)
        .chain(reader.ground.above(trigger).take(2))
        .any(|at| reader.ground.predicates.at(at).is_some_and(|p| p.context.modal == Some(Modal::Possible)))
}

/// "no doubt that", "beyond doubt that".
fn is_beyond_doubt(reader: &Reader<'_>, cue: usize) -> bool {
    let analysis = reader.ground.analysis;
    let word = |at: usize| &*analysis.tokens[at].lower;
    &*reader.ground.lemma(cue) == "doubt"
        && analysis.tokens[cue].pos == Pos::Noun
        && (analysis.children_by(cue, &[Dep::Det]).any(|det| matches!(word(det), "no" | "little" | "any"))
            || matches!(word(analysis.tokens[cue].head), "beyond" | "without"))
}

/// "suggested", "hinted": what is put forward and not stated.
fn is_hint(reader: &Reader<'_>, cue: usize) -> bool {
    matches!(
        &*reader.ground.lemma(cue),
        "suggest"
            | "hint"
            | "insinuate"
            | "imply"
            | "speculate"
            | "indicate"
            | "intimate"
            | "surmise"
            | "theorise"
            | "theorize"
    )
}

/// Whether somebody whose finding settles the matter has found it: a court or an inquiry that says so, another body
/// that concludes so.
fn is_finding(reader: &Reader<'_>, id: StatementId, speaker: Option<EntityId>) -> bool {
    let act = reader.ground.statements.act(id);
    let (Some(cue), Some(speaker)) = (act.cue, speaker) else { return false };
    let body = &reader.ground.entities.list[reader.actor_of(speaker).0];
    let finder = reader.is_called(speaker, Class::Finder);
    // "established beyond doubt"
    let verb = reader.ground.clause_verb(cue).filter(|_| is_beyond_doubt(reader, cue)).unwrap_or(cue);
    let lemma = reader.ground.lemma(verb);
    let concludes = matches!(&*lemma, "conclude" | "establish" | "determine" | "prove");
    let rules = matches!(&*lemma, "find" | "rule" | "hold" | "convict" | "confirm" | "decide" | "hear");
    // What a judge says of it from the bench, "he added" included.
    let court = reader.is_called(speaker, Class::Court) || is_judge(reader, speaker);
    let inquiry = is_unnamed_inquiry(reader, speaker);
    let settles = matches!(body.kind, EntityKind::GovernmentBody | EntityKind::Organization);
    court || inquiry || (concludes && (finder || settles)) || (rules && finder)
}

/// Whether it is the inquiry of which the report speaks ("the commission", "an inquest"), not a body that is only called so.
fn is_unnamed_inquiry(reader: &Reader<'_>, speaker: EntityId) -> bool {
    let name = &reader.ground.entities.list[speaker.0].name;
    name.split_whitespace().last().is_some_and(|word| reader.ground.book.is(word, Class::Inquiry))
}

/// Whether somebody bears the office of a judge ("Magistrate Anna Berg").
fn is_judge(reader: &Reader<'_>, speaker: EntityId) -> bool {
    let mut aliases = reader.ground.entities.list[speaker.0].aliases.iter();
    aliases.any(|alias| alias.split_whitespace().any(|word| is_of(reader.ground, word, Class::Court)))
}
