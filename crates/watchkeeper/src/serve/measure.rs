//! What is counted for the monitor, in the text format of Prometheus.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use super::state::lock;

/// Upper bounds of the classes of duration, in seconds.
const BOUNDS_S: [f64; 9] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0];

/// What is counted.
#[derive(Debug, Default)]
pub struct Measures {
    calls: Mutex<BTreeMap<(&'static str, &'static str, u16), u64>>,
    classes: [AtomicU64; BOUNDS_S.len() + 1],
    duration_us: AtomicU64,
    /// Connections that are open.
    pub connections: AtomicU64,
    /// Reports taken in since the start.
    pub ingested: AtomicU64,
}

impl Measures {
    /// Counts a call that was answered. The path is that of the route, so that callers cannot make up new ones.
    pub fn count(&self, method: &'static str, path: &'static str, status: u16, took: Duration) {
        *lock(&self.calls).entry((method, path, status)).or_default() += 1;
        let class = BOUNDS_S.iter().position(|&bound| took.as_secs_f64() <= bound).unwrap_or(BOUNDS_S.len());
        self.classes[class].fetch_add(1, Ordering::Relaxed);
        let took_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
        self.duration_us.fetch_add(took_us, Ordering::Relaxed);
    }

    /// All that was counted, with what the store holds.
    pub fn text(&self, reports: u64) -> String {
        let mut text = String::new();
        let mut family = |name: &str, kind: &str, help: &str, lines: Vec<String>| {
            let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
            for line in lines {
                let _ = writeln!(text, "{name}{line}");
            }
        };
        let calls = lock(&self.calls)
            .iter()
            .map(|((method, path, status), number)| {
                format!("{{method=\"{method}\",path=\"{path}\",status=\"{status}\"}} {number}")
            })
            .collect();
        family("watchkeeper_http_requests_total", "counter", "Answered calls.", calls);
        let mut below = 0;
        let mut classes = Vec::new();
        for (class, bound) in self.classes.iter().zip(BOUNDS_S) {
            below += class.load(Ordering::Relaxed);
            classes.push(format!("_bucket{{le=\"{bound}\"}} {below}"));
        }
        below += self.classes[BOUNDS_S.len()].load(Ordering::Relaxed);
        classes.push(format!("_bucket{{le=\"+Inf\"}} {below}"));
        let seconds = Duration::from_micros(self.duration_us.load(Ordering::Relaxed)).as_secs_f64();
        classes.push(format!("_sum {seconds}"));
        classes.push(format!("_count {below}"));
        family("watchkeeper_http_request_duration_seconds", "histogram", "How long calls took.", classes);
        let gauge = |value: u64| vec![format!(" {value}")];
        let open = self.connections.load(Ordering::Relaxed);
        family("watchkeeper_connections", "gauge", "Connections that are open.", gauge(open));
        let ingested = self.ingested.load(Ordering::Relaxed);
        family("watchkeeper_ingested_reports_total", "counter", "Reports taken in.", gauge(ingested));
        family("watchkeeper_reports", "gauge", "Reports in the store.", gauge(reports));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_of_duration_add_up() {
        let measures = Measures::default();
        for took_ms in [0, 2, 7, 9000] {
            measures.count("GET", "/api/status", 200, Duration::from_millis(took_ms));
        }
        let text = measures.text(3);
        for line in [
            "watchkeeper_http_requests_total{method=\"GET\",path=\"/api/status\",status=\"200\"} 4",
            "watchkeeper_http_request_duration_seconds_bucket{le=\"0.005\"} 2",
            "watchkeeper_http_request_duration_seconds_bucket{le=\"5\"} 3",
            "watchkeeper_http_request_duration_seconds_bucket{le=\"+Inf\"} 4",
            "watchkeeper_reports 3",
        ] {
            assert!(text.lines().any(|found| found == line), "{line} is not in\n{text}");
        }
    }
}
