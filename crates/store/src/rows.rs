//! How facts are written down in the store: mirrors of the domain's types, so that the domain knows no format.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use smol_str::SmolStr;

use watchkeeper_core::document::{Field, Passage};
use watchkeeper_core::reading::{Bounds, Country, DateBasis, DateRange, IncidentDate};
use watchkeeper_core::resolve::facts::{
    ActorRef, AttributionFact, CasualtyFact, Facts, IncidentFact, Location, Quote, ThreatFact, WarningFact,
};
use watchkeeper_core::text::Span;

use crate::compression::{compress, decompress};
use crate::error::StoreError;

/// Facts as bytes: JSON, compressed.
///
/// # Errors
/// Never for facts made by the reader; the signature is that of the serialiser.
pub fn write_facts(facts: &Facts) -> Result<Vec<u8>, StoreError> {
    let json =
        serde_json::to_vec(&FactsRow::from(facts)).map_err(|error| StoreError::corrupt(error.to_string()))?;
    Ok(compress(&json))
}

/// Facts from their bytes.
///
/// # Errors
/// Where the bytes were changed.
pub fn read_facts(bytes: &[u8]) -> Result<Facts, StoreError> {
    let json = decompress(bytes)?;
    let row: FactsRow =
        serde_json::from_slice(&json).map_err(|error| StoreError::corrupt(format!("facts: {error}")))?;
    row.restore()
}

/// A member of a closed list by its word.
pub fn word<T>(parse: fn(&str) -> Option<T>, word: &str) -> Result<T, StoreError> {
    parse(word).ok_or_else(|| StoreError::corrupt(format!("unknown word {word}")))
}

fn rows<'a, F: 'a, R: From<&'a F>>(facts: &'a [F]) -> Vec<R> {
    facts.iter().map(R::from).collect()
}

fn restored<R: Restore>(rows: Vec<R>) -> Result<Vec<R::Fact>, StoreError> {
    rows.into_iter().map(R::restore).collect()
}

/// A row that gives back what it was made of.
pub trait Restore {
    /// What that is.
    type Fact;
    /// What it was made of.
    fn restore(self) -> Result<Self::Fact, StoreError>;
}

type Days = (Option<Date>, Option<Date>);

fn days(range: DateRange) -> Days {
    (range.start, range.end)
}

fn range((start, end): Days) -> DateRange {
    DateRange { start, end }
}

#[derive(Serialize, Deserialize)]
struct FactsRow {
    incidents: Vec<IncidentRow>,
    attributions: Vec<AttributionRow>,
    casualties: Vec<CasualtyRow>,
    warnings: Vec<WarningRow>,
    threats: Vec<ThreatRow>,
}

impl From<&Facts> for FactsRow {
    fn from(facts: &Facts) -> Self {
        Self {
            incidents: rows(&facts.incidents),
            attributions: rows(&facts.attributions),
            casualties: rows(&facts.casualties),
            warnings: rows(&facts.warnings),
            threats: rows(&facts.threats),
        }
    }
}

impl Restore for FactsRow {
    type Fact = Facts;
    fn restore(self) -> Result<Facts, StoreError> {
        Ok(Facts {
            incidents: restored(self.incidents)?,
            attributions: restored(self.attributions)?,
            casualties: restored(self.casualties)?,
            warnings: restored(self.warnings)?,
            threats: restored(self.threats)?,
        })
    }
}

/// Whether in the title, first byte, byte after the last, words.
#[derive(Serialize, Deserialize)]
struct QuoteRow(bool, usize, usize, String);

impl From<&Quote> for QuoteRow {
    fn from(quote: &Quote) -> Self {
        let Passage { field, span } = quote.passage;
        Self(field == Field::Title, span.start, span.end, quote.text.clone())
    }
}

impl Restore for QuoteRow {
    type Fact = Quote;
    fn restore(self) -> Result<Quote, StoreError> {
        let Self(in_title, start, end, text) = self;
        let field = if in_title { Field::Title } else { Field::Text };
        Ok(Quote { passage: Passage { field, span: Span::new(start, end) }, text })
    }
}

#[derive(Serialize, Deserialize)]
struct ActorRow {
    name: String,
    aliases: Vec<String>,
    kind: String,
    country: Option<String>,
    book_id: Option<String>,
}

