//! Reports asked of the archive: lists, single ones with their texts, how many there are and when.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use watchkeeper_core::resolve::origin::origins;
use watchkeeper_core::resolve::version::{Version, VersionId};

use crate::archive::{ArchivedText, VERSION_COLUMNS, archived_text, timestamp, version};
use crate::error::StoreError;
use crate::record::{CHUNK, links, numbers_of, placeholders, values};
use crate::sql::{Row, Value};
use crate::{Store, joins};

/// A version as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredReport {
    /// The version.
    pub id: String,
    /// The address, or the path of the file.
    pub identity: String,
    /// The outlet.
    pub source: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// From when on it counts.
    pub time: Timestamp,
    /// When the store took it in.
    pub recorded_at: Timestamp,
    /// Its language (BCP 47), where known.
    pub language: Option<String>,
}

/// Which reports are asked for.
#[derive(Clone, Debug)]
pub struct ReportFilter {
    /// Those that count by then.
    pub as_of: Timestamp,
    /// Those that the store held by then.
    pub recorded_by: Option<Timestamp>,
    /// Those of this outlet.
    pub source: Option<String>,
    /// Those that count from then on.
    pub from: Option<Timestamp>,
    /// Only these.
    pub among: Option<Vec<String>>,
    /// Those before this one in the order of the list.
    pub before: Option<(Timestamp, String)>,
}

/// What the archive holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holdings {
    /// How many versions.
    pub reports: u64,
    /// When something was last taken in.
    pub recorded_last: Option<Timestamp>,
    /// The time of the first version.
    pub first: Option<Timestamp>,
    /// The time of the last.
    pub last: Option<Timestamp>,
}

/// How many versions count from one moment to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bin {
    /// From here on.
    pub start: Timestamp,
    /// Up to here.
    pub end: Timestamp,
    /// How many.
    pub reports: u64,
}

/// What an outlet has given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceCount {
    /// The outlet.
    pub name: String,
    /// How many versions.
    pub reports: u64,
    /// How many of them were the first of their origin.
    pub origins: u64,
    /// How many were new versions of what it had published already.
    pub corrections: u64,
}

/// The columns of a report, in the order in which [`stored`] reads them.
pub const COLUMNS: &str = "id, identity, source, title, time_us, recorded_us, language";

impl Store {
    /// Reports, the latest first.
    ///
    /// # Errors
    /// What the database says.
    pub fn reports(&mut self, filter: &ReportFilter, limit: usize) -> Result<Vec<StoredReport>, StoreError> {
        let mut parameters: Vec<Value> = Vec::new();
        let mut conditions: Vec<String> = Vec::new();
        let mut restrict = |condition: &str, value: Value| {
            parameters.push(value);
            conditions.push(condition.replace('?', &format!("${}", parameters.len())));
        };
        restrict("time_us <= ?", filter.as_of.as_microsecond().into());
        if let Some(recorded_by) = filter.recorded_by {
            restrict("recorded_us <= ?", recorded_by.as_microsecond().into());
        }
        if let Some(source) = &filter.source {
            restrict("source = ?", source.into());
        }
        if let Some(from) = filter.from {
            restrict("time_us >= ?", from.as_microsecond().into());
        }
        if let Some((time, id)) = &filter.before {
            restrict("time_us <= ?", time.as_microsecond().into());
            let (time, id) = (Value::Int(time.as_microsecond()), Value::from(id));
            parameters.extend([time, id]);
            conditions.push(format!("(time_us, id) < (${}, ${})", parameters.len() - 1, parameters.len()));
        }
        let Some(among) = &filter.among else {
            return self.listed(&conditions, parameters, limit);
        };
        let mut found = Vec::new();
        for chunk in among.chunks(CHUNK) {
            let mut conditions = conditions.clone();
            conditions.push(format!("id IN ({})", placeholders(parameters.len() + 1, chunk.len())));
            let mut parameters = parameters.clone();
            parameters.extend(values(chunk.iter().map(String::as_str)));
            found.extend(self.listed(&conditions, parameters, limit)?);
        }
        found.sort_by(|a, b| (b.time, &b.id).cmp(&(a.time, &a.id)));
        found.truncate(limit);
        Ok(found)
    }

    fn listed(
        &mut self,
        conditions: &[String],
        parameters: Vec<Value>,
        limit: usize,
    ) -> Result<Vec<StoredReport>, StoreError> {
        let question = format!(
            "SELECT {COLUMNS} FROM versions WHERE {} ORDER BY time_us DESC, id DESC LIMIT {limit}",
            conditions.join(" AND ")
        );
        self.sql.rows(&question, &parameters)?.iter().map(stored).collect()
    }

