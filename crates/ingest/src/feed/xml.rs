//! A feed's markup as a tree, read tolerantly: what real feeds get wrong costs a note, not the feed.
//!
//! Ends that match no open element are passed over, and an end closes what was left open inside it. Entities are replaced as
//! text, never as markup and never again inside of each other; those of the document type are short and bounded in sum. So no
//! document grows beyond [`MOST_EXPANDED_BYTES`] more than it has. The tree is bounded in depth and in size.

use std::borrow::Cow;
use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::names::{Space, Spaces};
use crate::html::decode_references;

/// What lies deeper is taken for a child of the deepest: feeds nest less than ten levels, the pages inside them less than fifty.
const DEEPEST: usize = 128;
/// A hundred times a large feed.
const MOST_NODES: usize = 1_000_000;
/// More attributes than this on one element are passed over.
const MOST_ATTRIBUTES: usize = 40;
/// The longest text that an entity of the document type may stand for.
const LONGEST_ENTITY_BYTES: usize = 256;
/// What all entities of the document type may add to a document.
const MOST_EXPANDED_BYTES: usize = 1024 * 1024;

/// An element with what it holds.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) space: Space,
    /// The local name, in lower case.
    pub(super) name: String,
    /// By local name in lower case; those of XML itself keep their prefix (`xml:base`).
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
}

#[derive(Debug)]
pub(super) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The elements right below.
    pub(super) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The text right below, without that of elements inside.
    pub(super) fn own_text(&self) -> String {
        let texts = self.children.iter().filter_map(|node| match node {
            Node::Text(text) => Some(text.as_str()),
            Node::Element(_) => None,
        });
        texts.collect()
    }
}

/// A document that was read.
#[derive(Debug)]
pub(super) struct Document {
    /// The outermost element.
    pub(super) root: Element,
    /// What is wrong with the markup, or where reading stopped.
    pub(super) fault: Option<String>,
}

/// Reads a document. None where it has no element at all.
pub(super) fn parse(text: &str) -> Option<Document> {
    let (text, has_marks) = escaped_marks(text);
    let text = text.as_ref();
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut builder = Builder::default();
    if has_marks {
        builder.fault(|| "a < stands for itself".to_owned());
    }
    loop {
        let event = reader.read_event();
        let line = || 1 + text.as_bytes()[..position(&reader, text)].iter().filter(|&&b| b == b'\n').count();
        match event {
            Ok(Event::Eof) => {
                if builder.open.len() > 1 {
                    builder.fault(|| "the feed breaks off".to_owned());
                }
                break;
            }
            Ok(event) => builder.take(event),
            Err(error) => {
                builder.fault(|| format!("line {}: {error}", line()));
                // What is malformed inside a piece of markup does not stop the reader; what has no end does.
                if !matches!(error, quick_xml::Error::IllFormed(_)) {
                    break;
                }
            }
        }
        if builder.nodes >= MOST_NODES {
            builder.fault(|| "the feed has too many elements; only its beginning was read".to_owned());
            break;
        }
    }
    builder.finish()
}

/// Escapes every `<` that begins no markup ("a < b"), and says whether there was one: the parser would take it for a tag up
/// to the next `>`, the true end of the element with it.
fn escaped_marks(text: &str) -> (Cow<'_, str>, bool) {
    let mut escaped = String::new();
    let mut kept = 0;
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'<', &text.as_bytes()[at..]) {
        at += found;
        let rest = &text[at..];
        let end = if rest.starts_with("<![CDATA[") {
            "]]>"
        } else if rest.starts_with("<!--") {
            "-->"
        } else {
            if !rest[1..].starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | ':' | '/' | '!' | '?'))
            {
                escaped.push_str(&text[kept..at]);
                escaped.push_str("&lt;");
                kept = at + 1;
            }
            at += 1;
            continue;
        };
        at = rest.find(end).map_or(text.len(), |length| at + length);
    }
    if kept == 0 {
        return (Cow::Borrowed(text), false);
    }
    escaped.push_str(&text[kept..]);
    (Cow::Owned(escaped), true)
}

fn position(reader: &Reader<&[u8]>, text: &str) -> usize {
    usize::try_from(reader.error_position()).unwrap_or(usize::MAX).min(text.len())
}

/// The tree as it grows.
#[derive(Default)]
struct Builder {
    /// The open elements with their full names, outermost first.
    open: Vec<(String, Element)>,
    spaces: Spaces,
    root: Option<Element>,
    fault: Option<String>,
    nodes: usize,
    entities: BTreeMap<String, String>,
    expanded_bytes: usize,
    /// How many open elements are not in the tree, because they lie too deep.
    flattened: usize,
}

