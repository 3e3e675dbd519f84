//! What speaks for a candidate to fill a role: its own words, the words that govern it, the frame that gives it a role,
//! and how the incident is told. No feature is the name of anybody or of any place.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::candidates::{Candidate, Named, Occurrence};
use crate::analysis::{Dep, Pos};
use crate::read::events::EventMention;
use crate::read::frames::{Class, Meaning, Role};
use crate::read::ground::{Ground, Matches};
use crate::read::incidents::Incidents;
use crate::reading::Attribution;

/// The longest path between a phrase and the word of an incident that is told apart.
const LONGEST_PATH: usize = 5;

/// What features are read from.
pub struct Scenery<'a> {
    /// The report.
    pub ground: &'a Ground<'a>,
    /// Its frames.
    pub matches: &'a Matches,
    /// Its mentions of events.
    pub mentions: &'a [EventMention],
    /// Its incidents.
    pub incidents: &'a Incidents,
    /// Who is said to be responsible.
    pub attributions: &'a [Attribution],
}

/// The features of a candidate, all its occurrences taken together.
pub fn features(scenery: &Scenery<'_>, candidate: &Candidate) -> BTreeSet<String> {
    let mut set = Set { features: BTreeSet::new() };
    for occurrence in &candidate.occurrences {
        let own = own(scenery, candidate, *occurrence, &mut set);
        syntax(scenery, *occurrence, &own, &mut set);
        roles(scenery, *occurrence, &own, &mut set);
        modifiers(scenery, *occurrence, &own, &mut set);
    }
    whole(scenery, candidate, &mut set);
    set.features
}

struct Set {
    features: BTreeSet<String>,
}

impl Set {
    fn add(&mut self, parts: &[&str]) {
        self.features.insert(parts.join(":"));
    }
}

/// What kind of thing the phrase names: the label of its name, else the classes of its noun.
fn own(scenery: &Scenery<'_>, candidate: &Candidate, at: Occurrence, set: &mut Set) -> String {
    let ground = scenery.ground;
    let token = &ground.analysis.tokens[at.head];
    let label = ground.analysis.names.iter().find(|name| name.tokens.holds(at.head)).map(|name| name.label);
    let mut own = String::new();
    if let (Named::Entity(id), true) = (&candidate.named, true) {
        let kind = ground.entities.list[id.0].kind;
        let _ = write!(own, "{}/{kind}", label.map_or("none", |label| label.as_str()));
        if let Some(actor) = ground.entities.actor(*id) {
            set.add(&["actor", ground.actors.kind(actor).as_str()]);
        }
    } else {
        let lemma = ground.lemma(at.head);
        // Classes that only sharpen others would split what was learned of those.
        let finer = [
            Class::Missile,
            Class::Vehicle,
            Class::Blade,
            Class::Dignitary,
            Class::Inquiry,
            Class::Indication,
            Class::Detective,
            Class::Aftermath,
            Class::Commander,
        ];
        let classes: Vec<&str> = Class::ALL
            .iter()
            .filter(|&&class| ground.book.is(&lemma, class) && !finer.contains(&class))
            .map(|class| class.as_str())
            .collect();
        own = if classes.is_empty() { "noun".to_owned() } else { classes.join("+") };
        set.add(&["head", &lemma]);
        set.add(&["head", &lemma, if at.after == 0 { "same" } else { "later" }]);
        if token.lemma != token.lower {
            set.add(&["head", &lemma, "plural"]);
        }
    }
    set.add(&["own", &own]);
    own
}

