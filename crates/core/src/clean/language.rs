//! Which language a text is in: English is told by its small words, others by their trigrams.

use whatlang::Lang;

/// Fewer words than this say little about the language.
const FEWEST_WORDS: usize = 12;
/// More words than this add nothing.
const MOST_WORDS: usize = 400;

/// Words that make up a third of English prose and are rare in other languages.
const ENGLISH: [&str; 48] = [
    "the", "of", "and", "to", "that", "was", "were", "for", "with", "had", "has", "have", "been", "from",
    "by", "at", "his", "their", "who", "which", "said", "after", "when", "would", "they", "it", "its", "he",
    "she", "not", "but", "this", "are", "is", "be", "an", "as", "than", "more", "into", "about", "no", "on",
    "in", "people", "two", "other", "what",
];

/// The text's language as BCP 47, where the text is long enough to tell.
pub(super) fn recognise(text: &str) -> Option<&'static str> {
    let words = text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(MOST_WORDS);
    let (mut all, mut english) = (0_usize, 0_usize);
    for word in words {
        all += 1;
        english +=
            usize::from(word.len() <= 6 && ENGLISH.iter().any(|known| word.eq_ignore_ascii_case(known)));
    }
    // Languages without spaces between words have few words of many letters.
    let letters = text.chars().take(MOST_WORDS * 6).filter(|c| c.is_alphabetic()).count();
    if all < FEWEST_WORDS && letters < FEWEST_WORDS * 6 {
        return None;
    }
    if english * 100 >= all * 20 {
        return Some("en");
    }
    let end = text.char_indices().nth(MOST_WORDS * 6).map_or(text.len(), |(at, _)| at);
    let found = whatlang::detect(text.get(..end)?)?;
    if found.lang() == Lang::Eng {
        return Some("en");
    }
    // Headlines and lists in English hold few small words: without a firm verdict for another language nothing is said.
    (found.is_reliable() && english * 100 < all * 12).then(|| bcp47(found.lang()))
}

/// Whether two language tags have the same primary language.
pub(super) fn is_english(tag: &str) -> bool {
    tag.split(['-', '_'])
        .next()
        .is_some_and(|primary| primary.eq_ignore_ascii_case("en") || primary.eq_ignore_ascii_case("eng"))
}

/// ISO 639-1 where it has a code, as BCP 47 demands, else ISO 639-3.
fn bcp47(lang: Lang) -> &'static str {
    const TWO_LETTERS: [(&str, &str); 70] = [
        ("afr", "af"),
        ("aka", "ak"),
        ("amh", "am"),
        ("ara", "ar"),
        ("aze", "az"),
        ("bel", "be"),
        ("ben", "bn"),
        ("bul", "bg"),
        ("cat", "ca"),
        ("ces", "cs"),
        ("cmn", "zh"),
        ("cym", "cy"),
        ("dan", "da"),
        ("deu", "de"),
        ("ell", "el"),
        ("eng", "en"),
        ("epo", "eo"),
        ("est", "et"),
        ("fin", "fi"),
        ("fra", "fr"),
        ("guj", "gu"),
        ("heb", "he"),
        ("hin", "hi"),
        ("hrv", "hr"),
        ("hun", "hu"),
        ("hye", "hy"),
        ("ind", "id"),
        ("ita", "it"),
        ("jav", "jv"),
        ("jpn", "ja"),
        ("kan", "kn"),
        ("kat", "ka"),
        ("khm", "km"),
        ("kor", "ko"),
        ("lat", "la"),
        ("lav", "lv"),
        ("lit", "lt"),
        ("mal", "ml"),
        ("mar", "mr"),
        ("mkd", "mk"),
        ("mya", "my"),
        ("nep", "ne"),
        ("nld", "nl"),
        ("nob", "nb"),
        ("ori", "or"),
        ("pan", "pa"),
        ("pes", "fa"),
        ("pol", "pl"),
        ("por", "pt"),
        ("ron", "ro"),
        ("rus", "ru"),
        ("sin", "si"),
        ("slk", "sk"),
        ("slv", "sl"),
        ("sna", "sn"),
        ("spa", "es"),
        ("srp", "sr"),
        ("swe", "sv"),
        ("tam", "ta"),
        ("tel", "te"),
        ("tgl", "tl"),
        ("tha", "th"),
        ("tuk", "tk"),
        ("tur", "tr"),
        ("ukr", "uk"),
        ("urd", "ur"),
        ("uzb", "uz"),
        ("vie", "vi"),
        ("yid", "yi"),
        ("zul", "zu"),
    ];
    let code = lang.code();
    TWO_LETTERS.iter().find(|(three, _)| *three == code).map_or(code, |&(_, two)| two)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_of_news_are_told_apart() {
        for (text, wanted) in [
            (
                "Two men on a motorcycle fired at the guards of the bank and fled, the police said on Monday.",
                "en",
            ),
            ("TWO MEN ON A MOTORCYCLE FIRED AT THE GUARDS OF THE BANK AND FLED, THE POLICE SAID.", "en"),
            (
                "Dos hombres en una motocicleta dispararon contra los guardias del banco y huyeron, dijo la policía el lunes.",
                "es",
            ),
            (
                "Zwei Männer auf einem Motorrad schossen am Montag auf die Wachen der Bank und flohen, wie die Polizei sagte.",
                "de",
            ),
            (
                "Deux hommes à moto ont tiré lundi sur les gardiens de la banque et ont pris la fuite, selon la police.",
                "fr",
            ),
            (
                "Двое мужчин на мотоцикле обстреляли охрану банка и скрылись, сообщили в полиции в понедельник вечером.",
                "ru",
            ),
            (
                "أطلق رجلان على دراجة نارية النار على حراس البنك وفرا من المكان، بحسب ما قالت الشرطة يوم الاثنين.",
                "ar",
            ),
        ] {
            assert_eq!(recognise(text), Some(wanted), "{text}");
        }
    }

    #[test]
    fn a_few_words_have_no_language() {
        assert_eq!(recognise("Lisbon, Feb 3"), None);
        assert_eq!(recognise(""), None);
    }
}
