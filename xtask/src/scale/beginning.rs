//! The first tenth of the stream once more, in a process of its own, which starts with empty memory as the first one did.
//!
//! It is fed at the same time as a tenth at the end, and both on one core, which gives each a few milliseconds in turns: so
//! whatever else the machine does slows both alike. What each takes is its time on that core.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdout, Command, Stdio};

use anyhow::{Context, Result};

use super::feed::Feed;
use super::figures::{Slice, own_status};
use super::{SLICE, Scale, Scratch};

/// The other process.
pub struct Beginning {
    child: Child,
    answers: BufReader<ChildStdout>,
    /// The cores on which this thread may be otherwise.
    cores: String,
    /// Its store, removed in the end.
    _scratch: Scratch,
}

impl Beginning {
    /// Starts the process, waits until it has read the texts, and has it begin, on the core on which this thread is, too, as
    /// long as this lives.
    ///
    /// # Errors
    /// Where it does not start.
    pub fn start(asked: &Scale) -> Result<Self> {
        let (scratch, cores) = (Scratch::new("beginning"), cores()?);
        let mut child = Command::new(std::env::current_exe()?)
            .args(["bench", "scale", "--beginning", "--reports", &asked.reports.to_string()])
            .args(["--store", &scratch.address()])
            .arg(&asked.folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let mut told = child.stdin.take().context("the first tenth once more: is told nothing")?;
        let answers =
            BufReader::new(child.stdout.take().context("the first tenth once more: tells nothing")?);
        let mut beginning = Self { child, answers, cores, _scratch: scratch };
        beginning.answer()?;
        stay_on(first(&beginning.cores))?;
        writeln!(told)?;
        Ok(beginning)
    }

    /// What its first readings took, so many slices of them.
    ///
    /// # Errors
    /// Where it failed.
    pub fn slices(mut self, wanted: usize) -> Result<Vec<Slice>> {
        (0..wanted).map(|_| Ok(serde_json::from_str(&self.answer()?)?)).collect()
    }

    fn answer(&mut self) -> Result<String> {
        let mut answer = String::new();
        self.answers.read_line(&mut answer)?;
        anyhow::ensure!(!answer.is_empty(), "the first tenth once more: failed");
        Ok(answer)
    }
}

impl Drop for Beginning {
    fn drop(&mut self) {
        // It goes on so that the end is never alone on the core; nothing of it is wanted any more.
        drop(self.child.kill());
        drop(self.child.wait());
        drop(stay_on(&self.cores));
    }
}

/// What the other process does: once it is told to begin, it feeds the store and says what each slice took.
///
/// # Errors
/// Where the store cannot be written.
pub fn feed_when_told(mut feed: Feed<'_>) -> Result<()> {
    println!("ready");
    anyhow::ensure!(std::io::stdin().read_line(&mut String::new())? > 0, "nobody says when to begin");
    stay_on(first(&cores()?))?;
    loop {
        println!("{}", serde_json::to_string(&feed.slice(SLICE)?)?);
    }
}

/// On which cores this process may be, as a list.
fn cores() -> Result<String> {
    own_status("Cpus_allowed_list:")
}

fn first(cores: &str) -> &str {
    cores.split([',', '-']).next().unwrap_or(cores)
}

/// Keeps this thread, which must be the first of its process, on some cores.
fn stay_on(cores: &str) -> Result<()> {
    let kept = Command::new("taskset").args(["-cp", cores, &std::process::id().to_string()]).output();
    let kept = kept.context("taskset, of util-linux")?;
    anyhow::ensure!(kept.status.success(), "taskset: {}", String::from_utf8_lossy(&kept.stderr).trim());
    Ok(())
}
