//! Who may call: tokens and roles, and which addresses and pages a call may come from.

use std::net::{IpAddr, SocketAddr};

use axum::http::{HeaderMap, Method, StatusCode, Uri};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use watchkeeper_store::Role;

use super::http::problem::Problem;
use super::http::route::Needs;
use super::state::App;

/// Who calls.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Caller {
    /// The token's name, or `local`.
    pub name: String,
    /// What they may do; absent where a token is needed and none is there.
    pub role: Option<Role>,
}

/// How many random bytes a token holds.
const TOKEN_BYTES: usize = 32;
/// What tokens begin with, so that they are known for what they are where they are found.
const TOKEN_PREFIX: &str = "wk_";

/// A new token.
///
/// # Errors
/// Where the system gives no random bytes.
pub fn new_token() -> anyhow::Result<String> {
    let mut bytes = [0; TOKEN_BYTES];
    getrandom::fill(&mut bytes)
        .map_err(|error| anyhow::anyhow!("no random bytes from the system: {error}"))?;
    Ok(format!("{TOKEN_PREFIX}{}", hex(&bytes)))
}

/// The hash by which a token is known. Tokens are random and long, so that one round of SHA-256 is enough.
pub fn hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// Bytes in hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Who calls, by the token in the headers.
///
/// # Errors
/// Where a token is there that does not count, or the store cannot be asked.
pub fn caller(app: &App, headers: &HeaderMap) -> Result<Caller, Problem> {
    let Some(value) = headers.get("authorization") else {
        let role = (!app.needs_tokens()).then_some(Role::Admin);
        return Ok(Caller { name: "local".to_owned(), role });
    };
    let token = value.to_str().ok().and_then(|value| {
        let (scheme, token) = value.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    });
    let refused = || Problem::new(StatusCode::UNAUTHORIZED, "this token does not count; ask for a new one");
    let token = token.ok_or_else(refused)?;
    let found = app.token(&hash(token))?.filter(|token| token.revoked_at.is_none()).ok_or_else(refused)?;
    Ok(Caller { name: found.name, role: Some(found.role) })
}

/// Lets a caller through who may call.
///
/// # Errors
/// 401 where a token is needed, 403 where it is not enough.
pub fn admit(caller: &Caller, needs: Needs) -> Result<(), Problem> {
    match (needs, caller.role) {
        (Needs::Nothing, _) => Ok(()),
        (Needs::Role(_), None) => {
            Err(Problem::new(StatusCode::UNAUTHORIZED, "a token is needed: Authorization: Bearer …"))
        }
        (Needs::Role(needed), Some(role)) if role >= needed => Ok(()),
        (Needs::Role(needed), Some(role)) => Err(Problem::new(
            StatusCode::FORBIDDEN,
            format!("this needs the role {}, the token has {}", needed.as_str(), role.as_str()),
        )),
    }
}

/// By which names the server may be called. A page of another site that has its own name lead to this address
/// ("DNS rebinding") is told by the name that it calls.
#[derive(Clone, Debug)]
pub struct Hosts {
    is_loopback: bool,
    names: Vec<String>,
}

impl Hosts {
    /// The names of a server that listens here, and those that it is also known by.
    pub fn new(listens: SocketAddr, names: &[String]) -> Self {
        let names = names.iter().map(|name| name.to_ascii_lowercase()).collect();
        Self { is_loopback: listens.ip().is_loopback(), names }
    }

    /// Lets a call through that names the server as it is known.
    ///
    /// # Errors
    /// Where it names another, or none, or several.
    pub fn check(&self, headers: &HeaderMap, uri: &Uri) -> Result<(), Problem> {
        let mut named = headers.get_all("host").iter();
        let host = named.next().and_then(|host| host.to_str().ok());
        let authority = uri.authority().map(|authority| authority.as_str());
        let all_known = host.is_some_and(|host| self.knows(host)) && authority.is_none_or(|a| self.knows(a));
        if all_known && named.next().is_none() {
            return Ok(());
        }
        let detail =
            "the Host header names another server; start this one with --host NAME if the name is right";
        Err(Problem::new(StatusCode::MISDIRECTED_REQUEST, detail))
    }

