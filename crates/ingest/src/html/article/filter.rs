//! Which blocks of the chosen part are the article's prose.

use watchkeeper_core::clean::Boilerplate;

use super::super::dom::Dom;
use super::blocks::Block;
use super::layout::is_heading;

/// Shorter blocks before the first sentence are headlines and bylines.
const SHORTEST_SENTENCE_CHARS: usize = 60;
/// So much text outside of links makes a sentence, however many links stand beside it.
const ENOUGH_UNLINKED_CHARS: usize = 80;

/// Leaves only the blocks that are prose.
pub(super) fn keep_prose(dom: &Dom, blocks: &mut Vec<Block>, title: &str, boilerplate: &Boilerplate) {
    let mut at_top = true;
    blocks.retain(|block| {
        let is_sentence = block.linked_percent() < 60 || block.chars - block.linked >= ENOUGH_UNLINKED_CHARS;
        let is_title = at_top && super::same(&block.text, title);
        let keep = is_sentence && !is_title && boilerplate.judge_line(&block.text, at_top).is_none();
        at_top &= !keep || block.chars < SHORTEST_SENTENCE_CHARS;
        keep
    });
    // A heading announces what follows it.
    while blocks.last().is_some_and(|block| is_heading(dom, block)) {
        blocks.pop();
    }
}
