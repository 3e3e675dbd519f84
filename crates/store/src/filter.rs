//! Which incidents are asked for: as a question to the database, which may find too many, and exactly.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use watchkeeper_core::reading::{Country, IncidentType, Precision, Stage, Stance};
use watchkeeper_core::resolve::ledger::IncidentKey;
use watchkeeper_core::resolve::link::distance_km;
use watchkeeper_core::resolve::moment::Record;
use watchkeeper_core::resolve::origin::outlet_key;
use watchkeeper_core::resolve::persons::is_private;
use watchkeeper_core::resolve::record::RecordIncident;
use watchkeeper_core::resolve::status::Status;
use watchkeeper_core::resolve::version::VersionId;

use crate::error::StoreError;
use crate::facets::LONG_DAYS;
use crate::record::CHUNK;
use crate::sql::{FullText, Sql, Value};
use crate::terms::Terms;

/// Which incidents are asked for; what is absent does not restrict.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// It is one of these.
    pub among: Option<BTreeSet<IncidentKey>>,
    /// Where it happened.
    pub country: Option<Country>,
    /// It happened near there; an incident of which no more than the country is known is near nothing.
    pub near: Option<Near>,
    /// It happened on this day or later.
    pub from: Option<Date>,
    /// It happened on this day or earlier.
    pub to: Option<Date>,
    /// What was done.
    pub kind: Option<IncidentType>,
    /// How far it came.
    pub stage: Option<Stage>,
    /// Somebody is said to be responsible whose name or alias is this, case aside; private persons are not found.
    pub actor: Option<String>,
    /// Some actor has this status.
    pub status: Option<Status>,
    /// This outlet tells of it, case and article aside.
    pub source: Option<String>,
    /// A report on it has all of these words.
    pub text: Option<Terms>,
}

/// A point and how far from it something may be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Near {
    /// Latitude and longitude in degrees (WGS 84).
    pub point: (f64, f64),
    /// Kilometres.
    pub km: f64,
}

/// Kilometres of one degree of latitude, rather too few than too many.
const KM_A_DEGREE: f64 = 110.5;

impl Near {
    fn holds(&self, point: (f64, f64)) -> bool {
        distance_km(self.point, point) <= self.km
    }

    /// South, north, west, east of a box around it; without west and east where it reaches a pole or the date line.
    pub fn bounds(&self) -> (f64, f64, Option<(f64, f64)>) {
        let (lat, lon) = self.point;
        let degrees = self.km / KM_A_DEGREE;
        let (south, north) = (lat - degrees, lat + degrees);
        let widest = south.abs().max(north.abs());
        let across = degrees / widest.to_radians().cos().max(f64::EPSILON);
        let (west, east) = (lon - across, lon + across);
        let is_plain = widest < 89.0 && west >= -180.0 && east <= 180.0;
        (south, north, is_plain.then_some((west, east)))
    }

    fn condition(self) -> Condition {
        let (south, north, across) = self.bounds();
        let text = "tellings u WHERE u.lat >= ? AND u.lat <= ?";
        let lat = [south.into(), north.into()];
        match across {
            None => Condition::new(text, lat),
            Some((west, east)) => Condition::new(
                format!("{text} AND u.lon >= ? AND u.lon <= ?"),
                lat.into_iter().chain([west.into(), east.into()]),
            ),
        }
    }
}

/// A condition on the tellings `u` of an incident: what follows FROM, with a question mark for each value.
struct Condition {
    text: String,
    values: Vec<Value>,
    /// The same, asked of few incidents.
    of_few: Option<String>,
}

/// So few incidents are looked through one by one sooner than all that fit are found by an index.
const FEW: usize = 4_000;

impl Condition {
    fn new(text: impl Into<String>, values: impl IntoIterator<Item = Value>) -> Self {
        Self { text: text.into(), values: values.into_iter().collect(), of_few: None }
    }
}

