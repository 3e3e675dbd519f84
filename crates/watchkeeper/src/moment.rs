//! Moments as people type them.

use anyhow::Context;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use watchkeeper_core::document::PublishedAt;

/// The moment that a flag names: an RFC 3339 time, or a day, which means its end.
///
/// # Errors
/// Where it is neither.
pub fn parse(flag: &str, text: &str) -> anyhow::Result<Timestamp> {
    if let Ok(time) = text.parse::<Timestamp>() {
        return Ok(time);
    }
    let day: Date = text.parse().ok().with_context(|| {
        format!("{flag} {text}: not a time; write it as 2024-03-25 or 2024-03-25T18:00:00Z")
    })?;
    end_of(day)
}

/// The day that a flag names.
///
/// # Errors
/// Where it is none.
pub fn day(flag: &str, text: &str) -> anyhow::Result<Date> {
    text.parse().ok().with_context(|| format!("{flag} {text}: not a date; write it as 2024-03-25"))
}

/// From when on what was published then counts. A day alone means its end, lest it be known too early.
///
/// # Errors
/// Where the day lies outside of what a time can hold.
pub fn of(published: PublishedAt) -> anyhow::Result<Timestamp> {
    match published {
        PublishedAt::Instant(time, _) => Ok(time),
        PublishedAt::Day(day) => end_of(day),
    }
}

/// The last second of a day.
///
/// # Errors
/// Where the day lies outside of what a time can hold.
pub fn end_of(day: Date) -> anyhow::Result<Timestamp> {
    Offset::UTC
        .to_timestamp(day.at(23, 59, 59, 0))
        .with_context(|| format!("{day}: outside of what can be reckoned"))
}
