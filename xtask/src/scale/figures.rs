//! What is measured, and how it is printed.

use std::fmt;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use jiff::ToSpan;
use jiff::civil::Date;

/// A stretch of the stream.
pub struct Slice {
    /// How many readings the store held after it.
    pub end: usize,
    /// How many it took in.
    pub count: usize,
    /// What that took.
    pub spent: Duration,
    /// What the slowest batch took.
    pub slowest: Duration,
}

impl Slice {
    fn rate(&self) -> f64 {
        self.count as f64 / self.spent.as_secs_f64()
    }
}

impl fmt::Display for Slice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let slowest = self.slowest.as_millis();
        write!(f, "{:>8} {:>7.0} readings/s, slowest batch {slowest} ms", self.end, self.rate())
    }
}

/// The rate at the beginning and the end, and the power of the number with which the whole time grows.
pub fn print_growth(slices: &[Slice]) {
    let tenth = slices.len().div_ceil(10);
    let rate = |slices: &[Slice]| {
        let count: usize = slices.iter().map(|slice| slice.count).sum();
        count as f64 / slices.iter().map(|slice| slice.spent).sum::<Duration>().as_secs_f64()
    };
    let (first, last) = (rate(&slices[..tenth]), rate(&slices[slices.len() - tenth..]));
    println!(
        "first tenth {first:.0} readings/s, last tenth {last:.0}, ratio {:.2}; all {:.0}",
        last / first,
        rate(slices)
    );
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

/// The most memory that this process has held so far.
///
/// # Errors
/// Where the system does not tell.
pub fn peak_megabytes() -> Result<u64> {
    let status = std::fs::read_to_string("/proc/self/status").context("/proc/self/status: cannot be read")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: u64 = line
        .and_then(|line| line.trim().split(' ').next()?.parse().ok())
        .context("/proc/self/status: tells no peak")?;
    Ok(kilobytes / 1024)
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
