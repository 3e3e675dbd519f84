//! The files of frames: their shape in TOML, and the index over their words.

use std::collections::HashMap;

use serde::Deserialize;
use smol_str::SmolStr;
use thiserror::Error;

use super::class::Class;
use super::pattern::{self, PatternError, Shape};
use super::{Detail, Entry, Example, Frame, FrameBook, FrameId, Meaning, Need, Pattern};
use crate::vocabulary::{EventMode, EventType, IncidentType, Measure, Modality, Stage, Stance};

/// Why a file of frames cannot be used.
#[derive(Debug, Error)]
pub enum FrameError {
    /// The file is not TOML of the expected shape.
    #[error("{file}: {message}")]
    Malformed {
        /// Which file.
        file: String,
        /// What the parser says.
        message: String,
    },
    /// A word that is not in its closed list.
    #[error("{file}: {entry}: \"{word}\" is no {list}")]
    UnknownWord {
        /// Which file.
        file: String,
        /// Which entry.
        entry: String,
        /// The word.
        word: String,
        /// Of which list it should be.
        list: &'static str,
    },
    /// A pattern that cannot be read.
    #[error("{file}: {entry}: pattern \"{line}\": {source}")]
    Pattern {
        /// Which file.
        file: String,
        /// Which entry.
        entry: String,
        /// The pattern.
        line: String,
        /// What is wrong with it.
        source: PatternError,
    },
    /// An entry that lacks what its kind needs.
    #[error("{file}: {entry}: a frame of kind \"{kind}\" needs \"{field}\"")]
    Missing {
        /// Which file.
        file: String,
        /// Which entry.
        entry: String,
        /// Its kind.
        kind: String,
        /// What it needs.
        field: &'static str,
    },
    /// Two entries with one name.
    #[error("{file}: {entry}: there is another frame of this name")]
    Twice {
        /// Which file.
        file: String,
        /// Which entry.
        entry: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    frame: Vec<FrameEntry>,
    #[serde(default)]
    nominal: Vec<NominalEntry>,
    #[serde(default)]
    class: Vec<ClassEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FrameEntry {
    id: SmolStr,
    kind: String,
    #[serde(rename = "type")]
    incident: Option<String>,
    stage: Option<String>,
    stance: Option<String>,
    measure: Option<String>,
    modality: Option<String>,
    event: Option<String>,
    mode: Option<SmolStr>,
    #[serde(default)]
    negated: bool,
    #[serde(default)]
    hedged: bool,
    #[serde(default)]
    generic: bool,
    #[serde(default)]
    vague: bool,
    #[serde(default = "certain")]
    certainty: f32,
    doc: Option<String>,
    #[serde(default)]
    patterns: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    unless: Vec<SmolStr>,
    needs: Option<String>,
    #[serde(default)]
    example: Vec<ExampleEntry>,
}

const fn certain() -> f32 {
    1.0
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleEntry {
    text: String,
    reads: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct NominalEntry {
    verb: SmolStr,
    nouns: Vec<SmolStr>,
    #[serde(default)]
    object: Vec<SmolStr>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ClassEntry {
    name: String,
    words: Vec<SmolStr>,
}

pub(super) fn parse<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Result<FrameBook, FrameError> {
    let mut book = FrameBook::default();
    let mut nominals: HashMap<SmolStr, Vec<NominalEntry>> = HashMap::new();
    for (name, text) in files {
        let file: File = toml::from_str(text)
            .map_err(|e| FrameError::Malformed { file: name.to_owned(), message: e.to_string() })?;
        for entry in file.class {
            let class = word(Class::parse, name, &entry.name, &entry.name, "class")?;
            for noun in entry.words {
                book.classes.entry(noun).or_default().push(class);
            }
        }
        for entry in file.nominal {
            nominals.entry(entry.verb.clone()).or_default().push(entry);
        }
        for entry in file.frame {
            add(&mut book, name, entry)?;
        }
    }
    index(&mut book, &nominals);
    Ok(book)
}

fn add(book: &mut FrameBook, file: &str, entry: FrameEntry) -> Result<(), FrameError> {
    if book.frames.iter().any(|frame| frame.id == entry.id) {
        return Err(FrameError::Twice { file: file.to_owned(), entry: entry.id.to_string() });
    }
    let meaning = meaning(file, &entry)?;
    let mode = |mode: &SmolStr| word(EventMode::parse, file, &entry.id, mode, "mode of event");
    let mode = entry.mode.as_ref().map(mode).transpose()?;
    let need = |need: &String| word(Need::parse, file, &entry.id, need, "need");
    let needs = entry.needs.as_ref().map(need).transpose()?;
    let frame = FrameId(book.frames.len());
    let verbs = entry.patterns.iter().map(|line| (line, pattern::parse_verb(line)));
    let nouns = entry.nouns.iter().map(|line| (line, pattern::parse_noun(line)));
    for (line, shape) in verbs.chain(nouns) {
        let shape = shape.map_err(|source| FrameError::Pattern {
            file: file.to_owned(),
            entry: entry.id.to_string(),
            line: line.clone(),
            source,
        })?;
        book.patterns.push(Pattern { frame, shape });
    }
    let examples = entry.example.into_iter().map(|e| Example { text: e.text, reads: e.reads }).collect();
    book.frames.push(Frame {
        id: entry.id,
        meaning,
        doc: entry.doc,
        mode,
        certainty: entry.certainty,
        unless: entry.unless,
        needs,
        examples,
    });
    Ok(())
}

fn meaning(file: &str, entry: &FrameEntry) -> Result<Meaning, FrameError> {
    let missing = |field| FrameError::Missing {
        file: file.to_owned(),
        entry: entry.id.to_string(),
        kind: entry.kind.clone(),
        field,
    };
    let stage = entry.stage.as_ref().map(|s| word(Stage::parse, file, &entry.id, s, "stage")).transpose()?;
    Ok(match entry.kind.as_str() {
        "incident" => {
            let kind = entry.incident.as_ref().ok_or_else(|| missing("type"))?;
            let kind = word(IncidentType::parse, file, &entry.id, kind, "type of incident")?;
            let detail = match (entry.generic, entry.vague) {
                (true, _) => Detail::Generic,
                (false, true) => Detail::Vague,
                (false, false) => Detail::Specific,
            };
            Meaning::Incident { kind, stage, detail }
        }
        "course" => Meaning::Course,
        "casualty" => {
            let measure = entry.measure.as_ref().ok_or_else(|| missing("measure"))?;
            Meaning::Casualty(word(Measure::parse, file, &entry.id, measure, "measure")?)
        }
        "attribution" => {
            let stance = entry.stance.as_ref().ok_or_else(|| missing("stance"))?;
            Meaning::Attribution(word(Stance::parse, file, &entry.id, stance, "stance")?)
        }
        "responsibility" => Meaning::Responsibility { negated: entry.negated, hedged: entry.hedged },
        "stage" => Meaning::Stage(stage.ok_or_else(|| missing("stage"))?),
        "modality" => {
            let modality = entry.modality.as_ref().ok_or_else(|| missing("modality"))?;
            Meaning::Modality(word(Modality::parse, file, &entry.id, modality, "modality")?)
        }
        "warning" => Meaning::Warning,
        "threat" => Meaning::Threat,
        "event" => {
            let event = entry.event.as_ref().ok_or_else(|| missing("event"))?;
            Meaning::Event(word(EventType::parse, file, &entry.id, event, "type of event")?)
        }
        "reply" => {
            let stance = entry.stance.as_ref().ok_or_else(|| missing("stance"))?;
            Meaning::Reply(word(Stance::parse, file, &entry.id, stance, "stance")?)
        }
        other => {
            return Err(FrameError::UnknownWord {
                file: file.to_owned(),
                entry: entry.id.to_string(),
                word: other.to_owned(),
                list: "kind of frame",
            });
        }
    })
}

fn word<T>(
    parse: impl Fn(&str) -> Option<T>,
    file: &str,
    entry: &str,
    word: &str,
    list: &'static str,
) -> Result<T, FrameError> {
    parse(word).ok_or_else(|| FrameError::UnknownWord {
        file: file.to_owned(),
        entry: entry.to_owned(),
        word: word.to_owned(),
        list,
    })
}

/// Notes for every word by which a pattern is recognised that it is; for verbs also the nouns that stand for them.
fn index(book: &mut FrameBook, nominals: &HashMap<SmolStr, Vec<NominalEntry>>) {
    for (pattern, Pattern { shape, .. }) in book.patterns.iter().enumerate() {
        match shape {
            Shape::Verb(node) => {
                for word in &node.words {
                    let entry = Entry { pattern, nominal: None };
                    insert(&mut book.verbs, &word.lemma, entry);
                    let key = match &word.particle {
                        Some(particle) => SmolStr::from_iter([&*word.lemma, "_", particle]),
                        None => word.lemma.clone(),
                    };
                    for nominal in nominals.get(&key).into_iter().flatten() {
                        for noun in &nominal.nouns {
                            let entry = Entry { pattern, nominal: Some(nominal.object.clone()) };
                            insert(&mut book.nouns, noun, entry);
                        }
                    }
                }
            }
            Shape::Noun(node) => {
                for word in &node.words {
                    insert(&mut book.nouns, &word.lemma, Entry { pattern, nominal: None });
                }
            }
            Shape::Preposition { words, .. } => {
                for word in words {
                    insert(&mut book.prepositions, word, Entry { pattern, nominal: None });
                }
            }
        }
    }
}

fn insert(index: &mut HashMap<SmolStr, Vec<Entry>>, word: &SmolStr, entry: Entry) {
    let entries = index.entry(word.clone()).or_default();
    if !entries.contains(&entry) {
        entries.push(entry);
    }
}
