//! Which stretch of the calendar the words mean, given when they were written and what was told before.

use std::fmt;

use jiff::civil::{Date, Weekday};

use super::calendar::{Grain, Season, Stretch, add_days, at_or_after, at_or_before, easter};
use super::meaning::{From, NamedDay, When, Which, YearRef};
use super::tense::Tense;
use super::told::Told;
use crate::reading::DateRange;

/// What an expression is resolved against.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The day of publication, where the outlet is.
    pub published: Option<Date>,
    /// What has been told before.
    pub told: Told,
    /// Which way the sentence looks.
    pub tense: Tense,
}

/// On what a resolved date rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The words say it in full.
    Stated,
    /// Counted from the day of publication.
    Published(Date),
    /// Counted from the day told of.
    Told(Date),
    /// The last one at or before that day.
    LastBefore(Date),
    /// The first one at or after that day.
    FirstAfter(Date),
    /// The nearest to that day.
    Nearest(Date),
    /// Nothing to count from.
    Nothing,
    /// The words mean no one day.
    Timeless,
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stated => f.write_str("stated in full"),
            Self::Published(day) => write!(f, "counted from the day of publication, {day}"),
            Self::Told(day) => write!(f, "counted from the day told of, {day}"),
            Self::LastBefore(day) => write!(f, "the last one at or before {day}"),
            Self::FirstAfter(day) => write!(f, "the first one at or after {day}"),
            Self::Nearest(day) => write!(f, "the nearest to {day}"),
            Self::Nothing => f.write_str("nothing to count from"),
            Self::Timeless => f.write_str("no one day is meant"),
        }
    }
}

/// A stretch that is known, or the form of one that is not.
#[derive(Clone, Debug, PartialEq)]
pub enum Point {
    /// Known.
    Known(Stretch),
    /// Partly known, in its TIMEX3 form.
    Partial(String),
}

/// A resolved stretch.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated {
    /// Which.
    pub point: Point,
    /// Its days, where they are not those of the stretch.
    pub narrowed: Option<DateRange>,
    /// On what it rests.
    pub basis: Basis,
}

impl Dated {
    fn known(stretch: Stretch, basis: Basis) -> Self {
        Self { point: Point::Known(stretch), narrowed: None, basis }
    }

    fn partial(form: impl Into<String>) -> Self {
        Self { point: Point::Partial(form.into()), narrowed: None, basis: Basis::Nothing }
    }

    /// The stretch, where it is known.
    pub fn stretch(&self) -> Option<Stretch> {
        match self.point {
            Point::Known(stretch) => Some(stretch),
            Point::Partial(_) => None,
        }
    }

    /// The TIMEX3 value.
    pub fn value(&self) -> String {
        match &self.point {
            Point::Known(stretch) => stretch.value(),
            Point::Partial(form) => form.clone(),
        }
    }

    /// Its days.
    pub fn range(&self) -> Option<DateRange> {
        self.narrowed.or_else(|| self.stretch().map(Stretch::range))
    }
}

