//! Tables of the actor book: tab-separated, the first line names the columns, `#` begins a comment and `?` an example.

use jiff::civil::Date;

use crate::closed::closed_list;
use crate::reading::DateRange;

/// Why the actor book cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{file}, line {line}: {what}")]
pub struct ActorError {
    /// Which file.
    pub file: String,
    /// Which line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub what: String,
}

closed_list! {
    /// A column of a table.
    Column {
        /// Key of the actor or function, in snake case; bodies of a state begin with its key and a full stop.
        Id = "id",
        /// What it is, a word of [`ActorKind`](super::ActorKind).
        Kind = "kind",
        /// The name by which the book calls it.
        Name = "name",
        /// Its name in full.
        Official = "official",
        /// Other names, parted by `;`. One that ends with `?` may as well mean something else, one that begins with `-`
        /// takes a name away that an earlier file gave, one that begins with `=` is what a person is called for short, and an
        /// abbreviation with `!` counts only in capitals.
        Aliases = "aliases",
        /// Adjectives of a state, the usual one first.
        Adjectives = "adjectives",
        /// Words for the people of a state, singular and plural.
        People = "people",
        /// The capital that stands for the government, in its spellings.
        Capital = "capital",
        /// ISO 3166-1 alpha-2 code of the country.
        Country = "country",
        /// Actor code in the manner of CAMEO.
        Cameo = "cameo",
        /// Key of the actor that it is a part, branch, wing or organ of.
        PartOf = "part_of",
        /// Key of the group from which it split.
        SplitFrom = "split_from",
        /// Since when: a year, month or day.
        From = "from",
        /// Until when; empty where it goes on or where that is not known.
        To = "to",
        /// Where it is or was active; for people who edit.
        Area = "area",
        /// Spellings of one word that count as the same, parted by `;`.
        Spellings = "spellings",
        /// Phrases for an institution or an office, parted by `;`.
        Phrases = "phrases",
        /// Key of the state or body in which an office is held.
        Of = "of",
        /// Key of the office.
        Office = "office",
        /// How sure the dates are, a word of [`Confidence`].
        Confidence = "confidence",
        /// Anything that the next editor should know.
        Note = "note",
    }
}

closed_list! {
    /// How sure the dates of a term of office are.
    Confidence {
        /// As good as certain.
        High = "high",
        /// The order is right, a date may be off by some days or, where only years stand, by one.
        Medium = "medium",
    }
}

/// One line of a table, its cells by column.
pub(super) struct Line<'t> {
    columns: &'t [Column],
    cells: Vec<&'t str>,
    /// Its number in the file, from 1.
    pub number: usize,
}

impl<'t> Line<'t> {
    /// The cell of a column; empty where the table or the line lacks it.
    pub fn cell(&self, column: Column) -> &'t str {
        let at = self.columns.iter().position(|&one| one == column);
        at.and_then(|at| self.cells.get(at)).copied().unwrap_or("").trim()
    }

    /// The parts of a cell between `;`.
    pub fn list(&self, column: Column) -> impl Iterator<Item = &'t str> + use<'t> {
        self.cell(column).split(';').map(str::trim).filter(|part| !part.is_empty())
    }

    /// The days from `from` to `to`.
    pub fn dates(&self) -> Result<DateRange, String> {
        let start = optional(self.cell(Column::From))?.and_then(|range| range.start);
        let end = optional(self.cell(Column::To))?.and_then(|range| range.end);
        match (start, end) {
            (Some(start), Some(end)) if end < start => Err(format!("{end} is before {start}")),
            _ => Ok(DateRange { start, end }),
        }
    }
}

