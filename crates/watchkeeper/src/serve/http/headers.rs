//! Headers that go with every answer.

use axum::http::{HeaderMap, HeaderName, HeaderValue};

/// What a page of ours may do: nothing but what comes from here, inside no other page.
pub const PAGE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; \
    connect-src 'self'; worker-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
/// What an answer that is no page may do: nothing.
pub const DATA_POLICY: &str =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// Puts the headers that go with every answer.
pub fn protect(headers: &mut HeaderMap, is_page: bool) {
    let policy = if is_page { PAGE_POLICY } else { DATA_POLICY };
    for (name, value) in [
        ("content-security-policy", policy),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "no-referrer"),
        ("x-frame-options", "DENY"),
        ("cross-origin-resource-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
}
