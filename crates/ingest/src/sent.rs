//! What comes with a document beside its bytes.

use crate::address::{is_base, resolve};

/// What is known of a document beside its bytes: from the transfer that brought it, or from the caller.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Where it came from; what it holds may be relative to that.
    pub url: Option<String>,
    /// Its charset.
    pub charset: Option<String>,
    /// Its language.
    pub language: Option<String>,
}

impl Sent {
    /// What the headers of an HTTP response from `url` say.
    pub fn by_http(url: &str, headers: &[(String, String)]) -> Self {
        let header = |wanted: &str| {
            let found = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
            found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
        };
        let location = header("content-location").map(|location| resolve(Some(url), location));
        // One language or several for one public ("de, en"): only one says what the text is in.
        let language = header("content-language").filter(|language| !language.contains(','));
        Self {
            url: Some(location.filter(|location| is_base(location)).unwrap_or_else(|| url.to_owned())),
            charset: header("content-type").and_then(charset),
            language: language.map(str::to_owned),
        }
    }
}

/// The charset in a content type.
fn charset(content_type: &str) -> Option<String> {
    let mut parameters = content_type.split(';').skip(1).filter_map(|parameter| parameter.split_once('='));
    let (_, value) = parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("charset"))?;
    let value = value.trim().trim_matches(['"', '\'']);
    (!value.is_empty()).then(|| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_read() {
        let headers = [
            ("Content-Type", "text/html; Charset=\"iso-8859-1\""),
            ("content-location", "/rain.html"),
            ("Content-Language", "en"),
        ];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let sent = Sent::by_http("https://courier.example/news/", &headers);
        assert_eq!(sent.url.as_deref(), Some("https://courier.example/rain.html"));
        assert_eq!(sent.charset.as_deref(), Some("iso-8859-1"));
        assert_eq!(sent.language.as_deref(), Some("en"));
        let sent = Sent::by_http(
            "https://courier.example/",
            &[("Content-Location".to_owned(), "javascript:x".to_owned())],
        );
        assert_eq!(sent.url.as_deref(), Some("https://courier.example/"));
    }
}