/// The stretch that the words mean.
pub fn resolve(when: &When, setting: &Setting) -> Dated {
    match when {
        When::Known(stretch) => Dated::known(*stretch, Basis::Stated),
        When::MonthDay { month, day, year } => {
            let (month, day) = (*month, *day);
            in_years(*year, setting, &format!("XXXX-{month:02}-{day:02}"), |y| {
                Date::new(y, month, day).ok().map(Stretch::day)
            })
        }
        When::DayOfMonth(day) => day_of_month(*day, setting),
        When::Month { month, year: YearRef::Unsaid, which } => {
            recurring(*which, setting, &format!("XXXX-{month:02}"), |y| Stretch::month(y, *month))
        }
        When::Month { month, year, .. } => {
            in_years(*year, setting, &format!("XXXX-{month:02}"), |y| Stretch::month(y, *month))
        }
        When::Season { season, year: YearRef::Unsaid, which } => of_season(*season, *which, setting),
        When::Season { season, year, .. } => {
            in_years(*year, setting, &format!("XXXX-{}", season.code()), |y| Some(season.in_year(y)))
        }
        When::Fraction { grain, index, year } => {
            let letter = if *grain == Grain::Half { 'H' } else { 'Q' };
            in_years(*year, setting, &format!("XXXX-{letter}{index}"), |y| {
                Some(Stretch::around(*grain, Stretch::year(y).first()).shift(i32::from(index - 1)))
            })
        }
        When::Weekday(weekday, which) => of_weekday(*weekday, *which, setting),
        When::WeekdayOfWeek(weekday, weeks) => match setting.published {
            Some(day) => {
                let week = Stretch::around(Grain::Week, day).shift(*weeks);
                Dated::known(Stretch::day(at_or_after(*weekday, week.first())), Basis::Published(day))
            }
            None => Dated::partial(weekday_form(*weekday)),
        },
        When::WeekdayFromTold(weekday, by) => weekday_from_told(*weekday, *by, setting),
        When::Weekend(which) => of_weekend(*which, setting),
        When::Counted { grain, by, from } => counted(*grain, *by, *from, setting),
        When::WeekOfMonth { index, month } => week_of_month(*index, month, setting),
        When::Named(day, year) => named(*day, *year, setting),
    }
}

/// Something that comes once a year, with its year told or by tense.
fn in_years(year: YearRef, setting: &Setting, form: &str, of: impl Fn(i16) -> Option<Stretch>) -> Dated {
    let found = match (year, setting.published) {
        (YearRef::Stated(year), _) => of(year).map(|s| Dated::known(s, Basis::Stated)),
        (YearRef::Short(short), day) => of(full_year(short, day)).map(|s| Dated::known(s, Basis::Stated)),
        (YearRef::Relative(by), Some(day)) => {
            of(day.year().saturating_add(by as i16)).map(|s| Dated::known(s, Basis::Published(day)))
        }
        (YearRef::Unsaid, Some(day)) => by_tense(day, setting.tense, of),
        (YearRef::Relative(_) | YearRef::Unsaid, None) => None,
    };
    found.unwrap_or_else(|| Dated::partial(form))
}

/// The year with these last two digits that lies nearest to publication, at most five years ahead of it.
fn full_year(short: i16, published: Option<Date>) -> i16 {
    match published {
        Some(day) => {
            let latest = day.year() + 5;
            latest - (latest - short).rem_euclid(100)
        }
        None if short < 50 => 2000 + short,
        None => 1900 + short,
    }
}

/// How far a date may lie behind a publication that looks back, since outlets and events keep different clocks.
const SLACK_DAYS: i32 = 1;

/// The yearly stretch that the tense tells; where it tells nothing, the nearest.
fn by_tense(day: Date, tense: Tense, of: impl Fn(i16) -> Option<Stretch>) -> Option<Dated> {
    // A leap day comes every four years, but for some years that end in 00.
    let around =
        |years: std::ops::RangeInclusive<i16>| years.filter_map(|by| of(day.year().saturating_add(by)));
    let last = around(-8..=1).filter(|s| s.first() <= add_days(day, SLACK_DAYS)).last();
    let next = around(-1..=8).find(|s| s.last() >= day);
    let nearest = || {
        let distance = |s: &Stretch| {
            if s.first() > day { days_between(day, s.first()) } else { days_between(s.last(), day).max(0) }
        };
        [last, next].into_iter().flatten().min_by_key(distance)
    };
    match tense {
        Tense::Past => last.map(|s| Dated::known(s, Basis::LastBefore(day))),
        Tense::Future => next.map(|s| Dated::known(s, Basis::FirstAfter(day))),
        Tense::Present | Tense::Unknown => nearest().map(|s| Dated::known(s, Basis::Nearest(day))),
    }
}

fn days_between(first: Date, last: Date) -> i64 {
    last.duration_since(first).as_hours() / 24
}

