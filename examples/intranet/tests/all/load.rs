//! Load: many open home pages hear of a change at once, and the server's memory stays small.

use crate::support::{
    company::{TOKEN, deed, sources},
    server::{Intranet, REAL_SIGN_IN},
};
use serde_json::{Value, json};
use std::{
    fs,
    io::{BufRead, BufReader},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// A server whose people are all published, on the board, and have a record.
pub struct LargeCompany {
    pub intranet: Intranet,
    _folder: TempDir,
}

impl LargeCompany {
    pub fn with(people: usize) -> Self {
        let folder = TempDir::new().unwrap();
        let write = |name: &str, text: String| {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            path.to_str().unwrap().to_owned()
        };
        let listed: Vec<Value> = (0..people)
            .map(|number| {
                let team = format!("t{}", number / 8);
                json!({"id": person(number), "name": format!("Person {number}"), "team": team})
            })
            .collect();
        let people_file = write("people.json", json!(listed).to_string());
        let sources_file = write("sources.toml", sources());
        let record = (0..people).flat_map(|number| record(number, people));
        let record = write("record.jsonl", record.map(|deed| format!("{deed}\n")).collect());
        let options = ["--people", &people_file, "--sources", &sources_file, "--import", &record];
        Self { intranet: Intranet::start_with(folder.path(), &[&REAL_SIGN_IN[..], &options].concat()), _folder: folder }
    }

    /// The same after a restart, which leaves the memory that the import took.
    pub fn restarted(self) -> Self {
        let Self { intranet, _folder: folder } = self;
        intranet.kill();
        let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
        let (people, sources) = (path("people.json"), path("sources.toml"));
        let options = ["--people", &people, "--sources", &sources];
        Self { intranet: Intranet::start_with(folder.path(), &[&REAL_SIGN_IN[..], &options].concat()), _folder: folder }
    }

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

    /// The memory that the server holds, and the most that it has held so far, in MiB.
    pub fn memory_mib(&self) -> (u64, u64) {
        let status = fs::read_to_string(format!("/proc/{}/status", self.intranet.id())).unwrap();
        let figure = |name| {
            let figure = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
            figure.trim().trim_end_matches(" kB").parse::<u64>().unwrap() / 1024
        };
        (figure("VmRSS:"), figure("VmHWM:"))
    }

    fn peak_mib(&self) -> u64 {
        self.memory_mib().1
    }
}

pub fn person(number: usize) -> String {
    format!("p{number}")
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

/// What one person has done and been thanked for in a year or so.
fn record(number: usize, people: usize) -> Vec<Value> {
    let member = person(number);
    let mut deeds = vec![
        deed(0, "profile.published", &member, json!({})),
        deed(1, "board.joined", &member, json!({})),
        deed(
            2,
            "topics.claimed",
            &member,
            json!({"attributes": {"topics": ["paper", "ink", format!("topic {number}")]}}),
        ),
    ];
    for post in 0..20 {
        let about = json!({"words": 400, "topics": ["paper", "ink"]});
        let says = json!({"owner": member, "object": format!("blog/{member}/{post}"), "attributes": about});
        deeds.push(deed(10 + post, "blog.published", &member, says));
    }
    for other in 1..=40 {
        let colleague = person((number + other) % people);
        let like = json!({"owner": member, "object": format!("blog/{member}/{}", other % 20)});
        let mut like = deed(40, "post.liked", &colleague, like);
        like["id"] = json!(format!("like-{member}-{other}"));
        let mut thanks =
            deed(50, "kudos.given", &colleague, json!({"recipients": [member], "attributes": {"topic": "ink"}}));
        thanks["id"] = json!(format!("thanks-{member}-{other}"));
        deeds.extend([like, thanks]);
    }
    deeds
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
