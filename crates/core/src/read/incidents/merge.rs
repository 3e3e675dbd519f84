//! Which mentions of events are of one incident.

use super::news;
use crate::analysis::{Dep, Pos};
use crate::document::ParagraphKind;
use crate::places::attach::Atlas;
use crate::read::events::{EventMention, specificity};
use crate::read::frames::Detail;
use crate::read::ground::Ground;
use crate::reading::{DateRange, Place, Precision};
use crate::time::attach::first_days;
use crate::vocabulary::{IncidentType, Stage};

/// An incident in the making.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// Indices of its mentions, in order.
    pub mentions: Vec<usize>,
    /// What was done, by the words that say most.
    pub kind: IncidentType,
    detail: Detail,
    /// How far it came.
    pub stage: Stage,
    /// Stated days.
    pub date: Option<DateRange>,
    /// Where, by mention; indices into the places of the document.
    pub places: Vec<usize>,
    targets: Vec<usize>,
}

/// Gathers mentions, in the order of the text.
pub(super) fn gather(ground: &Ground<'_>, mentions: &[EventMention]) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut waiting: Vec<usize> = Vec::new();
    for (index, mention) in mentions.iter().enumerate() {
        if mention.detail == Detail::Generic || !mention.happened() {
            waiting.push(index);
            continue;
        }
        let best = drafts
            .iter()
            .enumerate()
            .filter_map(|(at, draft)| fit(ground, mentions, draft, mention).map(|score| (score, at)))
            .max_by_key(|&(score, at)| (score, std::cmp::Reverse(at)));
        match best.filter(|&(score, _)| score >= threshold(ground, mention)) {
            Some((_, at)) => drafts[at].add(ground, index, mention),
            None => drafts.push(Draft::new(ground, index, mention)),
        }
    }
    for index in waiting {
        take_up(ground, mentions, &mut drafts, index);
    }
    for draft in &mut drafts {
        draft.mentions.sort_unstable();
    }
    drafts
}

/// A mention that only takes up what was told joins the incident last mentioned before it, else the first one; a
/// report that speaks of nothing but "the incident" tells of one whose type it does not say.
fn take_up(ground: &Ground<'_>, mentions: &[EventMention], drafts: &mut Vec<Draft>, index: usize) {
    let mention = &mentions[index];
    let fitting = |draft: &Draft| fit(ground, mentions, draft, mention).is_some();
    let before = |draft: &Draft| draft.mentions.iter().copied().filter(|&other| other < index).max();
    let last = drafts
        .iter()
        .enumerate()
        .filter(|(_, draft)| fitting(draft))
        .max_by_key(|(at, draft)| (before(draft), std::cmp::Reverse(*at)))
        .map(|(at, _)| at);
    let taken_up = mention.detail == Detail::Generic || is_definite(ground, mention);
    match last {
        Some(at) if taken_up => drafts[at].mentions.push(index),
        None if mention.detail == Detail::Generic && mention.happened() && is_definite(ground, mention) => {
            drafts.push(Draft::new(ground, index, mention));
        }
        _ => {}
    }
}

impl Draft {
    fn new(ground: &Ground<'_>, index: usize, mention: &EventMention) -> Self {
        Self {
            mentions: vec![index],
            kind: mention.kind,
            detail: mention.detail,
            stage: mention.stage,
            date: date(ground, mention),
            places: mention.places.clone(),
            targets: mention.targets.clone(),
        }
    }

    /// Whether its words say what was done, and not only that something was.
    pub(super) fn is_specific(&self) -> bool {
        self.detail > Detail::Generic
    }

    fn add(&mut self, ground: &Ground<'_>, index: usize, mention: &EventMention) {
        self.mentions.push(index);
        if (mention.detail, specificity(mention.kind)) > (self.detail, specificity(self.kind)) {
            self.kind = mention.kind;
            self.detail = mention.detail;
        }
        self.date = self.date.or_else(|| date(ground, mention));
        self.places.extend(mention.places.iter().copied());
        self.targets.extend(mention.targets.iter().copied());
    }
}

