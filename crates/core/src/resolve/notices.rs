//! Warnings and threats of the record: which reports carry which, and what came of them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};

use super::decisions::fact_ids::short;
use super::decisions::{Decided, FactId, FactIds};
use super::facts::{ActorRef, Location, Quote, ThreatFact, WarningFact};
use super::fold::ground::Ground;
use super::ledger::IncidentKey;
use super::link::distance_km;
use super::origin::Origins;
use super::record::{RecordIncident, ReportRow};
use super::version::{Version, VersionId, VersionPlace};
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

/// A version that warns or threatens, with all of it that warnings and threats of the record depend on.
#[derive(Clone, Debug, PartialEq)]
pub struct Carrier {
    /// The version.
    pub id: VersionId,
    /// The address of the report, or the path of its file.
    pub identity: String,
    /// The outlet.
    pub source: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// From when on it counts.
    pub time: Timestamp,
    /// The calendar day of that time where it was published.
    pub day: Date,
    /// Its warnings.
    pub warnings: Vec<WarningFact>,
    /// Its threats.
    pub threats: Vec<ThreatFact>,
    /// The ids of its facts.
    pub ids: FactIds,
    /// The incident of each of its tellings, by linking alone.
    pub linked: Vec<Option<IncidentKey>>,
    /// Which of its tellings is its news.
    pub news: Option<usize>,
}

impl Carrier {
    /// What of a version warnings and threats depend on; `None` where it has neither. `linked` are the incidents of its
    /// tellings.
    pub fn of(version: &Version, ids: &FactIds, linked: Vec<Option<IncidentKey>>) -> Option<Self> {
        let facts = &version.facts;
        if facts.warnings.is_empty() && facts.threats.is_empty() {
            return None;
        }
        Some(Self {
            id: version.id.clone(),
            identity: version.identity.clone(),
            source: version.source.clone(),
            title: version.title.clone(),
            time: version.time,
            day: version.day,
            warnings: facts.warnings.clone(),
            threats: facts.threats.clone(),
            ids: ids.clone(),
            linked,
            news: facts.incidents.iter().position(|incident| !incident.background),
        })
    }

    /// Its place among versions.
    pub fn place(&self) -> VersionPlace {
        (self.time, self.id.clone())
    }

    /// The incident of the record to which one of its tellings belongs, where that counts.
    pub fn incident(&self, telling: usize, decided: &Decided) -> Option<IncidentKey> {
        let linked = self.linked.get(telling)?.as_ref()?;
        if decided.rejects(self.ids.incidents.get(telling)?) {
            return None;
        }
        Some(decided.place(linked, &self.id).incident)
    }

    fn row(&self, fact: &FactId, setting: &Setting<'_>) -> ReportRow {
        ReportRow {
            id: self.id.clone(),
            identity: self.identity.clone(),
            source: self.source.clone(),
            title: self.title.clone(),
            published: self.time,
            origin: setting.origins.of(&self.id).clone(),
            fact: fact.clone(),
            rating: self.source.as_deref().and_then(|source| setting.decided.rating(source)),
        }
    }
}

/// What the record knows when it judges warnings and threats.
#[derive(Clone, Copy)]
pub struct Setting<'a> {
    /// The incidents of the record.
    pub ground: &'a Ground,
    /// The origins of the versions.
    pub origins: &'a Origins,
    /// What people decided.
    pub decided: &'a Decided,
    /// The day of the record.
    pub today: Date,
}

/// One warning of one version, and the incident that it was about.
#[derive(Clone, Copy)]
pub struct Carried<'a> {
    /// The version.
    pub carrier: &'a Carrier,
    /// The number of the warning there.
    pub number: usize,
    /// The incident.
    pub incident: Option<&'a IncidentKey>,
}

impl<'a> Carried<'a> {
    fn fact(self) -> &'a WarningFact {
        &self.carrier.warnings[self.number]
    }

    fn id(self) -> &'a FactId {
        &self.carrier.ids.warnings[self.number]
    }
}

/// The incident that a warning was about: the one that its report says; else the news of that report, unless date or
/// place say otherwise; else the first that came at its place and in its window.
pub fn about(carrier: &Carrier, number: usize, setting: &Setting<'_>) -> Option<IncidentKey> {
    let fact = &carrier.warnings[number];
    let told = fact.incident.and_then(|telling| carrier.incident(telling, setting.decided));
    told.or_else(|| told_with(fact, carrier, setting)).or_else(|| {
        let (place, window) = (fact.place.as_ref()?, window(fact, carrier.day));
        setting.ground.first(place, window).map(|incident| incident.id.clone())
    })
}

