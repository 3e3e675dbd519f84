//! Which of its namesakes each toponym means: all toponyms of a report are decided together, one sense a report.

use std::collections::HashMap;

use smol_str::SmolStr;

use crate::places::company::{Shares, moving_clues};
use crate::places::focus::Home;
use crate::places::gazetteer::{Candidate, Entry};
use crate::places::geometry::{Unit, unit};
use crate::places::index::NameKind;
use crate::places::kind::PlaceKind;
use crate::places::rank::{CANDIDATE_CLUES, CandidateClue, CandidateVector, Weights};
use crate::places::recognise::Mention;
use crate::places::relation::{Link, Relation, holds};
use crate::reading::Country;

/// Rounds in which the groups learn of one another.
const ROUNDS: usize = 3;
/// Namesakes looked at of one name, the best known first.
const MOST_CANDIDATES: usize = 64;

/// A candidate with what speaks for it.
#[derive(Clone, Debug)]
pub(super) struct Scored<'g> {
    pub entry: Entry<'g>,
    pub clues: CandidateVector,
    pub probability: f32,
    /// Where it lies.
    pub at: Unit,
}

/// The mentions of one name in one sense.
pub(super) struct Group<'g> {
    pub mentions: Vec<usize>,
    pub candidates: Vec<Scored<'g>>,
    /// How likely the gazetteer lacks the place meant.
    unlisted: f32,
    /// What the name weighs in the report.
    pub weight: f32,
    /// Whether a dateline holds it.
    pub is_dateline: bool,
    /// Whether it is the outlet's home and no toponym of the text.
    pub is_outlet: bool,
}

impl<'g> Group<'g> {
    /// The likeliest candidate; none where it is likelier that the gazetteer lacks the place meant.
    pub fn best(&self) -> Option<&Scored<'g>> {
        let mut best: Option<&Scored<'g>> = None;
        for candidate in &self.candidates {
            if best.is_none_or(|best| candidate.probability > best.probability) {
                best = Some(candidate);
            }
        }
        best.filter(|best| best.probability >= self.unlisted)
    }
}

/// What is known of the report beside its toponyms.
pub(super) struct Setting<'g> {
    pub home: Home<'g>,
    /// Mentions (by index) that stand in a dateline.
    pub datelines: Vec<usize>,
    /// The country of each demonym.
    pub peoples: Vec<Country>,
    /// For each mention the kinds of place that the word beside it calls for.
    pub kinds_said: Vec<&'static [PlaceKind]>,
}

/// Groups the mentions by name and sense and ranks the candidates of each group.
pub(super) fn resolve<'g>(
    mentions: &[Mention<'g>],
    links: &[Link],
    setting: &Setting<'g>,
    weights: &Weights,
) -> Vec<Group<'g>> {
    let mut groups = grouped(mentions, links, setting);
    let of_mention = group_of_mention(&groups, mentions.len());
    let links: Vec<(usize, usize, Relation)> = links
        .iter()
        .filter_map(|link| Some((of_mention[link.inner]?, of_mention[link.outer]?, link.relation)))
        .filter(|(inner, outer, _)| inner != outer)
        .collect();
    for group in &mut groups {
        weigh(group, weights);
    }
    for _ in 0..ROUNDS {
        let shares = Shares::of(&groups, setting);
        let clues: Vec<Vec<CandidateVector>> =
            (0..groups.len()).map(|at| moving_clues(&groups, at, &links, &shares)).collect();
        for (group, clues) in groups.iter_mut().zip(clues) {
            for (candidate, clues) in group.candidates.iter_mut().zip(clues) {
                candidate.clues = clues;
            }
            weigh(group, weights);
        }
    }
    groups
}

