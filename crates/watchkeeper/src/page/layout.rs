//! Columns that wrap, at whatever width the terminal has.

use std::ops::Range;

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

/// A stretch of a line in one style.
#[derive(Clone, Debug)]
pub struct Cell {
    /// Its text, on one line.
    pub text: String,
    /// Its style.
    pub style: Style,
}

impl Cell {
    /// Plain text.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), style: Style::new() }
    }

    /// Text in a style.
    pub fn styled(text: impl Into<String>, style: Style) -> Self {
        Self { text: text.into(), style }
    }
}

/// Where quoted words go: behind the other cells of their row, or below them where they would get too narrow there.
#[derive(Clone, Copy, Debug)]
pub struct QuoteColumns {
    /// Where they begin behind the other cells.
    pub beside: usize,
    /// Where they begin below them.
    pub below: usize,
}

/// Gathers lines of a page.
pub struct Sheet {
    width: usize,
    in_colour: bool,
    out: String,
}

/// Narrower than this nothing can be laid out; wider than that lines are hard to follow.
const WIDTHS: std::ops::RangeInclusive<usize> = 40..=140;

/// Quoted words stand behind other cells only where they have as many columns.
const LEAST_BESIDE: usize = 36;

/// Quoted words stay below the cell that they belong to only where they have as many columns.
const LEAST_BELOW: usize = 30;

/// Where they begin otherwise.
const FAR_LEFT: usize = 6;

impl Sheet {
    /// An empty sheet for a terminal of that width.
    pub fn new(width: usize, in_colour: bool) -> Self {
        Self { width: width.clamp(*WIDTHS.start(), *WIDTHS.end()), in_colour, out: String::new() }
    }

    /// The page.
    pub fn finish(self) -> String {
        self.out
    }

    /// How many columns there are.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Whether styles are written.
    pub fn in_colour(&self) -> bool {
        self.in_colour
    }

    /// An empty line.
    pub fn blank(&mut self) {
        self.out.push('\n');
    }

    fn put(&mut self, text: &str, style: Style) {
        if self.in_colour && style != Style::new() {
            self.out.push_str(&format!("{style}{text}{style:#}"));
        } else {
            self.out.push_str(text);
        }
    }

    /// One cell over the whole width.
    pub fn line(&mut self, cell: Cell) {
        self.row(&[0], &[cell]);
    }

    /// A line with something at its right end, where there is room; else on the next line.
    pub fn heading(&mut self, left: Cell, right: Cell) {
        let gap = self.width.saturating_sub(left.text.width() + right.text.width());
        if gap >= 2 {
            self.put(&left.text, left.style);
            self.out.push_str(&" ".repeat(gap));
            self.put(&right.text, right.style);
            self.blank();
        } else {
            self.line(left);
            self.row(&[2], &[right]);
        }
    }

    /// Cells side by side, each wrapped in its column; the last one takes what is left.
    pub fn row(&mut self, columns: &[usize], cells: &[Cell]) {
        let wrapped: Vec<Vec<String>> = cells
            .iter()
            .enumerate()
            .map(|(number, cell)| {
                let end = columns.get(number + 1).filter(|_| number + 1 < cells.len());
                let end = end.map_or(self.width, |next| next.saturating_sub(2));
                wrap(&cell.text, end.saturating_sub(columns[number]).max(8))
            })
            .collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or(0);
        for line in 0..height {
            let mut at = 0;
            for ((cell, pieces), &start) in cells.iter().zip(&wrapped).zip(columns) {
                let Some(piece) = pieces.get(line).filter(|piece| !piece.is_empty()) else { continue };
                self.out.push_str(&" ".repeat(start.saturating_sub(at)));
                self.put(piece, cell.style);
                at = start + piece.width();
            }
            self.blank();
        }
    }

