//! A page as blocks of text, in order.

use super::super::dom::{Content, Dom, NodeId, ROOT};
use super::super::tags::Tag;
use super::noise::Noise;

/// Text between two block boundaries.
#[derive(Debug)]
pub(super) struct Block {
    /// The innermost block element that holds it.
    pub(super) node: NodeId,
    /// Its text, blanks collapsed; a line break of the page stays one.
    pub(super) text: String,
    /// Letters and other characters but blanks.
    pub(super) chars: usize,
    /// Those of them inside of links.
    pub(super) linked: usize,
    /// How many of them are inside of links from its beginning on.
    pub(super) linked_first: usize,
}

impl Block {
    /// Which part of it is links, in percent.
    pub(super) fn linked_percent(&self) -> usize {
        self.linked * 100 / self.chars.max(1)
    }
}

/// Renders what is not set aside.
pub(super) fn render(dom: &Dom, noise: &Noise) -> Vec<Block> {
    let mut writer = Writer { blocks: Vec::new(), current: empty(ROOT), links: 0 };
    let mut open = vec![Step::Enter(ROOT)];
    let mut holders = vec![ROOT];
    while let Some(step) = open.pop() {
        match step {
            Step::Enter(node) => {
                if noise.holds(node) {
                    continue;
                }
                match &dom.nodes[node].content {
                    Content::Text(text) => writer.write(text),
                    Content::Element(Tag::Br, _) => writer.break_line(),
                    Content::Element(tag, _) => {
                        if is_cell(*tag) {
                            writer.space();
                        } else if tag.is_block() {
                            writer.flush(node);
                            holders.push(node);
                        }
                        writer.links += usize::from(*tag == Tag::A);
                        open.push(Step::Leave(*tag));
                        open.extend(dom.nodes[node].children.iter().rev().map(|&child| Step::Enter(child)));
                    }
                }
            }
            Step::Leave(tag) => {
                writer.links -= usize::from(tag == Tag::A);
                if is_cell(tag) {
                    writer.end_cell();
                } else if tag.is_block() {
                    holders.pop();
                    writer.flush(holders.last().copied().unwrap_or(ROOT));
                }
            }
        }
    }
    writer.flush(ROOT);
    writer.blocks
}

/// A row of a table is one block: its cells belong together.
const fn is_cell(tag: Tag) -> bool {
    matches!(tag, Tag::Td | Tag::Th)
}

enum Step {
    Enter(NodeId),
    Leave(Tag),
}

fn empty(node: NodeId) -> Block {
    Block { node, text: String::new(), chars: 0, linked: 0, linked_first: 0 }
}

struct Writer {
    blocks: Vec<Block>,
    current: Block,
    links: usize,
}

impl Writer {
    fn write(&mut self, text: &str) {
        let block = &mut self.current;
        for c in text.chars() {
            // Zero-width spaces and soft hyphens only say where a line may break.
            if c.is_whitespace() {
                if !block.text.is_empty() && !block.text.ends_with([' ', '\n']) {
                    block.text.push(' ');
                }
            } else if !matches!(c, '\u{ad}' | '\u{200b}' | '\u{feff}') {
                block.text.push(c);
                block.chars += 1;
                block.linked_first += usize::from(self.links > 0 && block.linked_first + 1 == block.chars);
                block.linked += usize::from(self.links > 0);
            }
        }
    }

    /// Parts what follows from what stands before.
    fn space(&mut self) {
        self.write(" ");
    }

    /// Ends a cell; one that holds sentences is laid out as a page and ends the block too.
    fn end_cell(&mut self) {
        const LONGEST_ROW_CHARS: usize = 200;
        self.space();
        if self.current.chars > LONGEST_ROW_CHARS {
            self.flush(self.current.node);
        }
    }

    /// One break is a new line, two in a row a new block.
    fn break_line(&mut self) {
        let node = self.current.node;
        let body = self.current.text.trim_end_matches(' ').len();
        self.current.text.truncate(body);
        if self.current.text.ends_with('\n') {
            self.flush(node);
        } else if body > 0 {
            self.current.text.push('\n');
        }
    }

    /// Ends the block and begins one in `node`.
    fn flush(&mut self, node: NodeId) {
        let mut block = std::mem::replace(&mut self.current, empty(node));
        if block.chars > 0 {
            block.text.truncate(block.text.trim_end().len());
            self.blocks.push(block);
        }
    }
}
