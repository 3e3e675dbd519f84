//! Which incident of the record a report's incident is: a scored comparison of the parts, its reasons kept.
//!
//! Weights are log-odds in spirit: positive parts speak for one incident, negative ones against it. They were set
//! by hand; `xtask eval link` measures them.

use jiff::civil::Date;

use super::facts::{ActorRef, Location};
use super::findings::{Finding, Weighed};
use super::label::Label;
use super::profile::{Incoming, Profile, actor_key, people, target_heads};
use crate::closed::closed_list;
use crate::reading::{DateBasis, DateRange, IncidentDate, IncidentType, Precision, Stage};

/// From here on the two are one incident.
pub const THRESHOLD: f32 = 2.0;
closed_list! {
    /// A part in which a report's incident and one of the record are compared.
    Part {
        /// When.
        Date = "date",
        /// Where.
        Place = "place",
        /// What was done.
        Type = "type",
        /// How far it came.
        Stage = "stage",
        /// What and who was hit.
        Targets = "targets",
        /// Who is said to be responsible.
        Actors = "actors",
        /// The count of the dead.
        Killed = "killed",
        /// The words of the reports.
        Wording = "wording",
    }
}

/// One part of the comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// Which part.
    pub part: Part,
    /// What was found, for people.
    pub finding: String,
    /// How much it counts.
    pub weight: f32,
}

/// How a report's incident compares with one of the record.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The parts that counted.
    pub reasons: Vec<Reason>,
}

impl Comparison {
    /// The sum of the parts.
    pub fn score(&self) -> f32 {
        self.reasons.iter().map(|reason| reason.weight).sum()
    }
}

/// A rare full name in common: a victim's, or that of somebody who is known only for this.
const PERSON: f32 = 2.0;

/// A report's incident, made ready to be compared with many of the record.
#[derive(Debug)]
pub struct Ready<'a> {
    incoming: &'a Incoming<'a>,
    /// Head words of targets and victims.
    heads: Vec<Label>,
    /// Everybody named as responsible, with their keys.
    actors: Vec<(&'a ActorRef, Label)>,
    /// Full names of people who did it or were hit and are known for nothing else.
    people: Vec<Label>,
}

impl<'a> Ready<'a> {
    /// Makes a report's incident ready.
    pub fn of(incoming: &'a Incoming<'a>) -> Self {
        let actors = incoming.actors.iter().copied().chain(&incoming.fact.perpetrators);
        Self {
            incoming,
            heads: target_heads(incoming.fact).map(Label::from).collect(),
            actors: actors.map(|actor| (actor, actor_key(actor).into())).collect(),
            people: people(incoming).map(Label::from).collect(),
        }
    }

    /// Compares it with what the record knows of an incident; without the wording where that could not make them one.
    pub fn compare(&'a self, profile: &'a Profile) -> Weighed<'a> {
        let fact = self.incoming.fact;
        let mut weighed = Weighed::default();
        weighed.count(Part::Date, date(self.incoming, profile));
        weighed.count(Part::Place, place(fact.place.as_ref(), profile));
        weighed.count(Part::Type, Some(kind(fact.kind, profile)));
        weighed.count(Part::Stage, stage(fact.stage, profile));
        weighed.count(Part::Targets, self.targets(profile));
        weighed.count(Part::Actors, self.actors(profile));
        let person = self.people.iter().find(|name| profile.has_person(name));
        weighed.count(Part::Actors, person.map(|_| (PERSON, Finding::SamePerson)));
        weighed.count(Part::Killed, killed(self.incoming, profile));
        // Most candidates are told apart by the rest, and words take longest to compare.
        if weighed.score() + most_by_wording(&weighed) < THRESHOLD {
            return weighed;
        }
        let wording = wording(self.incoming, profile, &weighed);
        weighed.count(Part::Wording, wording);
        weighed
    }

    fn targets(&self, profile: &Profile) -> Option<(f32, Finding<'_>)> {
        if self.heads.is_empty() || !profile.has_targets() {
            return None;
        }
        match self.heads.iter().find(|head| profile.has_target(head)) {
            Some(head) => Some((0.8, Finding::BothHit(head.as_str()))),
            None => Some((-0.2, Finding::NoTargetInCommon)),
        }
    }

    fn actors(&self, profile: &Profile) -> Option<(f32, Finding<'_>)> {
        let same = self.actors.iter().find(|(_, key)| profile.has_actor(key));
        same.map(|(actor, _)| (0.6, Finding::BothName(&actor.name)))
    }
}

