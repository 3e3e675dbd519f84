//! Names: what the recogniser found, mended at its edges, and the runs of proper nouns that it left out.

use super::known::{Known, Way};
use super::mentions::{self, Form, Meant, Mention};
use crate::actors::ActorId;
use crate::analysis::{Analysis, Dep, NameLabel, Pos};
use crate::document::Document;
use crate::read::speech::{Role, SpeechBook};
use crate::reading::EntityKind;
use crate::text::{Span, Tokens};

/// The names that the recogniser or the actor book found, and the offices that the book found.
pub(super) fn recognised(
    analysis: &Analysis,
    speech: &SpeechBook,
    known: &[Known],
    look_up: &dyn Fn(Span<Tokens>) -> Option<ActorId>,
) -> Vec<Mention> {
    let mut named = vec![false; analysis.tokens.len()];
    for name in &analysis.names {
        named[name.tokens.range()].fill(true);
    }
    let mut open: Vec<bool> = known.iter().map(|one| one.way != Way::Adjective).collect();
    let mut found = Vec::new();
    for name in &analysis.names {
        let Some(mut mention) = name_mention(analysis, speech, name.tokens, name.label) else { continue };
        mention.tokens = whole(analysis, speech, &named, mention);
        // Known stretches are in order and do not overlap: only those around the mention matter.
        let from = known.partition_point(|one| one.tokens.end <= mention.tokens.start);
        let around = || (from..known.len()).take_while(|&k| known[k].tokens.start < mention.tokens.end);
        let mut keep = true;
        for k in around().filter(|&k| known[k].way != Way::Adjective) {
            let one = known[k];
            if one.way == Way::Office {
                keep &= mention.head != head_of(analysis, one.tokens);
            } else if one.tokens == mention.tokens {
                mention.actor = meant(analysis, speech, &one, mention.head);
                open[k] = false;
            } else if mention.tokens.contains(one.tokens) {
                mention.actor = look_up(mention.tokens).map(|id| Meant { id, by_surname: false });
                open[k] = false;
            } else {
                keep = false;
            }
        }
        if keep && around().next().is_none() {
            mention.actor = look_up(mention.tokens).map(|id| Meant { id, by_surname: false });
        }
        found.extend(keep.then_some(mention));
    }
    let armed =
        |one: &&Known| one.way == Way::Adjective && is_whose_arms(analysis, speech, one.tokens.end - 1);
    for one in known.iter().filter(armed) {
        found.retain(|mention: &Mention| !mention.tokens.overlaps(one.tokens));
        let actor = Some(Meant { id: one.id, by_surname: false });
        found.push(Mention { head: one.tokens.end - 1, tokens: one.tokens, form: Form::Capitals, actor });
    }
    let rest = known.iter().zip(open).filter(|&(_, open)| open);
    found.extend(rest.filter_map(|(one, _)| known_mention(analysis, speech, one)));
    found
}

/// Whether an adjective of nationality says whose arms something was done with, or who had part in it: "a Norlandic air
/// strike", "Norlandic involvement".
fn is_whose_arms(analysis: &Analysis, speech: &SpeechBook, adjective: usize) -> bool {
    let token = &analysis.tokens[adjective];
    let before = matches!(token.dep, Dep::Amod | Dep::Compound | Dep::Nmod);
    let lemma = analysis.tokens[token.head].lemma.to_lowercase();
    before && (speech.roles().is_arms(&lemma) || speech.roles().is_part(&lemma))
}

/// Whom a known stretch means: a capital its government, but only where it speaks or is spoken of as one who acts.
fn meant(analysis: &Analysis, speech: &SpeechBook, one: &Known, head: usize) -> Option<Meant> {
    match one.way {
        Way::Name | Way::Office => Some(Meant { id: one.id, by_surname: false }),
        Way::Surname => Some(Meant { id: one.id, by_surname: true }),
        Way::Capital => {
            let government = mentions::speaks(analysis, speech, head) || is_blamed(analysis, speech, head);
            government.then_some(Meant { id: one.id, by_surname: false })
        }
        Way::Adjective => None,
    }
}

