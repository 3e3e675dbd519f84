//! How many incidents each value of a filter would leave.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;
use watchkeeper_core::places::Gazetteer;
use watchkeeper_core::resolve::record::RecordIncident;

use super::filters::{Facet, Incidents, Selection, country};
use crate::page::words;
use crate::wire::record::public_key;

/// How many values of a facet are given.
const MOST_VALUES: usize = 60;

/// The values of all facets.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Facets {
    country: Vec<FacetValue>,
    r#type: Vec<FacetValue>,
    actor: Vec<FacetValue>,
    status: Vec<FacetValue>,
    stage: Vec<FacetValue>,
    source: Vec<FacetValue>,
}

/// One value of a facet.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FacetValue {
    /// What to give to the filter.
    value: String,
    /// What it is called.
    label: String,
    /// How many incidents it would leave.
    count: usize,
}

#[derive(Default)]
struct Tally(BTreeMap<String, (String, usize)>);

impl Tally {
    /// Counts one incident, which may have a value more than once.
    fn count(&mut self, values: impl Iterator<Item = (String, String)>) {
        let values: BTreeMap<String, String> = values.collect();
        for (value, label) in values {
            self.0.entry(value).or_insert((label, 0)).1 += 1;
        }
    }

    fn values(self) -> Vec<FacetValue> {
        let values = self.0.into_iter().map(|(value, (label, count))| FacetValue { value, label, count });
        let mut values: Vec<FacetValue> = values.collect();
        values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        values.truncate(MOST_VALUES);
        values
    }
}

/// Counts the values of every facet among the incidents that fit all other filters.
pub fn facets<'a>(
    incidents: impl Iterator<Item = &'a RecordIncident> + Clone,
    selection: &Selection<'_>,
    places: &Gazetteer,
) -> Facets {
    let mut facets = Facets::default();
    for facet in Facet::ALL {
        let mut tally = Tally::default();
        for incident in incidents.clone().filter(|incident| selection.fits(incident, Some(facet))) {
            count(&mut tally, facet, incident, selection.query);
        }
        let list = match facet {
            Facet::Country => &mut facets.country,
            Facet::Type => &mut facets.r#type,
            Facet::Actor => &mut facets.actor,
            Facet::Status => &mut facets.status,
            Facet::Stage => &mut facets.stage,
            Facet::Source => &mut facets.source,
        };
        *list = tally.values();
    }
    for value in &mut facets.country {
        let code = watchkeeper_core::reading::Country::parse(&value.value);
        if let Some(entry) = code.and_then(|code| places.country(code)) {
            value.label = entry.name.to_owned();
        }
    }
    facets
}

fn count(tally: &mut Tally, facet: Facet, incident: &RecordIncident, query: &Incidents) {
    let word = |word: &'static str| (word.to_owned(), words::spaced(word));
    match facet {
        Facet::Country => tally
            .count(country(incident).iter().map(|code| (code.as_str().to_owned(), code.as_str().to_owned()))),
        Facet::Type => tally.count(std::iter::once(word(incident.kind.as_str()))),
        Facet::Stage => tally.count(std::iter::once(word(incident.stage.as_str()))),
        Facet::Status => {
            let wanted = |row: &&watchkeeper_core::resolve::claims::AttributionRow| {
                query.actor.as_ref().is_none_or(|name| super::filters::is_called(&row.actor, &name.0))
            };
            let statuses = incident.attributions.iter().filter(wanted).filter_map(|row| row.status);
            tally.count(statuses.map(|status| word(status.as_str())));
        }
        Facet::Actor => {
            let wanted = |row: &&watchkeeper_core::resolve::claims::AttributionRow| {
                query.status.is_none_or(|status| row.status == Some(status.0))
            };
            let actors = incident.attributions.iter().filter(wanted);
            tally.count(actors.filter_map(|row| Some((public_key(&row.actor)?, row.actor.name.clone()))));
        }
        Facet::Source => tally.count(
            incident
                .reports
                .iter()
                .filter_map(|report| report.source.clone())
                .map(|name| (name.clone(), name)),
        ),
    }
}
