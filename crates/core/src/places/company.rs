//! What the other toponyms of a report say about a candidate: where they lie, and how near.

use std::collections::{BTreeMap, HashMap};

use crate::places::gazetteer::Entry;
use crate::places::geometry::{Unit, nearness};
use crate::places::kind::PlaceKind;
use crate::places::rank::{CandidateClue, CandidateVector};
use crate::places::relation::{Relation, holds};
use crate::places::resolve::{Group, Scored, Setting};
use crate::reading::Country;

/// Candidates of another group that count as support, the most likely first.
const MOST_SUPPORTERS: usize = 6;

/// How much of the report lies in each country and first-order division, by the present probabilities.
pub(super) struct Shares {
    total: f32,
    countries: HashMap<Country, f32>,
    admin1: HashMap<u16, f32>,
    /// How likely the report was filed from each country.
    filed: HashMap<Country, f32>,
}

impl Shares {
    /// The shares by the present probabilities.
    pub fn of(groups: &[Group<'_>], setting: &Setting<'_>) -> Self {
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
pub(super) fn moving_clues(
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
