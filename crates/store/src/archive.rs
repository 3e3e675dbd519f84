//! The archive: versions as they came, and what could not be read.

use jiff::Timestamp;
use jiff::civil::Date;

use watchkeeper_core::resolve::origin::outlet_key;
use watchkeeper_core::resolve::version::{TimeBasis, Version, Witness};
use watchkeeper_core::resolve::wording::Wording;

use crate::compression::{compress, decompress};
use crate::error::StoreError;
use crate::oblivion::Oblivion;
use crate::rows::{read_facts, write_facts};
use crate::sql::{Row, Sql};
use crate::{Store, advance, linking, search};

/// A version with its text, to be added.
#[derive(Clone, Debug)]
pub struct NewVersion {
    /// The version.
    pub version: Version,
    /// The text that its facts point into.
    pub text: String,
    /// Its language (BCP 47), where known.
    pub language: Option<String>,
    /// When the source says that the report was first published.
    pub published: Option<Timestamp>,
    /// A hash of title and text: tells whether a text is new at its address.
    pub text_hash: String,
    /// The version of the reader that made its facts.
    pub reader: String,
}

/// What tells whether a text is a new version of the report at its address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownVersion {
    /// A hash of title and text.
    pub text_hash: String,
    /// When the source said that the report was first published.
    pub published: Option<Timestamp>,
}

/// What came of adding versions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// How many were new.
    pub new: usize,
    /// How many the store held already.
    pub known: usize,
    /// How many are of reports that were forgotten, and stay out.
    pub forgotten: usize,
}

/// A version's texts as archived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchivedText {
    /// The headline, where it is held apart from the text.
    pub title: Option<String>,
    /// The text.
    pub text: String,
}

/// An input that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The file or address.
    pub input: String,
    /// Where in it, as `line 12`.
    pub place: String,
    /// Why.
    pub reason: String,
    /// When the store was told.
    pub recorded_at: Timestamp,
}

/// The columns of a version without its text, in the order in which [`version`] reads them.
pub const VERSION_COLUMNS: &str =
    "id, identity, url, source, title, time_us, day, basis, recorded_us, wording, facts";
/// The columns of a witness, in the order in which [`witness`] reads them.
pub const WITNESS_COLUMNS: &str = "id, identity, source, time_us, wording";

/// The [`VERSION_COLUMNS`] of versions that go by another name in a question.
pub fn version_columns_of(table: &str) -> String {
    VERSION_COLUMNS.split(", ").map(|column| format!("{table}.{column}")).collect::<Vec<_>>().join(", ")
}

impl Store {
    /// Adds versions; known ones change nothing. All of the batch is kept, or nothing. They are linked when enough have
    /// come, at the latest when the record is asked for.
    ///
    /// # Errors
    /// What the database says.
    pub fn add(&mut self, mut batch: Vec<NewVersion>) -> Result<Added, StoreError> {
        batch.sort_by(|a, b| a.version.order().cmp(&b.version.order()));
        self.writing(|sql, cache| {
            let mut added = Added::default();
            let oblivion = Oblivion::of(sql)?;
            for new in &mut batch {
                if oblivion.has_forgotten(new) {
                    added.forgotten += 1;
                    continue;
                }
                oblivion.mask(new);
                if let Some(number) = insert(sql, new)? {
                    let title = new.version.title.as_deref().unwrap_or("");
                    search::index(sql, number, &[title, &new.text])?;
                    linking::wait(sql, &new.version, number)?;
                    added.new += 1;
                } else {
                    added.known += 1;
                }
            }
            // Who keeps a record need not look again for versions that are not part of it yet.
            if added.new > 0 && linking::link_cheaply(sql, cache)? {
                advance(sql)?;
            }
            Ok(added)
        })
    }

    /// How many versions wait to be linked.
    ///
    /// # Errors
    /// What the database says.
    pub fn waiting(&mut self) -> Result<usize, StoreError> {
        linking::waiting(self.sql.as_mut())
    }

    /// Links what still waits to be linked.
    ///
    /// # Errors
    /// What the database says.
    pub fn settle(&mut self) -> Result<(), StoreError> {
        let mut waits = linking::is_waiting(self.sql.as_mut())?;
        while waits {
            // Many transactions, so that others may write meanwhile and a process that is killed has not worked in vain.
            waits = self.writing(|sql, cache| {
                let all = linking::link_next(sql, cache)?;
                advance(sql)?;
                Ok(!all)
            })?;
        }
        Ok(())
    }

