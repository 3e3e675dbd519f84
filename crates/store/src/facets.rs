//! By what incidents and warnings are found that need not be loaded to know: names, stances, days, places.

use std::collections::BTreeSet;

use jiff::civil::Date;
use watchkeeper_core::resolve::ledger::Assignment;
use watchkeeper_core::resolve::notices::window;
use watchkeeper_core::resolve::version::Version;

use crate::error::StoreError;
use crate::sql::{Sql, Value};

/// Dates told more vaguely than this are looked through one by one, so that the others can be found by their first day.
pub const LONG_DAYS: i32 = 31;

/// Whether days that something is told to have happened on are more than that.
pub fn is_long(first: Date, last: Date) -> bool {
    last.since(first).map_or(true, |span| span.get_days() > LONG_DAYS)
}

/// By which names and stances an incident can be asked for.
pub fn write_acts(
    sql: &mut dyn Sql,
    version: &Version,
    number: i64,
    assignments: &[Assignment],
) -> Result<(), StoreError> {
    for Assignment { fact, incident, .. } in assignments {
        let mut acts = BTreeSet::new();
        for act in version.facts.attributions.iter().filter(|act| act.incident == *fact) {
            let names = std::iter::once(&act.actor.name).chain(&act.actor.aliases);
            acts.extend(names.map(|name| (name.to_lowercase(), act.stance.as_str())));
        }
        for (name, stance) in acts {
            sql.run(
                "INSERT INTO acts (name, stance, time_us, number, fact, incident) VALUES ($1, $2, $3, $4, $5, $6)",
                &[
                    name.into(),
                    stance.into(),
                    version.time.as_microsecond().into(),
                    Value::Int(number),
                    (*fact).into(),
                    incident.into(),
                ],
            )?;
        }
    }
    Ok(())
}

/// Where and when the warnings of a version hold, so that what followed them finds them.
pub fn write_warned(sql: &mut dyn Sql, version: &Version) -> Result<(), StoreError> {
    for (number, fact) in version.facts.warnings.iter().enumerate() {
        let days = window(fact, version.day);
        let (Some(place), Some(first), Some(last)) = (&fact.place, days.start, days.end) else { continue };
        sql.run(
            "INSERT INTO warned (version, number, time_us, country, lat, lon, first_day, last_day)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            &[
                version.id.as_str().into(),
                number.into(),
                version.time.as_microsecond().into(),
                place.country.map(|country| country.as_str().to_owned()).into(),
                place.point.map(|(lat, _)| lat).into(),
                place.point.map(|(_, lon)| lon).into(),
                first.to_string().into(),
                last.to_string().into(),
            ],
        )?;
    }
    Ok(())
}
