//! What must not come back: the tombstones of reports and persons, asked before anything is written.
//!
//! A tombstone holds no name and no address, only a hash keyed with random bytes of the store's own (HMAC-SHA-256,
//! RFC 2104), so that what is forgotten is known again when it comes, and cannot be read off.

use sha2::{Digest, Sha256};

use watchkeeper_core::resolve::forgetting::{NameWords, mask, names_in};
use watchkeeper_core::resolve::wording::Wording;

use crate::archive::NewVersion;
use crate::digest::text_hash;
use crate::error::StoreError;
use crate::sql::Sql;

/// What was forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ForgottenKind {
    /// All versions of a report.
    Report,
    /// A person's name.
    Person,
}

impl ForgottenKind {
    /// All kinds.
    pub const ALL: [Self; 2] = [Self::Report, Self::Person];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Person => "person",
        }
    }

    /// What was done, for people.
    pub const fn phrase(self) -> &'static str {
        match self {
            Self::Report => "a report was removed",
            Self::Person => "a person's name was removed",
        }
    }
}

/// The tombstones, as far as they tell what comes back.
#[derive(Clone, Debug, Default)]
pub struct Oblivion {
    salt: String,
    reports: Vec<String>,
    persons: Vec<String>,
    /// Of how many words the forgotten names are.
    lengths: Vec<usize>,
}

impl Oblivion {
    /// Reads the tombstones.
    pub fn of(sql: &mut dyn Sql) -> Result<Self, StoreError> {
        let mut oblivion = Self::default();
        for row in sql.rows("SELECT kind, salt, hashes, words FROM tombstones ORDER BY number", &[])? {
            row.text(1)?.clone_into(&mut oblivion.salt);
            let hashes = row.text(2)?.split(' ').map(str::to_owned);
            if row.text(0)? == ForgottenKind::Person.as_str() {
                oblivion.persons.extend(hashes);
                oblivion.lengths.push(row.index(3)?);
            } else {
                oblivion.reports.extend(hashes);
            }
        }
        oblivion.lengths.sort_unstable();
        oblivion.lengths.dedup();
        Ok(oblivion)
    }

    /// The random bytes that key the store's hashes, in hexadecimal; new ones where there is no tombstone yet.
    pub fn salt(&self) -> Result<String, StoreError> {
        if !self.salt.is_empty() {
            return Ok(self.salt.clone());
        }
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)
            .map_err(|error| StoreError::Refused(format!("no random bytes to be had: {error}")))?;
        Ok(hexadecimal(&bytes))
    }

    /// Whether a version is of a report that was forgotten.
    pub fn has_forgotten(&self, new: &NewVersion) -> bool {
        !self.reports.is_empty()
            && report_hashes(&self.salt, &new.version.identity, new.version.url.as_deref(), &new.text_hash)
                .iter()
                .any(|hash| self.reports.contains(hash))
    }

    /// The forgotten names that stand in texts.
    pub fn names_in(&self, title: &str, text: &str) -> Vec<NameWords> {
        if self.persons.is_empty() {
            return Vec::new();
        }
        let is_name = |words: &[&str]| self.persons.contains(&person_hash(&self.salt, &words.join(" ")));
        let mut names = names_in(title, &self.lengths, is_name);
        names.extend(names_in(text, &self.lengths, is_name));
        names.sort();
        names.dedup();
        names
    }

    /// Words that people write, without forgotten names.
    pub fn hide(&self, text: &str) -> String {
        mask(text, &self.names_in("", text)).into_owned()
    }

    /// Masks forgotten names in a version that is about to be written.
    pub fn mask(&self, new: &mut NewVersion) {
        let names = self.names_in(new.version.title.as_deref().unwrap_or(""), &new.text);
        if !names.is_empty() {
            mask_version(new, &names);
        }
    }
}

/// Masks names in everything that a version holds, and makes anew what was made of its text.
pub fn mask_version(new: &mut NewVersion, names: &[NameWords]) {
    let version = &mut new.version;
    new.text = mask(&new.text, names).into_owned();
    version.title = version.title.as_deref().map(|title| mask(title, names).into_owned());
    version.facts.mask(names, version.title.as_deref().unwrap_or(""), &new.text);
    version.wording = Wording::of(&new.text);
    version.cites.retain(|outlet| mask_any_case(outlet, names));
    new.text_hash = text_hash(version.title.as_deref(), &new.text);
}

/// Whether an outlet's key, which is in lower case, has no part of a name.
fn mask_any_case(outlet: &str, names: &[NameWords]) -> bool {
    let words: Vec<&str> = outlet.split_whitespace().collect();
    !names.iter().any(|name| name.iter().all(|word| words.contains(&word.as_str())))
}

/// What a forgotten report is known by: its address; where that is but a file's path, by its text too.
pub fn report_hashes(salt: &str, identity: &str, url: Option<&str>, text_hash: &str) -> Vec<String> {
    let mut hashes = vec![keyed(salt, &format!("identity\n{identity}"))];
    if url.is_none() {
        hashes.push(keyed(salt, &format!("text\n{text_hash}")));
    }
    hashes
}

/// What a forgotten name is known by: its words, in lower case, with a space between.
pub fn person_hash(salt: &str, words: &str) -> String {
    keyed(salt, &format!("person\n{words}"))
}

/// HMAC-SHA-256 (RFC 2104) in hexadecimal.
fn keyed(key: &str, message: &str) -> String {
    const BLOCK_BYTES: usize = 64;
    let mut padded = [0_u8; BLOCK_BYTES];
    for (to, from) in padded.iter_mut().zip(key.bytes()) {
        *to = from;
    }
    let inner = Sha256::new().chain_update(padded.map(|byte| byte ^ 0x36)).chain_update(message).finalize();
    let outer = Sha256::new().chain_update(padded.map(|byte| byte ^ 0x5c)).chain_update(inner).finalize();
    hexadecimal(&outer)
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keyed_hash_is_that_of_the_standard() {
        // RFC 4231, test case 2.
        assert_eq!(
            keyed("Jefe", "what do ya want for nothing?"),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        );
    }
}
