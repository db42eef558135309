//! How long it takes to fold activities again: when one arrives late, when one is voided, and when a snapshot is
//! restored.
//!
//! ```sh
//! cargo bench -p knownfor-speed --bench rebuild                        # as below
//! cargo bench -p knownfor-speed --bench rebuild -- 10000 100 300000    # activities of one member, rules, activities to restore
//! ```

use cpu_time::ThreadTime;
use knownfor::{Activity, Engine, Feed, Incoming, Program};
use knownfor_speed::{Stream, program};
use serde_json::Deserializer;
use std::{env, hint::black_box};

/// How many of the member's first activities arrive late and are then voided. All later activities are folded again
/// each time.
const LATE: usize = 21;
const RESTORES: usize = 5;
const MEMBERS: u64 = 100_000;

fn main() {
    // cargo passes `--bench` to everything it runs.
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let number = |index: usize, default| {
        arguments.get(index).map_or(default, |text| text.parse().expect("arguments are whole numbers"))
    };
    let rules = number(1, 100);
    measure_late(number(0, 10_000), rules);
    measure_restore(number(2, 300_000), rules);
}

fn measure_late(count: usize, rules: usize) {
    println!("one member, {count} activities, {rules} rules; CPU time in ms");
    let mut engine = Engine::new(program(rules));
    let mut activities = read(engine.program(), 1, count + LATE);
    let late: Vec<Activity> = activities.drain(..LATE).collect();
    take_in(&mut engine, activities);
    let ids: Vec<_> = late.iter().map(|activity| activity.reference()).collect();
    let arrivals = late.into_iter().map(|activity| {
        millis(|| {
            black_box(engine.apply(activity)).expect("it is new");
        })
    });
    report("a late arrival", arrivals.collect());
    let voids = ids.iter().map(|id| {
        millis(|| {
            black_box(engine.void(&id.source, &id.id));
        })
    });
    report("a void", voids.collect());
}

fn measure_restore(count: usize, rules: usize) {
    println!("{MEMBERS} members, {count} activities, {rules} rules; CPU time in ms");
    let mut engine = Engine::new(program(rules));
    let activities = read(engine.program(), MEMBERS, count);
    take_in(&mut engine, activities);
    let bytes = engine.snapshot();
    let restores = (0..RESTORES).map(|_| {
        let program = program(rules);
        let mut restored = None;
        let time = millis(|| restored = Some(Engine::restore(program, &bytes)));
        let restored = restored.expect("it ran").expect("the bytes are those of a snapshot");
        assert!(restored.members().eq(engine.members()), "all members are there again");
        time
    });
    report("a snapshot restored", restores.collect());
}

/// The first activities of the stream.
fn read(program: &Program, members: u64, count: usize) -> Vec<Activity> {
    let feed = Feed::new("workload");
    let read = |(number, line): (u64, String)| {
        let incoming = program.read(&mut Deserializer::from_str(&line), &feed.line(number));
        let Ok(Incoming::Activity(activity)) = incoming else { panic!("a line is an activity: {incoming:?}") };
        activity
    };
    (1..).zip(Stream::of(members)).take(count).map(read).collect()
}

fn take_in(engine: &mut Engine, activities: Vec<Activity>) {
    assert!(engine.apply_all(activities).0.iter().all(Result::is_ok), "all are new");
}

/// Milliseconds of CPU time.
fn millis(work: impl FnOnce()) -> f64 {
    let start = ThreadTime::now();
    work();
    start.elapsed().as_nanos() as f64 / 1e6
}

fn report(name: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    println!("{name:24}median {:>9.2}   least {:>9.2}", times[times.len() / 2], times[0]);
}
