//! Which way a sentence looks from the day of its writing: back, ahead, or neither. It decides which Friday is meant.

use super::words;
use crate::analysis::{Analysis, Token};
use crate::document::ParagraphKind;
use crate::grammar::{Dep, Pos};
use crate::text::{Span, Tokens};

/// Which way a sentence looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tense {
    /// Back.
    Past,
    /// Ahead.
    Future,
    /// A present tense, which reports use of what is fixed beforehand: "the talks begin on Friday".
    Present,
    /// It does not say.
    Unknown,
}

/// The tense of the words that govern a time expression.
pub fn of(analysis: &Analysis, expression: Span<Tokens>) -> Tense {
    let Some(head) = head(analysis, expression) else { return Tense::Unknown };
    let before = expression.start.checked_sub(1).map_or("", |at| analysis.tokens[at].lower.as_str());
    if before == "since" {
        return Tense::Past;
    }
    if before == "for" && !is_owned(analysis, expression) {
        return Tense::Future; // "called a protest for Monday"
    }
    let headline = analysis.sentences[analysis.tokens[head].sentence].kind == ParagraphKind::Headline;
    let mut at = head;
    let mut by_noun = false;
    let mut scheduled = false;
    let mut incident = false;
    // The steps are bounded by the depth of a tree; the bound keeps a broken one from turning for ever.
    for _ in 0..32 {
        let token = &analysis.tokens[at];
        if expression.holds(at) || matches!(token.pos, Pos::Adp | Pos::Sconj | Pos::Part) {
            // on the way up
        } else if announces(token) {
            return Tense::Future;
        } else if matches!(token.pos, Pos::Verb | Pos::Aux) {
            incident |= has_incident_between(analysis, at, expression);
            match of_verb(analysis, at, by_noun, headline) {
                Some(Tense::Past) if scheduled => return Tense::Unknown,
                Some(_) if incident && !is_about_the_future(token) => return Tense::Past,
                Some(tense) => return tense,
                None if token.head == at => return Tense::Unknown,
                None => {}
            }
        } else if matches!(token.pos, Pos::Noun | Pos::Propn) {
            by_noun = true;
            scheduled |= is_scheduled(token);
            incident |= words::is_incident(&token.lower);
        }
        if token.head == at {
            return Tense::Unknown;
        }
        at = token.head;
    }
    Tense::Unknown
}

/// Whether something follows that the expression belongs to: "for Friday's attack", "for the March elections".
fn is_owned(analysis: &Analysis, expression: Span<Tokens>) -> bool {
    analysis.tokens.get(expression.end).is_some_and(|next| {
        next.tag == "POS" || (next.head >= expression.end && matches!(next.pos, Pos::Noun | Pos::Propn))
    })
}

/// The token of an expression whose head stands outside it.
pub fn head(analysis: &Analysis, expression: Span<Tokens>) -> Option<usize> {
    expression.range().find(|&at| {
        let head = analysis.tokens[at].head;
        head == at || !expression.holds(head)
    })
}

/// Words that make what depends on them lie ahead: "due on Sunday", "scheduled for Friday", "plans for May".
fn announces(token: &Token) -> bool {
    match token.pos {
        Pos::Adj => matches!(
            token.lower.as_str(),
            "due" | "upcoming" | "ready" | "likely" | "slated" | "scheduled" | "expected" | "planned"
        ),
        Pos::Verb => {
            token.tag == "VBN"
                && matches!(
                    token.lemma.as_str(),
                    "schedule" | "slate" | "expect" | "plan" | "bill" | "earmark"
                )
        }
        Pos::Noun => matches!(token.lemma.as_str(), "plan" | "deadline" | "ultimatum"),
        _ => false,
    }
}

/// Whether a noun of the kind "killing" stands between a verb and a time behind it, to which the time belongs even where the
/// parser hangs it on the verb: "are investigating the killing of the mayor on 25 January".
fn has_incident_between(analysis: &Analysis, verb: usize, expression: Span<Tokens>) -> bool {
    let object = |at: usize| matches!(analysis.tokens[at].dep, Dep::Dobj | Dep::Pobj | Dep::Attr);
    let mut between = verb + 1..expression.start.max(verb + 1);
    between.any(|at| object(at) && words::is_incident(&analysis.tokens[at].lower))
}

/// Verbs whose objects lie ahead: a planned attack has not happened.
fn is_about_the_future(token: &Token) -> bool {
    matches!(
        token.lemma.as_str(),
        "plan"
            | "threaten"
            | "plot"
            | "prepare"
            | "warn"
            | "fear"
            | "vow"
            | "expect"
            | "launch"
            | "resume"
            | "stage"
            | "mount"
    )
}

/// Nouns of what is fixed beforehand: "the April 14 hearing was put off" does not tell whether it lies behind.
fn is_scheduled(token: &Token) -> bool {
    matches!(
        token.lemma.as_str(),
        "hearing"
            | "election"
            | "vote"
            | "referendum"
            | "ballot"
            | "poll"
            | "summit"
            | "meeting"
            | "conference"
            | "trial"
            | "match"
            | "game"
            | "deadline"
            | "inauguration"
            | "ceremony"
            | "talk"
            | "session"
            | "funeral"
            | "runoff"
    )
}

