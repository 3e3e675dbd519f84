//! Counts of dead, wounded, missing and detained: of every incident the total that the report gives as current.

pub mod numbers;

use self::numbers::Number;
use crate::analysis::{Dep, Pos};
use crate::read::events::{EventMention, Put};
use crate::read::frames::{Class, Found, Meaning, Role};
use crate::read::ground::{Ground, Matches};
use crate::read::incidents::Incidents;
use crate::reading::{Bounds, Casualty, IncidentId};
use crate::text::Span;
use crate::vocabulary::{Measure, Modality, Qualifier};

/// A count as some words give it.
struct Candidate {
    casualty: Casualty,
    /// A part of a total ("including three children").
    part: bool,
    /// A total that the report gives as overtaken ("from 93", "initially").
    earlier: bool,
    token: usize,
}

/// The counts of a report, one for each incident and measure.
pub fn find(
    ground: &Ground<'_>,
    matches: &Matches,
    mentions: &[EventMention],
    incidents: &Incidents,
) -> Vec<Casualty> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for found in &matches.others {
        let Meaning::Casualty(measure) = ground.book.get(found.frame).meaning else { continue };
        let put = Put::of(ground, matches, found.trigger);
        if matches!(put.modality, Modality::Negated | Modality::Hypothetical) {
            continue;
        }
        if is_imagined(ground, mentions, found.trigger) {
            continue;
        }
        let Some(incident) = incident(ground, mentions, incidents, found) else { continue };
        candidates.extend(candidate(ground, found, measure, incident));
    }
    choose(candidates)
}

/// "practised for a bombing with 50 dead": the dead of what did not happen.
fn is_imagined(ground: &Ground<'_>, mentions: &[EventMention], token: usize) -> bool {
    let of = ground.above(token).take(2).find_map(|at| mentions.iter().find(|mention| mention.token == at));
    let unreal =
        |mention: &EventMention| matches!(mention.modality, Modality::Hypothetical | Modality::Negated);
    ground.analysis.tokens[token].pos == Pos::Noun && of.is_some_and(unreal)
}

/// Of the counts of one incident and measure the widest that is current; among equals the last.
fn choose(candidates: Vec<Candidate>) -> Vec<Casualty> {
    let mut chosen: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        let same = |other: &&mut Candidate| {
            (other.casualty.incident, other.casualty.measure)
                == (candidate.casualty.incident, candidate.casualty.measure)
        };
        match chosen.iter_mut().find(same) {
            Some(other) if rank(other) <= rank(&candidate) => {
                let same = other.casualty.bounds == candidate.casualty.bounds;
                let before = std::mem::replace(other, candidate);
                if same {
                    other.casualty.evidence.splice(0..0, before.casualty.evidence);
                }
            }
            Some(_) => {}
            None => chosen.push(candidate),
        }
    }
    chosen.retain(|candidate| !candidate.part);
    chosen.sort_by_key(|candidate| (candidate.casualty.incident, candidate.casualty.measure));
    chosen.into_iter().map(|candidate| candidate.casualty).collect()
}

fn rank(candidate: &Candidate) -> (bool, bool, u64, bool) {
    let bounds = candidate.casualty.bounds;
    let size = bounds.low.or(bounds.high).unwrap_or(0);
    (!candidate.part, !candidate.earlier, size, bounds.qualifier != Qualifier::Range)
}

fn candidate(
    ground: &Ground<'_>,
    found: &Found,
    measure: Measure,
    incident: IncidentId,
) -> Option<Candidate> {
    let counted: Vec<usize> = found.all(Role::Count).chain(found.all(Role::Number)).collect();
    let counted = if counted.is_empty() { found.words.clone() } else { counted };
    let human = |&token: &usize| measure == Measure::Detained || !is_attacker(ground, token);
    let numbers: Vec<(usize, Number)> = counted
        .into_iter()
        .filter(human)
        .filter_map(|token| numbers::count(ground.analysis, token).map(|number| (token, number)))
        .collect();
    let (token, first) = *numbers.first()?;
    let sum = numbers[1..].iter().try_fold(first.bounds, |sum, (_, number)| add(sum, number.bounds));
    let bounds = sum.unwrap_or(first.bounds);
    if bounds.high == Some(0) {
        return None;
    }
    let words = ground.passage(Span::new(first.tokens.start.min(token), first.tokens.end.max(token + 1)));
    let mut evidence = ground.evidence(found);
    if evidence.field == words.field {
        evidence.span = evidence.span.cover(words.span);
    }
    let casualty = Casualty {
        incident,
        measure,
        bounds,
        of: of(ground, token),
        evidence: vec![evidence],
        trace: ground.trace(found),
    };
    Some(Candidate {
        casualty,
        part: is_part(ground, token),
        earlier: is_earlier(ground, found, token),
        token,
    })
    .filter(|candidate| candidate.token < ground.analysis.tokens.len())
}

