//! Warnings: that an attack may come, said before it came.

use jiff::civil::Date;

use crate::analysis::{Dep, Pos};
use crate::read::events::{EventMention, Put};
use crate::read::frames::{Class, Found, Meaning, Need, Role};
use crate::read::ground::{Ground, Matches};
use crate::read::incidents::Incidents;
use crate::read::phrase;
use crate::reading::{EntityId, EntityKind, IncidentId, Warning};
use crate::text::Span;
use crate::time::attach::Question;
use crate::vocabulary::Modality;

/// The warnings of a report, one for each issuer.
pub fn find(
    ground: &Ground<'_>,
    matches: &Matches,
    mentions: &[EventMention],
    incidents: &Incidents,
) -> Vec<Warning> {
    let mut warnings: Vec<(Warning, usize)> = Vec::new();
    let mut sentences = Vec::new();
    for found in &matches.others {
        if ground.book.get(found.frame).meaning != Meaning::Warning {
            continue;
        }
        let put = Put::of(ground, matches, found.trigger);
        if matches!(put.modality, Modality::Negated | Modality::Hypothetical) {
            continue;
        }
        let Some(danger) = feared(ground, mentions, found) else { continue };
        let issuer = issuer(ground, found);
        if issuer.is_some_and(|id| ground.entities.list[id.0].kind == EntityKind::ArmedGroup) {
            continue;
        }
        sentences.extend(issuer.map(|_| ground.analysis.tokens[found.trigger].sentence));
        let told = warning(ground, mentions, incidents, found, issuer, danger);
        join(&mut warnings, told, ground.analysis.tokens[found.trigger].sentence);
    }
    // "had been given warning: the harbour master warned of a bomb" tells of one.
    warnings.retain(|(warning, sentence)| warning.issuer.is_some() || !sentences.contains(sentence));
    warnings.into_iter().map(|(warning, _)| warning).collect()
}

/// What a warning is about; none where it is about no danger, or was not given before what the report tells.
fn feared(ground: &Ground<'_>, mentions: &[EventMention], found: &Found) -> Option<usize> {
    let needs = ground.book.get(found.frame).needs;
    let asks_earlier = needs == Some(Need::Earlier);
    if asks_earlier && !is_before(ground, found) && !is_dated_before(ground, mentions, found) {
        return None;
    }
    // Advice to stay away says by itself that something was feared; what was not heeded came.
    let advice = asks_earlier && found.first(Role::Clause).is_none() && found.roles.len() == 1;
    let understood = needs == Some(Need::Understood);
    danger(ground, mentions, found).or((advice || understood).then_some(found.trigger))
}

/// Who gave it; of a passive ("had been warned, the minister said") not who tells of it.
fn issuer(ground: &Ground<'_>, found: &Found) -> Option<EntityId> {
    let own = found.first(Role::Speaker).and_then(|token| ground.entities.at(token));
    let passive = ground.predicates.at(found.trigger).is_some_and(|p| p.passive);
    own.or_else(|| ground.said_by(found.trigger).filter(|_| !passive))
}

fn join(warnings: &mut Vec<(Warning, usize)>, warning: Warning, sentence: usize) {
    match warnings.iter_mut().find(|(other, _)| other.issuer == warning.issuer) {
        Some((other, _)) => {
            other.about = other.about.take().or(warning.about);
            other.place = other.place.take().or(warning.place);
            other.actor = other.actor.or(warning.actor);
            other.incident = other.incident.or(warning.incident);
            other.issued_on = other.issued_on.or(warning.issued_on);
            let new = warning.evidence.into_iter().filter(|passage| !other.evidence.contains(passage));
            other.evidence.extend(new.collect::<Vec<_>>());
        }
        None => warnings.push((warning, sentence)),
    }
}

