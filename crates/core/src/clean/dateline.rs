//! Datelines: the words before the first sentence that say where, when and by whom a report was filed.

use std::ops::Range;

use super::calendar::{self, WrittenDate};
use super::scan::Scanner;

/// A dateline at the beginning of a paragraph; positions count from there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Bytes up to the first word of prose, blanks included.
    pub(super) len: usize,
    /// The place named first.
    pub(super) place: Option<Range<usize>>,
    /// The day of filing.
    pub(super) date: Option<WrittenDate>,
}

/// No dateline is longer.
const LONGEST_BYTES: usize = 160;
/// No name of a place has more words.
const MOST_PLACE_WORDS: usize = 4;

/// Words in front of a dash or colon that announce a kind of story, not a place.
const LABELS: [&str; 27] = [
    "ALERT",
    "BYLINE",
    "LOOK",
    "POLL",
    "PREVIOUSLY",
    "REPORT",
    "ANALYSIS",
    "BREAKING",
    "COLUMN",
    "CORRECTED",
    "CORRECTION",
    "EDITORIAL",
    "EXCLUSIVE",
    "EXPLAINER",
    "FACTBOX",
    "FLASH",
    "INTERVIEW",
    "JUST IN",
    "LIVE",
    "NOTE",
    "OPINION",
    "PHOTOS",
    "TIMELINE",
    "UPDATE",
    "URGENT",
    "VIDEO",
    "WATCH",
];

/// Last words that make a name that of an outlet, not of a place.
const OUTLET_ENDINGS: [&str; 18] = [
    "AGENCY",
    "BUREAU",
    "CHRONICLE",
    "COURIER",
    "DESK",
    "GAZETTE",
    "HERALD",
    "JOURNAL",
    "MONITOR",
    "NEWS",
    "POST",
    "PRESS",
    "REPORTER",
    "SERVICE",
    "STAFF",
    "TIMES",
    "TRIBUNE",
    "WIRE",
];

/// How a report is set, which decides what capitals at the beginning of a paragraph mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// As most news: capitals mark a place.
    Plain,
    /// In capitals throughout: they mean nothing.
    Shouting,
    /// A transcript: capitals before a colon name who speaks.
    Transcript,
}

/// Shorter words in capitals before a colon are labels ("Q: …").
const SHORTEST_COLON_PLACE_BYTES: usize = 4;

/// Whether a paragraph begins with capitals and a colon, as with a speaker's name.
pub(super) fn begins_with_label(paragraph: &str) -> bool {
    const LONGEST_LABEL_BYTES: usize = 40;
    paragraph.find(':').filter(|&at| at <= LONGEST_LABEL_BYTES).is_some_and(|at| {
        let label = &paragraph[..at];
        label.chars().any(char::is_uppercase) && !label.chars().any(char::is_lowercase)
    })
}

/// Finds a dateline at the beginning of `paragraph`. `source` is the outlet, which is no place.
pub(super) fn find(paragraph: &str, source: Option<&str>, style: Style) -> Option<Found> {
    let mut at = Scanner::new(paragraph);
    at.spaces();
    let head = head(&mut at)?;
    let place_text = head.place.clone().and_then(|range| paragraph.get(range)).unwrap_or("");
    let mark = separator(&mut at)?;
    let tagged = tags(&mut at);
    let rest = at.rest().trim_start_matches(|c: char| !c.is_alphanumeric());
    let opens_sentence =
        at.rest().trim().is_empty() || rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let certain = head.date.is_some() || head.agency || tagged;
    let shouting = style == Style::Shouting;
    let capitals = !shouting && !place_text.chars().any(char::is_lowercase);
    let few_words = place_text.split_whitespace().count() <= 3;
    let fits = match mark {
        Mark::Dash => certain || (few_words && (capitals || !shouting && head.parts == 1 || head.weekday)),
        Mark::Colon => {
            capitals
                && few_words
                && style == Style::Plain
                && (certain || place_text.len() >= SHORTEST_COLON_PLACE_BYTES)
        }
    };
    let first_word = place_text.split_whitespace().next().unwrap_or("");
    let is_label = LABELS
        .iter()
        .any(|label| [place_text, first_word].iter().any(|text| text.eq_ignore_ascii_case(label)));
    if !fits || !opens_sentence || is_label || at.at() > LONGEST_BYTES {
        return None;
    }
    let place = head.place.filter(|_| !is_no_place(place_text, source));
    Some(Found { len: at.at(), place, date: head.date })
}

