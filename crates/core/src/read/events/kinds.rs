//! What kind of violence it was, where not the verb tells but who did it, with what, and whom it hit: "killed by a suicide
//! bomber", "attacked by a man with a knife", "the ambassador was shot dead".

use super::EventMention;
use crate::analysis::Pos;
use crate::read::frames::{Class, Detail};
use crate::read::ground::Ground;
use crate::vocabulary::IncidentType;

/// Sharpens the kind of a mention by its parts.
pub(super) fn sharpen(ground: &Ground<'_>, mention: &mut EventMention) {
    let kind = match mention.kind {
        IncidentType::ArmedAssault | IncidentType::Bombing if is_suicidal(ground, mention) => {
            IncidentType::SuicideBombing
        }
        IncidentType::ArmedAssault if is_by_blade(ground, mention) => IncidentType::Stabbing,
        _ => return,
    };
    mention.kind = kind;
    mention.detail = Detail::Specific;
}

/// Whether all that mentions of one incident tell of its victims is that one person of standing was attacked.
pub fn is_aimed_at_one(ground: &Ground<'_>, mentions: &[&EventMention]) -> bool {
    let mut victims = mentions.iter().flat_map(|mention| &mention.victims).copied().peekable();
    let told = victims.peek().is_some();
    let mut aimed = false;
    for victim in victims {
        let word = &ground.analysis.tokens[victim];
        let many = matches!(&*word.tag, "NNS" | "NNPS") || word.pos == Pos::Num || counted(ground, victim);
        if many {
            return false;
        }
        aimed |= is_dignitary(ground, victim);
    }
    told && aimed
}

/// "a suicide bomber", "explosives strapped to his body".
fn is_suicidal(ground: &Ground<'_>, mention: &EventMention) -> bool {
    let analysis = ground.analysis;
    let bomber = |&at: &usize| {
        &*ground.lemma(at) == "bomber"
            && analysis.children(at).any(|child| &*analysis.tokens[child].lower == "suicide")
    };
    let worn = |&at: &usize| {
        analysis
            .children(at)
            .any(|child| matches!(&*analysis.tokens[child].lemma, "strap" | "wear" | "suicide"))
    };
    mention.perpetrators.iter().any(bomber) || mention.weapons.iter().any(worn)
}

/// "a man with a knife", "a knife-wielding man", "with a machete".
fn is_by_blade(ground: &Ground<'_>, mention: &EventMention) -> bool {
    let blade = |at: usize| {
        let lemma = ground.lemma(at);
        ground.book.is(&lemma, Class::Blade) || matches!(&*lemma, "knifeman" | "axeman" | "swordsman")
    };
    let sentence = |at: usize| ground.analysis.sentences[ground.analysis.tokens[at].sentence].tokens.range();
    let holds =
        |&at: &usize| blade(at) || sentence(at).any(|inner| blade(inner) && is_near_below(ground, inner, at));
    mention.weapons.iter().any(|&at| blade(at)) || mention.perpetrators.iter().any(holds)
}

/// Whether `inner` hangs on `outer` within the phrase.
fn is_near_below(ground: &Ground<'_>, inner: usize, outer: usize) -> bool {
    ground.above(inner).take(3).any(|at| at == outer)
}

fn counted(ground: &Ground<'_>, victim: usize) -> bool {
    ground.analysis.children(victim).any(|child| {
        let word = &ground.analysis.tokens[child];
        word.pos == Pos::Num && !matches!(&*word.lower, "one" | "1")
    })
}

/// "the ambassador", "Judge Anna Berg"; not "a rebel leader", "the gang's chief".
fn is_dignitary(ground: &Ground<'_>, victim: usize) -> bool {
    let analysis = ground.analysis;
    let standing = |at: usize| ground.book.is(&ground.lemma(at), Class::Dignitary);
    let outlaw = analysis.children(victim).any(|child| ground.book.is(&ground.lemma(child), Class::Attacker));
    let titled = analysis.tokens[victim].pos == Pos::Propn && analysis.children(victim).any(standing);
    !outlaw && (standing(victim) || titled)
}
