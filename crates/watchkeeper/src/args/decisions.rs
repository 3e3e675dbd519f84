//! The flags of the commands by which people decide.

use clap::Args;

use super::{Format, StoreAddress};

/// Who decides, and why.
#[derive(Debug, Args)]
pub struct Deciding {
    /// Why.
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub reason: String,
    /// Who decides [default: the name of the user of this machine].
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
    /// Where.
    #[command(flatten)]
    pub address: StoreAddress,
}

/// `watchkeeper accept`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  echo '{\"url\":\"http://a.example\",\"published\":\"2024-03-04\",' > a.json\n  echo '\"text\":\"A bomb killed two people in Oran.\"}' >> a.json\n  watchkeeper ingest a.json\n  watchkeeper accept 04f7-c --reason 'seen on film'"
)]
pub struct Accept {
    /// The fact, by its id or enough of both its halves; `record --format json` shows them.
    #[arg(value_name = "FACT")]
    pub fact: String,
    /// Who and why.
    #[command(flatten)]
    pub deciding: Deciding,
}

/// `watchkeeper reject`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  echo '{\"url\":\"http://a.example\",\"published\":\"2024-03-04\",' > a.json\n  echo '\"text\":\"A bomb killed two people in Oran.\"}' >> a.json\n  watchkeeper ingest a.json\n  watchkeeper reject 04f7-c --reason 'an older toll'"
)]
pub struct Reject {
    /// The fact, by its id or enough of both its halves; `record --format json` shows them.
    #[arg(value_name = "FACT")]
    pub fact: String,
    /// Who and why.
    #[command(flatten)]
    pub deciding: Deciding,
}

/// `watchkeeper override`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  echo '{\"url\":\"http://a.example\",\"published\":\"2024-03-04\",' > a.json\n  echo '\"text\":\"A bomb killed two people in Oran.\"}' >> a.json\n  watchkeeper ingest a.json\n  watchkeeper override 04f7 killed 'at least 3' --reason 'one died later'\n  watchkeeper override 04f7 place 'Oran, DZ' --reason 'told so by the mayor'"
)]
pub struct Override {
    /// The incident, by an id that it has or had, or enough of it.
    #[arg(value_name = "INCIDENT")]
    pub incident: String,
    /// type, stage, date, place, killed, injured, missing, detained or status.
    #[arg(value_name = "FIELD")]
    pub field: String,
    /// The value: a word, 2031-05-06 or 2031-05-06/2031-05-07, Oran or "Oran, DZ", 12, 10-15 or "at least 40".
    #[arg(value_name = "VALUE")]
    pub value: String,
    /// Whose status it is.
    #[arg(long, value_name = "NAME")]
    pub actor: Option<String>,
    /// Who and why.
    #[command(flatten)]
    pub deciding: Deciding,
}

/// `watchkeeper merge`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  echo '{\"url\":\"http://a.example\",\"published\":\"2024-03-04\",' > a.json\n  echo '\"text\":\"A bomb killed two people in Oran.\"}' >> a.json\n  echo '{\"url\":\"http://b.example\",\"published\":\"2024-03-05\",' > b.json\n  echo '\"text\":\"Gunmen killed five in Lima.\"}' >> b.json\n  watchkeeper ingest a.json b.json\n  watchkeeper merge 91f3 04f7 --reason 'a slip of the agency'"
)]
pub struct Merge {
    /// The incident that goes, by an id that it has or had, or enough of it.
    #[arg(value_name = "INCIDENT")]
    pub incident: String,
    /// The incident that stays.
    #[arg(value_name = "INTO")]
    pub into: String,
    /// Who and why.
    #[command(flatten)]
    pub deciding: Deciding,
}

/// `watchkeeper split`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  echo '{\"url\":\"http://a.example\",\"published\":\"2024-03-04\",' > a.json\n  echo '\"text\":\"A bomb killed two people in Oran.\"}' >> a.json\n  echo '{\"url\":\"http://b.example\",\"published\":\"2024-03-05\",' > b.json\n  echo '\"text\":\"Gunmen killed five in Lima.\"}' >> b.json\n  watchkeeper ingest a.json b.json\n  watchkeeper merge 91f3 04f7\n  watchkeeper split 04f7 http://b.example --reason 'another town'"
)]
pub struct Split {
    /// The incident, by an id that it has or had, or enough of it.
    #[arg(value_name = "INCIDENT")]
    pub incident: String,
    /// The reports that tell of another incident: ids of versions, or addresses.
    #[arg(value_name = "REPORT", required = true)]
    pub reports: Vec<String>,
    /// Who and why.
    #[command(flatten)]
    pub deciding: Deciding,
}

