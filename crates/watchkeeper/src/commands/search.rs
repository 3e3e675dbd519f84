//! `watchkeeper search`: reports and incidents by words.

use std::io::Write;
use std::process::ExitCode;

use watchkeeper_store::{Store, Terms};

use crate::args::{Format, Search};
use crate::selection::When;
use crate::views::search::find;
use crate::wire::search::WireSearch;
use crate::{knowledge, page, wire};

/// Prints what is found; the status is 1 where nothing is.
///
/// # Errors
/// Where a flag is wrong or the store cannot be read.
pub fn run(arguments: &Search) -> anyhow::Result<ExitCode> {
    let When { as_of, recorded_by, now } = When::of(&arguments.moments)?;
    let query = arguments.words.join(" ");
    let terms = Terms::of(&query);
    anyhow::ensure!(!terms.is_empty(), "{query}: holds no word to look for");
    let search = watchkeeper_store::Search { terms, as_of, recorded_by, before: None };
    let found = find(&mut Store::open(&arguments.address.store)?, &search, arguments.limit)?;
    let text = match arguments.format {
        Format::Json => wire::line(&WireSearch::new(&query, &found, as_of, recorded_by.unwrap_or(now)))?,
        Format::Text => page::search::render(&query, &found, &knowledge::places()?, page::Look::of_stdout()),
    };
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
