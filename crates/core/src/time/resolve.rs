//! From what a time expression says to its TIMEX3 type, value and days.

use jiff::civil::{Date, DateTime};
use jiff::{Span, ToSpan};

use super::calendar::{Grain, Stretch, add_days};
use super::days::{self, Basis, Dated, Point, Setting};
use super::grammar;
use super::meaning::{Amount, At, Clock, From, Meaning, Portion, Quantity, Reference, When, Window, Zone};
use super::tense::Tense;
use super::words::{Part, Unit};
use crate::document::PublishedAt;
use crate::reading::{DateRange, TimeType};

/// Which side a preposition opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Open {
    /// "Since", "from": from its first day on.
    From,
    /// "Until", "by", "through": up to its last day.
    To,
    /// "Before": up to the day before.
    Before,
    /// "After": from the day after on.
    After,
}

/// Everything around an expression that its value depends on.
#[derive(Clone, Copy, Debug)]
pub struct Context {
    /// The day of publication, what was told, the tense.
    pub setting: Setting,
    /// The day, or the instant where it is known.
    pub published: Option<PublishedAt>,
    /// The day that the sentence tells beside the expression.
    pub beside: Option<Date>,
    /// Which side is open.
    pub open: Option<Open>,
}

/// A resolved time expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolved {
    /// TIMEX3 type.
    pub kind: TimeType,
    /// TIMEX3 value.
    pub value: String,
    /// Its days.
    pub range: Option<DateRange>,
    /// What later expressions count from.
    pub point: Option<Stretch>,
    /// The day and the clock time, where it has one.
    pub clock: Option<(Date, Clock)>,
    /// On what it rests.
    pub basis: Basis,
}

/// Resolves what an expression says.
pub fn resolve(meaning: &Meaning, context: &Context) -> Resolved {
    match meaning {
        Meaning::Date(when, portion) => of_date(when, *portion, context),
        Meaning::Time(when, at) => of_time(when.as_ref(), *at, context),
        Meaning::Interval(first, last) => of_interval(first, last, context),
        Meaning::Duration(quantity, window) => of_duration(quantity, *window, context),
        Meaning::Apart { quantity, later, of_event, definite, to_the_day, from } => {
            let unknown = *of_event && context.setting.told.day().is_none();
            match (unknown, definite, quantity.unit.grain()) {
                (true, true, Some((grain, _))) => {
                    plain(TimeType::Date, days::unknown(grain).to_owned(), None)
                }
                (true, _, _) => of_duration(quantity, None, context),
                (false, _, Some(_)) if *to_the_day => day_apart(quantity, *later, *from, context),
                (false, _, _) => apart(quantity, *later, *from, context),
            }
        }
        Meaning::Set(value) => plain(TimeType::Set, value.clone(), None),
        Meaning::Reference(reference) => plain(TimeType::Date, reference_value(*reference).to_owned(), None),
    }
}

fn plain(kind: TimeType, value: String, range: Option<DateRange>) -> Resolved {
    let timeless = matches!(kind, TimeType::Set | TimeType::Duration) || value.ends_with("_REF");
    let basis = if timeless { Basis::Timeless } else { Basis::Nothing };
    Resolved { kind, value, range, point: None, clock: None, basis }
}

fn reference_value(reference: Reference) -> &'static str {
    match reference {
        Reference::Past => "PAST_REF",
        Reference::Present => "PRESENT_REF",
        Reference::Future => "FUTURE_REF",
    }
}

fn of_date(when: &When, portion: Option<Portion>, context: &Context) -> Resolved {
    let mut dated = days::resolve(when, &context.setting);
    let looks_back = matches!(portion, Some(Portion::Earlier | Portion::Later));
    if dated.stretch().is_none()
        && looks_back
        && let Some(day) = context.setting.published
    {
        // "Earlier in the day" in a report that names no day.
        let same = When::Counted { grain: Grain::Day, by: 0, from: From::Publication };
        let is_told_day = matches!(when, When::Counted { grain: Grain::Day, by: 0, from: From::Told });
        dated = if is_told_day {
            days::resolve(&same, &Setting { published: Some(day), ..context.setting })
        } else {
            dated
        };
    }
    let narrowed = portion.and_then(|portion| narrow(portion, &dated, context.setting.published));
    let range = narrowed.or_else(|| dated.range());
    Resolved {
        kind: TimeType::Date,
        value: dated.value(),
        range: range.map(|range| context.open.map_or(range, |open| opened(open, range))),
        point: dated.stretch(),
        clock: None,
        basis: dated.basis,
    }
}

