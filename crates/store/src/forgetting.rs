//! Forgetting: a report or a person's name goes from archive, record and index, and a tombstone says that it did.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use watchkeeper_core::resolve::decisions::{Correction, Decision, FactIds, Named, Ruling, Standing};
use watchkeeper_core::resolve::forgetting::{NameWords, mask, name_words, names_in};
use watchkeeper_core::resolve::version::VersionId;

use crate::archive::{NewVersion, VERSION_COLUMNS, archived_text, timestamp, version, write_wording};
use crate::cache::Cache;
use crate::compression::compress;
use crate::decision_rows::values;
use crate::decisions::log;
use crate::error::{DecisionError, StoreError};
use crate::linking::{unlink_from, wait_no_longer};
use crate::oblivion::{ForgottenKind, Oblivion, mask_version, person_hash, report_hashes};
use crate::rows::write_facts;
use crate::sql::{Row, Sql, Value};
use crate::{Store, advance, changes, finding, search};

/// Who wants something forgotten, when and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forgetting {
    /// Who decides.
    pub author: String,
    /// When.
    pub recorded: Timestamp,
    /// Why.
    pub reason: String,
}

/// That something was forgotten; not what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tombstone {
    /// What kind of thing.
    pub kind: ForgottenKind,
    /// Who decided.
    pub author: String,
    /// When.
    pub recorded_at: Timestamp,
    /// Why.
    pub reason: String,
    /// How many versions were removed or changed.
    pub versions: usize,
}

/// How many versions are looked through at once.
const PAGE: usize = 256;

impl Store {
    /// Removes all versions of a report, named by its address or the id of a version, with all that was made of them.
    /// It is refused when it comes again.
    ///
    /// # Errors
    /// [`DecisionError`] where there is no such report; what the database says.
    pub fn forget_report(&mut self, written: &str, by: &Forgetting) -> Result<Tombstone, StoreError> {
        self.settle()?;
        let tombstone = self.writing(|sql, cache| {
            let versions = versions_of(sql, written)?;
            let oblivion = Oblivion::of(sql)?;
            let salt = oblivion.salt()?;
            let hashes: BTreeSet<String> = versions
                .iter()
                .flat_map(|gone| report_hashes(&salt, &gone.identity, gone.url.as_deref(), &gone.text_hash))
                .collect();
            let ids: BTreeSet<VersionId> = versions.iter().map(|gone| gone.id.clone()).collect();
            rename_incidents(sql, cache, &ids)?;
            if let Some(first) = versions.iter().map(|gone| (gone.time_us, gone.id.as_str())).min() {
                unlink_from(sql, cache, first)?;
            }
            for gone in &versions {
                sql.run(sql.dialect().full_text.delete, &[gone.number.into()])?;
                wait_no_longer(sql, gone.time_us, &gone.id)?;
                sql.run("DELETE FROM versions WHERE id = $1", &[gone.id.as_str().into()])?;
                sql.run("DELETE FROM rejected WHERE input = $1", &[(&gone.identity).into()])?;
            }
            cache.forget();
            let hashes: Vec<String> = hashes.into_iter().collect();
            bury(sql, ForgottenKind::Report, by, versions.len(), &salt, &hashes, 0)
        })?;
        self.cleanse()?;
        Ok(tombstone)
    }

    /// Masks a person's name wherever it stands: in texts, titles, facts, remarks and reasons. It is masked again when
    /// it comes again.
    ///
    /// # Errors
    /// [`DecisionError`] where the name has no word; what the database says.
    pub fn forget_person(&mut self, name: &str, by: &Forgetting) -> Result<Tombstone, StoreError> {
        let words = name_words(name);
        if words.is_empty() {
            return Err(DecisionError::Empty("name").into());
        }
        self.settle()?;
        let tombstone = self.writing(|sql, cache| {
            let names = vec![words.clone()];
            let mut touched = Touched::default();
            let mut last = String::new();
            loop {
                let question = format!(
                    "SELECT {VERSION_COLUMNS}, number, text, text_hash FROM versions WHERE id > $1 ORDER BY id LIMIT {PAGE}"
                );
                let rows = sql.rows(&question, &[(&last).into()])?;
                let Some(end) = rows.last() else { break };
                end.text(0)?.clone_into(&mut last);
                for row in &rows {
                    touched.mask(sql, row, &names)?;
                }
            }
            if let Some((time, id)) = &touched.first {
                unlink_from(sql, cache, (*time, id))?;
            }
            cache.forget();
            reword_decisions(sql, &touched.renamed, &names)?;
            reword_rest(sql, &names)?;
            let salt = Oblivion::of(sql)?.salt()?;
            let hash = person_hash(&salt, &words.join(" "));
            let by = Forgetting { reason: hidden(&by.reason, &names), ..by.clone() };
            bury(sql, ForgottenKind::Person, &by, touched.versions, &salt, &[hash], words.len())
        })?;
        self.cleanse()?;
        Ok(tombstone)
    }