fn date(incoming: &Incoming<'_>, profile: &Profile) -> Option<(f32, Finding<'static>)> {
    let stated = |date: &IncidentDate| date.basis == DateBasis::Stated;
    let known = profile.date();
    match (incoming.fact.date.filter(stated), known) {
        (Some(told), Some(known)) => stated_dates(told.range, known),
        // Where only one side states a date, nearness of the other's publication speaks for it, if it is news.
        (None, Some(known)) if !incoming.fact.background => {
            Some(near(days_between(known.end.or(known.start)?, incoming.published?)))
        }
        (Some(told), None) => {
            Some(near(days_between(told.range.end.or(told.range.start)?, profile.first_published?)))
        }
        (None, None) if !incoming.fact.background => {
            Some(near(days_between(profile.first_published?, incoming.published?)))
        }
        (None, _) => None,
    }
}

fn stated_dates(a: DateRange, b: DateRange) -> Option<(f32, Finding<'static>)> {
    let gap = gap_days(a, b)?;
    let weight = match gap {
        0 if is_short(a) && is_short(b) => 2.0,
        0 => 0.5,
        1 => -0.3,
        2..=3 => -2.0,
        4..=10 => -4.0,
        _ => -6.0,
    };
    Some((weight, Finding::DatesApart(gap)))
}

fn near(days: i32) -> (f32, Finding<'static>) {
    let weight = match days {
        i32::MIN..=-3 => -3.0,
        -2..=3 => 1.0,
        4..=10 => 0.3,
        11..=60 => -0.5,
        _ => -1.5,
    };
    (weight, Finding::PublishedAfter(days))
}

fn is_short(range: DateRange) -> bool {
    matches!((range.start, range.end), (Some(start), Some(end)) if days_between(start, end) <= 3)
}

/// Days from one range to the other; 0 where they touch.
fn gap_days(a: DateRange, b: DateRange) -> Option<i32> {
    let after = |late: DateRange, early: DateRange| Some(days_between(early.end?, late.start?));
    let gaps = [after(a, b), after(b, a)];
    (a.start.or(a.end).is_some() && b.start.or(b.end).is_some())
        .then(|| gaps.into_iter().flatten().max().unwrap_or(0).max(0))
}

fn days_between(from: Date, to: Date) -> i32 {
    to.since(from).map_or(0, |span| span.get_days())
}

fn place<'a>(told: Option<&'a Location>, profile: &'a Profile) -> Option<(f32, Finding<'a>)> {
    let told = told?;
    let compared = profile.backed_places().map(|known| compare_places(told, known));
    compared.max_by(|a, b| a.0.total_cmp(&b.0))
}

