//! Sections of a page that speak of other articles: teasers, and what stands under a label as "Related".

use watchkeeper_core::clean::Boilerplate;

use super::super::dom::{Dom, NodeId};
use super::super::tags::Tag;
use super::Care;
use super::blocks::Block;
use super::layout::{Layout, is_linked_title, upwards};

/// Which elements are set aside; all below such an element is set aside too.
pub(super) struct Aside {
    nodes: Vec<bool>,
}

impl Aside {
    /// Whether the block stands in a section that is set aside.
    pub(super) fn holds(&self, block: &Block) -> bool {
        self.nodes[block.node]
    }
}

/// Finds the sections of other articles.
pub(super) fn find(dom: &Dom, blocks: &[Block], title: &str, boilerplate: &Boilerplate) -> Aside {
    let layout = Layout::of(dom, blocks, Care::Usual);
    let mut nodes = vec![false; dom.nodes.len()];
    let firsts = first_blocks(dom, blocks);
    for (index, block) in blocks.iter().enumerate() {
        let section =
            if is_linked_title(block) && dom.tag(block.node) != Tag::H1 && !super::same(&block.text, title) {
                teaser(dom, &layout, block)
            } else if heads_furniture(block, boilerplate) {
                headed(dom, &layout, &firsts, block, index)
            } else {
                None
            };
        if let Some(node) = section {
            nodes[node] = true;
            if let Some(list) = list_after(dom, node).filter(|_| !is_linked_title(block)) {
                nodes[list] = true;
            }
        }
        nodes[block.node] |= is_teaser_of_one_block(dom, block);
    }
    for node in 1..nodes.len() {
        nodes[node] |= nodes[dom.nodes[node].parent];
    }
    Aside { nodes }
}

/// The element that holds a linked title with at most a summary of what it leads to.
fn teaser(dom: &Dom, layout: &Layout, block: &Block) -> Option<NodeId> {
    /// Titles with their summaries are no longer.
    const LONGEST_TEASER_CHARS: usize = 900;
    upwards(dom, block.node)
        .take(5)
        .take_while(|&node| {
            let held = layout.held(node);
            held.prose <= held.links.max(1) && held.prose <= 2 && held.chars <= LONGEST_TEASER_CHARS
        })
        .last()
}

/// Whether a list item is a linked title with the beginning of what it leads to.
fn is_teaser_of_one_block(dom: &Dom, block: &Block) -> bool {
    const SHORTEST_TITLE_CHARS: usize = 20;
    dom.tag(block.node) == Tag::Li
        && block.linked_first >= SHORTEST_TITLE_CHARS
        && block.linked == block.linked_first
        && block.text.trim_end_matches(']').ends_with(['…', '.'])
        && (block.text.ends_with("...") || block.text.contains('…'))
}

/// The list right after an element, as stands under a heading.
fn list_after(dom: &Dom, node: NodeId) -> Option<NodeId> {
    let siblings = &dom.nodes[dom.nodes[node].parent].children;
    // Nodes are numbered in the order of the page.
    let at = siblings.binary_search(&node).ok()?;
    let next = siblings[at + 1..]
        .iter()
        .copied()
        .find(|&child| !dom.text(child).trim().is_empty() || dom.text(child).is_empty())?;
    matches!(dom.tag(next), Tag::Ul | Tag::Ol).then_some(next)
}

/// Whether a block is a label under which no article's own text stands.
fn heads_furniture(block: &Block, boilerplate: &Boilerplate) -> bool {
    use watchkeeper_core::document::MaskReason::*;
    const LONGEST_LABEL_CHARS: usize = 60;
    block.chars <= LONGEST_LABEL_CHARS
        && matches!(
            boilerplate.judge_line(&block.text, false),
            Some(ReadAlso | SharePrompt | Subscription | Furniture | Advertisement)
        )
}

/// The largest element that begins with the block and does not hold most of the page.
fn headed(dom: &Dom, layout: &Layout, firsts: &[usize], block: &Block, index: usize) -> Option<NodeId> {
    let total = layout.held(super::super::dom::ROOT).weight;
    upwards(dom, block.node)
        .take_while(|&node| firsts[node] == index && layout.held(node).weight * 10 < total * 3)
        .last()
}

/// The index of the first block below each element.
fn first_blocks(dom: &Dom, blocks: &[Block]) -> Vec<usize> {
    let mut firsts = vec![usize::MAX; dom.nodes.len()];
    for (index, block) in blocks.iter().enumerate().rev() {
        firsts[block.node] = index;
    }
    for node in (1..firsts.len()).rev() {
        let parent = dom.nodes[node].parent;
        firsts[parent] = firsts[parent].min(firsts[node]);
    }
    firsts
}
