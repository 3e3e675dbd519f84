//! Which part of a page holds the article.

use super::super::dom::{Attribute, Dom, NodeId, ROOT};
use super::super::tags::Tag;
use super::blocks::Block;

/// The chosen part: an element and all below it.
pub(super) struct Container {
    inside: Vec<bool>,
}

impl Container {
    fn new(dom: &Dom, root: NodeId) -> Self {
        let mut inside = vec![false; dom.nodes.len()];
        inside[root] = true;
        for node in root + 1..dom.nodes.len() {
            inside[node] = inside[dom.nodes[node].parent];
        }
        Self { inside }
    }

    /// Whether the node is the chosen element or below it.
    pub(super) fn holds(&self, node: NodeId) -> bool {
        self.inside[node]
    }
}

/// How much a block speaks for an article around it.
pub(super) fn weight(block: &Block) -> usize {
    const SHORTEST_PROSE: usize = 50;
    if block.chars < SHORTEST_PROSE || block.linked_percent() > 50 {
        return 0;
    }
    (block.chars - block.linked).min(1500)
}

/// Chooses the smallest element that holds the prose.
pub(super) fn choose(dom: &Dom, blocks: &[Block]) -> Container {
    let mut weights = vec![0_usize; dom.nodes.len()];
    for block in blocks {
        weights[block.node] += weight(block);
    }
    for node in (1..dom.nodes.len()).rev() {
        weights[dom.nodes[node].parent] += weights[node];
    }
    let mut at = ROOT;
    // Down as long as one child holds most of what is left.
    loop {
        let heaviest = dom.nodes[at]
            .children
            .iter()
            .copied()
            .max_by_key(|&child| (weights[child], std::cmp::Reverse(child)));
        match heaviest {
            Some(child) if weights[child] * 100 > weights[at] * 75 && !is_leaf(dom, child) => at = child,
            _ => break,
        }
    }
    if let Some(hinted) = hinted(dom, &weights, at) {
        at = hinted;
    }
    Container::new(dom, at)
}

/// A paragraph is no container, even where it holds most of the text.
fn is_leaf(dom: &Dom, node: NodeId) -> bool {
    matches!(dom.tag(node), Tag::P | Tag::Blockquote | Tag::Li | Tag::Pre) || dom.tag(node).is_heading()
}

/// An element below or around `chosen` that the page itself calls the article's body.
fn hinted(dom: &Dom, weights: &[usize], chosen: NodeId) -> Option<NodeId> {
    let is_body = |node: NodeId| {
        let value = |name| dom.attribute(node, name).unwrap_or("");
        value(Attribute::Itemprop).eq_ignore_ascii_case("articleBody")
    };
    dom.walk(ROOT)
        .filter(|&node| is_body(node) && weights[node] * 100 > weights[chosen] * 50)
        .max_by_key(|&node| weights[node])
}
