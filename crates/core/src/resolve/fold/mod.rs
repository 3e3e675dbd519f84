//! The record of a moment, kept while reports, decisions and the moment change: only the incidents that changed are
//! put together anew, and what depends on them. What comes of it never differs from a fold of everything.
//!
//! A patch goes in four steps: [`Fold::begin`] takes in what changed and says which incidents that makes stale;
//! [`Fold::outdate`] lets those go, with what joins, merges and splits tie to them; [`Fold::take`] puts them together anew from
//! the versions that tell of them, a part at a time; [`Fold::finish`] judges the warnings and threats that depend on them.

pub mod ground;
mod notices;
mod told;

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;

use self::ground::Ground;
use self::notices::{Carriers, Notices};
use self::told::Told;
use super::decisions::fact_ids::{short, version_of};
use super::decisions::{Decided, FactId, FactIds};
use super::ledger::{Assignment, IncidentKey};
use super::moment::Record;
use super::notices::{Carrier, Setting, is_followed_by, window};
use super::origin::{Origins, Repeat, outlet_key};
use super::record::RecordIncident;
use super::version::{Version, VersionId, VersionPlace};

/// The record of a moment, with what is needed to patch it.
#[derive(Clone, Debug, Default)]
pub struct Fold {
    as_of: Timestamp,
    decided: Decided,
    ground: Ground,
    origins: Origins,
    carriers: Carriers,
    notices: Notices,
    /// The decisions before the patch that is under way.
    before: Decided,
    /// The incidents that it changes.
    changed: BTreeSet<IncidentKey>,
    /// The carriers that it lets go, brings or changes.
    touched: Carriers,
    is_new_day: bool,
}

/// What changed since a fold was made.
#[derive(Clone, Debug)]
pub struct Patch {
    /// The moment of the record from now on.
    pub as_of: Timestamp,
    /// From this version on, everything derived from versions may have changed, and versions may have come or gone.
    pub from: VersionPlace,
    /// What the versions from there on repeat.
    pub repeats: Vec<Repeat>,
    /// The decisions that stand, and the joins that hold by the moment.
    pub decided: Decided,
}

/// What a patch makes stale among what was known.
#[derive(Clone, Debug, Default)]
pub struct Stale {
    /// Incidents.
    pub incidents: BTreeSet<IncidentKey>,
    /// Versions whose incidents are stale.
    pub versions: Vec<VersionId>,
    /// Facts whose versions' incidents are stale.
    pub facts: BTreeSet<FactId>,
}

fn day(moment: Timestamp) -> Date {
    Offset::UTC.to_datetime(moment).date()
}

impl Fold {
    /// The moment of the record.
    pub const fn as_of(&self) -> Timestamp {
        self.as_of
    }

    /// The decisions that stand.
    pub const fn decided(&self) -> &Decided {
        &self.decided
    }

    /// The record.
    pub fn record(&self) -> Record {
        Record {
            as_of: self.as_of,
            incidents: self.ground.incidents().cloned().collect(),
            warnings: self.notices.warnings().cloned().collect(),
            threats: self.notices.threats().cloned().collect(),
        }
    }

    /// Takes in what changed, and says what of the record is stale for it. To that belong also the incidents of which the
    /// versions from [`Patch::from`] on tell now.
    pub fn begin(&mut self, patch: Patch) -> Stale {
        let Patch { as_of, from, repeats, decided } = patch;
        self.is_new_day = day(self.as_of) != day(as_of);
        self.as_of = as_of;
        let difference = self.decided.difference(&decided);
        self.before = std::mem::replace(&mut self.decided, decided);
        let mut stale = Stale { incidents: difference.incidents, ..Stale::default() };
        let tied: BTreeSet<&IncidentKey> =
            self.before.tied().into_iter().chain(self.decided.tied()).collect();
        let mut gone = Vec::new();
        for incident in self.ground.incidents() {
            let last = incident.reports.last().map(|report| (report.published, &report.id));
            if last.is_some_and(|last| last >= (from.0, &from.1)) {
                if incident.founding.0 >= from && !tied.contains(&incident.id) {
                    gone.push(incident.id.clone());
                } else {
                    stale.incidents.insert(incident.id.clone());
                }
            }
            // A telling that was rejected is no report of it, and may have been of another incident before.
            if incident.decisions.iter().any(|row| row.decision.ruling.fact().is_some()) {
                stale.incidents.insert(incident.id.clone());
            }
        }
        for id in gone {
            self.let_go(&id);
        }
        for place in self.origins.replace(&from, repeats) {
            if let Some(carrier) = self.carriers.get(&place) {
                self.touched.insert(place.clone(), Arc::clone(carrier));
            }
            stale.versions.push(place.1);
        }
        self.touched.extend(self.carriers.split_off(&from));
        self.look_at_facts(&difference.facts);
        self.grade(&difference.outlets);
        stale.facts = difference.facts;
        stale
    }

