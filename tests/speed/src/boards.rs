//! Boards: members who joined boards and earned something.

use crate::draws::Draws;
use knownfor::{Activity, Feed, Incoming, Program, Tree};
use serde_json::json;

const PROGRAM: &str = r#"
version = 1
id = "boards"
kinds = { wrote = {}, joined = {}, left = {} }
currencies = { points = {} }
rules = { posts = { on = "wrote", give = { points = 3 } } }

[boards]
ever = { of = "points", joined_by = "joined", left_by = "left" }
month = { of = "points", per = "month", joined_by = "joined", left_by = "left" }
other = { of = "points", joined_by = "joined", left_by = "left" }
"#;
/// 2026-01-01
const BEGIN: u64 = 1_767_225_600;

/// A program with three boards.
pub fn board_program() -> Program {
    let tree: Tree = toml::from_str(PROGRAM).expect("the program is TOML");
    Program::check(&tree, |_| None).unwrap_or_else(|problems| panic!("{problems}"))
}

/// What `members` members did in January and February 2026, in order of time. All of them joined the boards.
pub fn did_on_boards(program: &Program, members: u64) -> Vec<Activity> {
    let mut draws = Draws::new(2026);
    let mut did = Vec::new();
    for member in 0..members {
        did.push((BEGIN, "joined", member));
        for _ in 0..draws.below(40) {
            did.push((BEGIN + draws.below(50 * 86_400), "wrote", member));
        }
    }
    did.sort_unstable();
    let read = |(id, (at, kind, member)): (usize, (u64, &str, u64))| {
        let at = knownfor::Timestamp::from_unix(at as i64, 0).expect("a time").to_string();
        let line = json!({ "id": id, "at": at, "kind": kind, "actor": format!("m{member}") });
        match program.read(&line, &Feed::new("boards")) {
            Ok(Incoming::Activity(activity)) => activity,
            other => panic!("a line is an activity: {other:?}"),
        }
    };
    did.into_iter().enumerate().map(read).collect()
}
