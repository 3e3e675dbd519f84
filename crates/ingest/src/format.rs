//! Which format an input has, told by its first bytes.

use crate::rejection::Reason;

/// How a text input is to be taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// A web page.
    Html,
    /// JSON, one report or many.
    Json,
    /// RSS, Atom or CDF.
    Feed,
    /// Anything else.
    Text,
}

/// Formats that are told by their first bytes and hold no report that can be read here.
const SIGNATURES: [(&[u8], Reason); 20] = [
    (b"\xff\xd8\xff", Reason::NotAReport("a JPEG image")),
    (b"\x89PNG\r\n", Reason::NotAReport("a PNG image")),
    (b"GIF8", Reason::NotAReport("a GIF image")),
    (b"RIFF", Reason::NotAReport("a picture, sound or video")),
    (b"%PDF-", Reason::NotAReport("a PDF")),
    (b"\xd0\xcf\x11\xe0", Reason::NotAReport("an Office document")),
    (b"{\\rtf", Reason::NotAReport("an RTF document")),
    (b"\x7fELF", Reason::NotAReport("a program")),
    (b"MZ\x90", Reason::NotAReport("a program")),
    (b"SQLite format 3\0", Reason::NotAReport("an SQLite database")),
    (b"ID3", Reason::NotAReport("a sound file")),
    (b"OggS", Reason::NotAReport("a sound or video")),
    (b"\x1a\x45\xdf\xa3", Reason::NotAReport("a video")),
    (b"PK\x03\x04", Reason::Packed("zip")),
    (b"BZh", Reason::Packed("bzip2")),
    (b"\xfd7zXZ\0", Reason::Packed("xz")),
    (b"7z\xbc\xaf\x27\x1c", Reason::Packed("7z")),
    (b"Rar!\x1a", Reason::Packed("rar")),
    (b"\x1f\x8b\x08", Reason::Packed("gzip in another packing")),
    (b"\x28\xb5\x2f\xfd", Reason::Packed("zstd in another packing")),
];

/// Why these bytes cannot hold a report, where their beginning says so.
pub(crate) fn refuse(head: &[u8]) -> Option<Reason> {
    SIGNATURES.iter().find(|(signature, _)| head.starts_with(signature)).map(|(_, reason)| reason.clone())
}

impl Format {
    /// Tells the format by the beginning of a decoded text.
    pub(crate) fn of(head: &str) -> Self {
        let start = head.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if looks_like_json(start) {
            Self::Json
        } else if looks_like_feed(start) {
            Self::Feed
        } else if looks_like_html(start) {
            Self::Html
        } else {
            Self::Text
        }
    }
}

/// `{"`, `{}`, `[{`, `[]`: what no prose begins with ("[TEXT]" is prose).
fn looks_like_json(start: &str) -> bool {
    let after = |open: char| start.strip_prefix(open).and_then(|rest| rest.trim_start().chars().next());
    matches!(after('{'), Some('"' | '}')) || matches!(after('['), Some('{' | ']' | '['))
}

/// The outermost elements of feeds.
const FEED_TAGS: [&str; 4] = ["rss", "feed", "rdf:rdf", "channel"];

fn looks_like_feed(start: &str) -> bool {
    let mut rest = start;
    loop {
        rest = rest.trim_start();
        if FEED_TAGS.iter().any(|tag| is_tag(rest, tag)) {
            return true;
        }
        // A prefix of Atom's own, or of RDF's.
        if let Some(name) =
            rest.strip_prefix('<').and_then(|rest| rest.split([' ', '>', '\n', '\r', '\t']).next())
            && let Some((_, local)) = name.split_once(':')
        {
            return matches!(local.to_ascii_lowercase().as_str(), "feed" | "rdf" | "rss");
        }
        match after_prolog(rest) {
            Some(after) => rest = after,
            None => return holds_feed(rest),
        }
    }
}

/// What follows a comment, an instruction or a document type.
fn after_prolog(text: &str) -> Option<&str> {
    if text.starts_with("<!--") {
        return after(text, "-->");
    }
    if text.starts_with("<?") {
        return after(text, "?>");
    }
    let doctype = text.get(..9).filter(|head| head.eq_ignore_ascii_case("<!doctype"))?;
    let inner = &text[doctype.len()..];
    let close = inner.find('>')?;
    match inner[..close].find('[') {
        Some(_) => after(after(inner, "]")?, ">"),
        None => Some(&inner[close + 1..]),
    }
}

