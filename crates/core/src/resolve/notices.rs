//! Warnings and threats of the record: which reports carry which, and what came of them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::decisions::{Decided, FactId, FactIds};
use super::facts::{ActorRef, Location, Quote, ThreatFact, WarningFact};
use super::ledger::IncidentKey;
use super::link::distance_km;
use super::profile::actor_key;
use super::record::{RecordIncident, ReportRow};
use super::version::{Version, VersionId};
use crate::closed::closed_list;
use crate::reading::{DateRange, Precision, Stage};

closed_list! {
    /// What came of a warning or a threat.
    Outcome {
        /// The event came.
        CarriedOut = "carried_out",
        /// The event was prevented.
        Foiled = "foiled",
        /// Its time passed and nothing came.
        Lapsed = "lapsed",
        /// There was nothing to it.
        Hoax = "hoax",
        /// Nothing is known yet.
        Open = "open",
    }
}

/// A warning without a stated window lapses this many days after it was issued.
const LAPSE_DAYS: i64 = 90;
/// A warning about a city covers what lies this near.
pub const NEAR_KM: f64 = 60.0;

/// A warning of the record.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordWarning {
    /// That of the founding version and its number there.
    pub id: String,
    /// Who gave it.
    pub issuer: Option<ActorRef>,
    /// What it was about.
    pub about: Option<String>,
    /// Where an attack was feared.
    pub place: Option<Location>,
    /// The day on which it was given; at the latest that of the first report of it.
    pub issued_on: Option<Date>,
    /// What came of it.
    pub outcome: Outcome,
    /// Why that is the outcome, for people.
    pub because: String,
    /// The incident that it was about.
    pub incident: Option<IncidentKey>,
    /// The versions that carry it.
    pub reports: Vec<ReportRow>,
    /// The words.
    pub quote: Option<Quote>,
    /// The id of the founding version's fact.
    pub fact: FactId,
}

/// A threat of the record.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordThreat {
    /// That of the founding version and its number there.
    pub id: String,
    /// Who announces it.
    pub speaker: Option<ActorRef>,
    /// Against whom.
    pub target: Option<String>,
    /// What came of it.
    pub outcome: Outcome,
    /// The incident that carried it out.
    pub incident: Option<IncidentKey>,
    /// The versions that carry it.
    pub reports: Vec<ReportRow>,
    /// The words.
    pub quote: Option<Quote>,
    /// The id of the founding version's fact.
    pub fact: FactId,
}

/// What the record knows when it judges warnings and threats.
pub struct Circumstances<'a> {
    /// The incidents of the record.
    pub incidents: &'a [RecordIncident],
    /// Which incident of the record an incident of a version is.
    pub assigned: &'a BTreeMap<(VersionId, usize), IncidentKey>,
    /// The origins of the versions.
    pub origins: &'a BTreeMap<VersionId, VersionId>,
    /// What people decided.
    pub decided: &'a Decided,
    /// The moment of the record.
    pub as_of: Timestamp,
}

impl Circumstances<'_> {
    fn incident(&self, key: &IncidentKey) -> Option<&RecordIncident> {
        self.incidents.iter().find(|incident| incident.id == *key)
    }

    fn row(&self, version: &Version, fact: &FactId) -> ReportRow {
        ReportRow {
            id: version.id.clone(),
            identity: version.identity.clone(),
            source: version.source.clone(),
            title: version.title.clone(),
            published: version.time,
            origin: self.origins.get(&version.id).unwrap_or(&version.id).clone(),
            fact: fact.clone(),
            rating: version.source.as_deref().and_then(|source| self.decided.rating(source)),
        }
    }

    fn today(&self) -> Date {
        jiff::tz::Offset::UTC.to_datetime(self.as_of).date()
    }
}

/// One carrier of a warning that is being gathered.
struct Carried<'a> {
    version: &'a Version,
    id: &'a FactId,
    fact: &'a WarningFact,
    incident: Option<IncidentKey>,
}

