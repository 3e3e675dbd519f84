//! Which words of a text are toponyms: names of the gazetteer, weighed by the recogniser's labels and the words around.

use std::collections::HashSet;

use smol_str::SmolStr;

use crate::analysis::{Analysis, Token};
use crate::document::{Document, Passage};
use crate::grammar::{Dep, NameLabel, Pos};
use crate::places::fold::fold;
use crate::places::gazetteer::{Candidate, Gazetteer};
use crate::places::index::NameKind;
use crate::places::kind::PlaceKind;
use crate::places::lexicon::{Lexicon, WordList};
use crate::places::names::NameMap;
use crate::places::rank::{MENTION_CLUES, MentionClue, MentionVector};
use crate::places::{clues, unlisted};
use crate::text::{Span, Tokens};

/// The longest name in tokens.
const LONGEST: usize = 7;
/// Log-odds of what stands in the place of a toponym that the report has elsewhere.
const SURE: f32 = 1.0;

/// Some words that may be a toponym.
pub(super) struct Mention<'g> {
    /// Its tokens; none for the place of a dateline that stands outside the paragraphs.
    pub tokens: Option<Span<Tokens>>,
    /// Where it stands.
    pub passage: Passage,
    /// Folded form.
    pub key: SmolStr,
    /// The places that it may mean; empty for a name that only the recogniser knows.
    pub candidates: Vec<Candidate<'g>>,
    /// The clues for its being a toponym.
    pub clues: MentionVector,
    /// Log-odds of its being a toponym.
    pub score: f32,
}

/// A document with its tokens' words.
#[derive(Clone, Copy)]
pub(super) struct Words<'a> {
    pub document: &'a Document,
    pub analysis: &'a Analysis,
    pub lexicon: &'a Lexicon,
}

impl<'a> Words<'a> {
    /// Whether a list holds the word.
    pub fn is(self, list: WordList, word: &str) -> bool {
        self.lexicon.has(list, word)
    }

    /// The token.
    pub fn token(self, at: usize) -> Option<&'a Token> {
        self.analysis.tokens.get(at)
    }

    /// The word as written.
    pub fn surface(self, at: usize) -> &'a str {
        self.token(at).map_or("", |token| token.span.of(self.document.field(token.field)))
    }

    /// The word in lower case; empty outside the sentence of `beside`.
    pub fn lower(self, at: usize, beside: usize) -> &'a str {
        match (self.token(at), self.token(beside)) {
            (Some(token), Some(other)) if token.sentence == other.sentence => &token.lower,
            _ => "",
        }
    }

    /// Whether the word begins with a capital letter.
    pub fn is_capital(self, at: usize) -> bool {
        self.surface(at).chars().next().is_some_and(char::is_uppercase)
    }
}

/// The toponyms of a document, in order, each with the places that it may mean.
pub(super) fn recognise<'g>(
    document: &Document,
    analysis: &Analysis,
    gazetteer: &'g Gazetteer,
) -> Vec<Mention<'g>> {
    let mut mentions = considered(document, analysis, gazetteer);
    mentions.retain(|mention| mention.score > 0.0);
    let words = Words { document, analysis, lexicon: &gazetteer.lexicon };
    unlisted::add(words, &mut mentions);
    mentions
}

/// All words that a name of the gazetteer covers, the longest from each start, with their clues.
pub(super) fn considered<'g>(
    document: &Document,
    analysis: &Analysis,
    gazetteer: &'g Gazetteer,
) -> Vec<Mention<'g>> {
    let words = Words { document, analysis, lexicon: &gazetteer.lexicon };
    let names = NameMap::of(words);
    let small = small_words(words);
    let mut mentions: Vec<Mention<'g>> = Vec::new();
    for sentence in &analysis.sentences {
        let shouted = is_shouted(words, sentence.tokens);
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let limit = sentence.tokens.end.min(at + LONGEST);
            let Some(mut mention) = starts_name(words, &names, gazetteer, at, limit, shouted) else {
                at += 1;
                continue;
            };
            let tokens = mention.tokens.unwrap_or(Span::new(at, at + 1));
            add_case_clues(words, &small, &mut mention, tokens, shouted);
            mention.score = gazetteer.weights.mention(&mention.clues);
            at = if mention.score > 0.0 { tokens.end } else { at + 1 };
            mentions.push(mention);
        }
    }
    heed_elsewhere(document, &mut mentions, gazetteer);
    mentions
}

