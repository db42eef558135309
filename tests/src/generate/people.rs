//! Who sees what and who is known for what: the parts of a program that say so, and what members say themselves.

use super::{CIRCLES, FIELDS, PARTS, TOPICS};
use proptest::{collection::vec, option, prelude::*, sample::select, sample::subsequence};
use serde_json::{Value, json};

/// Tallies without a key.
const PLAIN_TALLIES: [&str; 8] = ["t2", "t3", "t4", "t5", "t6", "t7", "t8", "t13"];

/// The parts of a program about people, each with its place. Mostly all of them.
pub(super) fn people() -> impl Strategy<Value = Vec<(&'static str, Value)>> {
    let places: [(f64, &str, BoxedStrategy<Value>); 11] = [
        (0.9, "/audience", audience().boxed()),
        (0.9, "/members", members().boxed()),
        (0.9, "/models", Just(json!({ "agreed_by": "agreed", "ended_by": "ended" })).boxed()),
        (0.95, "/profile/published_by", Just(json!("published")).boxed()),
        (0.95, "/profile/hidden_by", Just(json!("hidden")).boxed()),
        (0.5, "/profile/first", select(&FIELDS[..]).prop_map(Value::from).boxed()),
        (0.5, "/boards/all/joined_by", Just(json!("joined")).boxed()),
        (0.5, "/boards/month/joined_by", Just(json!("joined")).boxed()),
        (0.9, "/topics", topics().boxed()),
        (0.9, "/steps", Just(json!({ "declined_by": "skipped" })).boxed()),
        (0.8, "/gains", subsequence(PLAIN_TALLIES.to_vec(), 1..=4).prop_map(Value::from).boxed()),
    ];
    let said = |(often, place, says): (f64, &'static str, BoxedStrategy<Value>)| {
        option::weighted(often, says.prop_map(move |says| (place, says)))
    };
    places.map(said).prop_map(|said| said.into_iter().flatten().collect())
}

/// What others see unless a member says something else.
fn audience() -> impl Strategy<Value = Value> {
    vec(option::weighted(0.3, select(&CIRCLES[..])), PARTS.len()).prop_map(|unless_said| {
        let mut audience = json!({ "on": "shared" });
        for (part, circle) in PARTS.into_iter().zip(unless_said).filter_map(|(part, circle)| Some((part, circle?))) {
            audience[part] = circle.into();
        }
        audience
    })
}

/// How members depart, by one kind or two, and return, and which accounts earn nothing.
fn members() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => Just(json!({ "gone_by": ["gone"], "back_by": ["back"] })),
        1 => Just(json!({ "gone_by": ["gone", "left"], "back_by": ["back", "joined"] })),
        1 => Just(json!({ "gone_by": ["gone"] })),
        1 => select(&[["eli", "fay"], ["dev", "nobody"]][..]).prop_map(|accounts| json!({ "earn_nothing": accounts })),
        1 => Just(json!({ "gone_by": ["gone"], "back_by": ["back"], "earn_nothing": ["eli"] })),
    ]
}

fn topics() -> impl Strategy<Value = Value> {
    let kinds = (option::weighted(0.8, Just("claimed")), option::weighted(0.6, Just("declined")));
    let by = option::weighted(0.8, Just("t10")).prop_flat_map(|by| (Just(by), option::of(Just("t11"))));
    let some = (kinds, by, option::of(1..9_i64));
    (1..4_i64, 1..6_i64, some).prop_map(|(speaks, confirmed, (kinds, by, suggest_from))| {
        let (confirmed_by, named_by) = by;
        let (claimed_by, declined_by) = kinds;
        let mut topics = json!({ "evidence": { "t9": speaks, "t10": confirmed }, "names": { TOPICS[0]: "Gopher" } });
        for (key, says) in [
            ("claimed_by", claimed_by.map(Value::from)),
            ("declined_by", declined_by.map(Value::from)),
            ("confirmed_by", confirmed_by.map(Value::from)),
            ("named_by", named_by.filter(|_| confirmed_by.is_some()).map(Value::from)),
            ("suggest_from", suggest_from.map(Value::from)),
        ] {
            if let Some(says) = says {
                topics[key] = says;
            }
        }
        topics
    })
}

/// The audience of each part that a member mentions, as attributes.
pub(super) fn shares() -> impl Strategy<Value = Value> {
    vec(option::weighted(0.5, select(&CIRCLES[..])), PARTS.len()).prop_map(|said| {
        let said =
            PARTS.into_iter().zip(said).filter_map(|(part, circle)| Some((format!("share_{part}"), circle?.into())));
        Value::Object(said.collect())
    })
}