/// The candidates of a name without a text around it, as if the gazetteer lacked nothing.
pub(super) fn rank_alone<'g>(
    candidates: &[Candidate<'g>],
    home: Home<'g>,
    weights: &Weights,
) -> Vec<Scored<'g>> {
    let setting = Setting { home, datelines: Vec::new(), peoples: Vec::new(), kinds_said: Vec::new() };
    let mut group = new_group(candidates, &setting);
    weigh(&mut group, weights);
    let listed = (1.0 - group.unlisted).max(f32::MIN_POSITIVE);
    group.candidates.iter_mut().for_each(|one| one.probability /= listed);
    group.candidates
}

/// For each mention its group.
pub(super) fn group_of_mention(groups: &[Group<'_>], mentions: usize) -> Vec<Option<usize>> {
    let mut of_mention = vec![None; mentions];
    for (number, group) in groups.iter().enumerate() {
        for &mention in &group.mentions {
            of_mention[mention] = Some(number);
        }
    }
    of_mention
}

fn grouped<'g>(mentions: &[Mention<'g>], links: &[Link], setting: &Setting<'g>) -> Vec<Group<'g>> {
    let qualifiers = qualifiers(mentions, links);
    let mut numbers: HashMap<(SmolStr, Option<SmolStr>), usize> = HashMap::new();
    let mut groups: Vec<Group<'g>> = Vec::new();
    for (at, mention) in mentions.iter().enumerate() {
        if mention.candidates.is_empty() {
            continue;
        }
        // A name without a qualifier means what it last meant with one, else what it means next with one.
        let qualifier = qualifiers[at].clone().or_else(|| {
            let same = |&other: &usize| mentions[other].key == mention.key && qualifiers[other].is_some();
            (0..at)
                .rev()
                .find(same)
                .or_else(|| (at..mentions.len()).find(same))
                .and_then(|at| qualifiers[at].clone())
        });
        let number = *numbers.entry((mention.key.clone(), qualifier)).or_insert_with(|| {
            groups.push(new_group(&mention.candidates, setting));
            groups.len() - 1
        });
        let group = &mut groups[number];
        group.mentions.push(at);
        group.is_dateline |= setting.datelines.contains(&at);
        for candidate in &mut group.candidates {
            if setting.kinds_said[at].contains(&candidate.entry.kind) {
                candidate.clues[CandidateClue::KindSaid as usize] = 1.0;
            }
        }
    }
    for group in &mut groups {
        group.weight = (group.mentions.len() as f32).sqrt();
    }
    if !setting.home.candidates.is_empty() {
        let mut outlet = new_group(&setting.home.candidates, setting);
        (outlet.weight, outlet.is_outlet) = (0.5, true);
        groups.push(outlet);
    }
    groups
}

/// For each mention the name that says where it lies, where the geography allows it ("Ohio" of "Springfield, Ohio").
fn qualifiers(mentions: &[Mention<'_>], links: &[Link]) -> Vec<Option<SmolStr>> {
    let mut qualifiers = vec![None; mentions.len()];
    for link in links.iter().filter(|link| link.relation == Relation::Within) {
        let (inner, outer) = (&mentions[link.inner], &mentions[link.outer]);
        let fits = outer.candidates.iter().any(|outer| {
            (outer.entry.kind.is_division() || outer.entry.kind == PlaceKind::Country)
                && inner.candidates.iter().any(|inner| holds(&outer.entry, &inner.entry))
        });
        if fits && inner.key != outer.key {
            qualifiers[link.inner] = Some(outer.key.clone());
        }
    }
    qualifiers
}

fn new_group<'g>(candidates: &[Candidate<'g>], setting: &Setting<'g>) -> Group<'g> {
    let total: f32 = candidates.iter().map(|candidate| candidate.entry.population as f32 + 1.0).sum();
    let all = candidates;
    let mut candidates: Vec<Scored<'g>> = candidates
        .iter()
        .take(MOST_CANDIDATES)
        .map(|candidate| Scored {
            entry: candidate.entry,
            clues: fixed_clues(candidate, all, total, setting.home.country),
            probability: 0.0,
            at: unit(candidate.entry.lat, candidate.entry.lon),
        })
        .collect();
    candidates.dedup_by_key(|candidate| candidate.entry.id);
    Group {
        mentions: Vec::new(),
        candidates,
        unlisted: 0.0,
        weight: 1.0,
        is_dateline: false,
        is_outlet: false,
    }
}

