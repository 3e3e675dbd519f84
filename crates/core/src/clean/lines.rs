//! Lines and blocks of a text: which line breaks separate paragraphs, and which only wrap long lines.

use crate::text::{Bytes, Span};

/// One line without the blanks around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// Where it stands; never empty.
    pub(super) span: Span<Bytes>,
    /// How far it is indented, in bytes.
    pub(super) indent: usize,
    /// Whether an empty line, or the beginning of the text, stands before it.
    pub(super) opens_block: bool,
}

/// Zero-width characters and marks of direction, which a blank line may hold.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Whether nothing of the text can be seen.
fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// The lines of a text that hold something. Lines end with `\n`, `\r\n`, `\r`, or a Unicode line or paragraph separator.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut opens_block = true;
    for line in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}']) {
        let start = at + (line.len() - line.trim_start().len());
        let body = line.trim();
        if !is_blank(body) {
            let span = Span::new(start, start + body.len());
            found.push(Line { span, indent: start - at, opens_block });
            opens_block = false;
        } else if !(line == "\n" && text[..at].ends_with('\r')) {
            opens_block = true;
        }
        at += line.len();
    }
    found
}

/// The widest line that still counts as wrapped by a program; prose set one paragraph a line is far wider.
const WIDEST_WRAP_CHARS: usize = 132;
/// Lines shorter than this everywhere are a list or verse.
const NARROWEST_WRAP_CHARS: usize = 40;

/// Groups lines into paragraphs, each given by the range of its lines.
///
/// A break inside a block only wraps where lines break as late as a common width allows, as a program breaks them: the
/// first word of the next line would not have fitted.
pub(super) fn paragraphs(text: &str, lines: &[Line]) -> Vec<std::ops::Range<usize>> {
    let widths: Vec<usize> =
        lines.iter().map(|line| line.indent + line.span.of(text).chars().count()).collect();
    let width = widths.iter().copied().max().unwrap_or(0);
    let wrapped =
        (NARROWEST_WRAP_CHARS..=WIDEST_WRAP_CHARS).contains(&width) && wraps_at(text, lines, &widths, width);
    let mut groups: Vec<std::ops::Range<usize>> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let joins = wrapped
            && !line.opens_block
            && line.indent <= lines[index.saturating_sub(1)].indent
            && index > 0
            && breaks_late(text, lines, &widths, index - 1, width);
        match groups.last_mut() {
            Some(last) if joins => last.end = index + 1,
            _ => groups.push(index..index + 1),
        }
    }
    groups
}

/// Whether most breaks inside blocks come as late as `width` allows.
fn wraps_at(text: &str, lines: &[Line], widths: &[usize], width: usize) -> bool {
    let inner: Vec<usize> = (1..lines.len()).filter(|&index| !lines[index].opens_block).collect();
    let late = inner.iter().filter(|&&index| breaks_late(text, lines, widths, index - 1, width)).count();
    !inner.is_empty() && late * 10 >= inner.len() * 6
}

/// Whether the first word of the line after `index` would hardly have fitted on this line too.
fn breaks_late(text: &str, lines: &[Line], widths: &[usize], index: usize, width: usize) -> bool {
    /// Hyphens and double spaces make programs break a little earlier than the widest line shows.
    const SLACK_CHARS: usize = 4;
    let next = lines.get(index + 1).map_or("", |line| line.span.of(text));
    let word = next.split_whitespace().next().unwrap_or("").chars().count();
    widths[index] + 1 + word + SLACK_CHARS > width
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<String> {
        let lines = lines(text);
        paragraphs(text, &lines)
            .into_iter()
            .map(|group| {
                let (first, last) = (lines[group.start], lines[group.end - 1]);
                first.span.cover(last.span).of(text).to_owned()
            })
            .collect()
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "   A BOMB WENT OFF LAST NIGHT OUTSIDE THE OFFICES OF THE WATER BOARD,\n\
                    BREAKING WINDOWS IN TWO STREETS.  NOBODY WAS HURT, THE FIRE SERVICE\n\
                    SAID.\n\n   NO GROUP HAS TAKEN RESPONSIBILITY FOR IT SO FAR, AND THE BOARD SAID\n\
                    THAT IT HAD RECEIVED NO THREAT.";
        assert_eq!(split(text).len(), 2);
    }

    #[test]
    fn long_lines_are_paragraphs_of_their_own() {
        let long = "Two men on a motorcycle opened fire on the checkpoint before dawn and fled into the hills, police said. ".repeat(3);
        assert_eq!(split(&format!("{long}\n{long}\nShort end.")).len(), 3);
    }

    #[test]
    fn short_lines_that_end_early_are_not_joined() {
        let text = "Two hurt in market fire\nBy Ada Brook\n\nA fire broke out on Monday in the covered market, the mayor said.";
        assert_eq!(split(text).len(), 3);
    }

    #[test]
    fn an_indented_line_begins_a_paragraph() {
        let text = "   The first paragraph runs on until the margin makes it break over\n\
                    into a second line of about the same length, as typists did, and so\n\
                    on.\n   The second paragraph also runs on until the margin makes it break\n\
                    over into another line.";
        assert_eq!(split(text).len(), 2);
    }

    #[test]
    fn every_kind_of_line_end_ends_a_line() {
        assert_eq!(lines("a\r\nb\rc\u{2028}d\n\u{200b}\ne").len(), 5);
        let blocks: Vec<bool> = lines("a\r\nb\r\n\r\nc").iter().map(|line| line.opens_block).collect();
        assert_eq!(blocks, [true, false, true]);
    }
}
