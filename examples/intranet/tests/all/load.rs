//! Load: many open home pages hear of a change at once, and the server's memory stays small.

use crate::{
    large::{LargeCompany, person},
    support::company::{TOKEN, deed},
};
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

impl LargeCompany {
    /// A page that stays open: it does what the widget does, and reports how long the board took after each change.
    fn open_page(&self, viewer: String, read: mpsc::Sender<Duration>) {
        let (agent, address) = (self.intranet.agent.clone(), self.intranet.address.clone());
        let (opened, is_open) = mpsc::channel();
        thread::spawn(move || {
            let get =
                |path: &str| agent.get(format!("{address}{path}")).header("x-remote-user", &viewer).call().unwrap();
            let stream = get(&format!("/api/live?member={viewer}"));
            opened.send(()).unwrap();
            let mut lines = BufReader::new(stream.into_body().into_reader()).lines();
            while let Some(Ok(line)) = lines.next() {
                if !line.starts_with("data:") {
                    continue;
                }
                let asked = Instant::now();
                let board = get("/api/boards/recognition").body_mut().read_to_string().unwrap();
                assert!(board.contains(&format!("{viewer:?}")), "{board}");
                if read.send(asked.elapsed()).is_err() {
                    return;
                }
            }
        });
        is_open.recv().unwrap();
    }

    fn peak_mib(&self) -> u64 {
        self.memory_mib().1
    }
}

/// Opens the home pages of this many people at once, and returns how long all took.
fn open_home_pages(company: &LargeCompany, pages: usize) -> Duration {
    let begun = Instant::now();
    thread::scope(|threads| {
        for number in 0..pages {
            threads.spawn(move || {
                let address = format!("{}/", company.intranet.address);
                let request = company.intranet.agent.get(address).header("x-remote-user", person(number));
                let page = request.call().unwrap().body_mut().read_to_string().unwrap();
                assert!(page.contains(&format!("members/{}/view", person(number))), "{page}");
            });
        }
    });
    begun.elapsed()
}

struct Measured {
    peak_before: u64,
    peak_after: u64,
    slowest: Duration,
    all: Duration,
}

/// Opens pages, sends one request that touches the viewer of each, and waits until every page has read the board.
fn one_request_with_open_pages(company: &LargeCompany, people: usize, pages: usize) -> Measured {
    let (read, boards) = mpsc::channel();
    for number in 0..pages {
        company.open_page(person(number), read.clone());
    }
    let peak_before = company.peak_mib();
    let sent = Instant::now();
    let likes: Vec<Value> = (0..pages)
        .map(|number| {
            let mut like = deed(60, "post.liked", &person(people - 1), json!({"owner": person(number)}));
            like["id"] = json!(format!("last-{number}"));
            like["object"] = json!(format!("blog/{}/0", person(number)));
            like
        })
        .collect();
    let answer = company.intranet.post("/api/activities", TOKEN, json!(likes).to_string());
    assert_eq!(answer.status, 200, "{answer:?}");
    let slowest = (0..pages).map(|_| boards.recv_timeout(Duration::from_secs(120)).unwrap()).max().unwrap();
    Measured { peak_before, peak_after: company.peak_mib(), slowest, all: sent.elapsed() }
}

#[test]
#[cfg(target_os = "linux")]
fn open_pages_share_what_a_board_is_made_from() {
    let measured = one_request_with_open_pages(&LargeCompany::with(250), 250, 60);
    let grown = measured.peak_after - measured.peak_before;
    assert!(grown < 30, "one request with 60 open pages took {grown} MiB");
}

/// `cargo test -p intranet --test all two_hundred -- --nocapture` prints the figures.
#[test]
#[cfg(target_os = "linux")]
fn two_hundred_open_pages_and_a_thousand_members() {
    let company = LargeCompany::with(1_000);
    let Measured { peak_before, peak_after, slowest, all } = one_request_with_open_pages(&company, 1_000, 200);
    println!(
        "peak {peak_before} MiB before, {peak_after} MiB after; slowest board {slowest:?}, all read after {all:?}"
    );
    let opened = open_home_pages(&company, 200);
    println!("200 home pages opened in {opened:?}, peak {} MiB", company.peak_mib());
    assert!(company.peak_mib() - peak_before < 60, "{peak_before} MiB, then {peak_after} MiB");
}
