//! From one day to another: "3 to 9 March", "March 3-5", "between 20 February and 2 March", "2003 to 2011", "1991-95",
//! "Monday to Friday", "10 p.m. to 5 a.m."

use super::super::calendar::{Grain, Stretch};
use super::super::lex::Cursor;
use super::super::meaning::{At, From, Meaning, When, YearRef};
use super::{clocks, dated, dates, periods};

/// An interval of days, months, years or clock times.
pub fn interval(at: Cursor) -> Option<(Meaning, Cursor)> {
    dated::longest(at, &[days_of_month, month_and_days, years, stretches, clock_times])
}

/// The first day of an interval of days, for "the night of 3-4 May".
pub fn first_day(at: Cursor) -> Option<(When, Cursor)> {
    match days_of_month(at).or_else(|| month_and_days(at))? {
        (Meaning::Interval(first, _), end) => match *first {
            Meaning::Date(when, _) => Some((when, end)),
            _ => None,
        },
        _ => None,
    }
}

/// Past what joins the two ends: "to", a hyphen, "through"; "and" too.
fn joint(at: Cursor) -> Option<Cursor> {
    let at = at.skip_mark(',');
    at.hyphen()
        .or_else(|| at.mark('&'))
        .or_else(|| at.take_any(&["to", "through", "thru", "and", "until", "till"]))
}

/// The same, where "and" needs a "between" before the first end and "to" no other sense.
fn strict_joint<'a>(start: Cursor<'a>, at: Cursor<'a>) -> Option<Cursor<'a>> {
    let joined = joint(at)?;
    let fits = match at.word() {
        "and" => start.word_before(1) == "between",
        "until" | "till" => start.word_before(1) == "from",
        _ => at.mark(',').is_none(),
    };
    fits.then_some(joined)
}

fn date(when: When) -> Box<Meaning> {
    Box::new(Meaning::Date(when, None))
}

/// "3 to 9 March 2021", "10 and 11 September", "3-5 May".
fn days_of_month(at: Cursor) -> Option<(Meaning, Cursor)> {
    let (first, _, rest) = dates::day_number(at.skip("the"))?;
    let (last, end) = dates::calendar_day(joint(rest)?)?;
    let (month, day, year) = parts(&last)?;
    let first = with_day(month, first, year);
    (first != last && day > 0).then(|| (Meaning::Interval(date(first), date(last)), end))
}

/// Month, day and year of a calendar day.
fn parts(when: &When) -> Option<(i8, i8, YearRef)> {
    match when {
        When::MonthDay { month, day, year } => Some((*month, *day, *year)),
        When::Known(stretch) => {
            let first = stretch.first();
            Some((first.month(), first.day(), YearRef::Stated(first.year())))
        }
        _ => None,
    }
}

fn with_day(month: i8, day: i8, year: YearRef) -> When {
    let stated = match year {
        YearRef::Stated(year) => jiff::civil::Date::new(year, month, day).ok(),
        YearRef::Short(_) | YearRef::Relative(_) | YearRef::Unsaid => None,
    };
    stated.map_or(When::MonthDay { month, day, year }, |day| When::Known(Stretch::day(day)))
}

/// "March 3-5", "March 3 to 5, 2021", "September 23 and 24".
fn month_and_days(at: Cursor) -> Option<(Meaning, Cursor)> {
    let (first, rest) = dates::calendar_day(at)?;
    let (month, _, YearRef::Unsaid) = parts(&first)? else { return None };
    let joined = joint(rest)?;
    let (day, _, rest) = dates::day_number(joined)?;
    if dates::month_name(rest).is_some() || dates::is_counted(rest.word()) || clocks::clock(joined).is_some()
    {
        return None;
    }
    let (year, end) = dates::year_after(rest, false);
    let (_, first_day, _) = parts(&first)?;
    let first = with_day(month, first_day, year);
    (first_day < day).then(|| (Meaning::Interval(date(first), date(with_day(month, day, year))), end))
}

