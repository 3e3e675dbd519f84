//! `watchkeeper read`: reports in, readings out, in order.

use std::io::{Read as _, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;

use crate::args::{Format, Read};
use crate::knowledge;
use crate::pipeline::Pipeline;
use crate::wire::reading::WireReading;

/// Reads and prints.
///
/// # Errors
/// Where a file cannot be opened or the output cannot be written.
pub fn run(arguments: &Read) -> anyhow::Result<ExitCode> {
    let pipeline = Pipeline::new(knowledge::load()?, arguments.threads)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for file in &arguments.files {
        let captures = watchkeeper_ingest::captures(&bytes(file)?);
        pipeline.run(
            captures.into_iter(),
            |reading| line(&reading, arguments.format),
            |line| Ok(out.write_all(line?.as_bytes())?),
        )?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn bytes(file: &Path) -> anyhow::Result<Vec<u8>> {
    if file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).context("standard input")?;
        return Ok(bytes);
    }
    std::fs::read(file).with_context(|| file.display().to_string())
}

fn line(reading: &watchkeeper_core::reading::Reading, format: Format) -> anyhow::Result<String> {
    match format {
        Format::Json | Format::Text => Ok(serde_json::to_string(&WireReading::from(reading))? + "\n"),
    }
}
