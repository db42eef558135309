//! What the command writes: awards, points, reasons and comparisons.

use crate::support::{example, file, of_a_quarter, replay, said};
use std::{fs, path::Path};

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
