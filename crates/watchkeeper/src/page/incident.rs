//! The part of the page that tells of one incident.

use std::collections::BTreeMap;

use unicode_width::UnicodeWidthStr;
use watchkeeper_core::reading::{Attribution, EntityId, Filler, Incident, IncidentId, Modality, Place};
use watchkeeper_core::resolve::status::{Act, Status, status};

use super::layout::{Cell, QuoteColumns};
use super::{BOLD, DIM, Page, colour, plain, words};

/// Where the label of a fact begins, and the fact.
const FACTS: [usize; 2] = [2, 12];

/// Columns of the longest status and of the gap behind it.
const STATUS_COLUMNS: usize = 11;

/// Who says something is given no more columns than this before the words.
const WIDEST_SAYING: usize = 30;

/// One act on a line: who does what, and the words.
struct Said {
    who: String,
    quote: String,
}

/// What is said of one actor, and what that comes to.
struct Account {
    actor: String,
    status: Option<Status>,
    said: Vec<Said>,
}

impl<'a> Page<'a> {
    /// A whole incident.
    pub(super) fn incident(&mut self, id: IncidentId, incident: &Incident) {
        self.sheet.heading(
            Cell::styled(self.title(incident), BOLD),
            Cell::styled(words::manner(incident.kind, incident.stage) + told(incident.modality), DIM),
        );
        self.facts(id, incident);
        self.sheet.blank();
        self.responsibility(id);
    }

    fn facts(&mut self, id: IncidentId, incident: &Incident) {
        let mut facts = vec![("when", words::when(incident), String::new())];
        let lists = [
            ("targets", &incident.targets),
            ("victims", &incident.victims),
            ("victims", &incident.unnamed_victims),
            ("weapons", &incident.weapons),
        ];
        for (label, fillers) in lists {
            // A single target is in the title already.
            if fillers.len() > 1 || (label != "targets" && !fillers.is_empty()) {
                let names: Vec<String> = fillers.iter().map(|filler| plain::one_line(&filler.text)).collect();
                facts.push((label, names.join(", "), String::new()));
            }
        }
        for count in self.reading.casualties.iter().filter(|count| count.incident == id) {
            let of = count.of.as_deref().map(|of| format!(" {}", plain::one_line(of))).unwrap_or_default();
            facts.push((
                count.measure.as_str(),
                words::bounds(count.bounds) + &of,
                self.quote(&count.evidence),
            ));
        }
        let quoted = facts.iter().filter(|(_, _, quote)| !quote.is_empty());
        let widest = quoted.map(|(_, fact, _)| fact.width()).max().unwrap_or(0).clamp(14, 24);
        let at = QuoteColumns { beside: FACTS[1] + widest + 2, below: FACTS[1] + 2 };
        for (label, fact, quote) in facts {
            self.sheet.quoted(&FACTS, &[Cell::styled(label, DIM), Cell::plain(fact)], quote, at);
        }
    }

    /// An incident that is only recalled, in one dim paragraph.
    pub(super) fn recalled_incident(&mut self, id: IncidentId, incident: &Incident) {
        let mut line = format!("{} · {}", self.title(incident), words::when(incident));
        for count in self.reading.casualties.iter().filter(|count| count.incident == id) {
            line += &format!(" · {} {}", words::bounds(count.bounds), count.measure);
        }
        for account in self.accounts(id) {
            if let Some(status) = account.status {
                line += &format!(" · {} {status}", account.actor);
            }
        }
        self.sheet.row(&[2], &[Cell::styled(line, DIM)]);
    }

    fn title(&self, incident: &Incident) -> String {
        let hit = incident.targets.iter().chain(&incident.victims).chain(&incident.unnamed_victims);
        let target: Option<&Filler> = hit.into_iter().next();
        let what = words::title(incident.kind, incident.stage, target.map(|target| target.text.as_str()));
        let what = plain::one_line(&what);
        match &incident.place {
            Some(place) => format!("{what} · {}", self.place(place)),
            None => what,
        }
    }

    fn place(&self, place: &Place) -> String {
        plain::one_line(&words::place(&place.name, place.country, self.places))
    }

    /// The acts on an incident by actor, actors in the order of their first act.
    fn accounts(&self, id: IncidentId) -> Vec<Account> {
        let mut order: Vec<EntityId> = Vec::new();
        let mut acts: BTreeMap<EntityId, Vec<&'a Attribution>> = BTreeMap::new();
        for act in self.reading.attributions.iter().filter(|act| act.incident == id) {
            if !order.contains(&act.actor) {
                order.push(act.actor);
            }
            acts.entry(act.actor).or_default().push(act);
        }
        order.into_iter().filter_map(|actor| Some(self.account(actor, &acts.remove(&actor)?))).collect()
    }

    fn account(&self, actor: EntityId, acts: &[&Attribution]) -> Account {
        let speaker = |act: &Attribution| act.speaker.map_or_else(String::new, |entity| entity.0.to_string());
        let standing: Vec<Act> =
            acts.iter().map(|act| Act { speaker: speaker(act), stance: act.stance }).collect();
        let said = acts.iter().map(|act| Said {
            who: match act.speaker {
                // The line begins with its name already.
                Some(speaker) if speaker == actor => words::did(act.stance).to_owned(),
                speaker => format!("{} {}", self.name(speaker), words::did(act.stance)),
            },
            quote: self.quote(&act.evidence),
        });
        Account { actor: self.name(Some(actor)), status: status(&standing), said: said.collect() }
    }

    fn responsibility(&mut self, id: IncidentId) {
        let accounts = self.accounts(id);
        if accounts.is_empty() {
            return;
        }
        let widest_actor = accounts.iter().map(|account| account.actor.width()).max().unwrap_or(0);
        let sayings = accounts.iter().flat_map(|account| &account.said);
        let widest_saying = sayings.map(|said| said.who.width()).max().unwrap_or(0).min(WIDEST_SAYING);
        let status_at = 2 + widest_actor.clamp(12, self.sheet.width() * 3 / 10) + 2;
        let saying_at = status_at + STATUS_COLUMNS;
        let at = QuoteColumns { beside: saying_at + widest_saying + 2, below: saying_at + 2 };
        self.sheet.line(Cell::styled("Who is said to be responsible", BOLD));
        for account in accounts {
            let word = account.status.map_or_else(|| "–".to_owned(), |status| status.as_str().to_uppercase());
            let mut beginning = [account.actor, word];
            for said in account.said {
                let [actor, word] = std::mem::take(&mut beginning);
                let cells =
                    [Cell::plain(actor), Cell::styled(word, colour(account.status)), Cell::plain(said.who)];
                self.sheet.quoted(&[2, status_at, saying_at], &cells, said.quote, at);
            }
        }
        self.sheet.blank();
    }
}

/// How the report puts the incident, where not as a fact.
const fn told(modality: Modality) -> &'static str {
    match modality {
        Modality::Asserted => "",
        Modality::Reported => ", as reported",
        Modality::Negated => ", said not to have happened",
        Modality::Hypothetical => ", only thought of",
    }
}
