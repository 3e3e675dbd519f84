//! A reading as JSON, `watchkeeper/reading/1`.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::Serialize;
use sha2::{Digest, Sha256};
use watchkeeper_core::document::PublishedAt;
use watchkeeper_core::reading::{DateBasis, DateRange, EntityId, IncidentId, Place, Reading};

use super::spans::{Spans, WireSpan};

/// The name of this layout.
pub const SCHEMA: &str = "watchkeeper/reading/1";

/// Everything that one report tells.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireReading {
    schema: &'static str,
    document: WireDocument,
    entities: Vec<WireEntity>,
    places: Vec<WirePlace>,
    times: Vec<WireTime>,
    statements: Vec<WireStatement>,
    incidents: Vec<WireIncident>,
    attributions: Vec<WireAttribution>,
    casualties: Vec<WireCasualty>,
    warnings: Vec<WireWarning>,
    threats: Vec<WireThreat>,
    events: Vec<WireEvent>,
    notes: Vec<WireNote>,
}

/// The report.
#[derive(Debug, Serialize, JsonSchema)]
struct WireDocument {
    /// SHA-256 of the text, in hexadecimal.
    id: String,
    title: Option<String>,
    /// A date, or an RFC 3339 time.
    published: Option<String>,
    updated: Option<String>,
    source: Option<String>,
    url: Option<String>,
    language: Option<String>,
    text: String,
    /// Boilerplate found and left out of reading.
    masked: Vec<WireMasked>,
}

/// Boilerplate.
#[derive(Debug, Serialize, JsonSchema)]
struct WireMasked {
    start: usize,
    end: usize,
    reason: &'static str,
}

/// Somebody or something.
#[derive(Debug, Serialize, JsonSchema)]
struct WireEntity {
    id: String,
    name: String,
    kind: &'static str,
    country: Option<String>,
    codes: BTreeMap<String, String>,
    aliases: Vec<String>,
    mentions: Vec<WireSpan>,
}

/// A toponym.
#[derive(Debug, Serialize, JsonSchema)]
struct WirePlace {
    #[serde(flatten)]
    span: WireSpan,
    name: String,
    country: Option<String>,
    admin1: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    geonames_id: Option<u32>,
    precision: &'static str,
}

/// A time expression.
#[derive(Debug, Serialize, JsonSchema)]
struct WireTime {
    #[serde(flatten)]
    span: WireSpan,
    r#type: &'static str,
    value: String,
    range: Option<WireRange>,
}

/// Days, both ends included.
#[derive(Debug, Serialize, JsonSchema)]
struct WireRange {
    start: Option<String>,
    end: Option<String>,
}

/// Who said what.
#[derive(Debug, Serialize, JsonSchema)]
struct WireStatement {
    speaker: Option<String>,
    quote_type: &'static str,
    evidence: WireSpoken,
}

/// The words of a statement.
#[derive(Debug, Serialize, JsonSchema)]
struct WireSpoken {
    source: Vec<WireSpan>,
    cue: Vec<WireSpan>,
    content: Vec<WireSpan>,
}

/// An incident of this report.
#[derive(Debug, Serialize, JsonSchema)]
struct WireIncident {
    id: String,
    r#type: &'static str,
    stage: &'static str,
    modality: &'static str,
    date: Option<WireDate>,
    place: Option<WirePlace>,
    perpetrators: Vec<WirePerpetrator>,
    targets: Vec<WireFiller>,
    victims: Vec<WireFiller>,
    weapons: Vec<WireFiller>,
    background: bool,
    evidence: Vec<WireSpan>,
}

/// When an incident happened, and on what that rests.
#[derive(Debug, Serialize, JsonSchema)]
struct WireDate {
    start: Option<String>,
    end: Option<String>,
    /// `stated` or `publication`.
    basis: &'static str,
}

/// Who is said to have done it.
#[derive(Debug, Serialize, JsonSchema)]
struct WirePerpetrator {
    entity: String,
    kind: &'static str,
    mentions: Vec<WireSpan>,
}

/// A target, victim or weapon.
#[derive(Debug, Serialize, JsonSchema)]
struct WireFiller {
    text: String,
    mentions: Vec<WireSpan>,
}

/// A speech act about responsibility.
#[derive(Debug, Serialize, JsonSchema)]
struct WireAttribution {
    incident: String,
    stance: &'static str,
    speaker: Option<String>,
    actor: String,
    certainty: f32,
    said_on: Option<String>,
    evidence: Vec<WireSpan>,
}

/// A count.
#[derive(Debug, Serialize, JsonSchema)]
struct WireCasualty {
    incident: String,
    measure: &'static str,
    low: Option<u64>,
    high: Option<u64>,
    qualifier: &'static str,
    of: Option<String>,
    evidence: Vec<WireSpan>,
}

