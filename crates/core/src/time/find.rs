//! Time expressions in running text: read by the grammar, checked against what stands around them, resolved in order.

use jiff::civil::Date;

use super::book::DayBook;
use super::days::Setting;
use super::grammar;
use super::lex::{self, Atom, Cursor, Shape};
use super::meaning::{At, From, Meaning, When, Which, YearRef, Zone};
use super::resolve::{self, Context, Open, Resolved};
use super::tense::Tense;
use super::told::Told;
use crate::analysis::Analysis;
use crate::document::PublishedAt;
use crate::grammar::{Dep, NameLabel, Pos};
use crate::text::{Bytes, Span, Tokens};

/// An expression in a text, not yet resolved.
pub struct Match {
    /// Its atoms.
    pub atoms: std::ops::Range<usize>,
    /// What it says.
    pub meaning: Meaning,
    /// The rule that read it.
    pub rule: &'static str,
}

/// A text cut into atoms, with the expressions in it.
pub struct Scan {
    /// The atoms.
    pub atoms: Vec<Atom>,
    /// The expressions, in order, without overlap.
    pub matches: Vec<Match>,
}

/// Finds the expressions of a text; `refused` says which of them are none, given where they stand.
pub fn scan(text: &str, book: &DayBook, refused: impl Fn(&[Atom], &Match) -> bool) -> Scan {
    let atoms = lex::cut(text);
    let mut matches = Vec::new();
    let mut at = 0;
    while at < atoms.len() {
        let begins = match &atoms[at].shape {
            Shape::Word(_) => {
                at == 0
                    || atoms[at].spaced
                    || !matches!(atoms[at - 1].shape, Shape::Word(_) | Shape::Mark('\'' | '’'))
            }
            Shape::Number { .. } => at == 0 || atoms[at].spaced || !is_joined(&atoms, at),
            Shape::Mark(mark) => matches!(mark, '\'' | '’' | '½'),
        };
        let found = if begins { grammar::read(Cursor::new(&atoms, at, book)) } else { None };
        let found = found.map(|(meaning, end, rule)| Match { atoms: at..end, meaning, rule });
        match found.filter(|found| found.atoms.end > at) {
            Some(found) if is_name(&atoms, &found, book) => at = found.atoms.end,
            Some(found) if !refused(&atoms, &found) => {
                at = found.atoms.end;
                matches.push(found);
            }
            Some(_) | None => at += 1,
        }
    }
    Scan { atoms, matches }
}

/// Whether a number goes on what stands before it: "F-16", "$5", "Covid-19", "1.5".
fn is_joined(atoms: &[Atom], at: usize) -> bool {
    match &atoms[at - 1].shape {
        Shape::Word(word) => !matches!(word.as_str(), "q" | "t"),
        Shape::Number { .. } => true,
        Shape::Mark('-' | '–' | '‑') => {
            at >= 2 && !atoms[at - 1].spaced && !is_month_or_mid(&atoms[at - 2])
        }
        Shape::Mark('$' | '£' | '€' | '#' | '/' | '.' | ':' | '+') => true,
        Shape::Mark(_) => false,
    }
}

fn is_month_or_mid(atom: &Atom) -> bool {
    match &atom.shape {
        Shape::Word(word) => matches!(word.as_str(), "mid" | "early" | "late" | "pre" | "post"),
        Shape::Number { .. } | Shape::Mark(_) => false,
    }
}

/// Whether the words around an expression make it part of a name.
fn is_name(atoms: &[Atom], found: &Match, book: &DayBook) -> bool {
    let (start, end) =
        (Cursor::new(atoms, found.atoms.start, book), Cursor::new(atoms, found.atoms.end, book));
    match &found.meaning {
        Meaning::Date(When::MonthDay { year: YearRef::Unsaid, .. } | When::Named(..), None) => {
            book.is_in_name(end)
        }
        Meaning::Date(_, None) | Meaning::Set(_) if found.atoms.len() == 1 => book.is_paper(start, end),
        _ => false,
    }
}