fn after<'a>(text: &'a str, end: &str) -> Option<&'a str> {
    text.find(end).map(|at| &text[at + end.len()..])
}

/// A feed with a line of something else above it: what a failing server printed.
fn holds_feed(start: &str) -> bool {
    let head = &start[..start.floor_char_boundary(2048)];
    head.contains("<rss version=")
        || (head.contains("<feed ") && head.contains("http://www.w3.org/2005/Atom"))
}

/// Tags that begin a page or a piece of one.
const PAGE_TAGS: [&str; 24] = [
    "!doctype html",
    "html",
    "head",
    "body",
    "meta",
    "title",
    "link",
    "script",
    "style",
    "div",
    "article",
    "section",
    "main",
    "header",
    "p",
    "h1",
    "h2",
    "h3",
    "table",
    "span",
    "a",
    "img",
    "ul",
    "b",
];

fn looks_like_html(start: &str) -> bool {
    let mut rest = start;
    loop {
        let body = rest.trim_start();
        let skipped = ["<!--", "<?xml"].iter().zip(["-->", "?>"]).find_map(|(open, close)| {
            let inner = body.strip_prefix(open)?;
            Some(inner.find(close).map_or("", |end| &inner[end + close.len()..]))
        });
        match skipped {
            Some(after) => rest = after,
            None => {
                rest = body;
                break;
            }
        }
    }
    let begins = PAGE_TAGS.iter().any(|tag| is_tag(rest, tag));
    // A page whose beginning was lost or that a tool wrote a line above.
    let holds = || {
        let head = start.get(..start.floor_char_boundary(4096)).unwrap_or("").to_ascii_lowercase();
        ["<!doctype html", "<html", "<body", "</p>", "</div>", "</head>"]
            .iter()
            .filter(|tag| head.contains(**tag))
            .count()
            >= 2
    };
    begins || (start.contains('<') && holds())
}

fn is_tag(text: &str, name: &str) -> bool {
    let Some(inner) = text.strip_prefix('<') else { return false };
    inner.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name))
        && inner[name.len()..].starts_with(|c: char| c.is_whitespace() || c == '>' || c == '/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_content() {
        for (head, wanted) in [
            ("<!DOCTYPE html><html>", Format::Html),
            ("  <!-- saved -->\n<HTML lang=en>", Format::Html),
            ("<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"x\">", Format::Html),
            ("<p>Rain fell.</p>", Format::Html),
            ("saved page\n<html><body><p>Rain</p>", Format::Html),
            ("<?xml version='1.0'?>\n<!-- x --><rss version='2.0'>", Format::Feed),
            ("<!DOCTYPE rss [ <!ENTITY a \"b\"> ]>\n<rss>", Format::Feed),
            ("<feed xmlns='http://www.w3.org/2005/Atom'>", Format::Feed),
            ("<rdf:RDF\n xmlns='http://purl.org/rss/1.0/'>", Format::Feed),
            ("<a10:feed xmlns:a10='http://www.w3.org/2005/Atom'>", Format::Feed),
            ("Warning: low on disk\n<rss version=\"2.0\">", Format::Feed),
            ("<feedback>rain</feedback>", Format::Text),
            ("{\"text\": \"Rain\"}", Format::Json),
            ("\u{feff}[ {\"text\"", Format::Json),
            ("[TEXT] Rain fell", Format::Text),
            ("{sic} Rain fell", Format::Text),
            ("Rain fell <b>hard</b>", Format::Text),
            ("<Rain> fell", Format::Text),
            ("", Format::Text),
        ] {
            assert_eq!(Format::of(head), wanted, "{head}");
        }
    }

    #[test]
    fn pictures_and_archives_are_refused() {
        assert_eq!(refuse(b"\xff\xd8\xff\xe0\0\x10JFIF"), Some(Reason::NotAReport("a JPEG image")));
        assert_eq!(refuse(b"PK\x03\x04\x14"), Some(Reason::Packed("zip")));
        assert_eq!(refuse(b"Rain fell"), None);
    }
}
