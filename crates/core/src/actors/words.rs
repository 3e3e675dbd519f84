//! Text cut into the pieces by which names are compared: folded words, hyphens, the possessive, and barriers.

use std::borrow::Cow;

use smol_str::SmolStr;

use crate::places::fold::fold_onto;

/// One token of a text in which names are sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    /// As it is written.
    pub text: &'t str,
    /// Whether a space follows it.
    pub space_after: bool,
}

/// What a piece of text is to a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A folded word.
    Word(SmolStr),
    /// A hyphen or slash; names pass over it.
    Hyphen,
    /// "'s".
    Possessive,
    /// Anything else; no name goes on behind it.
    Barrier,
}

/// A piece of a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// What it is.
    pub shape: Shape,
    /// Index of its token.
    pub token: usize,
    /// How its letters are written.
    pub case: Case,
    /// Whether it touches the next piece.
    pub glued: bool,
}

/// How the letters of a word are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    /// No capital at its beginning.
    Lower,
    /// A capital at its beginning only.
    Capitalised,
    /// Mostly capitals; of one letter that letter; a number.
    Upper,
}

/// The case of a word as it is written.
pub(super) fn case(text: &str) -> Case {
    let mut letters = text.chars().filter(|c| c.is_alphanumeric());
    let Some(first) = letters.next() else { return Case::Lower };
    let (upper, lower) = text.chars().fold((0, 0), |(upper, lower), c| {
        (upper + usize::from(c.is_uppercase()), lower + usize::from(c.is_lowercase()))
    });
    if upper + lower == 0 {
        return Case::Upper;
    }
    // "al-Shabaab" in one token begins with its article.
    let begins = first.is_uppercase() || first.is_numeric() || article_of(text).is_some() && upper > 0;
    match (begins, upper > lower) {
        (_, true) => Case::Upper,
        (true, false) => Case::Capitalised,
        (false, false) => Case::Lower,
    }
}

fn article_of(text: &str) -> Option<&str> {
    text.split_once('-').map(|(article, _)| article).filter(|article| is_article(article, true))
}

/// Whether a folded word is the Arabic article; the forms that are English words too count only before a hyphen.
pub(super) fn is_article(word: &str, hyphen: bool) -> bool {
    match word {
        "al" | "el" | "ul" => true,
        "ad" | "ar" | "as" | "ash" | "at" | "az" | "an" | "ed" | "es" | "esh" | "en" | "er" => hyphen,
        _ => false,
    }
}

/// Words over which names pass where they do not hold them themselves.
pub(super) fn is_passed_over(word: &str) -> bool {
    word == "the" || word.len() == 1 && word.as_bytes()[0].is_ascii_alphabetic()
}

/// The pieces of a text.
pub(super) fn pieces(words: &[Word<'_>]) -> Vec<Piece> {
    let mut found: Vec<Piece> = Vec::with_capacity(words.len() + 8);
    let mut key = String::new();
    for (token, word) in words.iter().enumerate() {
        let mut push = |shape, case, glued| found.push(Piece { shape, token, case, glued });
        let glued = !word.space_after;
        match word.text {
            "-" | "–" | "‐" | "‑" | "/" => push(Shape::Hyphen, Case::Lower, glued),
            "'s" | "’s" | "'" | "’" | "'S" | "’S" => push(Shape::Possessive, Case::Lower, glued),
            text => {
                let mut parts = text.split_inclusive(['-', '‐', '‑', '–', '/']).peekable();
                let mut any = false;
                while let Some(part) = parts.next() {
                    key.clear();
                    fold_onto(&mut key, part);
                    for folded in key.split(' ').filter(|folded| !folded.is_empty()) {
                        any = true;
                        push(Shape::Word(SmolStr::new(folded)), case(part), parts.peek().is_some() || glued);
                    }
                    if part.ends_with(['-', '‐', '‑', '–', '/']) && parts.peek().is_some() {
                        push(Shape::Hyphen, Case::Lower, true);
                    }
                }
                if !any && !text.is_empty() && text != "." {
                    push(Shape::Barrier, Case::Lower, glued);
                }
            }
        }
    }
    found
}

/// Cuts a string into tokens about as the annotator does.
pub(super) fn tokens(text: &str) -> Vec<Word<'_>> {
    let mut found = Vec::new();
    for chunk in text.split_whitespace() {
        let (body, possessive) = split_possessive(chunk);
        let mut from = 0;
        for (at, c) in body.char_indices() {
            let inner = c.is_alphanumeric() || matches!(c, '\'' | '’' | '.' | '‘' | '`' | 'ʿ' | 'ʾ' | '&');
            if !inner {
                push_token(&mut found, &body[from..at]);
                push_token(&mut found, &body[at..at + c.len_utf8()]);
                from = at + c.len_utf8();
            }
        }
        push_token(&mut found, &body[from..]);
        push_token(&mut found, possessive);
        if let Some(last) = found.last_mut() {
            last.space_after = true;
        }
    }
    found
}

