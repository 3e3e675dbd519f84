//! The parts of a text in order: which paragraph is headline, heading or prose, and which lines are masked.

use std::ops::Range;

use super::calendar::WrittenDate;
use super::dateline::Style;
use super::lines::{self, Line};
use super::{Boilerplate, LONGEST_READ_BYTES, dateline, header};
use crate::document::{Field, MaskReason, Masked, Paragraph, ParagraphKind, Passage};
use crate::text::{Bytes, Span};

/// A dateline with positions in the whole text.
#[derive(Debug)]
pub(super) struct FoundDateline {
    pub(super) span: Span<Bytes>,
    pub(super) place: Option<Span<Bytes>>,
    pub(super) date: Option<WrittenDate>,
}

/// What was found in a text.
#[derive(Debug, Default)]
pub(super) struct Sections {
    /// What is to be read, in order.
    pub(super) paragraphs: Vec<Paragraph>,
    /// What is left out, in order.
    pub(super) masked: Vec<Masked>,
    /// The first dateline.
    pub(super) dateline: Option<FoundDateline>,
    /// The date in a header line; that of publication goes before that of a change.
    pub(super) header_date: Option<WrittenDate>,
    /// The year in a copyright line.
    pub(super) year: Option<i16>,
    /// Whether the text repeats the title as its headline.
    pub(super) repeats_title: bool,
}

/// Lines that may stand before the first sentence of a report.
const MOST_TOP_LINES: usize = 12;
/// Paragraphs among which a dateline may stand.
const MOST_BEFORE_DATELINE: usize = 3;

/// One paragraph of the text, before it is judged.
#[derive(Clone, Copy)]
struct Unit<'t> {
    span: Span<Bytes>,
    text: &'t str,
    opens_block: bool,
    closes_block: bool,
    /// Bytes of the unit after it; none after the last.
    next_bytes: usize,
}

impl Sections {
    /// Finds the parts of `text`.
    pub(super) fn of(
        text: &str,
        title: Option<&str>,
        source: Option<&str>,
        boilerplate: &Boilerplate,
    ) -> Self {
        let end = if text.len() > LONGEST_READ_BYTES {
            text.floor_char_boundary(LONGEST_READ_BYTES)
        } else {
            text.len()
        };
        let text = text.get(..end).unwrap_or(text);
        let units = units(text);
        let mut reader = Reader {
            source,
            title,
            boilerplate,
            style: style(text, &units),
            found: Self::default(),
            units_read: 0,
            prose_read: 0,
            headline_read: false,
        };
        for unit in units {
            reader.read(unit);
        }
        reader.found
    }

    /// A stretch of the prose from which the language can be told.
    pub(super) fn sample<'t>(&self, text: &'t str) -> &'t str {
        const SAMPLE_BYTES: usize = 4096;
        let Some(first) =
            self.paragraphs.iter().find(|p| p.kind == ParagraphKind::Prose).or(self.paragraphs.first())
        else {
            return "";
        };
        let start = first.passage.span.start;
        text.get(start..text.floor_char_boundary((start + SAMPLE_BYTES).min(text.len()))).unwrap_or("")
    }
}

fn units(text: &str) -> Vec<Unit<'_>> {
    let lines: Vec<Line> = lines::lines(text);
    let groups = lines::paragraphs(text, &lines);
    let span_of = |group: &Range<usize>| lines[group.start].span.cover(lines[group.end - 1].span);
    groups
        .iter()
        .enumerate()
        .map(|(index, group)| {
            let span = span_of(group);
            Unit {
                span,
                text: span.of(text),
                opens_block: lines[group.start].opens_block,
                closes_block: lines.get(group.end).is_none_or(|next| next.opens_block),
                next_bytes: groups.get(index + 1).map_or(0, |next| span_of(next).len()),
            }
        })
        .collect()
}

fn style(text: &str, units: &[Unit<'_>]) -> Style {
    const FEWEST_LABELS: usize = 2;
    if is_shouting(text) {
        Style::Shouting
    } else if units
        .iter()
        .filter(|unit| dateline::begins_with_label(unit.text))
        .nth(FEWEST_LABELS - 1)
        .is_some()
    {
        Style::Transcript
    } else {
        Style::Plain
    }
}

/// Whether nearly all letters are capitals, as on old wires.
fn is_shouting(text: &str) -> bool {
    let (mut capitals, mut small) = (0_usize, 0_usize);
    for c in text.chars().take(4000) {
        capitals += usize::from(c.is_uppercase());
        small += usize::from(c.is_lowercase());
    }
    capitals > small * 5
}

struct Reader<'a> {
    source: Option<&'a str>,
    title: Option<&'a str>,
    boilerplate: &'a Boilerplate,
    style: Style,
    found: Sections,
    units_read: usize,
    prose_read: usize,
    headline_read: bool,
}

