//! The tables of time expressions and the examples of `knowledge/time`, read with the real annotator.

use std::sync::LazyLock;

use watchkeeper_core::analysis::Analysis;
use watchkeeper_core::clean::{self, Boilerplate};
use watchkeeper_core::document::{Capture, PublishedAt};
use watchkeeper_core::reading::{DateRange, Time};
use watchkeeper_core::time::attach::{Attachments, Question, first_days};
use watchkeeper_core::time::{self, DayBook, DayFiles};
use watchkeeper_nlp::Annotator;

static ANNOTATOR: LazyLock<Annotator> = LazyLock::new(|| Annotator::new().expect("embedded weights"));

static DAYS: LazyLock<DayBook> = LazyLock::new(|| {
    let files = DayFiles {
        days: include_str!("../../../knowledge/time/days.toml"),
        names: include_str!("../../../knowledge/time/names.toml"),
    };
    DayBook::parse(&files).expect("well-formed knowledge")
});

/// One row of a table: `time/CONVENTIONS.md` says how it is written.
struct Row<'a> {
    published: &'a str,
    text: String,
    marked: Vec<String>,
    expected: Vec<&'a str>,
}

fn rows(table: &str) -> impl Iterator<Item = Row<'_>> {
    table.lines().filter(|line| line.contains('\t')).map(|line| {
        let mut columns = line.split('\t');
        let mut next = || columns.next().unwrap_or_else(|| panic!("three columns: {line}"));
        let (published, marked, expected) = (next(), next(), next());
        let (text, marked) = unmark(marked);
        let expected = if expected == "-" { Vec::new() } else { expected.split(" ; ").collect() };
        assert_eq!(marked.len(), expected.len(), "{line}");
        Row { published, text, marked, expected }
    })
}

/// The text without its brackets, and what stood in them.
fn unmark(marked: &str) -> (String, Vec<String>) {
    let spans = marked.split('[').skip(1).map(|rest| rest.split(']').next().unwrap_or("").to_owned());
    (marked.replace(['[', ']'], ""), spans.collect())
}

fn published(text: &str) -> Option<PublishedAt> {
    (text != "-").then(|| PublishedAt::parse(text).unwrap_or_else(|| panic!("no date: {text}")))
}

/// The expressions of a text with their words.
fn find(text: &str, published: Option<PublishedAt>) -> Vec<(String, Time)> {
    let capture = Capture { text: text.to_owned(), published, ..Capture::default() };
    let document = clean::clean(capture, &Boilerplate::default());
    let analysis = Analysis::of(&document, &*ANNOTATOR);
    let times = time::find(&document, &analysis, &DAYS);
    times.into_iter().map(|time| (document.slice(time.mention).to_owned(), time)).collect()
}

fn shown_range(range: Option<DateRange>) -> String {
    let end = |day: Option<jiff::civil::Date>| day.map_or(String::new(), |day| day.to_string());
    range.map_or("none".to_owned(), |range| format!("{}..{}", end(range.start), end(range.end)))
}

/// Whether an expression is as its cell says: type, value and, where the cell pins it, range.
fn agrees(time: &Time, cell: &str) -> bool {
    let mut words = cell.split(' ');
    words.next() == Some(time.kind.as_str())
        && words.next() == Some(time.value.as_str())
        && words.next().is_none_or(|range| range == shown_range(time.range))
}

/// What the reader makes of a row that it gets wrong, or `None` where all is as expected.
fn wrong(row: &Row) -> Option<String> {
    let found = find(&row.text, published(row.published));
    let pairs = row.marked.iter().zip(&row.expected);
    let right = found.len() == row.marked.len()
        && found.iter().zip(pairs).all(|((text, time), (marked, cell))| text == marked && agrees(time, cell));
    (!right).then(|| {
        let show = |(text, time): &(String, Time)| {
            format!("[{text}] {} {} {}", time.kind, time.value, shown_range(time.range))
        };
        let found: Vec<String> = found.iter().map(show).collect();
        format!(
            "{} {}\n    expected {:?} {:?}\n    found    {found:?}",
            row.published, row.text, row.marked, row.expected
        )
    })
}

