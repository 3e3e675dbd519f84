//! The part of the page that tells of one incident.

use std::collections::BTreeMap;

use watchkeeper_core::reading::{Attribution, EntityId, Incident, IncidentId, Modality};
use watchkeeper_core::resolve::status::{Act, status};

use super::layout::Cell;
use super::{BOLD, DIM, Page, colour, plain, words};

/// Where the label of a fact ends and the fact begins.
const FACTS: [usize; 3] = [2, 12, 40];
/// Actor; status; who does what; the words.
const CLAIMS: [usize; 4] = [2, 30, 41, 70];

impl<'a> Page<'a> {
    /// A whole incident.
    pub(super) fn incident(&mut self, id: IncidentId, incident: &Incident) {
        let what = Cell::styled(self.title(incident), BOLD);
        let how = Cell::styled(self.manner(incident), DIM);
        self.sheet.heading(&what, &how);
        self.fact("when", words::when(incident), String::new());
        for (label, fillers) in
            [("targets", &incident.targets), ("victims", &incident.victims), ("weapons", &incident.weapons)]
        {
            // One target is in the title already.
            if fillers.len() > 1 || (label != "targets" && !fillers.is_empty()) {
                let names: Vec<String> = fillers.iter().map(|filler| plain::one_line(&filler.text)).collect();
                self.fact(label, names.join(", "), String::new());
            }
        }
        for count in self.reading.casualties.iter().filter(|count| count.incident == id) {
            let of = count.of.as_deref().map(|of| format!(" {}", plain::one_line(of))).unwrap_or_default();
            let quote = self.quote(&count.evidence);
            self.fact(words::counted(count.measure), words::bounds(count.bounds) + &of, quote);
        }
        self.sheet.blank();
        self.responsibility(id);
    }

    fn fact(&mut self, label: &str, fact: String, quote: String) {
        let cells = [Cell::styled(label, DIM), Cell::plain(fact), Cell::plain(quote)];
        if cells[2].text.is_empty() {
            self.sheet.row(&FACTS[..2], &cells[..2]);
        } else {
            self.sheet.row(&FACTS, &cells);
        }
    }

    /// An incident that is only recalled, on one line.
    pub(super) fn recalled_incident(&mut self, id: IncidentId, incident: &Incident) {
        let mut line = format!("{}, {}", self.title(incident), words::when(incident));
        let killed = self.reading.casualties.iter().find(|count| count.incident == id);
        if let Some(count) = killed {
            line += &format!(", {} {}", words::bounds(count.bounds), words::counted(count.measure));
        }
        for (actor, acts) in self.acts(id) {
            let found = status(&acts.iter().map(|act| self.act(act)).collect::<Vec<_>>());
            if let Some(found) = found {
                line += &format!("; {} {found}", self.name(Some(actor)));
            }
        }
        self.sheet.row(&[2], &[Cell::styled(line, DIM)]);
    }

    fn title(&self, incident: &Incident) -> String {
        let target = incident.targets.first().or(incident.victims.first());
        let what = match target {
            Some(target) => {
                format!("{} {}", words::noun(incident.kind, incident.stage), plain::one_line(&target.text))
            }
            None => {
                let word = words::spaced(incident.kind.as_str());
                word[..1].to_uppercase() + &word[1..]
            }
        };
        match &incident.place {
            Some(place) => format!("{what} · {}", self.place(place)),
            None => what,
        }
    }

    fn place(&self, place: &watchkeeper_core::reading::Place) -> String {
        let country = place.country.map(|country| country.as_str().to_owned());
        let parts = [Some(place.name.clone()), country].into_iter().flatten();
        plain::one_line(&parts.collect::<Vec<_>>().join(", "))
    }

    fn manner(&self, incident: &Incident) -> String {
        let told = match incident.modality {
            Modality::Asserted => "",
            Modality::Reported => ", as reported",
            Modality::Negated => ", said not to have happened",
            Modality::Hypothetical => ", only thought of",
        };
        format!("{}, {}{told}", words::spaced(incident.kind.as_str()), incident.stage)
    }

    /// The acts on an incident by actor, actors in the order of their first act.
    fn acts(&self, id: IncidentId) -> Vec<(EntityId, Vec<&'a Attribution>)> {
        let mut order: Vec<EntityId> = Vec::new();
        let mut acts: BTreeMap<EntityId, Vec<&'a Attribution>> = BTreeMap::new();
        for act in self.reading.attributions.iter().filter(|act| act.incident == id) {
            if !order.contains(&act.actor) {
                order.push(act.actor);
            }
            acts.entry(act.actor).or_default().push(act);
        }
        order.into_iter().filter_map(|actor| Some((actor, acts.remove(&actor)?))).collect()
    }

    fn act(&self, act: &Attribution) -> Act {
        Act { speaker: self.name(act.speaker), stance: act.stance }
    }

    fn responsibility(&mut self, id: IncidentId) {
        let by_actor = self.acts(id);
        if by_actor.is_empty() {
            return;
        }
        self.sheet.row(&[0], &[Cell::styled("Who is said to be responsible", BOLD)]);
        for (actor, acts) in by_actor {
            let found = status(&acts.iter().map(|act| self.act(act)).collect::<Vec<_>>());
            let word = found.map_or_else(|| "–".to_owned(), |found| found.as_str().to_uppercase());
            for (number, act) in acts.iter().enumerate() {
                let first = |text: String| if number == 0 { text } else { String::new() };
                let who = format!("{} {}", self.name(act.speaker), words::does(act.stance));
                let cells = [
                    Cell::plain(first(self.name(Some(actor)))),
                    Cell::styled(first(word.clone()), colour(found)),
                    Cell::plain(who),
                    Cell::plain(self.quote(&act.evidence)),
                ];
                self.sheet.row(&CLAIMS, &cells);
            }
        }
        self.sheet.blank();
    }
}
