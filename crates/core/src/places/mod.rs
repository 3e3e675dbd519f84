//! Toponyms: a gazetteer, and which of the namesakes a text means.
//!
//! [`find`] recognises the toponyms of a document, links those that stand beside one another ("Springfield, Ohio"), and
//! decides among the namesakes of all of them together.

pub mod attach;
mod clues;
mod company;
mod demonyms;
mod explain;
mod focus;
pub mod fold;
mod gazetteer;
pub mod generic;
mod geometry;
pub mod index;
pub mod kind;
mod lexicon;
mod names;
mod placing;
mod quarter;
pub mod rank;
mod recognise;
mod relation;
mod resolve;
mod standing;
#[cfg(test)]
mod tests;
pub mod trace;
mod unlisted;
mod whereabouts;

pub use explain::{Explained, explain};
pub use gazetteer::{Candidate, Entry, EntryId, Gazetteer, GazetteerError, GazetteerFiles};

use smol_str::SmolStr;

use crate::analysis::Analysis;
use crate::document::Document;
use crate::places::fold::fold;
use crate::places::kind::PlaceKind;
use crate::places::rank::{MENTION_CLUES, MentionClue};
use crate::places::recognise::{Mention, Words};
use crate::places::relation::Link;
use crate::places::resolve::{Group, Setting};
use crate::reading::Place;
use crate::text::Span;

/// The toponyms of a document, in order, each resolved as far as the text allows.
pub fn find(document: &Document, analysis: &Analysis, gazetteer: &Gazetteer) -> Vec<Place> {
    placing::places(document, &resolved(document, analysis, gazetteer), gazetteer)
}

/// The toponyms of a document, how they lie to one another, and what each name means.
struct Resolved<'g> {
    mentions: Vec<Mention<'g>>,
    links: Vec<Link>,
    groups: Vec<Group<'g>>,
}

fn resolved<'g>(document: &Document, analysis: &Analysis, gazetteer: &'g Gazetteer) -> Resolved<'g> {
    let mut mentions = recognise::recognise(document, analysis, gazetteer);
    add_dateline(document, gazetteer, &mut mentions);
    let words = Words { document, analysis, lexicon: &gazetteer.lexicon };
    let links = relation::links(words, &mentions);
    quarter::keep_quarters(words, &mut mentions, &links);
    let setting = setting(words, &mentions, gazetteer);
    let groups = resolve::resolve(&mentions, &links, &setting, &gazetteer.weights);
    Resolved { mentions, links, groups }
}

/// The place of a dateline stands outside the paragraphs and is a toponym all the same.
fn add_dateline<'g>(document: &Document, gazetteer: &'g Gazetteer, mentions: &mut Vec<Mention<'g>>) {
    let Some(passage) = document.dateline.as_ref().and_then(|dateline| dateline.place) else { return };
    let surface = document.slice(passage);
    let key = fold(surface);
    let candidates = gazetteer.candidates(surface);
    if candidates.is_empty() || mentions.iter().any(|mention| mention.passage == passage) {
        return;
    }
    let mut clues = [0.0; MENTION_CLUES];
    clues[MentionClue::Dateline as usize] = 1.0;
    mentions.push(Mention { tokens: None, passage, key: SmolStr::from(key), candidates, clues, score: 1.0 });
}

fn setting<'g>(words: Words<'_>, mentions: &[Mention<'g>], gazetteer: &'g Gazetteer) -> Setting<'g> {
    let datelines = mentions
        .iter()
        .enumerate()
        .filter(|(_, mention)| mention.clues[MentionClue::Dateline as usize] > 0.0)
        .map(|(at, _)| at)
        .collect();
    let all = Span::new(0, words.analysis.tokens.len());
    let peoples =
        gazetteer.demonyms.among(words.analysis, all).into_iter().map(|(_, country)| country).collect();
    let kinds_said = mentions.iter().map(|mention| kinds_said(words, mention)).collect();
    Setting { home: focus::home(words.document, gazetteer), datelines, peoples, kinds_said }
}

/// The kinds of place that the word behind a toponym, or the noun before "of" it, calls for.
fn kinds_said(words: Words<'_>, mention: &Mention<'_>) -> &'static [PlaceKind] {
    use PlaceKind::{Admin1, Admin2, Capital, Region, Seat, Section, Town};
    let Some(tokens) = mention.tokens else { return &[] };
    let next = words.lower(tokens.end, tokens.start);
    let of = tokens.start >= 2 && words.lower(tokens.start - 1, tokens.start) == "of";
    let noun = if of { words.lower(tokens.start - 2, tokens.start) } else { "" };
    for word in [next, noun] {
        match word {
            "province" | "region" | "oblast" | "governorate" | "state" | "department" | "republic"
            | "krai" | "prefecture" | "provinces" | "regions" | "states" => return &[Admin1, Admin2, Region],
            "county" | "counties" | "parish" | "raion" | "borough" => return &[Admin2],
            "district" | "districts" | "municipality" => return &[Admin2, Admin1, Section, Town],
            "neighborhood" | "neighbourhood" | "suburb" => return &[Section, Town],
            "city" | "town" | "village" | "capital" | "port" => return &[Capital, Seat, Town, Section],
            _ => {}
        }
    }
    &[]
}
