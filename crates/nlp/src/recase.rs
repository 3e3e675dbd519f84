//! Restores the case of paragraphs in capitals, in lower case or in Title Case, so that the weights, which were trained
//! on edited text, see what they know. Every character keeps its length, so that offsets hold.

use crate::initials;
use crate::model::{Model, ModelError, Table};

/// Fewer words than this tell nothing of a paragraph's case.
const LEAST_WORDS: usize = 3;
/// From this share of capitals on, a paragraph is in capitals.
const CAPITALS: f32 = 0.8;
/// From this share of capitalised words on, a paragraph is in Title Case.
const TITLE: f32 = 0.75;
/// A paragraph longer than this is no headline, whatever its case.
const MOST_TITLE_WORDS: usize = 40;

/// Restores case from figures about words.
pub struct Recaser {
    words: Table,
    pairs: Table,
}

/// A bracketed word in capitals is an acronym up to this many bytes.
const LONGEST_ACRONYM: usize = 7;

/// What the case of a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    /// As edited text is.
    Usual,
    /// All in capitals.
    Capitals,
    /// Every word capitalised.
    Title,
    /// No capital at all.
    Lower,
}

/// A word of a paragraph, in lower case.
struct Word {
    start: usize,
    lower: String,
    begins_sentence: bool,
}

impl Recaser {
    /// Reads the figures.
    ///
    /// # Errors
    /// Where the model lacks them.
    pub fn new(figures: &Model) -> Result<Self, ModelError> {
        Ok(Self { words: figures.table("words")?, pairs: figures.table("pairs")? })
    }

    /// The paragraph in usual case, where it is not; every character keeps its length in bytes.
    /// `is_word` tells whether a lower-case word stands in the dictionary.
    pub fn recase(&self, text: &str, is_word: impl Fn(&str) -> bool) -> Option<String> {
        let case = case(text);
        if case == Case::Usual {
            return None;
        }
        let words = words(text);
        let mut recased = text.to_owned();
        let mut before: Option<&Word> = None;
        let mut big_before = false;
        for (at, word) in words.iter().enumerate() {
            let original = &text[word.start..word.start + word.lower.len()];
            let is_bracketed = text[..word.start].ends_with(['[', '('])
                && text[word.start + word.lower.len()..].starts_with([']', ')']);
            let stays = match case {
                Case::Title => is_acronym(original),
                Case::Capitals => {
                    is_bracketed && original.len() <= LONGEST_ACRONYM && is_acronym(original)
                        || initials::hold(text, word.start)
                }
                Case::Usual | Case::Lower => false,
            };
            let form = if stays {
                original.to_owned()
            } else {
                let after = words.get(at + 1).filter(|next| !next.begins_sentence);
                self.form(word, before.filter(|_| !word.begins_sentence), after, big_before, case, &is_word)
            };
            big_before = form.starts_with(char::is_uppercase);
            recased.replace_range(word.start..word.start + form.len(), &form);
            before = Some(word);
        }
        // Wires in capitals put square brackets where edited text has round ones.
        Some(if case == Case::Capitals { recased.replace('[', "(").replace(']', ")") } else { recased })
    }

    fn form(
        &self,
        word: &Word,
        before: Option<&Word>,
        after: Option<&Word>,
        big_before: bool,
        case: Case,
        is_word: &impl Fn(&str) -> bool,
    ) -> String {
        let known = self.words.get(&word.lower);
        let usual = known.map(|value| &value[1..]).filter(|usual| usual.len() == word.lower.len());
        let single = known.and_then(share);
        let with_before = before
            .and_then(|before| share(self.pairs.get(&format!("{} {}", before.lower, word.lower))?.get(1..)?));
        let with_after =
            after.and_then(|after| share(self.pairs.get(&format!("{} {}", word.lower, after.lower))?));
        let is_big = match (with_before.or(with_after), single) {
            (Some(share), _) => share >= 5,
            // Words that go either way follow their left neighbour.
            (None, Some(share @ 3..=6)) => share + 2 * u32::from(big_before) >= 6,
            (None, Some(share)) => share > 6,
            (None, None) => case != Case::Lower && !is_dictionary_word(&word.lower, is_word),
        };
        let is_capital = is_big || word.begins_sentence && case != Case::Lower;
        match usual {
            Some(usual) if is_big && !usual.is_empty() => usual.to_owned(),
            _ if known.is_none() && case == Case::Capitals && is_unpronounceable(&word.lower) => {
                word.lower.to_ascii_uppercase()
            }
            _ if is_capital => capitalised(&word.lower),
            _ => word.lower.clone(),
        }
    }
}

