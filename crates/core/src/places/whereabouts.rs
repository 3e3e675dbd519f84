//! Which toponyms say where something happened, and which only stand in the name of somebody or something, in a distance
//! or in the name of a road.

use crate::document::Passage;
use crate::grammar::{Dep, NameLabel, Pos};
use crate::places::attach::Atlas;
use crate::places::gazetteer::Entry;
use crate::places::kind::PlaceKind;
use crate::places::lexicon::WordList;
use crate::places::relation::holds;
use crate::reading::{Place, Precision};
use crate::text::{Span, Tokens};

/// The farthest that a measure stands before the toponym from which it is counted ("60 km to the north-west of").
const MEASURE_WITHIN: usize = 6;
/// The farthest that the word for a local body stands behind the toponym ("the Leon fire brigade").
const BODY_WITHIN: usize = 3;

impl Atlas<'_> {
    /// Whether a toponym says where what the tokens `mentions` tell of happened.
    pub(super) fn says_where(&self, place: &Place, mentions: &[usize]) -> bool {
        let Some(tokens) = self.tokens(place) else { return true };
        if place.precision == Precision::Country && !self.is_spot(place) {
            return !self.says_whose(tokens, mentions);
        }
        !self.is_of_road(tokens)
            && !self.is_of_name(place, tokens)
            && !self.is_building(place, tokens)
            && !self.names_another(tokens)
            && !self.is_course(tokens)
    }

    /// "the Danish Embassy": what the gazetteer lacks and a noun of a local institution names is what was hit or met at;
    /// where it stands is the town.
    fn is_building(&self, place: &Place, tokens: Span<Tokens>) -> bool {
        let last = &self.analysis.tokens[tokens.end - 1].lower;
        tokens.len() > 1
            && place.geonames_id.is_none()
            && self.gazetteer.lexicon.has(WordList::Institution, last)
            && self.gazetteer.candidates(&place.name).is_empty()
    }

    /// "the Tijuana cartel", and a word of a longer name in capitals that no recogniser knows ("MARTA OLMEDO RIOS").
    fn names_another(&self, place: Span<Tokens>) -> bool {
        let tokens = &self.analysis.tokens;
        let sentence = self.analysis.sentences[tokens[place.start].sentence].tokens;
        let lexicon = &self.gazetteer.lexicon;
        let is_namesake = |at: usize| at < sentence.end && lexicon.has(WordList::Namesake, &tokens[at].lemma);
        if is_namesake(place.end) || is_namesake(place.end + 1) && tokens[place.end].dep == Dep::Compound {
            return true;
        }
        self.is_fragment(place)
    }

    /// Whether a word in capitals before a toponym makes it a part of a longer name; in usual case the recogniser tells
    /// persons from places.
    fn is_fragment(&self, place: Span<Tokens>) -> bool {
        let tokens = &self.analysis.tokens;
        let lexicon = &self.gazetteer.lexicon;
        let Some(before) = place.start.checked_sub(1) else { return false };
        let word = &tokens[before];
        let known = |list: WordList| lexicon.has(list, &word.lower);
        let in_capitals = |at: usize| {
            let surface = tokens[at].span.of(self.document.field(tokens[at].field));
            surface.len() > 1 && !surface.chars().any(char::is_lowercase)
        };
        word.pos == Pos::Propn
            && in_capitals(before)
            && in_capitals(place.start)
            && word.dep == Dep::Compound
            && (place.holds(word.head) || word.head == tokens[place.end - 1].head)
            && word.span.end + 1 == tokens[place.start].span.start
            && ![WordList::Settlement, WordList::Locality, WordList::Quarter].into_iter().any(known)
            && !is_direction(&word.lower)
            && !self.places.iter().any(|other| self.tokens(other).is_some_and(|other| other.holds(before)))
    }

    /// "the road to Cadiz", "a lorry from Cadiz to Ronda": where something leads or goes.
    fn is_course(&self, place: Span<Tokens>) -> bool {
        let tokens = &self.analysis.tokens;
        let sentence = self.analysis.sentences[tokens[place.start].sentence].tokens;
        let mut before = (sentence.start..place.start)
            .rev()
            .filter(|&at| !matches!(tokens[at].pos, Pos::Det | Pos::Adj) && !is_direction(&tokens[at].lower));
        let Some(preposition) = before.next() else { return false };
        match &*tokens[preposition].lower {
            "to" => !before
                .next()
                .is_some_and(|at| matches!(&*tokens[at].lower, "close" | "next" | "adjacent" | "near")),
            "from" => {
                tokens[place.end..sentence.end.min(place.end + 2)].iter().any(|token| token.lower == "to")
            }
            _ => false,
        }
    }

    /// Whether a toponym says of which place a local institution is, which sees what is near ("the Leon police", "police in
    /// Leon").
    pub(super) fn is_of_local_body(&self, place: Span<Tokens>) -> bool {
        let tokens = &self.analysis.tokens;
        let sentence = self.analysis.sentences[tokens[place.start].sentence].tokens;
        let is_body = |at: usize| self.gazetteer.lexicon.has(WordList::Institution, &tokens[at].lower);
        let is_part = |at: &usize| {
            let is_comma = *at == place.end && tokens[*at].lower == ",";
            is_comma || matches!(tokens[*at].pos, Pos::Noun | Pos::Propn | Pos::Adj)
        };
        let mut after = (place.end..sentence.end.min(place.end + BODY_WITHIN)).take_while(is_part);
        let before =
            place.start.checked_sub(2).filter(|&at| at >= sentence.start && tokens[at + 1].lower == "in");
        after.any(is_body) || before.is_some_and(is_body)
    }

    /// The tokens of a toponym; none for the place of a dateline that stands outside the paragraphs.
    pub(super) fn tokens(&self, place: &Place) -> Option<Span<Tokens>> {
        self.tokens_in(place.mention)
    }

    /// The tokens of a passage; none where it stands outside the paragraphs.
    pub(super) fn tokens_in(&self, passage: Passage) -> Option<Span<Tokens>> {
        let stands_there = |token: &crate::analysis::Token| {
            token.field == passage.field && passage.span.contains(token.span)
        };
        let tokens = &self.analysis.tokens;
        let start = tokens.iter().position(stands_there)?;
        let end = start + tokens[start..].iter().take_while(|token| stands_there(token)).count();
        Some(Span::new(start, end))
    }

    /// A country before a noun says whose something is ("the U.S. embassy"), unless that noun is what happened.
    fn says_whose(&self, place: Span<Tokens>, mentions: &[usize]) -> bool {
        let last = &self.analysis.tokens[place.end - 1];
        let modifies = matches!(last.dep, Dep::Compound | Dep::Amod | Dep::Nmod | Dep::Poss);
        modifies && !mentions.contains(&last.head)
    }

    /// "Bolivar Street", "Bolivar and Sucre streets", "the Quito-Ambato highway": a road is no place to be at, and the
    /// places for which it is named may be far.
    fn is_of_road(&self, place: Span<Tokens>) -> bool {
        let tokens = &self.analysis.tokens;
        let sentence = self.analysis.sentences[tokens[place.start].sentence].tokens;
        if is_road_word(&tokens[place.end - 1].lower) {
            return true;
        }
        let joined = |at: &usize| {
            let token = &tokens[*at];
            matches!(&*token.lower, "and" | "-" | "–" | "&")
                || (token.pos == Pos::Propn || token.pos == Pos::Num) && !is_road_word(&token.lower)
        };
        let next = (place.end..sentence.end.min(place.end + 6)).find(|at| !joined(at));
        // "Lyon railway station" stands in Lyon.
        let station = |at: usize| tokens.get(at + 1).is_some_and(|token| &*token.lower == "station");
        next.is_some_and(|at| is_road_word(&tokens[at].lower) && !station(at))
    }

    /// Whether a sentence names a road.
    pub(super) fn names_road(&self, sentence: Span<Tokens>) -> bool {
        let tokens = &self.analysis.tokens[sentence.range()];
        tokens.windows(2).any(|pair| {
            matches!(pair[0].pos, Pos::Propn | Pos::Num)
                && matches!(
                    &*pair[1].lower,
                    "street" | "streets" | "avenue" | "avenues" | "boulevard" | "square"
                )
        })
    }

    /// "60 km west of Leon": what is told of is not there.
    pub(crate) fn is_measured_from(&self, place: &Place) -> bool {
        let Some(place) = self.tokens(place) else { return false };
        let tokens = &self.analysis.tokens;
        let sentence = self.analysis.sentences[tokens[place.start].sentence].tokens;
        let before = &tokens[sentence.start.max(place.start.saturating_sub(MEASURE_WITHIN))..place.start];
        let counted = before.last().is_some_and(|token| matches!(&*token.lower, "of" | "from"));
        let measure = before.iter().rposition(|token| {
            matches!(
                &*token.lower,
                "km" | "kms" | "kilometers" | "kilometres" | "miles" | "mile" | "kilometer"
            )
        });
        counted
            && measure.is_some_and(|at| {
                before[at + 1..]
                    .iter()
                    .all(|token| token.pos != Pos::Verb && !matches!(&*token.lower, "," | "in"))
            })
    }

    /// Whether a toponym stands in the name of a person or a body, or is the name of one elsewhere in the report.
    fn is_of_name(&self, place: &Place, tokens: Span<Tokens>) -> bool {
        let analysis = self.analysis;
        let words = &analysis.tokens;
        let over = analysis.names.iter().find(|name| name.tokens.overlaps(tokens));
        let longer = |name: Span<Tokens>| name.start < tokens.start || name.end > tokens.end;
        match over.map(|name| (name.label, name.tokens)) {
            Some((NameLabel::Person, name)) if longer(name) => !self.is_announced(place),
            Some((NameLabel::Org, name)) if longer(name) => {
                let last = words[name.end - 1].lower.as_str();
                let local = self.gazetteer.lexicon.has(WordList::Institution, last) || last == "'s";
                !local && name.end > tokens.end && !self.is_announced(place)
            }
            Some((NameLabel::Org, _)) => place.geonames_id.is_none() && !self.is_announced(place),
            _ => {
                let persons = || self.is_a_persons(tokens.start) || self.is_fragment_elsewhere(place);
                tokens.len() == 1 && !self.is_announced(place) && persons()
            }
        }
    }

    /// "IBARRA's car", where the report has an "ANTONIO IBARRA" too.
    fn is_fragment_elsewhere(&self, place: &Place) -> bool {
        let same = |other: &&Place| other.name == place.name && other.mention != place.mention;
        let mut others = self.places.iter().filter(same).filter_map(|other| self.tokens(other));
        others.any(|other| self.is_fragment(other))
    }

    /// Whether the report names a person by this word among others.
    fn is_a_persons(&self, token: usize) -> bool {
        let analysis = self.analysis;
        let word = &analysis.tokens[token].lower;
        analysis.names.iter().any(|name| {
            name.label == NameLabel::Person
                && name.tokens.len() > 1
                && name.tokens.range().any(|at| analysis.tokens[at].lower == *word)
        })
    }

    /// Whether the words around a toponym announce one: a preposition of place ("in the northern Gaza Strip"), or a noun
    /// for a place ("the town of Leon", "Leon district").
    pub(super) fn is_announced(&self, place: &Place) -> bool {
        let Some(tokens) = self.tokens(place) else { return false };
        let words = &self.analysis.tokens;
        let lexicon = &self.gazetteer.lexicon;
        let sentence = self.analysis.sentences[words[tokens.start].sentence].tokens;
        let next = words[tokens.end..sentence.end].first();
        if next
            .is_some_and(|token| lexicon.has(WordList::Locality, &token.lower) || token.lower == "department")
        {
            return true;
        }
        let mut before = words[sentence.start..tokens.start].iter().rev().filter(|token| {
            !matches!(token.pos, Pos::Det | Pos::Adj)
                && !matches!(token.dep, Dep::Compound | Dep::Amod | Dep::Nmod)
        });
        before.next().is_some_and(|token| match &*token.lower {
            "at" => true,
            "of" => before.next().is_some_and(|noun| lexicon.has(WordList::Settlement, &noun.lower)),
            word => lexicon.has(WordList::Locative, word),
        })
    }

    /// Whether a place is a part of another: a quarter of its town, or a place that the gazetteer lacks and the text puts
    /// into it.
    pub(crate) fn lies_in(&self, part: &Place, whole: &Place) -> bool {
        let Some(outer) = self.entry(whole).filter(|entry| entry.kind.is_settlement()) else { return false };
        match self.entry(part) {
            Some(inner) => matches!(inner.kind, PlaceKind::Section) && holds(&outer, &inner),
            None => part.precision == Precision::City && part.point.is_some() && part.point == whole.point,
        }
    }

    /// Whether a place is a town or finer; what the gazetteer lacks is a village or a building, however roughly it could
    /// be located.
    pub(crate) fn is_spot(&self, place: &Place) -> bool {
        match place.precision {
            Precision::City | Precision::Exact => true,
            Precision::Region | Precision::Country => {
                place.geonames_id.is_none() && self.gazetteer.candidates(&place.name).is_empty()
            }
        }
    }

    /// The gazetteer's entry for a place; none where it lacks it.
    fn entry(&self, place: &Place) -> Option<Entry<'_>> {
        let (lat, lon) = place.point?;
        // A division stands where its town does.
        let same = |entry: &Entry<'_>| {
            entry.geonames_id == place.geonames_id
                && (f64::from(entry.lat) - lat).abs() < 1e-4
                && (f64::from(entry.lon) - lon).abs() < 1e-4
        };
        self.gazetteer.candidates(&place.name).into_iter().map(|candidate| candidate.entry).find(same)
    }
}

/// Whether a word says in what part of a place something is.
pub(super) fn is_direction(word: &str) -> bool {
    let stem = word.strip_suffix("ern").unwrap_or(word);
    matches!(
        stem,
        "north"
            | "south"
            | "east"
            | "west"
            | "northeast"
            | "northwest"
            | "southeast"
            | "southwest"
            | "central"
            | "downtown"
            | "upper"
            | "lower"
            | "greater"
            | "rural"
    )
}

fn is_road_word(word: &str) -> bool {
    matches!(
        word,
        "street"
            | "streets"
            | "avenue"
            | "avenues"
            | "boulevard"
            | "boulevards"
            | "highway"
            | "highways"
            | "road"
            | "roads"
            | "motorway"
            | "expressway"
            | "freeway"
            | "railway"
    )
}
