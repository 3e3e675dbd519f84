//! The fold of versions into incidents: each version in the order of time finds its incidents or founds new ones.
//!
//! A version's place depends only on versions before it. So what was decided once holds for every later `--as-of`,
//! and the record of a moment is the fold over the versions up to it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::convert::Infallible;
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::decisions::fact_ids::short;
use super::index::{self, Key, TELLINGS_PER_KEY};
use super::join;
use super::join::Join;
use super::link::{Comparison, Ready, THRESHOLD};
use super::numbering::{IncidentNumber, Numbering};
use super::origin::{OriginLink, dependence, outlet_key};
use super::profile::{Incoming, Profile};
use super::version::{Version, VersionId, Witness};
use crate::reading::Measure;

/// The id of an incident of the record: that of its founding version and its number there.
pub type IncidentKey = String;

/// How many earlier versions are compared as possible originals, from each place where one may be found.
pub const WITNESSES: usize = 32;

/// How many known incidents a report's incident is compared with.
const CANDIDATES: usize = 48;
/// For how many there is room at first when it is counted how many keys they share.
const COUNTED_AT_FIRST: usize = 500;

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
    /// What can go wrong with asking.
    type Error;

    /// The numbers by which incidents are called here.
    ///
    /// # Errors
    /// What goes wrong with asking.
    fn numbering(&mut self) -> Result<&mut Numbering, Self::Error>;

    /// Shows the incidents told last under a key, one for each of the last [`TELLINGS_PER_KEY`] tellings, latest first.
    ///
    /// # Errors
    /// What goes wrong with asking.
    fn under(&mut self, key: &Key, show: &mut dyn FnMut(IncidentNumber)) -> Result<(), Self::Error>;

    /// The profile of an incident.
    ///
    /// # Errors
    /// What goes wrong with asking.
    fn profile(&mut self, incident: IncidentNumber) -> Result<Option<Arc<Profile>>, Self::Error>;

    /// The last version of the report at an address.
    ///
    /// # Errors
    /// What goes wrong with asking.
    fn at_identity(&mut self, identity: &str) -> Result<Option<Arc<Witness>>, Self::Error>;

    /// The last [`WITNESSES`] versions whose wording is kept under a key.
    ///
    /// # Errors
    /// What goes wrong with asking.
    fn worded(&mut self, key: u64) -> Result<Vec<Arc<Witness>>, Self::Error>;

    /// The last [`WITNESSES`] versions of an outlet, by its [`outlet_key`].
    ///
    /// # Errors
    /// What goes wrong with asking.
    fn of_outlet(&mut self, outlet: &str) -> Result<Vec<Arc<Witness>>, Self::Error>;

    /// The last [`WITNESSES`] versions that tell of an incident.
    ///
    /// # Errors
    /// What goes wrong with asking.
    fn telling(&mut self, incident: &IncidentKey) -> Result<Vec<Arc<Witness>>, Self::Error>;
}

/// What linking makes of a version.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Linking {
    /// Which incident each of its incidents is.
    pub assignments: Vec<Assignment>,
    /// Which incidents of the record turn out to be one by it.
    pub joins: Vec<Join>,
}

/// An incident of a version compared with one of the record that it may be.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The sum of the comparison.
    pub score: f32,
    /// The index of the incident in the version's facts.
    pub fact: usize,
    /// The incident of the record.
    pub incident: IncidentKey,
    /// What was compared.
    pub comparison: Comparison,
}

