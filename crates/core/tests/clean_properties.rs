//! What holds of every cleaned document, whatever the text.

use std::sync::LazyLock;

use proptest::prelude::*;
use watchkeeper_core::clean::{Boilerplate, clean};
use watchkeeper_core::document::{Capture, Document, Field};

static BOOK: LazyLock<Boilerplate> = LazyLock::new(|| {
    let rules = include_str!("../../../knowledge/boilerplate/english.toml");
    Boilerplate::parse([("english.toml", rules)]).expect("the rules load")
});

/// Pieces of which reports are made, ugly ones among them.
const PIECES: [&str; 36] = [
    "date 2021-02-03 ",
    "Published: 3 February 2021, 9.15 pm EST",
    "LISBON, Feb 3 (Tagus News) - ",
    "LISBON — ",
    "PORTO, 3 FEB 88 -- [REPORT] [TEXT] ",
    "Rain floods Lisbon",
    "Rain fell on the city all day long, and the river rose above its banks, the mayor said. ",
    "He said: \"Read also this.\" ",
    "Advertisment",
    "READ ALSO: Ten walks",
    "© Delta Courier 2021",
    "By Ada Brook",
    "(Reporting by Ada Brook; Editing by Omar Lind)",
    "Subscribe to our newsletter | © Delta Courier",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\u{2028}",
    "\u{85}",
    "   ",
    "\t",
    "\u{a0}",
    "\u{200b}",
    "\u{202e}",
    "\u{feff}",
    "شهد السوق هجوما",
    "Ждань",
    "日本語の記事",
    "👩‍👩‍👧",
    "e\u{301}",
    "—",
    "--",
    "(",
    ")",
    "İ",
];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![4 => prop::sample::select(&PIECES[..]).prop_map(str::to_owned), 1 => "\\PC{0,20}", 1 => any::<String>()];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Whether the ranges lie inside of `text` on boundaries of characters, in order, without overlap.
fn are_in_order(text: &str, ranges: &[(usize, usize)]) -> bool {
    let inside = ranges.iter().all(|&(start, end)| start < end && text.get(start..end).is_some());
    inside && ranges.windows(2).all(|pair| pair[0].1 <= pair[1].0)
}

type Ranges = Vec<(usize, usize)>;

/// What is masked and what is read.
fn ranges_of_text(document: &Document) -> (Ranges, Ranges) {
    let masked = document.masked.iter().map(|m| (m.span.start, m.span.end)).collect();
    let paragraphs = document.paragraphs.iter().map(|p| p.passage).filter(|p| p.field == Field::Text);
    (masked, paragraphs.map(|p| (p.span.start, p.span.end)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_slice_their_text_in_order(text in text(), title in prop::option::of(text()), source in prop::option::of("[A-Z a-z]{0,12}")) {
        let capture = Capture { text: text.clone(), title: title.clone(), source, ..Capture::default() };
        let document = clean(capture, &BOOK);
        prop_assert_eq!(&document.text, &text);
        prop_assert_eq!(&document.title, &title);
        let (masked, paragraphs) = ranges_of_text(&document);
        prop_assert!(are_in_order(&text, &masked), "masked {:?}", masked);
        prop_assert!(are_in_order(&text, &paragraphs), "paragraphs {:?}", paragraphs);
        let mut all: Vec<_> = masked.into_iter().chain(paragraphs).collect();
        all.sort_unstable();
        prop_assert!(are_in_order(&text, &all), "masked and read at once {:?}", all);
        for paragraph in &document.paragraphs {
            let words = document.slice(paragraph.passage);
            prop_assert!(!words.is_empty() && words.trim() == words, "paragraph {:?}", words);
        }
        if let Some(dateline) = &document.dateline {
            prop_assert!(!document.slice(dateline.passage).is_empty());
            let inside = dateline.place.is_none_or(|place| dateline.passage.span.contains(place.span));
            prop_assert!(inside, "place outside of its dateline");
        }
    }

    #[test]
    fn prose_is_either_read_or_masked(text in text()) {
        let document = clean(Capture { text: text.clone(), ..Capture::default() }, &BOOK);
        let mut covered = vec![false; text.len()];
        let (masked, paragraphs) = ranges_of_text(&document);
        let dateline = document.dateline.iter().map(|d| (d.passage.span.start, d.passage.span.end));
        for (start, end) in masked.into_iter().chain(paragraphs).chain(dateline) {
            covered[start..end].fill(true);
        }
        let lost: String = text.char_indices().filter(|&(at, c)| !covered[at] && c.is_alphanumeric()).map(|(_, c)| c).collect();
        prop_assert_eq!(lost, "");
    }
}