/// The tense of a finite verb with its auxiliaries; `None` for a participle or an infinitive that takes it from above.
fn of_verb(analysis: &Analysis, verb: usize, by_noun: bool, headline: bool) -> Option<Tense> {
    let token = &analysis.tokens[verb];
    let auxiliaries: Vec<&Token> =
        analysis.children_by(verb, &[Dep::Aux, Dep::Auxpass]).map(|child| &analysis.tokens[child]).collect();
    let has = |words: &[&str]| auxiliaries.iter().any(|aux| words.contains(&aux.lower.as_str()));
    let perfect = has(&["have", "had", "has", "having", "'ve", "’ve", "'d"]);
    if has(&["will", "shall", "'ll", "’ll", "wo", "would"]) {
        return Some(Tense::Future);
    }
    if auxiliaries.iter().any(|aux| aux.tag == "MD") {
        return Some(if perfect { Tense::Past } else { Tense::Future });
    }
    if auxiliaries.iter().any(|aux| aux.tag == "TO") {
        if has(&["has"]) {
            return Some(Tense::Future); // "has until Wednesday to surrender"
        }
        return infinitive(analysis, verb, perfect);
    }
    if perfect || has(&["was", "were", "did"]) {
        return Some(past_progressive(token));
    }
    let present = Some(match (headline, by_noun) {
        (true, _) => Tense::Past,
        (false, true) => Tense::Unknown,
        (false, false) => Tense::Present,
    });
    match token.tag.as_str() {
        "VBD" => Some(Tense::Past),
        "VBP" if is_past_form(&token.lower) => Some(Tense::Past),
        "VBZ" | "VBP" => present,
        "VBN" if auxiliaries.is_empty() => Some(Tense::Past),
        "VBG" if auxiliaries.is_empty() && token.head != verb => None,
        "VB" if auxiliaries.is_empty() && token.head == verb => Some(Tense::Future),
        "VB" if auxiliaries.is_empty() => None,
        _ if auxiliaries.is_empty() => Some(Tense::Unknown),
        _ => present,
    }
}

/// Past forms that a tagger takes for the present, since they look like it or are rare.
fn is_past_form(word: &str) -> bool {
    matches!(
        word,
        "hit"
            | "cut"
            | "put"
            | "set"
            | "let"
            | "cost"
            | "hurt"
            | "shut"
            | "split"
            | "spread"
            | "burst"
            | "beat"
            | "quit"
            | "cast"
            | "rang"
            | "sang"
            | "sank"
            | "swam"
            | "sprang"
            | "shrank"
            | "fled"
            | "shot"
            | "struck"
            | "fought"
            | "sought"
            | "dealt"
    )
}

/// "Was going to" and "was planning" look ahead from the past; what they announce lies after the day of the telling.
fn past_progressive(token: &Token) -> Tense {
    let ahead = token.tag == "VBG" && matches!(token.lemma.as_str(), "plan" | "prepare" | "go");
    if ahead { Tense::Future } else { Tense::Past }
}

/// An infinitive lies ahead behind a verb of wanting or announcing, and behind "be"; else it takes the tense from above.
fn infinitive(analysis: &Analysis, verb: usize, perfect: bool) -> Option<Tense> {
    if perfect {
        return Some(Tense::Past);
    }
    let token = &analysis.tokens[verb];
    if token.head == verb {
        return Some(Tense::Future); // "President to visit the coast on Friday"
    }
    let above = &analysis.tokens[token.head];
    let done = match above.lemma.as_str() {
        // "Is to leave", but "was among the first to come".
        "be" => token.dep != Dep::Xcomp || is_singled_out(analysis, verb),
        // "Had to cut short".
        "have" | "need" => above.tag == "VBD",
        word => !PROSPECTIVE.contains(&word),
    };
    if counts_victims(analysis, verb) {
        return Some(Tense::Past);
    }
    (!done).then_some(Tense::Future)
}

/// Verbs and adjectives whose infinitive lies ahead.
const PROSPECTIVE: [&str; 44] = [
    "plan",
    "intend",
    "want",
    "vow",
    "threaten",
    "promise",
    "pledge",
    "urge",
    "call",
    "ask",
    "order",
    "invite",
    "expect",
    "schedule",
    "set",
    "due",
    "prepare",
    "agree",
    "hope",
    "go",
    "likely",
    "propose",
    "aim",
    "seek",
    "offer",
    "swear",
    "ready",
    "wish",
    "tell",
    "warn",
    "demand",
    "deadline",
    "decide",
    "expected",
    "scheduled",
    "bound",
    "certain",
    "sure",
    "slated",
    "would",
    "plot",
    "conspire",
    "wait",
    "refuse",
];

/// "Among the first to come to their aid on Sunday": what singles somebody out has happened.
fn is_singled_out(analysis: &Analysis, verb: usize) -> bool {
    let from = verb.saturating_sub(3);
    (from..verb).any(|at| matches!(&*analysis.tokens[at].lower, "first" | "last" | "only"))
}

/// "Only for two bombers to kill 94 people on 3 January": a toll is known of what has happened.
fn counts_victims(analysis: &Analysis, verb: usize) -> bool {
    let harms =
        matches!(analysis.tokens[verb].lemma.as_str(), "kill" | "wound" | "injure" | "murder" | "massacre");
    let counted = |object: usize| analysis.children_by(object, &[Dep::Nummod]).next().is_some();
    harms && analysis.children_by(verb, &[Dep::Dobj]).any(counted)
}