fn compare_places<'a>(a: &'a Location, b: &'a Location) -> (f32, Finding<'a>) {
    let fine = |place: &Location| matches!(place.precision, Precision::Exact | Precision::City);
    let pair = [a.name.as_str(), b.name.as_str()];
    if a.name.eq_ignore_ascii_case(&b.name) && a.country == b.country {
        return (if fine(a) { 2.0 } else { 0.8 }, Finding::SamePlace(&a.name));
    }
    if let (Some(x), Some(y)) = (a.country, b.country)
        && x != y
    {
        let weight = if fine(a) && fine(b) { -9.0 } else { -1.5 };
        return (weight, Finding::InDifferentCountries(pair));
    }
    if a.precision == Precision::Country || b.precision == Precision::Country {
        return (0.3, Finding::OnlyCountry(pair));
    }
    match (a.point, b.point) {
        (Some(x), Some(y)) => {
            let km = distance_km(x, y);
            let regional = !fine(a) || !fine(b);
            let weight = match km {
                km if km < 30.0 => 1.8,
                km if km < 100.0 => 0.5,
                km if regional && km < 400.0 => 0.0,
                _ if regional => -2.0,
                _ => -7.0,
            };
            (weight, Finding::Distance(pair, km))
        }
        _ => (0.0, Finding::NotLocated(pair)),
    }
}

