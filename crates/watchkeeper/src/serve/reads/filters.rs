//! Which incidents are asked for.

use std::collections::BTreeSet;

use watchkeeper_core::resolve::facts::ActorRef;
use watchkeeper_core::resolve::link::distance_km;
use watchkeeper_core::resolve::record::RecordIncident;

use watchkeeper_store::Terms;

use super::query;
use crate::serve::http::paging::Cursor;
use crate::serve::http::params::{CountryCode, Day, Limit, Near, StageWord, StatusWord, TypeWord, Words};
use crate::serve::http::problem::Refusal;
use crate::serve::state::App;
use crate::wire::record::public_key;

/// The order of a list of incidents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// The one last reported on first.
    #[default]
    Latest,
    /// The last to happen first.
    Date,
}

query!(
    /// Which incidents are asked for.
    Incidents {
        /// Only in this country.
        country: CountryCode,
        /// Only of this type.
        r#type: TypeWord,
        /// Only those for which this actor, by key or name, is said to be responsible.
        actor: Words,
        /// Only those in which an actor (the one asked for, where one is) has this status.
        status: StatusWord,
        /// Only of this stage.
        stage: StageWord,
        /// Only those on which this outlet reports.
        source: Words,
        /// Only on this day or later.
        from: Day,
        /// Only on this day or earlier.
        to: Day,
        /// Only those whose reports have these words.
        q: Words,
        /// Only near a place: latitude, longitude, kilometres.
        near: Near,
        /// Only this incident.
        incident: Words,
        /// The order.
        sort: Sort,
        /// How many items a page holds.
        limit: Limit,
        /// Where the page before ended.
        cursor: Cursor,
    }
);

/// Which filters an incident fits, each for itself.
#[derive(Clone, Copy, Debug)]
pub struct Fit {
    /// The country.
    pub country: bool,
    /// The type.
    pub kind: bool,
    /// The stage.
    pub stage: bool,
    /// The outlet.
    pub source: bool,
    /// An actor that is asked for, with the status asked for.
    pub accused: bool,
    /// Any actor with the status asked for.
    pub status: bool,
    /// The actor asked for, with any status.
    pub actor: bool,
}

/// Whether an actor goes by this key, name or alias.
pub fn is_called(actor: &ActorRef, wanted: &str) -> bool {
    public_key(actor).as_deref() == Some(wanted)
        || std::iter::once(&actor.name).chain(&actor.aliases).any(|name| name.eq_ignore_ascii_case(wanted))
}

/// Which incidents are asked for, with the reports that have the words asked for.
pub struct Selection<'a> {
    /// What is asked for.
    pub query: &'a Incidents,
    having: Option<BTreeSet<String>>,
}

impl<'a> Selection<'a> {
    /// Looks up the words that are asked for.
    ///
    /// # Errors
    /// What the store says.
    pub fn new(query: &'a Incidents, app: &App) -> Result<Self, Refusal> {
        let having = query.q.as_ref().map(|Words(words)| {
            let terms = Terms::of(words);
            app.ask(|store| store.versions_with(&terms))
        });
        Ok(Self { query, having: having.transpose()? })
    }

    /// Whether an incident fits.
    pub fn fits(&self, incident: &RecordIncident) -> bool {
        let fits = |Fit { country, kind, stage, source, accused, .. }: Fit| {
            country && kind && stage && source && accused
        };
        self.fit(incident).is_some_and(fits)
    }

    /// Which filters that have a facet an incident fits; `None` where it does not fit the others.
    pub fn fit(&self, incident: &RecordIncident) -> Option<Fit> {
        let query = self.query;
        let has_words = || {
            self.having.as_ref().is_none_or(|having| {
                incident.reports.iter().any(|report| having.contains(report.id.as_str()))
            })
        };
        let fits_others = query.fits_days(incident)
            && query.near.is_none_or(|near| is_near(incident, near))
            && query.incident.as_ref().is_none_or(|wanted| incident.id == wanted.0)
            && has_words();
        fits_others.then(|| Fit {
            country: query.country.is_none_or(|wanted| country(incident) == Some(wanted.0)),
            kind: query.r#type.is_none_or(|wanted| incident.kind == wanted.0),
            stage: query.stage.is_none_or(|wanted| incident.stage == wanted.0),
            source: query.fits_source(incident),
            accused: query.fits_actor(incident, true, true),
            status: query.fits_actor(incident, false, true),
            actor: query.fits_actor(incident, true, false),
        })
    }
}

impl Incidents {
    /// Whether it asks for the same incidents, whatever the moments, the order and the page.
    pub fn is_same_filter(&self, other: &Self) -> bool {
        let filter = |query: &Self| {
            (
                (query.country, query.r#type, query.status, query.stage),
                (query.from, query.to, query.near),
                (query.actor.clone(), query.source.clone(), query.q.clone(), query.incident.clone()),
            )
        };
        filter(self) == filter(other)
    }

    fn fits_source(&self, incident: &RecordIncident) -> bool {
        self.source.as_ref().is_none_or(|wanted| {
            incident.reports.iter().any(|report| report.source.as_deref() == Some(&wanted.0))
        })
    }

    fn fits_actor(&self, incident: &RecordIncident, by_name: bool, by_status: bool) -> bool {
        let name = self.actor.as_ref().filter(|_| by_name);
        let status = self.status.filter(|_| by_status);
        (name.is_none() && status.is_none())
            || incident.attributions.iter().any(|row| {
                name.is_none_or(|wanted| is_called(&row.actor, &wanted.0))
                    && status.is_none_or(|wanted| row.status == Some(wanted.0))
            })
    }

    fn fits_days(&self, incident: &RecordIncident) -> bool {
        let first = incident.date.and_then(|date| date.start.or(date.end));
        let last = incident.date.and_then(|date| date.end.or(date.start));
        self.from.is_none_or(|from| last.is_some_and(|last| last >= from.0))
            && self.to.is_none_or(|to| first.is_some_and(|first| first <= to.0))
    }
}

/// The country of an incident.
pub fn country(incident: &RecordIncident) -> Option<watchkeeper_core::reading::Country> {
    incident.place.as_ref().and_then(|place| place.country)
}

fn is_near(incident: &RecordIncident, Near((lat, lon, km)): Near) -> bool {
    let point = incident.place.as_ref().and_then(|place| place.point);
    point.is_some_and(|point| distance_km(point, (lat, lon)) <= km)
}
