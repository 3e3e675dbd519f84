//! The closed lists as JSON Schema: each word is one of those.

use schemars::{Schema, SchemaGenerator, json_schema};
use watchkeeper_core::document::MaskReason;
use watchkeeper_core::reading::{
    EntityKind, EventMode, EventType, IncidentType, Measure, Modality, PerpetratorKind, Precision, Qualifier,
    QuoteType, Stage, Stance, TimeType,
};
use watchkeeper_core::resolve::notices::Outcome;
use watchkeeper_core::resolve::status::Status;

/// A status, or null for an actor that is only denied.
pub fn statuses_or_null(_: &mut SchemaGenerator) -> Schema {
    let words: Vec<Option<&str>> =
        Status::ALL.iter().map(|status| Some(status.as_str())).chain([None]).collect();
    json_schema!({ "type": ["string", "null"], "enum": words })
}

/// A mode of an event, or null where the words tell none.
pub fn event_modes_or_null(_: &mut SchemaGenerator) -> Schema {
    let words: Vec<Option<&str>> =
        EventMode::ALL.iter().map(|mode| Some(mode.as_str())).chain([None]).collect();
    json_schema!({ "type": ["string", "null"], "enum": words })
}

/// Declares for each closed list the schema of its words.
macro_rules! words {
    ($($name:ident: $list:ty,)+) => {
        $(
            pub fn $name(_: &mut SchemaGenerator) -> Schema {
                let words: Vec<&str> = <$list>::ALL.iter().map(|member| member.as_str()).collect();
                json_schema!({ "type": "string", "enum": words })
            }
        )+
    };
}

words! {
    entity_kinds: EntityKind,
    event_types: EventType,
    incident_types: IncidentType,
    mask_reasons: MaskReason,
    measures: Measure,
    modalities: Modality,
    outcomes: Outcome,
    perpetrator_kinds: PerpetratorKind,
    precisions: Precision,
    qualifiers: Qualifier,
    quote_types: QuoteType,
    stages: Stage,
    stances: Stance,
    time_types: TimeType,
}
