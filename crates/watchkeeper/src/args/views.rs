//! The flags of the commands that look into the record.

use clap::{Args, ValueEnum};

use super::{Format, StoreAddress};

/// Which moment is asked about.
#[derive(Debug, Args)]
pub struct Moments {
    /// What was published by then [default: now]; a day means its end.
    #[arg(long, value_name = "TIME")]
    pub as_of: Option<String>,
    /// What the store held by then [default: now]; a day means its end.
    #[arg(long, value_name = "TIME")]
    pub recorded_by: Option<String>,
}

/// Which incidents are asked for.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Only incidents")]
pub struct Filters {
    /// In this country, as KE.
    #[arg(long, value_name = "CODE")]
    pub country: Option<String>,
    /// Near this place: its name, as Tripoli or "Tripoli, Lebanon", or latitude and longitude, as 34.4,35.8.
    #[arg(long, value_name = "NAME|LAT,LON", allow_hyphen_values = true)]
    pub near: Option<String>,
    /// So many kilometres from that place.
    #[arg(long, value_name = "N", default_value_t = 50.0, value_parser = kilometres)]
    pub within_km: f64,
    /// On this day or later.
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,
    /// On this day or earlier.
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,
    /// Of this type, as bombing.
    #[arg(long = "type", value_name = "TYPE")]
    pub kind: Option<String>,
    /// That came so far, as foiled.
    #[arg(long, value_name = "STAGE")]
    pub stage: Option<String>,
    /// For which this actor is said to be responsible.
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,
    /// In which some actor has this status, as contested.
    #[arg(long, value_name = "STATUS")]
    pub status: Option<String>,
    /// Of which this outlet tells.
    #[arg(long, value_name = "OUTLET")]
    pub source: Option<String>,
    /// Of which a report has all of these words, in whatever form.
    #[arg(long, value_name = "WORDS")]
    pub text: Option<String>,
}

fn kilometres(text: &str) -> Result<f64, String> {
    let km: f64 = text.parse().map_err(|_| "expected a number of kilometres, as 50".to_owned())?;
    if (0.0..=20_038.0).contains(&km) { Ok(km) } else { Err("expected 0 to 20038 kilometres".to_owned()) }
}

/// `watchkeeper record`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  watchkeeper record --as-of 2031-05-07 --format json\n  watchkeeper record --near Oran --within-km 100 --stage accomplished"
)]
pub struct Record {
    /// Where.
    #[command(flatten)]
    pub address: StoreAddress,
    /// When.
    #[command(flatten)]
    pub moments: Moments,
    /// How to print it.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// Which.
    #[command(flatten)]
    pub filters: Filters,
}

/// `watchkeeper search`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  watchkeeper search ferry bombing --as-of 2031-05-07")]
pub struct Search {
    /// Words that must all stand in a report, in whatever form: bombed finds bombing.
    #[arg(value_name = "WORDS", required = true)]
    pub words: Vec<String>,
    /// Where.
    #[command(flatten)]
    pub address: StoreAddress,
    /// When.
    #[command(flatten)]
    pub moments: Moments,
    /// How to print what is found.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// How many reports to print, the latest first.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: usize,
}

/// `watchkeeper show`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  echo 'A bomb killed two people in Oran, police said.' > oran.txt && watchkeeper ingest oran.txt\n  watchkeeper show $(watchkeeper export --format jsonl | head -n 1 | cut -d '\"' -f 4)"
)]
pub struct Show {
    /// The incident's id, or its beginning where no other begins so.
    #[arg(value_name = "INCIDENT")]
    pub incident: String,
    /// Where.
    #[command(flatten)]
    pub address: StoreAddress,
    /// When.
    #[command(flatten)]
    pub moments: Moments,
    /// Print why its reports were linked, too.
    #[arg(long)]
    pub why: bool,
    /// How to print it.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
}

/// `watchkeeper timeline`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  watchkeeper timeline --country DZ --from 2031-05-01")]
pub struct Timeline {
    /// Where.
    #[command(flatten)]
    pub address: StoreAddress,
    /// When.
    #[command(flatten)]
    pub moments: Moments,
    /// How to print it.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// Which.
    #[command(flatten)]
    pub filters: Filters,
}

/// `watchkeeper export`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  watchkeeper export --format csv --from 2031-05-01 > incidents.csv")]
pub struct Export {
    /// As what.
    #[arg(long, value_enum)]
    pub format: ExportFormat,
    /// Where.
    #[command(flatten)]
    pub address: StoreAddress,
    /// When.
    #[command(flatten)]
    pub moments: Moments,
    /// Which.
    #[command(flatten)]
    pub filters: Filters,
}

/// How incidents are exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// A table, the columns named as ACLED names them.
    Csv,
    /// A map.
    Geojson,
    /// One JSON object a line, as the record holds them.
    Jsonl,
}

/// `watchkeeper versions`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  echo 'A bomb killed two people in Oran.' > note.txt && watchkeeper ingest note.txt\n  watchkeeper versions note.txt"
)]
pub struct Versions {
    /// The report's address, the path of its file, or the id of a version of it.
    #[arg(value_name = "REPORT")]
    pub report: String,
    /// Where.
    #[command(flatten)]
    pub address: StoreAddress,
    /// How to print them.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
}
