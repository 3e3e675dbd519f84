//! Bytes that are mostly feeds, WARC files and tables; what looks like none is read as the inside of an entry.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    watchkeeper_fuzz::ingest(bytes);
    watchkeeper_fuzz::ingest_entry(bytes);
});
