//! Parts of a page that are no article, by their elements and by what the page's author calls them.

use super::super::dom::{Content, Dom, NodeId};
use super::super::tags::Tag;
use super::super::tokens::Attribute;
use super::Care;

/// Which nodes are set aside; all below such a node is set aside too.
pub(super) struct Noise {
    aside: Vec<bool>,
}

/// Whole words of class, id and role that name furniture.
const WORDS: [&str; 98] = [
    "ad",
    "ads",
    "addthis",
    "adsense",
    "advert",
    "advertisement",
    "advertising",
    "advertorial",
    "adverts",
    "affiliate",
    "also",
    "audio",
    "author",
    "authors",
    "avatar",
    "banner",
    "bio",
    "breadcrumb",
    "breadcrumbs",
    "button",
    "buttons",
    "byline",
    "caption",
    "captions",
    "carousel",
    "comment",
    "comments",
    "complementary",
    "consent",
    "contentinfo",
    "cookie",
    "cookies",
    "copyright",
    "correction",
    "credit",
    "credits",
    "dialog",
    "disclaimer",
    "disqus",
    "donate",
    "dropdown",
    "flyout",
    "follow",
    "footer",
    "gallery",
    "hidden",
    "inforead",
    "infobox",
    "jumplinks",
    "kicker",
    "livefyre",
    "login",
    "masthead",
    "menu",
    "metadata",
    "modal",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "newsletters",
    "noprint",
    "outbrain",
    "overlay",
    "pager",
    "pagination",
    "paywall",
    "player",
    "poll",
    "popup",
    "print",
    "promo",
    "promos",
    "promotion",
    "rail",
    "readmore",
    "recirc",
    "recirculation",
    "recommendations",
    "recommended",
    "related",
    "reply",
    "rss",
    "search",
    "share",
    "sharing",
    "sidebar",
    "signup",
    "skip",
    "slideshow",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "syndication",
    "taboola",
    "tags",
];

/// Pieces of words that name furniture however they are put together ("sharetools", "relatedposts").
const STEMS: [&str; 28] = [
    "advert",
    "hovercard",
    "popover",
    "rollover-block",
    "tooltip",
    "breadcrumb",
    "byline",
    "comment",
    "cookie",
    "disqus",
    "footer",
    "livefyre",
    "masthead",
    "navbar",
    "newsletter",
    "outbrain",
    "pagination",
    "popular",
    "promo",
    "readmore",
    "recommend",
    "related",
    "screen-reader",
    "share",
    "sidebar",
    "social",
    "sponsor",
    "taboola",
];

/// What class names say of the whole page or of its tags rather than of the element.
const PASSED_OVER: [&str; 14] = [
    "category-",
    "tag-",
    "type-",
    "format-",
    "post-",
    "postid-",
    "author-",
    "has-",
    "no-",
    "with-",
    "without-",
    "is-",
    "js-",
    "hide-",
];

/// Words that name the article itself; they speak against furniture.
const ARTICLE_WORDS: [&str; 12] = [
    "article",
    "articlebody",
    "body",
    "content",
    "entry",
    "main",
    "page",
    "post",
    "story",
    "storybody",
    "text",
    "wrapper",
];

impl Noise {
    /// Judges every element of a page.
    pub(super) fn of(dom: &Dom, care: Care) -> Self {
        let weights = weights(dom);
        let total = weights.first().copied().unwrap_or(0);
        let aside = (0..dom.nodes.len())
            .map(|node| match judge(dom, node) {
                Verdict::Article => false,
                Verdict::Furniture => true,
                // What holds much of the page's prose is not what it is called.
                Verdict::CalledFurniture => care == Care::Usual && weights[node] * 10 < total * 3,
            })
            .collect();
        Self { aside }
    }

    /// Whether the node is set aside, and all below it.
    pub(super) fn holds(&self, node: NodeId) -> bool {
        self.aside[node]
    }
}

