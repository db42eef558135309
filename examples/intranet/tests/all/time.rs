//! What time alone brings: every door shows and explains it.

use crate::support::server::{Intranet, blog, refused};
use jiff::{SignedDuration, Timestamp};
use serde_json::json;
use std::fs;
use tempfile::TempDir;

/// Points and a badge for each year after joining, and a badge for the first.
const PROGRAM: &str = r#"
version = 1
id = "years"
[kinds."member.joined"]
[currencies.recognition]
[tallies.years]
since = "member.joined"
unit = "year"
[rules.a-year]
when = { years = 1 }
given = "every"
give = { recognition = 5 }
[badges.a-year]
when = { years = 1 }
given = "every"
[badges.first-year]
when = { years = 1 }
"#;

#[test]
fn a_badge_that_time_alone_brought_is_shown_listed_and_explained() {
    let folder = TempDir::new().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let program = write("program.toml", PROGRAM);
    // The token is `test`.
    let hash = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    let sources = write("sources.toml", &format!("[hr]\ntoken_sha256 = \"{hash}\"\nkinds = [\"member.joined\"]\n"));
    let intranet = Intranet::start_with(folder.path(), &["--empty", "--program", &program, "--sources", &sources]);
    // Ada joined more than a year ago, Ingrid less.
    for (member, days) in [("ada", 400), ("ingrid", 300)] {
        let joined = (Timestamp::now() - SignedDuration::from_hours(24 * days)).to_string();
        let id = format!("{member} joined");
        let sent = json!({"id": id, "at": joined, "kind": "member.joined", "actor": member}).to_string();
        assert_eq!(intranet.post("/api/activities", "test", sent).status, 200);
    }
    let get = |what: &str, member: &str| intranet.get(&format!("/api/members/{member}/{what}"), member);

    let view = get("view", "ada").json;
    assert_eq!(view["standing"]["points"][0]["total"], 5);
    let mut earned: Vec<_> = view["badges"]["earned"].as_array().unwrap().iter().map(|badge| &badge["badge"]).collect();
    earned.sort_by_key(|badge| badge.to_string());
    assert_eq!(earned, ["a-year", "first-year"]);
    let entries = get("entries", "ada").json;
    let lines = || entries.as_array().unwrap().iter().map(|one| &one["entry"]);
    for badge in ["a-year", "first-year"] {
        assert_eq!(lines().filter(|line| line["badge"] == badge).count(), 1, "{entries}");
    }
    assert_eq!(lines().filter(|line| line["rule"] == "a-year").count(), 1, "{entries}");
    let questions = ["badge=a-year", "badge=first-year", "rule=a-year", "badge=a-year&source=hr&activity=ada%20joined"];
    for question in questions {
        let why = get(&format!("why?{question}"), "ada");
        assert_eq!(why.status, 200, "{question}: {why:?}");
        assert!(lines().any(|line| *line == why.json["entry"]), "{question}: {why:?} is not in {entries}");
    }
    // The badge is given every year, so the next one is a year and some days away. The other one is held.
    let why_not = get("why-not?badge=a-year", "ada").json;
    assert_eq!(why_not["parts"][0]["value"], 1, "{why_not}");
    assert_eq!(get("why-not?badge=first-year", "ada").status, 404);
    let page = intranet.get("/people/ada", "ada").text;
    let listed = page.split("What counted recently").nth(1).unwrap_or_default();
    assert!(listed.contains("a-year"), "{page}");

    // Before the year is over, every door says no.
    assert_eq!(get("view", "ingrid").json["badges"]["earned"], json!([]));
    assert_eq!(get("entries", "ingrid").json, json!([]));
    for question in questions {
        assert_eq!(get(&format!("why?{question}"), "ingrid").status, 404, "{question}");
    }
    let why_not = get("why-not?badge=first-year", "ingrid").json;
    assert_eq!((&why_not["parts"][0]["value"], &why_not["parts"][0]["goal"]), (&json!(0), &json!(1)), "{why_not}");
}

#[test]
fn times_that_nobody_can_mean_are_refused_and_settings_move_the_bounds() {
    let send = |intranet: &Intranet, at: &str| {
        let mut post = blog(at);
        post["at"] = json!(at);
        intranet.send(post)
    };
    let soon = |hours: i64| (Timestamp::now() + SignedDuration::from_hours(hours)).to_string();
    let folder = TempDir::new().unwrap();
    let intranet = Intranet::start(folder.path());
    for (at, says) in [
        ("1970-01-01T00:00:00Z", "the time 1970-01-01T00:00:00Z is before 2000-01-01, and nothing older is taken in"),
        ("0001-01-01T00:00:00Z", "is before 2000-01-01"),
        (&*soon(25), "is more than 24 hours in the future; check the clock of the system that sends it"),
    ] {
        let answer = send(&intranet, at);
        assert_eq!(answer.status, 422, "{at}: {answer:?}");
        assert!(answer.error().contains(says), "{at}: {answer:?}");
    }
    for at in ["2000-01-01T00:00:00Z", &soon(23)] {
        assert_eq!(send(&intranet, at).status, 200, "{at}");
    }
    drop(intranet);
    let bounds = ["--empty", "--earliest", "1960-01-01", "--max-ahead-hours", "1"];
    let intranet = Intranet::start_with(folder.path(), &bounds);
    assert_eq!(send(&intranet, "1970-01-01T00:00:00Z").status, 200);
    assert!(send(&intranet, &soon(2)).error().contains("more than 1 hours in the future"));
    assert!(send(&intranet, "1959-12-31T23:59:59Z").error().contains("before 1960-01-01"));
    drop(intranet);
    assert!(refused(folder.path(), &["--earliest", "yesterday"]).contains("--earliest"));
}
