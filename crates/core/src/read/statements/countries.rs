//! "My country", "his nation" in somebody's words: the state for which the speaker speaks.

use super::Statements;
use crate::actors::ActorBook;
use crate::analysis::{Analysis, Dep};
use crate::read::entities::Entities;
use crate::reading::EntityKind;

/// Tells which states are meant where the report does not name them ("an Ardovan official said his country had no part
/// in it"); those that it names are found by their country.
pub(super) fn bind(analysis: &Analysis, found: &Statements, entities: &mut Entities, actors: &ActorBook) {
    for token in 0..analysis.tokens.len() {
        if !is_own_country(analysis, token) {
            continue;
        }
        let Some(speaker) = found.at(token).and_then(|id| found.act(id).speaker) else { continue };
        let Some(country) = entities.list[speaker.0].country else { continue };
        let named =
            entities.list.iter().any(|one| one.kind == EntityKind::State && one.country == Some(country));
        let Some(described) = entities.at(token).filter(|&id| entities.actor(id).is_none()) else { continue };
        if let Some(state) = actors.state_of(country).filter(|_| !named) {
            entities.identify(described, actors, state);
        }
    }
}

fn is_own_country(analysis: &Analysis, token: usize) -> bool {
    let own = |child: usize| {
        matches!(&*analysis.tokens[child].lower, "my" | "our" | "his" | "her" | "its" | "their")
    };
    matches!(&*analysis.tokens[token].lower, "country" | "nation" | "state")
        && analysis.children_by(token, &[Dep::Poss]).any(own)
}