impl Filter {
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The incidents of which, for each condition, some telling by then fits it: at least those that the filter means.
    pub(crate) fn candidates(
        &self,
        sql: &mut dyn Sql,
        as_of: Timestamp,
    ) -> Result<BTreeSet<IncidentKey>, StoreError> {
        let mut found: Option<BTreeSet<IncidentKey>> = self.among.clone();
        // Each condition is asked by itself: what one report tells of the place and another of the day is one incident.
        for Condition { text, values, of_few } in self.conditions(&sql.dialect().full_text) {
            let (text_of_few, few) = of_few.as_deref().map_or((&*text, CHUNK), |text| (text, FEW));
            found = Some(match &found {
                None => Self::told(sql, &text, values, as_of, None)?,
                Some(known) if known.len() <= few => {
                    let mut fits = BTreeSet::new();
                    for chunk in known.iter().collect::<Vec<_>>().chunks(CHUNK) {
                        fits.extend(Self::told(sql, text_of_few, values.clone(), as_of, Some(chunk))?);
                    }
                    fits
                }
                Some(known) => {
                    let mut fits = Self::told(sql, &text, values, as_of, None)?;
                    fits.retain(|incident| known.contains(incident));
                    fits
                }
            });
        }
        Ok(found.unwrap_or_default())
    }

    /// The incidents of which some telling by then fits a condition; where `among` is given, one of those.
    fn told(
        sql: &mut dyn Sql,
        condition: &str,
        mut values: Vec<Value>,
        as_of: Timestamp,
        among: Option<&[&IncidentKey]>,
    ) -> Result<BTreeSet<IncidentKey>, StoreError> {
        let mut question = format!("SELECT DISTINCT u.incident FROM {condition} AND u.time_us <= ?");
        values.push(as_of.as_microsecond().into());
        if let Some(among) = among {
            question += &format!(" AND u.incident IN ({})", marks(among.len()));
            values.extend(among.iter().map(|incident| Value::from(*incident)));
        }
        let rows = sql.rows(&numbered(&question), &values)?;
        rows.iter().map(|row| row.text(0).map(str::to_owned)).collect()
    }

    /// The conditions, those first that leave least.
    fn conditions(&self, full_text: &FullText) -> Vec<Condition> {
        let mut all = Vec::new();
        if let Some(text) = &self.text {
            let words = Value::from(text.joined(full_text));
            all.push(Condition::new(format!("tellings u WHERE u.number IN ({})", full_text.find), [words]));
        }
        all.extend(self.near.map(Near::condition));
        if let Some(name) = &self.actor {
            all.push(Condition::new("acts u WHERE u.name = ?", [name.to_lowercase().into()]));
        }
        all.extend(self.days());
        if let Some(country) = self.country {
            let in_country = Condition::new("tellings u WHERE u.country = ?", [country.as_str().into()]);
            // Neither database finds this by the index of countries, so that it goes by the incidents.
            let of_few = "tellings u WHERE u.country || '' = ?".to_owned();
            all.push(Condition { of_few: Some(of_few), ..in_country });
        }
        if let Some(source) = &self.source {
            let text = "versions v JOIN tellings u ON u.number = v.number WHERE v.outlet = ?";
            all.push(Condition::new(text, [outlet_key(source).into()]));
        }
        if let Some(status) = self.status {
            let stances = needed(status);
            let text = format!("acts u WHERE u.stance IN ({})", marks(stances.len()));
            all.push(Condition::new(text, stances.iter().map(|stance| stance.as_str().into())));
        }
        if let Some(stage) = self.stage {
            all.push(Condition::new("tellings u WHERE u.stage = ?", [stage.as_str().into()]));
        }
        if let Some(kind) = self.kind {
            all.push(Condition::new("tellings u WHERE u.type = ?", [kind.as_str().into()]));
        }
        all
    }

