//! What the text says about how two toponyms beside one another lie: "Springfield, Ohio", "Ohio's Clark County",
//! "20 km north of Kharkiv".

use crate::places::gazetteer::Entry;
use crate::places::kind::PlaceKind;
use crate::places::recognise::{Mention, Words};

/// How the first of two toponyms lies to the second, if the geography allows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    /// In it.
    Within,
    /// Near it.
    Near,
}

/// Two mentions (by index) and their relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Link {
    pub inner: usize,
    pub outer: usize,
    pub relation: Relation,
}

/// The widest gap in tokens over which two toponyms are linked.
const WIDEST_GAP: usize = 9;

/// The links between toponyms that stand beside one another in a sentence.
pub(super) fn links(words: Words<'_>, mentions: &[Mention<'_>]) -> Vec<Link> {
    let mut links = Vec::new();
    for (at, pair) in mentions.windows(2).enumerate() {
        let [first, second] = pair else { continue };
        let (Some(a), Some(b)) = (first.tokens, second.tokens) else { continue };
        let together = words.analysis.tokens[a.start].sentence == words.analysis.tokens[b.start].sentence;
        if !together || b.start < a.end || b.start - a.end > WIDEST_GAP {
            continue;
        }
        let between: Vec<&str> = (a.end..b.start).map(|at| words.lower(at, a.start)).collect();
        if let Some(link) = link(&between, at) {
            links.push(link);
        }
    }
    // "Springfield, Clark County, Ohio": what lies in the second lies in the third.
    let chained: Vec<Link> = links
        .windows(2)
        .filter(|pair| {
            pair[0].outer == pair[1].inner && pair.iter().all(|link| link.relation == Relation::Within)
        })
        .map(|pair| Link { inner: pair[0].inner, outer: pair[1].outer, relation: Relation::Within })
        .collect();
    links.extend(chained);
    links
}

fn link(between: &[&str], at: usize) -> Option<Link> {
    let forward = |relation| Some(Link { inner: at, outer: at + 1, relation });
    let has = |words: &[&str]| between.iter().any(|word| words.contains(word));
    match between {
        ["'s" | "’s" | "'" | "’", ..] if between.len() <= 3 => {
            Some(Link { inner: at + 1, outer: at, relation: Relation::Within })
        }
        [] | ["," | "(" | "-" | "–" | "in" | "of"] => forward(Relation::Within),
        _ if has(&[
            "near",
            "outside",
            "off",
            "from",
            "edge",
            "suburb",
            "outskirts",
            "north",
            "south",
            "east",
            "west",
        ]) && !has(&["to", "and"]) =>
        {
            forward(Relation::Near)
        }
        _ if has(&["in", "of", "within"])
            && !has(&["and", "or", "to", "from", ";"])
            && between.len() <= 6 =>
        {
            forward(Relation::Within)
        }
        _ => None,
    }
}

/// Whether the first place holds the second.
pub(super) fn holds(outer: &Entry<'_>, inner: &Entry<'_>) -> bool {
    if outer.id == inner.id {
        return false;
    }
    match outer.kind {
        PlaceKind::Country => outer.country == inner.country && inner.kind != PlaceKind::Country,
        PlaceKind::Admin1 => {
            outer.admin1.is_some()
                && outer.admin1 == inner.admin1
                && !matches!(inner.kind, PlaceKind::Admin1 | PlaceKind::Country)
                || inner.admin1.is_none()
                    && outer.country == inner.country
                    && degrees_apart(outer, inner) < 1.5
        }
        PlaceKind::Admin2 => {
            (outer.admin2.is_some() && outer.admin2 == inner.admin2)
                && !matches!(inner.kind, PlaceKind::Admin2 | PlaceKind::Admin1 | PlaceKind::Country)
        }
        PlaceKind::Capital | PlaceKind::Seat | PlaceKind::Town => {
            outer.population > inner.population.min(200_000)
                && matches!(
                    inner.kind,
                    PlaceKind::Section | PlaceKind::Town | PlaceKind::Facility | PlaceKind::Airport
                )
                && degrees_apart(outer, inner) < 0.4
        }
        PlaceKind::Continent | PlaceKind::Region | PlaceKind::Island => {
            (outer.country.is_none() || outer.country == inner.country) && degrees_apart(outer, inner) < 4.0
        }
        PlaceKind::Section
        | PlaceKind::Sea
        | PlaceKind::Lake
        | PlaceKind::River
        | PlaceKind::Land
        | PlaceKind::Airport
        | PlaceKind::Facility => false,
    }
}

fn degrees_apart(one: &Entry<'_>, other: &Entry<'_>) -> f32 {
    (one.lat - other.lat).abs().max((one.lon - other.lon).abs() * one.lat.to_radians().cos())
}