    fn knows(&self, authority: &str) -> bool {
        let Some(name) = host_of(authority) else { return false };
        if let Ok(address) = name.trim_matches(['[', ']']).parse::<IpAddr>() {
            return address.is_loopback() || !self.is_loopback;
        }
        name == "localhost" || self.names.contains(&name)
    }
}

/// The host of `host:port`, in lower case; absent where the authority is not of that form.
fn host_of(authority: &str) -> Option<String> {
    let (host, port) = match authority.rfind(':') {
        Some(at) if !authority[at..].contains(']') => (&authority[..at], Some(&authority[at + 1..])),
        _ => (authority, None),
    };
    let port_fits = port.is_none_or(|port| port.parse::<u16>().is_ok());
    (port_fits && !host.is_empty() && !host.contains('@')).then(|| host.to_ascii_lowercase())
}

/// Lets a writing call through that no page of another site has made.
///
/// # Errors
/// Where the browser says that another site made it.
pub fn check_site(method: &Method, headers: &HeaderMap) -> Result<(), Problem> {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return Ok(());
    }
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let same_site = text("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
    let same_origin = text("origin").is_none_or(|origin| {
        let origin = origin.split_once("://").map(|(_, authority)| authority.to_ascii_lowercase());
        origin.is_some() && origin == text("host").map(str::to_ascii_lowercase)
    });
    if same_site && same_origin {
        return Ok(());
    }
    Err(Problem::new(StatusCode::FORBIDDEN, "a page of another site may not write here"))
}

/// Now, for what is written down.
pub fn now() -> Timestamp {
    Timestamp::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().expect("a header value"));
        }
        headers
    }

    #[test]
    fn a_loopback_server_is_known_by_loopback_names() {
        let hosts = Hosts::new("127.0.0.1:8080".parse().expect("an address"), &["Desk.example".to_owned()]);
        let knows = |host: &str| hosts.check(&headers(&[("host", host)]), &Uri::from_static("/")).is_ok();
        for known in ["127.0.0.1:8080", "localhost:8080", "LOCALHOST", "[::1]:8080", "desk.example"] {
            assert!(knows(known), "{known}");
        }
        for other in ["evil.example", "10.0.0.1", "localhost.evil.example", "x@localhost", "localhost:x", ""]
        {
            assert!(!knows(other), "{other}");
        }
        let twice = headers(&[("host", "localhost"), ("host", "evil.example")]);
        assert!(hosts.check(&twice, &Uri::from_static("/")).is_err());
        let absolute = Uri::from_static("http://evil.example/");
        assert!(hosts.check(&headers(&[("host", "localhost")]), &absolute).is_err());
    }

    #[test]
    fn another_site_may_not_write() {
        let writes = |pairs: &[(&'static str, &str)]| check_site(&Method::POST, &headers(pairs)).is_ok();
        assert!(writes(&[("host", "localhost:8080")]));
        assert!(writes(&[("host", "localhost:8080"), ("origin", "http://localhost:8080")]));
        assert!(writes(&[("host", "localhost"), ("sec-fetch-site", "same-origin")]));
        assert!(!writes(&[("host", "localhost:8080"), ("origin", "http://evil.example")]));
        assert!(!writes(&[("host", "localhost:8080"), ("origin", "http://localhost:9999")]));
        assert!(!writes(&[("host", "localhost:8080"), ("origin", "null")]));
        assert!(!writes(&[("host", "localhost"), ("sec-fetch-site", "cross-site")]));
        assert!(!writes(&[("host", "localhost"), ("sec-fetch-site", "same-site")]));
    }
}