    /// Marks what carries one of some facts.
    fn look_at_facts(&mut self, facts: &BTreeSet<FactId>) {
        let versions: BTreeSet<&str> = facts.iter().filter_map(|fact| version_of(fact)).collect();
        if versions.is_empty() {
            return;
        }
        for (place, carrier) in &self.carriers {
            if versions.contains(short(&carrier.id)) {
                self.touched.insert(place.clone(), Arc::clone(carrier));
            }
        }
    }

    /// Sets the grades of some outlets wherever they stand.
    fn grade(&mut self, outlets: &BTreeSet<String>) {
        if outlets.is_empty() {
            return;
        }
        let is_of = |source: &Option<String>| {
            source.as_deref().is_some_and(|source| outlets.contains(&outlet_key(source)))
        };
        for incident in self.ground.incidents_mut() {
            if incident.reports.iter().any(|report| is_of(&report.source)) {
                for report in &mut Arc::make_mut(incident).reports {
                    if is_of(&report.source) {
                        report.rating =
                            report.source.as_deref().and_then(|source| self.decided.rating(source));
                    }
                }
            }
        }
        for (place, carrier) in &self.carriers {
            if is_of(&carrier.source) {
                self.touched.insert(place.clone(), Arc::clone(carrier));
            }
        }
    }

    /// Lets incidents go that are to be put together anew; all ids by linking from which those, and what joins, merges
    /// and splits tie or tied to them, are put together. That must be done in parts that hold each of
    /// [`Decided::groups`] together.
    pub fn outdate(&mut self, mut incidents: BTreeSet<IncidentKey>) -> BTreeSet<IncidentKey> {
        loop {
            let before = incidents.len();
            incidents = self.decided.with_kin(self.before.with_kin(incidents));
            if incidents.len() == before {
                break;
            }
        }
        for id in &incidents {
            self.let_go(id);
        }
        incidents
    }

    fn let_go(&mut self, id: &IncidentKey) {
        self.ground.remove(id);
        self.changed.insert(id.clone());
    }

    /// Puts incidents together from all versions that tell of them, which must be in their order and count by then.
    /// `complete` are the ids by linking all of whose versions are there; all where it is absent.
    pub fn take(
        &mut self,
        versions: &[(&Version, &FactIds)],
        assignments: &[Assignment],
        complete: Option<&BTreeSet<IncidentKey>>,
    ) {
        let told = Told::of(versions, assignments, complete, &self.decided);
        for incident in told.incidents(&self.origins, &self.decided) {
            self.changed.insert(incident.id.clone());
            self.ground.insert(incident);
        }
    }

    /// Takes in a version that warns or threatens.
    pub fn carry(&mut self, carrier: Carrier) {
        let (place, carrier) = (carrier.place(), Arc::new(carrier));
        self.touched.entry(place.clone()).or_insert_with(|| Arc::clone(&carrier));
        self.carriers.insert(place, carrier);
    }

    /// Judges the warnings and threats that depend on what changed.
    pub fn finish(&mut self) {
        let mut changed = std::mem::take(&mut self.changed);
        let mut touched = std::mem::take(&mut self.touched);
        self.look_at_concerned(&changed, &mut touched);
        let setting = Setting {
            ground: &self.ground,
            origins: &self.origins,
            decided: &self.decided,
            today: day(self.as_of),
        };
        changed.extend(self.notices.judge(&touched, &self.carriers, self.is_new_day, &setting));
        for id in &changed {
            let warnings = self.notices.on(id);
            if self.ground.get(id).is_some_and(|incident| incident.warnings != warnings)
                && let Some(incident) = self.ground.get_mut(id)
            {
                incident.warnings = warnings;
            }
        }
        self.before = Decided::default();
    }

    /// Adds the carriers whose warnings may be about another incident, or one that is not as it was.
    fn look_at_concerned(&self, changed: &BTreeSet<IncidentKey>, touched: &mut Carriers) {
        let arrived: Vec<&RecordIncident> =
            changed.iter().filter_map(|id| self.ground.get(id).map(AsRef::as_ref)).collect();
        let is_followed = |carrier: &Carrier| {
            carrier.warnings.iter().any(|fact| {
                let Some(place) = &fact.place else { return false };
                let window = window(fact, carrier.day);
                arrived.iter().any(|incident| is_followed_by(place, window, incident))
            })
        };
        if changed.is_empty() {
            return;
        }
        for (place, carrier) in &self.carriers {
            if carrier.warnings.is_empty() || touched.contains_key(place) {
                continue;
            }
            let mut ties = carrier.linked.iter().flatten().chain(self.notices.about(carrier));
            if ties.any(|id| changed.contains(id)) || is_followed(carrier) {
                touched.insert(place.clone(), Arc::clone(carrier));
            }
        }
    }
}
