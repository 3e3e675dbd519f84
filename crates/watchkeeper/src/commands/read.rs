//! `watchkeeper read`: reports in, readings out, in order.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use watchkeeper_ingest::{Defaults, Rejection};

use crate::args::{Format, Read};
use crate::inputs::{self, Arrival};
use crate::page::{self, Look};
use crate::pipeline::{self, Pipeline};
use crate::wire::reading::WireReading;
use crate::{complain, knowledge, ordered, wire};

/// What the flags come to, checked.
struct Settings {
    inputs: Vec<PathBuf>,
    defaults: Defaults,
    output: Output,
}

/// What is printed of a reading.
#[derive(Clone, Copy)]
enum Output {
    Page(Look),
    Json,
}

impl Settings {
    fn new(arguments: &Read) -> anyhow::Result<Self> {
        for input in &arguments.files {
            inputs::check(input)?;
            if input.is_dir() {
                anyhow::bail!(
                    "{}: is a folder; name the files in it, or take it in with watchkeeper ingest",
                    input.display()
                );
            }
        }
        if arguments.marked && arguments.format == Format::Json {
            anyhow::bail!("--marked: marks the words on the page for people; leave out --format json");
        }
        let output = match arguments.format {
            Format::Json => Output::Json,
            Format::Text => Output::Page(Look { marked: arguments.marked, ..Look::of_stdout() }),
        };
        let defaults = Defaults {
            published: arguments.published,
            source: arguments.source.clone(),
            url: arguments.url.clone(),
        };
        Ok(Self { inputs: arguments.files.clone(), defaults, output })
    }
}

/// A report, done.
struct Done {
    /// What is printed.
    text: anyhow::Result<String>,
    /// Why it could not be read, where it could not.
    complaint: Option<String>,
}

/// Reads and prints; the status is 1 where something could not be read.
///
/// # Errors
/// Where the call is wrong or the output cannot be written.
pub fn run(arguments: &Read) -> anyhow::Result<ExitCode> {
    let Settings { inputs, defaults, output } = Settings::new(arguments)?;
    if inputs.iter().any(|input| input == Path::new(inputs::STANDARD_INPUT)) && std::io::stdin().is_terminal()
    {
        eprintln!("Type or paste a report and end it with Ctrl-D.");
    }
    let own = knowledge::Own { frames: arguments.frames.as_deref(), actors: arguments.actors.as_deref() };
    let pipeline = Arc::new(Pipeline::new(knowledge::load(own)?)?);
    let reader = Arc::clone(&pipeline);
    let mut out = std::io::stdout().lock();
    let (mut rejected, mut printed) = (0_usize, 0_usize);
    ordered::map(
        pipeline::threads(arguments.threads),
        move |give| inputs::give_all(&inputs, &defaults, pipeline.boilerplate(), give),
        move |arrival| read(arrival, &reader, output),
        |done| {
            if let Some(complaint) = done.complaint {
                complain(&complaint);
                rejected += 1;
            }
            if let (Output::Page(look), true) = (output, printed > 0) {
                out.write_all(page::rule(look).as_bytes())?;
            }
            printed += 1;
            out.write_all(done.text?.as_bytes())?;
            // Every reading goes out at once, so that whoever reads a slow stream never waits for the next report.
            Ok(out.flush()?)
        },
    )?;
    Ok(if rejected == 0 { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn read(arrival: Arrival, pipeline: &Pipeline, output: Output) -> Done {
    let mut reason = arrival.capture.as_ref().err().map(ToString::to_string);
    let began = Instant::now();
    let reading = pipeline.read(arrival.capture.unwrap_or_else(Rejection::into_capture));
    if reason.is_none() {
        reason = pipeline::failure(&reading).map(str::to_owned);
    }
    let complaint = reason.map(|reason| format!("{}: {reason}", inputs::name(&arrival.input)));
    let text = match output {
        Output::Json => wire::line(&WireReading::from(&reading)),
        Output::Page(look) => Ok(page::render(&reading, pipeline.places(), began.elapsed(), look)),
    };
    Done { text, complaint }
}