/// Reads a whole line that only says where and when ("Nairobi, 22 September 2013, 3.45 p.m.").
pub(super) fn whole_line(line: &str, source: Option<&str>) -> Option<Found> {
    let mut at = Scanner::new(line);
    let head = head(&mut at)?;
    let date = head.date?;
    at.spaces();
    let ended = at.eat_any(&['.', ':']).is_some() || separator(&mut at).is_some() || at.rest().is_empty();
    let place = head.place.filter(|range| !is_no_place(line.get(range.clone()).unwrap_or(""), source))?;
    (ended && at.rest().trim().is_empty()).then_some(Found {
        len: line.len(),
        place: Some(place),
        date: Some(date),
    })
}

/// Whether the name is that of an outlet, or says that the place is kept secret.
fn is_no_place(name: &str, source: Option<&str>) -> bool {
    let last = name.split_whitespace().last().unwrap_or("").to_uppercase();
    source.is_some_and(|source| source.eq_ignore_ascii_case(name))
        || ["CLANDESTINE", "UNDISCLOSED"].iter().any(|secret| name.eq_ignore_ascii_case(secret))
        || (name.contains(' ') && OUTLET_ENDINGS.contains(&last.as_str()))
}

/// What stands before the separating mark.
#[derive(Default)]
struct Head {
    place: Option<Range<usize>>,
    /// How many names the place has ("PORTO ALEGRE, Brazil" has two).
    parts: usize,
    date: Option<WrittenDate>,
    weekday: bool,
    agency: bool,
}

fn head(at: &mut Scanner<'_>) -> Option<Head> {
    let mut head = Head::default();
    loop {
        let before = at.at();
        at.spaces();
        if let Some(date) = calendar::date(at) {
            head.date = head.date.or(Some(date));
        } else if calendar::weekday(at).is_some() {
            head.weekday = true;
        } else if parenthesis(at).is_some() {
            head.agency = true;
        } else if (head.date.is_none() || calendar::time_of_day(at).is_none()) && head.parts < 3 {
            let place = place(at)?;
            head.place.get_or_insert(place);
            head.parts += 1;
        }
        at.attempt(|at| at.spaces().then(|| calendar::zone(at))?);
        let mut ahead = *at;
        let comma = ahead.eat(',');
        ahead.spaces();
        if comma || ahead.peek() == Some('(') {
            *at = ahead;
        } else {
            return (head.place.is_some() || head.agency || head.date.is_some()).then_some(head);
        }
        if at.at() == before || at.at() > LONGEST_BYTES {
            return None;
        }
    }
}

/// The agency in parentheses.
fn parenthesis(at: &mut Scanner<'_>) -> Option<()> {
    at.attempt(|at| {
        at.eat('(').then_some(())?;
        let name = at.take_while(|c| c != ')' && c != '(' && c != '\n');
        (at.eat(')') && !name.is_empty() && name.chars().count() <= 40).then_some(())
    })
}

