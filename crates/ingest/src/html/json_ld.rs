//! What a page says of its article in JSON-LD, by the vocabulary of schema.org.

use serde_json::Value;

use super::dom::{Dom, ROOT};
use super::tags::Tag;
use super::tokens::Attribute;

/// An article as a page describes it for machines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Described {
    pub(super) headline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) modified: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) language: Option<String>,
    pub(super) url: Option<String>,
    pub(super) body: Option<String>,
}

/// The types of schema.org that are reports.
const ARTICLE_TYPES: [&str; 12] = [
    "NewsArticle",
    "ReportageNewsArticle",
    "AnalysisNewsArticle",
    "BackgroundNewsArticle",
    "OpinionNewsArticle",
    "ReviewNewsArticle",
    "Article",
    "BlogPosting",
    "LiveBlogPosting",
    "Report",
    "TechArticle",
    "WebPage",
];

/// The article that a page describes: the one with the most detail among those of the most specific type.
pub(super) fn describe(dom: &Dom) -> Option<Described> {
    let mut best: Option<(usize, Described)> = None;
    for node in dom.walk(ROOT) {
        let is_data = dom.tag(node) == Tag::Script
            && dom
                .attribute(node, Attribute::Type)
                .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json"));
        if !is_data {
            continue;
        }
        let text: String = dom.nodes[node].children.iter().map(|&child| dom.text(child)).collect();
        let Some(value) = parse(&text) else { continue };
        let mut open = vec![&value];
        while let Some(value) = open.pop() {
            match value {
                Value::Array(items) => open.extend(items.iter().rev()),
                Value::Object(fields) => {
                    if let Some(rank) = rank(value) {
                        let described = described(value);
                        if best.as_ref().is_none_or(|(known, _)| rank < *known) {
                            best = Some((rank, described));
                        }
                    }
                    open.extend(fields.get("@graph").into_iter().chain(fields.get("mainEntity")));
                }
                Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
            }
        }
    }
    best.map(|(_, described)| described)
}

/// Reads JSON as pages write it: with comments around it and line breaks inside of strings.
fn parse(text: &str) -> Option<Value> {
    let text = text.trim().trim_start_matches("<!--").trim_end_matches("-->");
    let text =
        text.trim().trim_start_matches("//<![CDATA[").trim_end_matches("//]]>").trim_end_matches(';').trim();
    serde_json::from_str(text).ok().or_else(|| {
        let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&plain).ok()
    })
}

/// How specific the type is; lower is more.
fn rank(value: &Value) -> Option<usize> {
    let rank_of = |kind: &str| {
        let name = kind.rsplit('/').next().unwrap_or(kind);
        ARTICLE_TYPES.iter().position(|known| *known == name)
    };
    match value.get("@type")? {
        Value::String(kind) => rank_of(kind),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).filter_map(rank_of).min(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
    }
}

fn described(value: &Value) -> Described {
    let text = |name: &str| plain(value.get(name)?);
    Described {
        headline: text("headline").or_else(|| text("name")),
        published: text("datePublished").or_else(|| text("dateCreated")),
        modified: text("dateModified"),
        publisher: value.get("publisher").and_then(name_of),
        language: value.get("inLanguage").and_then(name_of),
        url: text("url").or_else(|| {
            let page = value.get("mainEntityOfPage")?;
            plain(page.get("@id").unwrap_or(page))
        }),
        body: value.get("articleBody").and_then(Value::as_str).map(str::to_owned),
    }
}

fn plain(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.as_str(),
        Value::Array(items) => items.first()?.as_str()?,
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => return None,
    };
    // Some pages put HTML's character references into it.
    let text = if text.contains('&') { Dom::parse(text).text_below(ROOT) } else { text.trim().to_owned() };
    (!text.is_empty()).then_some(text)
}

fn name_of(value: &Value) -> Option<String> {
    match value {
        Value::Object(_) => plain(value.get("name")?),
        Value::Array(items) => name_of(items.iter().find(|item| !item.is_array())?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => plain(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Option<Described> {
        describe(&Dom::parse(&format!("<script type='application/ld+json'>{json}</script>")))
    }

    #[test]
    fn the_article_is_found_among_other_things() {
        let found = read(
            r#"{"@graph": [{"@type": "WebPage", "name": "Page"}, {"@type": "Organization", "name": "x"},
                {"@type": ["NewsArticle"], "headline": "Rain", "datePublished": "2021-02-03",
                 "publisher": {"@type": "Organization", "name": "Delta Courier"}, "mainEntityOfPage": {"@id": "https://courier.example/1"}}]}"#,
        )
        .expect("an article");
        assert_eq!(found.headline.as_deref(), Some("Rain"));
        assert_eq!(found.publisher.as_deref(), Some("Delta Courier"));
        assert_eq!(found.url.as_deref(), Some("https://courier.example/1"));
    }

    #[test]
    fn line_breaks_in_strings_and_nonsense_do_no_harm() {
        assert_eq!(
            read("{\"@type\": \"Article\", \"headline\": \"Rain\nfell\"}")
                .and_then(|d| d.headline)
                .as_deref(),
            Some("Rain fell")
        );
        assert_eq!(read("{"), None);
        assert_eq!(read(&"[".repeat(100_000)), None);
    }
}
