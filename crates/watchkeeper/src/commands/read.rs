//! `watchkeeper read`: reports in, readings out, in order.

use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;

use crate::args::{Format, Read as Arguments};
use crate::knowledge;
use crate::pipeline::Pipeline;
use crate::wire::reading::WireReading;

/// Reads and prints.
///
/// # Errors
/// Where a file cannot be opened or the output cannot be written.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let pipeline = Pipeline::new(knowledge::load()?, arguments.threads)?;
    let defaults = watchkeeper_ingest::Defaults {
        published: arguments.published,
        source: arguments.source.clone(),
        url: arguments.url.clone(),
    };
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for file in &arguments.files {
        let boilerplate = &pipeline.knowledge().boilerplate;
        let captures = watchkeeper_ingest::captures(open(file)?, &defaults, boilerplate)
            .map(|outcome| outcome.unwrap_or_else(watchkeeper_ingest::Rejection::into_capture));
        pipeline.run(
            captures,
            |reading| line(&reading, arguments.format),
            |line| Ok(out.write_all(line?.as_bytes())?),
        )?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn open(file: &Path) -> anyhow::Result<Box<dyn Read>> {
    if file == Path::new("-") {
        return Ok(Box::new(std::io::stdin().lock()));
    }
    let opened = std::fs::File::open(file).with_context(|| file.display().to_string())?;
    Ok(Box::new(opened))
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
