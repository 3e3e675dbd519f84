//! The incidents of a report: its mentions of events gathered, each with its parts.

mod merge;
mod news;
mod told;

use self::merge::Draft;
use crate::analysis::Analysis;
use crate::places::attach::Account;
use crate::read::events::{EventMention, is_aimed_at_one};
use crate::read::fillers::phrases;
use crate::read::ground::Ground;
use crate::reading::{DateBasis, DateRange, Incident, IncidentDate, IncidentId, Place};
use crate::time::attach::Question;
use crate::vocabulary::{IncidentType, Modality};

/// The incidents of a report and which mention of an event tells of which.
#[derive(Debug, Default)]
pub struct Incidents {
    /// The news first.
    pub list: Vec<Incident>,
    /// By token: the incident that it mentions.
    of_token: Vec<(usize, IncidentId)>,
    /// Those that a headline names.
    prominent: Vec<IncidentId>,
}

impl Incidents {
    /// The incident that the word at `token` mentions.
    pub fn at(&self, token: usize) -> Option<IncidentId> {
        self.of_token.iter().find(|&&(other, _)| other == token).map(|&(_, id)| id)
    }

    /// The words that mention incidents, in order, each with its incident.
    pub fn mentions(&self) -> impl Iterator<Item = (usize, IncidentId)> + '_ {
        self.of_token.iter().copied()
    }

    /// The incident that words at `token` speak of without naming it: one that their sentence mentions or, in the same
    /// paragraph, the one before it, else the news.
    pub fn spoken_of(&self, analysis: &Analysis, token: usize) -> Option<IncidentId> {
        let sentence = |at: usize| analysis.tokens[at].sentence;
        let paragraph = |at: usize| analysis.sentences[sentence(at)].paragraph;
        let near = |&&(at, _): &&(usize, IncidentId)| {
            at < token && paragraph(at) == paragraph(token) && sentence(at) + 1 >= sentence(token)
        };
        let last = self.of_token.iter().filter(near).max_by_key(|&&(at, _)| at).map(|&(_, id)| id);
        last.or_else(|| (!self.list.is_empty()).then_some(IncidentId(0)))
    }
}

/// Gathers the mentions of events into incidents; who did what to whom is filled in later.
pub fn gather(ground: &Ground<'_>, mentions: &[EventMention]) -> Incidents {
    let drafts = merge::gather(ground, mentions);
    let order = news::order(ground, mentions, &drafts);
    let mut incidents = Incidents::default();
    for (draft, background) in order {
        let id = IncidentId(incidents.list.len());
        incidents.of_token.extend(draft.mentions.iter().map(|&index| (mentions[index].token, id)));
        incidents.list.push(incident(ground, mentions, draft, background));
        if draft.mentions.iter().any(|&index| ground.is_headline(mentions[index].token)) {
            incidents.prominent.push(id);
        }
    }
    incidents.of_token.sort_unstable();
    incidents
}

fn incident(ground: &Ground<'_>, mentions: &[EventMention], draft: &Draft, background: bool) -> Incident {
    let parts: Vec<&EventMention> = draft.mentions.iter().map(|&index| &mentions[index]).collect();
    let told: Vec<&EventMention> = parts.iter().copied().filter(|mention| mention.happened()).collect();
    let asserted = told.iter().any(|mention| mention.modality == Modality::Asserted);
    let all = |list: fn(&EventMention) -> &Vec<usize>| -> Vec<usize> {
        told.iter().flat_map(|mention| list(mention).iter().copied()).collect()
    };
    let mut evidence: Vec<_> = told.iter().map(|mention| ground.evidence(&mention.found)).collect();
    evidence.sort();
    evidence.dedup();
    let assassination = draft.kind == IncidentType::ArmedAssault && is_aimed_at_one(ground, &told);
    Incident {
        kind: if assassination { IncidentType::Assassination } else { draft.kind },
        stage: draft.stage,
        modality: if asserted { Modality::Asserted } else { Modality::Reported },
        date: date(ground, mentions, draft, background),
        place: place(ground, mentions, draft, background),
        perpetrators: Vec::new(),
        targets: Vec::new(),
        victims: Vec::new(),
        unnamed_victims: phrases::described(ground, &all(|mention| &mention.victims)),
        weapons: Vec::new(),
        background,
        evidence,
        trace: ground.trace(&mentions[draft.mentions[0]].found),
    }
}

/// The stated date, or the day that the text before was telling of; else the news happened at the latest on the day of its
/// publication.
fn date(
    ground: &Ground<'_>,
    mentions: &[EventMention],
    draft: &Draft,
    background: bool,
) -> Option<IncidentDate> {
    if let Some(range) = draft.date.or_else(|| carried(ground, mentions, draft)) {
        return Some(IncidentDate { range, basis: DateBasis::Stated });
    }
    let published = ground.document.published?.day();
    (!background).then_some(IncidentDate {
        range: DateRange { start: None, end: Some(published) },
        basis: DateBasis::Publication,
    })
}

fn carried(ground: &Ground<'_>, mentions: &[EventMention], draft: &Draft) -> Option<DateRange> {
    let question = Question {
        analysis: ground.analysis,
        is_speech: &|token| ground.statements.of_cue(token).is_some(),
        is_event: &|token| mentions.iter().any(|mention| mention.token == token),
    };
    let first = draft.mentions.iter().map(|&index| &mentions[index]).find(|mention| mention.happened())?;
    ground.attachments.carried(ground.times, first.token, &question)
}

/// The finest place of the mentions; else the country in which they move.
fn place(ground: &Ground<'_>, mentions: &[EventMention], draft: &Draft, recalled: bool) -> Option<Place> {
    let tokens: Vec<usize> = draft.mentions.iter().map(|&index| mentions[index].token).collect();
    ground.atlas().place_of(&Account {
        named: &draft.places,
        mentions: &tokens,
        specific: draft.is_specific(),
        recalled,
        voice: &|token| ground.statements.said_at(token).map(|id| id.0),
    })
}
