//! Challenges of generated programs: one from joining, one between two dates.

use super::{CHALLENGES, FIELDS};
use proptest::{prelude::*, sample::select, sample::subsequence};
use serde_json::{Map, Value, json};

/// The minutes of a day. Generated `from` and `until` are whole days.
const DAY: i64 = 1440;

/// `c0` for some days from joining, `c1` between two dates.
pub(super) fn challenges() -> impl Strategy<Value = Value> {
    let from_joining = prop_oneof![3 => 1..9_i64, 1 => select(&[30, 366][..])].prop_map(|days| json!({ "days": days }));
    let dates = (-1..5_i64, prop_oneof![3 => 0..6_i64, 1 => Just(60)]);
    let dates = dates.prop_map(|(from, days)| json!({ "from": from * DAY, "until": (from + days) * DAY }));
    (challenge(from_joining.boxed()), challenge(dates.boxed()))
        .prop_map(|both| Map::from_iter(CHALLENGES.map(String::from).into_iter().zip(<[Value; 2]>::from(both))).into())
}

/// A rule and a badge that ask for a challenge, beside those that may.
pub(super) fn rewards() -> impl Strategy<Value = (Value, Value)> {
    let asks = || select(&CHALLENGES[..]).prop_map(|name| json!({ "when": { "challenge": name } }));
    let rule = (asks(), select(&["once", "again"][..])).prop_map(|(mut rule, given)| {
        rule["give"] = json!({ "coin": 2 });
        rule["given"] = given.into();
        rule
    });
    let badge = (asks(), prop::bool::weighted(0.9)).prop_map(|(mut badge, live)| {
        badge["live"] = live.into();
        badge
    });
    (rule, badge)
}

fn challenge(days: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    let shared = (select(&["t2", "t4", "t8"][..]), 1..8_i64).prop_map(|(tally, least)| json!({ tally: least }));
    let offered = prop::option::weighted(0.3, any::<prop::sample::Index>());
    (days, goal(), prop::option::weighted(0.3, (goal(), offered)), shared)
        .prop_map(|(mut challenge, first, second, shared)| {
            challenge["joined_by"] = "enrolled".into();
            challenge["left_by"] = "quit".into();
            let day = |offered: prop::sample::Index| offered.index(long(&challenge)) + 1;
            let second = second.map(|(goal, offered)| match offered {
                Some(offered) => json!({ "when": goal, "day": day(offered) }),
                None => json!({ "when": goal }),
            });
            let steps = [Some(json!({ "when": first })), second].into_iter().flatten().enumerate();
            let steps = steps.map(|(number, step)| (format!("s{number}"), step));
            challenge["steps"] = Value::Object(steps.collect());
            challenge["shared"] = shared;
            challenge
        })
        .boxed()
}

/// How many days a challenge has.
fn long(challenge: &Value) -> usize {
    let number = |key: &str| challenge[key].as_i64();
    let between = || Some((number("until")? - number("from")?) / DAY + 1);
    let days = number("days").or_else(between).expect("it has days or dates");
    usize::try_from(days).expect("it has a day")
}

/// A goal of a step: tallies with a key, in a window, streaks and plain ones, and the profile.
fn goal() -> BoxedStrategy<Value> {
    let tally = select(&["t0", "t1", "t2", "t3", "t4", "t5", "t8", "t8", "t8", "t8"][..]);
    let profile = prop_oneof![
        subsequence(FIELDS.to_vec(), 1..=1).prop_map(|fields| json!({ "fields": fields })),
        (1..=60_i64).prop_map(|percent| json!({ "completeness": percent })),
    ];
    let few = (0..3_i64).prop_map(|max| json!({ "max": max }));
    prop_oneof![
        4 => (tally, 1..3_i64).prop_map(|(tally, least)| json!({ tally: least })),
        1 => (select(&["t0", "t2"][..]), 1..3_i64, few).prop_map(|(tally, least, few)| json!({ tally: least, "t4": few })),
        1 => profile.clone(),
        1 => (profile, 1..3_i64).prop_map(|(mut profile, least)| {
            profile["t8"] = least.into();
            profile
        }),
    ]
    .boxed()
}
