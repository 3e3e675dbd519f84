//! Deeds that the report, or somebody in it, tells of a body by name: "fighters of the Heron Front shelled the town".

use smol_str::SmolStr;

use super::is_by_name;
use crate::read::events::Put;
use crate::read::fillers::Doer;
use crate::read::frames::Class;
use crate::read::ground::{Ground, Matches};
use crate::read::statements::{CueKind, Voice};
use crate::reading::{Attribution, Entity, EntityId, Trace};
use crate::text::Span;
use crate::vocabulary::{Modality, Stance};

/// The name of the rule.
const RULE: &str = "told.doer";

/// Adds what is told of bodies of which nothing is said yet.
pub fn tell(ground: &Ground<'_>, matches: &Matches, doers: &[Doer], attributions: &mut Vec<Attribution>) {
    for doer in doers.iter().filter(|doer| is_named(ground, doer.entity)) {
        let said = |one: &Attribution| {
            let asserted = match one.stance {
                Stance::Claims | Stance::Accuses | Stance::Suspects | Stance::Confirms => true,
                Stance::Denies | Stance::Refutes | Stance::Retracts => false,
            };
            // A group and its branch are one.
            let branch = |part: EntityId, whole: EntityId| ground.entities.part_of(part) == Some(whole);
            let same =
                one.actor == doer.entity || branch(one.actor, doer.entity) || branch(doer.entity, one.actor);
            asserted && one.incident == doer.incident && same
        };
        // Who blames another for it does not tell of a deed of their own.
        let blames = |one: &Attribution| {
            let asserted = matches!(one.stance, Stance::Accuses | Stance::Suspects | Stance::Confirms);
            asserted && one.incident == doer.incident && one.speaker == Some(doer.entity)
        };
        if attributions.iter().any(|one| said(one) || blames(one)) {
            continue;
        }
        attributions.extend(told(ground, matches, doer));
    }
}

fn told(ground: &Ground<'_>, matches: &Matches, doer: &Doer) -> Option<Attribution> {
    let put = Put::of(ground, matches, doer.trigger);
    let (speaker, believed) = match ground.statements.voice_at(doer.trigger) {
        Voice::Outlet => (ground.entities.issuer(), false),
        Voice::Source(id) => {
            let act = ground.statements.act(id);
            (act.speaker, matches!(act.kind, CueKind::Think | CueKind::Seem))
        }
    };
    let stance = match put.modality {
        Modality::Negated | Modality::Hypothetical => return None,
        Modality::Asserted | Modality::Reported if speaker == Some(doer.entity) => Stance::Claims,
        Modality::Asserted | Modality::Reported if put.hedged || believed => Stance::Suspects,
        Modality::Asserted | Modality::Reported => Stance::Accuses,
    };
    let (first, last) = (doer.head.min(doer.trigger), doer.head.max(doer.trigger));
    let trigger = ground.passage(Span::new(doer.trigger, doer.trigger + 1));
    Some(Attribution {
        incident: doer.incident,
        stance,
        speaker,
        actor: doer.entity,
        certainty: doer.probability,
        said_on: None,
        evidence: vec![ground.passage(Span::new(first, last + 1))],
        trace: Trace { rule: SmolStr::new_static(RULE), trigger },
    })
}

/// Whether it is one of those who look into what others did ("a separate inquiry").
fn looks_into(ground: &Ground<'_>, entity: &Entity) -> bool {
    entity.name.split_whitespace().any(|word| ground.book.is(&word.to_lowercase(), Class::Finder))
}

/// Whether the report calls it by a name, the actor book knows it, or it is a power that needs no name ("the army").
fn is_named(ground: &Ground<'_>, id: EntityId) -> bool {
    let entity = &ground.entities.list[id.0];
    if looks_into(ground, entity) {
        return false;
    }
    entity.kind.is_power() || ground.entities.actor(id).is_some() || is_by_name(entity)
}
