//! What a report is about as a whole: the places and countries among which a name is more likely to mean its nearest
//! bearer.

use crate::document::Document;
use crate::places::gazetteer::{Candidate, Gazetteer};
use crate::places::lexicon::{Lexicon, WordList};
use crate::reading::Country;

/// Where the outlet's name or address says that it is at home.
pub(super) struct Home<'g> {
    /// The place that its name holds, with its namesakes.
    pub candidates: Vec<Candidate<'g>>,
    /// The country of its address.
    pub country: Option<Country>,
}

/// The home of the document's outlet: an address as `parisnews.example` holds the name of a place and words of the trade.
pub(super) fn home<'g>(document: &Document, gazetteer: &'g Gazetteer) -> Home<'g> {
    let host = document.url.as_deref().and_then(host_of);
    let source = document.source.as_deref().unwrap_or("");
    let domain = host.or_else(|| (!source.contains(' ') && source.contains('.')).then_some(source));
    let country = domain.and_then(country_of);
    let mut home = Home { candidates: Vec::new(), country };
    let label = domain.and_then(|domain| domain.trim_start_matches("www.").split('.').next()).unwrap_or("");
    let found = place_in_label(&label.to_lowercase().replace('-', ""), gazetteer)
        .or_else(|| place_in_label(&letters_of(source), gazetteer));
    if let Some(key) = found {
        home.candidates = gazetteer.candidates_of(&key, &key);
    }
    home
}

fn letters_of(source: &str) -> String {
    if source.contains('.') {
        return String::new();
    }
    source.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn host_of(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    rest.split(['/', '?', '#', ':']).next().filter(|host| !host.is_empty())
}

fn country_of(domain: &str) -> Option<Country> {
    let (_, last) = domain.rsplit_once('.')?;
    match last.to_ascii_lowercase().as_str() {
        "uk" => Country::parse("GB"),
        "us" => Country::parse("US"),
        "eu" | "tv" | "me" | "io" | "co" | "fm" | "ai" | "cc" | "ws" | "la" | "to" => None,
        code => Country::parse(code),
    }
}

/// The longest name of the gazetteer in a run of letters whose other letters are words of the trade.
fn place_in_label(label: &str, gazetteer: &Gazetteer) -> Option<String> {
    if !label.is_ascii() || label.len() > 40 {
        return None;
    }
    let lexicon = &gazetteer.lexicon;
    let mut best: Option<&str> = None;
    for start in 0..label.len() {
        for end in (start + 4..=label.len()).rev() {
            let name = &label[start..end];
            let longer = best.is_none_or(|best| name.len() > best.len());
            if longer
                && !lexicon.has(WordList::Outlet, name)
                && is_trade(lexicon, &label[..start])
                && is_trade(lexicon, &label[end..])
                && gazetteer.is_main_name(name)
            {
                best = Some(name);
            }
        }
    }
    best.map(str::to_owned)
}

/// Whether the letters can be parted into words of the trade.
fn is_trade(lexicon: &Lexicon, letters: &str) -> bool {
    letters.is_empty()
        || (1..=letters.len())
            .any(|end| lexicon.has(WordList::Outlet, &letters[..end]) && is_trade(lexicon, &letters[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_gives_the_country() {
        assert_eq!(country_of("news.example.co.uk"), Country::parse("GB"));
        assert_eq!(country_of("example.com"), None);
        assert_eq!(host_of("https://www.example.fr/a?b"), Some("www.example.fr"));
    }
}