/// Whether a deed is laid at somebody's door: "accused Norbury", "Norbury's hand", "blame on Norbury", "to do with Norbury".
fn is_blamed(analysis: &Analysis, speech: &SpeechBook, at: usize) -> bool {
    let lemma = |at: usize| analysis.tokens[at].lemma.to_lowercase();
    let governor = analysis.tokens[at].head;
    match analysis.tokens[at].dep {
        Dep::Dobj => speech.roles().is_blame(&lemma(governor)),
        Dep::Poss => speech.roles().is_part(&lemma(governor)),
        Dep::Pobj => {
            let above = lemma(analysis.tokens[governor].head);
            let onto = matches!(&*analysis.tokens[governor].lower, "on" | "at" | "against" | "of" | "to");
            (onto && speech.roles().is_blame(&above))
                || (&*analysis.tokens[governor].lower == "with" && above == "do")
        }
        Dep::Nsubj => analysis.children(governor).any(|child| {
            matches!(&*analysis.tokens[child].lower, "behind" | "responsible" | "involved" | "complicit")
                || (analysis.tokens[child].dep == Dep::Dobj && speech.roles().is_part(&lemma(child)))
        }),
        _ => false,
    }
}

/// A mention of what only the book found.
fn known_mention(analysis: &Analysis, speech: &SpeechBook, one: &Known) -> Option<Mention> {
    let mut tokens = one.tokens;
    while tokens.len() > 1 && matches!(&*analysis.tokens[tokens.start].lower, "the" | "a" | "an") {
        tokens.start += 1;
    }
    let head = head_of(analysis, tokens);
    let actor = Some(meant(analysis, speech, one, head)?);
    if one.way == Way::Office {
        let noun = &analysis.tokens[head];
        let role =
            speech.roles().noun(&noun.lemma.to_lowercase()).or_else(|| speech.roles().noun(&noun.lower));
        let form = Form::Description(role.filter(|role| role.kind == EntityKind::Person).or(Some(OFFICE)));
        let tokens = mentions::phrase(analysis, head, Some(OFFICE)).cover(tokens);
        return Some(Mention { head, tokens, form, actor });
    }
    Some(Mention { head, tokens, form: Form::Capitals, actor })
}

/// The role of those who hold an office that only the actor book knows.
const OFFICE: Role = Role { kind: EntityKind::Person, office: true, gender: None, general: false };

/// Whether names of this kind are those of somebody or something that acts or is acted on.
pub(super) fn is_entity(label: NameLabel) -> bool {
    matches!(
        label,
        NameLabel::Person
            | NameLabel::Norp
            | NameLabel::Fac
            | NameLabel::Org
            | NameLabel::Gpe
            | NameLabel::Product
    )
}

/// A recognised name without article, titles before it and the possessive after it.
fn name_mention(
    analysis: &Analysis,
    speech: &SpeechBook,
    span: Span<Tokens>,
    label: NameLabel,
) -> Option<Mention> {
    // "Northern Resistance denied it": what does or suffers something is more than a spot, whatever the recogniser says.
    let agent = label == NameLabel::Loc && is_agent(analysis, head_of(analysis, span));
    if !is_entity(label) && !agent {
        return None;
    }
    let mut tokens = span;
    let lower = |at: usize| &*analysis.tokens[at].lower;
    // "the mayor of Oran, Karim Bensaid": the recogniser takes town and person for one name.
    if matches!(label, NameLabel::Person | NameLabel::Org)
        && let Some(comma) = tokens.range().rev().find(|&at| lower(at) == ",")
        && comma + 1 < tokens.end
        && comma > tokens.start
        && analysis.tokens[comma - 1].dep == Dep::Pobj
    {
        tokens.start = comma + 1;
    }
    if let Some(bracket) = tokens.range().find(|&at| at > tokens.start && matches!(lower(at), "(" | "[")) {
        tokens.end = bracket;
    }
    while tokens.len() > 1
        && matches!(lower(tokens.end - 1), "'s" | "’s" | "'" | "’" | "," | "\"" | ")" | "]")
    {
        tokens.end -= 1;
    }
    while tokens.len() > 1 && drops(analysis, speech, tokens.start, label) {
        tokens.start += 1;
    }
    tokens = with_hyphens(analysis, tokens);
    let portfolio = tokens.range().all(|at| speech.roles().is_portfolio(lower(at)));
    if portfolio {
        return None;
    }
    // An adjective of nationality only qualifies the noun behind it.
    let adjective = label == NameLabel::Norp && analysis.tokens[tokens.end - 1].pos == Pos::Adj;
    let head = head_of(analysis, tokens);
    (!adjective).then_some(Mention::new(head, tokens, Form::Name(label)))
}