/// A warning before the event.
#[derive(Debug, Serialize, JsonSchema)]
struct WireWarning {
    issuer: Option<String>,
    about: Option<String>,
    place: Option<WirePlace>,
    actor: Option<String>,
    target: Option<String>,
    window: Option<WireRange>,
    issued_on: Option<String>,
    incident: Option<String>,
    evidence: Vec<WireSpan>,
}

/// Announced harm.
#[derive(Debug, Serialize, JsonSchema)]
struct WireThreat {
    speaker: Option<String>,
    target: Option<String>,
    action: Option<String>,
    condition: Option<String>,
    said_on: Option<String>,
    evidence: Vec<WireSpan>,
}

/// A PLOVER event.
#[derive(Debug, Serialize, JsonSchema)]
struct WireEvent {
    r#type: String,
    mode: Option<String>,
    actor: Option<String>,
    recipient: Option<String>,
    date: Option<WireRange>,
    place: Option<WirePlace>,
    modality: &'static str,
    evidence: Vec<WireSpan>,
}

/// What could not be read, and why.
#[derive(Debug, Serialize, JsonSchema)]
struct WireNote {
    code: &'static str,
    message: String,
}

impl From<&Reading> for WireReading {
    fn from(reading: &Reading) -> Self {
        let spans = Spans::new(&reading.document);
        let maker = Maker { spans };
        Self {
            schema: SCHEMA,
            document: maker.document(reading),
            entities: reading.entities.iter().enumerate().map(|(n, e)| maker.entity(n, e)).collect(),
            places: reading.places.iter().map(|place| maker.place(place)).collect(),
            times: reading.times.iter().map(|time| maker.time(time)).collect(),
            statements: reading.statements.iter().map(|statement| maker.statement(statement)).collect(),
            incidents: reading.incidents.iter().enumerate().map(|(n, i)| maker.incident(n, i)).collect(),
            attributions: reading.attributions.iter().map(|act| maker.attribution(act)).collect(),
            casualties: reading.casualties.iter().map(|count| maker.casualty(count)).collect(),
            warnings: reading.warnings.iter().map(|warning| maker.warning(warning)).collect(),
            threats: reading.threats.iter().map(|threat| maker.threat(threat)).collect(),
            events: reading.events.iter().map(|event| maker.event(event)).collect(),
            notes: reading
                .notes
                .iter()
                .map(|n| WireNote { code: n.code, message: n.message.clone() })
                .collect(),
        }
    }
}

fn entity_id(id: EntityId) -> String {
    format!("e{}", id.0 + 1)
}

fn incident_id(id: IncidentId) -> String {
    format!("i{}", id.0 + 1)
}

fn day(date: Option<Date>) -> Option<String> {
    date.map(|date| date.to_string())
}

fn range(range: DateRange) -> WireRange {
    WireRange { start: day(range.start), end: day(range.end) }
}

/// A date, or an RFC 3339 time with the outlet's offset.
fn published(at: PublishedAt) -> String {
    match at {
        PublishedAt::Day(date) => date.to_string(),
        PublishedAt::Instant(time, offset) => time.display_with_offset(offset).to_string(),
    }
}

struct Maker<'a> {
    spans: Spans<'a>,
}

