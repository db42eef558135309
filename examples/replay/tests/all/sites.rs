//! The Stack Exchange program on one small site.

use crate::support::{example, file, replay, said};
use std::{fs, path::Path};

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
