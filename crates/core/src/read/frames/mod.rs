//! Frames: how each kind of event or speech act is put into words, read from `knowledge/frames/*.toml`.

mod class;
mod fits;
mod load;
mod matching;
mod needs;
mod pattern;
mod role;

use std::collections::HashMap;

use smol_str::SmolStr;

pub use self::class::Class;
pub(crate) use self::fits::is_mutual;
pub use self::load::FrameError;
pub(crate) use self::matching::lower_lemma;
pub use self::matching::{Found, Scene};
pub use self::pattern::PatternError;
use self::pattern::Shape;
pub use self::role::Role;
use crate::closed::closed_list;
use crate::vocabulary::{EventMode, EventType, IncidentType, Measure, Modality, Stage, Stance};

/// What it means that a frame's words stand in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// They tell of an incident.
    Incident {
        /// What was done.
        kind: IncidentType,
        /// How far it came, where the words tell.
        stage: Option<Stage>,
        /// How much they say of what was done.
        detail: Detail,
    },
    /// They tell whom, where or with what an incident hit.
    Course,
    /// They count people.
    Casualty(Measure),
    /// They are, or report, a speech act about responsibility.
    Attribution(Stance),
    /// They tell who did it; the stance follows from who says it, and how.
    Responsibility {
        /// They tell that the actor did not do it.
        negated: bool,
        /// They tell that the actor may have done it.
        hedged: bool,
    },
    /// They change how far an incident came.
    Stage(Stage),
    /// They change how an incident is put.
    Modality(Modality),
    /// They report a warning before the event.
    Warning,
    /// They report a threat or a vow.
    Threat,
    /// They tell of an event between actors.
    Event(EventType),
    /// They say something of an attribution made before: that it is denied, refuted, confirmed, taken back.
    Reply(Stance),
}

/// How much the words for an incident say of what was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Detail {
    /// They only take up again what was told: "the incident", "this atrocity".
    Generic,
    /// They tell of violence of whatever kind: "the attack".
    Vague,
    /// They tell what was done: "the bombing".
    Specific,
}

closed_list! {
    /// What must be true of a frame's trigger for the frame to mean what it means.
    Need {
        /// It is to come: "will strike", "said it would strike".
        Future = "future",
        /// It is negated: "did not rule out".
        Negated = "negated",
        /// It stands in the infinitive after "be": "is to blame".
        ToBe = "to_be",
        /// Its speaker or actor is a group, a state or a body: "a claim by the Front", not "a claim by the driver".
        Power = "power",
        /// Several speakers, who say it of one another: "traded accusations".
        Mutual = "mutual",
        /// It is to come and negated: "will not sleep".
        Never = "never",
        /// An armed group says it.
        PowerSpeaks = "power_speaks",
        /// It was said before what the report tells: "had advised".
        Earlier = "earlier",
        /// What it is about is understood from the report.
        Understood = "understood",
        /// Somebody is caught, in its sentence or in the one before or after it: "arrested for planning".
        Caught = "caught",
    }
}

/// Index of a frame in its book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FrameId(pub usize);

/// One entry of the book.
#[derive(Clone, Debug)]
pub struct Frame {
    /// Its name, as `claim.responsibility`.
    pub id: SmolStr,
    /// What it is about, for people.
    pub doc: Option<String>,
    /// What it means.
    pub meaning: Meaning,
    /// Of an event, its mode ("visit").
    pub mode: Option<EventMode>,
    /// How firmly its words put an attribution, from 0 to 1.
    pub certainty: f32,
    /// Words next to the trigger that make it mean something else ("heart attack").
    unless: Vec<SmolStr>,
    /// What must be true of the trigger besides.
    pub needs: Option<Need>,
    /// Sentences with what is to be read in them.
    pub examples: Vec<Example>,
}

/// A sentence with what is to be read in it, one line a fact: `claims: speaker=Red Column actor=Red Column`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// The sentence or sentences.
    pub text: String,
    /// The facts of the frame's kind that it tells, all of them.
    pub reads: Vec<String>,
}

#[derive(Clone, Debug)]
struct Pattern {
    frame: FrameId,
    shape: Shape,
}

/// Where a pattern is recognised, and whether by a noun that stands for its verb.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Entry {
    pattern: usize,
    /// Prepositions of the object, where the word is a noun that stands for the pattern's verb.
    nominal: Option<Vec<SmolStr>>,
}

/// All frames, built in and the user's own.
#[derive(Default)]
pub struct FrameBook {
    frames: Vec<Frame>,
    patterns: Vec<Pattern>,
    verbs: HashMap<SmolStr, Vec<Entry>>,
    nouns: HashMap<SmolStr, Vec<Entry>>,
    prepositions: HashMap<SmolStr, Vec<Entry>>,
    classes: HashMap<SmolStr, Vec<Class>>,
}

impl FrameBook {
    /// Reads frame files, each with its name; a later file adds to the earlier ones.
    ///
    /// # Errors
    /// Where a file is malformed; the error names the file and the entry.
    pub fn parse<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Self, FrameError> {
        load::parse(files)
    }

    /// A frame.
    pub fn get(&self, id: FrameId) -> &Frame {
        &self.frames[id.0]
    }

    /// All frames, in the order of the files.
    pub fn frames(&self) -> impl Iterator<Item = &Frame> {
        self.frames.iter()
    }

    /// Whether a dictionary form, lower case, is a word of the class.
    pub fn is(&self, lemma: &str, class: Class) -> bool {
        self.classes.get(lemma).is_some_and(|classes| classes.contains(&class))
    }
}
