//! Who is likely meant by a name on a day, and why.

use std::fmt;

use jiff::civil::Date;

use super::book::{ActorBook, ActorId, Term};
use super::find::{CaseRule, Finder, Sense, word};
use super::kind::{ActorKind, NameKind};
use super::table::Confidence;
use super::words::tokens;
use crate::reading::DateRange;

/// Why somebody may be meant, or why rather not.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    /// The words are a name of this kind.
    Name(NameKind),
    /// The words name an institution or office of the one named.
    Composed(NameKind),
    /// The name may as well mean something that the book does not hold.
    MayMeanOther,
    /// Only the sound of the name agrees.
    Sounds,
    /// An abbreviation is written as a word.
    AsWord,
    /// The capitals of the name lack.
    LowerCase,
    /// Held this office on the day, or before where the text says "former".
    Held {
        /// The office, for readers.
        office: String,
        /// When.
        held: DateRange,
        /// How sure the dates are.
        confidence: Confidence,
    },
    /// Held no office of the book on the day.
    OutOfOffice,
    /// Did not exist yet on the day.
    NotYet(Date),
    /// Existed no longer on the day.
    NoLonger(Date),
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = |day: Option<Date>| day.map_or(String::new(), |day| day.to_string());
        match self {
            Self::Name(kind) => write!(f, "{kind}"),
            Self::Composed(kind) => write!(f, "composed with its {kind}"),
            Self::MayMeanOther => f.write_str("may mean something else"),
            Self::Sounds => f.write_str("sounds alike"),
            Self::AsWord => f.write_str("abbreviation written as a word"),
            Self::LowerCase => f.write_str("written without capitals"),
            Self::Held { office, held, confidence: Confidence::High } => {
                write!(f, "{office} {} to {}", end(held.start), end(held.end))
            }
            Self::Held { office, held, confidence: Confidence::Medium } => {
                write!(f, "{office} about {} to {}", end(held.start), end(held.end))
            }
            Self::OutOfOffice => f.write_str("in no office then"),
            Self::NotYet(day) => write!(f, "only since {day}"),
            Self::NoLonger(day) => write!(f, "only until {day}"),
        }
    }
}

/// Somebody who may be meant.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Who.
    pub id: ActorId,
    /// How well name and day fit, 0 to 1.
    pub score: f32,
    /// What speaks for it and against it.
    pub reasons: Vec<Reason>,
}

/// How far the first candidate must be ahead for the text not to leave it open.
const LEAD: f32 = 0.1;
/// Below this score a candidate is only a possibility.
const LIKELY: f32 = 0.5;

impl ActorBook {
    /// Who may be meant by a name or title on a day, the likeliest first. A title gives its holders on that day and the
    /// office; words that are neither give nobody.
    pub fn candidates(&self, mention: &str, on: Option<Date>) -> Vec<Candidate> {
        self.rank(&self.senses(mention), on)
    }

    /// The one who is meant, where one of the candidates stands out; nobody where the text leaves it open.
    pub fn decide(candidates: &[Candidate]) -> Option<&Candidate> {
        let first = candidates.first().filter(|first| first.score >= LIKELY)?;
        candidates.get(1).is_none_or(|next| first.score - next.score >= LEAD).then_some(first)
    }

    /// The candidates of the senses of a name on a day, the likeliest first.
    pub fn rank(&self, senses: &[Sense], on: Option<Date>) -> Vec<Candidate> {
        let mut list: Vec<Candidate> = Vec::new();
        for sense in senses {
            for candidate in self.weigh(sense, on) {
                match list.iter_mut().find(|known| known.id == candidate.id) {
                    Some(known) if known.score >= candidate.score => {}
                    Some(known) => *known = candidate,
                    None => list.push(candidate),
                }
            }
        }
        list.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
        list
    }

