//! The reader with everything that it needs.

use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread::available_parallelism;

use watchkeeper_core::clean::Boilerplate;
use watchkeeper_core::document::{Capture, Document, Note};
use watchkeeper_core::flow;
use watchkeeper_core::knowledge::Knowledge;
use watchkeeper_core::places::Gazetteer;
use watchkeeper_core::read::explain::Explanation;
use watchkeeper_core::reading::Reading;
use watchkeeper_nlp::Annotator;

/// The reader with everything that it needs; shared by all threads.
pub struct Pipeline {
    annotator: Annotator,
    knowledge: Knowledge,
}

impl Pipeline {
    /// The pipeline with this knowledge and the embedded weights.
    ///
    /// # Errors
    /// Where the embedded weights cannot be read.
    pub fn new(knowledge: Knowledge) -> anyhow::Result<Self> {
        Ok(Self { annotator: Annotator::new()?, knowledge })
    }

    /// Lines that are furniture of pages; taking pages apart needs them too.
    pub fn boilerplate(&self) -> &Boilerplate {
        &self.knowledge.boilerplate
    }

    /// Toponyms, among them the names of countries.
    pub fn places(&self) -> &Gazetteer {
        &self.knowledge.places
    }

    /// Reads one report. Where a fault of ours stops the reading, the report is still there, with a note: one text
    /// that nobody foresaw must not stop a thousand others.
    pub fn read(&self, capture: Capture) -> Reading {
        let kept = capture.clone();
        catch_unwind(AssertUnwindSafe(|| flow::read(capture, &self.annotator, &self.knowledge)))
            .unwrap_or_else(|_| unread(kept))
    }
}

impl Pipeline {
    /// Explains why a report is read as it is.
    pub fn explain(&self, capture: Capture) -> (Document, Explanation) {
        flow::explain(capture, &self.annotator, &self.knowledge)
    }
}

/// How many threads read: as many as asked for, else one a processor.
pub fn threads(asked: Option<u16>) -> NonZeroUsize {
    let asked = asked.and_then(|number| NonZeroUsize::new(usize::from(number)));
    asked.or_else(|| available_parallelism().ok()).unwrap_or(NonZeroUsize::MIN)
}

const FAILED: &str = "reader_failed";

/// Why the reader failed on a report, where it did.
pub fn failure(reading: &Reading) -> Option<&str> {
    reading.notes.iter().find(|note| note.code == FAILED).map(|note| note.message.as_str())
}

/// Whether a report is in a language that is not read.
pub fn is_foreign(reading: &Reading) -> bool {
    reading.notes.iter().any(|note| note.code == watchkeeper_core::clean::LANGUAGE_UNSUPPORTED)
}

/// A reading that tells nothing but why.
fn unread(capture: Capture) -> Reading {
    let mut notes = capture.notes;
    notes.push(Note::new(FAILED, "the reader failed on this text; please report it with the text"));
    let document = Document {
        title: capture.title,
        text: capture.text,
        published: capture.published,
        updated: capture.updated,
        captured: capture.captured,
        source: capture.source,
        url: capture.url,
        language: capture.language,
        masked: Vec::new(),
        paragraphs: Vec::new(),
        dateline: None,
        notes: notes.clone(),
    };
    Reading {
        document,
        entities: Vec::new(),
        places: Vec::new(),
        times: Vec::new(),
        statements: Vec::new(),
        incidents: Vec::new(),
        attributions: Vec::new(),
        casualties: Vec::new(),
        warnings: Vec::new(),
        threats: Vec::new(),
        events: Vec::new(),
        notes,
    }
}
