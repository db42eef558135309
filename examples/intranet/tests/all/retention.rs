//! Retention: a record of three years, of which thirteen months are kept and the rest is a sum for each member.

use crate::{
    ON_POSTGRES,
    support::{
        northwind::{found_in, run},
        server::{Intranet, SOCIAL},
        store::Database,
    },
};
use jiff::{Span, Timestamp, ToSpan, tz::TimeZone};
use serde_json::{Value, json};
use std::{collections::BTreeMap, fs};
use tempfile::TempDir;

const PEOPLE: [&str; 8] = ["ada", "ingrid", "priya", "grace", "mei", "leila", "marcus", "tomasz"];

/// The moment that lies this much back.
fn ago(span: Span) -> Timestamp {
    (Timestamp::now().to_zoned(TimeZone::UTC) - span).timestamp()
}

/// Three years in which everyone posts, shares, asks and likes, as lines of a file.
fn three_years() -> Vec<Value> {
    let mut record = Vec::new();
    for day in 0..1_095_i64 {
        let at = ago((1_095 - day).days()).to_string();
        let (one, other) = (PEOPLE[day as usize % 8], PEOPLE[(day as usize * 3 + 1) % 8]);
        let mut add = |sort: &str, kind: &str, actor: &str, owner: &str, attributes: Value| {
            record.push(json!({"source": "social", "id": format!("{sort}-{day}"), "at": at, "kind": kind,
                "actor": actor, "owner": owner, "object": format!("{sort}/{day}"), "attributes": attributes}));
        };
        add("blog", "blog.published", one, one, json!({"title": format!("Day {day}, as I saw it"), "words": 420}));
        add("liked", "post.liked", other, one, json!({}));
        add("comment", "post.commented", other, one, json!({"words": 25}));
        add("asked", "expert.asked", one, other, json!({"topic": "automation"}));
    }
    record
}

/// What each member has, without the activity that gave a badge.
fn standings(intranet: &Intranet) -> BTreeMap<&'static str, Value> {
    let view = |member: &&'static str| {
        let mut view = intranet.get(&format!("/api/members/{member}/view"), member).json;
        assert_eq!(view["member"], **member);
        for badge in view["badges"]["earned"].as_array_mut().unwrap() {
            badge.as_object_mut().unwrap().remove("activity");
        }
        (*member, view)
    };
    PEOPLE.iter().map(view).collect()
}

/// An intranet with the record, stopped before it sealed anything.
fn imported(folder: &TempDir) -> BTreeMap<&'static str, Value> {
    let file = folder.path().join("record.jsonl");
    fs::write(&file, three_years().iter().map(|one| format!("{one}\n")).collect::<String>()).unwrap();
    // With a program that keeps everything for ten years.
    let intranet =
        Intranet::start_with(folder.path(), &["--import", file.to_str().unwrap(), "--program", &kept_for(folder, 120)]);
    assert_eq!(intranet.stored(), 4_380);
    standings(&intranet)
}

/// A copy of Going Social that keeps activities for `months` months.
fn kept_for(folder: &TempDir, months: u8) -> String {
    let path = folder.path().join(format!("kept-{months}.toml"));
    let program = include_str!("../../going-social.toml");
    fs::write(&path, format!("{program}\n[retention]\nmonths = {months}\n")).unwrap();
    path.to_str().unwrap().into()
}

