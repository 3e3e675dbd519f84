//! `watchkeeper show`: one incident with all that hangs on it.

use std::io::Write;
use std::process::ExitCode;

use watchkeeper_store::Store;

use crate::args::{Format, Show};
use crate::selection::When;
use crate::views::dossier;
use crate::wire::dossier::WireDossier;
use crate::{knowledge, page, wire};

/// Prints an incident.
///
/// # Errors
/// Where there is none of that id, or the store cannot be read.
pub fn run(arguments: &Show) -> anyhow::Result<ExitCode> {
    let when = When::of(&arguments.moments)?;
    let places = knowledge::places()?;
    let dossier = dossier::open(&mut Store::open(&arguments.address.store)?, &arguments.incident, when)?;
    let text = match arguments.format {
        Format::Json => {
            let recorded_by = when.recorded_by.unwrap_or(when.now);
            wire::line(&WireDossier::new(&dossier, when.as_of, recorded_by, &places))?
        }
        Format::Text => {
            page::dossier::render(&dossier, when, arguments.why, &places, page::Look::of_stdout())
        }
    };
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