impl Reader<'_> {
    fn read(&mut self, unit: Unit<'_>) {
        self.units_read += 1;
        let at_top = self.prose_read == 0 && self.units_read <= MOST_TOP_LINES;
        if at_top && let Some(rest) = self.read_header(unit) {
            if let Some(rest) = rest {
                self.read_body(rest);
            }
            return;
        }
        if let Some(reason) = self.boilerplate.judge_line(unit.text, at_top) {
            self.mask(unit.span, reason);
            if reason == MaskReason::Copyright {
                self.found.year = self.found.year.or_else(|| year_in(unit.text));
            }
            return;
        }
        self.read_body(unit);
    }

    /// Masks a header with a date. Gives what is left of the unit, where it was one.
    fn read_header<'t>(&mut self, unit: Unit<'t>) -> Option<Option<Unit<'t>>> {
        if let Some(header) = header::find(unit.text) {
            let len = unit.text.get(..header.len)?.trim_end().len();
            if header.whole || self.units_read == 1 {
                self.mask(Span::new(unit.span.start, unit.span.start + len), MaskReason::Header);
                if self.found.header_date.is_none() || !header.is_update {
                    self.found.header_date = Some(header.date);
                }
                return Some(unit.after(header.len));
            }
        }
        let line = dateline::whole_line(unit.text, self.source)?;
        self.mask(unit.span, MaskReason::Header);
        self.set_dateline(unit, line);
        Some(None)
    }

    fn read_body(&mut self, unit: Unit<'_>) {
        let is_first = self.found.paragraphs.is_empty();
        if is_first && self.title.is_some_and(|title| repeats(unit.text, title)) {
            self.found.repeats_title = true;
            return self.push_headline(unit);
        }
        let is_dateline =
            || dateline::find(unit.text, self.source, self.style).is_some_and(|line| line.date.is_some());
        if is_first && self.title.is_none() && unit.is_headline() && !is_dateline() {
            return self.push_headline(unit);
        }
        let Some(unit) = self.read_dateline(unit) else { return };
        let unit = self.read_tail(unit);
        if unit.is_heading() {
            return self.push(unit.span, unit.text, ParagraphKind::Heading);
        }
        self.prose_read += usize::from(unit.is_sentence());
        self.push(unit.span, unit.text, ParagraphKind::Prose);
    }

    fn push_headline(&mut self, unit: Unit<'_>) {
        if self.headline_read {
            return self.push(unit.span, unit.text, ParagraphKind::Heading);
        }
        self.headline_read = true;
        self.push(unit.span, unit.text, ParagraphKind::Headline);
    }

    /// Takes the dateline off the first paragraphs; nothing is left where it stands alone.
    fn read_dateline<'t>(&mut self, unit: Unit<'t>) -> Option<Unit<'t>> {
        if self.found.dateline.is_some() || self.prose_read >= MOST_BEFORE_DATELINE {
            return Some(unit);
        }
        let Some(line) = dateline::find(unit.text, self.source, self.style) else { return Some(unit) };
        let len = line.len;
        self.set_dateline(unit, line);
        unit.after(len)
    }

    fn set_dateline(&mut self, unit: Unit<'_>, line: dateline::Found) {
        let start = unit.span.start;
        let len = unit.text.get(..line.len).unwrap_or(unit.text).trim_end().len();
        let place = line.place.map(|range| Span::new(range.start, range.end).shift(start));
        self.found.dateline.get_or_insert(FoundDateline {
            span: Span::new(start, start + len),
            place,
            date: line.date,
        });
    }

    /// Masks credits at the end of a paragraph ("… (Reporting by Ada Brook)").
    fn read_tail<'t>(&mut self, unit: Unit<'t>) -> Unit<'t> {
        let Some((start, reason)) = tail_starts(unit.text)
            .into_iter()
            .flatten()
            .find_map(|start| self.boilerplate.judge_tail(&unit.text[start..]).map(|reason| (start, reason)))
        else {
            return unit;
        };
        let body = unit.text[..start].trim_end();
        if body.is_empty() {
            return unit;
        }
        self.mask(Span::new(unit.span.start + start, unit.span.end), reason);
        Unit { span: Span::new(unit.span.start, unit.span.start + body.len()), text: body, ..unit }
    }

    fn mask(&mut self, span: Span<Bytes>, reason: MaskReason) {
        if !span.is_empty() {
            self.found.masked.push(Masked { span, reason });
        }
    }

    /// Adds a paragraph, in pieces where it is longer than any paragraph that a person wrote.
    fn push(&mut self, span: Span<Bytes>, text: &str, kind: ParagraphKind) {
        /// Ten times a long paragraph.
        const LONGEST_PARAGRAPH_BYTES: usize = 8 * 1024;
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let len = if rest.len() <= LONGEST_PARAGRAPH_BYTES {
                rest.len()
            } else {
                piece(rest, LONGEST_PARAGRAPH_BYTES)
            };
            let body = rest[..len].trim();
            let lead = rest[..len].len() - rest[..len].trim_start().len();
            if !body.is_empty() {
                let start = span.start + at + lead;
                let passage = Passage { field: Field::Text, span: Span::new(start, start + body.len()) };
                self.found.paragraphs.push(Paragraph { passage, kind });
            }
            at += len;
        }
    }
}

