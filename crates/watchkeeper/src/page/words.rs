//! Words for people: of types, stances, counts, dates.

use jiff::Timestamp;
use jiff::civil::Date;
use watchkeeper_core::document::MaskReason;
use watchkeeper_core::places::Gazetteer;
use watchkeeper_core::reading::{
    Bounds, Country, DateBasis, DateRange, Incident, IncidentType, Precision, Qualifier, Stage, Stance,
};
use watchkeeper_core::resolve::record::{DecisionRow, RecordIncident};

/// What an incident is called: how far it came unless it was carried out, what was done, and to what.
pub fn title(kind: IncidentType, stage: Stage, target: Option<&str>) -> String {
    let deed = match target {
        Some(target) => format!("{} {target}", deed_to(kind)),
        None if kind == IncidentType::Unknown => "incident".to_owned(),
        None => spaced(kind.as_str()),
    };
    match stage {
        Stage::Accomplished => capitalised(&deed),
        Stage::Attempted | Stage::Foiled | Stage::Threatened => capitalised(&format!("{stage} {deed}")),
    }
}

const fn deed_to(kind: IncidentType) -> &'static str {
    match kind {
        IncidentType::Bombing => "bombing of",
        IncidentType::SuicideBombing => "suicide bombing of",
        IncidentType::ArmedAssault => "attack on",
        IncidentType::Assassination => "assassination of",
        IncidentType::VehicleRamming => "vehicle attack on",
        IncidentType::Stabbing => "stabbing of",
        IncidentType::HostageTaking => "hostage-taking of",
        IncidentType::Kidnapping => "kidnapping of",
        IncidentType::Hijacking => "hijacking of",
        IncidentType::Arson => "arson against",
        IncidentType::MissileOrAirStrike => "strike on",
        IncidentType::Sabotage => "sabotage of",
        IncidentType::ChemicalAttack => "chemical attack on",
        IncidentType::CyberAttack => "cyber attack on",
        IncidentType::Unknown => "incident at",
    }
}

/// What was done and how far it came.
pub fn manner(kind: IncidentType, stage: Stage) -> String {
    match kind {
        IncidentType::Unknown => format!("type not known, {stage}"),
        known => format!("{}, {stage}", spaced(known.as_str())),
    }
}

/// A word of a closed list as people write it.
pub fn spaced(word: &str) -> String {
    word.replace('_', " ")
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(chars).collect()
}

/// A place with its country, unless it is one.
pub fn place(name: &str, country: Option<Country>, gazetteer: &Gazetteer) -> String {
    let country = country.map(|code| {
        gazetteer.country(code).map_or_else(|| code.as_str().to_owned(), |country| country.name.to_owned())
    });
    match country.filter(|country| country != name) {
        Some(country) => format!("{name}, {country}"),
        None => name.to_owned(),
    }
}

/// One stretch of what is left out, for such a reason.
pub const fn masked(reason: MaskReason) -> &'static str {
    match reason {
        MaskReason::Advertisement => "advertisement",
        MaskReason::ReadAlso => "pointer to another article",
        MaskReason::SharePrompt => "share prompt",
        MaskReason::Subscription => "subscription prompt",
        MaskReason::Copyright => "rights line",
        MaskReason::Byline => "byline",
        MaskReason::MediaLabel => "picture label",
        MaskReason::Header => "header line",
        MaskReason::Furniture => "stretch of page furniture",
    }
}

/// What a speaker did with that stance; in the past, which one and several have in common.
pub const fn did(stance: Stance) -> &'static str {
    match stance {
        Stance::Claims => "claimed it",
        Stance::Accuses => "accused",
        Stance::Suspects => "suspected",
        Stance::Denies => "denied it",
        Stance::Refutes => "refuted it",
        Stance::Confirms => "confirmed it",
        Stance::Retracts => "took it back",
    }
}

/// What a speaker says of an actor, as a sentence.
pub fn said(speaker: &str, stance: Stance, actor: &str) -> String {
    let is_own = speaker == actor;
    match stance {
        Stance::Claims if is_own => format!("{speaker} claimed it"),
        Stance::Claims => format!("{speaker} passed on a claim by {actor}"),
        Stance::Accuses => format!("{speaker} accused {actor}"),
        Stance::Suspects => format!("{speaker} suspected {actor}"),
        Stance::Denies if is_own => format!("{speaker} denied it"),
        Stance::Denies => format!("{speaker} denied that it was {actor}"),
        Stance::Refutes => format!("{speaker} refuted that it was {actor}"),
        Stance::Confirms => format!("{speaker} confirmed that it was {actor}"),
        Stance::Retracts => format!("{speaker} took back that it was {actor}"),
    }
}

