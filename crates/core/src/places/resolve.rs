//! Which of its namesakes each toponym means: all toponyms of a report are decided together, one sense a report.

use std::collections::{BTreeMap, HashMap};

use smol_str::SmolStr;

use crate::places::focus::Home;
use crate::places::gazetteer::{Candidate, Entry};
use crate::places::geometry::{Unit, nearness, unit};
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
/// Candidates of another group that count as support, the most likely first.
const MOST_SUPPORTERS: usize = 6;

/// A candidate with what speaks for it.
#[derive(Clone, Debug)]
pub(super) struct Scored<'g> {
    pub entry: Entry<'g>,
    pub clues: CandidateVector,
    pub probability: f32,
    at: Unit,
}

/// The mentions of one name in one sense.
pub(super) struct Group<'g> {
    pub mentions: Vec<usize>,
    pub candidates: Vec<Scored<'g>>,
    /// How likely the gazetteer lacks the place meant.
    unlisted: f32,
    weight: f32,
    is_dateline: bool,
    is_outlet: bool,
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
    if is_named_after(candidate, all) {
        clues[CandidateClue::NamesTown as usize] = 1.0;
    }
    if outlet.is_some() && outlet == candidate.entry.country {
        clues[CandidateClue::OutletCountry as usize] = 1.0;
    }
    clues
}

