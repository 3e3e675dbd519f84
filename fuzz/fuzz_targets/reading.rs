//! Texts and pages through the whole reading: what every fact stands on must lie in the text.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| watchkeeper_fuzz::read(bytes));