#[test]
fn three_years_become_thirteen_months_and_a_sum_and_nobody_loses_anything() {
    let folder = TempDir::new().unwrap();
    let before = imported(&folder);
    // The retention is another one, and all else is the same.
    let program = kept_for(&folder, 13);
    let refused = run(folder.path(), &["--seal", "--program", &program]);
    assert!(!refused.status.success() && String::from_utf8_lossy(&refused.stderr).contains("ran with another program"));
    let moved = Intranet::start_with(folder.path(), &["--program", &program]);
    // The server seals by itself, soon after it has started.
    let begun = std::time::Instant::now();
    while moved.stored() == 4_380 {
        assert!(begun.elapsed().as_secs() < 20, "it did not seal");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(standings(&moved), before);
    assert!((1_570..1_620).contains(&moved.stored()), "{}", moved.stored());

    // What lies before it can no longer be added, voided or reversed, and says so.
    let old = json!({"id": "late", "at": ago(20.months()).to_string(), "kind": "blog.published", "actor": "ada",
        "owner": "ada", "object": "blog/late"});
    let new = json!({"id": "new", "at": ago(1.hours()).to_string(), "kind": "knowledge.shared", "actor": "ada"});
    let unlike = json!({"id": "unliked", "at": ago(1.hours()).to_string(), "kind": "post.unliked", "actor": "ada",
        "owner": "ada", "object": "liked/3"});
    let answer = moved.send(json!([old, new, three_years()[3], unlike]));
    let statuses: Vec<_> = answer.json["results"].as_array().unwrap().iter().map(|one| &one["status"]).collect();
    assert_eq!(statuses, ["sealed", "applied", "sealed", "sealed"], "{answer:?}");
    for (id, status) in [("blog-5", "sealed"), ("blog-1090", "voided"), ("no-such", "sealed")] {
        let answer = moved.post("/api/voids", SOCIAL, json!({"id": id}).to_string());
        assert_eq!(answer.json["status"], status, "{id}");
    }

    // Members read that only the sum is kept, and what is in it.
    let page = moved.get("/people/ada", "ada").text;
    assert!(page.contains("only the sum of what you were given is kept"), "{page}");
    let page = moved.get_in("de", "/people/ada", "ada").text;
    assert!(page.contains("gibt es nur noch die Summe"), "{page}");
    let export = moved.get("/api/members/ada/export", "ada").json;
    let counts = export["sum"]["counts"].as_array().unwrap();
    assert!(counts.iter().any(|line| line["of"] == "currency" && line["number"].as_i64().unwrap() > 100), "{counts:?}");
    assert!(export["activities"].as_array().unwrap().iter().all(|kept| kept["activity"]["id"] != "blog-8"));
    assert!(counts.iter().any(|line| line["of"] == "tally"));
}

#[test]
fn the_command_says_how_large_the_database_was_and_is() {
    let folder = TempDir::new().unwrap();
    let before = imported(&folder);
    let program = kept_for(&folder, 120);
    let titles = || {
        let of_day_7 = "SELECT id FROM activities WHERE content LIKE '%Day 7, as I saw it%'";
        let in_file = fs::read(folder.path().join("db.sqlite")).unwrap_or_default();
        let in_file = in_file.windows(18).filter(|bytes| bytes == b"Day 7, as I saw it").count();
        Database::of(folder.path()).column(of_day_7).len() + in_file
    };
    // 120 months, seen from 107 months ahead, are the last 13.
    let output = run(folder.path(), &["--seal", "--program", &program, "--days-ahead", "3257"]);
    let said = String::from_utf8(output.stdout).unwrap();
    println!("{said}");
    let numbers: Vec<u64> = said.split_whitespace().filter_map(|word| word.parse().ok()).collect();
    let [activities, members, had, has] = numbers[..] else { panic!("{said}") };
    assert!((2_700..2_900).contains(&activities) && members == 8, "{said}");
    // A server keeps the room for what comes.
    assert!(ON_POSTGRES || has * 3 < had * 2, "{said}");
    assert_eq!(titles(), 0);
    let intranet = Intranet::start_with(folder.path(), &["--program", &program]);
    assert_eq!(standings(&intranet), before);
    intranet.kill();

    // Another program goes on from the sums.
    fs::write(&program, fs::read_to_string(&program).unwrap().replace("months = 120", "months = 100")).unwrap();
    let intranet = Intranet::start_with(folder.path(), &["--program", &program]);
    assert_eq!(standings(&intranet), before);
}

#[test]
fn the_erased_are_in_no_sum() {
    let folder = TempDir::new().unwrap();
    imported(&folder);
    let program = kept_for(&folder, 120);
    assert!(run(folder.path(), &["--seal", "--program", &program, "--days-ahead", "3257"]).status.success());
    let intranet = Intranet::start_with(folder.path(), &["--program", &program]);
    let mut before = standings(&intranet);
    intranet.kill();
    let people = folder.path().join("people.json");
    let mut listed: Vec<Value> = serde_json::from_str(include_str!("../../people.json")).unwrap();
    listed.retain(|person| person["id"] != "tomasz");
    fs::write(&people, json!(listed).to_string()).unwrap();
    let people = people.to_str().unwrap();
    let options = ["--program", &program, "--people", people, "--erase", "tomasz", "--confirm", "tomasz"];
    let output = run(folder.path(), &options);
    assert!(output.status.success(), "{output:?}");
    fs::remove_file(folder.path().join("record.jsonl")).unwrap();
    assert_eq!(found_in(folder.path(), &["tomasz"]), []);
    let intranet = Intranet::start_with(folder.path(), &["--program", &program, "--people", people]);
    before.remove("tomasz");
    for (member, before) in before {
        let view = intranet.get(&format!("/api/members/{member}/view"), member).json;
        assert_eq!(view["standing"], before["standing"], "{member}");
        assert_eq!(view["topics"], before["topics"], "{member}");
    }
}
