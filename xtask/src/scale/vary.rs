//! Variations of a report: other words, names, places, dates and counts, the same wherever the same stood, so that text
//! and facts still agree. A word becomes one of the same length that is about as frequent, so offsets hold and what is
//! rare stays rare.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::civil::Date;
use jiff::{Span, ToSpan};
use watchkeeper_core::document::Field;
use watchkeeper_core::reading::{DateRange, Precision};
use watchkeeper_core::resolve::facts::{ActorRef, Location, Quote};
use watchkeeper_core::resolve::profile::actor_key;
use watchkeeper_core::resolve::wording::Wording;
use watchkeeper_store::{NewVersion, text_hash};

use super::stream::READ_ON;

/// Words as frequent as these carry no meaning of their own and stay.
const KEPT_WORDS: usize = 300;

/// Words that are not rare in news, by their stems.
const FREQUENCIES: &str = include_str!("../../../crates/core/src/resolve/frequencies.tsv");
/// What may follow a stem.
const ENDINGS: [&str; 7] = ["", "s", "es", "ed", "ing", "ies", "ings"];
/// How far a place may lie from the one that it is made from, in degrees.
const AROUND: f64 = 6.0;

/// Everything that may stand in for something else.
pub struct Variation {
    /// A word's class and its place there.
    classes: HashMap<String, (usize, usize)>,
    words: Vec<Vec<String>>,
    actors: Vec<ActorRef>,
    places: BTreeMap<Precision, Vec<Location>>,
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood, 2014).
pub fn mix(key: u64) -> u64 {
    let key = (key ^ (key >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let key = (key ^ (key >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    key ^ (key >> 31)
}

fn hash(text: &str) -> u64 {
    mix(text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |key, byte| (key ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)))
}

impl Variation {
    /// What may stand in for what, over all reports.
    pub fn new(stories: &[Vec<NewVersion>]) -> Self {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        let (mut actors, mut places) = (BTreeMap::new(), BTreeMap::<Precision, Vec<Location>>::new());
        let mut seen = BTreeSet::new();
        for new in stories.iter().flatten() {
            for word in new.text.split(|c: char| !c.is_alphanumeric()).filter(|word| is_varied(word)) {
                *counts.entry(word.to_ascii_lowercase()).or_default() += 1;
            }
            let facts = &new.version.facts;
            for act in &facts.attributions {
                for actor in act.speaker.iter().chain([&act.actor]) {
                    actors.entry(actor_key(actor)).or_insert_with(|| actor.clone());
                }
            }
            for place in facts.incidents.iter().filter_map(|fact| fact.place.as_ref()) {
                if seen.insert((place.name.clone(), place.country)) {
                    places.entry(place.precision).or_default().push(place.clone());
                }
            }
        }
        let mut ranked: Vec<(String, usize)> = counts.into_iter().collect();
        ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        let mut grouped: BTreeMap<(usize, bool, u32), Vec<String>> = BTreeMap::new();
        let listed: BTreeSet<&str> = FREQUENCIES.lines().filter_map(|line| line.split('\t').next()).collect();
        let mut kept = 0;
        for (word, count) in ranked {
            // What is rare in news at large, names mostly, is rare however often these texts have it.
            let is_listed =
                ENDINGS.iter().any(|end| word.strip_suffix(end).is_some_and(|stem| listed.contains(stem)));
            kept += usize::from(is_listed);
            if kept > KEPT_WORDS || !is_listed {
                let frequency = if is_listed { count.ilog2() } else { 0 };
                grouped.entry((word.len(), is_listed, frequency)).or_default().push(word);
            }
        }
        let words: Vec<Vec<String>> = grouped.into_values().collect();
        let classes = words
            .iter()
            .enumerate()
            .flat_map(|(class, words)| {
                words.iter().enumerate().map(move |(at, word)| (word.clone(), (class, at)))
            })
            .collect();
        Self { classes, words, actors: actors.into_values().collect(), places }
    }

    /// The report in the variation with this number, `days` after the day on which all were read.
    pub fn of(&self, read: &NewVersion, number: u64, day: Date) -> NewVersion {
        let mut new = read.clone();
        let shift = day.since(READ_ON).map_or_else(|_| 0.days(), |span| span.get_days().days());
        new.text = self.text(&read.text, number);
        let version = &mut new.version;
        let quotes = |evidence: &mut Vec<Quote>, text: &str| {
            for quote in evidence.iter_mut().filter(|quote| quote.passage.field == Field::Text) {
                quote.passage.span.of(text).clone_into(&mut quote.text);
            }
        };
        for fact in &mut version.facts.incidents {
            if let Some(date) = &mut fact.date {
                date.range = shifted(date.range, shift);
            }
            fact.place = fact.place.as_ref().map(|place| self.place(place, number));
            for phrase in fact.targets.iter_mut().chain(&mut fact.victims).chain(&mut fact.weapons) {
                *phrase = self.text(phrase, number);
            }
            fact.perpetrators.iter_mut().for_each(|actor| *actor = self.actor(actor, number));
            quotes(&mut fact.evidence, &new.text);
        }
        for act in &mut version.facts.attributions {
            act.actor = self.actor(&act.actor, number);
            act.speaker = act.speaker.as_ref().map(|speaker| self.actor(speaker, number));
            quotes(&mut act.evidence, &new.text);
        }
        for count in &mut version.facts.casualties {
            count.bounds.low = count.bounds.low.map(|low| self.number(low, number));
            count.bounds.high = count.bounds.high.map(|high| self.number(high, number));
            quotes(&mut count.evidence, &new.text);
        }
        for warning in &mut version.facts.warnings {
            warning.issuer = warning.issuer.as_ref().map(|issuer| self.actor(issuer, number));
            warning.place = warning.place.as_ref().map(|place| self.place(place, number));
            warning.issued_on = warning.issued_on.and_then(|day| day.checked_add(shift).ok());
            warning.window = warning.window.map(|window| shifted(window, shift));
            warning.about = warning.about.as_ref().map(|about| self.text(about, number));
            quotes(&mut warning.evidence, &new.text);
        }
        for threat in &mut version.facts.threats {
            threat.speaker = threat.speaker.as_ref().map(|speaker| self.actor(speaker, number));
            threat.target = threat.target.as_ref().map(|target| self.text(target, number));
            quotes(&mut threat.evidence, &new.text);
        }
        version.wording = Wording::of(&new.text);
        new.text_hash = text_hash(None, &new.text);
        new
    }

    fn text(&self, text: &str, number: u64) -> String {
        let mut varied = String::with_capacity(text.len());
        for part in text.split_inclusive(|c: char| !c.is_alphanumeric()) {
            let word = part.trim_end_matches(|c: char| !c.is_alphanumeric());
            if word.bytes().all(|byte| byte.is_ascii_digit()) {
                varied.extend(word.bytes().map(|digit| char::from(other_digit(digit, number))));
            } else {
                self.push_word(word, number, &mut varied);
            }
            varied.push_str(&part[word.len()..]);
        }
        varied
    }

    fn push_word(&self, word: &str, number: u64, varied: &mut String) {
        let key = word.to_ascii_lowercase();
        let Some(&(class, at)) = self.classes.get(&key).filter(|_| is_varied(word)) else {
            return varied.push_str(word);
        };
        let words = &self.words[class];
        let turn = mix(number ^ mix(class as u64 + 1)) % words.len() as u64;
        let other = &words[(at + turn as usize) % words.len()];
        let is_upper = |c: char| c.is_ascii_uppercase();
        for (was, is) in word.chars().zip(other.chars()) {
            varied.push(if is_upper(was) { is.to_ascii_uppercase() } else { is });
        }
    }

    /// A count as [`text`](Self::text) varies its digits, where it has more than one; else another small one.
    fn number(&self, count: u64, number: u64) -> u64 {
        let digits = count.to_string();
        if digits.len() == 1 {
            return 1 + mix(count ^ mix(number)) % 9;
        }
        digits.bytes().fold(0, |sum, digit| sum * 10 + u64::from(other_digit(digit, number) - b'0'))
    }

    fn actor(&self, actor: &ActorRef, number: u64) -> ActorRef {
        self.actors.get(pick(&actor_key(actor), number, self.actors.len())).unwrap_or(actor).clone()
    }

    fn place(&self, place: &Location, number: u64) -> Location {
        let same = self.places.get(&place.precision).map_or(&[][..], Vec::as_slice);
        let mut other = same.get(pick(&place.name, number, same.len())).unwrap_or(place).clone();
        // There are more places in a country than a few thousand reports name.
        if place.precision != Precision::Country {
            other.name = self.text(&other.name, number);
            let share = |salt| (mix(number ^ mix(salt)) % 1_000) as f64 / 500.0 - 1.0;
            other.point = other.point.map(|(lat, lon)| (lat + AROUND * share(1), lon + AROUND * share(2)));
        }
        other
    }
}

fn is_varied(word: &str) -> bool {
    word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn pick(name: &str, number: u64, of: usize) -> usize {
    (mix(hash(name) ^ mix(number)) % of.max(1) as u64) as usize
}

/// Zero stays, the others are turned among themselves.
fn other_digit(digit: u8, number: u64) -> u8 {
    match digit {
        b'1'..=b'9' => b'1' + (digit - b'1' + (mix(number) % 9) as u8) % 9,
        other => other,
    }
}

fn shifted(range: DateRange, shift: Span) -> DateRange {
    let moved = |day: Option<Date>| day.and_then(|day| day.checked_add(shift).ok());
    DateRange { start: moved(range.start), end: moved(range.end) }
}
