//! What the words around a name say about its being a toponym.

use crate::places::fold::fold;
use crate::places::generic::is_division_word;
use crate::places::lexicon::WordList;
use crate::places::names::NameMap;
use crate::places::rank::MentionClue;
use crate::places::recognise::{Words, is_proper, is_subject};
use crate::places::whereabouts::is_direction;
use crate::text::{Span, Tokens};

/// Reports the clues around `tokens`.
pub(super) fn context(
    words: Words<'_>,
    names: &NameMap,
    tokens: Span<Tokens>,
    mut found: impl FnMut(MentionClue),
) {
    let analysis = words.analysis;
    let first = &analysis.tokens[tokens.start];
    let sentence = analysis.sentences[first.sentence].tokens;
    before(words, tokens, sentence, &mut found);
    after(words, tokens, &mut found);
    if touches(words, names, tokens, sentence) {
        found(MentionClue::Touching);
    }
    let last = &analysis.tokens[tokens.end - 1];
    if is_subject(last) || is_subject(first) {
        found(MentionClue::Subject);
    }
    if tokens.start == sentence.start {
        found(MentionClue::Initial);
    }
    if !tokens.range().any(|at| is_proper(&analysis.tokens[at])) {
        found(MentionClue::Common);
    }
    if is_dateline(words, tokens, sentence) {
        found(MentionClue::Dateline);
    }
}

fn before(
    words: Words<'_>,
    tokens: Span<Tokens>,
    sentence: Span<Tokens>,
    found: &mut impl FnMut(MentionClue),
) {
    let mut at = tokens.start;
    // Articles and directions stand between preposition and name ("in the northern Gaza Strip").
    while at > sentence.start && is_between(words.lower(at - 1, tokens.start)) {
        at -= 1;
    }
    if at == sentence.start {
        return;
    }
    let word = words.lower(at - 1, tokens.start);
    if words.is(WordList::Locative, word) {
        found(MentionClue::In);
    } else if words.is(WordList::Directed, word) {
        found(MentionClue::From);
    } else if word == "of" {
        let noun = if at >= sentence.start + 2 { words.lower(at - 2, tokens.start) } else { "" };
        found(if words.is(WordList::Settlement, noun) { MentionClue::CityOf } else { MentionClue::Of });
    } else if words.is(WordList::Title, word) {
        found(MentionClue::Titled);
    }
}

fn is_between(word: &str) -> bool {
    is_direction(word) || matches!(word, "the" | "a" | "nearby" | "neighboring" | "neighbouring")
}

fn after(words: Words<'_>, tokens: Span<Tokens>, found: &mut impl FnMut(MentionClue)) {
    let next = words.lower(tokens.end, tokens.start);
    if is_division_word(next) && next != "state" {
        found(MentionClue::Division);
    }
    if matches!(next, "'s" | "’s" | "'" | "’") {
        found(MentionClue::Possessive);
    }
    if next == "," && words.is_capital(tokens.end + 1) && is_known_division(words, tokens.end + 1) {
        found(MentionClue::Qualified);
    }
}

/// Whether the words at `at` look like a state or a country: an abbreviation, or a name that the recogniser calls one.
fn is_known_division(words: Words<'_>, at: usize) -> bool {
    let short = words.surface(at).len() <= 5 && words.surface(at).ends_with('.');
    short
        || words
            .analysis
            .names
            .iter()
            .any(|name| name.label == crate::grammar::NameLabel::Gpe && name.tokens.holds(at))
}

/// Whether a capitalised word outside the name touches it, so that it is likely a part of a longer name.
fn touches(words: Words<'_>, names: &NameMap, tokens: Span<Tokens>, sentence: Span<Tokens>) -> bool {
    let is_beside = |at: usize| {
        words.is_capital(at)
            && words.token(at).is_some_and(is_proper)
            && !is_institution_word(words, words.lower(at, tokens.start))
            && (names.at(at).is_none() || names.at(at) != names.at(tokens.start))
    };
    let before = tokens.start > sentence.start
        && is_beside(tokens.start - 1)
        && !words.is(WordList::Title, words.lower(tokens.start - 1, tokens.start));
    let after = tokens.end < sentence.end && is_beside(tokens.end);
    before || after
}

/// "MOSCOW, March 22", "MOSCOW (AP) --", "MOSCOW —": at the start of a sentence, before a dash, a bracket or a date.
fn is_dateline(words: Words<'_>, tokens: Span<Tokens>, sentence: Span<Tokens>) -> bool {
    if tokens.start != sentence.start {
        return false;
    }
    let shouted = tokens.range().all(|at| words.surface(at).chars().all(|c| !c.is_lowercase()));
    let mut next = (tokens.end..(tokens.end + 7).min(sentence.end)).map(|at| words.surface(at));
    shouted && next.any(|word| matches!(word, "-" | "--" | "—" | "–" | "_"))
}

/// Whether the words are a part of the name of a road ("Paris Road").
pub(super) fn is_road(words: Words<'_>, tokens: Span<Tokens>) -> bool {
    words.is_capital(tokens.end) && words.is(WordList::Road, words.lower(tokens.end, tokens.start))
}

/// Whether a preposition stands before the token.
pub(super) fn follows_preposition(words: Words<'_>, start: usize) -> bool {
    let word = if start > 0 { words.lower(start - 1, start) } else { "" };
    let word = if word == "the" && start > 1 { words.lower(start - 2, start) } else { word };
    matches!(word, "of" | "in" | "at" | "for" | "near" | "to" | "from")
}

/// Whether a word is of a local institution; possessives count ("sheriff's").
pub(super) fn is_institution_word(words: Words<'_>, word: &str) -> bool {
    words.is(WordList::Institution, word)
        || word.contains(['\'', '’']) && words.is(WordList::Institution, &fold(word))
}
