//! How the examples beside the rules are checked: each text as one written on Friday, 22 March 2024, looking back.

use super::super::book::DayBook;
use super::super::when::{Anchors, candidates};
use crate::document::PublishedAt;

/// The words and the value of the first expression of a text.
pub fn first(text: &str, book: &DayBook) -> Option<(String, String)> {
    let published = PublishedAt::Day(jiff::civil::date(2024, 3, 22));
    let anchors = Anchors { published: Some(published), told: None };
    let found = candidates(text, &anchors, book).into_iter().next()?;
    Some((found.span.of(text).to_owned(), found.value))
}

/// Checks texts with their expression in brackets and its value; those without brackets hold none.
pub fn check(examples: &[(&str, &str)]) {
    for (marked, value) in examples {
        let text = marked.replace(['[', ']'], "");
        let expected = marked.split_once('[').map(|(_, rest)| {
            let words = rest.split(']').next().unwrap_or("");
            (words.to_owned(), (*value).to_owned())
        });
        assert_eq!(first(&text, &DayBook::default()), expected, "{marked}");
    }
}
