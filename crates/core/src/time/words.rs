//! The words of time: months, weekdays, units, parts of the day, numbers.

use jiff::civil::Weekday;

use super::calendar::{Grain, Season};

/// A month by its name: its number, and whether the word is an abbreviation.
pub fn month(word: &str) -> Option<(i8, bool)> {
    let (number, short) = match word {
        "january" => (1, false),
        "february" => (2, false),
        "march" => (3, false),
        "april" => (4, false),
        "may" => (5, false),
        "june" => (6, false),
        "july" => (7, false),
        "august" => (8, false),
        "september" => (9, false),
        "october" => (10, false),
        "november" => (11, false),
        "december" => (12, false),
        "jan" => (1, true),
        "feb" => (2, true),
        "mar" => (3, true),
        "apr" => (4, true),
        "jun" => (6, true),
        "jul" => (7, true),
        "aug" => (8, true),
        "sep" | "sept" => (9, true),
        "oct" => (10, true),
        "nov" => (11, true),
        "dec" => (12, true),
        _ => return None,
    };
    Some((number, short))
}

/// A weekday by its name, and whether the word is an abbreviation.
pub fn weekday(word: &str) -> Option<(Weekday, bool)> {
    let found = match word {
        "monday" => (Weekday::Monday, false),
        "tuesday" => (Weekday::Tuesday, false),
        "wednesday" => (Weekday::Wednesday, false),
        "thursday" => (Weekday::Thursday, false),
        "friday" => (Weekday::Friday, false),
        "saturday" => (Weekday::Saturday, false),
        "sunday" => (Weekday::Sunday, false),
        "mon" => (Weekday::Monday, true),
        "tue" | "tues" => (Weekday::Tuesday, true),
        "wed" => (Weekday::Wednesday, true),
        "thu" | "thur" | "thurs" => (Weekday::Thursday, true),
        "fri" => (Weekday::Friday, true),
        "sat" => (Weekday::Saturday, true),
        "sun" => (Weekday::Sunday, true),
        _ => return None,
    };
    Some(found)
}

/// A season by its name.
pub fn season(word: &str) -> Option<Season> {
    match word {
        "spring" | "springtime" => Some(Season::Spring),
        "summer" | "summertime" => Some(Season::Summer),
        "autumn" | "fall" => Some(Season::Autumn),
        "winter" | "wintertime" => Some(Season::Winter),
        _ => None,
    }
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Seconds.
    Second,
    /// Minutes.
    Minute,
    /// Hours.
    Hour,
    /// Nights.
    Night,
    /// Days.
    Day,
    /// Weekends.
    Weekend,
    /// Weeks.
    Week,
    /// Fourteen days.
    Fortnight,
    /// Months.
    Month,
    /// Quarters of a year.
    Quarter,
    /// Years.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
}

impl Unit {
    /// The stretch of the calendar that it names, and how many of them make one; `None` below a day.
    pub fn grain(self) -> Option<(Grain, i32)> {
        match self {
            Self::Second | Self::Minute | Self::Hour => None,
            Self::Day | Self::Night => Some((Grain::Day, 1)),
            Self::Weekend => Some((Grain::Weekend, 1)),
            Self::Week => Some((Grain::Week, 1)),
            Self::Fortnight => Some((Grain::Week, 2)),
            Self::Month => Some((Grain::Month, 1)),
            Self::Quarter => Some((Grain::Quarter, 1)),
            Self::Year => Some((Grain::Year, 1)),
            Self::Decade => Some((Grain::Decade, 1)),
            Self::Century => Some((Grain::Century, 1)),
        }
    }
}