/// The clues that do not depend on the other toponyms.
fn fixed_clues(
    candidate: &Candidate<'_>,
    all: &[Candidate<'_>],
    total: f32,
    outlet: Option<Country>,
) -> CandidateVector {
    let mut clues = [0.0; CANDIDATE_CLUES];
    let population = candidate.entry.population as f32 + 1.0;
    clues[CandidateClue::Population as usize] = population.log10() / 7.0;
    clues[CandidateClue::Famous as usize] = (population.log10() - 5.5).max(0.0);
    clues[CandidateClue::Share as usize] = (population / total).log10();
    let kind = match candidate.entry.kind {
        PlaceKind::Country => Some(CandidateClue::Country),
        PlaceKind::Admin1 => Some(CandidateClue::Admin1),
        PlaceKind::Admin2 => Some(CandidateClue::Admin2),
        PlaceKind::Capital => Some(CandidateClue::Capital),
        PlaceKind::Seat => Some(CandidateClue::Seat),
        PlaceKind::Section => Some(CandidateClue::Section),
        PlaceKind::Town => None,
        PlaceKind::Airport | PlaceKind::Facility => Some(CandidateClue::Facility),
        PlaceKind::Continent
        | PlaceKind::Region
        | PlaceKind::Sea
        | PlaceKind::Lake
        | PlaceKind::River
        | PlaceKind::Land
        | PlaceKind::Island => Some(CandidateClue::Feature),
    };
    let name = match candidate.name {
        NameKind::Main => None,
        NameKind::Variant if all.iter().any(|one| one.name == NameKind::Main) => Some(CandidateClue::Variant),
        NameKind::Variant => Some(CandidateClue::VariantOnly),
        NameKind::Short => Some(CandidateClue::Short),
    };
    for clue in [kind, name].into_iter().flatten() {
        clues[clue as usize] = 1.0;
    }
    if let Some(clue) = namesake_above(candidate, all) {
        clues[clue as usize] = 1.0;
    }
    if outlet.is_some() && outlet == candidate.entry.country {
        clues[CandidateClue::OutletCountry as usize] = 1.0;
    }
    clues
}

/// Whether a division of the index has its name from a town in it or near by, or shares it with its country. The states
/// of the tables are named by themselves.
fn namesake_above(candidate: &Candidate<'_>, all: &[Candidate<'_>]) -> Option<CandidateClue> {
    if !candidate.entry.kind.is_division() || candidate.entry.id.is_standing() {
        return None;
    }
    let mut same =
        all.iter().filter(|one| one.name == NameKind::Main && one.entry.country == candidate.entry.country);
    if same.clone().any(|one| one.entry.kind == PlaceKind::Country) {
        return Some(CandidateClue::NamesCountry);
    }
    same.any(|one| one.entry.kind.is_settlement() && is_beside(&one.entry, &candidate.entry))
        .then_some(CandidateClue::NamesTown)
}

fn is_beside(one: &Entry<'_>, other: &Entry<'_>) -> bool {
    (one.lat - other.lat).abs() < 3.0 && (one.lon - other.lon).abs() < 3.0
}

/// Turns the scores of a group's candidates into probabilities.
fn weigh(group: &mut Group<'_>, weights: &Weights) {
    let scores: Vec<f32> =
        group.candidates.iter().map(|candidate| weights.candidate(&candidate.clues)).collect();
    let unlisted = weights.unlisted();
    let most = scores.iter().copied().fold(unlisted, f32::max);
    let total: f32 = scores.iter().chain([&unlisted]).map(|score| (score - most).exp()).sum();
    group.unlisted = (unlisted - most).exp() / total;
    for (candidate, score) in group.candidates.iter_mut().zip(scores) {
        candidate.probability = (score - most).exp() / total;
    }
}