/// Which side the words before an expression open.
pub fn open(scan: &Scan, index: usize, attributive: bool, book: &DayBook) -> Option<Open> {
    let found = &scan.matches[index];
    let mut at = Cursor::new(&scan.atoms, found.atoms.start, book);
    let end = Cursor::new(&scan.atoms, found.atoms.end, book);
    if matches!(at.word_before(1), "least" | "the") {
        at = Cursor::new(&scan.atoms, at.at() - 1, book);
        if at.word_before(1) == "at" {
            at = Cursor::new(&scan.atoms, at.at() - 1, book);
        }
    }
    let possessive =
        end.possessive().is_some() && matches!(end.atom().map(|a| &a.shape), Some(Shape::Mark(_)));
    match at.word_before(1) {
        "since" => Some(Open::From),
        "until" | "till" | "til" => Some(Open::To),
        "through" if !possessive => Some(Open::To),
        "by" if !possessive => Some(Open::To),
        "than" if at.word_before(2) == "later" && at.word_before(3) == "no" => Some(Open::To),
        "from" | "starting" | "beginning" if !possessive && !attributive => Some(Open::From),
        "before" if !possessive && !attributive => Some(Open::Before),
        "after" if !possessive && !attributive => Some(Open::After),
        _ => None,
    }
}

/// Resolves the expressions of a scan, in order, and remembers what they tell.
pub struct Resolver<'a> {
    /// The days that have names.
    pub book: &'a DayBook,
    /// First publication.
    pub published: Option<PublishedAt>,
    /// What has been told so far.
    pub told: Told,
}