/// Rows right and rows in all; prints how many of each section are wrong and, where told to, which.
fn score(table: &str, show: bool) -> (usize, usize) {
    let (mut right, mut all) = (0, 0);
    for section in table.split("\n# ") {
        let wrong: Vec<String> = rows(section).filter_map(|row| wrong(&row)).collect();
        let count = rows(section).count();
        (right, all) = (right + count - wrong.len(), all + count);
        if !wrong.is_empty() {
            println!("{}: {} of {count} wrong", section.lines().next().unwrap_or(""), wrong.len());
        }
        wrong.iter().filter(|_| show).for_each(|line| println!("{line}"));
    }
    (right, all)
}

#[test]
fn the_table_is_read_right() {
    let (right, all) = score(include_str!("time/table.tsv"), true);
    println!("table: {right} of {all}");
    assert!(all >= 210, "{all}");
    assert!(right * 100 >= all * 98, "{right} of {all}");
}

#[test]
fn the_table_written_before_the_code_is_read_right() {
    let (right, all) = score(include_str!("time/held_out.tsv"), false);
    println!("held out: {right} of {all}");
    assert!(all >= 210, "{all}");
    assert!(right * 100 >= all * 97, "{right} of {all}");
}

#[test]
fn the_examples_of_the_knowledge_files_are_read_as_they_say() {
    let mut wrong = Vec::new();
    for example in DAYS.examples() {
        let (text, marked) = unmark(&example.text);
        let found = find(&text, published(&example.published));
        let found: Vec<(&str, &str)> =
            found.iter().map(|(text, time)| (text.as_str(), time.value.as_str())).collect();
        let expected: Vec<(&str, &str)> =
            marked.iter().map(|text| (text.as_str(), example.value.as_deref().unwrap_or("-"))).collect();
        if found != expected {
            wrong.push(format!("{}: {found:?}", example.text));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(DAYS.examples().len() >= 30);
}

#[test]
fn an_expression_alone_has_a_reading_for_each_tense_and_its_reason() {
    let published = published("2024-03-20");
    let told = Some(jiff::civil::date(2024, 3, 5));
    let read = |text: &str, told| -> Vec<(String, String)> {
        let found = time::candidates(text, &time::Anchors { published, told }, &DAYS);
        found.into_iter().map(|found| (found.value, found.reason)).collect()
    };
    let both = read("on Friday", None);
    assert_eq!(
        both[0],
        ("2024-03-15".into(), "date, looking back: the last one at or before 2024-03-20".into())
    );
    assert_eq!(
        both[1],
        ("2024-03-22".into(), "date, looking ahead: the first one at or after 2024-03-20".into())
    );
    assert_eq!(both.len(), 2);
    let one = read("two days earlier", told);
    let reason = "length with a direction: counted from the day told of, 2024-03-05";
    assert_eq!(one, [("2024-03-03".into(), reason.into())]);
    assert_eq!(read("yesterday", None)[0].1, "date: counted from the day of publication, 2024-03-20");
    assert_eq!(read("5 May 2011", None)[0].1, "date: stated in full");
    assert!(read("the old bridge", None).is_empty());
}

/// The words of the time that belongs to a predicate; of a word that stands twice, to the last.
struct Attached {
    times: Vec<(String, Time)>,
    analysis: Analysis,
}

impl Attached {
    fn read(text: &str) -> Self {
        let published = published("2024-03-22");
        let capture = Capture { text: text.to_owned(), published, ..Capture::default() };
        let document = clean::clean(capture, &Boilerplate::default());
        Self { times: find(text, published), analysis: Analysis::of(&document, &*ANNOTATOR) }
    }

    fn ask<T>(
        &self,
        word: &str,
        ask: impl Fn(&Attachments, &[Time], usize, &Question) -> Option<T>,
    ) -> Option<T> {
        let token = self.analysis.tokens.iter().rposition(|token| token.lower == word).expect("present");
        let times: Vec<Time> = self.times.iter().map(|(_, time)| time.clone()).collect();
        let speech = |at: usize| matches!(&*self.analysis.tokens[at].lemma, "say" | "tell" | "add");
        let event = |at: usize| {
            at != token && matches!(&*self.analysis.tokens[at].lower, "blast" | "attack" | "killed")
        };
        let question = Question { analysis: &self.analysis, is_speech: &speech, is_event: &event };
        ask(&Attachments::of(&self.analysis, &times), &times, token, &question)
    }

    fn happened(&self, word: &str) -> Option<&str> {
        let time = self.ask(word, |attachments, _, token, question| {
            attachments.times_of(token, question).first().map(|&(time, _)| time)
        });
        time.map(|time| self.times[time].0.as_str())
    }

    fn said(&self, word: &str) -> Option<&str> {
        let time = self.ask(word, |attachments, _, token, question| attachments.said_when(token, question));
        time.map(|time| self.times[time].0.as_str())
    }

    fn carried(&self, word: &str) -> Option<String> {
        let days =
            self.ask(word, |attachments, times, token, question| attachments.carried(times, token, question));
        days.map(|days| shown_range(Some(days)))
    }
}

#[test]
fn a_time_belongs_to_the_predicate_on_which_it_hangs() {
    for (text, word, time) in [
        ("Police said on Tuesday that the blast on Monday killed two.", "blast", Some("Monday")),
        ("The mayor was shot on Thursday, an aide told reporters on Friday.", "shot", Some("Thursday")),
        ("Wednesday's attack left four people dead.", "attack", Some("Wednesday")),
        ("The attack took place at dawn on Tuesday.", "attack", Some("dawn on Tuesday")),
        ("On Friday gunmen entered the bank and killed a guard.", "killed", Some("Friday")),
        ("He was killed when his car blew up on Sunday.", "killed", Some("Sunday")),
        ("The murder, which was committed on 4 March, shocked the town.", "murder", Some("4 March")),
        ("The murder perpetrated on 4 March shocked the town.", "murder", Some("4 March")),
        ("The attack that killed ten farmers on 4 March was the work of bandits.", "attack", Some("4 March")),
        ("The mayor on Wednesday condemned the attack.", "attack", None),
        ("A spokesman said on Tuesday that the attack was over.", "attack", None),
        ("The group on Thursday claimed the attack.", "claimed", Some("Thursday")),
        ("The attack came as the council met. It sat until Monday.", "attack", None),
    ] {
        assert_eq!(Attached::read(text).happened(word), time, "{text}");
    }
}

#[test]
fn what_was_said_has_a_day_of_its_own() {
    for (text, word, time) in [
        ("Police said on Tuesday that the blast on Monday killed two.", "said", Some("Tuesday")),
        ("The mayor was shot on Thursday, an aide told reporters on Friday.", "told", Some("Friday")),
        ("Police said the blast on Monday killed two.", "said", None),
    ] {
        assert_eq!(Attached::read(text).said(word), time, "{text}");
    }
}

#[test]
fn a_day_is_carried_to_the_next_sentence_of_its_paragraph() {
    for (text, word, days) in [
        ("A bus was burned on 3 March. The attack left two dead.", "attack", Some("2024-03-03..2024-03-03")),
        ("A bus was burned on 3 March.\n\nThe attack left two dead.", "attack", None),
        ("A judge said so on 3 March. The attack left two dead.", "attack", None),
        ("The vote will be held on 3 May. The attack left two dead.", "attack", None),
    ] {
        assert_eq!(Attached::read(text).carried(word).as_deref(), days, "{text}");
    }
}

#[test]
fn of_the_times_of_a_predicate_one_that_tells_a_day_comes_first() {
    let times: Vec<Time> =
        find("It was the sixth attack this year, on 5 March, in a week.", published("2024-03-22"))
            .into_iter()
            .map(|(_, time)| time)
            .collect();
    assert_eq!(shown_range(first_days(&times, 0..times.len())), "2024-03-05..2024-03-05");
    assert_eq!(shown_range(first_days(&times, [0])), "2024-01-01..2024-12-31");
    assert_eq!(first_days(&times, [2]), None);
}

#[test]
fn ugly_text_is_read_without_a_panic() {
    let day = published("2024-03-22");
    for text in [
        "",
        " ",
        "’",
        "the",
        "the the",
        "99999999999 years ago",
        "in 9999",
        "3/3/3/3/3",
        "between and",
        "2024-13-45T99:99Z",
        "½",
        "a million years ago",
        "999999999999 centuries later",
        "Friday’",
        "May 99",
        "T25:61",
        "the 99th century",
        "0 days ago",
        "10000000 decades ago, 300 centuries later",
        "Dec. Dec. Dec.",
        "12:99 12:",
        "on the 31st of February 2023",
        "Q9 2020",
    ] {
        find(text, day);
        find(text, None);
        time::candidates(text, &time::Anchors { published: day, told: None }, &DAYS);
    }
}
