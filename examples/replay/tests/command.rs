//! The command as its user meets it: its output, its files, and its messages about bad input.

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
    assert!(
        why.contains("goal of badge `well-read` reached for `post-1`") && why.contains("by 2, 3 on 2026-03-02"),
        "{why}"
    );
    let why_not = said(&replay(&program, &feed, &["--explain", "ben", "well-read"])).0;
    assert!(why_not.contains("ben has no `well-read` yet") && why_not.contains("likes 0 of 2"), "{why_not}");
    let (_, nobody) = said(&replay(&program, &feed, &["--explain", "zoe"]));
    assert!(nobody.contains("no activity of the feed names a member `zoe`"), "{nobody}");
    let (_, no_badge) = said(&replay(&program, &feed, &["--explain", "ada", "well-fed"]));
    assert!(no_badge.contains("there is no badge `well-fed`; the program has: well-read"), "{no_badge}");
}

#[test]
fn how_many_activities_count_is_told_where_not_all_are_named() {
    let program =
        "version = 1\nid = 'p'\n[kinds.post]\n[tallies.posts]\ncount = 'post'\n[badges.many]\nwhen = { posts = 60 }\n";
    let line = |number: u32| {
        format!(r#"{{"id": "{number}", "at": "2026-03-02T09:{number:02}:00Z", "kind": "post", "actor": "ada"}}"#) + "\n"
    };
    let feed = file("sixty.jsonl", &(0..60).map(line).collect::<String>());
    let why = said(&replay(&file("sixty.toml", program), &feed, &["--explain", "ada", "many"])).0;
    assert!(
        why.contains("posts 60 of 60: by 10, 11, 12,") && why.contains("58, 59 on 2026-03-02 and 10 before"),
        "{why}"
    );
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
    let file = program.display();
    for expected in [
        format!("\n{file}:5:1: /rules/r/on: there is no kind `b`"),
        format!("\n{file}:6:10: /rules/r/give/c: there is no currency `c`"),
        format!("\n{file}:7:1: /rules/r/size: there is no key `size`"),
    ] {
        assert!(stderr.contains(&expected), "{expected}: {stderr}");
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
    assert!(!refuses.status.success() && error.contains("with the other program"), "{error}");
    assert!(error.contains("line") && error.contains("post.liked"), "{error}");
}

#[test]
fn a_badge_held_in_another_way_is_told_as_one_change() {
    let program = |every: u32, silver: u32| {
        format!(
            "version = 1\nid = 'p'\n[kinds.post]\n[tallies.posts]\ncount = 'post'\n\
            [badges.regular]\nwhen = {{ posts = {every} }}\ngiven = 'every'\n\
            [badges.writer]\ngrades = {{ bronze = {{ posts = 1 }}, silver = {{ posts = {silver} }} }}\n"
        )
    };
    let line = |day: u32| {
        format!(r#"{{"id": "{day}", "at": "2026-03-0{day}T09:00:00Z", "kind": "post", "actor": "ada"}}"#) + "\n"
    };
    let feed = file("posts.jsonl", &(1..=6).map(line).collect::<String>());
    let (twice, thrice) = (file("twice.toml", &program(3, 9)), file("thrice.toml", &program(2, 6)));
    let compared = |program: &Path, other: &Path| {
        let told = said(&replay(program, &feed, &["--compare", &other.display().to_string()])).0;
        told.lines().last().unwrap_or_default().to_owned()
    };
    assert_eq!(compared(&twice, &thrice), "ada: regular ×2 → ×3, writer bronze → silver");
    let none = file("none.toml", "version = 1\nid = 'p'\n[kinds.post]\n");
    assert_eq!(compared(&none, &twice), "ada: gains regular (×2), gains writer (bronze)");
    assert_eq!(compared(&thrice, &none), "ada: loses regular (×3), loses writer (silver)");
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
    assert!(nobody.contains("the feed has no evidence for anyone in `cobol`"), "{nobody}");
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
    // 200 from votes, the limit of a day; 15 for the accepted answer and 50 from the bounty.
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
    assert_eq!(stderr.matches(" gives points each time").count(), 1, "{stderr}");
    let file = program.display();
    let places = format!("warning: `/rules/one` ({file}:6:15), `/rules/two` ({file}:7:15): gives points each time");
    assert!(stderr.contains(&places), "{stderr}");
    assert!(stderr.contains("\n  instead: "), "{stderr}");
    assert!(!stderr.contains("/rules/some"), "{stderr}");
}

/// A program of a quarter's points, with what each case adds, and its feed.
fn of_a_quarter(name: &str, more: &str, lines: &[&str]) -> (PathBuf, PathBuf) {
    let program = format!(
        "version = 1\nid = 'p'\n[kinds]\n'joined' = {{}}\n'post' = {{}}\n'like' = {{}}\n'unlike' = {{ reverses = 'like' }}\n\
         [currencies.season]\nper = 'quarter'\n[tallies]\nposts = {{ count = 'post' }}\n\
         years = {{ since = 'joined', unit = 'year' }}\n{more}"
    );
    (file(&format!("{name}.toml"), &program), file(&format!("{name}.jsonl"), &(lines.join("\n") + "\n")))
}

#[test]
fn everything_is_told_as_it_stands_at_the_end_of_the_feed() {
    let (program, feed) = of_a_quarter(
        "end",
        "[rules.jubilee]\nwhen = { years = 1 }\ngive = { season = 100 }\n[rules.post]\non = 'post'\ngive = { season = 10 }\n\
         [badges.year]\nwhen = { years = 1 }\ngiven = 'every'\n",
        &[
            r#"{"id": "1", "at": "2025-04-15T09:00:00Z", "kind": "joined", "actor": "ada"}"#,
            r#"{"id": "2", "at": "2026-03-15T09:00:00Z", "kind": "post", "actor": "bob"}"#,
            r#"{"id": "3", "at": "2026-05-15T09:00:00Z", "kind": "post", "actor": "dan"}"#,
        ],
    );
    let points = Path::new(env!("CARGO_TARGET_TMPDIR")).join("end-points.jsonl");
    let (stdout, stderr) = said(&replay(&program, &feed, &["--points", &points.display().to_string()]));
    assert!(stdout.contains("season: 110 in all") && stdout.contains("1 year"), "{stdout}{stderr}");
    let points = fs::read_to_string(points).unwrap();
    for line in [r#""member":"ada","points":100"#, r#""member":"bob","points":0"#, r#""member":"dan","points":10"#] {
        assert!(points.contains(line), "{line}: {points}");
    }
    let why = said(&replay(&program, &feed, &["--explain", "ada", "year"])).0;
    assert!(why.contains("goal of badge `year` reached") && why.contains("years 1 of 2"), "{why}");
}

#[test]
fn why_a_rule_gave_less_or_nothing_is_told() {
    let post =
        |id: &str| format!(r#"{{"id": "{id}", "at": "2026-03-02T0{id}:00:00Z", "kind": "post", "actor": "ada"}}"#);
    let lines: Vec<String> = ["1", "2", "3"].iter().map(|id| post(id)).collect();
    let (program, feed) = of_a_quarter(
        "limit",
        "[rules.post]\non = 'post'\ngive = { season = 5 }\nlimit = { points = 8, per = 'day' }\n\
         [badges.five]\nwhen = { posts = 2 }\ngiven = 'every'\n",
        &lines.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    let why = said(&replay(&program, &feed, &["--explain", "ada"])).0;
    assert!(
        why.contains(
            "gives 3 season (3 of 5, limit `post`)\n    by 2\n    limit `post` allows 8 points per day, 5 used before"
        ),
        "{why}"
    );
    let why_not = said(&replay(&program, &feed, &["--why-not", "ada", "3"])).0;
    assert_eq!(
        why_not,
        "rule `post` gave ada nothing as actor: limit `post` allows 8 points per day and was reached\n"
    );
    let gave = said(&replay(&program, &feed, &["--why-not", "ada", "1"])).0;
    assert!(gave.contains("every rule that concerns ada here gave points; see --explain ada"), "{gave}");
    let (_, absent) = said(&replay(&program, &feed, &["--why-not", "ada", "9"]));
    assert!(absent.contains("no activity `9` of the feed names ada"), "{absent}");
    // The badge for every two posts needs four posts for its second award.
    let next = said(&replay(&program, &feed, &["--explain", "ada", "five"])).0;
    assert!(next.contains("On the way to the next:\n    posts 3 of 4: by 1, 2, 3 on 2026-03-02"), "{next}");
}

#[test]
fn a_mark_of_the_encoding_is_no_mistake_and_mistakes_tell_their_column() {
    let post = r#"{"id": "1", "at": "2026-03-02T09:00:00Z", "kind": "post", "actor": "ada"}"#;
    let (program, feed) = of_a_quarter("mark", "", &[&format!("\u{feff}{post}")]);
    let (stdout, stderr) = said(&replay(&program, &feed, &[]));
    assert!(stdout.contains("1 activity, 1 member\n"), "{stdout}{stderr}");
    let (program, feed) = of_a_quarter("column", "", &[post, r#"{"id": 2,,}"#]);
    let (_, stderr) = said(&replay(&program, &feed, &[]));
    assert!(
        stderr.contains("column.jsonl, line 2") && stderr.contains("not JSON at column 10: key must be a string"),
        "{stderr}"
    );
}

#[test]
fn ways_to_a_badge_are_told_as_they_are() {
    let (program, feed) = of_a_quarter(
        "ways",
        "likes = { count = 'like' }\n[badges.soon]\nwhen = [{ posts = 2 }, { likes = 3 }]\n\
         [badges.past]\nwhen = { posts = 1, until = '2025-01-01' }\n",
        &[
            r#"{"id": "1", "at": "2026-03-02T09:00:00Z", "kind": "like", "actor": "ada"}"#,
            r#"{"id": "2", "at": "2026-03-02T10:00:00Z", "kind": "like", "actor": "ada"}"#,
        ],
    );
    let near = said(&replay(&program, &feed, &["--explain", "ada", "soon"]));
    assert!(near.0.contains("ada has no `soon` yet:\n    likes 2 of 3: by 1, 2 on 2026-03-02"), "{near:?}");
    let past = said(&replay(&program, &feed, &["--explain", "ada", "past"]));
    assert!(past.0.contains("no goal leads to it at the end of the feed"), "{past:?}");
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

#[test]
fn what_a_tally_left_out_and_what_a_reverse_did_not_find_are_told() {
    let program = file(
        "left-out.toml",
        "version = 1\nid = 'left-out'\n\
         [kinds.answered]\nattributes = { asker = 'member' }\n\
         [kinds.liked]\n[kinds.unliked]\nreverses = 'liked'\n\
         [currencies.r]\n[rules.liked]\non = 'liked'\nto = 'owner'\ngive = { r = 5 }\nlimit = { times = 9, per = 'day' }\n\
         [tallies.answers]\ncount = 'answered'\nif = { actor = { not = '@asker' } }\n\
         [badges.helper]\nwhen = { answers = 2 }\n",
    );
    let feed = file(
        "left-out.jsonl",
        "{\"id\": \"1\", \"at\": \"2026-03-02T09:00:00Z\", \"kind\": \"answered\", \"actor\": \"ada\"}\n\
         {\"id\": \"2\", \"at\": \"2026-03-02T09:10:00Z\", \"kind\": \"unliked\", \"actor\": \"ben\", \"owner\": \"ada\", \"object\": \"post-1\"}\n\
         {\"id\": \"3\", \"at\": \"2026-03-02T09:20:00Z\", \"kind\": \"liked\", \"actor\": \"ben\", \"owner\": \"ada\", \"object\": \"post-1\"}\n",
    );
    let summary = said(&replay(&program, &feed, &[])).0;
    assert!(summary.contains("  1 reverse found nothing to reverse: 2\n"), "{summary}");
    let why_not = |id: &str| said(&replay(&program, &feed, &["--why-not", "ada", id])).0;
    let left_out = "activity `1` did not count for `answers`: `if.actor.not` was not met (`@asker` is absent)";
    assert_eq!(why_not("1"), format!("{left_out}\n"));
    let not_found = why_not("2");
    assert!(
        not_found.starts_with("activity `2` found nothing to reverse; expected an earlier activity"),
        "{not_found}"
    );
    let badge = said(&replay(&program, &feed, &["--explain", "ada", "helper"])).0;
    assert_eq!(badge, format!("ada has no `helper` yet:\n    answers 0 of 2: nothing yet\n    {left_out}\n"));
}
