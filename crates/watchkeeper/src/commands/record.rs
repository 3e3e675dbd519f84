//! `watchkeeper record`: the record of a moment.

use std::io::Write;
use std::process::ExitCode;

use anyhow::Context;
use jiff::Timestamp;
use watchkeeper_core::reading::{Country, IncidentType};
use watchkeeper_core::resolve::status::Status;
use watchkeeper_store::{Filter, Store};

use crate::args::{Format, Record};
use crate::wire::record::WireRecord;
use crate::{knowledge, moment, page, wire};

/// Prints the record.
///
/// # Errors
/// Where a flag is wrong or the store cannot be read.
pub fn run(arguments: &Record) -> anyhow::Result<ExitCode> {
    let now = Timestamp::now();
    let as_of =
        arguments.as_of.as_deref().map(|text| moment::parse("--as-of", text)).transpose()?.unwrap_or(now);
    let recorded_by =
        arguments.recorded_by.as_deref().map(|text| moment::parse("--recorded-by", text)).transpose()?;
    let filter = filter(arguments)?;
    let record = Store::open(&arguments.address.store)?.record(as_of, recorded_by, &filter)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match arguments.format {
        Format::Json => {
            let record = WireRecord::new(&record, recorded_by.unwrap_or(now));
            out.write_all(wire::line(&record)?.as_bytes())?;
        }
        Format::Text => out.write_all(
            page::record::render(&record, &knowledge::places()?, page::Look::of_stdout()).as_bytes(),
        )?,
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn filter(arguments: &Record) -> anyhow::Result<Filter> {
    let country = arguments.country.as_deref().map(|code| {
        Country::parse(code)
            .with_context(|| format!("--country {code}: not a country; write two letters, as KE"))
    });
    let kind = arguments.kind.as_deref().map(|word| {
        IncidentType::parse(word)
            .with_context(|| format!("--type {word}: no such type; one of {}", words(IncidentType::ALL)))
    });
    let status = arguments.status.as_deref().map(|word| {
        Status::parse(word)
            .with_context(|| format!("--status {word}: no such status; one of {}", words(Status::ALL)))
    });
    Ok(Filter {
        country: country.transpose()?,
        from: arguments.from.as_deref().map(|text| moment::day("--from", text)).transpose()?,
        to: arguments.to.as_deref().map(|text| moment::day("--to", text)).transpose()?,
        kind: kind.transpose()?,
        actor: arguments.actor.clone(),
        status: status.transpose()?,
    })
}

fn words(all: &[impl ToString]) -> String {
    all.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}