/// A yearly stretch with "last", "this" or "next" before it.
fn recurring(which: Which, setting: &Setting, form: &str, of: impl Fn(i16) -> Option<Stretch>) -> Dated {
    let Some(day) = setting.published else { return Dated::partial(form) };
    let year = day.year();
    let found = match which {
        Which::Tense => return in_years(YearRef::Unsaid, setting, form, of),
        Which::Last => [year, year - 1].into_iter().filter_map(&of).find(|s| s.last() < day),
        Which::This => of(year),
        Which::Next => [year, year + 1].into_iter().filter_map(&of).find(|s| s.first() > day),
    };
    found.map_or_else(|| Dated::partial(form), |s| Dated::known(s, Basis::Published(day)))
}

/// A season; the winter that is on in January began the year before.
fn of_season(season: Season, which: Which, setting: &Setting) -> Dated {
    let form = format!("XXXX-{}", season.code());
    let on = setting.published.map(|day| Stretch::around(Grain::Season, day));
    match (which, on, setting.published) {
        (Which::This, Some(on), Some(day)) if on == season.in_year(on.first().year()) => {
            Dated::known(on, Basis::Published(day))
        }
        (Which::Tense, Some(on), Some(day))
            if setting.tense == Tense::Past && on == season.in_year(on.first().year()) =>
        {
            Dated::known(on, Basis::LastBefore(day))
        }
        _ => recurring(which, setting, &form, |y| Some(season.in_year(y))),
    }
}

fn weekday_form(weekday: Weekday) -> String {
    format!("XXXX-WXX-{}", weekday.to_monday_one_offset())
}

fn of_weekday(weekday: Weekday, which: Which, setting: &Setting) -> Dated {
    let Some(day) = setting.published else { return Dated::partial(weekday_form(weekday)) };
    let (found, basis) = match (which, setting.tense) {
        (Which::Last, _) => (at_or_before(weekday, add_days(day, -1)), Basis::LastBefore(add_days(day, -1))),
        (Which::Next, _) => (at_or_after(weekday, add_days(day, 1)), Basis::FirstAfter(add_days(day, 1))),
        (Which::This, Tense::Past) | (Which::Tense, Tense::Past | Tense::Unknown) => {
            (at_or_before(weekday, day), Basis::LastBefore(day))
        }
        (Which::This, Tense::Future | Tense::Present | Tense::Unknown)
        | (Which::Tense, Tense::Future | Tense::Present) => {
            (at_or_after(weekday, day), Basis::FirstAfter(day))
        }
    };
    Dated::known(Stretch::day(found), basis)
}

fn weekday_from_told(weekday: Weekday, by: i32, setting: &Setting) -> Dated {
    let Some(told) = setting.told.day() else {
        let which = if by < 0 { Which::Last } else { Which::Tense };
        return of_weekday(weekday, which, setting);
    };
    let found = match by {
        1.. => at_or_after(weekday, add_days(told, 1)),
        0 => at_or_after(weekday, Stretch::around(Grain::Week, told).first()),
        _ => at_or_before(weekday, add_days(told, -1)),
    };
    Dated::known(Stretch::day(found), Basis::Told(told))
}

fn of_weekend(which: Which, setting: &Setting) -> Dated {
    let Some(day) = setting.published else { return Dated::partial("XXXX-WXX-WE") };
    let own = Stretch::around(Grain::Weekend, day);
    let (found, basis) = match (which, setting.tense) {
        (Which::Next, _) => (own.shift(1), Basis::Published(day)),
        (Which::Last, _) => (own.shift(-1), Basis::Published(day)),
        (Which::This, Tense::Past) if day.weekday() == Weekday::Monday => {
            (own.shift(-1), Basis::LastBefore(day))
        }
        (Which::This, _) => (own, Basis::Published(day)),
        (Which::Tense, Tense::Future | Tense::Present) => (own, Basis::FirstAfter(day)),
        (Which::Tense, _) if own.first() <= day => (own, Basis::LastBefore(day)),
        (Which::Tense, _) => (own.shift(-1), Basis::LastBefore(day)),
    };
    Dated::known(found, basis)
}