    /// One version with its texts and its facts.
    ///
    /// # Errors
    /// What the database says.
    pub fn report(&mut self, id: &str) -> Result<Option<(StoredReport, ArchivedText, Version)>, StoreError> {
        let question = format!("SELECT {COLUMNS} FROM versions WHERE id = $1");
        let Some(report) = self.sql.rows(&question, &[id.into()])?.first().map(stored).transpose()? else {
            return Ok(None);
        };
        let texts = self.sql.rows("SELECT title, text FROM versions WHERE id = $1", &[id.into()])?;
        let facts =
            self.sql.rows(&format!("SELECT {VERSION_COLUMNS} FROM versions WHERE id = $1"), &[id.into()])?;
        match (texts.first(), facts.first()) {
            (Some(text), Some(facts)) => Ok(Some((report, archived_text(text)?, version(facts)?))),
            _ => Ok(None),
        }
    }

    /// The versions of the report at an address, in their order.
    ///
    /// # Errors
    /// What the database says.
    pub fn reports_at(&mut self, identity: &str) -> Result<Vec<StoredReport>, StoreError> {
        let question = format!("SELECT {COLUMNS} FROM versions WHERE identity = $1 ORDER BY time_us, id");
        self.sql.rows(&question, &[identity.into()])?.iter().map(stored).collect()
    }

    /// All versions of one origin with a version, itself among them, that count by then, in their order.
    ///
    /// # Errors
    /// What the database says.
    pub fn origin_group(&mut self, id: &str, as_of: Timestamp) -> Result<Vec<StoredReport>, StoreError> {
        self.settle()?;
        let id = VersionId::from(id);
        let links = links(self.sql.as_mut(), &[&id], as_of)?;
        let ids = std::iter::once(&id).chain(links.iter().flat_map(|link| [&link.version, &link.repeats]));
        let mut among: Vec<String> = ids.map(ToString::to_string).collect();
        among.sort();
        among.dedup();
        let limit = among.len();
        let filter = ReportFilter {
            as_of,
            recorded_by: None,
            source: None,
            from: None,
            among: Some(among),
            before: None,
        };
        let mut group = self.reports(&filter, limit)?;
        group.reverse();
        Ok(group)
    }

    /// What the archive holds.
    ///
    /// # Errors
    /// What the database says.
    pub fn holdings(&mut self) -> Result<Holdings, StoreError> {
        // Each by an index of its own: together they would be answered by going through all versions, texts and all.
        let question = "SELECT (SELECT COUNT(*) FROM versions), (SELECT MAX(recorded_us) FROM versions),
             (SELECT MIN(time_us) FROM versions), (SELECT MAX(time_us) FROM versions)";
        let rows = self.sql.rows(question, &[])?;
        let Some(row) = rows.first() else { return Ok(Holdings::default()) };
        let moment = |column: usize| row.int(column).ok().map(timestamp).transpose();
        Ok(Holdings {
            reports: u64::try_from(row.int(0)?).unwrap_or(0),
            recorded_last: moment(1)?,
            first: moment(2)?,
            last: moment(3)?,
        })
    }

    /// The time of the first version after a moment: until then nothing that is known by then changes by itself.
    ///
    /// # Errors
    /// What the database says.
    pub fn next_after(&mut self, moment: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let question = "SELECT MIN(time_us) FROM versions WHERE time_us > $1";
        let rows = self.sql.rows(question, &[moment.as_microsecond().into()])?;
        rows.first().and_then(|row| row.int(0).ok()).map(timestamp).transpose()
    }

    /// The time of the last version at or before a moment.
    ///
    /// # Errors
    /// What the database says.
    pub fn last_by(&mut self, moment: Timestamp) -> Result<Option<Timestamp>, StoreError> {
        let question = "SELECT MAX(time_us) FROM versions WHERE time_us <= $1";
        let rows = self.sql.rows(question, &[moment.as_microsecond().into()])?;
        rows.first().and_then(|row| row.int(0).ok()).map(timestamp).transpose()
    }

    /// The ids of the versions that were taken in at a moment or later, the last first, at most so many.
    ///
    /// # Errors
    /// What the database says.
    pub fn recorded_since(&mut self, moment: Timestamp, limit: usize) -> Result<Vec<String>, StoreError> {
        let question = format!(
            "SELECT id FROM versions WHERE recorded_us >= $1 ORDER BY recorded_us DESC, id LIMIT {limit}"
        );
        let rows = self.sql.rows(&question, &[moment.as_microsecond().into()])?;
        rows.iter().map(|row| row.text(0).map(str::to_owned)).collect()
    }