/// `watchkeeper rate`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  echo '{\"url\":\"http://a.example\",\"published\":\"2024-03-04\",' > a.json\n  echo '\"text\":\"A bomb killed two people in Oran.\",\"source\":\"Courier\"}' >> a.json\n  watchkeeper ingest a.json\n  watchkeeper rate Courier B2 --reason 'right in nine of ten'"
)]
pub struct Rate {
    /// The outlet.
    #[arg(value_name = "SOURCE")]
    pub source: String,
    /// Its grade on the Admiralty scale: A (completely reliable) to F (cannot be judged), 1 (confirmed) to 6 (cannot be judged).
    #[arg(value_name = "GRADE")]
    pub grade: String,
    /// Who and why.
    #[command(flatten)]
    pub deciding: Deciding,
}

/// `watchkeeper note`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  echo '{\"url\":\"http://a.example\",\"published\":\"2024-03-04\",' > a.json\n  echo '\"text\":\"A bomb killed two people in Oran.\"}' >> a.json\n  watchkeeper ingest a.json\n  watchkeeper note 04f7 'the film shows the north gate'"
)]
pub struct Note {
    /// The incident, by an id that it has or had, or enough of it.
    #[arg(value_name = "INCIDENT")]
    pub incident: String,
    /// The remark.
    #[arg(value_name = "TEXT")]
    pub text: String,
    /// Who and why.
    #[command(flatten)]
    pub deciding: Deciding,
}

/// `watchkeeper unmask`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  watchkeeper unmask 'Marek Olen' --reason 'convicted, final'")]
pub struct Unmask {
    /// The name.
    #[arg(value_name = "NAME")]
    pub person: String,
    /// Who and why.
    #[command(flatten)]
    pub deciding: Deciding,
}

/// `watchkeeper undo`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  watchkeeper unmask 'Marek Olen'\n  watchkeeper undo d1 --reason 'not final yet'"
)]
pub struct Undo {
    /// The decision, as d12.
    #[arg(value_name = "DECISION")]
    pub decision: String,
    /// Who and why.
    #[command(flatten)]
    pub deciding: Deciding,
}

/// `watchkeeper decisions`.
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  watchkeeper decisions")]
pub struct Decisions {
    /// Only those on this incident, by an id that it has or had, or enough of it.
    #[arg(long, value_name = "INCIDENT")]
    pub incident: Option<String>,
    /// Those that the store held by then [default: now]; a day means its end.
    #[arg(long, value_name = "TIME")]
    pub recorded_by: Option<String>,
    /// How to print them.
    #[arg(long, value_enum, default_value = "text")]
    pub format: Format,
    /// Where.
    #[command(flatten)]
    pub address: StoreAddress,
}

/// `watchkeeper forget`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  echo '{\"url\":\"http://a.example\",\"published\":\"2024-03-04\",' > a.json\n  echo '\"text\":\"A bomb killed two people in Oran.\"}' >> a.json\n  watchkeeper ingest a.json\n  watchkeeper forget --report http://a.example --reason 'withdrawn by the outlet'\n  watchkeeper forget --person 'Marek Olen' --reason 'acquitted, by request'"
)]
pub struct Forget {
    /// The report whose versions are all removed: an address, or the id of a version.
    #[arg(long, value_name = "ID|URL", required_unless_present = "person", conflicts_with = "person")]
    pub report: Option<String>,
    /// The person whose name is masked wherever it stands.
    #[arg(long, value_name = "NAME")]
    pub person: Option<String>,
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Who decides [default: the name of the user of this machine].
    #[arg(long, value_name = "NAME")]
    pub author: Option<String>,
    /// Where.
    #[command(flatten)]
    pub address: StoreAddress,
}
