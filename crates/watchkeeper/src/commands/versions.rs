//! `watchkeeper versions`: what a report said when, and what each edit changed.

use std::io::Write;
use std::process::ExitCode;

use anyhow::{Context, bail};
use watchkeeper_store::{Store, StoredReport};

use crate::args::{Format, Versions};
use crate::views::compare::{Comparison, compare};
use crate::wire::views::WireVersions;
use crate::{page, wire};

/// Prints the versions of a report.
///
/// # Errors
/// Where there is no such report, or the store cannot be read.
pub fn run(arguments: &Versions) -> anyhow::Result<ExitCode> {
    let mut store = Store::open(&arguments.address.store)?;
    let name = &arguments.report;
    let address = match store.addresses_named(name)?.as_slice() {
        [one] => one.clone(),
        [] => bail!("{name}: the archive holds no report at this address or of this id"),
        several => bail!("{name}: several reports have ids that begin so: {}", several.join(", ")),
    };
    let versions = store.reports_at(&address)?;
    let comparisons = comparisons(&mut store, &versions)?;
    let text = match arguments.format {
        Format::Json => wire::line(&WireVersions::new(&versions, &comparisons))?,
        Format::Text => page::compare::render(&versions, &comparisons, page::Look::of_stdout()),
    };
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// What each version changed of the one before.
fn comparisons(store: &mut Store, versions: &[StoredReport]) -> anyhow::Result<Vec<Comparison>> {
    let mut whole = Vec::new();
    for version in versions {
        let (_, text, read) =
            store.report(&version.id)?.context("a version is gone: run the command again")?;
        whole.push((text, read.facts));
    }
    let pairs = whole.windows(2);
    Ok(pairs.map(|pair| compare((&pair[0].0, &pair[0].1), (&pair[1].0, &pair[1].1))).collect())
}
