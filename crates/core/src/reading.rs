//! What one report tells: the domain types of a reading, each fact with the words that support it.
//!
//! An incident here is an incident *of one report*; the record's own is another type.

use jiff::civil::Date;
use smol_str::SmolStr;

use crate::document::{Document, Note, Passage};
pub use crate::vocabulary::*;

/// Index of an entity in [`Reading::entities`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityId(pub usize);

/// Index of an incident in [`Reading::incidents`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct IncidentId(pub usize);

/// Why a fact stands in the reading: which frame or rule made it of which words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The frame's or rule's id, as `claim.responsibility`.
    pub rule: SmolStr,
    /// The word or phrase that evoked it.
    pub trigger: Passage,
}

/// A country by its ISO 3166-1 alpha-2 code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Country(pub [u8; 2]);

impl Country {
    /// The country with this two-letter code, in any case.
    pub fn parse(code: &str) -> Option<Self> {
        let bytes: [u8; 2] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_alphabetic).then(|| Self(bytes.map(|b| b.to_ascii_uppercase())))
    }

    /// The two letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("")
    }
}

/// Somebody or something that the report names or describes, with all its mentions.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// Canonical name: the actor book's where it is known, else the fullest name in the report.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// The country that it belongs to.
    pub country: Option<Country>,
    /// Codes by scheme, in order (as `("actor", "islamic_state_khorasan")`, `("cameo", "ISI")`).
    pub codes: Vec<(SmolStr, SmolStr)>,
    /// Other names by which the actor book knows it.
    pub aliases: Vec<String>,
    /// Where the report mentions it, in order.
    pub mentions: Vec<Passage>,
}

/// A toponym and where it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The toponym in the report.
    pub mention: Passage,
    /// Canonical name.
    pub name: String,
    /// The country that it lies in.
    pub country: Option<Country>,
    /// First-order administrative division.
    pub admin1: Option<String>,
    /// Latitude and longitude in degrees (WGS 84).
    pub point: Option<(f64, f64)>,
    /// GeoNames id.
    pub geonames_id: Option<u32>,
    /// How finely it is known.
    pub precision: Precision,
}

/// A stretch of calendar days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DateRange {
    /// First day; absent where the start is open.
    pub start: Option<Date>,
    /// Last day; absent where the end is open.
    pub end: Option<Date>,
}

impl DateRange {
    /// One day.
    pub const fn day(day: Date) -> Self {
        Self { start: Some(day), end: Some(day) }
    }
}

/// A time expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Time {
    /// Its words.
    pub mention: Passage,
    /// What it denotes.
    pub kind: TimeType,
    /// TIMEX3 normal form.
    pub value: String,
    /// The days that it covers, where it denotes some.
    pub range: Option<DateRange>,
}

/// Who said what, on anything.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Who says it; absent where the report names nobody.
    pub speaker: Option<EntityId>,
    /// How it is quoted.
    pub quote_type: QuoteType,
    /// The words that name the speaker.
    pub source: Vec<Passage>,
    /// The words that announce speech ("said", "according to").
    pub cue: Vec<Passage>,
    /// What is said; never empty.
    pub content: Vec<Passage>,
}

/// On what a date rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateBasis {
    /// The report states it.
    Stated,
    /// Only the date of publication bounds it.
    Publication,
}

/// When an incident happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IncidentDate {
    /// The days.
    pub range: DateRange,
    /// On what they rest.
    pub basis: DateBasis,
}

/// A target, victim or weapon as the report names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filler {
    /// The fullest of its names.
    pub text: String,
    /// The shortest phrases that name it in full.
    pub mentions: Vec<Passage>,
}

/// Who is said or told to have done it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Perpetrator {
    /// Who.
    pub entity: EntityId,
    /// What they are.
    pub kind: PerpetratorKind,
    /// The shortest phrases that name them in full.
    pub mentions: Vec<Passage>,
}

/// An act of violence or sabotage in one report.
#[derive(Clone, Debug, PartialEq)]
pub struct Incident {
    /// What was done.
    pub kind: IncidentType,
    /// How far it came.
    pub stage: Stage,
    /// How the report puts it.
    pub modality: Modality,
    /// When.
    pub date: Option<IncidentDate>,
    /// Where, as resolved.
    pub place: Option<Place>,
    /// Who is said or told to have done it.
    pub perpetrators: Vec<Perpetrator>,
    /// What was attacked.
    pub targets: Vec<Filler>,
    /// Whom it hit, of those whom the report names.
    pub victims: Vec<Filler>,
    /// Whom it hit, of those whom the report only describes ("two nurses").
    pub unnamed_victims: Vec<Filler>,
    /// With what.
    pub weapons: Vec<Filler>,
    /// Whether the report only recalls it.
    pub background: bool,
    /// The words that tell of it.
    pub evidence: Vec<Passage>,
    /// Why it stands here.
    pub trace: Trace,
}

