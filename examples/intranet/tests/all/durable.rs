//! Durable activities a second: what a server acknowledges, after it is on disk, to sources that send as fast as they are
//! answered, while people open home pages.
//!
//! `cargo test --release -p intranet --test all durable_activities -- --ignored --nocapture --test-threads 1` prints the
//! figures of both stores.

use crate::{
    http::Connection,
    large::{LargeCompany, person},
    support::{
        cluster::Cluster,
        company::TOKEN,
        server::{Intranet, command},
    },
    times::Times,
};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::{
    path::Path,
    process::Command,
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};
use tokio::{
    runtime::Runtime,
    task::JoinSet,
    time::{interval, sleep},
};

const PEOPLE: usize = 400;
/// Connections that each send one request after another.
const SENDERS: usize = 8;
/// Home pages that are opened in a second.
const PAGES: u32 = 50;

/// The number of the next activity, so that none is sent twice.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// What happens now: a post, or something that one member does with the post of another.
fn activity() -> Value {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let at = |step: u64| person((number * step % PEOPLE as u64) as usize);
    let (actor, owner) = (at(7), at(13));
    let deed = |kind: &str, owner: &str| {
        json!({"id": format!("now-{number}"), "at": Timestamp::now().to_string(), "kind": kind, "actor": actor,
               "owner": owner, "object": format!("blog/{owner}/{number}"), "attributes": {}})
    };
    if number.is_multiple_of(4) || actor == owner {
        let mut post = deed("blog.published", &actor);
        post["attributes"] = json!({"words": 400, "topics": ["paper"]});
        return post;
    }
    deed("post.liked", &owner)
}

/// Sends until the time is over, `batch` activities in a request, and returns how long each took.
async fn send(address: String, batch: usize, end: Instant) -> Vec<Duration> {
    let (mut source, mut times) = (Connection::to(&address).await, Vec::new());
    while Instant::now() < end {
        let body = match batch {
            1 => activity(),
            _ => (0..batch).map(|_| activity()).collect(),
        };
        let begun = Instant::now();
        loop {
            let (status, answer) = source.post("/api/activities", TOKEN, &body.to_string()).await;
            // Too much to do: the same again, in the same time.
            if status != 503 {
                assert_eq!((status, answer.matches(r#""applied""#).count()), (200, batch), "{answer}");
                break;
            }
            sleep(Duration::from_millis(500)).await;
        }
        times.push(begun.elapsed());
    }
    times
}

/// Opens home pages of one member after another, and returns how long each took from when it was due.
async fn read(address: String, reader: u32, readers: u32, people: usize, end: Instant) -> Vec<Duration> {
    let (mut browser, mut times) = (Connection::to(&address).await, Vec::new());
    let mut due = interval(Duration::from_secs(1) * readers / PAGES);
    let mut number = reader as usize * people / readers as usize;
    while Instant::now() < end {
        let begun = due.tick().await.into_std();
        let (status, page) = browser.get("/", &person(number % people)).await;
        times.push(begun.elapsed());
        assert!(status == 200 && page.contains(&person(number % people)), "{page}");
        number += 1;
    }
    times
}

/// Sends for some seconds, and prints a row of the README's table.
fn measure(company: &LargeCompany, store: &str, batch: usize, readers: u32, seconds: u64) -> f64 {
    let address = &company.intranet.address;
    let (begun, before) = (Instant::now(), company.cpu());
    let end = begun + Duration::from_secs(seconds);
    let (sent, pages) = Runtime::new().unwrap().block_on(async {
        let senders: JoinSet<_> = (0..SENDERS).map(|_| send(address.clone(), batch, end)).collect();
        let browsers: JoinSet<_> = (0..readers).map(|n| read(address.clone(), n, readers, PEOPLE, end)).collect();
        tokio::join!(senders.join_all(), browsers.join_all())
    });
    let (took, cpu) = (begun.elapsed(), company.cpu() - before);
    let sent = Times::of(sent.concat());
    let activities = (sent.count * batch) as f64;
    let a_second = activities / took.as_secs_f64();
    let [p50, p99] = [sent.median, sent.p99].map(|time| time.as_secs_f64() * 1_000.0);
    let page = match readers {
        0 => "–".into(),
        _ => format!("{:.1}", Times::of(pages.concat()).p99.as_secs_f64() * 1_000.0),
    };
    let cpu = cpu.as_secs_f64() * 1_000.0 / activities;
    println!("| {store} | {batch} | {} | {a_second:.0} | {p50:.1} | {p99:.1} | {page} | {cpu:.2} |", readers > 0);
    a_second
}

/// Prints the table, and checks that everything that was acknowledged is there.
fn table(store: &str, server: impl Fn(&Path) -> Command, stored: impl Fn(&Intranet) -> i64, seconds: u64) {
    let company = LargeCompany::of(PEOPLE, [20, 40], &server).restarted(&server);
    let (before, sent) = (stored(&company.intranet), NEXT.load(Ordering::Relaxed));
    println!("| store | activities a request | readers | activities/s | p50 ms | p99 ms | page p99 ms | CPU ms each |");
    println!("|---|---|---|---|---|---|---|---|");
    for (batch, readers) in [(1, 0), (1, SENDERS as u32), (100, 0), (100, SENDERS as u32)] {
        assert!(measure(&company, store, batch, readers, seconds) > 1.0);
    }
    let sent = NEXT.load(Ordering::Relaxed) - sent;
    assert_eq!(stored(&company.intranet) - before, i64::try_from(sent).unwrap());
}

#[test]
#[ignore = "takes a minute and says more in a release build"]
fn durable_activities_a_second_in_a_file() {
    table("SQLite", command, Intranet::stored, 8);
}

#[test]
#[ignore = "takes a minute and says more in a release build"]
fn durable_activities_a_second_on_a_server() {
    let cluster = Cluster::start(&[]);
    cluster.create("durable");
    let server = |folder: &Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_intranet"));
        command.arg("--database").arg(cluster.url("durable")).arg("--pkg").arg(folder);
        command
    };
    let stored = |_: &Intranet| cluster.rows("durable", "SELECT count(*) FROM activities")[0][0].parse().unwrap();
    table("PostgreSQL", server, stored, 8);
}
