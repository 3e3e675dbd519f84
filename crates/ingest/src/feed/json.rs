//! JSON Feed, versions 1.0 and 1.1 (jsonfeed.org).

use serde_json::{Map, Value};

use super::{Entry, Feed, Link, Markup, Person, Text, Time, Times};
use crate::Sent;
use crate::address::{is_base, resolve};

/// Whether a JSON object is a feed: it says so, or has items and no text of its own.
pub(crate) fn is_feed(object: &Map<String, Value>) -> bool {
    let says_so =
        object.get("version").and_then(Value::as_str).is_some_and(|version| version.contains("jsonfeed.org"));
    object.get("items").is_some_and(Value::is_array)
        && (says_so || !(object.contains_key("text") || object.contains_key("html")))
}

/// The feed that a JSON object is.
pub(crate) fn feed(object: &Map<String, Value>, sent: &Sent) -> Feed {
    let sent_base = sent.url.as_deref().filter(|url| is_base(url));
    let page = string(object, "home_page_url").map(|url| resolve(sent_base, url));
    let own = string(object, "feed_url").map(|url| resolve(sent_base, url));
    let base = [own.as_deref(), sent_base, page.as_deref()].into_iter().flatten().find(|url| is_base(url));
    let language = string(object, "language").map(str::to_owned).or_else(|| sent.language.clone());
    let items = object.get("items").and_then(Value::as_array).into_iter().flatten();
    let here = Here { base: base.map(str::to_owned), language: language.clone() };
    Feed {
        title: string(object, "title").map(|title| here.text(title, Markup::Plain)),
        links: page.into_iter().map(|url| Link { relation: "alternate".to_owned(), url }).collect(),
        id: own.clone(),
        language,
        authors: authors(object, &here),
        times: Times::default(),
        entries: items.filter_map(Value::as_object).map(|item| entry(item, &here)).collect(),
        fault: None,
    }
}

struct Here {
    base: Option<String>,
    language: Option<String>,
}

impl Here {
    fn text(&self, value: &str, markup: Markup) -> Text {
        Text { value: value.to_owned(), markup, language: self.language.clone(), base: self.base.clone() }
    }
}

fn entry(item: &Map<String, Value>, feed: &Here) -> Entry {
    let language = string(item, "language").map(str::to_owned).or_else(|| feed.language.clone());
    let here = Here { base: feed.base.clone(), language: language.clone() };
    let time = |name| string(item, name).and_then(Time::parse);
    let html = string(item, "content_html").map(|html| here.text(html, Markup::Html));
    let text = || string(item, "content_text").map(|text| here.text(text, Markup::Plain));
    let links =
        [("url", "alternate"), ("external_url", "related")].into_iter().filter_map(|(name, relation)| {
            let url = resolve(here.base.as_deref(), string(item, name)?);
            Some(Link { relation: relation.to_owned(), url })
        });
    // The standard asks to read a number as a string.
    let number = || item.get("id").filter(|id| id.is_number()).map(ToString::to_string);
    Entry {
        id: string(item, "id").map(str::to_owned).or_else(number),
        title: string(item, "title").map(|title| here.text(title, Markup::Plain)),
        links: links.collect(),
        authors: authors(item, &here),
        times: Times { published: time("date_published"), updated: time("date_modified"), created: None },
        summary: string(item, "summary").map(|summary| here.text(summary, Markup::Plain)),
        content: html.or_else(text),
        origin: None,
        language,
    }
}

/// `authors` of version 1.1, `author` of 1.0.
fn authors(object: &Map<String, Value>, here: &Here) -> Vec<Person> {
    let many = object.get("authors").and_then(Value::as_array).into_iter().flatten();
    let people = many.chain(object.get("author")).filter_map(Value::as_object);
    let people = people.map(|author| Person {
        name: string(author, "name").map(str::to_owned),
        mail: None,
        url: string(author, "url").map(|url| resolve(here.base.as_deref(), url)),
    });
    people.filter(|person| *person != Person::default()).collect()
}

fn string<'a>(object: &'a Map<String, Value>, name: &str) -> Option<&'a str> {
    object.get(name)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}