/// Great-circle distance in kilometres (haversine, mean radius 6,371 km).
pub fn distance_km((lat_a, lon_a): (f64, f64), (lat_b, lon_b): (f64, f64)) -> f64 {
    let (dlat, dlon) = ((lat_b - lat_a).to_radians(), (lon_b - lon_a).to_radians());
    let h = (dlat / 2.0).sin().powi(2)
        + lat_a.to_radians().cos() * lat_b.to_radians().cos() * (dlon / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.sqrt().min(1.0).asin()
}

/// Types between which reports of one incident waver.
fn are_kin(a: IncidentType, b: IncidentType) -> bool {
    use IncidentType::{
        ArmedAssault, Arson, Assassination, Bombing, Hijacking, HostageTaking, Kidnapping,
        MissileOrAirStrike, Sabotage, Stabbing, SuicideBombing, Unknown, VehicleRamming,
    };
    let group = |kind| match kind {
        Bombing | SuicideBombing => 1,
        ArmedAssault | Assassination => 2,
        HostageTaking | Kidnapping | Hijacking => 3,
        Sabotage | Arson => 4,
        _ => 0,
    };
    let either = |x, y| (a, b) == (x, y) || (b, a) == (x, y);
    matches!(a, Unknown | ArmedAssault)
        || matches!(b, Unknown | ArmedAssault)
        || (group(a) != 0 && group(a) == group(b))
        || either(Bombing, MissileOrAirStrike)
        || either(Bombing, Sabotage)
        || either(Bombing, Assassination)
        || either(VehicleRamming, Stabbing)
}

fn kind(told: IncidentType, profile: &Profile) -> (f32, Finding<'static>) {
    let known = profile.kind();
    let weight = match () {
        () if told == IncidentType::Unknown || known == IncidentType::Unknown => 0.0,
        () if told == known => 0.8,
        () if profile.kinds.times(&told).is_some() => 0.4,
        () if are_kin(told, known) => 0.0,
        () => -2.0,
    };
    (weight, Finding::Types(told, known))
}

fn stage(told: Stage, profile: &Profile) -> Option<(f32, Finding<'static>)> {
    let known = profile.stage();
    let happened = |stage| stage == Stage::Accomplished;
    (happened(told) != happened(known)).then_some((-1.0, Finding::Stages(told, known)))
}

fn killed(incoming: &Incoming<'_>, profile: &Profile) -> Option<(f32, Finding<'static>)> {
    let told = incoming.killed?;
    let level = told.low.or(told.high)? as f32 + 1.0;
    let nearest = profile
        .backed_killed()
        .filter_map(|(low, high)| low.or(high))
        .map(|known| ((known as f32 + 1.0) / level).ln().abs())
        .min_by(f32::total_cmp)?;
    let weight = match nearest {
        far if far < 0.01 => 0.8,
        far if far < 0.7 => 0.3,
        far if far < 1.6 => 0.0,
        _ => -0.6,
    };
    Some((weight, Finding::DeadDifferBy(nearest.exp())))
}

/// From here down two places or two dates are apart, whatever the words say.
const APART: f32 = -4.0;

/// How the likeness of wordings counts. A report is more like the mean of many reports of its incident than like any
/// one of them, and by chance more like that of many others too: the bounds are for one report and for very many.
struct WordingScale {
    /// The likeness that says nothing.
    neutral: [f32; 2],
    /// The weight of no likeness at all.
    least: [f32; 2],
}

/// A short flash and a long analysis of one incident share few words.
const DATED: WordingScale = WordingScale { neutral: [0.15, 0.18], least: [-1.0, -1.0] };
/// Where nothing tells when, there is little but the words to go by.
const UNDATED: WordingScale = WordingScale { neutral: [0.18, 0.22], least: [-3.0, -6.0] };

/// Like wording speaks for one incident, but less where the towns or the days differ: an agency's short reports of
/// two incidents are much alike.
fn wording(
    incoming: &Incoming<'_>,
    profile: &Profile,
    others: &Weighed<'_>,
) -> Option<(f32, Finding<'static>)> {
    let likeness = profile.likeness(incoming.wording?)?;
    let scale = if others.is_dated() { DATED } else { UNDATED };
    let many = 1.0 - 1.0 / profile.news.max(1) as f32;
    let between = |[one, very_many]: [f32; 2]| one + many * (very_many - one);
    let weight = PER_LIKENESS * (likeness - between(scale.neutral));
    Some((weight.clamp(between(scale.least), most_by_wording(others)), Finding::WordingAlike(likeness)))
}

/// The most that wording can count, whatever the words.
fn most_by_wording(others: &Weighed<'_>) -> f32 {
    if others.has_weight_to(APART) { 3.0 } else { MOST_BY_WORDING }
}

const PER_LIKENESS: f32 = 20.0;
const MOST_BY_WORDING: f32 = 8.0;

/// Compares what the record knows of two incidents, to tell whether they are one.
pub fn compare_known<'a>(a: &'a Profile, b: &'a Profile) -> Weighed<'a> {
    let mut weighed = Weighed::default();
    weighed.count(Part::Date, known_dates(a, b));
    weighed.count(Part::Place, a.place().zip(b.place()).map(|(a, b)| compare_places(a, b)));
    weighed.count(Part::Type, Some(kind(a.kind(), b)));
    weighed.count(Part::Stage, stage(a.stage(), b));
    weighed.count(Part::Targets, a.target_shared(b).map(|head| (0.8, Finding::BothHit(head))));
    weighed.count(Part::Actors, a.actor_shared(b).map(|actor| (0.6, Finding::BothName(actor))));
    weighed.count(Part::Actors, a.shares_person(b).then_some((PERSON, Finding::SamePerson)));
    let likeness = a.likeness_to(b).map(|likeness| {
        let weight = PER_LIKENESS * (likeness - KNOWN_NEUTRAL);
        (weight.clamp(-4.0, MOST_BY_WORDING), Finding::WordingAlike(likeness))
    });
    weighed.count(Part::Wording, likeness);
    weighed
}

/// The likeness of the mean wordings of two incidents that says nothing.
const KNOWN_NEUTRAL: f32 = 0.25;

fn known_dates(a: &Profile, b: &Profile) -> Option<(f32, Finding<'static>)> {
    let told_after = |date: DateRange, day: Date| Some(days_between(date.end.or(date.start)?, day));
    match (a.date(), b.date()) {
        (Some(x), Some(y)) => {
            let (weight, finding) = stated_dates(x, y)?;
            // Of two that are both known by their days, one day between them makes two of them.
            let differ = is_short(x) && is_short(y) && gap_days(x, y)? > 0;
            Some((if differ { weight.min(-2.0) } else { weight }, finding))
        }
        (Some(date), None) => Some(near(told_after(date, b.first_published?)?)),
        (None, Some(date)) => Some(near(told_after(date, a.first_published?)?)),
        (None, None) => Some(near(days_between(a.first_published?, b.first_published?).abs())),
    }
}
