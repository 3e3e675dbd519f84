//! What lists of incidents are ordered and counted by, side by side, so that a list of a large record needs neither sorting
//! nor comparing of words.

use std::collections::HashMap;
use std::sync::Arc;

use watchkeeper_core::resolve::record::RecordIncident;
use watchkeeper_core::resolve::status::Status;

use super::reads::filters::Sort;
use super::reads::incidents::rank;
use crate::wire::record::public_key;

/// Names by number.
#[derive(Default)]
pub struct Names {
    /// What is given to a filter, and what it is called.
    pub all: Vec<(String, String)>,
    numbers: HashMap<String, u32>,
}

impl Names {
    fn number(&mut self, value: &str, label: &str) -> u32 {
        if let Some(&number) = self.numbers.get(value) {
            return number;
        }
        let number = u32::try_from(self.all.len()).unwrap_or(u32::MAX);
        self.numbers.insert(value.to_owned(), number);
        self.all.push((value.to_owned(), label.to_owned()));
        number
    }
}

/// Something of every incident, one after another.
struct Column<T> {
    values: Vec<T>,
    ends: Vec<u32>,
}

impl<T: Ord> Column<T> {
    const fn new() -> Self {
        Self { values: Vec::new(), ends: Vec::new() }
    }

    fn push(&mut self, mut values: Vec<T>) {
        values.sort_unstable();
        values.dedup();
        self.values.append(&mut values);
        self.ends.push(u32::try_from(self.values.len()).unwrap_or(u32::MAX));
    }

    fn of(&self, at: usize) -> &[T] {
        let end = |at: usize| self.ends.get(at).map_or(0, |end| *end as usize);
        let start = at.checked_sub(1).map_or(0, end);
        self.values.get(start..end(at)).unwrap_or_default()
    }
}

/// Orders of the incidents of a record, and the numbers of the names in each.
pub struct Columns {
    /// The incidents' indices, the one last reported on first.
    latest: Vec<u32>,
    /// The same, the last to happen first.
    date: Vec<u32>,
    /// The outlets.
    pub outlets: Names,
    /// The public actors that are said to be responsible.
    pub actors: Names,
    sources: Column<u32>,
    accused: Column<(u32, Option<Status>)>,
}

impl Columns {
    /// The columns of some incidents.
    pub fn of(incidents: &[Arc<RecordIncident>]) -> Self {
        let (mut outlets, mut actors) = (Names::default(), Names::default());
        let (mut sources, mut accused) = (Column::new(), Column::new());
        for incident in incidents {
            let named = incident.reports.iter().filter_map(|report| report.source.as_deref());
            sources.push(named.map(|name| outlets.number(name, name)).collect());
            let rows = incident.attributions.iter().filter_map(|row| {
                let key = public_key(&row.actor)?;
                Some((actors.number(&key, &row.actor.name), row.status))
            });
            accused.push(rows.collect());
        }
        Self {
            latest: ordered(incidents, Sort::Latest),
            date: ordered(incidents, Sort::Date),
            outlets,
            actors,
            sources,
            accused,
        }
    }

    /// The incidents' indices in an order.
    pub fn order(&self, sort: Sort) -> impl Iterator<Item = usize> + '_ {
        let order = match sort {
            Sort::Latest => &self.latest,
            Sort::Date => &self.date,
        };
        order.iter().map(|at| *at as usize)
    }

    /// The outlets that report an incident, each once.
    pub fn sources(&self, at: usize) -> &[u32] {
        self.sources.of(at)
    }

    /// The public actors that are said to be responsible for an incident, and what that comes to.
    pub fn accused(&self, at: usize) -> &[(u32, Option<Status>)] {
        self.accused.of(at)
    }
}

fn ordered(incidents: &[Arc<RecordIncident>], sort: Sort) -> Vec<u32> {
    let mut order: Vec<(i64, u32)> =
        (0..).zip(incidents).map(|(at, incident)| (rank(incident, sort), at)).collect();
    let id = |at: u32| incidents.get(at as usize).map(|incident| &incident.id);
    order.sort_unstable_by(|a, b| b.0.cmp(&a.0).then_with(|| id(b.1).cmp(&id(a.1))));
    order.into_iter().map(|(_, at)| at).collect()
}
