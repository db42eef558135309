//! How fast JSON lines become standings, compared with how fast serde_json alone reads the same lines.
//!
//! ```sh
//! cargo bench -p knownfor-speed --bench workload                    # 10, 100 and 1,000 rules, 100,000 activities each
//! cargo bench -p knownfor-speed --bench workload -- 20000 100 1000  # activities, rules, members
//! cargo bench -p knownfor-speed --bench workload -- checksums       # the whole stream by all rule sets; takes minutes
//! cargo bench -p knownfor-speed --bench workload -- standings       # what a standing takes, and `apply` one by one
//! cargo bench -p knownfor-speed --bench workload -- record          # what an activity takes in the engine's record
//! ```

use cap::Cap;
use cpu_time::ThreadTime;
use knownfor::{Engine, Feed, Program, Standing, Tree, Zone};
use knownfor_speed::{MEMBERS, Standings, Stream, program, program_text, way_apply};
use serde::Deserialize;
use serde_json::Deserializer;
use sha2::{Digest, Sha256};
use std::{
    alloc::System,
    env,
    hint::black_box,
    time::{Duration, Instant},
};

/// Counts the bytes that are allocated.
#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

const RULE_SETS: [usize; 3] = [10, 100, 1_000];
/// How many lines a way takes in before serde_json alone has its turn. They are few enough to stay in the cache, and
/// for other load on the machine to slow both equally.
const SLICE: usize = 4_000;

fn main() {
    // cargo passes `--bench` to every benchmark.
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let number = |index: usize| arguments.get(index).map(|text| text.parse().expect("a whole number"));
    if arguments.first().is_some_and(|first| first == "checksums") {
        return checksums();
    }
    if arguments.first().is_some_and(|first| first == "standings") {
        return RULE_SETS.into_iter().for_each(measure_standings);
    }
    if arguments.first().is_some_and(|first| first == "record") {
        return measure_record();
    }
    let activities = number(0).unwrap_or(100_000);
    for rules in number(1).map_or(RULE_SETS.to_vec(), |rules| vec![rules]) {
        measure(rules, activities, number(2).map_or(MEMBERS, |members| members as u64));
    }
    measure_check(1_000);
}

/// A line as a hand-written reader would declare it.
#[derive(Deserialize)]
#[expect(dead_code, reason = "it is read to see how long that takes")]
struct Line<'a> {
    id: u64,
    ts: i64,
    member: &'a str,
    kind: &'a str,
    #[serde(borrow)]
    topics: Vec<&'a str>,
    words: i64,
    audience: &'a str,
    counterpart: Option<&'a str>,
}

// Each way is a function of its own so that its instructions can be counted.

#[inline(never)]
fn way_serde_json(lines: &[String]) {
    for line in lines {
        black_box(serde_json::from_str::<Line>(line).expect("a line is JSON"));
    }
}

#[inline(never)]
fn way_standings(standings: &mut Standings, lines: &[String]) {
    standings.take(lines);
}

/// With the record, so that duplicates are found, and with the ledger.
#[inline(never)]
fn way_engine(engine: &mut Engine, feed: &Feed, first: u64, lines: &[String]) {
    let read = |(number, line): (u64, &String)| {
        let mut json = Deserializer::from_str(line);
        let incoming = engine.program().read(&mut json, &feed.line(number)).expect("a line is an activity");
        json.end().expect("nothing else is in it");
        incoming
    };
    let activities: Vec<_> = (first..).zip(lines).map(read).collect();
    let (statuses, _) = black_box(engine.apply_all(activities));
    assert!(statuses.iter().all(Result::is_ok));
}

fn measure(rules: usize, activities: usize, members: u64) {
    println!("{rules} rules, {members} members, {activities} activities; CPU time an activity, in slices of {SLICE}");
    println!("{:28}{:>10}{:>12}{:>8}{:>8}{:>12}", "", "median ns", "serde_json", "ratio", "least", "a second");
    let mut standings = Standings::new(program(rules));
    report("to standings", &paired(members, activities, |_, lines| way_standings(&mut standings, lines)));
    drop(standings);
    let mut engine = Engine::new(program(rules));
    let feed = Feed::new("workload");
    report(
        "to engine, record, ledger",
        &paired(members, activities, |first, lines| way_engine(&mut engine, &feed, first, lines)),
    );
}

/// The time of one activity, as the mean over a slice, in nanoseconds.
struct Pair {
    way: f64,
    alone: f64,
}

/// Times a way and serde_json alone over the same slices, in turns. The way gets the number of a slice's first line.
fn paired(members: u64, activities: usize, mut way: impl FnMut(u64, &[String])) -> Vec<Pair> {
    let mut stream = (1..).zip(Stream::of(members)).take(activities);
    let mut pairs = Vec::new();
    for slice in 0..activities.div_ceil(SLICE) {
        let (numbers, lines): (Vec<u64>, Vec<String>) = stream.by_ref().take(SLICE).unzip();
        let time = |what: &mut dyn FnMut()| {
            let start = ThreadTime::now();
            what();
            nanos(start.elapsed()) / lines.len() as f64
        };
        let mut way = || way(numbers[0], &lines);
        let mut alone = || way_serde_json(&lines);
        // The first run finds the lines cold, so the two take turns.
        pairs.push(if slice % 2 == 0 {
            Pair { alone: time(&mut alone), way: time(&mut way) }
        } else {
            Pair { way: time(&mut way), alone: time(&mut alone) }
        });
    }
    pairs
}

