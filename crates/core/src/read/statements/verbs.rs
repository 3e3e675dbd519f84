//! Statements that a verb or a predicative adjective announces.

use crate::analysis::{Analysis, Dep, Pos};
use crate::read::is_prose;
use crate::read::speech::{Cue, Slot, SpeechBook};

use super::drafts::Draft;
use super::regions::{self, Region};
use super::{CueKind, sources};

/// The statements that verbs and adjectives announce, in order; those that only wait for a quotation have no content yet.
pub(super) fn find(analysis: &Analysis, book: &SpeechBook) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (at, token) in analysis.tokens.iter().enumerate() {
        let cues = match token.pos {
            Pos::Verb | Pos::Aux => book.verb(token),
            Pos::Adj if token.dep != Dep::Amod => book.adjective(token),
            _ => continue,
        };
        if cues.is_empty() || !is_prose(analysis, at) {
            continue;
        }
        let takes_quote = cues.iter().any(|cue| cue.takes(Slot::Quote));
        let found = SLOTS.iter().find_map(|&slot| {
            cues.iter().filter(|cue| cue.takes(slot)).find_map(|cue| fill(analysis, at, cue, slot))
        });
        let (kind, source, content) = match found {
            Some(found) => found,
            None if takes_quote => (cues[0].kind, sources::of_verb(analysis, at), Region::new()),
            None => continue,
        };
        drafts.push(Draft { takes_quote, ..Draft::of_cue(analysis, kind, at, source, content) });
    }
    drafts
}

/// The order in which constructions are tried.
const SLOTS: [Slot; 6] =
    [Slot::Clause, Slot::Predicate, Slot::Infinitive, Slot::Raised, Slot::Object, Slot::Preposition];

type Filled = (CueKind, Option<usize>, Region);

/// What a verb says by one construction, and who says it.
fn fill(analysis: &Analysis, verb: usize, cue: &Cue, slot: Slot) -> Option<Filled> {
    let content = match slot {
        Slot::Clause => clause(analysis, verb, cue.kind),
        Slot::Infinitive => infinitive(analysis, verb, cue.kind),
        Slot::Object => object(analysis, verb, cue.kind),
        Slot::Predicate => predicate(analysis, verb, cue),
        Slot::Raised => raised(analysis, verb),
        Slot::Preposition => preposition(analysis, verb, cue),
        Slot::Quote => None,
    }?;
    let source = sources::of_verb(analysis, verb).filter(|source| !content.contains(source));
    Some((cue.kind, source, content))
}

/// "said (that) …"; "…, officials said"; "as officials said, …".
fn clause(analysis: &Analysis, verb: usize, kind: CueKind) -> Option<Region> {
    let object = analysis.children(verb).find(|&child| {
        let token = &analysis.tokens[child];
        token.dep == Dep::Ccomp
    });
    if let Some(object) = object {
        return Some(regions::below(analysis, object, &[]));
    }
    let token = &analysis.tokens[verb];
    let aside = match token.dep {
        Dep::Parataxis => true,
        Dep::Advcl => {
            analysis.children_by(verb, &[Dep::Mark]).any(|mark| &*analysis.tokens[mark].lower == "as")
        }
        _ => false,
    };
    let speaks = matches!(kind, CueKind::Say | CueKind::Think | CueKind::Ask);
    let subject = sources::child(analysis, verb, Dep::Nsubj).is_some();
    (aside && speaks && subject && token.head != verb).then(|| regions::below(analysis, token.head, &[verb]))
}

/// "vowed to retaliate"; "urged travellers to leave"; "is expected to resign" with its subject.
fn infinitive(analysis: &Analysis, verb: usize, kind: CueKind) -> Option<Region> {
    let complement = sources::child(analysis, verb, Dep::Xcomp)?;
    let content = regions::below(analysis, complement, &[]);
    if sources::is_passive(analysis, verb) {
        let subject = sources::child(analysis, verb, Dep::Nsubjpass)?;
        return Some(regions::union(regions::below(analysis, subject, &[]), content));
    }
    let addressee = sources::child(analysis, verb, Dep::Dobj).filter(|_| kind == CueKind::Ask);
    Some(match addressee {
        Some(addressee) => regions::union(regions::below(analysis, addressee, &[]), content),
        None => content,
    })
}