/// "two soldiers and a driver": three.
fn add(one: Bounds, other: Bounds) -> Option<Bounds> {
    let sum = |a: Option<u64>, b: Option<u64>| Some(a? + b?);
    let qualifier = if one.qualifier == Qualifier::Exact { other.qualifier } else { one.qualifier };
    let bounds = Bounds { low: sum(one.low, other.low), high: sum(one.high, other.high), qualifier };
    (bounds.low.is_some() || bounds.high.is_some()).then_some(bounds)
}

/// What kind of people are counted, where the words tell more than "people".
fn of(ground: &Ground<'_>, token: usize) -> Option<String> {
    let lemma = ground.lemma(token);
    let plain = matches!(&*lemma, "people" | "person" | "individual" | "life" | "victim" | "other" | "death");
    (ground.book.is(&lemma, Class::Human) && !plain)
        .then(|| ground.text(ground.passage(Span::new(token, token + 1))).to_owned())
}

fn is_attacker(ground: &Ground<'_>, token: usize) -> bool {
    ground.book.is(&ground.lemma(token), Class::Attacker)
}

/// "including three children", "among them two officers".
fn is_part(ground: &Ground<'_>, token: usize) -> bool {
    ground.above(token).take(2).any(|at| {
        let word = &ground.analysis.tokens[at];
        matches!(&*word.lower, "including" | "among" | "include" | "includes" | "included")
    }) || ground.analysis.tokens[token].dep == Dep::Appos
        || ground.analysis.children_by(token, &[Dep::Prep]).any(|child| {
            &*ground.analysis.tokens[child].lower == "of"
                && crate::read::predicates::objects(ground.analysis, child).iter().any(|&object| {
                    matches!(&*ground.analysis.tokens[object].lower, "them" | "those" | "whom")
                })
        })
}

/// "rose from 93", "initially", "an earlier toll of".
fn is_earlier(ground: &Ground<'_>, found: &Found, token: usize) -> bool {
    let from = ground
        .preposition_of(token)
        .is_some_and(|(preposition, _)| &*ground.analysis.tokens[preposition].lower == "from");
    let verb = ground.clause_verb(found.trigger);
    let marked = verb.into_iter().chain([found.trigger]).any(|at| {
        ground.analysis.children(at).any(|child| {
            matches!(
                &*ground.analysis.tokens[child].lower,
                "initially" | "earlier" | "previously" | "originally" | "initial" | "previous" | "first"
            )
        })
    });
    from || marked
}

/// The incident in which they died: the one that the frame names, that its verb tells of, or that stands above it.
fn incident(
    ground: &Ground<'_>,
    mentions: &[EventMention],
    incidents: &Incidents,
    found: &Found,
) -> Option<IncidentId> {
    let named = found.all(Role::Incident).find_map(|token| incidents.at(token));
    let own = || incidents.at(found.trigger);
    let above = || ground.above(found.trigger).find_map(|token| incidents.at(token));
    let sentence = ground.analysis.tokens[found.trigger].sentence;
    let beside = || {
        mentions
            .iter()
            .filter(|mention| ground.analysis.tokens[mention.token].sentence == sentence)
            .find_map(|mention| incidents.at(mention.token))
    };
    named
        .or_else(own)
        .or_else(above)
        .or_else(beside)
        .or_else(|| incidents.spoken_of(ground.analysis, found.trigger))
}
