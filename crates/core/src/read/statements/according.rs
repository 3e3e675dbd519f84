//! Statements whose source stands in a phrase: "according to X", "in X's view", "citing X".

use crate::analysis::{Analysis, Dep, NameLabel, Pos};
use crate::read::is_prose;

use super::CueKind;
use super::drafts::Draft;
use super::regions;
use super::sources;

/// The statements of sources in phrases, in order.
pub(super) fn find(analysis: &Analysis) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (at, token) in analysis.tokens.iter().enumerate().filter(|&(at, _)| is_prose(analysis, at)) {
        match &*token.lower {
            "according" => drafts.extend(according(analysis, at)),
            "reportedly" | "allegedly" | "purportedly" | "supposedly" if token.dep == Dep::Advmod => {
                drafts.extend(hearsay(analysis, at));
            }
            "view" | "opinion" | "judgment" | "judgement" | "eyes" | "telling" | "account" | "words"
            | "reckoning" | "estimation" | "assessment" | "version"
                if is_in(analysis, at) =>
            {
                drafts.extend(in_the_view(analysis, at));
            }
            "for" if token.dep == Dep::Prep => drafts.extend(for_somebody(analysis, at)),
            "citing" if token.dep == Dep::Advcl => drafts.extend(citing(analysis, at)),
            _ => {}
        }
    }
    drafts
}

/// "According to the coastguard, the ferry sank": the clause that the phrase modifies.
fn according(analysis: &Analysis, according: usize) -> Option<Draft> {
    let to = preposition(analysis, according, "to")?;
    let source = sources::child(analysis, to, Dep::Pobj)?;
    let mut draft = of_clause(analysis, according, according, source)?;
    if let Some(words) = &mut draft.cue_words {
        words.end = words.end.max(to + 1);
    }
    Some(draft)
}

/// "in the view", "in its opinion".
fn is_in(analysis: &Analysis, noun: usize) -> bool {
    let token = &analysis.tokens[noun];
    token.dep == Dep::Pobj && &*analysis.tokens[token.head].lower == "in"
}

/// "In the view of the coastguard, the ferry sank": the clause that the phrase modifies.
fn in_the_view(analysis: &Analysis, view: usize) -> Option<Draft> {
    let whose = preposition(analysis, view, "of").and_then(|of| sources::child(analysis, of, Dep::Pobj));
    let source = whose.or_else(|| sources::child(analysis, view, Dep::Poss))?;
    of_clause(analysis, view, analysis.tokens[view].head, source)
}

/// "For the harbour master, Anna Berg, the culprit is the tide": a person set before a clause by a comma.
fn for_somebody(analysis: &Analysis, preposition: usize) -> Option<Draft> {
    let first = analysis.sentences[analysis.tokens[preposition].sentence].tokens.start == preposition;
    let source = sources::child(analysis, preposition, Dep::Pobj).filter(|_| first)?;
    let person = |at: usize| {
        analysis.names.iter().any(|name| name.tokens.holds(at) && name.label == NameLabel::Person)
    };
    let apposed = || analysis.children_by(source, &[Dep::Appos]).any(person);
    let clause = clause_above(analysis, preposition)?;
    let comma = (source + 1..clause).any(|at| &*analysis.tokens[at].lower == ",");
    let somebody = (person(source) || apposed()) && comma;
    somebody.then(|| of_clause(analysis, preposition, preposition, source)).flatten()
}

/// A preposition below a word.
fn preposition(analysis: &Analysis, word: usize, lower: &str) -> Option<usize> {
    analysis.children_by(word, &[Dep::Prep]).find(|&prep| &*analysis.tokens[prep].lower == lower)
}

/// What a phrase with a cue in it puts into somebody's mouth: the clause that it modifies, without the phrase.
fn of_clause(analysis: &Analysis, cue: usize, phrase: usize, source: usize) -> Option<Draft> {
    let clause = clause_above(analysis, phrase)?;
    let content = regions::below(analysis, clause, &[phrase]);
    Some(Draft::of_cue(analysis, CueKind::Say, cue, Some(source), content))
}

/// The verb (or, in a headline, the root) that a phrase modifies.
fn clause_above(analysis: &Analysis, phrase: usize) -> Option<usize> {
    let mut at = analysis.tokens[phrase].head;
    if at == phrase {
        return None;
    }
    loop {
        let token = &analysis.tokens[at];
        if matches!(token.pos, Pos::Verb | Pos::Aux) && token.dep != Dep::Xcomp && token.dep != Dep::Aux
            || token.head == at
        {
            return Some(at);
        }
        at = token.head;
    }
}

/// "The daily reported, citing two officials, that …": what the verb above says is the cited one's too.
fn citing(analysis: &Analysis, citing: usize) -> Option<Draft> {
    let source = sources::child(analysis, citing, Dep::Dobj)?;
    let verb = analysis.tokens[citing].head;
    let said = sources::child(analysis, verb, Dep::Ccomp)?;
    let content = regions::below(analysis, said, &[citing]);
    (!content.contains(&source)).then(|| Draft::of_cue(analysis, CueKind::Say, citing, Some(source), content))
}

/// "The charge was reportedly laid at night": the clause, of nobody in particular.
fn hearsay(analysis: &Analysis, adverb: usize) -> Option<Draft> {
    let clause = analysis.tokens[adverb].head;
    let verb = matches!(analysis.tokens[clause].pos, Pos::Verb | Pos::Aux);
    let content = regions::below(analysis, clause, &[adverb]);
    verb.then(|| Draft::of_cue(analysis, CueKind::Seem, adverb, None, content))
}
