//! How long it takes to fold activities again: when one arrives late, when one is voided or reversed, and when a
//! snapshot is restored.
//!
//! ```sh
//! cargo bench -p knownfor-speed --bench rebuild                        # as below
//! cargo bench -p knownfor-speed --bench rebuild -- 10000 100 300000    # activities of one member, rules, activities to restore
//! ```

use cpu_time::ThreadTime;
use knownfor::{Activity, Engine, Feed, Incoming, Program, Timestamp, Tree};
use knownfor_speed::{Stream, program};
use serde_json::{Deserializer, json};
use std::{env, hint::black_box};

/// How many of the member's first and last activities arrive late and are then voided. All later activities are folded
/// again each time.
const LATE: usize = 21;
const LIKES: &str = r#"
version = 1
id = "likes"
kinds = { like = {}, unlike = { reverses = "like" } }
currencies = { points = {} }
limits = { daily = { per = "day", points = 20 } }
tallies = { likes = { count = "like" }, days = { of = "like", streak = "day" } }
rules = { liked = { on = "like", give = { points = 2 }, limit = "daily" } }
badges = { ten = { when = { likes = 10 } }, week = { when = { days = 7 } } }
"#;
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
    measure_reverses(number(0, 10_000));
    measure_restore(number(2, 300_000), rules);
}

fn measure_late(count: usize, rules: usize) {
    println!("one member, {count} activities, {rules} rules; CPU time in ms");
    let mut engine = Engine::new(program(rules));
    let mut activities = read(engine.program(), 1, count + 2 * LATE);
    let mut end = activities.split_off(activities.len() - 2 * LATE);
    let last = end.split_off(LATE);
    let first: Vec<Activity> = activities.drain(..LATE).collect();
    activities.extend(last);
    take_in(&mut engine, activities);
    for (place, late) in [("at the beginning", first), ("near the end", end)] {
        let ids: Vec<_> = late.iter().map(|activity| activity.reference()).collect();
        let arrivals = late.into_iter().map(|activity| {
            millis(|| {
                black_box(engine.apply(activity)).expect("it is new");
            })
        });
        report(&format!("a late arrival {place}"), arrivals.collect());
        let voids = ids.iter().map(|id| {
            millis(|| {
                black_box(engine.void(&id.source, &id.id));
            })
        });
        report(&format!("a void {place}"), voids.collect());
    }
}

/// Likes, of which some are taken back.
fn measure_reverses(count: usize) {
    let tree: Tree = toml::from_str(LIKES).expect("the program is TOML");
    let program = Program::check(&tree, |_| None).unwrap_or_else(|problems| panic!("{problems}"));
    let mut id = 0_u32;
    let mut activity = |kind: &str, object: String| {
        id += 1;
        let at = Timestamp::from_unix(1_767_225_600 + 3_600 * i64::from(id), 0).expect("a time").to_string();
        let line = json!({ "id": id, "at": at, "kind": kind, "actor": "ada", "object": object });
        match program.read(&line, &Feed::new("wiki")) {
            Ok(Incoming::Activity(activity)) => activity,
            other => panic!("a line is an activity: {other:?}"),
        }
    };
    let likes: Vec<_> = (0..count).map(|post| activity("like", format!("post-{post}"))).collect();
    println!("one member, {count} likes; CPU time in ms");
    for (what, posts) in [
        ("an unlike of nothing", (0..LATE).map(|_| "none".to_owned()).collect::<Vec<_>>()),
        ("an unlike, the newest like first", (0..LATE).map(|post| format!("post-{}", count - 1 - post)).collect()),
        ("an unlike, the oldest like first", (0..LATE).map(|post| format!("post-{post}")).collect()),
    ] {
        let mut engine = Engine::new(program.clone());
        take_in(&mut engine, likes.clone());
        let times = posts.into_iter().map(|post| {
            let unlike = activity("unlike", post);
            millis(|| {
                black_box(engine.apply(unlike)).expect("it is new");
            })
        });
        report(what, times.collect());
    }
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
    println!("{name:36}median {:>9.2}   least {:>9.2}", times[times.len() / 2], times[0]);
}