/// How well a mention fits an incident; none where they cannot be one.
fn fit(ground: &Ground<'_>, mentions: &[EventMention], draft: &Draft, mention: &EventMention) -> Option<i32> {
    let generic = mention.detail == Detail::Generic;
    if !generic && !are_compatible(draft.kind, draft.detail, mention.kind, mention.detail) {
        return None;
    }
    if draft.stage != mention.stage && mention.happened() && !generic && draft.detail > Detail::Generic {
        return None;
    }
    let date = date(ground, mention);
    if let (Some(one), Some(other)) = (draft.date, date)
        && are_apart(one, other)
    {
        return None;
    }
    // Without a headline nothing tells what of it is the news.
    let recalled = match (draft.date, date) {
        _ if !news::has_headline(ground) => false,
        (None, Some(date)) => is_recalled(ground, mentions, draft, mention, date),
        (Some(date), None) => is_after_recalling(ground, mentions, draft, mention, date),
        (Some(_), Some(_)) | (None, None) => false,
    };
    if recalled {
        return None;
    }
    let near = are_near(&ground.atlas(), &mention.places, &draft.places)?;
    // "the attack" says of what kind it was as little as "it" does.
    let same_kind = draft.kind == mention.kind && mention.detail == Detail::Specific;
    let mut score = i32::from(same_kind) + 2 * i32::from(near);
    score += i32::from(draft.date.is_some() && date.is_some()) * 2;
    let lemma = |&token: &usize| ground.lemma(token);
    let targets: Vec<_> = draft.targets.iter().map(lemma).collect();
    score += 2 * i32::from(mention.targets.iter().map(lemma).any(|target| targets.contains(&target)));
    score += i32::from(is_definite(ground, mention));
    // The lead tells again what the headline told.
    let headline = |index: &usize| ground.is_headline(mentions[*index].token);
    score += 2 * i32::from(draft.mentions.iter().all(headline));
    Some(score)
}

/// Whether a report of something new recalls an older event with these words: what they date lies far back, and neither
/// headline nor lead has them.
fn is_recalled(
    ground: &Ground<'_>,
    mentions: &[EventMention],
    draft: &Draft,
    mention: &EventMention,
    date: DateRange,
) -> bool {
    let prominent = |mention: &EventMention| news::is_prominent_at(ground, mention.token);
    news::is_long_before(ground, date)
        && draft.mentions.iter().any(|&index| prominent(&mentions[index]))
        && !prominent(mention)
        && !news::looks_back(ground)
}

/// Whether a report has left behind what it recalled: words in another paragraph that neither date nor place nor target
/// ties to it speak of something else.
fn is_after_recalling(
    ground: &Ground<'_>,
    mentions: &[EventMention],
    draft: &Draft,
    mention: &EventMention,
    date: DateRange,
) -> bool {
    let paragraph = |mention: &EventMention| ground.analysis.sentences[mention.sentence(ground)].paragraph;
    let here = paragraph(mention);
    news::is_long_before(ground, date)
        && mention.detail > Detail::Generic
        && draft.mentions.iter().all(|&index| {
            paragraph(&mentions[index]) != here && !news::is_prominent_at(ground, mentions[index].token)
        })
        && !mention.places.iter().any(|place| draft.places.contains(place))
        && mention.targets.is_empty()
}

/// How much must speak for it: more where the words introduce something new.
fn threshold(ground: &Ground<'_>, mention: &EventMention) -> i32 {
    if mention.other {
        return 5;
    }
    if mention.blamed {
        return 0;
    }
    let indefinite = ground
        .analysis
        .children_by(mention.token, &[Dep::Det])
        .any(|child| matches!(&*ground.analysis.tokens[child].lower, "a" | "an"));
    if indefinite { 2 } else { 0 }
}