    /// That things were forgotten, in the order in which they were.
    ///
    /// # Errors
    /// What the database says.
    pub fn tombstones(&mut self) -> Result<Vec<Tombstone>, StoreError> {
        let question = "SELECT kind, author, recorded_us, reason, versions FROM tombstones ORDER BY number";
        self.sql.rows(question, &[])?.iter().map(tombstone).collect()
    }

    /// Links anew, and lets no byte of what was removed stay in the database's files.
    fn cleanse(&mut self) -> Result<(), StoreError> {
        self.settle()?;
        self.sql.cleanse()
    }
}

fn tombstone(row: &Row) -> Result<Tombstone, StoreError> {
    let word = row.text(0)?;
    let kind = ForgottenKind::ALL.into_iter().find(|kind| kind.as_str() == word);
    Ok(Tombstone {
        kind: kind.ok_or_else(|| StoreError::corrupt(format!("unknown word {word}")))?,
        author: row.text(1)?.to_owned(),
        recorded_at: timestamp(row.int(2)?)?,
        reason: row.text(3)?.to_owned(),
        versions: row.index(4)?,
    })
}

/// Writes a tombstone down.
fn bury(
    sql: &mut dyn Sql,
    kind: ForgottenKind,
    by: &Forgetting,
    versions: usize,
    salt: &str,
    hashes: &[String],
    words: usize,
) -> Result<Tombstone, StoreError> {
    if by.author.trim().is_empty() {
        return Err(DecisionError::Empty("author").into());
    }
    if by.reason.trim().is_empty() {
        return Err(DecisionError::Empty("reason").into());
    }
    let reason = Oblivion::of(sql)?.hide(&by.reason);
    let rows = sql.rows("SELECT COUNT(*) FROM tombstones", &[])?;
    let number = rows.first().map_or(Ok(0), |row| row.int(0))? + 1;
    sql.run(
        "INSERT INTO tombstones (number, kind, author, recorded_us, reason, versions, salt, hashes, words)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        &[
            number.into(),
            kind.as_str().into(),
            (&by.author).into(),
            by.recorded.as_microsecond().into(),
            (&reason).into(),
            versions.into(),
            salt.into(),
            hashes.join(" ").into(),
            words.into(),
        ],
    )?;
    changes::note_all(sql)?;
    advance(sql)?;
    Ok(Tombstone { kind, author: by.author.clone(), recorded_at: by.recorded, reason, versions })
}

/// A version that is to go.
struct Gone {
    id: VersionId,
    number: i64,
    identity: String,
    url: Option<String>,
    time_us: i64,
    text_hash: String,
}

/// All versions of the report that an address or the id of a version names.
fn versions_of(sql: &mut dyn Sql, written: &str) -> Result<Vec<Gone>, StoreError> {
    let mut gone = BTreeMap::new();
    for version in finding::reports(sql, written)? {
        let question = "SELECT id, number, identity, url, time_us, text_hash FROM versions
             WHERE identity = (SELECT identity FROM versions WHERE id = $1)";
        for row in sql.rows(question, &[version.as_str().into()])? {
            let version = Gone {
                id: row.text(0)?.into(),
                number: row.int(1)?,
                identity: row.text(2)?.to_owned(),
                url: row.text_or_null(3).map(str::to_owned),
                time_us: row.int(4)?,
                text_hash: row.text(5)?.to_owned(),
            };
            gone.insert(version.id.clone(), version);
        }
    }
    Ok(gone.into_values().collect())
}

/// Decisions that name an incident by a telling that goes name it by another one; where none is left they find nothing
/// any more.
fn rename_incidents(
    sql: &mut dyn Sql,
    cache: &mut Cache,
    going: &BTreeSet<VersionId>,
) -> Result<(), StoreError> {
    let log = log(sql, None)?;
    let decided = finding::found(sql, cache, Standing::of(&log), Timestamp::MAX)?;
    for decision in log {
        let mut changed = decision.clone();
        for named in named_mut(&mut changed.ruling) {
            let told = finding::tellings(sql, cache, &decided, named)?;
            let is_going =
                told.iter().any(|(telling, id, _)| *id == named.telling && going.contains(&telling.version));
            if is_going
                && let Some((_, id, _)) = told.iter().find(|(telling, ..)| !going.contains(&telling.version))
            {
                named.telling.clone_from(id);
            }
        }
        if let Ruling::Split { reports, .. } = &mut changed.ruling {
            reports.retain(|id| !going.contains(id));
        }
        if changed != decision {
            rewrite(sql, &changed)?;
        }
    }
    Ok(())
}

fn named_mut(ruling: &mut Ruling) -> Vec<&mut Named> {
    match ruling {
        Ruling::Override { incident, .. } | Ruling::Note { incident, .. } => vec![incident],
        Ruling::Merge { incident, into } => vec![incident, into],
        Ruling::Split { incident, part, .. } => vec![incident, part],
        Ruling::Accept { .. }
        | Ruling::Reject { .. }
        | Ruling::Rate { .. }
        | Ruling::Unmask { .. }
        | Ruling::Undo { .. } => Vec::new(),
    }
}

