//! Addresses that stay one token.

use crate::model::Characters;

/// Whether the whole text is an address: a scheme, a user, a host name or number, a port, a path; all but the host
/// optional.
pub fn is_url(text: &str, lower: &Characters) -> bool {
    if !text.contains('.') || text.contains(char::is_whitespace) {
        return false;
    }
    let starts = [Some(0), after_scheme(text)];
    starts.into_iter().flatten().any(|start| {
        let rest = &text[start..];
        let users = rest.match_indices('@').filter(|(at, _)| *at > 0).map(|(at, _)| at + 1);
        std::iter::once(0).chain(users).any(|host| is_host_and_path(&rest[host..], lower))
    })
}

fn after_scheme(text: &str) -> Option<usize> {
    let end = text.find("://")?;
    let scheme = &text[..end];
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '+' | '-' | '.');
    (scheme.chars().count() >= 2 && scheme.chars().all(fits)).then_some(end + 3)
}

fn is_host_and_path(text: &str, lower: &Characters) -> bool {
    let path = text.find(['/', '?', '#']).unwrap_or(text.len());
    let (authority, _) = text.split_at(path);
    let host = match authority.rsplit_once(':') {
        Some((host, port)) => {
            let is_port = (2..=5).contains(&port.len()) && port.bytes().all(|b| b.is_ascii_digit());
            if !is_port {
                return false;
            }
            host
        }
        None => authority,
    };
    is_public_number(host) || is_name(host, lower)
}

/// Four numbers, without those of private networks, loopback and multicast.
fn is_public_number(host: &str) -> bool {
    let parts: Option<Vec<u16>> = host
        .split('.')
        .map(|part| if part.len() <= 3 && !part.is_empty() { part.parse().ok() } else { None })
        .collect();
    match parts.as_deref() {
        Some([a, b, c, d]) => {
            (1..=223).contains(a)
                && *b <= 255
                && *c <= 255
                && (1..=254).contains(d)
                && !matches!((a, b), (10 | 127, _) | (169, 254) | (192, 168) | (172, 16..=31))
        }
        _ => false,
    }
}

/// Labels joined by stops, the last of two or more lower-case letters.
fn is_name(host: &str, lower: &Characters) -> bool {
    let Some((labels, top)) = host.rsplit_once('.') else { return false };
    let is_top = (2..=63).contains(&top.chars().count()) && top.chars().all(|c| lower.has(c));
    let fits = |c: char| c.is_ascii_alphanumeric() || ('\u{a1}'..='\u{ffff}').contains(&c);
    is_top
        && labels.split('.').all(|label| {
            let inner = |c: char| fits(c) || c == '_' || c == '-';
            (1..=64).contains(&label.chars().count())
                && label.chars().all(inner)
                && label.starts_with(fits)
                && label.ends_with(fits)
        })
}
