//! `watchkeeper backup` and `watchkeeper restore`.

use std::ffi::OsString;
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use watchkeeper_store::Store;

use crate::args::Backup;

/// Writes all that the store holds into a file, which appears only once it is whole.
///
/// # Errors
/// Where the store cannot be read or the file cannot be written.
pub fn back_up(arguments: &Backup) -> anyhow::Result<ExitCode> {
    let mut store = Store::open(&arguments.address.store)?;
    let named = || arguments.file.display().to_string();
    let mut partial: OsString = arguments.file.clone().into();
    partial.push(".partial");
    let partial = PathBuf::from(partial);
    let file = File::create(&partial).with_context(|| format!("{}: cannot be written", named()))?;
    let mut out = BufWriter::new(file);
    let versions = store.back_up(&mut out)?;
    let file = out.into_inner().map_err(std::io::IntoInnerError::into_error);
    file.and_then(|file| file.sync_all())
        .and_then(|()| std::fs::rename(&partial, &arguments.file))
        .with_context(|| format!("{}: cannot be written", named()))?;
    eprintln!("{versions} versions backed up");
    Ok(ExitCode::SUCCESS)
}

/// Fills an empty store from a backup.
///
/// # Errors
/// Where the file cannot be read or is damaged, or the store is not empty.
pub fn restore(arguments: &Backup) -> anyhow::Result<ExitCode> {
    let file = File::open(&arguments.file)
        .with_context(|| format!("{}: cannot be opened; check the name", arguments.file.display()))?;
    let mut store = Store::open(&arguments.address.store)?;
    let versions = store.restore(&mut BufReader::new(file))?;
    eprintln!("{versions} versions restored");
    Ok(ExitCode::SUCCESS)
}