/// What was decided, by whom, about what and why.
pub fn decision(row: &DecisionRow) -> String {
    let DecisionRow { decision, about } = row;
    let about = about.as_ref().map(|about| format!(" ({about})")).unwrap_or_default();
    let reason = if decision.reason.is_empty() { String::new() } else { format!(": {}", decision.reason) };
    format!("{} {}{about}{reason}", decision.author, decision.ruling.summary())
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

/// A moment as people write it.
pub fn moment(time: Timestamp) -> String {
    time.strftime("%-d %B %Y, %H:%M UTC").to_string()
}

/// A moment in few columns.
pub fn hour(time: Timestamp) -> String {
    time.strftime("%-d %b %Y, %H:%M").to_string()
}

/// Names one after another.
pub fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [all @ .., last] => format!("{} and {last}", all.join(", ")),
    }
}

/// How finely a place is known.
pub const fn precision(precision: Precision) -> &'static str {
    match precision {
        Precision::Exact => "the spot",
        Precision::City => "the town",
        Precision::Region => "the region",
        Precision::Country => "no more than the country",
    }
}

/// So many of a thing.
pub fn counted(number: usize, thing: &str) -> String {
    if number == 1 { format!("1 {thing}") } else { format!("{number} {thing}s") }
}

/// An id cut short; commands take it so wherever no other begins alike.
pub fn short_id(id: &str) -> String {
    let (version, number) = match id.rsplit_once('-') {
        Some((version, number)) => (version, format!("-{number}")),
        None => (id, String::new()),
    };
    format!("{}{number}", version.get(..SHORT_ID).unwrap_or(version))
}

/// How many characters of an id are shown.
const SHORT_ID: usize = 8;

/// Days as people write them; whole months and years by their names.
pub fn days(range: DateRange) -> String {
    match (range.start, range.end) {
        (Some(start), Some(end)) if start == end => day(start),
        (Some(start), Some(end)) if start == end.first_of_year() && end == start.last_of_year() => {
            start.strftime("%Y").to_string()
        }
        (Some(start), Some(end)) if start == end.first_of_month() && end == start.last_of_month() => {
            start.strftime("%B %Y").to_string()
        }
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
pub fn incident(incident: &RecordIncident, gazetteer: &Gazetteer) -> String {
    let what = title(incident.kind, incident.stage, incident.targets.first().map(String::as_str));
    match &incident.place {
        Some(at) => format!("{what} · {}", place(&at.name, at.country, gazetteer)),
        None => what,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_say_how_far_it_came() {
        let title = |kind, stage, target| title(kind, stage, target);
        assert_eq!(title(IncidentType::Bombing, Stage::Accomplished, Some("a ferry")), "Bombing of a ferry");
        assert_eq!(title(IncidentType::Bombing, Stage::Foiled, Some("a ferry")), "Foiled bombing of a ferry");
        assert_eq!(
            title(IncidentType::MissileOrAirStrike, Stage::Accomplished, None),
            "Missile or air strike"
        );
        assert_eq!(title(IncidentType::Unknown, Stage::Accomplished, None), "Incident");
    }

    #[test]
    fn counts_keep_their_bounds() {
        let bounds = |low, high, qualifier| bounds(Bounds { low, high, qualifier });
        assert_eq!(bounds(Some(12), Some(12), Qualifier::Exact), "12");
        assert_eq!(bounds(Some(40), None, Qualifier::AtLeast), "at least 40");
        assert_eq!(bounds(Some(131), None, Qualifier::MoreThan), "more than 130");
        assert_eq!(bounds(None, Some(20), Qualifier::UpTo), "up to 20");
        assert_eq!(bounds(Some(60), Some(60), Qualifier::About), "about 60");
        assert_eq!(bounds(Some(24), Some(99), Qualifier::Range), "24 to 99");
    }

    #[test]
    fn whole_months_and_years_go_by_their_names() {
        let days = |start: Date, end: Date| days(DateRange { start: Some(start), end: Some(end) });
        let date = jiff::civil::date;
        assert_eq!(days(date(2029, 6, 1), date(2029, 6, 30)), "June 2029");
        assert_eq!(days(date(2029, 1, 1), date(2029, 12, 31)), "2029");
        assert_eq!(days(date(2029, 6, 1), date(2029, 7, 31)), "1 June 2029 to 31 July 2029");
        assert_eq!(days(date(2029, 6, 3), date(2029, 6, 3)), "3 June 2029");
    }
}
