//! Which noun phrases mention somebody: names, runs of capitals, descriptions, pronouns.

use super::known::Known;
use super::names;
use crate::actors::ActorId;
use crate::analysis::{Analysis, Dep, NameLabel, Pos};
use crate::read::is_prose;
use crate::read::speech::{Role, SpeechBook};
use crate::reading::EntityKind;
use crate::text::{Span, Tokens};

/// Which kind of antecedent a pronoun wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pronoun {
    /// "he", "his".
    He,
    /// "she", "her".
    She,
    /// "it", "its".
    It,
    /// "they", "their".
    They,
    /// "I", "we", "our".
    First,
    /// "who", "which", "that" at the head of a relative clause.
    Relative,
}

/// How a mention names its entity.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Form {
    /// A name that the recogniser found.
    Name(NameLabel),
    /// A run of proper nouns that it did not find.
    Capitals,
    /// A noun with what it tells, where it is a known role.
    Description(Option<Role>),
    /// A pronoun.
    Pronoun(Pronoun),
}

/// One mention.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Mention {
    /// Its head token.
    pub(super) head: usize,
    /// The shortest phrase that names the entity in full.
    pub(super) tokens: Span<Tokens>,
    /// How it names it.
    pub(super) form: Form,
    /// Whom the actor book takes it for.
    pub(super) actor: Option<Meant>,
}

/// Whom the actor book takes a mention for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meant {
    /// Who.
    pub(super) id: ActorId,
    /// Whether only a surname says so.
    pub(super) by_surname: bool,
}

impl Mention {
    /// A mention that the actor book does not know.
    pub(super) fn new(head: usize, tokens: Span<Tokens>, form: Form) -> Self {
        Self { head, tokens, form, actor: None }
    }

    pub(super) fn is_name(&self) -> bool {
        matches!(self.form, Form::Name(_) | Form::Capitals)
    }
}

/// All mentions of a document, by head token.
pub(super) fn find(
    analysis: &Analysis,
    speech: &SpeechBook,
    known: &[Known],
    look_up: &dyn Fn(Span<Tokens>) -> Option<ActorId>,
) -> Vec<Mention> {
    let mut taken = vec![false; analysis.tokens.len()];
    let mut found = Vec::new();
    for name in &analysis.names {
        taken[name.tokens.range()].fill(!names::is_entity(name.label));
    }
    found.extend(names::recognised(analysis, speech, known, look_up));
    for mention in &found {
        match mention.form {
            Form::Name(_) | Form::Capitals => taken[mention.tokens.range()].fill(true),
            Form::Description(_) | Form::Pronoun(_) => taken[mention.head] = true,
        }
    }
    for at in 0..analysis.tokens.len() {
        let some_of = analysis.tokens[at].pos == Pos::Num && part_of_people(analysis, speech, at).is_some();
        if (taken[at] && !some_of) || !is_prose(analysis, at) {
            continue;
        }
        let mention = match analysis.tokens[at].pos {
            Pos::Propn => names::capitals(analysis, speech, &taken, at),
            Pos::Noun => description(analysis, speech, at),
            Pos::Pron | Pos::Det | Pos::Sconj => {
                pronoun(analysis, at).or_else(|| partitive(analysis, speech, at))
            }
            Pos::Num | Pos::Adj => partitive(analysis, speech, at),
            _ => None,
        };
        if let Some(mention) = mention {
            let until = if mention.form == Form::Capitals { mention.tokens.end } else { mention.head + 1 };
            taken[at..until.max(at + 1)].fill(true);
            found.push(mention);
        }
    }
    names::drop_parts(&mut found, analysis.tokens.len());
    found.sort_by_key(|mention| mention.head);
    found
}