fn push_token<'t>(found: &mut Vec<Word<'t>>, text: &'t str) {
    if !text.is_empty() {
        found.push(Word { text, space_after: false });
    }
}

fn split_possessive(chunk: &str) -> (&str, &str) {
    for mark in ["'s", "’s", "'S", "’S"] {
        if let Some(body) = chunk.strip_suffix(mark).filter(|body| !body.is_empty()) {
            return chunk.split_at(body.len());
        }
    }
    // "the Houthis' spokesman"; a mark at the end of any other word belongs to the name ("Shia'").
    match chunk.strip_suffix(['\'', '’']) {
        Some(body) if body.ends_with('s') => chunk.split_at(body.len()),
        _ => (chunk, ""),
    }
}

/// The folded words of a name as the book keeps it: without articles and without "the".
pub(super) fn name_words(name: &str) -> Vec<SmolStr> {
    let pieces = pieces(&tokens(name));
    let mut words: Vec<SmolStr> = Vec::with_capacity(pieces.len());
    for (at, piece) in pieces.iter().enumerate() {
        let Shape::Word(word) = &piece.shape else { continue };
        let hyphen = matches!(pieces.get(at + 1), Some(next) if next.shape == Shape::Hyphen);
        let dropped = word == "the" || is_article(word, hyphen) && (hyphen || word == "al");
        if !dropped {
            words.push(word.clone());
        }
    }
    if words.is_empty() {
        words.extend(pieces.iter().filter_map(|piece| match &piece.shape {
            Shape::Word(word) => Some(word.clone()),
            Shape::Hyphen | Shape::Possessive | Shape::Barrier => None,
        }));
    }
    words
}

/// How a word sounds, roughly: what transliterations of Arabic, Persian, Urdu and Russian names agree on. Vowels count by
/// where they stand, the first also by its class.
pub(super) fn sound(word: &str) -> SmolStr {
    let plain = transliterated(word);
    let mut key = String::with_capacity(plain.len());
    let mut first = true;
    let mut in_vowels = false;
    let mut last = '\0';
    for c in plain.chars() {
        let class = match c {
            'a' => 'a',
            'e' | 'i' | 'y' => 'i',
            'o' | 'u' => 'u',
            _ => '\0',
        };
        if class != '\0' {
            if !in_vowels {
                key.push(if first { class } else { 'a' });
                first = false;
            }
            in_vowels = true;
        } else if c != 'h' || !in_vowels || key.len() <= 1 {
            if c != last || in_vowels {
                key.push(c);
            }
            in_vowels = false;
        }
        last = c;
    }
    SmolStr::from(key)
}

fn transliterated(word: &str) -> Cow<'_, str> {
    const PAIRS: [(&str, &str); 12] = [
        ("tch", "c"),
        ("sch", "x"),
        ("sh", "x"),
        ("ch", "c"),
        ("kh", "k"),
        ("gh", "g"),
        ("dh", "d"),
        ("th", "t"),
        ("dj", "j"),
        ("ph", "f"),
        ("ck", "k"),
        ("q", "k"),
    ];
    let mut text = Cow::Borrowed(word);
    for (from, to) in PAIRS {
        if text.contains(from) {
            text = Cow::Owned(text.replace(from, to));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        name_words(text).join(" ")
    }

    #[test]
    fn spellings_of_one_name_have_the_same_words() {
        for (one, other) in [
            ("al-Shabaab", "Al Shabaab"),
            ("Jabhat an-Nusra", "Jabhat al-Nusra"),
            ("Sana'a Front", "Sanaa Front"),
            ("U.S. Army", "US Army"),
            ("The Base", "Base"),
            ("Front for the Liberation of Äland", "Front for Liberation of Aland"),
        ] {
            assert_eq!(folded(one), folded(other), "{one} and {other}");
        }
        assert_eq!(folded("El Salvador"), "el salvador");
    }

    #[test]
    fn tokens_part_the_possessive_and_hyphens() {
        let texts = |text| tokens(text).iter().map(|word| word.text.to_owned()).collect::<Vec<_>>();
        assert_eq!(texts("Russia's vice-premier"), ["Russia", "'s", "vice", "-", "premier"]);
        assert_eq!(texts("the Herons’ camp"), ["the", "Herons", "’", "camp"]);
        assert_eq!(texts(" ,— "), [",", "—"]);
    }

    #[test]
    fn transliterations_sound_alike_and_other_names_do_not() {
        for (one, other) in
            [("hizballah", "hezbollah"), ("muhammad", "mohamed"), ("qassem", "kassim"), ("sheikh", "sheik")]
        {
            assert_eq!(sound(one), sound(other), "{one} and {other}");
        }
        for (one, other) in [("hassan", "hussein"), ("taliban", "talabani"), ("osman", "asman")] {
            assert_ne!(sound(one), sound(other), "{one} and {other}");
        }
    }
}
