//! Sealing, by example: what is refused and says so, and what a new program makes of a sum.

use crate::world::{activity, program};
use knownfor::{
    Activity, ApplyError, Engine, EntryQuery, History, MemberBatch, Program, SealedSum, Status, Timestamp, ViewContext,
};
use serde_json::{Value, json};

fn now() -> Timestamp {
    "2026-06-01T12:00:00Z".parse().expect("a time")
}

fn cut() -> Timestamp {
    "2026-03-10T00:00:00Z".parse().expect("a time")
}

/// Ten points a post, at most two a day; levels, a badge with grades, and a streak.
fn rules() -> Value {
    json!({
        "version": 1, "id": "p",
        "kinds": {"post": {}, "unpost": {"reverses": "post"}, "recall": {"attributes": {"target": "text"},
            "reverses": {"id": "target"}}, "like": {}},
        "currencies": {"points": {}, "stars": {"per": "month"}},
        "limits": {"daily": {"times": 2, "per": "day"}},
        "tallies": {"posts": {"count": "post"}, "likers": {"distinct": "actor", "of": "like", "to": "owner"},
            "days": {"streak": "day", "of": "post"}},
        "rules": {"post": {"on": "post", "give": {"points": 10}, "limit": "daily"},
            "star": {"on": "post", "give": {"stars": 1}}},
        "badges": {"writer": {"grades": {"bronze": {"posts": 2}, "silver": {"posts": 5}}},
            "liked": {"when": {"likers": 2}}},
        "levels": {"new": {"min": {"points": 10}}, "known": {"min": {"points": 40}}}
    })
}

fn happened(program: &Program, id: &str, day: &str, kind: &str, actor: &str) -> Activity {
    let mut one = json!({"id": id, "at": format!("2026-{day}T09:00:00Z"), "kind": kind, "actor": actor, "object": "o"});
    if kind == "like" {
        one["owner"] = "ada".into();
    }
    activity(program, &one)
}

/// Ada posts four times before the moment and once after it, and three like it.
fn ada(rules: &Value) -> Engine {
    let mut engine = Engine::new(program(rules));
    let one = |engine: &Engine, (id, day, kind, actor)| happened(engine.program(), id, day, kind, actor);
    for what in [
        ("1", "03-01", "post", "ada"),
        ("2", "03-02", "post", "ada"),
        ("3", "03-03", "post", "ada"),
        ("4", "03-04", "post", "ada"),
        ("5", "03-05", "like", "bob"),
        ("6", "03-06", "like", "cleo"),
        ("7", "03-12", "post", "ada"),
    ] {
        engine.apply(one(&engine, what)).expect("it is accepted");
    }
    engine
}

#[test]
fn what_is_sealed_is_refused_and_says_so() {
    let mut engine = ada(&rules());
    assert_eq!(engine.seal(cut()), 6);
    assert_eq!(engine.seal("2026-03-01T00:00:00Z".parse().expect("a time")), 0);
    let program = engine.program().clone();
    let late = happened(&program, "8", "03-09", "post", "dev");
    let refused = engine.apply(late).expect_err("it is too old");
    assert_eq!(refused, ApplyError::Sealed { before: cut() });
    assert_eq!(
        refused.to_string(),
        "the activity is from before 2026-03-10T00:00:00Z; of that time, only the sum is kept"
    );
    assert_eq!(engine.void("wiki", "3").status, Status::Sealed);
    assert_eq!(engine.void("another source", "3").status, Status::Awaited);
    // The latest post is kept, and so can be reversed. The one before it cannot.
    for (id, day, status, total) in [("9", "03-20", Status::Applied, 40), ("10", "03-21", Status::Sealed, 40)] {
        let undone = happened(&program, id, day, "unpost", "ada");
        assert_eq!(engine.apply(undone).map(|outcome| outcome.status), Ok(status), "{id}");
        assert_eq!(engine.standing("ada").and_then(|ada| ada.total("points")), Some(total), "{id}");
    }
    // What a reverse names may still come, in the same batch too.
    let recall = |id: &str, target: &str| {
        let one = json!({"id": id, "at": "2026-03-30T09:00:00Z", "kind": "recall", "actor": "ada",
            "attributes": {"target": target}});
        activity(&program, &one)
    };
    let (statuses, _) =
        engine.apply_all([recall("11", "4"), recall("12", "13"), happened(&program, "13", "03-22", "post", "ada")]);
    assert_eq!(statuses, [Ok(Status::Sealed), Ok(Status::Applied), Ok(Status::Applied)]);
}

#[test]
fn reasons_say_from_when_only_the_sum_is_kept() {
    let mut engine = ada(&rules());
    let whole = engine.why("ada", &EntryQuery::of_badge("writer"), now(), "en").expect("there is a reason");
    assert_eq!((whole.parts[0].value, whole.parts[0].counted, whole.sealed_before.clone()), (5, 5, None));
    engine.seal(cut());
    let sealed = engine.why("ada", &EntryQuery::of_badge("writer"), now(), "en").expect("there is a reason");
    assert_eq!((sealed.parts[0].value, sealed.parts[0].counted), (5, 1));
    assert_eq!(sealed.text, format!("{}; before 2026-03-10, only the sum is kept", whole.text));
    assert_eq!(sealed.sealed_before.as_deref(), Some("2026-03-10T00:00:00Z"));
    let badge = engine.why("ada", &EntryQuery::of_badge("liked"), now(), "en");
    assert_eq!(badge, None, "its entry was before the moment");
    let outlook = engine.history("ada").and_then(|ada| ada.why_not_badge("liked", now(), "en"));
    assert_eq!(outlook, None, "it is held");
    assert_eq!(
        engine.ledger("ada").first().map(|entry| entry.at().to_string()).as_deref(),
        Some("2026-03-12T09:00:00Z")
    );
}

