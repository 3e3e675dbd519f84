//! Origins: which reports are one witness. A copy, a rewrite and a new version share the origin of what they repeat.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use jiff::SignedDuration;

use super::version::{Version, VersionId, VersionPlace, Witness};

/// How a report depends on an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dependence {
    /// A new text at the same address.
    Version,
    /// Near-identical text elsewhere, within a quarter of a year.
    Copy,
    /// The same account in other words.
    Rewrite,
}

/// That a version depends on an earlier one.
#[derive(Clone, Debug, PartialEq)]
pub struct OriginLink {
    /// The later version.
    pub version: VersionId,
    /// What it repeats.
    pub repeats: VersionId,
    /// How.
    pub dependence: Dependence,
    /// How alike they are, from 0 to 1.
    pub likeness: f32,
}

/// Shingles shared by a text that was copied with cuts and small changes.
const COPY_RESEMBLANCE: f32 = 0.35;
/// Content words shared by an account retold in other words; two accounts of one event written apart stay below.
const REWRITE_LIKENESS: f32 = 0.62;
/// The same where the later one names the earlier one's outlet as its source.
const CITED_LIKENESS: f32 = 0.3;
/// A retelling follows within days.
const REWRITE_WINDOW_HOURS: i64 = 72;
/// A copy follows within a quarter of a year. Later, shared words are a habit of the outlet, or what is told anew: a report
/// of that witness's own.
pub const COPY_WINDOW: SignedDuration = SignedDuration::from_hours(13 * 7 * 24);

/// The name of an outlet as names of outlets are compared: in lower case, without its article.
pub fn outlet_key(name: &str) -> String {
    let lower = name.to_lowercase();
    lower.strip_prefix("the ").unwrap_or(&lower).trim().to_owned()
}

/// Whether `later` depends on `earlier`, and how.
pub fn dependence(later: &Version, earlier: &Witness) -> Option<OriginLink> {
    let found = |dependence, likeness| {
        Some(OriginLink { version: later.id.clone(), repeats: earlier.id.clone(), dependence, likeness })
    };
    if later.identity == earlier.identity {
        return found(Dependence::Version, 1.0);
    }
    let since = later.time.duration_since(earlier.time);
    if since > COPY_WINDOW {
        return None;
    }
    let resemblance = later.wording.resemblance(&earlier.wording);
    if resemblance >= COPY_RESEMBLANCE {
        return found(Dependence::Copy, resemblance);
    }
    let likeness = later.wording.likeness(&earlier.wording);
    let is_cited = earlier.source.as_deref().is_some_and(|outlet| later.cites.contains(&outlet_key(outlet)));
    let enough = if is_cited { CITED_LIKENESS } else { REWRITE_LIKENESS };
    if since.as_hours() <= REWRITE_WINDOW_HOURS && likeness >= enough {
        return found(Dependence::Rewrite, likeness);
    }
    None
}

/// The origins of versions, kept while versions come and go. The origin of a version is the first of its connected
/// component in the order of versions.
#[derive(Clone, Debug, Default)]
pub struct Origins {
    /// What each version repeats.
    earlier: BTreeMap<VersionPlace, Vec<VersionPlace>>,
    /// What repeats each version.
    later: HashMap<VersionPlace, Vec<VersionPlace>>,
    /// The origins of the versions that are not their own.
    first: HashMap<VersionId, VersionId>,
}

/// A version and an earlier one that it repeats.
pub type Repeat = (VersionPlace, VersionPlace);

impl Origins {
    /// The origin of a version.
    pub fn of<'a>(&'a self, version: &'a VersionId) -> &'a VersionId {
        self.first.get(version).unwrap_or(version)
    }

