//! What stands in the query of an address: each kind of value checks itself and describes itself.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use watchkeeper_core::reading::{Country, IncidentType, Measure, Stage};
use watchkeeper_core::resolve::notices::Outcome;
use watchkeeper_core::resolve::status::Status;

use crate::moment;

/// Declares a value that is parsed from text by a function and described by a schema.
macro_rules! value {
    ($(#[$meta:meta])* $name:ident($inner:ty), $parse:expr, $expected:literal, $schema:tt) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct $name(pub $inner);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = Cow::<'de, str>::deserialize(deserializer)?;
                let parse: fn(&str) -> Option<$inner> = $parse;
                parse(&text).map(Self).ok_or_else(|| {
                    D::Error::custom(format!("{:?} is not {}", text.chars().take(60).collect::<String>(), $expected))
                })
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    };
}

/// Declares a value that is a member of a closed list.
macro_rules! member {
    ($(#[$meta:meta])* $name:ident($list:ty)) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq)]
        pub struct $name(pub $list);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = Cow::<'de, str>::deserialize(deserializer)?;
                <$list>::parse(&text).map(Self).ok_or_else(|| {
                    let words: Vec<&str> = <$list>::ALL.iter().map(|member| member.as_str()).collect();
                    D::Error::custom(format!("expected one of {}", words.join(", ")))
                })
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                let words: Vec<&str> = <$list>::ALL.iter().map(|member| member.as_str()).collect();
                json_schema!({ "type": "string", "enum": words })
            }
        }
    };
}

value!(
    /// A moment: an RFC 3339 time, or a day, which means its end.
    Moment(Timestamp),
    moment_of,
    "a moment; write it as 2024-03-25 or 2024-03-25T18:00:00Z",
    { "type": "string", "anyOf": [{ "format": "date-time" }, { "format": "date" }] }
);
value!(
    /// A day.
    Day(Date),
    |text| (text.len() == 10).then(|| text.parse().ok()).flatten(),
    "a day; write it as 2024-03-25",
    { "type": "string", "format": "date" }
);
value!(
    /// A country by its two letters.
    CountryCode(Country),
    |text| text.bytes().all(|byte| byte.is_ascii_uppercase()).then(|| Country::parse(text)).flatten(),
    "a country; write two capitals, as KE",
    { "type": "string", "pattern": "^[A-Z]{2}$" }
);
value!(
    /// A place on the map and a distance around it in kilometres.
    Near((f64, f64, f64)),
    near,
    "a place and a distance; write it as 55.75,37.62,50",
    { "type": "string", "pattern": r"^-?[0-8]?[0-9](\.[0-9]{1,9})?,-?(1[0-7]|[0-9])?[0-9](\.[0-9]{1,9})?,[0-9]{1,5}(\.[0-9]{1,9})?$" }
);
value!(
    /// How many items a page holds.
    Limit(usize),
    |text| text.parse().ok().filter(|limit| (1..=200).contains(limit) && !text.starts_with('+')),
    "a number of items; write one from 1 to 200",
    { "type": "integer", "minimum": 1, "maximum": 200 }
);

member!(
    /// A type of incident.
    TypeWord(IncidentType)
);
member!(
    /// A stage of an incident.
    StageWord(Stage)
);
member!(
    /// A status of an actor.
    StatusWord(Status)
);
member!(
    /// What is counted.
    MeasureWord(Measure)
);
member!(
    /// An outcome of a warning or a threat.
    OutcomeWord(Outcome)
);

impl Default for Limit {
    fn default() -> Self {
        Self(50)
    }
}

fn moment_of(text: &str) -> Option<Timestamp> {
    if let Ok(day) = text.parse::<Date>()
        && text.len() == 10
    {
        // The very last days that can be written lie outside of what can be reckoned.
        return Some(moment::end_of(day).unwrap_or(Timestamp::MAX));
    }
    moment::parse("", text).ok()
}

fn near(text: &str) -> Option<(f64, f64, f64)> {
    let mut parts = text.split(',').map(|part| {
        part.bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'))
            .then(|| part.parse::<f64>())
    });
    let mut next = || parts.next()??.ok();
    let (lat, lon, km) = (next()?, next()?, next()?);
    let fits = lat.abs() <= 90.0 && lon.abs() <= 180.0 && (0.0..=100_000.0).contains(&km);
    (fits && text.matches(',').count() == 2).then_some((lat, lon, km))
}

/// Words that are looked for, of bounded length.
#[derive(Clone, Debug, PartialEq)]
pub struct Words(pub String);

/// The most that one word or phrase of a query may hold, in code points.
const LONGEST_WORDS: usize = 400;

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        match text.chars().count() {
            1..=LONGEST_WORDS => Ok(Self(text)),
            _ => Err(D::Error::custom(format!("expected 1 to {LONGEST_WORDS} characters"))),
        }
    }
}

impl JsonSchema for Words {
    fn schema_name() -> Cow<'static, str> {
        "Words".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "minLength": 1, "maxLength": LONGEST_WORDS })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_means_its_end_and_the_last_day_of_all_is_no_error() {
        assert_eq!(moment_of("2024-03-25").map(|at| at.to_string()).as_deref(), Some("2024-03-25T23:59:59Z"));
        assert!(moment_of("2024-03-25T18:00:00+02:00").is_some());
        assert_eq!(moment_of("9999-12-31"), Some(Timestamp::MAX));
        assert_eq!(moment_of("yesterday"), None);
    }

    #[test]
    fn a_distance_around_a_place() {
        assert_eq!(near("-1.29,36.82,50"), Some((-1.29, 36.82, 50.0)));
        for wrong in ["", "1,2", "1,2,3,4", "91,0,1", "0,181,1", "a,b,c", "1,2,-3", "inf,0,1", "NaN,0,1"] {
            assert_eq!(near(wrong), None, "{wrong}");
        }
    }
}
