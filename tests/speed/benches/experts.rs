//! How long it takes to find who is known for a topic, with the evidence, among many members.
//!
//! ```sh
//! cargo bench -p knownfor-speed --bench experts              # 100,000 members
//! cargo bench -p knownfor-speed --bench experts -- 10000     # 10,000 members
//! ```

use cpu_time::ThreadTime;
use knownfor::{Engine, Feed, Incoming, Timestamp, Tree, ViewContext};
use knownfor_speed::{company, company_program};
use std::{env, hint::black_box};

/// How often each question is asked.
const ROUNDS: usize = 51;
const TOPICS: usize = 32;

fn main() {
    // cargo passes `--bench` to every benchmark.
    let asked = env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let members = asked.map_or(100_000, |members| members.parse().expect("a whole number"));
    let engine = company_engine(members);
    let now: Timestamp = "2026-03-01T00:00:00Z".parse().expect("a time");
    let mates: Vec<String> = (0..1_000).map(|mate| format!("m{:06}", mate * 97 % members)).collect();
    let mates: Vec<&str> = mates.iter().map(String::as_str).collect();
    let topics: Vec<String> = (0..TOPICS).map(|topic| format!("t{topic:02}")).collect();
    println!("{:48}{:>12}{:>12}", "who is known for a topic, ten with evidence", "median µs", "longest");
    for (viewer, team) in
        [("a viewer without a team", 0), ("one with a team of 20", 20), ("one with a team of 1,000", 1_000)]
    {
        let ask = ViewContext { team: &mates[..team], ..ViewContext::of("nobody", "en", now) };
        let found = |topic: &String| engine.known_for(topic, &ask, 10).experts;
        assert!(topics.iter().all(|topic| found(topic).len() == 10), "each topic has ten");
        report(viewer, topics.iter().map(|topic| micros(|| found(topic))));
        let by_name = || engine.known_for("TEAMWORK", &ask, 10);
        report("  by a name in another case", [micros(by_name)].into_iter());
        report(
            "  topics that begin so",
            ["", "t", "t1"].map(|text| micros(|| engine.topics_known(&ask, text, 10))).into_iter(),
        );
    }
}

/// An engine that knows the whole company.
fn company_engine(members: u64) -> Engine {
    let mut engine = Engine::new(company_program());
    let feed = Feed::new("company");
    let (mut lines, mut count) = (company(members), 0);
    let start = ThreadTime::now();
    loop {
        let read = |line: String| -> Incoming {
            let tree: Tree = serde_json::from_str(&line).expect("a line is JSON");
            engine.program().read(&tree, &feed).expect("a line is an activity")
        };
        let batch: Vec<_> = lines.by_ref().take(4_000).map(read).collect();
        if batch.is_empty() {
            break;
        }
        count += batch.len();
        assert!(engine.apply_all(batch).0.iter().all(Result::is_ok));
    }
    let nanos = start.elapsed().as_nanos() / count as u128;
    println!("{members} members, {TOPICS} topics, {count} activities; to write, read and take in one: {nanos} ns");
    engine
}

/// Microseconds of CPU time that a question takes, each time it is asked.
fn micros<T>(question: impl Fn() -> T) -> Vec<f64> {
    let time = |_| {
        let start = ThreadTime::now();
        black_box(question());
        start.elapsed().as_nanos() as f64 / 1e3
    };
    (0..ROUNDS).map(time).collect()
}

fn report(name: &str, times: impl Iterator<Item = Vec<f64>>) {
    let mut times: Vec<f64> = times.flatten().collect();
    times.sort_by(f64::total_cmp);
    println!("{name:48}{:>12.1}{:>12.1}", times[times.len() / 2], times[times.len() - 1]);
}
