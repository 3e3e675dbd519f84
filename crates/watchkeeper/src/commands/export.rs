//! `watchkeeper export`: incidents for other programs.

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;

use watchkeeper_core::resolve::persons::Withheld;
use watchkeeper_core::resolve::record::RecordIncident;
use watchkeeper_store::Store;

use crate::args::{Export, ExportFormat};
use crate::selection::{self, When};
use crate::wire::record::WireIncident;
use crate::{export, knowledge, wire};

/// Writes the incidents to standard output.
///
/// # Errors
/// Where a flag is wrong or the store cannot be read.
pub fn run(arguments: &Export) -> anyhow::Result<ExitCode> {
    let When { as_of, recorded_by, .. } = When::of(&arguments.moments)?;
    let places = knowledge::places()?;
    let filter = selection::filter(&arguments.filters)?;
    let mut store = Store::open(&arguments.address.store)?;
    let record = store.record(as_of, recorded_by, &filter)?;
    let mut incidents: Vec<RecordIncident> = record.incidents.into_iter().map(Arc::unwrap_or_clone).collect();
    let withheld = Withheld::of(&incidents, &store.standing(recorded_by)?.unmasked());
    incidents.iter_mut().for_each(|incident| withheld.incident(incident));
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match arguments.format {
        ExportFormat::Csv => out.write_all(&export::table(&incidents, &places)?)?,
        ExportFormat::Geojson => {
            out.write_all(wire::line(&export::features(&incidents, &places))?.as_bytes())?;
        }
        ExportFormat::Jsonl => {
            for incident in &incidents {
                out.write_all(wire::line(&WireIncident::from(incident))?.as_bytes())?;
            }
        }
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