impl Builder {
    /// Keeps the first fault: those that follow are mostly its consequences.
    fn fault(&mut self, fault: impl FnOnce() -> String) {
        self.fault.get_or_insert_with(fault);
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(start) => self.start(&start),
            Event::Empty(start) => {
                self.start(&start);
                self.end(start.name().0);
            }
            Event::End(end) => self.end(end.name().0),
            Event::Text(text) => self.text(&text),
            Event::CData(text) => self.text(&text),
            Event::GeneralRef(name) => self.reference(&name),
            Event::DocType(doctype) => self.entities = entities(&doctype),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Eof => {}
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) {
        let full = start.name().0;
        // No entry holds another: the one before was never closed.
        if matches!(full, "item" | "entry")
            && let Some(at) = self.open.iter().rposition(|(open, _)| open == full)
        {
            self.fault(|| format!("a <{full}> begins before the one before it ends"));
            while self.open.len() > at {
                self.close();
            }
        }
        if self.open.len() >= DEEPEST {
            self.fault(|| "elements are nested too deep".to_owned());
            self.flattened += 1;
            return;
        }
        let mut given = start.html_attributes();
        let attributes: Vec<(String, String)> = given
            .with_checks(false)
            .take(MOST_ATTRIBUTES)
            .filter_map(Result::ok)
            .map(|given| (given.key.0.to_owned(), decode_references(&given.value).into_owned()))
            .collect();
        self.spaces.enter(&attributes);
        let (space, local) = self.spaces.name(full);
        let element = Element {
            space,
            name: local.to_ascii_lowercase(),
            attributes: attributes.into_iter().filter_map(kept).collect(),
            children: Vec::new(),
        };
        self.nodes += 1;
        self.open.push((full.to_owned(), element));
    }

    fn end(&mut self, name: &str) {
        if self.flattened > 0 {
            self.flattened -= 1;
            return;
        }
        let Some(at) = self.open.iter().rposition(|(open, _)| open.eq_ignore_ascii_case(name)) else {
            self.fault(|| format!("</{name}> ends nothing"));
            return;
        };
        if at + 1 < self.open.len() {
            self.fault(|| format!("</{name}> ends what holds open elements"));
        }
        while self.open.len() > at {
            self.close();
        }
    }

    /// Ends the innermost element.
    fn close(&mut self) {
        let Some((_, element)) = self.open.pop() else { return };
        self.spaces.leave();
        match self.open.last_mut() {
            Some((_, parent)) => parent.children.push(Node::Element(element)),
            None if self.root.is_none() => self.root = Some(element),
            // A second outermost element, as where two feeds were glued together, is part of the first.
            None => {
                if let Some(root) = &mut self.root {
                    root.children.push(Node::Element(element));
                }
                self.fault(|| "there is more after the end of the feed".to_owned());
            }
        }
    }

    fn text(&mut self, text: &str) {
        let Some((_, parent)) = self.open.last_mut() else { return };
        match parent.children.last_mut() {
            Some(Node::Text(before)) => before.push_str(text),
            _ => {
                self.nodes += 1;
                parent.children.push(Node::Text(text.to_owned()));
            }
        }
    }

    fn reference(&mut self, name: &str) {
        let whole = format!("&{name};");
        match self.entities.get(name) {
            Some(value) if self.expanded_bytes + value.len() <= MOST_EXPANDED_BYTES => {
                self.expanded_bytes += value.len();
                let value = value.clone();
                self.text(&value);
            }
            Some(_) => {
                self.fault(|| "its entities grow beyond measure; the rest were left as they are".to_owned());
                self.text(&whole);
            }
            None => self.text(&decode_references(&whole)),
        }
    }

    fn finish(mut self) -> Option<Document> {
        while !self.open.is_empty() {
            self.close();
        }
        Some(Document { root: self.root?, fault: self.fault })
    }
}

/// An attribute under the name that it is kept by; declarations of namespaces are not.
fn kept((name, value): (String, String)) -> Option<(String, String)> {
    let name = name.to_ascii_lowercase();
    let local = match name.split_once(':') {
        Some(("xmlns", _)) => return None,
        Some(("xml", _)) => return Some((name, value)),
        Some((_, local)) => local.to_owned(),
        None if name == "xmlns" => return None,
        None => name,
    };
    Some((local, value))
}

/// The entities that a document type declares, as far as they are short texts: no files, no entities inside.
fn entities(doctype: &str) -> BTreeMap<String, String> {
    let declared = doctype.split("<!ENTITY").skip(1).filter_map(|declaration| {
        let (name, rest) = declaration.trim_start().split_once(|c: char| c.is_whitespace())?;
        let rest = rest.trim_start();
        let mark = rest.chars().next().filter(|mark| matches!(mark, '"' | '\''))?;
        let (value, _) = rest[1..].split_once(mark)?;
        let is_plain =
            value.len() <= LONGEST_ENTITY_BYTES && !value.replace("&#", "").contains(['&', '<', '%']);
        is_plain.then(|| (name.to_owned(), decode_references(value).into_owned()))
    });
    declared.collect()
}
