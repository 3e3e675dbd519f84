//! Initials with points ("U.S.") in paragraphs whose case is restored.

use crate::tokenizer::Piece;

/// Whether the word of a text at `start` is one of several letters with points behind each: both letters of "U.S.", not
/// "JOHN F. KENNEDY", and not "5 P.M.", which edited text writes small.
pub fn hold(text: &str, start: usize) -> bool {
    let bytes = text.as_bytes();
    let is_pair = |from: usize| bytes.get(from..from + 2).is_some_and(is_initial);
    let begins = |at: usize| at == 0 || !bytes[at - 1].is_ascii_alphanumeric();
    let first = start.checked_sub(2).filter(|&at| is_pair(at) && begins(at));
    let several = first.is_some() || is_pair(start + 2);
    let whole = first.unwrap_or(start);
    is_pair(start) && several && !text.get(whole..whole + 4).is_some_and(is_half_of_day)
}

/// A letter with a point behind it.
fn is_initial(pair: &[u8]) -> bool {
    matches!(pair, [letter, b'.'] if letter.is_ascii_alphabetic())
}

/// "A.M." or "P.M.".
fn is_half_of_day(word: &str) -> bool {
    word.eq_ignore_ascii_case("a.m.") || word.eq_ignore_ascii_case("p.m.")
}

/// Words that begin a sentence after an abbreviation as often as not ("HE LIVED IN THE U.S. THE POLICE SAID SO").
const BEGINNERS: [&str; 30] = [
    "the",
    "a",
    "an",
    "this",
    "that",
    "these",
    "those",
    "he",
    "she",
    "it",
    "they",
    "we",
    "i",
    "you",
    "his",
    "her",
    "its",
    "their",
    "our",
    "in",
    "on",
    "at",
    "but",
    "and",
    "however",
    "meanwhile",
    "according",
    "there",
    "as",
    "when",
];

/// Which tokens of a recased paragraph go with the initials before them ("TWO U.S. MORMON MISSIONARIES"): without the
/// writer's own capitals the parser takes many of them for the beginning of a sentence.
pub fn glued(text: &str, pieces: &[Piece]) -> Vec<bool> {
    let form = |piece: &Piece| &text[piece.start..piece.end];
    let mut before = "";
    pieces
        .iter()
        .map(|piece| {
            let word = form(piece);
            let after = std::mem::replace(&mut before, word);
            are_initials(after) && !BEGINNERS.contains(&&*word.to_lowercase())
        })
        .collect()
}

/// "U.S.", "u.n."; hours of the day are none.
fn are_initials(word: &str) -> bool {
    word.len() >= 4 && !is_half_of_day(word) && word.as_bytes().chunks(2).all(is_initial)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_follows_initials_goes_with_them_unless_it_begins_sentences() {
        let pieces = |text: &str| {
            let mut from = 0;
            let piece = |word: &str| {
                let start = from;
                from += word.len() + 1;
                Piece { start, end: start + word.len(), norm: None, space_after: true }
            };
            text.split(' ').map(piece).collect::<Vec<_>>()
        };
        let text = "Two U.S. Mormon missionaries left the U.S. The police came at 5 p.m. Gunmen fled";
        let glued = glued(text, &pieces(text));
        assert_eq!(glued.iter().filter(|&&glued| glued).count(), 1);
        assert!(glued[2]);
    }
}