/// The sum of Ada, read by another program.
fn carried(newer: &Value) -> SealedSum {
    let mut engine = ada(&rules());
    engine.seal(cut());
    let sum = engine.history("ada").and_then(History::sum).expect("Ada has a sum");
    SealedSum::from_bytes(&program(newer), &sum.to_bytes()).expect("it is a sum")
}

#[test]
fn a_new_program_goes_on_from_what_means_the_same() {
    let mut newer = rules();
    // Parts have other numbers, other points and bounds, and other words.
    newer["currencies"] = json!({"first": {}, "points": {"name": "Points"}, "stars": {"per": "week"}});
    newer["kinds"]["early"] = json!({});
    newer["tallies"] = json!({"early": {"count": "early"}, "posts": {"count": "post", "name": "Posts"},
        "likers": {"distinct": "actor", "of": "like", "to": "owner"}, "days": {"streak": "week", "of": "post"}});
    newer["rules"]["post"]["give"]["points"] = 20.into();
    newer["rules"]["new"] = json!({"on": "like", "to": "owner", "give": {"points": 1}});
    newer["badges"] = json!({"newly": {"when": {"posts": 5}}, "passed": {"when": {"posts": 4}},
        "writer": {"grades": {"bronze": {"posts": 2}, "gold": {"posts": 9}}},
        "liked": {"when": {"likers": 2}}});
    newer["levels"] = json!({"zero": {"min": {"points": 5}}, "new": {"min": {"points": 10}}});
    let sum = carried(&newer);
    let ada = sum.standing();
    assert_eq!((ada.total("points"), ada.total("first")), (Some(40), Some(0)));
    assert_eq!(ada.total_at("stars", cut()), Some(0), "a week is no month");
    assert_eq!(ada.level(), Some("new"), "of `known`, which is gone, the level below it is left");
    let badges: Vec<_> = ada.badges().iter().map(|badge| (badge.name, badge.grade)).collect();
    assert_eq!(badges, [("liked", None), ("writer", Some("bronze"))]);
    let tally = |name: &str| sum.lines().into_iter().find(|line| line.of == "tally" && line.name == name);
    assert_eq!(tally("posts").and_then(|line| line.number), Some(4));
    assert_eq!(tally("days"), None, "it counts weeks now");
    // Badges that are new are looked at when their tally passes a number that any of them asks for.
    let history = History::after(sum, "ada", []).expect("of the same program");
    let post = happened(history.program(), "20", "03-20", "post", "ada");
    let part = MemberBatch::of(history.program(), "ada", [post], []).expect("of the same program");
    let settled = part.fold(history).expect("it is accepted");
    let names: Vec<_> = settled.added.iter().map(|entry| entry.name("en")).collect();
    assert_eq!(names, ["post", "star", "newly", "passed"]);
    assert_eq!(settled.standing.total("points"), Some(60));
}

#[test]
fn a_comparison_says_what_was_not_worked_out_anew() {
    let mut engine = ada(&rules());
    let mut newer = rules();
    newer["rules"]["post"]["give"]["points"] = 20.into();
    let restored = |engine: &Engine| Engine::restore(program(&newer), &engine.snapshot()).expect("its own bytes");
    let change = &engine.compare(&restored(&engine), now())[0];
    assert_eq!((change.points[0].before, change.points[0].after, &change.sealed_before), (50, 100, &None));
    engine.seal(cut());
    let change = &engine.compare(&restored(&engine), now())[0];
    assert_eq!((change.points[0].before, change.points[0].after), (50, 60));
    assert_eq!(change.sealed_before.as_deref(), Some("2026-03-10T00:00:00Z"));
}

#[test]
fn a_sum_holds_no_id_of_an_activity() {
    let mut engine = ada(&rules());
    engine.seal(cut());
    let bytes = engine.history("ada").and_then(History::sum).expect("Ada has a sum").to_bytes();
    assert!(!bytes.windows(4).any(|bytes| bytes == b"wiki"));
}

#[test]
fn months_are_those_of_the_program() {
    let mut rules = rules();
    let before = |rules: &Value| program(rules).kept_from(now()).to_string();
    assert_eq!(before(&rules), "2025-05-01T00:00:00Z");
    rules["zone"] = "Europe/Berlin".into();
    rules["retention"] = json!({"months": 1});
    assert_eq!(before(&rules), "2026-04-30T22:00:00Z");
}

#[test]
fn after_a_sum_from_another_zone_months_end_by_the_new_zone() {
    let in_zone = |zone: &str| {
        let mut rules = rules();
        rules["zone"] = zone.into();
        rules
    };
    // In Honolulu, March ends when it is ten o'clock on 1 April in UTC.
    let mut history = ada(&in_zone("Pacific/Honolulu")).history("ada").expect("a record").clone();
    history.seal(cut());
    let newer = program(&in_zone("UTC"));
    let sum = SealedSum::from_bytes(&newer, &history.sum().expect("a sum").to_bytes()).expect("it is a sum");
    let history = History::after(sum, "ada", [happened(&newer, "8", "04-01", "post", "ada")]).expect("one program");
    let ask = ViewContext::of("ada", "en", "2026-04-20T12:00:00Z".parse().expect("a time"));
    let view = history.fold().standing.view("ada", &ask).expect("one's own view");
    let points = view.standing.points.iter().find(|points| points.currency == "points").expect("a currency");
    // The first post was on the last evening of February there.
    assert_eq!((points.this_month, points.last_month), (Some(10), Some(30)));
}
