//! The Stack Exchange program on small records, one for each situation that some sites have and others do not.

use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// The points of each member, and the badges as `MEMBER BADGE`, in order.
struct Site {
    points: BTreeMap<String, i64>,
    badges: Vec<String>,
}

/// What a feed gives. Each activity gets an id, and a minute of its own unless it says its time.
fn site(name: &str, activities: &[Value]) -> Site {
    let file = |ending: &str| Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("stackexchange-{name}.{ending}"));
    let line = |(number, activity): (usize, &Value)| {
        let mut line = activity.clone();
        line["id"] = format!("a{number}").into();
        if line["time"].is_null() {
            line["time"] =
                format!("2020-05-{:02}T{:02}:{:02}:00Z", 1 + number / 1440, number / 60 % 24, number % 60).into();
        }
        format!("{line}\n")
    };
    let (feed, awards, points) = (file("jsonl"), file("awards"), file("points"));
    fs::write(&feed, activities.iter().enumerate().map(line).collect::<String>()).unwrap();
    let program: PathBuf = [env!("CARGO_MANIFEST_DIR"), "stackexchange.toml"].iter().collect();
    let output = Command::new(env!("CARGO_BIN_EXE_replay"))
        .arg(program)
        .arg(&feed)
        .arg("--awards")
        .arg(&awards)
        .arg("--points")
        .arg(&points)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = |path: &Path| {
        let text = fs::read_to_string(path).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<Value>>()
    };
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let badge = |line: Value| format!("{} {}", text(&line["member"]), text(&line["badge"]));
    let points = lines(&points).into_iter().map(|line| (text(&line["member"]), line["points"].as_i64().unwrap()));
    let points = points.collect();
    let mut badges: Vec<_> = lines(&awards).into_iter().map(badge).collect();
    badges.sort();
    Site { points, badges }
}

/// A vote on a post; `Value::Null` for an account that was deleted.
fn vote(kind: &str, post: &str, owner: &Value, asker: &Value) -> Value {
    let post_type = if post.starts_with('q') { "question" } else { "answer" };
    json!({
        "kind": kind, "member": owner, "post": post, "post_type": post_type, "post_owner": owner,
        "post_time": "2020-04-01T00:00:00Z", "question_owner": asker, "question_time": "2020-01-01T00:00:00Z",
    })
}

fn ups(count: usize, post: &str, owner: &Value, asker: &Value) -> Vec<Value> {
    vec![vote("vote_up", post, owner, asker); count]
}

fn accepted(owner: &Value, asker: &Value) -> Value {
    json!({
        "kind": "answer_accepted", "member": owner, "actor": asker, "post": "a1", "post_type": "answer",
        "post_owner": owner, "question": "q1", "question_owner": asker,
    })
}

fn offered(amount: i64, giver: &str, asker: &Value) -> Value {
    json!({
        "kind": "bounty_started", "member": giver, "actor": giver, "amount": amount, "post": "q1",
        "post_type": "question", "post_owner": asker, "question": "q1", "question_owner": asker,
    })
}

/// The feed names the giver only if `giver` is some.
fn awarded(amount: Option<i64>, giver: Option<&str>, owner: &Value, asker: &Value) -> Value {
    let mut line = json!({
        "kind": "bounty_awarded", "member": owner, "actor": giver, "post": "a1", "post_type": "answer",
        "post_owner": owner, "question": "q1", "question_owner": asker,
    });
    if let Some(amount) = amount {
        line["amount"] = amount.into();
    }
    line
}

#[test]
fn a_question_of_a_deleted_account_is_anothers() {
    let (ada, gone) = (json!("ada"), Value::Null);
    let mut feed = ups(40, "a1", &ada, &gone);
    feed.push(accepted(&ada, &gone));
    let edited = json!({
        "kind": "post_edited", "member": "cleo", "fields": ["tags"], "post": "q1", "post_type": "question",
        "post_owner": null, "question_owner": null,
    });
    feed.extend([edited, offered(100, "ben", &gone), awarded(Some(100), Some("ben"), &ada, &gone)]);
    let site = site("deleted-asker", &feed);
    let expected = [
        "ada Good Answer",
        "ada Guru",
        "ada Mortarboard",
        "ada Necromancer",
        "ada Nice Answer",
        "ada Teacher",
        "ben Altruist",
        "ben Investor",
        "cleo Organizer",
    ];
    assert_eq!(site.badges, expected);
    // 200 of the votes count in one day, then 15 for the accepted answer and the bounty.
    assert_eq!(site.points["ada"], 1 + 200 + 15 + 100);
    assert_eq!(site.points["ben"], 1);
}

#[test]
fn an_answer_of_a_deleted_account_gives_its_accepter_points() {
    let (asker, gone) = (json!("ada"), Value::Null);
    let site = site("deleted-answerer", &[vote("vote_up", "a1", &gone, &asker), accepted(&gone, &asker)]);
    assert_eq!(site.badges, ["ada Scholar"]);
    assert_eq!(site.points, BTreeMap::from([("ada".into(), 3)]));
}

