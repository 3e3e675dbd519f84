//! Hashes: what tells versions and texts apart, and shows that an archived text is still what was recorded.

use sha2::{Digest, Sha256};

/// SHA-256 of parts, each with its length in front, in hexadecimal.
pub fn digest(parts: &[&str]) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The hash of a title and a text.
pub fn text_hash(title: Option<&str>, text: &str) -> String {
    digest(&[title.unwrap_or(""), text])
}
