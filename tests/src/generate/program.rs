//! Made-up programs: limits that overlap, tallies of every sort, rules and badges that feed back into conditions.

use super::{DEEDS, FIELDS, KINDS, condition};
use proptest::{collection::vec, prelude::*, sample::select, sample::subsequence};
use serde_json::{Map, Value, json};

const ROLES: [&str; 4] = ["actor", "owner", "recipient", "asker"];

/// Programs free of mistakes.
pub fn programs() -> impl Strategy<Value = Value> {
    let frame = (
        select(&["UTC", "Europe/Berlin", "America/New_York"][..]),
        select(&["monday", "sunday", "wednesday"][..]),
        currencies(),
        vec(limit(), 3),
        tallies(),
    );
    let gifts = (vec(rule(), 1..6), vec(badge(), 1..4), select(&[(5, 10), (1, 25), (10, 11)][..]), vec(1..40_i64, 3));
    (frame, gifts).prop_map(|((zone, week, currencies, limits, tallies), (rules, badges, levels, weights))| {
        let fields = FIELDS.iter().zip(weights).map(|(name, weight)| ((*name).to_owned(), json!({ "ask": name, "weight": weight })));
        json!({
            "version": 1, "id": "made-up", "zone": zone, "week": { "starts": week },
            "kinds": kinds(), "currencies": currencies, "limits": numbered("m", limits), "tallies": numbered("t", tallies),
            "rules": numbered("r", rules), "badges": numbered("b", badges),
            "levels": { "l0": { "min": { "coin": levels.0 } }, "l1": { "min": { "coin": levels.1 } } },
            "profile": { "on": "profile", "published_by": "published", "hidden_by": "hidden", "fields": Map::from_iter(fields) },
            "boards": {
                "all": { "of": "coin", "joined_by": "joined", "left_by": "left" },
                "month": { "of": "star", "per": "month", "joined_by": "joined", "left_by": "left" }
            }
        })
    })
}

fn numbered(letter: &str, items: Vec<Value>) -> Value {
    Value::Object(items.into_iter().enumerate().map(|(number, item)| (format!("{letter}{number}"), item)).collect())
}

fn kinds() -> Value {
    let attributes = json!({
        "words": "integer", "topics": "texts", "audience": "text", "draft": "flag", "due": "time", "asker": "member"
    });
    let mut kinds = Map::new();
    for kind in KINDS {
        kinds.insert(kind.to_owned(), json!({ "attributes": attributes }));
    }
    for (kind, reverses) in
        [("unlike", "like"), ("unthank", "thank"), ("relike", "unlike"), ("remove", "@object"), ("restore", "remove")]
    {
        kinds[kind]["reverses"] = reverses.into();
    }
    Value::Object(kinds)
}

fn currencies() -> impl Strategy<Value = Value> {
    let coin = prop_oneof![
        Just(json!({})),
        Just(json!({ "floor": 0 })),
        Just(json!({ "start": 1, "floor": 1 })),
        Just(json!({ "start": 3, "floor": -2 })),
    ];
    coin.prop_map(|coin| json!({ "coin": coin, "star": {} }))
}

fn window() -> impl Strategy<Value = &'static str> {
    select(&["day", "week", "month", "ever"][..])
}

fn limit() -> BoxedStrategy<Value> {
    prop_oneof![
        2 => (1..15_i64, window()).prop_map(|(points, per)| json!({ "points": points, "per": per })),
        1 => (1..4_i64, window()).prop_map(|(times, per)| json!({ "times": times, "per": per })),
    ]
    .boxed()
}

fn limits_of_rule() -> impl Strategy<Value = Vec<Value>> {
    let shared = subsequence(vec!["m0", "m1", "m2"], 0..=2);
    (shared, vec(limit(), 0..2)).prop_map(|(shared, own)| shared.into_iter().map(Value::from).chain(own).collect())
}

fn rule() -> BoxedStrategy<Value> {
    let kinds = prop_oneof![
        2 => Just(vec!["like"]),
        3 => subsequence(DEEDS.to_vec(), 1..=2),
        1 => subsequence(KINDS.to_vec(), 1..=2),
    ];
    let currency = prop_oneof![3 => Just("coin"), 1 => Just("star")];
    let amount = select(&[5, 1, 2, 10, -3, 12, -8][..]);
    let on = (kinds, condition::maybe(), prop_oneof![2 => Just("actor"), 2 => Just("owner"), 1 => select(&ROLES[..])])
        .prop_map(|(on, condition, to)| {
            let mut rule = json!({ "on": on, "to": to });
            if let Some(condition) = condition {
                rule["if"] = condition;
            }
            rule
        });
    let when = goal(false).prop_map(|(goal, each)| {
        let mut rule = json!({ "when": goal });
        if each {
            rule["given"] = "each".into();
        }
        rule
    });
    let trigger = prop_oneof![3 => on.boxed(), 1 => when.boxed()];
    (trigger, currency, amount, limits_of_rule())
        .prop_map(|(mut rule, currency, amount, limits)| {
            rule["give"] = json!({ currency: amount });
            // Points of another currency may not share a limit.
            let limits: Vec<_> = limits.into_iter().filter(|limit| currency == "coin" || limit.is_object()).collect();
            if !limits.is_empty() {
                rule["limit"] = limits.into();
            }
            rule
        })
        .boxed()
}

