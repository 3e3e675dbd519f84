//! `/api/decisions`: what people decide, with a reason, and can take back.

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use watchkeeper_core::resolve::decisions::{Correction, Decision, Rating};
use watchkeeper_store::{DecisionFilter, NewDecision, Request, StoredDecision};

use crate::serve::access;
use crate::serve::http::paging::{Cursor, Place, cut};
use crate::serve::http::params::{Limit, Moment, Words};
use crate::serve::http::problem::{Problem, Refusal};
use crate::serve::http::route::Asked;
use crate::serve::state::App;

/// Which decisions.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decisions {
    /// Only those on this incident.
    incident: Option<Words>,
    /// What the store held by then; a day means its end.
    recorded_by: Option<Moment>,
    /// How many items a page holds.
    limit: Option<Limit>,
    /// Where the page before ended.
    cursor: Option<Cursor>,
}

/// What is to be decided. Ids may be cut down to their beginnings.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum NewRuling {
    /// A fact was checked and holds.
    Accept {
        /// The fact.
        fact: Words,
        /// The incident on whose page it was seen.
        #[expect(dead_code, reason = "callers may say it; the fact's id says it already")]
        incident: Option<Words>,
        /// The report that says it.
        #[expect(dead_code, reason = "callers may say it; the fact's id says it already")]
        report: Option<Words>,
        /// Why.
        reason: Words,
    },
    /// A fact does not hold.
    Reject {
        /// The fact.
        fact: Words,
        /// The incident on whose page it was seen.
        #[expect(dead_code, reason = "callers may say it; the fact's id says it already")]
        incident: Option<Words>,
        /// The report that says it.
        #[expect(dead_code, reason = "callers may say it; the fact's id says it already")]
        report: Option<Words>,
        /// Why.
        reason: Words,
    },
    /// A value of an incident is another one.
    Override {
        /// The incident.
        incident: Words,
        /// Which value: type, stage, date, place, killed, injured, missing, detained or status.
        field: Words,
        /// What it is, as `watchkeeper override` takes it.
        value: Words,
        /// Whose status it is.
        actor: Option<Words>,
        /// Why.
        reason: Words,
    },
    /// One incident is the same as another.
    Merge {
        /// The one that goes.
        incident: Words,
        /// The one that stays.
        into: Words,
        /// Why.
        reason: Words,
    },
    /// Some reports tell of another incident.
    Split {
        /// The incident that they were taken to tell of.
        incident: Words,
        /// The reports.
        #[schemars(length(min = 1, max = 1000))]
        reports: Vec<Words>,
        /// Why.
        reason: Words,
    },
    /// How far an outlet is trusted, on the Admiralty scale.
    Rate {
        /// The outlet.
        source: Words,
        /// A (reliable) to F (cannot be judged).
        #[schemars(regex(pattern = "^[A-F]$"))]
        reliability: String,
        /// 1 (confirmed) to 6 (cannot be judged).
        #[schemars(range(min = 1, max = 6))]
        credibility: u8,
        /// Why.
        reason: Words,
    },
    /// A remark on an incident.
    Note {
        /// The incident.
        incident: Words,
        /// The remark.
        #[schemars(length(min = 1, max = 10000))]
        text: String,
        /// Why; a remark is reason enough.
        reason: Option<Words>,
    },
}

/// Why a decision is taken back.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Undo {
    /// Why.
    reason: Option<Words>,
}

/// A decision.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DecisionItem {
    id: String,
    kind: &'static str,
    /// The token's name, `local`, or who decided on the command line.
    author: String,
    recorded: String,
    reason: String,
    /// The incident that it names.
    incident: Option<String>,
    /// The fact that it is about.
    fact: Option<String>,
    /// What it says, in one line.
    summary: String,
    /// Who took it back; null while it stands.
    undone: Option<Undone>,
}

/// Who took a decision back.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Undone {
    author: String,
    recorded: String,
}

/// A page of decisions.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DecisionPage {
    /// The latest first; undone ones too.
    items: Vec<DecisionItem>,
    /// What to give as `cursor` for the next page; null on the last.
    next: Option<String>,
}

/// The longest remark, in code points.
const LONGEST_NOTE: usize = 10_000;
/// How many reports can be split off at once.
const MOST_REPORTS: usize = 1000;

