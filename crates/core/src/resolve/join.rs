//! Which incidents of the record turn out to be one.
//!
//! Reports of one incident that share little at first found several. A later report may fit more than one of them, and
//! what the record knows of each has grown: then they are compared with one another, and where they go together, they
//! are one incident from that report's time on. What was one before stays as it was for every earlier moment.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use foldhash::fast::FixedState;
use jiff::Timestamp;

use super::ledger::{Assignment, Compared, IncidentKey, Known};
use super::link::{Comparison, compare_known};
use super::profile::Incoming;
use super::version::{Version, VersionId};

/// That two incidents of the record are one from a version's time on.
#[derive(Clone, Debug, PartialEq)]
pub struct Join {
    /// The version that shows it.
    pub version: VersionId,
    /// From when on it holds.
    pub time: Timestamp,
    /// The incident whose id goes.
    pub gone: IncidentKey,
    /// The incident that was founded earlier, whose id stays.
    pub stays: IncidentKey,
    /// How the two compare.
    pub comparison: Comparison,
}

/// Which incidents were joined to which, by some moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Joined {
    stays: HashMap<IncidentKey, IncidentKey, FixedState>,
    gone: BTreeMap<IncidentKey, Vec<IncidentKey>>,
}

impl Joined {
    /// Those of joins that hold by a moment.
    pub fn by(joins: &[Join], as_of: Timestamp) -> Self {
        let hold = joins.iter().filter(|join| join.time <= as_of);
        hold.map(|join| (join.gone.clone(), join.stays.clone())).collect()
    }

    /// Takes in one more.
    pub fn add(&mut self, gone: IncidentKey, stays: IncidentKey) {
        self.gone.entry(stays.clone()).or_default().push(gone.clone());
        self.stays.insert(gone, stays);
    }

    /// The incident that one is now.
    pub fn root<'a>(&'a self, mut incident: &'a str) -> &'a str {
        while let Some(stays) = self.stays.get(incident) {
            incident = stays;
        }
        incident
    }

    /// The ids that lead from an incident to the one that it is now, both included.
    pub fn path(&self, incident: &IncidentKey) -> Vec<IncidentKey> {
        std::iter::successors(Some(incident), |incident| self.stays.get(*incident)).cloned().collect()
    }

    /// Where the id of each incident that went leads next.
    pub const fn stays(&self) -> &HashMap<IncidentKey, IncidentKey, FixedState> {
        &self.stays
    }

    /// The incidents that went elsewhere, or not at all, by other joins.
    pub fn differing<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = &'a IncidentKey> {
        let gone = self.stays.keys().chain(other.stays.keys());
        gone.filter(|gone| self.stays.get(*gone) != other.stays.get(*gone))
    }

    /// Takes in whatever was joined with any of these.
    pub fn spread(&self, incidents: &mut BTreeSet<IncidentKey>) {
        let is_joined = |id: &&IncidentKey| self.stays.contains_key(*id) || self.gone.contains_key(*id);
        let mut open: Vec<IncidentKey> = incidents.iter().filter(is_joined).cloned().collect();
        while let Some(incident) = open.pop() {
            let gone = self.gone.get(&incident).into_iter().flatten();
            for kin in self.stays.get(&incident).into_iter().chain(gone) {
                if incidents.insert(kin.clone()) {
                    open.push(kin.clone());
                }
            }
        }
    }
}

impl FromIterator<(IncidentKey, IncidentKey)> for Joined {
    fn from_iter<I: IntoIterator<Item = (IncidentKey, IncidentKey)>>(pairs: I) -> Self {
        let mut joined = Self::default();
        pairs.into_iter().for_each(|(gone, stays)| joined.add(gone, stays));
        joined
    }
}

/// A report shows that two incidents are one only where it fits both so well.
const FITS: f32 = 4.5;
/// What the record knows of the two must go together at least so well.
const TOGETHER: f32 = 1.0;
/// A part that speaks so much against it keeps them apart, whatever the others say.
const VETO: f32 = -1.5;

/// The joins that a version brings about: of the incidents that its news was found to be and others that it fits.
/// `compared` are the comparisons of its incidents with known ones, the best first.
///
/// # Errors
/// What goes wrong with asking.
pub fn joins<K: Known>(
    version: &Version,
    incoming: &[Incoming<'_>],
    assignments: &[Assignment],
    compared: &[Compared],
    known: &mut K,
) -> Result<Vec<Join>, K::Error> {
    let mut joins: Vec<Join> = Vec::new();
    for assignment in assignments.iter().filter(|a| !version.facts.incidents[a.fact].background) {
        let others: Vec<&IncidentKey> = compared
            .iter()
            .filter(|one| one.fact == assignment.fact && one.score >= FITS)
            .map(|one| &one.incident)
            // What one report tells apart is not one.
            .filter(|other| !assignments.iter().any(|a| a.incident == **other))
            .collect();
        if others.is_empty() {
            continue;
        }
        let mut incident = assignment.incident.clone();
        let number = known.numbering()?.number(&incident);
        let mut profile = known.profile(number)?.unwrap_or_default();
        Arc::make_mut(&mut profile).add(&incoming[assignment.fact]);
        for other in others {
            if joins.iter().any(|join| join.gone == *other || join.stays == *other) {
                continue;
            }
            let number = known.numbering()?.number(other);
            let Some(there) = known.profile(number)? else { continue };
            let weighed = compare_known(&profile, &there);
            let speaks_against = weighed.has_weight_to(VETO) || weighed.score() < TOGETHER;
            if speaks_against || are_told_apart(&incident, other, known)? {
                continue;
            }
            let comparison = weighed.in_words();
            let (gone, stays) = if there.founded < profile.founded {
                (std::mem::replace(&mut incident, other.clone()), other.clone())
            } else {
                (other.clone(), incident.clone())
            };
            Arc::make_mut(&mut profile).absorb(&there);
            joins.push(Join { version: version.id.clone(), time: version.time, gone, stays, comparison });
        }
    }
    Ok(joins)
}

/// Whether several of the versions that lately told of one incident told of the other too, as another one. Where a
/// single one did, its account of one attack may have been taken for two.
fn are_told_apart<K: Known>(one: &IncidentKey, other: &IncidentKey, known: &mut K) -> Result<bool, K::Error> {
    let tell_of_one = known.telling(one)?;
    let tell_of_other = known.telling(other)?;
    let tell_of_both =
        tell_of_one.iter().filter(|here| tell_of_other.iter().any(|there| there.id == here.id));
    Ok(tell_of_both.count() > 1)
}
