//! A page as a tree, built by a tolerant parser that stays linear in the page's length.
//!
//! The tree follows the HTML standard where articles depend on it
//! (implied ends of paragraphs, list items and cells, elements without content) and is bounded where the standard is not:
//! what lies deeper than [`DEEPEST`] is flattened, and a page has at most [`MOST_NODES`] nodes.

use super::tags::Tag;
use super::tokens::{Attribute, Attributes, Token, Tokens};

/// Browsers flatten deeper trees too.
const DEEPEST: usize = 256;
/// A hundred times a large page.
const MOST_NODES: usize = 1_000_000;

/// Index of a node in its tree.
pub(super) type NodeId = usize;

/// The root: it has no parent and no tag of its own.
pub(super) const ROOT: NodeId = 0;

/// An element or a text.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) parent: NodeId,
    pub(super) children: Vec<NodeId>,
    pub(super) content: Content,
}

/// What a node is.
#[derive(Debug)]
pub(super) enum Content {
    Element(Tag, Attributes),
    Text(String),
}

/// A page as a tree.
#[derive(Debug)]
pub(super) struct Dom {
    /// All nodes; parents come before their children.
    pub(super) nodes: Vec<Node>,
    /// Whether the page had more nodes than are kept.
    pub(super) truncated: bool,
}

impl Dom {
    /// Parses a page or a piece of one.
    pub(super) fn parse(page: &str) -> Self {
        let mut builder = Builder::new();
        for token in Tokens::of(page) {
            match token {
                Token::Start { tag, attributes, self_closing } => {
                    builder.start(tag, attributes, self_closing)
                }
                Token::End(tag) => builder.end(tag),
                Token::Text(text) => builder.add_text(text.into_owned()),
            }
            if builder.dom.nodes.len() >= MOST_NODES {
                builder.dom.truncated = true;
                break;
            }
        }
        builder.dom
    }

    /// The element's tag; [`Tag::Other`] for text.
    pub(super) fn tag(&self, node: NodeId) -> Tag {
        match &self.nodes[node].content {
            Content::Element(tag, _) => *tag,
            Content::Text(_) => Tag::Other,
        }
    }

    /// The node's own text; empty for elements.
    pub(super) fn text(&self, node: NodeId) -> &str {
        match &self.nodes[node].content {
            Content::Element(..) => "",
            Content::Text(text) => text,
        }
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, node: NodeId, wanted: Attribute) -> Option<&str> {
        match &self.nodes[node].content {
            Content::Element(_, attributes) => {
                attributes.iter().find(|(name, _)| *name == wanted).map(|(_, value)| value.as_str())
            }
            Content::Text(_) => None,
        }
    }

    /// The node and all below it, in the order of the page.
    pub(super) fn walk(&self, from: NodeId) -> Walk<'_> {
        Walk { dom: self, open: vec![from] }
    }

    /// The first element with this tag.
    pub(super) fn first(&self, wanted: Tag) -> Option<NodeId> {
        self.walk(ROOT).find(|&node| self.tag(node) == wanted)
    }

    /// All texts below a node, with blanks collapsed.
    pub(super) fn text_below(&self, from: NodeId) -> String {
        let mut text = String::new();
        for node in self.walk(from) {
            for word in self.text(node).split_whitespace() {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(word);
            }
        }
        text
    }
}

/// See [`Dom::walk`].
pub(super) struct Walk<'a> {
    dom: &'a Dom,
    open: Vec<NodeId>,
}

impl Iterator for Walk<'_> {
    type Item = NodeId;

    fn next(&mut self) -> Option<NodeId> {
        let node = self.open.pop()?;
        self.open.extend(self.dom.nodes[node].children.iter().rev());
        Some(node)
    }
}

struct Builder {
    dom: Dom,
    /// The open elements, the root first.
    open: Vec<NodeId>,
    /// Which of the elements that a page has once were seen.
    once: Vec<Tag>,
}

impl Builder {
    fn new() -> Self {
        let root =
            Node { parent: ROOT, children: Vec::new(), content: Content::Element(Tag::Other, Vec::new()) };
        Self { dom: Dom { nodes: vec![root], truncated: false }, open: vec![ROOT], once: Vec::new() }
    }

    fn top(&self) -> NodeId {
        self.open.last().copied().unwrap_or(ROOT)
    }

    fn add(&mut self, content: Content) -> NodeId {
        let (node, parent) = (self.dom.nodes.len(), self.top());
        self.dom.nodes.push(Node { parent, children: Vec::new(), content });
        self.dom.nodes[parent].children.push(node);
        node
    }

    fn add_text(&mut self, text: String) {
        if !text.trim().is_empty() {
            self.leave_head();
            self.add(Content::Text(text));
        } else if !text.is_empty() {
            self.add(Content::Text(" ".to_owned()));
        }
    }

    /// Text and body elements end a head that was left open.
    fn leave_head(&mut self) {
        if self.dom.tag(self.top()) == Tag::Head {
            self.open.pop();
        }
    }

