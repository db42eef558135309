//! Rules: generated rule sets, written as programs.

use super::{AUDIENCES, KINDS, TOPICS, TOWARDS_SOMEBODY, draws::Draws};
use knownfor::{Program, Tree, Zone};
use std::fmt::Write;

/// The `[input]` and the kinds of the stream.
const HEAD: &str = r#"version = 1
id = "workload"

[input]
id = "/id"
at = { at = "/ts", epoch = "seconds" }
kind = "/kind"
actor = "/member"
attributes = ""
sequence = "@line"                # many share a second

[currencies.points]

"#;
const LEVELS: u32 = 24;

/// Everything that is drawn for a rule, whether the rule uses it or not.
struct Drawn {
    kind: &'static str,
    condition: String,
    points: u64,
    cap: u64,
    /// The match that earns a badge.
    nth: u64,
    /// How many different counterparts earn a badge.
    distinct: u64,
    /// How many days in a row earn a badge.
    days: u64,
    bonus: u64,
}

/// The program of the first `rules` rules.
pub fn program(rules: usize) -> Program {
    let text = program_text(rules);
    let tree: Tree = toml::from_str(&text).expect("the program is TOML");
    Program::check(&tree, Zone::named).unwrap_or_else(|problems| panic!("{problems}"))
}

/// The program of the first `rules` rules, as TOML.
pub fn program_text(rules: usize) -> String {
    let mut text = String::from(HEAD);
    for (kind, _) in KINDS {
        let attributes = r#"{ words = "integer", audience = "text", topics = "texts", counterpart = "text" }"#;
        put(&mut text, format_args!("[kinds.\"{kind}\"]\nattributes = {attributes}\n\n"));
    }
    let mut draws = Draws::new(7);
    for number in 0..rules {
        rule(&mut text, number, &Drawn::new(&mut draws, number));
    }
    for level in 0..LEVELS {
        put(&mut text, format_args!("[levels.{}]\nmin = {{ points = {} }}\n\n", level + 1, 100_u64 << level));
    }
    text
}

impl Drawn {
    fn new(draws: &mut Draws, number: usize) -> Self {
        let kind = draws.below(KINDS.len() as u64) as usize;
        let kind_towards_somebody = draws.one_of(&TOWARDS_SOMEBODY);
        let kind = if number % 8 == 3 { kind_towards_somebody } else { kind };
        let condition = condition(draws);
        let points = 1 + draws.below(50);
        Self {
            kind: KINDS[kind].0,
            condition,
            points,
            cap: points * (1 + draws.below(4)) + draws.below(points),
            nth: draws.one_of(&[1, 3, 5, 10, 25, 50, 100, 250]),
            distinct: draws.one_of(&[2, 3, 5, 10, 20]),
            days: 2 + draws.below(6),
            bonus: 10 * (1 + draws.below(10)),
        }
    }
}

/// The `if` of a rule and of its tally: none, one, two or all of three tests.
fn condition(draws: &mut Draws) -> String {
    let how_many = draws.below(4);
    let picked = draws.below(3);
    let tests = [
        format!("words = {{ min = {} }}", 100 * (1 + draws.below(9))),
        format!("audience = {:?}", draws.one_of(&AUDIENCES)),
        format!("topics = {{ contains = \"t{:02}\" }}", draws.below(TOPICS)),
    ];
    let is_used = |test: u64| match how_many {
        0 => false,
        1 => test == picked,
        2 => test != picked,
        _ => true,
    };
    let used: Vec<_> = (0..).zip(tests).filter(|(test, _)| is_used(*test)).map(|(_, text)| text).collect();
    if used.is_empty() { String::new() } else { format!("if = {{ {} }}\n", used.join(", ")) }
}

/// Writes a rule. Its number decides whether it has a daily limit, or a badge with a tally.
fn rule(text: &mut String, number: usize, drawn: &Drawn) {
    let Drawn { kind, condition, points, cap, nth, distinct, days, bonus } = drawn;
    let name = format!("r{number:04}");
    put(text, format_args!("[rules.{name}]\non = \"{kind}\"\n{condition}give = {{ points = {points} }}\n"));
    if number % 4 == 1 {
        put(text, format_args!("limit = {{ points = {cap}, per = \"day\" }}\n"));
    }
    text.push('\n');
    if number % 4 == 2 {
        badge(text, &name, "n", &format!("count = \"{kind}\"\n{condition}"), *nth);
    } else if number % 8 == 3 {
        badge(text, &name, "d", &format!("distinct = \"counterpart\"\nof = \"{kind}\"\n{condition}"), *distinct);
        let goal = format!("when = {{ {name}d = {distinct} }}");
        put(text, format_args!("[rules.{name}-bonus]\n{goal}\ngive = {{ points = {bonus} }}\n\n"));
    } else if number % 16 == 7 {
        badge(text, &name, "s", &format!("streak = \"day\"\nof = \"{kind}\"\n{condition}"), *days);
        // Given for each new streak, although the badge itself is given once.
        let goal = format!("when = {{ {name}s = {days} }}\ngiven = \"again\"");
        put(text, format_args!("[rules.{name}-bonus]\n{goal}\ngive = {{ points = {bonus} }}\n\n"));
    }
}

/// Writes a tally, and the badge for reaching `goal` in it.
fn badge(text: &mut String, rule: &str, sort: &str, tally: &str, goal: u64) {
    put(text, format_args!("[tallies.{rule}{sort}]\n{tally}\n"));
    put(text, format_args!("[badges.\"{rule}:{sort}\"]\nwhen = {{ {rule}{sort} = {goal} }}\n\n"));
}

fn put(text: &mut String, what: std::fmt::Arguments) {
    text.write_fmt(what).expect("a string takes it");
}
