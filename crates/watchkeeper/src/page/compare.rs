//! What edits changed, as a page for people.

use anstyle::{AnsiColor, Style};
use watchkeeper_store::StoredReport;

use super::layout::{Cell, Sheet};
use super::{BOLD, DIM, Look, plain, words};
use crate::views::compare::{Comparison, FactLabel, Op};

/// How many words of what stayed are shown around what changed.
const WORDS_AROUND: usize = 8;

const CAME: Style = AnsiColor::Green.on_default();
const WENT: Style = AnsiColor::Red.on_default();

/// The page of a report's versions, in their order, with what each later one changed.
pub fn render(versions: &[StoredReport], comparisons: &[Comparison], look: Look) -> String {
    let mut sheet = Sheet::new(look.width, look.in_colour);
    if let Some(first) = versions.first() {
        let about = [first.source.as_deref(), Some(first.identity.as_str())];
        let about: Vec<String> = about.into_iter().flatten().map(plain::one_line).collect();
        sheet.parts(&about, DIM);
        sheet.blank();
    }
    for (number, version) in versions.iter().enumerate() {
        let title = version.title.as_deref().map(plain::one_line).unwrap_or_default();
        sheet.heading(
            Cell::styled(format!("Version {} · {}", number + 1, words::moment(version.time)), BOLD),
            Cell::styled(words::short_id(&version.id), DIM),
        );
        if !title.is_empty() {
            sheet.row(&[2], &[Cell::plain(title)]);
        }
        if let Some(comparison) = number.checked_sub(1).and_then(|before| comparisons.get(before)) {
            put_changes(&mut sheet, comparison);
        }
        sheet.blank();
    }
    if versions.len() < 2 {
        sheet.line(Cell::plain("It was not changed since."));
    }
    sheet.finish()
}

fn put_changes(sheet: &mut Sheet, comparison: &Comparison) {
    let (text, marks) = shortened(comparison);
    sheet.styled(2, &text, &marks);
    put_facts(sheet, "tells now", &comparison.facts_added);
    put_facts(sheet, "no longer", &comparison.facts_removed);
}

fn put_facts(sheet: &mut Sheet, label: &str, facts: &[FactLabel]) {
    for fact in facts {
        sheet.row(&[2, 13], &[Cell::styled(label, DIM), Cell::plain(plain::one_line(&fact.label))]);
    }
}

/// What changed between words that stayed, `{+`what came`+}` and `[-`what went`-]`, and where those stand.
fn shortened(comparison: &Comparison) -> (String, Vec<(std::ops::Range<usize>, Style)>) {
    let (mut text, mut marks) = (String::new(), Vec::new());
    let last = comparison.parts.len().saturating_sub(1);
    for (number, part) in comparison.parts.iter().enumerate() {
        let clean = plain::one_line(&part.text);
        let (shown, style) = match part.op {
            Op::Same => (around(&clean, number == 0, number == last), Style::new()),
            Op::Added => (format!("{{+{clean}+}}"), CAME),
            Op::Removed => (format!("[-{clean}-]"), WENT),
        };
        if shown.is_empty() {
            continue;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        let start = text.len();
        text.push_str(&shown);
        marks.push((start..text.len(), style));
    }
    (text, marks)
}

/// The words of what stayed that stand beside a change.
fn around(text: &str, is_first: bool, is_last: bool) -> String {
    let words: Vec<&str> = text.split(' ').filter(|word| !word.is_empty()).collect();
    let end = words[words.len().saturating_sub(WORDS_AROUND)..].join(" ");
    let beginning = words[..words.len().min(WORDS_AROUND)].join(" ");
    match (is_first, is_last) {
        (true, true) => String::new(),
        (true, false) if words.len() > WORDS_AROUND => format!("… {end}"),
        (false, true) if words.len() > WORDS_AROUND => format!("{beginning} …"),
        (false, false) if words.len() > 2 * WORDS_AROUND => format!("{beginning} … {end}"),
        (true | false, true | false) => words.join(" "),
    }
}