fn report(name: &str, pairs: &[Pair]) {
    let (median, _) = median_and_least(pairs.iter().map(|pair| pair.way));
    let (alone, _) = median_and_least(pairs.iter().map(|pair| pair.alone));
    let (ratio, least) = median_and_least(pairs.iter().map(|pair| pair.way / pair.alone));
    let a_second = 1e9 * pairs.len() as f64 / pairs.iter().map(|pair| pair.way).sum::<f64>();
    println!("{name:28}{median:>10.0}{alone:>12.0}{ratio:>8.2}{least:>8.2}{a_second:>12.0}");
}

/// The bytes of a standing after the whole stream, and the time of each `Program::apply` in its second half.
fn measure_standings(rules: usize) {
    let program = program(rules);
    let before = ALLOCATOR.allocated();
    let new = Box::new(Standing::new(&program));
    let bytes_of_new = ALLOCATOR.allocated() - before;
    drop(new);
    let mut standings = Standings::new(program);
    let mut stream = Stream::of(MEMBERS);
    let (mut bytes, mut times) = (0, Vec::new());
    for is_timed in [false, true] {
        for _ in 0..125 {
            let lines: Vec<String> = stream.by_ref().take(SLICE).collect();
            let mut activities = Vec::new();
            standings.read(&lines, &mut activities);
            let named = standings.look_up(&activities);
            let before = ALLOCATOR.allocated();
            for named in named.chunks(1) {
                let start = Instant::now();
                way_apply(&mut standings, named);
                times.extend(is_timed.then(|| start.elapsed().as_nanos()));
            }
            bytes += ALLOCATOR.allocated() - before;
        }
    }
    times.sort_unstable();
    let at = |percent: usize| times[times.len() * percent / 100];
    let count = standings.count();
    println!(
        "{rules} rules: {} bytes a standing, of {count}; apply takes {} ns at the median, {} ns at the 99th percentile",
        bytes_of_new + bytes / count,
        at(50),
        at(99)
    );
}

/// The bytes of an activity in an engine: its own, those of the record's index, and those of the histories of the
/// members that it names. A hundred members and no rules, so that standings and ledgers take next to nothing.
fn measure_record() {
    let mut engine = Engine::new(program(0));
    let feed = Feed::new("workload");
    let lines: Vec<String> = Stream::of(100).take(50 * SLICE).collect();
    let before = ALLOCATOR.allocated();
    for (slice, lines) in lines.chunks(SLICE).enumerate() {
        way_engine(&mut engine, &feed, 1 + (slice * SLICE) as u64, lines);
    }
    println!("an activity takes {} bytes in the engine", (ALLOCATOR.allocated() - before) / lines.len());
}

/// Times `Program::check`, from a tree in memory.
fn measure_check(rules: usize) {
    let text = program_text(rules);
    let tree: Tree = toml::from_str(&text).expect("the program is TOML");
    let check = |_| {
        let start = ThreadTime::now();
        black_box(Program::check(&tree, Zone::named).is_ok());
        nanos(start.elapsed()) / 1e6
    };
    let (median, least) = median_and_least((0..21).map(check));
    println!("check of a program of {rules} rules: median {median:.1} ms, least {least:.1} ms");
}

fn median_and_least(numbers: impl Iterator<Item = f64>) -> (f64, f64) {
    let mut numbers: Vec<f64> = numbers.collect();
    numbers.sort_by(f64::total_cmp);
    (numbers[numbers.len() / 2], numbers[0])
}

fn nanos(time: Duration) -> f64 {
    time.as_nanos() as f64
}

/// Folds the whole stream by all rule sets, and compares the checksums with the known ones.
fn checksums() {
    let expected = [
        (
            1_000,
            "2fa95ec7e41447941ad01e86f6c7cfc18ae62b515bb067ad10e8b51a8270f965",
            ["c41ca3756ef5c02d", "08e626077f242fdb", "68b950364eb26b79"],
        ),
        (
            MEMBERS,
            "feffd1d2a38e8da8077ffcce245ea2cf2053ee15d2a7d512525b875707c4e778",
            ["e974abf1c594c326", "67eccb55a97b490e", "23a0e1c1e52f96f1"],
        ),
    ];
    let mut all_equal = true;
    let mut compare = |what: String, found: &str, expected: &str| {
        let equal = found == expected;
        all_equal &= equal;
        println!("{what}: {found}{}", if equal { String::new() } else { format!(", expected {expected}") });
    };
    for (members, lines, sums) in expected {
        let mut bytes = Sha256::new();
        Stream::of(members).for_each(|line| bytes.update(line + "\n"));
        let sum: String = bytes.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        compare(format!("{members} members, lines"), &sum, lines);
        for (rules, expected) in RULE_SETS.into_iter().zip(sums) {
            let mut standings = Standings::new(program(rules));
            let mut stream = Stream::of(members);
            loop {
                let lines: Vec<String> = stream.by_ref().take(SLICE).collect();
                if lines.is_empty() {
                    break;
                }
                standings.take(&lines);
            }
            compare(format!("{members} members, {rules} rules"), &standings.checksum(), expected);
        }
    }
    assert!(all_equal, "a sum differs");
}
