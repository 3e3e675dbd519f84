//! Incidents as numbers while reports are linked: thousands of them are counted for every report, and a number is found
//! and compared sooner than the text of an id.

use std::collections::HashMap;
use std::sync::Arc;

use foldhash::fast::FixedState;

use super::label::start;

/// An incident's number in one [`Numbering`]; it means nothing outside it and is never stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct IncidentNumber(u32);

/// The numbers of incidents, in the order in which they were asked for, and which incidents were joined to which.
#[derive(Debug, Default)]
pub struct Numbering {
    numbers: HashMap<Arc<str>, IncidentNumber, FixedState>,
    /// By number, each with its first bytes.
    ids: Vec<(u64, Arc<str>)>,
    /// By number: the incident that one was joined to; itself, where to none.
    stays: Vec<IncidentNumber>,
}

impl Numbering {
    /// The number of an incident, which gets one if it has none.
    pub fn number(&mut self, id: &str) -> IncidentNumber {
        if let Some(&number) = self.numbers.get(id) {
            return number;
        }
        let number = IncidentNumber(u32::try_from(self.ids.len()).unwrap_or(u32::MAX));
        let id: Arc<str> = Arc::from(id);
        self.ids.push((start(&id), Arc::clone(&id)));
        self.stays.push(number);
        self.numbers.insert(id, number);
        number
    }

    /// The number of an incident that has one.
    pub fn known(&self, id: &str) -> Option<IncidentNumber> {
        self.numbers.get(id).copied()
    }

    /// The id of an incident.
    pub fn id(&self, number: IncidentNumber) -> &str {
        &self.ids[number.0 as usize].1
    }

    /// What stands in the order of the ids, and is compared sooner than they are.
    pub fn order(&self, number: IncidentNumber) -> impl Ord {
        let (start, id) = &self.ids[number.0 as usize];
        (*start, &**id)
    }

    /// The incident that one is now.
    pub fn root(&self, mut number: IncidentNumber) -> IncidentNumber {
        loop {
            let stays = self.stays[number.0 as usize];
            if stays == number {
                return number;
            }
            number = stays;
        }
    }

    /// Takes in that an incident was joined to another.
    pub fn join(&mut self, gone: IncidentNumber, stays: IncidentNumber) {
        self.stays[gone.0 as usize] = stays;
    }

    /// Takes a join back: the incident is one by itself again.
    pub fn part(&mut self, gone: &str) {
        if let Some(gone) = self.known(gone) {
            self.stays[gone.0 as usize] = gone;
        }
    }

    /// How many incidents have a number.
    pub const fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether none has.
    pub const fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_leads_to_what_its_incident_is_now() {
        let mut numbering = Numbering::default();
        let [a, b, c] = ["a-1", "b-1", "c-1"].map(|id| numbering.number(id));
        assert_eq!(numbering.number("b-1"), b);
        assert_eq!((numbering.id(c), numbering.known("d-1"), numbering.len()), ("c-1", None, 3));
        numbering.join(a, b);
        numbering.join(b, c);
        assert_eq!([a, b, c].map(|number| numbering.root(number)), [c, c, c]);
        numbering.part("b-1");
        assert_eq!([a, b, c].map(|number| numbering.root(number)), [b, b, c]);
    }
}
