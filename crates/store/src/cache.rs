//! What was looked at lately; it can be made anew at any time.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use watchkeeper_core::resolve::decisions::FactId;
use watchkeeper_core::resolve::ledger::IncidentKey;
use watchkeeper_core::resolve::numbering::{IncidentNumber, Numbering};
use watchkeeper_core::resolve::profile::{Incoming, Profile};
use watchkeeper_core::resolve::version::{VersionId, Witness};

use crate::error::StoreError;
use crate::joins;
use crate::lately::Lately;
use crate::pending::Pending;
use crate::recent::Recent;
use crate::sieve::Sieve;
use crate::sql::Sql;

/// How many profiles are kept; a profile is some two kilobytes, five at most.
const PROFILES_KEPT: usize = 64_000;

/// How many witnesses are kept; one is two or three kilobytes.
const WITNESSES_KEPT: usize = 16_000;

/// How many incidents beside those that were joined are called by numbers before all that is kept goes; a number costs some
/// hundred bytes.
const MOST_NUMBERS: usize = 1_000_000;

/// What linking and decisions looked at lately.
#[derive(Default)]
pub struct Cache {
    profiles: Recent<IncidentNumber, Arc<Profile>, PROFILES_KEPT>,
    /// The numbers of the incidents that linking came by.
    pub numbering: Numbering,
    /// How many numbers the joins that the database holds took, once the numbering has taken them in.
    joined: Option<usize>,
    /// What was told lately under keys of the index.
    pub lately: Lately,
    /// What the linking that goes on keeps under keys.
    pub pending: Pending,
    /// Under which keys no wording is kept.
    pub sieve: Sieve,
    /// What shows whether a later version repeats one, by the version's number.
    pub witnesses: Recent<i64, Arc<Witness>, WITNESSES_KEPT>,
    /// The store's generation that the profiles are of; another writer may have gone on since.
    pub generation: i64,
    /// Where the tellings stand by which decisions name incidents: version and index. Facts do not change, so this holds
    /// whatever is linked anew.
    pub tellings: BTreeMap<FactId, (VersionId, usize)>,
}

impl Cache {
    /// Makes the numbering ready for linking: it has taken in all joins, and has room for more incidents.
    ///
    /// # Errors
    /// What the database says.
    pub fn prepare(&mut self, sql: &mut dyn Sql) -> Result<(), StoreError> {
        if self.numbering.len() > MOST_NUMBERS.saturating_add(self.joined.unwrap_or(0)) {
            self.clear();
        }
        if self.joined.is_none() {
            for (gone, stays) in joins::all(sql, Timestamp::MAX)? {
                let [gone, stays] = [gone, stays].map(|id| self.numbering.number(&id));
                self.numbering.join(gone, stays);
            }
            self.joined = Some(self.numbering.len());
        }
        Ok(())
    }

    /// The profile of an incident, where it is kept.
    pub fn get(&mut self, incident: IncidentNumber) -> Option<Arc<Profile>> {
        self.profiles.get(&incident).map(Arc::clone)
    }

    /// Keeps the profile of an incident.
    pub fn keep(&mut self, incident: IncidentNumber, profile: Arc<Profile>) {
        self.profiles.keep(incident, profile);
    }

    /// Takes one more member into the profile of an incident, if that is kept or the member founded it. Otherwise it is
    /// made from the members, this one included, when it is next asked for.
    pub fn tell(&mut self, incident: IncidentNumber, member: &Incoming<'_>, founded: bool) {
        if let Some(profile) = self.profiles.get_mut(&incident) {
            Arc::make_mut(profile).add(member);
        } else if founded {
            let mut profile = Profile::default();
            profile.add(member);
            self.keep(incident, Arc::new(profile));
        }
    }

    /// Two incidents became one.
    pub fn join(&mut self, gone: &IncidentKey, stays: &IncidentKey) {
        let [gone, stays] = [gone, stays].map(|id| self.numbering.number(id));
        self.numbering.join(gone, stays);
        let parts = (self.profiles.remove(&gone), self.profiles.get_mut(&stays));
        if let (Some(gone), Some(stays)) = parts {
            Arc::make_mut(stays).absorb(&gone);
        } else {
            // It is made anew when it is next asked for.
            self.profiles.remove(&stays);
        }
    }

    /// Two incidents are no longer one; their profiles must have been let go.
    pub fn part(&mut self, gone: &str) {
        self.numbering.part(gone);
    }

    /// Lets the profile of an incident go.
    pub fn drop_profile(&mut self, incident: &str) {
        if let Some(number) = self.numbering.known(incident) {
            self.profiles.remove(&number);
        }
    }

    /// Lets go what holds as long as no version changes or goes: some were forgotten, or words in them.
    pub fn forget(&mut self) {
        self.tellings.clear();
        self.witnesses.clear();
    }

    /// Lets everything go that was derived by linking, or that another writer may have forgotten.
    pub fn clear(&mut self) {
        self.profiles.clear();
        self.lately.clear();
        self.pending.clear();
        self.sieve.clear();
        self.witnesses.clear();
        (self.numbering, self.joined) = (Numbering::default(), None);
    }
}
