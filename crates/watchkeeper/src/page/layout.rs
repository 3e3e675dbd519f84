//! Columns that wrap, at whatever width the terminal has.

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

/// Gathers lines of a page.
pub struct Sheet {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether styles are written.
    pub in_colour: bool,
    out: String,
}

/// Where the columns of a row begin; the last one takes what is left.
pub type Columns<'a> = &'a [usize];

/// The last column is wrapped to no less than this; on a narrower terminal it goes below the others.
const LEAST_LAST_COLUMN: usize = 28;

impl Sheet {
    /// An empty sheet.
    pub fn new(width: usize, in_colour: bool) -> Self {
        Self { width, in_colour, out: String::new() }
    }

    /// The page.
    pub fn finish(self) -> String {
        self.out
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

    /// A line with something at its right end, where there is room; else on the next line.
    pub fn heading(&mut self, left: &Cell, right: &Cell) {
        let gap = self.width.saturating_sub(left.text.width() + right.text.width());
        if gap >= 2 {
            self.put(&left.text, left.style);
            self.out.push_str(&" ".repeat(gap));
            self.put(&right.text, right.style);
            self.blank();
        } else {
            self.row(&[0], std::slice::from_ref(left));
            self.row(&[2], std::slice::from_ref(right));
        }
    }

    /// Cells side by side, each wrapped in its column.
    pub fn row(&mut self, columns: Columns<'_>, cells: &[Cell]) {
        let last = *columns.last().unwrap_or(&0);
        if columns.len() > 1 && self.width < last + LEAST_LAST_COLUMN {
            // Too narrow for all side by side: the last goes below, indented.
            let (head, tail) = (&cells[..cells.len() - 1], &cells[cells.len() - 1]);
            self.row(&columns[..columns.len() - 1], head);
            if !tail.text.is_empty() {
                self.row(&[columns[0] + 2], std::slice::from_ref(tail));
            }
            return;
        }
        let wrapped: Vec<Vec<String>> = cells
            .iter()
            .enumerate()
            .map(|(number, cell)| {
                let end = columns.get(number + 1).map_or(self.width, |next| next - 2);
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
}

fn wrap(text: &str, width: usize) -> Vec<String> {
    textwrap::wrap(text, width).into_iter().map(std::borrow::Cow::into_owned).collect()
}
