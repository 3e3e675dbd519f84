//! Fetching what an address leads to, without being led inside: a caller could otherwise make the server ask machines
//! that only it reaches. Every name is resolved once; every address that comes of it must be public, and the connection
//! goes to one of those, not to the name again. Redirects are followed by hand, each checked like the first address.

use std::io::Read as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::time::Duration;

use axum::http::Uri;
use ureq::Agent;
use ureq::config::Config;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use watchkeeper_ingest::Sent;

use super::http::problem::Problem;

/// The most that an address may give.
const LONGEST_BODY: u64 = 16 * 1024 * 1024;
/// How long all of it may take, redirects included one by one.
const TIME: Duration = Duration::from_secs(20);
/// How many redirects are followed.
const MOST_REDIRECTS: usize = 5;
/// The longest address.
const LONGEST_ADDRESS: usize = 4096;

/// What an address gave.
#[derive(Debug)]
pub struct Fetched {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What came with them.
    pub sent: Sent,
}

/// Whether connections may go to an address.
type Admits = fn(IpAddr) -> bool;

/// Fetches what an address leads to.
#[derive(Debug)]
pub struct Fetcher {
    agent: Agent,
}

impl Default for Fetcher {
    fn default() -> Self {
        Self::admitting(is_public)
    }
}

impl Fetcher {
    fn admitting(admits: Admits) -> Self {
        let config = Config::builder()
            .timeout_global(Some(TIME))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            // A proxy would resolve the name again, and elsewhere.
            .proxy(None)
            .max_idle_connections(0)
            .user_agent(concat!("watchkeeper/", env!("CARGO_PKG_VERSION")))
            .build();
        let resolver = Checked { admits, resolver: Arc::new(DefaultResolver::default()) };
        Self { agent: Agent::with_parts(config, DefaultConnector::default(), resolver) }
    }

    /// Fetches what an address leads to.
    ///
    /// # Errors
    /// 422 where the address is none that may be fetched, or nothing usable comes of it.
    pub fn fetch(&self, address: &str) -> Result<Fetched, Problem> {
        let mut address = address.trim().to_owned();
        for _ in 0..=MOST_REDIRECTS {
            let uri = checked(&address)?;
            let mut response = self.agent.get(&uri).call().map_err(|error| failure(&address, &error))?;
            let header = |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok());
            if response.status().is_redirection() {
                let to =
                    header("location").ok_or_else(|| bad(&address, "it leads on without saying where to"))?;
                address = watchkeeper_ingest::address::resolve(Some(&address), to);
                continue;
            }
            if !response.status().is_success() {
                return Err(bad(&address, &format!("it answered {}", response.status())));
            }
            let headers: Vec<(String, String)> = response
                .headers()
                .iter()
                .filter_map(|(name, value)| Some((name.to_string(), value.to_str().ok()?.to_owned())))
                .collect();
            let mut bytes = Vec::new();
            let reader = response.body_mut().as_reader();
            reader
                .take(LONGEST_BODY + 1)
                .read_to_end(&mut bytes)
                .map_err(|_| bad(&address, "it broke off, or took too long"))?;
            if bytes.len() as u64 > LONGEST_BODY {
                return Err(bad(&address, &format!("it holds more than {} MiB", LONGEST_BODY >> 20)));
            }
            return Ok(Fetched { bytes, sent: Sent::by_http(&address, &headers) });
        }
        Err(bad(&address, "it leads on and on"))
    }
}

fn bad(address: &str, why: &str) -> Problem {
    Problem::unprocessable(format!("{}: {why}", shown(address)))
}

fn shown(address: &str) -> String {
    address.chars().take(200).collect()
}

/// What the resolver says of an address inside; the transport hands it on in words.
const INSIDE: &str = "leads inside";

fn failure(address: &str, error: &ureq::Error) -> Problem {
    match error {
        ureq::Error::Other(inner) if inner.to_string() == INSIDE => Problem::unprocessable(format!(
            "{}: leads to a machine inside; only public addresses are fetched",
            shown(address)
        )),
        ureq::Error::HostNotFound => bad(address, "no machine of that name is known"),
        ureq::Error::Timeout(_) => bad(address, "it took too long"),
        error => bad(address, &error.to_string()),
    }
}

/// An address that may be fetched, as far as it shows before its name is resolved.
fn checked(address: &str) -> Result<Uri, Problem> {
    let refuse = |why: &str| Problem::unprocessable(format!("{}: {why}", shown(address)));
    if address.len() > LONGEST_ADDRESS {
        return Err(refuse("an address this long is not fetched"));
    }
    // Before the rest is read: what has no host, as a file's address, is none for the parser.
    let begins = |with: &str| address.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
    if !begins("http://") && !begins("https://") {
        return Err(refuse("only http and https are fetched"));
    }
    let uri: Uri = address.parse().map_err(|_| refuse("not an address; write it as https://…"))?;
    let has_user = uri.authority().is_none_or(|authority| authority.as_str().contains('@'));
    if has_user || uri.host().is_none_or(str::is_empty) {
        return Err(refuse("an address with a user name, or without a host, is not fetched"));
    }
    Ok(uri)
}

/// Resolves names, and refuses what leads inside.
struct Checked {
    admits: Admits,
    resolver: Arc<DefaultResolver>,
}

impl std::fmt::Debug for Checked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Checked").finish_non_exhaustive()
    }
}

impl Resolver for Checked {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let resolved = self.resolver.resolve(uri, config, timeout)?;
        if resolved.iter().all(|address| (self.admits)(address.ip())) {
            Ok(resolved)
        } else {
            Err(ureq::Error::Other(INSIDE.into()))
        }
    }
}

