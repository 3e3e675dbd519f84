//! Incidents for other programs: tables, maps, lines of JSON. They carry quotes and addresses, never full texts.

mod csv;
mod geojson;

pub use csv::table;
pub use geojson::features;
