//! Who is public and who is private, and which names exports withhold.
//!
//! The actor book holds persons by their office or as heads of a group or body: those are public. Every other person
//! is private: no page, no facet and no search leads to them. Exports withhold the names of private persons to whom an
//! attack is attributed, unless that is confirmed, and of minors, unless an editor decided otherwise.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::facts::ActorRef;
use super::forgetting::name_words;
use super::moment::Record;
use super::record::RecordIncident;
use super::status::Status;
use crate::reading::EntityKind;

/// What stands in an export for a name that is withheld.
pub const WITHHELD: &str = "a person (name withheld)";

/// Whether an actor is a person who holds no public office and leads no group, as far as the actor book knows.
pub fn is_private(actor: &ActorRef) -> bool {
    actor.kind == EntityKind::Person && actor.book_id.is_none()
}

/// The names that exports withhold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Withheld {
    /// In lower case, the longest first.
    names: Vec<String>,
}

impl Withheld {
    /// The names that exports of incidents withhold; `unmasked` are names, in lower case, that an editor lets stand
    /// ([`Standing::unmasked`](super::decisions::Standing::unmasked)).
    pub fn of<'i>(
        incidents: impl IntoIterator<Item = &'i RecordIncident>,
        unmasked: &BTreeSet<String>,
    ) -> Self {
        let mut names = BTreeSet::new();
        for incident in incidents {
            for row in incident.attributions.iter().filter(|row| is_private(&row.actor)) {
                let is_withheld = row.status != Some(Status::Confirmed) || is_minor(&row.actor, incident);
                if is_withheld {
                    names.extend(forms(&row.actor, unmasked));
                }
            }
            let acts = incident.attributions.iter().flat_map(|row| &row.acts);
            for speaker in acts.filter_map(|act| act.speaker.as_ref()).filter(|speaker| is_private(speaker)) {
                if is_minor(speaker, incident) {
                    names.extend(forms(speaker, unmasked));
                }
            }
        }
        let mut names: Vec<String> = names.into_iter().collect();
        names.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        Self { names }
    }

    /// Words as an export may show them.
    pub fn text(&self, text: &str) -> String {
        let mut shown = text.to_owned();
        for name in &self.names {
            shown = replaced(&shown, name);
        }
        shown
    }

    /// An actor as an export may show it: without aliases where its name is withheld.
    pub fn actor(&self, actor: &ActorRef) -> ActorRef {
        let name = self.text(&actor.name);
        if name == actor.name {
            let aliases = actor.aliases.iter().map(|alias| self.text(alias)).collect();
            return ActorRef { aliases, ..actor.clone() };
        }
        ActorRef { name, aliases: Vec::new(), ..actor.clone() }
    }

    /// A record as an export may show it: in names, quotes, phrases and remarks.
    pub fn record(&self, mut record: Record) -> Record {
        if self.names.is_empty() {
            return record;
        }
        for incident in &mut record.incidents {
            self.incident(Arc::make_mut(incident));
        }
        let words = |text: &mut String| *text = self.text(text);
        for warning in record.warnings.iter_mut().map(Arc::make_mut) {
            warning.issuer.iter_mut().for_each(|actor| *actor = self.actor(actor));
            warning.about.iter_mut().for_each(words);
            warning.quote.iter_mut().for_each(|quote| words(&mut quote.text));
            warning.reports.iter_mut().for_each(|report| report.title.iter_mut().for_each(words));
        }
        for threat in record.threats.iter_mut().map(Arc::make_mut) {
            threat.speaker.iter_mut().for_each(|actor| *actor = self.actor(actor));
            threat.target.iter_mut().for_each(words);
            threat.quote.iter_mut().for_each(|quote| words(&mut quote.text));
            threat.reports.iter_mut().for_each(|report| report.title.iter_mut().for_each(words));
        }
        record
    }

    /// Leaves of an incident what an export may show.
    pub fn incident(&self, incident: &mut RecordIncident) {
        let words = |text: &mut String| *text = self.text(text);
        incident.targets.iter_mut().chain(&mut incident.weapons).for_each(words);
        incident.reports.iter_mut().for_each(|report| report.title.iter_mut().for_each(words));
        incident.evidence.iter_mut().for_each(|quote| words(&mut quote.text));
        for point in incident.counts.values_mut().flat_map(|row| &mut row.series) {
            point.quote.iter_mut().for_each(|quote| words(&mut quote.text));
        }
        for row in &mut incident.attributions {
            row.actor = self.actor(&row.actor);
            for act in &mut row.acts {
                act.speaker.iter_mut().for_each(|speaker| *speaker = self.actor(speaker));
                act.quote.iter_mut().for_each(|quote| words(&mut quote.text));
            }
        }
        for row in &mut incident.decisions {
            words(&mut row.decision.reason);
            row.about.iter_mut().for_each(words);
        }
    }
}