impl Resolver<'_> {
    /// The expressions of one scan. `tense` and `sentence` tell of each match, by its index, the tense of its sentence and
    /// which one it stands in; `attributive` whether a noun follows that it belongs to.
    pub fn resolve(
        &mut self,
        scan: &Scan,
        tense: impl Fn(usize) -> Tense,
        sentence: impl Fn(usize) -> usize,
        attributive: impl Fn(usize) -> bool,
    ) -> Vec<Resolved> {
        let mut resolved: Vec<Resolved> = Vec::with_capacity(scan.matches.len());
        for (index, found) in scan.matches.iter().enumerate() {
            let setting = Setting {
                published: self.published.map(PublishedAt::day),
                told: self.told,
                tense: tense(index),
            };
            let open = open(scan, index, attributive(index), self.book);
            let mut context = Context { setting, published: self.published, beside: None, open };
            if needs_day(&found.meaning) {
                let greenwich = self.greenwich(scan, index, &resolved);
                context.beside =
                    greenwich.or_else(|| self.beside_greenwich(scan, index, &context)).or_else(|| {
                        let before = day_before(&resolved, index, &sentence);
                        before.or_else(|| self.day_after(scan, index, &context, &sentence))
                    });
                if greenwich.is_some() {
                    resolved.push(self.same_instant(&found.meaning, &context, &resolved));
                    continue;
                }
            }
            if let Meaning::Apart { of_event: true, .. } = found.meaning {
                let same_sentence = day_before(&resolved, index, &sentence).is_some();
                context.setting.told = self.event_day(scan, index, &context, same_sentence);
            }
            let result = resolve::resolve(&found.meaning, &context);
            self.note(&found.meaning, &result);
            resolved.push(result);
        }
        resolved
    }

    fn note(&mut self, meaning: &Meaning, result: &Resolved) {
        let names_day = !matches!(meaning, Meaning::Duration(..) | Meaning::Set(_) | Meaning::Reference(_));
        if let Some(point) = result.point.filter(|_| names_day) {
            self.told.note(point);
        }
        if let Some((day, clock)) = result.clock.filter(|(_, clock)| clock.zone == Zone::Local) {
            self.told.note_clock(day, clock.hour, clock.minute);
        }
    }

    /// The day of "(1700 GMT)" behind a time by the local clock.
    fn greenwich(&self, scan: &Scan, index: usize, resolved: &[Resolved]) -> Option<Date> {
        let Meaning::Time(None, At::Clock(clock)) = &scan.matches[index].meaning else { return None };
        let last = index.checked_sub(1)?;
        let near = scan.matches[index].atoms.start - scan.matches[last].atoms.end <= 2;
        let (day, local) = resolved[last].clock?;
        (near && clock.zone == Zone::Utc && local.zone == Zone::Local)
            .then(|| resolve::greenwich_day((day, local), *clock))
    }

    /// The instant by Greenwich of a time that was just told by the local clock: on the same local day.
    fn same_instant(&self, meaning: &Meaning, context: &Context, resolved: &[Resolved]) -> Resolved {
        let result = resolve::resolve(meaning, context);
        let local = resolved.last();
        Resolved {
            range: local.and_then(|local| local.range),
            point: local.and_then(|local| local.point),
            ..result
        }
    }

    /// The local day of a time behind which the same instant of Greenwich stands with its day: "at 2230 (0230 GMT on 12 May)".
    fn beside_greenwich(&self, scan: &Scan, index: usize, context: &Context) -> Option<Date> {
        let Meaning::Time(None, At::Clock(local)) = &scan.matches[index].meaning else { return None };
        let next = scan.matches.get(index + 1)?;
        let Meaning::Time(Some(when), At::Clock(utc)) = &next.meaning else { return None };
        let near = next.atoms.start - scan.matches[index].atoms.end <= 2;
        let day = super::days::resolve(when, &context.setting).stretch()?.first();
        (near && utc.zone == Zone::Utc && local.zone == Zone::Local)
            .then(|| resolve::local_day((day, *utc), *local))
    }

    /// The day that follows in the sentence: "at 8 p.m. local time (1700 GMT) on Saturday".
    fn day_after(
        &self,
        scan: &Scan,
        index: usize,
        context: &Context,
        sentence: &impl Fn(usize) -> usize,
    ) -> Option<Date> {
        let own = sentence(index);
        let later = (index + 1..scan.matches.len()).take_while(|&i| sentence(i) == own);
        later
            .filter_map(|i| match &scan.matches[i].meaning {
                Meaning::Date(when, None) | Meaning::Time(Some(when), _) => {
                    super::days::resolve(when, &context.setting).stretch()
                }
                _ => None,
            })
            .find(|stretch| stretch.grain() == super::calendar::Grain::Day)
            .map(super::calendar::Stretch::first)
    }

    /// What "two days after" counts from where an event follows: the day that stands in the name of the event ("Monday's
    /// blast"), or the day told of where the event is one of those that reports tell of ("the attack").
    fn event_day(&self, scan: &Scan, index: usize, context: &Context, same_sentence: bool) -> Told {
        let end = scan.matches[index].atoms.end;
        if let Some(next) = scan.matches.get(index + 1).filter(|next| next.atoms.start <= end + 2) {
            let mut told = Told::default();
            if let Meaning::Date(when, None) = &next.meaning
                && let Some(stretch) = super::days::resolve(when, &context.setting).stretch()
            {
                told.note(stretch);
            }
            return told;
        }
        let words = scan.atoms[end..].iter().take(4).map_while(|atom| match &atom.shape {
            Shape::Word(word) => Some(word.as_str()),
            Shape::Number { .. } | Shape::Mark(_) => None,
        });
        let told_of = words.clone().next().is_some_and(|word| matches!(word, "the" | "that" | "this"))
            && words.into_iter().any(super::words::is_incident);
        if told_of && !same_sentence { self.told } else { Told::default() }
    }
}

/// Whether the text around an expression must tell its day.
fn needs_day(meaning: &Meaning) -> bool {
    match meaning {
        Meaning::Time(None, _) => true,
        Meaning::Interval(first, _) => matches!(**first, Meaning::Time(None, _)),
        _ => false,
    }
}