/// "2003 to 2011", "2009 and 2012" after "between", "1991-95", "2015/16".
fn years(at: Cursor) -> Option<(Meaning, Cursor)> {
    let (first, rest) = dates::stated_year(at).filter(|_| at.digits(4..=4).is_some())?;
    let joined = match rest.mark('/').filter(|past| rest.glued() && past.glued()) {
        Some(past) => past,
        None => strict_joint(at, rest)?,
    };
    let (last, end) = match joined.digits(2..=2).filter(|_| joined.glued()) {
        Some((short, end)) => (first / 100 * 100 + short as i16, end),
        None => dates::stated_year(joined).filter(|_| joined.digits(4..=4).is_some())?,
    };
    let plausible = first < last && (1400..=2100).contains(&first) && (1400..=2100).contains(&last);
    let alone =
        !(end.glued() && (end.hyphen().is_some() || end.mark('/').is_some() || !end.word().is_empty()));
    let known = |year| date(When::Known(Stretch::year(year)));
    let counted = dates::is_counted(end.word()) && at.word_before(1) != "the";
    (plausible && alone && !counted).then(|| (Meaning::Interval(known(first), known(last)), end))
}

/// "Monday to Friday", "February 20 to March 2", "May through July", "28 December to 2 January".
fn stretches(at: Cursor) -> Option<(Meaning, Cursor)> {
    let (first, rest) = dated::when(at).or_else(|| loose_month(at))?;
    let joined = strict_joint(at, rest)?;
    let (last, end) = dated::when(joined.skip("the")).or_else(|| loose_month(joined))?;
    let same = grain(&first).is_some() && grain(&first) == grain(&last);
    (same && first != last).then(|| (Meaning::Interval(date(first), date(last)), end))
}

fn loose_month(at: Cursor) -> Option<(When, Cursor)> {
    periods::month_in_interval(at)
}

/// How long an end of an interval is; `None` for what cannot be one.
fn grain(when: &When) -> Option<Grain> {
    match when {
        When::Known(stretch) => Some(stretch.grain()),
        When::MonthDay { .. } | When::DayOfMonth(_) | When::Weekday(..) | When::Named(..) => Some(Grain::Day),
        When::Counted { grain: Grain::Day, from: From::Publication, .. } => Some(Grain::Day),
        When::Month { .. } => Some(Grain::Month),
        When::Season { .. } => Some(Grain::Season),
        When::Fraction { grain, .. } => Some(*grain),
        When::WeekdayOfWeek(..) | When::WeekdayFromTold(..) | When::Weekend(_) => None,
        When::Counted { .. } | When::WeekOfMonth { .. } => None,
    }
}

/// "10 p.m. to 5 a.m.", "between 8 p.m. and 10 p.m."
fn clock_times(at: Cursor) -> Option<(Meaning, Cursor)> {
    let (first, rest) = clocks::clock(at)?;
    let (last, end) = clocks::clock(strict_joint(at, rest)?)?;
    let time = |clock| Box::new(Meaning::Time(None, At::Clock(clock)));
    Some((Meaning::Interval(time(first), time(last)), end))
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(&[
        ("from [3 to 9 March]", "2024-03-03/2024-03-09"),
        ("on [10 and 11 March]", "2024-03-10/2024-03-11"),
        ("[March 8-10]", "2024-03-08/2024-03-10"),
        ("between [February 20 and March 2]", "2024-02-20/2024-03-02"),
        ("from [28 December to 2 January]", "2023-12-28/2024-01-02"),
        ("from [Monday to Wednesday]", "2024-03-18/2024-03-20"),
        ("between [May and July 2021]", "2021-05/2021-07"),
        ("from [2003 to 2011]", "2003/2011"),
        ("in [1991-95]", "1991/1995"),
        ("from [10 p.m. to 5 a.m.]", "2024-03-22T22:00/2024-03-23T05:00"),
        ("in [2009] and 2012", "2009"),
    ]);
}
