//! Times of a day, with the day where it stands beside them: "Friday evening", "the early hours of Sunday", "last night",
//! "8 p.m. on Friday", "Friday at 10 a.m.", "2030 last night", "overnight".

use super::super::calendar::Grain;
use super::super::lex::Cursor;
use super::super::meaning::{At, Clock, From, Meaning, When, Zone};
use super::super::words::{self, Part};
use super::{clocks, dated, dates, intervals, told};

/// A time of a day.
pub fn time(at: Cursor) -> Option<(Meaning, Cursor)> {
    dated::longest(at, &[iso, clock_and_day, day_and_clock, with_part, overnight, part_alone])
}

/// A part of a day with its day.
fn with_part(at: Cursor) -> Option<(Meaning, Cursor)> {
    part_of_known_day(at).map(|(when, part, end)| (Meaning::Time(Some(when), At::Part(part)), end))
}

/// A part of a day that is told: "Friday evening", "last night", "that evening", "the night of 3 November".
fn part_of_known_day(at: Cursor) -> Option<(When, Part, Cursor)> {
    let found = [day_then_part(at), part_then_day(at), deictic(at), told_part(at)];
    found.into_iter().flatten().max_by_key(|(_, _, end)| end.at())
}

/// "Friday evening", "late Friday night", "yesterday afternoon", "Friday early morning", "Monday’s early hours".
fn day_then_part(at: Cursor) -> Option<(When, Part, Cursor)> {
    let start = at.take_any(&["early", "late"]).map_or(at, |rest| rest.skip("on"));
    let (when, rest) = dated::day(start)?;
    let rest = rest.possessive().unwrap_or(rest).skip_mark(',');
    let (part, end) = part_name(rest.skip("in").skip("the")).or_else(|| part_name(rest))?;
    Some((when, part, end))
}

/// "The evening of July 9", "dawn on Monday", "the early hours of Sunday morning", "early morning Friday".
fn part_then_day(at: Cursor) -> Option<(When, Part, Cursor)> {
    let (part, rest) = part_name(at.skip("the"))?;
    let joined = rest.take_any(&["of", "on", "from", "between"]);
    let (when, end) = match joined {
        Some(rest) => dated::day(rest).or_else(|| intervals::first_day(rest))?,
        None if at.word() == "the" => return None,
        None => dated::day(rest.skip_mark(','))?,
    };
    let told = matches!(when, When::Counted { from: From::Told, .. }) && joined.is_none();
    let again = words::part(end.word()).map_or(end, |_| end.next());
    (!told).then_some((when, part, again))
}

/// "Last night", "this morning", "tonight", "early this morning", "late last night", "yesterday" is a day.
fn deictic(at: Cursor) -> Option<(When, Part, Cursor)> {
    let at = at.skip_any(&["early", "late", "earlier", "later"]);
    let counted = |by| When::Counted { grain: Grain::Day, by, from: From::Publication };
    let at = at.skip("on");
    if matches!(at.word(), "tonight" | "tonite") {
        return Some((counted(0), Part::Night, at.next()));
    }
    let by = match at.word() {
        "last" => -1,
        "this" => 0,
        _ => return None,
    };
    let (part, end) = part_name(at.next().skip("very"))?;
    let fits = by == 0 || matches!(part, Part::Night | Part::Evening);
    fits.then(|| (counted(by), part, end))
}

fn told_part(at: Cursor) -> Option<(When, Part, Cursor)> {
    told::part(at.skip_any(&["early", "late", "later", "earlier"]))
}

/// "Evening", "early morning", "mid-afternoon", "the small hours", "pre-dawn hours".
fn part_name(at: Cursor) -> Option<(Part, Cursor)> {
    if let Some(end) =
        at.take_any(&["early", "small", "wee"]).and_then(|rest| rest.skip("morning").take("hours"))
    {
        let end = end.take_all(&["of", "the", "morning"]).unwrap_or(end);
        return Some((Part::Morning, end));
    }
    if let Some(end) =
        at.take("pre").and_then(|rest| rest.hyphen()?.take("dawn")).or_else(|| at.take("predawn"))
    {
        return Some((Part::Morning, end.skip("hours")));
    }
    let rest = at.skip_any(&["early", "late", "mid"]);
    let rest = if rest.at() > at.at() { rest.hyphen().unwrap_or(rest) } else { rest };
    let part = words::part(rest.word())?;
    let end = rest.next();
    let end = if part == Part::Evening || part == Part::Morning || part == Part::Night {
        end.skip("hours")
    } else {
        end
    };
    Some((part, end))
}

/// "Overnight", "overnight on Monday".
fn overnight(at: Cursor) -> Option<(Meaning, Cursor)> {
    let rest = at.take("overnight")?;
    let counted = When::Counted { grain: Grain::Day, by: -1, from: From::Publication };
    let (when, end) = match dated::day(rest.skip("on")) {
        Some((when, end)) => (when, end),
        None => (counted, rest),
    };
    Some((Meaning::Time(Some(when), At::Part(Part::Night)), end))
}

