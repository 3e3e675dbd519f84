//! What an edit changed: words, and the facts that they carry.

use similar::{ChangeTag, TextDiff};
use watchkeeper_core::resolve::facts::{ActorRef, Facts};
use watchkeeper_store::ArchivedText;

use crate::page::words;

/// What became of a stretch of text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// It stayed.
    Same,
    /// It came.
    Added,
    /// It went.
    Removed,
}

impl Op {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Added => "added",
            Self::Removed => "removed",
        }
    }
}

/// A stretch of text and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// What became of it.
    pub op: Op,
    /// The stretch.
    pub text: String,
}

/// A fact in a few words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FactLabel {
    /// `incident`, `attribution`, `count`, `warning` or `threat`.
    pub kind: &'static str,
    /// What it says.
    pub label: String,
}

/// What an edit changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// Both texts, stretch by stretch; a title that is held apart stands before its text, on a line of its own.
    pub parts: Vec<Part>,
    /// What the later one tells and the earlier did not.
    pub facts_added: Vec<FactLabel>,
    /// What the earlier one told and the later does not.
    pub facts_removed: Vec<FactLabel>,
}

/// Compares two versions, the earlier first.
pub fn compare(before: (&ArchivedText, &Facts), after: (&ArchivedText, &Facts)) -> Comparison {
    let (had, has) = (labels(before.1), labels(after.1));
    Comparison {
        parts: parts(&whole(before.0), &whole(after.0)),
        facts_added: without(&has, &had),
        facts_removed: without(&had, &has),
    }
}

fn whole(archived: &ArchivedText) -> String {
    match &archived.title {
        Some(title) => format!("{title}\n\n{}", archived.text),
        None => archived.text.clone(),
    }
}

/// The stretches of two texts word by word; what was put in another's place stands behind it.
fn parts(before: &str, after: &str) -> Vec<Part> {
    let diff = TextDiff::from_words(before, after);
    let mut parts: Vec<Part> = Vec::new();
    for change in diff.iter_all_changes() {
        let op = match change.tag() {
            ChangeTag::Equal => Op::Same,
            ChangeTag::Insert => Op::Added,
            ChangeTag::Delete => Op::Removed,
        };
        match parts.last_mut().filter(|part| part.op == op) {
            Some(part) => part.text.push_str(change.value()),
            None => parts.push(Part { op, text: change.value().to_owned() }),
        }
    }
    parts
}

/// Those of the first that are not among the second; what is told twice and then once is gone once.
fn without(all: &[FactLabel], gone: &[FactLabel]) -> Vec<FactLabel> {
    let mut gone = gone.to_vec();
    let mut left = Vec::new();
    for fact in all {
        match gone.iter().position(|other| other == fact) {
            Some(at) => drop(gone.swap_remove(at)),
            None => left.push(fact.clone()),
        }
    }
    left
}

/// Facts as people compare them: what they say, not where their words stand.
fn labels(facts: &Facts) -> Vec<FactLabel> {
    let name = |actor: &Option<ActorRef>| {
        actor.as_ref().map_or_else(|| "the report".to_owned(), |actor| actor.name.clone())
    };
    let somebody = |actor: &Option<ActorRef>| {
        actor.as_ref().map_or_else(|| "somebody".to_owned(), |actor| actor.name.clone())
    };
    let told = |kind, label| FactLabel { kind, label };
    let incident = |index: usize| {
        facts.incidents.get(index).map_or_else(String::new, |incident| {
            let target = incident.targets.first().or(incident.victims.first()).map(String::as_str);
            let what = words::title(incident.kind, incident.stage, target);
            match &incident.place {
                Some(place) => format!("{what} · {}", place.name),
                None => what,
            }
        })
    };
    let incidents = (0..facts.incidents.len()).map(|index| told("incident", incident(index)));
    let acts = facts
        .attributions
        .iter()
        .map(|act| told("attribution", words::said(&name(&act.speaker), act.stance, &act.actor.name)));
    let counts = facts
        .casualties
        .iter()
        .map(|count| told("count", format!("{} {}", words::bounds(count.bounds), count.measure)));
    let warnings =
        facts.warnings.iter().map(|warning| told("warning", format!("{} warned", somebody(&warning.issuer))));
    let threats = facts.threats.iter().map(|threat| {
        let against = threat.target.as_deref().map(|target| format!(" {target}")).unwrap_or_default();
        told("threat", format!("{} threatened{against}", somebody(&threat.speaker)))
    });
    incidents.chain(acts).chain(counts).chain(warnings).chain(threats).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_changed_stand_out_and_the_texts_can_be_put_together_again() {
        let (before, after) =
            ("A bomb killed 12 people in Oran.\n", "A bomb killed at least 19 people in Oran.\n");
        let parts = parts(before, after);
        let side = |gone: Op| {
            parts.iter().filter(|part| part.op != gone).map(|part| part.text.as_str()).collect::<String>()
        };
        assert_eq!((side(Op::Added).as_str(), side(Op::Removed).as_str()), (before, after));
        let changed: Vec<_> =
            parts.iter().filter(|part| part.op != Op::Same).map(|part| (part.op, part.text.trim())).collect();
        assert_eq!(changed, [(Op::Removed, "12"), (Op::Added, "at least 19")]);
    }

    #[test]
    fn what_is_told_twice_and_then_once_is_gone_once() {
        let fact = |label: &str| FactLabel { kind: "count", label: label.to_owned() };
        let (a, b) = (fact("12 killed"), fact("3 injured"));
        assert_eq!(without(&[a.clone(), b, a.clone()], std::slice::from_ref(&a)), [fact("3 injured"), a]);
    }
}
