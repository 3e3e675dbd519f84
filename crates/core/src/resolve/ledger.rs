//! The fold of versions into incidents: each version in the order of time finds its incidents or founds new ones.
//!
//! A version's place depends only on versions before it. So what was decided once holds for every later `--as-of`,
//! and the record of a moment is the fold over the versions up to it.

use std::collections::{BTreeMap, BTreeSet};

use super::index::{self, CANDIDATES_PER_KEY, Key};
use super::link::{Comparison, THRESHOLD, compare};
use super::origin::{OriginLink, dependence};
use super::profile::{Incoming, Profile};
use super::version::{Version, VersionId};
use crate::reading::Measure;

/// The id of an incident of the record: that of its founding version and its number there.
pub type IncidentKey = String;

/// Which incident of the record an incident of a version is, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Assignment {
    /// The version.
    pub version: VersionId,
    /// The index of the incident in the version's facts.
    pub fact: usize,
    /// The incident of the record.
    pub incident: IncidentKey,
    /// The comparison that decided it; absent where the version founded the incident.
    pub comparison: Option<Comparison>,
}

/// What linking asks of what is known so far: a store or [`Ledger`] answers.
pub trait Known {
    /// The incidents kept under a key, at most [`CANDIDATES_PER_KEY`], those told of last first.
    fn under(&self, key: &Key) -> Vec<IncidentKey>;
    /// The profile of an incident.
    fn profile(&self, incident: &IncidentKey) -> Option<Profile>;
}

/// Links every incident of a version: at most one to each known incident, the best comparisons first.
pub fn assign(version: &Version, known: &impl Known) -> Vec<Assignment> {
    let incoming = incoming(version);
    let mut ranked: Vec<(f32, usize, IncidentKey, Comparison)> = Vec::new();
    let mut profiles: BTreeMap<IncidentKey, Option<Profile>> = BTreeMap::new();
    for (fact, incoming) in incoming.iter().enumerate() {
        let mut candidates = BTreeSet::new();
        for key in index::looked_up_under(incoming.fact, version.day) {
            candidates.extend(known.under(&key));
        }
        for incident in candidates {
            let profile = profiles.entry(incident.clone()).or_insert_with(|| known.profile(&incident));
            if let Some(profile) = profile {
                let comparison = compare(incoming, profile);
                let score = comparison.score();
                if score >= THRESHOLD {
                    ranked.push((score, fact, incident, comparison));
                }
            }
        }
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| (a.1, &a.2).cmp(&(b.1, &b.2))));
    let mut assignments: BTreeMap<usize, Assignment> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for (_, fact, incident, comparison) in ranked {
        if !assignments.contains_key(&fact) && taken.insert(incident.clone()) {
            let comparison = Some(comparison);
            assignments.insert(fact, Assignment { version: version.id.clone(), fact, incident, comparison });
        }
    }
    for fact in 0..version.facts.incidents.len() {
        assignments.entry(fact).or_insert_with(|| Assignment {
            version: version.id.clone(),
            fact,
            incident: founded(version, fact),
            comparison: None,
        });
    }
    assignments.into_values().collect()
}

fn founded(version: &Version, fact: usize) -> IncidentKey {
    let short = version.id.get(..16).unwrap_or(&version.id);
    format!("{short}-{}", fact + 1)
}

/// The incidents of a version with what else in it helps to link them.
pub fn incoming(version: &Version) -> Vec<Incoming<'_>> {
    let facts = &version.facts;
    (facts.incidents.iter().enumerate())
        .map(|(index, fact)| Incoming {
            fact,
            killed: facts
                .casualties
                .iter()
                .find(|count| count.incident == index && count.measure == Measure::Killed)
                .map(|count| count.bounds),
            actors: facts
                .attributions
                .iter()
                .filter(|act| act.incident == index)
                .map(|act| &act.actor)
                .collect(),
            wording: (!fact.background).then_some(&version.wording),
            published: version.day,
        })
        .collect()
}

/// The fold in memory.
#[derive(Debug, Default)]
pub struct Ledger {
    /// In the order of time.
    pub versions: Vec<Version>,
    /// In the order of time.
    pub assignments: Vec<Assignment>,
    /// Which versions repeat which.
    pub links: Vec<OriginLink>,
    profiles: BTreeMap<IncidentKey, Profile>,
    index: BTreeMap<Key, Vec<IncidentKey>>,
    members: BTreeMap<IncidentKey, Vec<usize>>,
    by_band: BTreeMap<(usize, u64), Vec<usize>>,
    by_identity: BTreeMap<String, usize>,
}

impl Known for Ledger {
    fn under(&self, key: &Key) -> Vec<IncidentKey> {
        self.index
            .get(key)
            .map(|kept| kept.iter().rev().take(CANDIDATES_PER_KEY).cloned().collect())
            .unwrap_or_default()
    }

    fn profile(&self, incident: &IncidentKey) -> Option<Profile> {
        self.profiles.get(incident).cloned()
    }
}

impl Ledger {
    /// Folds versions, in whatever order they come.
    pub fn of(mut versions: Vec<Version>) -> Self {
        versions.sort_by(|a, b| a.order().cmp(&b.order()));
        let mut ledger = Self::default();
        for version in versions {
            ledger.add(version);
        }
        ledger
    }

    /// Takes in the next version; none before it may come later.
    fn add(&mut self, version: Version) {
        let assignments = assign(&version, self);
        self.links.extend(self.repeats(&version, &assignments));
        let at = self.versions.len();
        for (assignment, incoming) in assignments.iter().zip(incoming(&version)) {
            let incident = &assignment.incident;
            self.profiles.entry(incident.clone()).or_default().add(&incoming);
            self.members.entry(incident.clone()).or_default().push(at);
            for key in index::kept_under(incoming.fact, version.day) {
                let kept = self.index.entry(key).or_default();
                kept.retain(|other| other != incident);
                kept.push(incident.clone());
            }
        }
        for (band, key) in version.wording.bands().into_iter().enumerate() {
            self.by_band.entry((band, key)).or_default().push(at);
        }
        self.by_identity.insert(version.identity.clone(), at);
        self.assignments.extend(assignments);
        self.versions.push(version);
    }

    /// What an incoming version repeats: the version before it at its address, near copies anywhere, and accounts
    /// of the same incidents.
    fn repeats(&self, version: &Version, assignments: &[Assignment]) -> Vec<OriginLink> {
        let mut candidates = BTreeSet::new();
        candidates.extend(self.by_identity.get(&version.identity));
        for (band, key) in version.wording.bands().into_iter().enumerate() {
            let near = self.by_band.get(&(band, key)).into_iter().flatten();
            candidates.extend(near.rev().take(CANDIDATES_PER_KEY));
        }
        for assignment in assignments.iter().filter(|a| !version.facts.incidents[a.fact].background) {
            let told = self.members.get(&assignment.incident).into_iter().flatten();
            candidates.extend(told.rev().take(CANDIDATES_PER_KEY));
        }
        candidates.into_iter().filter_map(|&at| dependence(version, &self.versions[at])).collect()
    }
}