/// "In the afternoon", "at dawn", "midnight": the text tells the day.
fn part_alone(at: Cursor) -> Option<(Meaning, Cursor)> {
    let (part, end) = part_name(at.skip("the"))?;
    let before = at.word_before(1);
    let clock_like = matches!(part, Part::Noon | Part::Midnight);
    let articled = at.word() == "the";
    let early = at.skip("the").word();
    let named_hours = matches!(early, "early" | "small" | "wee" | "pre" | "predawn") && articled;
    let placed = if articled {
        named_hours || matches!(before, "in" | "during" | "by" | "until" | "since" | "through")
    } else {
        let bare = at.skip_any(&["early", "late", "mid"]);
        let narrowed = bare.at() > at.at() && matches!(before, "by" | "in" | "until" | "since" | "around");
        narrowed
            || matches!(
                bare.word(),
                "dawn" | "dusk" | "daybreak" | "sunset" | "sunrise" | "nightfall" | "lunchtime"
            ) && matches!(
                before,
                "at" | "before" | "after" | "until" | "since" | "by" | "around" | "about" | "from"
            )
    };
    let clock_placed = clock_like && !articled && at.word_before(1) != "every";
    let goes_on = end.word() == "of" && articled;
    ((placed && !goes_on) || clock_placed).then_some((Meaning::Time(None, At::Part(part)), end))
}

/// "8 p.m.", "8.30 p.m. on Friday", "2030 last night", "8 p.m. Friday local time".
fn clock_and_day(at: Cursor) -> Option<(Meaning, Cursor)> {
    let (clock, rest) = clocks::clock(at)?;
    let joined = rest.skip_mark(',').skip_any(&["on", "of"]);
    if let Some((when, part, end)) = part_of_known_day(joined) {
        return Some((Meaning::Time(Some(when), At::Clock(clock.in_part(part))), end));
    }
    match dated::day(joined).filter(|(when, _)| !matches!(when, When::DayOfMonth(_))) {
        Some((when, end)) => {
            let (zone, end) = clocks::zone(end);
            let clock = Clock { zone: zone.unwrap_or(clock.zone), ..clock };
            Some((Meaning::Time(Some(when), At::Clock(clock)), end))
        }
        None => Some((Meaning::Time(None, At::Clock(clock)), rest)),
    }
}

/// "Friday at 10 a.m.", "March 22, 2024, at 8 p.m.", "yesterday morning at 7:30", "last night at 11".
fn day_and_clock(at: Cursor) -> Option<(Meaning, Cursor)> {
    let (when, part, rest) = match part_of_known_day(at) {
        Some((when, part, rest)) => (when, Some(part), rest),
        None => dated::day(at).map(|(when, rest)| (when, None, rest))?,
    };
    let comma = rest.mark(',');
    let joined = comma.unwrap_or(rest);
    let (clock, end) = match joined.take_any(&["at", "around", "about"]) {
        Some(past) => clocks::clock(past)?,
        None => {
            let (clock, end) = clocks::clock(joined)?;
            let plain = joined.digits(4..=4).is_some();
            (!plain).then_some((clock, end))?
        }
    };
    let clock = part.map_or(clock, |part| clock.in_part(part));
    Some((Meaning::Time(Some(when), At::Clock(clock)), end))
}

/// "2024-03-22T19:25Z", "2024-03-22 19:25:07+03:00".
fn iso(at: Cursor) -> Option<(Meaning, Cursor)> {
    let (when, rest) = dates::numeric(at)?;
    let (clock, end) = match rest.take("t").filter(|past| rest.glued() && past.glued()) {
        Some(past) => clocks::clock(past)?,
        None => clocks::clock(rest)?,
    };
    let (offset, end) = offset(end).map_or((None, end), |(offset, end)| (Some(offset), end));
    let zone = offset.unwrap_or(clock.zone);
    let clock = Clock { zone, settled: true, ..clock };
    Some((Meaning::Time(Some(when), At::Clock(clock)), end))
}

fn offset(at: Cursor) -> Option<(Zone, Cursor)> {
    let (sign, past) = match at.mark('+') {
        Some(past) => (1, past),
        None => (-1, at.mark('-')?),
    };
    let (hours, rest) = past.digits(2..=2).filter(|_| at.glued() && past.glued())?;
    let (minutes, end) = rest.skip_mark(':').digits(2..=2)?;
    let minutes = i16::try_from(hours * 60 + minutes).ok()?;
    Some((Zone::Offset(sign * minutes), end))
}

#[cfg(test)]
#[test]
fn examples() {
    super::examples::check(&[
        ("on [Friday evening]", "2024-03-22TEV"),
        ("[late Thursday night]", "2024-03-21TNI"),
        ("in [the early hours of Sunday]", "2024-03-17TMO"),
        ("on [the evening of July 9]", "2023-07-09TEV"),
        ("at [dawn on Tuesday]", "2024-03-19TMO"),
        ("on [the night of 2-3 March]", "2024-03-02TNI"),
        ("[last night]", "2024-03-21TNI"),
        ("[early this morning]", "2024-03-22TMO"),
        ("[overnight]", "2024-03-21TNI"),
        ("[overnight on Tuesday]", "2024-03-19TNI"),
        ("at [8 p.m. on Monday]", "2024-03-18T20:00"),
        ("on [Monday at around 8 p.m.]", "2024-03-18T20:00"),
        ("at [2030 last night]", "2024-03-21T20:30"),
        ("at [8.30 yesterday evening]", "2024-03-21T20:30"),
        ("at [2024-03-22T19:25Z]", "2024-03-22T19:25Z"),
        ("at [2024-02-11 06:15:30]", "2024-02-11T06:15:30"),
        ("in [the afternoon]", "2024-03-22TAF"),
        ("before [noon]", "2024-03-22T12:00"),
        ("a good morning to all", ""),
    ]);
}
