//! Reads reports of attacks and keeps the record of who says what: the program as a library, for its tests and benches.

mod args;
mod changes;
mod commands;
mod export;
pub mod inputs;
pub mod intake;
pub mod knowledge;
mod moment;
pub mod ordered;
mod page;
pub mod pipeline;
mod selection;
mod serve;
pub mod versions;
pub mod views;
pub mod wire;

use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};

/// Does what the command line says. The status is 0 where all went well, 1 where something was rejected or found
/// wrong, 2 for a wrong call or where the work could not be done.
pub fn run() -> ExitCode {
    std::panic::set_hook(Box::new(|panic| {
        let place =
            panic.location().map_or_else(String::new, |at| format!(" at {}:{}", at.file(), at.line()));
        complain(&format!("a fault of the program{place}: please report it with the text that was read"));
    }));
    match done(Arguments::parse().command) {
        Ok(code) => code,
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

fn done(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Read(read) => commands::read::run(&read),
        Command::Explain(explain) => commands::explain::run(&explain),
        Command::Ingest(ingest) => commands::ingest::run(&ingest),
        Command::Record(record) => commands::record::run(&record),
        Command::Show(show) => commands::show::run(&show),
        Command::Timeline(timeline) => commands::timeline::run(&timeline),
        Command::Versions(versions) => commands::versions::run(&versions),
        Command::Export(export) => commands::export::run(&export),
        Command::Search(search) => commands::search::run(&search),
        Command::Diff(diff) => commands::diff::run(&diff),
        Command::Audit(audit) => commands::store::audit(&audit),
        Command::Rejected(rejected) => commands::store::rejected(&rejected),
        Command::Rebuild(rebuild) => commands::store::rebuild(&rebuild),
        Command::Accept(accept) => commands::decide::accept(accept),
        Command::Reject(reject) => commands::decide::reject(reject),
        Command::Override(value) => commands::decide::override_value(value),
        Command::Merge(merge) => commands::decide::merge(merge),
        Command::Split(split) => commands::decide::split(split),
        Command::Rate(rate) => commands::decide::rate(rate),
        Command::Note(note) => commands::decide::note(note),
        Command::Unmask(unmask) => commands::decide::unmask(unmask),
        Command::Undo(undo) => commands::decide::undo(undo),
        Command::Decisions(decisions) => commands::decisions::run(&decisions),
        Command::Forget(forget) => commands::forget::run(forget),
        Command::Places(places) => commands::places::run(&places),
        Command::When(when) => commands::when::run(&when),
        Command::Who(who) => commands::who::run(&who),
        Command::Schema(schema) => commands::describe::schema(&schema),
        Command::Completions(shell) => commands::describe::completions(&shell),
        Command::Serve(serve) => commands::serve::run(&serve),
        Command::Backup(backup) => commands::backup::back_up(&backup),
        Command::Restore(backup) => commands::backup::restore(&backup),
        Command::Token(token) => commands::token::run(&token),
        Command::Man(man) => commands::describe::man(&man),
    }
}

/// One line on standard error, whatever the message holds: names of files and words of reports are from outside.
fn complain(message: &str) {
    eprintln!("watchkeeper: {}", page::plain::one_line(message));
}

/// Whoever read our output has seen enough.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}
