//! `watchkeeper diff`: what changed between the records of two moments, and which report changed it.

use std::io::Write;
use std::process::ExitCode;

use watchkeeper_store::Store;

use crate::args::{Diff, Format};
use crate::views::diff;
use crate::wire::views::WireDiff;
use crate::{knowledge, moment, page, wire};

/// Prints what changed.
///
/// # Errors
/// Where a flag is wrong or the store cannot be read.
pub fn run(arguments: &Diff) -> anyhow::Result<ExitCode> {
    let (from, to) = (moment::parse("--from", &arguments.from)?, moment::parse("--to", &arguments.to)?);
    let mut store = Store::open(&arguments.address.store)?;
    let changes = diff::between(&mut store, from, to, &knowledge::places()?)?;
    let text = match arguments.format {
        Format::Json => wire::line(&WireDiff::new(from, to, changes))?,
        Format::Text => page::diff::render(from, to, &changes, page::Look::of_stdout()),
    };
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
