//! Which incidents are the news of a report and which it only recalls.

use super::merge::Draft;
use crate::document::ParagraphKind;
use crate::read::events::EventMention;
use crate::read::frames::Detail;
use crate::read::ground::Ground;

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
    let lead = lead_sentence(ground);
    draft.mentions.iter().any(|&index| {
        let mention = &mentions[index];
        ground.is_headline(mention.token) || Some(mention.sentence(ground)) == lead
    })
}

fn is_old(ground: &Ground<'_>, draft: &Draft) -> bool {
    let published = ground.document.published.map(|at| at.day());
    let end = draft.date.and_then(|range| range.end);
    match (published, end) {
        (Some(published), Some(end)) => {
            published.since(end).is_ok_and(|span| i64::from(span.get_days()) > RECENT_DAYS)
        }
        _ => false,
    }
}
