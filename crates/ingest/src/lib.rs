//! Bytes to captures.

use serde::Deserialize;
use watchkeeper_core::document::{Capture, PublishedAt};

#[derive(Deserialize)]
struct Line {
    url: Option<String>,
    source: Option<String>,
    published: Option<String>,
    title: Option<String>,
    text: Option<String>,
}

/// The reports in some bytes: JSON Lines, else one plain text.
pub fn captures(bytes: &[u8]) -> Vec<Capture> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    if !text.trim_start().starts_with('{') {
        return vec![Capture { text, ..Capture::default() }];
    }
    text.lines()
        .filter_map(|line| serde_json::from_str::<Line>(line).ok())
        .map(|line| Capture {
            url: line.url,
            source: line.source,
            title: line.title,
            text: line.text.unwrap_or_default(),
            published: line.published.and_then(|at| published(&at)),
            ..Capture::default()
        })
        .collect()
}

fn published(at: &str) -> Option<PublishedAt> {
    if let Ok(time) = at.parse::<jiff::Timestamp>() {
        return Some(PublishedAt::Instant(time, jiff::tz::Offset::UTC));
    }
    at.parse().ok().map(PublishedAt::Day)
}
