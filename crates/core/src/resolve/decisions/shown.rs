//! Decisions laid over an incident that was put together from its tellings: values that people set, and the list of
//! what they decided.

use std::collections::BTreeSet;

use super::{Correction, Decided, Decision, DecisionId, FactId, Ruling};
use crate::resolve::counts::{CountRow, InForce};
use crate::resolve::facts::{ActorRef, AttributionFact, Quote};
use crate::resolve::record::{DecisionRow, Member, RecordIncident};

/// Sets the values that people decided on; the last decision on each counts.
pub fn correct(incident: &mut RecordIncident, decided: &Decided) {
    let decisions: Vec<Decision> = decided.on_incident(&incident.id).cloned().collect();
    for decision in decisions {
        if let Ruling::Override { correction, .. } = &decision.ruling {
            set(incident, correction, &decision.id);
        }
    }
}

fn set(incident: &mut RecordIncident, correction: &Correction, by: &DecisionId) {
    match correction {
        Correction::Type(kind) => incident.kind = *kind,
        Correction::Stage(stage) => incident.stage = *stage,
        Correction::Date(range) => incident.date = Some(*range),
        Correction::Place(place) => incident.place = Some(place.clone()),
        Correction::Count(measure, bounds) => {
            let in_force = InForce::Decided { bounds: *bounds, by: by.clone() };
            match incident.counts.get_mut(measure) {
                Some(row) => row.in_force = in_force,
                None => {
                    incident.counts.insert(*measure, CountRow { in_force, series: Vec::new() });
                }
            }
        }
        Correction::Status { actor, status } => {
            if let Some(row) = incident.attributions.iter_mut().find(|row| is_called(&row.actor, actor)) {
                row.status = Some(*status);
                row.decided = Some(by.clone());
            }
        }
    }
}

/// Whether an actor has this name, case aside.
pub fn is_called(actor: &ActorRef, name: &str) -> bool {
    let name = name.to_lowercase();
    std::iter::once(&actor.name).chain(&actor.aliases).any(|known| known.to_lowercase() == name)
}

/// What was decided about an incident and about what its tellings say, those rejected among them; in the order of
/// recording.
pub fn decisions_on(incident: &RecordIncident, told: &[Member<'_>], decided: &Decided) -> Vec<DecisionRow> {
    let mut rows: Vec<(usize, DecisionRow)> = Vec::new();
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let of_facts = told.iter().flat_map(|member| facts(*member, decided));
    let about_facts = of_facts
        .flat_map(|(fact, about)| decided.on_fact(fact).map(move |decision| (decision, Some(about.clone()))));
    let about_incident = decided.on_incident(&incident.id).map(|decision| (decision, None));
    for (decision, about) in about_facts.chain(about_incident) {
        if seen.insert(&decision.id) {
            rows.push((decided.order(decision), DecisionRow { decision: decision.clone(), about }));
        }
    }
    rows.sort_by_key(|(order, _)| *order);
    rows.into_iter().map(|(_, row)| row).collect()
}

/// The facts of one telling of an incident on which something was decided, each with a line for people.
fn facts<'a>(member: Member<'a>, decided: &'a Decided) -> impl Iterator<Item = (&'a FactId, String)> {
    let Member { version, fact, ids, .. } = member;
    let outlet = version.source.as_deref().unwrap_or(&version.identity);
    let is_decided = |id: &&FactId| decided.on_fact(id).next().is_some();
    let facts = &version.facts;
    let telling = std::iter::once(&ids.incidents[fact]).filter(is_decided);
    let acts = facts.attributions.iter().zip(&ids.attributions).filter(move |(act, _)| act.incident == fact);
    let counts =
        facts.casualties.iter().zip(&ids.casualties).filter(move |(count, _)| count.incident == fact);
    let warnings = facts.warnings.iter().zip(&ids.warnings);
    let warnings = warnings.filter(move |(warning, _)| warning.incident == Some(fact));
    telling
        .map(move |id| (id, format!("the account of {outlet}")))
        .chain(
            acts.filter(move |(_, id)| is_decided(id))
                .map(move |(act, id)| (id, format!("{} ({outlet})", act_line(act)))),
        )
        .chain(counts.filter(move |(_, id)| is_decided(id)).map(move |(count, id)| {
            let told = Correction::Count(count.measure, count.bounds);
            (id, format!("{} {} ({outlet}{})", told.field(), told.value(), words(&count.evidence)))
        }))
        .chain(warnings.filter(move |(_, id)| is_decided(id)).map(move |(warning, id)| {
            let issuer = warning.issuer.as_ref().map_or("somebody", |issuer| issuer.name.as_str());
            (id, format!("warning by {issuer} ({outlet}{})", words(&warning.evidence)))
        }))
}

fn act_line(act: &AttributionFact) -> String {
    let speaker = act.speaker.as_ref().map_or("the outlet", |speaker| speaker.name.as_str());
    format!("{speaker} {} {}", act.stance, act.actor.name)
}

fn words(evidence: &[Quote]) -> String {
    evidence.first().map_or_else(String::new, |quote| format!(": “{}”", quote.text))
}
