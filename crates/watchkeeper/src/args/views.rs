//! The flags of the commands that look into the record.

use clap::Args;

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
