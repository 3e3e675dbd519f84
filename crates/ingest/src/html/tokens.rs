//! The tokens of a page: tags and texts, after the tokenization rules of the HTML standard.
//!
//! Every byte is looked at a bounded number of times and nothing calls itself, so that no page takes long or exhausts the
//! stack. (The crates at hand do one or the other on a tag with a million attributes.) Left out of the standard are states
//! that change nothing in an article: comments inside scripts, and the kinds of doctypes.

use std::borrow::Cow;

use super::tags::Tag;

/// More attributes than this on one element are passed over.
const MOST_ATTRIBUTES: usize = 40;

/// Declares the attributes that are kept.
macro_rules! attributes {
    ($($variant:ident = $name:literal,)+) => {
        /// An attribute that is kept.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Attribute { $(#[doc = $name] $variant,)+ }

        impl Attribute {
            fn of(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)+
                    _ => None,
                }
            }
        }
    };
}

attributes! {
    AriaHidden = "aria-hidden", Class = "class", Component = "data-component", Content = "content", DataType = "data-type",
    Datetime = "datetime", Hidden = "hidden", Href = "href", HttpEquiv = "http-equiv", Id = "id", Itemprop = "itemprop",
    Lang = "lang", Name = "name", Property = "property", Rel = "rel", Role = "role", Style = "style",
    TestId = "data-testid", Type = "type",
}

/// The attributes of an element that are kept, each once.
pub(super) type Attributes = Vec<(Attribute, String)>;

/// A piece of a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Start {
        tag: Tag,
        attributes: Attributes,
        self_closing: bool,
    },
    End(Tag),
    /// Text with its character references read.
    Text(Cow<'a, str>),
}

/// Cuts a page into tokens.
pub(super) struct Tokens<'a> {
    rest: &'a str,
    /// The element whose content is text up to its end tag.
    raw: Option<&'static str>,
}

impl<'a> Tokens<'a> {
    pub(super) const fn of(page: &'a str) -> Self {
        Self { rest: page, raw: None }
    }

    /// Takes the first `len` bytes of the rest.
    fn take(&mut self, len: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(len).unwrap_or((self.rest, ""));
        self.rest = rest;
        taken
    }

    /// Takes everything up to `end`, and drops `end`; to the end of the page where there is none.
    fn take_through(&mut self, end: &str) -> &'a str {
        let at = self.rest.find(end);
        let taken = self.take(at.unwrap_or(self.rest.len()));
        self.take(at.map_or(0, |_| end.len()));
        taken
    }

    fn take_while(&mut self, fits: impl Fn(u8) -> bool) -> &'a str {
        // Only ASCII bytes end a run, so that it ends between characters.
        let len = self.rest.bytes().position(|b| b.is_ascii() && !fits(b)).unwrap_or(self.rest.len());
        self.take(len)
    }

    /// The text up to the next tag; a `<` that begins none is text.
    fn text(&mut self) -> &'a str {
        let bytes = self.rest.as_bytes();
        let begins_tag =
            |at: usize| matches!(bytes.get(at + 1), Some(b'!' | b'?' | b'/' | b'a'..=b'z' | b'A'..=b'Z'));
        let len = memchr::memchr_iter(b'<', bytes).find(|&at| begins_tag(at)).unwrap_or(bytes.len());
        self.take(len)
    }

    /// The content of an element that holds text only.
    fn raw_text(&mut self, name: &str) -> &'a str {
        let bytes = self.rest.as_bytes();
        let ends = |at: usize| {
            let rest = &bytes[at + 1..];
            let named = rest.strip_prefix(b"/").and_then(|rest| rest.split_at_checked(name.len()));
            named.is_some_and(|(found, after)| {
                found.eq_ignore_ascii_case(name.as_bytes())
                    && after.first().is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'>' | b'/'))
            })
        };
        let len = memchr::memchr_iter(b'<', bytes).find(|&at| ends(at)).unwrap_or(bytes.len());
        self.take(len)
    }

    fn start_tag(&mut self) -> Token<'a> {
        let (name, attributes, self_closing) = self.tag();
        self.raw = RAW_TEXT.iter().copied().find(|raw| name.eq_ignore_ascii_case(raw));
        Token::Start { tag: Tag::of(&name.to_ascii_lowercase()), attributes, self_closing }
    }

    /// Reads a tag from its name to its `>`.
    fn tag(&mut self) -> (&'a str, Attributes, bool) {
        let name = self.take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'>'));
        let mut attributes = Attributes::new();
        let mut self_closing = false;
        loop {
            let gap = self.take_while(|b| b.is_ascii_whitespace() || b == b'/');
            match self.rest.bytes().next() {
                None => break,
                Some(b'>') => {
                    self_closing = gap.ends_with('/');
                    self.take(1);
                    break;
                }
                Some(_) => self.attribute(&mut attributes),
            }
        }
        (name, attributes, self_closing)
    }

    fn attribute(&mut self, attributes: &mut Attributes) {
        let start = self.rest;
        // A name may begin with `=`.
        self.take(start.chars().next().map_or(0, char::len_utf8));
        self.take_while(|b| !b.is_ascii_whitespace() && !matches!(b, b'/' | b'>' | b'='));
        let name = &start[..start.len() - self.rest.len()];
        let mut value = "";
        let after_name = self.rest;
        self.take_while(|b| b.is_ascii_whitespace());
        if self.rest.starts_with('=') {
            self.take(1);
            self.take_while(|b| b.is_ascii_whitespace());
            value = match self.rest.bytes().next() {
                Some(b'"') => self.quoted("\""),
                Some(b'\'') => self.quoted("'"),
                _ => self.take_while(|b| !b.is_ascii_whitespace() && b != b'>'),
            };
        } else {
            self.rest = after_name;
        }
        let known = Attribute::of(&name.to_ascii_lowercase()).filter(|_| attributes.len() < MOST_ATTRIBUTES);
        if let Some(name) = known.filter(|name| attributes.iter().all(|(other, _)| other != name)) {
            attributes.push((name, decoded(value).into_owned()));
        }
    }

    fn quoted(&mut self, mark: &str) -> &'a str {
        self.take(mark.len());
        self.take_through(mark)
    }
}

