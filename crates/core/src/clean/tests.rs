use jiff::civil::Date;

use super::*;
use crate::document::MaskReason;

fn book() -> Boilerplate {
    let rules = include_str!("../../../../knowledge/boilerplate/english.toml");
    Boilerplate::parse([("english.toml", rules)]).expect("the rules load")
}

fn cleaned(text: &str) -> Document {
    clean(Capture { text: text.to_owned(), ..Capture::default() }, &book())
}

fn read(document: &Document) -> Vec<(ParagraphKind, &str)> {
    document.paragraphs.iter().map(|p| (p.kind, document.slice(p.passage))).collect()
}

fn masks(document: &Document) -> Vec<(MaskReason, &str)> {
    document.masked.iter().map(|m| (m.reason, m.span.of(&document.text))).collect()
}

#[test]
fn every_boilerplate_example_holds() {
    let book = book();
    assert!(book.examples().len() > 100);
    for example in book.examples() {
        let found =
            book.judge_line(&example.line, example.at_top).or_else(|| book.judge_line(&example.line, false));
        assert_eq!(found, example.expected, "rule {}: {:?}", example.rule, example.line);
    }
}

#[test]
fn a_wire_report_is_taken_apart() {
    let document = cleaned(
        "Market fire in Lisbon kills two, mayor says\n\nLISBON, Feb 3 (Tagus News) - A fire in the covered market \
         killed two traders on Wednesday, the mayor said.\n\nAdvertisment\n\nWhat is known\n\nThe police found a \
         canister. (Reporting by Ada Brook; Editing by Omar Lind)\n\nREAD ALSO: Ten walks by the sea\n\n© Tagus News 2021\n",
    );
    assert_eq!(
        read(&document),
        [
            (ParagraphKind::Headline, "Market fire in Lisbon kills two, mayor says"),
            (
                ParagraphKind::Prose,
                "A fire in the covered market killed two traders on Wednesday, the mayor said."
            ),
            (ParagraphKind::Heading, "What is known"),
            (ParagraphKind::Prose, "The police found a canister."),
        ]
    );
    assert_eq!(
        masks(&document),
        [
            (MaskReason::Advertisement, "Advertisment"),
            (MaskReason::Byline, "(Reporting by Ada Brook; Editing by Omar Lind)"),
            (MaskReason::ReadAlso, "READ ALSO: Ten walks by the sea"),
            (MaskReason::Copyright, "© Tagus News 2021"),
        ]
    );
    let dateline = document.dateline.as_ref().expect("a dateline");
    assert_eq!(document.slice(dateline.passage), "LISBON, Feb 3 (Tagus News) -");
    assert_eq!(dateline.place.map(|place| document.slice(place)), Some("LISBON"));
    // The dateline gives day and month, the copyright line the year.
    assert_eq!(document.published, Some(PublishedAt::Day(Date::constant(2021, 2, 3))));
    assert_eq!(document.language.as_deref(), Some("en"));
    assert_eq!(document.notes, []);
}

#[test]
fn a_date_may_stand_before_the_first_sentence() {
    let document = cleaned(
        " date 2021-02-03 In a blunt reply, the mayor has said that the market will stay shut for good.\n\nMore soon.",
    );
    assert_eq!(document.published, Some(PublishedAt::Day(Date::constant(2021, 2, 3))));
    assert_eq!(masks(&document)[0], (MaskReason::Header, "date 2021-02-03"));
    assert!(read(&document)[0].1.starts_with("In a blunt reply"));
}

#[test]
fn a_day_without_a_year_is_noted_or_completed() {
    let text =
        "LISBON, Feb 3 — Rain fell on the city all day long, and the river rose, the harbour office said.";
    let document = cleaned(text);
    assert_eq!((document.published, document.notes[0].code), (None, "date_incomplete"));
    let captured = PublishedAt::parse("2021-01-05T08:00:00Z");
    let document =
        clean(Capture { text: text.to_owned(), captured, ..Capture::default() }, &Boilerplate::default());
    assert_eq!(document.published, Some(PublishedAt::Day(Date::constant(2020, 2, 3))));
}

#[test]
fn the_given_date_goes_before_the_text() {
    let published = PublishedAt::parse("2021-02-04");
    let text = "date 2021-02-03\n\nRain fell on the city all day long.".to_owned();
    assert_eq!(clean(Capture { text, published, ..Capture::default() }, &book()).published, published);
}

#[test]
fn a_title_given_apart_is_not_read_twice() {
    let capture = |text: &str| Capture {
        title: Some("Rain floods Lisbon | Delta Courier".to_owned()),
        source: Some("Delta Courier".to_owned()),
        text: text.to_owned(),
        ..Capture::default()
    };
    let document = clean(capture("RAIN FLOODS LISBON\n\nRain fell on the city all day long."), &book());
    assert_eq!(read(&document)[0], (ParagraphKind::Headline, "RAIN FLOODS LISBON"));
    assert_eq!(document.paragraphs.len(), 2);
    let document = clean(capture("Rain fell on the city all day long."), &book());
    assert_eq!(read(&document)[0], (ParagraphKind::Headline, "Rain floods Lisbon"));
    assert_eq!(document.paragraphs.len(), 2);
}

#[test]
fn quoted_words_are_never_masked() {
    let text = "\"Subscribe to our newsletter\"\n\n“Share this article”\n\nHe wrote: \"Read also: the book of rain. All rights reserved.\"";
    assert_eq!(masks(&cleaned(text)), []);
}

#[test]
fn other_languages_are_noted() {
    let document = cleaned(
        "Dos hombres en una motocicleta dispararon contra los guardias del banco y huyeron, dijo la policía el lunes.",
    );
    assert_eq!(document.language.as_deref(), Some("es"));
    assert_eq!(document.notes[0].code, "language_unsupported");
}

#[test]
fn a_text_without_end_is_read_in_part() {
    let document = cleaned(&"rain ".repeat(200_000));
    let last = document.paragraphs.last().expect("paragraphs").passage.span.end;
    assert!(last <= LONGEST_READ_BYTES && last > LONGEST_READ_BYTES - 100);
    assert!(document.paragraphs.iter().all(|p| p.passage.span.len() <= 8 * 1024));
    assert!(document.notes.iter().any(|note| note.code == "text_truncated"));
}

#[test]
fn a_headline_needs_no_empty_line_before_a_long_paragraph() {
    let prose = "Rain fell on the city all day long, and the river rose above its banks, the mayor said on Wednesday.";
    let document = cleaned(&format!("Rain floods Lisbon\n{prose}\n{prose}"));
    let kinds: Vec<ParagraphKind> = document.paragraphs.iter().map(|p| p.kind).collect();
    assert_eq!(kinds, [ParagraphKind::Headline, ParagraphKind::Prose, ParagraphKind::Prose]);
}
