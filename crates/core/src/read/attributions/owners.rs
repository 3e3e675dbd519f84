//! Whose arms or deed something is: the Norlandic missile is Norland's, the Front's bomb the Front's.

use super::Reader;
use crate::analysis::Dep;
use crate::reading::EntityId;

impl Reader<'_> {
    /// The body, group or state whose the noun at `token` says that something is.
    pub(super) fn owner(&self, token: usize) -> Option<EntityId> {
        let analysis = self.ground.analysis;
        let before = analysis.children_by(token, &[Dep::Poss, Dep::Compound, Dep::Amod, Dep::Nmod]);
        let of = analysis
            .children_by(token, &[Dep::Prep])
            .filter(|&prep| matches!(&*analysis.tokens[prep].lower, "of" | "by"))
            .flat_map(|prep| analysis.children_by(prep, &[Dep::Pobj]));
        before.chain(of).find_map(|at| self.power_at(at))
    }

    fn power_at(&self, token: usize) -> Option<EntityId> {
        let id = self.ground.entities.at(token)?;
        self.ground.entities.list[id.0].kind.is_power().then_some(id)
    }
}
