//! `/api/actors`: who is said to have done what, and who says so. Only states, bodies, groups and holders of office:
//! private persons have no page.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use watchkeeper_core::reading::Stance;
use watchkeeper_core::resolve::claims::ActRow;
use watchkeeper_core::resolve::facts::ActorRef;
use watchkeeper_core::resolve::record::RecordIncident;

use super::notices::{ThreatItem, WarningItem, page};
use super::{AtMoment, query, snapshot};
use crate::changes;
use crate::serve::http::paging::{Cursor, Page, Place, cut};
use crate::serve::http::params::{Limit, Words};
use crate::serve::http::problem::{Problem, Refusal};
use crate::serve::http::route::Asked;
use crate::serve::snapshot::Snapshot;
use crate::serve::state::App;
use crate::wire::record::{WireActor, public_key};
use crate::wire::words;

query!(
    /// Which actors are asked for.
    Actors {
        /// Only those with these words in a name.
        q: Words,
        /// How many items a page holds.
        limit: Limit,
        /// Where the page before ended.
        cursor: Cursor,
    }
);

/// An actor as lists show it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ActorItem {
    key: String,
    name: String,
    #[schemars(schema_with = "words::entity_kinds")]
    kind: &'static str,
    country: Option<String>,
    /// How many incidents it claims.
    claims: usize,
    /// Of how many incidents others accuse or suspect it.
    accused_of: usize,
    /// How many incidents it denies.
    denials: usize,
    /// With how many incidents it has to do as an actor or a speaker.
    incidents: usize,
}

/// All that is known of an actor.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ActorDetail {
    key: String,
    name: String,
    aliases: Vec<String>,
    #[schemars(schema_with = "words::entity_kinds")]
    kind: &'static str,
    country: Option<String>,
    /// What it said, the latest first.
    said: Vec<Said>,
    /// What was said of it, the latest first.
    said_of: Vec<Said>,
    /// How often its first word on an incident was later taken back or turned by itself.
    revised: Revised,
    /// The warnings that it gave.
    warnings: Vec<WarningItem>,
    /// The threats that it made.
    threats: Vec<ThreatItem>,
    as_of: String,
    recorded_by: String,
}

/// An act, with the incident that it is about.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Said {
    incident: String,
    incident_title: String,
    #[schemars(schema_with = "words::stances")]
    stance: &'static str,
    actor: WireActor,
    /// Null where the outlet says it in its own voice.
    speaker: Option<WireActor>,
    published: String,
    quote: Option<String>,
    report: String,
    source: Option<String>,
    /// The id of the fact.
    fact: String,
}

/// How often a first word was revised.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Revised {
    /// How many first words were revised.
    revised: usize,
    /// How many there were.
    of: usize,
}

/// An act where it stands in the record.
struct Act<'a> {
    incident: &'a RecordIncident,
    actor: &'a ActorRef,
    act: &'a ActRow,
}

/// What the record holds on one actor.
struct Entry<'a> {
    actor: &'a ActorRef,
    names: BTreeMap<&'a str, usize>,
    said: Vec<Act<'a>>,
    said_of: Vec<Act<'a>>,
}

impl<'a> Entry<'a> {
    fn new(actor: &'a ActorRef) -> Self {
        Self { actor, names: BTreeMap::new(), said: Vec::new(), said_of: Vec::new() }
    }

    fn name_seen(&mut self, actor: &'a ActorRef) {
        for name in std::iter::once(&actor.name).chain(&actor.aliases) {
            *self.names.entry(name).or_default() += 1;
        }
    }
}

/// All public actors of a record by their keys.
fn entries(snapshot: &Snapshot) -> BTreeMap<String, Entry<'_>> {
    let mut entries: BTreeMap<String, Entry<'_>> = BTreeMap::new();
    for incident in &snapshot.record.incidents {
        for row in &incident.attributions {
            let key = public_key(&row.actor);
            for act in &row.acts {
                if let Some(key) = &key {
                    let entry = entries.entry(key.clone()).or_insert_with(|| Entry::new(&row.actor));
                    entry.name_seen(&row.actor);
                    entry.said_of.push(Act { incident, actor: &row.actor, act });
                }
                let Some(speaker) = &act.speaker else { continue };
                if let Some(key) = public_key(speaker) {
                    let entry = entries.entry(key).or_insert_with(|| Entry::new(speaker));
                    entry.name_seen(speaker);
                    entry.said.push(Act { incident, actor: &row.actor, act });
                }
            }
        }
    }
    let issuers = snapshot.record.warnings.iter().filter_map(|warning| warning.issuer.as_ref());
    let speakers = snapshot.record.threats.iter().filter_map(|threat| threat.speaker.as_ref());
    for actor in issuers.chain(speakers) {
        if let Some(key) = public_key(actor) {
            entries.entry(key).or_insert_with(|| Entry::new(actor)).name_seen(actor);
        }
    }
    entries
}

fn incidents<'a>(acts: impl Iterator<Item = &'a Act<'a>>) -> usize {
    let ids: std::collections::BTreeSet<&str> = acts.map(|act| act.incident.id.as_str()).collect();
    ids.len()
}

