//! The compiled gazetteer: names, records and strings in one block of bytes that is used as it lies, without a parse.
//!
//! ```text
//! header   magic, then for each section its offset and its length (u32, little endian)
//! names    an fst map from folded name to a reference: one record or a run of `lists`
//! lists    u32 each: a record with how the name belongs to it, the most populous first
//! records  28 bytes each: admin-1 divisions, then admin-2 divisions, then populated places
//! strings  display names, each after its length (u8)
//! ```
//!
//! `xtask build gazetteer` writes it by the encoders here.

use fst::raw::{CompiledAddr, Fst, Output};

use crate::places::kind::PlaceKind;

/// First bytes of every index; the last one counts the layout.
pub const MAGIC: [u8; 8] = *b"WKPLACE\x01";
/// Length of a record.
pub const RECORD_BYTES: usize = 28;
/// Length of the header: magic, four sections, how many records are admin-1 and admin-2 divisions.
pub const HEADER_BYTES: usize = 8 + 4 * 8 + 8;
/// Stands for "no division".
pub const NONE: u16 = u16::MAX;

/// Why bytes are no index.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// Not made by this layout.
    #[error("not a gazetteer of this version; run `cargo xtask build gazetteer`")]
    Magic,
    /// A section lies outside the bytes or does not fit its record length.
    #[error("the gazetteer is cut short or damaged; run `cargo xtask build gazetteer`")]
    Bounds,
    /// The names are no fst.
    #[error("the gazetteer's names are damaged: {0}")]
    Names(#[from] fst::Error),
}

/// How a name belongs to a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    /// The name that the gazetteer gives first.
    Main,
    /// Another name: former, foreign, spelt otherwise.
    Variant,
    /// The name without the word for what it is ("Clark" of Clark County).
    Short,
}

impl NameKind {
    const fn code(self) -> u32 {
        match self {
            Self::Main => 0,
            Self::Variant => 1,
            Self::Short => 2,
        }
    }

    const fn of_code(code: u32) -> Self {
        match code {
            0 => Self::Main,
            1 => Self::Variant,
            _ => Self::Short,
        }
    }
}

/// One place as the index holds it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Record {
    /// GeoNames id; 0 where the source gives none.
    pub geonames_id: u32,
    /// Latitude in degrees.
    pub lat: f32,
    /// Longitude in degrees.
    pub lon: f32,
    /// Offset of the name in the strings.
    pub name: u32,
    /// Inhabitants; of a division the sum over its places.
    pub population: u32,
    /// ISO 3166-1 alpha-2.
    pub country: [u8; 2],
    /// Record of its admin-1 division, or [`NONE`].
    pub admin1: u16,
    /// Its admin-2 division, counted among these, or [`NONE`].
    pub admin2: u16,
    /// What it is.
    pub kind: PlaceKind,
}

impl Record {
    /// The record as it is stored.
    pub fn encode(&self) -> [u8; RECORD_BYTES] {
        let mut bytes = [0; RECORD_BYTES];
        bytes[0..4].copy_from_slice(&self.geonames_id.to_le_bytes());
        bytes[4..8].copy_from_slice(&self.lat.to_le_bytes());
        bytes[8..12].copy_from_slice(&self.lon.to_le_bytes());
        bytes[12..16].copy_from_slice(&self.name.to_le_bytes());
        bytes[16..20].copy_from_slice(&self.population.to_le_bytes());
        bytes[20..22].copy_from_slice(&self.country);
        bytes[22..24].copy_from_slice(&self.admin1.to_le_bytes());
        bytes[24..26].copy_from_slice(&self.admin2.to_le_bytes());
        bytes[26] = PlaceKind::ALL.iter().position(|&kind| kind == self.kind).unwrap_or(0) as u8;
        bytes
    }

    fn decode(bytes: &[u8]) -> Option<Self> {
        let u32_at = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        let u16_at = |at: usize| Some(u16::from_le_bytes(bytes.get(at..at + 2)?.try_into().ok()?));
        Some(Self {
            geonames_id: u32_at(0)?,
            lat: f32::from_bits(u32_at(4)?),
            lon: f32::from_bits(u32_at(8)?),
            name: u32_at(12)?,
            population: u32_at(16)?,
            country: bytes.get(20..22)?.try_into().ok()?,
            admin1: u16_at(22)?,
            admin2: u16_at(24)?,
            kind: *PlaceKind::ALL.get(usize::from(*bytes.get(26)?))?,
        })
    }
}

/// A record with the way in which a name belongs to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Which record.
    pub record: u32,
    /// How the name belongs to it.
    pub name: NameKind,
}

impl Hit {
    /// As an entry of the lists.
    pub const fn encode(self) -> u32 {
        self.record << 2 | self.name.code()
    }

    const fn decode(code: u32) -> Self {
        Self { record: code >> 2, name: NameKind::of_code(code & 3) }
    }
}

