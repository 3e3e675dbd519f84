//! Where divisions are: the source names them only, so they are located from the places in them.

use std::collections::BTreeMap;

use super::source::{City, Source};

/// An admin-1 or admin-2 division with at least one place in it.
pub struct Division {
    pub code: String,
    pub name: String,
    pub lat: f32,
    pub lon: f32,
    pub population: u32,
}

/// The divisions of both orders, by name, then code.
pub struct Divisions {
    pub admin1: Vec<Division>,
    pub admin2: Vec<Division>,
}

/// Locates every division that a place lies in.
pub fn locate(source: &Source) -> Divisions {
    Divisions {
        admin1: located(&source.admin1, &source.cities, |city| &city.admin1, middle_of_land),
        admin2: located(&source.admin2, &source.cities, |city| &city.admin2, middle_of_places),
    }
}

fn located(
    names: &BTreeMap<String, String>,
    cities: &[City],
    code_of: impl Fn(&City) -> &String,
    middle: impl Fn(&[&City]) -> (f32, f32),
) -> Vec<Division> {
    let mut places: BTreeMap<&str, Vec<&City>> = BTreeMap::new();
    for city in cities {
        places.entry(code_of(city)).or_default().push(city);
    }
    let mut list: Vec<Division> = places
        .into_iter()
        .filter_map(|(code, places)| {
            let name = names.get(code)?;
            let (lat, lon) = middle(&places);
            let population = places.iter().fold(0u32, |sum, city| sum.saturating_add(city.population));
            Some(Division { code: code.to_owned(), name: name.clone(), lat, lon, population })
        })
        .collect();
    list.sort_by(|a, b| (&a.name, &a.code).cmp(&(&b.name, &b.code)));
    list
}

/// The mean of the places: a small division has no empty half.
fn middle_of_places(places: &[&City]) -> (f32, f32) {
    let count = places.len() as f64;
    let lat: f64 = places.iter().map(|city| f64::from(city.lat)).sum();
    let lon: f64 = places.iter().map(|city| f64::from(city.lon)).sum();
    ((lat / count) as f32, (lon / count) as f32)
}

/// Between the mean of the places and the middle of their extent: people crowd in one corner of a large division,
/// and a single far place stretches its extent.
fn middle_of_land(places: &[&City]) -> (f32, f32) {
    let mean = middle_of_places(places);
    let middle = |of: fn(&City) -> f32| {
        let (low, high) = places
            .iter()
            .fold((f32::MAX, f32::MIN), |(low, high), &city| (low.min(of(city)), high.max(of(city))));
        f32::midpoint(low, high)
    };
    (f32::midpoint(mean.0, middle(|city| city.lat)), f32::midpoint(mean.1, middle(|city| city.lon)))
}