    /// The versions of the report at an address, in their order.
    ///
    /// # Errors
    /// What the database says.
    pub fn versions_at(&mut self, identity: &str) -> Result<Vec<KnownVersion>, StoreError> {
        let question =
            "SELECT text_hash, published_us FROM versions WHERE identity = $1 ORDER BY time_us, id";
        let rows = self.sql.rows(question, &[identity.into()])?;
        rows.iter()
            .map(|row| {
                let published = row.int(1).ok().map(timestamp).transpose()?;
                Ok(KnownVersion { text_hash: row.text(0)?.to_owned(), published })
            })
            .collect()
    }

    /// Forgets all that was derived and links every version anew.
    ///
    /// # Errors
    /// What the database says.
    pub fn rebuild(&mut self) -> Result<(), StoreError> {
        self.writing(|sql, cache| {
            linking::unlink_from(sql, cache, (i64::MIN, ""))?;
            advance(sql)
        })?;
        self.settle()
    }

    /// Notes inputs that could not be read; the same input again replaces its note.
    ///
    /// # Errors
    /// What the database says.
    pub fn reject(&mut self, rejected: &[Rejected]) -> Result<(), StoreError> {
        self.writing(|sql, _| {
            for Rejected { input, place, reason, recorded_at } in rejected {
                sql.run(
                    "INSERT INTO rejected (input, place, reason, recorded_us) VALUES ($1, $2, $3, $4)
                     ON CONFLICT (input, place) DO UPDATE SET reason = excluded.reason",
                    &[input.into(), place.into(), reason.into(), recorded_at.as_microsecond().into()],
                )?;
            }
            Ok(())
        })
    }

    /// The inputs that could not be read, in the order of their first rejection.
    ///
    /// # Errors
    /// What the database says.
    pub fn rejected(&mut self) -> Result<Vec<Rejected>, StoreError> {
        let question =
            "SELECT input, place, reason, recorded_us FROM rejected ORDER BY recorded_us, input, place";
        let rows = self.sql.rows(question, &[])?;
        rows.iter()
            .map(|row| {
                Ok(Rejected {
                    input: row.text(0)?.to_owned(),
                    place: row.text(1)?.to_owned(),
                    reason: row.text(2)?.to_owned(),
                    recorded_at: timestamp(row.int(3)?)?,
                })
            })
            .collect()
    }

    /// The texts of a version, if the store holds it.
    ///
    /// # Errors
    /// What the database says.
    pub fn text(&mut self, id: &str) -> Result<Option<ArchivedText>, StoreError> {
        let rows = self.sql.rows("SELECT title, text FROM versions WHERE id = $1", &[id.into()])?;
        rows.first().map(archived_text).transpose()
    }
}

/// The texts in a row of title and text.
pub fn archived_text(row: &Row) -> Result<ArchivedText, StoreError> {
    let text = String::from_utf8(decompress(row.blob(1)?)?)
        .map_err(|_| StoreError::corrupt("an archived text is not UTF-8"))?;
    Ok(ArchivedText { title: row.text_or_null(0).map(str::to_owned), text })
}

/// The number that the version got, if it was new.
fn insert(sql: &mut dyn Sql, new: &NewVersion) -> Result<Option<i64>, StoreError> {
    let version = &new.version;
    // Somebody else may have brought the text since it was asked for.
    let same = "SELECT 1 FROM versions WHERE identity = $1 AND text_hash = $2 LIMIT 1";
    if !sql.rows(same, &[(&version.identity).into(), (&new.text_hash).into()])?.is_empty() {
        return Ok(None);
    }
    let changed = sql.run(
        "INSERT INTO versions (id, identity, url, source, outlet, title, time_us, day, basis, recorded_us, language,
             published_us, text_hash, text, wording, facts, reader)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
         ON CONFLICT (id) DO NOTHING",
        &[
            version.id.as_str().into(),
            (&version.identity).into(),
            version.url.clone().into(),
            version.source.clone().into(),
            version.source.as_deref().map(outlet_key).into(),
            version.title.clone().into(),
            version.time.as_microsecond().into(),
            version.day.to_string().into(),
            basis_word(version.basis).into(),
            version.recorded_at.as_microsecond().into(),
            new.language.clone().into(),
            new.published.map(Timestamp::as_microsecond).into(),
            (&new.text_hash).into(),
            compress(new.text.as_bytes()).into(),
            write_wording(&version.wording, &version.cites).into(),
            write_facts(&version.facts)?.into(),
            (&new.reader).into(),
        ],
    )?;
    if changed == 0 {
        return Ok(None);
    }
    // Asked for by itself: with RETURNING, SQLite writes the words of the version before to disk at every insertion.
    number_of(sql, &version.id)
}