/// What a name refers to, as a value of the fst: one hit, or `count` hits of the lists from `start`.
pub fn encode_reference(hits: &[Hit], start: usize) -> u64 {
    match hits {
        [one] => u64::from(one.encode()) << 1,
        many => ((start as u64) << 8 | many.len().min(255) as u64) << 1 | 1,
    }
}

/// A state of a walk through the names, from word to word.
#[derive(Clone, Copy, Debug)]
pub struct Walk {
    at: CompiledAddr,
    output: Output,
}

/// The compiled gazetteer.
#[derive(Clone)]
pub struct Index {
    names: Fst<&'static [u8]>,
    lists: &'static [u8],
    records: &'static [u8],
    strings: &'static [u8],
    admin1_count: u32,
    admin2_count: u32,
}

impl Index {
    /// Opens an index; checks the frame, reads nothing else.
    pub fn open(bytes: &'static [u8]) -> Result<Self, IndexError> {
        if bytes.get(..8) != Some(&MAGIC) {
            return Err(IndexError::Magic);
        }
        let word = |at: usize| -> Result<usize, IndexError> {
            let four: [u8; 4] =
                bytes.get(at..at + 4).and_then(|b| b.try_into().ok()).ok_or(IndexError::Bounds)?;
            Ok(u32::from_le_bytes(four) as usize)
        };
        let section = |n: usize| -> Result<&'static [u8], IndexError> {
            let (start, len) = (word(8 + n * 8)?, word(12 + n * 8)?);
            let end = start.checked_add(len).ok_or(IndexError::Bounds)?;
            bytes.get(start..end).ok_or(IndexError::Bounds)
        };
        let records = section(2)?;
        let (admin1_count, admin2_count) = (word(40)? as u32, word(44)? as u32);
        let count = (records.len() / RECORD_BYTES) as u32;
        if records.len() % RECORD_BYTES != 0 || admin1_count.saturating_add(admin2_count) > count {
            return Err(IndexError::Bounds);
        }
        Ok(Self {
            names: Fst::new(section(0)?)?,
            lists: section(1)?,
            records,
            strings: section(3)?,
            admin1_count,
            admin2_count,
        })
    }

    /// The number of records.
    pub fn len(&self) -> u32 {
        (self.records.len() / RECORD_BYTES) as u32
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The record with this number.
    pub fn record(&self, number: u32) -> Option<Record> {
        let start = (number as usize).checked_mul(RECORD_BYTES)?;
        Record::decode(self.records.get(start..start + RECORD_BYTES)?)
    }

    /// Which admin-2 division a record is, counted among these.
    pub fn admin2_number(&self, record: u32) -> Option<u16> {
        let n = record.checked_sub(self.admin1_count).filter(|&n| n < self.admin2_count)?;
        u16::try_from(n).ok()
    }

    /// The name of a record.
    pub fn name(&self, record: &Record) -> &'static str {
        let at = record.name as usize;
        let len = usize::from(self.strings.get(at).copied().unwrap_or(0));
        self.strings.get(at + 1..at + 1 + len).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or("")
    }

    /// Where a walk through the names begins.
    pub fn start(&self) -> Walk {
        Walk { at: self.names.root().addr(), output: Output::zero() }
    }

    /// Goes on by the bytes of `folded`; none where no name begins so.
    pub fn step(&self, walk: Walk, folded: &str) -> Option<Walk> {
        let mut walk = walk;
        for byte in folded.bytes() {
            let node = self.names.node(walk.at);
            let transition = node.transition(node.find_input(byte)?);
            walk = Walk { at: transition.addr, output: walk.output.cat(transition.out) };
        }
        Some(walk)
    }

    /// What the name that has been walked to the end refers to; empty where no name ends here.
    pub fn hits(&self, walk: Walk) -> impl Iterator<Item = Hit> + use<'_> {
        let node = self.names.node(walk.at);
        let value = node.is_final().then(|| walk.output.cat(node.final_output()).value());
        let (single, run) = match value {
            None => (None, 0..0),
            Some(value) if value & 1 == 0 => (Some(Hit::decode((value >> 1) as u32)), 0..0),
            Some(value) => {
                let (start, count) = ((value >> 9) as usize, (value >> 1 & 0xff) as usize);
                (None, start * 4..(start + count) * 4)
            }
        };
        let run = self.lists.get(run).unwrap_or(&[]).chunks_exact(4);
        single
            .into_iter()
            .chain(run.map(|four| Hit::decode(u32::from_le_bytes([four[0], four[1], four[2], four[3]]))))
    }

    /// What a folded name refers to.
    pub fn lookup(&self, folded: &str) -> impl Iterator<Item = Hit> + use<'_> {
        self.step(self.start(), folded).into_iter().flat_map(|walk| self.hits(walk))
    }
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Index({} records, {} names)", self.len(), self.names.len())
    }
}
