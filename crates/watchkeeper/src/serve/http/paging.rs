//! Pages by cursor: a page ends at an item's place in the order, which is its time (or number) and its id, so that many
//! items of one time lose none.

use std::borrow::Cow;

use jiff::Timestamp;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};

/// The place of an item in a list's order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Its time in microseconds, or its number.
    pub rank: i64,
    /// Its id.
    pub id: String,
}

/// The place at which a page ended, as callers hand it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor(pub Place);

/// A page of a list.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Page<T> {
    /// The items.
    pub items: Vec<T>,
    /// What to give as `cursor` for the next page; null on the last.
    pub next: Option<String>,
    /// What was published by then.
    pub as_of: String,
    /// What the store held by then.
    pub recorded_by: String,
}

const DIGITS: usize = 16;
const LONGEST_ID_BYTES: usize = 256;

impl Place {
    /// As it goes over the wire: hexadecimal, the rank in 16 digits, then the bytes of the id.
    pub fn cursor(&self) -> String {
        let id = self.id.as_bytes();
        let id: String = id.iter().take(LONGEST_ID_BYTES).map(|byte| format!("{byte:02x}")).collect();
        format!("{:016x}{id}", self.rank.cast_unsigned())
    }
}

impl Cursor {
    /// Time and id, where the list goes by time. A time that cannot be is the first or last that can.
    pub fn moment(&self) -> (Timestamp, String) {
        let beyond = if self.0.rank < 0 { Timestamp::MIN } else { Timestamp::MAX };
        (Timestamp::from_microsecond(self.0.rank).unwrap_or(beyond), self.0.id.clone())
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse(&text).map(Self).ok_or_else(|| D::Error::custom("not a cursor of this list; begin without one"))
    }
}

fn parse(text: &str) -> Option<Place> {
    let is_lower_hex = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f');
    let fits = text.len() <= DIGITS + 2 * LONGEST_ID_BYTES && text.len().is_multiple_of(2);
    if !fits || !text.bytes().all(is_lower_hex) {
        return None;
    }
    let rank = u64::from_str_radix(text.get(..DIGITS)?, 16).ok()?.cast_signed();
    let bytes: Option<Vec<u8>> = text
        .as_bytes()
        .get(DIGITS..)?
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok())
        .collect();
    Some(Place { rank, id: String::from_utf8_lossy(&bytes?).into_owned() })
}

impl JsonSchema for Cursor {
    fn schema_name() -> Cow<'static, str> {
        "Cursor".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": "^[0-9a-f]{16}([0-9a-f]{2}){0,256}$" })
    }
}

/// One page of items that are in the order of their places, the greatest first, and the cursor of the next.
pub fn cut<T>(
    items: impl IntoIterator<Item = (Place, T)>,
    after: Option<&Cursor>,
    limit: usize,
) -> (Vec<T>, Option<String>) {
    let mut rest = items.into_iter().skip_while(|(place, _)| after.is_some_and(|cursor| *place >= cursor.0));
    let mut page = Vec::new();
    let mut last = None;
    for (place, item) in rest.by_ref().take(limit) {
        last = Some(place);
        page.push(item);
    }
    let next = last.filter(|_| rest.next().is_some()).map(|place| place.cursor());
    (page, next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_comes_back_as_it_was() {
        for (rank, id) in [(0, "a-1"), (-1, ""), (i64::MIN, "Île"), (i64::MAX, "x")] {
            let place = Place { rank, id: id.to_owned() };
            assert_eq!(parse(&place.cursor()), Some(place));
        }
        for wrong in ["", "0", "00000000000000000", "000000000000000g", "FFFFFFFFFFFFFFFF", "é"] {
            assert_eq!(parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn items_of_one_rank_lose_none() {
        let places = (0..1000).rev().map(|number| Place { rank: 7, id: format!("{number:04}") });
        let items: Vec<(Place, String)> = places.map(|place| (place.clone(), place.id)).collect();
        let (mut seen, mut cursor) = (Vec::new(), None);
        loop {
            let (page, next) = cut(items.iter().cloned(), cursor.as_ref(), 7);
            seen.extend(page);
            match next {
                Some(next) => cursor = parse(&next).map(Cursor),
                None => break,
            }
        }
        assert_eq!(seen, items.into_iter().map(|(_, id)| id).collect::<Vec<_>>());
    }
}