/// Whether an address is one of the public Internet (the special registries of IANA, RFC 6890 and its successors).
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let is_special = matches!(
        (a, b, c),
        (0 | 10 | 127, ..)
            | (100, 64..=127, _)
            | (169, 254, _)
            | (172, 16..=31, _)
            | (192, 168, _)
            | (192, 0, 0 | 2)
            | (192, 31, 196)
            | (192, 52, 193)
            | (192, 88, 99)
            | (192, 175, 48)
            | (198, 18..=19, _)
            | (198, 51, 100)
            | (203, 0, 113)
            // The agent of a cloud's own machines.
            | (168, 63, 129)
            | (224.., ..)
    );
    !is_special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match parts {
        // IPv4 in IPv6: mapped, translated, by way of NAT64, 6to4.
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0, 0, 0, 0, 0xffff, 0, high, low] => embedded(high, low),
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => embedded(high, low),
        [0x2002, high, low, ..] => embedded(high, low),
        // Teredo, benchmarks, ORCHID, documentation.
        [0x2001, 0..=0x1ff, ..] | [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => false,
        [first, ..] => (0x2000..=0x3fff).contains(&first),
    }
}

/// Whether a name leads to public addresses only; for tests of the resolver.
#[cfg(test)]
fn leads_outside(host: &str) -> bool {
    std::net::ToSocketAddrs::to_socket_addrs(&(host, 80))
        .is_ok_and(|mut all| all.all(|address| is_public(address.ip())))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;
    use std::net::TcpListener;

    use super::*;

    #[test]
    fn special_addresses_are_inside() {
        for inside in [
            "127.0.0.1",
            "127.255.0.1",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "198.18.0.1",
            "192.0.2.1",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "fe80::1",
            "fc00::1",
            "fd12:3456::1",
            "fec0::1",
            "ff02::1",
            "2001:db8::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "::ffff:169.254.169.254",
            "64:ff9b::7f00:1",
            "64:ff9b:1::1",
            "2002:7f00:1::",
            "::7f00:1",
            "2001::1",
            "fd00:ec2::254",
            "100::1",
        ] {
            assert!(!is_public(inside.parse().expect("an address")), "{inside}");
        }
        for outside in
            ["1.1.1.1", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:1.1.1.1"]
        {
            assert!(is_public(outside.parse().expect("an address")), "{outside}");
        }
    }

    #[test]
    fn numbers_in_other_spellings_are_seen_through() {
        for host in ["localhost", "0x7f000001", "2130706433", "017700000001", "127.1"] {
            assert!(!leads_outside(host), "{host}");
        }
    }

    #[test]
    fn only_addresses_of_the_web_are_fetched() {
        for address in [
            "file:///etc/passwd",
            "ftp://example.com/",
            "gopher://example.com/",
            "example.com",
            "//example.com/",
            "",
            "http://",
            "http:///x",
            "https://user@example.com/",
            "javascript:alert(1)",
            "data:text/plain,x",
        ] {
            let problem = Fetcher::default().fetch(address).expect_err(address);
            assert_eq!(
                problem.status,
                axum::http::StatusCode::UNPROCESSABLE_ENTITY,
                "{address}: {}",
                problem.detail
            );
        }
        for address in [
            "http://127.0.0.1:1/",
            "http://[::1]/",
            "http://localhost/",
            "http://[::ffff:7f00:1]/",
            "http://2130706433/",
        ] {
            let problem = Fetcher::default().fetch(address).expect_err(address);
            assert!(problem.detail.contains("machine inside"), "{address}: {}", problem.detail);
        }
    }

    /// A server that answers each call with the next of these.
    fn server(answers: Vec<String>) -> u16 {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        std::thread::spawn(move || {
            for answer in answers {
                let Ok((mut stream, _)) = listener.accept() else { return };
                let mut head = [0; 4096];
                let _ = stream.read(&mut head);
                let _ = stream.write_all(answer.as_bytes());
            }
        });
        port
    }

    fn redirect(to: &str) -> String {
        format!("HTTP/1.1 302 Found\r\nlocation: {to}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
    }

    /// As outside counts here only 127.0.0.1.
    fn fetcher() -> Fetcher {
        Fetcher::admitting(|address| address == IpAddr::V4(Ipv4Addr::LOCALHOST))
    }

    #[test]
    fn a_redirect_inside_is_not_followed() {
        for to in [
            "http://127.0.0.2/",
            "http://[::1]:9/",
            "http://169.254.169.254/latest/meta-data/",
            "http://10.0.0.1/",
        ] {
            let port = server(vec![redirect(to)]);
            let problem = fetcher().fetch(&format!("http://127.0.0.1:{port}/")).expect_err(to);
            assert!(problem.detail.contains("machine inside"), "{to}: {}", problem.detail);
        }
        let port = server(vec![redirect("file:///etc/passwd")]);
        let problem = fetcher().fetch(&format!("http://127.0.0.1:{port}/")).expect_err("a file");
        assert!(problem.detail.contains("only http and https"), "{}", problem.detail);
    }

    #[test]
    fn redirects_outside_are_followed_but_not_for_ever() {
        let body = "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 4\r\nconnection: close\r\n\r\nRain";
        let port = server(vec![redirect("/elsewhere"), body.to_owned()]);
        let fetched = fetcher().fetch(&format!("http://127.0.0.1:{port}/")).expect("an answer");
        assert_eq!(fetched.bytes, b"Rain");
        assert_eq!(fetched.sent.url, Some(format!("http://127.0.0.1:{port}/elsewhere")));
        let port = server(vec![redirect("/again"); 10]);
        let problem = fetcher().fetch(&format!("http://127.0.0.1:{port}/")).expect_err("a circle");
        assert!(problem.detail.contains("on and on"), "{}", problem.detail);
    }
}