/// The first digit of a value, a share in tenths.
fn share(value: &str) -> Option<u32> {
    value.chars().next()?.to_digit(10)
}

/// Whether a word or what its ending leaves stands in the dictionary.
fn is_dictionary_word(word: &str, is_word: &impl Fn(&str) -> bool) -> bool {
    const ENDINGS: [(&str, &str); 11] = [
        ("", ""),
        ("s", ""),
        ("es", ""),
        ("ies", "y"),
        ("ed", ""),
        ("ed", "e"),
        ("ing", ""),
        ("ing", "e"),
        ("'s", ""),
        ("ly", ""),
        ("er", ""),
    ];
    word.contains('-') && word.split('-').all(|part| part.is_empty() || is_dictionary_word(part, is_word))
        || ENDINGS.iter().any(|(ending, instead)| {
            word.strip_suffix(ending)
                .is_some_and(|stem| stem.len() > 1 && is_word(&format!("{stem}{instead}")))
        })
        || ["ed", "ing", "er"].iter().any(|ending| {
            word.strip_suffix(ending).and_then(undoubled).is_some_and(|stem| stem.len() > 2 && is_word(stem))
        })
        || is_compound_verb(word, is_word)
}

/// The least letters of each part of a verb written as one word of two.
const LEAST_PART: usize = 4;

/// "handcuffed", "machinegunned": a form of a verb that is written as one word of two.
fn is_compound_verb(word: &str, is_word: &impl Fn(&str) -> bool) -> bool {
    (word.ends_with("ed") || word.ends_with("ing"))
        && (LEAST_PART..word.len().saturating_sub(LEAST_PART)).any(|at| {
            word.is_char_boundary(at)
                && is_word(&word[..at])
                && ["ed", "ing"].iter().any(|ending| {
                    word[at..].strip_suffix(ending).is_some_and(|stem| {
                        is_word(stem) || undoubled(stem).is_some_and(|stem| stem.len() > 2 && is_word(stem))
                    })
                })
        })
}

/// "stopp", as endings leave it of "stopped", without the second of its last letters.
fn undoubled(stem: &str) -> Option<&str> {
    let mut letters = stem.chars().rev();
    let last = letters.next()?;
    (letters.next() == Some(last)).then(|| &stem[..stem.len() - last.len_utf8()])
}

/// An unknown short word without a vowel is an acronym.
fn is_unpronounceable(word: &str) -> bool {
    (2..=6).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_lowercase())
        && !word.bytes().any(|byte| b"aeiouy".contains(&byte))
}

fn is_acronym(word: &str) -> bool {
    word.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !word.chars().any(char::is_lowercase)
}

fn capitalised(lower: &str) -> String {
    let mut form = String::with_capacity(lower.len());
    let mut raise = true;
    for character in lower.chars() {
        form.push(if raise { same_length(character, character.to_uppercase()) } else { character });
        raise = character == '-';
    }
    form
}

/// The single character that a mapping of case gives, where it is as long as the character itself.
fn same_length(character: char, mut mapped: impl Iterator<Item = char>) -> char {
    match (mapped.next(), mapped.next()) {
        (Some(one), None) if one.len_utf8() == character.len_utf8() => one,
        _ => character,
    }
}

fn is_inside(character: char) -> bool {
    character.is_alphabetic() || matches!(character, '\'' | '’' | '-')
}

fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut begins_sentence = true;
    let mut characters = text.char_indices().peekable();
    while let Some((start, character)) = characters.next() {
        if character.is_alphabetic() {
            let mut lower = String::new();
            lower.push(same_length(character, character.to_lowercase()));
            while let Some(&(_, next)) = characters.peek().filter(|(_, next)| is_inside(*next)) {
                lower.push(same_length(next, next.to_lowercase()));
                characters.next();
            }
            words.push(Word { start, lower, begins_sentence });
            begins_sentence = false;
        } else if matches!(character, '.' | '!' | '?') {
            let follows_initial = words.last().is_some_and(|word: &Word| word.lower.len() == 1);
            begins_sentence = character != '.' || !follows_initial;
        } else if character.is_ascii_digit() || matches!(character, '[' | ',') {
            begins_sentence = false;
        }
    }
    words
}

fn case(text: &str) -> Case {
    let (mut upper, mut lower) = (0usize, 0usize);
    let (mut big_words, mut small_words) = (0usize, 0usize);
    for word in text.split_whitespace() {
        let letters = word.chars().filter(|c| c.is_alphabetic());
        let (mut word_upper, mut word_lower) = (0, 0);
        for letter in letters {
            if letter.is_uppercase() {
                word_upper += 1;
            } else if letter.is_lowercase() {
                word_lower += 1;
            }
        }
        upper += word_upper;
        lower += word_lower;
        // Short words of grammar stay small in titles too.
        if word_upper + word_lower >= 4 {
            if word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase) {
                big_words += 1;
            } else {
                small_words += 1;
            }
        }
    }
    let words = big_words + small_words;
    let share = |part: usize, rest: usize| part as f32 / (part + rest).max(1) as f32;
    if upper + lower == 0 || words < LEAST_WORDS {
        Case::Usual
    } else if share(upper, lower) >= CAPITALS {
        Case::Capitals
    } else if upper == 0 && words > LEAST_WORDS {
        Case::Lower
    } else if words <= MOST_TITLE_WORDS && words > LEAST_WORDS && share(big_words, small_words) >= TITLE {
        Case::Title
    } else {
        Case::Usual
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn recased(text: &str) -> Option<String> {
        let figures = Model::word_case().expect("the embedded figures");
        let known =
            ["bomb", "explode", "outside", "kill", "soldier", "barracks", "near", "blast", "depot", "claim"];
        Recaser::new(&figures).expect("tables").recase(text, |word| known.contains(&word))
    }

    #[test]
    fn capitals_become_a_sentence_with_its_names() {
        let text = "A BOMB EXPLODED OUTSIDE THE BARRACKS OF THE FRONT [FAL] NEAR TEGUCIGALTO. TWO SOLDIERS DIED IN LONDON.";
        assert_eq!(
            recased(text).as_deref(),
            Some(
                "A bomb exploded outside the barracks of the front (FAL) near Tegucigalto. Two soldiers died in London."
            )
        );
    }

    #[test]
    fn initials_stay_together() {
        assert_eq!(
            recased("THE MURDER OF TWO U.S. SOLDIERS NEAR THE U.N. BARRACKS").as_deref(),
            Some("The murder of two U.S. soldiers near the U.N. barracks")
        );
    }

    #[test]
    fn title_case_becomes_a_sentence() {
        let text = "Blast Kills Soldiers Outside Barracks in London as UN Meets";
        assert_eq!(
            recased(text).as_deref(),
            Some("Blast kills soldiers outside barracks in London as UN meets")
        );
    }

    #[test]
    fn edited_text_is_left_alone() {
        assert_eq!(recased("A bomb exploded outside the barracks of the United Nations in New York."), None);
        assert_eq!(recased("Vladimir Putin"), None);
    }

    #[test]
    fn every_character_keeps_its_length() {
        let text = "İSTANBUL'DA PATLAMA: ΟΔΟΣ STRASSE ẞ ÇOK SAYIDA YARALI VAR ﬁ";
        let recased = recased(text).expect("capitals");
        assert_eq!(recased.len(), text.len());
    }
}
