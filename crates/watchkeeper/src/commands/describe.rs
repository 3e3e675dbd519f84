//! `watchkeeper schema`, `completions` and `man`: what the program says of itself.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Context;
use clap::CommandFactory;
use schemars::generate::SchemaSettings;

use crate::args::{Arguments, Completions, Described, Man, Schema};
use crate::wire::reading::WireReading;
use crate::wire::record::WireRecord;

/// Prints a JSON Schema.
///
/// # Errors
/// Where the output cannot be written.
pub fn schema(arguments: &Schema) -> anyhow::Result<ExitCode> {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let schema = match arguments.of {
        Described::Reading => generator.into_root_schema_for::<WireReading>(),
        Described::Record => generator.into_root_schema_for::<WireRecord>(),
    };
    writeln!(std::io::stdout().lock(), "{}", serde_json::to_string_pretty(&schema)?)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints the completions of a shell.
///
/// # Errors
/// Where the output cannot be written.
pub fn completions(arguments: &Completions) -> anyhow::Result<ExitCode> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "watchkeeper", &mut script);
    std::io::stdout().lock().write_all(&script)?;
    Ok(ExitCode::SUCCESS)
}

/// Prints a manual page: the program's, or that of a command.
///
/// # Errors
/// Where there is no such command or the output cannot be written.
pub fn man(arguments: &Man) -> anyhow::Result<ExitCode> {
    let mut program = Arguments::command();
    program.build();
    let described = match &arguments.command {
        None => &program,
        Some(name) => program.find_subcommand(name).with_context(|| {
            let names: Vec<&str> = program.get_subcommands().map(clap::Command::get_name).collect();
            format!("{name}: no such command; one of {}", names.join(", "))
        })?,
    };
    let mut page = Vec::new();
    clap_mangen::Man::new(described.clone()).render(&mut page)?;
    std::io::stdout().lock().write_all(&page)?;
    Ok(ExitCode::SUCCESS)
}
