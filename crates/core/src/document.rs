//! What a report is: as fetched ([`Capture`]) and as read ([`Document`]).

use jiff::civil::Date;
use jiff::{Timestamp, tz::Offset};

use crate::closed::closed_list;
use crate::text::{Bytes, Span};

/// When something was published, as precisely as the source says: a day, or an instant with its UTC offset.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PublishedAt {
    /// Only the calendar day is known.
    Day(Date),
    /// The instant is known; the offset keeps the outlet's local day.
    Instant(Timestamp, Offset),
}

impl PublishedAt {
    /// The calendar day where it was published.
    pub fn day(self) -> Date {
        match self {
            Self::Day(day) => day,
            Self::Instant(at, offset) => offset.to_datetime(at).date(),
        }
    }
}

/// One report as its bytes gave it, before cleaning: what `ingest` makes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Capture {
    /// Where it was published.
    pub url: Option<String>,
    /// The outlet.
    pub source: Option<String>,
    /// The headline, where the input holds it apart from the text.
    pub title: Option<String>,
    /// The text: as it came for plain text and JSON, the main text for HTML.
    pub text: String,
    /// First publication.
    pub published: Option<PublishedAt>,
    /// Last change that the source tells of.
    pub updated: Option<PublishedAt>,
    /// When the bytes were fetched.
    pub captured: Option<PublishedAt>,
    /// BCP 47 language that the input declares.
    pub language: Option<String>,
    /// What could not be read.
    pub notes: Vec<Note>,
}

/// What could not be read, and why. A note never stops the reading.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Note {
    /// A stable word for programs, as `date_unresolved`.
    pub code: &'static str,
    /// One line for people.
    pub message: String,
}

impl Note {
    /// A note with its code and its line.
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }
}

closed_list! {
    /// Why a stretch of text is left out of reading.
    MaskReason {
        /// An advertisement or the label of one.
        Advertisement = "advertisement",
        /// A pointer to another article ("Read also: …").
        ReadAlso = "read_also",
        /// A prompt to share or follow.
        SharePrompt = "share_prompt",
        /// A prompt to subscribe, sign up or donate.
        Subscription = "subscription",
        /// A copyright or agency rights line.
        Copyright = "copyright",
        /// A byline or a credit.
        Byline = "byline",
        /// A caption's credit or a label of a picture or a video.
        MediaLabel = "media_label",
        /// A header that carries data of the report and no prose (a date line, a slug, a wire code).
        Header = "header",
        /// Navigation, cookie notices and other furniture of the page.
        Furniture = "furniture",
    }
}

/// A stretch of [`Document::text`] that is left out of reading; it is never deleted, so offsets hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Masked {
    /// Where it stands in the text.
    pub span: Span<Bytes>,
    /// Why it is left out.
    pub reason: MaskReason,
}

/// Which of a document's two texts a position is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The headline, where it is held apart from the text.
    Title,
    /// The text.
    Text,
}

/// A span of one of a document's two texts: where a fact stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Passage {
    /// Which text.
    pub field: Field,
    /// Where in it.
    pub span: Span<Bytes>,
}

/// What a paragraph is in a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ParagraphKind {
    /// The headline, whether it is the title or the first line of the text.
    Headline,
    /// A heading between paragraphs.
    Heading,
    /// Running prose.
    Prose,
}

/// One paragraph that is to be read: its passage holds no masked text and no dateline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Paragraph {
    /// Where it stands.
    pub passage: Passage,
    /// What it is.
    pub kind: ParagraphKind,
}

/// Where and when a report says that it was filed ("NAIROBI, Sept 21 —").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dateline {
    /// The whole dateline.
    pub passage: Passage,
    /// The place name in it.
    pub place: Option<Passage>,
}

/// One report, cleaned: what is read.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The headline, where the input holds it apart from the text.
    pub title: Option<String>,
    /// The text, unchanged.
    pub text: String,
    /// First publication.
    pub published: Option<PublishedAt>,
    /// Last change that the source tells of.
    pub updated: Option<PublishedAt>,
    /// When the bytes were fetched.
    pub captured: Option<PublishedAt>,
    /// The outlet.
    pub source: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// BCP 47 language, declared or recognised.
    pub language: Option<String>,
    /// What is left out of reading, in order.
    pub masked: Vec<Masked>,
    /// What is read, in order; the title comes first.
    pub paragraphs: Vec<Paragraph>,
    /// Where it says it was filed.
    pub dateline: Option<Dateline>,
    /// What could not be read.
    pub notes: Vec<Note>,
}

impl Document {
    /// The text of a field; empty where there is no title.
    pub fn field(&self, field: Field) -> &str {
        match field {
            Field::Title => self.title.as_deref().unwrap_or(""),
            Field::Text => &self.text,
        }
    }

    /// The words of a passage.
    pub fn slice(&self, passage: Passage) -> &str {
        passage.span.of(self.field(passage.field))
    }
}
