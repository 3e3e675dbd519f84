//! Which incidents are told, and not only touched on.

use super::Incidents;
use crate::reading::{Casualty, DateBasis, Incident, IncidentId, Place, Precision};

/// How many particulars make an incident told; in a headline one is enough.
const ENOUGH: usize = 2;

impl Incidents {
    /// Leaves out incidents of which the report tells no particulars ("since the attacks began"), unless a speech act or
    /// a warning is about them; the places of those that stay are given back, by their old ones.
    pub fn keep_told(&mut self, casualties: &[Casualty], about: &[IncidentId]) -> Vec<Option<IncidentId>> {
        let mut kept = Vec::new();
        let mut places = Vec::new();
        for (at, mut incident) in std::mem::take(&mut self.list).into_iter().enumerate() {
            let id = IncidentId(at);
            let counted = casualties.iter().any(|count| count.incident == id);
            let prominent = self.prominent.contains(&id);
            let enough = if prominent { ENOUGH - 1 } else { ENOUGH };
            let told = particulars(&incident);
            let stays = about.contains(&id) || told + usize::from(counted) >= enough;
            // Where nothing is told of it, its country is only what the report is about.
            let is_country =
                |place: &Place| place.precision == Precision::Country && place.geonames_id.is_some();
            let guessed = |place: &mut Place| told < ENOUGH && is_country(place);
            incident.place.take_if(guessed);
            places.push(stays.then_some(IncidentId(kept.len())));
            if stays {
                kept.push(incident);
            }
        }
        self.list = kept;
        self.of_token.retain_mut(|(_, id)| match places[id.0] {
            Some(new) => {
                *id = new;
                true
            }
            None => false,
        });
        places
    }
}

/// How many things the report says of an incident beyond that it was.
fn particulars(incident: &Incident) -> usize {
    let fine = |precision| match precision {
        Precision::Exact | Precision::City | Precision::Region => true,
        Precision::Country => false,
    };
    let said = [
        incident.evidence.len() > 1,
        !incident.targets.is_empty(),
        !incident.victims.is_empty() || !incident.unnamed_victims.is_empty(),
        !incident.weapons.is_empty(),
        !incident.perpetrators.is_empty(),
        incident.date.is_some_and(|date| date.basis == DateBasis::Stated),
        incident.place.as_ref().is_some_and(|place| fine(place.precision)),
    ];
    said.into_iter().filter(|&said| said).count()
}