/// Reads one table and hands every line to `take`.
pub(super) fn read(
    file: &str,
    text: &str,
    mut take: impl FnMut(&Line<'_>) -> Result<(), String>,
) -> Result<(), ActorError> {
    let mut columns: Option<Vec<Column>> = None;
    for (number, line) in text.lines().enumerate() {
        if line.trim().is_empty() || line.starts_with(['#', '?']) {
            continue;
        }
        let cells: Vec<&str> = line.split('\t').collect();
        let done = match &columns {
            None => header(&cells).map(|found| columns = Some(found)),
            Some(columns) if cells.len() > columns.len() => {
                Err(format!("{} cells in {} columns", cells.len(), columns.len()))
            }
            Some(columns) => take(&Line { columns, cells, number: number + 1 }),
        };
        done.map_err(|what| ActorError { file: file.to_owned(), line: number + 1, what })?;
    }
    Ok(())
}

fn header(cells: &[&str]) -> Result<Vec<Column>, String> {
    let column = |cell: &&str| {
        Column::parse(cell.trim()).ok_or_else(|| format!("no column is called {:?}", cell.trim()))
    };
    cells.iter().map(column).collect()
}

/// The columns of a table; empty where it has no line.
pub(super) fn columns(text: &str) -> Vec<Column> {
    let first = text.lines().find(|line| !line.trim().is_empty() && !line.starts_with(['#', '?']));
    first
        .into_iter()
        .flat_map(|line| line.split('\t'))
        .filter_map(|cell| Column::parse(cell.trim()))
        .collect()
}

/// A mention with the actor that it must be linked to.
#[derive(Clone, Debug, PartialEq)]
pub struct ActorExample {
    /// In which file it stands.
    pub file: String,
    /// In which line, from 1.
    pub line: usize,
    /// The words of the mention.
    pub mention: String,
    /// The day on which they were written.
    pub on: Option<Date>,
    /// Key of the actor that must come first; several where the text leaves open whom it means, none where no actor may
    /// be found.
    pub expected: Vec<String>,
}

/// The examples of a table: lines of `?`, the mention, the date or nothing, and the key, several keys parted by `;` or `-`.
pub(super) fn examples(file: &str, text: &str) -> Result<Vec<ActorExample>, ActorError> {
    let mut found = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let Some(rest) = line.strip_prefix('?') else { continue };
        let wrong = |what: String| ActorError { file: file.to_owned(), line: number + 1, what };
        let cells: Vec<&str> = rest.split('\t').map(str::trim).collect();
        let [mention, on, expected] = cells.as_slice() else {
            return Err(wrong(format!("an example has 3 cells, not {}", cells.len())));
        };
        found.push(ActorExample {
            file: file.to_owned(),
            line: number + 1,
            mention: (*mention).to_owned(),
            on: optional(on).map_err(wrong)?.and_then(|range| range.start),
            expected: match *expected {
                "-" => Vec::new(),
                keys => keys.split(';').map(str::to_owned).collect(),
            },
        });
    }
    Ok(found)
}

fn optional(cell: &str) -> Result<Option<DateRange>, String> {
    match cell {
        "" => Ok(None),
        text => days(text)
            .map(Some)
            .ok_or_else(|| format!("{text:?} is no date; write 2001, 2001-09 or 2001-09-11")),
    }
}

/// The days of a year, a month or a day.
fn days(text: &str) -> Option<DateRange> {
    let mut parts = text.split('-');
    let number = |part: Option<&str>| part.map(|part| part.parse::<i16>().ok());
    let year = parts.next()?.parse().ok()?;
    let (month, day) = (number(parts.next()), number(parts.next()));
    let month = match month {
        None => None,
        Some(month) => Some(i8::try_from(month?).ok()?),
    };
    let first = Date::new(year, month.unwrap_or(1), 1).ok()?;
    let range = match (month, day) {
        (None, _) => DateRange { start: Some(first), end: Some(first.last_of_year()) },
        (Some(_), None) => DateRange { start: Some(first), end: Some(first.last_of_month()) },
        (Some(month), Some(day)) => DateRange::day(Date::new(year, month, i8::try_from(day?).ok()?).ok()?),
    };
    parts.next().is_none().then_some(range)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_as_fine_as_they_are_written() {
        let ends = |text| days(text).map(|range| format!("{:?}", (range.start, range.end)));
        assert_eq!(ends("2004"), Some("(Some(2004-01-01), Some(2004-12-31))".to_owned()));
        assert_eq!(ends("2004-02"), Some("(Some(2004-02-01), Some(2004-02-29))".to_owned()));
        assert_eq!(ends("2004-02-03"), Some("(Some(2004-02-03), Some(2004-02-03))".to_owned()));
        for wrong in ["", "x", "2004-13", "2004-02-30", "2004-02-03-04", "2004-x"] {
            assert_eq!(ends(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_line_is_read_by_its_columns() {
        let mut seen = Vec::new();
        let text =
            "# comment\nid\tname\taliases\nheron_front\tHeron Front\tHF; Herons \n? HF\t2001\theron_front\n";
        read("t.tsv", text, |line| {
            seen.push((line.cell(Column::Id).to_owned(), line.list(Column::Aliases).count()));
            Ok(())
        })
        .expect("a good table");
        assert_eq!(seen, [("heron_front".to_owned(), 2)]);
        assert_eq!(examples("t.tsv", text).expect("good").len(), 1);
    }

    #[test]
    fn a_bad_line_is_told_by_file_and_number() {
        let error = read("t.tsv", "id\tcolour\n", |_| Ok(())).expect_err("no such column");
        assert_eq!(error.to_string(), "t.tsv, line 1: no column is called \"colour\"");
        let error = read("t.tsv", "id\nx\ty\n", |_| Ok(())).expect_err("too many cells");
        assert_eq!(error.line, 2);
    }
}
