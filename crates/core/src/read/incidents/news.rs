//! Which incidents are the news of a report and which it only recalls.

use super::merge::Draft;
use crate::document::ParagraphKind;
use crate::read::events::EventMention;
use crate::read::frames::{Class, Detail};
use crate::read::ground::Ground;
use crate::reading::DateRange;

/// An event that lies further back than this is news only where the report makes it so.
const RECENT_DAYS: i64 = 31;

/// The drafts in the order of their weight, each with whether the report only recalls it.
pub(super) fn order<'a>(
    ground: &Ground<'_>,
    mentions: &[EventMention],
    drafts: &'a [Draft],
) -> Vec<(&'a Draft, bool)> {
    let mut weighed: Vec<(i32, usize)> =
        drafts.iter().enumerate().map(|(at, draft)| (weight(ground, mentions, draft), at)).collect();
    weighed.sort_by_key(|&(weight, at)| (-weight, at));
    let first = weighed.first().map(|&(_, at)| at);
    let mut order: Vec<(&Draft, bool)> = weighed
        .iter()
        .map(|&(_, at)| (&drafts[at], Some(at) != first && is_recalled(ground, mentions, &drafts[at])))
        .collect();
    order.sort_by_key(|&(_, recalled)| recalled);
    order
}

fn weight(ground: &Ground<'_>, mentions: &[EventMention], draft: &Draft) -> i32 {
    let lead = lead_sentence(ground);
    let mut weight = 0;
    for &index in &draft.mentions {
        let mention = &mentions[index];
        let sentence = mention.sentence(ground);
        weight += if ground.is_headline(mention.token) {
            6
        } else if Some(sentence) == lead {
            4
        } else {
            1
        };
        weight += i32::from(mention.detail == Detail::Specific);
    }
    weight - 8 * i32::from(is_old(ground, draft))
}

/// The first sentence of running prose.
fn lead_sentence(ground: &Ground<'_>) -> Option<usize> {
    ground.analysis.sentences.iter().position(|sentence| sentence.kind == ParagraphKind::Prose)
}

/// Mentioned once or twice, away from headline and lead, and set apart by its words or its date.
fn is_recalled(ground: &Ground<'_>, mentions: &[EventMention], draft: &Draft) -> bool {
    let set_apart = draft.mentions.iter().any(|&index| mentions[index].other);
    is_old(ground, draft) || (!is_prominent(ground, mentions, draft) && set_apart)
}

/// Whether the headline or the lead names it.
pub(super) fn is_prominent(ground: &Ground<'_>, mentions: &[EventMention], draft: &Draft) -> bool {
    draft.mentions.iter().any(|&index| is_prominent_at(ground, mentions[index].token))
}

/// Whether a word stands in the headline or the lead.
pub(super) fn is_prominent_at(ground: &Ground<'_>, token: usize) -> bool {
    ground.is_headline(token) || Some(ground.analysis.tokens[token].sentence) == lead_sentence(ground)
}

fn is_old(ground: &Ground<'_>, draft: &Draft) -> bool {
    draft.date.is_some_and(|date| is_long_before(ground, date))
}

/// Whether the report has a headline.
pub(super) fn has_headline(ground: &Ground<'_>) -> bool {
    ground.analysis.sentences.first().is_some_and(|sentence| sentence.kind != ParagraphKind::Prose)
}

/// Whether it lies further back from publication than news does.
pub(super) fn is_long_before(ground: &Ground<'_>, date: DateRange) -> bool {
    match (ground.document.published.map(|at| at.day()), date.end) {
        (Some(published), Some(end)) => {
            published.since(end).is_ok_and(|span| i64::from(span.get_days()) > RECENT_DAYS)
        }
        _ => false,
    }
}

/// Whether headline or lead speak of what comes long after the deed: a trial, an inquiry, a commemoration.
pub(super) fn looks_back(ground: &Ground<'_>) -> bool {
    (0..ground.analysis.tokens.len()).filter(|&at| is_prominent_at(ground, at)).any(|at| {
        let lemma = ground.lemma(at);
        [Class::Court, Class::Inquiry, Class::Aftermath].iter().any(|&class| ground.book.is(&lemma, class))
    })
}
