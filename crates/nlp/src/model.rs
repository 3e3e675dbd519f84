//! The embedded files of weights and tables, read in place. `training/container.py` says how it is laid
//! out.

use std::collections::BTreeMap;

/// The alignment that the weights need to be read as floats where they stand.
#[repr(C, align(64))]
struct Aligned<Bytes: ?Sized>(Bytes);

static ENGLISH: &Aligned<[u8]> = &Aligned(*include_bytes!("../../../models/en_core_web_sm.bin"));
static WORD_CASE: &Aligned<[u8]> = &Aligned(*include_bytes!("../../../models/word_case.bin"));

/// The layout that this code reads.
const VERSION: u32 = 1;

/// What is wrong with a file of weights.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// It is not such a file, or one of another layout.
    #[error("an embedded model has not the layout {VERSION}: run the scripts under training/")]
    Layout,
    /// It lacks a section, or the section has not the form that is asked for.
    #[error("an embedded model has no usable section {0}: run the scripts under training/")]
    Section(String),
}

/// A file of weights and tables.
pub struct Model {
    sections: BTreeMap<&'static str, &'static [u8]>,
}

impl Model {
    /// The English model.
    ///
    /// # Errors
    /// Where the embedded file is not of the layout that this code reads.
    pub fn english() -> Result<Self, ModelError> {
        Self::read(&ENGLISH.0)
    }

    /// Figures about the case of English words.
    ///
    /// # Errors
    /// Where the embedded file is not of the layout that this code reads.
    pub fn word_case() -> Result<Self, ModelError> {
        Self::read(&WORD_CASE.0)
    }

    fn read(file: &'static [u8]) -> Result<Self, ModelError> {
        let mut rest = file.strip_prefix(b"WKSYNTAX").ok_or(ModelError::Layout)?;
        let mut number = || -> Result<usize, ModelError> {
            let (head, tail) = rest.split_first_chunk::<4>().ok_or(ModelError::Layout)?;
            rest = tail;
            Ok(u32::from_le_bytes(*head) as usize)
        };
        if number()? != VERSION as usize {
            return Err(ModelError::Layout);
        }
        let count = number()?;
        let mut at = 16;
        let mut sections = BTreeMap::new();
        for _ in 0..count {
            let field = |from: usize| -> Result<usize, ModelError> {
                let bytes =
                    file.get(from..from + 4).and_then(|b| b.try_into().ok()).ok_or(ModelError::Layout)?;
                Ok(u32::from_le_bytes(bytes) as usize)
            };
            let name_len = field(at)?;
            let name = file.get(at + 4..at + 4 + name_len).ok_or(ModelError::Layout)?;
            let name = std::str::from_utf8(name).map_err(|_| ModelError::Layout)?;
            at += 4 + name_len;
            let (offset, len) = (field(at + 4)?, field(at + 8)?);
            at += 12;
            sections.insert(name, file.get(offset..offset + len).ok_or(ModelError::Layout)?);
        }
        Ok(Self { sections })
    }