/// The word that governs the phrase and the way to the word of the incident.
fn syntax(scenery: &Scenery<'_>, at: Occurrence, own: &str, set: &mut Set) {
    let ground = scenery.ground;
    let tokens = &ground.analysis.tokens;
    let (governor, how) = governor(ground, at.head);
    let trigger = &tokens[at.trigger];
    let kind = scenery.incidents.at(at.trigger).map(|id| scenery.incidents.list[id.0].kind.as_str());
    let kind = kind.unwrap_or("none");
    set.add(&["how", own, &how]);
    if let Some(governor) = governor {
        let word = &tokens[governor];
        if word.pos != Pos::Propn {
            let lemma = ground.lemma(governor);
            set.add(&["gov", &how, &lemma]);
            set.add(&["gov", &how, &lemma, own]);
        }
        if governor == at.trigger {
            set.add(&["of", &how, kind, own]);
        }
    }
    let near = match at.after {
        ..=-2 => "-2",
        -1 => "-1",
        0 => "0",
        1 => "1",
        2.. => "2",
    };
    set.add(&["near", near, own]);
    set.add(&["near", near, own, kind]);
    if at.after == 0 {
        let path = path(ground, at.head, at.trigger);
        set.add(&["path", &path, own]);
        set.add(&["path", &path, kind]);
        if trigger.pos != Pos::Propn {
            let lemma = ground.lemma(at.trigger);
            set.add(&["trigger", &lemma, own]);
            set.add(&["trigger", &lemma, &path]);
        }
    }
}

/// What governs a phrase and how: the verb or noun above it, through a preposition where there is one.
fn governor(ground: &Ground<'_>, head: usize) -> (Option<usize>, String) {
    let tokens = &ground.analysis.tokens;
    let mut at = head;
    while matches!(tokens[at].dep, Dep::Conj | Dep::Appos) && tokens[at].head != at {
        at = tokens[at].head;
    }
    let token = &tokens[at];
    if token.head == at {
        return (None, "root".to_owned());
    }
    let above = token.head;
    if token.dep != Dep::Pobj {
        return (Some(above), token.dep.as_str().to_owned());
    }
    let preposition = &tokens[above];
    let beyond = if preposition.head == above { None } else { Some(preposition.head) };
    // "by" beside a passive is its subject; other agents keep their preposition.
    (beyond, preposition.lower.to_string())
}

/// The steps from a phrase up to what it has in common with the word of the incident, and down to that.
pub(crate) fn path(ground: &Ground<'_>, from: usize, to: usize) -> String {
    let tokens = &ground.analysis.tokens;
    let up: Vec<usize> = std::iter::once(from).chain(ground.above(from)).collect();
    let down: Vec<usize> = std::iter::once(to).chain(ground.above(to)).collect();
    let Some(rise) = up.iter().position(|token| down.contains(token)) else { return "apart".to_owned() };
    let fall = down.iter().position(|&token| token == up[rise]).unwrap_or(0);
    if rise + fall > LONGEST_PATH {
        return "far".to_owned();
    }
    let mut path = String::new();
    for &token in &up[..rise] {
        let word = &tokens[token];
        let step = if word.pos == Pos::Adp { &*word.lower } else { word.dep.as_str() };
        let _ = write!(path, "<{step}");
    }
    for &token in down[..fall].iter().rev() {
        let _ = write!(path, ">{}", tokens[token].dep.as_str());
    }
    path
}

/// The roles that frames give the phrase.
fn roles(scenery: &Scenery<'_>, at: Occurrence, own: &str, set: &mut Set) {
    let ground = scenery.ground;
    for mention in scenery.mentions {
        let lists = [
            ("perpetrator", &mention.perpetrators),
            ("target", &mention.targets),
            ("victim", &mention.victims),
            ("weapon", &mention.weapons),
        ];
        for (role, _) in lists.iter().filter(|(_, list)| list.contains(&at.head)) {
            let told = if mention.happened() { "told" } else { "not" };
            set.add(&["role", role, told]);
            set.add(&["role", role, told, own]);
            set.add(&["role", role, mention.kind.as_str()]);
            set.add(&["role", role, &ground.book.get(mention.found.frame).id]);
        }
    }
    for found in &scenery.matches.others {
        let meaning = match ground.book.get(found.frame).meaning {
            Meaning::Casualty(measure) => measure.as_str(),
            Meaning::Course => "course",
            Meaning::Attribution(stance) | Meaning::Reply(stance) => stance.as_str(),
            Meaning::Responsibility { .. } => "responsible",
            Meaning::Warning => "warning",
            Meaning::Threat => "threat",
            Meaning::Event(event) => event.as_str(),
            Meaning::Stage(stage) => stage.as_str(),
            Meaning::Modality(modality) => modality.as_str(),
            Meaning::Incident { .. } => continue,
        };
        for (role, _, _) in
            found.roles.iter().filter(|(role, token, _)| *token == at.head && *role != Role::Thing)
        {
            set.add(&["frame", meaning, role.as_str()]);
        }
    }
}

