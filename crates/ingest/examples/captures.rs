//! Prints what `captures` makes of files, as JSON Lines: `cargo run --example captures -- FILE…`
//!
//! Useful to look at the article body that is found on a page without the rest of the reading.

use std::fs::File;

use watchkeeper_core::clean::Boilerplate;
use watchkeeper_ingest::{Defaults, captures};

fn main() -> std::io::Result<()> {
    let rules = include_str!("../../../knowledge/boilerplate/english.toml");
    let boilerplate = Boilerplate::parse([("english.toml", rules)]).map_err(std::io::Error::other)?;
    for name in std::env::args().skip(1) {
        for outcome in captures(File::open(&name)?, &Defaults::default(), &boilerplate) {
            let rejected = outcome.as_ref().err().map(ToString::to_string);
            let capture = outcome.unwrap_or_else(watchkeeper_ingest::Rejection::into_capture);
            let line = serde_json::json!({
                "file": name, "url": capture.url, "source": capture.source, "title": capture.title,
                "published": capture.published.map(|at| format!("{at:?}")), "language": capture.language,
                "text": capture.text, "rejected": rejected,
            });
            println!("{line}");
        }
    }
    Ok(())
}