    fn section(&self, name: &str) -> Result<&'static [u8], ModelError> {
        self.sections.get(name).copied().ok_or_else(|| ModelError::Section(name.to_owned()))
    }

    /// A section of floats, which must be `len` long.
    ///
    /// # Errors
    /// Where there is no such section of that length.
    pub fn floats(&self, name: &str, len: usize) -> Result<&'static [f32], ModelError> {
        let floats: &[f32] = bytemuck::try_cast_slice(self.section(name)?)
            .map_err(|_| ModelError::Section(name.to_owned()))?;
        if floats.len() == len { Ok(floats) } else { Err(ModelError::Section(name.to_owned())) }
    }

    /// A section of floats of whatever length.
    ///
    /// # Errors
    /// Where there is no such section.
    pub fn floats_of_any_length(&self, name: &str) -> Result<&'static [f32], ModelError> {
        bytemuck::try_cast_slice(self.section(name)?).map_err(|_| ModelError::Section(name.to_owned()))
    }

    /// A section that maps words to words; an empty one where there is none.
    ///
    /// # Errors
    /// Where the section is cut short.
    pub fn table(&self, name: &str) -> Result<Table, ModelError> {
        match self.sections.get(name) {
            Some(bytes) => Table::read(bytes).ok_or_else(|| ModelError::Section(name.to_owned())),
            None => Ok(Table::EMPTY),
        }
    }

    /// A section that is an ordered list of words.
    ///
    /// # Errors
    /// Where there is no such section.
    pub fn lines(&self, name: &str) -> Result<Vec<&'static str>, ModelError> {
        self.section(name)?;
        Ok(self.table(name)?.iter().map(|(_, value)| value).collect())
    }

    /// A section that is a set of characters.
    ///
    /// # Errors
    /// Where there is no such section.
    pub fn characters(&self, name: &str) -> Result<Characters, ModelError> {
        let pairs: &[[u32; 2]] = bytemuck::try_cast_slice(self.section(name)?)
            .map_err(|_| ModelError::Section(name.to_owned()))?;
        Ok(Characters::new(pairs))
    }
}

/// A map from words to words, searched in place.
#[derive(Clone, Copy)]
pub struct Table {
    key_ends: &'static [u32],
    value_ends: &'static [u32],
    keys: &'static str,
    values: &'static str,
}

impl Table {
    const EMPTY: Self = Self { key_ends: &[0], value_ends: &[0], keys: "", values: "" };

    fn read(bytes: &'static [u8]) -> Option<Self> {
        let (count, rest) = bytes.split_first_chunk::<4>()?;
        let count = u32::from_le_bytes(*count) as usize;
        let ends = 4 * (count + 1);
        let key_ends: &[u32] = bytemuck::try_cast_slice(rest.get(..ends)?).ok()?;
        let value_ends: &[u32] = bytemuck::try_cast_slice(rest.get(ends..2 * ends)?).ok()?;
        let words = std::str::from_utf8(rest.get(2 * ends..)?).ok()?;
        let (keys, values) = words.split_at_checked(*key_ends.last()? as usize)?;
        Some(Self { key_ends, value_ends, keys, values })
    }

    fn key(&self, row: usize) -> &'static str {
        &self.keys[self.key_ends[row] as usize..self.key_ends[row + 1] as usize]
    }

    fn value(&self, row: usize) -> &'static str {
        &self.values[self.value_ends[row] as usize..self.value_ends[row + 1] as usize]
    }

    /// How many words it maps.
    pub fn len(&self) -> usize {
        self.key_ends.len() - 1
    }

    /// What the word is mapped to.
    pub fn get(&self, word: &str) -> Option<&'static str> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.key(middle).cmp(word) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(self.value(middle)),
            }
        }
        None
    }

    /// All words with what they are mapped to, in order.
    pub fn iter(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        (0..self.len()).map(move |row| (self.key(row), self.value(row)))
    }
}

/// A set of characters: a bit each for the first 256, ranges for the rest.
pub struct Characters {
    low: [bool; 256],
    ranges: &'static [[u32; 2]],
}

impl Characters {
    fn new(ranges: &'static [[u32; 2]]) -> Self {
        let mut low = [false; 256];
        for (code, is_member) in low.iter_mut().enumerate() {
            *is_member = is_in(ranges, code as u32);
        }
        Self { low, ranges }
    }

    /// Whether the character is a member.
    pub fn has(&self, character: char) -> bool {
        match self.low.get(character as usize) {
            Some(&is_member) => is_member,
            None => is_in(self.ranges, character as u32),
        }
    }
}

fn is_in(ranges: &[[u32; 2]], code: u32) -> bool {
    let after = ranges.partition_point(|&[first, _]| first <= code);
    after > 0 && code <= ranges[after - 1][1]
}
