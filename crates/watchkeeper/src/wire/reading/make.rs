//! From the domain's types to those of the wire.

use jiff::civil::Date;
use sha2::{Digest, Sha256};
use watchkeeper_core::document::{Field, Passage, PublishedAt};
use watchkeeper_core::reading::{
    Attribution, Casualty, DateBasis, DateRange, Entity, EntityId, Event, Filler, Incident, IncidentId,
    Place, Reading, Statement, Threat, Time, Trace, Warning,
};

use super::{
    SCHEMA, WireAttribution, WireCasualty, WireDate, WireDocument, WireEntity, WireEvent, WireFiller,
    WireIncident, WireMasked, WireNote, WirePerpetrator, WirePlace, WireRange, WireReading, WireSpoken,
    WireStatement, WireThreat, WireTime, WireTrace, WireWarning,
};
use crate::wire::spans::Spans;

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
            let passage = Passage { field: Field::Text, span: masked.span };
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

    fn entity(&self, number: usize, entity: &Entity) -> WireEntity {
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

    fn time(&self, time: &Time) -> WireTime {
        WireTime {
            span: self.spans.of(time.mention),
            r#type: time.kind.as_str(),
            value: time.value.clone(),
            range: time.range.map(range),
        }
    }

    fn statement(&self, statement: &Statement) -> WireStatement {
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

    fn incident(&self, number: usize, incident: &Incident) -> WireIncident {
        let fillers = |fillers: &[Filler]| {
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
            unnamed_victims: fillers(&incident.unnamed_victims),
            weapons: fillers(&incident.weapons),
            background: incident.background,
            evidence: self.spans.all(&incident.evidence),
            trace: self.trace(&incident.trace),
        }
    }

    fn trace(&self, trace: &Trace) -> WireTrace {
        WireTrace { rule: trace.rule.to_string(), trigger: self.spans.of(trace.trigger) }
    }

    fn attribution(&self, act: &Attribution) -> WireAttribution {
        WireAttribution {
            incident: incident_id(act.incident),
            stance: act.stance.as_str(),
            speaker: act.speaker.map(entity_id),
            actor: entity_id(act.actor),
            certainty: act.certainty,
            said_on: day(act.said_on),
            evidence: self.spans.all(&act.evidence),
            trace: self.trace(&act.trace),
        }
    }

    fn casualty(&self, count: &Casualty) -> WireCasualty {
        WireCasualty {
            incident: incident_id(count.incident),
            measure: count.measure.as_str(),
            low: count.bounds.low,
            high: count.bounds.high,
            qualifier: count.bounds.qualifier.as_str(),
            of: count.of.clone(),
            evidence: self.spans.all(&count.evidence),
            trace: self.trace(&count.trace),
        }
    }

    fn warning(&self, warning: &Warning) -> WireWarning {
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
            trace: self.trace(&warning.trace),
        }
    }

    fn threat(&self, threat: &Threat) -> WireThreat {
        WireThreat {
            speaker: threat.speaker.map(entity_id),
            target: threat.target.clone(),
            action: threat.action.clone(),
            condition: threat.condition.clone(),
            said_on: day(threat.said_on),
            evidence: self.spans.all(&threat.evidence),
            trace: self.trace(&threat.trace),
        }
    }

    fn event(&self, event: &Event) -> WireEvent {
        WireEvent {
            r#type: event.kind.as_str(),
            mode: event.mode.map(|mode| mode.as_str()),
            actor: event.actor.map(entity_id),
            recipient: event.recipient.map(entity_id),
            date: event.date.map(range),
            place: event.place.as_ref().map(|place| self.place(place)),
            modality: event.modality.as_str(),
            evidence: self.spans.all(&event.evidence),
            trace: self.trace(&event.trace),
        }
    }
}
