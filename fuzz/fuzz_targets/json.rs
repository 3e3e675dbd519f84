//! Bytes that are mostly JSON.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| watchkeeper_fuzz::ingest(bytes));