#[test]
fn the_owner_of_a_question_accepts_even_if_the_feed_does_not_say_who_acted() {
    let mut accepted = accepted(&json!("ben"), &json!("ada"));
    accepted["actor"] = Value::Null;
    let site = site("silent-accept", &[accepted]);
    assert_eq!(site.badges, ["ada Scholar"]);
    assert_eq!(site.points, BTreeMap::from([("ada".into(), 3), ("ben".into(), 16)]));
}

#[test]
fn accepting_ones_own_answer_gives_a_badge_and_no_points() {
    let ada = json!("ada");
    let site = site("own-answer", &[accepted(&ada, &ada)]);
    assert_eq!(site.badges, ["ada Scholar"]);
    assert_eq!(site.points["ada"], 1);
}

#[test]
fn the_site_itself_earns_nothing() {
    let (itself, ben) = (json!("-1"), json!("ben"));
    let by_itself =
        |kind: &str| json!({ "kind": kind, "member": "-1", "actor": "-1", "post": "q1", "post_owner": "ben" });
    let mut feed = ups(25, "q1", &itself, &itself);
    feed.extend(ups(40, "a1", &itself, &ben));
    feed.extend(ups(3, "a2", &itself, &itself));
    feed.extend(vec![by_itself("comment_posted"); 10]);
    feed.extend(["member_joined", "post_rolled_back", "suggested_edit_applied"].map(by_itself));
    let mut edited = by_itself("post_edited");
    (edited["fields"], edited["post_type"]) = (json!(["title", "tags"]), json!("question"));
    let mut stats = by_itself("question_stats");
    (stats["views"], stats["favorites"], stats["post_owner"]) = (json!(10_000), json!(100), json!("-1"));
    let mut profile = by_itself("profile_snapshot");
    profile["about"] = json!(true);
    feed.extend([edited, stats, profile, accepted(&itself, &ben), accepted(&ben, &itself)]);
    feed.extend([offered(50, "-1", &itself), awarded(Some(50), Some("-1"), &itself, &itself)]);
    feed.extend([offered(50, "-1", &ben), awarded(Some(50), Some("-1"), &itself, &ben)]);
    feed.push(json!({ "kind": "comment_posted", "member": "ben", "time": "2022-05-02T00:00:00Z" }));
    let site = site("itself", &feed);
    // Ben accepted an answer of the site, and the site one of his.
    assert_eq!(site.badges, ["ben Scholar"]);
    assert_eq!(site.points["ben"], 1 + 2 + 15);
    assert!(site.points["-1"] <= 1, "{}", site.points["-1"]);
}

#[test]
fn a_post_made_wiki_gives_no_points_from_then_on_and_its_badges_as_before() {
    let (ada, ben) = (json!("ada"), json!("ben"));
    let mut feed = vec![vote("vote_up", "a1", &ada, &ben)];
    feed.push(json!({ "kind": "post_made_wiki", "member": "ada", "post": "a1", "post_owner": "ada" }));
    feed.extend(ups(9, "a1", &ada, &ben));
    feed.extend([vote("vote_down", "a1", &ada, &ben), vote("vote_up", "a1", &ada, &ben)]);
    feed.extend([accepted(&ada, &ben), vote("vote_up", "a2", &ada, &ben)]);
    let site = site("wiki", &feed);
    assert_eq!(site.badges, ["ada Necromancer", "ada Nice Answer", "ada Teacher", "ben Scholar"]);
    // One vote before, and one on another post.
    assert_eq!(site.points["ada"], 1 + 10 + 10);
    assert_eq!(site.points["ben"], 3);
}

#[test]
fn a_bounty_awarded_by_half_is_not_awarded_in_full() {
    let (ada, ben) = (json!("ada"), json!("ben"));
    let badges = |name: &str, amount| {
        let feed = [offered(100, "ada", &ada), awarded(amount, None, &ben, &ada)];
        let site = site(name, &feed);
        // The floor is 1, so a member without points loses none.
        assert_eq!(site.points["ben"], 1 + amount.unwrap_or(0));
        site.badges
    };
    assert_eq!(badges("full", Some(100)), ["ada Benefactor", "ada Promoter"]);
    assert_eq!(badges("half", Some(50)), ["ada Promoter"]);
    assert_eq!(badges("nothing", None), ["ada Promoter"]);
}

#[test]
fn a_bounty_on_anothers_question_is_its_givers_if_the_feed_names_them() {
    let (ada, ben) = (json!("ada"), json!("ben"));
    let badges = |name: &str, amount, giver| {
        site(name, &[offered(100, "cleo", &ada), awarded(Some(amount), giver, &ben, &ada)]).badges
    };
    assert_eq!(badges("others-full", 100, Some("cleo")), ["cleo Altruist", "cleo Investor"]);
    assert_eq!(badges("others-half", 50, Some("cleo")), ["cleo Investor"]);
    assert_eq!(badges("others-unnamed", 100, None), ["cleo Investor"]);
}

#[test]
fn an_edit_of_a_post_of_unknown_type_is_an_edit_and_one_of_a_tag_wiki_is_not() {
    let edited = |post_type: Value| json!({ "kind": "post_edited", "member": "ada", "fields": ["body"], "post": "p1", "post_type": post_type });
    assert_eq!(site("edit-unknown", &[edited(Value::Null)]).badges, ["ada Editor"]);
    assert_eq!(site("edit-tagwiki", &[edited(json!("tagwiki"))]).badges, ["ada Tag Editor"]);
}
