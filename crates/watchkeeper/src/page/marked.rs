//! The text itself, the words of facts marked and boilerplate dimmed.

use anstyle::{AnsiColor, Style};
use watchkeeper_core::document::{Field, Passage};

use super::layout::Cell;
use super::{BOLD, DIM, Page, plain};

/// What a stretch of text is marked as; a later one lies above an earlier one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    None,
    Masked,
    Incident,
    Count,
    Warning,
    Threat,
    Act,
}

impl Mark {
    const fn style(self) -> Style {
        match self {
            Self::None => Style::new(),
            Self::Masked => DIM,
            Self::Incident => AnsiColor::Cyan.on_default().underline(),
            Self::Count => AnsiColor::Green.on_default().underline(),
            Self::Warning => AnsiColor::Yellow.on_default().underline(),
            Self::Threat => AnsiColor::Red.on_default().underline(),
            Self::Act => AnsiColor::Magenta.on_default().underline(),
        }
    }

    /// What stands there.
    const fn word(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Masked => "left out",
            Self::Incident => "incident",
            Self::Count => "count",
            Self::Warning => "warning",
            Self::Threat => "threat",
            Self::Act => "claim",
        }
    }

    /// The text between marks that say the same as the style where there is no colour.
    fn bracketed(self, text: &str) -> String {
        match self {
            Self::None => text.to_owned(),
            Self::Masked => format!("⟨{text}⟩"),
            Self::Incident | Self::Count | Self::Warning | Self::Threat | Self::Act => {
                format!("[{}: {text}]", self.word())
            }
        }
    }
}

impl Page<'_> {
    /// The text of the report.
    pub(super) fn marked(&mut self) {
        let text = &self.reading.document.text;
        let mut marks = vec![Mark::None; text.len()];
        let mut put = |passage: Passage, mark: Mark| {
            if passage.field == Field::Text {
                for slot in marks.get_mut(passage.span.range()).into_iter().flatten() {
                    *slot = mark.max(*slot);
                }
            }
        };
        let reading = self.reading;
        for masked in &reading.document.masked {
            put(Passage { field: Field::Text, span: masked.span }, Mark::Masked);
        }
        let marked = (reading.incidents.iter().map(|fact| (&fact.evidence, Mark::Incident)))
            .chain(reading.casualties.iter().map(|fact| (&fact.evidence, Mark::Count)))
            .chain(reading.warnings.iter().map(|fact| (&fact.evidence, Mark::Warning)))
            .chain(reading.threats.iter().map(|fact| (&fact.evidence, Mark::Threat)))
            .chain(reading.attributions.iter().map(|fact| (&fact.evidence, Mark::Act)));
        for (evidence, mark) in marked {
            evidence.iter().for_each(|&passage| put(passage, mark));
        }
        self.sheet.line(Cell::styled("The report", BOLD));
        self.legend();
        for (paragraph, at) in paragraphs(text) {
            self.marked_paragraph(paragraph, &marks[at..at + paragraph.len()]);
            self.sheet.blank();
        }
    }

    /// What the colours mean; without colour the marks say it themselves.
    fn legend(&mut self) {
        if !self.sheet.in_colour() {
            return;
        }
        let marks = [Mark::Incident, Mark::Count, Mark::Act, Mark::Warning, Mark::Threat, Mark::Masked];
        let words = marks.map(|mark| {
            let style = mark.style();
            format!("{style}{}{style:#}", mark.word())
        });
        self.sheet.row(&[2], &[Cell::plain(words.join("  "))]);
        self.sheet.blank();
    }

    fn marked_paragraph(&mut self, paragraph: &str, marks: &[Mark]) {
        let mut runs: Vec<(Mark, String)> = Vec::new();
        for (at, character) in paragraph.char_indices() {
            match runs.last_mut() {
                Some((mark, run)) if *mark == marks[at] => run.push(character),
                _ => runs.push((marks[at], character.to_string())),
            }
        }
        let in_colour = self.sheet.in_colour();
        let line = runs.into_iter().map(|(mark, run)| {
            let run = plain::lines(&run);
            match (in_colour, mark) {
                (_, Mark::None) => run,
                // Styles are opened and closed around every word, so that a break of the line cannot part them.
                (true, _) => {
                    let style = mark.style();
                    run.split_inclusive(' ').map(|word| format!("{style}{word}{style:#}")).collect()
                }
                (false, _) => mark.bracketed(&run),
            }
        });
        self.sheet.row(&[2], &[Cell::plain(line.collect::<String>())]);
    }
}

/// The lines of a text that hold something, with the byte at which each begins.
fn paragraphs(text: &str) -> impl Iterator<Item = (&str, usize)> {
    let mut at = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = at;
        at += line.len();
        let line = line.trim_end();
        (!line.is_empty()).then_some((line, start))
    })
}
