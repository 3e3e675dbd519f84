//! The text of the article on a page.
//!
//! Five steps, none of which knows any site: what the page's own names call furniture is set aside ([`noise`]); the rest
//! becomes blocks of text ([`blocks`]); sections that speak of other articles are set aside ([`sections`]); the smallest
//! part of the page that holds the prose is chosen ([`container`]); and of its blocks those that are no prose are left out
//! ([`filter`]).

mod blocks;
mod container;
mod filter;
mod layout;
mod noise;
mod sections;

use watchkeeper_core::clean::Boilerplate;

use super::dom::{Dom, ROOT};
use super::metadata::Metadata;
use blocks::Block;
use layout::Layout;
use noise::Noise;

/// How readily parts of a page are set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Care {
    /// As pages of news are built.
    Usual,
    /// Where the usual care leaves nothing: names of elements are not trusted, and short blocks count.
    Lenient,
}

/// The article's text: an empty line between blocks. Empty where none was found.
pub(super) fn text(dom: &Dom, metadata: &Metadata, boilerplate: &Boilerplate) -> String {
    let title = metadata.title.as_deref().unwrap_or("");
    let found = [Care::Usual, Care::Lenient]
        .into_iter()
        .map(|care| joined(&body(dom, title, boilerplate, care)))
        .find(|text| !text.is_empty())
        .unwrap_or_default();
    match metadata.body.as_deref().map(described_text) {
        // A page that shows only a teaser may still give the whole text to machines.
        Some(described) if described.len() > found.len() * 2 && described.len() > 500 => described,
        _ => found,
    }
}

/// The blocks of the article; none where nothing looks like prose.
fn body(dom: &Dom, title: &str, boilerplate: &Boilerplate, care: Care) -> Vec<Block> {
    let mut blocks = blocks::render(dom, &Noise::of(dom, care));
    let aside = sections::find(dom, &blocks, title, boilerplate);
    blocks.retain(|block| !aside.holds(block));
    let layout = Layout::of(dom, &blocks, care);
    if layout.held(ROOT).weight == 0 {
        return Vec::new();
    }
    let container = container::choose(dom, &layout);
    blocks.retain(|block| container.holds(block.node));
    filter::keep_prose(dom, &mut blocks, title, boilerplate);
    blocks
}

/// Whether two lines have the same letters.
fn same(a: &str, b: &str) -> bool {
    let letters = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    letters(a) == letters(b)
}

fn joined(blocks: &[Block]) -> String {
    blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n\n")
}

/// The text that a page gives to machines; some put markup into it.
fn described_text(body: &str) -> String {
    if !body.contains("</") {
        return body.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n\n");
    }
    all_text(&Dom::parse(body))
}

/// All that is prose or might be, without choosing a part of the page; where the page's names call all of it furniture, all.
pub(super) fn all_text(dom: &Dom) -> String {
    let text = joined(&blocks::render(dom, &Noise::of(dom, Care::Usual)));
    if text.is_empty() { joined(&blocks::render(dom, &Noise::of(dom, Care::Lenient))) } else { text }
}
