//! Developer commands: builds of knowledge, evaluation, api description.

mod features;
mod gazetteer;

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};

const USAGE: &str = "usage: cargo xtask build gazetteer [FOLDER WITH THE TARBALLS]
       cargo xtask features toponyms [WEIGHTS] < REPORTS";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["build", "gazetteer"] => gazetteer::build(None),
        ["build", "gazetteer", folder] => gazetteer::build(Some(folder.as_ref())),
        ["features", "toponyms"] => features::toponyms(None),
        ["features", "toponyms", weights] => features::toponyms(Some(weights.as_ref())),
        _ => bail!(USAGE),
    }
}

fn workspace_root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map(Path::to_owned).unwrap_or_default()
}
