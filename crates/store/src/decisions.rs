//! What people decide: taken in, listed, and found again when the record is put together.

use std::collections::BTreeSet;

use jiff::Timestamp;

use watchkeeper_core::resolve::decisions::shown::is_called;
use watchkeeper_core::resolve::decisions::{
    Correction, Decided, Decision, Named, Rating, Ruling, Standing, undone,
};
use watchkeeper_core::resolve::origin::outlet_key;

use crate::cache::Cache;
use crate::decision_rows::{DECISION_COLUMNS, decision, values};
use crate::error::{DecisionError, StoreError};
use crate::oblivion::Oblivion;
use crate::sql::{Sql, Value};
use crate::{Store, advance, finding};

/// Something to be decided.
#[derive(Clone, Debug, PartialEq)]
pub struct NewDecision {
    /// Who decides.
    pub author: String,
    /// When.
    pub recorded: Timestamp,
    /// Why; may be empty where the ruling says enough by itself.
    pub reason: String,
    /// What.
    pub request: Request,
}

/// What is to be decided, with ids as people write them: whole, beginnings, or such as an incident once had.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// The fact holds.
    Accept {
        /// The fact.
        fact: String,
    },
    /// The fact does not hold.
    Reject {
        /// The fact.
        fact: String,
    },
    /// A value of an incident is another one.
    Override {
        /// The incident.
        incident: String,
        /// The value.
        correction: Correction,
    },
    /// One incident is the same as another.
    Merge {
        /// The one that goes.
        incident: String,
        /// The one that stays.
        into: String,
    },
    /// Some reports tell of another incident.
    Split {
        /// The incident that they were taken to tell of.
        incident: String,
        /// The reports, by the ids of versions, or by an address for all versions there.
        reports: Vec<String>,
    },
    /// How far an outlet is trusted.
    Rate {
        /// The outlet.
        source: String,
        /// The grade.
        rating: Rating,
    },
    /// A remark on an incident.
    Note {
        /// The incident.
        incident: String,
        /// The remark.
        text: String,
    },
    /// A person may be named in exports.
    Unmask {
        /// The name.
        person: String,
    },
    /// A decision counts no more.
    Undo {
        /// The decision.
        decision: String,
    },
}

/// Which decisions are asked for; what is absent does not restrict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DecisionFilter {
    /// Those that the store held by then.
    pub recorded_by: Option<Timestamp>,
    /// Those that name this incident, by an id that it has or had.
    pub incident: Option<String>,
}

/// A decision, and whether it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredDecision {
    /// The decision.
    pub decision: Decision,
    /// The undo that took it back.
    pub undone: Option<Decision>,
}

impl Store {
    /// Decides; the decision as it was recorded.
    ///
    /// # Errors
    /// [`DecisionError`] where what it names is not there or says so already; what the database says.
    pub fn decide(&mut self, new: NewDecision) -> Result<Decision, StoreError> {
        self.settle()?;
        self.writing(|sql, cache| {
            let log = log(sql, None)?;
            let number = i64::try_from(log.len() + 1).unwrap_or(i64::MAX);
            if new.author.trim().is_empty() {
                return Err(DecisionError::Empty("author").into());
            }
            let id = format!("d{number}");
            let oblivion = Oblivion::of(sql)?;
            let request = match new.request {
                Request::Note { incident, text } => Request::Note { incident, text: oblivion.hide(&text) },
                other => other,
            };
            let ruling = Bench::new(sql, cache, &log)?.rule(request, &id)?;
            // The order of recording is that of the times of recording, whatever the clock did in between.
            let recorded = log.last().map_or(new.recorded, |last| last.recorded.max(new.recorded));
            let (author, reason) = (new.author.trim().to_owned(), oblivion.hide(new.reason.trim()));
            let decision = Decision { id, author, recorded, reason, ruling };
            sql.run(
                "INSERT INTO decisions (number, kind, author, recorded_us, reason, content)
                 VALUES ($1, $2, $3, $4, $5, $6)",
                &values(number, &decision)?,
            )?;
            advance(sql)?;
            Ok(decision)
        })
    }

    /// Takes a decision back; the undo as it was recorded.
    ///
    /// # Errors
    /// [`DecisionError`] where there is no such decision or it is undone already; what the database says.
    pub fn undo(
        &mut self,
        decision: &str,
        author: &str,
        reason: &str,
        recorded: Timestamp,
    ) -> Result<Decision, StoreError> {
        let request = Request::Undo { decision: decision.to_owned() };
        self.decide(NewDecision { author: author.to_owned(), recorded, reason: reason.to_owned(), request })
    }

