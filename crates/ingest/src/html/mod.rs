//! A report on a web page: the article's text, and what the page says of it.

mod article;
mod dom;
mod json_ld;
mod metadata;
mod tags;
mod tokens;

use watchkeeper_core::clean::Boilerplate;
use watchkeeper_core::document::{Capture, Note};

use dom::Dom;
use metadata::Metadata;

/// The report that a page holds; lines that are `boilerplate` are not part of the article. Its text is empty where no article was found.
pub fn report(page: &str, boilerplate: &Boilerplate) -> Capture {
    let dom = Dom::parse(page);
    let metadata = Metadata::of(&dom);
    let text = article::text(&dom, &metadata, boilerplate);
    let mut notes = Vec::new();
    if dom.truncated {
        notes
            .push(Note::new("page_truncated", "the page has too many elements; only its beginning was read"));
    }
    Capture {
        url: metadata.url,
        source: metadata.outlet,
        title: metadata.title,
        text,
        published: metadata.published,
        updated: metadata.updated,
        captured: None,
        language: metadata.language,
        notes,
    }
}

/// The text of a piece of a page that is all article, as feeds hold it: an empty line between paragraphs.
pub fn text(piece: &str) -> String {
    article::all_text(&Dom::parse(piece))
}

/// Reads character references, as browsers do.
pub(crate) fn decode_references(text: &str) -> std::borrow::Cow<'_, str> {
    tokens::decoded(text)
}

/// Whether the element with this name in lower case has no end tag.
pub(crate) fn is_void(name: &str) -> bool {
    tags::Tag::of(name).is_void()
}

/// The charset that a page's first bytes name.
pub(crate) fn declared_charset(page: &[u8]) -> Option<String> {
    /// Browsers look no further.
    const LOOKED_AT_BYTES: usize = 4096;
    let head = String::from_utf8_lossy(&page[..page.len().min(LOOKED_AT_BYTES)]).to_ascii_lowercase();
    let at = head.find("charset")? + "charset".len();
    let rest = head[at..].trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let name: String =
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | ':')).collect();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declared_charset_is_read() {
        for page in [
            "<html><meta charset=\"ISO-8859-1\">",
            "<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'>",
            "<?xml encoding='x'?><meta charset = iso-8859-1 />",
        ] {
            assert_eq!(declared_charset(page.as_bytes()).as_deref(), Some("iso-8859-1"), "{page}");
        }
        assert_eq!(declared_charset(b"<p>charset"), None);
    }
}
