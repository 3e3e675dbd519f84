//! `watchkeeper forget`: a report, or a person's name, goes; a tombstone stays.

use std::io::Write;
use std::process::ExitCode;

use jiff::Timestamp;
use watchkeeper_store::{Forgetting, Store};

use super::decide::author;
use crate::args::Forget;
use crate::page::words;

/// Removes a report or masks a name.
///
/// # Errors
/// Where there is no such report, or the store cannot be written.
pub fn run(arguments: Forget) -> anyhow::Result<ExitCode> {
    let Forget { report, person, reason, author: named, address } = arguments;
    let by = Forgetting { author: author(named)?, recorded: Timestamp::now(), reason };
    let mut store = Store::open(&address.store)?;
    let mut out = std::io::stdout().lock();
    if let Some(report) = report {
        let stone = store.forget_report(&report, &by)?;
        writeln!(out, "{}: {} gone", stone.kind.phrase(), words::counted(stone.versions, "version"))?;
    }
    if let Some(person) = person {
        let stone = store.forget_person(&person, &by)?;
        writeln!(out, "{}: {} changed", stone.kind.phrase(), words::counted(stone.versions, "version"))?;
    }
    Ok(ExitCode::SUCCESS)
}
