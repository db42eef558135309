//! Goals and badges of generated programs, given once, for each key, every time and again.

use super::{CHALLENGES, FIELDS, LEVELS, moment::version, moment::versioned};
use proptest::{collection::vec, prelude::*, sample::select, sample::subsequence};
use serde_json::{Value, json};

/// The badges that badges may need. The last ones are not in every program.
const BADGES: [&str; 4] = ["b0", "b1", "b2", "b3"];

/// What a goal belongs to, which limits what it may ask for.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum For {
    Rule,
    Badge,
    LiveBadge,
}

/// `when` and `given` of a rule or a badge.
pub(super) fn when(of: For) -> BoxedStrategy<Value> {
    let one_or_two = |goal: BoxedStrategy<Value>| {
        let goal = (goal, version()).prop_map(|(goal, version)| versioned(goal, version)).boxed();
        prop_oneof![4 => goal.clone(), 1 => vec(goal, 2).prop_map(Value::from)]
    };
    let given = |words: &'static [&'static str], goal: BoxedStrategy<Value>| {
        (goal, select(words), any::<bool>()).prop_map(|(goal, given, is_said)| match given {
            "once" if !is_said => json!({ "when": goal }),
            given => json!({ "when": goal, "given": given }),
        })
    };
    let keyed = given(&["once", "each", "each"], one_or_two(keyed(of)).boxed());
    let (once, again): (&[&str], &[&str]) = (&["once"], &["once", "again", "again", "again"]);
    let plain = given(if of == For::LiveBadge { once } else { again }, one_or_two(plain(of)).boxed());
    let counted = (counted(of), version()).prop_map(|(goal, version)| versioned(goal, version)).boxed();
    let counted =
        given(if of == For::LiveBadge { once } else { &["once", "every", "every", "again", "again"] }, counted);
    prop_oneof![2 => keyed, 3 => plain, 2 => counted].boxed()
}

/// A goal with a key.
fn keyed(of: For) -> BoxedStrategy<Value> {
    // A live badge cannot ask for a tally with a window.
    let keyed = || select(if of == For::LiveBadge { vec!["t0"] } else { vec!["t0", "t1"] });
    let few = prop_oneof![(0..3_i64).prop_map(|max| json!({ "max": max })), (1..3_i64).prop_map(Value::from)];
    prop_oneof![
        1 => (keyed(), value()).prop_map(|(tally, value)| json!({ tally: value })),
        1 => (keyed(), value(), select(members(of)), few)
            .prop_map(|(tally, value, other, few)| json!({ tally: value, other: few })),
    ]
    .boxed()
}

/// A goal without a key.
fn plain(of: For) -> BoxedStrategy<Value> {
    let profile = prop_oneof![
        subsequence(FIELDS.to_vec(), 1..=2).prop_map(|fields| json!({ "fields": fields })),
        (1..=100_i64).prop_map(|percent| json!({ "completeness": percent })),
    ];
    let tally = (select(members(of)), value()).prop_map(|(tally, value)| json!({ tally: value })).boxed();
    let since = (1..4_i64).prop_map(|least| json!({ "t6": least }));
    let streak = (2..5_i64).prop_map(|least| json!({ "t5": least }));
    let of_badge = prop_oneof![
        (4..12_i64).prop_map(|least| json!({ "coin": least })),
        select(&LEVELS[..]).prop_map(|level| json!({ "level": level })),
        select(&LEVELS[..2]).prop_map(|level| json!({ "level": level })),
        select(&LEVELS[..]).prop_map(|level| json!({ "level": level, "t4": 1 })),
    ];
    let challenge = prop_oneof![
        3 => select(&CHALLENGES[..]).prop_map(|name| json!({ "challenge": name })),
        1 => (select(&CHALLENGES[..]), 1..4_i64).prop_map(|(name, least)| json!({ "challenge": name, "t4": least })),
    ];
    let of_points = (1..8_i64).prop_map(|least| json!({ "t7": least }));
    match of {
        For::Rule => prop_oneof![2 => tally, 1 => profile, 1 => since, 5 => streak, 3 => challenge].boxed(),
        For::Badge => {
            let more = prop_oneof![2 => of_badge, 1 => of_points, 3 => challenge];
            prop_oneof![2 => tally, 1 => profile, 1 => since, 5 => streak, 5 => more].boxed()
        }
        For::LiveBadge => prop_oneof![2 => tally, 1 => profile, 1 => since, 2 => of_badge, 3 => challenge].boxed(),
    }
}