/// A unit by its name, and whether the word is a plural.
pub fn unit(word: &str) -> Option<(Unit, bool)> {
    let found = match word {
        "second" => (Unit::Second, false),
        "seconds" | "secs" => (Unit::Second, true),
        "minute" | "min" => (Unit::Minute, false),
        "minutes" | "mins" => (Unit::Minute, true),
        "hour" | "hr" => (Unit::Hour, false),
        "hours" | "hrs" => (Unit::Hour, true),
        "night" => (Unit::Night, false),
        "nights" => (Unit::Night, true),
        "day" => (Unit::Day, false),
        "days" => (Unit::Day, true),
        "weekend" => (Unit::Weekend, false),
        "weekends" => (Unit::Weekend, true),
        "week" => (Unit::Week, false),
        "weeks" => (Unit::Week, true),
        "fortnight" => (Unit::Fortnight, false),
        "fortnights" => (Unit::Fortnight, true),
        "month" => (Unit::Month, false),
        "months" => (Unit::Month, true),
        "quarter" => (Unit::Quarter, false),
        "quarters" => (Unit::Quarter, true),
        "year" => (Unit::Year, false),
        "years" | "yrs" => (Unit::Year, true),
        "decade" => (Unit::Decade, false),
        "decades" => (Unit::Decade, true),
        "century" => (Unit::Century, false),
        "centuries" => (Unit::Century, true),
        _ => return None,
    };
    Some(found)
}

/// A part of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// From the early hours to noon.
    Morning,
    /// Noon.
    Noon,
    /// About noon.
    Midday,
    /// From noon to the evening.
    Afternoon,
    /// The evening.
    Evening,
    /// The night that begins on the day.
    Night,
    /// The end of the day.
    Midnight,
}

impl Part {
    /// What follows the day in a TIMEX3 value.
    pub fn code(self) -> &'static str {
        match self {
            Self::Morning => "TMO",
            Self::Noon => "T12:00",
            Self::Midday => "TMI",
            Self::Afternoon => "TAF",
            Self::Evening => "TEV",
            Self::Night => "TNI",
            Self::Midnight => "T24:00",
        }
    }
}

/// A part of the day by its name.
pub fn part(word: &str) -> Option<Part> {
    match word {
        "morning" | "dawn" | "daybreak" | "sunrise" | "midmorning" | "predawn" => Some(Part::Morning),
        "noon" | "midday" => Some(Part::Noon),
        "lunchtime" => Some(Part::Midday),
        "afternoon" | "midafternoon" => Some(Part::Afternoon),
        "evening" | "dusk" | "sunset" | "nightfall" => Some(Part::Evening),
        "night" | "nighttime" => Some(Part::Night),
        "midnight" => Some(Part::Midnight),
        _ => None,
    }
}

/// A cardinal number word below a hundred.
pub fn cardinal(word: &str) -> Option<u32> {
    let number = match word {
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return None,
    };
    Some(number)
}

/// An ordinal number word up to the thirtieth.
pub fn ordinal(word: &str) -> Option<u32> {
    let number = match word {
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" => 4,
        "fifth" => 5,
        "sixth" => 6,
        "seventh" => 7,
        "eighth" => 8,
        "ninth" => 9,
        "tenth" => 10,
        "eleventh" => 11,
        "twelfth" => 12,
        "thirteenth" => 13,
        "fourteenth" => 14,
        "fifteenth" => 15,
        "sixteenth" => 16,
        "seventeenth" => 17,
        "eighteenth" => 18,
        "nineteenth" => 19,
        "twentieth" => 20,
        "thirtieth" => 30,
        _ => return None,
    };
    Some(number)
}

/// A decade by the plural of its tens ("the nineties").
pub fn tens_plural(word: &str) -> Option<u32> {
    let number = match word {
        "twenties" => 20,
        "thirties" => 30,
        "forties" => 40,
        "fifties" => 50,
        "sixties" => 60,
        "seventies" => 70,
        "eighties" => 80,
        "nineties" => 90,
        _ => return None,
    };
    Some(number)
}

/// Whether a noun names an event of the kind that reports tell of and count days from.
pub fn is_incident(word: &str) -> bool {
    matches!(
        word,
        "attack"
            | "attacks"
            | "bombing"
            | "bombings"
            | "blast"
            | "blasts"
            | "explosion"
            | "explosions"
            | "shooting"
            | "shootings"
            | "killing"
            | "killings"
            | "murder"
            | "murders"
            | "assassination"
            | "raid"
            | "raids"
            | "strike"
            | "strikes"
            | "ambush"
            | "assault"
            | "massacre"
            | "siege"
            | "kidnapping"
            | "abduction"
            | "hijacking"
            | "stabbing"
            | "incident"
            | "clash"
            | "clashes"
            | "shelling"
            | "fire"
            | "crash"
            | "arrest"
            | "arrests"
            | "coup"
            | "invasion"
    )
}
