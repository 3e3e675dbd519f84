//! Which names of a place an English report can hold.

use watchkeeper_core::places::fold::fold;

use super::source::City;

/// The folded alternate names worth keeping: Latin script, no codes, no lower-case transliterations.
pub fn variants(city: &City, main: &[String]) -> Vec<String> {
    let mut kept: Vec<String> = city
        .alternates
        .iter()
        .filter(|name| is_plausible(name))
        .map(|name| fold(name))
        .filter(|key| key.len() >= 4 && !main.contains(key))
        .collect();
    kept.sort();
    kept.dedup();
    kept
}

fn is_plausible(name: &str) -> bool {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    let latin =
        name.chars().all(|c| !c.is_alphabetic() || is_latin(c)) && !name.chars().any(|c| c.is_ascii_digit());
    // GeoNames writes its own transliterations without a capital; airport and other codes are all capitals.
    let named = name.chars().next().is_some_and(char::is_uppercase);
    let code = letters().count() <= 4 && letters().all(char::is_uppercase);
    latin && named && !code && name.split_whitespace().count() <= 6
}

const fn is_latin(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' | 'ʻ' | 'ʼ' | 'ʹ' | 'ʺ')
}
