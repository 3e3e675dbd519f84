//! What a report contributes to the record: the facts of its reading, cut loose from the document.
//!
//! A reading points into its own document; the record outlives documents and compares facts across them, so
//! names and quotes are held as words here. Positions stay, for the audit.

use jiff::civil::Date;
use smol_str::SmolStr;

use crate::document::Passage;
use crate::reading::{
    Bounds, Country, DateRange, Entity, EntityId, EntityKind, Filler, IncidentDate, IncidentType, Measure,
    Modality, Place, Precision, Reading, Stage, Stance,
};

/// Words of a report and where they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// Where they stand.
    pub passage: Passage,
    /// The words.
    pub text: String,
}

/// Somebody as a report names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActorRef {
    /// Canonical name.
    pub name: String,
    /// Other names, the book's and the report's.
    pub aliases: Vec<String>,
    /// What it is.
    pub kind: EntityKind,
    /// The country that it belongs to.
    pub country: Option<Country>,
    /// Its id in the actor book, where it stands there.
    pub book_id: Option<SmolStr>,
}

/// A place as the record compares it.
#[derive(Clone, Debug, PartialEq)]
pub struct Location {
    /// Canonical name.
    pub name: String,
    /// The country that it lies in.
    pub country: Option<Country>,
    /// First-order administrative division.
    pub admin1: Option<String>,
    /// Latitude and longitude in degrees (WGS 84).
    pub point: Option<(f64, f64)>,
    /// How finely it is known.
    pub precision: Precision,
}

/// An incident as one report tells of it.
#[derive(Clone, Debug, PartialEq)]
pub struct IncidentFact {
    /// What was done.
    pub kind: IncidentType,
    /// How far it came.
    pub stage: Stage,
    /// How the report puts it.
    pub modality: Modality,
    /// When.
    pub date: Option<IncidentDate>,
    /// Where.
    pub place: Option<Location>,
    /// What was attacked, in the report's words.
    pub targets: Vec<String>,
    /// Who was hurt, in the report's words.
    pub victims: Vec<String>,
    /// With what, in the report's words.
    pub weapons: Vec<String>,
    /// Who is said or told to have done it.
    pub perpetrators: Vec<ActorRef>,
    /// Whether the report only recalls it.
    pub background: bool,
    /// The words.
    pub evidence: Vec<Quote>,
}

/// A speech act about responsibility in one report.
#[derive(Clone, Debug, PartialEq)]
pub struct AttributionFact {
    /// Index in [`Facts::incidents`].
    pub incident: usize,
    /// What is said of the actor.
    pub stance: Stance,
    /// Who says it; absent for the outlet's own voice.
    pub speaker: Option<ActorRef>,
    /// Of whom.
    pub actor: ActorRef,
    /// How firmly the words put it, from 0 to 1.
    pub certainty: f32,
    /// The words; the first gives the act its position in the text.
    pub evidence: Vec<Quote>,
}

/// A count in one report.
#[derive(Clone, Debug, PartialEq)]
pub struct CasualtyFact {
    /// Index in [`Facts::incidents`].
    pub incident: usize,
    /// What is counted.
    pub measure: Measure,
    /// How many.
    pub bounds: Bounds,
    /// The words.
    pub evidence: Vec<Quote>,
}

/// A warning in one report.
#[derive(Clone, Debug, PartialEq)]
pub struct WarningFact {
    /// Who gave it.
    pub issuer: Option<ActorRef>,
    /// What it was about.
    pub about: Option<String>,
    /// Where an attack was feared.
    pub place: Option<Location>,
    /// From whom it was feared.
    pub actor: Option<ActorRef>,
    /// When an attack was feared.
    pub window: Option<DateRange>,
    /// The day on which it was given.
    pub issued_on: Option<Date>,
    /// Index in [`Facts::incidents`] of the incident that it was about.
    pub incident: Option<usize>,
    /// The words.
    pub evidence: Vec<Quote>,
}

/// A threat in one report.
#[derive(Clone, Debug, PartialEq)]
pub struct ThreatFact {
    /// Who announces it.
    pub speaker: Option<ActorRef>,
    /// Against whom.
    pub target: Option<String>,
    /// The day on which it was said.
    pub said_on: Option<Date>,
    /// The words.
    pub evidence: Vec<Quote>,
}

/// Everything that one report contributes to the record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    /// Its incidents, the news first; negated and hypothetical ones are left out.
    pub incidents: Vec<IncidentFact>,
    /// Who says who did it.
    pub attributions: Vec<AttributionFact>,
    /// Counts.
    pub casualties: Vec<CasualtyFact>,
    /// Warnings before the event.
    pub warnings: Vec<WarningFact>,
    /// Threats and vows.
    pub threats: Vec<ThreatFact>,
}