/// A goal of a level, which has no key and no dates, and asks for no badges and no level.
pub(super) fn of_level(live: bool) -> BoxedStrategy<Value> {
    let of = if live { For::LiveBadge } else { For::Badge };
    let tally = || (select(members(of)), value()).prop_map(|(tally, value)| json!({ tally: value }));
    let coin = || (4..12_i64).prop_map(|least| json!({ "coin": least }));
    let profile = prop_oneof![
        subsequence(FIELDS.to_vec(), 1..=2).prop_map(|fields| json!({ "fields": fields })),
        (1..=100_i64).prop_map(|percent| json!({ "completeness": percent })),
    ];
    let challenge = select(&CHALLENGES[..]).prop_map(|name| json!({ "challenge": name }));
    let since = (1..4_i64).prop_map(|least| json!({ "t6": least }));
    let two = (tally(), coin()).prop_map(|(one, other)| versioned(one, other));
    let lasting = prop_oneof![5 => tally(), 2 => coin(), 2 => two, 1 => profile, 1 => challenge, 2 => since].boxed();
    if live {
        return lasting;
    }
    let streak = (1..4_i64).prop_map(|least| json!({ "t5": least }));
    let of_points = (1..8_i64).prop_map(|least| json!({ "t7": least }));
    prop_oneof![4 => lasting, 1 => streak, 1 => of_points].boxed()
}

/// A goal that may be reached many times over.
fn counted(of: For) -> BoxedStrategy<Value> {
    let least = || 1..4_i64;
    let any = prop_oneof![
        2 => least().prop_map(|posts| json!({ "t8": posts })),
        2 => (least(), least()).prop_map(|(long, posts)| json!({ "t6": long, "t8": posts })),
        1 => (2..5_i64).prop_map(|long| json!({ "t6": long })),
        1 => (2..5_i64, -2..1_i64).prop_map(|(long, none)| json!({ "t6": long, "t8": { "min": none } })),
    ];
    let points = (least(), 4..8_i64).prop_map(|(posts, points)| json!({ "t8": posts, "coin": points }));
    let streak = least().prop_map(|days| json!({ "t5": days }));
    match of {
        For::Rule => prop_oneof![4 => any, 1 => streak].boxed(),
        For::Badge => prop_oneof![4 => any, 1 => streak, 2 => points].boxed(),
        For::LiveBadge => prop_oneof![4 => any, 2 => points].boxed(),
    }
}

fn value() -> BoxedStrategy<Value> {
    prop_oneof![
        2 => (1..4_i64).prop_map(Value::from),
        1 => (1..3_i64, 0..3_i64).prop_map(|(min, more)| json!({ "min": min, "max": min + more })),
    ]
    .boxed()
}

fn members(of: For) -> Vec<&'static str> {
    if of == For::LiveBadge { vec!["t2", "t4"] } else { vec!["t2", "t3", "t4"] }
}

pub(super) fn badge() -> BoxedStrategy<Value> {
    let live = when(For::LiveBadge).prop_map(|badge| versioned(badge, json!({ "live": true })));
    let expires =
        prop_oneof![2 => Just(None), 2 => select(&["12 hours", "2 days", "30 days", "90 days"][..]).prop_map(Some)];
    let lasting = (prop_oneof![2 => when(For::Badge), 1 => graded()], expires).prop_map(|(mut badge, expires)| {
        if let (Some(long), "" | "each") = (expires, badge["given"].as_str().unwrap_or_default()) {
            badge["expires"] = long.into();
        }
        badge
    });
    let live_grades = graded().prop_map(|badge| versioned(badge, json!({ "live": true })));
    let shown = prop_oneof![
        Just(json!({})),
        Just(json!({ "accepted_by": "accepted" })),
        Just(json!({ "hidden_by": "hid" })),
        Just(json!({ "accepted_by": "accepted", "hidden_by": "hid" })),
    ];
    let badge = prop_oneof![4 => lasting, 1 => live, 1 => live_grades];
    // Some need other badges; `without_circles` drops those that they cannot need.
    let needed = prop_oneof![3 => Just(vec![]), 2 => subsequence(BADGES.to_vec(), 1..=2)];
    let badge = (badge, needed, any::<bool>()).prop_map(|(mut badge, needed, with_them)| {
        if let (false, Some(goal)) = (needed.is_empty(), badge.get_mut("when").and_then(Value::as_object_mut)) {
            goal.insert("badges".into(), json!(needed));
            let is_once = badge["given"].is_null() || badge["given"] == "once";
            if with_them && is_once && badge["live"] != true {
                badge["expires"] = "with-badges".into();
            }
        }
        badge
    });
    (badge, shown).prop_map(|(badge, shown)| versioned(badge, shown)).boxed()
}

/// A badge in grades, for each key at times.
fn graded() -> BoxedStrategy<Value> {
    let tally = select(&["t0", "t2", "t4"][..]);
    let names = prop_oneof![
        3 => Just(vec!["bronze", "silver", "gold"]),
        1 => Just(vec!["apprentice", "bronze", "silver", "gold", "master"]),
        1 => Just(vec!["fourth", "one", "two"]),
        1 => subsequence(vec!["bronze", "silver", "gold"], 1..=2),
    ];
    (tally, names, 1..3_i64, 1..3_i64, prop::bool::weighted(0.7), version())
        .prop_map(|(tally, names, least, step, each, version)| {
            let goal = |grade: i64| versioned(json!({ tally: least + grade * step }), version.clone());
            let grades: serde_json::Map<String, Value> =
                (0..).zip(names).map(|(rank, name)| (name.to_owned(), goal(rank))).collect();
            let mut badge = json!({ "grades": grades });
            if each && tally == "t0" {
                badge["given"] = "each".into();
            }
            badge
        })
        .boxed()
}
