//! How long requests took.

use std::{fmt, time::Duration};

/// How long requests took.
pub struct Times {
    pub count: usize,
    pub median: Duration,
    pub p99: Duration,
    pub slowest: Duration,
}

impl Times {
    pub fn of(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        let at = |percent: usize| times.get(times.len().saturating_sub(1) * percent / 100).copied().unwrap_or_default();
        Self { count: times.len(), median: at(50), p99: at(99), slowest: at(100) }
    }
}

impl fmt::Display for Times {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [median, p99, slowest] = [self.median, self.p99, self.slowest].map(|time| time.as_secs_f64() * 1_000.0);
        write!(out, "{} of median {median:.1} ms, p99 {p99:.1} ms, slowest {slowest:.1} ms", self.count)
    }
}