/// The incident that is the news of the report which retells a warning: it was about that, unless its date or its
/// place says otherwise.
fn told_with(fact: &WarningFact, carrier: &Carrier, setting: &Setting<'_>) -> Option<IncidentKey> {
    let key = carrier.incident(carrier.news?, setting.decided)?;
    let incident = setting.ground.get(&key)?;
    let day = incident.date.and_then(|date| date.end.or(date.start));
    let before = match (fact.issued_on, day) {
        (Some(issued), Some(day)) => issued <= day,
        (None, _) | (_, None) => true,
    };
    let there = match (&fact.place, &incident.place) {
        (Some(warned), Some(hit)) => covers(warned, hit) || covers(hit, warned),
        (None, _) | (_, None) => true,
    };
    (before && there && incident.stage != Stage::Threatened).then_some(key)
}

/// Whether an incident came at a warning's place and in its window.
pub fn is_followed_by(place: &Location, window: DateRange, incident: &RecordIncident) -> bool {
    let day = incident.date.and_then(|date| date.start.or(date.end));
    day.is_some_and(|day| window.start <= Some(day) && Some(day) <= window.end)
        && incident.place.as_ref().is_some_and(|at| covers(place, at))
}

/// The warnings of the record that come of carried ones, which must be in their order and have the issuer and the
/// incident in common: a retold warning joins the original.
pub fn grouped<'a>(carried: impl Iterator<Item = Carried<'a>>) -> Vec<Vec<Carried<'a>>> {
    let mut groups: Vec<Vec<Carried<'a>>> = Vec::new();
    // By the day on which the first of each was given: only such a day, or none, can be the same.
    let mut by_day: BTreeMap<Option<Date>, Vec<usize>> = BTreeMap::new();
    for next in carried {
        let issued = next.fact().issued_on;
        let joined = if next.fact().issuer.is_none() {
            None
        } else {
            let apart = |at: &&usize| groups[**at].iter().all(|other| other.carrier.id != next.carrier.id);
            let first = |day: &Option<Date>| by_day.get(day).into_iter().flatten().find(apart).copied();
            match issued {
                Some(_) => [first(&issued), first(&None)].into_iter().flatten().min(),
                None => (0..groups.len()).find(|at| apart(&at)),
            }
        };
        match joined {
            Some(at) => groups[at].push(next),
            None => {
                by_day.entry(issued).or_default().push(groups.len());
                groups.push(vec![next]);
            }
        }
    }
    groups
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

/// The id of a warning or a threat: that of its first version, a letter for its kind, its number there.
fn notice_id(carrier: &Carrier, letter: char, number: usize) -> String {
    format!("{}-{letter}{}", short(&carrier.id), number + 1)
}

/// The warning of the record that is carried by all of these.
pub fn warning(group: &[Carried<'_>], setting: &Setting<'_>) -> RecordWarning {
    let first = group[0];
    let (outcome, because) = outcome(first, setting);
    RecordWarning {
        id: notice_id(first.carrier, 'w', first.number),
        issuer: first.fact().issuer.clone(),
        about: first.fact().about.clone(),
        place: group.iter().find_map(|carried| carried.fact().place.clone()),
        issued_on: group.iter().find_map(|carried| carried.fact().issued_on),
        outcome,
        because,
        incident: first.incident.cloned(),
        reports: group.iter().map(|carried| carried.carrier.row(carried.id(), setting)).collect(),
        quote: first.fact().evidence.first().cloned(),
        fact: first.id().clone(),
    }
}

fn outcome(first: Carried<'_>, setting: &Setting<'_>) -> (Outcome, String) {
    if let Some(incident) = first.incident.and_then(|key| setting.ground.get(key)) {
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
    match window(first.fact(), first.carrier.day).end {
        Some(end) if end < setting.today => {
            (Outcome::Lapsed, format!("nothing is known to have come of it by {end}"))
        }
        Some(_) | None => (Outcome::Open, "its time is not over".to_owned()),
    }
}

/// The threats of the record that come of these, which must be in their order and have the speaker and the origin in
/// common: the same threat retold by a copy joins the original. With the version and number of the first of each.
///
/// Whether a vow came true is for people to decide: a later attack by the same actor need not be the one announced.
pub fn threats<'a>(
    carried: impl Iterator<Item = (&'a Carrier, usize)>,
    setting: &Setting<'_>,
) -> Vec<(&'a Carrier, usize, RecordThreat)> {
    let mut groups: Vec<(&Carrier, usize, RecordThreat)> = Vec::new();
    for (carrier, number) in carried {
        let (fact, id) = (&carrier.threats[number], &carrier.ids.threats[number]);
        let row = carrier.row(id, setting);
        let apart = |(_, _, threat): &&mut (_, _, RecordThreat)| {
            threat.reports.iter().all(|report| report.id != row.id)
        };
        if let Some((_, _, threat)) = groups.iter_mut().find(apart) {
            threat.reports.push(row);
            continue;
        }
        let threat = RecordThreat {
            id: notice_id(carrier, 't', number),
            speaker: fact.speaker.clone(),
            target: fact.target.clone(),
            outcome: Outcome::Open,
            incident: None,
            fact: id.clone(),
            reports: vec![row],
            quote: fact.evidence.first().cloned(),
        };
        groups.push((carrier, number, threat));
    }
    groups
}
