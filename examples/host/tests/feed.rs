//! The host as its README shows it, and the same feed in other orders.

use std::{
    collections::BTreeMap,
    io::Write,
    path::Path,
    process::{Command, Stdio},
};
use tempfile::TempDir;

const FEED: &str = include_str!("../feed.jsonl");
const MARCH: &str = "2026-03-06T12:00:00Z";

fn host(database: &Path, now: &str, lines: &str) -> String {
    let mut host = Command::new(env!("CARGO_BIN_EXE_host"))
        .arg(database)
        .arg(now)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("the host starts");
    host.stdin.take().expect("it is piped").write_all(lines.as_bytes()).expect("the host reads");
    let output = host.wait_with_output().expect("the host ends");
    assert!(output.status.success());
    String::from_utf8(output.stdout).expect("the news are UTF-8")
}

/// What is left of the news once those that were taken back are taken out.
fn sum(news: &str) -> BTreeMap<String, i32> {
    let mut sum = BTreeMap::new();
    for line in news.lines() {
        let (text, by) = (line.replacen(" - ", " + ", 1), if line.contains(" - ") { -1 } else { 1 });
        *sum.entry(text).or_default() += by;
    }
    sum.retain(|_, times| *times != 0);
    sum
}

#[test]
fn the_readme_shows_what_happens() {
    let folder = TempDir::new().expect("a folder");
    let database = folder.path().join("people.sqlite");
    let readme = include_str!("../README.md");
    let shown: Vec<&str> = readme.split("```text\n").skip(1).map(|part| part.split("```").next().unwrap()).collect();
    let late = readme.split("echo '").nth(1).and_then(|part| part.split('\'').next()).expect("the late line");
    assert_eq!(host(&database, MARCH, FEED), shown[0]);
    assert_eq!(host(&database, MARCH, FEED), "", "lines that come again bring nothing");
    assert_eq!(host(&database, MARCH, &format!("{late}\n")), shown[1]);
    assert_eq!(host(&database, "2027-03-02T12:00:00Z", ""), shown[2]);
    assert_eq!(host(&database, "2027-04-02T12:00:00Z", ""), "", "an anniversary is told once");
}

#[test]
fn what_members_are_told_adds_up_in_any_order() {
    let lines: Vec<&str> = FEED.lines().collect();
    let void = r#"{"void": "3"}"#;
    let mut all = Vec::new();
    for turn in 0..lines.len() {
        let folder = TempDir::new().expect("a folder");
        let database = folder.path().join("people.sqlite");
        let mut order = lines.clone();
        order.rotate_left(turn);
        order.insert(turn, void);
        // The time of day at which each line comes has passed the anniversary for some of them.
        let news: String = order.iter().map(|line| host(&database, "2027-03-03T00:00:00Z", &format!("{line}\n"))).collect();
        all.push(sum(&news));
    }
    assert!(all[0].values().all(|times| *times > 0), "{:?}", all[0]);
    assert_eq!(all[0].get("ada: + blog (10 points)"), Some(&2));
    assert_eq!(all[0].get("ada: + A year with us (0 points)"), Some(&1));
    assert_eq!(all[0].get("ada: + Writer (0 points)"), None);
    assert!(all.iter().all(|told| *told == all[0]), "{all:?}");
}
