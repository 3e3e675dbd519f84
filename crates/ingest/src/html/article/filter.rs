//! Which blocks of the chosen part are the article's prose.

use super::super::dom::Dom;
use super::super::metadata::Metadata;
use super::blocks::Block;

/// The blocks that are prose, in order.
pub(super) fn prose<'b>(dom: &Dom, blocks: &[&'b Block], metadata: &Metadata) -> Vec<&'b Block> {
    let title = metadata.title.as_deref().unwrap_or("");
    blocks
        .iter()
        .copied()
        .filter(|block| block.linked_percent() < 60)
        .filter(|block| !(dom.tag(block.node).is_heading() && same(&block.text, title)))
        .collect()
}

fn same(a: &str, b: &str) -> bool {
    let letters = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    letters(a) == letters(b)
}