/// The forms of a person's name that give them away: in full, and each alias that is written like a name.
fn forms(actor: &ActorRef, unmasked: &BTreeSet<String>) -> Vec<String> {
    let all = || std::iter::once(&actor.name).chain(&actor.aliases);
    if all().any(|name| unmasked.contains(&name.to_lowercase())) {
        return Vec::new();
    }
    let is_name = |name: &&String| {
        let mut words = name.split_whitespace();
        name.chars().count() > 2
            && words.all(|word| word.starts_with(char::is_uppercase) || is_particle(word))
    };
    let mut forms: Vec<String> = all().filter(is_name).map(|name| name.to_lowercase()).collect();
    // Whoever is named in full is elsewhere called by the last word of it.
    let words = name_words(&actor.name);
    if let [_, .., last] = &words[..]
        && last.chars().count() > 2
    {
        forms.push(last.clone());
    }
    forms
}

fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "al" | "bin" | "ibn" | "da" | "de" | "del" | "der" | "di" | "du" | "el" | "la" | "van" | "von"
    )
}

/// Whether the words about a person say that they are under age.
fn is_minor(person: &ActorRef, incident: &RecordIncident) -> bool {
    let describes = |alias: &String| says_minor(&alias.to_lowercase());
    if person.aliases.iter().any(describes) {
        return true;
    }
    let name = person.name.to_lowercase();
    let quotes = incident.attributions.iter().flat_map(|row| &row.acts).filter_map(|act| act.quote.as_ref());
    quotes.map(|quote| quote.text.to_lowercase()).any(|quote| {
        quote.match_indices(&name).any(|(at, _)| {
            let before = quote[..at].trim_end();
            let after = quote[at + name.len()..].trim_start_matches([',', ' ', '(']);
            let last = before.rsplit(' ').next().unwrap_or("");
            let digits: String = after.chars().take_while(char::is_ascii_digit).collect();
            says_minor(last) || digits.parse::<u32>().is_ok_and(|age| age < 18)
        })
    })
}

/// Whether words, in lower case, describe somebody under age.
fn says_minor(words: &str) -> bool {
    words.split(|sign: char| !sign.is_alphanumeric() && sign != '-').any(|word| {
        let age = word.strip_suffix("-year-old").and_then(|age| age.parse::<u32>().ok());
        age.is_some_and(|age| age < 18)
            || matches!(
                word,
                "boy" | "girl" | "teenager" | "schoolboy" | "schoolgirl" | "child" | "minor" | "juvenile"
            )
    })
}

/// The text with a name, case aside and between other words, withheld.
fn replaced(text: &str, name: &str) -> String {
    let lower = text.to_lowercase();
    // Offsets in the lower-case text hold only where lower-casing moved nothing.
    if lower.len() != text.len() {
        return if lower.contains(name) { WITHHELD.to_owned() } else { text.to_owned() };
    }
    let is_letter = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
    let (mut shown, mut from) = (String::with_capacity(text.len()), 0);
    for (at, _) in lower.match_indices(name) {
        let end = at + name.len();
        let (Some(before), Some(after)) = (text.get(..at), text.get(end..)) else { continue };
        if at < from || is_letter(before.chars().next_back()) || is_letter(after.chars().next()) {
            continue;
        }
        shown.push_str(text.get(from..at).unwrap_or_default());
        shown.push_str(WITHHELD);
        from = end;
    }
    shown.push_str(text.get(from..).unwrap_or_default());
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(name: &str, aliases: &[&str], book_id: Option<&str>) -> ActorRef {
        ActorRef {
            name: name.to_owned(),
            aliases: aliases.iter().map(|&alias| alias.to_owned()).collect(),
            kind: EntityKind::Person,
            country: None,
            book_id: book_id.map(Into::into),
        }
    }

    #[test]
    fn who_stands_in_the_book_is_public_and_who_is_no_person_too() {
        assert!(is_private(&person("Marek Olen", &[], None)));
        assert!(!is_private(&person("Aldo Reyes", &[], Some("varenia.interior_minister"))));
        assert!(!is_private(&ActorRef { kind: EntityKind::ArmedGroup, ..person("Grey Owls", &[], None) }));
    }

    #[test]
    fn a_name_is_withheld_in_all_its_forms_and_nothing_else_is() {
        let withheld = Withheld { names: vec!["marek olen".to_owned(), "olen".to_owned()] };
        for (text, shown) in [
            ("Police hold Marek Olen.", "Police hold a person (name withheld)."),
            ("OLEN’S lawyer", "a person (name withheld)’S lawyer"),
            ("Olena Marek", "Olena Marek"),
            ("", ""),
        ] {
            assert_eq!(withheld.text(text), shown);
        }
    }

    #[test]
    fn an_editor_may_let_a_name_stand() {
        let olen = person("Marek Olen", &["the driver", "Mr Olen"], None);
        assert_eq!(forms(&olen, &BTreeSet::new()), ["marek olen", "mr olen", "olen"]);
        assert_eq!(forms(&olen, &["marek olen".to_owned()].into()), Vec::<String>::new());
    }

    #[test]
    fn words_tell_who_is_under_age() {
        for (words, expected) in [
            ("the 15-year-old", true),
            ("a schoolboy", true),
            ("the 18-year-old", false),
            ("a boycott", false),
            ("the minority", false),
        ] {
            assert_eq!(says_minor(words), expected, "{words}");
        }
    }
}
