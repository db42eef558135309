//! The command as its user meets it: what it prints and writes, and what it says of bad input.

use std::{
    fs,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

fn example(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file)
}

fn replay(program: &Path, feed: &Path, options: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_replay"))
        .arg(program)
        .arg(feed)
        .args(options)
        .env("RUST_BACKTRACE", "0")
        .output()
        .unwrap()
}

fn said(output: &Output) -> (String, String) {
    (String::from_utf8_lossy(&output.stdout).into(), String::from_utf8_lossy(&output.stderr).into())
}

/// A file in a folder of this test run's own.
fn file(name: &str, content: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).unwrap();
    path
}

#[test]
fn awards_points_and_ledger_are_written() {
    let (program, feed) = (example("quickstart/program.toml"), example("quickstart/feed.jsonl"));
    let out = |name: &str| Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).display().to_string();
    let (awards, points, ledger) = (out("awards.jsonl"), out("points.jsonl"), out("ledger.jsonl"));
    let output = replay(&program, &feed, &["--awards", &awards, "--points", &points, "--ledger", &ledger]);
    let (stdout, stderr) = said(&output);
    assert!(output.status.success(), "{stderr}");
    assert!(stdout.contains("4 activities, 3 members") && stdout.contains("1 well-read"), "{stdout}");
    let award: serde_json::Value = serde_json::from_str(&fs::read_to_string(awards).unwrap()).unwrap();
    let expected = serde_json::json!({
        "member": "ada", "badge": "well-read", "at": "2026-03-02T10:05:00+01:00", "activity": "3", "object": "post-1",
    });
    assert_eq!(award, expected);
    let points = fs::read_to_string(points).unwrap();
    assert_eq!(points.lines().next(), Some(r#"{"member":"ada","points":60,"totals":{"recognition":60}}"#));
    assert_eq!(fs::read_to_string(ledger).unwrap().lines().count(), 4);
}

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
fn why_and_why_not_name_the_activities() {
    let (program, feed) = (example("quickstart/program.toml"), example("quickstart/feed.jsonl"));
    let why = said(&replay(&program, &feed, &["--explain", "ada", "well-read"])).0;
    assert!(why.contains("goal of badge `well-read` reached for `post-1`") && why.contains("by 2, 3"), "{why}");
    let why_not = said(&replay(&program, &feed, &["--explain", "ben", "well-read"])).0;
    assert!(why_not.contains("ben has no `well-read` yet") && why_not.contains("likes 0 of 2"), "{why_not}");
    let (_, nobody) = said(&replay(&program, &feed, &["--explain", "zoe"]));
    assert!(nobody.contains("no activity of the feed names a member `zoe`"), "{nobody}");
    let (_, no_badge) = said(&replay(&program, &feed, &["--explain", "ada", "well-fed"]));
    assert!(no_badge.contains("there is no badge `well-fed`; the program has: well-read"), "{no_badge}");
}

#[test]
fn a_bad_line_is_named_with_what_was_expected() {
    let program = example("quickstart/program.toml");
    let good = r#"{"id": "1", "at": "2026-03-02T09:30:00Z", "kind": "post.liked"}"#;
    let cases = [
        ("{", "not JSON"),
        (r#"{"id": "2", "kind": "post.liked"}"#, "/at: is missing"),
        (r#"{"id": "2", "at": "2026-03-02T09:30:00Z", "kind": "post.likd"}"#, "did you mean `post.liked`?"),
        (
            r#"{"id": "1", "at": "2026-03-02T09:31:00Z", "kind": "post.liked"}"#,
            "already in the record with other content",
        ),
    ];
    for (index, (line, expected)) in cases.iter().enumerate() {
        let feed = file(&format!("bad-{index}.jsonl"), &format!("{good}\n{line}\n"));
        let output = replay(&program, &feed, &[]);
        let stderr = said(&output).1;
        assert!(!output.status.success() && stderr.contains("line 2") && stderr.contains(expected), "{line}: {stderr}");
    }
}

#[test]
fn a_program_with_mistakes_is_refused_with_all_of_them() {
    let program =
        file("mistakes.toml", "version = 1\nid = 'p'\n[kinds.a]\n[rules.r]\non = 'b'\ngive = { c = 1 }\nsize = 2\n");
    let (_, stderr) = said(&replay(&program, &example("quickstart/feed.jsonl"), &[]));
    for expected in ["3 problems", "/rules/r/on", "/rules/r/give/c", "/rules/r/size"] {
        assert!(stderr.contains(expected), "{expected}: {stderr}");
    }
}

#[test]
fn another_program_is_compared_member_by_member() {
    let (program, feed) = (example("quickstart/program.toml"), example("quickstart/feed.jsonl"));
    let compared = |other: &Path| {
        let output = replay(&program, &feed, &["--compare", &other.display().to_string()]);
        assert!(output.status.success(), "{}", said(&output).1);
        said(&output).0
    };
    assert_eq!(compared(&program), "0 of 3 members would have something else at 2026-03-02T09:06:00Z\n");
    let text = fs::read_to_string(&program).unwrap();
    let other = text.replace("recognition = 50", "recognition = 30").replace("likes = 2", "likes = 1");
    let other = file("other.toml", &other.replace("badges.well-read", "badges.read"));
    let expected = "1 of 3 members would have something else at 2026-03-02T09:06:00Z
  recognition: 0 gain 0 in all; 1 lose 20
ada: recognition 60 → 40, gains read for post-1, loses well-read for post-1
";
    assert_eq!(compared(&other), expected);
    let blind = "version = 1\nid = 'blind'\n[kinds.'blog.published']\n";
    let ignores = file("ignores.toml", &format!("{blind}[input]\nunknown_kinds = 'ignore'\n"));
    let told = compared(&ignores);
    assert!(told.contains("ada: recognition 60 → 0, loses well-read"), "{told}");
    let refuses = replay(&program, &feed, &["--compare", &file("blind.toml", blind).display().to_string()]);
    let error = said(&refuses).1;
    assert!(!refuses.status.success() && error.contains("by the other program"), "{error}");
    assert!(error.contains("line") && error.contains("post.liked"), "{error}");
}

#[test]
fn who_is_known_for_a_tag_of_a_stack_exchange_site() {
    let tagged = |member: &str, post_type: &str| serde_json::json!({ "member": member, "post": member, "post_type": post_type, "tags": ["rust", "go"] });
    let answered_oneself = serde_json::json!({ "member": "ben", "actor": "ben", "tags": ["rust"] });
    let deeds = [
        ("vote_up", tagged("ada", "answer")),
        ("vote_up", tagged("ben", "question")),
        ("vote_up", tagged("cleo", "answer")),
        ("vote_down", tagged("cleo", "answer")),
        ("answer_accepted", serde_json::json!({ "actor": "ben", "tags": ["rust"] })),
        ("answer_accepted", answered_oneself),
    ];
    let lines: String = (1..).zip(deeds).map(|(number, (kind, more))| site_line(number, kind, more)).collect();
    let (program, feed) = (example("replay/stackexchange.toml"), file("tags.jsonl", &lines));
    let (told, error) = said(&replay(&program, &feed, &["--known-for", "rust"]));
    assert_eq!(told, "     5  ada: answer-votes-on 1, accepted-on 1\n     1  ben: question-votes-on 1\n", "{error}");
    let (_, nobody) = said(&replay(&program, &feed, &["--known-for", "cobol"]));
    assert!(nobody.contains("nothing in the feed speaks for anybody in `cobol`"), "{nobody}");
}

/// A line as a Stack Exchange feed has it: a kind, what it says of a post, and whatever else.
fn site_line(number: usize, kind: &str, more: serde_json::Value) -> String {
    let mut line = serde_json::json!({
        "id": format!("e{number}"), "time": "2016-12-01T00:00:00Z", "kind": kind, "member": "ada",
        "post": "p1", "post_type": "answer", "post_owner": "ada", "post_time": "2016-11-01T00:00:00Z",
        "question": "q1", "question_owner": "ben", "question_time": "2016-08-01T00:00:00Z",
    });
    line.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    line.to_string() + "\n"
}

#[test]
fn badges_and_reputation_of_a_stack_exchange_site() {
    let own = serde_json::json!({ "post": "p2", "question_owner": "ada" });
    let question = |more: serde_json::Value| {
        let mut question =
            serde_json::json!({ "post": "q1", "post_type": "question", "post_owner": "ben", "member": "ben" });
        question.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        question
    };
    let mut deeds = vec![("vote_up", serde_json::json!({})); 40];
    deeds.extend([
        ("member_joined", serde_json::json!({ "time": "2014-12-01T00:00:00Z" })),
        ("answer_accepted", serde_json::json!({ "actor": "ben" })),
        ("vote_up", own.clone()),
        ("vote_up", own.clone()),
        ("vote_up", own),
        ("post_rolled_back", serde_json::json!({ "member": "cleo" })),
        ("bounty_started", question(serde_json::json!({ "actor": "ben", "amount": 50 }))),
        ("bounty_started", question(serde_json::json!({ "actor": "cleo", "amount": 100 }))),
        ("bounty_awarded", serde_json::json!({ "amount": 50 })),
        ("question_stats", question(serde_json::json!({ "views": 2499, "favorites": 25 }))),
    ]);
    deeds.extend((0..80).map(|post| {
        ("post_edited", serde_json::json!({ "member": "cleo", "post": format!("p{post}"), "fields": ["body", "tags"] }))
    }));
    let lines: String = (1..).zip(deeds).map(|(number, (kind, more))| site_line(number, kind, more)).collect();
    let out = |name: &str| Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).display().to_string();
    let (awards, points) = (out("site-awards.jsonl"), out("site-points.jsonl"));
    let feed = file("site.jsonl", &lines);
    let program = example("replay/stackexchange.toml");
    let output = replay(&program, &feed, &["--awards", &awards, "--points", &points]);
    assert!(output.status.success(), "{}", said(&output).1);
    let awards = fs::read_to_string(awards).unwrap();
    let award = |line: &str| -> (String, String) {
        let award: serde_json::Value = serde_json::from_str(line).unwrap();
        (award["member"].as_str().unwrap().into(), award["badge"].as_str().unwrap().into())
    };
    let mut given: Vec<_> = awards.lines().map(award).collect();
    given.sort();
    let expected = [
        ("ada", "Good Answer"),
        ("ada", "Guru"),
        ("ada", "Mortarboard"),
        ("ada", "Necromancer"),
        ("ada", "Nice Answer"),
        ("ada", "Self-Learner"),
        ("ada", "Teacher"),
        ("ada", "Yearling"),
        ("ben", "Benefactor"),
        ("ben", "Favorite Question"),
        ("ben", "Popular Question"),
        ("ben", "Promoter"),
        ("ben", "Scholar"),
        ("cleo", "Cleanup"),
        ("cleo", "Editor"),
        ("cleo", "Investor"),
        ("cleo", "Strunk & White"),
    ];
    assert_eq!(given, expected.map(|(member, badge)| (member.to_owned(), badge.to_owned())));
    // 200 from votes, all that a day may bring; 15 for the answer that was accepted and 50 of the bounty.
    let points = fs::read_to_string(points).unwrap();
    assert_eq!(points.lines().next(), Some(r#"{"member":"ada","points":266,"totals":{"reputation":266}}"#));
}

#[test]
fn what_may_harm_is_said_once_with_all_places() {
    let program = file(
        "harmful.toml",
        r#"
        version = 1
        id = "harmful"
        kinds = { click = {}, "member.left" = {} }
        currencies = { points = {} }
        rules.one = { on = "click", give = { points = 1 } }
        rules.two = { on = "click", give = { points = 2 } }
        rules.some = { on = "click", give = { points = 2 }, limit = [{ times = 1, per = "day" }] }
        "#,
    );
    let output = replay(&program, &file("clicks.jsonl", ""), &[]);
    let (_, stderr) = said(&output);
    assert!(output.status.success(), "{stderr}");
    assert_eq!(stderr.matches("may harm: gives points each time").count(), 1, "{stderr}");
    assert!(stderr.contains("\n  /rules/one\n  /rules/two\n  instead: "), "{stderr}");
    assert!(!stderr.contains("/rules/some"), "{stderr}");
}
