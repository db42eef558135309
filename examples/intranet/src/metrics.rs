//! Metrics for Prometheus: counts and times of the whole server. None is about a person, and no label has anybody's id.
//!
//! Still they say when somebody did something. So they are served at an address of their own, which only those who run
//! the server should reach.

use crate::{intranet::Intranet, record::Status};
use anyhow::Result;
use axum::http::{Method, StatusCode};
pub(crate) use prometheus_client::metrics::counter::Counter;
use prometheus_client::{
    encoding::{EncodeLabelSet, text},
    metrics::{
        family::Family,
        gauge::Gauge,
        histogram::{Histogram, exponential_buckets},
    },
    registry::{Registry, Unit},
};
use std::{fs, time::Duration};

/// The media type of the answer.
pub(crate) const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// A request's answer.
#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answer {
    method: String,
    /// The path as the router knows it, such as `/people/{id}`.
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    method: String,
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Activity {
    status: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Queue {
    queue: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reload {
    result: &'static str,
}

/// The queues, as labels.
pub(crate) const READERS: &str = "readers";
pub(crate) const WRITERS: &str = "writers";

/// What is counted and measured.
pub(crate) struct Metrics {
    registry: Registry,
    answers: Family<Answer, Counter>,
    times: Family<Route, Histogram, fn() -> Histogram>,
    activities: Family<Activity, Counter>,
    commits: Histogram,
    refused: Family<Queue, Counter>,
    reloads: Family<Reload, Counter>,
    waiting: Family<Queue, Gauge>,
    open_pages: Gauge,
    people: Gauge,
    database: Gauge,
    log: Gauge,
    memory: Gauge,
}

/// From a millisecond to half a minute.
fn times() -> Histogram {
    Histogram::new(exponential_buckets(0.001, 2.0, 16))
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let metrics = Self {
            registry: Registry::with_prefix("intranet"),
            answers: Family::default(),
            times: Family::new_with_constructor(times),
            activities: Family::default(),
            commits: times(),
            refused: Family::default(),
            reloads: Family::default(),
            waiting: Family::default(),
            open_pages: Gauge::default(),
            people: Gauge::default(),
            database: Gauge::default(),
            log: Gauge::default(),
            memory: Gauge::default(),
        };
        metrics.registered()
    }

    fn registered(mut self) -> Self {
        let all = &mut self.registry;
        all.register("requests", "Requests, by the status of the answer", self.answers.clone());
        let seconds = Unit::Seconds;
        all.register_with_unit("request", "Time until the answer began", seconds.clone(), self.times.clone());
        all.register("activities", "Activities and voids of sources, by what became of them", self.activities.clone());
        all.register_with_unit("commit", "Time of a transaction that writes", seconds, self.commits.clone());
        all.register("refused", "Requests that found no place in a queue, answered 503", self.refused.clone());
        all.register("reloads", "Times that sources and people were read again", self.reloads.clone());
        all.register("waiting", "Requests that wait in a queue", self.waiting.clone());
        all.register("open_pages", "Pages that follow live events", self.open_pages.clone());
        all.register("people", "People in the directory", self.people.clone());
        all.register_with_unit("database", "Size of the database", Unit::Bytes, self.database.clone());
        all.register_with_unit("log", "Size of the database's write-ahead log", Unit::Bytes, self.log.clone());
        all.register_with_unit("memory", "Memory that the server holds", Unit::Bytes, self.memory.clone());
        self
    }

    pub(crate) fn answered(&self, route: String, method: &Method, status: StatusCode, took: Duration) {
        let method = method.as_str().to_owned();
        let answer = Answer { method: method.clone(), route: route.clone(), status: status.as_u16() };
        self.answers.get_or_create(&answer).inc();
        self.times.get_or_create(&Route { method, route }).observe(took.as_secs_f64());
    }

    /// Counts what a source sent.
    pub(crate) fn took_in(&self, statuses: impl IntoIterator<Item = Status>) {
        for status in statuses {
            self.activities.get_or_create(&Activity { status: status.name() }).inc();
        }
    }

    pub(crate) fn committed(&self, took: Duration) {
        self.commits.observe(took.as_secs_f64());
    }

    /// Counts that people and sources were read again, or that one could not be used.
    pub(crate) fn reloaded(&self, is_done: bool) {
        let result = if is_done { "done" } else { "refused" };
        self.reloads.get_or_create(&Reload { result }).inc();
    }

    /// Counts the requests that a queue refuses.
    pub(crate) fn refused(&self, queue: &'static str) -> Counter {
        self.refused.get_or_create(&Queue { queue }).clone()
    }

    /// All figures, as Prometheus reads them.
    pub(crate) fn to_text(&self, intranet: &Intranet) -> Result<String> {
        for (queue, requests) in [(READERS, &intranet.readers), (WRITERS, &intranet.writers)] {
            set(self.waiting.get_or_create(&Queue { queue }).clone(), requests.waiting());
        }
        set(self.open_pages.clone(), intranet.changes.open());
        set(self.people.clone(), intranet.directory.people().len());
        let (database, log) = intranet.database.sizes().unwrap_or_default();
        set(self.database.clone(), database);
        set(self.log.clone(), log);
        set(self.memory.clone(), memory());
        let mut written = String::new();
        text::encode(&mut written, &self.registry)?;
        Ok(written)
    }
}

fn set(gauge: Gauge, value: impl TryInto<i64>) {
    gauge.set(value.try_into().unwrap_or(i64::MAX));
}

/// The bytes of memory that this process holds, as Linux says; 0 elsewhere.
fn memory() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let held = status.lines().find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.parse().ok());
    held.map_or(0, |kilobytes: u64| kilobytes * 1024)
}