/// A noun that describes somebody: a known role, or the subject of a word of speech.
fn description(analysis: &Analysis, speech: &SpeechBook, at: usize) -> Option<Mention> {
    let token = &analysis.tokens[at];
    // Within a compound only what stands before a name is a mention of its own ("police chief Anna Berg").
    if token.dep == Dep::Compound && analysis.tokens[token.head].pos != Pos::Propn {
        return None;
    }
    if nobody(analysis, at) || unlike(analysis, speech, at) {
        return None;
    }
    // "the rebels" may be a group where "a rebel" is a man.
    let role = speech.roles().noun(&token.lower).or_else(|| speech.roles().noun(&token.lemma));
    // Letters and reports count only where they speak.
    let acts = role.is_some_and(|role| role.kind != EntityKind::Other);
    if !acts && !speaks(analysis, speech, at) && !beside_name(analysis, at) {
        return None;
    }
    Some(Mention::new(at, phrase(analysis, at, role), Form::Description(role)))
}

/// "no group", "which side": nobody in particular.
fn nobody(analysis: &Analysis, at: usize) -> bool {
    let words = ["no", "neither", "which", "what", "whatever", "whichever"];
    analysis
        .children_by(at, &[Dep::Det, Dep::Neg])
        .any(|child| words.contains(&&*analysis.tokens[child].lower))
}

/// "nerve agents": a compound that is no role although its last word is one.
fn unlike(analysis: &Analysis, speech: &SpeechBook, at: usize) -> bool {
    analysis.children_by(at, &[Dep::Compound, Dep::Amod]).filter(|&child| child + 1 == at).any(|child| {
        speech.roles().is_unlike(&format!("{} {}", analysis.tokens[child].lemma, analysis.tokens[at].lemma))
    })
}

/// Whether a noun stands in apposition to a name ("Anna Berg, the harbour master").
fn beside_name(analysis: &Analysis, at: usize) -> bool {
    let token = &analysis.tokens[at];
    let name = |of: usize| analysis.tokens[of].pos == Pos::Propn;
    token.dep == Dep::Appos && name(token.head) || analysis.children_by(at, &[Dep::Appos]).any(name)
}

/// Whether a name is the subject or agent of a verb, or possessor of a word of speech: a capital that denies is a
/// government and no place.
pub(super) fn acts(analysis: &Analysis, speech: &SpeechBook, at: usize) -> bool {
    let token = &analysis.tokens[at];
    let agent = token.dep == Dep::Pobj && analysis.tokens[token.head].dep == Dep::Agent;
    token.dep == Dep::Nsubj && analysis.tokens[token.head].pos == Pos::Verb
        || agent
        || speaks(analysis, speech, at)
}

/// Whether a noun is the subject or possessor of a word of speech.
pub(super) fn speaks(analysis: &Analysis, speech: &SpeechBook, at: usize) -> bool {
    let token = &analysis.tokens[at];
    let governor = &analysis.tokens[token.head];
    match token.dep {
        Dep::Nsubj => !speech.verb(governor).is_empty(),
        Dep::Poss => !speech.noun(governor).is_empty(),
        Dep::Pobj => {
            matches!(&*governor.lower, "by" | "to") && &*analysis.tokens[governor.head].lower == "according"
        }
        _ => false,
    }
}

/// The head with what qualifies it before it, and for an office what it is the office of.
pub(super) fn phrase(analysis: &Analysis, head: usize, role: Option<Role>) -> Span<Tokens> {
    let mut tokens = Span::new(head, head + 1);
    let before =
        [Dep::Det, Dep::Amod, Dep::Compound, Dep::Nummod, Dep::Poss, Dep::Nmod, Dep::Predet, Dep::Quantmod];
    for child in analysis.children(head).filter(|&c| c < head).rev() {
        let below = analysis.subtree(child);
        if below.end == tokens.start && before.contains(&analysis.tokens[child].dep) {
            tokens.start = below.start;
        }
    }
    if role.is_some_and(|role| role.office) {
        let of = analysis
            .children_by(head, &[Dep::Prep])
            .find(|&prep| prep == tokens.end && matches!(&*analysis.tokens[prep].lower, "of" | "for"));
        if let Some(object) = of.and_then(|of| analysis.children_by(of, &[Dep::Pobj]).next()) {
            let object = phrase(analysis, object, None);
            if object.start == tokens.end + 1 {
                tokens.end = object.end;
            }
        }
    }
    tokens
}

