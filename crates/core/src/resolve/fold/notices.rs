//! The warnings and threats of a record, kept while reports and incidents come and go. Only what has the issuer and the
//! incident, or the speaker and the origin, in common with what changed is put together anew.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;
use std::sync::Arc;

use crate::resolve::ledger::IncidentKey;
use crate::resolve::notices::{
    Carried, Carrier, RecordThreat, RecordWarning, Setting, about, grouped, threats, warning,
};
use crate::resolve::profile::actor_key;
use crate::resolve::version::{VersionId, VersionPlace};

/// The place of a warning or a threat: its version, and its number there.
type Noticed = (VersionPlace, usize);

/// The versions that carry warnings or threats, in their order.
pub type Carriers = BTreeMap<VersionPlace, Arc<Carrier>>;

/// Which warnings may be one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Circle {
    /// Those of one issuer about one incident, or about none.
    Issuer(String, Option<IncidentKey>),
    /// One whose issuer is not known.
    Alone(Noticed, Option<IncidentKey>),
}

impl Circle {
    const fn incident(&self) -> Option<&IncidentKey> {
        match self {
            Self::Issuer(_, incident) | Self::Alone(_, incident) => incident.as_ref(),
        }
    }
}

/// Which threats may be one: those of one speaker in reports of one origin.
type Said = (Option<String>, VersionId);

/// What stands in which circle, and what of the record came of each.
#[derive(Clone, Debug)]
struct Circles<K, T> {
    of: HashMap<Noticed, K>,
    /// Its members, and the first of each warning or threat that came of them.
    all: HashMap<K, (BTreeSet<Noticed>, Vec<Noticed>)>,
    made: BTreeMap<Noticed, Arc<T>>,
}

impl<K, T> Default for Circles<K, T> {
    fn default() -> Self {
        Self { of: HashMap::new(), all: HashMap::new(), made: BTreeMap::new() }
    }
}

impl<K: Clone + Eq + Hash, T> Circles<K, T> {
    /// Takes one out of its circle, which is returned.
    fn leave(&mut self, noticed: &Noticed) -> Option<K> {
        let circle = self.of.remove(noticed)?;
        if let Some((members, _)) = self.all.get_mut(&circle) {
            members.remove(noticed);
        }
        Some(circle)
    }

    fn join(&mut self, noticed: Noticed, circle: &K) {
        self.of.insert(noticed.clone(), circle.clone());
        self.all.entry(circle.clone()).or_default().0.insert(noticed);
    }

    fn members(&self, circle: &K) -> BTreeSet<Noticed> {
        self.all.get(circle).map(|(members, _)| members.clone()).unwrap_or_default()
    }

    /// Lets go what came of a circle; the first of each. What left it may stand first in another, so all circles that
    /// changed are let go before any is made.
    fn unmake(&mut self, circle: &K) -> Vec<Noticed> {
        let before = self.all.get_mut(circle).map(|(_, before)| std::mem::take(before)).unwrap_or_default();
        for gone in &before {
            self.made.remove(gone);
        }
        before
    }

    fn make(&mut self, circle: &K, made: Vec<(Noticed, T)>) {
        let Some((members, firsts)) = self.all.get_mut(circle) else { return };
        *firsts = made.iter().map(|(first, _)| first.clone()).collect();
        if members.is_empty() {
            self.all.remove(circle);
        }
        self.made.extend(made.into_iter().map(|(first, one)| (first, Arc::new(one))));
    }
}

/// The warnings and threats of a record.
#[derive(Clone, Debug, Default)]
pub struct Notices {
    warnings: Circles<Circle, RecordWarning>,
    threats: Circles<Said, RecordThreat>,
    /// The first of each warning about an incident.
    on: HashMap<IncidentKey, BTreeSet<Noticed>>,
}

impl Notices {
    /// The warnings, in the order of their first reports.
    pub fn warnings(&self) -> impl Iterator<Item = &Arc<RecordWarning>> {
        self.warnings.made.values()
    }

    /// The threats, in the order of their first reports.
    pub fn threats(&self) -> impl Iterator<Item = &Arc<RecordThreat>> {
        self.threats.made.values()
    }

    /// The ids of the warnings about an incident, in their order.
    pub fn on(&self, incident: &IncidentKey) -> Vec<String> {
        let firsts = self.on.get(incident).into_iter().flatten();
        firsts.filter_map(|first| Some(self.warnings.made.get(first)?.id.clone())).collect()
    }