/// A speech act about who is responsible for an incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    /// For what.
    pub incident: IncidentId,
    /// What is said of the actor.
    pub stance: Stance,
    /// Who says it; absent for the outlet's own voice.
    pub speaker: Option<EntityId>,
    /// Of whom.
    pub actor: EntityId,
    /// How firmly the words put it, from 0 to 1.
    pub certainty: f32,
    /// The day on which it was said, where stated.
    pub said_on: Option<Date>,
    /// The words.
    pub evidence: Vec<Passage>,
    /// Why it stands here.
    pub trace: Trace,
}

/// A number with the bounds that its words give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Bounds {
    /// The least that the words allow.
    pub low: Option<u64>,
    /// The most that the words allow.
    pub high: Option<u64>,
    /// How the words bound it.
    pub qualifier: Qualifier,
}

/// A count that the report gives as current for an incident.
#[derive(Clone, Debug, PartialEq)]
pub struct Casualty {
    /// Of which incident.
    pub incident: IncidentId,
    /// What is counted.
    pub measure: Measure,
    /// How many.
    pub bounds: Bounds,
    /// What kind of people, as the report says ("children").
    pub of: Option<String>,
    /// The words.
    pub evidence: Vec<Passage>,
    /// Why it stands here.
    pub trace: Trace,
}

/// An alert, tip or caution before the event that an attack may happen.
#[derive(Clone, Debug, PartialEq)]
pub struct Warning {
    /// Who gave it.
    pub issuer: Option<EntityId>,
    /// What it was about, in the report's words.
    pub about: Option<String>,
    /// Where an attack was feared.
    pub place: Option<Place>,
    /// From whom it was feared.
    pub actor: Option<EntityId>,
    /// Against whom, in the report's words.
    pub target: Option<String>,
    /// When an attack was feared.
    pub window: Option<DateRange>,
    /// The day on which it was given, where stated.
    pub issued_on: Option<Date>,
    /// The incident of this report that it was about.
    pub incident: Option<IncidentId>,
    /// The words.
    pub evidence: Vec<Passage>,
    /// Why it stands here.
    pub trace: Trace,
}

/// Harm announced by an actor; a vow of retaliation too.
#[derive(Clone, Debug, PartialEq)]
pub struct Threat {
    /// Who announces it.
    pub speaker: Option<EntityId>,
    /// Against whom, in the report's words.
    pub target: Option<String>,
    /// What, in the report's words.
    pub action: Option<String>,
    /// On what condition, in the report's words.
    pub condition: Option<String>,
    /// The day on which it was said, where stated.
    pub said_on: Option<Date>,
    /// The words.
    pub evidence: Vec<Passage>,
    /// Why it stands here.
    pub trace: Trace,
}

/// An event in the PLOVER ontology (Open Event Data Alliance, 2023).
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What kind of event, by the PLOVER ontology.
    pub kind: EventType,
    /// How, where the words tell.
    pub mode: Option<EventMode>,
    /// Who acts.
    pub actor: Option<EntityId>,
    /// On whom.
    pub recipient: Option<EntityId>,
    /// When.
    pub date: Option<DateRange>,
    /// Where.
    pub place: Option<Place>,
    /// How the report puts it.
    pub modality: Modality,
    /// The words.
    pub evidence: Vec<Passage>,
    /// Why it stands here.
    pub trace: Trace,
}

/// Everything that one report tells.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The report.
    pub document: Document,
    /// Who and what it mentions.
    pub entities: Vec<Entity>,
    /// Its toponyms, in order.
    pub places: Vec<Place>,
    /// Its time expressions, in order.
    pub times: Vec<Time>,
    /// Who says what in it, in order.
    pub statements: Vec<Statement>,
    /// The incidents that it tells of, the news first.
    pub incidents: Vec<Incident>,
    /// Who says who did it.
    pub attributions: Vec<Attribution>,
    /// Counts of dead, wounded, missing and detained.
    pub casualties: Vec<Casualty>,
    /// Warnings before the event.
    pub warnings: Vec<Warning>,
    /// Threats and vows.
    pub threats: Vec<Threat>,
    /// PLOVER events.
    pub events: Vec<Event>,
    /// What could not be read.
    pub notes: Vec<Note>,
}