/// Elements whose content is text, in the standard and (`noscript`) in browsers that run scripts.
const RAW_TEXT: [&str; 9] =
    ["script", "style", "title", "textarea", "iframe", "noembed", "noframes", "noscript", "xmp"];

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            if self.rest.is_empty() {
                return None;
            }
            if let Some(name) = self.raw.take() {
                let text = self.raw_text(name);
                if !text.is_empty() {
                    let has_references = matches!(name, "title" | "textarea");
                    return Some(Token::Text(if has_references {
                        decoded(text)
                    } else {
                        Cow::Borrowed(text)
                    }));
                }
                continue;
            }
            let text = self.text();
            if !text.is_empty() {
                return Some(Token::Text(decoded(text)));
            }
            if self.rest.starts_with("<!--") {
                self.take(4);
                self.take_through("-->");
            } else if self.rest.starts_with("<!") || self.rest.starts_with("<?") {
                self.take_through(">");
            } else if self.rest.starts_with("</") {
                self.take(2);
                if self.rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
                    let (name, ..) = self.tag();
                    return Some(Token::End(Tag::of(&name.to_ascii_lowercase())));
                }
                self.take_through(">");
            } else {
                self.take(1);
                return Some(self.start_tag());
            }
        }
    }
}

/// Reads character references. Numbers from 128 to 159 mean Windows-1252, as in browsers.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let plain = html_escape::decode_html_entities(text);
    if !plain.contains(|c| ('\u{80}'..='\u{9f}').contains(&c)) {
        return plain;
    }
    let western = |c: char| match u8::try_from(c) {
        Ok(byte @ 0x80..=0x9f) => encoding_rs::WINDOWS_1252.decode(&[byte]).0.chars().next().unwrap_or(c),
        _ => c,
    };
    Cow::Owned(plain.chars().map(western).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Token<'_> {
        Token::Text(Cow::Borrowed(text))
    }

    fn start(tag: Tag, attributes: &[(Attribute, &str)]) -> Token<'static> {
        let attributes = attributes.iter().map(|&(name, value)| (name, value.to_owned())).collect();
        Token::Start { tag, attributes, self_closing: false }
    }

    fn tokens(page: &str) -> Vec<Token<'_>> {
        Tokens::of(page).collect()
    }

    #[test]
    fn tags_and_texts_alternate() {
        assert_eq!(
            tokens("a<P Class='x y' id=z hidden data-q=\"<>\">b &amp; c</p >d"),
            [
                text("a"),
                start(Tag::P, &[(Attribute::Class, "x y"), (Attribute::Id, "z"), (Attribute::Hidden, "")]),
                text("b & c"),
                Token::End(Tag::P),
                text("d")
            ]
        );
    }

    #[test]
    fn character_references_are_read() {
        assert_eq!(
            tokens("&lt;p&gt; &#8217;&#x2019;&#146; &eacute; R&D &unknown;"),
            [text("<p> ’’’ é R&D &unknown;")]
        );
    }

    #[test]
    fn comments_and_declarations_are_passed_over() {
        assert_eq!(
            tokens("<!doctype html><!-- <p> -->a<?x?><![CDATA[b]]>c</>d"),
            [text("a"), text("c"), text("d")]
        );
        assert_eq!(tokens("<!-- never closed <p>a"), []);
    }

    #[test]
    fn scripts_end_at_their_own_end_tag() {
        let found = tokens("<script>if (a<b) '</p>&amp;'</script x>c");
        assert_eq!(
            found,
            [start(Tag::Script, &[]), text("if (a<b) '</p>&amp;'"), Token::End(Tag::Script), text("c")]
        );
    }

    #[test]
    fn a_lone_bracket_is_text() {
        assert_eq!(tokens("1 < 2 <3 a<"), [text("1 < 2 <3 a<")]);
    }

    #[test]
    fn what_breaks_off_ends_quietly() {
        for page in [
            "<",
            "<a",
            "<a b",
            "<a b=",
            "<a b='",
            "<a b='c",
            "</",
            "</a",
            "<!",
            "<!-",
            "<?",
            "&",
            "&#",
            "&#x110000;",
            "<script>",
            "<script></",
        ] {
            let _whatever = tokens(page);
        }
        assert_eq!(
            tokens("<br/>"),
            [Token::Start { tag: Tag::Br, attributes: Vec::new(), self_closing: true }]
        );
    }

    #[test]
    fn of_a_repeated_attribute_the_first_counts() {
        assert_eq!(tokens("<a id=1 ID=2 =x>"), [start(Tag::A, &[(Attribute::Id, "1")])]);
    }
}
