//! The words of a text as search knows them: in lower case, without accents, cut down to their English stem (Porter's
//! second stemmer, "Snowball", 2001). Both databases get the same words, so that both find the same.

use std::collections::{BTreeSet, HashSet};
use std::ops::Range;

use rust_stemmers::{Algorithm, Stemmer};
use watchkeeper_core::places::fold::plain;

use crate::sql::FullText;

/// Longer words are cut; nobody looks for their end.
const LONGEST_BYTES: usize = 64;
/// How many bytes of words one text gives to the index; a page of news has a hundredth of that.
const MOST_BYTES: usize = 500_000;
/// About how many characters a snippet has.
const SNIPPET_CHARS: usize = 180;

/// Words to look for, reduced to their stems. Whatever is typed can be looked for: what is no word is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Terms(BTreeSet<String>);

/// A stretch of a text in which words that were looked for stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// The stretch; an ellipsis stands for what was cut off.
    pub text: String,
    /// Where the words stand in it, in bytes.
    pub marks: Vec<Range<usize>>,
}

impl Terms {
    /// The words of a query.
    pub fn of(query: &str) -> Self {
        let stemmer = Stemmer::create(Algorithm::English);
        Self(words(query).map(|range| stem(&query[range], &stemmer)).collect())
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The words as a database is asked for texts that have all of them. They hold only letters and digits, and stand in
    /// quotation marks, so that nothing that is typed is an operator.
    pub(crate) fn joined(&self, full_text: &FullText) -> String {
        let quote = full_text.quote;
        let quoted: Vec<String> = self.0.iter().map(|word| format!("{quote}{word}{quote}")).collect();
        quoted.join(full_text.and)
    }

    /// Where the words stand in a text, in bytes.
    pub fn marks(&self, text: &str) -> Vec<Range<usize>> {
        let stemmer = Stemmer::create(Algorithm::English);
        words(text).filter(|range| self.0.contains(&stem(&text[range.clone()], &stemmer))).collect()
    }

    /// The stretch of a text in which most of the words stand, the first of several; `None` where none does.
    pub fn snippet(&self, text: &str) -> Option<Snippet> {
        let stemmer = Stemmer::create(Algorithm::English);
        let marks = self.marks(text);
        let distinct = |from: usize| {
            let near = marks[from..].iter().take_while(|mark| mark.end <= marks[from].start + SNIPPET_CHARS);
            near.map(|mark| stem(&text[mark.clone()], &stemmer)).collect::<BTreeSet<_>>().len()
        };
        let best = (0..marks.len()).max_by_key(|&from| (distinct(from), std::cmp::Reverse(from)))?;
        let start = beginning(text, marks[best].start);
        let end = ending(text, start);
        let mut snippet = Snippet { text: String::new(), marks: Vec::new() };
        if start > 0 {
            snippet.text.push('…');
        }
        let offset = snippet.text.len();
        snippet.text.push_str(&text[start..end]);
        if end < text.trim_end().len() {
            snippet.text.push('…');
        }
        let inside = marks.into_iter().filter(|mark| mark.start >= start && mark.end <= end);
        snippet.marks = inside.map(|mark| mark.start - start + offset..mark.end - start + offset).collect();
        Some(snippet)
    }
}

/// All words of texts for the index, each once, with spaces between.
pub(crate) fn indexed(texts: &[&str]) -> String {
    let stemmer = Stemmer::create(Algorithm::English);
    let (mut seen, mut known) = (HashSet::new(), BTreeSet::new());
    let mut bytes = 0;
    for text in texts {
        for range in words(text) {
            if !seen.insert(&text[range.clone()]) {
                continue;
            }
            let word = stem(&text[range], &stemmer);
            if bytes + word.len() > MOST_BYTES {
                break;
            }
            let length = word.len() + 1;
            if known.insert(word) {
                bytes += length;
            }
        }
    }
    known.into_iter().collect::<Vec<_>>().join(" ")
}

fn stem(word: &str, stemmer: &Stemmer) -> String {
    let folded: String = plain(word).to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    let mut stem = stemmer.stem(&folded).into_owned();
    if stem.is_empty() {
        // Marks alone fold to nothing; what they stood for must still be found.
        stem = word.to_lowercase();
    }
    stem.truncate(stem.floor_char_boundary(LONGEST_BYTES));
    stem
}

/// The words of a text: runs of letters and digits; a character of a script without spaces is a word of its own.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (start, first) = chars.next()?;
            if !first.is_alphanumeric() {
                continue;
            }
            let mut end = start + first.len_utf8();
            while !is_unspaced(first) {
                match chars.next_if(|&(_, c)| (c.is_alphanumeric() && !is_unspaced(c)) || is_mark(c)) {
                    Some((at, c)) => end = at + c.len_utf8(),
                    None => break,
                }
            }
            return Some(start..end);
        }
    })
}

