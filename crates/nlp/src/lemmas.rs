//! Lemmas by rule: endings are cut and replaced, exceptions come first, and a list of known lemmas decides.

use smol_str::SmolStr;
use watchkeeper_core::grammar::Pos;

use crate::forms::is_letter;
use crate::model::{Model, ModelError, Table};
use crate::rules::Said;

struct Paradigm {
    rules: Vec<(&'static str, &'static str)>,
    exceptions: Table,
    known: Table,
}

/// Finds lemmas.
pub struct Lemmatizer {
    nouns: Paradigm,
    verbs: Paradigm,
    adjectives: Paradigm,
    adverbs: Paradigm,
    punctuation: Paradigm,
}

impl Lemmatizer {
    /// Reads the tables.
    ///
    /// # Errors
    /// Where the model lacks one.
    pub fn new(model: &Model) -> Result<Self, ModelError> {
        let paradigm = |pos: &str| -> Result<Paradigm, ModelError> {
            let rules = model.lines(&format!("lemma.rules.{pos}"))?;
            Ok(Paradigm {
                rules: rules.iter().filter_map(|rule| rule.split_once('\x1f')).collect(),
                exceptions: model.table(&format!("lemma.exceptions.{pos}"))?,
                known: model.table(&format!("lemma.index.{pos}"))?,
            })
        };
        Ok(Self {
            nouns: paradigm("noun")?,
            verbs: paradigm("verb")?,
            adjectives: paradigm("adj")?,
            adverbs: paradigm("adv")?,
            punctuation: paradigm("punct")?,
        })
    }

    /// Whether a lower-case word is a lemma of some part of speech.
    pub fn knows(&self, word: &str) -> bool {
        [&self.nouns, &self.verbs, &self.adjectives, &self.adverbs]
            .iter()
            .any(|p| p.known.get(word).is_some())
    }

    /// The lemma of a form.
    pub fn lemma(&self, form: &str, said: &Said) -> SmolStr {
        if let Some(lemma) = said.lemma {
            return lemma.into();
        }
        let paradigm = match said.pos {
            Pos::Noun => &self.nouns,
            Pos::Verb => &self.verbs,
            Pos::Adj => &self.adjectives,
            Pos::Adv => &self.adverbs,
            Pos::Punct => &self.punctuation,
            Pos::Propn if !is_base(said) => return form.into(),
            Pos::Adp
            | Pos::Aux
            | Pos::Cconj
            | Pos::Det
            | Pos::Intj
            | Pos::Num
            | Pos::Part
            | Pos::Pron
            | Pos::Propn
            | Pos::Sconj
            | Pos::Sym
            | Pos::X
            | Pos::Space => return lowercase(form),
        };
        if is_base(said) {
            return lowercase(form);
        }
        paradigm.lemma(form)
    }
}

/// Whether the features say that the form is its own lemma.
fn is_base(said: &Said) -> bool {
    let feature =
        |name: &str| said.morphology.split('|').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    let is_present = feature("VerbForm") == Some("Fin") && feature("Tense") == Some("Pres");
    (said.pos == Pos::Noun && feature("Number") == Some("Sing"))
        || feature("VerbForm") == Some("Inf")
        || (said.pos == Pos::Verb && is_present && feature("Number").is_none())
        || feature("Degree") == Some("Pos")
}

impl Paradigm {
    fn lemma(&self, form: &str) -> SmolStr {
        let lower = form.to_lowercase();
        let mut lemmas: Vec<String> = Vec::new();
        let mut unknown = None;
        for (old, new) in &self.rules {
            let Some(stem) = lower.strip_suffix(old) else { continue };
            let lemma = format!("{stem}{new}");
            let is_known = self.known.get(&lemma).is_some();
            if lemma.is_empty() || lemmas.contains(&lemma) {
                continue;
            } else if is_known {
                lemmas.insert(0, lemma);
            } else if !lemma.chars().all(is_letter) {
                lemmas.push(lemma);
            } else {
                unknown.get_or_insert(lemma);
            }
        }
        // Exceptions go in front, the last one foremost, but for those that the rules found already.
        for exception in self.exceptions.get(&lower).into_iter().flat_map(|found| found.split('\x1f')) {
            if !lemmas.iter().any(|lemma| lemma == exception) {
                lemmas.insert(0, exception.to_owned());
            }
        }
        lemmas.into_iter().next().or(unknown).map_or_else(|| form.into(), SmolStr::from)
    }
}

fn lowercase(form: &str) -> SmolStr {
    if form.chars().any(char::is_uppercase) { form.to_lowercase().into() } else { form.into() }
}