    /// The condition on the day. Where both ends are given, what is told of few days is found by the first of them.
    fn days(&self) -> Option<Condition> {
        let value = |day: Date| Value::from(day.to_string());
        match (self.from, self.to) {
            (None, None) => None,
            (Some(from), None) => Some(Condition::new("tellings u WHERE u.last_day >= ?", [value(from)])),
            (None, Some(to)) => Some(Condition::new("tellings u WHERE u.first_day <= ?", [value(to)])),
            (Some(from), Some(to)) => {
                let earliest = from.checked_sub(LONG_DAYS.days()).unwrap_or(Date::MIN);
                Some(Condition::new(
                    "tellings u WHERE ((u.is_long = 0 AND u.first_day >= ? AND u.first_day <= ? AND u.last_day >= ?)
                     OR (u.is_long = 1 AND u.first_day <= ? AND u.last_day >= ?))",
                    [earliest, to, from, to, from].map(value),
                ))
            }
        }
    }

    /// Leaves what fits: incidents, warnings about one of them, threats that a report on one of them carries. `having`
    /// are the versions that have the words looked for.
    pub(crate) fn narrow(&self, mut record: Record, having: &BTreeSet<VersionId>) -> Record {
        if self.is_empty() {
            return record;
        }
        record.incidents.retain(|incident| self.fits(incident, having));
        let kept: BTreeSet<&IncidentKey> = record.incidents.iter().map(|incident| &incident.id).collect();
        record.warnings.retain(|warning| warning.incident.as_ref().is_some_and(|id| kept.contains(id)));
        let carriers: BTreeSet<&VersionId> =
            record.incidents.iter().flat_map(|incident| &incident.reports).map(|report| &report.id).collect();
        record.threats.retain(|threat| threat.reports.iter().any(|report| carriers.contains(&report.id)));
        record
    }

    /// The same but for the words that a report must have.
    pub(crate) fn without_text(&self) -> Self {
        Self { text: None, ..self.clone() }
    }

    /// Whether an incident fits; `having` are the versions that have the words looked for.
    pub(crate) fn fits(&self, incident: &RecordIncident, having: &BTreeSet<VersionId>) -> bool {
        let place = incident.place.as_ref();
        let country = place.and_then(|place| place.country);
        let point = place.filter(|place| place.precision != Precision::Country).and_then(|place| place.point);
        let first = incident.date.and_then(|date| date.start.or(date.end));
        let last = incident.date.and_then(|date| date.end.or(date.start));
        let ids = || std::iter::once(&incident.id).chain(&incident.former_ids);
        let named = |wanted: &String| {
            let wanted = wanted.to_lowercase();
            let mut actors =
                incident.attributions.iter().map(|row| &row.actor).filter(|actor| !is_private(actor));
            actors.any(|actor| {
                std::iter::once(&actor.name).chain(&actor.aliases).any(|name| name.to_lowercase() == wanted)
            })
        };
        let told_by = |wanted: &String| {
            let mut sources = incident.reports.iter().filter_map(|report| report.source.as_deref());
            sources.any(|source| outlet_key(source) == outlet_key(wanted))
        };
        self.among.as_ref().is_none_or(|among| ids().any(|id| among.contains(id)))
            && self.country.is_none_or(|wanted| country == Some(wanted))
            && self.near.is_none_or(|near| point.is_some_and(|point| near.holds(point)))
            && self.from.is_none_or(|from| last.is_some_and(|last| last >= from))
            && self.to.is_none_or(|to| first.is_some_and(|first| first <= to))
            && self.kind.is_none_or(|kind| incident.kind == kind)
            && self.stage.is_none_or(|stage| incident.stage == stage)
            && self.actor.as_ref().is_none_or(named)
            && self.status.is_none_or(|status| incident.attributions.iter().any(|a| a.status == Some(status)))
            && self.source.as_ref().is_none_or(told_by)
            && (self.text.is_none() || incident.reports.iter().any(|report| having.contains(&report.id)))
    }
}

/// The stances of which one must have been taken for a status to come about.
const fn needed(status: Status) -> &'static [Stance] {
    match status {
        Status::Confirmed => &[Stance::Confirms],
        Status::Refuted => &[Stance::Refutes, Stance::Retracts],
        Status::Contested => &[Stance::Denies],
        Status::Claimed => &[Stance::Claims],
        Status::Accused => &[Stance::Accuses, Stance::Suspects, Stance::Confirms],
    }
}

/// So many question marks with commas between.
fn marks(count: usize) -> String {
    vec!["?"; count].join(", ")
}

/// The question with `$1`, `$2`, … in place of its question marks.
fn numbered(question: &str) -> String {
    let mut text = String::with_capacity(question.len());
    let mut number = 0;
    for (at, piece) in question.split('?').enumerate() {
        if at > 0 {
            number += 1;
            text.push_str(&format!("${number}"));
        }
        text.push_str(piece);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_holds_its_circle() {
        let near = Near { point: (60.0, 25.0), km: 111.0 };
        let (south, north, across) = near.bounds();
        let (west, east) = across.expect("far from the poles");
        assert!(south <= 59.01 && north >= 60.99);
        for lon in [west, east] {
            assert!(distance_km(near.point, (60.0, lon)) >= 111.0, "{lon}");
        }
        assert_eq!(Near { point: (0.0, 179.9), km: 50.0 }.bounds().2, None);
        assert_eq!(Near { point: (89.5, 0.0), km: 50.0 }.bounds().2, None);
    }

    #[test]
    fn parameters_are_numbered_in_their_order() {
        assert_eq!(numbered("a = ? AND b IN (?, ?)"), "a = $1 AND b IN ($2, $3)");
    }
}
