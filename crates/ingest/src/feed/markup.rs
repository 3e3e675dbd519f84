//! A feed found in a tree of markup. The names of the vocabularies do not clash, so that one reading serves all.

use super::names::Space;
use super::text::{self, Usual};
use super::xml::{Document, Element};
use super::{Entry, Feed, Link, Origin, Person, Text, Time, Times};
use crate::Sent;
use crate::address::{base_inside, is_base, resolve};

/// The feed in a document; none where its outermost element is none of a feed.
pub(super) fn feed(document: Document, sent: &Sent) -> Option<Feed> {
    let Document { root, fault } = document;
    let is_atom = match root.name.as_str() {
        "feed" => true,
        "rss" | "rdf" | "channel" => false,
        _ => return None,
    };
    let sent_base = sent.url.as_deref().filter(|url| is_base(url));
    let outermost = Here { base: sent_base.map(str::to_owned), language: sent.language.clone(), is_atom };
    let mut here = outermost.inside(&root);
    let channel = root.elements().find(|element| element.name == "channel");
    if let Some(channel) = channel {
        here = here.inside(channel);
    }
    let head = channel.unwrap_or(&root);
    let links = links(head, &here);
    if here.base.is_none() {
        here.base = super::page(&links).filter(|url| is_base(url)).map(str::to_owned);
    }
    let declared = plain(head, Space::Feed, "language").or_else(|| plain(head, Space::Dublin, "language"));
    here.language = declared.or(here.language);
    let entries = entries(&root, head, &outermost, &here);
    Some(Feed {
        title: title(head, &here),
        id: id(head, &here),
        language: here.language.clone(),
        authors: authors(head, &here),
        times: times(head),
        links,
        entries,
        fault,
    })
}

/// What holds for the element at hand.
#[derive(Clone)]
struct Here {
    base: Option<String>,
    language: Option<String>,
    is_atom: bool,
}

impl Here {
    fn inside(&self, element: &Element) -> Self {
        // CDF has an attribute of its own.
        let declared = element.attribute("xml:base");
        let base = match declared.or_else(|| element.attribute("base").filter(|_| element.name == "channel"))
        {
            Some(declared) => base_inside(self.base.as_deref(), declared),
            None => self.base.clone(),
        };
        let language = match element.attribute("xml:lang").map(str::trim) {
            Some("") => None,
            Some(declared) => Some(declared.replace('_', "-")),
            None => self.language.clone(),
        };
        Self { base, language, is_atom: self.is_atom }
    }

    fn resolve(&self, reference: &str) -> String {
        resolve(self.base.as_deref(), reference)
    }
}

/// All entries: in the feed, in its channel, beside its channel (RSS 1.0), or in whatever a careless feed put around them.
fn entries(root: &Element, head: &Element, outermost: &Here, here: &Here) -> Vec<Entry> {
    let mut entries = Vec::new();
    // What a channel declares holds for its own entries only; for those beside it, as in RSS 1.0, its language does too.
    let mut outer = outermost.inside(root);
    outer.base = outer.base.or_else(|| here.base.clone());
    outer.language = outer.language.or_else(|| here.language.clone());
    let mut open = vec![(root, outer)];
    while let Some((element, around)) = open.pop() {
        if matches!(element.name.as_str(), "item" | "entry") && element.space == Space::Feed {
            entries.push(entry(element, &around));
            continue;
        }
        let inside = |child: &Element| {
            if std::ptr::eq(child, head) { here.clone() } else { around.inside(child) }
        };
        let below: Vec<_> = element
            .elements()
            .filter(|child| matches!(child.space, Space::Feed | Space::Rdf))
            .map(|child| if is_entry(child) { (child, around.clone()) } else { (child, inside(child)) })
            .collect();
        open.extend(below.into_iter().rev());
    }
    entries
}

fn is_entry(element: &Element) -> bool {
    matches!(element.name.as_str(), "item" | "entry")
}

fn entry(element: &Element, around: &Here) -> Entry {
    let mut here = around.inside(element);
    let declared =
        plain(element, Space::Dublin, "language").or_else(|| plain(element, Space::Feed, "language"));
    here.language = declared.or(here.language);
    let mut summaries = element.elements().filter_map(|child| {
        let usual = match (child.space, child.name.as_str()) {
            (Space::Feed, "description" | "abstract") | (Space::Dublin, "description" | "abstract") => {
                Usual::Html
            }
            (Space::Feed, "summary" | "tagline") if here.is_atom => Usual::Plain,
            (Space::Feed, "summary") | (Space::Itunes, "summary") => Usual::Either,
            _ => return None,
        };
        read(child, &here, usual)
    });
    let summary = summaries.next();
    let content = element.elements().find_map(|child| {
        let usual = match (child.space, child.name.as_str()) {
            (Space::Feed, "content") if here.is_atom => Usual::Plain,
            (Space::Content, "encoded") | (Space::Feed, "fullitem" | "content") => Usual::Html,
            (Space::Xhtml | Space::Feed, "body") => Usual::Html,
            _ => return None,
        };
        read(child, &here, usual)
    });
    let content = content.or_else(|| summaries.next());
    Entry {
        id: id(element, &here),
        title: title(element, &here),
        links: links(element, &here),
        authors: authors(element, &here),
        times: times(element),
        summary,
        content,
        origin: child(element, Space::Feed, "source").map(|source| origin(source, &here)),
        language: here.language,
    }
}

