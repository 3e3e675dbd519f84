//! Incidents for other programs: tables, maps, lines of JSON. They carry quotes and addresses, never full texts.

mod csv;
mod geojson;

use watchkeeper_core::reading::EntityKind;
use watchkeeper_core::resolve::facts::{ActorRef, Quote};
use watchkeeper_core::resolve::record::RecordIncident;

pub use csv::table;
pub use geojson::features;

/// What stands for the name of a private person.
const WITHHELD: &str = "a person (name withheld)";

/// The incident as it may leave the house: persons who are said to be responsible and hold no public office that is
/// known are not named, nor in quotes.
pub fn withheld(mut incident: RecordIncident) -> RecordIncident {
    let mut names: Vec<String> = Vec::new();
    for row in incident.attributions.iter_mut().filter(|row| is_private(&row.actor)) {
        names.push(std::mem::replace(&mut row.actor.name, WITHHELD.to_owned()));
        names.append(&mut row.actor.aliases);
    }
    // The longest first, lest half a name be left.
    names.retain(|name| !name.trim().is_empty());
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let hide = |text: &mut String| {
        for name in names.iter().filter(|name| text.contains(name.as_str())).collect::<Vec<_>>() {
            *text = text.replace(name.as_str(), WITHHELD);
        }
    };
    let hide_in = |quote: Option<&mut Quote>| {
        if let Some(quote) = quote {
            hide(&mut quote.text);
        }
    };
    for act in incident.attributions.iter_mut().flat_map(|row| &mut row.acts) {
        if let Some(speaker) = act.speaker.as_mut().filter(|speaker| names.contains(&speaker.name)) {
            speaker.name = WITHHELD.to_owned();
            speaker.aliases.clear();
        }
        hide_in(act.quote.as_mut());
    }
    for point in incident.counts.values_mut().flat_map(|row| &mut row.series) {
        hide_in(point.quote.as_mut());
    }
    incident.evidence.iter_mut().for_each(|quote| hide(&mut quote.text));
    for report in &mut incident.reports {
        report.title.iter_mut().for_each(&hide);
    }
    incident
}

fn is_private(actor: &ActorRef) -> bool {
    match actor.kind {
        EntityKind::Person => actor.book_id.is_none(),
        EntityKind::State
        | EntityKind::GovernmentBody
        | EntityKind::ArmedGroup
        | EntityKind::Organization
        | EntityKind::Population
        | EntityKind::Facility
        | EntityKind::Other => false,
    }
}
