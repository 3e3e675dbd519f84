//! Plain texts, both through the telling of formats and straight into cleaning.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    watchkeeper_fuzz::ingest(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        watchkeeper_fuzz::clean_text(text);
    }
});