/// "the attack", "this bombing", "Monday's attack", "they attacked".
fn is_definite(ground: &Ground<'_>, mention: &EventMention) -> bool {
    let word = &ground.analysis.tokens[mention.token];
    matches!(word.pos, Pos::Verb | Pos::Aux)
        || ground.analysis.children_by(mention.token, &[Dep::Det, Dep::Poss]).any(|child| {
            let token = &ground.analysis.tokens[child];
            token.dep == Dep::Poss || matches!(&*token.lower, "the" | "this" | "that" | "these" | "those")
        })
        || ground.analysis.sentences[word.sentence].kind != ParagraphKind::Prose
}

/// The stated days of a mention.
fn date(ground: &Ground<'_>, mention: &EventMention) -> Option<DateRange> {
    first_days(ground.times, mention.times.iter().copied())
}

fn are_apart(one: DateRange, other: DateRange) -> bool {
    let before =
        |a: DateRange, b: DateRange| matches!((a.end, b.start), (Some(end), Some(start)) if end < start);
    before(one, other) || before(other, one)
}

/// Whether two sets of places have one in common; none where they contradict each other: two towns are two incidents,
/// also in one department, and the town from which a distance is counted is none of them.
fn are_near(atlas: &Atlas<'_>, here: &[usize], there: &[usize]) -> Option<bool> {
    let said = |list: &[usize]| -> Vec<&Place> {
        list.iter().map(|&at| &atlas.places[at]).filter(|place| !atlas.is_measured_from(place)).collect()
    };
    let (here, there) = (said(here), said(there));
    let same = |a: &Place, b: &Place| match (a.geonames_id, b.geonames_id) {
        (Some(a), Some(b)) => a == b,
        _ => a.name == b.name,
    };
    let any = |fits: &dyn Fn(&Place, &Place) -> bool| here.iter().any(|a| there.iter().any(|b| fits(a, b)));
    let is_spot = |place: &Place| atlas.is_spot(place);
    if any(&|a, b| is_spot(a) && same(a, b) || atlas.lies_in(a, b) || atlas.lies_in(b, a)) {
        return Some(true);
    }
    if here.iter().any(|place| is_spot(place)) && there.iter().any(|place| is_spot(place)) {
        return None;
    }
    if any(&same) {
        return Some(true);
    }
    let fine = |place: &&&Place| matches!(place.precision, Precision::City | Precision::Exact);
    let country = |list: &[&Place]| {
        list.iter().filter(fine).find_map(|p| p.country).or(list.iter().find_map(|p| p.country))
    };
    match (country(&here), country(&there)) {
        (Some(a), Some(b)) if a != b => None,
        _ => Some(false),
    }
}

/// Whether one incident may be told in both ways.
fn are_compatible(one: IncidentType, one_detail: Detail, other: IncidentType, other_detail: Detail) -> bool {
    use IncidentType::{
        ArmedAssault, Arson, Assassination, Bombing, ChemicalAttack, CyberAttack, Hijacking, HostageTaking,
        Kidnapping, MissileOrAirStrike, Sabotage, Stabbing, SuicideBombing, Unknown, VehicleRamming,
    };
    if one == other || one_detail < Detail::Specific || other_detail < Detail::Specific {
        return true;
    }
    let pair = |kinds: &[IncidentType]| kinds.contains(&one) && kinds.contains(&other);
    match (one, other) {
        (Unknown, _) | (_, Unknown) => true,
        (CyberAttack | ChemicalAttack | Hijacking, _) | (_, CyberAttack | ChemicalAttack | Hijacking) => {
            pair(&[ChemicalAttack, Assassination]) || pair(&[Hijacking, HostageTaking, SuicideBombing])
        }
        _ => {
            pair(&[Bombing, SuicideBombing, ArmedAssault, Assassination])
                || pair(&[ArmedAssault, HostageTaking, Assassination, SuicideBombing])
                || pair(&[ArmedAssault, Stabbing, VehicleRamming, Assassination])
                || pair(&[Kidnapping, HostageTaking])
                || pair(&[Kidnapping, Assassination])
                || pair(&[Bombing, MissileOrAirStrike])
                || pair(&[Bombing, Sabotage, Arson])
                || pair(&[ArmedAssault, Arson])
        }
    }
}