/// A recognised name of one word with the proper nouns before it that belong to it: the recogniser may find only the
/// last word of a name that it does not know.
fn whole(analysis: &Analysis, speech: &SpeechBook, named: &[bool], mention: Mention) -> Span<Tokens> {
    let mut tokens = mention.tokens;
    let belongs = |at: usize| {
        let token = &analysis.tokens[at];
        let roles = speech.roles();
        let title = roles.title(&token.lower).is_some() || roles.is_portfolio(&token.lower);
        let joined = matches!(token.dep, Dep::Compound | Dep::Nmod) && mention.tokens.holds(token.head);
        let office = roles.noun(&token.lower).is_some_and(|role| role.kind == EntityKind::Person);
        token.pos == Pos::Propn && joined && token.space_after && !title && !office
    };
    while mention.tokens.len() == 1
        && tokens.start > 0
        && !named[tokens.start - 1]
        && belongs(tokens.start - 1)
    {
        tokens.start -= 1;
    }
    tokens
}

/// A name with what hyphens join to it without a space: the tokenizer parts "PKV-K" into three.
fn with_hyphens(analysis: &Analysis, mut tokens: Span<Tokens>) -> Span<Tokens> {
    let glued = |at: usize| !analysis.tokens[at].space_after;
    let hyphen = |at: usize| matches!(&*analysis.tokens[at].lower, "-" | "–" | "‑") && glued(at);
    let same = |a: usize, b: usize| analysis.tokens[a].sentence == analysis.tokens[b].sentence;
    let count = analysis.tokens.len();
    while tokens.end + 1 < count
        && glued(tokens.end - 1)
        && hyphen(tokens.end)
        && same(tokens.start, tokens.end + 1)
    {
        let capital = analysis.tokens[tokens.end + 1].pos == Pos::Propn;
        if !capital {
            break;
        }
        tokens.end += 2;
    }
    while tokens.start >= 2
        && hyphen(tokens.start - 1)
        && glued(tokens.start - 2)
        && same(tokens.start - 2, tokens.start)
    {
        if analysis.tokens[tokens.start - 2].pos != Pos::Propn {
            break;
        }
        tokens.start -= 2;
    }
    tokens
}

/// Whether the first word of a recognised name is no part of it.
fn drops(analysis: &Analysis, speech: &SpeechBook, at: usize, label: NameLabel) -> bool {
    let token = &analysis.tokens[at];
    let article = matches!(&*token.lower, "the" | "a" | "an" | "\"" | "“" | "(" | "[");
    let titled = label == NameLabel::Person
        && (speech.roles().title(&token.lower).is_some() || speech.roles().noun(&token.lower).is_some());
    article || titled
}

/// The token of a span whose head stands outside it.
pub(super) fn head_of(analysis: &Analysis, span: Span<Tokens>) -> usize {
    let outside = |&at: &usize| analysis.tokens[at].head == at || !span.holds(analysis.tokens[at].head);
    span.range()
        .filter(|&at| analysis.tokens[at].pos != Pos::Punct)
        .rev()
        .find(outside)
        .unwrap_or(span.end - 1)
}

/// A run of proper nouns that the recogniser left out: a description where its last word is a role.
pub(super) fn capitals(
    analysis: &Analysis,
    speech: &SpeechBook,
    taken: &[bool],
    at: usize,
) -> Option<Mention> {
    let sentence = analysis.tokens[at].sentence;
    let end = (at + 1..analysis.tokens.len())
        .find(|&t| {
            analysis.tokens[t].pos != Pos::Propn || taken[t] || analysis.tokens[t].sentence != sentence
        })
        .unwrap_or(analysis.tokens.len());
    let mut tokens = with_hyphens(analysis, Span::new(at, end));
    let head = head_of(analysis, tokens);
    if let Some(name) = brotherhood(analysis, tokens) {
        return Some(Mention::new(head, name, Form::Capitals));
    }
    if let Some(role) = speech.roles().noun(&singular(&analysis.tokens[head].lower)) {
        let named = body_name(analysis, head);
        if named.len() > 1 && is_body(role.kind) {
            return Some(Mention::new(head, named, Form::Capitals));
        }
        let tokens = mentions::phrase(analysis, head, Some(role));
        return Some(Mention::new(head, tokens, Form::Description(Some(role))));
    }
    while tokens.len() > 1 && speech.roles().title(&analysis.tokens[tokens.start].lower).is_some() {
        tokens.start += 1;
    }
    let word = analysis.tokens[tokens.start].lower.starts_with(char::is_alphabetic);
    let alone = tokens.len() == 1 && speech.roles().title(&analysis.tokens[tokens.start].lower).is_some();
    (word && !alone).then_some(Mention::new(head, tokens, Form::Capitals))
}

