//! The inputs that a call names: looked at before anything is read, then taken apart into reports, one after another.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use watchkeeper_core::clean::Boilerplate;
use watchkeeper_core::document::Capture;
use watchkeeper_ingest::{Defaults, Rejection, captures};

use crate::ordered::Give;

/// A report as its input gave it.
pub struct Arrival {
    /// The input, as the caller named it.
    pub input: Arc<Path>,
    /// Which report of that input, counted from 1.
    pub number: usize,
    /// The report, or why there is none.
    pub capture: Result<Capture, Rejection>,
}

/// What standard input is called on the command line.
pub const STANDARD_INPUT: &str = "-";

/// How an input is named to people.
pub fn name(input: &Path) -> String {
    if input == Path::new(STANDARD_INPUT) { "standard input".to_owned() } else { input.display().to_string() }
}

/// Says what is wrong with an input that a call names, as far as that shows before it is read.
///
/// # Errors
/// Where nothing is there.
pub fn check(input: &Path) -> anyhow::Result<()> {
    if input == Path::new(STANDARD_INPUT) {
        return Ok(());
    }
    match std::fs::metadata(input) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            anyhow::bail!("{}: no such file; check the name", input.display())
        }
        Err(error) => anyhow::bail!("{}: cannot be opened: {error}", input.display()),
    }
}

/// Gives every report of every input, in order, until nobody wants any more. What cannot be read is given as well.
pub fn give_all(
    inputs: &[PathBuf],
    defaults: &Defaults,
    boilerplate: &Boilerplate,
    give: &mut Give<'_, Arrival>,
) {
    for input in inputs {
        let named: Arc<Path> = Arc::from(input.as_path());
        for (index, capture) in captures(open(input), defaults, boilerplate).enumerate() {
            let arrival = Arrival { input: Arc::clone(&named), number: index + 1, capture };
            if give(arrival).is_break() {
                return;
            }
        }
    }
}

fn open(input: &Path) -> Box<dyn Read> {
    if input == Path::new(STANDARD_INPUT) {
        return Box::new(io::stdin());
    }
    match File::open(input) {
        Ok(file) => Box::new(file),
        Err(error) => Box::new(Unopened(error.kind())),
    }
}

/// A file that could not be opened: reading it tells why.
struct Unopened(io::ErrorKind);

impl Read for Unopened {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(self.0.into())
    }
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;

    use super::*;

    #[test]
    fn a_file_that_cannot_be_opened_is_given_with_its_reason() {
        let mut given = Vec::new();
        let mut give = |arrival: Arrival| {
            given.push(arrival.capture.map_err(|rejection| rejection.to_string()));
            ControlFlow::Continue(())
        };
        let none = PathBuf::from("/no/such/file");
        give_all(&[none], &Defaults::default(), &Boilerplate::default(), &mut give);
        assert_eq!(given, [Err("reading failed: entity not found".to_owned())]);
    }
}
