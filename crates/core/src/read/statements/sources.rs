//! Who stands behind a cue: the subject, the agent of a passive, the possessor.

use crate::analysis::{Analysis, Dep, Pos};
use crate::text::{Span, Tokens};

use super::regions;

/// How many words up from a cue its subject is looked for.
const CLIMB: usize = 5;

/// The head token of the source of a verb.
pub(super) fn of_verb(analysis: &Analysis, verb: usize) -> Option<usize> {
    let mut at = verb;
    for step in 0..CLIMB {
        if is_passive(analysis, at) {
            return if step == 0 { agent(analysis, at) } else { child(analysis, at, Dep::Nsubjpass) };
        }
        if let Some(subject) = child(analysis, at, Dep::Nsubj) {
            return Some(subject);
        }
        let token = &analysis.tokens[at];
        match token.dep {
            Dep::Acomp
            | Dep::Conj
            | Dep::Xcomp
            | Dep::Advcl
            | Dep::Pcomp
            | Dep::Prep
            | Dep::Dep
            | Dep::Ccomp => at = token.head,
            Dep::Acl => return of_participle(analysis, at),
            // "talked their way out by saying …": on to the verb that governs the noun.
            Dep::Dobj | Dep::Pobj | Dep::Attr if step > 0 => at = token.head,
            _ => return None,
        }
    }
    None
}

/// The source of a participle that modifies a noun: "a statement saying" is its issuer's, "a letter saying" the letter's.
fn of_participle(analysis: &Analysis, participle: usize) -> Option<usize> {
    let noun = analysis.tokens[participle].head;
    if analysis.tokens[participle].tag == "VBN" {
        return agent(analysis, participle);
    }
    if is_talk(&analysis.tokens[noun].lemma) {
        let governor = analysis.tokens[noun].head;
        if let Some(issuer) = of_noun(analysis, noun) {
            return Some(issuer);
        }
        if matches!(analysis.tokens[noun].dep, Dep::Dobj | Dep::Pobj)
            && let Some(subject) = of_verb(analysis, governor)
        {
            return Some(subject);
        }
    }
    Some(noun)
}

/// Words for what somebody says, which does not speak for itself as a letter or a report does.
fn is_talk(lemma: &str) -> bool {
    matches!(
        lemma,
        "statement"
            | "speech"
            | "remark"
            | "comment"
            | "address"
            | "interview"
            | "briefing"
            | "call"
            | "post"
    )
}

/// The head token of the source of a noun.
pub(super) fn of_noun(analysis: &Analysis, noun: usize) -> Option<usize> {
    if let Some(possessor) = child(analysis, noun, Dep::Poss) {
        return Some(possessor);
    }
    let by = analysis
        .children_by(noun, &[Dep::Prep, Dep::Agent])
        .filter(|&prep| matches!(&*analysis.tokens[prep].lower, "by" | "from"))
        .find_map(|prep| child(analysis, prep, Dep::Pobj));
    if by.is_some() {
        return by;
    }
    let token = &analysis.tokens[noun];
    let governor = &analysis.tokens[token.head];
    let object =
        matches!(token.dep, Dep::Dobj | Dep::Attr) || token.dep == Dep::Pobj && governor.pos == Pos::Adp;
    let verb = if token.dep == Dep::Pobj { governor.head } else { token.head };
    (object && analysis.tokens[verb].pos == Pos::Verb && token.head != noun)
        .then(|| of_verb(analysis, verb))
        .flatten()
}

/// Whether a verb stands in the passive.
pub(super) fn is_passive(analysis: &Analysis, verb: usize) -> bool {
    child(analysis, verb, Dep::Auxpass).is_some() || child(analysis, verb, Dep::Nsubjpass).is_some()
}

/// The agent of a passive: "by" and its object.
pub(super) fn agent(analysis: &Analysis, verb: usize) -> Option<usize> {
    child(analysis, verb, Dep::Agent).and_then(|by| child(analysis, by, Dep::Pobj))
}

/// The first child in a relation.
pub(super) fn child(analysis: &Analysis, token: usize, dep: Dep) -> Option<usize> {
    analysis.children(token).find(|&child| analysis.tokens[child].dep == dep)
}

/// The words that name a source, from its head token.
pub(super) fn words(analysis: &Analysis, head: usize) -> Option<Span<Tokens>> {
    let region = regions::below(analysis, head, &[]);
    let around = regions::spans(analysis, &region).into_iter().find(|span| span.holds(head));
    around.or_else(|| regions::trim(analysis, Span::new(head, head + 1)))
}
