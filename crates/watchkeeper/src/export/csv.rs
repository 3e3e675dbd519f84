//! Incidents as a table with the columns that ACLED's users know, RFC 4180.

use watchkeeper_core::places::Gazetteer;
use watchkeeper_core::reading::{DateRange, Measure, Precision};
use watchkeeper_core::resolve::claims::AttributionRow;
use watchkeeper_core::resolve::counts::CountRow;
use watchkeeper_core::resolve::record::RecordIncident;

use crate::page::{plain, words};

/// A cell of a table.
enum Cell {
    /// Words: they may come from outside.
    Text(String),
    /// A number of ours.
    Number(String),
    /// Nothing is established.
    Empty,
}

impl Cell {
    fn text(text: Option<impl Into<String>>) -> Self {
        text.map_or(Self::Empty, |text| Self::Text(text.into()))
    }

    fn number(number: Option<impl ToString>) -> Self {
        number.map_or(Self::Empty, |number| Self::Number(number.to_string()))
    }

    /// What is written: no control characters, and nothing that a spreadsheet would take for a formula.
    fn written(self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Number(number) => number,
            Self::Text(text) => {
                let line = plain::one_line(&text);
                if line.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) {
                    format!("'{line}")
                } else {
                    line
                }
            }
        }
    }
}

/// The columns, in their order.
const COLUMNS: [&str; 33] = [
    "event_id",
    "event_date",
    "event_date_end",
    "time_precision",
    "year",
    "event_type",
    "stage",
    "actor1",
    "actor1_status",
    "actor2",
    "actor2_status",
    "other_actors",
    "country",
    "iso",
    "admin1",
    "location",
    "latitude",
    "longitude",
    "geo_precision",
    "targets",
    "weapons",
    "fatalities",
    "fatalities_low",
    "fatalities_high",
    "fatalities_qualifier",
    "injured_low",
    "injured_high",
    "source",
    "reports",
    "origins",
    "links",
    "notes",
    "last_published",
];

/// Incidents as CSV, a row each below a row of names.
///
/// # Errors
/// Never for what is written to memory; the signature is that of the writer.
pub fn table(incidents: &[RecordIncident], places: &Gazetteer) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for incident in incidents {
        writer.write_record(row(incident, places).map(Cell::written))?;
    }
    Ok(writer.into_inner().map_err(|error| error.into_error())?)
}

fn row(incident: &RecordIncident, places: &Gazetteer) -> [Cell; 33] {
    let first = incident.date.and_then(|date| date.start.or(date.end));
    let last = incident.date.and_then(|date| date.end.or(date.start));
    let place = incident.place.as_ref();
    let country = place.and_then(|place| place.country);
    let point = place.filter(|place| place.precision != Precision::Country).and_then(|place| place.point);
    let in_force = |measure: Measure| incident.counts.get(&measure).and_then(CountRow::bounds);
    let (killed, injured) = (in_force(Measure::Killed), in_force(Measure::Injured));
    let mut actors = incident.attributions.iter().filter(|row| row.status.is_some());
    let (one, two) = (actors.next(), actors.next());
    let others: Vec<String> = actors.map(|row| row.actor.name.clone()).collect();
    let name = |row: Option<&AttributionRow>| Cell::text(row.map(|row| row.actor.name.clone()));
    let status =
        |row: Option<&AttributionRow>| Cell::text(row.and_then(|row| row.status).map(|s| s.to_string()));
    let listed = |all: Vec<String>| Cell::text((!all.is_empty()).then(|| all.join("; ")));
    let mut sources: Vec<String> = Vec::new();
    for source in incident.reports.iter().filter_map(|report| report.source.clone()) {
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    [
        Cell::text(Some(incident.id.clone())),
        Cell::text(first.map(|day| day.to_string())),
        Cell::text(last.map(|day| day.to_string())),
        Cell::number(incident.date.map(time_precision)),
        Cell::number(first.map(|day| day.year())),
        Cell::text(Some(incident.kind.as_str())),
        Cell::text(Some(incident.stage.as_str())),
        name(one),
        status(one),
        name(two),
        status(two),
        listed(others),
        Cell::text(country.map(|code| {
            places.country(code).map_or_else(|| code.as_str().to_owned(), |entry| entry.name.to_owned())
        })),
        Cell::text(country.map(|code| code.as_str().to_owned())),
        Cell::text(place.and_then(|place| place.admin1.clone())),
        Cell::text(place.map(|place| place.name.clone())),
        Cell::number(point.map(|(lat, _)| format!("{lat:.5}"))),
        Cell::number(point.map(|(_, lon)| format!("{lon:.5}"))),
        Cell::number(place.map(|place| geo_precision(place.precision))),
        listed(incident.targets.clone()),
        listed(incident.weapons.clone()),
        // One number for those who need one: the lower bound, as it is the one that is asserted.
        Cell::number(killed.and_then(|bounds| bounds.low.or(bounds.high))),
        Cell::number(killed.and_then(|bounds| bounds.low)),
        Cell::number(killed.and_then(|bounds| bounds.high)),
        Cell::text(killed.map(|bounds| bounds.qualifier.as_str())),
        Cell::number(injured.and_then(|bounds| bounds.low)),
        Cell::number(injured.and_then(|bounds| bounds.high)),
        listed(sources),
        Cell::number(Some(incident.reports.len())),
        Cell::number(Some(incident.origins)),
        listed(incident.reports.iter().map(|report| report.identity.clone()).collect()),
        Cell::text(incident.evidence.first().map(|quote| plain::quoted(&plain::one_line(&quote.text), 300))),
        Cell::text(incident.reports.last().map(|report| report.published.to_string())),
    ]
}

/// 1 for a day, 2 for a week or a part of a month, 3 for a month or more (ACLED's codebook).
fn time_precision(range: DateRange) -> u8 {
    let days = match (range.start, range.end) {
        (Some(start), Some(end)) => end.since(start).map_or(i32::MAX, |span| span.get_days()),
        (Some(_), None) | (None, Some(_)) | (None, None) => i32::MAX,
    };
    match days {
        ..1 => 1,
        1..14 => 2,
        14.. => 3,
    }
}

/// 1 for a town or spot, 2 for a part of a region, 3 for a region or more (ACLED's codebook).
const fn geo_precision(precision: Precision) -> u8 {
    match precision {
        Precision::Exact | Precision::City => 1,
        Precision::Region => 2,
        Precision::Country => 3,
    }
}

/// What an incident is called in a table or on a map.
pub fn title(incident: &RecordIncident, places: &Gazetteer) -> String {
    plain::one_line(&words::incident(incident, places))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_numbers_stay_numbers() {
        for evil in ["=1+1", "+A1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u{feff}=1", "＝1"] {
            let written = Cell::Text(evil.to_owned()).written();
            assert!(written.starts_with('\''), "{evil:?} became {written:?}");
        }
        assert_eq!(Cell::Text("Port Salis".to_owned()).written(), "Port Salis");
        assert_eq!(Cell::Number("-12.04637".to_owned()).written(), "-12.04637");
    }
}