    /// Decisions, in the order of recording; undone ones too.
    ///
    /// # Errors
    /// [`DecisionError`] where there is no such incident; what the database says.
    pub fn decisions(&mut self, filter: &DecisionFilter) -> Result<Vec<StoredDecision>, StoreError> {
        self.settle()?;
        let (log, wanted) = self.reading(|sql, cache| {
            let log = log(sql, filter.recorded_by)?;
            let wanted = match &filter.incident {
                Some(written) => Some(Bench::new(sql, cache, &log)?.scope(written)?),
                None => None,
            };
            Ok((log, wanted))
        })?;
        let undone = undone(&log);
        let is_wanted = |decision: &&Decision| {
            wanted.as_ref().is_none_or(|(tellings, versions)| {
                let on_fact = decision
                    .ruling
                    .fact()
                    .is_some_and(|fact| versions.contains(fact) || tellings.contains(fact));
                on_fact || decision.ruling.incidents().iter().any(|named| tellings.contains(&named.telling))
            })
        };
        let stored = log.iter().filter(is_wanted).map(|decision| StoredDecision {
            decision: decision.clone(),
            undone: undone.get(&decision.id).map(|undo| (*undo).clone()),
        });
        Ok(stored.collect())
    }

    /// The id that an incident bears now, by one that it has or had, or by the beginning of one.
    ///
    /// # Errors
    /// [`DecisionError`] where none or several are meant; what the database says.
    pub fn find_incident(&mut self, written: &str) -> Result<String, StoreError> {
        self.settle()?;
        self.reading(|sql, cache| {
            let log = log(sql, None)?;
            Bench::new(sql, cache, &log)?.incident(written).map(|named| named.key)
        })
    }

    /// The versions that an id, its beginning, or an address names.
    ///
    /// # Errors
    /// [`DecisionError`] where none or several are meant; what the database says.
    pub fn find_reports(&mut self, written: &str) -> Result<Vec<String>, StoreError> {
        let found = finding::reports(self.sql.as_mut(), written)?;
        Ok(found.iter().map(ToString::to_string).collect())
    }

    /// The decisions that stand, as the store held them by a moment.
    ///
    /// # Errors
    /// What the database says.
    pub fn standing(&mut self, recorded_by: Option<Timestamp>) -> Result<Standing, StoreError> {
        standing(self.sql.as_mut(), recorded_by)
    }
}

/// All decisions, in the order of recording.
pub fn log(sql: &mut dyn Sql, recorded_by: Option<Timestamp>) -> Result<Vec<Decision>, StoreError> {
    let question =
        format!("SELECT {DECISION_COLUMNS} FROM decisions WHERE recorded_us <= $1 ORDER BY number");
    let recorded_by = recorded_by.map_or(i64::MAX, Timestamp::as_microsecond);
    sql.rows(&question, &[Value::Int(recorded_by)])?.iter().map(decision).collect()
}

/// The decisions that stand, as the store held them by a moment.
pub fn standing(sql: &mut dyn Sql, recorded_by: Option<Timestamp>) -> Result<Standing, StoreError> {
    Ok(Standing::of(&log(sql, recorded_by)?))
}

/// The decisions that stand, found in the store's linking.
pub fn decided(
    sql: &mut dyn Sql,
    cache: &mut Cache,
    recorded_by: Option<Timestamp>,
    as_of: Timestamp,
) -> Result<Decided, StoreError> {
    let standing = standing(sql, recorded_by)?;
    finding::found(sql, cache, standing, as_of)
}

/// What is known when something is decided.
struct Bench<'a> {
    sql: &'a mut dyn Sql,
    cache: &'a mut Cache,
    log: &'a [Decision],
    decided: Decided,
}

impl<'a> Bench<'a> {
    fn new(sql: &'a mut dyn Sql, cache: &'a mut Cache, log: &'a [Decision]) -> Result<Self, StoreError> {
        let decided = finding::found(sql, cache, Standing::of(log), Timestamp::MAX)?;
        Ok(Self { sql, cache, log, decided })
    }

    /// The ruling that a request comes to.
    fn rule(&mut self, request: Request, id: &str) -> Result<Ruling, StoreError> {
        match request {
            Request::Accept { fact } => {
                let fact = finding::fact(self.sql, &fact)?;
                self.is_new(Ruling::Accept { fact: fact.clone() }, fact)
            }
            Request::Reject { fact } => {
                let fact = finding::fact(self.sql, &fact)?;
                self.is_new(Ruling::Reject { fact: fact.clone() }, fact)
            }
            Request::Override { incident, correction } => {
                let incident = self.incident(&incident)?;
                if let Correction::Status { actor, .. } = &correction {
                    self.has_actor(&incident, actor)?;
                }
                Ok(Ruling::Override { incident, correction })
            }
            Request::Merge { incident: from, into } => {
                let (incident, into) = (self.incident(&from)?, self.incident(&into)?);
                if incident.key == into.key {
                    return Err(DecisionError::Itself(from).into());
                }
                Ok(Ruling::Merge { incident, into })
            }
            Request::Split { incident, reports } => {
                let incident = self.incident(&incident)?;
                self.split(incident, &reports, id)
            }
            Request::Rate { source, rating } => self.rate(&source, rating),
            Request::Note { incident, text } => {
                let text = said("note", &text)?;
                Ok(Ruling::Note { incident: self.incident(&incident)?, text })
            }
            Request::Unmask { person } => Ok(Ruling::Unmask { person: said("name", &person)? }),
            Request::Undo { decision } => self.undo(&decision),
        }
    }

