//! How many incidents each value of a filter would leave.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;
use watchkeeper_core::places::Gazetteer;
use watchkeeper_core::reading::{Country, IncidentType, Stage};
use watchkeeper_core::resolve::status::Status;

use super::filters::{self, Fit, Selection};
use crate::page::words;
use crate::serve::snapshot::Snapshot;

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

/// How many incidents have each of some values.
struct Tally(Vec<usize>);

impl Tally {
    fn of(values: usize) -> Self {
        Self(vec![0; values])
    }

    fn count(&mut self, value: usize) {
        if let Some(count) = self.0.get_mut(value) {
            *count += 1;
        }
    }

    /// The values that occur, the commonest first.
    fn values(&self, name: impl Fn(usize) -> (String, String)) -> Vec<FacetValue> {
        let counted = self.0.iter().enumerate().filter(|(_, count)| **count > 0);
        let mut values: Vec<FacetValue> = counted
            .map(|(at, &count)| {
                let (value, label) = name(at);
                FacetValue { value, label, count }
            })
            .collect();
        values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        values.truncate(MOST_VALUES);
        values
    }
}

/// Counts the values of every facet among the incidents that fit all other filters.
pub fn facets(snapshot: &Snapshot, selection: &Selection<'_>, places: &Gazetteer) -> Facets {
    let columns = snapshot.columns();
    let query = selection.query;
    let mut countries: BTreeMap<Country, usize> = BTreeMap::new();
    let (mut types, mut stages) = (Tally::of(IncidentType::ALL.len()), Tally::of(Stage::ALL.len()));
    let mut statuses = Tally::of(Status::ALL.len());
    let (mut actors, mut sources) =
        (Tally::of(columns.actors.all.len()), Tally::of(columns.outlets.all.len()));
    for (at, incident) in snapshot.record.incidents.iter().enumerate() {
        let Some(fit) = selection.fit(incident) else { continue };
        let Fit { country, kind, stage, source, accused, status, actor } = fit;
        if kind
            && stage
            && source
            && accused
            && let Some(code) = filters::country(incident)
        {
            *countries.entry(code).or_default() += 1;
        }
        if country && stage && source && accused {
            types.count(incident.kind as usize);
        }
        if country && kind && source && accused {
            stages.count(incident.stage as usize);
        }
        if country && kind && stage && accused {
            columns.sources(at).iter().for_each(|&source| sources.count(source as usize));
        }
        let but_accused = country && kind && stage && source;
        if but_accused && status {
            let wanted = columns
                .accused(at)
                .iter()
                .filter(|(_, status)| query.status.is_none_or(|wanted| *status == Some(wanted.0)));
            // In the order of actors, so that each counts once.
            let mut last = None;
            for &(actor, _) in wanted {
                if last.replace(actor) != Some(actor) {
                    actors.count(actor as usize);
                }
            }
        }
        if but_accused && actor {
            let rows = incident.attributions.iter().filter(|row| {
                query.actor.as_ref().is_none_or(|name| filters::is_called(&row.actor, &name.0))
            });
            let found: BTreeSet<usize> = rows.filter_map(|row| row.status.map(|one| one as usize)).collect();
            found.into_iter().for_each(|status| statuses.count(status));
        }
    }
    let word = |word: &'static str| (word.to_owned(), words::spaced(word));
    Facets {
        country: in_words(&countries, places),
        r#type: types.values(|at| word(IncidentType::ALL[at].as_str())),
        actor: actors.values(|at| columns.actors.all[at].clone()),
        status: statuses.values(|at| word(Status::ALL[at].as_str())),
        stage: stages.values(|at| word(Stage::ALL[at].as_str())),
        source: sources.values(|at| columns.outlets.all[at].clone()),
    }
}

/// Countries by their names, the commonest first.
fn in_words(countries: &BTreeMap<Country, usize>, places: &Gazetteer) -> Vec<FacetValue> {
    let values = countries.iter().map(|(code, &count)| FacetValue {
        value: code.as_str().to_owned(),
        label: places.country(*code).map_or(code.as_str(), |entry| entry.name).to_owned(),
        count,
    });
    let mut values: Vec<FacetValue> = values.collect();
    values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    values.truncate(MOST_VALUES);
    values
}
