//! `watchkeeper serve`: the dashboard and the interface for programs.

use std::process::ExitCode;

use crate::args::Serve;
use crate::serve;

/// Serves until the process is told to end.
///
/// # Errors
/// Where the store cannot be opened, the address cannot be listened at, or tokens are needed and there are none.
pub fn run(arguments: &Serve) -> anyhow::Result<ExitCode> {
    serve::run(&serve::Settings {
        store: arguments.address.store.clone(),
        listen: arguments.listen,
        hosts: arguments.hosts.clone(),
        log: arguments.log,
    })?;
    Ok(ExitCode::SUCCESS)
}
