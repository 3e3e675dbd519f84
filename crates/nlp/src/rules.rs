//! Attribute rules: from tag, relation and form to part of speech, a few features and fixed lemmas.

use std::collections::HashMap;

use smol_str::SmolStr;
use watchkeeper_core::grammar::{Dep, Pos};

use crate::forms::is_space;
use crate::model::{Model, ModelError};

/// What the rules see of a token.
#[derive(Clone, Debug)]
pub struct Seen<'a> {
    /// Its form.
    pub form: &'a str,
    /// Its form in lower case.
    pub lower: SmolStr,
    /// Its tag.
    pub tag: &'static str,
    /// Its relation.
    pub dep: Dep,
}

/// What the rules say of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Said {
    /// Its part of speech.
    pub pos: Pos,
    /// Its morphological features, as `Number=Sing|Person=3`; empty where nothing is said.
    pub morphology: &'static str,
    /// Its lemma.
    pub lemma: Option<&'static str>,
    /// Its tag, where the rules change it.
    pub tag: Option<&'static str>,
    /// Its relation, where the rules change it.
    pub dep: Option<Dep>,
}

const NOTHING: Said = Said { pos: Pos::X, morphology: "", lemma: None, tag: None, dep: None };

enum Test {
    Among(Vec<&'static str>),
    NotAmong(Vec<&'static str>),
    Pattern(&'static str),
}

impl Test {
    fn holds(&self, value: &str) -> bool {
        match self {
            Self::Among(words) => words.contains(&value),
            Self::NotAmong(words) => !words.contains(&value),
            Self::Pattern(pattern) => fits(pattern, value),
        }
    }
}

/// The three patterns of the model's rules, each anchored at both ends.
fn fits(pattern: &str, value: &str) -> bool {
    match pattern {
        "^n'?t$" => matches!(value, "nt" | "n't"),
        "^n[ou]thin'$" => matches!(value, "nothin'" | "nuthin'"),
        "^y'?$" => matches!(value, "y" | "y'"),
        _ => false,
    }
}

#[derive(Default)]
struct Conditions {
    tag: Option<Test>,
    lower: Option<Test>,
    dep: Option<Test>,
    is_space: Option<bool>,
}

impl Conditions {
    fn hold(&self, seen: &Seen<'_>) -> bool {
        self.tag.as_ref().is_none_or(|test| test.holds(seen.tag))
            && self.lower.as_ref().is_none_or(|test| test.holds(&seen.lower))
            && self.dep.as_ref().is_none_or(|test| test.holds(seen.dep.as_str()))
            && self.is_space.is_none_or(|wanted| is_space(seen.form) == wanted)
    }
}

struct Rule {
    tokens: Vec<Conditions>,
    /// Which of the tokens it speaks of.
    about: usize,
    says: Vec<(&'static str, &'static str)>,
}

/// The rules, in their order: a later one overrules an earlier one.
pub struct Rules {
    rules: Vec<Rule>,
    /// What rules that look at nothing but the tag say.
    by_tag: HashMap<&'static str, Said>,
    /// The others by the word that their first token must be.
    by_word: HashMap<&'static str, Vec<usize>>,
    /// Those whose first token may be any word.
    by_no_word: Vec<usize>,
}

impl Rules {
    /// Reads the rules.
    ///
    /// # Errors
    /// Where the model lacks them.
    pub fn new(model: &Model) -> Result<Self, ModelError> {
        let bad = || ModelError::Section("rules".to_owned());
        let mut read =
            Self { rules: vec![], by_tag: HashMap::new(), by_word: HashMap::new(), by_no_word: vec![] };
        for line in model.lines("rules")? {
            let mut parts = line.split('\n');
            let about = parts.next().and_then(|n| n.parse().ok()).ok_or_else(bad)?;
            let says =
                parts.next().ok_or_else(bad)?.split('\x1f').filter_map(|said| said.split_once('=')).collect();
            let tokens = parts.map(|token| conditions(token).ok_or_else(bad)).collect::<Result<_, _>>()?;
            read.add(Rule { tokens, about, says });
        }
        Ok(read)
    }

    fn add(&mut self, rule: Rule) {
        let number = self.rules.len();
        if let [Conditions { tag: Some(Test::Among(tags)), lower: None, dep: None, is_space: None }] =
            &rule.tokens[..]
        {
            for tag in tags {
                say(self.by_tag.entry(tag).or_insert(NOTHING), &rule.says);
            }
            return;
        }
        match rule.tokens.first().and_then(|first| first.lower.as_ref()) {
            Some(Test::Among(words)) => {
                for word in words {
                    self.by_word.entry(word).or_default().push(number);
                }
            }
            Some(Test::NotAmong(_) | Test::Pattern(_)) | None => self.by_no_word.push(number),
        }
        self.rules.push(rule);
    }

    /// What the rules say of each token.
    pub fn apply(&self, tokens: &[Seen<'_>]) -> Vec<Said> {
        let mut said: Vec<Said> =
            tokens.iter().map(|seen| self.by_tag.get(seen.tag).copied().unwrap_or(NOTHING)).collect();
        let mut matched: Vec<(usize, usize)> = Vec::new();
        for (at, seen) in tokens.iter().enumerate() {
            let by_word = self.by_word.get(seen.lower.as_str()).into_iter().flatten();
            for &number in by_word.chain(&self.by_no_word) {
                let rule = &self.rules[number];
                let run = tokens.get(at..at + rule.tokens.len());
                if run.is_some_and(|run| rule.tokens.iter().zip(run).all(|(wanted, seen)| wanted.hold(seen)))
                {
                    matched.push((number, at + rule.about));
                }
            }
        }
        matched.sort_unstable();
        for (number, about) in matched {
            say(&mut said[about], &self.rules[number].says);
        }
        said
    }
}

fn conditions(text: &'static str) -> Option<Conditions> {
    let mut conditions = Conditions::default();
    for condition in text.split('\x1f') {
        let at = condition.find(['=', '!', '~'])?;
        let (name, rest) = condition.split_at(at);
        let words = || rest[1..].split('\x1e').collect();
        let test = match rest.as_bytes()[0] {
            b'=' => Test::Among(words()),
            b'!' => Test::NotAmong(words()),
            _ => Test::Pattern(&rest[1..]),
        };
        match name {
            "TAG" => conditions.tag = Some(test),
            "LOWER" => conditions.lower = Some(test),
            "DEP" => conditions.dep = Some(test),
            "IS_SPACE" => conditions.is_space = Some(&rest[1..] == "1"),
            _ => return None,
        }
    }
    Some(conditions)
}

fn say(said: &mut Said, says: &[(&'static str, &'static str)]) {
    for &(name, value) in says {
        match name {
            "POS" => said.pos = Pos::parse(value).unwrap_or(said.pos),
            "MORPH" => said.morphology = if value == "_" { "" } else { value },
            "LEMMA" => said.lemma = Some(value),
            "TAG" => said.tag = Some(value),
            "DEP" => said.dep = Dep::parse(value),
            _ => {}
        }
    }
}
