//! A reading as JSON, `watchkeeper/reading/1`.

mod make;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::spans::WireSpan;
use super::words;

/// The name of this layout.
pub const SCHEMA: &str = "watchkeeper/reading/1";

/// Everything that one report tells.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireReading {
    #[schemars(extend("const" = SCHEMA))]
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
    #[schemars(schema_with = "words::mask_reasons")]
    reason: &'static str,
}

/// Somebody or something.
#[derive(Debug, Serialize, JsonSchema)]
struct WireEntity {
    id: String,
    name: String,
    #[schemars(schema_with = "words::entity_kinds")]
    kind: &'static str,
    country: Option<String>,
    codes: BTreeMap<String, String>,
    aliases: Vec<String>,
    #[schemars(length(min = 1))]
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
    #[schemars(schema_with = "words::precisions")]
    precision: &'static str,
}

/// A time expression.
#[derive(Debug, Serialize, JsonSchema)]
struct WireTime {
    #[serde(flatten)]
    span: WireSpan,
    #[schemars(schema_with = "words::time_types")]
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
    #[schemars(schema_with = "words::quote_types")]
    quote_type: &'static str,
    evidence: WireSpoken,
}

/// The words of a statement.
#[derive(Debug, Serialize, JsonSchema)]
struct WireSpoken {
    source: Vec<WireSpan>,
    cue: Vec<WireSpan>,
    #[schemars(length(min = 1))]
    content: Vec<WireSpan>,
}

/// An incident of this report.
#[derive(Debug, Serialize, JsonSchema)]
struct WireIncident {
    id: String,
    #[schemars(schema_with = "words::incident_types")]
    r#type: &'static str,
    #[schemars(schema_with = "words::stages")]
    stage: &'static str,
    #[schemars(schema_with = "words::modalities")]
    modality: &'static str,
    date: Option<WireDate>,
    place: Option<WirePlace>,
    perpetrators: Vec<WirePerpetrator>,
    targets: Vec<WireFiller>,
    victims: Vec<WireFiller>,
    unnamed_victims: Vec<WireFiller>,
    weapons: Vec<WireFiller>,
    background: bool,
    #[schemars(length(min = 1))]
    evidence: Vec<WireSpan>,
    trace: WireTrace,
}

/// Why a fact stands here.
#[derive(Debug, Serialize, JsonSchema)]
struct WireTrace {
    /// The frame or rule that made it, as named in `knowledge/frames`.
    rule: String,
    /// The words that called for that rule.
    trigger: WireSpan,
}

/// When an incident happened, and on what that rests.
#[derive(Debug, Serialize, JsonSchema)]
struct WireDate {
    start: Option<String>,
    end: Option<String>,
    /// `stated` or `publication`.
    #[schemars(extend("enum" = ["stated", "publication"]))]
    basis: &'static str,
}

/// Who is said to have done it.
#[derive(Debug, Serialize, JsonSchema)]
struct WirePerpetrator {
    entity: String,
    #[schemars(schema_with = "words::perpetrator_kinds")]
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
    #[schemars(schema_with = "words::stances")]
    stance: &'static str,
    speaker: Option<String>,
    actor: String,
    #[schemars(range(min = 0.0, max = 1.0))]
    certainty: f32,
    said_on: Option<String>,
    #[schemars(length(min = 1))]
    evidence: Vec<WireSpan>,
    trace: WireTrace,
}

/// A count.
#[derive(Debug, Serialize, JsonSchema)]
struct WireCasualty {
    incident: String,
    #[schemars(schema_with = "words::measures")]
    measure: &'static str,
    low: Option<u64>,
    high: Option<u64>,
    #[schemars(schema_with = "words::qualifiers")]
    qualifier: &'static str,
    of: Option<String>,
    #[schemars(length(min = 1))]
    evidence: Vec<WireSpan>,
    trace: WireTrace,
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
    #[schemars(length(min = 1))]
    evidence: Vec<WireSpan>,
    trace: WireTrace,
}

/// Announced harm.
#[derive(Debug, Serialize, JsonSchema)]
struct WireThreat {
    speaker: Option<String>,
    target: Option<String>,
    action: Option<String>,
    condition: Option<String>,
    said_on: Option<String>,
    #[schemars(length(min = 1))]
    evidence: Vec<WireSpan>,
    trace: WireTrace,
}

/// A PLOVER event.
#[derive(Debug, Serialize, JsonSchema)]
struct WireEvent {
    #[schemars(schema_with = "words::event_types")]
    r#type: &'static str,
    #[schemars(schema_with = "words::event_modes_or_null")]
    mode: Option<&'static str>,
    actor: Option<String>,
    recipient: Option<String>,
    date: Option<WireRange>,
    place: Option<WirePlace>,
    #[schemars(schema_with = "words::modalities")]
    modality: &'static str,
    #[schemars(length(min = 1))]
    evidence: Vec<WireSpan>,
    trace: WireTrace,
}

/// What could not be read, and why.
#[derive(Debug, Serialize, JsonSchema)]
struct WireNote {
    code: &'static str,
    message: String,
}
