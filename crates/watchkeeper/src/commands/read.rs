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
        Format::Json | Format::Text => {
            Ok(one_line(&serde_json::to_string(&WireReading::from(reading))?) + "\n")
        }
    }
}

/// Line separators other than the line feed stay in JSON strings as escapes: many readers of lines part at them.
fn one_line(json: &str) -> String {
    json.replace('\u{85}', "\\u0085").replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn a_reading_is_one_line_to_every_reader_of_lines() {
        let json = serde_json::to_string("a\u{2028}b\u{85}c\u{2029}").expect("a string is JSON");
        let line = one_line(&json);
        assert_eq!(line, r#""a\u2028b\u0085c\u2029""#);
        assert_eq!(serde_json::from_str::<String>(&line).expect("still JSON"), "a\u{2028}b\u{85}c\u{2029}");
    }
}
