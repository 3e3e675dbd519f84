//! One incident with all that hangs on it as JSON, `watchkeeper/incident/1`.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::Serialize;
use watchkeeper_core::places::Gazetteer;
use watchkeeper_core::resolve::contradictions::Contradiction;
use watchkeeper_core::resolve::ledger::Assignment;

use super::record::{WireActor, WireIncident, WireThreat, WireWarning};
use super::words;
use crate::changes::{self, ChangesOfReport};
use crate::views::dossier::{Account, Dossier, Saying};

/// One incident.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireDossier {
    #[schemars(extend("const" = "watchkeeper/incident/1"))]
    schema: &'static str,
    as_of: String,
    recorded_by: String,
    title: String,
    #[serde(flatten)]
    incident: WireIncident,
    /// How many outlets report it.
    outlets: usize,
    /// What is said of each actor, each saying once with all reports that carry it.
    accounts: Vec<WireAccount>,
    /// Accounts that exclude each other.
    contradictions: Vec<WireContradiction>,
    warnings_detail: Vec<WireLead>,
    threats: Vec<WireThreat>,
    /// What each report changed.
    changes: Vec<ChangesOfReport>,
    /// Why its reports were linked to it.
    links: Vec<WireLink>,
}

/// What is said of one actor.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireAccount {
    actor: WireActor,
    #[schemars(schema_with = "words::statuses_or_null")]
    status: Option<&'static str>,
    sayings: Vec<WireSaying>,
}

/// What one speaker says in one sense.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireSaying {
    speaker: Option<WireActor>,
    #[schemars(schema_with = "words::stances")]
    stance: &'static str,
    published: String,
    quote: Option<String>,
    /// The reports that carry it.
    reports: Vec<String>,
    origins: usize,
}

/// Accounts that exclude each other.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum WireContradiction {
    /// Several claim it for themselves.
    Claimants { actors: Vec<String> },
    /// Somebody asserts what somebody else denies.
    Denied { actor: String, asserted_by: Vec<String>, denied_by: Vec<String> },
    /// Of one state, one voice asserts what another one denies.
    OneState { actor: String, country: String, asserted_by: String, denied_by: String },
    /// Of one state, voices hold different actors responsible.
    OtherAccused { country: String, speakers: [String; 2], actors: [String; 2] },
}

/// A warning and how long before the incident it was given.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireLead {
    #[serde(flatten)]
    warning: WireWarning,
    lead_days: Option<i32>,
}

/// Why an incident of a report was linked.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireLink {
    report: String,
    /// Which incident of the report, counted from nought.
    fact: usize,
    /// The sum of the weights; null for the report that founded the incident.
    score: Option<f32>,
    reasons: Vec<WireReason>,
}

/// One part of a comparison.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WireReason {
    part: &'static str,
    finding: String,
    weight: f32,
}

impl WireDossier {
    /// An incident of the record of a moment, as the store held it at another.
    pub fn new(dossier: &Dossier, as_of: Timestamp, recorded_by: Timestamp, places: &Gazetteer) -> Self {
        Self {
            schema: "watchkeeper/incident/1",
            as_of: as_of.to_string(),
            recorded_by: recorded_by.to_string(),
            title: changes::title(&dossier.incident, places),
            incident: WireIncident::from(&dossier.incident),
            outlets: dossier.outlets,
            accounts: dossier.accounts.iter().map(WireAccount::from).collect(),
            contradictions: dossier.contradictions.iter().map(WireContradiction::from).collect(),
            warnings_detail: dossier
                .warnings
                .iter()
                .map(|(warning, lead_days)| WireLead {
                    warning: WireWarning::from(warning),
                    lead_days: *lead_days,
                })
                .collect(),
            threats: dossier.threats.iter().map(WireThreat::from).collect(),
            changes: changes::of(&dossier.incident, places),
            links: dossier.links.iter().map(WireLink::from).collect(),
        }
    }
}

impl From<&Account> for WireAccount {
    fn from(account: &Account) -> Self {
        Self {
            actor: WireActor::from(&account.actor),
            status: account.status.map(watchkeeper_core::resolve::status::Status::as_str),
            sayings: account.sayings.iter().map(WireSaying::from).collect(),
        }
    }
}

impl From<&Saying> for WireSaying {
    fn from(saying: &Saying) -> Self {
        Self {
            speaker: saying.speaker.as_ref().map(WireActor::from),
            stance: saying.stance.as_str(),
            published: saying.first.published.to_string(),
            quote: saying.first.quote.as_ref().map(|quote| quote.text.clone()),
            reports: saying.carriers.iter().map(|report| report.id.to_string()).collect(),
            origins: saying.origins,
        }
    }
}

impl From<&Contradiction> for WireContradiction {
    fn from(contradiction: &Contradiction) -> Self {
        match contradiction.clone() {
            Contradiction::Claimants { actors } => Self::Claimants { actors },
            Contradiction::Denied { actor, asserted_by, denied_by } => {
                Self::Denied { actor, asserted_by, denied_by }
            }
            Contradiction::OneState { actor, country, asserted_by, denied_by } => {
                Self::OneState { actor, country: country.as_str().to_owned(), asserted_by, denied_by }
            }
            Contradiction::OtherAccused { country, first, second } => Self::OtherAccused {
                country: country.as_str().to_owned(),
                speakers: [first.0, second.0],
                actors: [first.1, second.1],
            },
        }
    }
}

impl From<&Assignment> for WireLink {
    fn from(link: &Assignment) -> Self {
        let reasons = link.comparison.iter().flat_map(|comparison| &comparison.reasons);
        Self {
            report: link.version.to_string(),
            fact: link.fact,
            score: link.comparison.as_ref().map(watchkeeper_core::resolve::link::Comparison::score),
            reasons: reasons
                .map(|reason| WireReason {
                    part: reason.part.as_str(),
                    finding: reason.finding.clone(),
                    weight: reason.weight,
                })
                .collect(),
        }
    }
}
