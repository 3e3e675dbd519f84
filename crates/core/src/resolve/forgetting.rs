//! A person's name masked wherever it stands, sign by sign, so that all offsets hold.
//!
//! A name is known by its words in lower case. Where all of them stand together in a report, each of them that is
//! written like a name stands for the person in the rest of that report too ("Mr Olen") and is masked as well; a
//! report that has only the surname may mean somebody else and is left alone.

use std::borrow::Cow;
use std::ops::Range;

use super::facts::{ActorRef, Facts, Location, Quote};
use crate::document::Field;

/// The shortest word of a name that is masked where it stands alone.
const SHORTEST_ALONE_CHARS: usize = 3;

/// The words of a name, in lower case.
pub type NameWords = Vec<String>;

/// The words of a name, in lower case; none where nothing in it is a letter or a digit.
pub fn name_words(name: &str) -> NameWords {
    words(name).into_iter().map(|(_, word)| word).collect()
}

fn words(text: &str) -> Vec<(Range<usize>, String)> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, sign) in text.char_indices().chain([(text.len(), ' ')]) {
        match (sign.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                found.push((from..at, text[from..at].to_lowercase()));
                start = None;
            }
            (true, Some(_)) | (false, None) => {}
        }
    }
    found
}

/// The names among sequences of so many words of a text; `is_name` tells whether some words are one.
pub fn names_in(text: &str, lengths: &[usize], is_name: impl Fn(&[&str]) -> bool) -> Vec<NameWords> {
    let words = words(text);
    let words: Vec<&str> = words.iter().map(|(_, word)| word.as_str()).collect();
    let mut found: Vec<NameWords> = Vec::new();
    for &length in lengths.iter().filter(|&&length| length > 0) {
        for name in words.windows(length).filter(|name| is_name(name)) {
            found.push(name.iter().map(|&word| word.to_owned()).collect());
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The text with names and their words masked by as many bytes and signs.
pub fn mask<'t>(text: &'t str, names: &[NameWords]) -> Cow<'t, str> {
    let words = words(text);
    let mut hidden: Vec<Range<usize>> = Vec::new();
    for name in names.iter().filter(|name| !name.is_empty()) {
        for run in words.windows(name.len()) {
            if run.iter().map(|(_, word)| word).eq(name) {
                hidden.extend(run.iter().map(|(range, _)| range.clone()));
            }
        }
        let alone = words.iter().filter(|(range, word)| {
            let is_capital = text[range.clone()].starts_with(char::is_uppercase);
            is_capital && word.chars().count() >= SHORTEST_ALONE_CHARS && name.contains(word)
        });
        hidden.extend(alone.map(|(range, _)| range.clone()));
    }
    if hidden.is_empty() {
        return Cow::Borrowed(text);
    }
    let is_hidden = |at: usize| hidden.iter().any(|range| range.contains(&at));
    Cow::Owned(text.char_indices().map(|(at, sign)| if is_hidden(at) { cover(sign) } else { sign }).collect())
}

/// A sign of as many bytes that says nothing.
const fn cover(sign: char) -> char {
    match sign.len_utf8() {
        1 => '*',
        2 => '·',
        3 => '█',
        _ => '\u{1FB0B}',
    }
}

impl Facts {
    /// Masks names in everything that the facts hold; quotes become what the masked title and text have there.
    pub fn mask(&mut self, names: &[NameWords], title: &str, text: &str) {
        let quotes = |evidence: &mut Vec<Quote>| {
            for quote in evidence {
                let of = match quote.passage.field {
                    Field::Title => title,
                    Field::Text => text,
                };
                match of.get(quote.passage.span.range()) {
                    Some(words) => words.clone_into(&mut quote.text),
                    None => hide(&mut quote.text, names),
                }
            }
        };
        for fact in &mut self.incidents {
            fact.place.iter_mut().for_each(|place| hide_place(place, names));
            for phrase in fact.targets.iter_mut().chain(&mut fact.victims).chain(&mut fact.weapons) {
                hide(phrase, names);
            }
            fact.perpetrators.iter_mut().for_each(|actor| hide_actor(actor, names));
            quotes(&mut fact.evidence);
        }
        for act in &mut self.attributions {
            act.speaker.iter_mut().for_each(|actor| hide_actor(actor, names));
            hide_actor(&mut act.actor, names);
            quotes(&mut act.evidence);
        }
        self.casualties.iter_mut().for_each(|count| quotes(&mut count.evidence));
        for warning in &mut self.warnings {
            warning.issuer.iter_mut().chain(&mut warning.actor).for_each(|actor| hide_actor(actor, names));
            warning.about.iter_mut().for_each(|about| hide(about, names));
            warning.place.iter_mut().for_each(|place| hide_place(place, names));
            quotes(&mut warning.evidence);
        }
        for threat in &mut self.threats {
            threat.speaker.iter_mut().for_each(|actor| hide_actor(actor, names));
            threat.target.iter_mut().for_each(|target| hide(target, names));
            quotes(&mut threat.evidence);
        }
    }
}

fn hide(words: &mut String, names: &[NameWords]) {
    if let Cow::Owned(masked) = mask(words, names) {
        *words = masked;
    }
}

fn hide_place(place: &mut Location, names: &[NameWords]) {
    hide(&mut place.name, names);
}

/// Aliases that were masked tell nothing and go; the actor book's entry goes with a masked name.
fn hide_actor(actor: &mut ActorRef, names: &[NameWords]) {
    actor.aliases.retain(|alias| matches!(mask(alias, names), Cow::Borrowed(_)));
    if let Cow::Owned(masked) = mask(&actor.name, names) {
        actor.name = masked;
        actor.book_id = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(name: &str) -> Vec<NameWords> {
        vec![name_words(name)]
    }

    #[test]
    fn a_name_is_masked_and_all_offsets_hold() {
        for (text, name, expected) in [
            ("Police hold Marek Olen, 30.", "marek olen", "Police hold ***** ****, 30."),
            ("MAREK OLEN'S flat", "Marek Olen", "***** ****'S flat"),
            ("Zoë Ångström spoke", "Zoë Ångström", "**· ·*****·* spoke"),
            ("Mr Olen denies it; olen is a word", "Marek Olen", "Mr **** denies it; olen is a word"),
            ("Marek\nOlen", "Marek Olen", "*****\n****"),
            ("Nothing of the kind", "Marek Olen", "Nothing of the kind"),
        ] {
            let masked = mask(text, &names(name));
            assert_eq!(masked, expected);
            assert_eq!((masked.len(), masked.chars().count()), (text.len(), text.chars().count()));
        }
    }

    #[test]
    fn a_name_is_found_by_its_words_together() {
        let is_name = |words: &[&str]| words == ["marek", "olen"];
        assert_eq!(names_in("Then Marek Olen left; marek olen too.", &[2], is_name), names("Marek Olen"));
        assert_eq!(names_in("Olen met Marek.", &[2], is_name), Vec::<NameWords>::new());
        assert_eq!(names_in("", &[0, 2], is_name), Vec::<NameWords>::new());
    }
}