/// Two tallies per object (the second in a window) and three per member (the second in a window).
fn tallies() -> impl Strategy<Value = Vec<Value>> {
    let per = [json!("object"), json!(["object", "week"]), Value::Null, json!("day"), Value::Null];
    let windows = vec(select(&["day", "week", "month"][..]), 5);
    (vec(tally(), 5), windows).prop_map(move |(tallies, windows)| {
        let mut all = Vec::new();
        for ((mut tally, per), window) in tallies.into_iter().zip(&per).zip(windows) {
            match per {
                Value::Null => {}
                Value::Array(_) => tally["per"] = json!(["object", window]),
                Value::String(per) if per == "day" => tally["per"] = window.into(),
                per => tally["per"] = per.clone(),
            }
            all.push(tally);
        }
        all
    })
}

fn tally() -> BoxedStrategy<Value> {
    let kinds = || prop_oneof![1 => Just(vec!["like"]), 2 => subsequence(DEEDS.to_vec(), 1..=3)];
    let what = select(&["actor", "owner", "recipient", "object", "day", "audience", "topics", "asker"][..]);
    let counts = prop_oneof![
        3 => kinds().prop_map(|count| json!({ "count": count })),
        2 => Just(json!({ "sum": { "like": 1, "dislike": -1 } })),
        1 => kinds().prop_map(|of| json!({ "sum": "words", "of": of })),
        2 => (what, kinds()).prop_map(|(what, of)| json!({ "distinct": what, "of": of })),
    ];
    let to = prop_oneof![3 => Just("actor"), 3 => Just("owner"), 1 => select(&ROLES[..])];
    (counts, prop_oneof![1 => Just(None), 1 => condition::maybe()], to)
        .prop_map(|(mut tally, condition, to)| {
            if let Some(condition) = condition {
                tally["if"] = condition;
            }
            tally["to"] = to.into();
            tally
        })
        .boxed()
}

/// A goal, and whether it is for each object. A lasting one rests on no window, as a live badge must not.
fn goal(lasting: bool) -> BoxedStrategy<(Value, bool)> {
    let value = || prop_oneof![2 => (1..4_i64).prop_map(Value::from), 1 => (1..3_i64, 0..3_i64).prop_map(|(min, more)| json!({ "min": min, "max": min + more }))];
    let per_object = if lasting { vec!["t0"] } else { vec!["t0", "t1"] };
    let per_member = if lasting { vec!["t2", "t4"] } else { vec!["t2", "t3", "t4"] };
    let few = prop_oneof![(0..3_i64).prop_map(|max| json!({ "max": max })), (1..3_i64).prop_map(Value::from)];
    prop_oneof![
        2 => (select(per_object.clone()), value(), often()).prop_map(|(tally, value, each)| (json!({ tally: value }), each)),
        2 => (select(per_member.clone()), value()).prop_map(|(tally, value)| (json!({ tally: value }), false)),
        2 => (select(per_object), value(), select(per_member), few, often())
            .prop_map(|(tally, value, other, few, each)| (json!({ tally: value, other: few }), each)),
        1 => subsequence(FIELDS.to_vec(), 1..=2).prop_map(|fields| (json!({ "fields": fields }), false)),
        1 => (1..=100_i64).prop_map(|percent| (json!({ "completeness": percent }), false)),
    ]
    .boxed()
}

fn often() -> impl Strategy<Value = bool> {
    prop::bool::weighted(0.7)
}

fn badge() -> BoxedStrategy<Value> {
    let plain = any::<bool>()
        .prop_flat_map(|live| goal(live).prop_map(move |(goal, each)| made(json!({ "when": goal }), each, live)));
    let graded = (select(&["t0", "t2", "t4"][..]), 1..3_i64, 1..3_i64, often(), any::<bool>());
    let graded = graded.prop_map(|(tally, least, step, each, live)| {
        let goal = |grade: i64| json!({ tally: least + grade * step });
        made(
            json!({ "grades": { "bronze": goal(0), "silver": goal(1), "gold": goal(2) } }),
            each && tally == "t0",
            live,
        )
    });
    let levels = vec![json!({ "level": "l0" }), json!({ "level": "l1", "t4": 1 }), json!({ "level": "l1" })];
    let level = select(levels).prop_map(|goal| json!({ "when": goal }));
    prop_oneof![3 => plain, 2 => graded, 1 => level].boxed()
}

fn made(mut badge: Value, each: bool, live: bool) -> Value {
    if each {
        badge["given"] = "each".into();
    }
    if live {
        badge["live"] = true.into();
    }
    badge
}