/// Whether a division of the index has its name from a town in it or near by, or shares it with its country. The states
/// of the tables are named by themselves.
fn is_named_after(candidate: &Candidate<'_>, all: &[Candidate<'_>]) -> bool {
    candidate.entry.kind.is_division()
        && !candidate.entry.id.is_standing()
        && all.iter().any(|one| {
            let town = one.entry.kind.is_settlement() && is_beside(&one.entry, &candidate.entry);
            one.name == NameKind::Main
                && one.entry.country == candidate.entry.country
                && (town || one.entry.kind == PlaceKind::Country)
        })
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

/// How much of the report lies in each country and first-order division, by the present probabilities.
struct Shares {
    total: f32,
    countries: HashMap<Country, f32>,
    admin1: HashMap<u16, f32>,
    /// How likely the report was filed from each country.
    filed: HashMap<Country, f32>,
}

impl Shares {
    fn of(groups: &[Group<'_>], setting: &Setting<'_>) -> Self {
        let mut shares =
            Self { total: 0.0, countries: HashMap::new(), admin1: HashMap::new(), filed: HashMap::new() };
        shares.add_peoples(&setting.peoples);
        for group in groups {
            shares.total += group.weight;
            for candidate in &group.candidates {
                let part = group.weight * candidate.probability;
                if let Some(country) = candidate.entry.country {
                    *shares.countries.entry(country).or_default() += part;
                    if group.is_dateline {
                        let filed = shares.filed.entry(country).or_default();
                        *filed = filed.max(candidate.probability);
                    }
                }
                if let Some(admin1) = candidate.entry.admin1 {
                    *shares.admin1.entry(admin1).or_default() += part;
                }
            }
        }
        shares
    }

    /// "Peruvian" ten times over says less than ten places in Peru, and more than one.
    fn add_peoples(&mut self, peoples: &[Country]) {
        let mut counts: BTreeMap<Country, usize> = BTreeMap::new();
        for &country in peoples {
            *counts.entry(country).or_default() += 1;
        }
        for (country, count) in counts {
            let weight = (count as f32).sqrt();
            self.total += weight;
            *self.countries.entry(country).or_default() += weight;
        }
    }
}

/// The clues of a group's candidates that depend on the other groups.
fn moving_clues(
    groups: &[Group<'_>],
    at: usize,
    links: &[(usize, usize, Relation)],
    shares: &Shares,
) -> Vec<CandidateVector> {
    let group = &groups[at];
    let own = |same: &dyn Fn(&Entry<'_>) -> bool| -> f32 {
        group.candidates.iter().filter(|one| same(&one.entry)).map(|one| one.probability).sum::<f32>()
            * group.weight
    };
    let others = (shares.total - group.weight).max(0.0);
    let supporters = supporters(groups, at);
    let share_of = |country: Country| {
        let all = shares.countries.get(&country).copied().unwrap_or(0.0);
        (all - own(&|entry| entry.country == Some(country))).max(0.0) / others.max(f32::MIN_POSITIVE)
    };
    let largest = shares.countries.keys().map(|&country| share_of(country)).fold(0.0, f32::max);
    group
        .candidates
        .iter()
        .map(|candidate| {
            let mut clues = candidate.clues;
            let mut set = |clue: CandidateClue, value: f32| clues[clue as usize] = value;
            if let Some(country) = candidate.entry.country.filter(|_| others > 0.0) {
                let share = share_of(country);
                set(CandidateClue::SameCountry, share);
                // A place of standing is named wherever the report is about; a village elsewhere is a namesake.
                if !candidate.entry.id.is_standing() {
                    set(CandidateClue::OffCountry, largest - share);
                }
            }
            if let Some(country) = candidate.entry.country.filter(|_| !group.is_dateline) {
                set(CandidateClue::Filed, shares.filed.get(&country).copied().unwrap_or(0.0));
            }
            if let Some(admin1) = candidate.entry.admin1.filter(|_| others > 0.0) {
                let all = shares.admin1.get(&admin1).copied().unwrap_or(0.0);
                set(
                    CandidateClue::SameAdmin1,
                    (all - own(&|entry| entry.admin1 == Some(admin1))).max(0.0) / others,
                );
            }
            let mut near = Nearness::default();
            for supporter in &supporters {
                near.add(supporter, candidate.at);
            }
            set(CandidateClue::Support, if others > 0.0 { near.sum / others } else { 0.0 });
            set(CandidateClue::Nearest, near.nearest);
            set(CandidateClue::Outlet, near.outlet);
            set(CandidateClue::Dateline, near.dateline);
            for (clue, value) in linked(groups, at, candidate, links) {
                clues[clue as usize] = value;
            }
            clues
        })
        .collect()
}

/// A group's likely places, as support for others.
struct Supporter {
    places: Vec<(Unit, f32)>,
    weight: f32,
    is_dateline: bool,
    is_outlet: bool,
}

fn supporters(groups: &[Group<'_>], but: usize) -> Vec<Supporter> {
    let mut list = Vec::new();
    for (number, group) in groups.iter().enumerate() {
        if number == but {
            continue;
        }
        let mut places: Vec<(Unit, f32)> = group
            .candidates
            .iter()
            .filter(|one| one.probability > 0.02 && is_compact(one.entry.kind))
            .map(|one| (one.at, one.probability))
            .collect();
        places.sort_by(|a, b| b.1.total_cmp(&a.1));
        places.truncate(MOST_SUPPORTERS);
        if !places.is_empty() {
            list.push(Supporter {
                places,
                weight: group.weight,
                is_dateline: group.is_dateline,
                is_outlet: group.is_outlet,
            });
        }
    }
    list
}

/// Whether a place is small enough for a distance to its point to mean something.
const fn is_compact(kind: PlaceKind) -> bool {
    kind.is_settlement() || matches!(kind, PlaceKind::Admin2 | PlaceKind::Airport | PlaceKind::Facility)
}

#[derive(Default)]
struct Nearness {
    sum: f32,
    nearest: f32,
    outlet: f32,
    dateline: f32,
}

impl Nearness {
    fn add(&mut self, supporter: &Supporter, at: Unit) {
        let near = supporter
            .places
            .iter()
            .map(|&(place, probability)| probability * nearness(place, at))
            .fold(0.0, f32::max);
        self.sum += near * supporter.weight;
        if supporter.is_outlet {
            self.outlet = self.outlet.max(near);
        } else {
            self.nearest = self.nearest.max(near);
        }
        if supporter.is_dateline {
            self.dateline = self.dateline.max(near);
        }
    }
}

/// What the toponyms beside it say of a candidate.
fn linked(
    groups: &[Group<'_>],
    at: usize,
    candidate: &Scored<'_>,
    links: &[(usize, usize, Relation)],
) -> [(CandidateClue, f32); 3] {
    let (mut within, mut held, mut near) = (0.0f32, 0.0f32, 0.0f32);
    for &(inner, outer, relation) in links.iter().filter(|(inner, outer, _)| *inner == at || *outer == at) {
        let others = &groups[if inner == at { outer } else { inner }].candidates;
        let sum = |fits: &dyn Fn(&Scored<'_>) -> f32| -> f32 {
            others.iter().map(|other| other.probability * fits(other)).sum()
        };
        match relation {
            Relation::Within if inner == at => {
                within = within.max(sum(&|other| f32::from(holds(&other.entry, &candidate.entry))));
            }
            Relation::Within => {
                held = held.max(sum(&|other| f32::from(holds(&candidate.entry, &other.entry))));
            }
            Relation::Near => near = near.max(sum(&|other| nearness(other.at, candidate.at))),
        }
    }
    [(CandidateClue::Within, within), (CandidateClue::Holds, held), (CandidateClue::Near, near)]
}
