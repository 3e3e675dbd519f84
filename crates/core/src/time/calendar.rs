//! Stretches of the calendar: a day, a week, a month, up to a century, with their TIMEX3 forms.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use crate::reading::DateRange;

/// How long a stretch of the calendar is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grain {
    /// One day.
    Day,
    /// Saturday and Sunday.
    Weekend,
    /// Monday to Sunday (ISO 8601).
    Week,
    /// A calendar month.
    Month,
    /// Three months: March to May and so on; the winter begins in December.
    Season,
    /// Three months from January, April, July or October.
    Quarter,
    /// Six months from January or July.
    Half,
    /// A calendar year.
    Year,
    /// Ten years from one that ends in 0.
    Decade,
    /// A hundred years from one that ends in 00.
    Century,
}

/// A known stretch of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stretch {
    grain: Grain,
    first: Date,
}

/// The third of a stretch that "early", "mid" and "late" narrow it to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Third {
    /// "Early", "the beginning of".
    Early,
    /// "Mid", "the middle of".
    Mid,
    /// "Late", "the end of".
    Late,
}

impl Stretch {
    /// The stretch of that grain that holds the day; for a weekend, the one of the day's week.
    pub fn around(grain: Grain, day: Date) -> Self {
        let first = match grain {
            Grain::Day => day,
            Grain::Week => monday(day),
            Grain::Weekend => monday(day).saturating_add(Span::new().days(5)),
            Grain::Month => day.first_of_month(),
            Grain::Season => {
                let back = day.month() % 3;
                day.first_of_month().saturating_sub(Span::new().months(back))
            }
            Grain::Quarter => month_of(day, (day.month() - 1) / 3 * 3 + 1),
            Grain::Half => month_of(day, (day.month() - 1) / 6 * 6 + 1),
            Grain::Year => day.first_of_year(),
            Grain::Decade => year_start(day.year() - day.year().rem_euclid(10)),
            Grain::Century => year_start(day.year() - day.year().rem_euclid(100)),
        };
        Self { grain, first }
    }

    /// One day.
    pub fn day(day: Date) -> Self {
        Self { grain: Grain::Day, first: day }
    }

    /// A calendar year.
    pub fn year(year: i16) -> Self {
        Self { grain: Grain::Year, first: year_start(year) }
    }

