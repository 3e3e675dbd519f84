//! What every fuzzed input goes through, and what must hold of the result.

#[cfg(feature = "reading")]
mod reading;
#[cfg(feature = "reading")]
pub use reading::read;

use std::sync::LazyLock;

use watchkeeper_core::clean::{Boilerplate, clean};
use watchkeeper_core::document::{Capture, Document, Field};
use watchkeeper_ingest::{Defaults, Rejection, captures};

static BOOK: LazyLock<Boilerplate> = LazyLock::new(|| {
    let rules = include_str!("../../knowledge/boilerplate/english.toml");
    Boilerplate::parse([("english.toml", rules)]).expect("the rules load")
});

/// Takes bytes the whole way to documents.
pub fn ingest(bytes: &[u8]) {
    for outcome in captures(bytes, &Defaults::default(), &BOOK) {
        check(&clean(outcome.unwrap_or_else(Rejection::into_capture), &BOOK));
    }
}

/// Takes bytes the same way, put into an entry of a feed, so that few of them are lost on telling the format.
pub fn ingest_entry(bytes: &[u8]) {
    let begin = b"<rss version=\"2.0\"><channel xml:base=\"https://courier.example/\"><item>";
    ingest(&[begin, bytes].concat());
}

/// Cleans a text as it is, whatever format it looks like. The first line serves as title and outlet as well.
pub fn clean_text(text: &str) {
    let first = text.lines().next().map(str::to_owned);
    let capture =
        Capture { title: first.clone(), source: first, text: text.to_owned(), ..Capture::default() };
    check(&clean(capture, &BOOK));
    check(&clean(Capture { text: text.to_owned(), ..Capture::default() }, &BOOK));
}

/// What is masked and what is read lies in the text on boundaries of characters, in order, without overlap.
fn check(document: &Document) {
    let read =
        document.paragraphs.iter().map(|p| p.passage).filter(|p| p.field == Field::Text).map(|p| p.span);
    let masked = document.masked.iter().map(|m| m.span);
    assert!(masked.clone().is_sorted() && read.clone().is_sorted());
    let mut spans: Vec<_> = read.chain(masked).collect();
    spans.sort_unstable();
    for span in &spans {
        assert!(!span.is_empty() && document.text.get(span.range()).is_some(), "{span:?}");
    }
    assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start), "{spans:?}");
    for paragraph in &document.paragraphs {
        assert!(!document.slice(paragraph.passage).is_empty());
    }
}
