//! Texts of a feed: plain or HTML, escaped, inline or in base64.

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

use super::xml::{Element, Node};
use crate::encoding::{decode, is_binary};
use crate::html;

/// How a text is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    /// As it stands.
    Plain,
    /// As HTML.
    Html,
}

/// A text with what holds for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// What the feed holds, its own escaping undone.
    pub value: String,
    /// How that is written.
    pub markup: Markup,
    /// The language that is declared for it.
    pub language: Option<String>,
    /// What relative addresses in it are relative to.
    pub base: Option<String>,
}

impl Text {
    /// The words: paragraphs apart by an empty line.
    pub fn words(&self) -> String {
        match self.markup {
            Markup::Plain => self.value.trim().to_owned(),
            Markup::Html => html::text(&self.value),
        }
    }

    /// The words on one line; none where there are none.
    pub fn line(&self) -> Option<String> {
        let line = self.words().split_whitespace().collect::<Vec<_>>().join(" ");
        (!line.is_empty()).then_some(line)
    }
}

/// What an element of this vocabulary holds where it does not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Usual {
    /// Atom's texts are plain.
    Plain,
    /// Contents and descriptions of RSS.
    Html,
    /// Titles of RSS: plain, unless they look like HTML.
    Either,
}

/// The value and the markup of a text element. None where it holds no text (a film, a file).
pub(super) fn of(element: &Element, usual: Usual) -> Option<(String, Markup)> {
    let kind = element.attribute("type").unwrap_or("").trim().to_ascii_lowercase();
    let mode = element.attribute("mode").unwrap_or("").trim().to_ascii_lowercase();
    let declared = match kind.split(';').next().unwrap_or("").trim() {
        "" => None,
        "text" => Some(Markup::Plain),
        "html" | "xhtml" => Some(Markup::Html),
        kind if kind.ends_with("html+xml") || kind.ends_with("/html") => Some(Markup::Html),
        kind if kind.starts_with("text/") && kind != "text/xml" => Some(Markup::Plain),
        kind if kind.ends_with("xml") => Some(Markup::Html),
        _ => None,
    };
    // Atom 1.0 says that every other type is base64; in Atom 0.3 the mode does.
    let is_packed = mode == "base64" || mode.is_empty() && declared.is_none() && kind.contains('/');
    if element.elements().next().is_some() {
        // Atom allows markup where none is declared, and careless feeds do not escape theirs.
        return Some((inline(element), Markup::Html));
    }
    let mut value = element.own_text();
    if is_packed {
        value = unpacked(&value)?;
    }
    let markup = declared.unwrap_or(match usual {
        _ if is_packed && looks_like_html(&value) => Markup::Html,
        Usual::Plain => Markup::Plain,
        Usual::Html => Markup::Html,
        Usual::Either if looks_like_html(&value) => Markup::Html,
        Usual::Either => Markup::Plain,
    });
    // Markup in XML whose characters are not markup: `type="xhtml"` without any element.
    let is_inline = kind == "xhtml" || kind.ends_with("xhtml+xml") && mode.is_empty();
    if markup == Markup::Html && (is_inline || mode == "xml" && declared.is_some()) {
        value = html_escape::encode_text(&value).into_owned();
    }
    Some((value.trim().to_owned(), markup))
}

fn unpacked(value: &str) -> Option<String> {
    let config = GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true);
    let packed: Vec<u8> = value.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
    let bytes = GeneralPurpose::new(&STANDARD, config).decode(packed).ok()?;
    let decoded = decode(&bytes, None);
    // A film, a picture.
    (!is_binary(&decoded)).then(|| decoded.text.into_owned())
}

/// A title with an end tag or a character reference that was escaped was HTML before.
fn looks_like_html(text: &str) -> bool {
    let has_end_tag = text.match_indices("</").any(|(at, _)| text[at + 2..].starts_with(char::is_alphabetic));
    let has_reference = || text.contains('&') && html::decode_references(text) != text;
    has_end_tag || has_reference()
}

/// The inside of an element, written as HTML. Nothing calls itself; elements are bounded in depth all the same.
fn inline(element: &Element) -> String {
    enum Step<'a> {
        Node(&'a Node),
        End(&'a str),
    }
    let mut written = String::new();
    let mut open: Vec<Step<'_>> = element.children.iter().rev().map(Step::Node).collect();
    while let Some(step) = open.pop() {
        match step {
            Step::Node(Node::Text(text)) => {
                html_escape::encode_text_to_string(text, &mut written);
            }
            Step::Node(Node::Element(element)) => {
                written.push('<');
                written.push_str(&element.name);
                for (name, value) in &element.attributes {
                    written.push_str(&format!(" {name}=\""));
                    html_escape::encode_double_quoted_attribute_to_string(value, &mut written);
                    written.push('"');
                }
                written.push('>');
                if !html::is_void(&element.name) {
                    open.push(Step::End(&element.name));
                    open.extend(element.children.iter().rev().map(Step::Node));
                }
            }
            Step::End(name) => written.push_str(&format!("</{name}>")),
        }
    }
    written.trim().to_owned()
}
