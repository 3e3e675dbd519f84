//! `watchkeeper record`: the record of a moment.

use std::io::Write;
use std::process::ExitCode;

use watchkeeper_store::Store;

use crate::args::{Format, Record};
use crate::selection::{self, When};
use crate::wire::record::WireRecord;
use crate::{knowledge, page, wire};

/// Prints the record.
///
/// # Errors
/// Where a flag is wrong or the store cannot be read.
pub fn run(arguments: &Record) -> anyhow::Result<ExitCode> {
    let When { as_of, recorded_by, now } = When::of(&arguments.moments)?;
    let filter = selection::filter(&arguments.filters)?;
    let record = Store::open(&arguments.address.store)?.record(as_of, recorded_by, &filter)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match arguments.format {
        Format::Json => {
            let record = WireRecord::new(&record, recorded_by.unwrap_or(now));
            out.write_all(wire::line(&record)?.as_bytes())?;
        }
        Format::Text => {
            let places = knowledge::places()?;
            out.write_all(page::record::render(&record, &places, page::Look::of_stdout()).as_bytes())?
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