impl Maker<'_> {
    fn document(&self, reading: &Reading) -> WireDocument {
        let document = &reading.document;
        let masked = document.masked.iter().map(|masked| {
            let passage = watchkeeper_core::document::Passage {
                field: watchkeeper_core::document::Field::Text,
                span: masked.span,
            };
            let span = self.spans.of(passage);
            WireMasked { start: span.start, end: span.end, reason: masked.reason.as_str() }
        });
        WireDocument {
            id: Sha256::digest(document.text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect(),
            title: document.title.clone(),
            published: document.published.map(published),
            updated: document.updated.map(published),
            source: document.source.clone(),
            url: document.url.clone(),
            language: document.language.clone(),
            text: document.text.clone(),
            masked: masked.collect(),
        }
    }

    fn entity(&self, number: usize, entity: &watchkeeper_core::reading::Entity) -> WireEntity {
        WireEntity {
            id: entity_id(EntityId(number)),
            name: entity.name.clone(),
            kind: entity.kind.as_str(),
            country: entity.country.map(|country| country.as_str().to_owned()),
            codes: entity.codes.iter().map(|(scheme, code)| (scheme.to_string(), code.to_string())).collect(),
            aliases: entity.aliases.clone(),
            mentions: self.spans.all(&entity.mentions),
        }
    }

    fn place(&self, place: &Place) -> WirePlace {
        WirePlace {
            span: self.spans.of(place.mention),
            name: place.name.clone(),
            country: place.country.map(|country| country.as_str().to_owned()),
            admin1: place.admin1.clone(),
            lat: place.point.map(|(lat, _)| lat),
            lon: place.point.map(|(_, lon)| lon),
            geonames_id: place.geonames_id,
            precision: place.precision.as_str(),
        }
    }

    fn time(&self, time: &watchkeeper_core::reading::Time) -> WireTime {
        WireTime {
            span: self.spans.of(time.mention),
            r#type: time.kind.as_str(),
            value: time.value.clone(),
            range: time.range.map(range),
        }
    }

    fn statement(&self, statement: &watchkeeper_core::reading::Statement) -> WireStatement {
        WireStatement {
            speaker: statement.speaker.map(entity_id),
            quote_type: statement.quote_type.as_str(),
            evidence: WireSpoken {
                source: self.spans.all(&statement.source),
                cue: self.spans.all(&statement.cue),
                content: self.spans.all(&statement.content),
            },
        }
    }

    fn incident(&self, number: usize, incident: &watchkeeper_core::reading::Incident) -> WireIncident {
        let fillers = |fillers: &[watchkeeper_core::reading::Filler]| {
            fillers
                .iter()
                .map(|filler| WireFiller {
                    text: filler.text.clone(),
                    mentions: self.spans.all(&filler.mentions),
                })
                .collect()
        };
        WireIncident {
            id: incident_id(IncidentId(number)),
            r#type: incident.kind.as_str(),
            stage: incident.stage.as_str(),
            modality: incident.modality.as_str(),
            date: incident.date.map(|date| WireDate {
                start: day(date.range.start),
                end: day(date.range.end),
                basis: match date.basis {
                    DateBasis::Stated => "stated",
                    DateBasis::Publication => "publication",
                },
            }),
            place: incident.place.as_ref().map(|place| self.place(place)),
            perpetrators: incident
                .perpetrators
                .iter()
                .map(|perpetrator| WirePerpetrator {
                    entity: entity_id(perpetrator.entity),
                    kind: perpetrator.kind.as_str(),
                    mentions: self.spans.all(&perpetrator.mentions),
                })
                .collect(),
            targets: fillers(&incident.targets),
            victims: fillers(&incident.victims),
            weapons: fillers(&incident.weapons),
            background: incident.background,
            evidence: self.spans.all(&incident.evidence),
        }
    }

    fn attribution(&self, act: &watchkeeper_core::reading::Attribution) -> WireAttribution {
        WireAttribution {
            incident: incident_id(act.incident),
            stance: act.stance.as_str(),
            speaker: act.speaker.map(entity_id),
            actor: entity_id(act.actor),
            certainty: act.certainty,
            said_on: day(act.said_on),
            evidence: self.spans.all(&act.evidence),
        }
    }

    fn casualty(&self, count: &watchkeeper_core::reading::Casualty) -> WireCasualty {
        WireCasualty {
            incident: incident_id(count.incident),
            measure: count.measure.as_str(),
            low: count.bounds.low,
            high: count.bounds.high,
            qualifier: count.bounds.qualifier.as_str(),
            of: count.of.clone(),
            evidence: self.spans.all(&count.evidence),
        }
    }

    fn warning(&self, warning: &watchkeeper_core::reading::Warning) -> WireWarning {
        WireWarning {
            issuer: warning.issuer.map(entity_id),
            about: warning.about.clone(),
            place: warning.place.as_ref().map(|place| self.place(place)),
            actor: warning.actor.map(entity_id),
            target: warning.target.clone(),
            window: warning.window.map(range),
            issued_on: day(warning.issued_on),
            incident: warning.incident.map(incident_id),
            evidence: self.spans.all(&warning.evidence),
        }
    }

    fn threat(&self, threat: &watchkeeper_core::reading::Threat) -> WireThreat {
        WireThreat {
            speaker: threat.speaker.map(entity_id),
            target: threat.target.clone(),
            action: threat.action.clone(),
            condition: threat.condition.clone(),
            said_on: day(threat.said_on),
            evidence: self.spans.all(&threat.evidence),
        }
    }

    fn event(&self, event: &watchkeeper_core::reading::Event) -> WireEvent {
        WireEvent {
            r#type: event.kind.to_string(),
            mode: event.mode.as_ref().map(ToString::to_string),
            actor: event.actor.map(entity_id),
            recipient: event.recipient.map(entity_id),
            date: event.date.map(range),
            place: event.place.as_ref().map(|place| self.place(place)),
            modality: event.modality.as_str(),
            evidence: self.spans.all(&event.evidence),
        }
    }
}