impl From<&ActorRef> for ActorRow {
    fn from(actor: &ActorRef) -> Self {
        Self {
            name: actor.name.clone(),
            aliases: actor.aliases.clone(),
            kind: actor.kind.to_string(),
            country: actor.country.map(|country| country.as_str().to_owned()),
            book_id: actor.book_id.as_ref().map(ToString::to_string),
        }
    }
}

impl Restore for ActorRow {
    type Fact = ActorRef;
    fn restore(self) -> Result<ActorRef, StoreError> {
        Ok(ActorRef {
            name: self.name,
            aliases: self.aliases,
            kind: word(watchkeeper_core::reading::EntityKind::parse, &self.kind)?,
            country: self.country.as_deref().and_then(Country::parse),
            book_id: self.book_id.map(SmolStr::from),
        })
    }
}

#[derive(Serialize, Deserialize)]
pub struct LocationRow {
    name: String,
    country: Option<String>,
    admin1: Option<String>,
    point: Option<(f64, f64)>,
    precision: String,
}

impl From<&Location> for LocationRow {
    fn from(place: &Location) -> Self {
        Self {
            name: place.name.clone(),
            country: place.country.map(|country| country.as_str().to_owned()),
            admin1: place.admin1.clone(),
            point: place.point,
            precision: place.precision.to_string(),
        }
    }
}

impl Restore for LocationRow {
    type Fact = Location;
    fn restore(self) -> Result<Location, StoreError> {
        Ok(Location {
            name: self.name,
            country: self.country.as_deref().and_then(Country::parse),
            admin1: self.admin1,
            point: self.point,
            precision: word(watchkeeper_core::reading::Precision::parse, &self.precision)?,
        })
    }
}

#[derive(Serialize, Deserialize)]
struct IncidentRow {
    kind: String,
    stage: String,
    modality: String,
    /// First day, last day, whether the report states them.
    date: Option<(Option<Date>, Option<Date>, bool)>,
    place: Option<LocationRow>,
    targets: Vec<String>,
    victims: Vec<String>,
    weapons: Vec<String>,
    perpetrators: Vec<ActorRow>,
    background: bool,
    evidence: Vec<QuoteRow>,
}

impl From<&IncidentFact> for IncidentRow {
    fn from(fact: &IncidentFact) -> Self {
        let date = |date: IncidentDate| (date.range.start, date.range.end, date.basis == DateBasis::Stated);
        Self {
            kind: fact.kind.to_string(),
            stage: fact.stage.to_string(),
            modality: fact.modality.to_string(),
            date: fact.date.map(date),
            place: fact.place.as_ref().map(LocationRow::from),
            targets: fact.targets.clone(),
            victims: fact.victims.clone(),
            weapons: fact.weapons.clone(),
            perpetrators: rows(&fact.perpetrators),
            background: fact.background,
            evidence: rows(&fact.evidence),
        }
    }
}

impl Restore for IncidentRow {
    type Fact = IncidentFact;
    fn restore(self) -> Result<IncidentFact, StoreError> {
        let date = |(start, end, stated)| IncidentDate {
            range: DateRange { start, end },
            basis: if stated { DateBasis::Stated } else { DateBasis::Publication },
        };
        Ok(IncidentFact {
            kind: word(watchkeeper_core::reading::IncidentType::parse, &self.kind)?,
            stage: word(watchkeeper_core::reading::Stage::parse, &self.stage)?,
            modality: word(watchkeeper_core::reading::Modality::parse, &self.modality)?,
            date: self.date.map(date),
            place: self.place.map(LocationRow::restore).transpose()?,
            targets: self.targets,
            victims: self.victims,
            weapons: self.weapons,
            perpetrators: restored(self.perpetrators)?,
            background: self.background,
            evidence: restored(self.evidence)?,
        })
    }
}

#[derive(Serialize, Deserialize)]
struct AttributionRow {
    incident: usize,
    stance: String,
    speaker: Option<ActorRow>,
    actor: ActorRow,
    certainty: f32,
    evidence: Vec<QuoteRow>,
}

