//! How texts and facts are made small.

use crate::error::StoreError;

/// LZ4 never makes more than this many bytes of one.
const LZ4_MOST: usize = 255;

/// Compresses (LZ4, with the length in front).
pub fn compress(bytes: &[u8]) -> Vec<u8> {
    lz4_flex::compress_prepend_size(bytes)
}

/// Undoes [`compress`].
///
/// # Errors
/// Where the bytes were changed.
pub fn decompress(bytes: &[u8]) -> Result<Vec<u8>, StoreError> {
    // The length in front may be what was changed: it must not make us ask for gigabytes.
    let length = bytes.first_chunk::<4>().map_or(0, |length| u32::from_le_bytes(*length) as usize);
    if length > bytes.len().saturating_mul(LZ4_MOST) {
        return Err(StoreError::corrupt("compressed bytes tell of more than they can hold"));
    }
    lz4_flex::decompress_size_prepended(bytes).map_err(|error| StoreError::corrupt(error.to_string()))
}