    /// The incidents that the warnings of a version are taken to be about.
    pub fn about<'a>(&'a self, carrier: &Carrier) -> impl Iterator<Item = &'a IncidentKey> {
        let place = carrier.place();
        (0..carrier.warnings.len())
            .filter_map(move |number| self.warnings.of.get(&(place.clone(), number))?.incident())
    }

    /// Judges the warnings and threats of some versions anew, of those that went and those that are there, and all that
    /// depends on them; where the day is another one, all. The incidents whose warnings may be others since.
    pub fn judge(
        &mut self,
        looked_at: &BTreeMap<VersionPlace, Arc<Carrier>>,
        carriers: &Carriers,
        is_new_day: bool,
        setting: &Setting<'_>,
    ) -> BTreeSet<IncidentKey> {
        let (mut circles, mut said) = (BTreeSet::new(), BTreeSet::new());
        for (place, before) in looked_at {
            let now = carriers.get(place);
            let numbers = |of: fn(&Carrier) -> usize| of(before).max(now.map_or(0, |now| of(now)));
            for number in 0..numbers(|carrier| carrier.warnings.len()) {
                let noticed = (place.clone(), number);
                circles.extend(self.warnings.leave(&noticed));
                let stands = |carrier: &&Arc<Carrier>| {
                    carrier.ids.warnings.get(number).is_some_and(|id| !setting.decided.rejects(id))
                };
                let Some(carrier) = now.filter(stands) else { continue };
                let incident = about(carrier, number, setting);
                let circle = match &carrier.warnings[number].issuer {
                    Some(issuer) => Circle::Issuer(actor_key(issuer), incident),
                    None => Circle::Alone(noticed.clone(), incident),
                };
                self.warnings.join(noticed, &circle);
                circles.insert(circle);
            }
            for number in 0..numbers(|carrier| carrier.threats.len()) {
                let noticed = (place.clone(), number);
                said.extend(self.threats.leave(&noticed));
                let stands = |carrier: &&Arc<Carrier>| {
                    carrier.ids.threats.get(number).is_some_and(|id| !setting.decided.rejects(id))
                };
                let Some(carrier) = now.filter(stands) else { continue };
                let speaker = carrier.threats[number].speaker.as_ref().map(actor_key);
                let circle = (speaker, setting.origins.of(&carrier.id).clone());
                self.threats.join(noticed, &circle);
                said.insert(circle);
            }
        }
        if is_new_day {
            circles.extend(self.warnings.all.keys().cloned());
        }
        for circle in &said {
            self.threats.unmake(circle);
        }
        for circle in &said {
            self.threaten(circle, carriers, setting);
        }
        for circle in &circles {
            let gone = self.warnings.unmake(circle);
            if let Some(on) = circle.incident().and_then(|incident| self.on.get_mut(incident)) {
                on.retain(|first| !gone.contains(first));
            }
        }
        circles.into_iter().filter_map(|circle| self.warn(&circle, carriers, setting)).collect()
    }

    fn threaten(&mut self, circle: &Said, carriers: &Carriers, setting: &Setting<'_>) {
        let members = self.threats.members(circle);
        let carried = members.iter().filter_map(|(at, number)| Some((&**carriers.get(at)?, *number)));
        let made = threats(carried, setting);
        let made = made.into_iter().map(|(carrier, number, one)| ((carrier.place(), number), one));
        self.threats.make(circle, made.collect());
    }

    /// Puts the warnings of a circle together; the incident that they are about.
    fn warn(&mut self, circle: &Circle, carriers: &Carriers, setting: &Setting<'_>) -> Option<IncidentKey> {
        let members = self.warnings.members(circle);
        let carried = members.iter().filter_map(|(at, number)| {
            Some(Carried { carrier: carriers.get(at)?, number: *number, incident: circle.incident() })
        });
        let made: Vec<(Noticed, RecordWarning)> = grouped(carried)
            .iter()
            .map(|group| ((group[0].carrier.place(), group[0].number), warning(group, setting)))
            .collect();
        let incident = circle.incident().cloned();
        if let Some(incident) = &incident {
            let on = self.on.entry(incident.clone()).or_default();
            on.extend(made.iter().map(|(first, _)| first.clone()));
            if on.is_empty() {
                self.on.remove(incident);
            }
        }
        self.warnings.make(circle, made);
        incident
    }
}
