//! The parts of the page that tell of threats and warnings.

use unicode_width::UnicodeWidthStr;
use watchkeeper_core::reading::{Threat, Warning};

use super::layout::{Cell, QuoteColumns};
use super::{BOLD, Page, plain, words};

/// Who speaks is given no more columns than this before the words.
const WIDEST_WHO: usize = 40;

impl Page<'_> {
    /// Harm that is announced.
    pub(super) fn threats(&mut self) {
        let rows =
            self.reading.threats.iter().map(|threat| (self.threat(threat), self.quote(&threat.evidence)));
        self.notices("Threats and vows", rows.collect());
    }

    /// What was warned of.
    pub(super) fn warnings(&mut self) {
        let warnings = self.reading.warnings.iter();
        let rows = warnings.map(|warning| (self.warning(warning), self.quote(&warning.evidence)));
        self.notices("Warnings", rows.collect());
    }

    fn threat(&self, threat: &Threat) -> String {
        let target = threat.target.as_deref().map(|target| format!(" → {}", plain::one_line(target)));
        self.name(threat.speaker) + &target.unwrap_or_default()
    }

    fn warning(&self, warning: &Warning) -> String {
        let mut who = warning.issuer.map_or_else(|| "somebody".to_owned(), |issuer| self.name(Some(issuer)));
        if let Some(actor) = warning.actor {
            who += &format!(", about {}", self.name(Some(actor)));
        }
        if let Some(day) = warning.issued_on {
            who += &format!(", {}", words::day(day));
        }
        who
    }

    fn notices(&mut self, heading: &str, rows: Vec<(String, String)>) {
        if rows.is_empty() {
            return;
        }
        let widest = rows.iter().map(|(who, _)| who.width()).max().unwrap_or(0).min(WIDEST_WHO);
        self.sheet.line(Cell::styled(heading, BOLD));
        for (who, quote) in rows {
            let at = QuoteColumns { beside: 2 + widest + 3, below: 6 };
            self.sheet.quoted(&[2], &[Cell::plain(who)], quote, at);
        }
        self.sheet.blank();
    }
}
