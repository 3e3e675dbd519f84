//! What is measured, and how it is printed.

use std::fmt;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A stretch of the stream.
#[derive(Default, Serialize, Deserialize)]
pub struct Slice {
    /// How many readings the store held after it.
    pub end: usize,
    /// How many it took in.
    pub count: usize,
    /// What that took.
    pub spent: Duration,
    /// How much of it the processor worked, which says more where others use the machine.
    pub worked: Duration,
    /// What the slowest batch took.
    pub slowest: Duration,
    /// How much a fixed piece of work between the batches took in all.
    pub gauge: Duration,
}

impl Slice {
    fn rate(&self) -> f64 {
        self.count as f64 / self.spent.as_secs_f64()
    }

    /// The processor time of a batch, the time of the fixed piece of work being 1.
    fn work(&self) -> f64 {
        self.worked.as_secs_f64() / self.gauge.as_secs_f64()
    }
}

impl fmt::Display for Slice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let slowest = self.slowest.as_millis();
        let per_second_of_work = self.count as f64 / self.worked.as_secs_f64();
        write!(
            f,
            "{:>8} {:>7.0} readings/s, {per_second_of_work:.0} per second of processor time, {:.1} times the fixed work, \
             slowest batch {slowest} ms",
            self.end,
            self.rate(),
            self.work(),
        )
    }
}

/// By the clock, the rates of a stretch at the beginning of the stream and of one at its end, measured so as `how` says.
pub fn print_rates(how: &str, beginning: &[Slice], end: &[Slice]) {
    print_by(how, "readings/s", |slice| slice.spent, beginning, end);
}

/// By the time that the processor worked, the same, and against the fixed work.
pub fn print_work(how: &str, beginning: &[Slice], end: &[Slice]) {
    print_by(how, "readings per second of processor time", |slice| slice.worked, beginning, end);
    let work = |slices: &[Slice]| slices.iter().map(Slice::work).sum::<f64>() / slices.len() as f64;
    let (first, last) = (work(beginning), work(end));
    println!(
        "{how}: a batch takes {first:.1} times the fixed work in the first tenth, {last:.1} in the last, ratio of rates {:.2}",
        first / last
    );
}

fn print_by(how: &str, unit: &str, time: fn(&Slice) -> Duration, beginning: &[Slice], end: &[Slice]) {
    let rate = |slices: &[Slice]| {
        let count: usize = slices.iter().map(|slice| slice.count).sum();
        count as f64 / slices.iter().map(time).sum::<Duration>().as_secs_f64()
    };
    let (first, last) = (rate(beginning), rate(end));
    println!("{how}: first tenth {first:.0} {unit}, last {last:.0}, ratio {:.2}", last / first);
}

/// The power of the number with which the whole time grows.
pub fn print_growth(slices: &[Slice]) {
    let mut total = Duration::ZERO;
    let points: Vec<(f64, f64)> = slices
        .iter()
        .map(|slice| {
            total += slice.spent;
            ((slice.end as f64).ln(), total.as_secs_f64().ln())
        })
        .collect();
    println!("whole time grows as n^{:.3}", slope(&points));
}

/// The slope of the least-squares line.
fn slope(points: &[(f64, f64)]) -> f64 {
    let count = points.len() as f64;
    let (mean_x, mean_y) =
        (points.iter().map(|p| p.0).sum::<f64>() / count, points.iter().map(|p| p.1).sum::<f64>() / count);
    let covariance: f64 = points.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    covariance / points.iter().map(|(x, _)| (x - mean_x).powi(2)).sum::<f64>()
}

/// How long this thread has worked on a processor so far.
///
/// # Errors
/// Where the system does not tell.
pub fn worked() -> Result<Duration> {
    let path = "/proc/thread-self/stat";
    let line = std::fs::read_to_string(path).with_context(|| format!("{path}: cannot be read"))?;
    // The name in parentheses may hold spaces; user and system time are the twelfth and thirteenth field after it.
    let fields = line.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: Vec<u64> = fields.skip(11).take(2).filter_map(|field| field.parse().ok()).collect();
    anyhow::ensure!(ticks.len() == 2, "{path}: tells no time");
    Ok(Duration::from_millis(ticks.iter().sum::<u64>() * TICK_MILLISECONDS))
}

/// Linux tells the times of processes in hundredths of a second, whatever the clock of its scheduler.
const TICK_MILLISECONDS: u64 = 10;

/// The most memory that this process has held so far.
///
/// # Errors
/// Where the system does not tell.
pub fn peak_megabytes() -> Result<u64> {
    let peak = own_status("VmHWM:")?;
    let kilobytes: u64 =
        peak.split(' ').next().unwrap_or_default().parse().context("the peak is no number")?;
    Ok(kilobytes / 1024)
}

/// What the system says of this process under a name.
///
/// # Errors
/// Where it does not tell.
pub fn own_status(name: &str) -> Result<String> {
    let path = "/proc/self/status";
    let status = std::fs::read_to_string(path).with_context(|| format!("{path}: cannot be read"))?;
    let said = status.lines().find_map(|line| line.strip_prefix(name));
    said.map(|said| said.trim().to_owned()).with_context(|| format!("{path}: tells no {name}"))
}

/// In which countries the record is asked for.
const COUNTRIES: [&str; 8] = ["US", "SV", "CO", "PE", "GB", "IN", "IL", "FR"];

/// Asks the program for the record of a country and a week, many times over, each time another.
///
/// # Errors
/// Where the program fails.
pub fn print_questions(program: &Path, address: &str, weeks: &[Date]) -> Result<()> {
    let (mut times, mut bytes, mut empty) = (Vec::new(), 0, 0);
    for (number, &week) in weeks.iter().enumerate() {
        let country = COUNTRIES[number % COUNTRIES.len()];
        let (from, to) = (week.to_string(), week.checked_add(6.days())?.to_string());
        let started = Instant::now();
        let output = Command::new(program)
            .args(["record", "--format", "json", "--store", address])
            .args(["--country", country, "--from", &from, "--to", &to])
            .output()?;
        times.push(started.elapsed());
        anyhow::ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        bytes += output.stdout.len();
        empty += usize::from(output.stdout.windows(15).any(|part| part == b"\"incidents\":[],"));
    }
    times.sort();
    let milliseconds = |at: usize| times[at].as_secs_f64() * 1000.0;
    println!(
        "record of one country and week, {} runs of the program: median {:.0} ms, 95th centile {:.0} ms, slowest {:.0} ms; \
         {} kB on average, {empty} empty",
        times.len(),
        milliseconds(times.len() / 2),
        milliseconds(times.len() * 95 / 100),
        milliseconds(times.len() - 1),
        bytes / times.len() / 1000
    );
    Ok(())
}
