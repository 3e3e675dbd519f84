//! What the words of a time expression say, before it is known when they were written.

use jiff::civil::{Date, Weekday};

use super::calendar::{Grain, Season, Stretch, Third};
use super::words::{Part, Unit};

/// How an expression tells its year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum YearRef {
    /// In full.
    Stated(i16),
    /// By its last two digits.
    Short(i16),
    /// Counted from the year of publication ("March last year").
    Relative(i32),
    /// Not at all.
    Unsaid,
}

/// Which of the stretches of one name is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The one that the tense of the sentence tells.
    Tense,
    /// "Last Friday".
    Last,
    /// "This Friday".
    This,
    /// "Next Friday".
    Next,
}

/// From where a counting expression counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// From the day of publication.
    Publication,
    /// From the day last told of.
    Told,
}

/// A stretch of days as the words give it.
#[derive(Clone, Debug, PartialEq)]
pub enum When {
    /// Said in full ("2015", "22 March 2024").
    Known(Stretch),
    /// "March 22", with or without a year.
    MonthDay {
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
        /// Its year.
        year: YearRef,
    },
    /// "The 29th".
    DayOfMonth(i8),
    /// "March", "March last year", "last March".
    Month {
        /// 1 to 12.
        month: i8,
        /// Its year.
        year: YearRef,
        /// Which of them, where the year is unsaid.
        which: Which,
    },
    /// "Spring 2020", "last autumn".
    Season {
        /// The season.
        season: Season,
        /// Its year.
        year: YearRef,
        /// Which of them, where the year is unsaid.
        which: Which,
    },
    /// A quarter or a half of a year, counted from 1.
    Fraction {
        /// [`Grain::Quarter`] or [`Grain::Half`].
        grain: Grain,
        /// From 1.
        index: i8,
        /// Its year.
        year: YearRef,
    },
    /// "Friday", "last Friday".
    Weekday(Weekday, Which),
    /// "Friday last week": the weekday in the week so many later.
    WeekdayOfWeek(Weekday, i32),
    /// "The following Monday": counted from the day told of.
    WeekdayFromTold(Weekday, i32),
    /// "The weekend".
    Weekend(Which),
    /// "Today", "last week", "two years ago", "the next day".
    Counted {
        /// In what it counts.
        grain: Grain,
        /// How many of them later; earlier where negative.
        by: i32,
        /// From where.
        from: From,
    },
    /// "The first week of May": the days of a month from and to which, or its last seven.
    WeekOfMonth {
        /// From 1; 0 is the last.
        index: i8,
        /// The month.
        month: Box<When>,
    },
    /// A day that a name stands for ("Christmas Day", "9/11").
    Named(NamedDay, YearRef),
}

/// How a named day lies in the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedDay {
    /// One day of history.
    Once(Date),
    /// The same day of every year.
    Yearly {
        /// 1 to 12.
        month: i8,
        /// 1 to 31.
        day: i8,
    },
    /// So many days after Western Easter Sunday.
    Easter(i32),
    /// The nth such weekday of a month; the last where `nth` is -1.
    NthWeekday {
        /// From 1, or -1.
        nth: i8,
        /// Which.
        weekday: Weekday,
        /// 1 to 12.
        month: i8,
    },
}

/// What narrows a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Portion {
    /// "Early March", "the end of 2021".
    Third(Third),
    /// "Earlier this month": up to the day of publication.
    Earlier,
    /// "Later this year": from the day of publication on.
    Later,
}

/// The zone of a clock time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// Where it happened, or not said.
    Local,
    /// Greenwich.
    Utc,
    /// Minutes east of Greenwich.
    Offset(i16),
}

/// A time by the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clock {
    /// 0 to 23.
    pub hour: u8,
    /// 0 to 59.
    pub minute: u8,
    /// 0 to 59, where said.
    pub second: Option<u8>,
    /// Whether the half of the day is known.
    pub settled: bool,
    /// Where the clock hangs.
    pub zone: Zone,
}

impl Clock {
    /// The same time with the half of the day that a part of the day tells.
    pub fn in_part(self, part: Part) -> Self {
        let pm = match part {
            Part::Afternoon | Part::Evening => self.hour < 12,
            Part::Night => (5..12).contains(&self.hour),
            Part::Morning | Part::Noon | Part::Midday | Part::Midnight => false,
        };
        let hour = if pm && !self.settled { self.hour + 12 } else { self.hour };
        Self { hour, settled: true, ..self }
    }
}

/// A time of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// A part of the day.
    Part(Part),
    /// A time by the clock.
    Clock(Clock),
}

/// How many.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// So many.
    Exactly(f64),
    /// "Several", "a few", no number.
    Some,
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    /// How many.
    pub amount: Amount,
    /// Of what.
    pub unit: Unit,
    /// "Two hours *and 30 minutes*".
    pub rest: Option<(u32, Unit)>,
}

/// Where a length of time lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// "The past two weeks": it ends with the day of publication.
    Past,
    /// "The next five days": it begins with the day of publication.
    Next,
}

/// An expression that names no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    /// "Recently".
    Past,
    /// "Now".
    Present,
    /// "Soon".
    Future,
}

/// What a time expression says.
#[derive(Clone, Debug, PartialEq)]
pub enum Meaning {
    /// A stretch of days.
    Date(When, Option<Portion>),
    /// A time of a day; the day is the one that the text around it tells where none is given.
    Time(Option<When>, At),
    /// From one to the other.
    Interval(Box<Meaning>, Box<Meaning>),
    /// A length of time.
    Duration(Quantity, Option<Window>),
    /// "Three hours later": a length of time before or after an event.
    Apart {
        /// How far.
        quantity: Quantity,
        /// Whether after it.
        later: bool,
        /// Whether the words count from an event that they name, and are a length of time where its day is unknown.
        of_event: bool,
        /// Whether "the" stands before it, so that it is a date even where that is unknown.
        definite: bool,
        /// Whether it is meant to the day: "exactly a year ago", "a year ago today".
        to_the_day: bool,
        /// From where.
        from: From,
    },
    /// A recurring time, by its value.
    Set(String),
    /// An expression that names no time.
    Reference(Reference),
}