/// Chinese and Japanese characters.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// An accent that stands behind its letter.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Where a snippet begins around a word: at its sentence, or a few words before.
fn beginning(text: &str, word: usize) -> usize {
    let from = text.floor_char_boundary(word.saturating_sub(SNIPPET_CHARS / 3));
    let before = &text[from..word];
    let sentence = before.rfind(['\n', '.', '!', '?']).map(|at| at + 1);
    let start = sentence.or_else(|| if from == 0 { Some(0) } else { before.find(' ').map(|at| at + 1) });
    let start = from + start.unwrap_or(before.len());
    start + (text[start..word].len() - text[start..word].trim_start().len())
}

/// Where it ends: at a space, about so many characters on.
fn ending(text: &str, start: usize) -> usize {
    match text[start..].char_indices().nth(SNIPPET_CHARS) {
        None => start + text[start..].trim_end().len(),
        Some((cut, _)) => {
            let kept = &text[start..start + cut];
            start + kept.rfind(char::is_whitespace).unwrap_or(cut)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_are_one_word() {
        assert_eq!(Terms::of("Bombings BOMBED bomb"), Terms::of("bomb"));
        assert_eq!(Terms::of("Łódź café"), Terms::of("lodz CAFE"));
        assert_eq!(Terms::of("exploded"), Terms::of("explode"));
    }

    #[test]
    fn whatever_is_typed_is_words_or_nothing() {
        let full_text =
            FullText { layout: "", merging: "", insert: "", delete: "", find: "", quote: '"', and: " " };
        for query in
            ["\" OR 1=1 --", "NEAR(a b", "(((", "*", "a:b", "", "\u{0}\u{1b}", "'; DROP TABLE versions"]
        {
            let joined = Terms::of(query).joined(&full_text);
            assert!(
                joined.chars().all(|c| c.is_alphanumeric() || c == '"' || c == ' ')
                    && joined.matches('"').count().is_multiple_of(2),
                "{query:?} became {joined:?}"
            );
        }
        assert!(Terms::of("?! …").is_empty());
    }

    #[test]
    fn a_snippet_shows_the_words_in_their_sentence() {
        let text = "The harbour was quiet all night. A bomb went off at the fish market at dawn, and the ferry was hit.";
        let snippet = Terms::of("ferry bombs").snippet(text).expect("both words stand there");
        let marked: Vec<&str> = snippet.marks.iter().map(|mark| &snippet.text[mark.clone()]).collect();
        assert_eq!(marked, ["bomb", "ferry"]);
        assert!(snippet.text.starts_with("…A bomb"), "{snippet:?}");
        assert_eq!(Terms::of("train").snippet(text), None);
    }

    #[test]
    fn ugly_texts_give_snippets_too() {
        for text in [
            "😀bomb👩‍👩‍👧‍👦",
            "bomb",
            "一枚炸弹bomb在",
            &"é".repeat(500),
            &format!("{}bomb{}", "😀".repeat(300), "x".repeat(900)),
        ] {
            if let Some(snippet) = Terms::of("bomb").snippet(text) {
                assert!(snippet.marks.iter().all(|mark| snippet.text.get(mark.clone()).is_some()), "{text}");
            }
        }
        assert_eq!(Terms::of("炸").marks("一枚炸弹").first(), Some(&(6..9)));
    }
}