/// The words that the document has in small letters.
fn small_words<'a>(words: Words<'a>) -> HashSet<&'a str> {
    let small = |token: &&'a Token| token.span.of(words.document.field(token.field)) == token.lower;
    words.analysis.tokens.iter().filter(small).map(|token| token.lower.as_str()).collect()
}

/// What capitals and small letters say.
fn add_case_clues(
    words: Words<'_>,
    small: &HashSet<&str>,
    mention: &mut Mention<'_>,
    tokens: Span<Tokens>,
    shouted: bool,
) {
    let mut set = |clue: MentionClue, holds: bool| mention.clues[clue as usize] = f32::from(u8::from(holds));
    let unnamed = words.analysis.names.iter().all(|name| !name.tokens.overlaps(tokens));
    set(MentionClue::Shouted, shouted);
    set(MentionClue::ShoutedUnnamed, shouted && unnamed);
    let surface = words.surface(tokens.start);
    let one = tokens.len() == 1;
    let capitals = surface.len() <= 5 && surface.chars().all(char::is_uppercase);
    let country = mention.candidates.iter().any(|candidate| candidate.entry.kind == PlaceKind::Country);
    set(MentionClue::Acronym, one && capitals && !shouted && !country);
    set(MentionClue::Ordinary, one && words.is(WordList::Ordinary, &mention.key));
    set(MentionClue::SmallElsewhere, one && small.contains(words.lower(tokens.start, tokens.start)));
}

/// What is surely a toponym in one sentence, or in the dateline, is likely one in another; where all is in capitals, so
/// that the recogniser errs often, a preposition of place before it is enough.
fn heed_elsewhere(document: &Document, mentions: &mut [Mention<'_>], gazetteer: &Gazetteer) {
    let mut taken: HashSet<SmolStr> =
        mentions.iter().filter(|mention| mention.score > 0.0).map(|mention| mention.key.clone()).collect();
    let filed = document.dateline.as_ref().and_then(|dateline| dateline.place);
    taken.extend(filed.map(|place| SmolStr::from(fold(document.slice(place)))));
    for mention in mentions {
        if mention.score <= 0.0 && taken.contains(&mention.key) {
            mention.clues[MentionClue::Elsewhere as usize] = 1.0;
            let has = |clue: MentionClue| mention.clues[clue as usize] > 0.0;
            let plain = has(MentionClue::Shouted) && has(MentionClue::In);
            let score = gazetteer.weights.mention(&mention.clues);
            mention.score = if plain { score.max(SURE) } else { score };
        }
    }
}

/// The longest name of the gazetteer that starts at a token and may be a toponym.
fn starts_name<'g>(
    words: Words<'_>,
    names: &NameMap,
    gazetteer: &'g Gazetteer,
    start: usize,
    limit: usize,
    shouted: bool,
) -> Option<Mention<'g>> {
    if !may_start(words, names, start, shouted) {
        return None;
    }
    let mut walk = gazetteer.walk();
    let mut best: Option<(usize, SmolStr)> = None;
    for at in start..limit {
        walk.push(words.surface(at));
        if walk.is_name() && may_end(words, at) {
            best = Some((at + 1, SmolStr::new(walk.key())));
        }
        if at > start && !may_go_on(words, at) {
            break;
        }
    }
    let (end, key) = best?;
    if words.is(WordList::NoName, &key) {
        return None;
    }
    let tokens = Span::new(start, end);
    if shouted && is_common_head(words, tokens) {
        return None;
    }
    let (passage, surface) = with_full_stop(words, gazetteer, tokens);
    let mut candidates = gazetteer.candidates_of(&key, surface);
    if surface.len() == 2 && !matches!(surface, "US" | "UK") && !follows_place(words, start) {
        candidates.retain(|candidate| !candidate.entry.kind.is_division());
    }
    if key.len() <= 2 {
        // Two letters are an abbreviation of the tables or no place.
        candidates.retain(|candidate| !candidate.entry.kind.is_settlement());
    }
    if candidates.is_empty() {
        return None;
    }
    let clues = mention_clues(words, names, tokens, &key, &candidates);
    Some(Mention { tokens: Some(tokens), passage, key, candidates, clues, score: 0.0 })
}

