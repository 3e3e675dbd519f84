//! How the text of a page is laid out: what every element holds in all.

use super::super::dom::{Dom, NodeId};
use super::super::tags::Tag;
use super::Care;
use super::blocks::Block;

/// What an element and all below it hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Content {
    /// Characters but blanks.
    pub(super) chars: usize,
    /// How much of it speaks for an article.
    pub(super) weight: usize,
    /// Blocks of running text.
    pub(super) prose: usize,
    /// Blocks that are one link, as titles of other articles are.
    pub(super) links: usize,
}

impl Content {
    fn of(block: &Block, care: Care) -> Self {
        let weight = weight(block, care);
        Self {
            chars: block.chars,
            weight,
            prose: usize::from(weight > 0),
            links: usize::from(is_linked_title(block)),
        }
    }

    fn add(&mut self, other: Self) {
        self.chars += other.chars;
        self.weight += other.weight;
        self.prose += other.prose;
        self.links += other.links;
    }
}

/// What every element of a page holds, by its index.
pub(super) struct Layout {
    held: Vec<Content>,
}

impl Layout {
    /// Sums up the blocks.
    pub(super) fn of<'b>(dom: &Dom, blocks: impl IntoIterator<Item = &'b Block>, care: Care) -> Self {
        let mut held = vec![Content::default(); dom.nodes.len()];
        for block in blocks {
            held[block.node].add(Content::of(block, care));
        }
        // Parents come before their children.
        for node in (1..held.len()).rev() {
            let content = held[node];
            held[dom.nodes[node].parent].add(content);
        }
        Self { held }
    }

    /// What an element holds.
    pub(super) fn held(&self, node: NodeId) -> Content {
        self.held[node]
    }
}

/// How much a block speaks for an article around it.
fn weight(block: &Block, care: Care) -> usize {
    /// Beyond this a block says no more.
    const MOST: usize = 1500;
    // Shorter blocks are labels and lists.
    let shortest = match care {
        Care::Usual => 50,
        Care::Lenient => 15,
    };
    if block.chars < shortest || block.linked_percent() > 50 {
        0
    } else {
        (block.chars - block.linked).min(MOST)
    }
}

/// Whether a block is one link with the length of a title.
pub(super) fn is_linked_title(block: &Block) -> bool {
    block.linked_percent() > 90 && (15..=250).contains(&block.chars)
}

/// Elements from `node` up to, not including, the root.
pub(super) fn upwards(dom: &Dom, node: NodeId) -> impl Iterator<Item = NodeId> + '_ {
    std::iter::successors(Some(node), |&at| Some(dom.nodes[at].parent))
        .take_while(|&at| at != super::super::dom::ROOT)
}

/// Whether the block is a heading of the page.
pub(super) fn is_heading(dom: &Dom, block: &Block) -> bool {
    upwards(dom, block.node).take(2).any(|node| dom.tag(node).is_heading() || dom.tag(node) == Tag::Hgroup)
}
