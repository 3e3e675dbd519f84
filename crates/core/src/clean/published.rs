//! The time of publication as feeds, pages and command lines write it.

use jiff::civil::{Date, DateTime, Time};
use jiff::tz::Offset;
use jiff::{Timestamp, fmt::rfc2822};

use super::calendar;
use super::scan::Scanner;
use crate::document::PublishedAt;

impl PublishedAt {
    /// Reads RFC 3339, RFC 2822, a date alone, or a date with a time of day as English-language news writes it.
    /// A time of day without a zone is taken as UTC. What could mean two days (`3/4/2019`) is not read.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > 100 {
            return None;
        }
        strict(text).or_else(|| lenient(text)).filter(|at| (1800..2200).contains(&at.day().year()))
    }

    /// The instant this many seconds (or milliseconds, where it is that large) after 1970, in UTC.
    pub fn from_epoch(count: i64) -> Option<Self> {
        /// No report is dated beyond the year 5138, so that larger counts are milliseconds.
        const LARGEST_IN_SECONDS: i64 = 100_000_000_000;
        let at = if count.abs() < LARGEST_IN_SECONDS {
            Timestamp::from_second(count)
        } else {
            Timestamp::from_millisecond(count)
        };
        at.ok().map(|at| Self::Instant(at, Offset::UTC))
    }

    /// A calendar date and a time of day there; without an offset in UTC.
    fn at(date: Date, time: Time, offset: Option<Offset>) -> Option<Self> {
        let offset = offset.unwrap_or(Offset::UTC);
        let at = offset.to_timestamp(DateTime::from_parts(date, time)).ok()?;
        Some(Self::Instant(at, offset))
    }
}

fn strict(text: &str) -> Option<PublishedAt> {
    if let Ok(pieces) = jiff::fmt::temporal::DateTimeParser::new().parse_pieces(text) {
        let Some(time) = pieces.time() else { return Some(PublishedAt::Day(pieces.date())) };
        return PublishedAt::at(pieces.date(), time, pieces.to_numeric_offset());
    }
    let zoned = rfc2822::DateTimeParser::new().relaxed_weekday(true).parse_zoned(text).ok()?;
    Some(PublishedAt::Instant(zoned.timestamp(), zoned.offset()))
}

/// Date and time of day in either order, with what outlets put around them ("Published: 22 March 2024 at 9.15 pm EST").
fn lenient(text: &str) -> Option<PublishedAt> {
    let mut at = Scanner::new(text);
    let mut day = None;
    let mut time = None;
    let mut offset = None;
    while !at.rest().is_empty() {
        if day.is_none()
            && let Some(found) = calendar::date(&mut at)
        {
            day = Some(found.full()?);
        } else if time.is_none()
            && let Some(found) = calendar::time_of_day(&mut at)
        {
            time = Some(found);
            at.spaces();
            offset = calendar::zone(&mut at);
        } else if at.word().is_none() && at.number().is_none() {
            at.advance(at.peek().map_or(1, char::len_utf8));
        }
    }
    match time {
        None => day.map(PublishedAt::Day),
        Some(time) => PublishedAt::at(day?, time, offset),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(text: &str) -> Option<String> {
        match PublishedAt::parse(text)? {
            PublishedAt::Instant(at, offset) => Some(format!("{at} {offset}")),
            PublishedAt::Day(_) => None,
        }
    }

    #[test]
    fn instants_keep_their_offset() {
        for (text, wanted) in [
            ("2019-07-04T21:30:00Z", "2019-07-04T21:30:00Z +00"),
            ("2019-07-04T21:30:00.5+03:00", "2019-07-04T18:30:00.5Z +03"),
            ("2019-07-04T21:30:00+0300", "2019-07-04T18:30:00Z +03"),
            ("2019-07-04 21:30:00", "2019-07-04T21:30:00Z +00"),
            ("Thu, 04 Jul 2019 21:30:00 +0300", "2019-07-04T18:30:00Z +03"),
            ("Thu, 04 Jul 2019 21:30:00 GMT", "2019-07-04T21:30:00Z +00"),
            ("Published 9:30 PM EDT, Thu July 4, 2019", "2019-07-05T01:30:00Z -04"),
            ("July 4, 2019 at 9.30 pm", "2019-07-04T21:30:00Z +00"),
            ("2019-07-04T21:30Z", "2019-07-04T21:30:00Z +00"),
        ] {
            assert_eq!(instant(text).as_deref(), Some(wanted), "{text}");
        }
    }

    #[test]
    fn days_stay_days() {
        for text in ["2019-07-04", "July 4, 2019", "Updated: Thursday 4 July 2019", "04.07.2019", "20190704"]
        {
            let wanted = PublishedAt::Day(Date::constant(2019, 7, 4));
            assert_eq!(PublishedAt::parse(text), Some(wanted), "{text}");
        }
    }

    #[test]
    fn what_is_not_established_is_not_read() {
        for text in ["", "yesterday", "3/4/2019", "4 July", "9999999999", "0000-00-00", "2019-13-01", "21:30"]
        {
            assert_eq!(PublishedAt::parse(text), None, "{text}");
        }
    }

    #[test]
    fn epochs_in_seconds_and_milliseconds_agree() {
        assert_eq!(PublishedAt::from_epoch(1_562_275_800), PublishedAt::from_epoch(1_562_275_800_000));
    }
}
