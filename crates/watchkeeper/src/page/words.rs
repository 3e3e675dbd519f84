//! Words for people: of types, stances, counts, dates.

use jiff::civil::Date;
use watchkeeper_core::reading::{
    Bounds, DateBasis, DateRange, Incident, IncidentType, Measure, Qualifier, Stage, Stance,
};
use watchkeeper_core::resolve::record::RecordIncident;

/// What an incident is called, up to its target.
pub const fn noun(kind: IncidentType, stage: Stage) -> &'static str {
    match (kind, stage) {
        (IncidentType::Bombing, _) => "Bombing of",
        (IncidentType::SuicideBombing, _) => "Suicide bombing of",
        (IncidentType::ArmedAssault, _) => "Attack on",
        (IncidentType::Assassination, Stage::Accomplished) => "Killing of",
        (IncidentType::Assassination, _) => "Attempt on the life of",
        (IncidentType::VehicleRamming, _) => "Vehicle driven into",
        (IncidentType::Stabbing, _) => "Stabbing of",
        (IncidentType::HostageTaking, _) => "Taking hostage of",
        (IncidentType::Kidnapping, _) => "Kidnapping of",
        (IncidentType::Hijacking, _) => "Hijacking of",
        (IncidentType::Arson, _) => "Setting on fire of",
        (IncidentType::MissileOrAirStrike, _) => "Strike on",
        (IncidentType::Sabotage, _) => "Sabotage of",
        (IncidentType::ChemicalAttack, _) => "Chemical attack on",
        (IncidentType::CyberAttack, _) => "Cyber attack on",
        (IncidentType::Unknown, _) => "Incident at",
    }
}

/// A word of a closed list as people write it.
pub fn spaced(word: &str) -> String {
    word.replace('_', " ")
}

/// What a speaker does with that stance.
pub const fn does(stance: Stance) -> &'static str {
    match stance {
        Stance::Claims => "claims it",
        Stance::Accuses => "accuses",
        Stance::Suspects => "suspects",
        Stance::Denies => "denies it",
        Stance::Refutes => "refutes it",
        Stance::Confirms => "confirms it",
        Stance::Retracts => "takes it back",
    }
}

/// What is counted.
pub const fn counted(measure: Measure) -> &'static str {
    match measure {
        Measure::Killed => "killed",
        Measure::Injured => "injured",
        Measure::Missing => "missing",
        Measure::Detained => "detained",
    }
}

/// A count with its bounds; a dash where there are none.
pub fn bounds(bounds: Bounds) -> String {
    match (bounds.qualifier, bounds.low, bounds.high) {
        (Qualifier::AtLeast, Some(low), _) => format!("at least {low}"),
        (Qualifier::MoreThan, Some(low), _) => format!("more than {}", low.saturating_sub(1)),
        (Qualifier::UpTo, _, Some(high)) => format!("up to {high}"),
        (Qualifier::About, Some(low), _) => format!("about {low}"),
        (_, Some(low), Some(high)) if low == high => low.to_string(),
        (_, Some(low), Some(high)) => format!("{low} to {high}"),
        (_, Some(low), None) => format!("at least {low}"),
        (_, None, Some(high)) => format!("up to {high}"),
        (_, None, None) => "–".to_owned(),
    }
}

/// A day as people write it.
pub fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// Days as people write them.
pub fn days(range: DateRange) -> String {
    match (range.start, range.end) {
        (Some(start), Some(end)) if start == end => day(start),
        (Some(start), Some(end)) => format!("{} to {}", day(start), day(end)),
        (Some(start), None) => format!("{} or later", day(start)),
        (None, Some(end)) => format!("by {}", day(end)),
        (None, None) => "–".to_owned(),
    }
}

/// When an incident happened, and on what that rests.
pub fn when(incident: &Incident) -> String {
    match incident.date {
        Some(date) if date.basis == DateBasis::Publication => {
            format!("{} (the report's date)", days(date.range))
        }
        Some(date) => days(date.range),
        None => "–".to_owned(),
    }
}

/// An incident of the record in a few words.
pub fn incident(incident: &RecordIncident) -> String {
    let target =
        incident.targets.first().map(|target| format!("{} {target}", noun(incident.kind, incident.stage)));
    let what = target.unwrap_or_else(|| {
        let word = spaced(incident.kind.as_str());
        word[..1].to_uppercase() + &word[1..]
    });
    match &incident.place {
        Some(place) => format!("{what} · {}", place.name),
        None => what,
    }
}