impl Facts {
    /// The facts of a reading that have a place in the record.
    pub fn of(reading: &Reading) -> Self {
        // Denied and merely imagined events have no row in the record; what hangs on them goes too.
        let mut kept = vec![None; reading.incidents.len()];
        let mut incidents = Vec::new();
        for (index, incident) in reading.incidents.iter().enumerate() {
            match incident.modality {
                Modality::Asserted | Modality::Reported => {
                    kept[index] = Some(incidents.len());
                    incidents.push(incident_fact(reading, incident));
                }
                Modality::Negated | Modality::Hypothetical => {}
            }
        }
        let actor = |id: EntityId| reading.entities.get(id.0).map(|entity| actor_ref(reading, entity));
        let quotes = |evidence: &[Passage]| quotes(reading, evidence);
        Self {
            attributions: reading
                .attributions
                .iter()
                .filter_map(|act| {
                    Some(AttributionFact {
                        incident: kept[act.incident.0]?,
                        stance: act.stance,
                        speaker: act.speaker.and_then(actor),
                        actor: actor(act.actor)?,
                        certainty: act.certainty,
                        evidence: quotes(&act.evidence),
                    })
                })
                .collect(),
            casualties: reading
                .casualties
                .iter()
                .filter_map(|count| {
                    Some(CasualtyFact {
                        incident: kept[count.incident.0]?,
                        measure: count.measure,
                        bounds: count.bounds,
                        evidence: quotes(&count.evidence),
                    })
                })
                .collect(),
            warnings: reading
                .warnings
                .iter()
                .map(|warning| WarningFact {
                    issuer: warning.issuer.and_then(actor),
                    about: warning.about.clone(),
                    place: warning.place.as_ref().map(location),
                    actor: warning.actor.and_then(actor),
                    window: warning.window,
                    issued_on: warning.issued_on,
                    incident: warning.incident.and_then(|id| kept[id.0]),
                    evidence: quotes(&warning.evidence),
                })
                .collect(),
            threats: reading
                .threats
                .iter()
                .map(|threat| ThreatFact {
                    speaker: threat.speaker.and_then(actor),
                    target: threat.target.clone(),
                    said_on: threat.said_on,
                    evidence: quotes(&threat.evidence),
                })
                .collect(),
            incidents,
        }
    }
}

fn incident_fact(reading: &Reading, incident: &crate::reading::Incident) -> IncidentFact {
    let texts = |fillers: &[Filler]| fillers.iter().map(|filler| filler.text.clone()).collect::<Vec<_>>();
    IncidentFact {
        kind: incident.kind,
        stage: incident.stage,
        modality: incident.modality,
        date: incident.date,
        place: incident.place.as_ref().map(location),
        targets: texts(&incident.targets),
        victims: [texts(&incident.victims), texts(&incident.unnamed_victims)].concat(),
        weapons: texts(&incident.weapons),
        perpetrators: incident
            .perpetrators
            .iter()
            .filter_map(|p| reading.entities.get(p.entity.0).map(|entity| actor_ref(reading, entity)))
            .collect(),
        background: incident.background,
        evidence: quotes(reading, &incident.evidence),
    }
}

fn actor_ref(reading: &Reading, entity: &Entity) -> ActorRef {
    let mut aliases = Vec::new();
    let mentioned = entity.mentions.iter().map(|&mention| reading.document.slice(mention));
    for alias in entity.aliases.iter().map(String::as_str).chain(mentioned) {
        let is_new = alias != entity.name && !aliases.iter().any(|known| known == alias);
        if is_new && !is_pronoun(alias) {
            aliases.push(alias.to_owned());
        }
    }
    ActorRef {
        name: entity.name.clone(),
        aliases,
        kind: entity.kind,
        country: entity.country,
        book_id: entity.codes.iter().find(|(scheme, _)| scheme == "actor").map(|(_, id)| id.clone()),
    }
}

fn is_pronoun(words: &str) -> bool {
    matches!(
        words.to_ascii_lowercase().as_str(),
        "he" | "she"
            | "it"
            | "they"
            | "him"
            | "her"
            | "them"
            | "his"
            | "hers"
            | "its"
            | "their"
            | "theirs"
            | "we"
            | "us"
            | "our"
            | "i"
            | "me"
            | "my"
            | "you"
            | "your"
            | "who"
            | "which"
            | "that"
            | "this"
    )
}

fn location(place: &Place) -> Location {
    Location {
        name: place.name.clone(),
        country: place.country,
        admin1: place.admin1.clone(),
        point: place.point,
        precision: place.precision,
    }
}

fn quotes(reading: &Reading, evidence: &[Passage]) -> Vec<Quote> {
    evidence
        .iter()
        .map(|&passage| Quote { passage, text: reading.document.slice(passage).to_owned() })
        .collect()
}