/// A postal code counts only behind a town and a comma ("Columbus, OH").
fn follows_place(words: Words<'_>, start: usize) -> bool {
    start >= 2 && words.lower(start - 1, start) == "," && words.is_capital(start - 2)
}

fn may_start(words: Words<'_>, names: &NameMap, at: usize, shouted: bool) -> bool {
    let Some(token) = words.token(at) else { return false };
    if !words.is_capital(at) || token.lower == "the" {
        return false;
    }
    if shouted {
        return is_proper(token) || names.label(at).is_some();
    }
    !matches!(token.pos, Pos::Punct | Pos::Space | Pos::Sym)
}

/// "A TOWER", "their COOK": a name that is no other noun's modifier has no indefinite article and no possessor that is a
/// pronoun. Where all is in capitals, that tells common nouns from names.
fn is_common_head(words: Words<'_>, tokens: Span<Tokens>) -> bool {
    let last = tokens.end - 1;
    let list = &words.analysis.tokens;
    let modifies = matches!(list[last].dep, Dep::Compound | Dep::Amod | Dep::Nmod | Dep::Poss);
    let marks = |at: usize| {
        let token = &list[at];
        token.head == last
            && (token.dep == Dep::Det && matches!(&*token.lower, "a" | "an")
                || token.dep == Dep::Poss && token.pos == Pos::Pron)
    };
    !modifies && (tokens.start.saturating_sub(LONGEST)..tokens.start).any(marks)
}

fn may_end(words: Words<'_>, at: usize) -> bool {
    words.is_capital(at)
        || words.surface(at).chars().next().is_some_and(|c| c.is_ascii_digit())
        || matches!(
            words.surface(at),
            "county" | "province" | "state" | "region" | "strip" | "airport" | "peninsula" | "river"
        )
}

fn may_go_on(words: Words<'_>, at: usize) -> bool {
    words.token(at).is_some_and(|token| !matches!(token.pos, Pos::Verb | Pos::Space) || words.is_capital(at))
}

/// The passage of the tokens, with the full stop of an abbreviation that the tokens leave out.
fn with_full_stop<'a>(words: Words<'a>, gazetteer: &Gazetteer, tokens: Span<Tokens>) -> (Passage, &'a str) {
    let mut passage = words.analysis.passage(tokens);
    let text = words.document.field(passage.field);
    let longer = Span::new(passage.span.start, passage.span.end + 1);
    if longer.of(text).ends_with('.') && gazetteer.is_abbreviation(longer.of(text)) {
        passage.span = longer;
    }
    (passage, passage.span.of(text))
}

fn is_shouted(words: Words<'_>, sentence: Span<Tokens>) -> bool {
    let (mut upper, mut lower) = (0, 0);
    for at in sentence.range() {
        for letter in words.surface(at).chars() {
            upper += usize::from(letter.is_uppercase());
            lower += usize::from(letter.is_lowercase());
        }
    }
    upper > 4 * lower && sentence.len() > 3
}

