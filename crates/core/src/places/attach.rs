//! Where an incident happened, of all the places that its report names.

use std::collections::BTreeMap;

use crate::analysis::Analysis;
use crate::document::{Document, Passage};
use crate::places::gazetteer::Gazetteer;
use crate::places::lexicon::WordList;
use crate::places::placing::of_country;
use crate::reading::{Country, Place, Precision};
use crate::text::{Span, Tokens};

/// What the sentences that tell of an incident weigh against the whole report, in telling its country.
const OWN_SENTENCES: f32 = 0.5;
/// What the dateline weighs against the whole report.
const DATELINE: f32 = 0.5;

/// What a report tells of an incident whose place is asked for.
#[derive(Clone, Copy)]
pub struct Account<'a> {
    /// The places that the grammar of its clauses ties to it, the nearest first.
    pub named: &'a [usize],
    /// The tokens that tell of it.
    pub mentions: &'a [usize],
    /// Whether its words say what was done.
    pub specific: bool,
    /// Whether it is only recalled.
    pub recalled: bool,
    /// In whose words a token stands: the innermost thing said that holds it.
    pub voice: &'a dyn Fn(usize) -> Option<usize>,
}

/// A report's places and what they stand in.
#[derive(Clone, Copy)]
pub struct Atlas<'a> {
    /// The report.
    pub document: &'a Document,
    /// Its grammar.
    pub analysis: &'a Analysis,
    /// Its toponyms, in order.
    pub places: &'a [Place],
    /// What is known of places.
    pub gazetteer: &'a Gazetteer,
}

