//! The day that the report tells of: what "the previous day" and "two weeks later" count from.

use jiff::civil::Date;

use super::calendar::{Grain, Stretch};

/// The stretches of the calendar named last, by their fineness.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Told {
    day: Option<Date>,
    /// The sentence that named the day last.
    sentence: usize,
    /// The day named first: that of the news.
    lead: Option<Date>,
    week: Option<Date>,
    month: Option<Date>,
    year: Option<Date>,
    clock: Option<(Date, u8, u8)>,
}

impl Told {
    /// The day, where one has been named.
    pub fn day(&self) -> Option<Date> {
        self.day
    }

    /// The day of a clock time that stands alone in a sentence: the one last named where that is near, else that of the news.
    pub fn day_for_clock(&self, sentence: usize) -> Option<Date> {
        const NEAR_SENTENCES: usize = 2;
        if sentence.saturating_sub(self.sentence) <= NEAR_SENTENCES { self.day } else { self.lead }
    }

    /// A day in the last stretch that is known as finely as a count in this grain needs.
    pub fn at(&self, grain: Grain) -> Option<Date> {
        match grain {
            Grain::Day | Grain::Weekend => self.day,
            Grain::Week => self.week,
            Grain::Month | Grain::Season | Grain::Quarter | Grain::Half => self.month,
            Grain::Year | Grain::Decade | Grain::Century => self.year,
        }
    }

    /// The hour and minute named last, where they belong to the day named last.
    pub fn clock(&self) -> Option<(Date, u8, u8)> {
        self.clock.filter(|(day, ..)| Some(*day) == self.day)
    }

    /// Remembers a stretch that has been named.
    pub fn note(&mut self, stretch: Stretch, sentence: usize) {
        let (grain, first) = (stretch.grain(), stretch.first());
        if grain == Grain::Day {
            self.day = Some(first);
            self.sentence = sentence;
            self.lead.get_or_insert(first);
        }
        if grain <= Grain::Week {
            self.week = Some(first);
        }
        if grain <= Grain::Month {
            self.month = Some(first);
        }
        if grain <= Grain::Year {
            self.year = Some(first);
        }
    }

    /// Remembers a time by the clock.
    pub fn note_clock(&mut self, day: Date, hour: u8, minute: u8) {
        self.clock = Some((day, hour, minute));
    }
}
