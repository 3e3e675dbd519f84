//! The text of the article on a page.
//!
//! Four steps, none of which knows any site: what the page's own names call furniture is set aside ([`noise`]); the rest
//! becomes blocks of text ([`blocks`]); the smallest part of the page that holds the article's prose is chosen
//! ([`container`]); and of its blocks those that are no prose are left out ([`filter`]).

mod blocks;
mod container;
mod filter;
mod noise;

use super::dom::Dom;
use super::metadata::Metadata;
use blocks::Block;
use noise::Noise;

/// The article's text: an empty line between blocks. Empty where none was found.
pub(super) fn text(dom: &Dom, metadata: &Metadata) -> String {
    let noise = Noise::of(dom);
    let blocks = blocks::render(dom, &noise);
    let container = container::choose(dom, &blocks);
    let inside: Vec<&Block> = blocks.iter().filter(|block| container.holds(block.node)).collect();
    let found = joined(&filter::prose(dom, &inside, metadata));
    match metadata.body.as_deref().map(described_text) {
        // A page that shows only a teaser may still give the whole text to machines.
        Some(described) if described.len() > found.len() * 2 && described.len() > 500 => described,
        _ => found,
    }
}

fn joined(blocks: &[&Block]) -> String {
    blocks.iter().map(|block| block.text.as_str()).collect::<Vec<_>>().join("\n\n")
}

/// The text that a page gives to machines; some put markup into it.
fn described_text(body: &str) -> String {
    if !body.contains("</") {
        return body.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n\n");
    }
    let dom = Dom::parse(body);
    let blocks = blocks::render(&dom, &Noise::of(&dom));
    joined(&blocks.iter().collect::<Vec<_>>())
}