/// Links every incident of a version: at most one to each known incident, the best comparisons first.
///
/// # Errors
/// What goes wrong with asking.
pub fn assign<K: Known>(version: &Version, known: &mut K) -> Result<Linking, K::Error> {
    let incoming = incoming(version);
    let mut compared: Vec<Compared> = Vec::new();
    for (fact, incoming) in incoming.iter().enumerate() {
        let ready = Ready::of(incoming);
        for number in candidates(incoming, known)? {
            let Some(profile) = known.profile(number)? else { continue };
            let weighed = ready.compare(&profile);
            let score = weighed.score();
            if score >= THRESHOLD {
                let incident = known.numbering()?.id(number).to_owned();
                let comparison = weighed.in_words();
                compared.push(Compared { score, fact, incident, comparison });
            }
        }
    }
    compared.sort_by(|a, b| {
        b.score.total_cmp(&a.score).then_with(|| (a.fact, &a.incident).cmp(&(b.fact, &b.incident)))
    });
    let mut assignments: BTreeMap<usize, Assignment> = BTreeMap::new();
    let mut taken = BTreeSet::new();
    for Compared { fact, incident, comparison, .. } in &compared {
        if !assignments.contains_key(fact) && taken.insert(incident) {
            let (version, incident) = (version.id.clone(), incident.clone());
            let comparison = Some(comparison.clone());
            assignments.insert(*fact, Assignment { version, fact: *fact, incident, comparison });
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
    let assignments: Vec<Assignment> = assignments.into_values().collect();
    let joins = join::joins(version, &incoming, &assignments, &compared, known)?;
    Ok(Linking { assignments, joins })
}

/// How an incident is found under the keys of another.
struct Shared {
    /// How many keys lead to it.
    keys: u32,
    /// The last of these.
    key: u32,
    /// Its nearest place to the last telling under any of them.
    last: u32,
}

/// The known incidents that a report's incident may be: those under most of its keys, among equals those told last.
fn candidates<K: Known>(incoming: &Incoming<'_>, known: &mut K) -> Result<Vec<IncidentNumber>, K::Error> {
    let mut shared: HashMap<IncidentNumber, Shared, FixedState> =
        HashMap::with_capacity_and_hasher(COUNTED_AT_FIRST, FixedState::default());
    for (key, name) in (0..).zip(&index::looked_up_under(incoming)) {
        let mut last = 0;
        known.under(name, &mut |incident| {
            match shared.get_mut(&incident) {
                Some(found) if found.key == key => return,
                Some(found) => {
                    *found = Shared { keys: found.keys + 1, key, last: found.last.min(last) };
                }
                None => {
                    shared.insert(incident, Shared { keys: 1, key, last });
                }
            }
            last += 1;
        })?;
    }
    let mut candidates: Vec<_> = shared.into_iter().collect();
    let numbering = known.numbering()?;
    // The order is total: no order of a hash map and none of numbers is left in it.
    let order = |(a, one): &(IncidentNumber, Shared), (b, other): &(IncidentNumber, Shared)| {
        let by_keys = (other.keys, one.last).cmp(&(one.keys, other.last));
        by_keys.then_with(|| numbering.order(*a).cmp(&numbering.order(*b)))
    };
    if candidates.len() > CANDIDATES {
        candidates.select_nth_unstable_by(CANDIDATES, order);
        candidates.truncate(CANDIDATES);
    }
    candidates.sort_unstable_by(order);
    Ok(candidates.into_iter().map(|(incident, _)| incident).collect())
}

/// What a version repeats: the version before it at its address, near copies of the last quarter of a year, accounts of
/// the same incidents, and what the outlets that it names have published.
///
/// # Errors
/// What goes wrong with asking.
pub fn repeats<K: Known>(
    version: &Version,
    assignments: &[Assignment],
    known: &mut K,
) -> Result<Vec<OriginLink>, K::Error> {
    let mut candidates: BTreeMap<VersionId, Arc<Witness>> = BTreeMap::new();
    let mut consider = |witnesses: Vec<Arc<Witness>>| {
        candidates.extend(witnesses.into_iter().map(|witness| (witness.id.clone(), witness)));
    };
    consider(known.at_identity(&version.identity)?.into_iter().collect());
    for key in index::wording_looked_up_under(&version.wording, version.time) {
        consider(known.worded(key)?);
    }
    for outlet in &version.cites {
        consider(known.of_outlet(outlet)?);
    }
    for assignment in assignments.iter().filter(|a| !version.facts.incidents[a.fact].background) {
        consider(known.telling(&assignment.incident)?);
    }
    Ok(candidates.values().filter_map(|earlier| dependence(version, earlier)).collect())
}

/// The id of the incident that a version's telling founds, if it founds one.
pub fn founded(version: &Version, fact: usize) -> IncidentKey {
    format!("{}-{}", short(&version.id), fact + 1)
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
            day: version.day,
            published: version.published(),
            time: version.time,
            founds: founded(version, index),
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
    /// Which incidents turned out to be one, in the order of time.
    pub joins: Vec<Join>,
    numbering: Numbering,
    profiles: HashMap<IncidentNumber, Arc<Profile>, FixedState>,
    told_under: BTreeMap<Key, Vec<IncidentNumber>>,
    told_by: BTreeMap<IncidentKey, Vec<Arc<Witness>>>,
    by_wording: BTreeMap<u64, Vec<Arc<Witness>>>,
    by_outlet: BTreeMap<String, Vec<Arc<Witness>>>,
    by_identity: BTreeMap<String, Arc<Witness>>,
}

impl Known for Ledger {
    type Error = Infallible;

    fn numbering(&mut self) -> Result<&mut Numbering, Infallible> {
        Ok(&mut self.numbering)
    }

    fn under(&mut self, key: &Key, show: &mut dyn FnMut(IncidentNumber)) -> Result<(), Infallible> {
        let told = self.told_under.get(key).into_iter().flatten();
        told.rev().take(TELLINGS_PER_KEY).for_each(|&incident| show(self.numbering.root(incident)));
        Ok(())
    }

    fn profile(&mut self, incident: IncidentNumber) -> Result<Option<Arc<Profile>>, Infallible> {
        Ok(self.profiles.get(&incident).cloned())
    }

    fn at_identity(&mut self, identity: &str) -> Result<Option<Arc<Witness>>, Infallible> {
        Ok(self.by_identity.get(identity).cloned())
    }

    fn worded(&mut self, key: u64) -> Result<Vec<Arc<Witness>>, Infallible> {
        Ok(self.by_wording.get(&key).into_iter().flatten().rev().take(WITNESSES).cloned().collect())
    }

    fn of_outlet(&mut self, outlet: &str) -> Result<Vec<Arc<Witness>>, Infallible> {
        Ok(self.by_outlet.get(outlet).into_iter().flatten().rev().take(WITNESSES).cloned().collect())
    }

    fn telling(&mut self, incident: &IncidentKey) -> Result<Vec<Arc<Witness>>, Infallible> {
        Ok(self.told_by.get(incident).into_iter().flatten().rev().take(WITNESSES).cloned().collect())
    }
}

impl Ledger {
    /// Folds versions, in whatever order they come.
    pub fn of(mut versions: Vec<Version>) -> Self {
        versions.sort_by(|a, b| a.order().cmp(&b.order()));
        let mut ledger = Self::default();
        for version in versions {
            let Ok(()) = ledger.add(version);
        }
        ledger
    }

    /// Takes in the next version; none before it may come later.
    fn add(&mut self, version: Version) -> Result<(), Infallible> {
        let Linking { assignments, joins } = assign(&version, self)?;
        let links = repeats(&version, &assignments, self)?;
        let witness = Arc::new(version.witness());
        for (assignment, incoming) in assignments.iter().zip(incoming(&version)) {
            let number = self.numbering.number(&assignment.incident);
            Arc::make_mut(self.profiles.entry(number).or_default()).add(&incoming);
            self.told_by.entry(assignment.incident.clone()).or_default().push(Arc::clone(&witness));
            for key in index::kept_under(&incoming) {
                self.told_under.entry(key).or_default().push(number);
            }
        }
        for join in &joins {
            let [gone, stays] = [&join.gone, &join.stays].map(|id| self.numbering.number(id));
            self.numbering.join(gone, stays);
            let gone = self.profiles.remove(&gone);
            if let (Some(gone), Some(stays)) = (gone, self.profiles.get_mut(&stays)) {
                Arc::make_mut(stays).absorb(&gone);
            }
            let told = self.told_by.remove(&join.gone).unwrap_or_default();
            let all = self.told_by.entry(join.stays.clone()).or_default();
            all.extend(told);
            all.sort_by(|a, b| (a.time, &a.id).cmp(&(b.time, &b.id)));
        }
        self.joins.extend(joins);
        for key in index::wording_kept_under(&version.wording, version.time) {
            self.by_wording.entry(key).or_default().push(Arc::clone(&witness));
        }
        if let Some(outlet) = version.source.as_deref().map(outlet_key) {
            self.by_outlet.entry(outlet).or_default().push(Arc::clone(&witness));
        }
        self.by_identity.insert(version.identity.clone(), witness);
        self.links.extend(links);
        self.assignments.extend(assignments);
        self.versions.push(version);
        Ok(())
    }
}