enum Verdict {
    Article,
    /// Whatever it holds.
    Furniture,
    /// Unless it holds much of the page.
    CalledFurniture,
}

/// Letters of running text below each node.
fn weights(dom: &Dom) -> Vec<usize> {
    /// Shorter texts are labels.
    const SHORTEST_PROSE: usize = 40;
    let mut weights: Vec<usize> = dom
        .nodes
        .iter()
        .map(|node| match &node.content {
            Content::Text(text) if text.len() >= SHORTEST_PROSE && !dom.tag(node.parent).is_unread() => {
                text.len()
            }
            Content::Text(_) | Content::Element(..) => 0,
        })
        .collect();
    for node in (1..dom.nodes.len()).rev() {
        weights[dom.nodes[node].parent] += weights[node];
    }
    weights
}

fn judge(dom: &Dom, node: NodeId) -> Verdict {
    let Content::Element(tag, attributes) = &dom.nodes[node].content else { return Verdict::Article };
    if tag.is_unread() || is_hidden(dom, node) {
        return Verdict::Furniture;
    }
    match tag {
        Tag::Nav | Tag::Footer | Tag::Figcaption | Tag::Menu => return Verdict::Furniture,
        Tag::Aside | Tag::Form | Tag::Figure => return Verdict::CalledFurniture,
        Tag::Body | Tag::Html | Tag::Main | Tag::Article | Tag::Blockquote => return Verdict::Article,
        _ => {}
    }
    // An embedded post is quoted by the article, whatever its frame is called.
    if let [only] = elements(dom, node)[..]
        && dom.tag(only) == Tag::Blockquote
    {
        return Verdict::Article;
    }
    let is_named = |names: &[Attribute]| {
        attributes.iter().filter(|(name, _)| names.contains(name)).any(|(_, value)| names_furniture(value))
    };
    if is_named(&[
        Attribute::Class,
        Attribute::Id,
        Attribute::Role,
        Attribute::Component,
        Attribute::TestId,
        Attribute::DataType,
    ]) {
        return Verdict::CalledFurniture;
    }
    Verdict::Article
}

/// The elements right below, scripts left out.
fn elements(dom: &Dom, node: NodeId) -> Vec<NodeId> {
    let is_element = |&child: &NodeId| matches!(&dom.nodes[child].content, Content::Element(tag, _) if !matches!(tag, Tag::Script | Tag::Noscript));
    dom.nodes[node].children.iter().copied().filter(is_element).collect()
}

fn is_hidden(dom: &Dom, node: NodeId) -> bool {
    let style = dom.attribute(node, Attribute::Style).unwrap_or("");
    let compact: String = style.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    dom.attribute(node, Attribute::Hidden).is_some()
        || compact.contains("display:none")
        || compact.contains("visibility:hidden")
        || dom.attribute(node, Attribute::AriaHidden).is_some_and(|value| value == "true")
}

fn names_furniture(value: &str) -> bool {
    value.split_whitespace().filter(|name| !PASSED_OVER.iter().any(|start| name.starts_with(start))).any(
        |name| {
            let words = words(name);
            let lower = name.to_ascii_lowercase();
            let is_word = |word: &String| WORDS.contains(&word.as_str());
            let ends_as_article = words.last().is_some_and(|word| ARTICLE_WORDS.contains(&word.as_str()));
            !ends_as_article && (words.iter().any(is_word) || STEMS.iter().any(|stem| lower.contains(stem)))
        },
    )
}

/// The words of a name as `story-body__inner`, `storyBody`, `story_body`.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in name.chars() {
        let starts = !before.is_alphanumeric() || (before.is_lowercase() && c.is_uppercase());
        if c.is_alphanumeric() {
            match words.last_mut() {
                Some(word) if !starts => word.extend(c.to_lowercase()),
                _ => words.push(c.to_lowercase().collect()),
            }
        }
        before = c;
    }
    words
}
