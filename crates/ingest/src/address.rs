//! Addresses and what they are relative to (RFC 3986, section 5).

use oxiri::{Iri, IriRef};

/// Resolves `reference` against `base`. What is absolute, or has no usable base, stays as it is.
pub fn resolve(base: Option<&str>, reference: &str) -> String {
    let reference = reference.trim();
    match base.filter(|base| is_base(base)) {
        // Feeds hold addresses with blanks and brackets, which no check lets through but every browser opens.
        Some(base) if scheme(reference).is_none() => {
            Iri::parse_unchecked(base).resolve_unchecked(&IriRef::parse_unchecked(reference)).into_inner()
        }
        _ => reference.to_owned(),
    }
}

/// The base that holds inside of an element which names `declared`. A base that no page can be at (`javascript:`) is none.
pub(crate) fn base_inside(base: Option<&str>, declared: &str) -> Option<String> {
    let mut declared = declared.trim().to_owned();
    // `http:///host/` is a slip of the pen.
    if let Some(at) = declared.find(":///").filter(|&at| declared[..at].starts_with("http")) {
        let rest = declared[at + 1..].trim_start_matches('/').to_owned();
        declared = format!("{}://{rest}", &declared[..at]);
    }
    let resolved = resolve(base, &declared);
    if is_base(&resolved) { Some(resolved) } else { base.map(str::to_owned) }
}

/// Whether relative addresses can be resolved against this.
pub fn is_base(address: &str) -> bool {
    scheme(address).is_some_and(|scheme| address[scheme.len()..].starts_with("://"))
}

/// What an address begins with, up to its colon.
pub(crate) fn scheme(address: &str) -> Option<&str> {
    let (scheme, _) = address.split_once(':')?;
    let fits = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    fits.then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved() {
        let base = Some("https://courier.example/news/2021/index.xml?a=b");
        for (reference, wanted) in [
            ("https://tagus.example/1", "https://tagus.example/1"),
            ("rain.html", "https://courier.example/news/2021/rain.html"),
            ("/rain", "https://courier.example/rain"),
            ("../rain", "https://courier.example/news/rain"),
            ("../../../../rain", "https://courier.example/rain"),
            ("//tagus.example/rain", "https://tagus.example/rain"),
            ("?p=7", "https://courier.example/news/2021/index.xml?p=7"),
            ("urn:uuid:7", "urn:uuid:7"),
            ("rain [1] é.html", "https://courier.example/news/2021/rain [1] é.html"),
            ("", "https://courier.example/news/2021/index.xml?a=b"),
        ] {
            assert_eq!(resolve(base, reference), wanted, "{reference}");
        }
        assert_eq!(resolve(None, " rain.html\n"), "rain.html");
        assert_eq!(resolve(Some("courier"), "rain.html"), "rain.html");
    }

    #[test]
    fn a_base_is_an_address_that_pages_can_be_at() {
        let outer = Some("https://courier.example/");
        assert_eq!(base_inside(outer, "news/").as_deref(), Some("https://courier.example/news/"));
        assert_eq!(base_inside(outer, "javascript:alert(1)").as_deref(), outer);
        assert_eq!(base_inside(outer, "http:///tagus.example/a").as_deref(), Some("http://tagus.example/a"));
        assert_eq!(base_inside(None, "news/"), None);
    }
}
