//! The gazetteer: the compiled index and the tables of standing places behind one way to look up.

use crate::places::demonyms::{Demonyms, DemonymsError};
use crate::places::fold::{fold, fold_onto};
use crate::places::index::{Index, IndexError, NONE, NameKind, Walk};
use crate::places::kind::PlaceKind;
use crate::places::lexicon::{Lexicon, LexiconError, WordList};
use crate::places::rank::{Weights, WeightsError};
use crate::places::standing::{Standing, StandingError, StandingName};
use crate::reading::Country;

/// Why a gazetteer cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum GazetteerError {
    /// The compiled index.
    #[error(transparent)]
    Index(#[from] IndexError),
    /// A table of `knowledge/places/`.
    #[error(transparent)]
    Standing(#[from] StandingError),
    /// The words beside names.
    #[error(transparent)]
    Lexicon(#[from] LexiconError),
    /// The demonyms.
    #[error(transparent)]
    Demonyms(#[from] DemonymsError),
    /// The weights of the ranking.
    #[error(transparent)]
    Weights(#[from] WeightsError),
}

/// What a gazetteer is loaded from.
pub struct GazetteerFiles<'a> {
    /// The compiled index, `models/gazetteer.bin`.
    pub index: &'static [u8],
    /// Name and text of each table of standing places in `knowledge/places`.
    pub tables: &'a [(&'a str, &'a str)],
    /// `knowledge/places/words.toml`.
    pub words: &'a str,
    /// `knowledge/places/demonyms.toml`.
    pub demonyms: &'a str,
    /// `models/toponyms.tsv`.
    pub weights: &'a str,
}

/// Toponyms and where they are.
#[derive(Default, Debug)]
pub struct Gazetteer {
    index: Option<Index>,
    standing: Standing,
    pub(super) lexicon: Lexicon,
    pub(super) demonyms: Demonyms,
    pub(super) weights: Weights,
}

/// One place of the gazetteer; ids of standing places have the highest bit set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryId(u32);

const STANDING: u32 = 1 << 31;

impl EntryId {
    /// Whether a table lists it.
    pub const fn is_standing(self) -> bool {
        self.0 & STANDING != 0
    }
}

/// What the gazetteer knows of a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entry<'g> {
    /// Which place.
    pub id: EntryId,
    /// Its name for readers.
    pub name: &'g str,
    /// What it is.
    pub kind: PlaceKind,
    /// The country that it is or lies in.
    pub country: Option<Country>,
    /// Number of the admin-1 division that it is or lies in, for comparing.
    pub admin1: Option<u16>,
    /// Number of the admin-2 division that it lies in or is, for comparing.
    pub admin2: Option<u16>,
    /// Latitude in degrees.
    pub lat: f32,
    /// Longitude in degrees.
    pub lon: f32,
    /// Inhabitants; of places that have none, their standing on the same scale.
    pub population: u32,
    /// GeoNames id.
    pub geonames_id: Option<u32>,
}

/// A place that a name may mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Candidate<'g> {
    /// The place.
    pub entry: Entry<'g>,
    /// How the name belongs to it.
    pub name: NameKind,
}

/// A walk over the words of a text that may be a name.
pub(super) struct NameWalk<'g> {
    gazetteer: &'g Gazetteer,
    key: String,
    at: Option<Walk>,
}

impl NameWalk<'_> {
    /// Goes on by one token; the words before it stay.
    pub fn push(&mut self, token: &str) {
        let before = self.key.len();
        fold_onto(&mut self.key, token);
        let added = &self.key[before..];
        self.at = self.at.and_then(|walk| self.gazetteer.index.as_ref()?.step(walk, added));
    }

    /// The folded words so far.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Whether a name of the gazetteer ends here.
    pub fn is_name(&self) -> bool {
        let index = self.gazetteer.index.as_ref();
        self.at.is_some_and(|walk| index.is_some_and(|index| index.hits(walk).next().is_some()))
            || !self.gazetteer.standing.named(&self.key).is_empty()
    }
}

impl Gazetteer {
    /// Whether a verb says that something was noticed, where it was.
    pub(crate) fn is_perceiving(&self, lemma: &str) -> bool {
        self.lexicon.has(WordList::Perceiving, lemma)
    }

    /// Whether a verb says where a thing is.
    pub(crate) fn is_siting(&self, lemma: &str) -> bool {
        self.lexicon.has(WordList::Siting, lemma)
    }

    /// Loads a gazetteer.
    ///
    /// # Errors
    /// Where a file cannot be understood; the message names the file and the line or entry.
    pub fn load(files: &GazetteerFiles<'_>) -> Result<Self, GazetteerError> {
        let index = Index::open(files.index)?;
        let mut standing = Standing::default();
        for (name, text) in files.tables {
            standing.add_table(name, text, Some(&index))?;
        }
        Ok(Self {
            index: Some(index),
            standing,
            lexicon: Lexicon::parse(files.words)?,
            demonyms: Demonyms::parse(files.demonyms)?,
            weights: Weights::parse(files.weights)?,
        })
    }