    fn incident(&mut self, written: &str) -> Result<Named, StoreError> {
        finding::incident(self.sql, self.cache, &self.decided, self.log, written)
    }

    /// The same verdict twice says nothing.
    fn is_new(&self, ruling: Ruling, fact: String) -> Result<Ruling, StoreError> {
        match self.decided.on_fact(&fact).last() {
            Some(last) if last.ruling == ruling => {
                Err(DecisionError::Already { what: fact, decision: last.id.clone() }.into())
            }
            Some(_) | None => Ok(ruling),
        }
    }

    fn has_actor(&mut self, incident: &Named, actor: &str) -> Result<(), StoreError> {
        let told = finding::tellings(self.sql, self.cache, &self.decided, incident)?;
        let mut acts = told.iter().flat_map(|(telling, _, facts)| {
            facts.attributions.iter().filter(|act| act.incident == telling.fact)
        });
        if acts.any(|act| is_called(&act.actor, actor)) {
            return Ok(());
        }
        Err(DecisionError::NoActor { actor: actor.to_owned(), incident: incident.key.clone() }.into())
    }

    fn split(&mut self, incident: Named, written: &[String], id: &str) -> Result<Ruling, StoreError> {
        let told = finding::tellings(self.sql, self.cache, &self.decided, &incident)?;
        let mut named = BTreeSet::new();
        for report in written {
            let versions = finding::reports(self.sql, report)?;
            let before = named.len();
            named.extend(
                versions.into_iter().filter(|id| told.iter().any(|(telling, ..)| telling.version == *id)),
            );
            if named.len() == before {
                let incident = incident.key.clone();
                return Err(DecisionError::NotTold { report: report.clone(), incident }.into());
            }
        }
        let first = told.iter().find(|(telling, ..)| named.contains(&telling.version));
        let Some((_, telling, _)) = first else { return Err(DecisionError::Empty("list of reports").into()) };
        if told.iter().all(|(telling, ..)| named.contains(&telling.version)) {
            return Err(DecisionError::Whole(incident.key).into());
        }
        let part = Named { key: format!("{}.{id}", incident.key), telling: telling.clone() };
        Ok(Ruling::Split { incident, reports: named.into_iter().collect(), part })
    }

    fn rate(&mut self, source: &str, rating: Rating) -> Result<Ruling, StoreError> {
        let question = "SELECT source FROM versions WHERE outlet = $1 ORDER BY time_us, id LIMIT 1";
        let rows = self.sql.rows(question, &[outlet_key(source).into()])?;
        let no_such = || DecisionError::NoSuch { what: "source", id: source.to_owned() };
        let source = rows.first().ok_or_else(no_such)?.text(0)?.to_owned();
        if self.decided.rating(&source) == Some(rating) {
            let (what, is_it) = (source.clone(), Ruling::Rate { source, rating });
            let standing = Standing::of(self.log);
            let by = standing.decisions().iter().rfind(|decision| decision.ruling == is_it);
            let decision = by.map_or_else(|| "a decision".to_owned(), |decision| decision.id.clone());
            return Err(DecisionError::Already { what, decision }.into());
        }
        Ok(Ruling::Rate { source, rating })
    }

    fn undo(&self, written: &str) -> Result<Ruling, StoreError> {
        let no_such = || DecisionError::NoSuch { what: "decision", id: written.to_owned() };
        let decision =
            self.log.iter().find(|decision| decision.id == written).ok_or_else(no_such)?.id.clone();
        match undone(self.log).get(&decision) {
            Some(undo) => Err(DecisionError::Undone { decision, by: undo.id.clone() }.into()),
            None => Ok(Ruling::Undo { decision }),
        }
    }

    /// The tellings of an incident, and all facts of the versions that tell of it.
    fn scope(&mut self, written: &str) -> Result<(BTreeSet<String>, BTreeSet<String>), StoreError> {
        let incident = self.incident(written)?;
        let told = finding::tellings(self.sql, self.cache, &self.decided, &incident)?;
        let tellings = told.iter().map(|(_, id, _)| id.clone()).collect();
        let facts = told.iter().flat_map(|(telling, _, facts)| {
            let ids = watchkeeper_core::resolve::decisions::FactIds::of(&telling.version, facts);
            ids.all().cloned().collect::<Vec<_>>()
        });
        Ok((tellings, facts.collect()))
    }
}

fn said(what: &'static str, text: &str) -> Result<String, StoreError> {
    let text = text.trim();
    if text.is_empty() { Err(DecisionError::Empty(what).into()) } else { Ok(text.to_owned()) }
}