fn narrow(portion: Portion, dated: &Dated, published: Option<Date>) -> Option<DateRange> {
    let stretch = dated.stretch()?;
    let inside = published.filter(|day| (stretch.first()..=stretch.last()).contains(day));
    match (portion, inside) {
        (Portion::Third(third), _) => Some(stretch.third(third)),
        (Portion::Earlier, Some(day)) => Some(DateRange { start: Some(stretch.first()), end: Some(day) }),
        (Portion::Later, Some(day)) => Some(DateRange { start: Some(day), end: Some(stretch.last()) }),
        (Portion::Earlier | Portion::Later, None) => None,
    }
}

fn opened(open: Open, range: DateRange) -> DateRange {
    match open {
        Open::From => DateRange { end: None, ..range },
        Open::To => DateRange { start: None, ..range },
        Open::Before => DateRange { start: None, end: range.start.map(|day| add_days(day, -1)) },
        Open::After => DateRange { start: range.end.map(|day| add_days(day, 1)), end: None },
    }
}

fn of_time(when: Option<&When>, at: At, context: &Context) -> Resolved {
    let dated = match when {
        Some(when) => days::resolve(when, &context.setting),
        None => beside(context),
    };
    at_day(&dated, at, context)
}

/// The day of a time that stands without one: beside it in the sentence, else the day told of, else the day of publication.
fn beside(context: &Context) -> Dated {
    let of = |day, basis| Dated { point: Point::Known(Stretch::day(day)), narrowed: None, basis };
    if let Some(day) = context.beside {
        return of(day, Basis::Told(day));
    }
    match (context.setting.told.day(), context.setting.published) {
        (Some(day), _) => of(day, Basis::Told(day)),
        (None, Some(day)) => of(day, Basis::Published(day)),
        (None, None) => Dated {
            point: Point::Partial(days::unknown(Grain::Day).to_owned()),
            narrowed: None,
            basis: Basis::Nothing,
        },
    }
}

fn at_day(dated: &Dated, at: At, context: &Context) -> Resolved {
    let day = dated.stretch().map(Stretch::first);
    let (suffix, clock) = match at {
        At::Part(part) => (part.code().to_owned(), None),
        At::Clock(clock) => (clock_value(clock), day.map(|day| (day, clock))),
    };
    let range = dated.range();
    let range = match context.open {
        Some(open @ (Open::From | Open::To)) => range.map(|range| opened(open, range)),
        Some(Open::Before | Open::After) | None => range,
    };
    Resolved {
        kind: TimeType::Time,
        value: format!("{}{suffix}", dated.value()),
        range,
        point: dated.stretch(),
        clock,
        basis: dated.basis,
    }
}

fn clock_value(clock: Clock) -> String {
    let second = clock.second.map_or(String::new(), |second| format!(":{second:02}"));
    let zone = match clock.zone {
        Zone::Local => String::new(),
        Zone::Utc => "Z".to_owned(),
        Zone::Offset(minutes) => {
            let sign = if minutes < 0 { '-' } else { '+' };
            format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
        }
    };
    format!("T{:02}:{:02}{second}{zone}", clock.hour, clock.minute)
}

/// The other way round: the local day of a time beside the same instant of Greenwich, whose day is told.
pub fn local_day(utc: (Date, Clock), local: Clock) -> Date {
    add_days(utc.0, -(greenwich_day((utc.0, local), utc.1) - utc.0).get_days())
}

/// An instant of Greenwich beside the same instant by the local clock: the day that makes the two agree, with the zone that
/// lies between them taken as the one from 11 hours west to 14 hours east.
pub fn greenwich_day(local: (Date, Clock), utc: Clock) -> Date {
    let minutes = |clock: Clock| i32::from(clock.hour) * 60 + i32::from(clock.minute);
    let ahead = (minutes(local.1) - minutes(utc) + 660).rem_euclid(1440) - 660;
    add_days(local.0, (minutes(local.1) - ahead).div_euclid(1440))
}

