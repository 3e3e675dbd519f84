//! Words for what belongs to a country and who comes from it, from `knowledge/places/demonyms.toml`.

use std::collections::{BTreeMap, HashMap};

use smol_str::SmolStr;

use crate::analysis::Analysis;
use crate::places::fold::fold;
use crate::reading::Country;
use crate::text::{Span, Tokens};

/// Why the words cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DemonymsError {
    /// No TOML, or no table of lists of words.
    #[error("demonyms.toml: {0}")]
    Toml(#[from] toml::de::Error),
    /// A key that is no country code.
    #[error("demonyms.toml: {0:?} is no country code")]
    Country(String),
}

/// The key of words for what is wider than a country: they tell none, and hide the demonyms in them.
const WIDER: &str = "wider";

/// Countries by demonym; none by what is wider than a country.
#[derive(Debug, Default)]
pub(super) struct Demonyms {
    countries: HashMap<SmolStr, Option<Country>>,
}

impl Demonyms {
    /// Reads the words.
    pub fn parse(text: &str) -> Result<Self, DemonymsError> {
        let table: BTreeMap<String, Vec<String>> = toml::from_str(text)?;
        let mut countries = HashMap::new();
        for (code, words) in table {
            let country = match Country::parse(&code) {
                None if code == WIDER => None,
                None => return Err(DemonymsError::Country(code)),
                some => some,
            };
            countries.extend(words.iter().map(|word| (SmolStr::from(fold(word)), country)));
        }
        Ok(Self { countries })
    }

    /// The countries that the demonyms among the tokens tell, in order; a longer demonym hides a shorter one in it.
    pub fn among(&self, analysis: &Analysis, tokens: Span<Tokens>) -> Vec<(usize, Country)> {
        let mut found = Vec::new();
        let mut at = tokens.start;
        while at < tokens.end {
            let here = &analysis.tokens[at].lower;
            // "Latin American", "Latin-American".
            let is_hyphen = |at: usize| at < tokens.end && matches!(&*analysis.tokens[at].lower, "-" | "–");
            let second = if is_hyphen(at + 1) { at + 2 } else { at + 1 };
            let pair = (second < tokens.end).then(|| &analysis.tokens[second].lower);
            let both = pair.and_then(|next| self.countries.get(format!("{here} {next}").as_str()));
            if let Some(&country) = both {
                found.extend(country.map(|country| (at, country)));
                at = second + 1;
                continue;
            }
            found.extend(self.countries.get(here).copied().flatten().map(|country| (at, country)));
            at += 1;
        }
        found
    }
}
