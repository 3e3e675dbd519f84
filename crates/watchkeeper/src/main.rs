//! Reads reports of attacks and keeps the record of who says what.

use std::process::ExitCode;

fn main() -> ExitCode {
    watchkeeper::run()
}