/// An interval: the end that the tense tells first, and the other next to it.
fn of_interval(first: &Meaning, last: &Meaning, context: &Context) -> Resolved {
    let closed = Context { open: None, ..*context };
    let (first, last) = match (first, last) {
        (Meaning::Time(None, At::Clock(from)), Meaning::Time(None, At::Clock(to))) => {
            let day = beside(&closed);
            let next = (to.hour, to.minute) < (from.hour, from.minute);
            let end = match (next, &day.point) {
                (true, Point::Known(stretch)) => {
                    Dated { point: Point::Known(stretch.shift(1)), ..day.clone() }
                }
                (true, Point::Partial(_)) | (false, _) => day.clone(),
            };
            (at_day(&day, At::Clock(*from), &closed), at_day(&end, At::Clock(*to), &closed))
        }
        _ => ends(first, last, &closed),
    };
    let range = match (first.range, last.range) {
        (Some(first), Some(last)) => Some(DateRange { start: first.start, end: last.end }),
        _ => None,
    };
    Resolved { value: format!("{}/{}", first.value, last.value), range, ..last }
}

fn ends(first: &Meaning, last: &Meaning, context: &Context) -> (Resolved, Resolved) {
    let against = |day: Date, tense: Tense| {
        let setting = Setting { published: Some(day), tense, ..context.setting };
        Context { setting, ..*context }
    };
    let stated = |resolved: &Resolved| resolved.basis == Basis::Stated;
    let alone = (resolve(first, context), resolve(last, context));
    let back = context.setting.tense == Tense::Past;
    match (alone.0.point, alone.1.point) {
        (Some(_), Some(_)) if stated(&alone.0) && stated(&alone.1) => alone,
        (_, Some(end)) if !stated(&alone.0) && (back || stated(&alone.1)) => {
            (resolve(first, &against(end.first(), Tense::Past)), alone.1)
        }
        (Some(start), _) => {
            let last = resolve(last, &against(start.first(), Tense::Future));
            (alone.0, last)
        }
        (None, _) => alone,
    }
}

fn of_duration(quantity: &Quantity, window: Option<Window>, context: &Context) -> Resolved {
    let value = grammar::length_value(quantity);
    let range = window.zip(context.setting.published).map(|(window, day)| match window {
        Window::Past => DateRange { start: moved(day, quantity, -1), end: Some(day) },
        Window::Next => DateRange { start: Some(day), end: moved(day, quantity, 1) },
    });
    plain(TimeType::Duration, value, range)
}

/// The day so much later, or earlier; hours count as the days that they begin.
fn moved(day: Date, quantity: &Quantity, sign: i64) -> Option<Date> {
    let Amount::Exactly(amount) = quantity.amount else { return None };
    let whole = |each: f64| (amount * each).round() as i64;
    let span: Span = match quantity.unit {
        Unit::Second | Unit::Minute => 0.days(),
        Unit::Hour => ((amount / 24.0).ceil() as i64).min(10_000).days(),
        Unit::Night | Unit::Day => whole(1.0).min(100_000).days(),
        Unit::Weekend | Unit::Week => whole(7.0).min(100_000).days(),
        Unit::Fortnight => whole(14.0).min(100_000).days(),
        Unit::Month => whole(1.0).min(10_000).months(),
        Unit::Quarter => whole(3.0).min(10_000).months(),
        Unit::Year => whole(12.0).min(50_000).months(),
        Unit::Decade => whole(120.0).min(50_000).months(),
        Unit::Century => whole(1200.0).min(50_000).months(),
    };
    day.checked_add(span * sign).ok()
}