    /// A calendar month; `None` where the month is none.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        Date::new(year, month, 1).ok().map(|first| Self { grain: Grain::Month, first })
    }

    /// How long it is.
    pub fn grain(self) -> Grain {
        self.grain
    }

    /// Its first day.
    pub fn first(self) -> Date {
        self.first
    }

    /// Its last day.
    pub fn last(self) -> Date {
        match self.grain {
            Grain::Weekend => self.first.saturating_add(Span::new().days(1)),
            _ => self.shift(1).first.saturating_sub(Span::new().days(1)),
        }
    }

    /// Its days.
    pub fn range(self) -> DateRange {
        DateRange { start: Some(self.first), end: Some(self.last()) }
    }

    /// The stretch of the same grain that lies `by` of them later, or earlier where negative.
    pub fn shift(self, by: i32) -> Self {
        let span = match self.grain {
            Grain::Day => days(by),
            Grain::Weekend | Grain::Week => days(by.saturating_mul(7)),
            Grain::Month => months(by),
            Grain::Season | Grain::Quarter => months(by.saturating_mul(3)),
            Grain::Half => months(by.saturating_mul(6)),
            Grain::Year => months(by.saturating_mul(12)),
            Grain::Decade => months(by.saturating_mul(120)),
            Grain::Century => months(by.saturating_mul(1200)),
        };
        Self { first: self.first.saturating_add(span), ..self }
    }

    /// The days of one third: of a month the 1st, 11th and 21st on, of a longer stretch by months, of a week by days.
    pub fn third(self, third: Third) -> DateRange {
        let (first, last) = (self.first, self.last());
        let (second_start, third_start) = match self.grain {
            Grain::Day | Grain::Weekend => return self.range(),
            Grain::Week => (add(first, days(2)), add(first, days(4))),
            Grain::Month => (add(first, days(10)), add(first, days(20))),
            Grain::Season | Grain::Quarter => (add(first, months(1)), add(first, months(2))),
            Grain::Half => (add(first, months(2)), add(first, months(4))),
            Grain::Year => (add(first, months(4)), add(first, months(8))),
            Grain::Decade => (add(first, months(36)), add(first, months(84))),
            Grain::Century => (add(first, months(12 * 30)), add(first, months(12 * 70))),
        };
        let (start, end) = match third {
            Third::Early => (first, add(second_start, days(-1))),
            Third::Mid => (second_start, add(third_start, days(-1))),
            Third::Late => (third_start, last),
        };
        DateRange { start: Some(start), end: Some(end) }
    }

    /// Its TIMEX3 value.
    pub fn value(self) -> String {
        let (year, month) = (self.first.year(), self.first.month());
        match self.grain {
            Grain::Day => format!("{year:04}-{month:02}-{:02}", self.first.day()),
            Grain::Weekend => format!("{}-WE", week_value(self.first)),
            Grain::Week => week_value(self.first),
            Grain::Month => format!("{year:04}-{month:02}"),
            Grain::Season => format!("{year:04}-{}", Season::of_month(month).code()),
            Grain::Quarter => format!("{year:04}-Q{}", month / 3 + 1),
            Grain::Half => format!("{year:04}-H{}", month / 6 + 1),
            Grain::Year => format!("{year:04}"),
            Grain::Decade => format!("{:03}X", year / 10),
            Grain::Century => format!("{:02}XX", year / 100),
        }
    }
}

/// A season of the northern year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Season {
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Autumn,
    /// December to February; it is named by the year of its December.
    Winter,
}

impl Season {
    /// The month that it begins with.
    pub fn first_month(self) -> i8 {
        match self {
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Autumn => 9,
            Self::Winter => 12,
        }
    }

    /// The season that a month belongs to.
    pub fn of_month(month: i8) -> Self {
        match month {
            3..=5 => Self::Spring,
            6..=8 => Self::Summer,
            9..=11 => Self::Autumn,
            _ => Self::Winter,
        }
    }

    /// The season of that year.
    pub fn in_year(self, year: i16) -> Stretch {
        Stretch::around(Grain::Season, month_of(year_start(year), self.first_month()))
    }

    /// The letters of TIMEX3.
    pub fn code(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Autumn => "FA",
            Self::Winter => "WI",
        }
    }
}

/// The Monday of the day's week.
pub fn monday(day: Date) -> Date {
    add(day, days(-i32::from(day.weekday().to_monday_zero_offset())))
}

/// The last such weekday at or before the day.
pub fn at_or_before(weekday: Weekday, day: Date) -> Date {
    add(day, days(-i32::from(day.weekday().since(weekday))))
}

/// The first such weekday at or after the day.
pub fn at_or_after(weekday: Weekday, day: Date) -> Date {
    add(day, days(i32::from(day.weekday().until(weekday))))
}

/// Western Easter Sunday of a year (the anonymous Gregorian computus, Nature 1876).
pub fn easter(year: i16) -> Date {
    let y = i32::from(year);
    let (a, b, c) = (y.rem_euclid(19), y.div_euclid(100), y.rem_euclid(100));
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let sum = h + l - 7 * m + 114;
    let march_first = month_of(year_start(year), 3);
    add(march_first, days((sum / 31 - 3) * 31 + sum % 31))
}

/// The day `by` days later, or earlier where negative.
pub fn add_days(day: Date, by: i32) -> Date {
    add(day, days(by))
}

fn add(day: Date, span: Span) -> Date {
    day.saturating_add(span)
}

/// Bounded to a range that `jiff` takes; further away than that lies no news.
fn days(by: i32) -> Span {
    Span::new().days(by.clamp(-3_000_000, 3_000_000))
}