    fn start(&mut self, tag: Tag, attributes: Attributes, self_closing: bool) {
        if matches!(tag, Tag::Html | Tag::Body | Tag::Head) {
            if self.once.contains(&tag) {
                return;
            }
            self.once.push(tag);
        }
        if !tag.is_of_head() {
            self.leave_head();
        }
        self.close_implied(tag);
        let in_svg = self.open.iter().any(|&node| self.dom.tag(node) == Tag::Svg);
        let node = self.add(Content::Element(tag, attributes));
        let is_empty = tag.is_void() || (self_closing && (in_svg || tag == Tag::Svg || tag == Tag::Other));
        if !is_empty && self.open.len() < DEEPEST {
            self.open.push(node);
        }
    }

    /// Ends the elements whose end the start of `tag` implies.
    fn close_implied(&mut self, tag: Tag) {
        use Tag::*;
        match tag {
            Li => self.close_any(&[Li], &[Ul, Ol, Menu, Dir]),
            Dt | Dd => self.close_any(&[Dt, Dd], &[Dl]),
            Option | Optgroup => self.close_any(&[Option], &[Select, Datalist, Optgroup]),
            Td | Th => self.close_any(&[Td, Th], &[Tr]),
            Tr => self.close_any(&[Tr], &[Tbody, Thead, Tfoot]),
            Tbody | Thead | Tfoot => {
                self.close_any(&[Tr], &[]);
                self.close_any(&[Tbody, Thead, Tfoot], &[]);
            }
            A => self.close_any(&[A], &[P, Div, Li, Td, Section, Article]),
            _ => {}
        }
        if tag.is_block() && (!tag.is_of_table() || tag == Table) {
            self.close_any(&[P], &[Button]);
        }
        if tag.is_heading() && self.dom.tag(self.top()).is_heading() {
            self.open.pop();
        }
    }

    /// Ends the innermost of `tags`, unless one of `bounds` or of the scopes comes before it.
    fn close_any(&mut self, tags: &[Tag], bounds: &[Tag]) {
        let found = self.open.iter().rposition(|&node| {
            let tag = self.dom.tag(node);
            tags.contains(&tag) || bounds.contains(&tag) || tag.bounds(tags[0])
        });
        if let Some(at) = found.filter(|&at| tags.contains(&self.dom.tag(self.open[at]))) {
            self.open.truncate(at);
        }
    }

    fn end(&mut self, tag: Tag) {
        if matches!(tag, Tag::Body | Tag::Html) || tag.is_void() {
            return;
        }
        let is_inline = !tag.is_block() && !tag.is_unread();
        let found = self.open.iter().rposition(|&node| {
            let open = self.dom.tag(node);
            open == tag || open.bounds(tag) || (is_inline && open.is_block())
        });
        if let Some(at) = found.filter(|&at| at > 0 && self.dom.tag(self.open[at]) == tag) {
            self.open.truncate(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree as nested names.
    fn shape(page: &str) -> String {
        fn write(dom: &Dom, node: NodeId, out: &mut String) {
            match &dom.nodes[node].content {
                Content::Text(text) => out.push_str(text),
                Content::Element(tag, _) => {
                    out.push_str(&format!("{tag:?}("));
                    for &child in &dom.nodes[node].children {
                        write(dom, child, out);
                    }
                    out.push(')');
                }
            }
        }
        let mut out = String::new();
        write(&Dom::parse(page), ROOT, &mut out);
        out
    }

    #[test]
    fn ends_are_implied_as_in_browsers() {
        assert_eq!(shape("<p>a<p>b<div>c</div>"), "Other(P(a)P(b)Div(c))");
        assert_eq!(shape("<ul><li>a<li>b<ul><li>c</ul></ul>"), "Other(Ul(Li(a)Li(bUl(Li(c)))))");
        assert_eq!(
            shape("<table><tr><td>a<td>b<tr><td>c</table>d"),
            "Other(Table(Tr(Td(a)Td(b))Tr(Td(c)))d)"
        );
        assert_eq!(shape("<div>a<br>b<img src=x>c</div>"), "Other(Div(aBr()bImg()c))");
    }

    #[test]
    fn stray_ends_close_nothing_else() {
        assert_eq!(shape("<div><p>a</span></b>b</p></div>c"), "Other(Div(P(ab))c)");
        assert_eq!(
            shape("<div><table><tr><td></div>a</td></tr></table>b</div>"),
            "Other(Div(Table(Tr(Td(a)))b))"
        );
    }

    #[test]
    fn scripts_and_titles_hold_text_only() {
        assert_eq!(shape("<script>if (a<b) '<p>'</script>c"), "Other(Script(if (a<b) '<p>')c)");
    }

    #[test]
    fn entities_are_read() {
        assert_eq!(shape("a&nbsp;&amp;&eacute;"), "Other(a\u{a0}&é)");
    }

    #[test]
    fn depth_and_size_are_bounded() {
        let deep = Dom::parse(&"<div><b>".repeat(100_000));
        let mut depth = vec![0_usize; deep.nodes.len()];
        for node in 1..deep.nodes.len() {
            depth[node] = depth[deep.nodes[node].parent] + 1;
        }
        assert!(depth.iter().all(|&depth| depth <= DEEPEST));
        assert!(Dom::parse(&"<i>".repeat(MOST_NODES + 10)).truncated);
    }
}
