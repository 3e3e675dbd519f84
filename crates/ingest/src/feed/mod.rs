//! Feeds: RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, CDF, and JSON Feed. Every entry is a report.
//!
//! The markup is read tolerantly ([`xml`]) into a tree, [`markup`] finds a feed in the tree and [`json`] in a JSON object; here
//! a feed becomes captures. What relative addresses are relative to (`xml:base`, the feed's own address) and the languages
//! (`xml:lang`) are kept with every text.

pub(crate) mod json;
mod markup;
mod names;
mod person;
mod text;
mod xml;

use watchkeeper_core::document::{Capture, Note, PublishedAt};

pub use person::Person;
pub use text::{Markup, Text};

use crate::encoding::decode;
use crate::rejection::{Part, Reason, Rejection};
use crate::{Sent, address, times};

/// A feed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Feed {
    /// What it is called: the outlet.
    pub title: Option<Text>,
    /// Where it links to, resolved.
    pub links: Vec<Link>,
    /// By what it is known.
    pub id: Option<String>,
    /// The language that it names.
    pub language: Option<String>,
    /// Who writes it.
    pub authors: Vec<Person>,
    /// When it was written.
    pub times: Times,
    /// Its entries, in order.
    pub entries: Vec<Entry>,
    /// What is wrong with its markup.
    pub fault: Option<String>,
}

/// An entry of a feed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// By what it is known.
    pub id: Option<String>,
    /// The headline.
    pub title: Option<Text>,
    /// Where it links to, resolved.
    pub links: Vec<Link>,
    /// Who wrote it.
    pub authors: Vec<Person>,
    /// When it was written.
    pub times: Times,
    /// What it is about.
    pub summary: Option<Text>,
    /// What it says.
    pub content: Option<Text>,
    /// The feed that it was taken from.
    pub origin: Option<Origin>,
    /// The language that is declared for it.
    pub language: Option<String>,
}

/// Where a feed took an entry from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Origin {
    /// What that feed is called.
    pub title: Option<Text>,
    /// Where it links to, resolved.
    pub links: Vec<Link>,
    /// By what it is known.
    pub id: Option<String>,
    /// Who writes it.
    pub authors: Vec<Person>,
    /// When it was written.
    pub times: Times,
}

/// A link, resolved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// What it leads to: `alternate` is the page.
    pub relation: String,
    /// The address.
    pub url: String,
}

/// A time as a feed writes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Time {
    /// As written.
    pub written: String,
    /// What that means; none where it cannot be read.
    pub at: Option<PublishedAt>,
}

impl Time {
    fn parse(text: &str) -> Option<Self> {
        let written = text.trim().to_owned();
        (!written.is_empty()).then(|| Self { at: PublishedAt::parse(&written), written })
    }
}

/// The times of a feed or an entry.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Times {
    /// First publication.
    pub published: Option<Time>,
    /// Last change.
    pub updated: Option<Time>,
    /// When it was written.
    pub created: Option<Time>,
}

/// Reads a feed in XML, with a note where its encoding was guessed.
///
/// # Errors
/// Where it holds no feed.
pub fn read(bytes: &[u8], sent: &Sent) -> Result<(Feed, Option<Note>), Reason> {
    let declared = declared_encoding(bytes);
    let decoded = decode(bytes, sent.charset.as_deref().or(declared.as_deref()));
    let document = xml::parse(&decoded.text).ok_or(Reason::NoFeed)?;
    let feed = markup::feed(document, sent).ok_or(Reason::NoFeed)?;
    Ok((feed, decoded.note))
}

/// The encoding that a document's XML declaration names.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    /// A declaration stands first and is short.
    const LOOKED_AT_BYTES: usize = 256;
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(LOOKED_AT_BYTES)]);
    let (declaration, _) = head.trim_start().strip_prefix("<?xml")?.split_once("?>")?;
    let (_, rest) = declaration.split_once("encoding")?;
    let rest = rest.trim_start().strip_prefix('=')?.trim_start();
    let mark = rest.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
    rest[1..].split(mark).next().map(str::to_owned)
}

/// The page among some links.
pub fn page(links: &[Link]) -> Option<&str> {
    links.iter().find(|link| link.relation == "alternate").map(|link| link.url.as_str())
}

impl Feed {
    /// One capture an entry, in order.
    pub(crate) fn captures(self) -> Vec<Result<Capture, Rejection>> {
        if self.entries.is_empty() {
            let reason = self.fault.map_or(Reason::NoEntries, Reason::Feed);
            return vec![Err(Rejection::new(Part::Whole, reason))];
        }
        let outlet = self.title.as_ref().and_then(Text::line);
        let fault =
            self.fault.map(|fault| Note::new("feed_malformed", format!("the feed is malformed: {fault}")));
        let home = page(&self.links).map(str::to_owned).or(self.id).filter(|home| address::is_base(home));
        let authors = self.authors;
        let entries = self.entries.into_iter().enumerate();
        entries
            .map(|(index, mut entry)| {
                let origin = entry.origin.take().and_then(|origin| origin.title?.line());
                let author =
                    || authors.iter().chain(&entry.authors).find_map(Person::shown).map(str::to_owned);
                let source = origin.or_else(|| outlet.clone()).or_else(author);
                // What is known by nothing but its place in the feed would be another report tomorrow.
                let inside = home.as_ref().zip(entry.id.as_ref()).map(|(home, id)| format!("{home}#{id}"));
                let mut capture = entry.capture();
                capture.url = capture.url.or(inside);
                capture.source = source;
                capture.language = capture.language.or_else(|| self.language.clone());
                capture.notes.extend(fault.clone());
                if capture.text.is_empty() && capture.title.is_none() {
                    return Err(Rejection::with(Part::Entry(index + 1), Reason::NoText, capture));
                }
                Ok(capture)
            })
            .collect()
    }
}

impl Entry {
    /// Where the report stands: the page, or else what it is known by, where that is an address. One that could run as a
    /// script (`javascript:`) is none.
    pub fn url(&self) -> Option<&str> {
        let is_name = |id: &&str| address::scheme(id).is_some_and(|scheme| matches!(scheme, "urn" | "tag"));
        let known = self.id.as_deref();
        let page = page(&self.links).filter(|url| address::is_base(url));
        page.or_else(|| known.filter(|id| address::is_base(id) || is_name(id)))
    }

    fn capture(self) -> Capture {
        let url = self.url().map(str::to_owned);
        let content = self.content.as_ref().map(Text::words).unwrap_or_default();
        let summary = self.summary.as_ref().map(Text::words).unwrap_or_default();
        // Some give the article as the summary and a teaser as the content.
        let (text, from) =
            if content.len() >= summary.len() { (content, &self.content) } else { (summary, &self.summary) };
        let Times { published, updated, created } = self.times;
        let mut notes = Vec::new();
        let mut read = |name: &str, time: Option<Time>| {
            let Time { written, at } = time?;
            at.or_else(|| times::unread(name, &written, &mut notes))
        };
        let (published, updated, created) =
            (read("published", published), read("updated", updated), read("created", created));
        let declared = from.as_ref().and_then(|text| text.language.clone());
        Capture {
            url,
            source: None,
            title: self.title.as_ref().and_then(Text::line),
            language: declared.or(self.language),
            text,
            // Atom demands only the last change. Taken for the publication, it is late at worst, never early.
            published: published.or(created).or(updated),
            updated,
            captured: None,
            notes,
        }
    }
}