fn day_of_month(day: i8, setting: &Setting) -> Dated {
    let form = format!("XXXX-XX-{day:02}");
    let Some(published) = setting.published else { return Dated::partial(form) };
    let month = Stretch::around(Grain::Month, published);
    let found = |by: i32| {
        let first = month.shift(by).first();
        Date::new(first.year(), first.month(), day).ok()
    };
    let (day, basis) = match setting.tense {
        Tense::Past | Tense::Unknown => {
            ((-2..=0).rev().filter_map(found).find(|d| *d <= published), Basis::LastBefore(published))
        }
        Tense::Future | Tense::Present => {
            ((0..=2).filter_map(found).find(|d| *d >= published), Basis::FirstAfter(published))
        }
    };
    day.map_or_else(|| Dated::partial(form), |day| Dated::known(Stretch::day(day), basis))
}

/// What stands for a stretch of this grain of which nothing is known.
pub fn unknown(grain: Grain) -> &'static str {
    match grain {
        Grain::Day => "XXXX-XX-XX",
        Grain::Weekend => "XXXX-WXX-WE",
        Grain::Week => "XXXX-WXX",
        Grain::Month => "XXXX-XX",
        Grain::Season => "XXXX-XX",
        Grain::Quarter => "XXXX-QX",
        Grain::Half => "XXXX-HX",
        Grain::Year => "XXXX",
        Grain::Decade => "XXXX",
        Grain::Century => "XXXX",
    }
}

/// From where a count begins: what was told, or the day of publication; what looks back may take it for the former.
pub fn origin(grain: Grain, back: bool, from: From, setting: &Setting) -> Option<(Date, Basis)> {
    let published = setting.published.map(|day| (day, Basis::Published(day)));
    match from {
        From::Publication => published,
        From::Told => {
            let told = setting.told.at(grain).map(|day| (day, Basis::Told(day)));
            told.or(published.filter(|_| back))
        }
    }
}

fn counted(grain: Grain, by: i32, from: From, setting: &Setting) -> Dated {
    match origin(grain, by < 0, from, setting) {
        Some((day, basis)) => Dated::known(Stretch::around(grain, day).shift(by), basis),
        None => Dated::partial(unknown(grain)),
    }
}

fn week_of_month(index: i8, month: &When, setting: &Setting) -> Dated {
    let dated = resolve(month, setting);
    let narrowed = dated.stretch().map(|month| {
        let start = match index {
            0 => add_days(month.last(), -6),
            _ => add_days(month.first(), 7 * i32::from(index - 1)),
        };
        DateRange { start: Some(start), end: Some(add_days(start, 6)) }
    });
    Dated { narrowed, ..dated }
}

fn named(day: NamedDay, year: YearRef, setting: &Setting) -> Dated {
    let of = |year: i16| match day {
        NamedDay::Once(day) => Some(day),
        NamedDay::Yearly { month, day } => Date::new(year, month, day).ok(),
        NamedDay::Easter(by) => Some(add_days(easter(year), by)),
        NamedDay::NthWeekday { nth, weekday, month } => {
            Date::new(year, month, 1).ok().and_then(|first| first.nth_weekday_of_month(nth, weekday).ok())
        }
    };
    let form = match day {
        NamedDay::Once(day) => return Dated::known(Stretch::day(day), Basis::Stated),
        NamedDay::Yearly { month, day } => format!("XXXX-{month:02}-{day:02}"),
        NamedDay::NthWeekday { month, .. } => format!("XXXX-{month:02}-XX"),
        NamedDay::Easter(_) => unknown(Grain::Day).to_owned(),
    };
    in_years(year, setting, &form, |year| of(year).map(Stretch::day))
}
