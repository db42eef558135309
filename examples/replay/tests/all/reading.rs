//! Reading a feed: where it comes from, what is left out, and up to which moment.

use crate::support::{example, file, replay, said};
use std::{
    fs,
    io::Write,
    process::{Command, Stdio},
};

#[test]
fn a_feed_comes_from_standard_input_too() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_replay"))
        .arg(example("quickstart/program.toml"))
        .arg("-")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let feed = fs::read(example("quickstart/feed.jsonl")).unwrap();
    child.stdin.take().unwrap().write_all(&feed).unwrap();
    assert!(said(&child.wait_with_output().unwrap()).0.contains("4 activities"));
}

#[test]
fn what_reading_lost_is_noted() {
    let program = file("lost.toml", "version = 1\nid = 'p'\n[input]\nunknown_kinds = 'ignore'\n[kinds.post]\n");
    let line = |id: u32, kind: &str, actor: &str| {
        format!(r#"{{"id": {id}, "at": "2026-03-02T09:00:00Z", "kind": "{kind}", "actor": {actor}}}"#) + "\n"
    };
    let feed = file(
        "lost.jsonl",
        &[
            line(1, "post", r#""ada""#),
            line(2, "Post", r#""ada""#),
            line(3, "post", "null"),
            line(4, "post", r#""Ada""#),
        ]
        .concat(),
    );
    let (stdout, stderr) = said(&replay(&program, &feed, &[]));
    assert!(stdout.contains("3 activities, 2 members"), "{stdout}");
    for note in [
        "note: 1 activity names nobody, so nobody gets anything",
        "note: kind `Post` ignored in 1 line; did you mean `post`?",
        "note: `ada` and `Ada` are different members",
    ] {
        assert!(stderr.contains(note), "{note}: {stderr}");
    }
}

#[test]
fn refused_lines_are_skipped_and_counted_when_asked() {
    let program = example("quickstart/program.toml");
    let good = r#"{"id": "1", "at": "2026-03-02T09:30:00Z", "kind": "post.liked"}"#;
    let other = r#"{"id": "1", "at": "2026-03-02T09:31:00Z", "kind": "post.liked"}"#;
    let bad = r#"{"id": "2", "at": "2026-02-30T09:30:00Z", "kind": "post.liked"}"#;
    let feed = file("refused.jsonl", &format!("{good}\n{{\n{bad}\n{other}\n"));
    let output = replay(&program, &feed, &["--skip-refused"]);
    let (stdout, stderr) = said(&output);
    assert!(
        output.status.success() && stdout.contains("1 activity,") && stdout.contains("3 lines refused"),
        "{stdout}"
    );
    for refused in
        ["line 2: not JSON", "line 3: /at: `2026-02-30T09:30:00Z`: the calendar has no", "line 4: activity `1`"]
    {
        assert!(stderr.contains(refused), "{refused}: {stderr}");
    }
}

#[test]
fn a_moment_can_be_chosen() {
    let program = file(
        "month.toml",
        "version = 1\nid = 'p'\n[kinds.post]\n[currencies.r]\nper = 'month'\n[rules.p]\non = 'post'\ngive = { r = 1 }\nlimit = { times = 5, per = 'day' }\n",
    );
    let line =
        |id: u32, at: &str| format!(r#"{{"id": {id}, "at": "{at}T09:00:00Z", "kind": "post", "actor": "ada"}}"#) + "\n";
    let days = ["2026-03-02", "2026-03-03", "2026-03-04", "2062-03-04"];
    let feed = file("month.jsonl", &(1..).zip(days).map(|(id, at)| line(id, at)).collect::<String>());
    let (stdout, stderr) = said(&replay(&program, &feed, &[]));
    assert!(stdout.contains("r: 1 in all"), "{stdout}");
    assert!(stderr.contains("note: 1 activity lies 13149 days after all others, at 2062-03-04T09:00:00Z"), "{stderr}");
    let (stdout, _) = said(&replay(&program, &feed, &["--at", "2026-03-03T12:00:00Z"]));
    assert!(stdout.contains("r: 2 in all") && stdout.contains("2 activities later"), "{stdout}");
    let (stdout, _) = said(&replay(&program, &feed, &["--at", "2026-04-02T12:00:00Z"]));
    assert!(stdout.contains("r: 0 in all"), "{stdout}");
}

#[test]
fn a_record_is_a_feed_whatever_the_input_says() {
    let input = "[input]\nformat = 'cloudevents'\n";
    let program = |input: &str, kinds: &str| {
        let rule = "[currencies.r]\n[rules.p]\non = 'post'\ngive = { r = 1 }\nlimit = { times = 5, per = 'day' }\n";
        format!("version = 1\nid = 'p'\n{input}{kinds}[kinds.post]\n{rule}")
    };
    let both = file("record.toml", &program(input, "[kinds.video]\n"));
    let fewer = file("fewer.toml", &program(input, ""));
    let kept = |id: u32, kind: &str| {
        format!(r#"{{"source": "wiki", "id": "{id}", "at": "2026-03-02T09:00:00Z", "kind": "{kind}", "actor": "ada"}}"#)
            + "\n"
    };
    let record = file("record.jsonl", &(kept(1, "post") + &kept(2, "video")));
    let (stdout, stderr) = said(&replay(&both, &record, &["--record"]));
    assert!(stdout.contains("2 activities, 1 member\n") && stdout.contains("r: 1 in all"), "{stdout} {stderr}");
    // A kind was removed from the program.
    let (stdout, stderr) = said(&replay(&fewer, &record, &["--record"]));
    assert!(stdout.contains("1 activity, 1 member\n") && stdout.contains("r: 1 in all"), "{stdout}");
    assert!(stderr.contains("note: kind `video` ignored in 1 line"), "{stderr}");
    let (stdout, _) = said(&replay(&both, &record, &["--record", "--compare", &fewer.display().to_string()]));
    assert!(stdout.contains("0 of 1 member would have something else"), "{stdout}");
}

#[test]
fn values_beside_the_lines_are_handed_over() {
    let program = file(
        "beside.toml",
        "version = 1\nid = 'p'\n[input]\nkind = '@event'\nid = '@content'\nat = ['/at', '@received']\n[kinds.push]\n",
    );
    let feed = file("beside.jsonl", "{\"actor\": \"ada\"}\n{\"actor\": \"ada\"}\n{\"actor\": \"bob\"}\n");
    let with = ["--with", "event=push", "--with", "received=2026-03-02T09:00:00Z"];
    let (stdout, stderr) = said(&replay(&program, &feed, &with));
    assert!(stdout.contains("2 activities, 2 members") && stdout.contains("1 duplicate,"), "{stdout} {stderr}");
    let (_, stderr) = said(&replay(&program, &feed, &["--with", "event"]));
    assert!(stderr.contains("expected NAME=VALUE"), "{stderr}");
}
