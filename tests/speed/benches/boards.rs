//! How long it takes to find a viewer's rows on a board, among many members.
//!
//! ```sh
//! cargo bench -p knownfor-speed --bench boards              # 1,000,000 members
//! cargo bench -p knownfor-speed --bench boards -- 10000     # 10,000 members
//! ```

use cpu_time::ThreadTime;
use knownfor::{Boards, Engine, Standing, Timestamp, ViewContext};
use knownfor_speed::{board_program, did_on_boards};
use std::{env, hint::black_box};

/// How many standings are folded. Each is used for many members.
const DIFFERENT: u64 = 3_000;
/// How often each question is asked.
const ROUNDS: usize = 101;

fn main() {
    // cargo passes `--bench` to every benchmark.
    let asked = env::args().skip(1).find(|argument| !argument.starts_with("--"));
    let members: usize = asked.map_or(1_000_000, |members| members.parse().expect("a whole number"));
    let mut engine = Engine::new(board_program());
    for activity in did_on_boards(engine.program(), DIFFERENT) {
        engine.apply(activity).expect("an activity is accepted");
    }
    let standings: Vec<&Standing> = engine.members().filter_map(|member| engine.standing(member)).collect();
    let now: Timestamp = "2026-02-20T12:00:00Z".parse().expect("a time");
    let mut boards = Boards::new(engine.program());
    let name = |number: usize| format!("m{number:07}");
    let mut updates = Vec::with_capacity(members);
    for number in 0..members {
        let name = name(number * 7_919 % members);
        updates.push(micros(|| boards.update(&name, standings[number % standings.len()], now).expect("one program")));
    }
    println!("{members} members; CPU time in µs{:16}{:>10}{:>10}{:>10}", "", "median", "99 %", "longest");
    report("to put a member on three boards", updates);
    let mates: Vec<String> = (0..20).map(|mate| name(mate * 97 % members)).collect();
    let mates: Vec<&str> = mates.iter().map(String::as_str).collect();
    for (team, who) in [(&[][..], "without a team"), (&mates[..], "with a team of 20")] {
        for board in ["ever", "month"] {
            let ask = |round: usize| {
                let viewer = name(round * 6_113 % members);
                let ask = ViewContext { team, ..ViewContext::of(&viewer, "en", now) };
                micros(|| assert!(black_box(boards.board(board, &ask, 10)).expect("a board").rows.len() == 10))
            };
            report(&format!("ten rows of `{board}`, {who}"), (0..ROUNDS).map(ask).collect());
        }
    }
}

/// Microseconds of CPU time.
fn micros(work: impl FnOnce()) -> f64 {
    let start = ThreadTime::now();
    work();
    start.elapsed().as_nanos() as f64 / 1e3
}

fn report(name: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!("{name:44}{:>10.1}{:>10.1}{:>10.1}", at(0.5), at(0.99), at(1.0));
}