/// The words of danger that a warning is about: an attack, a plot, a threat, the plans of an armed group.
fn danger(ground: &Ground<'_>, mentions: &[EventMention], found: &Found) -> Option<usize> {
    let words = ground.analysis.subtree(found.trigger);
    let roles = found.roles.iter().filter(|(role, _, _)| *role != Role::Speaker);
    let below = roles.map(|&(_, token, _)| ground.analysis.subtree(token)).chain([words]);
    let tokens: Vec<usize> = below.flat_map(|span| span.range()).filter(|at| *at != found.trigger).collect();
    let event = |at: &usize| mentions.iter().any(|mention| mention.token == *at);
    let dangerous = |at: &usize| {
        let word = &ground.analysis.tokens[*at];
        let lemma = ground.lemma(*at);
        matches!(word.pos, Pos::Noun | Pos::Verb)
            && [Class::Danger, Class::Attacker, Class::Harm]
                .iter()
                .any(|&class| ground.book.is(&lemma, class))
    };
    let armed = |at: &usize| {
        let entity = ground.entities.at(*at);
        entity.is_some_and(|id| ground.entities.list[id.0].kind == EntityKind::ArmedGroup)
    };
    let mut tokens = tokens.into_iter();
    let all: Vec<usize> = tokens.by_ref().collect();
    all.iter()
        .copied()
        .find(event)
        .or_else(|| all.iter().copied().find(dangerous))
        .or_else(|| all.into_iter().find(armed))
}

fn warning(
    ground: &Ground<'_>,
    mentions: &[EventMention],
    incidents: &Incidents,
    found: &Found,
    issuer: Option<EntityId>,
    danger: usize,
) -> Warning {
    let span = ground.analysis.subtree(found.trigger);
    let sentence = ground.analysis.sentences[ground.analysis.tokens[found.trigger].sentence].tokens;
    let content =
        Span::new((found.trigger + 1).min(sentence.end - 1), span.end.max(danger + 1).min(sentence.end));
    let words = if content.is_empty() { phrase::naming(ground.analysis, danger) } else { content };
    let about = ground.passage(words);
    let own = ground.evidence(found);
    let mut evidence = own;
    if own.field == about.field {
        evidence.span = own.span.cover(about.span);
    }
    let actor = words
        .range()
        .filter_map(|at| ground.entities.at(at))
        .find(|id| ground.entities.list[id.0].kind == EntityKind::ArmedGroup);
    let place = words.range().find_map(|at| ground.place_at(at));
    Warning {
        issuer,
        about: Some(ground.text(about).to_owned()),
        place: place.map(|place| ground.places[place].clone()),
        actor,
        target: None,
        window: None,
        issued_on: issued_on(ground, mentions, found),
        incident: incident(ground, incidents, found),
        evidence: vec![evidence],
        trace: ground.trace(found),
    }
}

/// The incident that it warned of, where the words set the warning before it: "had warned", "before the attack".
fn incident(ground: &Ground<'_>, incidents: &Incidents, found: &Found) -> Option<IncidentId> {
    let list = &incidents.list;
    let news = || list.iter().position(|incident| !incident.background);
    is_before(ground, found).then(news).flatten().map(IncidentId)
}

/// Whether the words set what they tell before the rest: "had warned", "two days earlier", "ahead of".
fn is_before(ground: &Ground<'_>, found: &Found) -> bool {
    let Some(verb) = ground.clause_verb(found.trigger) else { return false };
    ground.predicates.at(verb).is_some_and(|p| p.context.pluperfect)
        || ground.analysis.children_by(verb, &[Dep::Advmod, Dep::Prep, Dep::Mark]).any(|child| {
            matches!(
                &*ground.analysis.tokens[child].lower,
                "before" | "earlier" | "previously" | "beforehand" | "ahead" | "prior"
            )
        })
}

/// Whether it was issued some days before the report.
fn is_dated_before(ground: &Ground<'_>, mentions: &[EventMention], found: &Found) -> bool {
    let published = ground.document.published.map(|published| published.day());
    let before = |day: Date| {
        published.is_some_and(|published| day.until(published).is_ok_and(|gap| gap.get_days() > 2))
    };
    issued_on(ground, mentions, found).is_some_and(before)
}

/// The day on which it was issued, where the words tell one day.
fn issued_on(ground: &Ground<'_>, mentions: &[EventMention], found: &Found) -> Option<Date> {
    let question = Question {
        analysis: ground.analysis,
        // The warning is what is asked of: its own time is meant.
        is_speech: &|_| false,
        is_event: &|token| mentions.iter().any(|mention| mention.token == token),
    };
    let own = ground.attachments.times_of(found.trigger, &question);
    let verb = ground.clause_verb(found.trigger).filter(|&verb| verb != found.trigger);
    let of_verb = verb.map(|verb| ground.attachments.times_of(verb, &question)).unwrap_or_default();
    let mut days = own.into_iter().chain(of_verb).filter_map(|(time, _)| ground.times[time].range);
    days.find(|range| range.start.is_some() && range.start == range.end).and_then(|range| range.start)
}
