//! A value of an incident as a person sets it, and how people write one.

use jiff::civil::Date;

use crate::reading::{Bounds, Country, DateRange, IncidentType, Measure, Precision, Qualifier, Stage};
use crate::resolve::facts::Location;
use crate::resolve::status::Status;

/// A value of an incident as a person sets it.
#[derive(Clone, Debug, PartialEq)]
pub enum Correction {
    /// What was done.
    Type(IncidentType),
    /// How far it came.
    Stage(Stage),
    /// When.
    Date(DateRange),
    /// Where.
    Place(Location),
    /// How many were killed, injured, missing or detained.
    Count(Measure, Bounds),
    /// What the acts on an actor come to.
    Status {
        /// The actor, by any of its names.
        actor: String,
        /// The status.
        status: Status,
    },
}

/// Why words are no value of a field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CorrectionError {
    /// There is no such field.
    #[error(
        "{0}: no such field; one of type, stage, date, place, killed, injured, missing, detained, status"
    )]
    Field(String),
    /// The field has a closed list of values, and this is none.
    #[error("{value}: no such {field}; one of {}", .known.join(", "))]
    Word {
        /// The field.
        field: &'static str,
        /// What was written.
        value: String,
        /// The closed list.
        known: Vec<&'static str>,
    },
    /// It is no day and no range of days.
    #[error("{0}: not a date; write it as 2031-05-06 or 2031-05-06/2031-05-07")]
    Date(String),
    /// It names no place.
    #[error("{0}: not a place; write it as Oran, DZ or Oran, DZ, 35.7, -0.6")]
    Place(String),
    /// It is no count.
    #[error("{0}: not a count; write it as 12, 10-15, at least 40, more than 130, up to 5 or about 60")]
    Count(String),
    /// A status is somebody's.
    #[error("a status needs the actor whose it is")]
    Actor,
}

impl Correction {
    /// The value that words give a field; `actor` says whose a status is.
    ///
    /// # Errors
    /// Where there is no such field, or the words are no value of it.
    pub fn parse(field: &str, value: &str, actor: Option<&str>) -> Result<Self, CorrectionError> {
        let value = value.trim();
        if let Some(measure) = Measure::parse(field) {
            let bounds = bounds(value).ok_or_else(|| CorrectionError::Count(value.to_owned()))?;
            return Ok(Self::Count(measure, bounds));
        }
        let word =
            |field, known: Vec<&'static str>| CorrectionError::Word { field, value: value.to_owned(), known };
        match field {
            "type" => IncidentType::parse(value)
                .map(Self::Type)
                .ok_or_else(|| word("type", IncidentType::ALL.iter().map(|kind| kind.as_str()).collect())),
            "stage" => Stage::parse(value)
                .map(Self::Stage)
                .ok_or_else(|| word("stage", Stage::ALL.iter().map(|stage| stage.as_str()).collect())),
            "date" => days(value).map(Self::Date).ok_or_else(|| CorrectionError::Date(value.to_owned())),
            "place" => place(value).map(Self::Place).ok_or_else(|| CorrectionError::Place(value.to_owned())),
            "status" => {
                let status = Status::parse(value).ok_or_else(|| {
                    word("status", Status::ALL.iter().map(|status| status.as_str()).collect())
                })?;
                let actor = actor.filter(|actor| !actor.trim().is_empty()).ok_or(CorrectionError::Actor)?;
                Ok(Self::Status { actor: actor.trim().to_owned(), status })
            }
            _ => Err(CorrectionError::Field(field.to_owned())),
        }
    }

    /// The word for the field.
    pub const fn field(&self) -> &'static str {
        match self {
            Self::Type(_) => "type",
            Self::Stage(_) => "stage",
            Self::Date(_) => "date",
            Self::Place(_) => "place",
            Self::Count(measure, _) => measure.as_str(),
            Self::Status { .. } => "status",
        }
    }

    /// The actor whose status it is.
    pub const fn actor(&self) -> Option<&String> {
        match self {
            Self::Status { actor, .. } => Some(actor),
            Self::Type(_) | Self::Stage(_) | Self::Date(_) | Self::Place(_) | Self::Count(..) => None,
        }
    }

    /// The field for people: whose status it is too.
    pub fn subject(&self) -> String {
        match self {
            Self::Status { actor, .. } => format!("status of {actor}"),
            Self::Type(_) | Self::Stage(_) | Self::Date(_) | Self::Place(_) | Self::Count(..) => {
                self.field().to_owned()
            }
        }
    }

    /// The value as [`Correction::parse`] takes it.
    pub fn value(&self) -> String {
        match self {
            Self::Type(kind) => kind.to_string(),
            Self::Stage(stage) => stage.to_string(),
            Self::Date(DateRange { start, end }) => match (start, end) {
                (Some(start), Some(end)) if start == end => start.to_string(),
                (start, end) => {
                    let day = |day: &Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
                    format!("{}/{}", day(start), day(end))
                }
            },
            Self::Place(place) => {
                let country =
                    place.country.map(|country| format!(", {}", country.as_str())).unwrap_or_default();
                let point = place.point.map(|(lat, lon)| format!(", {lat}, {lon}")).unwrap_or_default();
                format!("{}{country}{point}", place.name)
            }
            Self::Count(_, bounds) => counted(*bounds),
            Self::Status { status, .. } => status.to_string(),
        }
    }
}