/// The number of a version, if the store holds it.
pub fn number_of(sql: &mut dyn Sql, id: &str) -> Result<Option<i64>, StoreError> {
    let rows = sql.rows("SELECT number FROM versions WHERE id = $1", &[id.into()])?;
    rows.first().map(|row| row.int(0)).transpose()
}

/// A version from a row of [`VERSION_COLUMNS`].
pub fn version(row: &Row) -> Result<Version, StoreError> {
    let (wording, cites) = read_wording(row.blob(9)?)?;
    Ok(Version {
        id: row.text(0)?.into(),
        identity: row.text(1)?.to_owned(),
        url: row.text_or_null(2).map(str::to_owned),
        source: row.text_or_null(3).map(str::to_owned),
        title: row.text_or_null(4).map(str::to_owned),
        time: timestamp(row.int(5)?)?,
        day: row.text(6)?.parse::<Date>().map_err(|error| StoreError::corrupt(error.to_string()))?,
        basis: basis(row.text(7)?)?,
        recorded_at: timestamp(row.int(8)?)?,
        wording,
        cites,
        facts: read_facts(row.blob(10)?)?,
    })
}

/// A witness from a row of [`WITNESS_COLUMNS`].
pub fn witness(row: &Row) -> Result<Witness, StoreError> {
    Ok(Witness {
        id: row.text(0)?.into(),
        identity: row.text(1)?.to_owned(),
        source: row.text_or_null(2).map(str::to_owned),
        time: timestamp(row.int(3)?)?,
        wording: read_wording(row.blob(4)?)?.0,
    })
}

pub fn timestamp(microseconds: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(microseconds).map_err(|error| StoreError::corrupt(error.to_string()))
}

const fn basis_word(basis: TimeBasis) -> &'static str {
    match basis {
        TimeBasis::Published => "published",
        TimeBasis::Updated => "updated",
        TimeBasis::Captured => "captured",
        TimeBasis::Recorded => "recorded",
    }
}

fn basis(word: &str) -> Result<TimeBasis, StoreError> {
    [TimeBasis::Published, TimeBasis::Updated, TimeBasis::Captured, TimeBasis::Recorded]
        .into_iter()
        .find(|&basis| basis_word(basis) == word)
        .ok_or_else(|| StoreError::corrupt(format!("unknown basis of a time: {word}")))
}

/// Little-endian: length of the sketch, the sketch, number of words, the words with their weights, outlets cited.
pub fn write_wording(wording: &Wording, cites: &[String]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(8 + wording.sketch.len() * 4 + wording.words.len() * 8);
    bytes.extend((wording.sketch.len() as u32).to_le_bytes());
    bytes.extend(wording.sketch.iter().flat_map(|value| value.to_le_bytes()));
    bytes.extend((wording.words.len() as u32).to_le_bytes());
    for (word, weight) in &wording.words {
        bytes.extend(word.to_le_bytes());
        bytes.extend(weight.to_le_bytes());
    }
    bytes.extend(cites.join("\n").bytes());
    bytes
}

fn read_wording(bytes: &[u8]) -> Result<(Wording, Vec<String>), StoreError> {
    let damaged = || StoreError::corrupt("a wording is cut short");
    let mut rest = bytes;
    let mut take = || -> Result<[u8; 4], StoreError> {
        let (head, tail) = rest.split_first_chunk::<4>().ok_or_else(damaged)?;
        rest = tail;
        Ok(*head)
    };
    let length = u32::from_le_bytes(take()?);
    let sketch = (0..length).map(|_| take().map(u32::from_le_bytes)).collect::<Result<_, _>>()?;
    let count = u32::from_le_bytes(take()?);
    let words = (0..count)
        .map(|_| Ok((u32::from_le_bytes(take()?), f32::from_le_bytes(take()?))))
        .collect::<Result<_, StoreError>>()?;
    let cites = std::str::from_utf8(rest).map_err(|_| damaged())?;
    Ok((Wording { sketch, words }, cites.lines().map(str::to_owned).collect()))
}