fn pronoun(analysis: &Analysis, at: usize) -> Option<Mention> {
    let token = &analysis.tokens[at];
    let pronoun = match &*token.lower {
        "he" | "him" | "his" | "himself" => Pronoun::He,
        "she" | "her" | "hers" | "herself" => Pronoun::She,
        "it" | "its" | "itself" if !is_empty_subject(analysis, at) => Pronoun::It,
        "they" | "them" | "their" | "theirs" | "themselves" => Pronoun::They,
        "i" | "me" | "my" | "mine" | "myself" | "we" | "us" | "our" | "ours" | "ourselves" => Pronoun::First,
        "who" | "which" | "that" | "whom" | "whose" if relative(analysis, at).is_some() => Pronoun::Relative,
        _ => return None,
    };
    Some(Mention::new(at, Span::new(at, at + 1), Form::Pronoun(pronoun)))
}

/// "it is clear that …", "it was time to …": a subject that stands for the clause behind it.
fn is_empty_subject(analysis: &Analysis, it: usize) -> bool {
    let token = &analysis.tokens[it];
    let clauses = [Dep::Ccomp, Dep::Xcomp, Dep::Csubj, Dep::Advcl];
    let clause = |of: usize| analysis.children_by(of, &clauses).any(|child| child > it);
    let copula = &*analysis.tokens[token.head].lemma == "be" && token.dep == Dep::Nsubj;
    let predicate = || analysis.children_by(token.head, &[Dep::Acomp, Dep::Attr]).any(clause);
    token.dep == Dep::Expl || copula && (clause(token.head) || predicate())
}

/// "one of the two", "many of them", "the older": a part of people that speaks.
fn partitive(analysis: &Analysis, speech: &SpeechBook, at: usize) -> Option<Mention> {
    let token = &analysis.tokens[at];
    let counted = matches!(
        &*token.lower,
        "one" | "some" | "many" | "most" | "several" | "others" | "both" | "all" | "few"
    );
    let part = counted || matches!(token.pos, Pos::Num | Pos::Adj);
    let subject = token.dep == Dep::Nsubj && speaks(analysis, speech, at);
    let of_people = || part_of_people(analysis, speech, at).map(Some);
    let role = if subject { Some(None) } else { of_people() };
    role.filter(|_| part).map(|role| Mention::new(at, phrase(analysis, at, None), Form::Description(role)))
}

/// What those are of whom a number is a part: "two of its *men*".
fn part_of_people(analysis: &Analysis, speech: &SpeechBook, at: usize) -> Option<Role> {
    let whole = part_of(analysis, at)?;
    let role = speech.roles().noun(&analysis.tokens[whole].lemma)?;
    (role.kind == EntityKind::Person && !role.office).then_some(role)
}

/// The noun after "of".
pub(super) fn part_of(analysis: &Analysis, at: usize) -> Option<usize> {
    let of = analysis.children_by(at, &[Dep::Prep]).find(|&prep| &*analysis.tokens[prep].lower == "of")?;
    analysis.children_by(of, &[Dep::Pobj]).next()
}

/// Whom a cleft sentence puts first: "it was *the militia* that did it".
fn cleft(analysis: &Analysis, verb: usize) -> Option<usize> {
    let clause = &analysis.tokens[verb];
    let copula = clause.dep == Dep::Ccomp && &*analysis.tokens[clause.head].lemma == "be";
    let it = |at: usize| &*analysis.tokens[at].lower == "it";
    let empty = copula && analysis.children_by(clause.head, &[Dep::Nsubj]).any(it);
    empty.then(|| analysis.children_by(clause.head, &[Dep::Attr]).find(|&at| at < verb)).flatten()
}

/// The noun that a relative pronoun stands for.
pub(super) fn relative(analysis: &Analysis, pronoun: usize) -> Option<usize> {
    let mut at = analysis.tokens[pronoun].head;
    for _ in 0..3 {
        if analysis.tokens[at].dep == Dep::Relcl {
            return Some(analysis.tokens[at].head);
        }
        if let Some(cleft) = cleft(analysis, at) {
            return Some(cleft);
        }
        at = analysis.tokens[at].head;
    }
    None
}
