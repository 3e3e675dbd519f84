//! `watchkeeper audit`, `rejected` and `rebuild`.

use std::io::Write;
use std::process::ExitCode;

use watchkeeper_store::Store;

use crate::args::{Audit, Rebuild, Rejected};
use crate::page::plain;

/// Looks up the words of every fact again; the status is 1 where some are not where they should be.
///
/// # Errors
/// Where the store cannot be read.
pub fn audit(arguments: &Audit) -> anyhow::Result<ExitCode> {
    let (looked_at, failures) = Store::open(&arguments.address.store)?.audit()?;
    let mut out = std::io::stdout().lock();
    for failure in &failures {
        writeln!(out, "version {}, {}: {}", failure.version, failure.fact, plain::one_line(&failure.reason))?;
    }
    writeln!(out, "{looked_at} quotations looked up, {} failures", failures.len())?;
    Ok(if failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Prints what could not be read, a line each.
///
/// # Errors
/// Where the store cannot be read.
pub fn rejected(arguments: &Rejected) -> anyhow::Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    for rejected in Store::open(&arguments.address.store)?.rejected()? {
        let place = if rejected.place.is_empty() { String::new() } else { format!(" {}", rejected.place) };
        let line = format!("{}{place}: {}", rejected.input, rejected.reason);
        writeln!(out, "{}", plain::one_line(&line))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Links every version anew.
///
/// # Errors
/// Where the store cannot be written.
pub fn rebuild(arguments: &Rebuild) -> anyhow::Result<ExitCode> {
    Store::open(&arguments.address.store)?.rebuild()?;
    Ok(ExitCode::SUCCESS)
}