    /// The incidents of which some versions tell.
    ///
    /// # Errors
    /// What the database says.
    pub fn incidents_of(&mut self, versions: &[String]) -> Result<Vec<String>, StoreError> {
        self.settle()?;
        let mut incidents = BTreeSet::new();
        for chunk in versions.chunks(CHUNK) {
            let question = format!(
                "SELECT DISTINCT incident FROM tellings WHERE number IN ({})",
                numbers_of(1, chunk.len())
            );
            for row in self.sql.rows(&question, &values(chunk.iter().map(String::as_str)))? {
                incidents.insert(joins::root(self.sql.as_mut(), row.text(0)?.to_owned())?);
            }
        }
        Ok(incidents.into_iter().collect())
    }

    /// How many versions count in each of so many equal stretches from the first to the last; empty stretches are
    /// left out.
    ///
    /// # Errors
    /// What the database says.
    pub fn bins(&mut self, most: u32, recorded_by: Option<Timestamp>) -> Result<Vec<Bin>, StoreError> {
        let recorded_by = recorded_by.map_or(i64::MAX, Timestamp::as_microsecond);
        let rows = self.sql.rows(
            "SELECT MIN(time_us), MAX(time_us) FROM versions WHERE recorded_us <= $1",
            &[recorded_by.into()],
        )?;
        let ends = rows.first().and_then(|row| Some((row.int(0).ok()?, row.int(1).ok()?)));
        let Some((first, last)) = ends else { return Ok(Vec::new()) };
        let width = width_us(first, last, most);
        let rows = self.sql.rows(
            "SELECT (time_us - $1) / $2, COUNT(*) FROM versions WHERE recorded_us <= $3 GROUP BY 1 ORDER BY 1",
            &[first.into(), width.into(), recorded_by.into()],
        )?;
        rows.iter()
            .map(|row| {
                let start = first.saturating_add(row.int(0)?.saturating_mul(width));
                Ok(Bin {
                    start: timestamp(start)?,
                    end: timestamp(start.saturating_add(width)).unwrap_or(Timestamp::MAX),
                    reports: u64::try_from(row.int(1)?).unwrap_or(0),
                })
            })
            .collect()
    }

    /// What every outlet has given by then, by name.
    ///
    /// # Errors
    /// What the database says.
    pub fn sources(
        &mut self,
        as_of: Timestamp,
        recorded_by: Option<Timestamp>,
    ) -> Result<Vec<SourceCount>, StoreError> {
        self.settle()?;
        let rows = self.sql.rows(
            "SELECT id, source, identity FROM versions WHERE time_us <= $1 AND recorded_us <= $2 ORDER BY time_us, id",
            &[
                as_of.as_microsecond().into(),
                recorded_by.map_or(i64::MAX, Timestamp::as_microsecond).into(),
            ],
        )?;
        let ids: Vec<VersionId> =
            rows.iter().map(|row| row.text(0).map(VersionId::from)).collect::<Result<_, _>>()?;
        let links = crate::record::all_links(self.sql.as_mut(), as_of)?;
        let origins = origins(ids.iter(), &links);
        let mut sources: BTreeMap<&str, SourceCount> = BTreeMap::new();
        let mut known = BTreeSet::new();
        for (row, id) in rows.iter().zip(&ids) {
            let is_correction = !known.insert(row.text(2)?);
            let Some(name) = row.text_or_null(1) else { continue };
            let source = sources.entry(name).or_insert_with(|| SourceCount {
                name: name.to_owned(),
                reports: 0,
                origins: 0,
                corrections: 0,
            });
            source.reports += 1;
            source.origins += u64::from(origins.get(id).is_none_or(|first| first == id));
            source.corrections += u64::from(is_correction);
        }
        Ok(sources.into_values().collect())
    }
}

/// How wide each of so many equal stretches is, in microseconds.
pub fn width_us(first: i64, last: i64, most: u32) -> i64 {
    (last.saturating_sub(first) / i64::from(most.max(1))).saturating_add(1)
}

/// A report from a row of [`COLUMNS`].
pub fn stored(row: &Row) -> Result<StoredReport, StoreError> {
    Ok(StoredReport {
        id: row.text(0)?.to_owned(),
        identity: row.text(1)?.to_owned(),
        source: row.text_or_null(2).map(str::to_owned),
        title: row.text_or_null(3).map(str::to_owned),
        time: timestamp(row.int(4)?)?,
        recorded_at: timestamp(row.int(5)?)?,
        language: row.text_or_null(6).map(str::to_owned),
    })
}