fn rewrite(sql: &mut dyn Sql, decision: &Decision) -> Result<(), StoreError> {
    let number = decision.id.trim_start_matches('d').parse().unwrap_or(0);
    let [number, _, author, _, reason, content] = values(number, decision)?;
    sql.run(
        "UPDATE decisions SET author = $1, reason = $2, content = $3 WHERE number = $4",
        &[author, reason, content, number],
    )
    .map(drop)
}

/// What masking a name has changed.
#[derive(Default)]
struct Touched {
    versions: usize,
    first: Option<(i64, String)>,
    /// The old and new ids of facts that name the person.
    renamed: BTreeMap<String, String>,
}

impl Touched {
    /// Masks names in one version, from a row of its columns, number, text and text hash.
    fn mask(&mut self, sql: &mut dyn Sql, row: &Row, names: &[NameWords]) -> Result<(), StoreError> {
        let version = version(row)?;
        let archived = archived_text(&Row(vec![
            version.title.clone().into(),
            row.0.get(12).cloned().unwrap_or(Value::Null),
        ]))?;
        let title = version.title.as_deref().unwrap_or("");
        if !has_name(title, names) && !has_name(&archived.text, names) {
            return Ok(());
        }
        let before = FactIds::of(&version.id, &version.facts);
        let mut new = NewVersion {
            version,
            text: archived.text,
            language: None,
            published: None,
            text_hash: row.text(13)?.to_owned(),
            reader: String::new(),
        };
        mask_version(&mut new, names);
        let version = &new.version;
        let after = FactIds::of(&version.id, &version.facts);
        self.renamed.extend(before.all().cloned().zip(after.all().cloned()).filter(|(old, new)| old != new));
        sql.run(
            "UPDATE versions SET title = $1, text = $2, text_hash = $3, wording = $4, facts = $5 WHERE id = $6",
            &[
                version.title.clone().into(),
                compress(new.text.as_bytes()).into(),
                (&new.text_hash).into(),
                write_wording(&version.wording, &version.cites).into(),
                write_facts(&version.facts)?.into(),
                version.id.as_str().into(),
            ],
        )?;
        let number = row.int(11)?;
        sql.run(sql.dialect().full_text.delete, &[number.into()])?;
        search::index(sql, number, &[version.title.as_deref().unwrap_or(""), &new.text])?;
        let order = (version.time.as_microsecond(), version.id.to_string());
        self.first = Some(self.first.take().map_or(order.clone(), |first| first.min(order)));
        self.versions += 1;
        Ok(())
    }
}

fn has_name(text: &str, names: &[NameWords]) -> bool {
    names.iter().any(|name| !names_in(text, &[name.len()], |words| words == name.as_slice()).is_empty())
}

/// Words that people wrote, masked where a name stands in them.
fn hidden(text: &str, names: &[NameWords]) -> String {
    if has_name(text, names) { mask(text, names).into_owned() } else { text.to_owned() }
}

/// Decisions follow the facts that they are about, and lose the name.
fn reword_decisions(
    sql: &mut dyn Sql,
    renamed: &BTreeMap<String, String>,
    names: &[NameWords],
) -> Result<(), StoreError> {
    for decision in log(sql, None)? {
        let mut changed = decision.clone();
        changed.reason = hidden(&changed.reason, names);
        match &mut changed.ruling {
            Ruling::Accept { fact } | Ruling::Reject { fact } => {
                if let Some(new) = renamed.get(fact) {
                    fact.clone_from(new);
                }
            }
            Ruling::Note { text: words, .. }
            | Ruling::Unmask { person: words }
            | Ruling::Override { correction: Correction::Status { actor: words, .. }, .. } => {
                *words = hidden(words, names);
            }
            Ruling::Override { correction: Correction::Place(place), .. } => {
                place.name = hidden(&place.name, names);
            }
            Ruling::Override { .. }
            | Ruling::Merge { .. }
            | Ruling::Split { .. }
            | Ruling::Rate { .. }
            | Ruling::Undo { .. } => {}
        }
        if changed != decision {
            rewrite(sql, &changed)?;
        }
    }
    Ok(())
}

/// Other places where words from outside stand: what was rejected, and searches that people keep.
fn reword_rest(sql: &mut dyn Sql, names: &[NameWords]) -> Result<(), StoreError> {
    for row in sql.rows("SELECT input, place, reason FROM rejected", &[])? {
        let reason = row.text(2)?;
        if has_name(reason, names) || has_name(row.text(0)?, names) {
            sql.run(
                "DELETE FROM rejected WHERE input = $1 AND place = $2",
                &[row.text(0)?.into(), row.text(1)?.into()],
            )?;
        }
    }
    for row in sql.rows("SELECT id, name, query FROM searches", &[])? {
        // In the query of an address a space may be written in two ways.
        let query = row.text(2)?.replace("%20", " ").replace('+', " ");
        if has_name(row.text(1)?, names) || has_name(&query, names) {
            sql.run("DELETE FROM searches WHERE id = $1", &[row.text(0)?.into()])?;
        }
    }
    Ok(())
}
