//! Incidents as a map, RFC 7946: longitude before latitude; what is known no more finely than a country has no point.

use serde_json::{Value, json};
use watchkeeper_core::places::Gazetteer;
use watchkeeper_core::reading::{Measure, Precision};
use watchkeeper_core::resolve::record::RecordIncident;

use super::csv::title;

/// Incidents as a collection of features.
pub fn features(incidents: &[RecordIncident], places: &Gazetteer) -> Value {
    let features: Vec<Value> = incidents.iter().map(|incident| feature(incident, places)).collect();
    json!({ "type": "FeatureCollection", "features": features })
}

fn feature(incident: &RecordIncident, places: &Gazetteer) -> Value {
    let place = incident.place.as_ref();
    let point = place.filter(|place| place.precision != Precision::Country).and_then(|place| place.point);
    let count = |measure: Measure| {
        let bounds = incident.counts.get(&measure)?.bounds()?;
        Some(json!({ "low": bounds.low, "high": bounds.high, "qualifier": bounds.qualifier.as_str() }))
    };
    let actors: Vec<Value> = incident
        .attributions
        .iter()
        .map(|row| json!({ "name": row.actor.name, "status": row.status.map(|status| status.as_str()) }))
        .collect();
    let links: Vec<&String> = incident.reports.iter().map(|report| &report.identity).collect();
    json!({
        "type": "Feature",
        "id": incident.id,
        "geometry": point.map(|(lat, lon)| json!({ "type": "Point", "coordinates": [lon, lat] })),
        "properties": {
            "title": title(incident, places),
            "type": incident.kind.as_str(),
            "stage": incident.stage.as_str(),
            "start": incident.date.and_then(|date| date.start).map(|day| day.to_string()),
            "end": incident.date.and_then(|date| date.end).map(|day| day.to_string()),
            "place": place.map(|place| &place.name),
            "country": place.and_then(|place| place.country).map(|country| country.as_str().to_owned()),
            "precision": place.map(|place| place.precision.as_str()),
            "killed": count(Measure::Killed),
            "injured": count(Measure::Injured),
            "actors": actors,
            "origins": incident.origins,
            "reports": incident.reports.len(),
            "links": links,
            "quote": incident.evidence.first().map(|quote| &quote.text),
        },
    })
}