/// The last day named before in the same sentence.
fn day_before(resolved: &[Resolved], index: usize, sentence: &impl Fn(usize) -> usize) -> Option<Date> {
    let own = sentence(index);
    let earlier = (0..index).rev().take_while(|&i| sentence(i) == own);
    earlier
        .filter_map(|i| resolved[i].point)
        .find(|stretch| stretch.grain() == super::calendar::Grain::Day)
        .map(super::calendar::Stretch::first)
}

/// The tokens of one paragraph.
pub struct Paragraph<'a> {
    /// The grammar of the document.
    pub analysis: &'a Analysis,
    /// The paragraph's tokens.
    pub tokens: Span<Tokens>,
    /// Where the paragraph begins in its field.
    pub offset: usize,
}

impl Paragraph<'_> {
    /// The tokens that a stretch of the paragraph's text touches; empty where it touches none.
    pub fn touched(&self, bytes: Span<Bytes>) -> Span<Tokens> {
        let bytes = bytes.shift(self.offset);
        let tokens = &self.analysis.tokens[self.tokens.range()];
        let first = tokens.partition_point(|token| token.span.end <= bytes.start);
        let last = tokens.partition_point(|token| token.span.start < bytes.end);
        Span::new(self.tokens.start + first, self.tokens.start + last)
    }

    /// Whether tags and names say that a single word is no time: a verb, a person, a newspaper.
    pub fn refuses(&self, atoms: &[Atom], found: &Match) -> bool {
        let span = atoms[found.atoms.start].span.cover(atoms[found.atoms.end - 1].span);
        let touched = self.touched(span);
        if touched.is_empty() {
            return false;
        }
        let wordy = atoms[found.atoms.clone()].iter().all(|atom| matches!(atom.shape, Shape::Word(_)));
        let single = found.atoms.len() == 1 && wordy;
        let token = &self.analysis.tokens[touched.start];
        let month = matches!(found.meaning, Meaning::Date(When::Month { .. }, None));
        if single && month && (token.tag == "MD" || (token.pos == Pos::Verb && token.tag != "VBG")) {
            return true;
        }
        let season = matches!(
            &found.meaning,
            Meaning::Date(When::Season { year: YearRef::Unsaid, which: Which::Tense, .. }, None)
        );
        let last = &self.analysis.tokens[touched.end - 1];
        if season && last.head > touched.end - 1 && matches!(last.dep, Dep::Compound | Dep::Amod) {
            return true; // "the spring sunshine"
        }
        single && !counts_from_writing(&found.meaning) && self.is_inside_name(touched)
    }

    /// Whether the tokens are a part of a longer name of somebody or something.
    fn is_inside_name(&self, tokens: Span<Tokens>) -> bool {
        let names = &self.analysis.names;
        let from = names.partition_point(|name| name.tokens.end <= tokens.start);
        names.get(from).is_some_and(|name| {
            let named = matches!(
                name.label,
                NameLabel::Person
                    | NameLabel::Org
                    | NameLabel::Fac
                    | NameLabel::WorkOfArt
                    | NameLabel::Product
                    | NameLabel::Law
            );
            let longer = name.tokens.contains(tokens) && name.tokens.len() > tokens.len();
            named && longer && self.capitals_around(name.tokens, tokens)
        })
    }

    /// Whether the rest of the name is written as one; the recogniser swallows a neighbouring "Friday" at times.
    fn capitals_around(&self, name: Span<Tokens>, tokens: Span<Tokens>) -> bool {
        let next_to = [tokens.start.checked_sub(1), Some(tokens.end)];
        next_to.into_iter().flatten().any(|at| name.holds(at) && self.analysis.tokens[at].pos == Pos::Propn)
    }
}

/// "Today" and its kin are never names.
fn counts_from_writing(meaning: &Meaning) -> bool {
    matches!(meaning, Meaning::Date(When::Counted { from: From::Publication, .. }, _))
}
