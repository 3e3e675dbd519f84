//! What happened, was said and changed when.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use watchkeeper_core::places::Gazetteer;
use watchkeeper_core::resolve::moment::Record;
use watchkeeper_core::resolve::record::RecordIncident;

use crate::changes;
use crate::page::words;

/// What an entry tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A warning was given.
    Warned,
    /// The incident happened.
    Happened,
    /// Somebody said who did it.
    Said,
    /// What the record holds changed.
    Changed,
    /// Harm was announced.
    Threatened,
}

impl Kind {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Warned => "warned",
            Self::Happened => "happened",
            Self::Said => "said",
            Self::Changed => "changed",
            Self::Threatened => "threatened",
        }
    }
}

/// One thing at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The day.
    pub day: Date,
    /// The time, where more than the day is known.
    pub at: Option<Timestamp>,
    /// What it tells of.
    pub kind: Kind,
    /// The incident, if it is about one.
    pub incident: Option<String>,
    /// What that is called.
    pub title: Option<String>,
    /// What happened, was said or changed.
    pub text: String,
    /// The report that tells it first.
    pub report: Option<String>,
    /// The outlet of that report.
    pub source: Option<String>,
}

/// The entries of a record, in the order of time.
pub fn entries(record: &Record, places: &Gazetteer) -> Vec<Entry> {
    let mut all = Vec::new();
    for incident in &record.incidents {
        of_incident(incident, places, &mut all);
    }
    let title = |id: &Option<String>| {
        let incident = record.incidents.iter().find(|incident| Some(&incident.id) == id.as_ref());
        incident.map(|incident| words::incident(incident, places))
    };
    for warning in &record.warnings {
        let Some(first) = warning.reports.first() else { continue };
        let issuer = warning.issuer.as_ref().map_or("somebody", |issuer| issuer.name.as_str());
        let quote = warning.quote.as_ref().map_or_else(String::new, |quote| format!(": “{}”", quote.text));
        all.push(Entry {
            day: warning.issued_on.unwrap_or_else(|| day(first.published)),
            at: warning.issued_on.is_none().then_some(first.published),
            kind: Kind::Warned,
            incident: warning.incident.clone(),
            title: title(&warning.incident),
            text: format!("{issuer} warned{quote}"),
            report: Some(first.id.to_string()),
            source: first.source.clone(),
        });
    }
    for threat in &record.threats {
        let Some(first) = threat.reports.first() else { continue };
        let speaker = threat.speaker.as_ref().map_or("somebody", |speaker| speaker.name.as_str());
        let quote = threat.quote.as_ref().map_or_else(String::new, |quote| format!(": “{}”", quote.text));
        all.push(Entry {
            day: day(first.published),
            at: Some(first.published),
            kind: Kind::Threatened,
            incident: threat.incident.clone(),
            title: title(&threat.incident),
            text: format!("{speaker} threatened{quote}"),
            report: Some(first.id.to_string()),
            source: first.source.clone(),
        });
    }
    all.sort_by(|a, b| (a.day, a.at, &a.incident, a.kind).cmp(&(b.day, b.at, &b.incident, b.kind)));
    all
}

fn of_incident(incident: &RecordIncident, places: &Gazetteer, all: &mut Vec<Entry>) {
    let entry = |day: Date, at: Option<Timestamp>, kind: Kind, text: String| Entry {
        day,
        at,
        kind,
        incident: Some(incident.id.clone()),
        title: Some(words::incident(incident, places)),
        text,
        report: None,
        source: None,
    };
    if let Some(start) = incident.date.and_then(|date| date.start.or(date.end)) {
        let is_one_day = incident.date.is_some_and(|date| date.end == Some(start));
        let when = incident.date.filter(|_| !is_one_day).map(|date| format!(" ({})", words::days(date)));
        let what = words::manner(incident.kind, incident.stage);
        all.push(entry(start, None, Kind::Happened, what + &when.unwrap_or_default()));
    }
    for row in &incident.attributions {
        let mut said = BTreeSet::new();
        for act in &row.acts {
            if !said.insert((act.act().speaker, act.stance)) {
                continue;
            }
            let who = act.speaker.as_ref().map(|speaker| speaker.name.as_str()).or(act.source.as_deref());
            let text = words::said(who.unwrap_or("a report"), act.stance, &row.actor.name);
            let told = entry(day(act.published), Some(act.published), Kind::Said, text);
            all.push(Entry { report: Some(act.report.to_string()), source: act.source.clone(), ..told });
        }
    }
    for changed in changes::of(incident, places) {
        let published: Option<Timestamp> = changed.published.parse().ok();
        let Some(published) = published else { continue };
        for change in changed.changes.iter().filter(|change| change.field.as_deref() != Some("origins")) {
            let text = if change.field.is_none() { "first reported".to_owned() } else { change.phrase() };
            let told = entry(day(published), Some(published), Kind::Changed, text);
            all.push(Entry { report: Some(changed.report.clone()), source: changed.source.clone(), ..told });
        }
    }
}

/// The day of a moment, in UTC.
fn day(time: Timestamp) -> Date {
    Offset::UTC.to_datetime(time).date()
}