/// "the Sons of the Strait", "Soldiers of the Dawn": capitals in the plural with what they are of are one name.
fn brotherhood(analysis: &Analysis, tokens: Span<Tokens>) -> Option<Span<Tokens>> {
    let word = |at: usize| analysis.tokens.get(at);
    let plural = &*analysis.tokens[tokens.end - 1].tag == "NNPS";
    let of = word(tokens.end).filter(|of| &*of.lower == "of")?;
    let article = word(tokens.end + 1).is_some_and(|the| &*the.lower == "the");
    let start = tokens.end + 1 + usize::from(article);
    let run = (start..analysis.tokens.len()).take_while(|&at| {
        analysis.tokens[at].pos == Pos::Propn && analysis.tokens[at].sentence == of.sentence
    });
    let end = run.last()? + 1;
    plural.then_some(Span::new(tokens.start, end))
}

fn singular(lower: &str) -> String {
    lower.strip_suffix('s').filter(|_| lower.len() > 4 && !lower.ends_with("ss")).unwrap_or(lower).to_owned()
}

/// Whether the name of such a thing may end in a common noun ("Heron Liberation Front").
fn is_body(kind: EntityKind) -> bool {
    match kind {
        EntityKind::ArmedGroup | EntityKind::GovernmentBody | EntityKind::Organization => true,
        EntityKind::Person
        | EntityKind::State
        | EntityKind::Population
        | EntityKind::Facility
        | EntityKind::Other => false,
    }
}

/// The proper nouns that form one name with a common noun at its end, even where the recogniser took parts of it for
/// names of their own.
fn body_name(analysis: &Analysis, head: usize) -> Span<Tokens> {
    let mut tokens = Span::new(head, head + 1);
    let part = |at: usize, tokens: Span<Tokens>| {
        let token = &analysis.tokens[at];
        token.pos == Pos::Propn && matches!(token.dep, Dep::Compound | Dep::Nmod) && tokens.holds(token.head)
    };
    while tokens.start > 0 && part(tokens.start - 1, Span::new(tokens.start, head + 1)) {
        tokens.start -= 1;
    }
    tokens
}

/// Drops the names that are mere parts of a longer one.
pub(super) fn drop_parts(found: &mut Vec<Mention>, tokens: usize) {
    let mut cover: Vec<Option<Span<Tokens>>> = vec![None; tokens];
    for mention in found.iter().filter(|m| m.form == Form::Capitals && m.tokens.len() > 1) {
        cover[mention.tokens.range()].fill(Some(mention.tokens));
    }
    found.retain(|mention| {
        let around = cover[mention.tokens.start];
        !mention.is_name()
            || around.is_none_or(|around| around == mention.tokens || !around.contains(mention.tokens))
    });
}

/// The words of a mention as they would stand in mixed case, on one line: what a report in capitals shouts is set as
/// the annotator recased it.
pub(super) fn display(document: &Document, analysis: &Analysis, tokens: Span<Tokens>) -> String {
    let mut text = String::new();
    for at in tokens.range().filter(|&at| analysis.tokens[at].pos != Pos::Space) {
        let token = &analysis.tokens[at];
        let written = token.span.of(document.field(token.field));
        let shouted = written.chars().filter(|c| c.is_alphabetic()).count() > 1
            && !written.chars().any(char::is_lowercase);
        if at > tokens.start && analysis.tokens[at - 1].span.end < token.span.start {
            text.push(' ');
        }
        match token.pos {
            Pos::Propn if shouted && token.lemma.to_lowercase() == *token.lower => {
                text.push_str(&token.lemma)
            }
            _ if shouted && token.pos != Pos::Propn => text.push_str(&token.lower),
            _ => text.push_str(written),
        }
    }
    text
}

/// Whether a name that no gazetteer knows stands where somebody does or suffers something, or has a ministry or an army: a
/// state rather than a spot.
pub(super) fn is_agent(analysis: &Analysis, head: usize) -> bool {
    let token = &analysis.tokens[head];
    match token.dep {
        Dep::Nsubj | Dep::Nsubjpass | Dep::Dobj => true,
        Dep::Poss => {
            let owned = &*analysis.tokens[token.head].lower;
            matches!(
                owned,
                "ministry"
                    | "government"
                    | "army"
                    | "president"
                    | "minister"
                    | "parliament"
                    | "forces"
                    | "military"
                    | "leader"
            )
        }
        _ => false,
    }
}