impl Atlas<'_> {
    /// Where an incident happened.
    ///
    /// The finest of the places that grammar ties to it, or the part of it that is told close by; else, where the words say
    /// what was done, the nearest finer place of its sentences that lies in the country in which they move; else that
    /// country. Where somebody stands who only speaks of it does not say where, and where he comes from counts less. A
    /// dateline says where a report was filed, which need not be where things happened: it only helps to tell the country,
    /// which of an incident that is only recalled need not be the one of the report.
    pub fn place_of(&self, account: &Account<'_>) -> Option<Place> {
        let &Account { named, mentions, specific, recalled, voice: _ } = account;
        let named: Vec<&Place> = named
            .iter()
            .map(|&at| &self.places[at])
            .filter(|place| self.says_where(place, mentions))
            .collect();
        let fine: Vec<&Place> = named.iter().copied().filter(|place| self.is_fine(place)).collect();
        if let Some(finest) = fine.iter().min_by_key(|place| self.fineness(place, &fine)) {
            return Some(self.part(finest, mentions).unwrap_or(finest).clone());
        }
        let stated = named.iter().find_map(|place| Some((place.country?, place.mention)));
        let Some((country, mention)) = stated.or_else(|| self.country(account)) else {
            return named.first().copied().cloned();
        };
        // What stands beside "the operation" or "the violence" is seldom where a particular thing happened.
        let near = specific.then(|| self.near(account, country)).flatten();
        match near.map(|at| &self.places[at]).or_else(|| self.here(mentions, country)) {
            Some(place) => Some(self.part(place, mentions).unwrap_or(place).clone()),
            None if stated.is_none() && recalled => None,
            None => of_country(country, mention, self.gazetteer),
        }
    }

    /// How finely a place says where, of those named with it: the finest first. What the gazetteer lacks is a village or
    /// a building, however roughly it could be located.
    fn fineness(&self, place: &Place, beside: &[&Place]) -> (bool, u8) {
        let fineness = match (place.precision, place.point) {
            (Precision::Country, _) if !self.is_spot(place) => 4,
            _ if beside.iter().any(|other| self.lies_in(place, other)) => 0,
            (Precision::City | Precision::Exact, Some(_)) => 1,
            _ if self.is_spot(place) => 2,
            _ => 3,
        };
        (self.is_measured_from(place), fineness)
    }

    /// Whether a place is finer than a country.
    fn is_fine(&self, place: &Place) -> bool {
        match place.precision {
            Precision::City | Precision::Exact => true,
            Precision::Region => place.country.is_some(),
            Precision::Country => self.is_spot(place),
        }
    }

    /// The place of the dateline, where the words around a mention point to it: "here", "this city", "the capital", or
    /// a street, which is looked for in the town where the report was filed.
    fn here(&self, mentions: &[usize], country: Country) -> Option<&Place> {
        let filed = self.document.dateline.as_ref()?.place?;
        let place = self.places.iter().find(|place| place.mention == filed)?;
        let points = |sentence: Span<Tokens>| {
            let words = &self.analysis.tokens[sentence.range()];
            words.iter().any(|word| word.lower == "here")
                || words.windows(2).any(|pair| {
                    matches!(&*pair[0].lower, "this" | "the") && pair[1].lower == "capital"
                        || pair[0].lower == "this" && matches!(&*pair[1].lower, "city" | "town")
                })
        };
        let sentence = |token: usize| self.analysis.sentences[self.analysis.tokens[token].sentence].tokens;
        let said = mentions.iter().any(|&token| points(sentence(token)) || self.names_road(sentence(token)));
        (said && self.is_fine(place) && place.country == Some(country)).then_some(place)
    }

    /// Whether a demonym or country's name says whose embassy, citizen or company somebody is, which may be anywhere.
    fn is_of_those_abroad(&self, token: usize) -> bool {
        let tokens = &self.analysis.tokens;
        let head = tokens[token].head;
        let of = |at: usize| self.gazetteer.lexicon.has(WordList::Abroad, &tokens[at].lemma);
        let mut beside = (token + 1..tokens.len().min(token + 4))
            .take_while(|&at| tokens[at].sentence == tokens[token].sentence);
        of(head) || beside.any(of)
    }

    /// The part of a place that the sentences of the mentions, or those right after them, name: "a bomb went off in Lima.
    /// It had been laid in the San Borja district."
    fn part(&self, whole: &Place, mentions: &[usize]) -> Option<&Place> {
        let sentences = &self.analysis.sentences;
        let around: Vec<Passage> = mentions
            .iter()
            .map(|&token| self.analysis.tokens[token].sentence)
            .flat_map(|at| &sentences[at..sentences.len().min(at + 2)])
            .map(|sentence| self.analysis.passage(sentence.tokens))
            .collect();
        self.places.iter().find(|place| {
            around.iter().any(|&passage| within(passage, place.mention))
                && self.lies_in(place, whole)
                && self.is_announced(place)
                && self.says_where(place, mentions)
        })
    }

    /// The finer place of a country that stands nearest to a mention in its sentence: not the one where a speaker stands
    /// ("the bishop of Leon condemned the murder"), unless a local body speaks ("the Leon police").
    fn near(&self, account: &Account<'_>, country: Country) -> Option<usize> {
        let &Account { mentions, voice, .. } = account;
        let nearest = mentions.iter().flat_map(|&token| {
            let sentence = &self.analysis.sentences[self.analysis.tokens[token].sentence];
            let passage = self.analysis.passage(sentence.tokens);
            let own = self.analysis.tokens[token].span.start;
            let fits = move |place: &Place| {
                place.country == Some(country)
                    && self.is_fine(place)
                    && within(passage, place.mention)
                    && self.says_where(place, mentions)
                    && !self.is_measured_from(place)
                    && self
                        .tokens(place)
                        .is_none_or(|name| voice(name.start) == voice(token) || self.is_of_local_body(name))
                    && (matches!(place.precision, Precision::City | Precision::Exact)
                        || self.is_announced(place))
            };
            let places = self.places.iter().enumerate().filter(move |(_, place)| fits(place));
            places.map(move |(at, place)| (place.mention.span.start.abs_diff(own), at))
        });
        nearest.min().map(|(_, at)| at)
    }

    /// The country that the sentences of the mentions name or whose people they speak of, weighed with what the whole
    /// report names.
    fn country(&self, account: &Account<'_>) -> Option<(Country, Passage)> {
        let &Account { mentions, voice, .. } = account;
        let mut counts: BTreeMap<Country, (f32, Passage)> = BTreeMap::new();
        let mut add = |told: Vec<(Country, Passage)>, weight: f32| {
            let total = told.len().max(1) as f32;
            for (country, mention) in told {
                counts.entry(country).or_insert((0.0, mention)).0 += weight / total;
            }
        };
        let sentences: Vec<usize> =
            mentions.iter().map(|&token| self.analysis.tokens[token].sentence).collect();
        let voices: Vec<_> = mentions.iter().map(|&token| voice(token)).collect();
        let mut own = self.told(&sentences);
        own.retain(|&(_, mention)| {
            self.tokens_in(mention).is_none_or(|words| voices.contains(&voice(words.start)))
        });
        add(own, OWN_SENTENCES);
        add(self.told(&(0..self.analysis.sentences.len()).collect::<Vec<_>>()), 1.0);
        let filed = self.document.dateline.as_ref().and_then(|dateline| dateline.place);
        let filed = self.places.iter().find(|place| Some(place.mention) == filed);
        add(filed.and_then(|place| Some((place.country?, place.mention))).into_iter().collect(), DATELINE);
        let best = counts.into_iter().max_by(|(_, one), (_, other)| one.0.total_cmp(&other.0));
        best.map(|(country, (_, mention))| (country, mention))
    }

    /// The countries that the toponyms and demonyms of some sentences tell.
    fn told(&self, sentences: &[usize]) -> Vec<(Country, Passage)> {
        let spans: Vec<Span<Tokens>> =
            sentences.iter().map(|&at| self.analysis.sentences[at].tokens).collect();
        let passages: Vec<Passage> = spans.iter().map(|&span| self.analysis.passage(span)).collect();
        let places = self
            .places
            .iter()
            .filter(|place| passages.iter().any(|&passage| within(passage, place.mention)))
            .filter(|place| self.says_where(place, &[]))
            .filter_map(|place| Some((place.country?, place.mention)));
        let peoples = spans.iter().flat_map(|&span| {
            let found = self.gazetteer.demonyms.among(self.analysis, span);
            let said = found.into_iter().filter(|&(at, _)| !self.is_of_those_abroad(at));
            said.map(|(at, country)| (country, self.analysis.passage(Span::new(at, at + 1))))
        });
        places.chain(peoples).collect()
    }
}

fn within(outer: Passage, inner: Passage) -> bool {
    outer.field == inner.field && outer.span.contains(inner.span)
}