/// "Two weeks ago", "three hours later", "days after the attack".
fn apart(quantity: &Quantity, later: bool, from: From, context: &Context) -> Resolved {
    match (quantity.unit.grain(), quantity.amount) {
        (None, _) => hours_apart(quantity, later, from, context),
        (Some((grain, each)), Amount::Exactly(amount)) => {
            let sign = if later { 1 } else { -1 };
            let Some((day, basis)) = days::origin(grain, !later, from, &context.setting) else {
                return plain(TimeType::Date, days::unknown(grain).to_owned(), None);
            };
            let stretch = shifted(grain, amount * f64::from(each) * f64::from(sign), day);
            let dated = Dated { point: Point::Known(stretch), narrowed: None, basis };
            if quantity.unit == Unit::Night {
                return at_day(&dated, At::Part(Part::Night), context);
            }
            let range = context.open.map_or(stretch.range(), |open| opened(open, stretch.range()));
            let value = dated.value();
            Resolved {
                kind: TimeType::Date,
                value,
                range: Some(range),
                point: Some(stretch),
                clock: None,
                basis,
            }
        }
        (Some((grain, _)), Amount::Some) => {
            let origin = days::origin(grain, !later, from, &context.setting).map(|(day, _)| day);
            let range = origin.map(|day| match later {
                true => DateRange { start: Some(day), end: None },
                false => DateRange { start: None, end: Some(day) },
            });
            let reference = if later { Reference::Future } else { Reference::Past };
            plain(TimeType::Date, reference_value(reference).to_owned(), range)
        }
    }
}

/// "Exactly a year ago": a day.
fn day_apart(quantity: &Quantity, later: bool, from: From, context: &Context) -> Resolved {
    let origin = days::origin(Grain::Day, !later, from, &context.setting);
    let sign = if later { 1 } else { -1 };
    match origin.and_then(|(day, basis)| Some((moved(day, quantity, sign)?, basis))) {
        Some((day, basis)) => of_known_day(day, basis),
        None => plain(TimeType::Date, days::unknown(Grain::Day).to_owned(), None),
    }
}

fn of_known_day(day: Date, basis: Basis) -> Resolved {
    let stretch = Stretch::day(day);
    let range = Some(stretch.range());
    Resolved { kind: TimeType::Date, value: stretch.value(), range, point: Some(stretch), clock: None, basis }
}

/// So many stretches away; a fraction of years counts in months, one of centuries in decades.
fn shifted(grain: Grain, by: f64, day: Date) -> Stretch {
    if by.fract() != 0.0 && grain == Grain::Year {
        return Stretch::around(Grain::Month, day).shift((by * 12.0).round() as i32);
    }
    if by.fract() != 0.0 && grain == Grain::Century {
        return Stretch::around(Grain::Decade, day).shift((by * 10.0).round() as i32);
    }
    Stretch::around(grain, day).shift(by.round() as i32)
}

/// Hours and less: by the clock where one is known, else some time of the day.
fn hours_apart(quantity: &Quantity, later: bool, from: From, context: &Context) -> Resolved {
    let clock = match (from, context.published) {
        (From::Publication, Some(PublishedAt::Instant(at, offset))) => Some(offset.to_datetime(at)),
        (From::Publication, _) => None,
        (From::Told, _) => context.setting.told.clock().and_then(|(day, hour, minute)| {
            let time = jiff::civil::Time::new(hour as i8, minute as i8, 0, 0).ok()?;
            Some(day.to_datetime(time))
        }),
    };
    if let Some(found) = clock.and_then(|clock| moved_clock(clock, quantity, later)) {
        let clock = Clock {
            hour: found.hour() as u8,
            minute: found.minute() as u8,
            second: None,
            settled: true,
            zone: Zone::Local,
        };
        let point = Point::Known(Stretch::day(found.date()));
        let basis = Basis::Told(found.date());
        return at_day(&Dated { point, narrowed: None, basis }, At::Clock(clock), context);
    }
    match days::origin(Grain::Day, !later, from, &context.setting) {
        Some((day, basis)) => Resolved {
            kind: TimeType::Time,
            value: format!("{}TXX", Stretch::day(day).value()),
            range: Some(DateRange::day(day)),
            point: Some(Stretch::day(day)),
            clock: None,
            basis,
        },
        None => plain(TimeType::Time, format!("{}TXX", days::unknown(Grain::Day)), None),
    }
}

fn moved_clock(clock: DateTime, quantity: &Quantity, later: bool) -> Option<DateTime> {
    let Amount::Exactly(amount) = quantity.amount else { return None };
    let minutes = match quantity.unit {
        Unit::Minute => amount,
        Unit::Hour => amount * 60.0,
        _ => return None,
    };
    let minutes = (minutes.round() as i64).min(10_000_000);
    clock.checked_add(if later { minutes.minutes() } else { (-minutes).minutes() }).ok()
}