fn mention_clues(
    words: Words<'_>,
    names: &NameMap,
    tokens: Span<Tokens>,
    key: &str,
    candidates: &[Candidate<'_>],
) -> MentionVector {
    let mut clues = [0.0; MENTION_CLUES];
    clues[MentionClue::Bias as usize] = 1.0;
    clues[name_clue(words, names, tokens) as usize] = 1.0;
    if tokens.len() == 1 && names.person_words.contains(&words.analysis.tokens[tokens.start].lower) {
        clues[MentionClue::Namesake as usize] = 1.0;
    }
    clues::context(words, names, tokens, |clue| clues[clue as usize] = 1.0);
    if key.contains(' ') {
        clues[MentionClue::Words as usize] = 1.0;
    }
    bearer_clues(candidates, &mut clues);
    clues
}

/// What the recogniser's name over these tokens says.
fn name_clue(words: Words<'_>, names: &NameMap, tokens: Span<Tokens>) -> MentionClue {
    let Some((name, label)) = tokens.range().find_map(|at| names.at(at)) else {
        return if clues::is_road(words, tokens) { MentionClue::Road } else { MentionClue::Unnamed };
    };
    let whole = tokens.contains(name);
    let rest =
        || (name.start..name.end).filter(|&at| !tokens.holds(at)).map(|at| words.lower(at, tokens.start));
    let after = || (tokens.end..name.end).map(|at| words.lower(at, tokens.start));
    match label {
        NameLabel::Gpe if whole => MentionClue::GpeWhole,
        NameLabel::Gpe => MentionClue::GpePart,
        NameLabel::Fac | NameLabel::Loc if whole => MentionClue::LocWhole,
        NameLabel::Fac | NameLabel::Loc if after().any(|word| words.is(WordList::Road, word)) => {
            MentionClue::Road
        }
        NameLabel::Fac | NameLabel::Loc => MentionClue::LocPart,
        NameLabel::Org if whole => MentionClue::OrgWhole,
        NameLabel::Org if after().any(|word| words.is(WordList::Trade, word)) => MentionClue::OrgTrade,
        NameLabel::Org if clues::follows_preposition(words, tokens.start) => MentionClue::OrgOf,
        NameLabel::Org if after().any(|word| clues::is_institution_word(words, word)) => {
            MentionClue::OrgLocal
        }
        NameLabel::Org => MentionClue::OrgPart,
        NameLabel::Person if whole => MentionClue::PersonWhole,
        NameLabel::Person if after().any(|word| words.is(WordList::Road, word)) => MentionClue::Road,
        NameLabel::Person if after().any(|word| clues::is_institution_word(words, word)) => {
            MentionClue::PersonLocal
        }
        NameLabel::Person if rest().next().is_some() => MentionClue::PersonPart,
        NameLabel::Person => MentionClue::PersonWhole,
        NameLabel::Norp | NameLabel::Language => MentionClue::People,
        NameLabel::Event | NameLabel::Law | NameLabel::Product | NameLabel::WorkOfArt => MentionClue::Product,
        NameLabel::Cardinal
        | NameLabel::Date
        | NameLabel::Money
        | NameLabel::Ordinal
        | NameLabel::Percent
        | NameLabel::Quantity
        | NameLabel::Time => MentionClue::Amount,
    }
}

/// What the places that bear the name say.
fn bearer_clues(candidates: &[Candidate<'_>], clues: &mut MentionVector) {
    let best = candidates
        .iter()
        .max_by_key(|candidate| (candidate.name == NameKind::Main, candidate.entry.population));
    let Some(best) = best else { return };
    let clue = match best.entry.kind {
        PlaceKind::Country => Some(MentionClue::Country),
        PlaceKind::Admin1 => Some(MentionClue::Admin1),
        PlaceKind::Admin2 => Some(MentionClue::Admin2),
        PlaceKind::Capital | PlaceKind::Seat | PlaceKind::Town | PlaceKind::Section => None,
        PlaceKind::Continent
        | PlaceKind::Region
        | PlaceKind::Sea
        | PlaceKind::Lake
        | PlaceKind::River
        | PlaceKind::Land
        | PlaceKind::Island
        | PlaceKind::Airport
        | PlaceKind::Facility => Some(MentionClue::Feature),
    };
    if let Some(clue) = clue {
        clues[clue as usize] = 1.0;
    }
    let capital = best.entry.kind == PlaceKind::Capital && best.name != NameKind::Short;
    clues[MentionClue::Capital as usize] = f32::from(u8::from(capital));
    let standing = best.entry.id.is_standing() && clues[MentionClue::Words as usize] > 0.0;
    clues[MentionClue::Standing as usize] = f32::from(u8::from(standing));
    clues[MentionClue::Known as usize] = (best.entry.population as f32 + 1.0).log10() / 7.0;
    match best.name {
        NameKind::Main => {}
        NameKind::Variant => clues[MentionClue::Variant as usize] = 1.0,
        NameKind::Short => clues[MentionClue::Short as usize] = 1.0,
    }
}

/// Whether the token is tagged as a name.
pub(super) fn is_proper(token: &Token) -> bool {
    token.pos == Pos::Propn || token.tag.starts_with("NNP")
}

/// Whether the token is a subject.
pub(super) fn is_subject(token: &Token) -> bool {
    matches!(token.dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Agent)
}