impl From<&AttributionFact> for AttributionRow {
    fn from(fact: &AttributionFact) -> Self {
        Self {
            incident: fact.incident,
            stance: fact.stance.to_string(),
            speaker: fact.speaker.as_ref().map(ActorRow::from),
            actor: ActorRow::from(&fact.actor),
            certainty: fact.certainty,
            evidence: rows(&fact.evidence),
        }
    }
}

impl Restore for AttributionRow {
    type Fact = AttributionFact;
    fn restore(self) -> Result<AttributionFact, StoreError> {
        Ok(AttributionFact {
            incident: self.incident,
            stance: word(watchkeeper_core::reading::Stance::parse, &self.stance)?,
            speaker: self.speaker.map(ActorRow::restore).transpose()?,
            actor: self.actor.restore()?,
            certainty: self.certainty,
            evidence: restored(self.evidence)?,
        })
    }
}

#[derive(Serialize, Deserialize)]
struct CasualtyRow {
    incident: usize,
    measure: String,
    low: Option<u64>,
    high: Option<u64>,
    qualifier: String,
    evidence: Vec<QuoteRow>,
}

impl From<&CasualtyFact> for CasualtyRow {
    fn from(fact: &CasualtyFact) -> Self {
        Self {
            incident: fact.incident,
            measure: fact.measure.to_string(),
            low: fact.bounds.low,
            high: fact.bounds.high,
            qualifier: fact.bounds.qualifier.to_string(),
            evidence: rows(&fact.evidence),
        }
    }
}

impl Restore for CasualtyRow {
    type Fact = CasualtyFact;
    fn restore(self) -> Result<CasualtyFact, StoreError> {
        let qualifier = word(watchkeeper_core::reading::Qualifier::parse, &self.qualifier)?;
        Ok(CasualtyFact {
            incident: self.incident,
            measure: word(watchkeeper_core::reading::Measure::parse, &self.measure)?,
            bounds: Bounds { low: self.low, high: self.high, qualifier },
            evidence: restored(self.evidence)?,
        })
    }
}

#[derive(Serialize, Deserialize)]
struct WarningRow {
    issuer: Option<ActorRow>,
    about: Option<String>,
    place: Option<LocationRow>,
    actor: Option<ActorRow>,
    window: Option<Days>,
    issued_on: Option<Date>,
    incident: Option<usize>,
    evidence: Vec<QuoteRow>,
}

impl From<&WarningFact> for WarningRow {
    fn from(fact: &WarningFact) -> Self {
        Self {
            issuer: fact.issuer.as_ref().map(ActorRow::from),
            about: fact.about.clone(),
            place: fact.place.as_ref().map(LocationRow::from),
            actor: fact.actor.as_ref().map(ActorRow::from),
            window: fact.window.map(days),
            issued_on: fact.issued_on,
            incident: fact.incident,
            evidence: rows(&fact.evidence),
        }
    }
}

impl Restore for WarningRow {
    type Fact = WarningFact;
    fn restore(self) -> Result<WarningFact, StoreError> {
        Ok(WarningFact {
            issuer: self.issuer.map(ActorRow::restore).transpose()?,
            about: self.about,
            place: self.place.map(LocationRow::restore).transpose()?,
            actor: self.actor.map(ActorRow::restore).transpose()?,
            window: self.window.map(range),
            issued_on: self.issued_on,
            incident: self.incident,
            evidence: restored(self.evidence)?,
        })
    }
}

#[derive(Serialize, Deserialize)]
struct ThreatRow {
    speaker: Option<ActorRow>,
    target: Option<String>,
    said_on: Option<Date>,
    evidence: Vec<QuoteRow>,
}

impl From<&ThreatFact> for ThreatRow {
    fn from(fact: &ThreatFact) -> Self {
        Self {
            speaker: fact.speaker.as_ref().map(ActorRow::from),
            target: fact.target.clone(),
            said_on: fact.said_on,
            evidence: rows(&fact.evidence),
        }
    }
}

impl Restore for ThreatRow {
    type Fact = ThreatFact;
    fn restore(self) -> Result<ThreatFact, StoreError> {
        Ok(ThreatFact {
            speaker: self.speaker.map(ActorRow::restore).transpose()?,
            target: self.target,
            said_on: self.said_on,
            evidence: restored(self.evidence)?,
        })
    }
}