    /// Forgets what the versions from a place on repeat, and takes in what they repeat now. The versions whose origin
    /// is another one since.
    pub fn replace(
        &mut self,
        from: &VersionPlace,
        now: impl IntoIterator<Item = Repeat>,
    ) -> Vec<VersionPlace> {
        let mut touched: BTreeSet<VersionPlace> = BTreeSet::new();
        for (version, repeated) in self.earlier.split_off(from) {
            for before in repeated {
                if let Some(later) = self.later.get_mut(&before) {
                    later.retain(|other| *other != version);
                }
                touched.insert(before);
            }
            touched.insert(version);
        }
        for (version, before) in now {
            self.earlier.entry(version.clone()).or_default().push(before.clone());
            self.later.entry(before.clone()).or_default().push(version.clone());
            touched.extend([version, before]);
        }
        let mut changed = Vec::new();
        let mut seen: HashSet<VersionPlace> = HashSet::new();
        for place in touched {
            if seen.contains(&place) {
                continue;
            }
            let component = self.component(place);
            let Some(first) = component.iter().min().map(|(_, id)| id.clone()) else { continue };
            for member in component {
                if *self.of(&member.1) != first {
                    if member.1 == first {
                        self.first.remove(&member.1);
                    } else {
                        self.first.insert(member.1.clone(), first.clone());
                    }
                    changed.push(member.clone());
                }
                seen.insert(member);
            }
        }
        changed
    }

    fn component(&self, from: VersionPlace) -> BTreeSet<VersionPlace> {
        let mut component: BTreeSet<VersionPlace> = BTreeSet::from([from.clone()]);
        let mut open = vec![from];
        while let Some(place) = open.pop() {
            let beside = self.earlier.get(&place).into_iter().chain(self.later.get(&place)).flatten();
            for other in beside {
                if component.insert(other.clone()) {
                    open.push(other.clone());
                }
            }
        }
        component
    }
}

/// The origin of each version: the first version of its connected component, first by the order of `versions`.
pub fn origins<'a>(
    versions: impl IntoIterator<Item = &'a VersionId>,
    links: impl IntoIterator<Item = &'a OriginLink>,
) -> BTreeMap<VersionId, VersionId> {
    let order: Vec<&VersionId> = versions.into_iter().collect();
    let place: BTreeMap<&VersionId, usize> = order.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let mut parent: Vec<usize> = (0..order.len()).collect();
    for link in links {
        if let (Some(&a), Some(&b)) = (place.get(&link.version), place.get(&link.repeats)) {
            let (a, b) = (root(&mut parent, a), root(&mut parent, b));
            parent[a.max(b)] = a.min(b);
        }
    }
    (0..order.len())
        .map(|at| {
            let first = root(&mut parent, at);
            (order[at].clone(), order[first].clone())
        })
        .collect()
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(version: &str, repeats: &str) -> OriginLink {
        OriginLink {
            version: version.into(),
            repeats: repeats.into(),
            dependence: Dependence::Copy,
            likeness: 1.0,
        }
    }

    #[test]
    fn a_chain_of_copies_has_one_origin() {
        let ids: Vec<VersionId> = ["a", "b", "c", "d"].map(VersionId::from).to_vec();
        let links = [link("c", "b"), link("b", "a")];
        let origins = origins(&ids, &links);
        assert_eq!(origins["c"], "a");
        assert_eq!(origins["d"], "d");
    }

    #[test]
    fn origins_follow_links_that_come_and_go() {
        let place = |id: &str| (jiff::Timestamp::UNIX_EPOCH, VersionId::from(id));
        let ids = |changed: Vec<VersionPlace>| {
            changed.into_iter().map(|(_, id)| id.to_string()).collect::<BTreeSet<_>>()
        };
        let named = |ids: &[&str]| ids.iter().map(ToString::to_string).collect::<BTreeSet<_>>();
        let mut origins = Origins::default();
        origins.replace(&place("a"), [(place("c"), place("b"))]);
        assert_eq!(origins.of(&"c".into()), "b");
        // A later one that repeats two apart makes them one,
        let changed = origins.replace(&place("d"), [(place("d"), place("a")), (place("d"), place("c"))]);
        assert_eq!(ids(changed), named(&["b", "c", "d"]));
        assert_eq!(origins.of(&"c".into()), "a");
        // and without it they are apart again.
        let changed = origins.replace(&place("d"), [(place("d"), place("a"))]);
        assert_eq!(ids(changed), named(&["b", "c"]));
        assert_eq!((origins.of(&"c".into()).as_str(), origins.of(&"d".into()).as_str()), ("b", "a"));
    }

    #[test]
    fn links_to_versions_that_are_not_known_yet_do_not_count() {
        let ids: Vec<VersionId> = ["b", "c"].map(VersionId::from).to_vec();
        let links = [link("b", "a"), link("c", "a")];
        let origins = origins(&ids, &links);
        assert_ne!(origins["b"], origins["c"]);
    }
}