/// "announced the arrest"; "accused the crew of smuggling"; "was criticized by …" with its subject.
fn object(analysis: &Analysis, verb: usize, kind: CueKind) -> Option<Region> {
    if sources::is_passive(analysis, verb) {
        if kind == CueKind::Want || kind == CueKind::Think {
            sources::agent(analysis, verb)?;
        }
        let subject = sources::child(analysis, verb, Dep::Nsubjpass)?;
        return Some(with_reasons(analysis, verb, kind, regions::below(analysis, subject, &[])));
    }
    let object = sources::child(analysis, verb, Dep::Dobj)?;
    Some(with_reasons(analysis, verb, kind, regions::below(analysis, object, &[])))
}

/// What is judged, with what for: "the crew of smuggling", "him for leaving the wreck".
fn with_reasons(analysis: &Analysis, verb: usize, kind: CueKind, mut content: Region) -> Region {
    if kind != CueKind::Judge {
        return content;
    }
    for child in analysis.children(verb).filter(|&child| child > verb) {
        let token = &analysis.tokens[child];
        let why = token.dep == Dep::Prep && matches!(&*token.lower, "of" | "for" | "as" | "over" | "on");
        if why || matches!(token.dep, Dep::Xcomp | Dep::Oprd) {
            content = regions::union(content, regions::below(analysis, child, &[]));
        }
    }
    content
}

/// "called the verdict a farce"; "described the raid as piracy".
fn predicate(analysis: &Analysis, verb: usize, cue: &Cue) -> Option<Region> {
    // "a splinter called the Heron Brigade" gives a name and tells of no speech.
    if analysis.tokens[verb].dep == Dep::Acl && sources::agent(analysis, verb).is_none() {
        return None;
    }
    let thing = if sources::is_passive(analysis, verb) { Dep::Nsubjpass } else { Dep::Dobj };
    let thing = sources::child(analysis, verb, thing);
    let named = if cue.prepositions.is_empty() {
        analysis.children_by(verb, &[Dep::Oprd, Dep::Ccomp]).find(|&child| child > verb)?
    } else {
        // The parser may hang the phrase on the thing ("the raid as piracy").
        let phrase = |of: usize| {
            let mut phrases = analysis.children_by(of, &[Dep::Prep]);
            phrases.find(|&prep| cue.prepositions.contains(&analysis.tokens[prep].lower))
        };
        phrase(verb).or_else(|| thing.and_then(phrase))?
    };
    let named = regions::below(analysis, named, &[]);
    Some(match thing {
        Some(thing) => regions::union(regions::below(analysis, thing, &[]), named),
        None => named,
    })
}

/// "The charge appears to have been laid at night": all of it but the verb.
fn raised(analysis: &Analysis, verb: usize) -> Option<Region> {
    let subject = sources::child(analysis, verb, Dep::Nsubj)?;
    let complement = analysis.children_by(verb, &[Dep::Xcomp, Dep::Oprd, Dep::Acomp, Dep::Ccomp]).next()?;
    Some(regions::union(regions::below(analysis, subject, &[]), regions::below(analysis, complement, &[])))
}

/// "called for calm"; "warned of raids".
fn preposition(analysis: &Analysis, verb: usize, cue: &Cue) -> Option<Region> {
    let prep = analysis
        .children_by(verb, &[Dep::Prep])
        .find(|&prep| cue.prepositions.contains(&analysis.tokens[prep].lower))?;
    let object = analysis.children_by(prep, &[Dep::Pobj, Dep::Pcomp]).next()?;
    let mut content = regions::below(analysis, object, &[]);
    // "called on the shipyard to explain itself"
    if let Some(request) = sources::child(analysis, verb, Dep::Xcomp).filter(|&x| x > object) {
        content = regions::union(content, regions::below(analysis, request, &[]));
    }
    Some(content)
}
