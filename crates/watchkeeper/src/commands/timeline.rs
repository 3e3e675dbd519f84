//! `watchkeeper timeline`: what happened, was said and changed when.

use std::io::Write;
use std::process::ExitCode;

use watchkeeper_store::Store;

use crate::args::{Format, Timeline};
use crate::selection::{self, When};
use crate::views::timeline::entries;
use crate::wire::views::WireTimeline;
use crate::{knowledge, page, wire};

/// Prints the entries, a line each.
///
/// # Errors
/// Where a flag is wrong or the store cannot be read.
pub fn run(arguments: &Timeline) -> anyhow::Result<ExitCode> {
    let When { as_of, recorded_by, now } = When::of(&arguments.moments)?;
    let places = knowledge::places()?;
    let filter = selection::filter(&arguments.filters)?;
    let record = Store::open(&arguments.address.store)?.record(as_of, recorded_by, &filter)?;
    let entries = entries(&record, &places);
    let text = match arguments.format {
        Format::Json => wire::line(&WireTimeline::new(&entries, as_of, recorded_by.unwrap_or(now)))?,
        Format::Text => page::timeline::render(&entries, page::Look::of_stdout()),
    };
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