    /// Cells side by side with quoted words behind or below them.
    pub fn quoted(&mut self, columns: &[usize], cells: &[Cell], quote: String, at: QuoteColumns) {
        if quote.is_empty() {
            self.row(columns, cells);
        } else if self.width >= at.beside + LEAST_BESIDE {
            let columns: Vec<usize> = columns.iter().copied().chain([at.beside]).collect();
            let cells: Vec<Cell> = cells.iter().cloned().chain([Cell::plain(quote)]).collect();
            self.row(&columns, &cells);
        } else {
            self.row(columns, cells);
            let below = if self.width >= at.below + LEAST_BELOW { at.below } else { FAR_LEFT };
            self.row(&[below], &[Cell::plain(quote)]);
        }
    }

    /// Wrapped text that begins at a column, marked stretches of it in one style.
    pub fn marked(&mut self, column: usize, text: &str, marks: &[Range<usize>], style: Style) {
        let marks: Vec<_> = marks.iter().map(|mark| (mark.clone(), style)).collect();
        self.styled(column, text, &marks);
    }

    /// Wrapped text that begins at a column, stretches of it, which must be in their order, in styles of their own.
    pub fn styled(&mut self, column: usize, text: &str, marks: &[(Range<usize>, Style)]) {
        let mut from = 0;
        for piece in wrap(text, self.width.saturating_sub(column).max(8)) {
            let start = text[from..].find(piece.as_str()).map_or(from, |at| from + at);
            let end = (start + piece.len()).min(text.len());
            self.out.push_str(&" ".repeat(column));
            let mut at = start;
            for (mark, style) in marks.iter().filter(|(mark, _)| mark.start < end && mark.end > start) {
                let (first, last) = (mark.start.max(at), mark.end.min(end));
                self.put(&text[at..first], Style::new());
                self.put(&text[first..last], *style);
                at = last;
            }
            self.put(&text[at..end], Style::new());
            self.blank();
            from = end;
        }
    }

    /// Parts with a dot between, parted over lines only between them.
    pub fn parts(&mut self, parts: &[String], style: Style) {
        let mut line = String::new();
        for part in parts {
            let joined = if line.is_empty() { part.clone() } else { format!("{line} · {part}") };
            if joined.width() > self.width && !line.is_empty() {
                self.line(Cell::styled(std::mem::replace(&mut line, part.clone()), style));
            } else {
                line = joined;
            }
        }
        self.line(Cell::styled(line, style));
    }
}

fn wrap(text: &str, width: usize) -> Vec<String> {
    textwrap::wrap(text, width).into_iter().map(std::borrow::Cow::into_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_behind_or_below() {
        let cells = [Cell::plain("killed"), Cell::plain("at least 12")];
        let quote = "“killing at least 12 people, most of them children”".to_owned();
        let at = QuoteColumns { beside: 26, below: 14 };
        let mut wide = Sheet::new(80, false);
        wide.quoted(&[2, 12], &cells, quote.clone(), at);
        assert_eq!(
            wide.finish(),
            "  killed    at least 12   “killing at least 12 people, most of them children”\n"
        );
        let mut narrow = Sheet::new(50, false);
        narrow.quoted(&[2, 12], &cells, quote, at);
        assert_eq!(
            narrow.finish(),
            "  killed    at least 12\n              “killing at least 12 people, most of\n              them children”\n"
        );
    }

    #[test]
    fn marks_go_over_the_end_of_a_line() {
        let mut sheet = Sheet::new(40, true);
        let text = "a bomb went off at the old fish market of the port";
        sheet.marked(2, text, &[2..6, 27..41], Style::new().bold());
        assert_eq!(
            sheet.finish(),
            "  a \u{1b}[1mbomb\u{1b}[0m went off at the old \u{1b}[1mfish market\u{1b}[0m\n  \u{1b}[1mof\u{1b}[0m the port\n"
        );
    }

    #[test]
    fn parts_are_not_broken() {
        let mut sheet = Sheet::new(40, false);
        sheet.parts(
            &["one part of the line".to_owned(), "another part of it".to_owned(), "end".to_owned()],
            Style::new(),
        );
        assert_eq!(sheet.finish(), "one part of the line\nanother part of it · end\n");
    }

    #[test]
    fn wide_characters_take_two_columns() {
        let mut sheet = Sheet::new(40, false);
        sheet.row(&[0, 10], &[Cell::plain("港口"), Cell::plain("harbour")]);
        assert_eq!(sheet.finish(), "港口      harbour\n");
    }
}
