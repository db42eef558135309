//! Our ways beside the peers in `peers/`: each takes the same lines and answers in JSON how long it took.
//!
//! ```sh
//! cargo build --release -p knownfor-speed --bin timed
//! target/release/timed stream 100000 100000 > stream.jsonl    # activities, members
//! target/release/timed standings 100 stream.jsonl             # rules, lines
//! target/release/timed engine 100 stream.jsonl
//! target/release/timed program 100 > program.json             # the program, for the engine of pages
//! target/release/timed checksum 100 engine.snapshot           # the checksum of a snapshot's standings
//! ```

use cpu_time::ProcessTime;
use knownfor::{Engine, Feed, Tree};
use knownfor_speed::{Standings, Stream, checksum, program, program_text};
use serde_json::{Deserializer, json};
use std::{
    env, fs,
    io::{BufWriter, Write, stdout},
};

/// How many lines are read before the engine takes them.
const BATCH: usize = 1_000;

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [way, number, about @ ..] = &arguments[..] else {
        panic!(
            "usage: timed stream ACTIVITIES MEMBERS | standings|engine RULES FILE | program RULES | checksum RULES FILE"
        )
    };
    let number: usize = number.parse().expect("a whole number");
    let about = about.first().map_or("", String::as_str);
    match way.as_str() {
        "stream" => {
            let mut out = BufWriter::new(stdout().lock());
            let lines = Stream::of(about.parse().expect("the number of members")).take(number);
            lines.for_each(|line| writeln!(out, "{line}").expect("the output takes a line"));
        }
        "program" => {
            let text = program_text(number);
            let tree: Tree = toml::from_str(&text).expect("the program is TOML");
            println!("{}", serde_json::to_string(&tree).expect("a tree is JSON"));
        }
        "standings" => {
            let (text, mut standings) = (read(about), Standings::new(program(number)));
            let lines: Vec<&str> = text.lines().collect();
            let nanos = time(lines.len(), || standings.take(&lines));
            println!("{}", json!({ "nanos": nanos, "checksum": standings.checksum() }));
        }
        "engine" => {
            let (text, mut engine) = (read(about), Engine::new(program(number)));
            let lines: Vec<&str> = text.lines().collect();
            let nanos = time(lines.len(), || take(&mut engine, &lines));
            println!("{}", json!({ "nanos": nanos, "checksum": checksum_of(&engine) }));
        }
        "checksum" => {
            let snapshot = fs::read(about).expect("the snapshot can be read");
            let engine = Engine::restore(program(number), &snapshot).expect("the snapshot is whole");
            println!("{}", checksum_of(&engine));
        }
        _ => panic!("`{way}` is no way"),
    }
}

fn read(path: &str) -> String {
    fs::read_to_string(path).expect("the lines can be read")
}

/// The CPU time of all threads, for each of some activities, in nanoseconds.
fn time(activities: usize, work: impl FnOnce()) -> u128 {
    let start = ProcessTime::now();
    work();
    start.elapsed().as_nanos() / activities.max(1) as u128
}

fn take(engine: &mut Engine, lines: &[&str]) {
    let feed = Feed::new("workload");
    for (batch, lines) in lines.chunks(BATCH).enumerate() {
        let read = |(number, line): (usize, &&str)| {
            let mut json = Deserializer::from_str(line);
            let number = 1 + batch * BATCH + number;
            engine.program().read(&mut json, &feed.line(number as u64)).expect("a line is an activity")
        };
        let activities: Vec<_> = lines.iter().enumerate().map(read).collect();
        let (statuses, _) = engine.apply_all(activities);
        assert!(statuses.iter().all(Result::is_ok), "every line is recorded");
    }
}

/// The checksum over those who did something, whom all activities name.
fn checksum_of(engine: &Engine) -> String {
    checksum(engine.members().filter_map(|member| Some((member, engine.standing(member)?))))
}
