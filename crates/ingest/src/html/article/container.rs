//! Which part of a page holds the article.

use super::super::dom::{Dom, NodeId, ROOT};
use super::super::tags::Tag;
use super::super::tokens::Attribute;
use super::layout::Layout;

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

/// Chooses the smallest element that holds the prose.
pub(super) fn choose(dom: &Dom, layout: &Layout) -> Container {
    let weight = |node| layout.held(node).weight;
    let mut at = ROOT;
    // Down as long as one child holds most of what is left.
    loop {
        let heaviest = dom.nodes[at]
            .children
            .iter()
            .copied()
            .max_by_key(|&child| (weight(child), std::cmp::Reverse(child)));
        match heaviest {
            Some(child) if weight(child) * 100 > weight(at) * 75 && !is_leaf(dom, child) => at = child,
            _ => break,
        }
    }
    Container::new(dom, hinted(dom, layout, at).unwrap_or(at))
}

/// A paragraph is no container, even where it holds most of the text.
fn is_leaf(dom: &Dom, node: NodeId) -> bool {
    matches!(dom.tag(node), Tag::P | Tag::Blockquote | Tag::Li | Tag::Pre) || dom.tag(node).is_heading()
}

/// An element that the page itself calls the article's body, where it holds most of what `chosen` holds.
fn hinted(dom: &Dom, layout: &Layout, chosen: NodeId) -> Option<NodeId> {
    let is_body = |node: NodeId| {
        dom.attribute(node, Attribute::Itemprop).is_some_and(|name| name.eq_ignore_ascii_case("articleBody"))
    };
    let weight = |node| layout.held(node).weight;
    dom.walk(ROOT)
        .filter(|&node| is_body(node) && weight(node) * 100 > weight(chosen) * 50)
        .max_by_key(|&node| weight(node))
}
