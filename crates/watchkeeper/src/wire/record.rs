//! The record as JSON, `watchkeeper/record/1`.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use watchkeeper_core::reading::{Bounds, DateRange, EntityKind, Measure, Qualifier};
use watchkeeper_core::resolve::claims::AttributionRow;
use watchkeeper_core::resolve::counts::{CountRow, InForce};
use watchkeeper_core::resolve::facts::{ActorRef, Location, Quote};
use watchkeeper_core::resolve::moment::Record;
use watchkeeper_core::resolve::notices::{RecordThreat, RecordWarning};
use watchkeeper_core::resolve::profile::actor_key;
use watchkeeper_core::resolve::record::{RecordIncident, ReportRow};

use super::decisions::WireDecision;
use super::words;

/// The name of this layout.
pub const SCHEMA: &str = "watchkeeper/record/1";

/// What the versions known at a moment support.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireRecord {
    #[schemars(extend("const" = SCHEMA))]
    schema: &'static str,
    as_of: String,
    recorded_by: String,
    incidents: Vec<WireIncident>,
    warnings: Vec<WireWarning>,
    threats: Vec<WireThreat>,
}

/// An incident of the record.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireIncident {
    id: String,
    former_ids: Vec<String>,
    #[schemars(schema_with = "words::incident_types")]
    r#type: &'static str,
    #[schemars(schema_with = "words::stages")]
    stage: &'static str,
    date: Option<WireDays>,
    place: Option<WireLocation>,
    targets: Vec<String>,
    weapons: Vec<String>,
    reports: Vec<WireReport>,
    /// How many independent origins the reports have.
    origins: usize,
    killed: Option<WireCount>,
    injured: Option<WireCount>,
    missing: Option<WireCount>,
    detained: Option<WireCount>,
    attributions: Vec<WireAttribution>,
    /// Ids of the warnings that were about it.
    warnings: Vec<String>,
    /// The words of the founding report.
    evidence: Vec<String>,
    /// What people decided about it and about what its reports say; those that stand.
    decisions: Vec<WireDecision>,
}

/// Days, both ends included.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireDays {
    start: Option<String>,
    end: Option<String>,
}

/// Where.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireLocation {
    name: String,
    country: Option<String>,
    admin1: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    #[schemars(schema_with = "words::precisions")]
    precision: &'static str,
}

/// A version of a report.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireReport {
    id: String,
    url: String,
    source: Option<String>,
    title: Option<String>,
    published: String,
    /// The first version of its origin.
    origin: String,
    /// The id of what in it tells of this.
    fact: String,
    /// The grade that a person gave its outlet on the Admiralty scale, as A2.
    rating: Option<String>,
}

/// The count in force, and all counts.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireCount {
    low: Option<u64>,
    high: Option<u64>,
    #[schemars(schema_with = "words::qualifiers")]
    qualifier: &'static str,
    /// The report whose count is in force; null where a person set it.
    report: Option<String>,
    /// The decision that set the count; null where a report's count is in force.
    decision: Option<String>,
    series: Vec<WirePoint>,
}

/// One count of one report.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WirePoint {
    published: String,
    low: Option<u64>,
    high: Option<u64>,
    #[schemars(schema_with = "words::qualifiers")]
    qualifier: &'static str,
    report: String,
    source: Option<String>,
    quote: Option<String>,
    fact: String,
}

/// Everything said of one actor's responsibility.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireAttribution {
    actor: WireActor,
    #[schemars(schema_with = "words::statuses_or_null")]
    status: Option<&'static str>,
    /// The decision that set the status; null where the acts come to it.
    decision: Option<String>,
    acts: Vec<WireAct>,
}

/// Somebody, with other names.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireActor {
    name: String,
    aliases: Vec<String>,
    /// What tells it from others across reports; null for private persons, who have no page.
    key: Option<String>,
}

/// One act in one report.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireAct {
    /// Null where the outlet says it in its own voice.
    speaker: Option<WireActor>,
    #[schemars(schema_with = "words::stances")]
    stance: &'static str,
    report: String,
    source: Option<String>,
    published: String,
    quote: Option<String>,
    fact: String,
}

/// A warning and what came of it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireWarning {
    id: String,
    issuer: Option<WireActor>,
    about: Option<String>,
    place: Option<WireLocation>,
    issued_on: Option<String>,
    #[schemars(schema_with = "words::outcomes")]
    outcome: &'static str,
    /// Why that is the outcome.
    because: String,
    incident: Option<String>,
    reports: Vec<WireReport>,
    quote: Option<String>,
    fact: String,
}

/// A threat and what came of it.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireThreat {
    id: String,
    speaker: Option<WireActor>,
    target: Option<String>,
    #[schemars(schema_with = "words::outcomes")]
    outcome: &'static str,
    incident: Option<String>,
    reports: Vec<WireReport>,
    quote: Option<String>,
    fact: String,
}

impl WireRecord {
    /// The record of a moment, as the store held it at another.
    pub fn new(record: &Record, recorded_by: Timestamp) -> Self {
        Self {
            schema: SCHEMA,
            as_of: record.as_of.to_string(),
            recorded_by: recorded_by.to_string(),
            incidents: record
                .incidents
                .iter()
                .map(|incident| WireIncident::from(incident.as_ref()))
                .collect(),
            warnings: record.warnings.iter().map(|warning| WireWarning::from(warning.as_ref())).collect(),
            threats: record.threats.iter().map(|threat| WireThreat::from(threat.as_ref())).collect(),
        }
    }
}

fn words(quote: Option<&Quote>) -> Option<String> {
    quote.map(|quote| quote.text.clone())
}