impl DecisionItem {
    fn new(decision: Decision, undone: Option<Decision>) -> Self {
        let ruling = &decision.ruling;
        Self {
            kind: ruling.kind(),
            incident: ruling.incidents().first().map(|named| named.key.clone()),
            fact: ruling.fact().cloned(),
            summary: ruling.summary(),
            undone: undone.map(|undo| Undone { author: undo.author, recorded: undo.recorded.to_string() }),
            id: decision.id,
            author: decision.author,
            recorded: decision.recorded.to_string(),
            reason: decision.reason,
        }
    }
}

/// The decisions, the latest first.
///
/// # Errors
/// 404 where there is no such incident.
pub fn list(app: &App, asked: Asked<Decisions>) -> Result<DecisionPage, Refusal> {
    let query = asked.with;
    let filter = DecisionFilter {
        recorded_by: query.recorded_by.map(|moment| moment.0),
        incident: query.incident.map(|words| words.0),
    };
    let stored = app.ask(|store| store.decisions(&filter))?;
    // Ids are a letter and a number that grows.
    let rank = |decision: &Decision| decision.id.get(1..).and_then(|number| number.parse().ok()).unwrap_or(0);
    let placed = stored.into_iter().rev().map(|StoredDecision { decision, undone }| {
        (Place { rank: rank(&decision), id: decision.id.clone() }, DecisionItem::new(decision, undone))
    });
    let (items, next) = cut(placed, query.cursor.as_ref(), query.limit.unwrap_or_default().0);
    Ok(DecisionPage { items, next })
}

/// What a ruling asks for, and its reason.
fn request(ruling: NewRuling) -> Result<(Request, String), Problem> {
    Ok(match ruling {
        NewRuling::Accept { fact, reason, incident: _, report: _ } => {
            (Request::Accept { fact: fact.0 }, reason.0)
        }
        NewRuling::Reject { fact, reason, incident: _, report: _ } => {
            (Request::Reject { fact: fact.0 }, reason.0)
        }
        NewRuling::Override { incident, field, value, actor, reason } => {
            let actor = actor.map(|actor| actor.0);
            let correction = Correction::parse(&field.0, &value.0, actor.as_deref())
                .map_err(|error| Problem::unprocessable(error.to_string()))?;
            (Request::Override { incident: incident.0, correction }, reason.0)
        }
        NewRuling::Merge { incident, into, reason } => {
            (Request::Merge { incident: incident.0, into: into.0 }, reason.0)
        }
        NewRuling::Split { incident, reports, reason } => {
            if reports.is_empty() || reports.len() > MOST_REPORTS {
                return Err(Problem::unprocessable(format!("`reports`: name 1 to {MOST_REPORTS}")));
            }
            let reports = reports.into_iter().map(|report| report.0).collect();
            (Request::Split { incident: incident.0, reports }, reason.0)
        }
        NewRuling::Rate { source, reliability, credibility, reason } => {
            let rating = Rating::parse(&format!("{reliability}{credibility}")).ok_or_else(|| {
                Problem::unprocessable(
                    "`reliability` is a letter from A to F, `credibility` a number from 1 to 6",
                )
            })?;
            (Request::Rate { source: source.0, rating }, reason.0)
        }
        NewRuling::Note { incident, text, reason } => {
            if !(1..=LONGEST_NOTE).contains(&text.chars().count()) {
                return Err(Problem::unprocessable(format!("`text` holds 1 to {LONGEST_NOTE} characters")));
            }
            (Request::Note { incident: incident.0, text }, reason.map_or_else(String::new, |reason| reason.0))
        }
    })
}

/// Decides.
///
/// # Errors
/// 404 where what it names is not there, 409 where it says so already, 422 where it cannot be.
pub fn decide(app: &App, asked: Asked<NewRuling>) -> Result<DecisionItem, Refusal> {
    let (request, reason) = request(asked.with)?;
    let new = NewDecision { author: asked.caller.name, recorded: Timestamp::now(), reason, request };
    let decision = app.write(|store| store.decide(new)).map_err(Problem::from)?;
    Ok(DecisionItem::new(decision, None))
}

/// Takes a decision back; the decision that does so.
///
/// # Errors
/// 404 where there is none of that id, 409 where it is undone already.
pub fn undo(app: &App, asked: Asked<Undo>) -> Result<DecisionItem, Refusal> {
    let Asked { caller, id, with } = asked;
    let reason = with.reason.map_or_else(String::new, |reason| reason.0);
    let now = access::now();
    let decision = app.write(|store| store.undo(&id, &caller.name, &reason, now)).map_err(Problem::from)?;
    Ok(DecisionItem::new(decision, None))
}
