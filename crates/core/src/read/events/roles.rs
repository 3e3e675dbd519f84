//! Roles that other words in the sentence give to an event: who carried it out, whom it killed, what it hit.

use super::EventMention;
use crate::analysis::{NameLabel, Pos};
use crate::read::frames::{Class, Meaning, Role};
use crate::read::ground::{Ground, Matches};
use crate::read::phrase;
use crate::read::predicates::Tense;
use crate::vocabulary::Stance;

/// Adds what frames that speak of the event say, and sorts targets from victims.
pub(super) fn complete(ground: &Ground<'_>, matches: &Matches, mention: &mut EventMention) {
    for found in &matches.others {
        if !found.all(Role::Incident).any(|token| token == mention.token) {
            continue;
        }
        match ground.book.get(found.frame).meaning {
            Meaning::Course | Meaning::Stage(_) => {
                mention.targets.extend(found.all(Role::Target));
                mention.victims.extend(found.all(Role::Victim));
                mention.weapons.extend(found.all(Role::Weapon));
                mention.perpetrators.extend(found.all(Role::Perpetrator));
            }
            Meaning::Casualty(_) => mention.victims.extend(found.all(Role::Count)),
            Meaning::Responsibility { negated: false, .. } => {
                mention.perpetrators.extend(found.all(Role::Actor));
            }
            Meaning::Responsibility { negated: true, .. }
            | Meaning::Incident { .. }
            | Meaning::Attribution(_)
            | Meaning::Modality(_)
            | Meaning::Warning
            | Meaning::Threat
            | Meaning::Event(_)
            | Meaning::Reply(_) => {}
        }
    }
    let (people, things): (Vec<usize>, Vec<usize>) =
        mention.targets.drain(..).partition(|&token| is_human(ground, token));
    mention.victims.extend(people);
    mention.targets = things.into_iter().filter(|&token| is_thing(ground, token)).collect();
    for list in [&mut mention.targets, &mut mention.victims, &mut mention.weapons, &mut mention.perpetrators]
    {
        let mut seen = Vec::new();
        list.retain(|token| {
            !seen.contains(token) && {
                seen.push(*token);
                true
            }
        });
    }
}

/// Whether somebody blames the event at `token` for what happened, so that it is no other.
pub(super) fn is_blamed(ground: &Ground<'_>, matches: &Matches, token: usize) -> bool {
    matches.others.iter().any(|found| {
        matches!(
            ground.book.get(found.frame).meaning,
            Meaning::Attribution(Stance::Accuses | Stance::Suspects)
        ) && found.first(Role::Actor).is_none()
            && found.all(Role::Incident).any(|other| other == token)
    })
}

/// Whether a verb in the past tells what the event at `token` hit or whom it killed.
pub(super) fn ran_course(ground: &Ground<'_>, matches: &Matches, token: usize) -> bool {
    matches.others.iter().any(|found| {
        matches!(ground.book.get(found.frame).meaning, Meaning::Course | Meaning::Casualty(_))
            && found.all(Role::Incident).any(|other| other == token)
            && ground.predicates.at(found.trigger).is_some_and(|p| p.context.tense == Tense::Past)
    })
}

/// Whether the word stands for human beings.
pub fn is_human(ground: &Ground<'_>, token: usize) -> bool {
    let word = &ground.analysis.tokens[token];
    let lemma = ground.lemma(token);
    match word.pos {
        Pos::Propn => {
            ground.is_named(token, &[NameLabel::Person, NameLabel::Norp])
                || ground.book.is(&lemma, Class::Human)
        }
        Pos::Pron => {
            matches!(&*word.lower, "he" | "him" | "she" | "her" | "they" | "them" | "who" | "whom" | "us")
        }
        Pos::Num => true,
        _ => ground.book.is(&lemma, Class::Human) || ground.book.is(&lemma, Class::Attacker),
    }
}

/// Whether the word can stand for a thing that is hit: no place, no time, no event pronoun.
fn is_thing(ground: &Ground<'_>, token: usize) -> bool {
    let word = &ground.analysis.tokens[token];
    let toponym = word.pos == Pos::Propn && phrase::is_place_name(ground.analysis, token);
    let time = ground.is_named(token, &[NameLabel::Date, NameLabel::Time, NameLabel::Ordinal]);
    !toponym && !time && word.pos != Pos::Pron
}