fn days(value: &str) -> Option<DateRange> {
    let day = |text: &str| text.trim().parse::<Date>().ok();
    let Some((start, end)) = value.split_once('/') else { return day(value).map(DateRange::day) };
    let range = DateRange { start: day(start), end: day(end) };
    let is_read = |text: &str, day: Option<Date>| text.trim().is_empty() || day.is_some();
    let is_ordered = range.start.is_none() || range.end.is_none() || range.start <= range.end;
    let is_some = range.start.is_some() || range.end.is_some();
    (is_read(start, range.start) && is_read(end, range.end) && is_ordered && is_some).then_some(range)
}

/// Name, country and coordinates, as far as they are given: `Oran`, `Oran, DZ`, `Oran, DZ, 35.7, -0.6`.
fn place(value: &str) -> Option<Location> {
    let mut parts: Vec<&str> = value.split(',').map(str::trim).collect();
    let degrees = |text: &str, most: f64| text.parse::<f64>().ok().filter(|number| number.abs() <= most);
    let mut point = None;
    if let [.., lat, lon] = parts[..]
        && let (Some(lat), Some(lon)) = (degrees(lat, 90.0), degrees(lon, 180.0))
    {
        point = Some((lat, lon));
        parts.truncate(parts.len() - 2);
    }
    let mut country = None;
    if let [_, .., code] = parts[..]
        && code.chars().all(|sign| sign.is_ascii_uppercase())
        && let Some(known) = Country::parse(code)
    {
        country = Some(known);
        parts.pop();
    }
    let name = parts.join(", ");
    let is_name = name.chars().any(char::is_alphabetic) && !parts.iter().any(|part| part.is_empty());
    is_name.then_some(Location { name, country, admin1: None, point, precision: Precision::City })
}

fn bounds(value: &str) -> Option<Bounds> {
    let number = |text: &str| text.trim().replace(',', "").parse::<u64>().ok();
    let of = |low, high, qualifier| Some(Bounds { low, high, qualifier });
    let lower = value.to_lowercase();
    for (beginning, qualifier) in [
        ("at least ", Qualifier::AtLeast),
        ("more than ", Qualifier::MoreThan),
        ("up to ", Qualifier::UpTo),
        ("about ", Qualifier::About),
    ] {
        if let Some(rest) = lower.strip_prefix(beginning) {
            let told = number(rest)?;
            return match qualifier {
                Qualifier::MoreThan => of(Some(told.checked_add(1)?), None, qualifier),
                Qualifier::AtLeast => of(Some(told), None, qualifier),
                Qualifier::UpTo => of(None, Some(told), qualifier),
                Qualifier::Exact | Qualifier::About | Qualifier::Range => {
                    of(Some(told), Some(told), qualifier)
                }
            };
        }
    }
    if let Some((low, high)) = lower.split_once('-').or_else(|| lower.split_once(" to ")) {
        let (low, high) = (number(low)?, number(high)?);
        return (low <= high).then_some(Bounds {
            low: Some(low),
            high: Some(high),
            qualifier: Qualifier::Range,
        });
    }
    let told = number(&lower)?;
    of(Some(told), Some(told), Qualifier::Exact)
}

/// A count as [`bounds`] reads it.
fn counted(bounds: Bounds) -> String {
    match (bounds.qualifier, bounds.low, bounds.high) {
        (Qualifier::MoreThan, Some(low), _) => format!("more than {}", low.saturating_sub(1)),
        (Qualifier::About, Some(told), _) => format!("about {told}"),
        (_, Some(low), Some(high)) if low == high => low.to_string(),
        (_, Some(low), Some(high)) => format!("{low}-{high}"),
        (_, Some(low), None) => format!("at least {low}"),
        (_, None, Some(high)) => format!("up to {high}"),
        (_, None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_comes_back() {
        for (field, value) in [
            ("type", "suicide_bombing"),
            ("stage", "foiled"),
            ("date", "2031-05-06"),
            ("date", "2031-05-06/2031-05-07"),
            ("date", "/2031-05-07"),
            ("place", "Port Salis"),
            ("place", "Oran, DZ"),
            ("place", "Oran, DZ, 35.7, -0.6"),
            ("place", "Washington, D.C., US"),
            ("killed", "12"),
            ("killed", "0"),
            ("injured", "10-15"),
            ("missing", "at least 40"),
            ("detained", "more than 130"),
            ("killed", "up to 5"),
            ("killed", "about 60"),
        ] {
            let correction = Correction::parse(field, value, None);
            assert_eq!(correction.as_ref().map(Correction::value), Ok(value.to_owned()), "{field}");
            assert_eq!(correction.map(|correction| correction.field()), Ok(field));
        }
        let status = Correction::parse("status", "refuted", Some("Grey Owls"));
        assert_eq!(status.map(|status| status.subject()), Ok("status of Grey Owls".to_owned()));
    }

    #[test]
    fn what_is_no_value_is_refused_with_what_would_be_one() {
        for (field, value, actor, says) in [
            ("colour", "red", None, "no such field"),
            ("type", "rain", None, "one of bombing"),
            ("date", "soon", None, "write it as 2031-05-06"),
            ("date", "2031-05-07/2031-05-06", None, "not a date"),
            ("date", "/", None, "not a date"),
            ("place", ", DZ", None, "not a place"),
            ("killed", "many", None, "not a count"),
            ("killed", "15-10", None, "not a count"),
            ("status", "refuted", None, "needs the actor"),
            ("status", "guilty", Some("Grey Owls"), "no such status"),
        ] {
            let Err(error) = Correction::parse(field, value, actor) else {
                panic!("{field} {value} was taken")
            };
            assert!(error.to_string().contains(says), "{error}");
        }
    }
}