/// An entry's source: in Atom a feed's head, in RSS a name with an address.
fn origin(element: &Element, around: &Here) -> Origin {
    let here = around.inside(element);
    let named = || read(element, &here, Usual::Either).filter(|text| !text.value.is_empty());
    let has_parts = element.elements().next().is_some();
    let mut links = links(element, &here);
    if let Some(url) = element.attribute("url") {
        links.push(Link { relation: "alternate".to_owned(), url: here.resolve(url) });
    }
    Origin {
        title: if has_parts { title(element, &here) } else { named() },
        links,
        id: id(element, &here),
        authors: authors(element, &here),
        times: times(element),
    }
}

fn child<'a>(element: &'a Element, space: Space, name: &str) -> Option<&'a Element> {
    element.elements().find(|child| child.space == space && child.name == name)
}

/// A child's own words on one line.
fn plain(element: &Element, space: Space, name: &str) -> Option<String> {
    let text = child(element, space, name)?.own_text().trim().to_owned();
    (!text.is_empty()).then_some(text)
}

fn read(element: &Element, around: &Here, usual: Usual) -> Option<Text> {
    let (value, markup) = text::of(element, usual)?;
    let Here { base, language, .. } = around.inside(element);
    Some(Text { value, markup, language, base })
}

fn title(element: &Element, here: &Here) -> Option<Text> {
    let usual = if here.is_atom { Usual::Plain } else { Usual::Either };
    [Space::Feed, Space::Dublin]
        .into_iter()
        .find_map(|space| read(child(element, space, "title")?, here, usual))
}

fn id(element: &Element, here: &Here) -> Option<String> {
    let Some(known) = child(element, Space::Feed, "id").or_else(|| child(element, Space::Feed, "guid"))
    else {
        // RSS 1.0.
        return element.attribute("about").map(|about| here.resolve(about));
    };
    let text = known.own_text().trim().to_owned();
    if text.is_empty() {
        return None;
    }
    let is_opaque = known.attribute("ispermalink").is_some_and(|is| is.trim().eq_ignore_ascii_case("false"));
    Some(if is_opaque { text } else { here.inside(known).resolve(&text) })
}

/// The links, the one that is most surely the page first among pages.
fn links(element: &Element, here: &Here) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    let alternate = || "alternate".to_owned();
    for child in element.elements().filter(|child| child.name == "link" && child.space == Space::Feed) {
        let written = child.attribute("href").map_or_else(|| child.own_text(), str::to_owned);
        if written.trim().is_empty() && child.attribute("href").is_none() {
            continue;
        }
        let relation = child.attribute("rel").map(str::trim).filter(|rel| !rel.is_empty());
        let relation = relation.map_or_else(alternate, str::to_owned);
        links.push(Link { relation, url: here.inside(child).resolve(&written) });
    }
    if super::page(&links).is_none() {
        let guid = child(element, Space::Feed, "guid").and_then(|guid| permanent(guid, here));
        let href = element.attribute("href").map(|href| here.resolve(href));
        links.extend(guid.or(href).map(|url| Link { relation: alternate(), url }));
    }
    links
}

/// The page that an RSS item's id says it is at.
fn permanent(guid: &Element, here: &Here) -> Option<String> {
    let text = guid.own_text().trim().to_owned();
    match guid.attribute("ispermalink").map(|is| is.trim().to_ascii_lowercase()).as_deref() {
        Some("true") if !text.is_empty() => Some(here.inside(guid).resolve(&text)),
        // True is what RSS 2.0 says where nothing is said; many feeds never heard of it.
        None if is_base(&text) => Some(text),
        _ => None,
    }
}

fn authors(element: &Element, here: &Here) -> Vec<Person> {
    let named = element.elements().filter(|child| match child.space {
        Space::Feed => matches!(child.name.as_str(), "author" | "managingeditor"),
        Space::Dublin => matches!(child.name.as_str(), "creator" | "author"),
        Space::Itunes => child.name == "author",
        Space::Content | Space::Xhtml | Space::Rdf | Space::Other => false,
    });
    named.filter_map(|author| person(author, here)).collect()
}

fn person(element: &Element, around: &Here) -> Option<Person> {
    let here = around.inside(element);
    let url = element.elements().find(|part| matches!(part.name.as_str(), "uri" | "url" | "homepage"));
    let part = |name: &str| plain(element, Space::Feed, name);
    if url.is_none() && part("name").is_none() && part("email").is_none() {
        return Person::parse(&element.own_text());
    }
    let named = part("name").and_then(|name| Person::parse(&name)).unwrap_or_default();
    Some(Person {
        name: named.name,
        mail: part("email").or(named.mail),
        url: url.map(|url| here.inside(url).resolve(&url.own_text())),
    })
}

fn times(element: &Element) -> Times {
    // Of several of a kind the last holds: who adds one does not remove the others.
    let last_of = |space: Space, name: &str| {
        let named = element.elements().filter(|child| child.space == space && child.name == name);
        named.last().and_then(|child| Time::parse(&child.own_text()))
    };
    let find = |names: &[(Space, &str)]| names.iter().find_map(|&(space, name)| last_of(space, name));
    let last = element.attribute("lastmod").and_then(Time::parse);
    Times {
        published: find(&[
            (Space::Feed, "published"),
            (Space::Feed, "pubdate"),
            (Space::Feed, "issued"),
            (Space::Dublin, "issued"),
            (Space::Dublin, "available"),
        ]),
        updated: find(&[
            (Space::Feed, "updated"),
            (Space::Feed, "modified"),
            (Space::Feed, "lastbuilddate"),
            (Space::Dublin, "modified"),
            (Space::Dublin, "date"),
        ])
        .or(last),
        created: find(&[(Space::Feed, "created"), (Space::Dublin, "created")]),
    }
}