    /// The senses of a name or title that stands by itself; titles before a person's name are passed over.
    fn senses(&self, mention: &str) -> Vec<Sense> {
        let words = tokens(mention);
        let finder = Finder::new(self, &words, CaseRule::Query);
        let found = finder.all();
        let covered = |token: usize| found.iter().any(|one| one.words.contains(&token));
        let spoken = |token: usize| {
            let mut pieces = finder.pieces.iter().filter(|piece| piece.token == token).filter_map(word);
            pieces.all(|word| matches!(word, "the" | "a" | "an" | "former" | "then" | "ex" | "s"))
        };
        let open = (0..words.len()).filter(|&token| !covered(token) && !spoken(token));
        let Some(last) = found.last() else { return Vec::new() };
        let person = |sense: &Sense| self.kind(sense.id) == ActorKind::Person;
        let named = last.senses.iter().any(person);
        // "President X", "Russian President X": whatever stands before a person's name tells of that person.
        if named && last.words.end == words.len() && (found.len() > 1 || last.words.start > 0) {
            let open: Vec<usize> = open.collect();
            let titled =
                open.iter().all(|&token| token < last.words.start && self.is_title(words[token].text));
            let people = || last.senses.iter().copied().filter(person).collect();
            return if titled { people() } else { Vec::new() };
        }
        match (found.as_slice(), open.count()) {
            ([one], 0) => one.senses.clone(),
            // "Norland's Harbour Watch"
            ([owner, one], _)
                if one.words.end == words.len() && finder.are_joined(owner.words.end, one.words.start) =>
            {
                let of =
                    |sense: &&Sense| owner.senses.iter().any(|owner| self.belongs_to(sense.id, owner.id));
                one.senses.iter().filter(of).copied().collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether an actor is a part of another or of its country.
    fn belongs_to(&self, id: ActorId, owner: ActorId) -> bool {
        let country = self.row(owner).country;
        self.is_within(id, owner) || country.is_some() && self.row(id).country == country
    }

    /// Whether a word before a person's name may be a title: an office, or an abbreviation with a full stop.
    fn is_title(&self, word: &str) -> bool {
        const TITLES: [&str; 15] = [
            "Mr",
            "Mrs",
            "Ms",
            "Dr",
            "Gen",
            "General",
            "Col",
            "Colonel",
            "Maj",
            "Sheikh",
            "Sayyed",
            "Ayatollah",
            "Mullah",
            "Sir",
            "Lord",
        ];
        let bare = word.trim_end_matches('.');
        TITLES.iter().any(|title| title.eq_ignore_ascii_case(bare))
            || self.functions.begins(bare, &self.words)
    }

    fn weigh(&self, sense: &Sense, on: Option<Date>) -> Vec<Candidate> {
        let composed = sense.composed;
        let mut reasons =
            vec![if composed { Reason::Composed(sense.name) } else { Reason::Name(sense.name) }];
        let mut score = match (sense.name, composed) {
            (NameKind::Main | NameKind::Official, false) => 1.0,
            (NameKind::Alias, false) => 0.95,
            (NameKind::Acronym, false) => 0.9,
            (NameKind::Capital, _) => 0.6,
            (NameKind::Surname, false) => 0.55,
            (NameKind::People, false) => 0.5,
            (NameKind::Adjective, false) => 0.3,
            (_, true) => 0.9,
        };
        let marks = [
            (sense.weak && !composed, 0.6, Reason::MayMeanOther),
            (sense.sound, 0.7, Reason::Sounds),
            (sense.as_word, 0.9, Reason::AsWord),
            (sense.lower_case, 0.85, Reason::LowerCase),
        ];
        for (marked, factor, reason) in marks {
            if marked {
                score *= factor;
                reasons.push(reason);
            }
        }
        match self.kind(sense.id) {
            ActorKind::Person => vec![self.person(sense.id, score, reasons, on)],
            ActorKind::Office => self.office(sense, score, &reasons, on),
            _ => vec![self.body(sense.id, score, reasons, on)],
        }
    }

    fn body(&self, id: ActorId, score: f32, mut reasons: Vec<Reason>, on: Option<Date>) -> Candidate {
        let DateRange { start, end } = self.row(id).active;
        let mut score = score;
        if let Some(start) = start.filter(|&start| on.is_some_and(|on| on < start)) {
            score *= 0.4;
            reasons.push(Reason::NotYet(start));
        }
        // Reports speak of those who are gone, too.
        if let Some(end) = end.filter(|&end| on.is_some_and(|on| on > end)) {
            score *= 0.8;
            reasons.push(Reason::NoLonger(end));
        }
        Candidate { id, score, reasons }
    }

    fn person(&self, id: ActorId, score: f32, mut reasons: Vec<Reason>, on: Option<Date>) -> Candidate {
        let surname = reasons.first() == Some(&Reason::Name(NameKind::Surname));
        let Some(on) = on else { return Candidate { id, score, reasons } };
        let current = self.terms_of(id).find(|term| holds(&term.held, on));
        let factor = match current {
            Some(_) if surname => 1.2,
            Some(_) => 1.0,
            None if surname => 0.7,
            None => 0.9,
        };
        reasons.push(current.map_or(Reason::OutOfOffice, |term| self.held(term)));
        Candidate { id, score: score * factor, reasons }
    }

    /// The holders of an office on a day, then the office itself.
    fn office(&self, sense: &Sense, score: f32, reasons: &[Reason], on: Option<Date>) -> Vec<Candidate> {
        let mut list = Vec::new();
        let fits = |term: &&Term| match (on, sense.former) {
            (None, _) => false,
            (Some(on), false) => holds(&term.held, on),
            (Some(on), true) => term.held.end.is_some_and(|end| end < on),
        };
        let terms: Vec<&Term> = self.terms_in(sense.id).filter(fits).collect();
        for (back, term) in terms.iter().rev().enumerate() {
            // A former holder may be any of those before; the last one is the likeliest.
            let likely = if sense.former { 0.8_f32.powi(back.min(8) as i32 + 1) } else { 1.0 };
            let sure = if term.confidence == Confidence::High { 1.0 } else { 0.95 };
            let reasons = reasons.iter().cloned().chain([self.held(term)]).collect();
            list.push(Candidate { id: term.person, score: score * likely * sure, reasons });
        }
        let rest = if list.is_empty() { 1.0 } else { 0.7 };
        list.push(Candidate { id: sense.id, score: score * rest, reasons: reasons.to_vec() });
        list
    }

    fn held(&self, term: &Term) -> Reason {
        Reason::Held { office: self.name(term.office), held: term.held, confidence: term.confidence }
    }
}

fn holds(held: &DateRange, on: Date) -> bool {
    held.start.is_none_or(|start| start <= on) && held.end.is_none_or(|end| on <= end)
}
