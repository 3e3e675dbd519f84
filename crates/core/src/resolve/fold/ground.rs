//! The incidents of a record, found by their ids, and by place and day.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::civil::Date;

use crate::reading::{Country, DateRange};
use crate::resolve::facts::Location;
use crate::resolve::ledger::IncidentKey;
use crate::resolve::notices::is_followed_by;
use crate::resolve::record::{Founding, RecordIncident};

/// The incidents of a record.
#[derive(Clone, Debug, Default)]
pub struct Ground {
    incidents: BTreeMap<Founding, Arc<RecordIncident>>,
    by_key: HashMap<IncidentKey, Founding>,
    by_place: HashMap<Square, BTreeMap<Date, Vec<Founding>>>,
}

/// Where incidents are looked for. What lies near a point may be in the next band of latitude.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Square {
    Country(Country),
    Latitude(i16),
}

fn band(latitude: f64) -> i16 {
    latitude.floor() as i16
}

fn squares(incident: &RecordIncident) -> Option<(Date, impl Iterator<Item = Square>)> {
    let day = incident.date.and_then(|date| date.start.or(date.end))?;
    let place = incident.place.as_ref()?;
    let latitude = place.point.map(|(latitude, _)| Square::Latitude(band(latitude)));
    Some((day, place.country.map(Square::Country).into_iter().chain(latitude)))
}

impl Ground {
    /// Takes an incident in.
    pub fn insert(&mut self, incident: RecordIncident) {
        let founding = incident.founding.clone();
        if let Some((day, squares)) = squares(&incident) {
            for square in squares {
                self.by_place.entry(square).or_default().entry(day).or_default().push(founding.clone());
            }
        }
        self.by_key.insert(incident.id.clone(), founding.clone());
        self.incidents.insert(founding, Arc::new(incident));
    }

    /// Lets the incident of an id go.
    pub fn remove(&mut self, key: &IncidentKey) -> Option<Arc<RecordIncident>> {
        let founding = self.by_key.remove(key)?;
        let gone = self.incidents.remove(&founding)?;
        if let Some((day, squares)) = squares(&gone) {
            for square in squares {
                let Some(days) = self.by_place.get_mut(&square) else { continue };
                if let Some(there) = days.get_mut(&day) {
                    there.retain(|other| *other != founding);
                    if there.is_empty() {
                        days.remove(&day);
                    }
                }
            }
        }
        Some(gone)
    }

    /// The incident of an id.
    pub fn get(&self, key: &IncidentKey) -> Option<&Arc<RecordIncident>> {
        self.incidents.get(self.by_key.get(key)?)
    }

    /// The incident of an id, to set what depends on other incidents.
    pub fn get_mut(&mut self, key: &IncidentKey) -> Option<&mut RecordIncident> {
        self.incidents.get_mut(self.by_key.get(key)?).map(Arc::make_mut)
    }

    /// All incidents, in the order of their founding.
    pub fn incidents(&self) -> impl Iterator<Item = &Arc<RecordIncident>> {
        self.incidents.values()
    }

    /// All incidents, to set what neither place nor day depends on.
    pub fn incidents_mut(&mut self) -> impl Iterator<Item = &mut Arc<RecordIncident>> {
        self.incidents.values_mut()
    }

    /// The first incident, in the order of founding, that came at a warning's place and in its window.
    pub fn first(&self, place: &Location, window: DateRange) -> Option<&Arc<RecordIncident>> {
        let (start, end) = (window.start?, window.end?);
        if start > end {
            return None;
        }
        let latitudes = place
            .point
            .into_iter()
            .flat_map(|(latitude, _)| (band(latitude) - 1..=band(latitude) + 1).map(Square::Latitude));
        let squares = place.country.map(Square::Country).into_iter().chain(latitudes);
        let there = squares.filter_map(|square| self.by_place.get(&square));
        let foundings = there.flat_map(|days| days.range(start..=end).flat_map(|(_, there)| there));
        let fits = |founding: &&Founding| {
            self.incidents.get(founding).is_some_and(|incident| is_followed_by(place, window, incident))
        };
        self.incidents.get(foundings.filter(fits).min()?)
    }
}