/// What qualifies the phrase: articles, numbers, common adjectives and nouns before it.
fn modifiers(scenery: &Scenery<'_>, at: Occurrence, own: &str, set: &mut Set) {
    let ground = scenery.ground;
    let tokens = &ground.analysis.tokens;
    let mut article = "bare";
    for child in ground.analysis.children(at.head) {
        let word = &tokens[child];
        match word.dep {
            Dep::Det => article = if matches!(&*word.lower, "a" | "an") { "a" } else { "the" },
            Dep::Nummod => article = "number",
            Dep::Poss => article = "whose",
            Dep::Amod | Dep::Compound if word.pos != Pos::Propn => {
                set.add(&["mod", &ground.lemma(child)]);
                set.add(&["mod", &ground.lemma(child), own]);
            }
            Dep::Compound | Dep::Nmod | Dep::Amod => set.add(&["mod", "name", own]),
            Dep::Prep => set.add(&["has", &word.lower, own]),
            Dep::Appos => set.add(&["has", "appos", own]),
            Dep::Relcl => set.add(&["has", "relcl", own]),
            _ => {}
        }
    }
    set.add(&["article", article, own]);
    if ground.is_headline(at.head) {
        set.add(&["headline", own]);
    }
    let sentence = match tokens[at.head].sentence {
        0 => "first",
        1 | 2 => "early",
        3..=5 => "middle",
        _ => "late",
    };
    set.add(&["sentence", sentence, own]);
    if ground.speaker_at(at.head).is_some() {
        set.add(&["quoted", own]);
    }
}

/// What holds of the candidate as a whole and of its incident.
fn whole(scenery: &Scenery<'_>, candidate: &Candidate, set: &mut Set) {
    let incident = &scenery.incidents.list[candidate.incident.0];
    let count = match candidate.occurrences.len() {
        1 => "1",
        2 => "2",
        3 | 4 => "3",
        _ => "5",
    };
    set.add(&["count", count]);
    let own: Vec<String> =
        set.features.iter().filter_map(|f| f.strip_prefix("own:").map(str::to_owned)).collect();
    for own in &own {
        set.add(&["count", count, own]);
        set.add(&["stage", incident.stage.as_str(), own]);
        set.add(&["background", if incident.background { "yes" } else { "no" }, own]);
    }
    set.add(&["incident", incident.kind.as_str()]);
    set.add(&["rule", &incident.trace.rule]);
    set.add(&["evidence", if incident.evidence.len() > 2 { "much" } else { "little" }]);
    set.add(&[
        "dated",
        if incident.date.is_some_and(|date| date.range.start.is_some()) { "yes" } else { "no" },
    ]);
    set.add(&["placed", incident.place.as_ref().map_or("no", |place| place.precision.as_str())]);
    if let Named::Entity(id) = candidate.named {
        for attribution in scenery.attributions {
            let stance = attribution.stance.as_str();
            let here = attribution.incident == candidate.incident;
            if attribution.actor == id {
                set.add(&["actor", stance, if here { "here" } else { "there" }]);
            }
            if attribution.speaker == Some(id) {
                set.add(&["speaker", stance]);
            }
        }
        if scenery.ground.statements.ids().any(|s| scenery.ground.statements.act(s).speaker == Some(id)) {
            set.add(&["speaks"]);
        }
        if scenery
            .ground
            .entities
            .list
            .iter()
            .enumerate()
            .any(|(other, _)| scenery.ground.entities.part_of(crate::reading::EntityId(other)) == Some(id))
        {
            set.add(&["has_members"]);
        }
    }
}