    /// The place with this id.
    pub fn entry(&self, id: EntryId) -> Option<Entry<'_>> {
        if id.is_standing() {
            let row = self.standing.rows.get((id.0 & !STANDING) as usize)?;
            return Some(Entry {
                id,
                name: &row.name,
                kind: row.kind,
                country: row.country,
                admin1: (row.admin1 != NONE).then_some(row.admin1),
                admin2: None,
                lat: row.lat,
                lon: row.lon,
                population: row.population,
                geonames_id: (row.geonames_id != 0).then_some(row.geonames_id),
            });
        }
        let index = self.index.as_ref()?;
        let record = index.record(id.0)?;
        let admin2 =
            if record.kind == PlaceKind::Admin2 { index.admin2_number(id.0) } else { Some(record.admin2) };
        Some(Entry {
            id,
            name: index.name(&record),
            kind: record.kind,
            country: Some(Country(record.country)),
            admin1: (record.admin1 != NONE).then_some(record.admin1),
            admin2: admin2.filter(|&n| n != NONE),
            lat: record.lat,
            lon: record.lon,
            population: record.population,
            geonames_id: (record.geonames_id != 0).then_some(record.geonames_id),
        })
    }

    /// The name of an admin-1 division.
    pub fn admin1_name(&self, number: u16) -> Option<&str> {
        let standing =
            self.standing.rows.iter().find(|row| row.kind == PlaceKind::Admin1 && row.admin1 == number);
        if let Some(row) = standing {
            return Some(&row.name);
        }
        let index = self.index.as_ref()?;
        index.record(u32::from(number)).map(|record| index.name(&record))
    }

    /// The places that may be meant by a name as it is written: standing places first, then the most populous.
    /// Abbreviations count only as written.
    pub fn candidates(&self, surface: &str) -> Vec<Candidate<'_>> {
        self.candidates_of(&fold(surface), surface)
    }

    pub(super) fn candidates_of(&self, folded: &str, surface: &str) -> Vec<Candidate<'_>> {
        let mut list: Vec<Candidate<'_>> = Vec::new();
        for name in self.standing.named(folded) {
            if name.exact.as_ref().is_none_or(|exact| exact == surface)
                && let Some(entry) = self.entry(EntryId(STANDING | name.row))
            {
                list.push(Candidate { entry, name: name.name });
            }
        }
        // A country written as its abbreviation means nothing else ("UK").
        let abbreviated = |name: &StandingName| name.exact.is_some() && surface.len() <= 5;
        let countries = list.iter().any(|one| one.entry.kind == PlaceKind::Country);
        if countries && self.standing.named(folded).iter().any(abbreviated) {
            return list;
        }
        let standing = list.len();
        let Some(index) = &self.index else { return list };
        for hit in index.lookup(folded) {
            let Some(entry) = self.entry(EntryId(hit.record)) else { continue };
            let known = list[..standing].iter().any(|one| is_same_place(&one.entry, &entry));
            if !known {
                list.push(Candidate { entry, name: hit.name });
            }
        }
        list
    }

    /// Whether the tables list this very spelling as an abbreviation.
    pub(super) fn is_abbreviation(&self, surface: &str) -> bool {
        self.standing.named(&fold(surface)).iter().any(|name| name.exact.as_deref() == Some(surface))
    }

    /// Whether a folded name is the main name of some settlement.
    pub(super) fn is_main_name(&self, folded: &str) -> bool {
        let Some(index) = &self.index else { return false };
        index.lookup(folded).any(|hit| {
            hit.name == NameKind::Main
                && index.record(hit.record).is_some_and(|record| record.kind.is_settlement())
        })
    }

    pub(super) fn walk(&self) -> NameWalk<'_> {
        NameWalk { gazetteer: self, key: String::new(), at: self.index.as_ref().map(Index::start) }
    }

    /// A country.
    pub fn country(&self, country: Country) -> Option<Entry<'_>> {
        let mut rows = self.standing.rows.iter();
        let at = rows.position(|row| row.kind == PlaceKind::Country && row.country == Some(country))?;
        self.entry(EntryId(STANDING | at as u32))
    }
}

/// Whether a row of the tables describes a record of the index again.
fn is_same_place(row: &Entry<'_>, record: &Entry<'_>) -> bool {
    match (row.kind, record.kind) {
        (PlaceKind::Admin1, PlaceKind::Admin1) => row.admin1.is_some() && row.admin1 == record.admin1,
        (PlaceKind::Region | PlaceKind::Island, PlaceKind::Admin1 | PlaceKind::Admin2) => {
            is_close(row, record, 3.0)
        }
        (PlaceKind::Section | PlaceKind::Facility, kind) if kind.is_settlement() => {
            is_close(row, record, 0.15)
        }
        _ => row.geonames_id.is_some() && row.geonames_id == record.geonames_id,
    }
}

fn is_close(one: &Entry<'_>, other: &Entry<'_>, degrees: f32) -> bool {
    one.country == other.country
        && (one.lat - other.lat).abs() < degrees
        && (one.lon - other.lon).abs() < degrees
}