/// Where to cut a text of more than `most` bytes: after a sentence, else after a word, else anywhere.
fn piece(text: &str, most: usize) -> usize {
    let head = &text[..text.floor_char_boundary(most)];
    let at = head.rfind(". ").or_else(|| head.rfind(char::is_whitespace)).filter(|&at| at > most / 2);
    at.map_or(head.len(), |at| at + head[at..].chars().next().map_or(1, char::len_utf8))
}

/// Where a last parenthesis, and where a last sentence, begins.
fn tail_starts(text: &str) -> [Option<usize>; 2] {
    let parenthesis = text.trim_end_matches('.').ends_with(')').then(|| text.rfind('(')).flatten();
    let body = text.trim_end_matches(['.', '!', '?', ')', ' ']);
    let sentence =
        [". ", ".\n", ".” ", ".\" ", ") "].iter().filter_map(|end| Some(body.rfind(end)? + end.len())).max();
    [parenthesis, sentence]
}

fn year_in(text: &str) -> Option<i16> {
    text.split(|c: char| !c.is_ascii_digit())
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok())
        .filter(|year| (1900..2200).contains(year))
        .max()
}

/// Whether a line is the title again, cased or marked differently or shortened.
fn repeats(line: &str, title: &str) -> bool {
    let letters = |text: &str| {
        text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    if line.len() > title.len() * 2 + 20 {
        return false;
    }
    let (line, title) = (letters(line), letters(title));
    let (short, long) = if line.len() < title.len() { (&line, &title) } else { (&title, &line) };
    !short.is_empty() && long.starts_with(short.as_str()) && short.len() * 10 >= long.len() * 6
}

impl<'t> Unit<'t> {
    /// What is left after its first `len` bytes.
    fn after(self, len: usize) -> Option<Self> {
        let rest = self.text.get(len..)?;
        let text = rest.trim_start();
        let start = self.span.start + len + (rest.len() - text.len());
        (!text.is_empty()).then_some(Self { span: Span::new(start, self.span.end), text, ..self })
    }

    fn is_last(self) -> bool {
        self.next_bytes == 0
    }

    fn ends_like_a_sentence(self) -> bool {
        self.text
            .trim_end_matches(['"', '”', '’', '\'', ')', ']'])
            .ends_with(['.', '!', '?', '…', ':', ';', ','])
    }

    fn is_sentence(self) -> bool {
        self.text.chars().count() > 60
            || (self.ends_like_a_sentence() && self.text.split_whitespace().count() > 5)
    }

    /// A first line that heads the report: short, set apart, and no sentence.
    fn is_headline(self) -> bool {
        const LONGEST_CHARS: usize = 220;
        /// So much longer a paragraph sets the line before it apart without an empty line.
        const TIMES_LONGER: usize = 2;
        let text = self.text;
        (self.closes_block || self.next_bytes > text.len() * TIMES_LONGER)
            && !self.is_last()
            && text.len() <= LONGEST_CHARS * 4
            && text.chars().count() <= LONGEST_CHARS
            && !text.trim_end_matches(['"', '”', '’', '\'', ')']).ends_with(['.', ':', ';', ','])
            && text.chars().any(char::is_alphabetic)
    }

    /// A heading between paragraphs: a few words set apart that end without a mark.
    fn is_heading(self) -> bool {
        const MOST_WORDS: usize = 14;
        let begins = self.text.starts_with(|c: char| {
            c.is_uppercase() || c.is_ascii_digit() || matches!(c, '"' | '“' | '‘' | '\'')
        });
        self.opens_block
            && self.closes_block
            && !self.is_last()
            && begins
            && !self.ends_like_a_sentence()
            && self.text.split_whitespace().take(MOST_WORDS + 1).count() <= MOST_WORDS
    }
}