/// Days on the wire.
pub fn days(range: DateRange) -> WireDays {
    WireDays { start: range.start.map(|day| day.to_string()), end: range.end.map(|day| day.to_string()) }
}

impl From<&RecordIncident> for WireIncident {
    fn from(incident: &RecordIncident) -> Self {
        let count = |measure| incident.counts.get(&measure).map(WireCount::from);
        Self {
            id: incident.id.clone(),
            former_ids: incident.former_ids.clone(),
            r#type: incident.kind.as_str(),
            stage: incident.stage.as_str(),
            date: incident.date.map(days),
            place: incident.place.as_ref().map(WireLocation::from),
            targets: incident.targets.clone(),
            weapons: incident.weapons.clone(),
            reports: incident.reports.iter().map(WireReport::from).collect(),
            origins: incident.origins,
            killed: count(Measure::Killed),
            injured: count(Measure::Injured),
            missing: count(Measure::Missing),
            detained: count(Measure::Detained),
            attributions: incident.attributions.iter().map(WireAttribution::from).collect(),
            warnings: incident.warnings.clone(),
            evidence: incident.evidence.iter().map(|quote| quote.text.clone()).collect(),
            decisions: incident.decisions.iter().map(WireDecision::from).collect(),
        }
    }
}

impl From<&Location> for WireLocation {
    fn from(place: &Location) -> Self {
        Self {
            name: place.name.clone(),
            country: place.country.map(|country| country.as_str().to_owned()),
            admin1: place.admin1.clone(),
            lat: place.point.map(|(lat, _)| lat),
            lon: place.point.map(|(_, lon)| lon),
            precision: place.precision.as_str(),
        }
    }
}

impl From<&ReportRow> for WireReport {
    fn from(report: &ReportRow) -> Self {
        Self {
            id: report.id.to_string(),
            url: report.identity.clone(),
            source: report.source.clone(),
            title: report.title.clone(),
            published: report.published.to_string(),
            origin: report.origin.to_string(),
            fact: report.fact.clone(),
            rating: report.rating.map(|rating| rating.to_string()),
        }
    }
}

impl From<&CountRow> for WireCount {
    fn from(row: &CountRow) -> Self {
        let unknown = Bounds { low: None, high: None, qualifier: Qualifier::Exact };
        let Bounds { low, high, qualifier } = row.bounds().unwrap_or(unknown);
        let series = row.series.iter().map(|point| WirePoint {
            published: point.published.to_string(),
            low: point.bounds.low,
            high: point.bounds.high,
            qualifier: point.bounds.qualifier.as_str(),
            report: point.report.to_string(),
            source: point.source.clone(),
            quote: words(point.quote.as_ref()),
            fact: point.fact.clone(),
        });
        let report = row.point().map(|point| point.report.to_string());
        let decision = match &row.in_force {
            InForce::Told(_) => None,
            InForce::Decided { by, .. } => Some(by.clone()),
        };
        Self { low, high, qualifier: qualifier.as_str(), report, decision, series: series.collect() }
    }
}

impl From<&AttributionRow> for WireAttribution {
    fn from(row: &AttributionRow) -> Self {
        let acts = row.acts.iter().map(|act| WireAct {
            speaker: act.speaker.as_ref().map(WireActor::from),
            stance: act.stance.as_str(),
            report: act.report.to_string(),
            source: act.source.clone(),
            published: act.published.to_string(),
            quote: words(act.quote.as_ref()),
            fact: act.fact.clone(),
        });
        let status = row.status.map(watchkeeper_core::resolve::status::Status::as_str);
        let decision = row.decided.clone();
        Self { actor: WireActor::from(&row.actor), status, decision, acts: acts.collect() }
    }
}

impl From<&ActorRef> for WireActor {
    fn from(actor: &ActorRef) -> Self {
        Self { name: actor.name.clone(), aliases: actor.aliases.clone(), key: public_key(actor) }
    }
}

/// The key under which an actor has a page: states, bodies, groups, and persons who hold office or lead a group.
pub fn public_key(actor: &ActorRef) -> Option<String> {
    let is_public = match actor.kind {
        EntityKind::State
        | EntityKind::GovernmentBody
        | EntityKind::ArmedGroup
        | EntityKind::Organization => true,
        EntityKind::Person | EntityKind::Population | EntityKind::Facility | EntityKind::Other => {
            actor.book_id.is_some()
        }
    };
    is_public.then(|| actor_key(actor))
}

impl From<&RecordWarning> for WireWarning {
    fn from(warning: &RecordWarning) -> Self {
        Self {
            id: warning.id.clone(),
            issuer: warning.issuer.as_ref().map(WireActor::from),
            about: warning.about.clone(),
            place: warning.place.as_ref().map(WireLocation::from),
            issued_on: warning.issued_on.map(|day| day.to_string()),
            outcome: warning.outcome.as_str(),
            because: warning.because.clone(),
            incident: warning.incident.clone(),
            reports: warning.reports.iter().map(WireReport::from).collect(),
            quote: words(warning.quote.as_ref()),
            fact: warning.fact.clone(),
        }
    }
}

impl From<&RecordThreat> for WireThreat {
    fn from(threat: &RecordThreat) -> Self {
        Self {
            id: threat.id.clone(),
            speaker: threat.speaker.as_ref().map(WireActor::from),
            target: threat.target.clone(),
            outcome: threat.outcome.as_str(),
            incident: threat.incident.clone(),
            reports: threat.reports.iter().map(WireReport::from).collect(),
            quote: words(threat.quote.as_ref()),
            fact: threat.fact.clone(),
        }
    }
}
