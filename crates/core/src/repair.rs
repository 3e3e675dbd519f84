//! Mends what the parser gets wrong so often that every reader of the grammar would have to know it.

use crate::analysis::{Name, Token};
use crate::grammar::{Dep, NameLabel, Pos};

/// Mends the tokens of a document before anything is read from them.
pub(crate) fn mend(tokens: &mut [Token], names: &[Name]) {
    for pair in names.windows(2) {
        part_subject(tokens, &pair[0], &pair[1]);
    }
    for at in 0..tokens.len() {
        qualify(tokens, at);
        small_clause(tokens, at);
    }
}

/// "held Norland responsible": the parser takes the object and what is said of it for a clause without a verb. The name
/// becomes the object of the verb, the adjective what is said of it.
fn small_clause(tokens: &mut [Token], at: usize) {
    let verb = tokens[at].head;
    let adjective = tokens[at].dep == Dep::Ccomp && tokens[at].pos == Pos::Adj && verb < at;
    let judges = matches!(
        &*tokens[verb].lemma,
        "hold" | "find" | "deem" | "consider" | "declare" | "call" | "judge" | "think"
    );
    if !adjective || !judges {
        return;
    }
    let child = |wanted: fn(Dep) -> bool| {
        (verb + 1..at).find(|&child| tokens[child].head == at && wanted(tokens[child].dep))
    };
    let finite = child(|dep| matches!(dep, Dep::Aux | Dep::Auxpass | Dep::Mark)).is_some();
    let Some(subject) = child(|dep| dep == Dep::Nsubj).filter(|_| !finite) else { return };
    tokens[subject].head = verb;
    tokens[subject].dep = Dep::Dobj;
    tokens[at].dep = Dep::Oprd;
}

/// "accused neighbouring Varenia of it": the parser takes a participle that only qualifies a name for a verb that has it
/// for its object. The name becomes the object of the verb above.
fn qualify(tokens: &mut [Token], at: usize) {
    let Some(next) = tokens.get(at + 1) else { return };
    let above = tokens[at].head;
    let clause = matches!(tokens[at].dep, Dep::Xcomp | Dep::Advcl | Dep::Acl) && above < at;
    let qualifies = matches!(&*tokens[at].lower, "neighbouring" | "neighboring" | "visiting" | "surrounding");
    if !(clause && qualifies && next.dep == Dep::Dobj && next.head == at) {
        return;
    }
    tokens[at + 1].head = above;
    tokens[at].head = at + 1;
    tokens[at].dep = Dep::Amod;
    tokens[at].pos = Pos::Adj;
}

/// "On Tuesday Anna Berg said": the parser takes day and person for one name behind "on" and leaves the verb without a
/// subject. The name becomes the subject, the day the object of the preposition.
fn part_subject(tokens: &mut [Token], before: &Name, name: &Name) {
    let adjacent = before.tokens.end == name.tokens.start;
    let when = matches!(before.label, NameLabel::Date | NameLabel::Time);
    let whence = matches!(before.label, NameLabel::Gpe | NameLabel::Loc) && name.label == NameLabel::Person;
    let who = matches!(name.label, NameLabel::Person | NameLabel::Org | NameLabel::Gpe | NameLabel::Norp);
    if !adjacent || !who || !(when || whence) {
        return;
    }
    let Some(head) = name.tokens.range().find(|&at| tokens[at].dep == Dep::Pobj) else { return };
    let prep = tokens[head].head;
    let verb = tokens[prep].head;
    let subject = |dep: Dep| matches!(dep, Dep::Nsubj | Dep::Nsubjpass | Dep::Csubj | Dep::Expl);
    let headless = !(0..tokens.len().min(verb))
        .rev()
        .take(60)
        .any(|at| tokens[at].head == verb && subject(tokens[at].dep));
    if verb > name.tokens.end + 60 {
        return;
    }
    let clause = tokens[prep].dep == Dep::Prep && prep < before.tokens.start && name.tokens.end <= verb;
    let finite = matches!(&*tokens[verb].tag, "VBD" | "VBZ" | "VBP" | "VBN" | "VBG" | "VB" | "MD");
    if !clause || !finite || !headless {
        return;
    }
    let passive = tokens
        .iter()
        .skip(name.tokens.end)
        .take(verb - name.tokens.end)
        .any(|t| t.dep == Dep::Auxpass && t.head == verb);
    tokens[head].head = verb;
    tokens[head].dep = if passive { Dep::Nsubjpass } else { Dep::Nsubj };
    let day = before.tokens.end - 1;
    for at in before.tokens.range() {
        if at != day && name.tokens.holds(tokens[at].head) {
            tokens[at].head = day;
        }
    }
    tokens[day].head = prep;
    tokens[day].dep = Dep::Pobj;
}