fn months(by: i32) -> Span {
    Span::new().months(by.clamp(-120_000, 120_000))
}

fn month_of(day: Date, month: i8) -> Date {
    Date::new(day.year(), month, 1).unwrap_or(day)
}

fn year_start(year: i16) -> Date {
    Date::new(year, 1, 1).unwrap_or(Date::ZERO)
}

fn week_value(day: Date) -> String {
    let week = day.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn value(grain: Grain, day: Date) -> String {
        Stretch::around(grain, day).value()
    }

    #[test]
    fn every_grain_has_its_form() {
        let day = date(2024, 1, 20);
        let forms = [
            (Grain::Day, "2024-01-20"),
            (Grain::Weekend, "2024-W03-WE"),
            (Grain::Week, "2024-W03"),
            (Grain::Month, "2024-01"),
            (Grain::Season, "2023-WI"),
            (Grain::Quarter, "2024-Q1"),
            (Grain::Half, "2024-H1"),
            (Grain::Year, "2024"),
            (Grain::Decade, "202X"),
            (Grain::Century, "20XX"),
        ];
        for (grain, form) in forms {
            assert_eq!(value(grain, day), form);
        }
        assert_eq!(value(Grain::Quarter, date(2023, 12, 31)), "2023-Q4");
        assert_eq!(value(Grain::Half, date(2023, 12, 31)), "2023-H2");
    }

    #[test]
    fn a_week_belongs_to_the_year_of_its_thursday() {
        assert_eq!(value(Grain::Week, date(2024, 12, 31)), "2025-W01");
        assert_eq!(value(Grain::Week, date(2021, 1, 3)), "2020-W53");
    }

    #[test]
    fn stretches_end_before_the_next_begins() {
        assert_eq!(Stretch::around(Grain::Month, date(2024, 2, 10)).last(), date(2024, 2, 29));
        assert_eq!(Season::Winter.in_year(2019).last(), date(2020, 2, 29));
        assert_eq!(Stretch::around(Grain::Weekend, date(2022, 9, 14)).last(), date(2022, 9, 18));
        assert_eq!(Stretch::year(1999).shift(1).range(), Stretch::year(2000).range());
    }

    #[test]
    fn thirds_of_a_month_and_a_year() {
        let late = Stretch::around(Grain::Month, date(2023, 2, 1)).third(Third::Late);
        assert_eq!(late, DateRange { start: Some(date(2023, 2, 21)), end: Some(date(2023, 2, 28)) });
        let mid = Stretch::year(2019).third(Third::Mid);
        assert_eq!(mid, DateRange { start: Some(date(2019, 5, 1)), end: Some(date(2019, 8, 31)) });
    }

    #[test]
    fn weekdays_count_the_day_itself() {
        let friday = date(2024, 3, 22);
        assert_eq!(at_or_before(Weekday::Friday, friday), friday);
        assert_eq!(at_or_after(Weekday::Friday, friday), friday);
        assert_eq!(at_or_before(Weekday::Saturday, friday), date(2024, 3, 16));
        assert_eq!(at_or_after(Weekday::Thursday, friday), date(2024, 3, 28));
    }

    #[test]
    fn easter_of_known_years() {
        for day in [date(2019, 4, 21), date(2024, 3, 31), date(1990, 4, 15), date(2038, 4, 25)] {
            assert_eq!(easter(day.year()), day);
        }
    }

    #[test]
    fn the_ends_of_the_calendar_do_not_panic() {
        for grain in [Grain::Day, Grain::Week, Grain::Weekend, Grain::Season, Grain::Decade, Grain::Century] {
            for day in [Date::MIN, Date::MAX] {
                let stretch = Stretch::around(grain, day);
                assert!(!stretch.shift(i32::MAX).value().is_empty());
                assert!(!stretch.shift(i32::MIN).value().is_empty());
                assert!(stretch.range().start.is_some());
            }
        }
    }
}
