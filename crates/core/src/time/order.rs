//! The expressions of a text resolved in their order, each with what those before it tell.

use jiff::civil::Date;

use super::around::{Around, open};
use super::book::DayBook;
use super::calendar::{Grain, Stretch};
use super::days::{self, Setting};
use super::lex::Shape;
use super::meaning::{At, Meaning, Zone};
use super::resolve::{self, Context, Open, Resolved};
use super::scan::Scan;
use super::told::Told;
use super::words;
use crate::document::PublishedAt;

/// Resolves the expressions of one text after another and remembers what they tell.
pub struct Resolver<'a> {
    /// The days that have names.
    pub book: &'a DayBook,
    /// First publication.
    pub published: Option<PublishedAt>,
    /// What has been told so far.
    pub told: Told,
}

/// The expressions of one text, as far as they are resolved.
struct Line<'a> {
    scan: &'a Scan,
    around: &'a [Around],
    resolved: Vec<Resolved>,
}

impl Resolver<'_> {
    /// The expressions of one scan; `around` tells what stands around each of them.
    pub fn resolve(&mut self, scan: &Scan, around: &[Around]) -> Vec<Resolved> {
        let mut line = Line { scan, around, resolved: Vec::with_capacity(scan.matches.len()) };
        for index in 0..scan.matches.len() {
            let result = self.next(&line, index);
            line.resolved.push(result);
        }
        line.resolved
    }

    fn next(&mut self, line: &Line, index: usize) -> Resolved {
        let (meaning, around) = (&line.scan.matches[index].meaning, line.around[index]);
        let setting =
            Setting { published: self.published.map(PublishedAt::day), told: self.told, tense: around.tense };
        let open = open(line.scan, index, around.attributive, self.book);
        let mut context = Context { setting, published: self.published, beside: None, open };
        if needs_day(meaning) {
            if let Some(day) = line.greenwich(index) {
                let result = resolve::resolve(meaning, &Context { beside: Some(day), ..context });
                return line.on_local_day(result);
            }
            context.beside = line
                .before_greenwich(index, &context)
                .or_else(|| line.day_before(index))
                .or_else(|| line.day_after(index, &context))
                .or_else(|| self.told.day_for_clock(around.sentence));
        }
        if let Meaning::Apart { of_event: true, .. } = meaning {
            context.setting.told = line.event_day(index, &context);
        }
        let result = resolve::resolve(meaning, &context);
        // "Since 30 August" and "by Friday" tell of no day on which something happened.
        if !matches!(open, Some(Open::From | Open::To)) {
            self.note(meaning, &result, around.sentence);
        }
        result
    }

    fn note(&mut self, meaning: &Meaning, result: &Resolved, sentence: usize) {
        let names_day = !matches!(meaning, Meaning::Duration(..) | Meaning::Set(_) | Meaning::Reference(_));
        if let Some(point) = result.point.filter(|_| names_day) {
            self.told.note(point, sentence);
        }
        if let Some((day, clock)) = result.clock.filter(|(_, clock)| clock.zone == Zone::Local) {
            self.told.note_clock(day, clock.hour, clock.minute);
        }
    }
}

impl Line<'_> {
    /// How many atoms stand between an expression and the next one.
    fn gap(&self, index: usize) -> Option<usize> {
        let next = self.scan.matches.get(index + 1)?;
        Some(next.atoms.start - self.scan.matches[index].atoms.end)
    }

    /// The day of "(1700 GMT)" behind a time by the local clock.
    fn greenwich(&self, index: usize) -> Option<Date> {
        let Meaning::Time(None, At::Clock(clock)) = &self.scan.matches[index].meaning else { return None };
        let last = index.checked_sub(1)?;
        let (day, local) = self.resolved[last].clock?;
        let beside = self.gap(last)? <= 2;
        (beside && clock.zone == Zone::Utc && local.zone == Zone::Local)
            .then(|| resolve::greenwich_day((day, local), *clock))
    }

    /// The instant by Greenwich of a time that was just told by the local clock lies on the same local day.
    fn on_local_day(&self, result: Resolved) -> Resolved {
        let local = self.resolved.last();
        Resolved {
            range: local.and_then(|local| local.range),
            point: local.and_then(|local| local.point),
            ..result
        }
    }

    /// The local day of a time behind which the same instant of Greenwich stands with its day: "at 2230 (0230 GMT on 12 May)".
    fn before_greenwich(&self, index: usize, context: &Context) -> Option<Date> {
        let Meaning::Time(None, At::Clock(local)) = &self.scan.matches[index].meaning else { return None };
        let beside = self.gap(index)? <= 2;
        let Meaning::Time(Some(when), At::Clock(utc)) = &self.scan.matches[index + 1].meaning else {
            return None;
        };
        let day = days::resolve(when, &context.setting).stretch()?.first();
        (beside && utc.zone == Zone::Utc && local.zone == Zone::Local)
            .then(|| resolve::local_day((day, *utc), *local))
    }

    /// The last day named before in the same sentence.
    fn day_before(&self, index: usize) -> Option<Date> {
        let own = self.around[index].sentence;
        let earlier = (0..index).rev().take_while(|&i| self.around[i].sentence == own);
        single_day(earlier.filter_map(|i| self.resolved[i].point))
    }

    /// The day that follows in the sentence: "at 8 p.m. local time (1700 GMT) on Saturday".
    fn day_after(&self, index: usize, context: &Context) -> Option<Date> {
        let own = self.around[index].sentence;
        let later = (index + 1..self.around.len()).take_while(|&i| self.around[i].sentence == own);
        single_day(later.filter_map(|i| match &self.scan.matches[i].meaning {
            Meaning::Date(when, None) | Meaning::Time(Some(when), _) => {
                days::resolve(when, &context.setting).stretch()
            }
            _ => None,
        }))
    }

    /// What "two days after" counts from where an event follows: the day that stands in the name of the event ("Monday's
    /// blast"), or the day told of where the event is one of those that reports tell of ("the attack").
    fn event_day(&self, index: usize, context: &Context) -> Told {
        if self.gap(index).is_some_and(|gap| gap <= 2) {
            let mut told = Told::default();
            if let Meaning::Date(when, None) = &self.scan.matches[index + 1].meaning
                && let Some(stretch) = days::resolve(when, &context.setting).stretch()
            {
                told.note(stretch, 0);
            }
            return told;
        }
        let end = self.scan.matches[index].atoms.end;
        let words = self.scan.atoms[end..].iter().take(4).map_while(|atom| match &atom.shape {
            Shape::Word(word) => Some(word.as_str()),
            Shape::Number { .. } | Shape::Mark(_) => None,
        });
        let definite = words.clone().next().is_some_and(|word| matches!(word, "the" | "that" | "this"));
        let told_of = definite && words.into_iter().any(words::is_incident);
        if told_of && self.day_before(index).is_none() { context.setting.told } else { Told::default() }
    }
}

/// The first of the stretches that is one day.
fn single_day(mut stretches: impl Iterator<Item = Stretch>) -> Option<Date> {
    stretches.find(|stretch| stretch.grain() == Grain::Day).map(Stretch::first)
}

/// Whether the text around an expression must tell its day.
fn needs_day(meaning: &Meaning) -> bool {
    match meaning {
        Meaning::Time(None, _) => true,
        Meaning::Interval(first, _) => matches!(**first, Meaning::Time(None, _)),
        _ => false,
    }
}