/// The warnings that versions, in their order, carry; a retold warning joins the original, rejected ones are left out.
pub fn warnings(versions: &[(&Version, &FactIds)], circumstances: &Circumstances<'_>) -> Vec<RecordWarning> {
    let mut groups: Vec<(String, Vec<Carried<'_>>)> = Vec::new();
    for &(version, ids) in versions {
        for (number, (fact, id)) in version.facts.warnings.iter().zip(&ids.warnings).enumerate() {
            if circumstances.decided.rejects(id) {
                continue;
            }
            let told = fact
                .incident
                .and_then(|index| circumstances.assigned.get(&(version.id.clone(), index)).cloned());
            let incident = told
                .or_else(|| told_with(fact, version, circumstances))
                .or_else(|| followed_by(fact, version, circumstances));
            let carried = Carried { version, id, fact, incident };
            let joined = groups.iter_mut().find(|(_, group)| {
                group.iter().all(|other| other.version.id != version.id) && is_retold(&group[0], &carried)
            });
            match joined {
                Some((_, group)) => group.push(carried),
                None => groups.push((notice_id(version, "w", number), vec![carried])),
            }
        }
    }
    groups.into_iter().map(|(id, group)| warning(id, &group, circumstances)).collect()
}

fn notice_id(version: &Version, letter: &str, number: usize) -> String {
    format!("{}-{letter}{}", version.id.get(..16).unwrap_or(&version.id), number + 1)
}

fn is_retold(first: &Carried<'_>, again: &Carried<'_>) -> bool {
    let issuer = |carried: &Carried<'_>| carried.fact.issuer.as_ref().map(actor_key);
    let near = match (first.fact.issued_on, again.fact.issued_on) {
        (Some(a), Some(b)) => a == b,
        (None, _) | (_, None) => true,
    };
    issuer(first) == issuer(again) && issuer(first).is_some() && near && first.incident == again.incident
}

/// The incident that is the news of the report which retells a warning: it was about that, unless its date or its
/// place says otherwise.
fn told_with(
    fact: &WarningFact,
    version: &Version,
    circumstances: &Circumstances<'_>,
) -> Option<IncidentKey> {
    let news = version.facts.incidents.iter().position(|incident| !incident.background)?;
    let key = circumstances.assigned.get(&(version.id.clone(), news))?;
    let incident = circumstances.incident(key)?;
    let day = incident.date.and_then(|date| date.end.or(date.start));
    let before = match (fact.issued_on, day) {
        (Some(issued), Some(day)) => issued <= day,
        (None, _) | (_, None) => true,
    };
    let there = match (&fact.place, &incident.place) {
        (Some(warned), Some(hit)) => covers(warned, hit) || covers(hit, warned),
        (None, _) | (_, None) => true,
    };
    (before && there && incident.stage != Stage::Threatened).then(|| key.clone())
}

/// The incident that came after a warning, at its place and in its window.
fn followed_by(
    fact: &WarningFact,
    version: &Version,
    circumstances: &Circumstances<'_>,
) -> Option<IncidentKey> {
    let place = fact.place.as_ref()?;
    let window = window(fact, version.day);
    let fits = |incident: &&RecordIncident| {
        let day = incident.date.and_then(|date| date.start.or(date.end));
        let there = incident.place.as_ref().is_some_and(|at| covers(place, at));
        there && day.is_some_and(|day| window.start <= Some(day) && Some(day) <= window.end)
    };
    circumstances.incidents.iter().find(fits).map(|incident| incident.id.clone())
}

/// The days for which a warning holds that is told on a day.
pub fn window(fact: &WarningFact, told: Date) -> DateRange {
    let issued = fact.issued_on.unwrap_or(told);
    let lapse = issued.checked_add(LAPSE_DAYS.days()).unwrap_or(issued);
    match fact.window {
        Some(stated) => DateRange { start: stated.start.or(Some(issued)), end: stated.end.or(Some(lapse)) },
        None => DateRange { start: Some(issued), end: Some(lapse) },
    }
}

fn covers(warned: &Location, hit: &Location) -> bool {
    let same_country = warned.country.is_some() && warned.country == hit.country;
    match warned.precision {
        Precision::Country => same_country,
        Precision::Region => same_country && (warned.admin1.is_none() || warned.admin1 == hit.admin1),
        Precision::City | Precision::Exact => match (warned.point, hit.point) {
            (Some(a), Some(b)) => distance_km(a, b) <= NEAR_KM,
            _ => same_country && warned.name.eq_ignore_ascii_case(&hit.name),
        },
    }
}

fn warning(id: String, group: &[Carried<'_>], circumstances: &Circumstances<'_>) -> RecordWarning {
    let first = &group[0];
    let incident = group.iter().find_map(|carried| carried.incident.clone());
    let (outcome, because) = outcome(first, incident.as_ref(), circumstances);
    RecordWarning {
        id,
        issuer: first.fact.issuer.clone(),
        about: first.fact.about.clone(),
        place: group.iter().find_map(|carried| carried.fact.place.clone()),
        issued_on: group.iter().find_map(|carried| carried.fact.issued_on),
        outcome,
        because,
        incident,
        reports: group.iter().map(|carried| circumstances.row(carried.version, carried.id)).collect(),
        quote: first.fact.evidence.first().cloned(),
        fact: first.id.clone(),
    }
}

fn outcome(
    first: &Carried<'_>,
    incident: Option<&IncidentKey>,
    circumstances: &Circumstances<'_>,
) -> (Outcome, String) {
    if let Some(incident) = incident.and_then(|key| circumstances.incident(key)) {
        return match incident.stage {
            Stage::Accomplished => {
                (Outcome::CarriedOut, "the incident that it was about happened".to_owned())
            }
            Stage::Foiled | Stage::Attempted => {
                (Outcome::Foiled, format!("the incident that it was about was {}", incident.stage))
            }
            Stage::Threatened => (Outcome::Open, "what it was about was only announced".to_owned()),
        };
    }
    match window(first.fact, first.version.day).end {
        Some(end) if end < circumstances.today() => {
            (Outcome::Lapsed, format!("nothing is known to have come of it by {end}"))
        }
        Some(_) | None => (Outcome::Open, "its time is not over".to_owned()),
    }
}

/// The threats that versions, in their order, carry; the same threat retold by a copy joins the original, rejected
/// ones are left out.
pub fn threats(versions: &[(&Version, &FactIds)], circumstances: &Circumstances<'_>) -> Vec<RecordThreat> {
    let mut groups: Vec<(RecordThreat, Option<String>, VersionId)> = Vec::new();
    for &(version, ids) in versions {
        for (number, (fact, id)) in version.facts.threats.iter().zip(&ids.threats).enumerate() {
            if circumstances.decided.rejects(id) {
                continue;
            }
            let row = circumstances.row(version, id);
            let key = fact.speaker.as_ref().map(actor_key);
            let joined = groups.iter_mut().find(|(threat, speaker, origin)| {
                *speaker == key
                    && *origin == row.origin
                    && threat.reports.iter().all(|report| report.id != row.id)
            });
            match joined {
                Some((threat, ..)) => threat.reports.push(row),
                None => {
                    let origin = row.origin.clone();
                    groups.push((threat(notice_id(version, "t", number), fact, row), key, origin));
                }
            }
        }
    }
    groups.into_iter().map(|(threat, ..)| threat).collect()
}

/// Whether a vow came true is for people to decide: a later attack by the same actor need not be the one announced.
fn threat(id: String, fact: &ThreatFact, row: ReportRow) -> RecordThreat {
    RecordThreat {
        id,
        speaker: fact.speaker.clone(),
        target: fact.target.clone(),
        outcome: Outcome::Open,
        incident: None,
        fact: row.fact.clone(),
        reports: vec![row],
        quote: fact.evidence.first().cloned(),
    }
}
