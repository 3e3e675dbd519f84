//! Everything about one incident.

use std::collections::BTreeSet;
use std::sync::Arc;

use anyhow::bail;
use watchkeeper_core::reading::Stance;
use watchkeeper_core::resolve::claims::{ActRow, AttributionRow};
use watchkeeper_core::resolve::contradictions::{Contradiction, contradictions};
use watchkeeper_core::resolve::facts::ActorRef;
use watchkeeper_core::resolve::ledger::Assignment;
use watchkeeper_core::resolve::notices::{RecordThreat, RecordWarning};
use watchkeeper_core::resolve::record::{RecordIncident, ReportRow};
use watchkeeper_core::resolve::status::Status;
use watchkeeper_core::resolve::version::VersionId;
use watchkeeper_store::{Filter, Store, StoreError};

use crate::selection::When;

/// Everything about one incident.
pub struct Dossier {
    /// The incident.
    pub incident: RecordIncident,
    /// What is said of each actor, each saying once.
    pub accounts: Vec<Account>,
    /// Accounts that exclude each other.
    pub contradictions: Vec<Contradiction>,
    /// The reports by origin, in the order of the first of each.
    pub origins: Vec<Vec<ReportRow>>,
    /// How many outlets report it.
    pub outlets: usize,
    /// The warnings that were about it, with how many days before it they were given.
    pub warnings: Vec<(RecordWarning, Option<i32>)>,
    /// The threats that its reports carry.
    pub threats: Vec<RecordThreat>,
    /// Which of the reports' incidents were linked to it, and why.
    pub links: Vec<Assignment>,
}

/// What is said of one actor, and what that comes to.
pub struct Account {
    /// Of whom.
    pub actor: ActorRef,
    /// What the acts come to; absent for an actor that is only denied.
    pub status: Option<Status>,
    /// What is said, each saying once, by the first act of each.
    pub sayings: Vec<Saying>,
}

/// What one speaker says of an actor in one sense, in however many reports.
pub struct Saying {
    /// Who; absent for an outlet's own voice.
    pub speaker: Option<ActorRef>,
    /// In what sense.
    pub stance: Stance,
    /// The first report of it.
    pub first: ActRow,
    /// All reports that carry it, the first among them.
    pub carriers: Vec<ReportRow>,
    /// How many independent origins those are.
    pub origins: usize,
}

/// The one incident whose id begins so, of the record of a moment.
///
/// # Errors
/// Where there is none or several, or the store cannot be read.
pub fn open(store: &mut Store, id: &str, when: When) -> anyhow::Result<Dossier> {
    let named = store.incidents_named(id)?;
    if named.len() > 1 {
        bail!("{id}: several incidents begin so: {}", named.join(", "));
    }
    // An id that an incident once had stands in no report any more; the record knows it.
    let asked = named.into_iter().next().unwrap_or_else(|| id.to_owned());
    let filter = match when.recorded_by {
        None => Filter { among: Some(BTreeSet::from([asked.clone()])), ..Filter::default() },
        Some(_) => Filter::default(),
    };
    let record = store.record(when.as_of, when.recorded_by, &filter)?;
    let is_asked =
        |incident: &Arc<RecordIncident>| incident.id == asked || incident.former_ids.contains(&asked);
    let Some(incident) = record.incidents.into_iter().find(is_asked).map(Arc::unwrap_or_clone) else {
        bail!("{id}: the record of that moment holds no such incident; `watchkeeper record` lists the ids");
    };
    let day = incident.date.and_then(|date| date.start.or(date.end));
    let warnings =
        record.warnings.into_iter().filter(|warning| warning.incident.as_ref() == Some(&incident.id));
    let warnings = warnings.map(Arc::unwrap_or_clone);
    let warnings = warnings.map(|warning| {
        let issued = warning.issued_on;
        let lead =
            issued.zip(day).and_then(|(issued, day)| day.since(issued).ok()).map(|span| span.get_days());
        (warning, lead.filter(|days| *days >= 0))
    });
    let carriers: BTreeSet<&VersionId> = incident.reports.iter().map(|report| &report.id).collect();
    let threats = record
        .threats
        .into_iter()
        .filter(|threat| threat.reports.iter().any(|one| carriers.contains(&one.id)))
        .map(Arc::unwrap_or_clone);
    let outlets: BTreeSet<&str> =
        incident.reports.iter().map(|report| report.source.as_deref().unwrap_or(&report.identity)).collect();
    Ok(Dossier {
        accounts: incident.attributions.iter().map(|row| account(row, &incident.reports)).collect(),
        contradictions: contradictions(&incident.attributions),
        origins: by_origin(&incident.reports),
        outlets: outlets.len(),
        warnings: warnings.collect(),
        threats: threats.collect(),
        links: links(store, &incident, when)?,
        incident,
    })
}

/// Why the reports were linked, as the store keeps it; a merged incident has the links of all that it once was.
fn links(store: &mut Store, incident: &RecordIncident, when: When) -> Result<Vec<Assignment>, StoreError> {
    let mut links = Vec::new();
    for id in std::iter::once(&incident.id).chain(&incident.former_ids) {
        links.extend(store.links(id, when.as_of)?);
    }
    links.retain(|link| incident.reports.iter().any(|report| report.id == link.version));
    Ok(links)
}

/// Reports that are one witness together.
fn by_origin(reports: &[ReportRow]) -> Vec<Vec<ReportRow>> {
    let mut groups: Vec<Vec<ReportRow>> = Vec::new();
    for report in reports {
        match groups.iter_mut().find(|group| group[0].origin == report.origin) {
            Some(group) => group.push(report.clone()),
            None => groups.push(vec![report.clone()]),
        }
    }
    groups
}

/// The acts of a row, the same said in several reports as one.
fn account(row: &AttributionRow, reports: &[ReportRow]) -> Account {
    let mut sayings: Vec<(String, Saying)> = Vec::new();
    for act in &row.acts {
        let speaker = act.act().speaker;
        let carrier = reports.iter().find(|report| report.id == act.report).cloned();
        // What somebody says again after having said something else is another act.
        let last = sayings.iter_mut().rev().find(|(who, _)| *who == speaker);
        match last.filter(|(_, saying)| saying.stance == act.stance) {
            Some((_, saying)) => saying.carriers.extend(carrier),
            None => sayings.push((
                speaker,
                Saying {
                    speaker: act.speaker.clone(),
                    stance: act.stance,
                    first: act.clone(),
                    carriers: carrier.into_iter().collect(),
                    origins: 0,
                },
            )),
        }
    }
    let counted = sayings.into_iter().map(|(_, saying)| {
        let origins: BTreeSet<&VersionId> = saying.carriers.iter().map(|report| &report.origin).collect();
        Saying { origins: origins.len(), ..saying }
    });
    Account { actor: row.actor.clone(), status: row.status, sayings: counted.collect() }
}
