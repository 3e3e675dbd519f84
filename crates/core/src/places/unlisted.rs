//! Toponyms that the gazetteer lacks: names that the recogniser takes for places, and words that the text announces as
//! one ("the village of …", "… neighbourhood").

use crate::grammar::{NameLabel, Pos};
use crate::places::clues;
use crate::places::fold::fold;
use crate::places::lexicon::WordList;
use crate::places::names::NameMap;
use crate::places::rank::{MENTION_CLUES, MentionClue};
use crate::places::recognise::{Mention, Words, is_proper};
use crate::text::{Span, Tokens};

/// The most tokens of an announced name.
const LONGEST: usize = 6;

/// The least words of a bracket that writes out an acronym.
const EXPLAINED: usize = 3;

/// Adds the toponyms that the gazetteer lacks; `mentions` are those that it knows, in order.
pub(super) fn add(words: Words<'_>, mentions: &mut Vec<Mention<'_>>) {
    lengthen(words, mentions);
    let names = NameMap::of(words);
    let is_place = |label: NameLabel| matches!(label, NameLabel::Gpe | NameLabel::Loc | NameLabel::Fac);
    let named = names.list.iter().filter(|(_, label)| is_place(*label)).map(|&(tokens, _)| tokens);
    for tokens in announced(words).into_iter().chain(named) {
        let is_free =
            mentions.iter().all(|mention| mention.tokens.is_none_or(|other| !other.overlaps(tokens)));
        if is_free && let Some(mention) = unlisted(words, &names, tokens) {
            mentions.push(mention);
        }
    }
    mentions.sort_by_key(|mention| mention.passage);
}

/// "San Luis de la Reina" is one name, also where the gazetteer knows only a San Luis.
fn lengthen(words: Words<'_>, mentions: &mut Vec<Mention<'_>>) {
    let mut at = 0;
    while at < mentions.len() {
        let longer = mentions[at].tokens.and_then(|tokens| longer(words, tokens));
        if let Some(tokens) = longer {
            mentions[at].tokens = Some(tokens);
            mentions[at].passage = words.analysis.passage(tokens);
            mentions[at].key = fold(words.document.slice(mentions[at].passage)).into();
            mentions[at].candidates = Vec::new();
            while mentions.get(at + 1).and_then(|next| next.tokens).is_some_and(|next| next.overlaps(tokens))
            {
                mentions.remove(at + 1);
            }
        }
        at += 1;
    }
}

fn longer(words: Words<'_>, tokens: Span<Tokens>) -> Option<Span<Tokens>> {
    let lower = |at: usize| words.lower(at, tokens.start);
    if !matches!(lower(tokens.end), "de" | "del" | "do" | "da" | "dos" | "das") {
        return None;
    }
    let mut start = tokens.end + 1;
    if matches!(lower(start), "la" | "las" | "los" | "el") {
        start += 1;
    }
    let end =
        (start..start + 3).take_while(|&at| !lower(at).is_empty() && is_name_word(words, at)).last()? + 1;
    Some(Span::new(tokens.start, end))
}

/// Capitalised words between a noun for a place and "of", or before such a noun.
fn announced(words: Words<'_>) -> Vec<Span<Tokens>> {
    let mut list = Vec::new();
    for (at, token) in words.analysis.tokens.iter().enumerate() {
        if !words.is(WordList::Locality, &token.lower) {
            continue;
        }
        let sentence = words.analysis.sentences[token.sentence].tokens;
        if words.lower(at + 1, at) == "of" {
            let end = run(words, at + 2..sentence.end.min(at + 2 + LONGEST));
            list.push(Span::new(at + 2, at + 2 + end));
        }
        let before = run(words, (sentence.start.max(at.saturating_sub(LONGEST))..at).rev());
        list.push(Span::new(at - before, at));
    }
    list.retain(|tokens| !tokens.is_empty());
    list
}

/// How many of the tokens, one after another, are words of a name.
fn run(words: Words<'_>, tokens: impl Iterator<Item = usize>) -> usize {
    tokens.take_while(|&at| is_name_word(words, at)).count()
}

fn is_name_word(words: Words<'_>, at: usize) -> bool {
    words.is_capital(at)
        && words
            .token(at)
            .is_some_and(|token| is_proper(token) && !words.is(WordList::Locality, &token.lower))
}

fn unlisted<'g>(words: Words<'_>, names: &NameMap, tokens: Span<Tokens>) -> Option<Mention<'g>> {
    let passage = words.analysis.passage(tokens);
    let text = words.document.slice(passage);
    let key = fold(text);
    let named = tokens.range().all(|at| is_name_like(words, at)) && words.is_capital(tokens.start);
    let of_person = |at: usize| names.person_words.contains(&words.analysis.tokens[at].lower);
    let is_person =
        tokens.range().all(of_person) || (tokens.len() == 1 && names.person_words.contains(&*key));
    // "Fourth Mountain Battalion" is no spot.
    let last = key.rsplit(' ').next().unwrap_or(&key);
    let no_name = words.is(WordList::NoName, &key) || (tokens.len() > 2 && words.is(WordList::NoName, last));
    if !named || is_person || key.len() <= 2 || no_name || is_explained(words, tokens) {
        return None;
    }
    let mut clues = [0.0; MENTION_CLUES];
    clues::context(words, names, tokens, |clue| clues[clue as usize] = 1.0);
    // One word that no gazetteer knows is as likely a person's name, and so is anything in capitals, unless the words
    // before it speak of a place.
    let doubtful = tokens.len() == 1 || !text.chars().any(char::is_lowercase);
    let spoken_of = [MentionClue::In, MentionClue::From, MentionClue::CityOf, MentionClue::Division]
        .iter()
        .any(|&clue| clues[clue as usize] > 0.0);
    let locality = words.is(WordList::Locality, words.lower(tokens.end, tokens.start));
    (!doubtful || spoken_of || locality).then(|| Mention {
        tokens: Some(tokens),
        passage,
        key: key.into(),
        candidates: Vec::new(),
        clues,
        score: 0.0,
    })
}

/// "ENAMEX [National Metals Enterprise]": a word whose parts a bracket writes out is a body's.
fn is_explained(words: Words<'_>, tokens: Span<Tokens>) -> bool {
    let bracket = words.surface(tokens.end);
    let inside = (tokens.end + 1..tokens.end + 1 + LONGEST).take_while(|&at| {
        words.is_capital(at) || matches!(words.lower(at, tokens.start), "of" | "for" | "and")
    });
    tokens.len() == 1 && matches!(bracket, "[" | "(") && inside.count() >= EXPLAINED
}

/// Whether a token can stand in a name: capitalised, or a small word between capitals.
fn is_name_like(words: Words<'_>, at: usize) -> bool {
    let token = &words.analysis.tokens[at];
    words.is_capital(at) || matches!(token.pos, Pos::Adp | Pos::Det | Pos::Punct | Pos::Num | Pos::Part)
}