impl ActorItem {
    fn new(key: String, entry: &Entry<'_>) -> Self {
        let own = |act: &&Act<'_>| public_key(act.actor).as_deref() == Some(key.as_str());
        let is = |wanted: &'static [Stance]| move |act: &&Act<'_>| wanted.contains(&act.act.stance);
        let by_others =
            |act: &&Act<'_>| act.act.speaker.as_ref().and_then(public_key).as_deref() != Some(key.as_str());
        let accusing = is(&[Stance::Accuses, Stance::Suspects]);
        Self {
            name: entry.actor.name.clone(),
            kind: entry.actor.kind.as_str(),
            country: entry.actor.country.map(|country| country.as_str().to_owned()),
            claims: incidents(entry.said_of.iter().filter(is(&[Stance::Claims]))),
            accused_of: incidents(entry.said_of.iter().filter(accusing).filter(by_others)),
            denials: incidents(entry.said.iter().filter(own).filter(is(&[Stance::Denies]))),
            incidents: incidents(entry.said.iter().chain(&entry.said_of)),
            key,
        }
    }
}

/// The actors, those with the most incidents first.
///
/// # Errors
/// What the store says.
pub fn list(app: &App, asked: Asked<Actors>) -> Result<Page<ActorItem>, Refusal> {
    let query = asked.with;
    let snapshot = snapshot(app, &query)?;
    let wanted = query.q.as_ref().map(|words| words.0.to_lowercase());
    let fits = |entry: &Entry<'_>| {
        wanted
            .as_ref()
            .is_none_or(|wanted| entry.names.keys().any(|name| name.to_lowercase().contains(wanted)))
    };
    let mut fitting: Vec<(Place, ActorItem)> = entries(&snapshot)
        .into_iter()
        .filter(|(_, entry)| fits(entry))
        .map(|(key, entry)| {
            let item = ActorItem::new(key, &entry);
            (Place { rank: i64::try_from(item.incidents).unwrap_or(i64::MAX), id: item.key.clone() }, item)
        })
        .collect();
    fitting.sort_by(|a, b| b.0.cmp(&a.0));
    let (items, next) = cut(fitting, query.cursor.as_ref(), query.limit.unwrap_or_default().0);
    Ok(page(items, next, &snapshot))
}

fn said(acts: &[Act<'_>], app: &App) -> Vec<Said> {
    let mut acts: Vec<&Act<'_>> = acts.iter().collect();
    acts.sort_by(|a, b| {
        let place = |act: &Act<'_>| (act.act.published, act.act.report.clone(), act.incident.id.clone());
        place(b).cmp(&place(a))
    });
    acts.into_iter()
        .map(|Act { incident, actor, act }| Said {
            incident: incident.id.clone(),
            incident_title: changes::title(incident, &app.gazetteer),
            stance: act.stance.as_str(),
            actor: WireActor::from(*actor),
            speaker: act.speaker.as_ref().map(WireActor::from),
            published: act.published.to_string(),
            quote: act.quote.as_ref().map(|quote| quote.text.clone()),
            report: act.report.to_string(),
            source: act.source.clone(),
            fact: act.fact.clone(),
        })
        .collect()
}

/// A first word is what a speaker says first of one actor and one incident. It is revised where the same speaker
/// later takes it back or says the opposite.
fn revised(said: &[Act<'_>]) -> Revised {
    let mut words: BTreeMap<(&str, &str), Vec<&ActRow>> = BTreeMap::new();
    for Act { incident, actor, act } in said {
        words.entry((&incident.id, &actor.name)).or_default().push(act);
    }
    let mut revised = Revised::default();
    for acts in words.values() {
        let Some(first) = acts.iter().find(|act| act.stance != Stance::Retracts) else { continue };
        revised.of += 1;
        let turned = |act: &&&ActRow| {
            act.published > first.published
                && (act.stance == Stance::Retracts || asserts(act.stance) != asserts(first.stance))
        };
        revised.revised += usize::from(acts.iter().any(|act| turned(&act)));
    }
    revised
}

const fn asserts(stance: Stance) -> bool {
    match stance {
        Stance::Claims | Stance::Accuses | Stance::Suspects | Stance::Confirms => true,
        Stance::Denies | Stance::Refutes | Stance::Retracts => false,
    }
}

/// One actor.
///
/// # Errors
/// 404 where the record knows no public actor of that key.
pub fn show(app: &App, asked: Asked<AtMoment>) -> Result<ActorDetail, Refusal> {
    let snapshot = snapshot(app, &asked.with)?;
    let key = asked.id;
    let mut entries = entries(&snapshot);
    let entry = entries.remove(&key).ok_or_else(|| Problem::not_found(format!("actor {key}")))?;
    let is_it = |actor: Option<&ActorRef>| actor.and_then(public_key).as_deref() == Some(key.as_str());
    let record = &snapshot.record;
    let warnings = record.warnings.iter().filter(|one| is_it(one.issuer.as_ref()));
    let threats = record.threats.iter().filter(|one| is_it(one.speaker.as_ref()));
    let mut aliases: Vec<(&str, usize)> = entry
        .names
        .iter()
        .map(|(name, seen)| (*name, *seen))
        .filter(|(name, _)| *name != entry.actor.name)
        .collect();
    aliases.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let shown = snapshot.shown();
    Ok(ActorDetail {
        name: entry.actor.name.clone(),
        aliases: aliases.into_iter().map(|(name, _)| name.to_owned()).collect(),
        kind: entry.actor.kind.as_str(),
        country: entry.actor.country.map(|country| country.as_str().to_owned()),
        said: said(&entry.said, app),
        said_of: said(&entry.said_of, app),
        revised: revised(&entry.said),
        warnings: warnings.map(|warning| WarningItem::new(warning, &snapshot)).collect(),
        threats: threats.map(|threat| ThreatItem::new(threat, &snapshot)).collect(),
        as_of: shown.as_of,
        recorded_by: shown.recorded_by,
        key,
    })
}
