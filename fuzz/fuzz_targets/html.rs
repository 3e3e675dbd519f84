//! Bytes that are mostly web pages.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| watchkeeper_fuzz::ingest(bytes));
