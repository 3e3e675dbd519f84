//! `/api/places`: what a name may mean.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use watchkeeper_core::places::explain;
use watchkeeper_core::reading::Country;

use crate::serve::http::params::Words;
use crate::serve::http::problem::Refusal;
use crate::serve::http::route::Asked;
use crate::serve::state::App;
use crate::wire::words;

/// How many candidates are given.
const MOST: usize = 10;

/// Which name.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Named {
    /// The name, as a report writes it.
    q: Words,
}

/// The places that a name may mean.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Candidates {
    /// The likeliest first.
    items: Vec<Candidate>,
}

/// A place that a name may mean.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Candidate {
    name: String,
    kind: &'static str,
    country: Option<String>,
    admin1: Option<String>,
    lat: f64,
    lon: f64,
    population: u64,
    geonames_id: Option<u32>,
    #[schemars(schema_with = "words::precisions")]
    precision: &'static str,
    /// How likely the name by itself means it.
    probability: f32,
}

/// The candidates of a name.
///
/// # Errors
/// None; a name that is not known has no candidates.
pub fn find(app: &App, asked: Asked<Named>) -> Result<Candidates, Refusal> {
    let gazetteer = &app.gazetteer;
    let candidates = explain(&asked.with.q.0, gazetteer);
    let items = candidates.iter().take(MOST).map(|candidate| {
        let entry = &candidate.entry;
        Candidate {
            name: entry.name.to_owned(),
            kind: entry.kind.as_str(),
            country: entry.country.as_ref().map(Country::as_str).map(str::to_owned),
            admin1: entry.admin1.and_then(|number| gazetteer.admin1_name(number)).map(str::to_owned),
            lat: entry.lat.into(),
            lon: entry.lon.into(),
            population: entry.population.into(),
            geonames_id: entry.geonames_id,
            precision: entry.kind.precision().as_str(),
            probability: candidate.probability,
        }
    });
    Ok(Candidates { items: items.collect() })
}