/// A name of a place: words that begin with a capital, with the small words that such names hold.
fn place(at: &mut Scanner<'_>) -> Option<Range<usize>> {
    let text = *at;
    let start = at.at();
    let mut end = start;
    for count in 0..MOST_PLACE_WORDS {
        let mut ahead = *at;
        let gap = ahead.take_while(|c| c == ' ' || c == '\u{a0}');
        if count > 0 && gap.is_empty() {
            break;
        }
        let word = ahead.take_while(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-' | '/' | '`'));
        let word_is_name = word.chars().any(char::is_uppercase) && !word.starts_with(['-', '/', '.'])
            || count > 0
                && ["of", "de", "del", "la", "el", "al", "and", "the", "da", "do", "sur", "upon"]
                    .contains(&word);
        if !word_is_name || word.ends_with("--") {
            break;
        }
        *at = ahead;
        end = at.at();
    }
    let named = text.rest().get(..end - start)?;
    // Of "LISBON/MADRID" the first place is meant.
    let first = named.split('/').next().unwrap_or(named).trim_end_matches('.').len();
    (first > 0).then_some(start..start + first)
}

enum Mark {
    Dash,
    Colon,
}

/// The mark between dateline and prose.
fn separator(at: &mut Scanner<'_>) -> Option<Mark> {
    at.attempt(|at| {
        let gap = at.spaces();
        let mark = match at.peek()? {
            '—' | '–' | '―' | '\u{2212}' => Mark::Dash,
            '-' if at.rest().starts_with("--") || gap => Mark::Dash,
            ':' if !gap => Mark::Colon,
            _ => return None,
        };
        at.take_while(|c| matches!(c, '—' | '–' | '―' | '\u{2212}' | '-' | ':'));
        let spaced = at.spaces() || at.rest().is_empty() || matches!(mark, Mark::Dash);
        spaced.then_some(mark)
    })
}

/// Tags in brackets that monitoring services put before the text ("[REPORT] [TEXT]"); whether there were any.
fn tags(at: &mut Scanner<'_>) -> bool {
    let mut any = false;
    while at
        .attempt(|at| {
            at.eat('[').then_some(())?;
            let name = at.take_while(|c| c != ']' && c != '[');
            let is_tag = name.len() <= 80 && !name.chars().any(char::is_lowercase);
            (at.eat(']') && is_tag).then(|| at.spaces())
        })
        .is_some()
    {
        any = true;
    }
    any
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(&str, Option<&str>, &str)> {
        let found = find(text, Some("Delta Courier"), Style::Plain)?;
        Some((&text[..found.len], found.place.map(|range| &text[range]), &text[found.len..]))
    }

    #[test]
    fn datelines_of_the_wires_are_read() {
        for (text, place) in [
            ("LISBON, Feb 3 — Rain fell.", "LISBON"),
            ("LISBON, Feb 3 (Tagus News) - Rain fell.", "LISBON"),
            ("LISBON (TN) — Rain fell.", "LISBON"),
            ("LISBON - Rain fell.", "LISBON"),
            ("LISBON: Rain fell.", "LISBON"),
            ("PORTO ALEGRE, Brazil, Feb. 3 (TN) -- \"Rain fell,\" he said.", "PORTO ALEGRE"),
            ("TULSA, Okla. – Rain fell.", "TULSA"),
            ("LISBON/MADRID, 3 February – Rain fell.", "LISBON"),
            ("Lisbon, February 3, 2021 (TN) – Rain fell.", "Lisbon"),
            ("Lisbon – Rain fell.", "Lisbon"),
        ] {
            let (_, found, rest) = parts(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(found, Some(place), "{text}");
            assert!(rest.contains("Rain fell") && rest.len() <= 22, "{text}: {rest}");
        }
    }

    #[test]
    fn tags_of_monitoring_services_belong_to_the_dateline() {
        let text = "QUITO, 3 FEB 88 (RADIO SUR) -- [REPORT] [MARIA SOTO] [TEXT] RAIN FELL.";
        let found = find(text, None, Style::Shouting).expect("a dateline");
        assert_eq!(&text[found.len..], "RAIN FELL.");
        assert_eq!(found.date.and_then(WrittenDate::full), Some(jiff::civil::Date::constant(1988, 2, 3)));
    }

    #[test]
    fn an_outlet_is_no_place() {
        assert_eq!(parts("DELTA COURIER, Monday — Rain fell.").map(|p| p.1), Some(None));
        assert_eq!(parts("EASTERN TRIBUNE, Monday — Rain fell.").map(|p| p.1), Some(None));
    }

    #[test]
    fn prose_is_no_dateline() {
        for text in [
            "The mayor - a former soldier - said that rain fell.",
            "Rain fell in Lisbon on Feb 3 - nobody was surprised.",
            "BREAKING: Rain fell.",
            "EXCLUSIVE — Rain fell.",
            "Lisbon-based firms said rain fell.",
            "Lisbon: rain fell.",
            "Q: Rain fell?",
            "EXCLUSIVE REPORT – Rain fell.",
            "Mr Soto said: \"Rain fell.\"",
            "In Lisbon, Rain fell – and more.",
            "",
            "—",
        ] {
            assert_eq!(parts(text), None, "{text}");
        }
        assert_eq!(
            find("THE MAYOR -- A FORMER SOLDIER -- SAID THAT RAIN FELL.", None, Style::Shouting),
            None
        );
    }

    #[test]
    fn speakers_of_a_transcript_are_no_places() {
        assert!(begins_with_label("ADA BROOK: Rain fell."));
        assert!(!begins_with_label("Ada Brook: Rain fell."));
        assert_eq!(find("ADA BROOK: Rain fell.", None, Style::Transcript), None);
    }

    #[test]
    fn a_line_of_place_and_time_alone_is_read() {
        let found = whole_line("Lisbon, 3 February 2021, 4.15 p.m.", None).expect("read");
        assert_eq!(found.date.and_then(WrittenDate::full), Some(jiff::civil::Date::constant(2021, 2, 3)));
        assert_eq!(whole_line("Lisbon fell silent on 3 February", None), None);
        assert_eq!(whole_line("Lisbon, where rain fell", None), None);
    }
}
