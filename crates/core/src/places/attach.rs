//! Where an incident happened, of all the places that its report names.

use std::collections::BTreeMap;

use crate::analysis::Analysis;
use crate::document::{Document, Passage};
use crate::places::gazetteer::Gazetteer;
use crate::places::placing::of_country;
use crate::reading::{Country, Place, Precision};

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
    /// Where an incident happened: the finest of the places that its clauses name (indices, the nearest first), else the
    /// country in which the report, or the paragraph around its mentions, moves. A dateline says where a report was
    /// filed, which is not where things happened: it tells the country.
    pub fn place_of(&self, named: &[usize], mentions: &[usize]) -> Option<Place> {
        let finest = named.iter().min_by_key(|&&at| fineness(&self.places[at]));
        match finest {
            Some(&at) => Some(self.places[at].clone()),
            None => self.around(mentions),
        }
    }

    /// The country that the paragraphs of the mentions name, or that of the report.
    fn around(&self, mentions: &[usize]) -> Option<Place> {
        let paragraphs: Vec<Passage> = mentions
            .iter()
            .map(|&token| {
                let sentence = &self.analysis.sentences[self.analysis.tokens[token].sentence];
                self.document.paragraphs[sentence.paragraph].passage
            })
            .collect();
        let inside = |place: &&Place| {
            paragraphs.iter().any(|passage| {
                passage.field == place.mention.field && passage.span.contains(place.mention.span)
            })
        };
        let near: Vec<&Place> = self.places.iter().filter(inside).collect();
        let all: Vec<&Place> = self.places.iter().collect();
        let (country, mention) = most_named(&near).or_else(|| most_named(&all))?;
        of_country(country, mention, self.gazetteer)
    }
}

/// How finely a place says where: the finest first.
fn fineness(place: &Place) -> u8 {
    match (place.precision, place.point) {
        (Precision::City | Precision::Exact, Some(_)) => 0,
        (Precision::City | Precision::Exact, None) => 1,
        (Precision::Region, _) => 2,
        (Precision::Country, _) => 3,
    }
}

/// The country in which most of the places lie, with the first of them.
fn most_named(places: &[&Place]) -> Option<(Country, Passage)> {
    let mut counts: BTreeMap<Country, (usize, std::cmp::Reverse<Passage>)> = BTreeMap::new();
    for place in places {
        if let Some(country) = place.country {
            let first = std::cmp::Reverse(place.mention);
            counts.entry(country).or_insert((0, first)).0 += 1;
        }
    }
    let (country, (_, mention)) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    Some((country, mention.0))
}
