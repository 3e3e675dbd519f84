//! Places that the news names and the compiled gazetteer lacks, from the tables in `knowledge/places/`.
//!
//! A table is tab-separated with the columns name, aliases (parted by `;`), kind, country, admin1, lat, lon, population,
//! geonames_id; the last two may be left out, and lines that begin with `#` are comments.

use std::collections::HashMap;

use smol_str::SmolStr;

use crate::places::fold::fold;
use crate::places::index::{Index, NONE, NameKind};
use crate::places::kind::PlaceKind;
use crate::reading::Country;

/// Why a table of places cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StandingError {
    /// A row does not have the columns.
    #[error("{table}, line {line}: {what}")]
    Row {
        /// Which table.
        table: String,
        /// Which line, from 1.
        line: usize,
        /// What is wrong with it.
        what: String,
    },
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    pub name: SmolStr,
    pub kind: PlaceKind,
    pub country: Option<Country>,
    /// Admin-1 division in the index that it is or lies in.
    pub admin1: u16,
    pub lat: f32,
    pub lon: f32,
    pub population: u32,
    pub geonames_id: u32,
}

/// A name of a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StandingName {
    pub row: u32,
    pub name: NameKind,
    /// Set where only this very spelling counts: an abbreviation.
    pub exact: Option<SmolStr>,
}

/// All rows, by folded name.
#[derive(Default, Debug)]
pub(super) struct Standing {
    pub rows: Vec<Row>,
    names: HashMap<SmolStr, Vec<StandingName>>,
}

impl Standing {
    /// Adds the rows of a table.
    pub fn add_table(&mut self, table: &str, text: &str, index: Option<&Index>) -> Result<(), StandingError> {
        for (number, line) in text.lines().enumerate() {
            let line = line.trim_end();
            if !line.is_empty() && !line.starts_with('#') {
                self.add_row(line, index).map_err(|what| StandingError::Row {
                    table: table.to_owned(),
                    line: number + 1,
                    what,
                })?;
            }
        }
        Ok(())
    }

    fn add_row(&mut self, line: &str, index: Option<&Index>) -> Result<(), String> {
        let column: Vec<&str> = line.split('\t').collect();
        let [name, aliases, kind, country, admin1, lat, lon, rest @ ..] = column.as_slice() else {
            return Err(format!("{} columns instead of at least 7", column.len()));
        };
        let kind = PlaceKind::parse(kind).ok_or_else(|| format!("no kind of place is called {kind:?}"))?;
        let country = match *country {
            "" => None,
            code => Some(Country::parse(code).ok_or_else(|| format!("{code:?} is no country code"))?),
        };
        let degrees = |text: &str, most: f32| {
            text.parse()
                .ok()
                .filter(|value: &f32| value.abs() <= most)
                .ok_or(format!("{text:?} is no degree"))
        };
        let whole = |n: usize, or: u32| match rest.get(n).copied().unwrap_or("") {
            "" => Ok(or),
            text => text.parse().map_err(|_| format!("{text:?} is no whole number")),
        };
        let row = Row {
            name: SmolStr::new(name),
            kind,
            country,
            admin1: division(index, country, admin1),
            lat: degrees(lat, 90.0)?,
            lon: degrees(lon, 180.0)?,
            population: whole(0, standing_of(kind))?,
            geonames_id: whole(1, 0)?,
        };
        self.name(name, NameKind::Main);
        for alias in aliases.split(';').filter(|alias| !alias.is_empty()) {
            self.name(alias, NameKind::Variant);
        }
        self.rows.push(row);
        Ok(())
    }

    fn name(&mut self, text: &str, name: NameKind) {
        let row = self.rows.len() as u32;
        let short = text.len() <= 3 && text.chars().all(|c| c.is_ascii_uppercase());
        let exact = (short || text.ends_with('.')).then(|| SmolStr::new(text));
        self.names.entry(SmolStr::from(fold(text))).or_default().push(StandingName { row, name, exact });
    }

    /// The rows that bear a folded name.
    pub fn named(&self, folded: &str) -> &[StandingName] {
        self.names.get(folded).map_or(&[], Vec::as_slice)
    }
}

/// What stands for the population of a place that has none: how often the news names its like.
const fn standing_of(kind: PlaceKind) -> u32 {
    match kind {
        PlaceKind::Continent => 500_000_000,
        PlaceKind::Country | PlaceKind::Sea | PlaceKind::Region | PlaceKind::River => 5_000_000,
        PlaceKind::Admin1 | PlaceKind::Lake | PlaceKind::Land | PlaceKind::Island => 1_000_000,
        PlaceKind::Capital
        | PlaceKind::Seat
        | PlaceKind::Town
        | PlaceKind::Section
        | PlaceKind::Admin2
        | PlaceKind::Airport
        | PlaceKind::Facility => 300_000,
    }
}

fn division(index: Option<&Index>, country: Option<Country>, name: &str) -> u16 {
    let (Some(index), Some(country), false) = (index, country, name.is_empty()) else { return NONE };
    index
        .lookup(&fold(name))
        .filter_map(|hit| index.record(hit.record))
        .find(|record| record.kind == PlaceKind::Admin1 && record.country == country.0)
        .map_or(NONE, |record| record.admin1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Result<Standing, StandingError> {
        let mut standing = Standing::default();
        standing.add_table("test.tsv", text, None).map(|()| standing)
    }

    #[test]
    fn a_row_is_found_by_name_and_alias() {
        let standing =
            table("# comment\nNorth Kivu\tNord-Kivu;N.K.\tregion\tCD\t\t-0.8\t29\n").expect("a good table");
        assert_eq!(standing.named("north kivu").len(), 1);
        assert_eq!(standing.named("nord kivu")[0].name, NameKind::Variant);
        assert_eq!(standing.named("nk")[0].exact.as_deref(), Some("N.K."));
    }

    #[test]
    fn a_bad_row_is_told_by_its_line() {
        let error = table("\nX\t\tvillage\tCD\t\t0\t0\n").expect_err("no such kind");
        assert_eq!(error.to_string(), "test.tsv, line 2: no kind of place is called \"village\"");
        assert!(table("X\t\ttown\tCD\t\t95\t0\n").is_err());
        assert!(table("X\t\ttown").is_err());
    }
}
