//! Reads reports of attacks and keeps the record of who says what.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Linking makes and drops millions of small pieces of memory of all ages: an allocator that keeps those of one size together
/// stays as fast at the end of a long ingest as at its beginning.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    watchkeeper::run()
}
